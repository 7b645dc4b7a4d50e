// SPDX-License-Identifier: GPL-3.0-or-later
#include "engagement/engagement_http_test.h"

#include "base/limits.h"
#include "message/message.h"

static void be_ready(struct world *w, int person, bool ready)
{
    struct seen s = web_post(w, person, "/w/bereit", ready ? "bereit=1" : "bereit=0");
    check(s.status == 303);
    check_text(s.to, S("/w"));
}

// E10: ada has Karin on the line.
static void calls(const struct desk_case *c)
{
    message_id id;
    struct ticket_at at = {c->id, TICKET_ANY_VERSION};
    struct message_new m = {.kind = MESSAGE_CALL, .channel = CHANNEL_PHONE, .body = S("WLAN")};
    check(end(c->w, message_add(begin_as(c->w, ADA), &at, &m, &id)) == OK);
}

static struct desk_case ringing(struct world *w)
{
    struct desk_case c = desk_case(w);
    calls(&c);
    be_ready(w, CEM, true);
    check(send_sheet(&c, ADA, "rueckfrage", "team=2&live=1&question=Ist+der+Port+an?").status
          == 303);
    return c;
}

static void consult_C5_the_tick_stands_at_the_question(struct world *w)
{
    struct desk_case c = desk_case(w);
    be_ready(w, CEM, true);
    struct seen s = get_sheet(&c, ADA, "rueckfrage");
    isize tick = str_find(s.page, S("name=\"live\""));
    check(tick > str_find(s.page, S("name=\"question\"")));
    check(tick < str_find(s.page, S("name=\"team\"")));
}

static void K1_it_shows_what_rings(struct world *w)
{
    w->lang = LANG_DE;
    check(web_shows(&(struct seen){.page = web_get(w, CEM, "/w/klingel").page},
                    "Es klingelt nicht"));
    ringing(w);
    struct seen s = web_get(w, CEM, "/w/klingel");
    check(web_shows(&s, "Rückfrage live") && web_shows(&s, "Ist der Port an?"));
    check(web_shows(&s, "Karin Brandt ist in der Leitung.")
          && web_shows(&s, "data-ready=\"1\""));
    check(web_shows(&s, "aria-keyshortcuts=\"a\"") && lacks(&s, ">VIP</span>"));
    check(end(w, db_script(begin(w), "update contact set vip = 1")) == OK);
    s = web_get(w, CEM, "/w/klingel");
    check(web_shows(&s, ">VIP</span>"));    // contact.h, K11
    s = web_get(w, ADA, "/w/klingel");
    check(web_shows(&s, "Es klingelt bei Netz"));
    check(lacks(&s, "aria-keyshortcuts=\"a\""));
    s = web_get(w, BEN, "/w/klingel");
    check(lacks(&s, "Ist der Port an?"));
    s = web_get(w, CEM, "/w");    // without JavaScript
    check(web_shows(&s, "klingelt</span>") && web_shows(&s, "/rueckfrage/1"));
}

static void K2_of_two_who_answer_one_has_it(struct world *w)
{
    struct desk_case c = ringing(w);
    check(db_script(begin(w), "insert into person_team (person, team) values (2, 2)") == OK);
    check(end(w, OK) == OK);
    struct seen s = answer_sheet(&c, CEM, "rueckfrage/1", "version=1&tun=ansehen");
    check(s.status == 303 && str_find(s.to, S("/rueckfrage/1")) > 0);
    check(answer_sheet(&c, BEN, "rueckfrage/1", "version=1&tun=ansehen").status == 409);
    s = web_get(w, ADA, "/w/klingel");
    check(web_shows(&s, "cem is there"));
    check(answer_sheet(&c, CEM, "rueckfrage/1", "version=2&line=").status == 303);
    s = web_get(w, ADA, "/w/klingel");
    check(lacks(&s, "cem is there") && web_shows(&s, "cem has answered"));
}

static void K6_who_asked_reads_the_answer_there(struct world *w)
{
    struct desk_case c = ringing(w);
    struct seen s = get_sheet(&c, ADA, "");
    check(web_shows(&s, "<noscript>"));
    s = get_sheet(&c, CEM, "");
    check(lacks(&s, "<noscript>"));
    check(answer_sheet(&c, CEM, "rueckfrage/1", "version=1&line=Port+7+ist+aus.").status == 303);
    s = get_sheet(&c, ADA, "");
    check(lacks(&s, "<noscript>"));
    s = web_get(w, ADA, "/w/klingel");
    check(web_shows(&s, "Port 7 ist aus.") && web_shows(&s, "data-ended=\"1\""));
    s = web_get(w, CEM, "/w/klingel");
    check(lacks(&s, "Port 7 ist aus."));
}

