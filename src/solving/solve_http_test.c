// SPDX-License-Identifier: GPL-3.0-or-later
#include "engagement/engagement_http_test.h"

#include "message/message.h"
#include "search/index.h"
#include "testing/taught.h"

static void known(struct world *w, str title, int audience, enum confidence confidence)
{
    struct solution s = {.kind = SOLUTION_FIX,
                         .confidence = confidence,
                         .audience = audience,
                         .lang = LANG_DE,
                         .title = title};
    struct ctx *cx = begin_as(w, EVA);
    check(end(w, solution_add(cx, &s, &s.id)) == OK);
}

static void V1_a_known_solution_and_the_message_that_is_there(struct world *w)
{
    known(w, S("Kanal umstellen"), SOLUTION_L1, SOLUTION_VALIDATED);
    struct desk_case c = desk_case(w);
    case_with_mail(w);
    struct ctx *cx = begin_as(w, ADA);
    check(end(w, solution_link(cx, c.id, (solution_id){1}, LINK_HELPED)) == OK);
    struct seen s = get_sheet(&c, ADA, "geloest");
    check(s.status == 200 && web_shows(&s, "value=\"L-101\" data-next=\"message\" checked"));
    check(web_shows(&s, "the 1st level may use it") && web_shows(&s, "<kbd>4</kbd>"));
    check(
        web_shows(&s, "Guten Tag Karin Brandt,\n\nIhr Anliegen „WLAN geht nicht“ ist gelöst."));
    s = send_sheet(&c, ADA, "geloest", "solution=L-101&message=Guten+Tag,+es+geht+wieder.");
    check(s.status == 303 && str_ends(s.to, c.number));
    check(ask(w, "select count(*) from ticket where status = 6 and solution = 1") == 1);
    check(ask(w, "select count(*) from outbox where state = 1") == 1);
    check(ask(w, "select count(*) from message where kind = 1 and body = 'Guten Tag, es geht "
                 "wieder.'")
          == 1);
    check(ask(w, "select reused from solution") == 1);
}

static void V2_nobody_is_offered_what_is_not_for_him(struct world *w)
{
    known(w, S("Nur Technik"), SOLUTION_L2, SOLUTION_VALIDATED);
    known(w, S("Alt"), SOLUTION_L1, SOLUTION_ARCHIVED);
    struct desk_case c = accepted(w);
    struct ctx *cx = begin_as(w, CEM);
    check(solution_link(cx, c.id, (solution_id){1}, LINK_TRIED_FAILED) == OK);
    check(end(w, solution_link(cx, c.id, (solution_id){2}, LINK_HELPED)) == OK);
    w->lang = LANG_DE;
    struct seen s = get_sheet(&c, CEM, "geloest");
    check(web_shows(&s, "Nur Technik") && web_shows(&s, "schon ohne Erfolg probiert")
          && lacks(&s, "<b>Alt</b>"));
    check(web_shows(&s, "noch nicht für 1st Level")
          && web_shows(&s, "binnen zwei Arbeitstagen"));
    s = get_sheet(&c, ADA, "geloest");
    check(s.status == 200 && lacks(&s, "Nur Technik"));
}

static void V2_what_helped_in_similar_cases(struct world *w)
{
    struct ctx *cx = begin_as(w, EVA);
    category_id wlan;
    check(category_add(cx, &(struct category){.name = SAY("Wifi", "WLAN")}, &wlan) == OK);
    struct solution one = {.kind = SOLUTION_FIX,
                           .confidence = SOLUTION_VALIDATED,
                           .audience = SOLUTION_L1,
                           .lang = LANG_DE,
                           .title = S("Kanal umstellen"),
                           .category = wlan};
    check(end(w, solution_add(cx, &one, &one.id)) == OK);
    known(w, S("Ganz anderes Thema"), SOLUTION_L1, SOLUTION_VALIDATED);
    struct desk_case c = desk_case(w);
    cx = begin(w);
    check(db_script(cx, "update ticket set category = 1") == OK && end(w, OK) == OK);
    struct seen s = get_sheet(&c, ADA, "geloest");
    check(web_shows(&s, "Kanal umstellen") && lacks(&s, "Ganz anderes Thema")
          && lacks(&s, "value=\"L-101\" data-next=\"message\" checked"));
}

static void V2_what_the_page_of_a_case_suggests_is_offered(struct world *w)
{
    struct taught d = taught(w);
    struct desk_case c = desk_case(w);
    struct ctx *cx = begin_as(w, EVA);
    struct solution s = {.kind = SOLUTION_FIX,
                         .confidence = SOLUTION_VALIDATED,
                         .audience = SOLUTION_L1,
                         .lang = LANG_DE,
                         .title = S("Leitung messen"),
                         .category = d.line};
    check(solution_add(cx, &s, &s.id) == OK);
    check(db_script(cx, "update ticket set subject = 'dsl rot', problem = 'kein internet' "
                        "where subject = 'WLAN geht nicht'")
          == OK);
    check(end(w, OK) == OK);
    struct seen seen = get_sheet(&c, ADA, "geloest");
    check(web_shows(&seen, "Leitung messen"));
}

