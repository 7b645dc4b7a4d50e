// SPDX-License-Identifier: GPL-3.0-or-later
#include "ticket/ticket_check.h"

#include "testing/test.h"

enum { DAY_S = 86400 };

static const instant now = {1795168800000};

static struct ctx pure(struct world *w)
{
    return (struct ctx){.arena = &w->arena, .now = now};
}

static instant ago(int64_t seconds)
{
    return (instant){now.ms - seconds * 1000};
}

// DOMAIN 7.2 once more, as a person would draw it: n o C V D s c m x.
static const char *const drawn[] = {
    "   new        .o...s.mx", "   open       ..CVDs.mx", "   customer   .o...s.mx",
    "   vendor     .o...s.mx", "   date       .o...s.mx", "   solved     .o....cmx",
    "   closed     .......mx", "   merged     .........", "   spam       .o.......",
};

static void T_the_table_is_the_drawing(struct world *w)
{
    (void)w;
    for (int from = 0; from < 9; from++)
        for (int to = 0; to < 9; to++)
            check(ticket_check_may((enum ticket_status)(from + 1), (enum ticket_status)(to + 1))
                  == (drawn[from][14 + to] != '.'));
    check(!ticket_check_may(0, TICKET_OPEN) && !ticket_check_may(10, TICKET_OPEN));
}

static void T2_only_new_is_opened(struct world *w)
{
    struct ctx cx = pure(w);
    for (enum ticket_status s = TICKET_NEW; s <= TICKET_SPAM; s++) {
        struct ticket t = {.status = s};
        check((ticket_check_open(&cx, &t) == OK) == (s == TICKET_NEW));
    }
}

static enum err solve(struct world *w, enum ticket_status from, struct ticket_solving s)
{
    struct ctx cx = pure(w);
    struct ticket t = {.status = from};
    return ticket_check_solve(&cx, &t, &s);
}

static void T3_says_how_and_tells_the_customer(struct world *w)
{
    struct ticket_solving s = {
        .how = SOLVED_BY_TEXT, .text = S("12345678901234567890"), .told = true};
    check(solve(w, TICKET_OPEN, s) == OK);
    s.text = S("1234567890123456789");
    check(solve(w, TICKET_OPEN, s) == ERR_INVALID);
    s.text = S("   ääääääääääääääääääää   ");    // characters, not bytes
    check(solve(w, TICKET_OPEN, s) == OK);
    s.text = S("   äääääääääääääääääää    ");
    check(solve(w, TICKET_OPEN, s) == ERR_INVALID);
    s = (struct ticket_solving){.how = SOLVED_BY_SOLUTION, .solution = 7, .told = true};
    check(solve(w, TICKET_OPEN, s) == OK);
    s.told = false;
    check(solve(w, TICKET_OPEN, s) == ERR_INVALID);
    s = (struct ticket_solving){.how = SOLVED_BY_SOLUTION, .told = true};
    check(solve(w, TICKET_OPEN, s) == ERR_INVALID);
    s = (struct ticket_solving){.how = SOLVED_NOT_OURS, .told = true};
    check(solve(w, TICKET_OPEN, s) == OK);
    s.level = 5;
    check(solve(w, TICKET_OPEN, s) == ERR_INVALID);
    s = (struct ticket_solving){.told = true};
    check(solve(w, TICKET_OPEN, s) == ERR_INVALID);
}

static void T3_T6_T14b_each_from_its_place(struct world *w)
{
    for (enum solved_how how = SOLVED_BY_SOLUTION; how <= SOLVED_WITHDRAWN; how++)
        for (enum ticket_status from = TICKET_NEW; from <= TICKET_SPAM; from++) {
            struct ticket_solving s = {.how = how,
                                       .solution = 7,
                                       .text = S("ein langer Text, lang genug"),
                                       .told = true,
                                       .reminders = 2};
            bool may = how == SOLVED_WITHDRAWN  ? from <= TICKET_WAITING_DATE
                       : how == SOLVED_NO_REPLY ? from == TICKET_WAITING_CUSTOMER
                                                : from == TICKET_OPEN;
            check((solve(w, from, s) == OK) == may);
        }
    struct ticket_solving s = {.how = SOLVED_NO_REPLY, .reminders = 1};
    check(solve(w, TICKET_WAITING_CUSTOMER, s) == ERR_INVALID);
    s.reminders = 2;
    check(solve(w, TICKET_WAITING_CUSTOMER, s) == OK);
}

