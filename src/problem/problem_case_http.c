// SPDX-License-Identifier: GPL-3.0-or-later
#include "problem/problem_case_http.h"

#include "problem_case.html.h"

static enum err open(struct ctx *cx, struct request *rq, struct problem_sheet *v)
{
    struct problem_hint *hint;
    struct problem_match *match;
    struct problem_record *found;
    TRY(sheet_open(cx, rq, "problem", DRAFT_HANDOVER, &v->sheet));
    TRY(problem_alike_hints(cx, &v->sheet.ticket, &hint, &v->hints));
    TRY(problem_alike_cases(cx, &v->sheet.ticket, &match, &v->matches));
    v->q = form_text(rq, "q");
    if (str_trim(v->q).n > 0) {
        TRY(problem_list(cx, &(struct problem_filter){.words = v->q}, &found, &v->founds));
        v->found = found;
    }
    v->hint = hint;
    v->match = match;
    v->chosen = form_or(rq, "problem",
                        v->hints > 0 ? problem_number_text(cx->arena, hint[0].number) : S(""));
    return OK;
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct problem_sheet *v = make(cx->arena, struct problem_sheet, 1);
    TRY(open(cx, rq, v));
    html_problem_sheet(page_begin(cx, rq, rp, 200), v);
    return OK;
}

static enum err open_new(struct ctx *cx, const struct ticket *t, problem_id *out)
{
    struct problem_record p = {.title = t->subject,
                               .words = str_head(t->problem, 2000),
                               .category = t->category,
                               .product = t->product,
                               .state = PROBLEM_SUSPECTED};
    return problem_add(cx, &p, out);
}

static enum err choose(struct ctx *cx, const struct request *rq, const struct problem_sheet *v,
                       struct problem_record *out)
{
    str typed = form_text(rq, "nummer");
    str chosen = str_trim(typed).n > 0 ? typed : v->chosen;
    struct ctx quiet = ctx_quiet(cx);
    if (str_eq(chosen, S("neu"))) {
        TRY(open_new(cx, &v->sheet.ticket, &out->id));
        return problem_load(cx, out->id, out);
    }
    enum err err = problem_by_number(&quiet, chosen, out);
    if (err != ERR_ABSENT)
        return err;
    return invalid(cx, "problem", "Which problem does it belong to? A number looks like P-12.",
                   "Zu welchem Problem gehört der Vorgang? Eine Nummer sieht so aus: P-12.");
}

static enum err link_all(struct ctx *cx, const struct request *rq,
                         const struct problem_sheet *v, problem_id id)    // B2
{
    TRY(problem_link(cx, id, v->sheet.ticket.id));
    for (isize i = 0; i < v->matches; i++)
        if (problem_http_ticked(rq, cx->arena, &v->match[i]))
            TRY(problem_link(cx, id, v->match[i].id));
    return OK;
}

static enum err belongs(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct problem_sheet *v = make(cx->arena, struct problem_sheet, 1);
    struct problem_record r = {0};
    TRY(open(cx, rq, v));
    bool linked = v->hints > 0 && v->hint[0].linked;
    if (linked && str_eq(form_text(rq, "tun"), S("weg"))) {    // B3
        TRY(problem_by_number(cx, problem_number_text(cx->arena, v->hint[0].number), &r));
        TRY(problem_unlink(cx, r.id, v->sheet.ticket.id));
        return sheet_done(cx, rp, &v->sheet);
    }
    TRY(choose(cx, rq, v, &r));
    TRY(link_all(cx, rq, v, r.id));
    return sheet_done(cx, rp, &v->sheet);
}

// clang-format off
const struct route problem_case_routes[] = {
    {GET,  "/w/t/{nr}/problem", CAN_WORK, show,    .summary = "which problem a case belongs to"},
    {POST, "/w/t/{nr}/problem", CAN_WORK, belongs, show, .summary = "a case belongs to a problem"},
    {0},
};
// clang-format on
