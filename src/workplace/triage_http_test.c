// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/taught.h"

#include "engagement/engagement.h"
#include "workplace/triage_http.h"
#include "workplace/workplace_test.h"

static struct made_case a_line(struct world *w)
{
    return a_case_about(w, S("DSL rot"), S("Kein Internet seit gestern"));
}

static const char *as_shown(struct world *w, const struct made_case *c, const struct taught *d)
{
    return versioned(
        w, c,
        arena_z(&w->kept, arena_fmt(&w->kept,
                                    "&v-thema=%lld&v-produkt=%lld&v-prio=2"
                                    "&v-team=2&v-worte=DSL, rot",
                                    (long long)d->line.n, (long long)d->router.n)));
}

static void G1_the_line_says_what_and_why(struct world *w)
{
    struct taught d = taught(w);
    struct made_case c = a_line(w);
    struct seen s = web_get(w, ADA, at(w, &c, ""));
    check(web_shows(&s, "action=\"/w/t/") && web_shows(&s, "/vorschlag\""));
    check(web_shows(&s, "<b>Line</b>") && web_shows(&s, "<b>Fjord 4</b>"));
    check(web_shows(&s, "priority high") && web_shows(&s, "because: "));
    check(web_shows(&s, arena_z(&w->kept, arena_fmt(&w->kept, "name=\"v-thema\" value=\"%lld\"",
                                                    (long long)d.line.n))));
    check(web_shows(&s, "aria-keyshortcuts=\"y\"") && web_shows(&s, "Accept, then hand over"));
    w->lang = LANG_DE;
    s = web_get(w, EVA, at(w, &c, ""));
    check(web_shows(&s, "aria-keyshortcuts=\"t\"")
          && web_shows(&s, "Trifft zu, dorthin schicken</button>"));
    check(web_shows(&s, "Priorität hoch") && web_shows(&s, "weil: "));
}

static void G1_nothing_is_said_without_a_suggestion(struct world *w)
{
    struct made_case c = a_line(w);
    struct seen s = web_get(w, ADA, at(w, &c, ""));
    check(s.status == 200 && hides(&s, "class=\"suggested\""));    // nothing was learned
    taught(w);
    s = web_get(w, ADA, at(w, &c, ""));
    check(web_shows(&s, "class=\"suggested\""));
    struct ticket_at a = {c.id, TICKET_ANY_VERSION};
    struct ticket_class k = {.category = {1}};
    check(end(w, ticket_classify(begin_as(w, ADA), &a, &k)) == OK);
    s = web_get(w, ADA, at(w, &c, ""));
    check(hides(&s, "class=\"suggested\""));    // somebody knows what it is about
}

static void G2_who_accepts_lands_on_the_hand_over(struct world *w)
{
    struct taught d = taught(w);
    struct made_case c = a_line(w);
    struct seen s = web_post(w, ADA, at(w, &c, "/vorschlag"), as_shown(w, &c, &d));
    check(s.status == 303 && str_ends(s.to, S("/uebergabe")));
    struct ticket t = look(w, &c);
    check(t.category.n == d.line.n && t.priority == 2 && t.work_team.n == FIRST);
    s = web_get(w, ADA, at(w, &c, "/uebergabe"));
    check(web_shows(&s, "name=\"team\" value=\"2\" checked"));
    check(web_shows(&s, "Solved cases like this ended here, because: "));
    check(web_shows(&s, "name=\"v-team\" value=\"2\""));
}

static void G3_no_hand_over_is_offered_while_one_waits(struct world *w)
{
    taught(w);
    struct made_case c = a_line(w);
    engagement_id id;
    struct ticket_at a = {c.id, TICKET_ANY_VERSION};
    struct engagement_contract k = {
        .problem = S("x"), .promised = S("y"), .asked_for = ASK_SOLVE};
    check(end(w, engagement_hand_over(begin_as(w, ADA), &a, (team_id){NET}, &k, &id)) == OK);
    struct seen s = web_get(w, ADA, at(w, &c, ""));
    check(web_shows(&s, "class=\"suggested\"") && hides(&s, "Accept, then hand over"));
    check(web_shows(&s, "It is being handed over already."));
}

static void G2_a_lead_stays_on_the_case(struct world *w)
{
    struct taught d = taught(w);
    struct made_case c = a_line(w);
    struct seen s = web_post(w, EVA, at(w, &c, "/vorschlag"), as_shown(w, &c, &d));
    check(s.status == 303 && str_ends(s.to, c.number));
    check(look(w, &c).work_team.n == NET);
}

