// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "duty/duty.h"
#include "problem/problem_alike.h"

static problem_id a_problem(struct world *w, int person, int64_t team)
{
    struct problem_record p = {.title = S("VPN bricht ab"),
                               .words = S("Abbruch nach dem Update"),
                               .team = {team}};
    problem_id id = {0};
    check(end(w, problem_add(begin_as(w, person), &p, &id)) == OK);
    return id;
}

static ticket_id a_case(struct world *w, int64_t team)
{
    struct ticket_made made = {0};
    struct ticket_new n = {.channel = CHANNEL_PHONE,
                           .subject = S("VPN bricht ab seit Update, Abbruch jede Stunde"),
                           .team = {team}};
    check(end(w, ticket_create(begin(w), &n, &made)) == OK);
    return made.at.id;
}

static solution_id a_solution(struct world *w, int audience)
{
    struct solution s = {.kind = SOLUTION_WORKAROUND,
                         .confidence = SOLUTION_VALIDATED,
                         .audience = audience,
                         .lang = LANG_DE,
                         .title = S("Alten Client nehmen")};
    solution_id id = {0};
    check(end(w, solution_add(begin_as(w, EVA), &s, &id)) == OK);
    return id;
}

static struct problem_record look(struct world *w, int person, problem_id id)
{
    struct problem_record p = {0};
    check(end(w, problem_load(begin_as(w, person), id, &p)) == OK);
    return p;
}

static enum err moved(struct world *w, int person, problem_id id, struct problem_step s)
{
    s.id = id;
    s.version = look(w, EVA, id).version;
    return end(w, problem_move(begin_as(w, person), &s));
}

static void P1_a_number_of_its_desk(struct world *w)
{
    a_problem(w, CEM, 0);
    check(look(w, ADA, a_problem(w, CEM, 0)).number == 2);
    check(look(w, NINA, a_problem(w, NINA, 0)).number == 1);
    int64_t n = 0;
    check(problem_number_read(S("P-12"), &n) && n == 12);
    check(problem_number_read(S(" p7 "), &n) && n == 7 && problem_number_read(S("3"), &n));
    check(!problem_number_read(S("P-"), &n) && !problem_number_read(S("P--1"), &n)
          && !problem_number_read(S("L-1"), &n));
    check_text(problem_number_text(&w->kept, 12), S("P-12"));
}

static void P2_every_way_and_no_other(struct world *w)
{
    (void)w;
    int allowed = 0;
    for (int from = 0; from <= PROBLEM_REJECTED + 1; from++)
        for (int to = 0; to <= PROBLEM_REJECTED + 1; to++)
            allowed += problem_may((enum problem_state)from, (enum problem_state)to);
    check(allowed == 20);
    check(problem_may(PROBLEM_OPEN, PROBLEM_KNOWN) && problem_may(PROBLEM_KNOWN, PROBLEM_FIXED));
    check(problem_may(PROBLEM_FIXED, PROBLEM_OPEN));
    check(!problem_may(PROBLEM_CLOSED, PROBLEM_OPEN));
    check(!problem_may(PROBLEM_OPEN, PROBLEM_CLOSED));
    check(!problem_may(PROBLEM_OPEN, PROBLEM_OPEN));
}

static void P3_a_known_error_has_a_workaround_level_1_may_use(struct world *w)
{
    problem_id id = a_problem(w, CEM, NET);
    solution_id l2 = a_solution(w, SOLUTION_L2), l1 = a_solution(w, SOLUTION_L1);
    check(moved(w, CEM, id, (struct problem_step){.to = PROBLEM_KNOWN}) == ERR_INVALID);
    check(moved(w, CEM, id, (struct problem_step){.to = PROBLEM_KNOWN, .solution = l2})
          == ERR_INVALID);
    check(moved(w, CEM, id, (struct problem_step){.to = PROBLEM_KNOWN, .solution = l1}) == OK);
    check(look(w, ADA, id).state == PROBLEM_KNOWN && look(w, ADA, id).workaround_key == 102);
    check(ask(w, "select count(*) from event where kind = 'problem.known_error'") == 1);
}

