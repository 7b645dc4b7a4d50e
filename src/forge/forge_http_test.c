// SPDX-License-Identifier: GPL-3.0-or-later
#include "forge/forge_test.h"

static const char settings[] = "kind=2&url=https://git.example&project=nord/"
                               "router&token=geheim%2B1&hook=0123456789abcdefgh";

static void H1_H2_a_key_never_comes_out(struct world *w)
{
    check(web_post(w, ADA, "/a/entwicklung/neu", settings).status == 403);
    struct seen s = web_post(w, GERO, "/a/entwicklung/neu", settings);
    check(s.status == 303 && str_eq(s.to, S("/a/entwicklung/1?ok=1")));
    s = web_get(w, GERO, "/a/entwicklung/1");
    check(web_shows(&s, "nord/router") && web_shows(&s, "/hook/forge/1")
          && web_shows(&s, "not asked yet"));
    check(hides(&s, "geheim") && hides(&s, "0123456789abcdefgh"));
    s = web_post(w, GERO, "/a/entwicklung/1",
                 "kind=2&url=https://git.example&project=nord&token=geheim%2B2");
    check(s.status == 422 && web_shows(&s, "owner/name") && hides(&s, "geheim"));
    s = web_post(w, GERO, "/a/entwicklung/1", "kind=2&url=https://git.example&project=nord/r2");
    check(s.status == 303 && ask(w, "select count(*) from forge where token is not null") == 1);
    s = web_post(w, GERO, "/a/entwicklung/1",
                 "kind=2&url=https://evil.example&project=nord/r2");
    check(s.status == 303 && ask(w, "select count(*) from forge where token is not null") == 0);
}

static void H3_a_secret_is_proposed(struct world *w)
{
    struct seen s = web_get(w, GERO, "/a/entwicklung/neu"), again;
    check(s.status == 200 && web_shows(&s, "name=\"hook\" value=\""));
    again = web_post(w, GERO, "/a/entwicklung/neu",
                     "kind=1&url=https://github.com&project=&hook=abcdefghijklmnop1");
    check(again.status == 422 && web_shows(&again, "value=\"abcdefghijklmnop1\""));
}

static void H4_pause_and_go_on(struct world *w)
{
    connected_to(w, FORGE_GITHUB, S("https://git.example"));
    check(web_post(w, GERO, "/a/entwicklung/1/tun", "tun=ruhen").status == 303);
    check(ask(w, "select paused from forge") == 1);
    check(web_post(w, GERO, "/a/entwicklung/1/tun", "tun=weiter").status == 303);
    check(web_post(w, GERO, "/a/entwicklung/1/tun", "tun=pruefen").status == 303);
    check(web_post(w, GERO, "/a/entwicklung/1/tun", "tun=x").status == 404);
    check(web_get(w, GERO, "/a/entwicklung/9").status == 404);
    struct seen s = web_get(w, GERO, "/a/entwicklung");
    check(web_shows(&s, "nord/router"));
}

static void E1_E2_the_form_is_what_leaves(struct world *w)
{
    struct made_case c = a_case(w);
    struct seen s = web_get(w, ADA, at(w, &c, "/entwicklung"));
    check(s.status == 200 && web_shows(&s, "No project of the developers is connected yet."));
    connected_to(w, FORGE_GITHUB, S("https://git.example"));
    s = web_get(w, ADA, at(w, &c, "/entwicklung"));
    check(web_shows(&s, "value=\"WLAN geht nicht\"")
          && web_shows(&s, "Alle Lampen am Router an"));
    check(hides(&s, "I have looked at it"));
    s = web_post(w, ADA, at(w, &c, "/entwicklung"),
                 "tun=anlegen&forge=1&title=WLAN&body=Bei+Brandt+geht+es+nicht");
    check(s.status == 422 && web_shows(&s, "Bei Brandt geht es nicht")
          && web_shows(&s, "This leaves the house") && web_shows(&s, "I have looked at it"));
    check(ask(w, "select count(*) from forge_issue") == 0);
    check(ask(w, "update contact set reach = 'Kanton Bern' returning 1") == 1);
    s = web_post(w, ADA, at(w, &c, "/entwicklung"),
                 "tun=anlegen&forge=1&title=WLAN&body=Beim+Kanton+Bern+geht+es+nicht");
    check(s.status == 422 && web_shows(&s, "This leaves the house"));
    s = web_post(w, ADA, at(w, &c, "/entwicklung"),
                 "tun=anlegen&forge=1&title=WLAN&body=Bei+Brandt+geht+es+nicht&release=1");
    check(s.status == 303 && ask(w, "select count(*) from forge_issue") == 1);
    s = web_post(w, ADA, at(w, &c, "/entwicklung"), "tun=anlegen&forge=1&title=&body=");
    check(s.status == 422 && web_shows(&s, "A title of one line is needed."));
}

