// SPDX-License-Identifier: GPL-3.0-or-later
#include "engagement/engagement_http_test.h"
#include "engagement/engagement_target.h"
#include "clock/agreement.h"
#include "routing/rule.h"
#include "solution/step.h"
#include "staff/authority.h"
#include "staff/crew.h"
#include "staff/skill.h"
#include "testing/taught.h"

static void S2_everything_known_is_filled_in(struct world *w)
{
    struct desk_case c = desk_case(w);
    struct seen s = get_sheet(&c, ADA, "uebergabe");
    check(s.status == 200 && web_shows(&s, ">Alle Lampen an</textarea>"));
    check(web_shows(&s, "Karin Brandt, 089 1234567</textarea>") && web_shows(&s, "✓ there"));
    check(web_shows(&s, "○ missing") && web_shows(&s, "3 of 4")
          && web_shows(&s, "value=\"3\""));
    check(web_shows(&s, "value=\"20 Nov 2026\"") && web_shows(&s, "The team has until"));
    check(web_shows(&s, "value=\"2\" checked autofocus")
          && web_shows(&s, "The only team of the next level."));
    w->lang = LANG_DE;
    s = get_sheet(&c, ADA, "uebergabe");
    check(web_shows(&s, "Übergabevertrag") && web_shows(&s, "✓ da")
          && web_shows(&s, "3 von 4"));
    check(web_shows(&s, "value=\"20.11.2026\"")
          && web_shows(&s, "Das einzige Team des nächsten Levels."));
}

static void S1_three_keys_and_a_text(struct world *w)
{
    struct desk_case c = desk_case(w);
    struct seen s =
        send_sheet(&c, ADA, "uebergabe",
                   "team=2&problem=Alle+Lampen+an&tried=Neustart+ohne+Erfolg&situation=X2"
                   "&day=heute&clock=14:00&cause=1&asked_for=1");
    check(s.status == 303 && str_ends(s.to, c.number));
    check(ask(w, "select count(*) from engagement where to_team = 2 and state = 1 and "
                 "completeness = 100")
          == 1);
    check(ask(w, "select count(*) from engagement where promised = 'Rückmeldung bis "
                 "20.11.2026, 14:00 Uhr'")
          == 1);
    check(ask(w, "select count(*) from engagement where from_person = 1 and problem = 'Alle "
                 "Lampen an'")
          == 1);
}

static void S3_the_time_moves_the_promise(struct world *w)
{
    struct desk_case c = desk_case(w);
    check(ask(w, "select count(*) from promise where state = 1") == 1);
    check(send_sheet(&c, ADA, "uebergabe",
                     "team=2&problem=x&day=24.11.&clock=10&cause=1&asked_for=1")
              .status
          == 303);
    check(ask(w, "select count(*) from promise where state = 1 and due = 1795510800000") == 1);
    check(ask(w, "select due from ticket") == 1795510800000);
    check(ask(w, "select count(*) from promise where state = 3 and reason <> ''") == 1);
}

static void S3_an_unchanged_time_moves_nothing(struct world *w)
{
    struct desk_case c = desk_case(w);
    struct seen s = get_sheet(&c, ADA, "uebergabe");
    isize at = str_find(s.page, S("name=\"clock\" value=\""));
    str clock = str_head(str_cut(s.page, at + 20), 5);
    const char *form =
        arena_z(&w->kept, arena_fmt(&w->kept,
                                    "team=2&problem=x&day=20.11.2026&clock=" STR_FMT
                                    "&cause=1&asked_for=1",
                                    STR_ARG(clock)));
    check(send_sheet(&c, ADA, "uebergabe", form).status == 303);
    check(ask(w, "select count(*) from promise") == 1);
}

