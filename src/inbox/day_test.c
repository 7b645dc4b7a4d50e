// SPDX-License-Identifier: GPL-3.0-or-later
#include "workplace/workplace_test.h"

#include "base/now.h"
#include "duty/duty.h"
#include "engagement/engagement.h"
#include "escalation/escalation.h"
#include "inbox/news.h"
#include "outbox/outbox.h"
#include "staff/presence.h"
#include "vendor/vendor_ask.h"

static struct ticket_at any(const struct made_case *c)
{
    return (struct ticket_at){c->id, TICKET_ANY_VERSION};
}

static void takes(struct world *w, int person, const struct made_case *c)
{
    struct ticket_at a = any(c);
    check(end(w, ticket_take(begin_as(w, person), &a)) == OK);
}

static void waits_for(struct world *w, int person, const struct made_case *c,
                      enum ticket_status what)
{
    struct ticket_at a = any(c);
    if (what == TICKET_WAITING_CUSTOMER)
        writes(w, person, c,
               (struct message_new){.kind = MESSAGE_REPLY, .body = S("Welche Lampe?")});
    struct ticket_waiting wait = {.for_what = what, .asked = w->now};
    check(end(w, ticket_wait(begin_as(w, person), &a, &wait)) == OK);
    later(w, 60);
}

static bool before(const struct seen *s, const char *first, const char *second)
{
    isize a = str_find(s->page, str_from_z(first));
    return a > 0 && a < str_find(s->page, str_from_z(second));
}

static void away(struct world *w, int person, int other)
{
    struct presence_span s = {.person = {person},
                              .from = w->now,
                              .until = instant_plus(w->now, 48 * 3600),
                              .other = {other}};
    check(end(w, presence_leave(begin_as(w, person), &s)) == OK);
}

static void N1_the_customer_answered(struct world *w)
{
    struct made_case c = a_case(w);
    takes(w, ADA, &c);
    struct seen s = web_get(w, ADA, "/w");
    check(hides(&s, "It is your turn again"));    // what one just took is not new
    waits_for(w, ADA, &c, TICKET_WAITING_CUSTOMER);
    s = web_get(w, ADA, "/w");
    check(hides(&s, "It is your turn again"));
    says(w, &c, (struct message_new){.body = S("Die rote")});
    later(w, 60);
    s = web_get(w, ADA, "/w");
    check(web_shows(&s, "It is your turn again <span class=\"count hot\">1</span>"));
    check(web_shows(&s, "The customer wrote, <time")
          && before(&s, "It is your turn again", "Promised"));
    s = web_get(w, ADA, "/w/inbox?v=mine");
    check(web_shows(&s, "<b>The customer wrote</b> · "));
    s = web_get(w, BEN, "/w");    // it is not his
    check(hides(&s, "It is your turn again"));
    s = web_get(w, ADA, at(w, &c, ""));    // looking changes nothing
    s = web_get(w, ADA, "/w");
    check(web_shows(&s, "It is your turn again"));
    writes(w, ADA, &c, (struct message_new){.kind = MESSAGE_REPLY, .body = S("Danke")});
    s = web_get(w, ADA, "/w");
    check(hides(&s, "It is your turn again"));
}

static void N1_a_vendor_answered(struct world *w)
{
    struct made_case c = a_case(w);
    struct team vendor = {.name = WORDS("Modem Ltd", "Modem GmbH"), .level = 4};
    check(end(w, team_add(begin(w), &vendor, &vendor.id)) == OK);
    takes(w, ADA, &c);
    engagement_id id;
    struct ticket_at a = any(&c);
    struct engagement_question k = {.text = S("Firmware?")};
    check(end(w, engagement_ask(begin_as(w, ADA), &a, vendor.id, &k, &id)) == OK);
    struct ticket_waiting wait = {.for_what = TICKET_WAITING_VENDOR};
    a = any(&c);
    if (look(w, &c).status != TICKET_WAITING_VENDOR)
        check(end(w, ticket_wait(begin_as(w, ADA), &a, &wait)) == OK);
    later(w, 60);
    check(end(w, engagement_answer(begin(w), (struct engagement_at){id, 1}, S("2.1"))) == OK);
    struct seen s = web_get(w, ADA, "/w");
    check(web_shows(&s, "The vendor has answered, "));
}

