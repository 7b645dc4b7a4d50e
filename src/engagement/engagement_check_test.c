// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "base/limits.h"
#include "engagement/engagement_check.h"
#include "engagement/engagement_need.h"

enum { VENDOR = 9 };

static const struct ticket open_case = {
    .id = {1}, .status = TICKET_OPEN, .contact_name = {"Karin Brandt", 12}};
static const struct engagement_contract full = {{"WLAN geht nicht", 15},
                                                {"Neustart", 8},
                                                {"Router X2", 9},
                                                {"heute 16 Uhr", 12},
                                                ASK_SOLVE};

// Network hands to experts; every guard is satisfied.
static struct engagement_facts good(void)
{
    return (struct engagement_facts){.ticket = &open_case,
                                     .from = {.id = {NET}, .level = 2},
                                     .to = {.id = {EXPERTS}, .level = 3},
                                     .member = true,
                                     .able = true,
                                     .members = 2};
}

static struct engagement_contract for_experts(void)
{
    struct engagement_contract c = full;
    c.asked_for = ASK_FIX;
    return c;
}

static enum err hand(struct world *w, struct engagement_facts f)
{
    struct engagement_contract c = for_experts();
    enum err err = engagement_check_handover(begin(w), &f, &c);
    end(w, OK);
    return err;
}

static enum err ask_team(struct world *w, struct engagement_facts f, str question,
                         bool released)
{
    struct engagement_question q = {question, released};
    enum err err = engagement_check_ask(begin(w), &f, &q);
    end(w, OK);
    return err;
}

static enum err give_back(struct world *w, struct engagement_facts f, enum return_reason reason,
                          str text)
{
    struct engagement_return r = {.reason = reason, .text = text};
    enum err err = engagement_check_return(begin(w), &f, &r);
    end(w, OK);
    return err;
}

static enum err act(struct world *w, enum engagement_mode mode, enum engagement_state state,
                    enum engagement_act what, struct engagement_facts f, str line)
{
    struct engagement e = {.mode = mode, .state = state};
    enum engagement_state next;
    enum err err = engagement_check_act(begin(w), &e, what, &f, line, &next);
    end(w, OK);
    return err;
}

static void the_good_case_is_good(struct world *w)
{
    check(hand(w, good()) == OK);
    check(ask_team(w, good(), S("Wie?"), false) == OK);
}

static void G1_one_hand_over_waits(struct world *w)
{
    struct engagement_facts f = good();
    f.pending = true;
    check(hand(w, f) == ERR_INVALID);
    f.came_from = true;
    check(give_back(w, f, RETURN_KNOWN, S("")) == ERR_INVALID);
    check(ask_team(w, f, S("Wie?"), false) == OK);    // a question may go beside it
    f.question = true;
    check(ask_team(w, f, S("Wie?"), false) == ERR_INVALID);
}

static void G2_who_receives_it_can(struct world *w)
{
    struct engagement_facts f = good();
    f.members = 0;
    check(hand(w, f) == ERR_INVALID);
    f = good();
    f.to = f.from;
    check(hand(w, f) == ERR_INVALID);
    f = good();
    f.to = (struct team){.id = {VENDOR}, .level = 4};
    f.lead = true;
    check(hand(w, f) == ERR_INVALID);    // a vendor is asked...
    f.members = 0;
    check(ask_team(w, f, S("Wie?"), false) == OK);
}

static void G2_a_department_is_only_asked(struct world *w)
{
    struct engagement_facts f = good();
    f.to.department = true;
    f.lead = true;
    check(hand(w, f) == ERR_INVALID);
    check(ask_team(w, f, S("Ist die Rechnung bezahlt?"), false) == OK);
    struct ctx *cx = begin(w);
    check(engagement_check_forward(cx, &f) == ERR_INVALID);
    check(engagement_check_swarm(cx, &f, S("Hilfe")) == ERR_INVALID);
    check(end(w, OK) == OK);
}

