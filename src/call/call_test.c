// SPDX-License-Identifier: GPL-3.0-or-later
#include "call/call_test.h"

#include "call/call.h"
#include "major/major.h"
#include "search/index.h"
#include "solution/solution_test.h"

static const char *keep_z(struct world *w, str s)
{
    return arena_z(&w->kept, s);
}

static void C1_the_first_words_make_a_case(struct world *w)
{
    struct seen s =
        web_post(w, ADA, "/w/call",
                 "tun=suchen&wer=Karin Brandt&erreichbar=040 66969 114&sagt=wlan geht nicht");
    check(s.status == 303);
    str number = number_behind(w, &s, "/w/call/");
    s = web_get(w, ADA, path(w, "/w/call/", number, ""));
    check(s.status == 200 && web_shows(&s, "wlan geht nicht") && web_shows(&s, "Karin Brandt"));
    check(ask(w, "select count(*) from ticket where channel = 1") == 1);
}

static void C1_nothing_is_not_a_call(struct world *w)
{
    struct seen s = web_post(w, ADA, "/w/call", "tun=suchen&wer=&sagt= ");
    check(s.status == 422);
    s = web_post(w, ADA, "/w/call",
                 "tun=f9&wer=&sagt= &wie=Der Stecker war locker, jetzt geht es.");
    check(s.status == 422 && web_shows(&s, "Who calls?") && web_shows(&s, "id=\"wer-problem\"")
          && web_shows(&s, "id=\"sagt-problem\""));
    check(ask(w, "select count(*) from ticket") == 0);
}

static void C1_a_name_alone_leads_on_to_the_line(struct world *w)
{
    struct seen s = web_post(w, ADA, "/w/call", "tun=suchen&wer=Karin Brandt&sagt=&steht=1");
    check(s.status == 200 && web_shows(&s, "value=\"Karin Brandt\""));
    check(web_shows(&s, "maxlength=\"500\" autofocus")
          && !web_shows(&s, "maxlength=\"300\" autofocus"));
    check(web_shows(&s, "name=\"steht\" value=\"1\" checked"));
    check(ask(w, "select count(*) from ticket") == 0);
    s = web_post(w, ADA, "/w/call",
                 "tun=parken&wer=Karin Brandt&sagt=");    // wants to be called
    check(s.status == 303 && ask(w, "select count(*) from ticket") == 1);
}

static void C1_parking_loses_nothing(struct world *w)
{
    struct seen s =
        web_post(w, ADA, "/w/call", "tun=parken&wer=Karin&sagt=drucker druckt nicht");
    check(s.status == 303);
    check(
        ask(w,
            "select count(*) from ticket where problem = 'drucker druckt nicht' and status = 2")
        == 1);
}

static void C2_a_caller_is_read_as_typed(struct world *w)
{
    str name, mail, phone;
    call_read_caller(&w->arena, S("Brandt, Karin"), &name, &mail, &phone);
    check_text(name, S("Brandt, Karin"));
    call_read_caller(&w->arena, S("040 / 66969-114"), &name, &mail, &phone);
    check(name.n == 0 && phone.n > 0);
    call_read_caller(&w->arena, S("karin@kunde.example"), &name, &mail, &phone);
    check(name.n == 0 && mail.n > 0);
}

static void C2_a_known_mail_is_no_new_contact(struct world *w)
{
    web_post(w, ADA, "/w/call",
             "tun=parken&wer=Karin&erreichbar=karin@kunde.example&sagt=eins");
    web_post(w, ADA, "/w/call",
             "tun=parken&wer=Karin&erreichbar=Karin@Kunde.example&sagt=zwei");
    check(ask(w, "select count(*) from contact") == 1);
    check(ask(w, "select count(*) from ticket") == 2);
}

static void C1_ticks_and_words_stay_in_the_page(struct world *w)
{
    struct seen s = web_post(w, ADA, "/w/call",
                             "tun=suchen&wer=Karin&sagt=wlan geht nicht&wie=Stecker gezogen");
    const char *url = keep_z(w, s.to);
    s = web_get(w, ADA, url);
    check(web_shows(&s, "Stecker gezogen"));
    s = web_get(w, BEN, url);
    check(s.status != 200 || str_find(s.page, S("Stecker gezogen")) < 0);
}

