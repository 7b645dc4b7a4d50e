// SPDX-License-Identifier: GPL-3.0-or-later
#include "workplace/workplace_test.h"

#include "base/now.h"
#include "engagement/engagement.h"
#include "escalation/escalation.h"
#include "outbox/outbox.h"
#include "solution/solution.h"
#include "undelivered/undelivered.h"

static const char *marked(struct world *w, const struct made_case *c)
{
    struct ticket t = look(w, c);
    return arena_z(&w->kept, arena_fmt(&w->kept, "nr=%lld.%lld", (long long)t.number,
                                       (long long)t.version));
}

static const char *both(struct world *w, const char *x, const char *y)
{
    return arena_z(&w->kept, arena_fmt(&w->kept, "%s&%s&v=inbox&team=1&tun=nehmen", x, y));
}

static void V1_earliest_promise_first(struct world *w)
{
    struct made_case late = a_case_about(w, S("Das Späte"), S("x"));
    struct ticket_at a = {late.id, TICKET_ANY_VERSION};
    check(end(w, promise_answered(begin(w), &a)) == OK);    // nothing promised any more
    a_case_about(w, S("Das Frühe"), S("x"));
    struct seen s = web_get(w, ADA, "/w/inbox");
    isize early =
        str_find(s.page, S("<span class=\"row-title\"><span class=\"visually-hidden\">"
                           "New: </span>Das Frühe"));
    check(s.status == 200 && early > 0 && early < str_find(s.page, S("Das Späte</span>")));
    check(web_shows(&s, "Today <span class=\"count\">1</span>"));
    check(web_shows(&s, "Nothing promised"));
    check(web_shows(&s, "4 h left") && web_shows(&s, "Kern GmbH"));
}

static void V1_what_is_overdue_says_so(struct world *w)
{
    a_case(w);
    later(w, 5 * 3600);
    struct seen s = web_get(w, ADA, "/w/inbox");
    check(web_shows(&s, "Overdue") && web_shows(&s, "due late") && web_shows(&s, "1 h late"));
    later(w, -3600 - 1800);
    s = web_get(w, ADA, "/w/inbox");
    check(web_shows(&s, "Within the hour") && web_shows(&s, "due soon"));
}

static void V2_each_view_has_an_address(struct world *w)
{
    struct made_case c = a_case(w);
    static const char *const others[] = {"mine",           "returned",     "care",  "waiting",
                                         "waiting_vendor", "waiting_date", "solved"};
    for (isize i = 0; i < countof(others); i++) {
        const char *url = arena_z(&w->kept, arena_fmt(&w->kept, "/w/inbox?v=%s", others[i]));
        struct seen s = web_get(w, ADA, url);
        check(s.status == 200 && web_shows(&s, "There is nothing here.")
              && hides(&s, "WLAN geht nicht"));
    }
    struct seen s = web_get(w, ADA, "/w/inbox?v=open");
    check(web_shows(&s, "WLAN geht nicht"));
    check(web_post(w, ADA, at(w, &c, "/nehmen"), versioned(w, &c, "")).status == 303);
    s = web_get(w, ADA, "/w/inbox?v=mine");
    check(web_shows(&s, "WLAN geht nicht") && web_shows(&s, "(1)"));
    s = web_get(w, ADA, "/w/inbox");
    check(hides(&s, "row-title"));    // taken: not in the team's inbox any more
    s = web_get(w, ADA, "/w/inbox?v=nonsense&team=xyz&nach=-1&id=x&nr=%3Cb%3E");
    check(s.status == 200);
}

static void V2_the_chosen_case_stands_beside(struct world *w)
{
    a_case_about(w, S("Der erste"), S("Lampe rot"));
    later(w, 600);
    struct made_case second = a_case_about(w, S("Der zweite"), S("Lampe blau"));
    struct seen s = web_get(w, ADA, "/w/inbox");
    check(web_shows(&s, "<h2 id=\"vorschau\">Der erste</h2>") && web_shows(&s, "Lampe rot"));
    s = web_get(
        w, ADA,
        arena_z(&w->kept, arena_fmt(&w->kept, "/w/inbox?nr=" STR_FMT, STR_ARG(second.number))));
    check(web_shows(&s, "<h2 id=\"vorschau\">Der zweite</h2>") && web_shows(&s, "Lampe blau"));
}

