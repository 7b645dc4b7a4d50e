// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "base/zone.h"
#include "clock/reckon.h"

static const int64_t MIN = 60000, HOUR = 3600000;

static instant t(int hour, int minute)    // of Monday, 23 November 2026, on the wall
{
    return (instant){zone_days(2026, 11, 23) * 24 * HOUR + (hour - 1) * HOUR + minute * MIN};
}

static struct agreement office(struct world *w)
{
    struct agreement a = {0};
    check(end(w, agreement_begin(begin_as(w, GERO))) == OK);
    check(agreement_of(begin(w), (ticket_id){0}, &a) == OK);    // kept until the next begin()
    return a;
}

struct look {
    struct reckon_clock k[RECKON_MOST];
    isize n;
};

static struct look reckoned(struct world *w, const struct agreement *a, enum channel channel,
                            int priority, const struct reckon_event *e, isize n, instant now)
{
    struct look l;
    struct reckon_case c = {
        .channel = channel, .priority = priority, .level = 1, .event = e, .events = n};
    l.n = reckon_clocks(&w->arena, &c, a, now, l.k);
    return l;
}

// The last of that kind, which must be there.
static const struct reckon_clock *of(const struct look *l, enum clock_kind kind)
{
    static const struct reckon_clock none = {0};
    const struct reckon_clock *found = &none;
    for (isize i = 0; i < l->n; i++)
        if (l->k[i].kind == kind)
            found = &l->k[i];
    check(found != &none);
    return found;
}

#define LOOK(channel, priority, now, ...)           \
    const struct reckon_event e_[] = {__VA_ARGS__}; \
    struct look l = reckoned(w, &a, channel, priority, e_, countof(e_), now)

static void R1_the_first_word(struct world *w)
{
    struct agreement a = office(w);
    LOOK(CHANNEL_MAIL, 2, t(12, 0), {t(9, 0), SIGNAL_CREATED, .level = 1},
         {t(9, 20), SIGNAL_WORD, .object = 5});
    check(of(&l, CLOCK_FIRST)->end.ms == t(9, 20).ms && !of(&l, CLOCK_FIRST)->late);
    check(of(&l, CLOCK_FIRST)->due.ms == t(9, 30).ms);
    struct look phone = reckoned(w, &a, CHANNEL_PHONE, 2, e_, 1, t(12, 0));
    check(of(&phone, CLOCK_FIRST)->end.ms == t(9, 0).ms);
    struct look silent = reckoned(w, &a, CHANNEL_MAIL, 2, e_, 1, t(9, 31));
    check(of(&silent, CLOCK_FIRST)->end.ms == 0 && of(&silent, CLOCK_FIRST)->late);
}

static void R2_the_next_word(struct world *w)
{
    struct agreement a = office(w);
    LOOK(CHANNEL_MAIL, 3, t(15, 0), {t(8, 0), SIGNAL_CREATED, .level = 1},
         {t(8, 5), SIGNAL_CUSTOMER}, {t(9, 0), SIGNAL_WORD, .object = 5},
         {t(10, 0), SIGNAL_CUSTOMER}, {t(11, 0), SIGNAL_CUSTOMER});
    check(of(&l, CLOCK_NEXT)->start.ms == t(10, 0).ms);
    check(of(&l, CLOCK_NEXT)->due.ms == t(14, 0).ms && of(&l, CLOCK_NEXT)->late);
}

static void R3_opened_again_the_time_between_was_a_pause(struct world *w)
{
    struct agreement a = office(w);
    LOOK(CHANNEL_PHONE, 1, t(17, 0), {t(9, 0), SIGNAL_CREATED, .level = 1},
         {t(11, 0), SIGNAL_SOLVED}, {t(14, 0), SIGNAL_REOPENED, .level = 1});
    const struct reckon_clock *k = of(&l, CLOCK_SOLVE);
    check(k->end.ms == 0 && k->elapsed_ms == 5 * HOUR && k->paused_ms == 3 * HOUR);
    check(k->due.ms == t(16, 0).ms && k->late);
    struct look solved = reckoned(w, &a, CHANNEL_PHONE, 1, e_, 2, t(17, 0));
    check(of(&solved, CLOCK_SOLVE)->end.ms == t(11, 0).ms && !of(&solved, CLOCK_SOLVE)->late);
}

