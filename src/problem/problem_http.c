// SPDX-License-Identifier: GPL-3.0-or-later
#include "problem/problem_http.h"

#include "problem.html.h"
#include "search/choose.h"
#include "solution_form.html.h"

// --- words of the templates ----------------------------------------------------------------

const char *problem_http_tone(enum problem_state state)
{
    switch (state) {
    case PROBLEM_SUSPECTED:
    case PROBLEM_OPEN:
        return "info";
    case PROBLEM_KNOWN:
    case PROBLEM_PLANNED:
        return "warn";
    case PROBLEM_FIXED:
    case PROBLEM_VERIFIED:
        return "good";
    case PROBLEM_CLOSED:
    case PROBLEM_REJECTED:
        break;
    }
    return "plain";
}

bool problem_http_offers(const struct problem_page *v, enum problem_state to)
{
    return v->mine && problem_may(v->r.state, to);
}

struct words problem_http_verb(enum problem_state to)
{
    static const struct words verbs[] = {
        WORDS("", ""),
        WORDS("", ""),
        [PROBLEM_OPEN] = WORDS("Look into it", "Untersuchen"),
        [PROBLEM_KNOWN] =
            WORDS("Publish as known error", "Als bekannten Fehler veröffentlichen"),
        [PROBLEM_PLANNED] = WORDS("Fix is planned", "Korrektur ist geplant"),
        [PROBLEM_FIXED] = WORDS("It is fixed", "Ist behoben"),
        [PROBLEM_VERIFIED] = WORDS("Confirm the fix", "Behebung bestätigen"),
        [PROBLEM_CLOSED] = WORDS("Close it", "Abschließen"),
        [PROBLEM_REJECTED] = WORDS("No problem after all", "Doch kein Problem"),
    };
    return verbs[to];
}

str problem_http_box(struct arena *a, const struct problem_match *m)
{
    return arena_fmt(a, "dazu-%lld", (long long)m->id.n);
}

bool problem_http_ticked(const struct request *rq, struct arena *a,
                         const struct problem_match *m)
{
    return form_has(rq, arena_z(a, problem_http_box(a, m)));
}

// --- finding it ----------------------------------------------------------------------------

enum err problem_http_of(struct ctx *cx, const struct request *rq, struct problem_record *out)
{
    return problem_by_number(cx, path_text(rq, 0), out);
}

struct url problem_http_url(struct arena *a, int64_t number, const char *rest)
{
    return (struct url){arena_fmt(a, "/w/p/P-%lld%s", (long long)number, rest)};
}

enum err problem_http_back(struct ctx *cx, struct reply *rp, const struct problem_record *r)
{
    return see_other(cx, rp, "/w/p/P-%lld", (long long)r->number);
}

// --- the list and the page -----------------------------------------------------------------

static enum err show_list(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct problem_rows v = {.over = form_has(rq, "alle"), .q = form_text(rq, "q")};
    struct problem_record *row;
    struct problem_filter f = {.over = v.over, .words = v.q};
    TRY(problem_list(cx, &f, &row, &v.n));
    v.row = row;
    html_problem_rows(page_begin(cx, rq, rp, 200), &v);
    return OK;
}

static struct room_key room_of(const struct problem_record *r)
{
    return (struct room_key){ROOM_PROBLEM, r->id.n};
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct problem_page *v = make(cx->arena, struct problem_page, 1);
    struct problem_case *own;
    struct problem_match *match = NULL;
    struct forge_issue *issue;
    struct forge *forge;
    TRY(problem_http_of(cx, rq, &v->r));
    TRY(forge_issue_list(cx, (struct forge_about){.problem = v->r.id.n}, &issue, &v->issues));
    TRY(forge_list(cx, &forge, &v->forges));
    v->issue = issue;
    v->number = problem_number_text(cx->arena, v->r.number);
    TRY(problem_mine(cx, &v->r, &v->mine));
    TRY(problem_cases(cx, v->r.id, &own, &v->cases));
    if (!problem_is_over(v->r.state))
        TRY(problem_alike_to(cx, &v->r, &match, &v->matches));
    TRY(room_panel(cx, room_of(&v->r), &v->room));
    v->own = own;
    v->match = match;
    v->room.action = problem_http_url(cx->arena, v->r.number, "/raum");
    v->room.closed = problem_is_over(v->r.state);
    html_problem_page(page_begin(cx, rq, rp, 200), v);
    return OK;
}