static void C2_a_name_we_may_know_is_asked_about_first(struct world *w)
{
    web_post(w, ADA, "/w/call", "tun=parken&wer=Karin Brandt&erreichbar=040 66969 114&sagt=a");
    struct seen s = web_post(w, ADA, "/w/call", "tun=suchen&wer=Brandt&sagt=wlan weg");
    check(s.status == 200 && web_shows(&s, "Karin Brandt") && web_shows(&s, "wlan weg"));
    check(ask(w, "select count(*) from ticket") == 1);
    s = web_post(w, ADA, "/w/call", "kontakt_nehmen=1&wer=Brandt&sagt=wlan weg");
    check(s.status == 200 && web_shows(&s, "name=\"kontakt\" value=\"1\""));
    web_post(w, ADA, "/w/call", "tun=suchen&kontakt=1&sagt=wlan weg");
    check(ask(w, "select count(*) from ticket where contact = 1") == 2);
}

static void C2_without_a_caller_nothing_is_stored_yet(struct world *w)
{
    struct seen s = web_post(w, ADA, "/w/call", "tun=suchen&sagt=wlan weg");
    check(s.status == 200 && web_shows(&s, "wlan weg") && web_shows(&s, "name=\"wer\""));
    check(ask(w, "select count(*) from ticket") == 0);
}

static void C2_somebody_else_calls_after_all(struct world *w)
{
    web_post(w, ADA, "/w/call", "tun=parken&wer=Karin Brandt&sagt=a");
    struct seen s = web_post(w, ADA, "/w/call", "tun=andere&kontakt=1&sagt=wlan weg");
    check(s.status == 200 && web_shows(&s, "name=\"wer\"") && web_shows(&s, "wlan weg"));
    check(ask(w, "select count(*) from ticket") == 1);
}

static void C2_a_number_alone_is_its_owner(struct world *w)
{
    web_post(w, ADA, "/w/call", "tun=parken&wer=Karin Brandt&erreichbar=040 66969 114&sagt=a");
    web_post(w, ADA, "/w/call", "tun=parken&wer=040 66969-114&sagt=b");
    check(ask(w, "select count(*) from contact") == 1);
    web_post(w, ADA, "/w/call", "tun=parken&wer=Jonas Brandt&erreichbar=040 66969 114&sagt=c");
    check(ask(w, "select count(*) from contact") == 2);
}

static const char solved[] = "tun=f9&wer=Karin&sagt=passwort vergessen&wie=Passwort gemeinsam "
                             "neu gesetzt, Anmeldung klappt.";

static void C3_solved_in_the_call(struct world *w)
{
    struct seen s = web_post(w, ADA, "/w/call", solved);
    check(s.status == 303 && str_starts(s.to, S("/w/t/")));
    check(ask(w, "select count(*) from ticket where status = 6 and solved_level = 1") == 1);
    check(ask(w, "select count(*) from message where body = 'passwort vergessen'") == 1);
}

static void C3_all_of_it_or_nothing(struct world *w)
{
    struct who ada = who_is(w, ADA);
    EACH_FAULT(w) {
        struct ctx *cx = begin_with(w, ada);
        struct ticket_at at = {0};
        struct call_input in = {
            .who = S("Karin"), .said = S("passwort vergessen"), .impact = 1};
        end(w, call_solved(cx, &in, &at, S("Passwort gemeinsam neu gesetzt.")));
        int64_t cases = ask(w, "select count(*) from ticket");
        check(cases == ask(w, "select count(*) from ticket where status = 6"));
        check(cases == ask(w, "select count(*) from message"));
    }
}

static void C3_words_that_say_nothing_come_back(struct world *w)
{
    struct seen s =
        web_post(w, ADA, "/w/call", "tun=f9&wer=Karin&sagt=passwort vergessen&wie=ok");
    check(s.status == 422 && web_shows(&s, "passwort vergessen")
          && web_shows(&s, ">ok</textarea>"));
    check(ask(w, "select count(*) from ticket") == 0);
}