static void G2_who_may_not_solve_it_is_not_handed_it(struct world *w)
{
    struct engagement_facts f = good();
    f.able = false;
    check(hand(w, f) == ERR_INVALID);
    f.lead = true;
    check(hand(w, f) == ERR_INVALID);
    check(ask_team(w, f, S("Wie?"), false) == OK);
}

static void G3_problem_and_promise_must_be_there(struct world *w)
{
    const struct engagement_facts f = good();
    struct engagement_contract c = for_experts();
    struct ctx *cx = begin(w);
    c.problem = S(" \n");
    check(engagement_check_handover(cx, &f, &c) == ERR_INVALID);
    c = for_experts();
    c.promised = S("");
    check(engagement_check_handover(cx, &f, &c) == ERR_INVALID);
    c = for_experts();
    c.tried = c.situation = S("");
    check(engagement_check_handover(cx, &f, &c) == OK);    // others only lower completeness
    check(engagement_check_completeness(&c) == 50);
    check(end(w, OK) == OK);
}

static void G3_towards_level_3_says_what_is_asked_for(struct world *w)
{
    struct engagement_facts f = good();
    struct engagement_contract c = full;
    struct ctx *cx = begin(w);
    check(engagement_check_handover(cx, &f, &c) == ERR_INVALID);
    f.from.level = 1;
    f.to.level = 2;
    check(engagement_check_handover(cx, &f, &c) == OK);
    c.asked_for = (enum asked_for)0;
    check(engagement_check_handover(cx, &f, &c) == ERR_INVALID);
    check(end(w, OK) == OK);
}

static void G3_completeness_names_what_is_missing(struct world *w)
{
    struct ctx *cx = begin(w);
    struct engagement_contract c = full;
    check(engagement_check_completeness(&c) == 100);
    check_text(engagement_check_missing(cx->arena, &c, LANG_DE), S(""));
    c.tried = S("");
    c.situation = S("  ");
    check(engagement_check_completeness(&c) == 50);
    check_text(engagement_check_missing(cx->arena, &c, LANG_DE), S("Bisher, Lage"));
    check_text(engagement_check_missing(cx->arena, &c, LANG_EN), S("Tried, Situation"));
    check(engagement_check_completeness(&(struct engagement_contract){0}) == 0);
    check(end(w, OK) == OK);
}

static void G3_every_problem_is_told_at_once(struct world *w)
{
    struct ctx *cx = begin(w);
    const struct engagement_facts f = good();
    struct engagement_contract c = {.asked_for = ASK_FIX};
    check(engagement_check_handover(cx, &f, &c) == ERR_INVALID);
    check(cx->problems != NULL && cx->problems->next != NULL);
    check(end(w, OK) == OK);
}

static void G4_a_return_has_a_reason(struct world *w)
{
    struct engagement_facts f = good();
    f.came_from = true;
    check(give_back(w, f, (enum return_reason)0, S("so")) == ERR_INVALID);
    check(give_back(w, f, (enum return_reason)7, S("so")) == ERR_INVALID);
    check(give_back(w, f, RETURN_KNOWN, S("")) == OK);
    check(give_back(w, f, RETURN_UNREACHABLE, S("")) == OK);
    check(give_back(w, f, RETURN_NOT_SEEN, S(" ")) == ERR_INVALID);
    check(give_back(w, f, RETURN_NOT_SEEN, S("drei Mal versucht")) == OK);
}

static void G2_a_way_back_has_somebody_at_its_end(struct world *w)
{
    struct engagement_facts f = good();
    f.came_from = true;
    check(give_back(w, f, RETURN_KNOWN, S("")) == OK);
    f.members = 0;
    check(give_back(w, f, RETURN_KNOWN, S("")) == ERR_INVALID);
    f.members = 2;
    f.to.department = true;
    check(give_back(w, f, RETURN_KNOWN, S("")) == ERR_INVALID);
    f.to = (struct team){.id = {VENDOR}, .level = 4};
    check(give_back(w, f, RETURN_KNOWN, S("")) == ERR_INVALID);
}

