// SPDX-License-Identifier: GPL-3.0-or-later
#include "escalation/escalation_test.h"

#include "testing/web.h"

static const char *sheet(struct world *w, ticket_id id, const char *rest)
{
    struct ticket t = {0};
    check(ticket_load(begin(w), id, &t) == OK);
    str number = ticket_number_shown(&w->kept, t.number);
    check(end(w, OK) == OK);
    return arena_z(&w->kept,
                   arena_fmt(&w->kept, "/w/t/" STR_FMT "/leitung%s", STR_ARG(number), rest));
}

static bool hides(const struct seen *s, const char *text)
{
    return str_find(s->page, str_from_z(text)) < 0;
}

static void H1_one_sheet_for_all(struct world *w)
{
    ticket_id id = a_case_of_ada(w);
    struct seen s = web_get(w, ADA, sheet(w, id, ""));
    check(s.status == 200 && web_shows(&s, "A deadline or a promise is at risk"));
    s = web_post(w, ADA, sheet(w, id, ""), "grund=1&zeile=Zusage+16+Uhr");
    check(s.status == 303 && str_find(s.to, S("/leitung")) < 0);
    s = web_get(w, EVA, sheet(w, id, ""));
    check(web_shows(&s, "/leitung/1/uebernehmen") && web_shows(&s, "/leitung/1/entscheiden"));
    s = web_get(w, BEN, sheet(w, id, ""));
    check(hides(&s, "/uebernehmen") && hides(&s, "/entscheiden") && hides(&s, "zuruecknehmen"));
    s = web_post(w, EVA, sheet(w, id, "/1/uebernehmen"),
                 "fassung=1&vorhaben=Ich+rufe+an&tag=21.11.2026&uhr=10:00");
    check(s.status == 303);
    s = web_get(w, BEN, sheet(w, id, ""));
    check(web_shows(&s, "Ich rufe an") && web_shows(&s, "eva"));
    s = web_post(w, EVA, sheet(w, id, "/1/entscheiden"), "fassung=2&ergebnis=1&bescheid=Ja");
    check(s.status == 303);
    s = web_get(w, BEN, sheet(w, id, ""));
    check(web_shows(&s, "Granted") && web_shows(&s, "Ja") && web_shows(&s, "To the lead"));
}

static void H1_the_case_shows_where_it_is(struct world *w)
{
    ticket_id id = a_case_of_ada(w);
    escalate(w, ADA, id, 0);
    struct seen s =
        web_get(w, ADA, arena_z(&w->kept, str_head(str_from_z(sheet(w, id, "")), 14)));
    check(s.status == 200 && web_shows(&s, "At the lead") && web_shows(&s, "not taken yet"));
    check(web_shows(&s, "A deadline or a promise is at risk: Zusage 16 Uhr"));
    check(web_shows(&s, "aria-keyshortcuts=\"e\""));
    w->lang = LANG_DE;
    s = web_get(w, ADA, arena_z(&w->kept, str_head(str_from_z(sheet(w, id, "")), 14)));
    check(web_shows(&s, "Bei der Leitung") && web_shows(&s, "aria-keyshortcuts=\"c\""));
}

static void H1_only_a_case_of_this_address(struct world *w)
{
    ticket_id id = a_case_of_ada(w), other = a_case_of_ada(w);
    escalate(w, ADA, id, 0);
    check(
        web_post(w, EVA, sheet(w, other, "/1/entscheiden"), "fassung=1&ergebnis=1&bescheid=Ja")
            .status
        == 404);
    check(web_post(w, ADA, sheet(w, other, "/1/zuruecknehmen"), "fassung=1").status == 404);
    check(web_post(w, ADA, sheet(w, id, "/1/zuruecknehmen"), "fassung=1").status == 303);
}

static void H2_whom_and_until_when(struct world *w)
{
    ticket_id id = cared_for_here_worked_there(w);
    struct seen s = web_get(w, CEM, sheet(w, id, ""));
    check(web_shows(&s, "Lead of Network (nobody else there now: all leads)"));
    check(web_shows(&s, "Lead of Service desk") && web_shows(&s, "should take it by"));
    check(web_post(w, CEM, sheet(w, id, ""), "grund=5&zeile=x&team=1").status == 303);
    check(ask(w, "select team from escalation") == FIRST);
}

