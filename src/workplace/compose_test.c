// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/when.h"
#include "workplace/compose.h"

#include "base/limits.h"
#include "base/now.h"
#include "workplace/workplace_test.h"

static const char *form_of(struct world *w, int64_t seen, const char *rest)
{
    return arena_z(&w->kept, arena_fmt(&w->kept, "art=antwort&schluessel=77&gesehen=%lld&%s",
                                       (long long)seen, rest));
}

static int64_t replies(struct world *w)
{
    return ask(w, "select count(*) from message where kind = 1");
}

static void a_reply_is_stored_and_queued(struct world *w)
{
    struct made_case c = a_case(w);
    says(w, &c, (struct message_new){.body = S("hallo")});
    struct seen s =
        web_post(w, ADA, at(w, &c, "/antwort"), form_of(w, 1, "text=Wir+prüfen+das."));
    check(s.status == 303 && str_ends(s.to, S("#antwort")));
    check(replies(w) == 1 && ask(w, "select count(*) from outbox where state = 1") == 1);
    check(look(w, &c).status == TICKET_OPEN && look(w, &c).due.ms == 0);    // kept
    check(ask(w, "select count(*) from message where kind = 1 and body = 'Wir prüfen das.'")
          == 1);
    s = web_get(w, ADA, at(w, &c, ""));
    check(web_shows(&s, "leaves in 10 seconds") && web_shows(&s, "/zurueckholen"));
    s = web_get(w, BEN, at(w, &c, ""));
    check(hides(&s, "/zurueckholen"));    // it is not his
    later(w, LIMIT_UNDO_S);
    s = web_get(w, ADA, at(w, &c, ""));
    check(hides(&s, "/zurueckholen"));
}

static void a_note_is_for_colleagues(struct world *w)
{
    struct made_case c = a_case(w);
    struct seen s = web_post(w, ADA, at(w, &c, "/antwort"),
                             "art=intern&text=An+Karin&notiz=Kunde+ist+ruhig&gesehen=0");
    check(s.status == 303);
    check(ask(w, "select count(*) from message where kind = 2 and internal = 1") == 1);
    check(replies(w) == 0 && ask(w, "select count(*) from outbox") == 0);
    // What stood in the other half is still there.
    check(ask(w, "select count(*) from draft where kind = 1 and body = 'An Karin'") == 1);
    check(ask(w, "select count(*) from draft where kind = 2") == 0);
}

static void C1_sent_twice_is_one_message(struct world *w)
{
    struct made_case c = a_case(w);
    const char *form = form_of(w, 0, "text=Wir+prüfen+das.");
    struct seen first = web_post(w, ADA, at(w, &c, "/antwort"), form),
                again = web_post(w, ADA, at(w, &c, "/antwort"), form);
    check(first.status == 303 && again.status == 303);
    check_text(again.to, first.to);
    check(replies(w) == 1);
    check(web_post(w, ADA, at(w, &c, "/antwort"), form_of(w, 1, "text=Und+noch+etwas.")).status
          == 303);    // the same page with another text
    check(replies(w) == 2);
    struct made_case other = a_case_about(w, S("Drucker"), S("druckt nicht"));
    check(web_post(w, ADA, at(w, &other, "/antwort"), form).status == 303);
    check(replies(w) == 3);    // the same words in another case
}

static void C2_the_draft_goes_with_its_text(struct world *w)
{
    struct made_case c = a_case(w);
    check(web_post(w, ADA, at(w, &c, "/entwurf"), "text=Guten+Tag,+wir&notiz=merken!&gesehen=0")
              .status
          == 200);
    check(web_post(w, BEN, at(w, &c, "/entwurf"), "text=Ich+auch&gesehen=0").status == 200);
    check(ask(w, "select count(*) from draft") == 3);
    struct seen s = web_get(w, ADA, at(w, &c, ""));
    check(web_shows(&s, ">Guten Tag, wir</textarea>") && web_shows(&s, ">merken!</textarea>"));
    check(hides(&s, "Ich auch") && web_shows(&s, "Draft kept"));
    check(web_post(w, ADA, at(w, &c, "/antwort"), form_of(w, 0, "text=Fertig")).status == 303);
    check(ask(w, "select count(*) from draft where kind = 1 and person = 1") == 0);
    check(ask(w, "select count(*) from draft") == 2);
}

