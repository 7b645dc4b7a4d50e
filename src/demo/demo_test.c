// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "demo/replay.h"
#include "triage/triage_case.h"

static enum err in_transaction(struct world *w, struct demo *d,
                               enum err (*run)(struct ctx *, void *))
{
    struct ctx *cx = begin(w);
    return end(w, run(cx, d));
}

enum { CASES = 200, OLDER = 338 };

static bool is_suggested(struct ctx *cx, int64_t id)
{
    struct ticket t;
    struct triage_case c;
    check(ticket_load(cx, (ticket_id){id}, &t) == OK && triage_case(cx, &t, &c) == OK);
    return c.value[TRIAGE_CATEGORY] != 0 && c.words.n > 0;
}

// O8.  After the cases are played: it takes them to learn from.
static void newcomers_see_suggestions(struct world *w, const struct demo *d)
{
    static const char newest[] = "select coalesce(max(id), 0) from ticket where status = 1 and"
                                 " category is null and id < ";
    int suggested = 0;
    struct ctx *cx = begin(w);
    check(end(w, OK) == OK && job_drain(cx, triage_jobs) == OK);
    int64_t id = INT32_MAX;
    while (
        (id = ask(w, arena_z(&w->kept, arena_fmt(&w->kept, "%s%lld", newest, (long long)id))))
        > 0) {
        cx = begin_with(w, d->system);
        suggested += is_suggested(cx, id);
        check(end(w, OK) == OK);
    }
    check(suggested >= 5);
}

// Every case of the demo obeys the rules of the program, at its own times.
static void O1_every_case_can_be_played(struct world *w)
{
    struct demo *d = demo_new(&w->kept, w->now, S("http://127.0.0.1:20123"));
    check(in_transaction(w, d, demo_people) == OK);
    check(in_transaction(w, d, demo_solutions) == OK);
    int played = 0;
    enum err err;
    while ((err = in_transaction(w, d, demo_next_ticket)) == OK)
        played++;
    check(err == ERR_ABSENT && played == CASES + OLDER);
    if (err != ERR_ABSENT)
        fprintf(stderr, STR_FMT "\n", STR_ARG(demo_ticket_key(d)));
    check(ask(w, "select count(*) from ticket") == CASES + OLDER);
    newcomers_see_suggestions(w, d);
    check(ask(w, "select count(*) from solution") == 30);
    check(ask(w, "select count(distinct status) from ticket") == 7);
    check(ask(w, "select count(*) from duty") > 5);
    check(ask(w, arena_z(&w->kept,
                         arena_fmt(&w->kept,
                                   "select count(*) from duty where state = 1 and due > %lld",
                                   (long long)w->now.ms)))
          >= 3);                                                           // O7
    check(ask(w, "select count(distinct created) from solution") > 20);    // O7
}

static void O2_no_real_address(struct world *w)
{
    struct demo *d = demo_new(&w->kept, w->now, S("http://127.0.0.1:20123"));
    check(in_transaction(w, d, demo_people) == OK);
    check(ask(w, "select count(*) from contact_address where kind = 1 and value not like "
                 "'%@example.%'"
                 " and value not like '%.example'")
          == 0);
}

// Nothing the law asks for is missing on the help page, so the demo shows it filled in.
static void O1_the_imprint_is_filled_in(struct world *w)
{
    struct facts f;
    struct demo *d = demo_new(&w->kept, w->now, S("http://127.0.0.1:20123"));
    check(in_transaction(w, d, demo_people) == OK);
    struct ctx *cx = begin(w);
    cx->who = d->system;
    check(portal_fact_load(cx, &f) == OK);
    check_text(portal_fact_missing(cx->arena, &f, LANG_EN), S(""));
    check(end(w, OK) == OK);
}

static void O6_its_links_lead_to_where_it_is_served(struct world *w)
{
    struct demo *d = demo_new(&w->kept, w->now, S("http://127.0.0.1:20123"));
    check(in_transaction(w, d, demo_people) == OK);
    check(ask(w, "select count(*) from tenant where base_url = 'http://127.0.0.1:20123'") == 1);
}

const struct test demo_tests[] = {
    T(O1_every_case_can_be_played),
    T(O1_the_imprint_is_filled_in),
    T(O2_no_real_address),
    T(O6_its_links_lead_to_where_it_is_served),
    {0},
};