static void V2_the_list_goes_on(struct world *w)
{
    for (int i = 0; i < 51; i++)
        a_case_about(w, S("viele"), S("x"));
    struct seen s = web_get(w, ADA, "/w/inbox");
    isize at_ = str_find(s.page, S("nach="));
    check(at_ > 0);
    str rest = str_cut(s.page, at_);
    str query = {rest.p, str_find(rest, S("\""))};
    str key = str_token(&query, '&');
    str_token(&query, '=');
    s = web_get(w, ADA,
                arena_z(&w->kept, arena_fmt(&w->kept, "/w/inbox?" STR_FMT "&id=" STR_FMT,
                                            STR_ARG(key), STR_ARG(query))));
    check(s.status == 200 && hides(&s, "nach="));
    check(web_shows(&s, "<span class=\"count\">1</span>"));
}

static void V3_what_is_new_is_counted(struct world *w)
{
    a_case(w);
    later(w, 60);
    const char *url = arena_z(&w->kept, arena_fmt(&w->kept, "/w/inbox/stand?v=inbox&seit=%lld",
                                                  (long long)w->now.ms));
    struct seen s = web_get(w, ADA, url);
    check_text(s.page, S("{\"new\":0}"));
    later(w, 60);
    a_case_about(w, S("neu"), S("x"));
    s = web_get(w, ADA, url);
    check_text(s.page, S("{\"new\":1}"));
}

static void V4_many_at_once(struct world *w)
{
    struct made_case a = a_case(w), b = a_case_about(w, S("Drucker"), S("x"));
    struct seen s = web_post(w, ADA, "/w/inbox", both(w, marked(w, &a), marked(w, &b)));
    check(s.status == 303 && str_find(s.to, S("getan=2&uebrig=0")) > 0);
    check(look(w, &a).work_person.n == ADA && look(w, &b).work_person.n == ADA);
    s = web_get(w, ADA, arena_z(&w->kept, s.to));
    check(web_shows(&s, "Done: 2."));
}

static void V4_what_changed_meanwhile_is_left_alone(struct world *w)
{
    struct made_case a = a_case(w), b = a_case_about(w, S("Drucker"), S("x"));
    const char *form = both(w, marked(w, &a), marked(w, &b));
    check(web_post(w, BEN, at(w, &a, "/nehmen"), versioned(w, &a, "")).status == 303);
    struct seen s = web_post(w, ADA, "/w/inbox", form);
    check(s.status == 303 && str_find(s.to, S("getan=1&uebrig=1")) > 0);
    check(look(w, &a).work_person.n == BEN && look(w, &b).work_person.n == ADA);
    s = web_post(w, ADA, "/w/inbox", "v=inbox&team=1&nr=1.1&nr=x&tun=nehmen");
    check(s.status == 303 && str_find(s.to, S("getan=0&uebrig=2")) > 0);
    s = web_post(w, ADA, "/w/inbox", "v=inbox&team=1&tun=verbrennen");
    check(s.status == 422);
}

static void V5_the_lead_gives_and_sends(struct world *w)
{
    struct made_case a = a_case(w), b = a_case_about(w, S("Drucker"), S("x"));
    struct seen s = web_get(w, EVA, "/w/inbox");
    check(web_shows(&s, "name=\"an\"") && web_shows(&s, "name=\"nach\""));
    s = web_get(w, ADA, "/w/inbox");
    check(str_find(s.page, S("name=\"an\"")) < 0);
    str form = arena_fmt(&w->kept, "v=inbox&team=1&tun=zuteilen&an=2&nach=2&%s", marked(w, &a));
    check(web_post(w, ADA, "/w/inbox", arena_z(&w->kept, form)).status == 403);
    s = web_post(w, EVA, "/w/inbox", arena_z(&w->kept, form));
    check(s.status == 303 && look(w, &a).work_person.n == BEN);
    form = arena_fmt(&w->kept, "v=inbox&team=1&tun=schicken&nach=2&%s&%s", marked(w, &a),
                     marked(w, &b));
    s = web_post(w, EVA, "/w/inbox", arena_z(&w->kept, form));
    check(s.status == 303 && str_find(s.to, S("getan=1&uebrig=1")) > 0);
    check(look(w, &a).work_team.n == FIRST && look(w, &b).work_team.n == NET);
    check(web_post(w, EVA, "/w/inbox", "v=inbox&team=1&tun=schicken&nach=0").status == 422);
}