static void N1_the_lead_decided_what_came_by_itself(struct world *w)
{
    struct made_case c = a_case(w);
    takes(w, ADA, &c);
    struct escalation_raised out;
    struct escalation_new n = {.reason = ESCALATE_COMPLAINT, .text = S("Beschwerde")};
    check(end(w, escalation_raise(begin(w), c.id, &n, &out)) == OK);
    struct escalation e;
    check(escalation_load(begin_as(w, EVA), out.id, &e) == OK && end(w, OK) == OK);
    check(end(w, escalation_decide(begin_as(w, EVA), (struct escalation_at){e.id, e.version},
                                   OUTCOME_GRANTED, S("89 Euro werden erstattet.")))
          == OK);
    struct seen s = web_get(w, ADA, "/w");
    check(web_shows(&s, "The lead has decided, <time"));
}

static void N2_who_stands_in_has_the_cases(struct world *w)
{
    struct made_case c = a_case(w), quiet = a_case_about(w, S("Das Wartende"), S("x"));
    takes(w, ADA, &c);
    takes(w, ADA, &quiet);
    waits_for(w, ADA, &c, TICKET_WAITING_CUSTOMER);
    waits_for(w, ADA, &quiet, TICKET_WAITING_CUSTOMER);
    away(w, ADA, BEN);
    struct seen s = web_get(w, BEN, "/w");
    check(web_shows(&s, "Standing in for ada <span class=\"count\">0</span>"));
    check(web_shows(&s, "Nothing waits for an answer."));
    says(w, &c, (struct message_new){.body = S("Die rote")});
    s = web_get(w, BEN, "/w");
    check(web_shows(&s, "Standing in for ada <span class=\"count\">1</span>")
          && web_shows(&s, "Away until"));
    check(web_shows(&s, "WLAN geht nicht") && web_shows(&s, "The customer wrote, "));
    check(before(&s, "Standing in for ada", "Promised"));
    w->lang = LANG_DE;
    s = web_get(w, BEN, "/w");
    check(web_shows(&s, "In Vertretung für ada"));
    s = web_get(w, EVA, "/w");
    check(hides(&s, "In Vertretung"));
}

static void Y2_the_true_number_and_a_way_to_the_rest(struct world *w)
{
    for (int i = 0; i < 23; i++)
        a_case(w);
    struct seen s = web_get(w, ADA, "/w");
    check(web_shows(&s, "Promised <span class=\"count hot\">23</span>"));
    check(web_shows(&s, "href=\"/w?alle=1#d1\">All 23</a>"));
    s = web_get(w, ADA, "/w?alle=1");
    check(web_shows(&s, "Promised <span class=\"count hot\">23</span>") && hides(&s, "All 23"));
}

static void Y2_what_is_due_in_ones_own_work(struct world *w)
{
    struct made_case c = a_case(w);
    engagement_id id;
    struct ticket_at a = any(&c);
    struct engagement_contract k = {
        .problem = S("x"), .promised = S("y"), .asked_for = ASK_SOLVE};
    check(end(w, engagement_hand_over(begin_as(w, ADA), &a, (team_id){NET}, &k, &id)) == OK);
    struct seen s = web_get(w, CEM, "/w");
    check(web_shows(&s, "Nothing is due until tomorrow."));    // not theirs yet
    check(end(w, engagement_accept(begin_as(w, CEM), (struct engagement_at){id, 1},
                                   S("Ich prüfe die Leitung"), false))
          == OK);
    check(ask(w, "select count(*) from promise where team = 1 and state = 1") == 1);
    s = web_get(w, CEM, "/w");
    check(web_shows(&s, "Promised <span class=\"count hot\">1</span>")
          && web_shows(&s, "4 h left"));
    s = web_get(w, ADA, "/w");    // and once for who promised it
    check(web_shows(&s, "Promised <span class=\"count hot\">1</span>"));
}

static void Y4_one_source_for_what_is_new(struct world *w)
{
    struct solution k = {.kind = SOLUTION_FIX,
                         .confidence = SOLUTION_NOT_VALIDATED,
                         .audience = SOLUTION_L1,
                         .lang = LANG_DE,
                         .title = S("Kanal wechseln")};
    solution_id id;
    check(end(w, solution_add(begin_as(w, EVA), &k, &id)) == OK);
    k.title = S("Halber Entwurf");
    k.confidence = SOLUTION_WIP;
    check(end(w, solution_add(begin_as(w, EVA), &k, &id)) == OK);
    static const char *const pages[] = {"/w", "/w/pflichten"};
    for (int i = 0; i < 2; i++) {
        struct seen s = web_get(w, ADA, pages[i]);
        check(web_shows(&s, "Kanal wechseln") && hides(&s, "Halber Entwurf"));
    }
}

