// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "flow/flow.h"

enum { STEPS_MOST = 16 };

static enum flow_means means_by(char c)
{
    switch (c) {
    case 'q':
        return FLOW_QUEUED;
    case 'u':
        return FLOW_WAIT_USER;
    case 'v':
        return FLOW_WAIT_VENDOR;
    case 'n':
        return FLOW_NOTED;
    case 'r':
        return FLOW_RESOLVED;
    case 'd':
        return FLOW_DONE;
    case 'c':
        return FLOW_CLOSED;
    default:
        return FLOW_WORK;
    }
}

// "A1w B2q B2-3r": team, line and meaning of each step, an hour apart.
static struct flow_case way(struct world *w, const char *text)
{
    struct flow_step *s = make(&w->arena, struct flow_step, STEPS_MOST);
    str rest = str_from_z(text);
    isize n = 0;
    for (; rest.n > 0; n++) {
        str one = str_token(&rest, ' ');
        s[n] = (struct flow_step){.at = {n * 3600000},
                                  .team = {one.p, 1},
                                  .line = {one.p + 1, one.n - 2},
                                  .state = {one.p + one.n - 1, 1},
                                  .means = means_by(one.p[one.n - 1])};
    }
    return (struct flow_case){s, n, S("")};
}

static struct flow_figures figures(struct world *w, const char *const *text)
{
    struct flow_case c[STEPS_MOST];
    struct flow_figures f;
    isize n = 0;
    for (; text[n] != NULL; n++)
        c[n] = way(w, text[n]);
    flow_figures(&w->arena, c, n, &f);
    return f;
}

static struct flow_figures of(struct world *w, const char *text)
{
    return figures(w, (const char *const[]){text, NULL});
}

static void F1_equal_neighbours_are_one(struct world *w)
{
    struct flow_figures f = of(w, "A1w A1w B2w B2w A1w");
    check(f.cases == 1 && f.events == 5);
    check(tally_of(&f.line_path, S("1>2>1")) == 1);
    check(tally_of(&f.line_set, S("1+2")) == 1);
    check(tally_of(&f.line_event, S("1")) == 3 && tally_of(&f.line_event, S("2")) == 2);
    check(tally_of(&f.first_line, S("1")) == 1 && tally_of(&f.last_line, S("1")) == 1);
    check(f.revisits_team == 1 && f.revisits_line == 1);
    check(of(w, "A1w B1w C2w").revisits_line == 0);
}

static void F3_ping_pong(struct world *w)
{
    static const struct {
        const char *way;
        int64_t cases, times;
    } table[] = {
        {"A1w", 0, 0},
        {"A1w B1w", 0, 0},
        {"A1w B1w A1w", 1, 1},
        {"A1w B1w A1w B1w", 1, 2},
        {"A1w B1w C1w A1w", 0, 0},
        {"A1w B1w B1q A1w", 1, 1},
    };
    for (isize i = 0; i < countof(table); i++) {
        struct flow_figures f = of(w, table[i].way);
        check(f.pingpong_cases == table[i].cases && f.pingpong_times == table[i].times);
    }
    struct flow_figures f = of(w, "B1w A1w B1w");
    check(tally_of(&f.pingpong_pair, S("A <-> B")) == 1);
}

static void F4_down_and_skip(struct world *w)
{
    static const struct {
        const char *way;
        int64_t down, skip;
    } table[] = {
        {"A1w B2w C3w", 0, 0}, {"A1w B3w", 0, 1},         {"A1w B2w A1w", 1, 0},
        {"A1w B2-3w", 0, 0},   {"A1w B2-3w C3w", 0, 0},   {"A2w B2-3w A2w", 1, 0},
        {"C3w A1w C3w", 1, 1}, {"A1w B2w C3w B2w", 1, 0},
    };
    for (isize i = 0; i < countof(table); i++) {
        struct flow_figures f = of(w, table[i].way);
        check(f.steps_down == table[i].down && f.skips == table[i].skip);
    }
}

static void F5_push_to_front(struct world *w)
{
    static const struct {
        const char *way;
        int64_t pushed, never_beyond, not_started;
    } table[] = {
        {"A1w A1r", 1, 1, 0}, {"A1w B1r", 1, 1, 0},     {"A1w B2w C3r", 1, 0, 0},
        {"A1w C3r", 0, 0, 0}, {"A1w B2w A1r", 0, 0, 0}, {"B2w B2r", 0, 0, 1},
    };
    for (isize i = 0; i < countof(table); i++) {
        struct flow_figures f = of(w, table[i].way);
        check(f.pushed_to_front == table[i].pushed);
        check(f.never_beyond_line1 == table[i].never_beyond);
        check(f.not_started_on_line1 == table[i].not_started);
    }
}

