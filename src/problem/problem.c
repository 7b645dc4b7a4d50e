// SPDX-License-Identifier: GPL-3.0-or-later
#include "problem/problem.h"

#include "access/access.h"
#include "base/json.h"
#include "base/length.h"
#include "base/limits.h"
#include "duty/duty.h"
#include "event/event.h"
#include "problem.sql.h"
#include "search/stem.h"
#include "ticket/ticket_check.h"

// clang-format off
const struct ticket_word problem_states[] = {
    {"", WORDS("", "")},
    [PROBLEM_SUSPECTED] = {"suspected",   WORDS("suspected", "vermutet")},
    [PROBLEM_OPEN]      = {"open",        WORDS("being looked into", "wird untersucht")},
    [PROBLEM_KNOWN]     = {"known_error", WORDS("known error", "bekannter Fehler")},
    [PROBLEM_PLANNED]   = {"fix_planned", WORDS("fix planned", "Korrektur geplant")},
    [PROBLEM_FIXED]     = {"fixed",       WORDS("fixed", "behoben")},
    [PROBLEM_VERIFIED]  = {"verified",    WORDS("verified", "Behebung bestätigt")},
    [PROBLEM_CLOSED]    = {"closed",      WORDS("closed", "abgeschlossen")},
    [PROBLEM_REJECTED]  = {"rejected",    WORDS("no problem after all", "doch kein Problem")},
    {0},
};

#define TO(s) (1u << PROBLEM_##s)
static const unsigned ways[] = {    // P2
    [PROBLEM_SUSPECTED] = TO(OPEN) | TO(KNOWN) | TO(FIXED) | TO(REJECTED),
    [PROBLEM_OPEN]      = TO(KNOWN) | TO(PLANNED) | TO(FIXED) | TO(REJECTED),
    [PROBLEM_KNOWN]     = TO(OPEN) | TO(PLANNED) | TO(FIXED) | TO(REJECTED),
    [PROBLEM_PLANNED]   = TO(KNOWN) | TO(OPEN) | TO(FIXED),
    [PROBLEM_FIXED]     = TO(VERIFIED) | TO(OPEN),
    [PROBLEM_VERIFIED]  = TO(CLOSED) | TO(OPEN),
    [PROBLEM_CLOSED]    = 0,
    [PROBLEM_REJECTED]  = TO(OPEN),
};
// clang-format on

// --- pure ------------------------------------------------------------------------------

bool problem_may(enum problem_state from, enum problem_state to)
{
    return from >= PROBLEM_SUSPECTED && from <= PROBLEM_REJECTED && to >= PROBLEM_SUSPECTED
           && to <= PROBLEM_REJECTED && (ways[from] & 1u << to) != 0;
}

bool problem_is_over(enum problem_state state)
{
    return state > PROBLEM_FIXED;
}

str problem_number_text(struct arena *a, int64_t number)
{
    return arena_fmt(a, "P-%lld", (long long)number);
}

bool problem_number_read(str s, int64_t *out)
{
    s = str_trim(s);
    if (str_starts(s, S("P")) || str_starts(s, S("p")))
        s = str_cut(s, 1);
    if (str_starts(s, S("-")))
        s = str_cut(s, 1);
    return s.n > 0 && s.p[0] >= '0' && s.p[0] <= '9' && str_to_int(s, out);
}

// --- reading ---------------------------------------------------------------------------

static struct problem_record record(const struct q_problem_rows *r)
{
    return (struct problem_record){.id = r->id,
                                   .number = r->number,
                                   .version = r->version,
                                   .state = r->state,
                                   .title = r->title,
                                   .words = r->words,
                                   .cause = r->cause,
                                   .fix_ref = r->fix_ref,
                                   .reason = r->reason,
                                   .category = r->category,
                                   .product = r->product,
                                   .category_name = {r->category_en, r->category_de},
                                   .product_name = r->product_name,
                                   .team = r->team,
                                   .team_name = {r->team_en, r->team_de},
                                   .team_level = (int)r->team_level,
                                   .workaround = r->workaround,
                                   .fix = r->fix,
                                   .workaround_key = r->workaround_key,
                                   .workaround_title = r->workaround_title,
                                   .fix_key = r->fix_key,
                                   .cases = r->cases,
                                   .open_cases = r->open_cases,
                                   .created = r->created,
                                   .changed = r->changed};
}