static void who_sees_what(struct world *w)
{
    a_case(w);
    struct seen s = web_get(w, NINA, "/w/inbox?v=open");
    check(s.status == 200 && hides(&s, "WLAN"));
    s = web_get(w, CEM, "/w/inbox?v=open&team=1");
    check(s.status == 200 && hides(&s, "WLAN"));
    s = web_get(w, CEM, "/w/inbox?v=inbox&team=1");    // not his team: his own is shown
    check(s.status == 200 && hides(&s, "WLAN") && web_shows(&s, "Network"));
    check(web_get(w, GERO, "/w/inbox").status == 403);
    check(web_get(w, 0, "/w/inbox").status == 303);
    s = web_get(w, EVA, "/w/inbox?v=open");
    check(s.status == 200 && web_shows(&s, "WLAN"));
    s = web_get(w, FINN, "/w/inbox");    // in no team
    check(s.status == 200);
}

static void my_day(struct world *w)
{
    struct made_case c = a_case(w);
    engagement_id id;
    struct engagement_contract k = {
        .problem = S("x"), .promised = S("y"), .asked_for = ASK_SOLVE};
    struct seen s = web_get(w, ADA, "/w");
    check(s.status == 200 && web_shows(&s, "WLAN geht nicht")
          && web_shows(&s, "Friday, 20 November"));
    check(web_shows(&s, "4 h left") && web_shows(&s, "Kern GmbH · "));
    check(web_post(w, ADA, at(w, &c, "/nehmen"), versioned(w, &c, "")).status == 303);
    struct ticket_at a = {c.id, look(w, &c).version};
    check(end(w, engagement_hand_over(begin_as(w, ADA), &a, (team_id){NET}, &k, &id)) == OK);
    s = web_get(w, CEM, "/w");
    check(s.status == 200 && web_shows(&s, "/annehmen/1")
          && web_shows(&s, "from Service desk to Network"));
    s = web_get(w, NINA, "/w");
    check(s.status == 200 && hides(&s, "WLAN"));
    s = web_get(w, GERO, "/w");    // who works on no cases is sent to what he may do
    check(s.status == 303 && str_starts(s.to, S("/a/")));
    w->lang = LANG_DE;
    s = web_get(w, ADA, "/w");
    check(web_shows(&s, "Freitag, 20. November 2026") && web_shows(&s, "Mein Tag"));
}

static engagement_id given_back(struct world *w, const struct made_case *c)
{
    engagement_id id = {0};
    struct ticket_at at = {c->id, TICKET_ANY_VERSION};
    struct engagement_contract k = {
        .problem = S("Lampe rot"), .promised = S("heute"), .asked_for = ASK_SOLVE};
    struct engagement_return back = {.reason = RETURN_INCOMPLETE, .text = S("Seriennummer")};
    check(end(w, engagement_hand_over(begin_as(w, ADA), &at, (team_id){NET}, &k, &id)) == OK);
    check(end(w, engagement_accept(begin_as(w, CEM), (struct engagement_at){id, 1},
                                   S("Ich prüfe die Leitung"), false))
          == OK);
    check(end(w, engagement_return(begin_as(w, CEM), &at, &back, &id)) == OK);
    return id;
}