static void V2_what_fits_the_words_of_a_case_nobody_classified(struct world *w)
{
    known(w, S("WLAN geht nicht: Kanal umstellen"), SOLUTION_L1, SOLUTION_VALIDATED);
    known(w, S("Rechnung erklären"), SOLUTION_L1, SOLUTION_VALIDATED);
    struct desk_case c = desk_case(w);
    struct ctx *cx = begin(w);
    db_rollback(cx);
    check(job_drain(cx, index_jobs) == OK);
    struct seen s = get_sheet(&c, ADA, "geloest");
    check(web_shows(&s, "Kanal umstellen") && lacks(&s, "Rechnung"));
    check(lacks(&s, "value=\"L-101\" data-next=\"message\" checked"));    // nobody named it
}

static void V2_what_a_return_named_is_offered_first(struct world *w)
{
    known(w, S("Neustart"), SOLUTION_L1, SOLUTION_VALIDATED);
    known(w, S("Kanal umstellen"), SOLUTION_L1, SOLUTION_VALIDATED);
    struct desk_case c = accepted(w);
    struct ctx *cx = begin_as(w, CEM);
    check(end(w, solution_link(cx, c.id, (solution_id){1}, LINK_HELPED)) == OK);
    check(send_sheet(&c, CEM, "zurueck", "reason=2&solution=L-102").status == 303);
    struct seen s = get_sheet(&c, ADA, "geloest");
    check(web_shows(&s, "value=\"L-102\" data-next=\"message\" checked"));
    check(str_find(s.page, S("value=\"L-102\"")) < str_find(s.page, S("value=\"L-101\"")));
    later(w, 60);
    cx = begin_as(w, ADA);
    check(end(w, solution_link(cx, c.id, (solution_id){2}, LINK_TRIED_FAILED)) == OK);
    s = get_sheet(&c, ADA, "geloest");
    check(lacks(&s, "value=\"L-102\" data-next=\"message\" checked")
          && web_shows(&s, "value=\"L-101\" data-next=\"message\" checked"));
}

static void V3_another_one_by_its_number(struct world *w)
{
    known(w, S("Kanal umstellen"), SOLUTION_L1, SOLUTION_VALIDATED);
    struct desk_case c = desk_case(w);
    struct seen s =
        send_sheet(&c, ADA, "geloest", "solution=andere&other=L-999&told=1&message=Mein+Text");
    check(s.status == 422 && web_shows(&s, "There is no solution with this number")
          && web_shows(&s, "value=\"L-999\""));
    check(web_shows(&s, ">Mein Text</textarea>")
          && web_shows(&s, "value=\"andere\" data-next=\"other\" checked"));
    w->lang = LANG_DE;
    s = send_sheet(&c, ADA, "geloest", "solution=andere&other=waschmaschine&told=1");
    check(s.status == 422 && web_shows(&s, "Dazu steht nichts im Wissen."));
    s = send_sheet(&c, ADA, "geloest", "solution=&other=&told=1");
    check(s.status == 422 && web_shows(&s, "Welche Lösung hat geholfen?</p>"));
    check(send_sheet(&c, ADA, "geloest", "solution=andere&other=l101&told=1").status == 303);
    check(ask(w, "select count(*) from ticket where status = 6 and solution = 1") == 1);
}

static void V4_a_new_one_from_the_lagebild(struct world *w)
{
    struct desk_case c = accepted(w);
    struct seen s = get_sheet(&c, CEM, "geloest");
    check(web_shows(&s, "name=\"title\" value=\"WLAN geht nicht\"")
          && web_shows(&s, ">Alle Lampen an</textarea>"));
    s = send_sheet(
        &c, CEM, "geloest",
        "solution=neu&title=&words=meine+Worte&steps=Kanal+6&audience=1&for-1=1&told=1");
    check(s.status == 422 && web_shows(&s, "title-problem")
          && web_shows(&s, ">meine Worte</textarea>"));
    check(ask(w, "select count(*) from solution") == 0);
    s = send_sheet(&c, CEM, "geloest",    // S11
                   "solution=neu&title=WLAN+weg&words=meine+Worte&steps=&audience=1&for-1=1&told=1");
    check(s.status == 422 && web_shows(&s, "steps-problem")
          && web_shows(&s, ">meine Worte</textarea>"));
    s = send_sheet(&c, CEM, "geloest",
                   "solution=neu&title=WLAN+weg&words=meine+Worte&steps=Kanal+6&audience=1&for-"
                   "1=1&told=1");
    check(s.status == 303);
    check(ask(w, "select count(*) from solution where title = 'WLAN weg' and audience = 1 and "
                 "confidence = 2")
          == 1);
    check(ask(w, "select count(*) from solution_link where role = 1 and existed = 0") == 1);
    check(ask(w, "select count(*) from duty") == 0);
}