static enum err in_room(struct ctx *cx, struct request *rq, struct reply *rp)    // H4
{
    struct problem_record r;
    TRY(problem_http_of(cx, rq, &r));
    TRY(room_act(cx, rq, room_of(&r)));
    return see_other(cx, rp, "/w/p/P-%lld#raum", (long long)r.number);
}

// --- cases ---------------------------------------------------------------------------------

static enum err take_in(struct ctx *cx, struct request *rq, struct reply *rp)    // H2
{
    struct problem_record r;
    struct problem_match *match;
    isize n, taken = 0;
    TRY(problem_http_of(cx, rq, &r));
    TRY(problem_alike_to(cx, &r, &match, &n));
    for (isize i = 0; i < n; i++) {
        if (!problem_http_ticked(rq, cx->arena, &match[i]))
            continue;
        TRY(problem_link(cx, r.id, match[i].id));
        taken++;
    }
    if (taken == 0)
        return invalid(cx, "dazu", "Which of them belong to it?", "Welche gehören dazu?");
    return problem_http_back(cx, rp, &r);
}

static enum err let_go(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct problem_record r;
    TRY(problem_http_of(cx, rq, &r));
    TRY(problem_unlink(cx, r.id, (ticket_id){form_int(rq, "vorgang", 0)}));
    return problem_http_back(cx, rp, &r);
}

// --- opening and changing --------------------------------------------------------------------

static enum err fill_lists(struct ctx *cx, const struct request *rq, struct problem_form *f)
{
    const struct problem_record *r = &f->r;
    struct team *team;
    isize teams;
    TRY(pick_topics(cx, rq, "category", r->category, r->category.n, &f->category));
    TRY(pick_products(cx, rq, "product", r->product, r->product.n, &f->product));
    TRY(team_list(cx, &team, &teams));
    for (isize i = 0; i < teams; i++)
        if (team_works(&team[i]))    // P5
            team[f->teams++] = team[i];
    f->team = team;
    return OK;
}

static void take_form(const struct request *rq, struct problem_record *r)    // H5
{
    r->title = form_or(rq, "title", r->title);
    r->words = form_or(rq, "words", r->words);
    r->cause = form_or(rq, "cause", r->cause);
    r->category.n = form_int(rq, "category", r->category.n);
    r->product.n = form_int(rq, "product", r->product.n);
    r->team.n = form_int(rq, "team", r->team.n);
}

static void show_again(const struct request *rq, struct problem_form *f)
{
    take_form(rq, &f->r);
    f->category.chosen = f->r.category.n;
    f->product.chosen = f->r.product.n;
}

static enum err typed(struct ctx *cx, const struct request *rq, struct problem_record *r)
{
    struct problem_record before = *r;
    take_form(rq, r);
    TRY(pick_topic(cx, rq, "category", before.category, &r->category));
    return pick_product(cx, rq, "product", before.product, &r->product);
}

// The case it is opened from, if the asker may see it.
static enum err from_case(struct ctx *cx, const struct request *rq, struct problem_form *f,
                          struct ticket *t)
{
    int64_t number;
    *t = (struct ticket){0};
    if (form_text(rq, "von").n == 0)
        return OK;
    enum err err = ticket_number_read(cx, form_text(rq, "von"), &number);
    if (err == OK)
        err = ticket_by_number(cx, number, t);
    if (err == ERR_INVALID)
        return db_absent(cx);
    TRY(err);
    f->from = ticket_number_shown(cx->arena, t->number);
    f->r = (struct problem_record){.title = t->subject,
                                   .words = str_head(t->problem, 2000),
                                   .category = t->category,
                                   .product = t->product};
    return ticket_class_offered(cx, &f->r.category, &f->r.product);
}

static enum err show_new(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct problem_form *f = make(cx->arena, struct problem_form, 1);
    struct ticket t;
    TRY(from_case(cx, rq, f, &t));
    TRY(problem_own_team(cx, &f->r.team));
    TRY(fill_lists(cx, rq, f));
    show_again(rq, f);
    f->title = words_in(SAY("New problem", "Neues Problem"), cx->lang);
    f->action = (struct url){S("/w/p/neu")};
    f->back = (struct url){S("/w/p")};
    f->back_name = words_in(SAY("Problems", "Probleme"), cx->lang);
    html_problem_edit(page_begin(cx, rq, rp, 200), f);
    return OK;
}

