// SPDX-License-Identifier: GPL-3.0-or-later
#include "original/original_http.h"

#include "base/limits.h"
#include "intake/intake.h"
#include "mail/charset.h"
#include "mail/clean.h"
#include "original.html.h"
#include "sheet/sheet_http.h"
#include "web/site.h"

enum { SOURCE_MOST = 1 << 20 };

static enum err load(struct ctx *cx, struct request *rq, struct original_page *v)
{
    struct ticket t;
    ticket_id of;
    TRY(sheet_ticket(cx, rq, &t));
    TRY(message_load(cx, (message_id){path_int(rq, 1)}, &of, &v->m));
    if (of.n != t.id.n)
        return db_absent(cx);
    v->number = path_text(rq, 0);
    v->subject = t.subject;
    v->raw = v->m.inbox != 0;
    return OK;
}

static str without_port(str host)
{
    isize n = host.n;
    while (n > 0 && host.p[n - 1] >= '0' && host.p[n - 1] <= '9')
        n--;
    return n > 1 && host.p[n - 1] == ':' ? (str){host.p, n - 1} : host;
}

// Where content is served, without a slash at the end; empty: nowhere.
static str content_origin(struct ctx *cx, const struct request *rq)
{
    const struct site_config *c = rq->site == NULL ? NULL : site_config(rq->site);
    if (c == NULL || c->content_port == 0)
        return (str){0};
    if (c->content_url.n > 0)
        return c->content_url;
    return arena_fmt(cx->arena, "http%s://" STR_FMT ":%d", rq->secure ? "s" : "",
                     STR_ARG(without_port(rq->host)), c->content_port);
}

struct words original_far_words(struct arena *a, const struct original_page *v)
{
    long long n = v->remote > LIMIT_PICTURES_FAR ? LIMIT_PICTURES_FAR : v->remote;
    if (v->remote == 0)
        return SAY("No picture lies elsewhere.", "Es liegt kein Bild woanders.");
    if (v->remote == 1)
        return SAY(
            "Our server asks for the picture that lies elsewhere. If it does not get it, the "
            "place stays empty.",
            "Unser Server holt das Bild, das woanders liegt. Bekommt er es nicht, bleibt "
            "die Stelle leer.");
    return (struct words){
        arena_fmt(a,
                  "Our server asks for %lld of %lld pictures that lie elsewhere. Where it gets "
                  "none, the place stays empty.",
                  n, (long long)v->remote),
        arena_fmt(a,
                  "Unser Server holt %lld von %lld Bildern, die woanders liegen. Wo er keins "
                  "bekommt, bleibt die Stelle leer.",
                  n, (long long)v->remote)};
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct original_page v = {0};
    struct html_result html;
    str token = form_text(rq, "bilder");
    TRY(load(cx, rq, &v));
    struct original_key key = {ORIGINAL_PAGE, v.m.id, 0};
    TRY(original_html(cx, &key, S(""), &html));
    TRY(original_may_fetch(cx, v.m.id, &v.may_fetch));
    str origin = content_origin(cx, rq);
    v.far = v.may_fetch && origin.n > 0 && original_grants(cx, token, v.m.id);
    if (!v.far)
        TRY(original_seal(cx, &key, &token));
    if (origin.n > 0)
        v.frame.s = arena_fmt(cx->arena, STR_FMT "/" STR_FMT, STR_ARG(origin), STR_ARG(token));
    v.remote = html.remote - html.trackers;
    v.trackers = html.trackers;
    v.cut = html.cut;
    rp->frame = origin;
    html_original(page_begin(cx, rq, rp, 200), &v);
    return OK;
}

// V6.  A form and no link: nobody else can make a reader ask for pictures.
static enum err with_pictures(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct original_page v = {0};
    str token;
    TRY(load(cx, rq, &v));
    struct original_key key = {ORIGINAL_FAR_PAGE, v.m.id, 0};
    TRY(original_seal(cx, &key, &token));
    return see_other(cx, rp, "/w/t/" STR_FMT "/mail/%lld?bilder=" STR_FMT, STR_ARG(v.number),
                     (long long)v.m.id.n, STR_ARG(token));
}

static enum err source(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct original_page v = {0};
    str bytes;
    TRY(load(cx, rq, &v));
    TRY(v.raw ? intake_bytes(cx, v.m.inbox, &bytes) : message_html(cx, v.m.id, &bytes));
    v.cut = bytes.n > SOURCE_MOST;
    bytes = str_head(bytes, SOURCE_MOST);
    v.source = clean_text(cx->arena, charset_to_utf8(cx->arena, bytes, S("")));
    html_original_source(page_begin(cx, rq, rp, 200), &v);
    return OK;
}

static enum err save(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct original_page v = {0};
    str bytes;
    TRY(load(cx, rq, &v));
    TRY(intake_bytes(cx, v.m.inbox, &bytes));
    str name =
        arena_fmt(cx->arena, STR_FMT "-%lld.eml", STR_ARG(v.number), (long long)v.m.id.n);
    return reply_download(cx, rp, name, S("message/rfc822"), bytes);
}

// clang-format off
const struct route original_routes[] = {
    {GET, "/w/t/{nr}/mail/{id}",           CAN_WORK, show,   .summary = "the HTML of a mail, made harmless"},
    {POST, "/w/t/{nr}/mail/{id}/bilder",   CAN_WORK, with_pictures, .summary = "the same with pictures that lie elsewhere"},
    {GET, "/w/t/{nr}/mail/{id}/quelltext", CAN_WORK, source, .summary = "the source of a mail, as text"},
    {GET, "/w/t/{nr}/mail/{id}/original",  CAN_WORK, save,   .summary = "a mail as it came, as a file"},
    {0},
};
// clang-format on