static void U1_the_number_of_a_case_is_asked_about(struct world *w)
{
    struct made_case c = a_case(w);
    connected_to(w, FORGE_GITHUB, S("https://git.example"));
    str number = str_cut(str_from_z(at(w, &c, "")), 5);
    struct seen s = web_post(
        w, ADA, at(w, &c, "/entwicklung"),
        arena_z(&w->kept, arena_fmt(&w->kept, "tun=anlegen&forge=1&title=WLAN&body=Siehe+" STR_FMT,
                                    STR_ARG(number))));
    check(s.status == 422 && web_shows(&s, "This leaves the house"));
    check(ask(w, "select count(*) from forge_issue") == 0);
}

static void E1_what_is_past_is_not_where_it_stands(struct world *w)
{
    struct made_case c = a_case(w);
    struct ticket_at a = {c.id, TICKET_ANY_VERSION};
    connected_to(w, FORGE_GITHUB, S("https://git.example"));
    struct lagebild l = {S("x"), S(""), S("Netzteil wird getauscht")};
    check(end(w, ticket_set_lagebild(begin_as(w, ADA), &a, l)) == OK);
    struct seen s = web_get(w, ADA, at(w, &c, "/entwicklung"));
    check(web_shows(&s, "Netzteil wird getauscht"));
    later(w, 60);
    check(end(w, ticket_take(begin_as(w, ADA), &a)) == OK);
    check(end(w, ticket_wait(begin_as(w, ADA), &a,
                             &(struct ticket_waiting){.for_what = TICKET_WAITING_VENDOR}))
          == OK);
    s = web_get(w, ADA, at(w, &c, "/entwicklung"));
    check(s.status == 200 && hides(&s, "Netzteil wird getauscht"));
}

static void E3_linking_and_unlinking(struct world *w)
{
    struct made_case c = a_case(w);
    connected_to(w, FORGE_GITHUB, S("https://git.example"));
    struct seen s =
        web_post(w, ADA, at(w, &c, "/entwicklung"), "tun=verknuepfen&forge=1&issue=x");
    check(s.status == 422 && web_shows(&s, "A number, or the address of an issue")
          && web_shows(&s, "value=\"x\""));
    s = web_post(w, ADA, at(w, &c, "/entwicklung"),
                 "tun=verknuepfen&issue=https://git.example/nord/router/issues/12");
    check(s.status == 303);
    s = web_get(w, ADA, at(w, &c, ""));
    check(web_shows(&s, "https://git.example/nord/router/issues/12")
          && web_shows(&s, "being looked for"));
    s = web_post(w, ADA, at(w, &c, "/entwicklung"), "tun=verknuepfen&forge=1&issue=12");
    check(s.status == 422 && web_shows(&s, "This issue is linked already."));
    check(web_post(w, CEM, at(w, &c, "/entwicklung"), "tun=loesen&id=1").status == 404);
    check(web_post(w, ADA, at(w, &c, "/entwicklung"), "tun=loesen&id=1").status == 303);
    check(ask(w, "select count(*) from forge_case") == 0);
    check(web_post(w, ADA, at(w, &c, "/entwicklung"), "tun=loesen&id=1").status == 404);
}

static void D1_D2_a_problem_too(struct world *w)
{
    connected_to(w, FORGE_GITHUB, S("https://git.example"));
    a_case(w);
    struct ctx *cx = begin(w);
    check(db_script(
              cx, "insert into problem (tenant, number, title, state, team, created, "
                  "changed) values (1, 1, 'VPN', 2, 1, 1, 1);"
                  "insert into problem_link (ticket, tenant, problem, at) values (1, 1, 1, 1)")
          == OK);
    check(end(w, OK) == OK);
    check(web_post(w, CEM, "/w/p/P-1/entwicklung", "tun=verknuepfen&forge=1&issue=3").status
          == 403);
    struct seen s = web_post(w, ADA, "/w/p/P-1/entwicklung",
                             "tun=anlegen&forge=1&title=VPN&body=Brandt+sagt");
    check(s.status == 422 && web_shows(&s, "This leaves the house"));
    check(web_post(w, ADA, "/w/p/P-1/entwicklung", "tun=verknuepfen&forge=1&issue=3").status
          == 303);
    s = web_get(w, CEM, "/w/p/P-1");
    check(web_shows(&s, "nord/router#3"));
}

const struct test forge_http_tests[] = {
    T(H1_H2_a_key_never_comes_out),
    T(H3_a_secret_is_proposed),
    T(H4_pause_and_go_on),
    T(E1_E2_the_form_is_what_leaves),
    T(U1_the_number_of_a_case_is_asked_about),
    T(E1_what_is_past_is_not_where_it_stands),
    T(E3_linking_and_unlinking),
    T(D1_D2_a_problem_too),
    {0},
};