static void H3_who_adds_is_told(struct world *w)
{
    ticket_id id = a_case_of_ada(w);
    escalate(w, ADA, id, 0);
    struct seen s = web_post(w, BEN, sheet(w, id, ""), "grund=5&zeile=Brandgeruch");
    check(s.status == 303 && str_ends(s.to, S("/leitung?dazu=1")));
    s = web_get(w, BEN, arena_z(&w->kept, s.to));
    check(web_shows(&s, "It was at the lead already.") && web_shows(&s, "Brandgeruch"));
}

static void H4_what_is_with_the_asker(struct world *w)
{
    int ida = a_lead_of(w, NET, "ida");
    ticket_id id = a_case_of_ada(w);
    escalate(w, ADA, id, 0);
    struct seen s = web_get(w, EVA, "/w/leitung");
    check(s.status == 200 && web_shows(&s, "Router tot") && web_shows(&s, "left"));
    s = web_get(w, EVA, "/w");
    check(web_shows(&s, "You are asked as the lead"));
    s = web_get(w, EVA, "/w/klingel");
    check(web_shows(&s, "data-leads=\"1\"") && web_shows(&s, "/w/leitung"));
    s = web_get(w, ida, "/w/leitung");
    check(s.status == 200 && hides(&s, "Router tot"));
    check(web_get(w, ADA, "/w/leitung").status == 403);
    s = web_get(w, ADA, "/w");
    check(hides(&s, "as the lead"));
    s = web_post(w, EVA, sheet(w, id, "/1/entscheiden"),
                 "fassung=1&ergebnis=3&bescheid=Kein+Geld");
    check(s.status == 303);
    s = web_get(w, EVA, "/w/leitung");
    check(web_shows(&s, "Nobody waits for you.") && web_shows(&s, "Declined: Kein Geld"));
}

static void H4_taken_ones_stand_apart(struct world *w)
{
    escalate(w, ADA, a_case_of_ada(w), 0);
    ticket_id id = a_case_of_ada(w);
    escalate(w, BEN, id, 0);
    struct seen s = web_get(w, EVA, "/w/leitung");
    check(web_shows(&s, "Open <span class=\"count hot\">2</span>"));
    check(web_shows(&s, "A deadline or a promise is at risk: Zusage 16 Uhr (ada)"));
    check(web_post(w, EVA, sheet(w, id, "/2/uebernehmen"),
                   "fassung=1&vorhaben=Ich+rufe+an&tag=21.11.2026&uhr=10:00")
              .status
          == 303);
    s = web_get(w, EVA, "/w/leitung");
    check(web_shows(&s, "Open <span class=\"count hot\">1</span>")
          && web_shows(&s, "Taken <span class=\"count\">1</span>"));
    s = web_get(w, EVA, "/w/klingel");
    check(web_shows(&s, "data-leads=\"1\""));    // the menu says the same
    s = web_get(w, EVA, "/w");
    check(web_shows(&s, "You are asked as the lead <span class=\"count hot\">1</span>"));
}

static void E12_who_escalated_reads_the_decision(struct world *w)
{
    ticket_id id = a_case_of_ada(w);
    escalate(w, ADA, id, 0);
    check(web_post(w, EVA, sheet(w, id, "/1/entscheiden"),
                   "fassung=1&ergebnis=1&bescheid=Bis+50+Euro")
              .status
          == 303);
    const char *page = arena_z(&w->kept, str_head(str_from_z(sheet(w, id, "")), 14));
    struct seen s = web_get(w, ADA, page);
    check(web_shows(&s, "The lead has decided: Granted.") && web_shows(&s, "/1/gelesen"));
    s = web_get(w, ADA, "/w");
    check(web_shows(&s, "The lead has decided") && web_shows(&s, "Granted: Bis 50 Euro"));
    s = web_get(w, BEN, page);
    check(hides(&s, "/1/gelesen"));
    s = web_get(w, BEN, "/w");
    check(hides(&s, "The lead has decided"));
    check(web_post(w, ADA, sheet(w, id, "/1/gelesen"), "x=1").status == 303);
    s = web_get(w, ADA, page);
    check(hides(&s, "/1/gelesen"));
    s = web_get(w, ADA, "/w");
    check(hides(&s, "The lead has decided"));
}