static enum err one(struct ctx *cx, int64_t id, int64_t number, struct problem_record *out)
{
    struct q_problem_rows *row;
    isize n = 0;
    if (id != 0 || number != 0)
        TRY(q_problem_rows(cx, id, number, true, 1, &row, &n));
    if (n == 0)
        return db_absent(cx);    // P12
    *out = record(row);
    return OK;
}

enum err problem_load(struct ctx *cx, problem_id id, struct problem_record *out)
{
    return one(cx, id.n, 0, out);
}

enum err problem_by_number(struct ctx *cx, str number, struct problem_record *out)
{
    int64_t n = 0;
    if (!problem_number_read(number, &n))
        return db_absent(cx);
    return one(cx, 0, n, out);
}

static bool has_words(const struct q_problem_rows *r, str words)
{
    for (str rest = str_trim(words); rest.n > 0; rest = str_trim(rest)) {
        str word = str_token(&rest, ' ');
        if (str_find_nocase(r->title, word) < 0 && str_find_nocase(r->words, word) < 0
            && str_find_nocase(r->cause, word) < 0
            && str_find_nocase(r->product_name, word) < 0)
            return false;
    }
    return true;
}

enum err problem_list(struct ctx *cx, const struct problem_filter *f,
                      struct problem_record **out, isize *n)
{
    struct q_problem_rows *row;
    isize rows;
    TRY(q_problem_rows(cx, 0, 0, f->over, LIMIT_ROWS, &row, &rows));
    *out = make(cx->arena, struct problem_record, rows);
    *n = 0;
    for (isize i = 0; i < rows && *n < LIMIT_PAGE_ROWS; i++)
        if (has_words(&row[i], f->words))
            (*out)[(*n)++] = record(&row[i]);
    return OK;
}

enum err problem_mine(struct ctx *cx, const struct problem_record *p, bool *out)
{
    struct q_problem_owner *row;
    isize n;
    TRY(q_problem_owner(cx, p->team, &row, &n));
    *out = n > 0 || access_can(&cx->who, CAN_LEAD);
    return OK;
}

enum err problem_worked_around(struct ctx *cx, const int64_t *solution, isize n,
                               int64_t *number)
{
    struct q_problem_worked_around *row;
    isize rows = 0;
    if (n > 0)
        TRY(q_problem_worked_around(cx, json_numbers(cx->arena, solution, n), &row, &rows));
    for (isize i = 0; i < n; i++)
        number[i] = 0;
    for (isize k = 0; k < rows; k++)
        for (isize i = 0; i < n; i++)
            if (solution[i] == row[k].solution.n)
                number[i] = row[k].number;
    return OK;
}

enum err problem_cases(struct ctx *cx, problem_id id, struct problem_case **out, isize *n)
{
    struct q_problem_case_rows *row;
    TRY(q_problem_case_rows(cx, id, &row, n));
    *out = make(cx->arena, struct problem_case, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct problem_case){row[i].id,      row[i].number, row[i].subject,
                                          row[i].contact, row[i].status, (int)row[i].level,
                                          row[i].created};
    return OK;
}

