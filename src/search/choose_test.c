// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/choose.h"

#include "search/index.h"
#include "testing/test.h"

static void known(struct world *w, str title, int audience)
{
    struct solution s = {.kind = SOLUTION_FIX,
                         .confidence = SOLUTION_VALIDATED,
                         .audience = audience,
                         .lang = LANG_DE,
                         .title = title};
    struct ctx *cx = begin_as(w, EVA);
    check(end(w, solution_add(cx, &s, &s.id)) == OK);
    check(job_drain(cx, index_jobs) == OK);
}

static int64_t chosen(struct world *w, int person, str typed, str *why)
{
    solution_id id = {0};
    struct ctx *cx = begin_as(w, person);
    enum err err = choose_solution(cx, "solution", typed, &id);
    check(err == OK || err == ERR_INVALID);
    *why = err == OK ? S("") : keep(w, cx->problems->text.en);
    end(w, ERR_INVALID);
    return id.n;
}

static void N1_a_number_alone_or_in_front_of_a_title(struct world *w)
{
    static const str same[] = {{"L-101", 5},   {"l101", 4}, {"101", 3},
                               {" L-101 ", 7}, {"L-101 Router neu starten", 24}};
    str why;
    known(w, S("Router neu starten"), SOLUTION_L1);
    for (isize i = 0; i < countof(same); i++)
        check(chosen(w, ADA, same[i], &why) == 1);
    check(chosen(w, ADA, S("L-999"), &why) == 0);
    check_text(why, S("There is no solution with this number."));
}

static void N2_words_choose_nothing_but_name_what_may_be_meant(struct world *w)
{
    str why;
    known(w, S("Router neu starten"), SOLUTION_L1);
    known(w, S("Drucker neu verbinden"), SOLUTION_L1);
    check(chosen(w, ADA, S("routers neu"), &why) == 0);
    check(str_starts(why, S("Please enter the number: L-101 Router neu starten")));
    check(chosen(w, ADA, S("101 Router"), &why) == 0);    // a bare number among words is a word
    check(chosen(w, ADA, S("Waschmaschine"), &why) == 0);
    check(str_starts(why, S("Nothing that is known")));
    check(chosen(w, ADA, S("  "), &why) == 0 && str_starts(why, S("Please name")));
}

static void N3_what_is_not_for_the_asker_is_not_named(struct world *w)
{
    str why;
    known(w, S("Router heimlich tauschen"), SOLUTION_L3);
    check(chosen(w, ADA, S("Router"), &why) == 0 && str_starts(why, S("Nothing that is known")));
    check(chosen(w, ADA, S("L-101"), &why) == 0);
    check(chosen(w, DORA, S("Router"), &why) == 0 && str_find(why, S("heimlich")) > 0);
    check(chosen(w, DORA, S("L-101"), &why) == 1);
}

const struct test choose_tests[] = {
    T(N1_a_number_alone_or_in_front_of_a_title),
    T(N2_words_choose_nothing_but_name_what_may_be_meant),
    T(N3_what_is_not_for_the_asker_is_not_named),
    {0},
};
