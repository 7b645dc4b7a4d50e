// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "base/limits.h"
#include "db/writer.h"
#include "solution/solution.h"

#include <pthread.h>

static const struct solution wlan = {.kind = SOLUTION_FIX,
                                     .confidence = SOLUTION_NOT_VALIDATED,
                                     .audience = SOLUTION_L1,
                                     .lang = LANG_DE,
                                     .title = {"WLAN geht nach Routertausch nicht", 33}};

static struct solution for_audience(int audience, enum confidence confidence)
{
    struct solution s = wlan;
    s.audience = audience;
    s.confidence = confidence;
    return s;
}

static enum err add_as(struct world *w, int person, struct solution s, solution_id *out)
{
    struct ctx *cx = begin_as(w, person);
    return end(w, solution_add(cx, &s, out));
}

static solution_id given(struct world *w, int audience, enum confidence confidence)
{
    solution_id id = {0};
    check(add_as(w, EVA, for_audience(audience, confidence), &id) == OK);
    return id;
}

static enum err read_as(struct world *w, int person, solution_id id, struct solution *out)
{
    struct ctx *cx = begin_as(w, person);
    enum err err = solution_load(cx, id, out);
    check(end(w, OK) == OK);
    return err;
}

// --- K1 --------------------------------------------------------------------------------

static void K1_numbers_begin_at_101(struct world *w)
{
    struct solution s;
    check(read_as(w, EVA, given(w, SOLUTION_L1, SOLUTION_VALIDATED), &s) == OK && s.key == 101);
    check(read_as(w, EVA, given(w, SOLUTION_L1, SOLUTION_VALIDATED), &s) == OK && s.key == 102);
}

static void K1_each_desk_counts_for_itself(struct world *w)
{
    solution_id id;
    given(w, SOLUTION_L1, SOLUTION_VALIDATED);
    struct solution s = wlan;
    check(add_as(w, NINA, s, &id) == OK);
    check(read_as(w, NINA, id, &s) == OK && s.key == 101);
}

static void K1_what_is_rolled_back_is_drawn_again(struct world *w)
{
    solution_id id;
    struct ctx *cx = begin_as(w, EVA);
    check(solution_add(cx, &wlan, &id) == OK);
    end(w, ERR_INVALID);
    struct solution s;
    check(read_as(w, EVA, given(w, SOLUTION_L1, SOLUTION_VALIDATED), &s) == OK && s.key == 101);
}

struct author {
    struct writer *writer;
    struct who who;
    int stored;
};

static enum err write_one(struct ctx *cx, void *arg)
{
    (void)arg;
    solution_id id;
    return solution_add(cx, &wlan, &id);
}

static void *write_some(void *arg)
{
    struct author *author = arg;
    struct arena arena = arena_new((isize)1 << 20);
    for (int i = 0; i < 25; i++) {
        struct ctx cx = {.arena = &arena, .lang = LANG_DE, .who = author->who};
        author->stored += writer_do(author->writer, &cx, write_one, NULL) == OK;
    }
    arena_free(&arena);
    return NULL;
}

static void K1_no_number_twice_however_many_write(struct world *w)
{
    struct ctx cx = {.arena = &w->kept};
    struct author author[4] = {0};
    pthread_t thread[countof(author)];
    int stored = 0;
    for (isize i = 0; i < countof(author); i++)
        author[i].who = who_is(w, EVA);
    const struct writer_config config = {.place = &w->place, .threads = countof(author)};
    check(writer_start_on(&cx, &config, w->db, &author[0].writer) == OK);    // closes it, too
    for (isize i = 0; i < countof(author); i++) {
        author[i].writer = author[0].writer;
        check(pthread_create(&thread[i], NULL, write_some, &author[i]) == 0);
    }
    for (isize i = 0; i < countof(author); i++) {
        pthread_join(thread[i], NULL);
        stored += author[i].stored;
    }
    writer_stop(author[0].writer);
    check(db_open(&cx, &w->place, DB_WRITER, &w->db) == OK);
    check(stored == 100);
    check(ask(w, "select count(distinct key) from solution") == 100);
    check(ask(w, "select min(key) from solution") == 101);
    check(ask(w, "select max(key) from solution") == 200);
}

