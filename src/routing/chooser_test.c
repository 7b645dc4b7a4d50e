// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "routing/chooser.h"

enum { ROUNDS = 200000, PEOPLE = 8 };

// A small generator of our own: a failing seed can be run again.
static uint64_t next(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

static bool coin(uint64_t *seed)
{
    return next(seed) % 3 != 0;
}

static struct chooser_person anybody(uint64_t *seed, int64_t id)
{
    struct chooser_person p = {.id = {id},
                               .away = !coin(seed),
                               .here = coin(seed),
                               .ready = coin(seed),
                               .oncall = !coin(seed),
                               .able = coin(seed),
                               .lacks = !coin(seed),
                               .holds = (int)(next(seed) % 5),
                               .room = 3};
    p.learns = p.lacks && coin(seed);
    return p;
}

struct choice {
    struct chooser_team team;
    struct chooser_person person[PEOPLE];
    isize n, at;
    struct words why;
};

static struct choice choice_of(uint64_t seed)
{
    struct choice c = {.n = (isize)(next(&seed) % PEOPLE)};
    c.team = (struct chooser_team){.assign = coin(&seed) ? CREW_TURN : CREW_LOAD,
                                   .open = coin(&seed),
                                   .turn = {(int64_t)(next(&seed) % PEOPLE)}};
    for (isize i = 0; i < c.n; i++)
        c.person[i] = anybody(&seed, i + 1);
    c.at = chooser_person(&c.team, c.person, c.n, &c.why);
    return c;
}

// H1 H2 H3, once more and said differently from chooser.c.
static bool may_have(const struct choice *c, const struct chooser_person *p)
{
    bool there = c->team.open ? p->here && p->ready : p->oncall;
    bool knows = !p->lacks || p->learns;
    return there && knows && p->able && !p->away && p->holds < p->room;
}

static void H1_H2_H3_never_who_cannot_have_it(struct world *w)
{
    (void)w;
    int chosen = 0;
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        struct choice c = choice_of(seed);
        bool any = false, skilled = false;
        for (isize i = 0; i < c.n; i++) {
            any |= may_have(&c, &c.person[i]);
            skilled |= may_have(&c, &c.person[i]) && !c.person[i].lacks;
        }
        check((c.at >= 0) == any);
        if (c.at < 0)
            continue;
        chosen++;
        check(may_have(&c, &c.person[c.at]));
        check(c.person[c.at].lacks == !skilled);
        check(c.why.de.n > 0 && c.why.en.n > 0);
    }
    check(chosen > ROUNDS / 10 && chosen < ROUNDS * 9 / 10);
}

static void the_same_facts_give_the_same_choice(struct world *w)
{
    (void)w;
    for (uint64_t seed = 1; seed <= ROUNDS / 10; seed++) {
        struct choice a = choice_of(seed), b = choice_of(seed);
        check(a.at == b.at && str_eq(a.why.de, b.why.de));
        struct chooser_person turned[PEOPLE];    // the order of asking does not decide
        for (isize i = 0; i < a.n; i++)
            turned[i] = a.person[a.n - 1 - i];
        struct words why;
        isize at = chooser_person(&a.team, turned, a.n, &why);
        check(at < 0 ? a.at < 0 : turned[at].id.n == a.person[a.at].id.n);
    }
}

static void H4_everybody_has_his_turn(struct world *w)
{
    (void)w;
    struct chooser_team team = {.assign = CREW_TURN, .open = true};
    struct chooser_person p[4];
    struct words why;
    for (int i = 0; i < 4; i++)
        p[i] = (struct chooser_person){
            .id = {10 + i}, .here = true, .ready = true, .able = true, .room = 100};
    for (int round = 0; round < 12; round++) {
        isize at = chooser_person(&team, p, 4, &why);
        check(at == round % 4);
        team.turn = p[at].id;
    }
    p[1].ready = false;
    team.turn = p[0].id;
    check(chooser_person(&team, p, 4, &why) == 2);
}

static void H4_who_holds_least(struct world *w)
{
    (void)w;
    struct chooser_team team = {.assign = CREW_LOAD, .open = true, .turn = {10}};
    struct chooser_person p[3];
    struct words why;
    for (int i = 0; i < 3; i++)
        p[i] = (struct chooser_person){
            .id = {10 + i}, .here = true, .ready = true, .able = true, .holds = 2, .room = 3};
    check(chooser_person(&team, p, 3, &why) == 1);    // equal: in turn
    p[2].holds = 1;
    check(chooser_person(&team, p, 3, &why) == 2);
    p[2].lacks = p[2].learns = true;
    check(chooser_person(&team, p, 3, &why) == 1);    // H3 comes first
}

static struct chooser_case any_case(uint64_t *seed, int64_t id)
{
    struct chooser_case c = {.id = {id},
                             .due = {(int64_t)(next(seed) % 4) * 1000},
                             .priority = 1 + (int)(next(seed) % 4),
                             .able = coin(seed),
                             .lacks = !coin(seed)};
    c.learns = c.lacks && coin(seed);
    return c;
}

static bool before(const struct chooser_case *a, const struct chooser_case *b)
{
    const int64_t never = INT64_MAX;
    int64_t x[] = {a->lacks, a->due.ms ? a->due.ms : never, a->priority, a->id.n};
    int64_t y[] = {b->lacks, b->due.ms ? b->due.ms : never, b->priority, b->id.n};
    for (int i = 0; i < 4; i++)
        if (x[i] != y[i])
            return x[i] < y[i];
    return false;
}

static void H5_the_first_of_what_one_may_have(struct world *w)
{
    (void)w;
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        uint64_t s = seed;
        struct chooser_case c[PEOPLE];
        struct words why;
        isize n = (isize)(next(&s) % PEOPLE), best = -1;
        for (isize i = 0; i < n; i++) {
            c[i] = any_case(&s, 1 + (int64_t)(next(&s) % 1000));
            bool may = c[i].able && (!c[i].lacks || c[i].learns);
            if (may && (best < 0 || before(&c[i], &c[best])))
                best = i;
        }
        check(chooser_case(c, n, &why) == best);
        check(best < 0 || why.de.n > 0);
    }
}

// H6: no figure, whatever the load.
static void H6_no_figure_is_said(struct world *w)
{
    (void)w;
    for (uint64_t seed = 1; seed <= 2000; seed++) {
        struct choice c = choice_of(seed);
        for (isize i = 0; c.at >= 0 && i < c.why.de.n; i++)
            check(c.why.de.p[i] < '0' || c.why.de.p[i] > '9');
    }
}

const struct test chooser_tests[] = {
    T(H1_H2_H3_never_who_cannot_have_it),
    T(the_same_facts_give_the_same_choice),
    T(H4_everybody_has_his_turn),
    T(H4_who_holds_least),
    T(H5_the_first_of_what_one_may_have),
    T(H6_no_figure_is_said),
    {0},
};