static void S3_without_a_promise_one_is_given(struct world *w)
{
    struct desk_case c = desk_case(w);
    struct ctx *cx = begin_as(w, ADA);
    check(db_script(cx, "update promise set state = 2; update ticket set due = null") == OK
          && end(w, OK) == OK);
    struct seen s = get_sheet(&c, ADA, "uebergabe");
    check(s.status == 200 && lacks(&s, "name=\"clock\" value=\"\""));
    check(send_sheet(&c, ADA, "uebergabe",
                     "team=2&problem=x&day=heute&clock=14&what=Rückruf&cause=1&asked_for=1")
              .status
          == 303);
    check(ask(w, "select count(*) from promise where state = 1 and what = 'Rückruf'") == 1);
    check(ask(w, "select count(*) from engagement where promised = 'Rückruf bis 20.11.2026, "
                 "14:00 Uhr'")
          == 1);
}

static void S4_the_customer_is_told_by_mail(struct world *w)
{
    struct desk_case c = desk_case(w);
    struct seen s = get_sheet(&c, ADA, "uebergabe");
    check(lacks(&s, "name=\"tell\""));    // nowhere to write to
    check(web_shows(&s, "<q lang=\"de\">Wir haben für Ihr Anliegen")
          && web_shows(&s, "Sie hören bis heute "));
    check(web_shows(&s, "Say it on the phone:") && web_shows(&s, "read out the case number"));
    case_with_mail(w);
    w->lang = LANG_DE;
    s = get_sheet(&c, ADA, "uebergabe");
    check(web_shows(&s, "name=\"tell\" value=\"1\" checked")
          && web_shows(&s, "<q lang=\"de\">wir haben für Ihr Anliegen bei der Fachtechnik um "
                           "Hilfe gebeten. Sie hören bis Freitag, 20. November, "));
    w->lang = LANG_EN;    // who writes reads English; Karin does not
    s = get_sheet(&c, ADA, "uebergabe");
    check(web_shows(&s, "<q lang=\"de\">wir haben für Ihr Anliegen bei der Fachtechnik"));
    check(send_sheet(&c, ADA, "uebergabe",
                     "team=2&problem=x&day=heute&clock=14:00&cause=1&asked_for=1&tell=1")
              .status
          == 303);
    check(ask(w, "select count(*) from message where kind = 1 and body like 'Guten Tag Karin "
                 "Brandt,\n\nwir haben für%bei der Fachtechnik um Hilfe gebeten. Sie hören bis "
                 "Freitag, 20. November, 14:00 Uhr von uns.'")
          == 1);
    check(ask(w, "select count(*) from outbox") == 1);
}

// What she was promised are words, and these she has not heard yet.
static void S4_that_word_answers_nothing(struct world *w)
{
    struct desk_case c = desk_case(w);
    case_with_mail(w);
    struct ctx *cx = begin_as(w, ADA);
    check(db_script(cx, "update promise set what = 'ob der Neustart verlegt wird'") == OK
          && end(w, OK) == OK);
    struct seen s = get_sheet(&c, ADA, "uebergabe");
    check(web_shows(&s, "name=\"what\" value=\"ob der Neustart verlegt wird\""));
    isize at = str_find(s.page, S("name=\"clock\" value=\""));
    str form = arena_fmt(&w->kept,
                         "team=2&problem=x&day=20.11.2026&clock=" STR_FMT
                         "&cause=1&asked_for=1&tell=1&what=ob+der+Neustart+verlegt+wird",
                         STR_ARG(str_head(str_cut(s.page, at + 20), 5)));
    check(send_sheet(&c, ADA, "uebergabe", arena_z(&w->kept, form)).status == 303);
    check(ask(w, "select count(*) from outbox") == 1 && ask(w, "select count(*) from promise") == 1);
    check(ask(w, "select count(*) from promise where state = 1 and what like 'ob der%'") == 1);
}