static void C3_nothing_is_no_answer(struct world *w)
{
    struct made_case c = a_case(w);
    struct seen s = web_post(w, ADA, at(w, &c, "/antwort"), form_of(w, 0, "text="));
    check(s.status == 422 && web_shows(&s, "There is no text yet."));
    s = web_post(w, ADA, at(w, &c, "/antwort"),
                 form_of(w, 0, "text=Guten+Tag+Karin+Brandt,%0D%0A%0D%0A"));
    check(s.status == 422 && web_shows(&s, "href=\"#text\""));
    s = web_post(w, ADA, at(w, &c, "/antwort"), "art=intern&notiz=+&gesehen=0");
    check(s.status == 422 && web_shows(&s, "value=\"intern\" checked"));
    check(ask(w, "select count(*) from message") == 0);
}

static void C6_a_number_says_nothing_to_the_customer(struct world *w)
{
    struct made_case c = a_case(w);
    struct seen s = web_post(w, ADA, at(w, &c, "/antwort"), form_of(w, 0, "text=Nimm %23L-101!"));
    check(s.status == 422 && web_shows(&s, "“#L-101” tells the customer nothing")
          && web_shows(&s, "Nimm #L-101!"));
    check(ask(w, "select count(*) from message") == 0);
    s = web_post(w, ADA, at(w, &c, "/antwort"), "art=intern&notiz=Nimm %23L-101!&gesehen=0");
    check(s.status == 303);    // a colleague reads it
}

static void F1_keep_for_later_without_a_script(struct world *w)
{
    struct made_case c = a_case(w);
    struct seen s =
        web_post(w, ADA, at(w, &c, "/antwort"), form_of(w, 0, "text=halb+fertig&tun=merken"));
    check(s.status == 303 && replies(w) == 0);
    s = web_get(w, ADA, at(w, &c, ""));
    check(web_shows(&s, ">halb fertig</textarea>"));
    // The greeting alone is no draft.
    web_post(w, BEN, at(w, &c, "/antwort"),
             form_of(w, 0, "text=Guten+Tag+Karin+Brandt,&tun=merken"));
    check(ask(w, "select count(*) from draft where person = 2") == 0);
}

static void F2_something_new_stops_a_reply(struct world *w)
{
    struct made_case c = a_case(w);
    says(w, &c, (struct message_new){.body = S("Hallo?")});
    says(w, &c, (struct message_new){.body = S("Hat sich erledigt!")});
    struct seen s =
        web_post(w, ADA, at(w, &c, "/antwort"), form_of(w, 1, "text=Bitte+neu+starten."));
    check(s.status == 409 && replies(w) == 0);
    check(web_shows(&s, "Something new arrived while you were writing."));
    check(web_shows(&s, ">Bitte neu starten.</textarea>") && web_shows(&s, "Send anyway"));
    check(web_shows(&s, "name=\"gesehen\" value=\"2\""));
    s = web_post(w, ADA, at(w, &c, "/antwort"), form_of(w, 2, "text=Bitte+neu+starten."));
    check(s.status == 303 && replies(w) == 1);
}

static void F2_notes_and_own_changes_stop_nothing(struct world *w)
{
    struct made_case c = a_case(w);
    says(w, &c, (struct message_new){.body = S("Hallo?")});
    writes(w, BEN, &c, (struct message_new){.kind = MESSAGE_NOTE, .body = S("ich schaue")});
    struct ticket_at a = {c.id, TICKET_ANY_VERSION};
    check(end(w, ticket_take(begin_as(w, BEN), &a)) == OK);
    check(web_post(w, ADA, at(w, &c, "/antwort"), form_of(w, 1, "text=Guten+Tag")).status
          == 303);
}

