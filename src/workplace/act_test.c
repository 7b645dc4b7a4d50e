// SPDX-License-Identifier: GPL-3.0-or-later
#include "workplace/workplace_test.h"

#include "base/now.h"
#include "base/when.h"
#include "engagement/engagement.h"
#include "escalation/escalation.h"
#include "workplace/workplace_http.h"

static struct seen press(struct world *w, int person, const struct made_case *c,
                         const char *what)
{
    return web_post(w, person, at(w, c, what), versioned(w, c, ""));
}

static void take_and_release(struct world *w)
{
    struct made_case c = a_case(w);
    struct seen s = press(w, ADA, &c, "/nehmen");
    check(s.status == 303 && str_ends(s.to, c.number));
    check(look(w, &c).work_person.n == ADA && look(w, &c).status == TICKET_OPEN);
    s = web_get(w, ADA, at(w, &c, ""));
    check(web_shows(&s, "Back to the team") && hides(&s, ">Take<"));
    s = web_get(w, BEN, at(w, &c, ""));
    check(hides(&s, "Back to the team") && web_shows(&s, "Take"));
    check(press(w, ADA, &c, "/freigeben").status == 303 && look(w, &c).work_person.n == 0);
    s = press(w, ADA, &c, "/freigeben");
    check(s.status == 422 && web_shows(&s, "Nobody has taken this case."));
}

static void A1_an_old_page_does_nothing(struct world *w)
{
    static const char *const all[] = {"/nehmen",     "/freigeben", "/weiter",  "/spam",
                                      "/schliessen", "/kein-spam", "/lagebild"};
    struct made_case c = a_case(w);
    const char *old = versioned(w, &c, "&problem=meins");
    check(press(w, BEN, &c, "/nehmen").status == 303);
    for (isize i = 0; i < countof(all); i++) {
        struct seen s = web_post(w, ADA, at(w, &c, all[i]), old);
        check(s.status == 409 && web_shows(&s, "Somebody changed this case meanwhile"));
        check(web_shows(&s, "WLAN geht nicht"));
        s = web_post(w, ADA, at(w, &c, all[i]), "x=1");    // without a version at all
        check(s.status == 409);
    }
    check(look(w, &c).work_person.n == BEN && look(w, &c).status == TICKET_OPEN);
    check_text(look(w, &c).problem, S("Alle Lampen am Router an"));
}

static void A1_what_was_typed_is_still_there(struct world *w)
{
    struct made_case c = a_case(w);
    const char *old = versioned(w, &c, "&problem=Nur+das+Gäste-WLAN&bisher=Neustart&jetzt=");
    press(w, BEN, &c, "/nehmen");
    struct seen s = web_post(w, ADA, at(w, &c, "/lagebild"), old);
    check(s.status == 409 && web_shows(&s, ">Nur das Gäste-WLAN</textarea>"));
    check(web_shows(&s, "<details open>"));
    s = web_post(w, ADA, at(w, &c, "/lagebild"),
                 versioned(w, &c, "&problem=Nur+das+Gäste-WLAN&bisher=Neustart&jetzt="));
    check(s.status == 303);
    check_text(look(w, &c).problem, S("Nur das Gäste-WLAN"));
    check_text(look(w, &c).tried, S("Neustart"));
    s = web_get(w, ADA, at(w, &c, "/lagebild"));
    check(s.status == 200 && web_shows(&s, "Nur das Gäste-WLAN") && web_shows(&s, "ada"));
}

static void spam_and_back(struct world *w)
{
    struct made_case c = a_case(w);
    check(press(w, ADA, &c, "/spam").status == 303);
    check(look(w, &c).status == TICKET_SPAM && look(w, &c).due.ms == 0);
    check(ask(w, "select count(*) from promise where state = 1") == 0);
    struct seen s = web_get(w, ADA, at(w, &c, ""));
    check(web_shows(&s, "/kein-spam") && hides(&s, "/uebergabe\" aria"));
    check(press(w, ADA, &c, "/kein-spam").status == 303 && look(w, &c).status == TICKET_OPEN);
}