static enum err create(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct problem_form f = {0};
    struct ticket t;
    TRY(from_case(cx, rq, &f, &t));
    TRY(typed(cx, rq, &f.r));
    f.r.state = PROBLEM_OPEN;
    TRY(problem_add(cx, &f.r, &f.r.id));
    if (t.id.n != 0)
        TRY(problem_link(cx, f.r.id, t.id));
    TRY(problem_load(cx, f.r.id, &f.r));
    return problem_http_back(cx, rp, &f.r);
}

static enum err show_edit(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct problem_form *f = make(cx->arena, struct problem_form, 1);
    TRY(problem_http_of(cx, rq, &f->r));
    TRY(fill_lists(cx, rq, f));
    show_again(rq, f);
    f->title = words_in(SAY("Change the problem", "Problem ändern"), cx->lang);
    f->action = problem_http_url(cx->arena, f->r.number, "/bearbeiten");
    f->back = problem_http_url(cx->arena, f->r.number, "");
    f->back_name = problem_number_text(cx->arena, f->r.number);
    html_problem_edit(page_begin(cx, rq, rp, 200), f);
    return OK;
}

static enum err change(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct problem_record r;
    TRY(problem_http_of(cx, rq, &r));
    TRY(typed(cx, rq, &r));
    r.version = form_int(rq, "version", 0);
    TRY(problem_change(cx, &r));
    return problem_http_back(cx, rp, &r);
}

// --- from state to state -----------------------------------------------------------------------

static enum err step_of(struct ctx *cx, const struct request *rq, struct problem_record *r,
                        enum problem_state *to)
{
    int state;
    TRY(problem_http_of(cx, rq, r));
    if (!ticket_words_find(problem_states, path_text(rq, 1), &state))
        return db_absent(cx);
    *to = (enum problem_state)state;
    return OK;
}

static enum err show_step(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct problem_step_page *v = make(cx->arena, struct problem_step_page, 1);
    TRY(step_of(cx, rq, &v->r, &v->to));
    int64_t key = v->to == PROBLEM_KNOWN ? v->r.workaround_key : v->r.fix_key;
    v->number = problem_number_text(cx->arena, v->r.number);
    v->solution = form_or(rq, "solution", key == 0 ? S("") : solution_key_text(cx->arena, key));
    v->steps = form_text(rq, "steps");
    v->cause = form_or(rq, "cause", v->r.cause);
    v->fix_ref = form_or(rq, "fix_ref", v->r.fix_ref);
    v->reason = form_text(rq, "reason");
    html_problem_step(page_begin(cx, rq, rp, 200), v);
    return OK;
}

// H3: title and words of the problem, the steps as typed, for every level.
static enum err write_workaround(struct ctx *cx, const struct problem_record *r, str steps,
                                 solution_id *out)
{
    struct solution s = {.kind = SOLUTION_WORKAROUND,
                         .confidence = SOLUTION_NOT_VALIDATED,
                         .audience = (1 << int_max(cx->who.level, 1)) - 1,
                         .lang = cx->lang,
                         .title = r->title,
                         .words = r->words,
                         .category = r->category,
                         .product = r->product};
    solution_steps_read(cx->arena, steps, &s.step, &s.steps);
    return solution_add(cx, &s, out);
}

static enum err named_solution(struct ctx *cx, const struct request *rq,
                               const struct problem_record *r, enum problem_state to,
                               solution_id *out)
{
    str typed = str_trim(form_text(rq, "solution")), steps = str_trim(form_text(rq, "steps"));
    *out = (solution_id){0};
    if (to != PROBLEM_KNOWN && to != PROBLEM_FIXED)
        return OK;
    if (steps.n > 0 && to == PROBLEM_KNOWN)
        return write_workaround(cx, r, steps, out);
    return typed.n == 0 ? OK : choose_solution(cx, "solution", typed, out);
}