static void H5_both_parts_come_back(struct world *w)
{
    ticket_id id = a_case_of_ada(w);
    escalate(w, ADA, id, 0);
    const char *both = "fassung=1&vorhaben=Ich+rufe+an&tag=gestern&uhr=9&bescheid=Bis+50+Euro";
    struct seen s = web_post(w, EVA, sheet(w, id, "/1/uebernehmen"), both);
    check(s.status == 422 && web_shows(&s, "value=\"Ich rufe an\"")
          && web_shows(&s, "value=\"Bis 50 Euro\""));
    s = web_post(w, EVA, sheet(w, id, "/1/entscheiden"), both);
    check(s.status == 422 && web_shows(&s, "value=\"Ich rufe an\"")
          && web_shows(&s, "value=\"gestern\"") && web_shows(&s, "value=\"Bis 50 Euro\""));
    check(hides(&s, "Your text, to copy"));
    int ida = a_lead_of(w, FIRST, "ida");
    check(web_post(w, ida, sheet(w, id, "/1/uebernehmen"),
                   "fassung=1&vorhaben=x&tag=21.11.2026&uhr=10:00")
              .status
          == 303);
    s = web_post(w, EVA, sheet(w, id, "/1/entscheiden"), both);
    check(s.status == 409 && web_shows(&s, "Your text, to copy")
          && web_shows(&s, ">Ich rufe an</textarea>")
          && web_shows(&s, "value=\"Bis 50 Euro\""));
}

static void H6_enter_does_what_is_filled(struct world *w)
{
    ticket_id id = a_case_of_ada(w);
    escalate(w, ADA, id, 0);
    struct seen s = web_post(
        w, EVA, sheet(w, id, "/1/uebernehmen"),
        "tun=eingabe&fassung=1&vorhaben=x&tag=21.11.2026&uhr=10:00&ergebnis=1&bescheid=Ja");
    check(s.status == 422 && web_shows(&s, "Take it, or decide it?"));
    s = web_post(w, EVA, sheet(w, id, "/1/uebernehmen"),
                 "tun=eingabe&fassung=1&vorhaben=&tag=&uhr=&ergebnis=1&bescheid=Ja");
    check(s.status == 303 && ask(w, "select count(*) from escalation where outcome = 1") == 1);
}

static void the_lead_types_keys_not_text(struct world *w)
{
    ticket_id id = a_case_of_ada(w);
    escalate(w, ADA, id, 0);
    struct seen s = web_get(w, EVA, sheet(w, id, ""));
    check(web_shows(&s, "<h1 id=\"uebernehmen\" tabindex=\"-1\" autofocus>"));
    check(hides(&s, "autocomplete=\"off\" autofocus"));
}

static void H5_what_was_typed_comes_back(struct world *w)
{
    ticket_id id = a_case_of_ada(w);
    struct seen s = web_post(w, ADA, sheet(w, id, ""), "zeile=Zusage+um+vier");
    check(s.status == 422 && web_shows(&s, "Zusage um vier")
          && web_shows(&s, "Why does it need the lead?"));
    s = web_post(w, ADA, sheet(w, id, ""), "tun=zurueck&grund=3&zeile=50+Euro+Gutschrift");
    check(s.status == 303 && ask(w, "select count(*) from escalation") == 0);
    s = web_get(w, ADA, sheet(w, id, ""));
    check(web_shows(&s, "50 Euro Gutschrift")
          && web_shows(&s, "value=\"3\" data-next=\"zeile\" checked"));
    s = web_post(w, ADA, sheet(w, id, ""), "grund=3&zeile=50+Euro+Gutschrift");
    check(s.status == 303 && ask(w, "select count(*) from draft") == 0);
    s = web_post(w, EVA, sheet(w, id, "/1/uebernehmen"),
                 "fassung=1&vorhaben=Ich+rufe+an&tag=gestern&uhr=25");
    check(s.status == 422 && web_shows(&s, "Ich rufe an") && web_shows(&s, "gestern")
          && web_shows(&s, "It must be in the future."));
    s = web_post(w, EVA, sheet(w, id, "/1/entscheiden"), "fassung=1&ergebnis=3&bescheid=");
    check(s.status == 422 && web_shows(&s, "Say it in a line"));
}