static void P4_fixed_says_the_cause_rejected_says_why(struct world *w)
{
    problem_id id = a_problem(w, CEM, NET);
    check(moved(w, CEM, id, (struct problem_step){.to = PROBLEM_FIXED}) == ERR_INVALID);
    check(moved(w, CEM, id, (struct problem_step){.to = PROBLEM_REJECTED, .cause = S("x")})
          == ERR_INVALID);
    check(moved(w, CEM, id, (struct problem_step){.to = PROBLEM_VERIFIED}) == ERR_INVALID);
    check(moved(w, CEM, id,
                (struct problem_step){.to = PROBLEM_FIXED, .cause = S("Treiber 7.1")})
          == OK);
    check_text(look(w, ADA, id).cause, S("Treiber 7.1"));
}

static void P5_its_team_and_the_lead_change_it(struct world *w)
{
    problem_id id = a_problem(w, ADA, NET);    // anybody opens one
    check(moved(w, ADA, id, (struct problem_step){.to = PROBLEM_OPEN}) == ERR_DENIED);
    check(moved(w, DORA, id, (struct problem_step){.to = PROBLEM_OPEN}) == ERR_DENIED);
    check(moved(w, CEM, id, (struct problem_step){.to = PROBLEM_OPEN}) == OK);
    struct problem_record p = look(w, EVA, id);
    p.title = S("VPN bricht nach Update ab");
    p.team = (team_id){EXPERTS};
    check(end(w, problem_change(begin_as(w, ADA), &p)) == ERR_DENIED);
    check(end(w, problem_change(begin_as(w, EVA), &p)) == OK);
    check(look(w, DORA, id).team_level == 3);
    p = look(w, EVA, id);
    p.title = S(" ");
    check(end(w, problem_change(begin_as(w, EVA), &p)) == ERR_INVALID);
}

static void P5_no_vendor_and_no_department_owns_one(struct world *w)
{
    struct team vendor = {.name = SAY("Maker", "Hersteller"), .level = 4},
                law = {.name = SAY("Law", "Recht"), .level = 2, .department = true};
    struct ctx *cx = begin(w);
    check(team_add(cx, &vendor, &vendor.id) == OK && team_add(cx, &law, &law.id) == OK);
    check(person_join(cx, (person_id){ADA}, law.id) == OK && end(w, OK) == OK);
    struct problem_record p = {.title = S("x")};
    problem_id id = {0};
    const team_id asked[] = {vendor.id, law.id};
    for (isize i = 0; i < countof(asked); i++) {
        p.team = asked[i];
        check(end(w, problem_add(begin_as(w, ADA), &p, &id)) == ERR_INVALID);
        struct problem_record q = look(w, EVA, a_problem(w, CEM, NET));
        q.team = asked[i];
        check(end(w, problem_change(begin_as(w, CEM), &q)) == ERR_INVALID);
    }
    check(look(w, EVA, a_problem(w, ADA, 0)).team.n == FIRST);    // not ada's department
}

// category.h C5, product.h R7
static void P5_what_has_ended_is_not_chosen_anew(struct world *w)
{
    struct category net = {.name = SAY("Net", "Netz")};
    struct product old = {.name = S("X2")};
    struct problem_record p = look(w, EVA, a_problem(w, CEM, NET));
    check(end(w, category_add(begin(w), &net, &net.id)) == OK);
    check(end(w, product_add(begin(w), &old, &old.id)) == OK);
    p.category = net.id;
    check(end(w, problem_change(begin_as(w, CEM), &p)) == OK);
    struct ctx *cx = begin(w);
    check(db_script(cx, "update category set ended = 7; update product set ended = 7") == OK);
    check(end(w, OK) == OK);
    p = look(w, EVA, p.id);
    check(end(w, problem_change(begin_as(w, CEM), &p)) == OK);
    p = look(w, EVA, p.id);
    p.product = old.id;
    check(end(w, problem_change(begin_as(w, CEM), &p)) == ERR_INVALID);
    p = look(w, EVA, a_problem(w, CEM, NET));
    p.category = net.id;
    check(end(w, problem_change(begin_as(w, CEM), &p)) == ERR_INVALID);
    struct problem_record fresh = {.title = S("Neu"), .category = net.id, .team = {NET}};
    check(end(w, problem_add(begin_as(w, CEM), &fresh, &fresh.id)) == ERR_INVALID);
    fresh.category.n = 0;
    fresh.product = old.id;
    check(end(w, problem_add(begin_as(w, CEM), &fresh, &fresh.id)) == ERR_INVALID);
}

