// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/taught.h"

static void B1_a_case_gets_what_its_page_shows(struct world *w)
{
    taught(w);
    struct ticket_made made = {0};
    struct ticket_new n = {.channel = CHANNEL_MAIL,
                           .subject = S("DSL rot"),
                           .problem = S("Kein Internet seit gestern"),
                           .team = {FIRST}};
    check(end(w, ticket_create(begin(w), &n, &made)) == OK);
    str number = ticket_number_shown(&w->kept, made.number);
    const char *url =
        arena_z(&w->kept, arena_fmt(&w->kept, "/api/v1/tickets/" STR_FMT "/suggestions",
                                    STR_ARG(number)));
    struct seen s = web_get(w, ADA, url);
    check(s.status == 200 && web_shows(&s, "\"target\":\"category\"")
          && web_shows(&s, "\"name\":\"Line\"") && web_shows(&s, "\"because\":[\""));
    check(web_shows(&s, "\"target\":\"priority\",\"value\":2,\"confidence\":"));
    check(web_get(w, NINA, url).status == 404 && web_get(w, CEM, url).status == 404);
    struct ticket_at a = {made.at.id, TICKET_ANY_VERSION};
    struct ticket_class k = {.category = {1}};
    check(end(w, ticket_classify(begin_as(w, ADA), &a, &k)) == OK);
    s = web_get(w, ADA, url);
    check(s.status == 200 && web_shows(&s, "\"items\":[]"));
}

static void B2_figures_are_about_the_desk(struct world *w)
{
    struct seen s = web_get(w, EVA, "/api/v1/suggestions");
    check(s.status == 200
          && web_shows(&s, "{\"target\":\"team\",\"answered\":0,\"accepted\":0}"));
    check(web_get(w, ADA, "/api/v1/suggestions").status == 403);
}

const struct test triage_api_tests[] = {
    T(B1_a_case_gets_what_its_page_shows),
    T(B2_figures_are_about_the_desk),
    {0},
};