static void C4_a_reply_taken_back(struct world *w)
{
    struct made_case c = a_case(w);
    says(w, &c, (struct message_new){.body = S("Hallo?")});
    instant due = look(w, &c).due;
    web_post(w, ADA, at(w, &c, "/antwort"), form_of(w, 1, "text=Zu+schnell."));
    check(look(w, &c).due.ms == 0 && !look(w, &c).unanswered);
    check(web_post(w, BEN, at(w, &c, "/zurueckholen"), "nachricht=2").status == 404);
    later(w, 5);
    struct seen s = web_post(w, ADA, at(w, &c, "/zurueckholen"), "nachricht=2");
    check(s.status == 303);
    check(ask(w, "select count(*) from message where id = 2 and sent = 4") == 1);
    check(look(w, &c).due.ms == due.ms && look(w, &c).unanswered);
    s = web_get(w, ADA, at(w, &c, ""));
    check(web_shows(&s, ">Zu schnell.</textarea>") && web_shows(&s, "Taken back, not sent"));
    check(hides(&s, "/zurueckholen"));
    // And sent again, changed.
    s = web_post(w, ADA, at(w, &c, "/antwort"), form_of(w, 2, "text=Besser+so."));
    check(s.status == 303 && look(w, &c).due.ms == 0);
}

static void C4_not_once_it_has_left(struct world *w)
{
    struct made_case c = a_case(w);
    web_post(w, ADA, at(w, &c, "/antwort"), form_of(w, 0, "text=Weg+damit."));
    check(end(w, message_set_sent(begin(w), (message_id){1}, MESSAGE_SENT)) == OK);
    struct ctx *cx = begin(w);
    check(db_script(cx, "update outbox set state = 4") == OK && end(w, OK) == OK);
    check(web_post(w, ADA, at(w, &c, "/zurueckholen"), "nachricht=1").status == 409);
    check(ask(w, "select count(*) from message where sent = 2") == 1);
    check(web_post(w, ADA, at(w, &c, "/zurueckholen"), "nachricht=999").status == 404);
}

// A reply of ada's, and then the customer writes.
static struct made_case crossed(struct world *w)
{
    struct made_case c = a_case(w);
    says(w, &c, (struct message_new){.body = S("Hallo?")});
    web_post(w, ADA, at(w, &c, "/antwort"), form_of(w, 1, "text=Bald."));
    later(w, 3);
    struct seen s = web_post(w, BEN, at(w, &c, "/angehalten"), "nachricht=2&tun=senden");
    check(s.status == 409);
    says(w, &c, (struct message_new){.body = S("Hat sich erledigt!")});
    return c;
}

static void C7_a_held_reply_offers_three_things(struct world *w)
{
    struct made_case c = crossed(w);
    struct seen s = web_get(w, BEN, at(w, &c, ""));
    check(web_shows(&s, "The reply of ada to Karin Brandt does not leave")
          && web_shows(&s, "#m3\">What is new"));
    check(web_shows(&s, "/angehalten") && web_shows(&s, "/zurueckholen") && web_shows(&s, "Discard"));
    check(web_post(w, BEN, at(w, &c, "/angehalten"), "nachricht=2&tun=senden").status == 303);
    check(ask(w, "select send_at from outbox") == w->now.ms && !look(w, &c).unanswered);
    s = web_get(w, BEN, at(w, &c, ""));
    check(hides(&s, "/angehalten"));
}

static void C7_it_is_dropped(struct world *w)
{
    struct made_case c = crossed(w);
    check(look(w, &c).due.ms == 0);
    check(web_post(w, BEN, at(w, &c, "/angehalten"), "nachricht=2&tun=verwerfen").status == 303);
    check(ask(w, "select count(*) from outbox where state = 6") == 1
          && ask(w, "select count(*) from draft") == 0);
    check(look(w, &c).due.ms != 0 && look(w, &c).unanswered);
    check(web_post(w, BEN, at(w, &c, "/angehalten"), "nachricht=2&tun=senden").status == 409);
}