static void K1_is_seen_in_a_text(struct world *w)
{
    str name = {0};
    (void)w;
    check(solution_named_in(S("siehe #L- und #l-101."), &name));
    check_text(name, S("#l-101"));
    check(!solution_named_in(S("L-101, #wlan, #L-x"), &name));
}

static void K1_is_found_however_it_is_written(struct world *w)
{
    given(w, SOLUTION_L1, SOLUTION_VALIDATED);
    static const char *const spelling[] = {"L-101", "l-101", "L101", "101", " #101 ", "#L-101"};
    for (isize i = 0; i < countof(spelling); i++) {
        struct solution s = {0};
        struct ctx *cx = begin_as(w, ADA);
        check(solution_by_key(cx, str_from_z(spelling[i]), &s) == OK && s.key == 101);
        check_text(solution_key_text(cx->arena, s.key), S("L-101"));
        check(end(w, OK) == OK);
    }
    static const char *const wrong[] = {"", "L-", "L-x", "-5", "L--5", "0", "101a", "L-102"};
    for (isize i = 0; i < countof(wrong); i++) {
        struct solution s;
        check(solution_by_key(begin_as(w, ADA), str_from_z(wrong[i]), &s) != OK);
        end(w, OK);
    }
}

// --- K2 K3 -----------------------------------------------------------------------------

static void K2_a_level_reads_what_is_meant_for_it_or_below(struct world *w)
{
    static const struct {
        int audience;
        bool ada, cem, dora;
    } table[] = {
        {SOLUTION_L1, true, true, true},       {SOLUTION_L2, false, true, true},
        {SOLUTION_L3, false, false, true},     {SOLUTION_L2 | SOLUTION_L3, false, true, true},
        {SOLUTION_CUSTOMER, true, true, true}, {SOLUTION_PUBLIC, true, true, true},
    };
    for (isize i = 0; i < countof(table); i++) {
        struct solution s;
        solution_id id = given(w, table[i].audience, SOLUTION_VALIDATED);
        check((read_as(w, ADA, id, &s) == OK) == table[i].ada);
        check((read_as(w, CEM, id, &s) == OK) == table[i].cem);
        check((read_as(w, DORA, id, &s) == OK) == table[i].dora);
        check(read_as(w, EVA, id, &s) == OK);
        check(read_as(w, FINN, id, &s) == OK);
        check(read_as(w, NINA, id, &s) == ERR_ABSENT);
    }
}

static isize listed(struct world *w, int person, struct solution_filter f)
{
    struct solution *s;
    isize n = -1;
    check(solution_list(begin_as(w, person), &f, &s, &n) == OK);
    check(end(w, OK) == OK);
    return n;
}

static void K2_lists_and_numbers_hide_it_too(struct world *w)
{
    given(w, SOLUTION_L2, SOLUTION_VALIDATED);
    given(w, SOLUTION_L1, SOLUTION_VALIDATED);
    check(listed(w, ADA, (struct solution_filter){0}) == 1);
    check(listed(w, CEM, (struct solution_filter){0}) == 2);
    check(listed(w, NINA, (struct solution_filter){0}) == 0);
    struct solution s;
    check(solution_by_key(begin_as(w, ADA), S("L-101"), &s) == ERR_ABSENT);
    end(w, OK);
}

static void K2_nobody_changes_what_he_may_not_read(struct world *w)
{
    solution_id id = given(w, SOLUTION_L2, SOLUTION_NOT_VALIDATED);
    struct solution s;
    check(read_as(w, CEM, id, &s) == OK);
    s.title = S("Anders");
    static const int stranger[] = {ADA, NINA};
    for (isize i = 0; i < countof(stranger); i++) {
        check(end(w, solution_change(begin_as(w, stranger[i]), &s)) == ERR_ABSENT);
        check(end(w, solution_flag(begin_as(w, stranger[i]), id, S("falsch"))) == ERR_ABSENT);
        check(end(w, solution_archive(begin_as(w, stranger[i]), id, 1)) == ERR_ABSENT);
        check(end(w, solution_unflag(begin_as(w, stranger[i]), id, 1)) == ERR_ABSENT);
    }
    check(ask(w, "select version from solution") == 1);
}