static enum err wait_for(struct world *w, struct ticket t, struct ticket_waiting wait)
{
    struct ctx cx = pure(w);
    return ticket_check_wait(&cx, &t, &wait);
}

static void T4_a_question_in_the_last_five_minutes(struct world *w)
{
    struct ticket open = {.status = TICKET_OPEN};
    struct ticket_waiting wait = {.for_what = TICKET_WAITING_CUSTOMER, .asked = ago(300)};
    check(wait_for(w, open, wait) == OK);
    wait.asked = ago(301);
    check(wait_for(w, open, wait) == ERR_INVALID);
    wait.asked = ago(-1);
    check(wait_for(w, open, wait) == ERR_INVALID);
    wait.asked = (instant){0};
    check(wait_for(w, open, wait) == ERR_INVALID);
}

static void T7_and_T9_only_from_open(struct world *w)
{
    for (enum ticket_status s = TICKET_NEW; s <= TICKET_SPAM; s++) {
        struct ticket t = {.status = s, .due = ago(-60)};
        struct ticket_waiting vendor = {.for_what = TICKET_WAITING_VENDOR},
                              date = {.for_what = TICKET_WAITING_DATE, .until = ago(-60)},
                              customer = {.for_what = TICKET_WAITING_CUSTOMER, .asked = now};
        check((wait_for(w, t, vendor) == OK) == (s == TICKET_OPEN));
        check((wait_for(w, t, date) == OK) == (s == TICKET_OPEN));
        check((wait_for(w, t, customer) == OK) == (s == TICKET_OPEN));
    }
    struct ticket open = {.status = TICKET_OPEN};
    check(wait_for(w, open, (struct ticket_waiting){.for_what = TICKET_SOLVED}) == ERR_INVALID);
    check(wait_for(w, open, (struct ticket_waiting){0}) == ERR_INVALID);
}

static void T9_a_date_to_come_and_a_promise(struct world *w)
{
    struct ticket promised = {.status = TICKET_OPEN, .due = ago(-60)},
                  open = {.status = TICKET_OPEN};
    struct ticket_waiting wait = {.for_what = TICKET_WAITING_DATE, .until = ago(-1)};
    check(wait_for(w, promised, wait) == OK);
    check(wait_for(w, open, wait) == ERR_INVALID);
    wait.until = now;
    check(wait_for(w, promised, wait) == ERR_INVALID);
}

static void T5_T8_T10_only_what_waits_goes_on(struct world *w)
{
    struct ctx cx = pure(w);
    for (enum ticket_status s = TICKET_NEW; s <= TICKET_SPAM; s++) {
        struct ticket t = {.status = s};
        bool waits = s >= TICKET_WAITING_CUSTOMER && s <= TICKET_WAITING_DATE;
        check((ticket_check_resume(&cx, &t) == OK) == waits);
        check((ticket_check_work(&cx, &t) == OK) == (s <= TICKET_WAITING_DATE));
    }
}

static void T11_within_14_days(struct world *w)
{
    struct ctx cx = pure(w);
    struct ticket t = {.status = TICKET_SOLVED, .solved_at = ago(14 * DAY_S)};
    check(ticket_check_reopen(&cx, &t) == OK);
    t.solved_at = ago(14 * DAY_S + 1);
    check(ticket_check_reopen(&cx, &t) == ERR_INVALID);
    for (enum ticket_status s = TICKET_NEW; s <= TICKET_SPAM; s++) {
        t = (struct ticket){.status = s, .solved_at = ago(60)};
        check((ticket_check_reopen(&cx, &t) == OK) == (s == TICKET_SOLVED));
    }
}

