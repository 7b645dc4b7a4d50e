// SPDX-License-Identifier: GPL-3.0-or-later
#include "message/message.h"
#include "testing/test.h"

static void M5_thanks_in_two_languages(struct world *w)
{
    (void)w;
    static const char *const yes[] = {
        "Danke!",
        "Vielen Dank",
        "Danke, läuft wieder!",
        "Vielen herzlichen Dank für die schnelle Hilfe!!!",
        "Hallo,\n\nsuper, jetzt geht alles wieder. Danke!\n\nViele Grüße\nKarin Brandt",
        "DANKE SCHÖN",
        "Guten Tag, es geht. Mit bestem Dank und freundlichen Grüßen, Dr. Müller-Lüdenscheidt",
        "Thanks!",
        "Thank you so much, it works again.",
        "Great, thanks a lot for the quick reply.\nBest regards\nJohn Smith",
        "danke :-)",
        "LG und danke",
        "Merci",
    };
    for (isize i = 0; i < countof(yes); i++)
        if (!message_is_thanks(str_from_z(yes[i])))
            check_text(str_from_z(yes[i]), S("thanks"));
}

static void M5_everything_else_is_read(struct world *w)
{
    static const char *const no[] = {
        "",
        " ",
        "Hallo",
        "Super",
        "funktioniert",
        "Danke, geht aber nicht",
        "Danke, funktioniert nicht.",
        "Danke für nichts",
        "Danke, und der Drucker?",
        "Danke. Noch eine Sache: das Telefon ist kaputt.",
        "Danke, bitte auch für Zimmer 12",
        "Vielen Dank, aber jetzt geht das Licht aus",
        "Danke, läuft. Grüße vom Drucker, der nicht druckt",
        "Thanks, but it does not work",
        "Thanks for nothing",
        "thank you, still broken",
        "Works?",
        "danke http://x.example",
        "Danke, Karin",    // a name without a farewell
        "Grüße Karin Brandt Erwin Udo Anna Otto danke",
        "Kein Dank",
        "Danke 2",
        "ohne Dank",
        "thanks\xff",
    };
    for (isize i = 0; i < countof(no); i++)
        if (message_is_thanks(str_from_z(no[i])))
            check_text(str_from_z(no[i]), S("something to read"));
    str many = S("Danke ");
    for (int i = 0; i < 6; i++)
        many = arena_join(&w->arena, many, many);
    check(!message_is_thanks(many));    // 64 words are a letter
}

static void T4_a_question_ends_with_its_mark(struct world *w)
{
    (void)w;
    static const char *const yes[] = {"Welche Farbe?", "Geht es? Danke.", "Was?\nBitte",
                                      "Wirklich?!",    "(Oder?)",         "„Ja?\""};
    static const char *const no[] = {"", "Nein.", "https://x.example/a?b=c", "a?b"};
    for (isize i = 0; i < countof(yes); i++)
        check(message_is_question(str_from_z(yes[i])));
    for (isize i = 0; i < countof(no); i++)
        check(!message_is_question(str_from_z(no[i])));
}

const struct test message_thanks_tests[] = {
    T(M5_thanks_in_two_languages),
    T(M5_everything_else_is_read),
    T(T4_a_question_ends_with_its_mark),
    {0},
};