enum err problem_contacts(struct ctx *cx, problem_id id, contact_id **out, isize *n)
{
    struct q_problem_contacts *row;
    TRY(q_problem_contacts(cx, id, &row, n));
    *out = make(cx->arena, contact_id, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = row[i].contact;
    return OK;
}

const ticket_id *problem_cases_open(struct arena *a, const struct problem_case *c, isize n,
                                    isize *open)
{
    ticket_id *ticket = make(a, ticket_id, n + 1);
    *open = 0;
    for (isize i = 0; i < n; i++)
        if (!ticket_is_over(c[i].status))
            ticket[(*open)++] = c[i].id;
    return ticket;
}

// --- writing ---------------------------------------------------------------------------

static enum err tell(struct ctx *cx, const char *kind, problem_id id, ticket_id ticket,
                     team_id team)
{
    return event_add(
        cx, (struct event){.kind = kind, .ticket = ticket.n, .object = id.n, .team = team.n});
}

static enum err check_record(struct ctx *cx, const struct problem_record *p)
{
    if (str_trim(p->title).n == 0)
        return invalid(cx, "title", "Say in a line what is wrong.",
                       "Was ist los? Bitte in einer Zeile.");
    TRY(length_check(cx, "title", p->title, LIMIT_LINE));
    TRY(length_check(cx, "words", p->words, LIMIT_ROOM_TEXT));
    TRY(length_check(cx, "cause", p->cause, LIMIT_ROOM_TEXT));
    return ticket_class_check(cx, p->category, p->product);
}

// category.h C5, product.h R7
static enum err choose_class(struct ctx *cx, const struct problem_record *p,
                             const struct problem_record *old)
{
    TRY(category_choose(cx, p->category, old->category));
    return product_choose(cx, p->product, old->product);
}

enum err problem_own_team(struct ctx *cx, team_id *out)
{
    struct team *own;
    isize n;
    *out = (team_id){0};
    TRY(team_of_person(cx, cx->who.person, &own, &n));
    for (isize i = 0; i < n; i++)
        if (team_works(&own[i]))
            *out = own[i].id;    // the last has the highest level: who looks deepest
    return OK;
}

static enum err check_team(struct ctx *cx, team_id id)    // P5
{
    struct team team;
    if (id.n == 0)
        return invalid(cx, "team", "Which team looks into it?", "Welches Team kümmert sich?");
    TRY(team_load(cx, id, &team));
    if (!team_works(&team))
        return invalid(cx, "team", "A vendor or a department is asked; the problem stays ours.",
                       "Hersteller und Fachabteilungen werden gefragt; das Problem bleibt bei "
                       "uns.");
    return OK;
}

static enum err insert(struct ctx *cx, const struct problem_record *p, str src, str src_id,
                       problem_id *out)
{
    struct q_problem_draw draw;
    struct q_problem_insert row;
    team_id team = p->team;
    if (team.n == 0)
        TRY(problem_own_team(cx, &team));
    TRY(check_team(cx, team));
    TRY(q_problem_draw(cx, &draw));
    TRY(q_problem_insert(cx, draw.number, str_trim(p->title), str_trim(p->words),
                         str_trim(p->cause), p->category, p->product, p->state, team, src,
                         src_id, &row));
    *out = row.id;
    return tell(cx, "problem.opened", row.id, (ticket_id){0}, team);
}

enum err problem_add(struct ctx *cx, const struct problem_record *p, problem_id *out)
{
    struct problem_record fresh = *p;
    if (fresh.state != PROBLEM_OPEN)
        fresh.state = PROBLEM_SUSPECTED;
    TRY(check_record(cx, p));
    TRY(choose_class(cx, p, &(struct problem_record){0}));
    return insert(cx, &fresh, S(""), S(""), out);
}

enum err problem_import(struct ctx *cx, const struct problem_record *p, str src, str src_id,
                        problem_id *out)
{
    struct q_problem_by_src *known;
    isize n;
    TRY(q_problem_by_src(cx, src, src_id, &known, &n));
    if (n > 0) {
        *out = known->id;
        return OK;
    }
    TRY(check_record(cx, p));
    return insert(cx, p, src, src_id, out);
}

static enum err stale(struct ctx *cx)    // P11
{
    return fail(cx, ERR_STALE, "Somebody else changed it meanwhile.",
                "Jemand anderes hat es inzwischen geändert.");
}

// P5 P11
static enum err for_change(struct ctx *cx, problem_id id, int64_t version,
                           struct problem_record *out)
{
    bool mine;
    TRY(problem_load(cx, id, out));
    TRY(problem_mine(cx, out, &mine));
    if (!mine)
        return fail(cx, ERR_DENIED, "This problem is another team's.",
                    "Um dieses Problem kümmert sich ein anderes Team.");
    return out->version == version ? OK : stale(cx);
}

static enum err show_cases(struct ctx *cx, const struct problem_record *p)    // P6
{
    struct problem_case *c;
    isize n;
    TRY(problem_cases(cx, p->id, &c, &n));
    for (isize i = 0; i < n; i++)
        TRY(ticket_see(cx, c[i].id, p->team));
    return OK;
}

enum err problem_change(struct ctx *cx, const struct problem_record *p)
{
    struct problem_record old;
    int64_t changed;
    TRY(for_change(cx, p->id, p->version, &old));
    TRY(check_record(cx, p));
    TRY(choose_class(cx, p, &old));
    TRY(check_team(cx, p->team));
    TRY(q_problem_update(cx, p->id, p->version, str_trim(p->title), str_trim(p->words),
                         str_trim(p->cause), p->category, p->product, p->team, &changed));
    if (changed == 0)
        return stale(cx);
    if (old.team.n != p->team.n)
        TRY(show_cases(cx, p));
    return tell(cx, "problem.changed", p->id, (ticket_id){0}, p->team);
}

// --- from state to state ---------------------------------------------------------------

static enum err serves(struct ctx *cx, solution_id id, int level, bool *out)
{
    struct solution s;
    *out = false;
    if (id.n == 0)
        return OK;
    TRY(solution_load(cx, id, &s));
    *out = solution_serves(s.audience, s.confidence, level);
    return OK;
}

static enum err check_known(struct ctx *cx, solution_id workaround)    // P3
{
    bool usable;
    if (workaround.n == 0)
        return invalid(cx, "solution", "A known error has a workaround. Which one?",
                       "Ein bekannter Fehler hat eine Umgehung. Welche?");
    TRY(serves(cx, workaround, 1, &usable));
    if (!usable)
        return invalid(cx, "solution", "The 1st level may not use this solution yet.",
                       "1st Level darf diese Lösung noch nicht verwenden.");
    return OK;
}

static enum err check_step(struct ctx *cx, const struct problem_record *next,
                           enum problem_state from)
{
    if (!problem_may(from, next->state))
        return invalid(cx, "to", "From here it does not go there.",
                       "Von hier geht es nicht dorthin.");
    if (next->state == PROBLEM_KNOWN)
        return check_known(cx, next->workaround);
    if (next->state == PROBLEM_FIXED && str_trim(next->cause).n == 0)    // P4
        return invalid(cx, "cause", "What was the cause?", "Was war die Ursache?");
    if (next->state == PROBLEM_REJECTED && str_trim(next->reason).n == 0)
        return invalid(cx, "reason", "Why is it no problem?", "Warum ist es doch keins?");
    return OK;
}

static enum err go_on(struct ctx *cx, problem_id id)    // P9
{
    struct q_problem_waiting *row;
    isize n;
    TRY(q_problem_waiting(cx, id, &row, &n));
    for (isize i = 0; i < n; i++) {
        struct ticket_at at = {row[i].id, TICKET_ANY_VERSION};
        TRY(ticket_resume(cx, &at));
    }
    return OK;
}

static enum err owe(struct ctx *cx, const struct problem_record *p)    // P10
{
    bool l1, l2;
    duty_id duty;
    TRY(serves(cx, p->fix, 1, &l1));
    TRY(serves(cx, p->fix, 2, &l2));
    if (l1 && l2)
        return OK;
    return duty_on_problem(cx, p->number, p->team, p->fix, &duty);
}

static const char *event_for(enum problem_state to)
{
    static const char *const kinds[] = {"",
                                        "problem.suspected",
                                        "problem.reopened",
                                        "problem.known_error",
                                        "problem.fix_planned",
                                        "problem.fixed",
                                        "problem.verified",
                                        "problem.closed",
                                        "problem.rejected"};
    return kinds[to];
}

// Each case tells it: whoever reads one sees that something is known now.
static enum err tell_cases(struct ctx *cx, const struct problem_record *p)
{
    struct problem_case *c;
    isize n;
    TRY(tell(cx, event_for(p->state), p->id, (ticket_id){0}, p->team));
    if (p->state != PROBLEM_KNOWN && p->state != PROBLEM_FIXED)
        return OK;
    TRY(problem_cases(cx, p->id, &c, &n));
    for (isize i = 0; i < n; i++)
        if (!ticket_is_over(c[i].status))
            TRY(tell(cx, event_for(p->state), p->id, c[i].id, p->team));
    return OK;
}

static struct problem_record after(const struct problem_record *p, const struct problem_step *s)
{
    struct problem_record next = *p;
    next.state = s->to;
    if (s->solution.n != 0 && s->to == PROBLEM_KNOWN)
        next.workaround = s->solution;
    if (s->solution.n != 0 && s->to == PROBLEM_FIXED)
        next.fix = s->solution;
    if (str_trim(s->cause).n > 0)
        next.cause = str_trim(s->cause);
    if (str_trim(s->fix_ref).n > 0)
        next.fix_ref = str_trim(s->fix_ref);
    next.reason = str_trim(s->reason);
    return next;
}

enum err problem_move(struct ctx *cx, const struct problem_step *s)
{
    struct problem_record old;
    int64_t changed;
    TRY(for_change(cx, s->id, s->version, &old));
    struct problem_record p = after(&old, s);
    TRY(check_step(cx, &p, old.state));
    TRY(length_check(cx, "cause", p.cause, LIMIT_ROOM_TEXT));
    TRY(length_check(cx, "fix_ref", p.fix_ref, LIMIT_LINE));
    TRY(length_check(cx, "reason", p.reason, LIMIT_LINE));
    TRY(q_problem_step(cx, p.id, s->version, p.state, p.workaround, p.fix, p.cause, p.fix_ref,
                       p.reason, &changed));
    if (changed == 0)
        return stale(cx);
    TRY(tell_cases(cx, &p));
    if (p.state != PROBLEM_FIXED)
        return OK;
    TRY(go_on(cx, p.id));
    return owe(cx, &p);
}

enum err problem_write_down(struct ctx *cx, problem_id id, solution_id solution)
{
    struct problem_record p;
    TRY(problem_load(cx, id, &p));
    TRY(q_problem_set_fix(cx, id, solution));
    return duty_of_problem_settle(cx, p.number, solution);
}

// --- cases -----------------------------------------------------------------------------

// P6.  Asked after the insert: it waits for whoever is about to link the case elsewhere.
enum err problem_link(struct ctx *cx, problem_id id, ticket_id ticket)
{
    struct problem_record p;
    struct ticket t;
    struct q_problem_linked *there;
    isize n;
    int64_t changed;
    TRY(problem_load(cx, id, &p));
    TRY(ticket_load(cx, ticket, &t));
    TRY(q_problem_link_insert(cx, id, ticket, &changed));
    TRY(q_problem_linked(cx, ticket, &there, &n));
    if (n == 0)
        return stale(cx);
    if (there->problem.n != id.n)
        return invalid(cx, "problem", "This case belongs to P-%lld already.",
                       "Dieser Vorgang gehört schon zu P-%lld.", (long long)there->number);
    if (changed == 0)
        return OK;    // it belongs to it already
    if (t.status >= TICKET_MERGED)
        return ticket_check_work(cx, &t);
    TRY(ticket_see(cx, ticket, p.team));
    return tell(cx, "problem.linked", id, ticket, p.team);
}

enum err problem_unlink(struct ctx *cx, problem_id id, ticket_id ticket)
{
    struct problem_record p;
    int64_t changed;
    TRY(problem_load(cx, id, &p));
    TRY(q_problem_link_delete(cx, id, ticket, &changed));
    if (changed == 0)
        return invalid(cx, "problem", "This case does not belong to it.",
                       "Dieser Vorgang gehört nicht dazu.");
    return tell(cx, "problem.unlinked", id, ticket, p.team);
}
