// SPDX-License-Identifier: GPL-3.0-or-later
#include "triage/learner.h"

#include "testing/test.h"

enum { PRINTER = 7, NETWORK, MAIL };

static const struct {
    const char *text;
    int64_t label;
} cases[] = {
    {"Drucker druckt nicht\nPapierstau im Fach", PRINTER},
    {"WLAN langsam\nder Router blinkt rot", NETWORK},
    {"Postfach voll\nkeine Mail kommt an", MAIL},
    {"Papierstau\nDrucker meldet Fehler", PRINTER},
    {"Internet weg\nRouter neu gestartet", NETWORK},
    {"Mail verschickt sich nicht\nPostausgang", MAIL},
};

static void teach(struct world *w, struct learner *m, int rounds)
{
    for (int r = 0; r < rounds; r++)
        for (isize i = 0; i < countof(cases); i++)
            learner_learn(m, &w->kept, str_from_z(cases[i].text), cases[i].label);
}

static struct learner *taught(struct world *w, int rounds)
{
    struct learner *m = make(&w->kept, struct learner, 1);
    teach(w, m, rounds);
    return m;
}

static struct learner_guess guess(struct world *w, const struct learner *m, const char *text)
{
    return learner_suggest(m, &w->kept, str_from_z(text));
}

static void L1_the_same_cases_make_the_same_model(struct world *w)
{
    struct learner *x = taught(w, 5), *y = taught(w, 5);
    check(memcmp(x, y, sizeof *x) == 0 && x->cases == 30);
    teach(w, y, 1);
    check(memcmp(x, y, sizeof *x) != 0);
    check(guess(w, x, "Drucker im Flur").label == PRINTER);
    check(guess(w, x, "ROUTER geht nicht").label == NETWORK);
    check(guess(w, x, "meine Mail").label == MAIL);
    check(guess(w, x, "Druckertreiber fehlt").label == PRINTER);    // by its pieces
}

static bool holds(const struct learner *m, const char *text)
{
    return memmem(m, sizeof *m, text, strlen(text)) != NULL;
}

static void L2_no_word_stands_in_the_model(struct world *w)
{
    struct learner *m = taught(w, 3);
    check(!holds(m, "apierstau") && !holds(m, "outer") && !holds(m, "ostfach"));
}

static void L3_it_says_which_words_decided(struct world *w)
{
    struct learner_guess g = guess(w, taught(w, 10), "Hallo, heute Papierstau im Drucker");
    check(g.label == PRINTER && g.words >= 2);
    check_text(g.word[0].p < g.word[1].p ? g.word[0] : g.word[1], S("Papierstau"));
    check_text(g.word[0].p < g.word[1].p ? g.word[1] : g.word[0], S("Drucker"));
    check(guess(w, taught(w, 10), "Drucker, drucker DRUCKER").words == 1);
}

static void L3_words_of_every_text_are_no_reason(struct world *w)
{
    struct learner *m = make(&w->kept, struct learner, 1);
    for (int i = 0; i < 10; i++) {
        learner_learn(m, &w->kept, S("Beim Start 14 Papierstau, keine Meldung"), PRINTER);
        learner_learn(m, &w->kept, S("Router blinkt rot, nichts geht"), PRINTER + 1);
    }
    struct learner_guess g = guess(w, m, "beim 14 keine Papierstau");
    check(g.label == PRINTER && g.words == 1);
    check_text(g.word[0], S("Papierstau"));
}

static void L4_it_is_sure_only_of_what_it_was_right_about(struct world *w)
{
    struct learner *m = taught(w, 2);
    check(learner_threshold(m) > 1 && !guess(w, m, cases[0].text).sure);    // too few
    teach(w, m, 20);
    check(learner_threshold(m) <= 1 && guess(w, m, cases[0].text).sure);
    check(!guess(w, m, "").sure);
    for (int b = 0; b < LEARNER_BINS; b++)
        m->bin[b] = (struct learner_bin){100, 79};
    check(learner_threshold(m) > 1 && !guess(w, m, cases[0].text).sure);
    m->bin[LEARNER_BINS - 1].right = 80;
    check(learner_threshold(m) == 0.95);
}

static void L4_labels_by_chance_make_nobody_sure(struct world *w)
{
    struct learner *m = make(&w->kept, struct learner, 1);
    uint32_t chance = 1;
    for (int i = 0; i < 2000; i++) {
        chance = chance * 1664525u + 1013904223u;
        learner_learn(m, &w->kept, str_from_z(cases[i % 6].text), 1 + (chance >> 16) % 3);
    }
    check(learner_threshold(m) > 1);
}

static void L5_who_knows_one_label_says_nothing(struct world *w)
{
    struct learner *m = make(&w->kept, struct learner, 1);
    check(guess(w, m, "Drucker").label == 0);
    for (int i = 0; i < 50; i++)
        learner_learn(m, &w->kept, S("Drucker"), PRINTER);
    check(guess(w, m, "Drucker").label == 0);
    learner_learn(m, &w->kept, S("Router"), NETWORK);
    check(guess(w, m, "Drucker").label == PRINTER);
}

static void L6_a_label_too_many_is_not_learned(struct world *w)
{
    struct learner *m = make(&w->kept, struct learner, 1);
    for (int i = 1; i <= LEARNER_LABELS + 1; i++)
        learner_learn(m, &w->kept, S("Drucker"), i);
    check(m->labels == LEARNER_LABELS && m->cases == LEARNER_LABELS);
}

static void L7_any_bytes_will_do(struct world *w)
{
    struct learner *m = taught(w, 3);
    char *big = make(&w->kept, char, 3 * LEARNER_TEXT);
    for (int i = 0; i < 3 * LEARNER_TEXT; i++)
        big[i] = (char)(i * 31 % 256);
    str all = {big, 3 * LEARNER_TEXT};
    learner_learn(m, &w->kept, all, MAIL);
    struct learner_guess g = learner_suggest(m, &w->kept, all);
    check(g.confidence > 0 && g.confidence <= 1);
    memset(big, ' ', LEARNER_TEXT);
    memcpy(big + LEARNER_TEXT, "Drucker", 7);
    check(learner_suggest(m, &w->kept, all).words == 0);
}

static void L8_another_version_begins_anew(struct world *w)
{
    struct learner *m = taught(w, 10);
    m->version++;
    check(guess(w, m, "Drucker").label == 0);
    learner_learn(m, &w->kept, S("Drucker"), PRINTER);
    check(m->cases == 1 && m->labels == 1);
}

const struct test learner_tests[] = {
    T(L1_the_same_cases_make_the_same_model),
    T(L2_no_word_stands_in_the_model),
    T(L3_words_of_every_text_are_no_reason),
    T(L3_it_says_which_words_decided),
    T(L4_it_is_sure_only_of_what_it_was_right_about),
    T(L4_labels_by_chance_make_nobody_sure),
    T(L5_who_knows_one_label_says_nothing),
    T(L6_a_label_too_many_is_not_learned),
    T(L7_any_bytes_will_do),
    T(L8_another_version_begins_anew),
    {0},
};