static void a_return_that_waits_stands_among_the_returns(struct world *w)
{
    struct made_case c = a_case(w);
    check(web_post(w, ADA, at(w, &c, "/nehmen"), versioned(w, &c, "")).status == 303);
    engagement_id id = given_back(w, &c);
    struct seen s = web_get(w, ADA, "/w/inbox?v=returned");
    check(web_shows(&s, "WLAN geht nicht") && web_shows(&s, "Returned (1)"));
    s = web_get(w, ADA, "/w");
    isize returned = str_find(s.page, S("Given back <span class=\"count hot\">1</span>"));
    check(returned > 0 && str_find(str_cut(s.page, returned), S("/annehmen/2")) > 0);
    check(web_shows(&s, "Your team is asked <span class=\"count\">0</span>"));
    check(end(w, engagement_accept(begin_as(w, ADA), (struct engagement_at){id, 1},
                                   S("Wir fragen nach"), false))
          == OK);
    s = web_get(w, ADA, "/w/inbox?v=returned");
    check(web_shows(&s, "WLAN geht nicht") && web_shows(&s, "Returned (1)"));
    s = web_get(w, CEM, "/w/inbox?v=returned");
    check(hides(&s, "WLAN geht nicht"));
}

static void V7_a_row_says_it_is_at_the_lead(struct world *w)
{
    struct made_case c = a_case(w);
    struct seen s = web_get(w, ADA, "/w/inbox");
    check(web_shows(&s, "WLAN geht nicht") && hides(&s, "at the lead</span>"));
    struct escalation_raised out;
    struct escalation_new n = {.reason = ESCALATE_DANGER, .text = S("Brandgeruch")};
    check(end(w, escalation_raise(begin_as(w, ADA), c.id, &n, &out)) == OK);
    s = web_get(w, ADA, "/w/inbox");
    check(web_shows(&s, "at the lead</span>"));
}

static message_id lost_reply(struct world *w, const struct made_case *c)
{
    message_id m;
    struct ticket_at at_ = {c->id, TICKET_ANY_VERSION};
    struct message_new n = {.kind = MESSAGE_REPLY,
                            .channel = CHANNEL_MAIL,
                            .body = S("Welche Lampe leuchtet?"),
                            .sent = MESSAGE_FAILED,
                            .seen = MESSAGE_SEEN_ALL};
    check(end(w, message_add(begin_as(w, ADA), &at_, &n, &m)) == OK);
    check(end(w, undelivered_look(begin(w), m)) == OK);
    return m;
}

static void V7_a_row_says_that_our_reply_did_not_arrive(struct world *w)
{
    struct made_case c = a_case(w);
    struct seen s = web_get(w, ADA, "/w/inbox");
    check(hides(&s, "not delivered</span>"));
    lost_reply(w, &c);
    s = web_get(w, ADA, "/w/inbox");
    check(web_shows(&s, "not delivered</span>"));
}

static void my_day_says_whom_we_did_not_reach(struct world *w)
{
    struct made_case c = a_case(w);
    struct seen s = web_get(w, ADA, "/w");
    check(hides(&s, "Our reply did not arrive"));
    lost_reply(w, &c);
    s = web_get(w, ADA, "/w");
    check(web_shows(&s, "Our reply did not arrive") && web_shows(&s, "WLAN geht nicht"));
    s = web_get(w, CEM, "/w");    // another team cares
    check(hides(&s, "Our reply did not arrive"));
    struct ticket_at at_ = {c.id, TICKET_ANY_VERSION};
    check(end(w, ticket_touch(begin(w), &at_, TICKET_ANSWERED)) == OK);
    s = web_get(w, ADA, "/w");
    check(hides(&s, "Our reply did not arrive"));
}

static void V8_a_lead_without_a_team_sees_the_asked_view(struct world *w)
{
    struct made_case c = a_case(w);
    struct ctx *cx = begin(w);
    check(db_script(cx, "delete from person_team where person = 5") == OK && end(w, OK) == OK);
    struct seen s = web_get(w, EVA, "/w/inbox?v=waiting_customer");
    check(s.status == 200 && hides(&s, "WLAN geht nicht"));
    check(web_shows(&s, "<h1 id=\"eingang\">Waiting for customers"));
    s = web_get(w, EVA, "/w/inbox");
    check(web_shows(&s, "WLAN geht nicht") && web_shows(&s, "<h1 id=\"eingang\">Inbox"));
    s = web_get(w, EVA, "/w/inbox/stand?v=care");
    check(s.status == 200 && c.id.n != 0);
}