static enum err read_outside(struct world *w, struct who who, solution_id id)
{
    struct ctx *cx = begin(w);
    cx->who = who;
    struct solution s, *list;
    isize n;
    enum err err = solution_load(cx, id, &s);
    check(solution_list(cx, &(struct solution_filter){0}, &list, &n) == OK
          && (n > 0) == (err == OK));
    check(end(w, OK) == OK);
    return err;
}

static void K3_outside_only_validated(struct world *w)
{
    const struct who customer = {.tenant = {1}, .contact = {1}, .see = SEE_OWN};
    const struct who visitor = {.tenant = {1}, .see = SEE_NOTHING};
    solution_id id = given(w, SOLUTION_CUSTOMER, SOLUTION_NOT_VALIDATED);
    check(read_outside(w, customer, id) == ERR_ABSENT);
    check(end(w, solution_set_audience(begin_as(w, EVA), id, 1, SOLUTION_CUSTOMER,
                                       SOLUTION_VALIDATED))
          == OK);
    check(read_outside(w, customer, id) == OK);
    check(read_outside(w, visitor, id) == ERR_ABSENT);
    check(end(w, solution_set_audience(begin_as(w, EVA), id, 2, SOLUTION_PUBLIC,
                                       SOLUTION_VALIDATED))
          == OK);
    check(read_outside(w, visitor, id) == OK);
    check(end(w, solution_archive(begin_as(w, EVA), id, 3)) == OK);
    check(read_outside(w, customer, id) == ERR_ABSENT);
}

// --- K4 --------------------------------------------------------------------------------

static void K4_without_the_right_one_writes_for_the_own_level(struct world *w)
{
    solution_id id;
    check(add_as(w, ADA, for_audience(SOLUTION_L1, SOLUTION_NOT_VALIDATED), &id) == OK);
    check(add_as(w, ADA, for_audience(SOLUTION_L2, SOLUTION_WIP), &id) == ERR_DENIED);
    check(add_as(w, ADA, for_audience(SOLUTION_CUSTOMER, SOLUTION_WIP), &id) == ERR_DENIED);
    check(add_as(w, ADA, for_audience(SOLUTION_L1, SOLUTION_VALIDATED), &id) == ERR_DENIED);
    check(add_as(w, CEM, for_audience(SOLUTION_PUBLIC, SOLUTION_VALIDATED), &id) == OK);
    check(add_as(w, GERO, for_audience(SOLUTION_L1, SOLUTION_WIP), &id) == ERR_DENIED);
}

static void K4_anybody_mends_what_stays_inside(struct world *w)
{
    struct solution s;
    solution_id id = given(w, SOLUTION_L1, SOLUTION_VALIDATED);
    check(read_as(w, ADA, id, &s) == OK);
    s.cause = S("Alte Firmware");
    s.audience = SOLUTION_EVERYBODY;    // not hers to decide; content only
    check(end(w, solution_change(begin_as(w, ADA), &s)) == OK);
    check(read_as(w, ADA, id, &s) == OK);
    check_text(s.cause, S("Alte Firmware"));
    check(s.audience == SOLUTION_L1 && s.confidence == SOLUTION_VALIDATED && s.version == 2);
}

static void K4_what_customers_read_is_flagged_instead(struct world *w)
{
    struct solution s;
    solution_id id = given(w, SOLUTION_L1 | SOLUTION_CUSTOMER, SOLUTION_VALIDATED);
    check(read_as(w, ADA, id, &s) == OK);
    check(end(w, solution_change(begin_as(w, ADA), &s)) == ERR_DENIED);
    check(end(w, solution_flag(begin_as(w, ADA), id, S("Schritt 2 fehlt"))) == OK);
    check(end(w, solution_flag(begin_as(w, CEM), id, S("Bild ist alt"))) == OK);
    check(read_as(w, CEM, id, &s) == OK && s.flagged == 2 && s.version == 1);
    check_text(s.flags, S("Schritt 2 fehlt\nBild ist alt\n"));
    check(listed(w, ADA, (struct solution_filter){.flagged = true}) == 1);
    check(end(w, solution_unflag(begin_as(w, ADA), id, 1)) == ERR_DENIED);
    check(end(w, solution_unflag(begin_as(w, CEM), id, 1)) == OK);
    check(read_as(w, CEM, id, &s) == OK && s.flagged == 0 && s.flags.n == 0);
}