static void G4_only_what_was_handed_over_can_be_returned(struct world *w)
{
    check(give_back(w, good(), RETURN_KNOWN, S("")) == ERR_INVALID);
}

static void G5_one_return_between_two_teams(struct world *w)
{
    struct engagement_facts f = good();
    f.came_from = f.returned = true;
    struct engagement_return r = {.reason = RETURN_KNOWN};
    struct ctx *cx = begin(w);
    check(engagement_check_return(cx, &f, &r) == ERR_INVALID);
    check(str_find(cx->detail.en, S("must become a consult or go to the lead")) >= 0);
    check(end(w, OK) == OK);
}

// Handing it back under another name would be the same ping-pong.
static void G5_a_hand_over_is_no_way_around(struct world *w)
{
    struct engagement_facts f = good();
    f.came_from = true;
    check(hand(w, f) == ERR_INVALID);
    f.lead = true;
    check(hand(w, f) == OK);
}

static void G7_only_a_lead_or_a_rule_skips_a_level(struct world *w)
{
    struct engagement_facts f = good();
    f.from.level = 1;
    check(hand(w, f) == ERR_INVALID);
    f.lead = true;
    check(hand(w, f) == OK);
    f.lead = false;
    f.ruled = true;
    check(hand(w, f) == OK);
}

static void G7_holds_for_forwarding_too(struct world *w)
{
    struct engagement_facts f = good();
    struct ctx *cx = begin(w);
    check(engagement_check_forward(cx, &f) == OK);
    f.from.level = 1;
    check(engagement_check_forward(cx, &f) == ERR_INVALID);
    check(end(w, OK) == OK);
}

static void G8_what_leaves_the_house_names_nobody(struct world *w)
{
    struct engagement_facts f = good();
    f.to = (struct team){.id = {VENDOR}, .level = 4};
    f.customer.name = S("Karin Brandt");
    check(ask_team(w, f, S("Kennt ihr den Fehler E17?"), false) == OK);
    check(ask_team(w, f, S("Frau brandt wartet"), false) == ERR_INVALID);
    check(ask_team(w, f, S("Frau Brandt wartet"), true) == OK);
    f.to = (struct team){.id = {FIRST}, .level = 1};
    check(ask_team(w, f, S("Frau Brandt wartet"), false) == OK);    // stays in the house
}

static void G10_who_declines_says_what_would_be_accepted(struct world *w)
{
    check(act(w, ENGAGE_HANDOVER, ENGAGED_REQUESTED, ENGAGE_DECLINE, good(), S("nein"))
          == ERR_INVALID);
    check(act(w, ENGAGE_HANDOVER, ENGAGED_REQUESTED, ENGAGE_DECLINE, good(),
              S("mit Seriennummer gern"))
          == OK);
}

static void G11_only_the_team_that_has_it_asks(struct world *w)
{
    struct engagement_facts f = good();
    f.member = false;
    f.came_from = true;
    check(hand(w, f) == ERR_DENIED);
    check(ask_team(w, f, S("Wie?"), false) == ERR_DENIED);
    check(give_back(w, f, RETURN_KNOWN, S("")) == ERR_DENIED);
    check(engagement_check_swarm(begin(w), &f, S("Hilfe")) == ERR_DENIED);
    end(w, OK);
    f.lead = true;
    check(hand(w, f) == OK);
}

static void G11_only_the_asked_answer(struct world *w)
{
    struct engagement_facts f = good();
    f.member = false;
    f.lead = true;    // a lead decides for the sender, but takes no work in another team's name
    check(
        act(w, ENGAGE_HANDOVER, ENGAGED_REQUESTED, ENGAGE_ACCEPT, f, S("mache ich bis 14 Uhr"))
        == ERR_DENIED);
    check(act(w, ENGAGE_HANDOVER, ENGAGED_REQUESTED, ENGAGE_WITHDRAW, f, S("")) == OK);
    f.lead = false;
    check(act(w, ENGAGE_HANDOVER, ENGAGED_REQUESTED, ENGAGE_WITHDRAW, f, S("")) == ERR_DENIED);
}

