// SPDX-License-Identifier: GPL-3.0-or-later
#include "engagement/engagement_target.h"

#include "engagement/engagement_http_test.h"

static void hands_over(const struct desk_case *c, int from, int to, int team)
{
    engagement_id id;
    struct ticket_at at = {c->id, TICKET_ANY_VERSION};
    struct engagement_contract k = {
        .problem = S("x"), .promised = S("y"), .asked_for = ASK_FIX};
    struct ctx *cx = begin_as(c->w, from);
    check(end(c->w, engagement_hand_over(cx, &at, (team_id){team}, &k, &id)) == OK);
    cx = begin_as(c->w, to);
    check(
        end(c->w, engagement_accept(cx, (struct engagement_at){id, 1}, S("Ich schaue"), false))
        == OK);
}

// The third level had handed a router down, so the team of the mail servers seemed to be all
// there is above: it was chosen already.
static void A6_who_passed_it_on_is_of_the_next_level_too(struct world *w)
{
    struct desk_case c = desk_case(w);
    hands_over(&c, EVA, DORA, EXPERTS);
    hands_over(&c, DORA, CEM, NET);
    team_id id = {0};
    struct ctx *cx = begin(w);
    check(team_add(cx, &(struct team){.name = SAY("Servers", "Server"), .level = 3}, &id)
          == OK);
    check(person_join(cx, (person_id){EVA}, id) == OK && end(w, OK) == OK);
    struct seen s = get_sheet(&c, CEM, "uebergabe");
    check(web_shows(&s, "Servers") && lacks(&s, "The only team of the next level."));
    check(lacks(&s,
                arena_z(&w->arena, arena_fmt(&w->arena, "name=\"team\" value=\"%lld\" checked",
                                             (long long)id.n))));
}

const struct test engagement_target_tests[] = {
    T(A6_who_passed_it_on_is_of_the_next_level_too),
    {0},
};
