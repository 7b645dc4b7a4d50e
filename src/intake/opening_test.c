// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "intake/opening.h"

static void G1_the_subject_loses_its_marks(struct world *w)
{
    (void)w;
    static const char *const table[][2] = {
        {"Re: Drucker", "Drucker"},
        {"AW: WG: Fwd: Re[2]: Drucker", "Drucker"},
        {"  re :Drucker  ", "Drucker"},
        {"[#4182-2072] Re: Drucker", "Drucker"},
        {"Re: Drucker [#4182-2072]", "Drucker"},
        {"Drucker: Papierstau", "Drucker: Papierstau"},
        {"[intern] Drucker", "[intern] Drucker"},
        {"[#x] Drucker", "[#x] Drucker"},
        {"AW: Drucker [#123456]", "Drucker [#123456]"},
        {"Re: [#4182-2074] Drucker", "[#4182-2074] Drucker"},
        {"Regen im Keller", "Regen im Keller"},
        {"Re:", ""},
        {"", ""},
        {":", ":"},
        {"[", "["},
        {"]", "]"},
    };
    for (isize i = 0; i < countof(table); i++)
        check_text(opening_subject(str_from_z(table[i][0])), str_from_z(table[i][1]));
}

static void G2_the_first_sentence_behind_the_greeting(struct world *w)
{
    static const char *const table[][2] = {
        {"Guten Tag,\n\nmein Drucker druckt nicht. Seit gestern schon.\n",
         "mein Drucker druckt nicht."},
        {"Sehr geehrte Damen und Herren,\nich habe ein Problem mit\ndem WLAN! Bitte helfen "
         "Sie.",
         "ich habe ein Problem mit dem WLAN!"},
        {"Sehr geehrter Herr Ott,\nes geht nicht", "es geht nicht"},
        {"Hallo Team\nDrucker kaputt\n\nViele Grüße", "Drucker kaputt"},
        {"Hi, z. B. bei Version 3.5 stürzt es ab. Danke",
         "Hi, z. B. bei Version 3.5 stürzt es ab."},
        {"Hallo.", "Hallo."},
        {"Hello", "Hello"},
        {"Liebesbrief kommt nicht an. Ende", "Liebesbrief kommt nicht an."},
        {"", ""},
    };
    for (isize i = 0; i < countof(table); i++)
        check_text(opening_problem(&w->arena, str_from_z(table[i][0])),
                   str_from_z(table[i][1]));
}

static void G3_the_language_of_the_small_words(struct world *w)
{
    (void)w;
    check(opening_language(S("Drucker"), S("ich habe ein Problem mit der Anlage")) == LANG_DE);
    check(opening_language(S("printer"), S("I have a problem with the printer")) == LANG_EN);
    check(opening_language(S("WLAN"), S("")) == 0);
    check(opening_language(S("für uns nicht möglich"), S("4711")) == LANG_DE);
}

static void G4_mails_that_ask_to_confirm(struct world *w)
{
    (void)w;
    check(opening_is_verification(S("Verify your email"), S("")));
    check(opening_is_verification(S("Slack"), S("Here is your confirmation code: 123456")));
    check(opening_is_verification(S("Willkommen"),
                                  S("Bitte bestätigen Sie Ihre E-Mail-Adresse")));
    check(!opening_is_verification(S("Drucker"),
                                   S("Er druckt wieder, danke! Können Sie das bestätigen?")));
}

const struct test opening_tests[] = {
    T(G1_the_subject_loses_its_marks),
    T(G2_the_first_sentence_behind_the_greeting),
    T(G3_the_language_of_the_small_words),
    T(G4_mails_that_ask_to_confirm),
    {0},
};