static void S4_another_time_moves_it_until_the_mail_is_taken_back(struct world *w)
{
    struct desk_case c = desk_case(w);
    case_with_mail(w);
    int64_t before = ask(w, "select due from ticket");
    check(send_sheet(&c, ADA, "uebergabe",
                     "team=2&problem=x&day=24.11.&clock=10&cause=1&asked_for=1&tell=1")
              .status
          == 303);
    check(ask(w, "select count(*) from promise where state = 2") == 0);
    check(ask(w, "select count(*) from promise where state = 3") == 1);
    check(ask(w, "select due from ticket") == 1795510800000);
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at at = {c.id, TICKET_ANY_VERSION};
    instant said = {ask(w, "select at from message where kind = 1")};
    check(end(w, promise_unanswered(cx, &at, said)) == OK);
    check(ask(w, "select due from ticket") == before);
    check(ask(w, "select count(*) from promise where state = 1") == 1);
}

static void S4_it_is_shown_for_the_team_that_is_chosen(struct world *w)
{
    struct desk_case c = accepted(w);
    case_with_mail(w);
    struct seen s = send_sheet(&c, CEM, "uebergabe",
                               "tun=merken&team=3&problem=x&day=24.11.&clock=10&tell=1");
    check(s.status == 200 && web_shows(&s, "bei unseren Spezialisten um Hilfe gebeten."));
    check(web_shows(&s, "Dienstag, 24. November, 10:00 Uhr von uns") && lacks(&s, "<form"));
    s = get_sheet(&c, CEM, "uebergabe");
    check(web_shows(&s, "bei unseren Spezialisten um Hilfe gebeten."));
}

// Friday noon, 20 November, is when the desk's agreements begin.
static void S9_until_when_to_accept_is_a_time(struct world *w)
{
    check(end(w, agreement_begin(begin_as(w, GERO))) == OK);
    later(w, 36 * 3600);
    struct desk_case c = desk_case(w);
    w->lang = LANG_DE;
    struct seen s = get_sheet(&c, ADA, "uebergabe");
    check(web_shows(&s, "Das Team hat für die Annahme Zeit bis <time datetime=\"2026-11-23T"));
}

static void S4_unless_the_tick_is_taken_away(struct world *w)
{
    struct desk_case c = desk_case(w);
    case_with_mail(w);
    check(send_sheet(&c, ADA, "uebergabe",
                     "team=2&problem=x&day=heute&clock=14:00&cause=1&asked_for=1")
              .status
          == 303);
    check(ask(w, "select count(*) from message") == 0
          && ask(w, "select count(*) from promise where state = 3") == 1);
}

static void S2_problem_and_promise_must_be_there(struct world *w)
{
    struct desk_case c = desk_case(w);
    struct seen s = send_sheet(
        &c, ADA, "uebergabe",
        "team=2&problem=&tried=Neustart+versucht&day=&clock=&what=&cause=1&asked_for=1");
    check(s.status == 422 && web_shows(&s, "href=\"#problem\"")
          && web_shows(&s, "href=\"#promised\""));
    check(web_shows(&s, "problem-problem") && web_shows(&s, "promised-problem"));
    check(web_shows(&s, "Neustart versucht") && web_shows(&s, "1 of 4"));
    check(ask(w, "select count(*) from engagement") == 0);
    w->lang = LANG_DE;
    s = send_sheet(&c, ADA, "uebergabe",
                   "team=2&problem=x&day=heute&clock=9:00&cause=1&asked_for=1");
    check(s.status == 422 && web_shows(&s, "Diese Zeit ist schon vorbei"));
    s = send_sheet(&c, ADA, "uebergabe",
                   "team=2&problem=x&day=bald&clock=9:00&cause=1&asked_for=1");
    check(s.status == 422 && web_shows(&s, "Bitte Tag und Uhrzeit angeben")
          && web_shows(&s, "value=\"bald\""));
    check(ask(w, "select count(*) from promise where state <> 1") == 0);
}