static void T12_a_week_or_a_yes(struct world *w)
{
    struct ctx cx = pure(w);
    struct ticket t = {.status = TICKET_SOLVED, .solved_at = ago(7 * DAY_S)};
    check(ticket_check_close(&cx, &t, false) == OK);
    t.solved_at = ago(7 * DAY_S - 1);
    check(ticket_check_close(&cx, &t, false) == ERR_INVALID);
    check(ticket_check_close(&cx, &t, true) == OK);
    t.status = TICKET_OPEN;
    check(ticket_check_close(&cx, &t, true) == ERR_INVALID);
}

static void T13_the_same_customer_or_firm(struct world *w)
{
    struct ctx cx = pure(w);
    struct ticket a = {.id = {1}, .status = TICKET_OPEN, .contact = {5}},
                  b = {.id = {2}, .status = TICKET_OPEN, .contact = {5}};
    check(ticket_check_merge(&cx, &a, &b) == OK);
    check(ticket_check_merge(&cx, &a, &a) == ERR_INVALID);
    b.contact.n = 6;
    check(ticket_check_merge(&cx, &a, &b) == ERR_INVALID);
    a.contact_org = b.contact_org = S("Kern");
    check(ticket_check_merge(&cx, &a, &b) == OK);
    a.contact_org = b.contact_org = S("");
    a.contact.n = b.contact.n = 0;    // two unknown callers are not one
    check(ticket_check_merge(&cx, &a, &b) == ERR_INVALID);
    a.contact.n = b.contact.n = 5;
    for (enum ticket_status s = TICKET_NEW; s <= TICKET_SPAM; s++) {
        b.status = s;
        check((ticket_check_merge(&cx, &a, &b) == OK) == (s <= TICKET_SOLVED));
        b.status = TICKET_OPEN;
        a.status = s;
        check((ticket_check_merge(&cx, &a, &b) == OK)
              == (s != TICKET_MERGED && s != TICKET_SPAM));
        a.status = TICKET_OPEN;
    }
}

static void T14_anything_but_merged_is_spam_for_30_days(struct world *w)
{
    struct ctx cx = pure(w);
    for (enum ticket_status s = TICKET_NEW; s <= TICKET_SPAM; s++) {
        struct ticket t = {.status = s, .ended = now};
        check((ticket_check_spam(&cx, &t) == OK) == (s != TICKET_MERGED && s != TICKET_SPAM));
        check((ticket_check_not_spam(&cx, &t) == OK) == (s == TICKET_SPAM));
    }
    struct ticket t = {.status = TICKET_SPAM, .ended = ago(30 * DAY_S)};
    check(ticket_check_not_spam(&cx, &t) == OK);
    t.ended = ago(30 * DAY_S + 1);
    check(ticket_check_not_spam(&cx, &t) == ERR_INVALID);
}

static void refusals_speak_both_languages(struct world *w)
{
    struct ctx cx = pure(w);
    struct ticket t = {.status = TICKET_CLOSED};
    check(ticket_check_open(&cx, &t) == ERR_INVALID);
    check_text(cx.problems->text.en, S("A case that is “Closed” cannot become “Open”."));
    check_text(cx.detail.de,
               S("Ein Vorgang im Status „Abgeschlossen“ kann nicht „Offen“ werden."));
}

const struct test ticket_check_tests[] = {
    T(T_the_table_is_the_drawing),
    T(T2_only_new_is_opened),
    T(T3_says_how_and_tells_the_customer),
    T(T3_T6_T14b_each_from_its_place),
    T(T4_a_question_in_the_last_five_minutes),
    T(T7_and_T9_only_from_open),
    T(T9_a_date_to_come_and_a_promise),
    T(T5_T8_T10_only_what_waits_goes_on),
    T(T11_within_14_days),
    T(T12_a_week_or_a_yes),
    T(T13_the_same_customer_or_firm),
    T(T14_anything_but_merged_is_spam_for_30_days),
    T(refusals_speak_both_languages),
    {0},
};
