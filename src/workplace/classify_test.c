// SPDX-License-Identifier: GPL-3.0-or-later
#include "workplace/classify.h"

#include "triage/triage.h"
#include "workplace/workplace_test.h"

static const struct category known[] = {
    {{1}, {0}, WORDS("Wi-Fi", "WLAN"), {"wlan funk geht nicht lampe", 26}},
    {{2}, {0}, WORDS("Line", "Leitung"), {"leitung internet geht nicht lampe", 33}},
    {{3}, {0}, WORDS("Mail", "Mail"), {"mail postfach geht nicht", 24}},
    {{4}, {1}, WORDS("Guests", "Gäste"), {"wlan gast gast gast", 19}},
};

static isize hints(struct world *w, const char *text,
                   const struct category *out[CLASSIFY_HINTS])
{
    return classify_hints(&w->arena, str_from_z(text), known, countof(known), out);
}

static void S1_shared_words_decide_nothing(struct world *w)
{
    const struct category *out[CLASSIFY_HINTS];
    check(hints(w, "es geht nicht", out) == 0);
    check(hints(w, "", out) == 0);
}

static void S2_the_best_first(struct world *w)
{
    const struct category *out[CLASSIFY_HINTS];
    check(hints(w, "WLAN geht nicht, rote Lampe", out) == 3);
    check(out[0]->id.n == 1 && out[1]->id.n == 2 && out[2]->id.n == 4);
    check(hints(w, "Mein POSTFACH ist voll", out) == 1 && out[0]->id.n == 3);
}

static void S3_a_word_counts_once(struct world *w)
{
    const struct category *out[CLASSIFY_HINTS];
    check(hints(w, "gast wlan funk", out) == 2);
    check(out[0]->id.n == 1);    // wlan and funk; "gast" stands there three times, counts once
}

static category_id add(struct world *w, str name, str words)
{
    category_id id = {0};
    struct category c = {.name = {name, name}, .words = words};
    check(end(w, category_add(begin(w), &c, &id)) == OK);
    return id;
}

static void F2_the_proposal_is_chosen_already(struct world *w)
{
    struct made_case c = a_case(w);
    add(w, S("Drucker"), S("drucker papier"));
    add(w, S("Funk"), S("wlan router"));
    struct seen s = web_get(w, ADA, at(w, &c, "/einordnen"));
    check(s.status == 200);
    check(web_shows(&s, "value=\"2\" checked> <span>Funk <small>proposed</small>"));
    s = web_post(w, ADA, at(w, &c, "/einordnen"),
                 versioned(w, &c, "&art=2&thema=2&aus=2&eil=4&prio=0"));
    check(s.status == 303);
    struct ticket t = look(w, &c);
    check(t.category.n == 2 && t.type == TICKET_INCIDENT && t.impact == 2 && t.urgency == 4);
    check(t.priority == 2 && t.status == TICKET_OPEN);
}

// 60 solved cases of two topics, learned.
static void teach(struct world *w, category_id printer, category_id net)
{
    for (int i = 0; i < 60; i++) {
        struct ctx *cx = begin_as(w, ADA);
        struct ticket_made made = {0};
        struct ticket_new n = {.channel = CHANNEL_PHONE,
                               .subject =
                                   i % 2 ? S("Router blinkt") : S("Abbrüche im Funknetz"),
                               .category = i % 2 ? printer : net,
                               .team = {FIRST}};
        struct ticket_solving s = {.how = SOLVED_BY_TEXT,
                                   .text = S("Neu gestartet, danach ging alles wieder"),
                                   .told = true};
        check(ticket_create(cx, &n, &made) == OK && ticket_open(cx, &made.at) == OK);
        check(end(w, ticket_solve(cx, &made.at, &s)) == OK);
    }
    later(w, TRIAGE_REST_S + 1);
    struct ctx *cx = begin(w);
    check(end(w, OK) == OK && job_drain(cx, triage_jobs) == OK);
}