static void S2_nothing_promised_is_an_answer(struct world *w)
{
    struct desk_case c = desk_case(w);
    check(send_sheet(&c, ADA, "uebergabe",
                     "team=2&problem=x&day=&clock=&what=nichts&cause=1&asked_for=1")
              .status
          == 303);
    check(ask(w, "select count(*) from engagement where promised = 'nichts'") == 1);
    check(ask(w, "select count(*) from promise where state = 1") == 1);
}

static void S2_towards_the_third_level_what_is_asked_for_is_missed_at_its_field(struct world *w)
{
    struct desk_case c = accepted(w);
    struct seen s = get_sheet(&c, CEM, "uebergabe");
    check(web_shows(&s, "Only the problem, the promise, what is lacking here and what is asked for must be there."));
    s = send_sheet(&c, CEM, "uebergabe", "team=3&problem=x&day=heute&clock=15&cause=1");
    check(s.status == 422 && web_shows(&s, "What is needed: know-how, a fix"));
    check(web_shows(&s, "name=\"asked_for\" value=\"1\" autofocus")
          && lacks(&s, "value=\"3\" checked autofocus"));
}

// A second team of level 2, before the other one by its name.
static void S8_no_team_is_chosen_by_its_name(struct world *w)
{
    radio_team(w);
    struct desk_case c = desk_case(w);
    struct seen s = get_sheet(&c, ADA, "uebergabe");
    check(web_shows(&s, "Aaa radio") && web_shows(&s, "<b>Network</b>"));
    check(web_shows(&s, "Please choose: nothing speaks clearly for one team."));
    check(lacks(&s, "name=\"team\" value=\"2\" checked") && lacks(&s, "value=\"5\" checked"));
    w->lang = LANG_DE;
    s = send_sheet(&c, ADA, "uebergabe",
                   "problem=Mein+Text&day=heute&clock=14:00&what=Anruf&asked_for=1");
    check(s.status == 422 && web_shows(&s, "Bitte wähle ein Team.")
          && web_shows(&s, "Bitte wähle, woran es hier fehlt."));
    check(web_shows(&s, ">Mein Text</textarea>") && web_shows(&s, "value=\"Anruf\""));
    check(ask(w, "select count(*) from engagement") == 0);
}

static void S8_what_is_sent_chooses_no_team_by_itself(struct world *w)
{
    struct desk_case c = desk_case(w);
    struct seen s = get_sheet(&c, ADA, "uebergabe");
    check(web_shows(&s, "name=\"team\" value=\"2\" checked"));
    s = send_sheet(&c, ADA, "uebergabe", "problem=x&day=heute&clock=14:00&asked_for=1&cause=3");
    check(s.status == 422 && lacks(&s, "name=\"team\" value=\"2\" checked"));
}

static void A6_who_took_part_before_stands_out(struct world *w)
{
    team_id radio = radio_team(w);
    struct desk_case c = desk_case(w);
    engagement_id id = ask_a_team(&c, radio);
    struct seen s = get_sheet(&c, ADA, "uebergabe");
    check(lacks(&s, "name=\"team\" value=\"5\" checked"));    // only asked
    check(end(w, engagement_answer(begin_as(w, BEN), (struct engagement_at){id, 1},
                                   S("Ja, der Funk ist es.")))
          == OK);
    s = get_sheet(&c, ADA, "uebergabe");
    check(web_shows(&s, "name=\"team\" value=\"5\" checked autofocus")
          && web_shows(&s, "Took part in this case before."));
}

static void A6_of_two_as_good_nobody_stands_out(struct world *w)
{
    (void)w;
    struct engagement_target t[] = {{.evidence = EVIDENCE_PRODUCT},
                                    {.evidence = EVIDENCE_PRODUCT},
                                    {.evidence = EVIDENCE_LEVEL}};
    check(engagement_target_evident(t, 3) == NULL);
    t[2].evidence = EVIDENCE_RULE;
    check(engagement_target_evident(t, 3) == &t[2]);
    t[0].evidence = t[1].evidence = t[2].evidence = 0;
    check(engagement_target_evident(t, 3) == NULL);
}