static enum err step(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct problem_record r;
    struct problem_step s = {0};
    TRY(step_of(cx, rq, &r, &s.to));
    s.id = r.id;
    s.version = form_int(rq, "version", 0);
    s.cause = form_text(rq, "cause");
    s.fix_ref = form_text(rq, "fix_ref");
    s.reason = form_text(rq, "reason");
    TRY(named_solution(cx, rq, &r, s.to, &s.solution));
    TRY(problem_move(cx, &s));
    if (s.to == PROBLEM_FIXED && r.open_cases > 0)
        return see_other(cx, rp, "/w/p/P-%lld/antwort", (long long)r.number);
    return problem_http_back(cx, rp, &r);
}

// --- written down (P10) --------------------------------------------------------------------

static struct solution draft(const struct ctx *cx, const struct problem_record *r)
{
    return (struct solution){.kind = SOLUTION_FIX,
                             .confidence = SOLUTION_NOT_VALIDATED,
                             .audience = SOLUTION_L1 | SOLUTION_L2,
                             .lang = cx->lang,
                             .title = r->title,
                             .words = r->words,
                             .cause = r->cause,
                             .category = r->category,
                             .product = r->product};
}

static enum err show_write(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct solution_form *f = make(cx->arena, struct solution_form, 1);
    struct problem_record r;
    TRY(problem_http_of(cx, rq, &r));
    struct solution s = draft(cx, &r);
    TRY(solution_form_open(cx, rq, &s, f));
    f->action = problem_http_url(cx->arena, r.number, "/aufschreiben");
    f->back = problem_http_url(cx->arena, r.number, "");
    f->back_name = problem_number_text(cx->arena, r.number);
    html_solution_form(page_begin(cx, rq, rp, 200), f,
                       words_in(SAY("Write it down", "Lösung aufschreiben"), cx->lang),
                       SAY("Filled from the problem. Only correct what is not right yet.",
                           "Aus dem Problem vorausgefüllt. Du musst nur nachbessern."));
    return OK;
}

static enum err write_down(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct problem_record r;
    bool mine;
    TRY(problem_http_of(cx, rq, &r));
    TRY(problem_mine(cx, &r, &mine));
    if (!mine)
        return fail(cx, ERR_DENIED, "This problem is another team's.",
                    "Um dieses Problem kümmert sich ein anderes Team.");
    struct solution s = draft(cx, &r);
    TRY(solution_form_take(cx, rq, &s));
    TRY(solution_add(cx, &s, &s.id));
    TRY(problem_write_down(cx, r.id, s.id));
    return problem_http_back(cx, rp, &r);
}

// clang-format off
const struct route problem_routes[] = {
    {GET,  "/w/p",                        CAN_WORK,           show_list,  .summary = "the list of problems"},
    {GET,  "/w/p/neu",                    CAN_WORK,           show_new,   .summary = "the sheet that opens a problem"},
    {POST, "/w/p/neu",                    CAN_WORK,           create,     show_new,   .summary = "open a problem"},
    {GET,  "/w/p/{problem}",              CAN_WORK,           show,       .summary = "a problem"},
    {GET,  "/w/p/{problem}/bearbeiten",   CAN_WORK,           show_edit,  .summary = "the sheet that changes a problem"},
    {POST, "/w/p/{problem}/bearbeiten",   CAN_WORK,           change,     show_edit,  .summary = "change a problem"},
    {GET,  "/w/p/{problem}/stand/{code}", CAN_WORK,           show_step,  .summary = "the sheet for the next state of a problem"},
    {POST, "/w/p/{problem}/stand/{code}", CAN_WORK,           step,       show_step,  .summary = "move a problem to its next state"},
    {POST, "/w/p/{problem}/dazu",         CAN_WORK,           take_in,    show,       .summary = "take cases that look alike into a problem"},
    {POST, "/w/p/{problem}/weg",          CAN_WORK,           let_go,     show,       .summary = "a case does not belong to a problem after all"},
    {POST, "/w/p/{problem}/raum",         CAN_WORK,           in_room,    show,       .summary = "join the room of a problem, add to its list"},
    {GET,  "/w/p/{problem}/aufschreiben", CAN_WRITE_SOLUTION, show_write, .summary = "the form for the solution of a problem"},
    {POST, "/w/p/{problem}/aufschreiben", CAN_WRITE_SOLUTION, write_down, show_write, .summary = "write the solution of a problem"},
    {0},
};
// clang-format on
