// SPDX-License-Identifier: GPL-3.0-or-later
#include "ticket/ticket_said.h"

#include "testing/test.h"

static void N1_proposed_sentences_follow_the_reader(struct world *w)
{
    // clang-format off
    static const struct { const char *stored; enum lang lang; const char *shown; } rows[] = {
        {"I take it. Next step: find the cause.", LANG_DE, "Ich übernehme. Nächster Schritt: Ursache suchen."},
        {"Ich übernehme. Nächster Schritt: Ursache suchen.", LANG_EN, "I take it. Next step: find the cause."},
        {"Ich übernehme. Nächster Schritt: Ursache suchen, bis 14 Uhr", LANG_EN, "I take it. Next step: find the cause, by 14 Uhr"},
        {"Ich übernehme.", LANG_DE, "Ich übernehme."},
        {"Ich übernehme das gern.", LANG_EN, "Ich übernehme das gern."},
        {"", LANG_EN, ""},
    };
    // clang-format on
    for (isize i = 0; i < countof(rows); i++)
        check_text(ticket_said(&w->arena, str_from_z(rows[i].stored), rows[i].lang),
                   str_from_z(rows[i].shown));
}

static void N2_jetzt_stands_behind_the_team_in_the_readers_language(struct world *w)
{
    struct ticket t = {.work_team_name = WORDS("Engineering", "Entwicklung"),
                       .current = S("Engineering: I take it. Next step: prepare the fix.")};
    check_text(ticket_said_now(&w->arena, &t, LANG_DE),
               S("Entwicklung: Ich übernehme. Nächster Schritt: Korrektur vorbereiten."));
    t.current = S("Entwicklung: Ich messe noch.");
    check_text(ticket_said_now(&w->arena, &t, LANG_EN), S("Engineering: Ich messe noch."));
    t.current = S("Netz: Ich übernehme.");    // not theirs
    check_text(ticket_said_now(&w->arena, &t, LANG_EN), t.current);
}

static void N3_a_promise_from_a_day_and_a_time(struct world *w)
{
    struct arena *a = &w->arena;
    str de = S("Rückmeldung bis 29.11.2026, 01:57 Uhr"), en = S("Answer by 29 Nov 2026, 01:57");
    check_text(ticket_said_promise(a, de, w->now, LANG_EN), en);
    check_text(ticket_said_promise(a, en, w->now, LANG_DE), de);
    check_text(ticket_said_promise(a, S("Rückruf bis bald bis 29.11.2026, 01:57 Uhr"), w->now,
                                   LANG_EN),
               S("Rückruf bis bald by 29 Nov 2026, 01:57"));
    check_text(ticket_said_promise(a, S("bis bald, Uhr"), w->now, LANG_EN), S("bis bald, Uhr"));
    check_text(ticket_said_promise(a, S("nichts"), w->now, LANG_EN), S("nichts"));
}

const struct test ticket_said_tests[] = {
    T(N1_proposed_sentences_follow_the_reader),
    T(N2_jetzt_stands_behind_the_team_in_the_readers_language),
    T(N3_a_promise_from_a_day_and_a_time),
    {0},
};