static void add_solution(struct world *w)
{
    a_solution(w);
    struct ctx *cx = begin(w);
    db_rollback(cx);
    check(job_drain(cx, index_jobs) == OK);
}

static void C4_ticked_steps_stand_in_the_state_card(struct world *w)
{
    add_solution(w);
    struct seen seen = web_post(
        w, ADA, "/w/call", "tun=f9&wer=Karin&sagt=wlan geht nicht&loesung=L-101&L-101.0=1");
    check(seen.status == 303);
    check(ask(w, "select count(*) from ticket where status = 6 and tried like '%Neustart%'")
          == 1);
    check(ask(w, "select reused from solution") == 1);
}

static void C4_what_nobody_ticked_was_not_tried(struct world *w)
{
    add_solution(w);
    web_post(w, ADA, "/w/call", "tun=f8&wer=Karin&sagt=wlan geht nicht&loesung=L-101");
    check(ask(w, "select count(*) from solution_link") == 0);
    web_post(w, ADA, "/w/call", "tun=f8&wer=Ole&sagt=wlan geht nicht&loesung=L-101&L-101.1=1");
    check(ask(w, "select count(*) from solution_link") == 1);
    check(ask(w, "select count(*) from step where text = 'Kabel prüfen' and result = 2") == 1);
}

static void C4_searching_notes_no_step_yet(struct world *w)
{
    add_solution(w);
    struct seen s = web_post(
        w, ADA, "/w/call", "tun=suchen&wer=Karin&sagt=wlan geht nicht&loesung=L-101&L-101.1=1");
    check(ask(w, "select count(*) from step") == 0);
    s = web_get(w, ADA, keep_z(w, s.to));
    check(web_shows(&s, "name=\"L-101.1\" value=\"1\" checked"));
}

static void C4_words_beat_the_open_solution(struct world *w)
{
    add_solution(w);
    web_post(w, ADA, "/w/call",
             "tun=f9&wer=Karin&sagt=wlan geht nicht&loesung=L-101&L-101.0=1"
             "&wie=Der Stecker am Splitter war locker.");
    check(ask(w, "select count(*) from ticket where status = 6 and solution is null") == 1);
    check(ask(w, "select count(*) from step where text = 'Neustart' and result = 2") == 1);
    check(ask(w, "select reused from solution") == 0);
}

static void C4_a_tick_belongs_to_its_solution(struct world *w)
{
    add_solution(w);
    add_solution(w);
    struct seen s = web_post(w, ADA, "/w/call",
                             "tun=suchen&wer=Karin&sagt=wlan geht nicht&loesung=L-102&L-102.0=1"
                             "&zeigen=L-101");
    const char *url = keep_z(w, s.to);
    s = web_get(w, ADA, url);
    check(web_shows(&s, "type=\"hidden\" class=\"tick\" name=\"L-102.0\" value=\"1\""));
    check(web_shows(&s, "name=\"L-101.0\" value=\"1\">")
          && !web_shows(&s, "name=\"L-101.0\" value=\"1\" checked"));
    s = web_post(w, ADA, "/w/call",
                 "tun=f9&wer=Ole&sagt=wlan weg&loesung=L-101&L-102.0=1&L-101.0=1&L-101.1=1");
    check(s.status == 303);
    check(ask(w, "select count(*) from step where solution = 2 and result = 2") == 1);
    check(
        ask(w,
            "select count(*) from step where solution = 1 and result = 4 and text = 'Neustart'")
        == 1);
    check(ask(w, "select count(*) from step where solution = 1 and result = 1") == 1);
    check(ask(w, "select count(*) from solution_link where solution = 2 and role = 3") == 1);
    check(ask(w, "select reused from solution where id = 1") == 1
          && ask(w, "select reused from solution where id = 2") == 0);
}