static void S5_a_cause_is_chosen_when_the_case_says_so(struct world *w)
{
    struct desk_case c = desk_case(w);
    struct seen s = get_sheet(&c, ADA, "uebergabe");
    check(lacks(&s, "name=\"cause\" value=\"1\" aria-keyshortcuts=\"k\" checked"));
    check(web_shows(&s, "Please choose."));
    solution_id known = {0};
    struct solution n = {.kind = SOLUTION_FIX,
                         .confidence = SOLUTION_VALIDATED,
                         .audience = SOLUTION_L1,
                         .lang = LANG_DE,
                         .title = S("Neustart")};
    struct ticket_at at = {c.id, TICKET_ANY_VERSION};
    check(end(w, solution_add(begin_as(w, EVA), &n, &known)) == OK);
    check(end(w, step_add(begin_as(w, ADA), &at, known, S("Neustart"), STEP_FAILED)) == OK);
    s = get_sheet(&c, ADA, "uebergabe");
    check(web_shows(&s, "name=\"cause\" value=\"1\" aria-keyshortcuts=\"k\" checked")
          && web_shows(&s, "Steps of a known solution did not help."));
    struct authority_rule no = {1, AUTHORITY_SOLVE, {0}, false, 0};
    check(end(w, authority_save(begin(w), &no)) == OK);
    s = get_sheet(&c, ADA, "uebergabe");
    check(web_shows(&s, "name=\"cause\" value=\"3\" aria-keyshortcuts=\"i\" checked")
          && web_shows(&s, "This level may not solve this topic itself."));
}

static void B3_of_a_case_that_changed_the_text_comes_back(struct world *w)
{
    struct desk_case c = desk_case(w);
    struct seen s = web_post(
        w, ADA, sheet_url(&c, "uebergabe"),
        "version=1&team=2&problem=Mein+Text&day=heute&clock=14:00&cause=1&asked_for=1");
    check(s.status == 409 && web_shows(&s, ">Mein Text</textarea>"));
    check(web_shows(&s, "The case has changed meanwhile"));
    check(ask(w, "select count(*) from promise where state <> 1") == 0);
}

static void B1_who_leaves_finds_the_sheet_as_it_was(struct world *w)
{
    struct desk_case c = desk_case(w);
    struct seen s = send_sheet(
        &c, ADA, "uebergabe",
        "tun=zurueck&team=2&problem=halb&tried=&clock=15:00&day=heute&cause=1&asked_for=3");
    check(s.status == 303);
    s = get_sheet(&c, ADA, "uebergabe");
    check(web_shows(&s, ">halb</textarea>") && web_shows(&s, "value=\"15:00\""));
    check(web_shows(&s, "name=\"asked_for\" value=\"3\" checked"));
    check(ask(w, "select count(*) from engagement") == 0);
    s = send_sheet(&c, ADA, "uebergabe",
                   "team=2&problem=ganz&day=heute&clock=15:00&cause=1&asked_for=1");
    check(s.status == 303 && ask(w, "select count(*) from draft") == 0);
}

static void G11_only_the_team_that_works_on_it(struct world *w)
{
    struct desk_case c = handed_over(w);
    check(send_sheet(&c, CEM, "uebergabe",
                     "team=3&problem=x&day=heute&clock=15&cause=1&asked_for=2")
              .status
          == 403);
    check(get_sheet(&c, DORA, "uebergabe").status == 404);
    check(get_sheet(&c, GERO, "uebergabe").status == 403);
    check(get_sheet(&c, NINA, "uebergabe").status == 404);
}

// --- engagement_target.h -------------------------------------------------------------------