static void P6_one_cause_and_the_owner_sees_the_case(struct world *w)
{
    problem_id one = a_problem(w, CEM, NET), two = a_problem(w, CEM, NET);
    ticket_id ticket = a_case(w, FIRST);
    struct ticket t;
    check(end(w, ticket_load(begin_as(w, CEM), ticket, &t)) == ERR_ABSENT);
    check(end(w, problem_link(begin_as(w, CEM), one, ticket)) == ERR_ABSENT);
    check(end(w, problem_link(begin_as(w, ADA), one, ticket)) == OK);
    check(end(w, problem_link(begin_as(w, ADA), one, ticket)) == OK);
    check(end(w, problem_link(begin_as(w, ADA), two, ticket)) == ERR_INVALID);
    check(end(w, ticket_load(begin_as(w, CEM), ticket, &t)) == OK);
    struct problem_record p = look(w, CEM, one);
    check(p.cases == 1 && p.open_cases == 1);
    p.team = (team_id){EXPERTS};
    check(end(w, problem_change(begin_as(w, CEM), &p)) == OK);
    check(end(w, ticket_load(begin_as(w, DORA), ticket, &t)) == OK);
    check(end(w, problem_unlink(begin_as(w, ADA), two, ticket)) == ERR_INVALID);
    check(end(w, problem_unlink(begin_as(w, ADA), one, ticket)) == OK);
    check(end(w, problem_link(begin_as(w, ADA), two, ticket)) == OK);
    check(ask(w, "select count(*) from event where kind = 'problem.linked' and ticket = 1") == 2);
    check(ask(w, "select count(*) from event where kind = 'problem.unlinked'") == 1);
}

static isize hints(struct world *w, int person, ticket_id ticket, struct problem_hint *first)
{
    struct problem_hint *h = NULL;
    struct ticket t;
    isize n = 0;
    struct ctx *cx = begin_as(w, person);
    check(ticket_load(cx, ticket, &t) == OK);
    check(problem_alike_hints(cx, &t, &h, &n) == OK);
    if (n > 0)
        *first = h[0];
    check(end(w, OK) == OK);
    return n;
}

static void P7_the_workaround_at_linked_and_new_cases(struct world *w)
{
    problem_id id = a_problem(w, CEM, NET);
    solution_id l1 = a_solution(w, SOLUTION_L1);
    ticket_id linked = a_case(w, FIRST), fresh = a_case(w, FIRST);
    struct problem_hint h = {0};
    check(end(w, problem_link(begin_as(w, ADA), id, linked)) == OK);
    check(hints(w, ADA, linked, &h) == 1 && h.linked && h.workaround_key == 0);
    check(moved(w, CEM, id, (struct problem_step){.to = PROBLEM_KNOWN, .solution = l1}) == OK);
    check(hints(w, ADA, linked, &h) == 1 && h.linked && h.workaround_key == 101);
    check(hints(w, ADA, fresh, &h) == 1 && !h.linked && h.workaround_key == 101);
    check(h.why.de.n > 0);
    struct ctx *cx = begin(w);
    check(db_script(cx, "update solution set audience = 4") == OK && end(w, OK) == OK);
    check(hints(w, ADA, fresh, &h) == 1 && h.workaround_key == 0);
    check(moved(w, CEM, id, (struct problem_step){.to = PROBLEM_FIXED, .cause = S("x")}) == OK);
    check(hints(w, ADA, fresh, &h) == 0);
    check(hints(w, ADA, linked, &h) == 1 && h.state == PROBLEM_FIXED);
}