static void ask_network(struct world *w, const struct made_case *c)
{
    engagement_id id;
    struct engagement_contract k = {
        .problem = S("x"), .promised = S("y"), .asked_for = ASK_SOLVE};
    press(w, ADA, c, "/nehmen");
    struct ticket_at a = {c->id, look(w, c).version};
    check(end(w, engagement_hand_over(begin_as(w, ADA), &a, (team_id){NET}, &k, &id)) == OK);
    check(ask(w, "select count(*) from engagement where state = 1") == 1);
}

// What waits for the reader's team is accepted, and nothing else moves the case.
static void only_what_works_is_offered(struct world *w)
{
    struct made_case c = a_case(w);
    struct seen s = web_get(w, ADA, at(w, &c, ""));
    check(web_shows(&s, "<kbd>t</kbd> Take") && web_shows(&s, "/uebergabe\" aria"));
    check(hides(&s, "/zurueck\" aria") && web_shows(&s, "formaction=\"/w/naechster\""));
    ask_network(w, &c);
    s = web_get(w, CEM, at(w, &c, ""));
    check(web_shows(&s, "/annehmen/1\" aria-keyshortcuts=\"t\"")
          && web_shows(&s, "/ablehnen/1"));
    check(hides(&s, "<kbd>t</kbd> Take") && hides(&s, "/zurueck\" aria")
          && hides(&s, "/uebergabe\" aria") && hides(&s, "/rueckfrage\" aria"));
    s = web_get(w, ADA, at(w, &c, ""));    // G1: hers waits
    check(hides(&s, "/uebergabe\" aria") && web_shows(&s, "/rueckfrage\" aria"));
    check(end(w, engagement_accept(begin_as(w, CEM), (struct engagement_at){{1}, 1},
                                   S("Ich prüfe die Leitung"), false))
          == OK);
    s = web_get(w, CEM, at(w, &c, ""));
    check(web_shows(&s, "/zurueck\" aria") && web_shows(&s, "/uebergabe\" aria"));
    s = web_get(w, ADA, at(w, &c, ""));    // her team cares, and does not work on it
    check(hides(&s, "<kbd>t</kbd> Take") && hides(&s, "/zurueck\" aria"));
}

static void an_accepted_hand_over_shows_when_it_was(struct world *w)
{
    struct made_case c = a_case(w);
    ask_network(w, &c);
    later(w, 2 * 3600);
    check(end(w, engagement_accept(begin_as(w, CEM), (struct engagement_at){{1}, 1},
                                   S("Ich prüfe die Leitung"), false))
          == OK);
    struct engagement e = {0};
    check(end(w, engagement_load(begin_as(w, CEM), (engagement_id){1}, &e)) == OK);
    check(workplace_since(&e).ms == e.accepted.ms
          && e.accepted.ms == e.requested.ms + 2 * 3600 * INT64_C(1000));
    str clock = when_clock(&w->kept, e.accepted);
    struct seen s = web_get(w, CEM, at(w, &c, ""));
    isize there = str_find(s.page, S("Hand-over accepted <small>"));
    check(there > 0 && str_find(str_head(str_cut(s.page, there), 120), clock) > 0);
}

static void the_story_says_as_what_and_until_when(struct world *w)
{
    struct made_case c = a_case(w);
    category_id wlan;
    struct category k = {.name = WORDS("Wi-Fi", "WLAN")};
    check(end(w, category_add(begin(w), &k, &wlan)) == OK);
    struct ticket_at a = {c.id, TICKET_ANY_VERSION};
    struct ticket_class class = {.type = TICKET_INCIDENT, .category = wlan};
    check(end(w, ticket_classify(begin_as(w, ADA), &a, &class)) == OK);
    struct seen s = web_get(w, ADA, at(w, &c, ""));
    check(web_shows(&s, "<b>Classified</b> Incident, Wi-Fi"));
    struct escalation_raised out;
    struct escalation_new n = {.reason = ESCALATE_DANGER, .text = S("Brandgeruch")};
    check(end(w, escalation_raise(begin_as(w, ADA), c.id, &n, &out)) == OK);
    struct ctx *cx = begin_as(w, EVA);
    check(end(w, escalation_take(cx, (struct escalation_at){out.id, 1}, S("Ich rufe an"),
                                 instant_plus(cx->now, 3600)))
          == OK);
    s = web_get(w, ADA, at(w, &c, ""));
    check(web_shows(&s, "Ich rufe an, by today "));
}