static void A1_nobody_who_would_refuse_is_offered(struct world *w)
{
    struct desk_case c = desk_case(w);
    struct seen s = get_sheet(&c, ADA, "uebergabe");
    check(web_shows(&s, "Network") && lacks(&s, "<b>Experts</b>")
          && lacks(&s, "<b>Service desk</b>"));
    s = get_sheet(&c, EVA, "uebergabe");
    check(web_shows(&s, "<b>Experts</b>") && web_shows(&s, "Skips a level."));
    struct ctx *cx = begin(w);
    check(db_script(cx, "update person set disabled = 1 where id = 3") == OK
          && end(w, OK) == OK);
    s = get_sheet(&c, ADA, "uebergabe");
    check(web_shows(&s, "There is no team that could take this case."));
}

static void A2_who_took_most_of_a_kind_comes_first(struct world *w)
{
    struct ctx *cx = begin(w);
    team_id wifi;
    category_id wlan;
    check(team_add(cx, &(struct team){.name = SAY("Aaa wifi", "Aaa Funk"), .level = 2}, &wifi)
          == OK);
    check(person_join(cx, (person_id){BEN}, wifi) == OK);
    check(category_add(cx, &(struct category){.name = SAY("Wifi", "WLAN")}, &wlan) == OK);
    check(end(w, OK) == OK);
    struct desk_case c = desk_case(w);
    struct seen s = get_sheet(&c, ADA, "uebergabe");
    check(str_find(s.page, S("Aaa wifi")) < str_find(s.page, S("<b>Network</b>")));
    cx = begin(w);
    check(db_script(cx, "update ticket set category = 1") == OK && end(w, OK) == OK);
    check(send_sheet(&c, ADA, "uebergabe",
                     "team=2&problem=x&day=heute&clock=15&cause=1&asked_for=1")
              .status
          == 303);
    check(answer_sheet(&c, CEM, "annehmen/1", "version=1&line=Ich+prüfe+das+jetzt").status
          == 303);
    c = desk_case(w);
    cx = begin(w);
    check(db_script(cx, "update ticket set category = 1") == OK && end(w, OK) == OK);
    s = get_sheet(&c, ADA, "uebergabe");
    check(str_find(s.page, S("Aaa wifi")) > str_find(s.page, S("<b>Network</b>")));
    check(web_shows(&s, "Took 1 of the last 1 cases about “Wifi”."));
    w->lang = LANG_DE;
    s = get_sheet(&c, ADA, "uebergabe");
    check(web_shows(&s, "Hat 1 der letzten 1 Vorgänge zu „WLAN“ übernommen."));
}

// Within a transaction.
static void access_team(struct ctx *cx, category_id serves)
{
    struct crew crew = {.team = {.name = SAY("Access", "Anschluss"), .level = 2},
                        .assign = CREW_PULL,
                        .capacity = 3,
                        .member = (const int64_t[]){CEM},
                        .members = 1,
                        .category = &serves.n,
                        .categories = 1};
    team_id id;
    check(crew_save(cx, &crew, &id) == OK);
}

static void A5_who_serves_the_topic_comes_first(struct world *w)
{
    struct desk_case c = desk_case(w);
    struct category topic = {.name = WORDS("Wi-Fi", "WLAN")};
    struct ticket_class class = {0};
    struct ctx *cx = begin(w);
    struct ticket_at at = {c.id, TICKET_ANY_VERSION};
    check(category_add(cx, &topic, &class.category) == OK);
    check(ticket_classify(cx, &at, &class) == OK);
    access_team(cx, class.category);
    check(end(w, OK) == OK);
    struct seen s = get_sheet(&c, ADA, "uebergabe");
    isize own = str_find(s.page, S("value=\"5\"")), net = str_find(s.page, S("value=\"2\""));
    check(web_shows(&s, "Serves “Wi-Fi”.") && own > 0 && own < net);
    struct authority_rule no = {2, AUTHORITY_SOLVE, class.category, false, 0};
    check(end(w, authority_save(begin(w), &no)) == OK);
    s = get_sheet(&c, ADA, "uebergabe");
    check(web_shows(&s, "There is no team that could take this case."));
}