static void C10_nothing_chosen_solves_nothing(struct world *w)
{
    add_solution(w);
    struct seen s = web_post(w, ADA, "/w/call",
                             "tun=f9&wer=Karin&sagt=wlan geht nicht&loesung=L-101&aus=3");
    check(s.status == 422 && web_shows(&s, "id=\"text-problem\"") && web_shows(&s, "By what?"));
    check(web_shows(&s, "value=\"Karin\"") && web_shows(&s, "value=\"wlan geht nicht\"")
          && web_shows(&s, "name=\"aus\" value=\"3\" checked"));
    check(ask(w, "select count(*) from ticket") == 0);
    s = web_post(w, ADA, "/w/call", "tun=f9&wer=Karin&sagt=wlan&loesung=L-101&half=L-101");
    check(s.status == 303 && ask(w, "select reused from solution") == 1);
    check(ask(w, "select count(*) from step") == 0);    // nobody ticked one
}

static void C10_the_button_takes_what_is_open(struct world *w)
{
    add_solution(w);
    struct seen s =
        web_post(w, ADA, "/w/call", "tun=f2&wer=Karin&sagt=wlan geht nicht&loesung=L-101");
    s = web_get(w, ADA, keep_z(w, s.to));
    check(web_shows(&s, "name=\"half\" value=\"L-101\" checked"));
}

static void C12_the_incident_stands_first_with_its_words(struct world *w)
{
    struct major m = {.title = S("Webmail nicht erreichbar"),
                      .words = S("Webmail geht nicht, Fehler 503"),
                      .leads = {NET},
                      .speaks = {FIRST},
                      .script = S("Wir wissen davon und arbeiten daran.")};
    major_id id;
    check(end(w, major_declare(begin_as(w, EVA), &m, &id)) == OK);
    add_solution(w);
    struct seen s = web_get(w, ADA, "/w/call?sagt=drucker druckt nicht");
    check(!web_shows(&s, "G-1"));
    s = web_post(w, ADA, "/w/call", "tun=suchen&wer=Karin&sagt=webmail geht nicht, fehler 503");
    s = web_get(w, ADA, keep_z(w, s.to));
    check(web_shows(&s, "Wir wissen davon")
          && web_shows(&s, "name=\"stoerung\" value=\"G-1\""));
    s = web_get(w, ADA, "/w/call/vorschlag?q=webmail%20geht%20nicht");
    check(web_shows(&s, "\"number\":\"G-1\"") && web_shows(&s, "\"script\""));
    s = web_post(w, ADA, "/w/call", "stoerung=G-1&wer=Ole&sagt=webmail weg");
    check(s.status == 303 && ask(w, "select count(*) from major_link") == 1);
    s = web_get(w, ADA, keep_z(w, s.to));
    check(web_shows(&s, "The call belongs to it") && !web_shows(&s, "name=\"stoerung\""));
    check(web_post(w, ADA, "/w/call", "stoerung=G-9&wer=Ole&sagt=webmail weg").status == 404);
}

static void C13_a_workaround_says_its_known_error(struct world *w)
{
    add_solution(w);
    check(
        db_script(begin(w),
                  "insert into problem (tenant, number, state, title, words, team, workaround,"
                  " created, changed) values (1, 1, 3, 'WLAN', 'wlan', 1, 1, 1, 1)")
            == OK
        && end(w, OK) == OK);
    struct seen s = web_get(w, ADA, "/w/call?sagt=wlan geht nicht");
    check(web_shows(&s, "Known error P-1"));
    s = web_get(w, ADA, "/w/call/vorschlag?q=wlan%20geht%20nicht");
    check(web_shows(&s, "\"known\":\"P-1\""));
}

// While the line is typed each statement counts: one for all that is offered.
static void C13_each_workaround_its_own(struct world *w)
{
    static const char known[] =
        "insert into problem (tenant, number, state, title, words, team, workaround, created, "
        "changed) values (1, 1, 3, 'WLAN', 'wlan', 1, 1, 1, 1), (1, 2, 3, 'WLAN', 'wlan', 1, "
        "3, 1, 1), (1, 3, 6, 'WLAN', 'wlan', 1, 2, 1, 1)";
    static const char typed[] = "/w/call/vorschlag?q=wlan%20geht%20nicht";
    add_solution(w);
    int64_t alone = statements(w, typed), page = statements(w, "/w/call?sagt=wlan geht nicht");
    a_solution(w);
    add_solution(w);
    check(db_script(begin(w), known) == OK && end(w, OK) == OK);
    check(statements(w, typed) == alone);
    check(statements(w, "/w/call?sagt=wlan geht nicht") == page);
    struct seen s = web_get(w, ADA, typed);
    check(web_shows(&s, "\"key\":\"L-101\",\"title\":\"WLAN geht nicht\",\"known\":\"P-1\""));
    check(web_shows(&s, "\"key\":\"L-102\",\"title\":\"WLAN geht nicht\",\"known\":\"\""));
    check(web_shows(&s, "\"key\":\"L-103\",\"title\":\"WLAN geht nicht\",\"known\":\"P-2\""));
}