static void P9_what_waits_goes_on(struct world *w)
{
    problem_id id = a_problem(w, CEM, NET);
    ticket_id ticket = a_case(w, FIRST);
    struct ticket_at at = {ticket, TICKET_ANY_VERSION};
    struct ticket_waiting for_them = {.for_what = TICKET_WAITING_VENDOR};
    check(end(w, problem_link(begin_as(w, ADA), id, ticket)) == OK);
    struct ctx *cx = begin_as(w, ADA);
    check(ticket_open(cx, &at) == OK && ticket_wait(cx, &at, &for_them) == OK);
    check(end(w, OK) == OK);
    check(moved(w, CEM, id, (struct problem_step){.to = PROBLEM_FIXED, .cause = S("x")}) == OK);
    check(ask(w, "select count(*) from ticket where status = 2 and ball = 1 and ball_team = 1")
          == 1);
}

static void P10_owed_once_to_those_below(struct world *w)
{
    problem_id id = a_problem(w, CEM, NET);
    struct problem_step fixed = {.to = PROBLEM_FIXED, .cause = S("Treiber")};
    check(moved(w, CEM, id, fixed) == OK);
    check(ask(w, "select count(*) from duty where cause = 4 and team = 2 and audience = 3 and "
                 "problem = 1 and state = 1")
          == 1);
    check(moved(w, CEM, id, (struct problem_step){.to = PROBLEM_OPEN}) == OK);
    check(moved(w, CEM, id, fixed) == OK);
    check(ask(w, "select count(*) from duty") == 1);
    solution_id both = a_solution(w, SOLUTION_L1 | SOLUTION_L2);
    check(end(w, problem_write_down(begin_as(w, CEM), id, both)) == OK);
    check(ask(w, "select count(*) from duty where state = 3") == 1);
    problem_id two = a_problem(w, CEM, NET);
    fixed.solution = both;
    check(moved(w, CEM, two, fixed) == OK);
    check(ask(w, "select count(*) from duty") == 1);
}

static void P11_of_two_one_wins(struct world *w)
{
    problem_id id = a_problem(w, CEM, NET);
    struct problem_record p = look(w, CEM, id);
    check(moved(w, CEM, id, (struct problem_step){.to = PROBLEM_OPEN}) == OK);
    check(end(w, problem_change(begin_as(w, CEM), &p)) == ERR_STALE);
}

// What for_change saw was right when it was read; the statement that changes compares again.
static void P11_who_is_overtaken_changes_nothing(struct world *w)
{
    problem_id id = a_problem(w, CEM, NET);
    struct problem_record p = look(w, CEM, id);
    int64_t events = ask(w, "select count(*) from event");
    overtaken(w, "update", "problem");
    p.team = (team_id){EXPERTS};
    check(end(w, problem_change(begin_as(w, CEM), &p)) == ERR_STALE);
    check(moved(w, CEM, id, (struct problem_step){.to = PROBLEM_OPEN}) == ERR_STALE);
    check(ask(w, "select count(*) from event") == events);
}

static void P6_who_is_overtaken_sees_nothing(struct world *w)
{
    problem_id id = a_problem(w, CEM, NET);
    ticket_id ticket = a_case(w, FIRST);
    overtaken(w, "insert", "problem_link");
    check(end(w, problem_link(begin_as(w, ADA), id, ticket)) == ERR_STALE);
    struct ticket t;
    check(end(w, ticket_load(begin_as(w, CEM), ticket, &t)) == ERR_ABSENT);
    check(ask(w, "select count(*) from event where kind = 'problem.linked'") == 0);
}