// Solved after a reply that told of it, which is then taken back.
static struct made_case untold(struct world *w, str subject)
{
    struct made_case c = a_case_about(w, subject, S("x"));
    struct ticket_at a = {c.id, TICKET_ANY_VERSION};
    struct message_new told = {
        .channel = CHANNEL_MAIL, .body = S("Es geht."), .seen = MESSAGE_SEEN_ALL};
    struct ticket_solving by = {
        .how = SOLVED_BY_TEXT, .text = S("Router neu gestartet, dann ging es."), .told = true};
    message_id m;
    str back;
    check(end(w, outbox_reply(begin_as(w, ADA), &a, &told, &m)) == OK);
    check(end(w, ticket_solve(begin_as(w, ADA), &a, &by)) == OK);
    later(w, 3);
    check(end(w, outbox_undo(begin_as(w, ADA), m, &back)) == OK);
    return c;
}

static void V10_what_nobody_was_told_has_a_view(struct world *w)
{
    struct seen s = web_get(w, ADA, "/w/inbox");
    check(web_shows(&s, "Solved, not told yet (0)"));
    struct made_case c = untold(w, S("WLAN geht nicht"));
    untold(w, S("Drucker"));
    s = web_get(w, ADA, "/w/inbox?v=untold");
    isize first = str_find(s.page, S("row-title\">WLAN geht nicht"));
    check(first > 0 && str_find(str_cut(s.page, first), S("row-title\">Drucker")) > 0);
    check(web_shows(&s, "Solved, not told yet (2)") && web_shows(&s, "The word is still missing"));
    s = web_get(w, EVA, "/w/inbox?v=untold");
    check(web_shows(&s, "row-title\">Drucker"));
    s = web_get(w, CEM, "/w/inbox?v=untold");    // another team's
    check(web_shows(&s, "Solved, not told yet (0)") && hides(&s, "Drucker"));
    w->lang = LANG_DE;
    s = web_get(w, ADA, "/w/inbox?v=untold");
    check(web_shows(&s, "Gelöst, noch nicht gesagt (2)")
          && web_shows(&s, "Die Nachricht fehlt noch"));
    writes(w, ADA, &c, (struct message_new){.kind = MESSAGE_REPLY, .body = S("Es geht.")});
    s = web_get(w, ADA, "/w/inbox?v=untold");
    check(web_shows(&s, "noch nicht gesagt (1)") && hides(&s, "WLAN geht nicht"));
}

static void V10_who_opens_it_again_takes_it_off(struct world *w)
{
    struct made_case c = untold(w, S("Drucker"));
    struct ticket_at a = {c.id, TICKET_ANY_VERSION};
    struct ticket_solving by = {
        .how = SOLVED_BY_TEXT, .text = S("Router neu gestartet, dann ging es."), .told = true};
    check(end(w, ticket_reopen(begin_as(w, ADA), &a, REOPENED_BY_US)) == OK);
    struct seen s = web_get(w, ADA, "/w/inbox?v=untold");
    check(web_shows(&s, "Solved, not told yet (0)") && hides(&s, "Drucker"));
    check(end(w, ticket_solve(begin_as(w, ADA), &a, &by)) == OK);
    s = web_get(w, ADA, "/w/inbox?v=untold");
    check(web_shows(&s, "Solved, not told yet (0)") && hides(&s, "Drucker"));
}

static void Y7_my_day_says_who_was_not_told(struct world *w)
{
    struct seen s = web_get(w, ADA, "/w");
    check(hides(&s, "not told yet"));
    struct made_case c = untold(w, S("Drucker"));
    s = web_get(w, ADA, "/w");
    check(web_shows(&s, "Solved, not told yet <span class=\"count hot\">1</span>")
          && web_shows(&s, "Drucker"));
    s = web_get(w, CEM, "/w");
    check(hides(&s, "not told yet"));
    writes(w, ADA, &c, (struct message_new){.kind = MESSAGE_CALL, .body = S("Weiß es jetzt")});
    s = web_get(w, ADA, "/w");
    check(hides(&s, "not told yet"));
}