static void G13_accepting_says_what_happens_next(struct world *w)
{
    check(act(w, ENGAGE_HANDOVER, ENGAGED_REQUESTED, ENGAGE_ACCEPT, good(), S("äöüäöüäöü "))
          == ERR_INVALID);    // nine characters, however many bytes
    check(act(w, ENGAGE_HANDOVER, ENGAGED_REQUESTED, ENGAGE_ACCEPT, good(), S("äöüäöüäöüä"))
          == OK);
    check(act(w, ENGAGE_RETURN, ENGAGED_REQUESTED, ENGAGE_ACCEPT, good(), S("")) == OK);
}

static void G14_what_is_over_is_not_moved(struct world *w)
{
    static const enum ticket_status over[] = {TICKET_SOLVED, TICKET_CLOSED, TICKET_MERGED,
                                              TICKET_SPAM};
    for (isize i = 0; i < countof(over); i++) {
        const struct ticket t = {.status = over[i]};
        struct engagement_facts f = good();
        f.ticket = &t;
        check(hand(w, f) == ERR_INVALID);
        check(act(w, ENGAGE_HANDOVER, ENGAGED_REQUESTED, ENGAGE_ACCEPT, f,
                  S("mache ich bis 14 Uhr"))
              == ERR_INVALID);
        check(act(w, ENGAGE_HANDOVER, ENGAGED_REQUESTED, ENGAGE_WITHDRAW, f, S("")) == OK);
    }
}

static void G14_the_refusal_knows_what_helps(struct world *w)
{
    struct engagement_facts f = good();
    const struct ticket t = {.status = TICKET_SPAM};
    struct engagement_contract c = for_experts();
    f.ticket = &t;
    struct ctx *cx = begin(w);
    check(engagement_check_handover(cx, &f, &c) == ERR_INVALID);
    check(str_find(cx->detail.en, S("No spam after all")) >= 0);
    end(w, OK);
}

static void G16_no_way_back_to_who_passed_it_on(struct world *w)
{
    struct engagement_facts f = good();
    struct ctx *cx = begin(w);
    f.passed_on = true;
    check(engagement_check_forward(cx, &f) == ERR_INVALID);
    f = good();
    f.to = f.from;
    check(engagement_check_forward(cx, &f) == ERR_INVALID);
    f = good();
    f.member = false;
    f.lead = true;
    check(engagement_check_forward(cx, &f) == ERR_DENIED);
    check(end(w, OK) == OK);
}

static void G17_a_return_cannot_be_refused(struct world *w)
{
    check(act(w, ENGAGE_RETURN, ENGAGED_REQUESTED, ENGAGE_DECLINE, good(),
              S("das machen wir aber nicht"))
          == ERR_INVALID);
}

// The whole table, written a second time in other words.
static bool should(enum engagement_mode m, enum engagement_state s, enum engagement_act a)
{
    bool moves = m == ENGAGE_HANDOVER || m == ENGAGE_RETURN;
    if (s == ENGAGED_REQUESTED)
        return a == ENGAGE_ACCEPT || a == ENGAGE_WITHDRAW
               || (m != ENGAGE_RETURN && (a == ENGAGE_DECLINE || a == ENGAGE_EXPIRE))
               || (m == ENGAGE_CONSULT && a == ENGAGE_CONCLUDE)
               || (m == ENGAGE_HANDOVER && a == ENGAGE_HAND_ON);
    if (s == ENGAGED_ACCEPTED)
        return a == ENGAGE_CONCLUDE || (m == ENGAGE_CONSULT && a == ENGAGE_WITHDRAW)
               || (moves && a == ENGAGE_HAND_ON);
    return false;
}