// A team serves Wi-Fi; nobody has said of the case that it is about Wi-Fi.
static void A8_the_solution_that_was_tried_says_the_topic(struct world *w)
{
    radio_team(w);
    struct desk_case c = desk_case(w);
    struct category topic = {.name = WORDS("Wi-Fi", "WLAN")};
    struct solution tip = {.kind = SOLUTION_FIX,
                           .confidence = SOLUTION_VALIDATED,
                           .audience = SOLUTION_L1,
                           .lang = LANG_DE,
                           .title = S("Neustart")};
    struct ticket_at at = {c.id, TICKET_ANY_VERSION};
    struct ctx *cx = begin_as(w, EVA);
    check(category_add(cx, &topic, &tip.category) == OK);
    access_team(cx, tip.category);
    check(solution_add(cx, &tip, &tip.id) == OK && end(w, OK) == OK);
    struct seen s = get_sheet(&c, ADA, "uebergabe");
    check(lacks(&s, "name=\"team\" value=\"6\" checked"));
    check(end(w, step_add(begin_as(w, ADA), &at, tip.id, S("Neustart"), STEP_FAILED)) == OK);
    s = get_sheet(&c, ADA, "uebergabe");
    check(web_shows(&s, "value=\"6\" checked") && web_shows(&s, "Serves “Wi-Fi”."));
}

static void A8_else_what_solved_cases_suggest_says_it(struct world *w)
{
    struct taught d = taught(w);
    struct desk_case c = desk_case(w);
    struct ctx *cx = begin(w);
    access_team(cx, d.line);
    check(end(w, OK) == OK);
    struct seen s = get_sheet(&c, ADA, "uebergabe");
    check(lacks(&s, "Serves “Line”."));
    cx = begin(w);
    check(db_script(cx, "update ticket set subject = 'dsl rot', problem = 'kein internet' "
                        "where work_team = 1 and status < 6")
              == OK
          && end(w, OK) == OK);
    s = get_sheet(&c, ADA, "uebergabe");
    check(web_shows(&s, "Serves “Line”."));
}

static void A1_who_wants_to_learn_it_is_offered(struct world *w)
{
    struct desk_case c = desk_case(w);
    struct category topic = {.name = WORDS("Wi-Fi", "WLAN")};
    struct ticket_class class = {0};
    struct ctx *cx = begin(w);
    struct ticket_at at = {c.id, TICKET_ANY_VERSION};
    struct skill_need need = {.depth = 2};
    check(category_add(cx, &topic, &class.category) == OK);
    need.category = class.category;
    check(ticket_classify(cx, &at, &class) == OK);
    check(skill_add(cx, SAY("Radio", "Funk"), &need.skill) == OK);
    check(skill_need_add(cx, &need) == OK && end(w, OK) == OK);
    struct authority_rule no = {2, AUTHORITY_SOLVE, class.category, false, 0};
    check(end(w, authority_save(begin(w), &no)) == OK);
    check(send_sheet(&c, ADA, "uebergabe",
                     "team=2&problem=x&day=heute&clock=15&cause=1&asked_for=1")
              .status
          == 422);
    check(end(w, skill_say(begin_as(w, CEM), need.skill, 0, true)) == OK);
    struct seen s = get_sheet(&c, ADA, "uebergabe");
    check(web_shows(&s, "May not solve this topic itself, but wants to learn it."));
    check(send_sheet(&c, ADA, "uebergabe",
                     "team=2&problem=x&day=heute&clock=15&cause=1&asked_for=1")
              .status
          == 303);
}

