// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/now.h"
#include "message/draft.h"
#include "outbox/outbox_test.h"
#include "testing/web.h"

static ticket_id answered(struct world *w)
{
    ticket_id t = a_case(w, "maja@kunde.example");
    message_id id;
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at at = {t, TICKET_ANY_VERSION};
    struct message_new m = {.channel = CHANNEL_MAIL,
                            .body = S("Bitte das Papier prüfen."),
                            .seen = MESSAGE_SEEN_ALL};
    check(end(w, outbox_reply(cx, &at, &m, &id)) == OK);
    return t;
}

static void set_state(struct world *w, const char *sql)
{
    struct ctx *cx = begin(w);
    check(db_script(cx, sql) == OK && end(w, OK) == OK);
}

static bool shows(struct seen s, const char *text)
{
    return str_find(s.page, str_from_z(text)) >= 0;
}

static void Q1_states_and_no_content(struct world *w)
{
    answered(w);
    struct seen s = web_get(w, EVA, "/w/postausgang");
    check(s.status == 200 && web_shows(&s, "maja@kunde.example")
          && web_shows(&s, "can still be taken back"));
    check(!shows(s, "Bitte das Papier") && !shows(s, "Drucker"));
    check(web_shows(&s, "anhalten") && !shows(s, "value=\"jetzt\"")
          && !shows(s, "value=\"erneut\""));
    later(w, 20);
    set_state(
        w, "update outbox set tries = 2, send_at = 1795168900000, reply = '451 <greylisted>'");
    w->lang = LANG_DE;
    s = web_get(w, EVA, "/w/postausgang");
    check(web_shows(&s, "Gegenstelle bittet um Geduld")
          && web_shows(&s, "451 &lt;greylisted&gt;") && web_shows(&s, "value=\"jetzt\""));
    set_state(w, "update outbox set state = 5");
    check(!shows(web_get(w, EVA, "/w/postausgang"), "maja@"));
    s = web_get(w, EVA, "/w/postausgang?v=fehler");
    check(web_shows(&s, "nicht zustellbar") && web_shows(&s, "value=\"erneut\"")
          && !shows(s, "anhalten"));
    set_state(w, "update outbox set state = 4, sent = 1795168900000");
    s = web_get(w, EVA, "/w/postausgang?v=gesendet");
    check(web_shows(&s, "gesendet")
          && !shows(s, "<form method=\"post\" action=\"/w/postausgang"));
}

static void Q1_for_whom(struct world *w)
{
    answered(w);
    check(web_get(w, ADA, "/w/postausgang").status == 403
          && web_get(w, CEM, "/w/postausgang").status == 403);
    check(web_post(w, ADA, "/w/postausgang/1", "tun=anhalten").status == 403);
    struct seen s = web_get(w, GERO, "/w/postausgang");
    check(s.status == 200 && web_shows(&s, "maja@kunde.example") && !shows(s, "href=\"/w/t/"));
    check(shows(web_get(w, EVA, "/w/postausgang"), "href=\"/w/t/"));
    check(ask(w, "select state from outbox") == OUTBOX_QUEUED);
}

static void Q2_O10_stopped_for_good(struct world *w)
{
    answered(w);
    struct seen s = web_post(w, GERO, "/w/postausgang/1", "tun=anhalten");
    check(s.status == 303);
    check(state(w) == OUTBOX_FAILED
          && ask(w, "select sent from message where kind = 1") == MESSAGE_FAILED);
    later(w, 60);
    struct relay *r = relay_start();
    deliver(w, r);
    check(relay_count(r) == 0);
    relay_stop(r);
    s = web_post(w, GERO, "/w/postausgang/1", "tun=anhalten");
    check(s.status == 409 && web_shows(&s, "This mail does not wait any more."));
    check(events(w, "message.failed") == 1);
}

static void Q2_O10_a_stopped_reply_is_its_writers_draft_again(struct world *w)
{
    ticket_id t = a_case(w, "maja@kunde.example");
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at at = {t, TICKET_ANY_VERSION};
    struct message_new m = {.body = S("Morgen mehr."), .seen = MESSAGE_SEEN_ALL};
    instant leave = instant_plus(w->now, 86400);
    message_id id;
    check(end(w, outbox_reply_at(cx, &at, &m, leave, &id)) == OK);
    check(web_post(w, GERO, "/w/postausgang/1", "tun=anhalten").status == 303);
    struct draft draft[DRAFT_KINDS];
    cx = begin_as(w, ADA);
    check(draft_load(cx, t, draft) == OK);
    check_text(draft[DRAFT_REPLY].body, S("Morgen mehr."));
    check(draft[DRAFT_REPLY].leave.ms == leave.ms && end(w, OK) == OK);
    check(ask(w, "select count(*) from draft") == 1);
    struct message_page page;
    cx = begin(w);
    cx->who = (struct who){.tenant = {1}, .contact = {1}, .see = SEE_OWN};
    check(message_list(cx, t, (message_id){0}, 50, &page) == OK && page.n == 1);
    check(end(w, OK) == OK);
}

// Its text has been on its way: nobody writes it twice by mistake.
static void Q2_O10_not_one_that_was_tried(struct world *w)
{
    answered(w);
    set_state(w, "update outbox set tries = 1");
    check(web_post(w, GERO, "/w/postausgang/1", "tun=anhalten").status == 303);
    check(ask(w, "select count(*) from draft") == 0);
}