static void K4_audience_and_validation_need_the_right(struct world *w)
{
    solution_id id = given(w, SOLUTION_L1, SOLUTION_NOT_VALIDATED);
    check(
        end(w, solution_set_audience(begin_as(w, ADA), id, 1, SOLUTION_L1, SOLUTION_VALIDATED))
        == ERR_DENIED);
    check(end(w, solution_set_audience(begin_as(w, ADA), id, 1, SOLUTION_CUSTOMER,
                                       SOLUTION_NOT_VALIDATED))
          == ERR_DENIED);
    check(end(w, solution_archive(begin_as(w, ADA), id, 1)) == ERR_DENIED);
    check(end(w, solution_set_audience(begin_as(w, CEM), id, 1, SOLUTION_CUSTOMER,
                                       SOLUTION_VALIDATED))
          == OK);
    check(ask(w, "select audience * 10 + confidence from solution") == 83);
}

// --- K5 --------------------------------------------------------------------------------

static void K5_one_of_two_wins(struct world *w)
{
    struct solution s;
    solution_id id = given(w, SOLUTION_L1, SOLUTION_NOT_VALIDATED);
    check(read_as(w, ADA, id, &s) == OK);
    check(end(w, solution_change(begin_as(w, ADA), &s)) == OK);
    check(end(w, solution_change(begin_as(w, ADA), &s)) == ERR_STALE);
    check(end(w, solution_archive(begin_as(w, EVA), id, 1)) == ERR_STALE);
    check(end(w, solution_unflag(begin_as(w, EVA), id, 1)) == ERR_STALE);
    check(end(w, solution_archive(begin_as(w, EVA), id, 2)) == OK);
    check(listed(w, EVA, (struct solution_filter){0}) == 0);
    check(listed(w, EVA, (struct solution_filter){.confidence = SOLUTION_ARCHIVED}) == 1);
}

// --- K9 K10 ----------------------------------------------------------------------------

static void K9_duties_are_asked_when_use_changes(struct world *w)
{
    solution_id id = given(w, SOLUTION_L1, SOLUTION_NOT_VALIDATED);
    check(ask(w, "select count(*) from job where kind = 'duty_settle'") == 0);
    check(end(w, solution_archive(begin_as(w, EVA), id, 1)) == OK);
    check(ask(w, "select count(*) from job where kind = 'duty_settle'") == 1);
}

static void K9_each_change_has_its_event_or_is_not_made(struct world *w)
{
    const struct who eva = who_is(w, EVA);
    EACH_FAULT(w) {
        solution_id id;
        end(w, solution_add(begin_with(w, eva), &wlan, &id));
        check(ask(w, "select count(*) from solution")
              == ask(w, "select count(*) from event where kind = 'solution.created'"));
    }
    EACH_FAULT(w) {
        end(w, solution_archive(begin_with(w, eva), (solution_id){1}, 1));
        check(ask(w, "select version - 1 from solution")
              == ask(w, "select count(*) from event where kind = 'solution.archived'"));
        check(ask(w, "select version - 1 from solution")
              == ask(w, "select count(*) from job where kind = 'duty_settle'"));
    }
}

static void K10_importing_twice_is_one_solution(struct world *w)
{
    solution_id first, again, other;
    struct solution s = for_audience(SOLUTION_L1, SOLUTION_VALIDATED);
    check(end(w, solution_import(begin(w), &s, S("kb"), S("A7"), &first)) == OK);
    s.title = S("WLAN-Kanal wechseln");
    s.audience = SOLUTION_L1 | SOLUTION_CUSTOMER;
    check(end(w, solution_import(begin(w), &s, S("kb"), S("A7"), &again)) == OK);
    check(end(w, solution_import(begin(w), &s, S("kb"), S("A8"), &other)) == OK);
    check(first.n == again.n && other.n != first.n);
    check(read_as(w, ADA, first, &s) == OK && s.audience == 9 && s.key == 101);
    check_text(s.title, S("WLAN-Kanal wechseln"));
}

