// SPDX-License-Identifier: GPL-3.0-or-later
#include "vendor/vendor_answer_http.h"

#include "message/attachment_http.h"
#include "vendor_answer.html.h"

static fallible enter(struct ctx *cx, struct tenant *desk)
{
    cx->who = (struct who){.tenant = cx->who.tenant, .see = SEE_NOTHING};
    return tenant_mine(cx, desk);
}

static enum err page(struct ctx *cx, struct request *rq, struct reply *rp, int status)
{
    struct vendor_page *v = make(cx->arena, struct vendor_page, 1);
    TRY(enter(cx, &v->desk));
    v->token = path_text(rq, 0);
    TRY(vendor_ask_open(cx, v->token, &v->q));
    v->number = form_or(rq, "nummer", v->q.number);
    v->text = form_text(rq, "text");
    v->confirmed = v->q.state == ENGAGED_ACCEPTED;
    html_vendor_page(page_begin(cx, rq, rp, status), v);
    return OK;
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    return page(cx, rq, rp, 200);
}

static const char *language(const struct ctx *cx)
{
    return cx->lang == LANG_EN ? "en" : "de";
}

// W2: an answer that was begun stays.
static enum err confirm(struct ctx *cx, struct request *rq, struct reply *rp)
{
    str token = path_text(rq, 0);
    TRY(vendor_ask_confirm(cx, token, form_text(rq, "nummer")));
    if (form_text(rq, "text").n > 0)
        return page(cx, rq, rp, 200);
    return see_other(cx, rp, "/%s/hv/" STR_FMT, language(cx), STR_ARG(token));
}

static enum err write(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct tenant desk;
    struct attachment_new *file;
    struct vendor_answer a = {.number = form_text(rq, "nummer"), .text = form_text(rq, "text")};
    TRY(enter(cx, &desk));
    if (str_eq(form_text(rq, "tun"), S("bestaetigen")))
        return confirm(cx, rq, rp);
    TRY(attachment_allowed(cx, rq, "datei"));
    TRY(attachment_taken(cx, rq, "datei", &file, &a.files));
    a.file = file;
    TRY(vendor_ask_answer(cx, path_text(rq, 0), &a));
    return see_other(cx, rp, "/%s/hv", language(cx));
}

static enum err thank(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct tenant desk;
    TRY(enter(cx, &desk));
    html_vendor_thanks(page_begin(cx, rq, rp, 200), &desk);
    return OK;
}

// clang-format off
const struct route vendor_answer_routes[] = {
    {GET,  "/de/hv/{token}", CAN_ANYBODY, show,  .summary = "a question to a vendor"},
    {GET,  "/en/hv/{token}", CAN_ANYBODY, show,  .summary = "a question to a vendor"},
    {POST, "/de/hv/{token}", CAN_ANYBODY, write, show, .rate = RATE_SEARCH, .summary = "a vendor confirms or answers"},
    {POST, "/en/hv/{token}", CAN_ANYBODY, write, show, .rate = RATE_SEARCH, .summary = "a vendor confirms or answers"},
    {GET,  "/de/hv",         CAN_ANYBODY, thank, .summary = "thanks to a vendor"},
    {GET,  "/en/hv",         CAN_ANYBODY, thank, .summary = "thanks to a vendor"},
    {0},
};
// clang-format on