static void C7_it_is_changed_by_whoever_works_there(struct world *w)
{
    struct made_case c = crossed(w);
    check(web_post(w, BEN, at(w, &c, "/zurueckholen"), "nachricht=2").status == 303);
    struct seen s = web_get(w, BEN, at(w, &c, ""));
    check(web_shows(&s, ">Bald.</textarea>") && look(w, &c).unanswered);
}

static void of_another_case_nothing_is_taken_back(struct world *w)
{
    struct made_case c = a_case(w), other = a_case_about(w, S("Drucker"), S("druckt nicht"));
    web_post(w, ADA, at(w, &c, "/antwort"), form_of(w, 0, "text=Hallo+da"));
    check(web_post(w, ADA, at(w, &other, "/zurueckholen"), "nachricht=1").status == 404);
}

static void whoever_has_no_mail_address_is_called_with_the_number(struct world *w)
{
    struct made_case c = a_case(w);
    struct ctx *cx = begin(w);
    struct contact k;
    check(contact_load(cx, c.contact, &k) == OK);
    k.address = &karins[1];
    k.addresses = 1;
    check(contact_change(cx, &k) == OK && end(w, OK) == OK);
    struct seen s = web_get(w, ADA, at(w, &c, ""));
    check(web_shows(&s, "There is no mail address: call 089 1234567")
          && web_shows(&s, "Read out the case number"));
    check(web_post(w, ADA, at(w, &c, "/antwort"), form_of(w, 0, "text=Guten+Tag")).status
          == 303);
    check(replies(w) == 1 && ask(w, "select count(*) from outbox") == 0);
}

static bool web_shows_at(struct world *w, const struct made_case *c, const char *what)
{
    struct seen s = web_get(w, ADA, at(w, c, ""));
    return s.status == 200 && str_find(s.page, str_from_z(what)) >= 0;
}

static void C5_a_reply_leaves_later(struct world *w)
{
    static const char *const bad[] = {"text=bald&tag=2020-01-01", "text=bald&tag=2099-06-01",
                                      "text=bald&tag=irgendwann", "text=bald&tag=übermorgen"};
    struct made_case c = a_case(w);
    says(w, &c, (struct message_new){.body = S("hallo")});
    for (isize i = 0; i < countof(bad); i++) {    // the last one: promised for earlier
        struct seen s = web_post(w, ADA, at(w, &c, "/antwort"), form_of(w, 1, bad[i]));
        check(s.status == 422 && web_shows(&s, "bald"));
    }
    check(replies(w) == 0);
    check(web_post(w, ADA, at(w, &c, "/antwort"), form_of(w, 1, "text=zuerst")).status == 303);
    check(
        web_post(w, ADA, at(w, &c, "/antwort"), form_of(w, 2, "text=dann&tag=übermorgen&uhr=9"))
            .status
        == 303);
    int64_t leaves = ask(w, "select max(send_at) from outbox");
    check(leaves > instant_plus(w->now, 86400).ms
          && leaves < instant_plus(w->now, 3 * 86400).ms);
    later(w, 3600);
    struct seen s = web_get(w, ADA, at(w, &c, ""));
    check(web_shows(&s, "The reply to Karin Brandt leaves") && web_shows(&s, "/zurueckholen"));
    check(web_post(w, ADA, at(w, &c, "/zurueckholen"), "nachricht=3").status == 303);
    check(ask(w, "select count(*) from outbox where state = 6") == 1);
    s = web_get(w, ADA, at(w, &c, ""));    // with its time
    str day = when_day(&w->kept, (instant){leaves}, w->lang);
    check(web_shows(&s, ">dann</textarea>") && web_shows(&s, "value=\"09:00\"")
          && str_find(s.page,
                      arena_fmt(&w->kept, "name=\"tag\" value=\"" STR_FMT "\"", STR_ARG(day)))
                 > 0);
    c = a_case(w);
    check(web_post(w, ADA, at(w, &c, "/antwort"), form_of(w, 0, "text=zuerst")).status == 303);
    check(web_post(w, ADA, at(w, &c, "/antwort"), form_of(w, 4, "text=um&uhr=9:00")).status
          == 303);
    leaves = ask(w, "select max(send_at) from outbox where state <> 6");
    check(leaves > instant_plus(w->now, 3600).ms && leaves < instant_plus(w->now, 86400).ms);
}