// --- pure ------------------------------------------------------------------------------

static void steps_are_lines(struct world *w)
{
    struct ctx *cx = begin(w);
    struct solution_step *step;
    isize n;
    solution_steps_read(
        cx->arena,
        S("1. Stecker ziehen\tLampen aus\n\n- Warten -> 30 s\n  2) Einstecken \xe2\x86\x92 "
          "Lampen an\r\n3.5 V messen\nFertig"),
        &step, &n);
    check(n == 5);
    check_text(step[0].text, S("Stecker ziehen"));
    check_text(step[0].expected, S("Lampen aus"));
    check_text(step[1].text, S("Warten"));
    check_text(step[1].expected, S("30 s"));
    check_text(step[2].text, S("Einstecken"));
    check_text(step[2].expected, S("Lampen an"));
    check_text(step[3].text, S("3.5 V messen"));
    check_text(step[4].text, S("Fertig"));
    check(step[4].expected.n == 0);
    str text = solution_steps_text(cx->arena, step, n);
    check_text(text, S("Stecker ziehen\tLampen aus\nWarten\t30 s\nEinstecken\tLampen an\n3.5 V "
                       "messen\t\nFertig\t"));
    struct solution_step *same;
    solution_steps_read(cx->arena, text, &same, &n);
    check(n == 5);
    check_text(solution_steps_text(cx->arena, same, n), text);
    check(end(w, OK) == OK);
}

static void a_tab_inside_a_step_does_not_split_it(struct world *w)
{
    struct ctx *cx = begin(w);
    const struct solution_step sly = {{"a\tb\nc", 5}, {"d\te", 3}};
    check_text(solution_steps_text(cx->arena, &sly, 1), S("a b c\td e"));
    check(end(w, OK) == OK);
}

static void serving_a_level(struct world *w)
{
    (void)w;
    check(solution_serves(SOLUTION_L1, SOLUTION_VALIDATED, 1));
    check(solution_serves(SOLUTION_PUBLIC, SOLUTION_NOT_VALIDATED, 1));
    check(!solution_serves(SOLUTION_L2 | SOLUTION_L3, SOLUTION_VALIDATED, 1));
    check(!solution_serves(SOLUTION_L1, SOLUTION_WIP, 1));
    check(!solution_serves(SOLUTION_L1, SOLUTION_ARCHIVED, 1));
    check(solution_serves(SOLUTION_L1, SOLUTION_VALIDATED, 3));
    check(!solution_serves(SOLUTION_L3, SOLUTION_VALIDATED, 2));
}

static void codes_are_stable(struct world *w)
{
    struct ctx *cx = begin(w);
    int n = 0;
    check(ticket_words_find(solution_kinds, S("howto"), &n) && n == SOLUTION_HOWTO);
    check(ticket_words_find(solution_kinds, S("known_error"), &n) && n == SOLUTION_KNOWN_ERROR);
    check(ticket_words_find(solution_confidences, S("validated"), &n)
          && n == SOLUTION_VALIDATED);
    check(solution_audience_from(S("l1, customer"), &n) && n == 9);
    check(!solution_audience_from(S("l1,everyone"), &n) && n == 9);
    check(!solution_audience_from(S(""), &n));
    for (int audience = 1; audience <= SOLUTION_EVERYBODY; audience++)
        check(solution_audience_from(solution_audience_codes(cx->arena, audience), &n)
              && n == audience);
    check(end(w, OK) == OK);
}

static enum err fit(struct ctx *cx, struct solution s)
{
    ctx_forgive(cx);
    return solution_check(cx, &s);
}