static void F6_reopened_is_not_an_end_after_resolved(struct world *w)
{
    static const struct {
        const char *way;
        int64_t reopened, resolved, never_over;
    } table[] = {
        {"A1w A1r A1c", 0, 1, 0}, {"A1w A1r A1w", 1, 1, 0}, {"A1r A1w A1r A1w", 1, 1, 0},
        {"A1w A1c A1w", 0, 0, 0}, {"A1w A1d", 0, 0, 1},     {"A1r A1n", 1, 1, 0},
        {"A1r A1d", 0, 1, 0},
    };
    for (isize i = 0; i < countof(table); i++) {
        struct flow_figures f = of(w, table[i].way);
        check(f.reopened == table[i].reopened);
        check(f.ever_resolved == table[i].resolved);
        check(f.never_over == table[i].never_over);
    }
}

static void F6_waiting_is_counted_by_whom(struct world *w)
{
    struct flow_figures f =
        figures(w, (const char *const[]){"A1w A1u A1w A1u", "A1v", "A1w", NULL});
    check(f.wait_user_events == 2 && f.wait_user_cases == 1 && f.wait_cases == 2);
}

static void F7_handovers_by_number(struct world *w)
{
    static const char *const ways[] = {"A1w",         "A1w B1w",         "A1w B1w C1w",
                                       "A1w B1w A1w", "A1w B1w A1w B1w", "A1w B1w C1w A1w B1w",
                                       NULL};
    struct flow_figures f = figures(w, ways);
    check(f.handovers[0] == 1 && f.handovers[1] == 1 && f.handovers[2] == 2);
    check(f.handovers[3] == 2 && f.team.items == 3);
}

static bool near(double x, double hours)
{
    double apart = x * 24 - hours;
    return apart < 1e-9 && apart > -1e-9;
}

static void F8_time_through(struct world *w)
{
    struct flow_figures f = figures(
        w, (const char *const[]){"A1w", "A1w A1w A1w", "A1w B1w C1w A1w", "A1w A1w", NULL});
    check(near(f.through.mean, 1.5) && near(f.through.median, 1.5));    // 0 1 2 3
    check(near(f.through_0.median, 1) && near(f.through_3.median, 3));
    check(near(of(w, "A1w").through.mean, 0));
}

static void F9_variants_are_whole_sequences(struct world *w)
{
    struct flow_figures f =
        figures(w, (const char *const[]){"A1w A1r", "B1w B1r", "A1w A1w A1r", "A1q A1r", NULL});
    check(f.variant.items == 3 && f.most_steps == 3);
    check(tally_of(&f.last_state, S("r")) == 4 && tally_of(&f.state_event, S("w")) == 4);
}

static void the_most_frequent_come_first_and_equal_ones_in_their_order(struct world *w)
{
    static const char *const names[] = {"b", "c", "a", "c", "d", "d"};
    struct tally t = tally_new(&w->arena);
    for (isize i = 0; i < countof(names); i++)
        tally_add(&t, str_from_z(names[i]));
    isize n;
    struct tally_item *top = tally_top(&t, 3, &n);
    check(n == 3);
    check_text(top[0].name, S("c"));
    check_text(top[1].name, S("d"));
    check_text(top[2].name, S("b"));
    for (int i = 0; i < 1000; i++)
        tally_add(&t, arena_fmt(&w->arena, "%d", i % 500));
    check(t.items == 504 && tally_of(&t, S("499")) == 2 && tally_of(&t, S("500")) == 0);
    check(tally_find(&t, S("d")) == 3 && tally_find(&t, S("nobody")) == -1);
}

static void means_have_codes(struct world *w)
{
    (void)w;
    for (int i = FLOW_QUEUED; i <= FLOW_CLOSED; i++)
        check((int)flow_means_from(str_from_z(flow_means_code((enum flow_means)i))) == i);
    check(flow_means_from(S("")) == 0);
}

const struct test flow_tests[] = {
    T(F1_equal_neighbours_are_one),
    T(F3_ping_pong),
    T(F4_down_and_skip),
    T(F5_push_to_front),
    T(F6_reopened_is_not_an_end_after_resolved),
    T(F6_waiting_is_counted_by_whom),
    T(F7_handovers_by_number),
    T(F8_time_through),
    T(F9_variants_are_whole_sequences),
    T(the_most_frequent_come_first_and_equal_ones_in_their_order),
    T(means_have_codes),
    {0},
};