static void R4_each_level_has_its_own(struct world *w)
{
    struct agreement a = office(w);
    LOOK(CHANNEL_PHONE, 2, t(12, 0), {t(9, 0), SIGNAL_CREATED, .level = 1},
         {t(9, 30), SIGNAL_ASKED, .mode = RECKON_HANDOVER, .level = 2, .object = 7},
         {t(9, 40), SIGNAL_TAKEN, .mode = RECKON_HANDOVER, .level = 2, .object = 7});
    check(of(&l, CLOCK_ACCEPT)->due.ms == t(9, 45).ms);
    check(of(&l, CLOCK_ACCEPT)->end.ms == t(9, 40).ms);
    check(of(&l, CLOCK_WORK)->level == 2 && of(&l, CLOCK_WORK)->start.ms == t(9, 40).ms);
    check(of(&l, CLOCK_WORK)->due.ms == t(11, 40).ms && of(&l, CLOCK_WORK)->late);
    check(of(&l, CLOCK_SOLVE)->start.ms == t(9, 0).ms);    // the customer's never starts again
}

static void R5_questions_and_vendors(struct world *w)
{
    struct agreement a = office(w);
    LOOK(CHANNEL_PHONE, 1, t(9, 45), {t(9, 0), SIGNAL_CREATED, .level = 1},
         {t(9, 0), SIGNAL_ASKED, .mode = RECKON_CONSULT, .level = 2, .object = 7},
         {t(9, 0), SIGNAL_ASKED, .mode = RECKON_CONSULT, .level = 4, .object = 8},
         {t(9, 10), SIGNAL_TAKEN, .mode = RECKON_CONSULT, .level = 4, .object = 8},
         {t(9, 20), SIGNAL_SETTLED, .mode = RECKON_CONSULT, .level = 2, .object = 7});
    check(of(&l, CLOCK_ANSWER)->end.ms == t(9, 20).ms);
    check(of(&l, CLOCK_ACK)->end.ms == t(9, 10).ms);
    check(of(&l, CLOCK_FIX)->end.ms == 0 && of(&l, CLOCK_FIX)->due.ms == t(10, 30).ms);
    check(of(&l, CLOCK_WORK)->level == 1);    // a question does not move the case
}

static void R6_a_pause_survives_another_priority_and_team(struct world *w)
{
    struct agreement a = office(w);
    LOOK(CHANNEL_PHONE, 1, t(17, 0), {t(9, 0), SIGNAL_CREATED, .level = 1},
         {t(10, 0), SIGNAL_WAIT, .cause = CLOCK_CUSTOMER}, {t(12, 0), SIGNAL_GO},
         {t(12, 30), SIGNAL_PRIORITY, .from = 3, .to = 1},
         {t(13, 0), SIGNAL_TAKEN, .mode = RECKON_HANDOVER, .level = 2, .object = 3});
    check(of(&l, CLOCK_SOLVE)->paused_ms == 2 * HOUR);
    check(of(&l, CLOCK_SOLVE)->due.ms == t(15, 0).ms);
    struct look high = reckoned(w, &a, CHANNEL_PHONE, 2, e_, 5, t(17, 0));
    check(of(&high, CLOCK_SOLVE)->paused_ms == 2 * HOUR);
    check(of(&high, CLOCK_SOLVE)->due.ms == t(33, 0).ms);    // Tuesday at nine
}

static void R6_while_it_stands_nothing_is_due(struct world *w)
{
    struct agreement a = office(w);
    LOOK(CHANNEL_PHONE, 1, t(17, 0), {t(9, 0), SIGNAL_CREATED, .level = 1},
         {t(10, 0), SIGNAL_WAIT, .cause = CLOCK_CUSTOMER});
    check(of(&l, CLOCK_SOLVE)->stands == CLOCK_CUSTOMER && of(&l, CLOCK_SOLVE)->due.ms == 0);
    check(!reckon_runs(of(&l, CLOCK_SOLVE)) && of(&l, CLOCK_SOLVE)->elapsed_ms == HOUR);
}

static void R6_the_customer_does_not_pay_for_our_vendor(struct world *w)
{
    struct agreement a = office(w);
    LOOK(CHANNEL_PHONE, 1, t(17, 0), {t(9, 0), SIGNAL_CREATED, .level = 1},
         {t(10, 0), SIGNAL_WAIT, .cause = CLOCK_VENDOR});
    check(of(&l, CLOCK_SOLVE)->late && of(&l, CLOCK_WORK)->stands == CLOCK_VENDOR);
    a.pauses |= 1 << CLOCK_VENDOR;
    struct look agreed = reckoned(w, &a, CHANNEL_PHONE, 1, e_, 2, t(17, 0));
    check(of(&agreed, CLOCK_SOLVE)->stands == CLOCK_VENDOR);
}

