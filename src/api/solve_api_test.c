// SPDX-License-Identifier: GPL-3.0-or-later
#include "engagement/engagement_http_test.h"
#include "solution/solution.h"

#define WRONG(text) {text, sizeof(text) - 1}

static struct seen solve_at(const struct desk_case *c, int person, str body, const char *version)
{
    str url = arena_fmt(&c->w->kept, "/api/v1/tickets/" STR_FMT "/solve", STR_ARG(c->number));
    return web_json_if(c->w, person, POST, arena_z(&c->w->kept, url), body, version);
}

static struct seen solve(const struct desk_case *c, int person, str body)
{
    str tag = arena_fmt(&c->w->kept, "\"%lld\"", (long long)case_version(c));
    return solve_at(c, person, body, arena_z(&c->w->kept, tag));
}

static void known(struct world *w)
{
    struct solution s = {.kind = SOLUTION_FIX,
                         .confidence = SOLUTION_VALIDATED,
                         .audience = SOLUTION_L1,
                         .lang = LANG_DE,
                         .title = S("Kanal umstellen")};
    struct ctx *cx = begin_as(w, EVA);
    check(end(w, solution_add(cx, &s, &s.id)) == OK);
}

static void by_a_known_solution_with_a_message(struct world *w)
{
    known(w);
    struct desk_case c = desk_case(w);
    case_with_mail(w);
    struct seen s =
        solve(&c, ADA, S("{\"solution\": \"L-101\", \"message\": \"Es geht wieder.\"}"));
    check(s.status == 200 && web_shows(&s, "\"status\":\"solved\""));
    check(ask(w, "select count(*) from ticket where status = 6 and solution = 1") == 1);
    check(ask(w, "select count(*) from outbox") == 1);
}

static void by_a_new_solution(struct world *w)
{
    struct desk_case c = desk_case(w);
    struct seen s = solve(&c, ADA,
                          S("{\"told\": true, \"new\": {\"title\": \"Kanal umstellen\", "
                            "\"audience\": [\"l1\"], \"steps\": [{\"text\": \"Kanal 11\"}]}}"));
    check(s.status == 200 && web_shows(&s, "\"status\":\"solved\""));
    check(ask(w, "select count(*) from solution where title = 'Kanal umstellen'") == 1);
    check(ask(w, "select count(*) from solution_link where role = 1") == 1);
}

static void in_words(struct world *w)
{
    struct desk_case c = desk_case(w);
    struct seen s = solve(&c, ADA, S("{\"how\": \"withdrawn\", \"told\": true}"));
    check(s.status == 200 && web_shows(&s, "\"status\":\"solved\""));
}

static void J1_what_is_wrong_is_named_and_nothing_happens(struct world *w)
{
    static const struct {
        str body;
        const char *field;
    } wrong[] = {
        {WRONG("{\"how\": \"gezaubert\"}"), "\"how\""},
        {WRONG("{\"how\": \"solution\"}"), "\"solution\""},
        {WRONG("{\"solution\": \"L-999\"}"), "\"solution\""},
        {WRONG("{\"solution\": \"L-101\", \"new\": {\"title\": \"x\"}}"), "\"new\""},
        {WRONG("{\"new\": {\"titel\": \"x\"}}"), "\"titel\""},
        {WRONG("{\"new\": {\"title\": \"x\", \"steps\": [{\"tun\": \"x\"}]}}"), "\"tun\""},
        {WRONG("{\"new\": {\"title\": \"x\", \"language\": \"fr\"}}"), "\"language\""},
        {WRONG("{\"status\": \"solved\"}"), "\"status\""},
    };
    struct desk_case c = desk_case(w);
    for (isize i = 0; i < countof(wrong); i++) {
        struct seen s = solve(&c, ADA, wrong[i].body);
        check(s.status == 422 && web_shows(&s, wrong[i].field));
    }
    check(ask(w, "select count(*) from ticket where status = 6") == 0);
}

static void J2_it_needs_the_version(struct world *w)
{
    struct desk_case c = desk_case(w);
    str body = S("{\"how\": \"withdrawn\", \"told\": true}");
    check(solve_at(&c, ADA, body, "").status == 428);
    check(solve_at(&c, ADA, body, "\"99\"").status == 412);
    check(solve(&c, CEM, body).status == 404);
}

const struct test solve_api_tests[] = {
    T(by_a_known_solution_with_a_message),
    T(by_a_new_solution),
    T(in_words),
    T(J1_what_is_wrong_is_named_and_nothing_happens),
    T(J2_it_needs_the_version),
    {0},
};
