// SPDX-License-Identifier: GPL-3.0-or-later
#include "portal/portal_case_http.h"

#include "base/limits.h"
#include "message/attachment_http.h"
#include "portal/portal_ask.h"
#include "portal_case.html.h"
#include "web/site.h"

static enum err show_case(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct portal_desk d;
    struct portal_case c;
    TRY(portal_page_enter(cx, &d));
    TRY(portal_case_open(cx, path_text(rq, 0), &c));
    str done = rq->x->method == GET ? form_text(rq, "ok") : S("");
    struct page *p = page_begin(cx, rq, rp, 200);
    p->du = !ticket_is_formal(&c.ticket);    // C10
    html_portal_case(p, &d, &c, arena_z(cx->arena, done));
    return OK;
}

static enum err show_file(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct portal_desk d;
    struct attachment a;
    TRY(portal_page_enter(cx, &d));
    TRY(portal_case_file(cx, path_text(rq, 0), path_int(rq, 1), &a));
    return attachment_send(cx, rp, &a);
}

static enum err write(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct portal_desk d;
    struct attachment_new *a;
    struct portal_words w = {.text = form_text(rq, "text"), .tried = form_text(rq, "versucht")};
    str token = path_text(rq, 0);
    TRY(portal_page_enter(cx, &d));
    TRY(attachment_allowed(cx, rq, "datei"));
    TRY(attachment_taken(cx, rq, "datei", &a, &w.attachments));
    w.attachment = a;
    TRY(portal_case_write(cx, &token, &w));
    struct page *p = page_begin(cx, rq, rp, 303);
    return see_other(cx, rp, STR_FMT, STR_ARG(portal_page_case(p, token, "?ok=gesendet").s));
}

static enum err it_works(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct portal_desk d;
    TRY(portal_page_enter(cx, &d));
    TRY(portal_case_works(cx, path_text(rq, 0)));
    struct page *p = page_begin(cx, rq, rp, 303);
    return see_other(cx, rp, STR_FMT,
                     STR_ARG(portal_page_case(p, path_text(rq, 0), "?ok=geht").s));
}

// --- asking for links ------------------------------------------------------------------------

static enum err show_mine(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct portal_desk d;
    TRY(portal_page_enter(cx, &d));
    if (rq->x->method == GET && form_has(rq, "ok"))
        html_portal_asked(page_begin(cx, rq, rp, 200), &d);
    else
        html_portal_mine(page_begin(cx, rq, rp, 200), &d);
    return OK;
}

static enum err ask(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct portal_desk d;
    TRY(portal_page_enter(cx, &d));
    TRY(portal_ask(cx, form_text(rq, "was")));
    return see_other(cx, rp, cx->lang == LANG_EN ? "/en/mine?ok=1" : "/de/meine?ok=1");
}

// clang-format off
const struct route portal_case_routes[] = {
    {GET,  "/de/v/{token}",            CAN_ANYBODY, show_case, .summary = "one's own request"},
    {GET,  "/en/v/{token}",            CAN_ANYBODY, show_case, .summary = "one's own request"},
    {GET,  "/de/v/{token}/datei/{id}", CAN_ANYBODY, show_file, .summary = "a file of one's own request"},
    {GET,  "/en/v/{token}/datei/{id}", CAN_ANYBODY, show_file, .summary = "a file of one's own request"},
    {POST, "/de/v/{token}",            CAN_ANYBODY, write, show_case, .rate = RATE_SEARCH, .summary = "answer"},
    {POST, "/en/v/{token}",            CAN_ANYBODY, write, show_case, .rate = RATE_SEARCH, .summary = "answer"},
    {POST, "/de/v/{token}/geht",       CAN_ANYBODY, it_works, .rate = RATE_SEARCH, .summary = "it works again"},
    {POST, "/en/v/{token}/geht",       CAN_ANYBODY, it_works, .rate = RATE_SEARCH, .summary = "it works again"},
    {GET,  "/de/meine",                CAN_ANYBODY, show_mine, .summary = "ask for links to one's requests"},
    {GET,  "/en/mine",                 CAN_ANYBODY, show_mine, .summary = "ask for links to one's requests"},
    {POST, "/de/meine",                CAN_ANYBODY, ask, show_mine, .rate = RATE_REPORT, .summary = "send me the links"},
    {POST, "/en/mine",                 CAN_ANYBODY, ask, show_mine, .rate = RATE_REPORT, .summary = "send me the links"},
    {0},
};
// clang-format on
