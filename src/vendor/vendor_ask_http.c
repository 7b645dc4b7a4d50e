// SPDX-License-Identifier: GPL-3.0-or-later
#include "vendor/vendor_ask_http.h"

#include "base/json.h"
#include "person/person.h"
#include "vendor_ask.html.h"
#include "wording/wording.h"

static void plain(struct vendor_sheet *v, str text)
{
    v->piece[v->pieces++] = (struct vendor_piece){.text = text};
}

// The text in pieces, each found or plain (H1).
static void cut(struct vendor_sheet *v, str text, const struct release_find *f, isize n)
{
    isize at = 0;
    for (isize i = 0; i < n; i++) {
        plain(v, (str){text.p + at, f[i].at - at});
        v->piece[v->pieces++] = (struct vendor_piece){{text.p + f[i].at, f[i].n}, f[i].kind};
        at = f[i].at + f[i].n;
    }
    plain(v, str_cut(text, at));
}

// What the outbox puts below.
static fallible sign(struct ctx *cx, const struct vendor_sheet *v, str *out)
{
    struct person p;
    str all, foot = vendor_ask_foot(cx->arena, v->v.lang, S("https://…"));
    TRY(person_load(cx, cx->who.person, &p));
    struct wording_values w = {.writer = p.name};
    TRY(wording_write(cx, &v->s.ticket, WORDING_ANSWER, &w, &all));
    *out = arena_fmt(cx->arena, "\n\n" STR_FMT "\n\n-- \n" STR_FMT, STR_ARG(foot),
                     STR_ARG(w.signature));
    return OK;
}

static fallible write_preview(struct ctx *cx, struct vendor_sheet *v)
{
    struct vendor_finds f;
    str below;
    enum { PLAIN_MOST = 6 };
    TRY(vendor_ask_check(cx, &v->s.ticket, &v->v, &v->q, &f));
    TRY(sign(cx, v, &below));
    v->finds = f.subjects + f.texts;
    v->piece = make(cx->arena, struct vendor_piece, 2 * v->finds + PLAIN_MOST);
    bool mail = v->v.address.n > 0;
    if (mail)
        plain(v, arena_fmt(cx->arena, "%s: " STR_FMT "\n", cx->lang == LANG_EN ? "To" : "An",
                           STR_ARG(v->v.address)));
    plain(v, words_in(SAY("Subject: ", "Betreff: "), cx->lang));
    cut(v, v->q.subject, f.subject, f.subjects);
    plain(v, S("\n\n"));
    cut(v, v->q.text, f.text, f.texts);
    if (mail)
        plain(v, below);
    return OK;
}

// The question that was written on the sheet before this one.
static str asked_before(const struct sheet *s)
{
    const struct json *consult = s->all == NULL ? NULL : json_get(s->all, "rueckfrage");
    return consult == NULL ? S("") : json_text(consult, "question");
}

static fallible open(struct ctx *cx, struct request *rq, struct vendor_sheet *v)
{
    *v = (struct vendor_sheet){0};
    int64_t why = 0;
    TRY(sheet_open(cx, rq, "hersteller", DRAFT_HANDOVER, &v->s));
    TRY(vendor_load(cx, (team_id){path_int(rq, 1)}, &v->v));
    struct vendor_question usual =
        vendor_ask_usual(cx->arena, &v->s.ticket, &v->v, asked_before(&v->s));
    v->q.subject = sheet_text(rq, &v->s, "betreff", usual.subject);
    v->q.text = sheet_text(rq, &v->s, "text", usual.text);
    str_to_int(sheet_text(rq, &v->s, "freigabe", S("")), &why);
    v->q.released = ticket_words_has(vendor_ask_whys, why) ? (enum release_why)why : 0;
    return OK;
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct vendor_sheet *v = make(cx->arena, struct vendor_sheet, 1);
    TRY(open(cx, rq, v));
    TRY(write_preview(cx, v));
    html_vendor_ask(page_begin(cx, rq, rp, 200), v);
    return OK;
}

// Both sheets are done with.
static fallible forget(struct ctx *cx, const struct request *rq, const struct vendor_sheet *v)
{
    struct sheet consult;
    TRY(sheet_forget(cx, &v->s));
    TRY(sheet_open(cx, rq, "rueckfrage", DRAFT_HANDOVER, &consult));
    return sheet_forget(cx, &consult);
}

static enum err send(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct vendor_sheet *v = make(cx->arena, struct vendor_sheet, 1);
    engagement_id id;
    TRY(open(cx, rq, v));
    if (sheet_leaves(rq))
        return sheet_keep(cx, rq, rp, &v->s);
    struct ticket_at at = sheet_at(rq, &v->s);
    TRY(vendor_ask(cx, &at, v->v.team.id, &v->q, &id));
    TRY(forget(cx, rq, v));
    return sheet_done(cx, rp, &v->s);
}

// clang-format off
const struct route vendor_ask_routes[] = {
    {GET,  "/w/t/{nr}/hersteller/{id}", CAN_WORK, show, .summary = "the sheet to ask a vendor"},
    {POST, "/w/t/{nr}/hersteller/{id}", CAN_WORK, send, show, .summary = "ask a vendor"},
    {0},
};
// clang-format on