static void V4_what_the_1st_level_may_not_use_is_owed(struct world *w)
{
    struct desk_case c = accepted(w);
    check(
        send_sheet(&c, CEM, "geloest", "solution=neu&title=WLAN+weg&steps=Kanal+6&audience=1&for-2=1"
                     "&told=1")
            .status
        == 303);
    check(ask(w, "select count(*) from duty where team = 2") == 1);
}

static void V5_the_customer_knows(struct world *w)
{
    known(w, S("Kanal umstellen"), SOLUTION_L1, SOLUTION_VALIDATED);
    struct desk_case c = desk_case(w);
    struct seen s = get_sheet(&c, ADA, "geloest");
    check(web_shows(&s, "There is no mail address")
          && web_shows(&s, "name=\"told\" value=\"1\" checked"));
    s = send_sheet(&c, ADA, "geloest", "solution=L-101&message=Es+geht+wieder,+wirklich");
    check(s.status == 422 && web_shows(&s, "told-problem")
          && web_shows(&s, "Es geht wieder, wirklich"));
    check(ask(w, "select count(*) from message") == 0
          && ask(w, "select count(*) from solution_link") == 0);
    case_with_mail(w);
    s = get_sheet(&c, ADA, "geloest");
    check(lacks(&s, "name=\"told\" value=\"1\" checked"));
    s = send_sheet(&c, ADA, "geloest", "solution=L-101&message=");
    check(s.status == 422 && web_shows(&s, "told-problem"));
    s = send_sheet(&c, ADA, "geloest", "solution=L-101&message=Guten+Tag+Karin+Brandt,");
    check(s.status == 422 && web_shows(&s, "There is nothing but the greeting."));
    check(send_sheet(&c, ADA, "geloest", "solution=L-101&message=Es+geht&told=1").status
          == 303);
    check(ask(w, "select count(*) from outbox") == 0
          && ask(w, "select count(*) from message where kind = 1") == 0);
}

static void V6_in_words_and_owed(struct world *w)
{
    struct desk_case c = accepted(w);
    struct seen s = send_sheet(&c, CEM, "geloest", "solution=ohne&how=2&text=kurz&told=1");
    check(s.status == 422 && web_shows(&s, "text-problem")
          && web_shows(&s, ">kurz</textarea>"));
    check(send_sheet(&c, CEM, "geloest",
                     "solution=ohne&how=2&text=Port+am+Verteiler+neu+gesteckt&told=1")
              .status
          == 303);
    check(ask(w, "select count(*) from duty where team = 2 and state = 1") == 1);
}

static void V6_gone_by_itself_owes_nothing(struct world *w)
{
    struct desk_case c = accepted(w);
    check(send_sheet(&c, CEM, "geloest", "solution=ohne&how=3&text=&told=1").status == 303);
    check(ask(w, "select count(*) from duty") == 0
          && ask(w, "select status from ticket") == TICKET_SOLVED);
}

static void B1_B3_what_was_typed_is_not_lost(struct world *w)
{
    struct desk_case c = desk_case(w);
    struct seen s =
        web_post(w, ADA, sheet_url(&c, "geloest"),
                 "version=1&solution=ohne&how=2&text=Port+am+Verteiler+neu+gesteckt&told=1");
    check(s.status == 409 && web_shows(&s, ">Port am Verteiler neu gesteckt</textarea>"));
    check(send_sheet(&c, ADA, "geloest",
                     "tun=zurueck&solution=neu&title=Halber+Titel&steps=Eins&message=Halb&"
                     "audience=1&for-2=1")
              .status
          == 303);
    s = get_sheet(&c, ADA, "geloest");
    check(web_shows(&s, "value=\"Halber Titel\"") && web_shows(&s, ">Halb</textarea>")
          && web_shows(&s, ">Eins"));
    check(web_shows(&s, "value=\"neu\" data-next=\"title\" checked"));
    check(lacks(&s, "name=\"for-1\" value=\"1\" checked"));
    check(get_sheet(&c, CEM, "geloest").status == 404
          && get_sheet(&c, GERO, "geloest").status == 403);
}

const struct test solve_http_tests[] = {
    T(V1_a_known_solution_and_the_message_that_is_there),
    T(V2_nobody_is_offered_what_is_not_for_him),
    T(V2_what_helped_in_similar_cases),
    T(V2_what_the_page_of_a_case_suggests_is_offered),
    T(V2_what_fits_the_words_of_a_case_nobody_classified),
    T(V2_what_a_return_named_is_offered_first),
    T(V3_another_one_by_its_number),
    T(V4_a_new_one_from_the_lagebild),
    T(V4_what_the_1st_level_may_not_use_is_owed),
    T(V5_the_customer_knows),
    T(V6_in_words_and_owed),
    T(V6_gone_by_itself_owes_nothing),
    T(B1_B3_what_was_typed_is_not_lost),
    {0},
};
