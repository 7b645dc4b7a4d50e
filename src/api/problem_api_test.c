// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/web.h"

#include "ticket/ticket.h"

static void B1_a_problem_is_opened_and_read(struct world *w)
{
    struct seen s = web_json(w, CEM, POST, "/api/v1/problems",
                             S("{\"title\": \"VPN bricht ab\", \"words\": \"Abbruch\"}"));
    check(s.status == 201 && web_shows(&s, "\"number\":\"P-1\"")
          && web_shows(&s, "\"state\":\"open\""));
    s = web_get(w, ADA, "/api/v1/problems?q=abbruch");
    check(s.status == 200 && web_shows(&s, "VPN bricht ab"));
    check(web_get(w, ADA, "/api/v1/problems/P-1").status == 200);
    check(web_get(w, NINA, "/api/v1/problems/P-1").status == 404);
    check(web_json(w, CEM, POST, "/api/v1/problems", S("{\"title\": \"\"}")).status == 422);
    check(web_json(w, CEM, POST, "/api/v1/problems", S("{\"state\": \"fixed\"}")).status == 422);
}

static void B1_a_case_belongs_to_it(struct world *w)
{
    struct ticket_made made = {0};
    struct ticket_new n = {
        .channel = CHANNEL_PHONE, .subject = S("VPN bricht ab"), .team = {FIRST}};
    check(end(w, ticket_create(begin(w), &n, &made)) == OK);
    str number = ticket_number_shown(&w->kept, made.number);
    str body = arena_fmt(&w->kept, "{\"number\": \"" STR_FMT "\"}", STR_ARG(number));
    struct seen s =
        web_json(w, CEM, POST, "/api/v1/problems", S("{\"title\": \"VPN bricht ab\"}"));
    check(s.status == 201);
    check(web_json(w, CEM, POST, "/api/v1/problems/P-1/cases", body).status == 404);
    s = web_json(w, ADA, POST, "/api/v1/problems/P-1/cases", body);
    check(s.status == 200 && web_shows(&s, "\"open_cases\":1"));
    check(web_json(w, NINA, POST, "/api/v1/problems/P-1/cases", body).status == 404);
}

const struct test problem_api_tests[] = {
    T(B1_a_problem_is_opened_and_read),
    T(B1_a_case_belongs_to_it),
    {0},
};