static void R8_what_was_taken_back_was_not_said(struct world *w)
{
    struct agreement a = office(w);
    LOOK(CHANNEL_MAIL, 2, t(12, 0), {t(9, 0), SIGNAL_CREATED, .level = 1},
         {t(9, 20), SIGNAL_WORD, .object = 5}, {t(9, 21), SIGNAL_UNSAID, .object = 5});
    check(of(&l, CLOCK_FIRST)->end.ms == 0);
}

static void R11_solving_taken_back_ended_nothing(struct world *w)
{
    struct agreement a = office(w);
    LOOK(CHANNEL_MAIL, 2, t(12, 0), {t(9, 0), SIGNAL_CREATED, .level = 1},
         {t(9, 10), SIGNAL_WAIT, .cause = CLOCK_CUSTOMER}, {t(9, 20), SIGNAL_SOLVED},
         {t(9, 21), SIGNAL_UNDONE, .level = 1});
    check(of(&l, CLOCK_FIRST)->end.ms == 0 && of(&l, CLOCK_FIRST)->late);
    check(of(&l, CLOCK_SOLVE)->end.ms == 0 && of(&l, CLOCK_SOLVE)->paused_ms == 10 * MIN);
    check(of(&l, CLOCK_SOLVE)->stands == 0 && of(&l, CLOCK_WORK)->start.ms == t(9, 0).ms);
}

static void R11_solved_again_it_counts(struct world *w)
{
    struct agreement a = office(w);
    LOOK(CHANNEL_MAIL, 2, t(12, 0), {t(9, 0), SIGNAL_CREATED, .level = 1},
         {t(9, 20), SIGNAL_SOLVED}, {t(9, 21), SIGNAL_UNDONE, .level = 1},
         {t(9, 25), SIGNAL_SOLVED}, {t(9, 40), SIGNAL_REOPENED, .level = 1});
    check(of(&l, CLOCK_FIRST)->end.ms == t(9, 25).ms && of(&l, CLOCK_SOLVE)->end.ms == 0);
    check(of(&l, CLOCK_SOLVE)->paused_ms == 15 * MIN);
}

static void R11_so_with_spam_that_was_none(struct world *w)
{
    struct agreement a = office(w);
    LOOK(CHANNEL_MAIL, 2, t(12, 0), {t(9, 0), SIGNAL_CREATED, .level = 1},
         {t(9, 5), SIGNAL_OVER}, {t(9, 20), SIGNAL_UNDONE, .level = 1});
    check(of(&l, CLOCK_FIRST)->end.ms == 0 && of(&l, CLOCK_SOLVE)->end.ms == 0);
    struct reckon_event solved[] = {{t(9, 0), SIGNAL_CREATED, .level = 1},
                                    {t(9, 5), SIGNAL_SOLVED},
                                    {t(9, 10), SIGNAL_OVER},
                                    {t(9, 20), SIGNAL_UNDONE, .level = 1}};
    struct look s = reckoned(w, &a, CHANNEL_MAIL, 2, solved, countof(solved), t(12, 0));
    check(of(&s, CLOCK_FIRST)->end.ms == t(9, 5).ms && of(&s, CLOCK_SOLVE)->end.ms == 0);
}

static void R9_what_is_over_has_none_that_run(struct world *w)
{
    struct agreement a = office(w);
    LOOK(CHANNEL_MAIL, 2, t(17, 0), {t(9, 0), SIGNAL_CREATED, .level = 1},
         {t(9, 20), SIGNAL_OVER});
    for (isize i = 0; i < l.n; i++)
        check(l.k[i].end.ms != 0);
}

static void percent_of_a_target_in_working_time(struct world *w)
{
    struct agreement a = office(w);
    LOOK(CHANNEL_PHONE, 2, t(9, 0), {t(14, 0), SIGNAL_CREATED, .level = 1});    // 8 h
    check(reckon_at_percent(of(&l, CLOCK_SOLVE), 50).ms == t(18, 0).ms);
    check(reckon_at_percent(of(&l, CLOCK_SOLVE), 80).ms == t(24 + 10, 24).ms);
}

const struct test reckon_tests[] = {
    T(R1_the_first_word),
    T(R2_the_next_word),
    T(R3_opened_again_the_time_between_was_a_pause),
    T(R4_each_level_has_its_own),
    T(R5_questions_and_vendors),
    T(R6_a_pause_survives_another_priority_and_team),
    T(R6_while_it_stands_nothing_is_due),
    T(R6_the_customer_does_not_pay_for_our_vendor),
    T(R8_what_was_taken_back_was_not_said),
    T(R11_solving_taken_back_ended_nothing),
    T(R11_solved_again_it_counts),
    T(R11_so_with_spam_that_was_none),
    T(R9_what_is_over_has_none_that_run),
    T(percent_of_a_target_in_working_time),
    {0},
};