static void the_loser_keeps_the_text_and_reads_who_won(struct world *w)
{
    int ida = a_lead_of(w, FIRST, "ida");
    ticket_id id = a_case_of_ada(w);
    escalate(w, ADA, id, 0);
    check(web_post(w, EVA, sheet(w, id, "/1/uebernehmen"),
                   "fassung=1&vorhaben=x&tag=21.11.2026&uhr=10:00")
              .status
          == 303);
    struct seen s = web_post(w, ida, sheet(w, id, "/1/uebernehmen"),
                             "fassung=1&vorhaben=Ich+auch&tag=21.11.2026&uhr=10:00");
    check(s.status == 409 && web_shows(&s, "eva was faster and has taken it."));
}

static void by_programs(struct world *w)
{
    ticket_id id = a_case_of_ada(w);
    str page = str_from_z(sheet(w, id, ""));
    const char *url =
        arena_z(&w->kept, arena_fmt(&w->kept, "/api/v1/tickets/" STR_FMT "/escalations",
                                    STR_ARG(str_head(str_cut(page, 5), 9))));
    struct seen s =
        web_json(w, ADA, POST, url, S("{\"reason\": \"danger\", \"text\": \"Brandgeruch\"}"));
    check(s.status == 201 && web_shows(&s, "\"stage\":\"team\"")
          && web_shows(&s, "\"reason\":\"danger\"") && hides(&s, "\"added\""));
    s = web_json(w, BEN, POST, url, S("{\"reason\": \"silence\", \"text\": \"x\"}"));
    check(s.status == 200 && web_shows(&s, "\"added\":true") && web_shows(&s, "\"reasons\":2"));
    check(web_json(w, ADA, POST, url, S("{\"reason\": \"boredom\"}")).status == 422);
    check(web_json(w, CEM, POST, url, S("{}")).status == 422);    // what is missing comes first
    s = web_json(w, CEM, POST, url, S("{\"reason\": \"danger\", \"text\": \"x\"}"));
    check(s.status == 404);
    s = web_get(w, EVA, "/api/v1/escalations");
    check(s.status == 200 && web_shows(&s, "\"state\":\"open\""));
    check(web_get(w, ADA, "/api/v1/escalations").status == 403);
    s = web_json_if(w, EVA, POST, "/api/v1/escalations/1/take",
                    S("{\"text\": \"Ich rufe an\", \"until\": \"2026-11-21T10:00:00Z\"}"),
                    "\"1\"");
    check(s.status == 200 && web_shows(&s, "\"until\":\"2026-11-21T10:00:00Z\"")
          && web_shows(&s, "\"state\":\"taken\""));
    s = web_json_if(w, EVA, POST, "/api/v1/escalations/1/decide",
                    S("{\"outcome\": \"granted\", \"text\": \"Ja\"}"), "\"1\"");
    check(s.status == 412 || s.status == 409);
    s = web_json_if(w, EVA, POST, "/api/v1/escalations/1/decide",
                    S("{\"outcome\": \"granted\", \"text\": \"Ja\"}"), "\"2\"");
    check(s.status == 200 && web_shows(&s, "\"outcome\":\"granted\""));
    s = web_get(w, ADA, url);
    check(s.status == 200 && web_shows(&s, "\"decision\":\"Ja\""));
    check(web_get(w, CEM, "/api/v1/escalations/1").status == 404);
}

const struct test escalation_http_tests[] = {
    T(H1_one_sheet_for_all),
    T(H1_the_case_shows_where_it_is),
    T(H1_only_a_case_of_this_address),
    T(H2_whom_and_until_when),
    T(H3_who_adds_is_told),
    T(H4_what_is_with_the_asker),
    T(H4_taken_ones_stand_apart),
    T(E12_who_escalated_reads_the_decision),
    T(H5_both_parts_come_back),
    T(H6_enter_does_what_is_filled),
    T(the_lead_types_keys_not_text),
    T(H5_what_was_typed_comes_back),
    T(the_loser_keeps_the_text_and_reads_who_won),
    T(by_programs),
    {0},
};
