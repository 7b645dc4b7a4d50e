// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"
#include "testing/web.h"

#include "solving/solving.h"
#include "staff/authority.h"

static category_id topic(struct world *w, const char *name, category_id parent)
{
    category_id id = {0};
    str s = str_from_z(name);
    struct category c = {.parent = parent, .name = {s, s}};
    check(end(w, category_add(begin(w), &c, &id)) == OK);
    return id;
}

static bool may(const struct authority_rule *r, isize n, int level, enum authority_verb verb,
                int64_t amount)
{
    struct authority_act act = {
        .verb = verb, .level = level, .amount = amount, .category = {7}, .above = {3}};
    return authority_check(r, n, &act).allowed;
}

static void A1_the_most_exact_rule_decides(struct world *w)
{
    (void)w;
    const struct authority_rule rule[] = {
        {1, AUTHORITY_SOLVE, {7}, true, 0},
        {1, AUTHORITY_SOLVE, {0}, true, 0},
        {1, AUTHORITY_SOLVE, {3}, false, 0},
        {2, AUTHORITY_SOLVE, {9}, false, 0},    // of another topic
        {3, AUTHORITY_CREDIT, {0}, true, 1000},
    };
    check(may(rule, 5, 1, AUTHORITY_SOLVE, 0));
    check(!may(rule + 1, 4, 1, AUTHORITY_SOLVE, 0));    // without its own: the one above
    check(may(rule, 5, 2, AUTHORITY_SOLVE, 0));
    check(may(rule, 5, 3, AUTHORITY_CREDIT, 1000) && !may(rule, 5, 3, AUTHORITY_CREDIT, 1001));
}

static void A2_the_house_rule(struct world *w)
{
    (void)w;
    for (int level = 1; level <= 3; level++) {
        check(may(NULL, 0, level, AUTHORITY_SOLVE, 0));
        check(may(NULL, 0, level, AUTHORITY_RESET, 0));
        check(may(NULL, 0, level, AUTHORITY_SHIP, 30000) == (level >= 2));
        check(may(NULL, 0, level, AUTHORITY_SHIP, 30001) == (level == 3));
        check(may(NULL, 0, level, AUTHORITY_CREDIT, 5001) == (level == 3));
    }
    check(!may(NULL, 0, 0, AUTHORITY_RESET, 0) && may(NULL, 0, 0, AUTHORITY_SOLVE, 0));
}

static void A3_a_trainee_does_what_needs_none(struct world *w)
{
    (void)w;
    for (int verb = AUTHORITY_SOLVE; verb < AUTHORITY_VERBS; verb++) {
        struct authority_act act = {
            .verb = (enum authority_verb)verb, .level = 3, .trainee = true};
        check(authority_check(NULL, 0, &act).allowed == (verb == AUTHORITY_SOLVE));
    }
}

// More authority above than below, whatever the amount; the named level is the lowest.
static void A4_the_lowest_level_that_may(struct world *w)
{
    (void)w;
    for (int64_t amount = 0; amount < 50000; amount += 777)
        for (int verb = AUTHORITY_SOLVE; verb < AUTHORITY_VERBS; verb++) {
            struct authority_act act = {
                .verb = (enum authority_verb)verb, .level = 1, .amount = amount};
            struct authority_verdict v = authority_check(NULL, 0, &act);
            for (int level = 1; level <= 3; level++)
                check(may(NULL, 0, level, act.verb, amount) == (level >= v.level));
        }
    const struct authority_rule no[] = {{1, AUTHORITY_SOLVE, {0}, false, 0},
                                        {2, AUTHORITY_SOLVE, {0}, false, 0},
                                        {3, AUTHORITY_SOLVE, {0}, false, 0}};
    struct authority_act act = {.verb = AUTHORITY_SOLVE, .level = 1};
    check(authority_check(no, 3, &act).level == 0);
}

static enum err solve(struct world *w, int person, category_id category)
{
    struct ticket_made made = {0};
    struct solving_done done;
    struct solving s = {.text = S("Funkkanal gewechselt, läuft wieder"), .told = true};
    struct ticket_new n = {
        .channel = CHANNEL_PHONE, .subject = S("WLAN"), .category = category};
    struct ctx *cx = begin_as(w, person);
    check(ticket_create(cx, &n, &made) == OK);
    return end(w, solving_finish(cx, &made.at, &s, &done));
}

static void A4_who_may_not_solve_is_told_who_may(struct world *w)
{
    category_id above = topic(w, "Sicherheit", (category_id){0}),
                below = topic(w, "Phishing", above);
    struct authority_rule no = {1, AUTHORITY_SOLVE, above, false, 0};
    check(solve(w, ADA, below) == OK);
    check(end(w, authority_save(begin(w), &no)) == OK);
    check(solve(w, ADA, below) == ERR_DENIED);
    check_text(w->cx.detail.de,
               S("1st Level (Erstkontakt) darf das nicht selbst lösen („Phishing“). „2nd Level "
                 "(Fachtechnik)“ darf das: Übergib den Vorgang."));
    check(solve(w, CEM, below) == OK && solve(w, ADA, (category_id){0}) == OK);
    check(end(w, authority_forget(begin(w), &no)) == OK);
    check(solve(w, ADA, below) == OK);
}