static void who_has_nothing_to_say_says_whose_turn_it_is(struct world *w)
{
    struct made_case c = a_case(w);
    struct seen s = web_get(w, ADA, at(w, &c, "/uebergabe"));
    check(web_shows(&s, "To act: Service desk"));
}

static void every_key_stands_in_the_list(struct world *w)
{
    struct seen s = web_get(w, ADA, "/w/tasten");
    check(web_shows(&s, "<kbd>v</kbd></dt>") && web_shows(&s, "<kbd>q</kbd></dt>"));
}

// It was put away by mistake: who wrote was promised an answer, and is owed it.
static void Z2_spam_that_was_none_is_promised_again(struct world *w)
{
    struct made_case c = a_case(w);
    instant due = look(w, &c).due;
    later(w, 60);
    check(due.ms != 0 && press(w, ADA, &c, "/spam").status == 303 && look(w, &c).due.ms == 0);
    later(w, 3600);
    check(press(w, ADA, &c, "/kein-spam").status == 303 && look(w, &c).due.ms == due.ms);
    check(ask(w, "select count(*) from promise where state = 1") == 1);
}

static void C8_spam_gets_no_answer(struct world *w)
{
    struct made_case c = a_case(w);
    instant due = look(w, &c).due;
    says(w, &c, (struct message_new){.body = S("Gewinn!")});
    check(web_post(w, ADA, at(w, &c, "/antwort"),
                   "art=antwort&schluessel=1&gesehen=1&text=Bitte+nicht.")
              .status
          == 303);
    check(look(w, &c).due.ms == 0 && ask(w, "select count(*) from outbox where state = 1") == 1);
    later(w, 3);
    check(press(w, ADA, &c, "/spam").status == 303);
    check(ask(w, "select count(*) from outbox where state = 6") == 1);
    check(ask(w, "select count(*) from message where kind = 1 and sent = 4") == 1);
    check(look(w, &c).due.ms == 0);
    later(w, 60);
    check(press(w, ADA, &c, "/kein-spam").status == 303 && look(w, &c).due.ms == due.ms);
    check(look(w, &c).unanswered);
}

static void what_is_over_offers_no_answer(struct world *w)
{
    struct made_case c = a_case(w);
    w->lang = LANG_DE;
    struct seen s = web_get(w, ADA, at(w, &c, ""));
    check(web_shows(&s, "class=\"button\" href=\"#antwort\">Antworten"));
    check(press(w, ADA, &c, "/spam").status == 303);
    s = web_get(w, ADA, at(w, &c, ""));
    check(hides(&s, "href=\"#antwort\"") && hides(&s, "/uebergabe"));
    check(web_shows(&s, "Antworten darauf bleiben ungelesen liegen")
          && hides(&s, "entsteht ein neuer"));
    check(hides(&s, "/a/absender?what="));
    s = web_get(w, EVA, at(w, &c, ""));
    check(web_shows(&s, "/a/absender?what=k.brandt%40post.example"));
}

static void spam_leaves_nobody_asked(struct world *w)
{
    struct made_case c = a_case(w);
    ask_network(w, &c);
    check(press(w, ADA, &c, "/spam").status == 303);
    check(ask(w, "select count(*) from engagement where state = 1") == 0);
}

static void close_what_the_customer_confirmed(struct world *w)
{
    struct made_case c = a_case(w);
    press(w, ADA, &c, "/nehmen");
    struct seen s = press(w, ADA, &c, "/schliessen");
    check(s.status == 422);    // not solved yet
    struct ticket_at a = {c.id, TICKET_ANY_VERSION};
    struct ticket_solving how = {
        .how = SOLVED_BY_TEXT, .text = S("Router neu gestartet, läuft wieder."), .told = true};
    check(end(w, ticket_solve(begin_as(w, ADA), &a, &how)) == OK);
    s = web_get(w, ADA, at(w, &c, ""));
    check(web_shows(&s, "/schliessen") && web_shows(&s, "/wieder-oeffnen"));
    check(press(w, ADA, &c, "/schliessen").status == 303);
    check(look(w, &c).status == TICKET_CLOSED);
    s = web_get(w, ADA, at(w, &c, ""));
    check(web_shows(&s, "This case is over.") && hides(&s, "class=\"composer\""));
}