static void K3_ready_is_a_switch_of_ones_own(struct world *w)
{
    struct seen s = web_get(w, CEM, "/w");
    check(web_shows(&s, "Take live questions"));
    be_ready(w, CEM, true);
    s = web_get(w, CEM, "/w");
    check(web_shows(&s, "Not now"));
    s = web_get(w, ADA, "/w");
    check(web_shows(&s, "Take live questions"));
    be_ready(w, CEM, false);
    check(ask(w, "select count(*) from consult_ready") == 0);
}

static void K4_the_answer_takes_the_case_over(struct world *w)
{
    struct desk_case c = ringing(w);
    check(answer_sheet(&c, CEM, "rueckfrage/1", "version=1&tun=ansehen").status == 303);
    struct seen s = get_sheet(&c, CEM, "rueckfrage/1");
    check(web_shows(&s, "Take over now"));
    s = answer_sheet(&c, CEM, "uebernehmen/1", "version=2&line=kurz");
    check(s.status == 422 && web_shows(&s, "kurz"));
    s = answer_sheet(&c, CEM, "uebernehmen/1", "version=2&line=Ich+prüfe+die+Leitung");
    check(s.status == 303);
    check(ask(w, "select work_team from ticket where id = 1") == NET);
}

static void C5_on_the_phone_the_first_who_is_ready_is_chosen(struct world *w)
{
    struct desk_case c = desk_case(w);
    calls(&c);
    struct seen s = get_sheet(&c, ADA, "rueckfrage");
    check(web_shows(&s, "value=\"2\" checked"));
    be_ready(w, DORA, true);
    s = get_sheet(&c, ADA, "rueckfrage");
    check(web_shows(&s, "value=\"3\" checked"));
    check(web_shows(&s, "name=\"live\" value=\"1\" checked"));
}

// It came by phone, and the call is over.
static void C5_after_the_call_nothing_is_to_ring(struct world *w)
{
    struct desk_case c = desk_case(w);
    calls(&c);
    be_ready(w, DORA, true);
    later(w, LIMIT_CALL_S + 1);
    struct seen s = get_sheet(&c, ADA, "rueckfrage");
    check(web_shows(&s, "name=\"live\" value=\"1\">"));
}

// A tick on the sheet rings only where somebody is ready; else the question waits.
static void C5_without_anybody_it_waits(struct world *w)
{
    struct desk_case c = desk_case(w);
    struct seen s = get_sheet(&c, ADA, "rueckfrage");
    check(web_shows(&s, "Nobody can be rung right now"));
    check(send_sheet(&c, ADA, "rueckfrage", "team=2&live=1&question=Wie?").status == 303);
    check(ask(w, "select live from engagement where id = 1") == 0);
    check(ask(w, "select ball_team from ticket where id = 1") == NET);
}

static void S6_a_live_transfer_is_taken_by_one_key(struct world *w)
{
    struct desk_case c = desk_case(w);
    be_ready(w, CEM, true);
    check(send_sheet(
              &c, ADA, "uebergabe",
              "team=2&problem=Alle+Lampen&day=heute&clock=14:00&asked_for=1&cause=3&live=1")
              .status
          == 303);
    check(ask(w, "select live * 10 + cause from engagement where id = 1") == 13);
    struct seen s = web_get(w, CEM, "/w/klingel");
    check(web_shows(&s, "Live transfer") && web_shows(&s, "/annehmen/1"));
    check(answer_sheet(&c, CEM, "annehmen/1", "version=1&line=I+take+the+call+and+the+case.")
              .status
          == 303);
    check(ask(w, "select work_team from ticket where id = 1") == NET);
}

const struct test ring_http_tests[] = {
    T(consult_C5_the_tick_stands_at_the_question),
    T(K1_it_shows_what_rings),
    T(K2_of_two_who_answer_one_has_it),
    T(K6_who_asked_reads_the_answer_there),
    T(K3_ready_is_a_switch_of_ones_own),
    T(K4_the_answer_takes_the_case_over),
    T(C5_on_the_phone_the_first_who_is_ready_is_chosen),
    T(C5_after_the_call_nothing_is_to_ring),
    T(C5_without_anybody_it_waits),
    T(S6_a_live_transfer_is_taken_by_one_key),
    {0},
};