static void unfit_ones_are_refused(struct world *w)
{
    struct ctx *cx = begin(w);
    char *long_line = make(cx->arena, char, LIMIT_LINE + 2);
    memset(long_line, 'x', LIMIT_LINE + 1);
    struct solution_step *step =
        make(cx->arena, struct solution_step, LIMIT_SOLUTION_STEPS + 1);
    step[0].text = (str){long_line, LIMIT_LINE};
    struct solution s = wlan;
    s.step = step;
    s.steps = LIMIT_SOLUTION_STEPS;
    check(fit(cx, s) == OK);
    s.steps++;
    check(fit(cx, s) == ERR_INVALID);
    s.steps = 1;
    step[0].text.n++;
    check(fit(cx, s) == ERR_INVALID);
    s = wlan;
    s.title = S(" ");
    check(fit(cx, s) == ERR_INVALID);
    s = wlan;
    s.title = (str){long_line, LIMIT_SUBJECT};
    check(fit(cx, s) == OK);
    s.title.n++;
    check(fit(cx, s) == ERR_INVALID);
    check(fit(cx, for_audience(0, SOLUTION_WIP)) == ERR_INVALID);
    check(fit(cx, for_audience(32, SOLUTION_WIP)) == ERR_INVALID);
    check(fit(cx, for_audience(1, (enum confidence)5)) == ERR_INVALID);
    check(end(w, OK) == OK);
}

static void flags_have_a_limit(struct world *w)
{
    solution_id id = given(w, SOLUTION_L1, SOLUTION_VALIDATED);
    for (int i = 0; i < LIMIT_SOLUTION_FLAGS; i++)
        check(end(w, solution_flag(begin_as(w, ADA), id, S("veraltet"))) == OK);
    check(end(w, solution_flag(begin_as(w, ADA), id, S("veraltet"))) == ERR_INVALID);
    check(end(w, solution_flag(begin_as(w, ADA), id, S(" "))) == ERR_INVALID);
}

static void lists_are_filtered_and_paged(struct world *w)
{
    for (int i = 0; i < 3; i++) {
        later(w, 1);
        given(w, i == 0 ? SOLUTION_L2 : SOLUTION_L1, SOLUTION_VALIDATED);
    }
    given(w, SOLUTION_L1, SOLUTION_WIP);
    check(listed(w, CEM, (struct solution_filter){0}) == 4);
    check(listed(w, CEM, (struct solution_filter){.confidence = SOLUTION_VALIDATED}) == 3);
    check(listed(w, CEM, (struct solution_filter){.audience = SOLUTION_L2}) == 1);
    check(listed(w, CEM, (struct solution_filter){.most = 3}) == 3);
    check(listed(w, CEM, (struct solution_filter){.most = 3, .skip = 3}) == 1);
    check(listed(w, CEM, (struct solution_filter){.category = {7}}) == 0);
    struct solution *s;
    isize n;
    check(solution_list(begin_as(w, CEM), &(struct solution_filter){0}, &s, &n) == OK);
    check(s[0].key == 104 && s[3].key == 101);    // newest change first
    check(end(w, OK) == OK);
}

const struct test solution_tests[] = {
    T(K1_numbers_begin_at_101),
    T(K1_each_desk_counts_for_itself),
    T(K1_what_is_rolled_back_is_drawn_again),
    T(K1_no_number_twice_however_many_write),
    T(K1_is_seen_in_a_text),
    T(K1_is_found_however_it_is_written),
    T(K2_a_level_reads_what_is_meant_for_it_or_below),
    T(K2_lists_and_numbers_hide_it_too),
    T(K2_nobody_changes_what_he_may_not_read),
    T(K3_outside_only_validated),
    T(K4_without_the_right_one_writes_for_the_own_level),
    T(K4_anybody_mends_what_stays_inside),
    T(K4_what_customers_read_is_flagged_instead),
    T(K4_audience_and_validation_need_the_right),
    T(K5_one_of_two_wins),
    T(K9_duties_are_asked_when_use_changes),
    T(K9_each_change_has_its_event_or_is_not_made),
    T(K10_importing_twice_is_one_solution),
    T(steps_are_lines),
    T(a_tab_inside_a_step_does_not_split_it),
    T(serving_a_level),
    T(codes_are_stable),
    T(unfit_ones_are_refused),
    T(flags_have_a_limit),
    T(lists_are_filtered_and_paged),
    {0},
};
