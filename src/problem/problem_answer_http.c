// SPDX-License-Identifier: GPL-3.0-or-later
#include "problem/problem_answer_http.h"

#include "circular.html.h"

static enum err only_owner(struct ctx *cx, const struct problem_record *r)    // N1
{
    bool mine;
    TRY(problem_mine(cx, r, &mine));
    return mine ? OK
                : fail(cx, ERR_DENIED, "This problem is another team's.",
                       "Um dieses Problem kümmert sich ein anderes Team.");
}

static enum err open_cases(struct ctx *cx, const struct problem_record *r,
                           struct circular_page *v)
{
    struct problem_case *c;
    isize n;
    TRY(problem_cases(cx, r->id, &c, &n));
    v->ticket = problem_cases_open(cx->arena, c, n, &v->tickets);
    return OK;
}

static struct circular_text usual(struct arena *a, const struct problem_record *r)
{
    if (r->state == PROBLEM_FIXED || r->state == PROBLEM_VERIFIED)
        return (struct circular_text){
            .de = arena_fmt(a,
                            "die Ursache ist gefunden und behoben: „" STR_FMT
                            "“ sollte nicht mehr vorkommen. Geht es bei Ihnen doch noch nicht, "
                            "antworten Sie einfach auf diese Nachricht.",
                            STR_ARG(r->title)),
            .du = arena_fmt(a,
                            "die Ursache ist gefunden und behoben: „" STR_FMT
                            "“ sollte nicht mehr vorkommen. Geht es bei dir doch noch nicht, "
                            "antworte einfach auf diese Nachricht.",
                            STR_ARG(r->title)),
            .en = arena_fmt(a,
                            "we found the cause and fixed it: “" STR_FMT
                            "” should not happen again. If it still does, just answer this "
                            "message.",
                            STR_ARG(r->title))};
    return (struct circular_text){
        .de = S("wir kennen die Störung und arbeiten an der Ursache. Sobald sie behoben ist, "
                "hören Sie von uns."),
        .du = S("wir kennen die Störung und arbeiten an der Ursache. Sobald sie behoben ist, "
                "hörst du von uns."),
        .en = S("we know about this and work on its cause. You will hear from us as soon as it "
                "is fixed.")};
}

static enum err open(struct ctx *cx, const struct request *rq, struct problem_record *r,
                     struct circular_page *v)
{
    TRY(problem_http_of(cx, rq, r));
    TRY(only_owner(cx, r));
    TRY(open_cases(cx, r, v));
    v->title = words_in(SAY("Write to all customers", "Allen Kunden schreiben"), cx->lang);
    v->hint = SAY("Each customer gets a letter of his own, in his own case.",
                  "Jede Kundin und jeder Kunde bekommt eine eigene Nachricht, im eigenen "
                  "Vorgang.");
    v->action = problem_http_url(cx->arena, r->number, "/antwort");
    v->back = problem_http_url(cx->arena, r->number, "");
    v->back_name = arena_fmt(cx->arena, "P-%lld " STR_FMT, (long long)r->number,
                             STR_ARG(r->title));
    v->text = usual(cx->arena, r);
    v->ask_solve = v->solve = r->state == PROBLEM_FIXED || r->state == PROBLEM_VERIFIED;
    return circular_page_open(cx, rq, v);
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct circular_page *v = make(cx->arena, struct circular_page, 1);
    struct problem_record r;
    TRY(open(cx, rq, &r, v));
    html_circular_form(page_begin(cx, rq, rp, 200), v);
    return OK;
}

static enum err send(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct circular_page *v = make(cx->arena, struct circular_page, 1);
    struct problem_record r;
    struct circular_new c;
    circular_id id;
    TRY(open(cx, rq, &r, v));
    if (circular_page_looks(rq)) {
        html_circular_form(page_begin(cx, rq, rp, 200), v);
        return OK;
    }
    TRY(circular_page_take(cx, rq, v, &c));
    c.solution = r.fix_key != 0 ? r.fix : (solution_id){0};    // N2
    c.solved = arena_fmt(cx->arena, "P-%lld: " STR_FMT " (" STR_FMT ")", (long long)r.number,
                         STR_ARG(r.title), STR_ARG(r.cause));
    TRY(circular_send(cx, &c, &id));
    if (id.n == 0)
        return problem_http_back(cx, rp, &r);
    return see_other(cx, rp, "/w/p/P-%lld/antwort/%lld", (long long)r.number, (long long)id.n);
}

static enum err show_state(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct circular_state v = {0};
    struct problem_record r;
    TRY(problem_http_of(cx, rq, &r));
    TRY(circular_state_open(cx, (circular_id){path_int(rq, 1)}, &v));
    v.back = problem_http_url(cx->arena, r.number, "");
    v.back_name = problem_number_text(cx->arena, r.number);
    v.action = problem_http_url(
        cx->arena, r.number,
        arena_z(cx->arena, arena_fmt(cx->arena, "/antwort/%lld", (long long)v.id.n)));
    html_circular_state(page_begin(cx, rq, rp, 200), &v);
    return OK;
}

static enum err take_back(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct problem_record r;
    circular_id id = {path_int(rq, 1)};
    TRY(problem_http_of(cx, rq, &r));
    TRY(circular_undo(cx, id));
    return see_other(cx, rp, "/w/p/P-%lld/antwort/%lld", (long long)r.number, (long long)id.n);
}

// clang-format off
const struct route problem_answer_routes[] = {
    {GET,  "/w/p/{problem}/antwort",      CAN_WORK, show,       .summary = "one answer to all cases of a problem"},
    {POST, "/w/p/{problem}/antwort",      CAN_WORK, send,       show, .summary = "answer all cases of a problem, or look at the letters"},
    {GET,  "/w/p/{problem}/antwort/{id}", CAN_WORK, show_state, .summary = "how far the letters went"},
    {POST, "/w/p/{problem}/antwort/{id}", CAN_WORK, take_back,  show_state, .summary = "take the letters back"},
    {0},
};
// clang-format on
