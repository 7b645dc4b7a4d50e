// SPDX-License-Identifier: GPL-3.0-or-later
#include "problem/problem_issue_http.h"

#include "problem.html.h"

static enum err open(struct ctx *cx, struct request *rq, struct problem_issues *v)
{
    TRY(problem_http_of(cx, rq, &v->r));
    v->number = problem_number_text(cx->arena, v->r.number);
    v->panel.title = v->r.title;
    v->panel.body = v->r.words.n > 0 ? v->r.words : v->r.title;
    v->panel.action = problem_http_url(cx->arena, v->r.number, "/entwicklung");
    return forge_issue_panel(cx, rq, (struct forge_about){.problem = v->r.id.n}, &v->panel);
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct problem_issues *v = make(cx->arena, struct problem_issues, 1);
    TRY(open(cx, rq, v));
    html_problem_issues(page_begin(cx, rq, rp, 200), v);
    return OK;
}

// D3
static enum err compare(struct ctx *cx, struct request *rq, struct reply *rp)
{
    (void)rp;
    struct forge_issue_new *wish = make(cx->arena, struct forge_issue_new, 1);
    struct problem_record r;
    struct release_customer customer;
    contact_id *contact;
    isize n;
    if (!forge_issue_creates(rq))
        return OK;
    TRY(problem_http_of(cx, rq, &r));
    TRY(problem_contacts(cx, r.id, &contact, &n));
    TRY(release_customer_all(cx, contact, n, &customer));    // D2
    *wish = forge_issue_typed(cx, rq, &customer);
    rq->x->work = wish;
    return OK;
}

static enum err act(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct problem_record r;
    bool mine;
    forge_issue_id id;
    TRY(problem_http_of(cx, rq, &r));
    TRY(problem_mine(cx, &r, &mine));
    if (!mine)
        return fail(cx, ERR_DENIED, "This problem is another team's.",
                    "Um dieses Problem kümmert sich ein anderes Team.");
    struct forge_about about = {.problem = r.id.n};
    TRY(forge_issue_creates(rq) ? forge_issue_create(cx, about, rq->x->work, &id)
                                : forge_issue_act(cx, rq, about));
    return see_other(cx, rp, "/w/p/P-%lld/entwicklung", (long long)r.number);
}

// clang-format off
const struct route problem_issue_routes[] = {
    {GET,  "/w/p/{problem}/entwicklung", CAN_WORK, show, .summary = "the issues of a problem at the developers'"},
    {POST, "/w/p/{problem}/entwicklung", CAN_WORK, act,  show, .prepare = compare, .summary = "link an issue to a problem, or create one"},
    {0},
};
// clang-format on