static void A5_the_highest_of_ones_teams(struct world *w)
{
    category_id k = topic(w, "Sicherheit", (category_id){0});
    struct authority_rule no = {1, AUTHORITY_SOLVE, k, false, 0};
    check(end(w, authority_save(begin(w), &no)) == OK);
    check(solve(w, ADA, k) == ERR_DENIED);
    check(end(w, person_join(begin(w), (person_id){ADA}, (team_id){NET})) == OK);
    check(solve(w, ADA, k) == OK);
}

static void A6_the_program_and_what_ended_by_itself(struct world *w)
{
    category_id k = topic(w, "Sicherheit", (category_id){0});
    struct authority_rule no = {1, AUTHORITY_SOLVE, k, false, 0};
    check(end(w, authority_save(begin(w), &no)) == OK);
    check(end(w, authority_may(begin(w), AUTHORITY_CREDIT, k, INT64_MAX)) == OK);
    struct ticket_made made = {0};
    struct solving_done done;
    struct solving s = {.how = SOLVED_BY_ITSELF, .told = true};
    struct ticket_new n = {.channel = CHANNEL_PHONE, .subject = S("WLAN"), .category = k};
    struct ctx *cx = begin_as(w, ADA);
    check(ticket_create(cx, &n, &made) == OK);
    check(end(w, solving_finish(cx, &made.at, &s, &done)) == OK);
}

static void rules_of_another_desk_do_not_hold(struct world *w)
{
    category_id k = topic(w, "Sicherheit", (category_id){0});
    struct authority_rule no = {1, AUTHORITY_SOLVE, {0}, false, 0}, theirs = no;
    theirs.category = k;
    struct ctx *cx = begin_with(w, tenant_system((tenant_id){2}));
    check(authority_save(cx, &no) == OK && authority_save(cx, &theirs) == ERR_INVALID);
    check(end(w, OK) == OK);
    check(solve(w, ADA, k) == OK);
}

static void A7_a_topic_that_a_right_names_stays(struct world *w)
{
    category_id k = topic(w, "Sicherheit", (category_id){0}),
                other = topic(w, "WLAN", (category_id){0});
    struct authority_rule no = {1, AUTHORITY_SOLVE, k, false, 0},
                          all = {2, AUTHORITY_SOLVE, {0}, false, 0};
    check(end(w, authority_save(begin(w), &no)) == OK);
    check(end(w, authority_save(begin(w), &all)) == OK);
    check(end(w, authority_check_topic(begin(w), k)) == ERR_INVALID);
    check(end(w, authority_check_topic(begin(w), other)) == OK);
    check(end(w, authority_forget(begin(w), &no)) == OK);
    check(end(w, authority_check_topic(begin(w), k)) == OK);
}

static void A8_a_rule_for_each_of_many_topics(struct world *w)
{
    struct ctx *cx = begin(w);
    category_id id = {0}, below = {0};
    for (int i = 0; i < 1100; i++) {    // more than one statement gives
        struct category c = {0};
        c.name.de = c.name.en = arena_fmt(cx->arena, "Thema %04d", i);
        check(category_add(cx, &c, &id) == OK);
        struct authority_rule r = {.level = 1, .verb = AUTHORITY_SOLVE, .category = id};
        r.allowed = i % 2 == 0;
        check(authority_save(cx, &r) == OK);
    }
    struct category c = {.parent = id, .name = SAY("Below", "Darunter")};
    check(category_add(cx, &c, &below) == OK && end(w, OK) == OK);
    check(end(w, authority_may(begin_as(w, ADA), AUTHORITY_SOLVE, id, 0)) == ERR_DENIED);
    check(end(w, authority_may(begin_as(w, ADA), AUTHORITY_SOLVE, below, 0)) == ERR_DENIED);
    id.n--;
    check(end(w, authority_may(begin_as(w, ADA), AUTHORITY_SOLVE, id, 0)) == OK);
    check(end(w, authority_may(begin_as(w, ADA), AUTHORITY_SOLVE, (category_id){0}, 0)) == OK);
    check(end(w, authority_check_topic(begin(w), id)) == ERR_INVALID);
    check(end(w, authority_check_topic(begin(w), below)) == OK);
    struct seen s = web_get(w, GERO, "/a/stufen?ab=1050");
    check(web_shows(&s, "Thema 1099") && web_shows(&s, "1051 to 1100 of 1100"));
}

const struct test authority_tests[] = {
    T(A8_a_rule_for_each_of_many_topics),
    T(A1_the_most_exact_rule_decides),
    T(A2_the_house_rule),
    T(A3_a_trainee_does_what_needs_none),
    T(A4_the_lowest_level_that_may),
    T(A4_who_may_not_solve_is_told_who_may),
    T(A5_the_highest_of_ones_teams),
    T(A6_the_program_and_what_ended_by_itself),
    T(rules_of_another_desk_do_not_hold),
    T(A7_a_topic_that_a_right_names_stays),
    {0},
};
