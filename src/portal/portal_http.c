// SPDX-License-Identifier: GPL-3.0-or-later
#include "portal/portal_http.h"

#include "base/json.h"
#include "db/db.h"
#include "event/event.h"
#include "letterhead/letterhead_http.h"
#include "portal.html.h"
#include "portal/portal_page_http.h"
#include "portal_legal.html.h"
#include "search/search.h"

enum { HITS = 10, PROPOSALS = 3 };

static enum err choose_language(struct ctx *cx, struct request *rq, struct reply *rp)
{
    (void)rq;
    return see_other(cx, rp, cx->lang == LANG_EN ? "/en/" : "/de/");
}

static enum err show_home(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct portal_desk d;
    struct portal_lists lists;
    TRY(portal_page_enter(cx, &d));
    TRY(portal_lists(cx, &lists));
    html_portal_home(page_begin(cx, rq, rp, 200), &d, &lists);
    return OK;
}

// Nobody asked for what is offered while one types: there it has to fit.
static enum err find(struct ctx *cx, str words, isize most, bool typing,
                     struct portal_hit **out, isize *n)
{
    struct search_hit *hit = NULL;
    struct search_ask ask = {.words = words,
                             .kinds = 1 << SEARCH_SOLUTION,
                             .limit = most,
                             .typing = typing,
                             .fitting = typing};
    *n = 0;
    if (words.n > 0)
        TRY(search_run(cx, &ask, &hit, n));
    *out = make(cx->arena, struct portal_hit, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct portal_hit){hit[i].number, hit[i].title, hit[i].before,
                                        hit[i].match,  hit[i].after, hit[i].lang};
    return OK;
}

static enum err show_search(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct portal_desk d;
    struct portal_hit *hit = NULL;
    isize n = 0;
    str q = form_text(rq, "q");
    TRY(portal_page_enter(cx, &d));
    enum err err = find(cx, q, HITS, false, &hit, &n);
    if (err != OK && err != ERR_INVALID)
        return err;
    html_portal_search(page_begin(cx, rq, rp, err == OK ? 200 : 422), &d, q, hit, n);
    return OK;
}

// For the report: what may help, while it is typed.
static enum err propose(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct portal_desk d;
    struct portal_hit *hit;
    isize n;
    TRY(portal_page_enter(cx, &d));
    TRY(find(cx, str_head(form_text(rq, "q"), 500), PROPOSALS, true, &hit, &n));
    struct page *p = page_begin(cx, rq, rp, 200);
    struct json_out j = {.buf = rp->body};
    rp->type = "application/json; charset=utf-8";
    json_open(&j, '[');
    for (isize i = 0; i < n; i++) {
        json_open(&j, '{');
        json_key_str(&j, "title", hit[i].title);
        json_key_str(&j, "url", portal_page_help(p, hit[i].key).s);
        json_key_str(&j, "lang", str_from_z(portal_page_lang(hit[i].lang)));
        json_key_str(&j, "foreign", portal_page_foreign(p, hit[i].lang));
        json_close(&j, '}');
    }
    json_close(&j, ']');
    return OK;
}

// --- articles ------------------------------------------------------------------------------

// What nobody has checked, or what is gone, is not for customers (solution.h, K3).
static enum err load_article(struct ctx *cx, struct request *rq, struct portal_desk *d,
                             struct solution *s)
{
    int64_t key;
    TRY(portal_page_enter(cx, d));
    if (!solution_key_read(path_text(rq, 0), &key))
        return db_absent(cx);
    return solution_by_key(cx, path_text(rq, 0), s);
}

static enum err show_article(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct portal_desk d;
    struct solution s;
    TRY(load_article(cx, rq, &d, &s));
    html_portal_article(page_begin(cx, rq, rp, 200), &d, &s, form_has(rq, "danke"));
    return OK;
}

static enum err it_helped(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct portal_desk d;
    struct solution s;
    TRY(load_article(cx, rq, &d, &s));
    TRY(event_add(cx, (struct event){.kind = "feedback.given",
                                     .object = s.id.n,
                                     .data = S("{\"helped\":true}")}));
    return see_other(cx, rp, STR_FMT "?danke=1", STR_ARG(rq->x->path));
}

// --- contact and the law -------------------------------------------------------------------

typedef void legal_page(struct page *p, const struct portal_desk *d);

static enum err show_legal(struct ctx *cx, struct request *rq, struct reply *rp,
                           legal_page *page)
{
    struct portal_desk d;
    TRY(portal_page_enter(cx, &d));
    page(page_begin(cx, rq, rp, 200), &d);
    return OK;
}

static enum err show_contact(struct ctx *cx, struct request *rq, struct reply *rp)
{
    return show_legal(cx, rq, rp, html_portal_contact_page);
}

static enum err show_imprint(struct ctx *cx, struct request *rq, struct reply *rp)
{
    return show_legal(cx, rq, rp, html_portal_imprint);
}

static enum err show_privacy(struct ctx *cx, struct request *rq, struct reply *rp)
{
    return show_legal(cx, rq, rp, html_portal_privacy);
}