// Kept for later, and by the script while one types.
static void C5_the_time_is_kept_with_the_draft(struct world *w)
{
    struct made_case c = a_case(w);
    web_post(w, ADA, at(w, &c, "/antwort"),
             form_of(w, 0, "tun=merken&text=bald&tag=%C3%BCbermorgen&uhr=14"));
    check(web_shows_at(w, &c, "value=\"14:00\""));
    web_post(w, ADA, at(w, &c, "/entwurf"), form_of(w, 0, "text=bald&tag=morgen&uhr=7:30"));
    check(web_shows_at(w, &c, "value=\"07:30\""));
    web_post(w, ADA, at(w, &c, "/entwurf"), form_of(w, 0, "text=bald&tag=mor&uhr=7:30"));
    check(web_shows_at(w, &c, "value=\"07:30\""));    // half a word changes nothing
    web_post(w, ADA, at(w, &c, "/entwurf"), form_of(w, 0, "text=bald&tag=&uhr="));
    check(!web_shows_at(w, &c, "value=\"07:30\""));
    web_post(w, ADA, at(w, &c, "/entwurf"), form_of(w, 0, "text=bald&tag=morgen&uhr=7:30"));
    later(w, 2 * 86400);
    check(!web_shows_at(w, &c, "value=\"07:30\""));    // that was yesterday
}

static int count_of(struct seen s, const char *what)
{
    int n = 0;
    for (isize at; (at = str_find(s.page, str_from_z(what))) >= 0; n++)
        s.page = str_cut(s.page, at + 1);
    return n;
}

static void B5_each_of_several_that_wait_can_be_taken_back(struct world *w)
{
    struct made_case c = a_case(w);
    static const char *const text[] = {"text=Sofort", "text=Bericht+folgt&tag=morgen&uhr=15",
                                       "text=Nachtrag&tag=morgen&uhr=14"};
    for (int i = 0; i < 3; i++)
        check(web_post(w, ADA, at(w, &c, "/antwort"), form_of(w, i, text[i])).status == 303);
    struct seen s = web_get(w, ADA, at(w, &c, ""));
    check(count_of(s, "/zurueckholen") == 3 && count_of(s, "data-undo") == 1);
    check(str_find(s.page, S("#m3")) < str_find(s.page, S("#m2")));    // first to leave first
    s = web_get(w, BEN, at(w, &c, ""));
    check(hides(&s, "/zurueckholen") && count_of(s, "ada has a mail to Karin Brandt") == 2);
    check(web_post(w, ADA, at(w, &c, "/zurueckholen"), "nachricht=3").status == 303);
    check(ask(w, "select count(*) from outbox where state = 6") == 1
          && ask(w, "select sent from message where id = 3") == MESSAGE_UNDONE);
    s = web_get(w, ADA, at(w, &c, ""));
    check(count_of(s, "/zurueckholen") == 2 && web_shows(&s, ">Nachtrag</textarea>"));
    later(w, 60);
    s = web_get(w, ADA, at(w, &c, ""));
    check(count_of(s, "/zurueckholen") == 1 && hides(&s, "data-undo"));
}