static void K4_somebody_was_faster(struct world *w)
{
    struct taught d = taught(w);
    struct made_case c = a_line(w);
    const char *form = as_shown(w, &c, &d);
    struct ticket_at a = {c.id, TICKET_ANY_VERSION};
    check(end(w, ticket_classify(begin_as(w, BEN), &a, &(struct ticket_class){0})) == OK);
    struct seen s = web_post(w, ADA, at(w, &c, "/vorschlag"), form);
    check(s.status == 409 && web_shows(&s, "Somebody changed this case meanwhile"));
    check(look(w, &c).category.n == 0);
    check(web_post(w, NINA, at(w, &c, "/vorschlag"), form).status == 404);
    check(web_post(w, CEM, at(w, &c, "/vorschlag"), form).status == 404);
}

static int64_t events(struct world *w, const char *kind)
{
    return ask(
        w, arena_z(&w->kept,
                   arena_fmt(&w->kept, "select count(*) from event where kind = '%s'", kind)));
}

// K1, and the form's own word for it is not taken.
static void K4_what_is_classified_is_not_accepted_again(struct world *w)
{
    struct taught d = taught(w);
    struct made_case c = a_line(w);
    check(web_post(w, ADA, at(w, &c, "/vorschlag"), as_shown(w, &c, &d)).status == 303);
    int64_t said = events(w, "triage.accepted");
    struct seen s = web_post(w, ADA, at(w, &c, "/vorschlag"), as_shown(w, &c, &d));
    check(s.status == 409 && web_shows(&s, "This case is classified already."));
    check(events(w, "triage.accepted") == said);
}

static void K4_no_form_may_say_any_version(struct world *w)
{
    struct made_case c = a_line(w);
    struct seen s =
        web_post(w, ADA, at(w, &c, "/einordnen"), "version=-1&art=2&aus=1&eil=3&prio=0");
    check(s.status == 409);
    s = web_post(w, ADA, at(w, &c, "/vorschlag"), "version=-1&v-prio=2&v-worte=x");
    check(s.status == 409 && look(w, &c).priority_why.n == 0);
}

// Classify sheet: the topic is followed, the product is another one, the priority is left.
static void F4_the_sheet_says_what_was_followed(struct world *w)
{
    struct taught d = taught(w);
    struct made_case c = a_line(w);
    struct seen s = web_get(w, ADA, at(w, &c, "/einordnen"));
    check(web_shows(&s, "Solved cases suggest “high”, because: "));
    check(web_shows(&s, "name=\"v-prio\" value=\"2\""));
    const char *form = versioned(
        w, &c,
        arena_z(&w->kept, arena_fmt(&w->kept,
                                    "&art=2&thema=%lld&produkt=%lld&aus=1&eil=3&prio=0"
                                    "&v-thema=%lld&v-produkt=%lld&v-prio=2",
                                    (long long)d.line.n, (long long)d.device.n,
                                    (long long)d.line.n, (long long)d.router.n)));
    check(web_post(w, ADA, at(w, &c, "/einordnen"), form).status == 303);
    check(events(w, "triage.accepted") == 1 && events(w, "triage.corrected") == 2);
}

static void S7_the_hand_over_says_what_was_followed(struct world *w)
{
    taught(w);
    struct made_case c = a_line(w);
    const char *form = versioned(
        w, &c, "&team=2&v-team=2&cause=1&problem=DSL rot&asked_for=1&day=morgen&clock=10:00");
    check(web_post(w, ADA, at(w, &c, "/uebergabe"), form).status == 303);
    check(events(w, "triage.accepted") == 1 && events(w, "triage.corrected") == 0);
}

const struct test triage_http_tests[] = {
    T(K4_what_is_classified_is_not_accepted_again),
    T(K4_no_form_may_say_any_version),
    T(G1_the_line_says_what_and_why),
    T(G1_nothing_is_said_without_a_suggestion),
    T(G2_who_accepts_lands_on_the_hand_over),
    T(G3_no_hand_over_is_offered_while_one_waits),
    T(G2_a_lead_stays_on_the_case),
    T(K4_somebody_was_faster),
    T(F4_the_sheet_says_what_was_followed),
    T(S7_the_hand_over_says_what_was_followed),
    {0},
};