static void O10_never_one_whose_dot_may_have_been_sent(struct world *w)
{
    answered(w);
    set_state(w, "update outbox set state = 2, tries = 1");
    check(web_post(w, EVA, "/w/postausgang/1", "tun=anhalten").status == 409);
    check(web_post(w, EVA, "/w/postausgang/1", "tun=jetzt").status == 409);
    check(web_post(w, EVA, "/w/postausgang/1", "tun=erneut").status == 404);
    check(web_post(w, EVA, "/w/postausgang/1", "tun=zaubern").status == 404);
    check(state(w) == OUTBOX_DATA);
}

static void Q2_O10_sent_at_once_with_its_number(struct world *w)
{
    answered(w);
    later(w, 20);
    set_state(w, "update outbox set tries = 3, send_at = 1795199999000");
    check(web_post(w, GERO, "/w/postausgang/1", "tun=jetzt").status == 303);
    check(ask(w, "select tries from outbox") == 3);
    struct relay *r = relay_start();
    deliver(w, r);
    check(relay_count(r) == 1);
    relay_stop(r);
    check(state(w) == OUTBOX_SENT && ask(w, "select tries from outbox") == 4);
}

static void Q2_sent_again(struct world *w)
{
    answered(w);
    set_state(w, "update outbox set state = 5, reply = '550 no'");
    check(web_post(w, GERO, "/w/postausgang/1", "tun=erneut").status == 303);
    check(state(w) == OUTBOX_QUEUED
          && ask(w, "select sent from message where kind = 1") == MESSAGE_QUEUED);
    check(web_post(w, NINA, "/w/postausgang/1", "tun=erneut").status == 403);
}

static void Q2_another_desks_mail_is_not_there(struct world *w)
{
    answered(w);
    set_state(w, "update outbox set tenant = 2");
    check(web_post(w, EVA, "/w/postausgang/1", "tun=anhalten").status == 409);
    check(state(w) == OUTBOX_QUEUED && !shows(web_get(w, EVA, "/w/postausgang"), "maja@"));
}

static void Q3_what_would_be_sent(struct world *w)
{
    answered(w);
    struct seen s = web_get(w, ADA, "/demo/mail");
    check(s.status == 200 && web_shows(&s, "Nothing has been written yet."));
    set_state(w, "update outbox set state = 7");
    w->lang = LANG_DE;
    s = web_get(w, ADA, "/demo/mail");
    check(web_shows(&s, "Bitte das Papier prüfen.") && web_shows(&s, "Drucker")
          && web_shows(&s, "maja@kunde.example"));
    check(!shows(web_get(w, CEM, "/demo/mail"), "Bitte das Papier"));
    check(!shows(web_get(w, NINA, "/demo/mail"), "Bitte das Papier"));
    check(web_get(w, GERO, "/demo/mail").status == 403
          && web_get(w, 0, "/demo/mail").status == 303);
    check(shows(web_get(w, EVA, "/w/postausgang?v=behalten"), "maja@kunde.example"));
    check(shows(web_get(w, EVA, "/w/postausgang"), "/demo/mail"));
    check(!shows(web_get(w, GERO, "/w/postausgang"), "/demo/mail"));    // reads no cases
}

static void Q3_notices_only_where_everybody_is_invented(struct world *w)
{
    answered(w);
    set_state(w, "update outbox set state = 7, ticket = null, message = null");
    check(shows(web_get(w, ADA, "/demo/mail"), "Bitte das Papier"));
    set_state(w, "update tenant set mail_address = 'hilfe@nordlicht.de' where id = 1");
    check(!shows(web_get(w, ADA, "/demo/mail"), "Bitte das Papier"));
    check(!shows(web_get(w, EVA, "/demo/mail"), "Bitte das Papier"));
}

static void Q4_what_may_be_there_twice_says_so(struct world *w)
{
    answered(w);
    later(w, 60);
    struct relay *r = relay_start();
    relay_will(r, relay_at(AT_DOT, HANGS_UP));
    deliver(w, r);
    check(
        shows(web_get(w, GERO, "/w/postausgang"), "sent once more, with the same Message-ID"));
    later(w, 3600);
    deliver(w, r);
    check(relay_count(r) == 2);
    check(shows(web_get(w, GERO, "/w/postausgang?v=gesendet"), "sent twice"));
    must_answer(w, (ticket_id){1});
    later(w, 60);
    deliver(w, r);
    set_state(w, "delete from outbox where again = 1");
    check(!shows(web_get(w, GERO, "/w/postausgang?v=gesendet"), "sent twice"));
    relay_stop(r);
}

const struct test outbox_http_tests[] = {
    T(Q1_states_and_no_content),
    T(Q1_for_whom),
    T(Q2_O10_stopped_for_good),
    T(Q2_O10_a_stopped_reply_is_its_writers_draft_again),
    T(Q2_O10_not_one_that_was_tried),
    T(O10_never_one_whose_dot_may_have_been_sent),
    T(Q2_O10_sent_at_once_with_its_number),
    T(Q2_sent_again),
    T(Q2_another_desks_mail_is_not_there),
    T(Q3_what_would_be_sent),
    T(Q3_notices_only_where_everybody_is_invented),
    T(Q4_what_may_be_there_twice_says_so),
    {0},
};