// The later one answered the customer as well, so the first alone reopens nothing.
static void C4_a_promise_is_open_when_no_reply_stands(struct world *w)
{
    struct made_case c = a_case(w);
    says(w, &c, (struct message_new){.body = S("Hallo?")});
    instant due = look(w, &c).due;
    web_post(w, ADA, at(w, &c, "/antwort"), form_of(w, 1, "text=zuerst"));
    later(w, 5);
    web_post(w, ADA, at(w, &c, "/antwort"), form_of(w, 2, "text=dann"));
    check(web_post(w, ADA, at(w, &c, "/zurueckholen"), "nachricht=2").status == 303);
    check(look(w, &c).due.ms == 0 && !look(w, &c).unanswered);
    check(web_post(w, ADA, at(w, &c, "/zurueckholen"), "nachricht=3").status == 303);
    check(look(w, &c).due.ms == due.ms && look(w, &c).unanswered);
}

static void C4_however_many_notes_lie_between(struct world *w)
{
    struct made_case c = a_case(w);
    says(w, &c, (struct message_new){.body = S("Hallo?")});
    instant due = look(w, &c).due;
    web_post(w, ADA, at(w, &c, "/antwort"), form_of(w, 1, "text=zuerst"));
    later(w, 5);
    web_post(w, ADA, at(w, &c, "/antwort"), form_of(w, 2, "text=dann"));
    check(web_post(w, ADA, at(w, &c, "/zurueckholen"), "nachricht=2").status == 303);
    for (int i = 0; i < 50; i++)
        writes(w, BEN, &c, (struct message_new){.kind = MESSAGE_NOTE, .body = S("Hm.")});
    check(web_post(w, ADA, at(w, &c, "/zurueckholen"), "nachricht=3").status == 303);
    check(look(w, &c).due.ms == due.ms && look(w, &c).unanswered);
}

static void all_of_it_or_nothing(struct world *w)
{
    struct made_case c = a_case(w);
    says(w, &c, (struct message_new){.body = S("Hallo?")});
    struct compose k = {.text = S("Wir prüfen das."), .key = S("1"), .seen = {1}};
    struct ticket t;
    EACH_FAULT(w) {
        int nth = nth_;
        message_id id;
        db_fail_at(w->db, 0);
        struct ctx *cx = begin_as(w, ADA);
        check(ticket_load(cx, c.id, &t) == OK);
        struct ticket_at a = ticket_at(&t);
        db_fail_at(w->db, nth);
        enum err err = end(w, compose_send(cx, &t, &k, &a, &id));
        bool failed = db_failed(w->db);
        db_fail_at(w->db, 0);
        check(err == (failed ? ERR_BUSY : OK));
        check(replies(w) == !failed && ask(w, "select count(*) from outbox") == !failed);
        check(ask(w, "select count(*) from idempotency") == !failed);
        check((look(w, &c).due.ms == 0) == !failed);
    }
}

const struct test compose_tests[] = {
    T(a_reply_is_stored_and_queued),
    T(a_note_is_for_colleagues),
    T(C1_sent_twice_is_one_message),
    T(C2_the_draft_goes_with_its_text),
    T(C3_nothing_is_no_answer),
    T(C4_a_reply_taken_back),
    T(B5_each_of_several_that_wait_can_be_taken_back),
    T(C4_a_promise_is_open_when_no_reply_stands),
    T(C4_however_many_notes_lie_between),
    T(C4_not_once_it_has_left),
    T(C6_a_number_says_nothing_to_the_customer),
    T(F1_keep_for_later_without_a_script),
    T(F2_something_new_stops_a_reply),
    T(F2_notes_and_own_changes_stop_nothing),
    T(C7_a_held_reply_offers_three_things),
    T(C7_it_is_dropped),
    T(C7_it_is_changed_by_whoever_works_there),
    T(of_another_case_nothing_is_taken_back),
    T(whoever_has_no_mail_address_is_called_with_the_number),
    T(C5_a_reply_leaves_later),
    T(C5_the_time_is_kept_with_the_draft),
    T(all_of_it_or_nothing),
    {0},
};