static void C11_a_call_stays_with_who_took_it(struct world *w)
{
    static const char *const end[] = {"suchen", "parken", "f4", "f8"};
    for (isize i = 0; i < countof(end); i++)
        web_post(w, ADA, "/w/call",
                 arena_z(&w->kept, arena_fmt(&w->kept, "tun=%s&wer=Karin&sagt=wlan", end[i])));
    check(ask(w, "select count(*) from ticket where work_person = 1 and care_person = 1") == 4);
}

// With the version of the case begun last.
static const char *of_now(struct world *w, const char *form)
{
    int64_t version = ask(w, "select version from ticket order by id desc limit 1");
    return arena_z(&w->kept, arena_fmt(&w->kept, "%s&version=%lld", form, (long long)version));
}

static void C5_said_again_it_goes_to_the_open_case(struct world *w)
{
    struct seen s =
        web_post(w, ADA, "/w/call",
                 "tun=parken&wer=Karin&erreichbar=karin@kunde.example&sagt=wlan geht nicht");
    s = web_post(
        w, ADA, "/w/call",
        "tun=suchen&wer=Karin&erreichbar=karin@kunde.example&sagt=immer noch kein wlan");
    str number = number_behind(w, &s, "/w/call/");
    s = web_get(w, ADA, path(w, "/w/call/", number, ""));
    check(web_shows(&s, "wlan geht nicht"));
    s = web_post(w, ADA, path(w, "/w/call/", number, ""),
                 of_now(w, "gehoert=1&kontakt=1&sagt=immer noch kein wlan"));
    check(s.status == 303);
    check(ask(w, "select count(*) from ticket where merged_into = 1") == 1);
    check(ask(w, "select count(*) from message where kind = 3 and ticket = 1 and body = 'immer "
                 "noch kein wlan'")
          == 1);
    check(ask(w, "select count(*) from message where kind = 5") == 0);    // it is said once
}

// Karin's first call is case 1; the number is that of her second one.
static str calls_again(struct world *w)
{
    static const char karin[] = "wer=Karin&erreichbar=karin@kunde.example&sagt=wlan weg";
    web_post(w, ADA, "/w/call", arena_z(&w->kept, arena_fmt(&w->kept, "tun=parken&%s", karin)));
    struct seen s = web_post(w, ADA, "/w/call",
                             arena_z(&w->kept, arena_fmt(&w->kept, "tun=suchen&%s", karin)));
    return number_behind(w, &s, "/w/call/");
}

static void C5_what_was_done_for_the_caller_goes_along(struct world *w)
{
    str number = calls_again(w);
    struct seen s = web_post(w, ADA, path(w, "/w/t/", number, "/massnahme"),
                             of_now(w, "was=5&zeile=Portal"));
    check(s.status == 303);
    s = web_post(w, ADA, path(w, "/w/call/", number, ""),
                 of_now(w, "gehoert=1&kontakt=1&sagt=noch weg"));
    check(s.status == 303);
    check(ask(w, "select count(*) from measure where ticket = 1") == 1);
}

static void C5_what_was_tried_with_the_caller_goes_along(struct world *w)
{
    add_solution(w);
    str number = calls_again(w);
    struct seen s =
        web_post(w, ADA, path(w, "/w/call/", number, ""),
                 of_now(w, "gehoert=1&kontakt=1&sagt=noch weg&loesung=L-101&L-101.0=1"));
    check(s.status == 303);
    check(ask(w, "select count(*) from ticket where merged_into = 1") == 1);
    check(ask(w, "select count(*) from step where ticket = 1 and result = 2") == 1);
    check(ask(w, "select count(*) from solution_link where ticket = 1 and role = 3") == 1);
}