static enum err show_access(struct ctx *cx, struct request *rq, struct reply *rp)
{
    return show_legal(cx, rq, rp, html_portal_access);
}

static enum err to_imprint(struct ctx *cx, struct request *rq, struct reply *rp)
{
    (void)rq;
    return see_other(cx, rp, cx->lang == LANG_EN ? "/en/imprint" : "/de/impressum");
}

static enum err to_privacy(struct ctx *cx, struct request *rq, struct reply *rp)
{
    (void)rq;
    return see_other(cx, rp, cx->lang == LANG_EN ? "/en/privacy" : "/de/datenschutz");
}

static enum err to_access(struct ctx *cx, struct request *rq, struct reply *rp)
{
    (void)rq;
    return see_other(cx, rp,
                     cx->lang == LANG_EN ? "/en/accessibility" : "/de/barrierefreiheit");
}

// --- for the operator ----------------------------------------------------------------------

static enum err show_settings(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct facts f;
    struct tenant desk;
    TRY(portal_fact_load(cx, &f));
    TRY(tenant_mine(cx, &desk));
    str lacking = portal_fact_missing(cx->arena, &f, cx->lang);
    html_portal_settings(page_begin(cx, rq, rp, 200), &f, lacking,
                         letterhead_http_warns(rq, &desk) ? &desk : NULL);
    return OK;
}

static enum err save_settings(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct facts f = {0};
    for (int i = 1; i < FACTS; i++)
        f.value[i] = form_text(rq, portal_facts[i].name);
    TRY(portal_fact_save(cx, &f));
    TRY(event_config(cx, "portal", 0));
    return see_other(cx, rp, "/a/hilfeseite?ok=1");
}

static enum err end_links(struct ctx *cx, struct request *rq, struct reply *rp)
{
    (void)rq;
    TRY(tenant_renew_links(cx));
    TRY(event_config(cx, "link", 0));
    return see_other(cx, rp, "/a/hilfeseite?ok=1");
}

// clang-format off
const struct route portal_routes[] = {
    {GET,  "/",                    CAN_ANYBODY, choose_language, .summary = "to the start page in the reader's language"},
    {GET,  "/de/",                 CAN_ANYBODY, show_home,     .summary = "start page"},
    {GET,  "/en/",                 CAN_ANYBODY, show_home,     .summary = "start page"},
    {GET,  "/de/suche",            CAN_ANYBODY, show_search,   .rate = RATE_SEARCH, .summary = "search for help"},
    {GET,  "/en/search",           CAN_ANYBODY, show_search,   .rate = RATE_SEARCH, .summary = "search for help"},
    {GET,  "/de/vorschlag",        CAN_ANYBODY, propose,       .rate = RATE_SEARCH, .summary = "what may help, while a report is typed"},
    {GET,  "/en/vorschlag",        CAN_ANYBODY, propose,       .rate = RATE_SEARCH, .summary = "what may help, while a report is typed"},
    {GET,  "/de/hilfe/{key}",      CAN_ANYBODY, show_article,  .summary = "a solution, for customers"},
    {GET,  "/en/help/{key}",       CAN_ANYBODY, show_article,  .summary = "a solution, for customers"},
    {POST, "/de/hilfe/{key}",      CAN_ANYBODY, it_helped,     .rate = RATE_REPORT, .summary = "it helped"},
    {POST, "/en/help/{key}",       CAN_ANYBODY, it_helped,     .rate = RATE_REPORT, .summary = "it helped"},
    {GET,  "/de/kontakt",          CAN_ANYBODY, show_contact,  .summary = "how to reach us"},
    {GET,  "/en/contact",          CAN_ANYBODY, show_contact,  .summary = "how to reach us"},
    {GET,  "/de/impressum",        CAN_ANYBODY, show_imprint,  .summary = "who is responsible"},
    {GET,  "/en/imprint",          CAN_ANYBODY, show_imprint,  .summary = "who is responsible"},
    {GET,  "/de/datenschutz",      CAN_ANYBODY, show_privacy,  .summary = "privacy"},
    {GET,  "/en/privacy",          CAN_ANYBODY, show_privacy,  .summary = "privacy"},
    {GET,  "/de/barrierefreiheit", CAN_ANYBODY, show_access,   .summary = "accessibility statement"},
    {GET,  "/en/accessibility",    CAN_ANYBODY, show_access,   .summary = "accessibility statement"},
    {GET,  "/impressum",           CAN_ANYBODY, to_imprint,    .summary = "to the imprint"},
    {GET,  "/datenschutz",         CAN_ANYBODY, to_privacy,    .summary = "to the privacy page"},
    {GET,  "/barrierefreiheit",    CAN_ANYBODY, to_access,     .summary = "to the accessibility statement"},
    {GET,  "/a/hilfeseite",        CAN_CONFIGURE, show_settings, .summary = "what the portal says about the operator"},
    {POST, "/a/hilfeseite",        CAN_CONFIGURE, save_settings, show_settings, .summary = "change it"},
    {POST, "/a/hilfeseite/links",  CAN_CONFIGURE, end_links,   .summary = "end all links to cases"},
    {0},
};
// clang-format on