static void reopen_says_why(struct world *w)
{
    struct made_case c = a_case(w);
    press(w, ADA, &c, "/nehmen");
    struct ticket_at a = {c.id, TICKET_ANY_VERSION};
    struct ticket_solving how = {
        .how = SOLVED_BY_TEXT, .text = S("Router neu gestartet, läuft wieder."), .told = true};
    check(end(w, ticket_solve(begin_as(w, ADA), &a, &how)) == OK);
    struct seen s =
        web_post(w, ADA, at(w, &c, "/wieder-oeffnen"), versioned(w, &c, "&warum=9"));
    check(s.status == 422);
    s = web_post(w, ADA, at(w, &c, "/wieder-oeffnen"), versioned(w, &c, "&warum=2"));
    check(s.status == 303 && look(w, &c).status == TICKET_OPEN);
    s = web_get(w, ADA, at(w, &c, ""));
    check(web_shows(&s, "Opened again") && web_shows(&s, "It came back"));
}

// The form that the page with both cases sends.
static const char *sure(struct world *w, const struct made_case *c,
                        const struct made_case *into)
{
    return versioned(
        w, c,
        arena_z(&w->kept, arena_fmt(&w->kept, "&in=" STR_FMT "&sicher=" STR_FMT "&andere=%lld",
                                    STR_ARG(into->number), STR_ARG(into->number),
                                    (long long)look(w, into).version)));
}

static void merge_leads_to_the_other_case(struct world *w)
{
    struct made_case c = a_case(w),
                     into = a_case_about(w, S("WLAN noch einmal"), S("immer noch"));
    struct ticket_at a = {c.id, TICKET_ANY_VERSION};
    says(w, &c, (struct message_new){.body = S("das gehört dorthin")});
    ask_network(w, &c);
    check(end(w, step_add(begin_as(w, ADA), &a, (solution_id){0}, S("Neustart"), STEP_FAILED))
          == OK);
    struct seen s =
        web_post(w, ADA, at(w, &c, "/zusammenfuehren"), versioned(w, &c, "&in=1234"));
    check(s.status == 422 && web_shows(&s, "There is no case with this number.")
          && web_shows(&s, "value=\"1234\""));
    s = web_post(w, ADA, at(w, &c, "/zusammenfuehren"), sure(w, &c, &into));
    check(s.status == 303 && str_find(s.to, into.number) > 0 && str_ends(s.to, c.number));
    struct seen after = web_get(w, ADA, arena_z(&w->kept, s.to));
    check(web_shows(&after, "goes on here: its messages"));
    check(web_shows(&after, "Steps and solutions of the other case came along")
          && web_shows(&after, "Step</b> Neustart"));
    s = web_get(w, ADA, at(w, &into, "?dazu=4182-2073"));    // said only of what happened
    check(s.status == 200 && str_find(s.page, S("goes on here")) < 0);
    check(look(w, &c).status == TICKET_MERGED);
    check(ask(w, "select count(*) from engagement where state = 1") == 0);
    s = web_get(w, ADA, at(w, &into, ""));
    check(web_shows(&s, "das gehört dorthin"));
    s = web_get(w, ADA, at(w, &c, ""));
    check(s.status == 200 && web_shows(&s, "goes on in") && str_find(s.page, into.number) >= 0);
}

