// SPDX-License-Identifier: GPL-3.0-or-later
#include "duty/duty_http.h"

#include "duty.html.h"
#include "search/choose.h"
#include "solution_form.html.h"

enum {
    SOON_MS = 4 * 3600 * 1000,
};

const char *duty_tone(const struct page *p, const struct duty *d)
{
    int64_t left = d->due.ms - p->cx->now.ms;
    return left < 0 ? "late" : left < SOON_MS ? "soon" : "";
}

str duty_number(const struct page *p, const struct duty *d)
{
    return ticket_number_shown(p->cx->arena, d->number);
}

// --- the list ----------------------------------------------------------------------------

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct duty_page *v = make(cx->arena, struct duty_page, 1);
    struct duty *duty;
    struct team *team;
    struct solution *fresh;
    v->chosen = (team_id){form_int(rq, "team", 0)};
    v->may_waive = access_can(&cx->who, CAN_WAIVE);
    v->open = rq->again ? path_int(rq, 0) : 0;
    TRY(duty_list(cx, v->chosen, &duty, &v->n));
    TRY(team_of_person(cx, cx->who.person, &team, &v->teams));
    TRY(duty_news(cx, &fresh, &v->freshs));
    v->duty = duty;
    v->team = team;
    v->fresh = fresh;
    html_duties(page_begin(cx, rq, rp, 200), v);
    return OK;
}

static enum err to_list(struct ctx *cx, struct reply *rp)
{
    return see_other(cx, rp, "/w/pflichten");
}

static enum err waive(struct ctx *cx, struct request *rq, struct reply *rp)    // L4
{
    TRY(duty_waive(cx, (duty_id){path_int(rq, 0)}, form_text(rq, "reason")));
    return to_list(cx, rp);
}

// L5.  A case that went back is not solved yet, and one that is not the asker's stays alone.
static enum err name_in_case(struct ctx *cx, const struct duty *d, solution_id solution)
{
    if (d->number == 0 || d->cause == DUTY_RETURN)
        return OK;
    return solution_link(cx, d->ticket, solution, LINK_RESOLVED);
}

static enum err link_known(struct ctx *cx, struct request *rq, struct reply *rp)    // L3
{
    struct duty d;
    solution_id solution;
    TRY(duty_load(cx, (duty_id){path_int(rq, 0)}, &d));
    TRY(choose_solution(cx, "solution", form_text(rq, "solution"), &solution));
    TRY(duty_draft(cx, d.id, solution));
    TRY(name_in_case(cx, &d, solution));
    return to_list(cx, rp);
}

// --- writing -----------------------------------------------------------------------------

// L2
static enum err draft(struct ctx *cx, const struct duty *d, struct solution *out)
{
    *out = (struct solution){
        .kind = SOLUTION_FIX, .confidence = SOLUTION_NOT_VALIDATED, .lang = cx->lang};
    if (d->number != 0)
        TRY(solution_draft_from(cx, d->ticket, out));
    out->audience |= d->audience;
    return OK;
}

static enum err show_write(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct solution_form *f = make(cx->arena, struct solution_form, 1);
    struct duty d;
    struct solution s;
    TRY(duty_load(cx, (duty_id){path_int(rq, 0)}, &d));
    TRY(draft(cx, &d, &s));
    TRY(solution_form_open(cx, rq, &s, f));
    f->action =
        (struct url){arena_fmt(cx->arena, "/w/pflichten/%lld/schreiben", (long long)d.id.n)};
    f->back = (struct url){S("/w/pflichten")};
    f->back_name = words_in(SAY("Duties", "Pflichten"), cx->lang);
    html_solution_form(page_begin(cx, rq, rp, 200), f,
                       words_in(SAY("Write it down", "Lösung aufschreiben"), cx->lang),
                       SAY("Filled from the case. Only correct what is not right yet.",
                           "Aus dem Vorgang vorausgefüllt. Du musst nur nachbessern."));
    return OK;
}

static enum err write(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct duty d;
    struct solution s;
    TRY(duty_load(cx, (duty_id){path_int(rq, 0)}, &d));
    TRY(draft(cx, &d, &s));
    TRY(solution_form_take(cx, rq, &s));
    TRY(solution_add(cx, &s, &s.id));
    TRY(duty_draft(cx, d.id, s.id));
    TRY(name_in_case(cx, &d, s.id));
    return to_list(cx, rp);
}

// clang-format off
const struct route duty_routes[] = {
    {GET,  "/w/pflichten",                  CAN_WORK,           show,       .summary = "what the teams owe"},
    {POST, "/w/pflichten/{id}/erlassen",    CAN_WAIVE,          waive,      show,       .summary = "let a duty go, with a reason"},
    {POST, "/w/pflichten/{id}/verknuepfen", CAN_WRITE_SOLUTION, link_known, show,       .summary = "settle a duty by a solution that exists"},
    {GET,  "/w/pflichten/{id}/schreiben",   CAN_WRITE_SOLUTION, show_write, .summary = "the form for the solution a duty asks for"},
    {POST, "/w/pflichten/{id}/schreiben",   CAN_WRITE_SOLUTION, write,      show_write, .summary = "write the solution a duty asks for"},
    {0},
};
// clang-format on