static void Y5_who_is_on_call_reads_it(struct world *w)
{
    struct presence_span s = {
        .person = {CEM}, .from = w->now, .until = instant_plus(w->now, 3600)};
    check(end(w, presence_oncall_add(begin(w), (team_id){NET}, &s)) == OK);
    struct seen day = web_get(w, CEM, "/w");
    check(web_shows(&day, "<h2 id=\"n4\">On call</h2>")
          && web_shows(&day, "<p>Network: <time"));
    day = web_get(w, ADA, "/w");
    check(hides(&day, "id=\"n4\""));
}

// engagement/handover_http.h
static void S10_who_is_on_call_is_named(struct world *w)
{
    struct made_case c = a_case(w);
    struct presence_span s = {
        .person = {CEM}, .from = w->now, .until = instant_plus(w->now, 3600)};
    struct seen sheet = web_get(w, ADA, at(w, &c, "/uebergabe"));
    check(hides(&sheet, "On call:"));
    check(end(w, presence_oncall_add(begin(w), (team_id){NET}, &s)) == OK);
    sheet = web_get(w, ADA, at(w, &c, "/uebergabe"));
    check(web_shows(&sheet, "On call: cem, until <time"));
}

static void Y3_what_came_back_stands_by_its_time(struct world *w)
{
    struct made_case late = a_case_about(w, S("Das Späte"), S("x")),
                     soon = a_case_about(w, S("Das Frühe"), S("y"));
    struct ctx *cx = begin(w);
    check(person_join(cx, (person_id){ADA}, (team_id){NET}) == OK);
    check(db_script(cx, "update ticket set returns = 1") == OK);
    check(db_script(cx, "update ticket set work_team = 2, ball_team = 2 where id = 2") == OK);
    check(end(w, OK) == OK);
    struct ticket_at a = any(&late);
    struct promise *p;
    isize n;
    promise_id moved;
    cx = begin_as(w, ADA);
    check(promise_list(cx, late.id, &p, &n) == OK);
    check(
        end(w, promise_move(cx, &a, p[0].id, instant_plus(w->now, 90000), S("später"), &moved))
        == OK);
    struct seen s = web_get(w, ADA, "/w");
    isize back = str_find(s.page, S("Given back"));
    str rest = str_cut(s.page, back);
    check(back > 0 && str_find(rest, S("Das Frühe")) > 0
          && str_find(rest, S("Das Frühe")) < str_find(rest, S("Das Späte")));
    check(soon.id.n == 2);
}

static void Y6_a_held_reply_is_told(struct world *w)
{
    struct made_case c = a_case(w);
    takes(w, ADA, &c);
    struct ticket_at a = any(&c);
    message_id reply;
    struct message_new m = {
        .channel = CHANNEL_MAIL, .body = S("Bald."), .seen = MESSAGE_SEEN_ALL};
    check(end(w, outbox_reply(begin_as(w, EVA), &a, &m, &reply)) == OK);
    says(w, &c, (struct message_new){.body = S("Hat sich erledigt!")});
    later(w, 60);
    struct ctx cx = {.arena = &w->arena, .db = w->db, .now = w->now, .data_dir = w->place.dir};
    check(job_drain(&cx, outbox_jobs) == OK);
    check(ask(w, "select count(*) from event where kind = 'message.held'") == 1);
    struct seen s = web_get(w, ADA, "/w");
    check(web_shows(&s, "Our reply is held") && web_shows(&s, "A reply is held"));
    check(end(w, db_script(begin(w), "delete from person_team where person = 5")) == OK);
    s = web_get(w, EVA, "/w");    // who wrote it, and is of another team now
    check(web_shows(&s, "Our reply is held"));
    s = web_get(w, CEM, "/w");
    check(hides(&s, "Our reply is held"));
}

const struct test day_tests[] = {
    T(N1_the_customer_answered),
    T(N1_a_vendor_answered),
    T(N1_the_lead_decided_what_came_by_itself),
    T(N2_who_stands_in_has_the_cases),
    T(Y2_the_true_number_and_a_way_to_the_rest),
    T(Y2_what_is_due_in_ones_own_work),
    T(Y3_what_came_back_stands_by_its_time),
    T(Y4_one_source_for_what_is_new),
    T(Y5_who_is_on_call_reads_it),
    T(S10_who_is_on_call_is_named),
    T(Y6_a_held_reply_is_told),
    {0},
};