static void P9_Q1_merging_offers_what_the_customer_has_open(struct world *w)
{
    struct made_case c = a_case(w),
                     into = a_case_about(w, S("WLAN noch einmal"), S("immer noch"));
    w->lang = LANG_DE;
    struct seen s = web_get(w, ADA, at(w, &c, ""));
    check(web_shows(&s, "Auch offen:") && web_shows(&s, "WLAN noch einmal"));
    s = web_get(w, ADA, at(w, &c, "/zusammenfuehren"));
    check(web_shows(&s, "name=\"fall\"")
          && web_shows(&s, "Zurücknehmen lässt sich das nicht:"));
    check(str_find(s.page, S("checked")) < 0);
    s = web_get(w, ADA,
                at(w, &c,
                   arena_z(&w->kept, arena_fmt(&w->kept, "/zusammenfuehren?in=" STR_FMT,
                                               STR_ARG(into.number)))));
    check(web_shows(&s, "Diese beiden zusammenführen?"));
    const char *form = versioned(
        w, &c,
        arena_z(&w->kept, arena_fmt(&w->kept, "&in=&fall=" STR_FMT, STR_ARG(into.number))));
    s = web_post(w, ADA, at(w, &c, "/zusammenfuehren"), form);
    check(s.status == 200 && web_shows(&s, "Diese beiden zusammenführen?"));
    check(look(w, &c).status != TICKET_MERGED);
    check(web_post(w, ADA, at(w, &c, "/zusammenfuehren"), sure(w, &c, &into)).status == 303);
    check(look(w, &c).status == TICKET_MERGED);
    s = web_get(w, ADA, at(w, &into, ""));
    check(str_find(s.page, S("Auch offen:")) < 0);
}

static void Q1_both_stand_side_by_side_before(struct world *w)
{
    struct made_case c = a_case(w),
                     into = a_case_about(w, S("WLAN noch einmal"), S("immer noch"));
    says(w, &into, (struct message_new){.body = S("Seit dem Umzug.")});
    struct seen s =
        web_get(w, ADA,
                at(w, &c,
                   arena_z(&w->kept, arena_fmt(&w->kept, "/zusammenfuehren?in=" STR_FMT,
                                               STR_ARG(into.number)))));
    check(web_shows(&s, "This one ends") && web_shows(&s, "WLAN noch einmal")
          && web_shows(&s, "Seit dem Umzug.") && web_shows(&s, "name=\"sicher\""));
    const char *form = sure(w, &c, &into);
    says(w, &into, (struct message_new){.body = S("Und noch etwas.")});
    s = web_post(w, ADA, at(w, &c, "/zusammenfuehren"), form);
    check(s.status == 409 && web_shows(&s, "Und noch etwas.")
          && look(w, &c).status != TICKET_MERGED);
}

static void nothing_is_merged_into_a_foreign_case(struct world *w)
{
    struct made_case c = a_case(w), hidden = a_case_about(w, S("geheim"), S("geheim"));
    struct ctx *cx = begin(w);
    check(db_script(cx, "delete from ticket_team where ticket = 2") == OK);
    check(end(w, OK) == OK);
    const char *form = versioned(
        w, &c, arena_z(&w->kept, arena_fmt(&w->kept, "&in=" STR_FMT, STR_ARG(hidden.number))));
    struct seen s = web_post(w, ADA, at(w, &c, "/zusammenfuehren"), form);
    check(s.status == 422 && web_shows(&s, "There is no case with this number."));
}

const struct test act_tests[] = {
    T(take_and_release),
    T(A1_an_old_page_does_nothing),
    T(A1_what_was_typed_is_still_there),
    T(spam_and_back),
    T(only_what_works_is_offered),
    T(an_accepted_hand_over_shows_when_it_was),
    T(the_story_says_as_what_and_until_when),
    T(who_has_nothing_to_say_says_whose_turn_it_is),
    T(every_key_stands_in_the_list),
    T(spam_leaves_nobody_asked),
    T(Z2_spam_that_was_none_is_promised_again),
    T(C8_spam_gets_no_answer),
    T(what_is_over_offers_no_answer),
    T(close_what_the_customer_confirmed),
    T(reopen_says_why),
    T(merge_leads_to_the_other_case),
    T(P9_Q1_merging_offers_what_the_customer_has_open),
    T(Q1_both_stand_side_by_side_before),
    T(nothing_is_merged_into_a_foreign_case),
    {0},
};
