// SPDX-License-Identifier: GPL-3.0-or-later
#include "engagement/return_http.h"

#include "engagement/answer_http.h"
#include "engagement/engagement_check.h"
#include "return.html.h"
#include "search/choose.h"

// C4
static enum err named_solution(struct ctx *cx, str typed, solution_id *out)
{
    *out = (solution_id){0};
    return typed.n == 0 ? OK : choose_solution(cx, "solution", typed, out);
}

// C4.  What names no solution is refused when it is sent.
static enum err look_hidden(struct ctx *cx, struct returning *r)
{
    solution_id id;
    struct solution s;
    struct ctx quiet = ctx_quiet(cx);
    if (r->reason != RETURN_KNOWN || named_solution(&quiet, r->solution, &id) != OK || id.n == 0)
        return OK;
    TRY(solution_load(cx, id, &s));
    bool finished = s.confidence == SOLUTION_NOT_VALIDATED || s.confidence == SOLUTION_VALIDATED;
    if (finished && !solution_serves(s.audience, s.confidence, r->way.came.from_level))
        r->hidden = s;
    return OK;
}

// C4
static enum err release(struct ctx *cx, const struct request *rq, const struct returning *r)
{
    const struct solution *s = &r->hidden;
    if (s->id.n == 0 || !form_has(rq, "freigeben"))
        return OK;
    int audience = s->audience | 1 << (r->way.came.from_level - 1);
    return solution_set_audience(cx, s->id, s->version, audience, s->confidence);
}

static enum err open(struct ctx *cx, struct request *rq, struct returning *r)
{
    struct solution_link *link;
    struct engagement_target *target;
    int64_t reason = 0, team = 0;
    *r = (struct returning){0};
    TRY(sheet_open(cx, rq, "zurueck", DRAFT_HANDOVER, &r->sheet));
    const struct sheet *s = &r->sheet;
    TRY(engagement_way_back(cx, &s->ticket, &r->way));
    if (r->way.came.id.n != 0)    // C2
        r->missing = engagement_check_missing(cx->arena, &r->way.came.contract, cx->lang);
    TRY(solution_links(cx, s->ticket.id, &link, &r->links));
    r->link = link;
    TRY(engagement_target_list(cx, &s->ticket, ENGAGE_HANDOVER, &target, &r->targets));
    r->target = target;
    if (str_to_int(sheet_text(rq, s, "reason", S("")), &reason))
        r->reason = (enum return_reason)reason;
    if (str_to_int(sheet_text(rq, s, "team", S("")), &team))
        r->chosen = (team_id){team};
    r->text = sheet_text(rq, s, "text", S(""));
    r->solution = sheet_text(rq, s, "solution", S(""));
    return look_hidden(cx, r);
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct returning *r = make(cx->arena, struct returning, 1);
    bool led;
    TRY(open(cx, rq, r));
    TRY(answer_instead(cx, rq, rp, &r->sheet, &led));
    if (!led)
        html_returning(page_begin(cx, rq, rp, 200), r);
    return OK;
}

// C5
static enum err call_talk(struct ctx *cx, struct ticket_at *at, const struct returning *r)
{
    const struct ticket *t = &r->sheet.ticket;
    team_id other = r->way.came.from_team;
    engagement_id id;
    TRY(engagement_swarm(cx, at, other, r->text, &id));
    if (t->care_team.n == other.n || t->care_team.n == t->work_team.n)
        return OK;
    return engagement_swarm(cx, at, t->care_team, r->text, &id);
}

static enum err send(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct returning *r = make(cx->arena, struct returning, 1);
    struct engagement_return back = {0};
    engagement_id id;
    TRY(open(cx, rq, r));
    if (sheet_leaves(rq))
        return sheet_keep(cx, rq, rp, &r->sheet);
    struct ticket_at at = sheet_at(rq, &r->sheet);
    if (r->way.again) {
        TRY(call_talk(cx, &at, r));
    } else if (r->reason == RETURN_OTHER_TEAM && r->chosen.n != 0) {    // C3
        struct engagement_contract c = r->way.came.contract;
        TRY(engagement_hand_over(cx, &at, r->chosen, &c, &id));
    } else {
        back.reason = r->reason;
        back.text = r->text;
        TRY(release(cx, rq, r));
        if (r->reason == RETURN_KNOWN)
            TRY(named_solution(cx, r->solution, &back.solution));
        TRY(engagement_return(cx, &at, &back, &id));
    }
    TRY(sheet_forget(cx, &r->sheet));
    return sheet_done(cx, rp, &r->sheet);
}

// clang-format off
const struct route return_routes[] = {
    {GET,  "/w/t/{nr}/zurueck", CAN_WORK, show, .summary = "the return sheet"},
    {POST, "/w/t/{nr}/zurueck", CAN_WORK, send, show, .summary = "return a case to the team it came from"},
    {0},
};
// clang-format on