static void F3_what_solved_cases_teach_stands_first(struct world *w)
{
    category_id net = add(w, S("Netz"), S("")), printer = add(w, S("Drucker"), S("wlan"));
    teach(w, printer, net);
    struct made_case c = a_case_about(w, S("Funknetz"), S("WLAN, Abbrüche"));
    struct seen s = web_get(w, ADA, at(w, &c, "/einordnen"));
    check(web_shows(&s, "value=\"1\" checked> <span>Netz <small>proposed</small>"));
    check(web_shows(&s, "because: ") && web_shows(&s, "Funknetz"));
    c = a_case_about(w, S("Rechnung"), S("Frage"));
    s = web_get(w, ADA, at(w, &c, "/einordnen"));
    check(hides(&s, "because: "));    // not sure: nothing is said
}

static void F1_nobody_has_to_know(struct world *w)
{
    struct made_case c = a_case(w);
    check(web_post(w, ADA, at(w, &c, "/einordnen"),
                   versioned(w, &c, "&art=1&thema=0&aus=1&eil=1"))
              .status
          == 303);
    check(look(w, &c).category.n == 0 && look(w, &c).status == TICKET_OPEN);
}

static void another_topic_from_the_list(struct world *w)
{
    struct made_case c = a_case(w);
    category_id id = add(w, S("Drucker"), S("drucker"));
    const char *form = versioned(
        w, &c,
        arena_z(&w->kept, arena_fmt(&w->kept, "&art=1&thema=0&anderes=%lld", (long long)id.n)));
    check(web_post(w, ADA, at(w, &c, "/einordnen"), form).status == 303);
    check(look(w, &c).category.n == id.n);
}

static void a_refused_sheet_comes_back_as_it_was(struct world *w)
{
    struct made_case c = a_case(w);
    add(w, S("Drucker"), S("drucker"));
    struct seen s =
        web_post(w, ADA, at(w, &c, "/einordnen"),
                 versioned(w, &c, "&art=4&thema=0&anderes=1&aus=3&eil=1&prio=1&grund="));
    check(s.status == 422 && web_shows(&s, "Say why the priority is another one."));
    check(web_shows(&s, "name=\"art\" value=\"4\" checked"));
    check(web_shows(&s, "name=\"aus\" value=\"3\" checked"));
    check(web_shows(&s, "<option value=\"1\" selected>Drucker"));
    check(web_shows(&s, "<option value=\"1\" selected>critical"));
    check(look(w, &c).type != TICKET_COMPLAINT);
}

static void a_stale_sheet_says_so(struct world *w)
{
    struct made_case c = a_case(w);
    const char *form = versioned(w, &c, "&art=2&thema=0&aus=1&eil=1&prio=1&grund=weil");
    struct ticket_at a = {c.id, TICKET_ANY_VERSION};
    check(end(w, ticket_take(begin_as(w, BEN), &a)) == OK);
    struct seen s = web_post(w, ADA, at(w, &c, "/einordnen"), form);
    check(s.status == 409 && web_shows(&s, "value=\"weil\""));
    check(look(w, &c).priority_why.n == 0);
}

static void who_leaves_finds_it_again(struct world *w)
{
    struct made_case c = a_case(w);
    struct seen s = web_post(w, ADA, at(w, &c, "/einordnen"),
                             versioned(w, &c, "&art=4&aus=4&grund=Messe&tun=zurueck"));
    check(s.status == 303);
    s = web_get(w, ADA, at(w, &c, "/einordnen"));
    check(web_shows(&s, "name=\"art\" value=\"4\" checked")
          && web_shows(&s, "value=\"Messe\""));
    s = web_get(w, BEN, at(w, &c, "/einordnen"));
    check(hides(&s, "Messe"));
}

const struct test classify_tests[] = {
    T(S1_shared_words_decide_nothing),
    T(S2_the_best_first),
    T(S3_a_word_counts_once),
    T(F1_nobody_has_to_know),
    T(F2_the_proposal_is_chosen_already),
    T(F3_what_solved_cases_teach_stands_first),
    T(another_topic_from_the_list),
    T(a_refused_sheet_comes_back_as_it_was),
    T(a_stale_sheet_says_so),
    T(who_leaves_finds_it_again),
    {0},
};