static void C5_without_a_case_of_its_own_the_line_goes_there_too(struct world *w)
{
    add_solution(w);
    web_post(w, ADA, "/w/call", "tun=parken&wer=Karin&erreichbar=040 66969 114&sagt=wlan weg");
    struct seen s = web_get(w, ADA, "/w/call?von=%2B494066969114");
    check(web_shows(&s, "name=\"gehoert\" value=\"1\""));
    s = web_post(w, ADA, "/w/call",
                 "gehoert=1&kontakt=1&sagt=immer noch kein wlan&loesung=L-101&L-101.0=1");
    check(s.status == 303 && str_starts(s.to, S("/w/t/")));
    check(ask(w, "select count(*) from ticket") == 1);
    check(ask(w, "select count(*) from message where kind = 3 and ticket = 1 and body = 'immer "
                 "noch kein wlan'")
          == 1);
    check(ask(w, "select count(*) from step where ticket = 1 and result = 2") == 1);
    check(web_post(w, NINA, "/w/call", "gehoert=1&sagt=hallo").status == 404);
}

static void C5_who_calls_is_waited_for_no_longer(struct world *w)
{
    web_post(w, ADA, "/w/call", "tun=parken&wer=Karin&erreichbar=040 66969 114&sagt=wlan weg");
    check(db_script(begin(w), "update ticket set status = 3 where id = 1") == OK
          && end(w, OK) == OK);
    web_post(w, ADA, "/w/call", "gehoert=1&kontakt=1&sagt=der Router ist neu gestartet");
    check(ask(w, "select status from ticket where id = 1") == 2);
    check(ask(w, "select count(*) from event where kind = 'ticket.resumed'") == 1);
}

static void C6_handing_over_keeps_every_word(struct world *w)
{
    struct seen s = web_post(w, ADA, "/w/call",
                             "tun=f8&wer=Karin&sagt=router tot, alle lampen aus&aus=3&steht=1");
    check(s.status == 303 && str_ends(s.to, S("/uebergabe")));
    check(ask(w, "select count(*) from ticket where problem = 'router tot, alle lampen aus' "
                 "and impact = 3 and urgency = 4")
          == 1);
}

static void C6_the_call_stands_in_the_case_once(struct world *w)
{
    struct seen s = web_post(w, ADA, "/w/call", "tun=f8&wer=Karin&sagt=router tot");
    str number = number_behind(w, &s, "/w/t/");
    check(ask(w, "select count(*) from message where kind = 3 and body = 'router tot'") == 1);
    int64_t version = ask(w, "select version from ticket");
    s = web_post(w, ADA, path(w, "/w/call/", number, ""),
                 arena_z(&w->kept, arena_fmt(&w->kept, "tun=f4&sagt=router tot&version=%lld",
                                             (long long)version)));
    check(s.status == 303 && str_ends(s.to, S("/rueckfrage")));
    check(ask(w, "select count(*) from message") == 1);
    web_post(w, ADA, "/w/call", "tun=parken&wer=Ole&sagt=drucker");
    check(ask(w, "select count(*) from message") == 1);
}

static void C7_a_telephone_system_names_the_caller(struct world *w)
{
    web_post(w, ADA, "/w/call", "tun=parken&wer=Karin Brandt&erreichbar=040 66969 114&sagt=a");
    struct seen s = web_get(w, ADA, "/w/call?von=%2B494066969114");
    check(s.status == 200 && web_shows(&s, "name=\"kontakt\" value=\"1\""));
    s = web_get(w, ADA, "/w/call?von=%2B49891234567");
    check(web_shows(&s, "name=\"erreichbar\" value=\"+49891234567\""));
    s = web_get(w, NINA, "/w/call?von=%2B494066969114");
    check(str_find(s.page, S("Karin Brandt")) < 0);
}