static void A1_a_rule_opens_the_way_to_a_higher_level(struct world *w)
{
    struct desk_case c = desk_case(w);
    struct rule r = {.name = S("Gleich zu den Experten"),
                     .active = true,
                     .words = S("lampen"),
                     .team = {EXPERTS}};
    const char *sheet = "team=3&problem=x&day=heute&clock=15&cause=1&asked_for=2";
    check(send_sheet(&c, ADA, "uebergabe", sheet).status == 422);
    check(end(w, rule_save(begin(w), &r, &r.id)) == OK);
    struct seen s = get_sheet(&c, ADA, "uebergabe");
    check(web_shows(&s, "<b>Experts</b>")
          && web_shows(&s, "A rule of this desk sends such cases here."));
    check(web_shows(&s, "name=\"team\" value=\"3\" checked"));
    check(send_sheet(&c, ADA, "uebergabe", sheet).status == 303);
    check(ask(w, "select count(*) from event where data like '%\"skip\":true%'") == 1);
}

static void A4_a_department_is_only_asked(struct world *w)
{
    struct crew bills = {
        .team = {.name = SAY("Billing", "Rechnung"), .level = 2, .department = true},
        .assign = CREW_PULL,
        .capacity = 3,
        .member = (const int64_t[]){BEN},
        .members = 1};
    team_id id;
    check(end(w, crew_save(begin(w), &bills, &id)) == OK);
    struct desk_case c = desk_case(w);
    struct seen s = get_sheet(&c, EVA, "uebergabe");
    check(lacks(&s, "Billing"));
    s = get_sheet(&c, ADA, "rueckfrage");
    check(web_shows(&s, "A department: is asked, never handed the case."));
    check(str_find(s.page, S("<b>Network</b>")) < str_find(s.page, S("<b>Billing</b>")));
}

static void A4_a_vendor_is_only_asked(struct world *w)
{
    struct ctx *cx = begin(w);
    team_id id;
    check(team_add(cx, &(struct team){.name = SAY("Maker", "Hersteller"), .level = 4}, &id)
          == OK);
    check(end(w, OK) == OK);
    struct desk_case c = desk_case(w);
    struct seen s = get_sheet(&c, EVA, "uebergabe");
    check(lacks(&s, "Maker"));
    s = get_sheet(&c, ADA, "rueckfrage");
    check(web_shows(&s, "Maker") && web_shows(&s, "Outside: is asked, never handed the case."));
}

const struct test handover_http_tests[] = {
    T(S2_everything_known_is_filled_in),
    T(S1_three_keys_and_a_text),
    T(S3_the_time_moves_the_promise),
    T(S3_an_unchanged_time_moves_nothing),
    T(S3_without_a_promise_one_is_given),
    T(S4_the_customer_is_told_by_mail),
    T(S4_that_word_answers_nothing),
    T(S4_another_time_moves_it_until_the_mail_is_taken_back),
    T(S4_it_is_shown_for_the_team_that_is_chosen),
    T(S9_until_when_to_accept_is_a_time),
    T(S4_unless_the_tick_is_taken_away),
    T(S2_problem_and_promise_must_be_there),
    T(S2_towards_the_third_level_what_is_asked_for_is_missed_at_its_field),
    T(S2_nothing_promised_is_an_answer),
    T(S8_no_team_is_chosen_by_its_name),
    T(S8_what_is_sent_chooses_no_team_by_itself),
    T(A6_who_took_part_before_stands_out),
    T(A6_of_two_as_good_nobody_stands_out),
    T(S5_a_cause_is_chosen_when_the_case_says_so),
    T(B3_of_a_case_that_changed_the_text_comes_back),
    T(B1_who_leaves_finds_the_sheet_as_it_was),
    T(G11_only_the_team_that_works_on_it),
    T(A1_nobody_who_would_refuse_is_offered),
    T(A2_who_took_most_of_a_kind_comes_first),
    T(A5_who_serves_the_topic_comes_first),
    T(A8_the_solution_that_was_tried_says_the_topic),
    T(A8_else_what_solved_cases_suggest_says_it),
    T(A1_who_wants_to_learn_it_is_offered),
    T(A1_a_rule_opens_the_way_to_a_higher_level),
    T(A4_a_vendor_is_only_asked),
    T(A4_a_department_is_only_asked),
    {0},
};
