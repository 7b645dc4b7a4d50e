// SPDX-License-Identifier: GPL-3.0-or-later
#include "letterhead/letterhead_http.h"

#include "letterhead.html.h"
#include "web/site.h"

bool letterhead_http_warns(const struct request *rq, const struct tenant *desk)
{
    bool sends = rq->site != NULL && !site_config(rq->site)->keeps_mail;
    return sends && (letterhead_no_address(desk) || letterhead_no_url(desk));
}

static void take(const struct request *rq, struct tenant *t)
{
    t->version = form_int(rq, "version", t->version);
    t->name = form_or(rq, "name", t->name);
    t->mail_address = form_or(rq, "adresse", t->mail_address);
    t->base_url = form_or(rq, "url", t->base_url);
    t->lang = (enum lang)form_int(rq, "sprache", (int64_t)t->lang);
}

// H3.  To the invented one nobody answers.
static fallible addresses_before(struct ctx *cx, struct letterhead_page *v)
{
    str *all;
    isize n;
    TRY(tenant_addresses_before(cx, &all, &n));
    v->before = make(cx->arena, str, n);
    for (isize i = 0; i < n; i++)
        if (!letterhead_no_address(&(struct tenant){.mail_address = all[i]}))
            v->before[v->befores++] = all[i];
    return OK;
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct letterhead_page *v = make(cx->arena, struct letterhead_page, 1);
    TRY(tenant_mine(cx, &v->desk));
    TRY(addresses_before(cx, v));
    if (rq->again)
        take(rq, &v->desk);
    v->saved = form_has(rq, "ok");
    html_letterhead(page_begin(cx, rq, rp, 200), v);
    return OK;
}

static enum err save(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct tenant t;
    TRY(tenant_mine(cx, &t));
    take(rq, &t);
    TRY(letterhead_save(cx, &t));
    return see_other(cx, rp, "/a/helpdesk?ok=1");
}

// clang-format off
const struct route letterhead_routes[] = {
    {GET,  "/a/helpdesk", CAN_CONFIGURE, show, .summary = "what the desk is called and where it is reached"},
    {POST, "/a/helpdesk", CAN_CONFIGURE, save, show, .summary = "change it"},
    {0},
};
// clang-format on