static void C8_what_the_line_names_is_looked_for_once(struct world *w)
{
    product_id id;
    struct product old = {.name = S("Fjord 2"), .life = {.supported_until = 7}};
    check(end(w, product_add(begin(w), &old, &id)) == OK);
    str number = called(w, "fjord 2 blinkt rot");
    const char *page = path(w, "/w/call/", number, "");
    struct seen s = web_get(w, ADA, page);
    check(web_shows(&s, "Support for “Fjord 2” ended"));
    int64_t once = statements(w, page);
    check(db_script(begin(w), "update ticket set subject = 'Drucker'") == OK);
    check(end(w, OK) == OK);
    s = web_get(w, ADA, page);    // the line is not all that triage looked through
    check(web_shows(&s, "Support for “Fjord 2” ended") && statements(w, page) > once);
}

static void C7_a_shared_number_is_asked_about(struct world *w)
{
    web_post(w, ADA, "/w/call", "tun=parken&wer=Karin Brandt&erreichbar=040 66969 114&sagt=a");
    web_post(w, ADA, "/w/call", "tun=parken&wer=Jonas Brandt&erreichbar=040 66969 114&sagt=c");
    struct seen s = web_get(w, ADA, "/w/call?von=%2B494066969114");
    check(web_shows(&s, "Karin Brandt") && web_shows(&s, "Jonas Brandt"));
    check(web_shows(&s, "name=\"kontakt\" value=\"0\""));
}

static void C14_with_a_case_it_is_kept_there(struct world *w)
{
    str number = called(w, "wlan");
    check(web_post(w, ADA, path(w, "/w/call/", number, ""), "tun=merken&sagt=wlan&wie=Stecker")
              .status
          == 204);
    struct seen s = web_get(w, ADA, path(w, "/w/call/", number, ""));
    check(web_shows(&s, "Stecker</textarea>"));
}

static void customers_of_another_desk_are_not_found(struct world *w)
{
    web_post(w, ADA, "/w/call", "tun=parken&wer=Karin Brandt&sagt=eins");
    struct seen s = web_get(w, NINA, "/w/call?wer=Brandt");
    check(s.status == 200 && str_find(s.page, S("Karin Brandt")) < 0);
    check(web_get(w, DORA, "/w/call").status == 403);
}

static void C2_a_number_behind_a_name_is_the_number(struct world *w)
{
    str name, mail, phone;
    call_read_caller(&w->arena, S("Petra Nowak, 040 66969-115"), &name, &mail, &phone);
    check_text(name, S("Petra Nowak"));
    check_text(phone, S("040 66969-115"));
    call_read_caller(&w->arena, S("Petra Nowak (040) 66969115"), &name, &mail, &phone);
    check_text(phone, S("(040) 66969115"));
    call_read_caller(&w->arena, S("Lager Halle 1234"), &name, &mail, &phone);
    check(name.n == 16 && phone.n == 0);
    web_post(w, ADA, "/w/call", "tun=parken&wer=Petra Nowak 040 66969115&sagt=a");
    check(ask(w, "select count(*) from contact where name = 'Petra Nowak'") == 1);
    check(ask(w, "select count(*) from contact_address where value = '+494066969115'") == 1);
}

static void C9_the_number_of_the_call_stays_with_who_calls(struct world *w)
{
    web_post(w, ADA, "/w/call", "tun=parken&wer=Karin Brandt&erreichbar=040 66969 114&sagt=a");
    struct seen s =
        web_post(w, ADA, "/w/call", "kontakt_nehmen=1&erreichbar=%2B491701234567&sagt=b");
    check(web_shows(&s, "name=\"nummer\" value=\"1\" checked")
          && web_shows(&s, "name=\"erreichbar\" value=\"+491701234567\""));
    s = web_post(w, ADA, "/w/call", "kontakt_nehmen=1&erreichbar=04066969114&sagt=b");
    check(!web_shows(&s, "name=\"nummer\""));    // known
    web_post(w, ADA, "/w/call", "tun=parken&kontakt=1&erreichbar=%2B491701234567&sagt=b");
    check(ask(w, "select count(*) from contact_address") == 1);    // the tick was taken away
    web_post(w, ADA, "/w/call",
             "tun=parken&kontakt=1&nummer=1&erreichbar=%2B491701234567&sagt=c");
    check(ask(w, "select count(*) from contact_address where value = '+491701234567'") == 1);
    s = web_get(w, ADA, "/w/call?von=%2B491701234567");
    check(web_shows(&s, "name=\"kontakt\" value=\"1\""));
    web_post(w, ADA, "/w/call", "gehoert=1&kontakt=1&nummer=1&erreichbar=040 1234567&sagt=d");
    check(ask(w, "select count(*) from contact_address") == 3);    // also with an open case
}