static void P12_another_desks_is_not_there(struct world *w)
{
    problem_id id = a_problem(w, CEM, NET);
    ticket_id ticket = a_case(w, FIRST);
    struct problem_record p;
    struct problem_record *list;
    isize n;
    struct problem_case *c;
    check(end(w, problem_link(begin_as(w, ADA), id, ticket)) == OK);
    check(end(w, problem_load(begin_as(w, NINA), id, &p)) == ERR_ABSENT);
    check(end(w, problem_by_number(begin_as(w, NINA), S("P-1"), &p)) == ERR_ABSENT);
    check(problem_list(begin_as(w, NINA), &(struct problem_filter){0}, &list, &n) == OK);
    check(n == 0 && end(w, OK) == OK);
    check(problem_cases(begin_as(w, DORA), id, &c, &n) == OK && n == 0 && end(w, OK) == OK);
    check(look(w, DORA, id).cases == 1);
}

static void P12_its_topic_is_no_other_desks(struct world *w)
{
    product_id foreign = {0};
    check(end(w, product_add(begin_as(w, NINA), &(struct product){.name = S("Lotse")}, &foreign))
          == OK);
    struct problem_record p = {.title = S("x"), .team = {NET}, .product = foreign};
    problem_id id = {0};
    check(end(w, problem_add(begin_as(w, CEM), &p, &id)) == ERR_INVALID);
    p.product.n = 4711;
    check(end(w, problem_add(begin_as(w, CEM), &p, &id)) == ERR_INVALID);
    p = look(w, CEM, a_problem(w, CEM, NET));
    p.product = foreign;
    check(end(w, problem_change(begin_as(w, CEM), &p)) == ERR_INVALID);
}

static void P13_imported_twice_is_one(struct world *w)
{
    struct problem_record p = {
        .title = S("Alt"), .team = {NET}, .state = PROBLEM_CLOSED, .cause = S("x")};
    problem_id one, two;
    check(end(w, problem_import(begin(w), &p, S("otrs"), S("77"), &one)) == OK);
    check(end(w, problem_import(begin(w), &p, S("otrs"), S("77"), &two)) == OK);
    check(one.n == two.n && look(w, CEM, one).state == PROBLEM_CLOSED);
}

static void the_list_by_words(struct world *w)
{
    a_problem(w, CEM, NET);
    struct problem_record *list;
    isize n;
    struct problem_filter f = {.words = S("update vpn")};
    check(problem_list(begin_as(w, ADA), &f, &list, &n) == OK && n == 1 && end(w, OK) == OK);
    f.words = S("drucker");
    check(problem_list(begin_as(w, ADA), &f, &list, &n) == OK && n == 0 && end(w, OK) == OK);
}

static void all_or_nothing_whatever_fails(struct world *w)
{
    problem_id id = a_problem(w, CEM, NET);
    struct who cem = who_is(w, CEM);
    struct problem_step s = {
        .id = id, .version = 1, .to = PROBLEM_FIXED, .cause = S("Treiber")};
    EACH_FAULT(w) {
        end(w, problem_move(begin_with(w, cem), &s));
        check(ask(w, "select count(*) from problem where state = 5")
              == ask(w, "select count(*) from duty"));
        check(ask(w, "select count(*) from problem where state = 5")
              == ask(w, "select count(*) from event where kind = 'problem.fixed'"));
    }
    check(ask(w, "select count(*) from problem where state = 5") == 1);
}

const struct test problem_tests[] = {
    T(P1_a_number_of_its_desk),
    T(P2_every_way_and_no_other),
    T(P3_a_known_error_has_a_workaround_level_1_may_use),
    T(P4_fixed_says_the_cause_rejected_says_why),
    T(P5_its_team_and_the_lead_change_it),
    T(P5_no_vendor_and_no_department_owns_one),
    T(P5_what_has_ended_is_not_chosen_anew),
    T(P6_one_cause_and_the_owner_sees_the_case),
    T(P7_the_workaround_at_linked_and_new_cases),
    T(P9_what_waits_goes_on),
    T(P10_owed_once_to_those_below),
    T(P6_who_is_overtaken_sees_nothing),
    T(P11_of_two_one_wins),
    T(P11_who_is_overtaken_changes_nothing),
    T(P12_another_desks_is_not_there),
    T(P12_its_topic_is_no_other_desks),
    T(P13_imported_twice_is_one),
    T(the_list_by_words),
    T(all_or_nothing_whatever_fails),
    {0},
};