static void asked_by_the_promise_when_it_is_earlier(struct world *w)
{
    struct engagement_contract k = {
        .problem = S("Lampe rot"), .promised = S("heute"), .asked_for = ASK_SOLVE};
    engagement_id id;
    struct made_case first = a_case_about(w, S("Das Erste"), S("x")),
                     soon = a_case_about(w, S("Das Eilige"), S("y"));
    const struct made_case *both[] = {&first, &soon};
    for (int i = 0; i < 2; i++) {
        struct ticket_at at = {both[i]->id, TICKET_ANY_VERSION};
        check(end(w, engagement_hand_over(begin_as(w, ADA), &at, (team_id){NET}, &k, &id))
              == OK);
    }
    struct ticket_at at = {soon.id, TICKET_ANY_VERSION};
    struct ctx *cx = begin_as(w, ADA);
    struct promise_new p = {.kind = PROMISE_ANSWER, .due = instant_plus(cx->now, 600)};
    promise_id given;
    check(end(w, promise_give(cx, &at, &p, &given)) == OK);
    struct seen s = web_get(w, CEM, "/w");
    isize eilig = str_find(s.page, S("Das Eilige")), erst = str_find(s.page, S("Das Erste"));
    check(eilig > 0 && eilig < erst && web_shows(&s, "10 min left")
          && web_shows(&s, "promise</span>"));
    check(str_find(str_cut(s.page, erst), S("promise</span>")) < 0);    // the other's is later
}

static void my_day_tells_what_is_new(struct world *w)
{
    struct solution k = {.kind = SOLUTION_FIX,
                         .confidence = SOLUTION_VALIDATED,
                         .audience = SOLUTION_L1,
                         .lang = LANG_DE,
                         .title = S("Kanal wechseln")};
    solution_id id;
    check(end(w, solution_add(begin_as(w, EVA), &k, &id)) == OK);
    struct seen s = web_get(w, ADA, "/w");
    check(web_shows(&s, "/w/kb/L-101\">Kanal wechseln"));
}

// contact.h, K11
static void a_vip_is_named_in_every_row(struct world *w)
{
    struct made_case c = a_case(w);
    struct seen s = web_get(w, ADA, "/w/inbox");
    check(hides(&s, ">VIP</span>"));
    check(end(w, contact_mark_firm(begin(w), S("Kern GmbH"), true)) == OK);
    static const char *const lists[] = {"/w/inbox", "/w"};
    for (isize i = 0; i < countof(lists); i++) {
        s = web_get(w, ADA, lists[i]);
        check(web_shows(&s, "WLAN geht nicht") && web_shows(&s, ">VIP</span>"));
    }
    s = web_get(w, ADA, at(w, &c, "/uebergabe"));
    check(web_shows(&s, ">VIP</span>"));
}

const struct test inbox_tests[] = {
    T(V1_earliest_promise_first),
    T(V1_what_is_overdue_says_so),
    T(V2_each_view_has_an_address),
    T(V2_the_chosen_case_stands_beside),
    T(V2_the_list_goes_on),
    T(V3_what_is_new_is_counted),
    T(V4_many_at_once),
    T(V4_what_changed_meanwhile_is_left_alone),
    T(V5_the_lead_gives_and_sends),
    T(who_sees_what),
    T(my_day),
    T(a_return_that_waits_stands_among_the_returns),
    T(V7_a_row_says_it_is_at_the_lead),
    T(V7_a_row_says_that_our_reply_did_not_arrive),
    T(my_day_says_whom_we_did_not_reach),
    T(V8_a_lead_without_a_team_sees_the_asked_view),
    T(V10_what_nobody_was_told_has_a_view),
    T(V10_who_opens_it_again_takes_it_off),
    T(Y7_my_day_says_who_was_not_told),
    T(asked_by_the_promise_when_it_is_earlier),
    T(my_day_tells_what_is_new),
    T(a_vip_is_named_in_every_row),
    {0},
};