static void C1_what_to_say_is_said_in_the_callers_language(struct world *w)
{
    str number = called(w, "wlan");
    check(db_script(begin(w), "update ticket set language = 2") == OK && end(w, OK) == OK);
    w->lang = LANG_DE;
    struct seen s = web_get(w, ADA, path(w, "/w/call/", number, ""));
    check(web_shows(&s, "<blockquote lang=\"en\">You will hear from us"));
}

static void a_vip_is_named_when_found(struct world *w)    // contact.h, K11
{
    struct contact karin = {.name = S("Karin Brandt"), .vip = true};
    check(end(w, contact_add(begin(w), &karin, &karin.id)) == OK);
    check(str_find(web_get(w, ADA, "/w/call/vorschlag?wer=karin").page, S("\"vip\":true")) > 0);
    struct seen s = web_post(w, ADA, "/w/call", "tun=suchen&wer=Karin&sagt=wlan");
    check(web_shows(&s, "kontakt_nehmen") && web_shows(&s, ">VIP</span></button>"));
    s = web_post(w, ADA, "/w/call", "kontakt_nehmen=1&sagt=wlan");
    check(web_shows(&s, ">VIP</span></h2>"));
}

const struct test call_tests[] = {
    T(C1_the_first_words_make_a_case),
    T(C1_nothing_is_not_a_call),
    T(C1_a_name_alone_leads_on_to_the_line),
    T(C1_parking_loses_nothing),
    T(C2_a_caller_is_read_as_typed),
    T(C2_a_known_mail_is_no_new_contact),
    T(C1_ticks_and_words_stay_in_the_page),
    T(C2_a_name_we_may_know_is_asked_about_first),
    T(C2_without_a_caller_nothing_is_stored_yet),
    T(C2_somebody_else_calls_after_all),
    T(C2_a_number_alone_is_its_owner),
    T(C3_solved_in_the_call),
    T(C3_all_of_it_or_nothing),
    T(C3_words_that_say_nothing_come_back),
    T(C4_ticked_steps_stand_in_the_state_card),
    T(C4_what_nobody_ticked_was_not_tried),
    T(C4_searching_notes_no_step_yet),
    T(C4_words_beat_the_open_solution),
    T(C4_a_tick_belongs_to_its_solution),
    T(C10_nothing_chosen_solves_nothing),
    T(C10_the_button_takes_what_is_open),
    T(C12_the_incident_stands_first_with_its_words),
    T(C13_a_workaround_says_its_known_error),
    T(C13_each_workaround_its_own),
    T(C11_a_call_stays_with_who_took_it),
    T(C5_said_again_it_goes_to_the_open_case),
    T(C5_what_was_done_for_the_caller_goes_along),
    T(C5_what_was_tried_with_the_caller_goes_along),
    T(C5_without_a_case_of_its_own_the_line_goes_there_too),
    T(C5_who_calls_is_waited_for_no_longer),
    T(C6_the_call_stands_in_the_case_once),
    T(C6_handing_over_keeps_every_word),
    T(C7_a_telephone_system_names_the_caller),
    T(C2_a_number_behind_a_name_is_the_number),
    T(C9_the_number_of_the_call_stays_with_who_calls),
    T(C1_what_to_say_is_said_in_the_callers_language),
    T(C8_what_the_line_names_is_looked_for_once),
    T(C7_a_shared_number_is_asked_about),
    T(C14_with_a_case_it_is_kept_there),
    T(customers_of_another_desk_are_not_found),
    T(a_vip_is_named_when_found),
    {0},
};