static void G3_a_topic_wants_more(struct world *w)
{
    struct engagement_facts f = good();
    struct engagement_contract c = for_experts();
    struct ctx *cx = begin(w);
    f.needs = NEED_TRIED | NEED_SITUATION;
    check(engagement_check_handover(cx, &f, &c) == OK);
    c.tried = S(" ");
    check(engagement_check_handover(cx, &f, &c) == ERR_INVALID);
    f.needs = NEED_SITUATION;
    check(engagement_check_handover(cx, &f, &c) == OK);
    c.situation = S("");
    check(engagement_check_handover(cx, &f, &c) == ERR_INVALID);
    check(end(w, OK) == OK);
}

static void G20_says_what_is_lacking(struct world *w)
{
    const struct engagement_facts f = good();
    struct engagement_contract c = for_experts();
    for (int cause = 0; cause <= CAUSE_RISK + 1; cause++) {
        c.cause = (enum handover_cause)cause;
        check((engagement_check_handover(begin(w), &f, &c) == OK) == (cause <= CAUSE_RISK));
        end(w, OK);
    }
}

static void states_move_by_the_table_only(struct world *w)
{
    (void)w;
    for (int m = ENGAGE_CONSULT; m <= ENGAGE_SWARM; m++)
        for (int s = ENGAGED_REQUESTED; s <= ENGAGED_HANDED_ON; s++)
            for (int a = ENGAGE_ACCEPT; a <= ENGAGE_HAND_ON; a++) {
                enum engagement_state next = 0;
                check(engagement_check_next((enum engagement_mode)m, (enum engagement_state)s,
                                            (enum engagement_act)a, &next)
                      == should((enum engagement_mode)m, (enum engagement_state)s,
                                (enum engagement_act)a));
            }
}

static void a_swarm_calls_each_team_once(struct world *w)
{
    struct engagement_facts f = good();
    struct ctx *cx = begin(w);
    check(engagement_check_swarm(cx, &f, S("Exchange und Netz")) == OK);
    check(engagement_check_swarm(cx, &f, S(" ")) == ERR_INVALID);
    f.swarming = true;
    check(engagement_check_swarm(cx, &f, S("Exchange und Netz")) == ERR_INVALID);
    check(end(w, OK) == OK);
}

static void texts_have_limits(struct world *w)
{
    struct ctx *cx = begin(w);
    struct engagement_contract c = for_experts();
    const struct engagement_facts f = good();
    c.tried = (str){make(cx->arena, char, LIMIT_TEXT + 1), LIMIT_TEXT};
    check(engagement_check_handover(cx, &f, &c) == OK);
    c.tried.n++;
    check(engagement_check_handover(cx, &f, &c) == ERR_INVALID);
    check(end(w, OK) == OK);
}

const struct test engagement_check_tests[] = {
    T(the_good_case_is_good),
    T(G1_one_hand_over_waits),
    T(G2_who_receives_it_can),
    T(G2_a_department_is_only_asked),
    T(G2_who_may_not_solve_it_is_not_handed_it),
    T(G3_problem_and_promise_must_be_there),
    T(G3_towards_level_3_says_what_is_asked_for),
    T(G3_completeness_names_what_is_missing),
    T(G3_every_problem_is_told_at_once),
    T(G2_a_way_back_has_somebody_at_its_end),
    T(G4_a_return_has_a_reason),
    T(G4_only_what_was_handed_over_can_be_returned),
    T(G5_one_return_between_two_teams),
    T(G5_a_hand_over_is_no_way_around),
    T(G7_only_a_lead_or_a_rule_skips_a_level),
    T(G7_holds_for_forwarding_too),
    T(G8_what_leaves_the_house_names_nobody),
    T(G10_who_declines_says_what_would_be_accepted),
    T(G11_only_the_team_that_has_it_asks),
    T(G11_only_the_asked_answer),
    T(G13_accepting_says_what_happens_next),
    T(G14_the_refusal_knows_what_helps),
    T(G14_what_is_over_is_not_moved),
    T(G16_no_way_back_to_who_passed_it_on),
    T(G17_a_return_cannot_be_refused),
    T(G3_a_topic_wants_more),
    T(G20_says_what_is_lacking),
    T(states_move_by_the_table_only),
    T(a_swarm_calls_each_team_once),
    T(texts_have_limits),
    {0},
};
