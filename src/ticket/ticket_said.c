// SPDX-License-Identifier: GPL-3.0-or-later
#include "ticket/ticket_said.h"

#include "base/when.h"

// clang-format off
static const struct words sayings[] = {
    WORDS("", ""),
    [SAYING_CAUSE]    = WORDS("I take it. Next step: find the cause.", "Ich übernehme. Nächster Schritt: Ursache suchen."),
    [SAYING_HOW]      = WORDS("I take it. Next step: look up how it works.", "Ich übernehme. Nächster Schritt: nachsehen, wie es geht."),
    [SAYING_FIX]      = WORDS("I take it. Next step: prepare the fix.", "Ich übernehme. Nächster Schritt: Korrektur vorbereiten."),
    [SAYING_DECISION] = WORDS("I take it. Next step: get the decision.", "Ich übernehme. Nächster Schritt: Entscheidung einholen."),
    [SAYING_ACCESS]   = WORDS("I take it. Next step: check the access.", "Ich übernehme. Nächster Schritt: Zugriff prüfen."),
    [SAYING_TAKE]     = WORDS("I take it.", "Ich übernehme."),
    [SAYING_MISSING]  = WORDS("We ask for what is missing.", "Wir fragen nach, was fehlt."),
    [SAYING_SOLUTION] = WORDS("We go through the solution with the customer.", "Wir gehen die Lösung mit der Kundin oder dem Kunden durch."),
    [SAYING_BACK]     = WORDS("We take it back.", "Wir übernehmen wieder."),
};

static const struct words until = WORDS(", by ", ", bis "), by = WORDS(" by ", " bis "),
                          answer = WORDS("Answer", "Rückmeldung");
// clang-format on

struct words ticket_said_words(enum ticket_saying saying)
{
    return sayings[saying];
}

// What stands behind a proposed sentence of this language; false when it does not begin so.
static bool behind(str stored, str sentence, enum lang lang, str *time)
{
    *time = S("");
    if (str_eq(stored, sentence))
        return true;
    str open = str_head(sentence, sentence.n - 1);    // a time takes the place of the full stop
    str mark = words_in(until, lang);
    if (!str_starts(stored, open) || !str_starts(str_cut(stored, open.n), mark))
        return false;
    *time = str_cut(stored, open.n + mark.n);
    return true;
}

static str say(struct arena *a, struct words sentence, str time, enum lang lang)
{
    str own = words_in(sentence, lang);
    if (time.n == 0)
        return own;
    return arena_fmt(a, STR_FMT STR_FMT STR_FMT, STR_ARG(str_head(own, own.n - 1)),
                     STR_ARG(words_in(until, lang)), STR_ARG(time));
}

str ticket_said(struct arena *a, str stored, enum lang lang)
{
    str time, line = str_trim(stored);
    for (isize i = 1; i < countof(sayings); i++)
        if (behind(line, sayings[i].en, LANG_EN, &time)
            || behind(line, sayings[i].de, LANG_DE, &time))
            return say(a, sayings[i], time, lang);
    return stored;
}

str ticket_said_now(struct arena *a, const struct ticket *t, enum lang lang)
{
    const str names[] = {t->work_team_name.en, t->work_team_name.de};
    for (int i = 0; i < countof(names); i++) {
        str before = arena_fmt(a, STR_FMT ": ", STR_ARG(names[i]));
        if (names[i].n > 0 && str_starts(t->current, before))
            return arena_fmt(a, STR_FMT ": " STR_FMT,
                             STR_ARG(words_in(t->work_team_name, lang)),
                             STR_ARG(ticket_said(a, str_cut(t->current, before.n), lang)));
    }
    return t->current;
}

// --- N3 ------------------------------------------------------------------------------------

str ticket_said_promised(struct arena *a, str what, instant due, enum lang lang)
{
    lang = lang == LANG_EN ? LANG_EN : LANG_DE;    // 0: the case has none
    what = what.n > 0 ? what : words_in(answer, lang);
    return arena_fmt(a, STR_FMT STR_FMT STR_FMT ", " STR_FMT "%s", STR_ARG(what),
                     STR_ARG(words_in(by, lang)), STR_ARG(when_day(a, due, lang)),
                     STR_ARG(when_clock(a, due)), lang == LANG_EN ? "" : " Uhr");
}

static isize last_of(str s, str part)
{
    isize found = -1;
    for (isize at = 0; at + part.n <= s.n; at++)
        if (str_starts(str_cut(s, at), part))
            found = at;
    return found;
}

// As ticket_said_promised() wrote it in this language.
static bool read_promise(str stored, enum lang lang, instant now, str *what, instant *due)
{
    str mark = words_in(by, lang), end = lang == LANG_EN ? S("") : S(" Uhr");
    isize at = last_of(stored, mark);
    if (at < 0 || !str_ends(stored, end))
        return false;
    str time = str_cut(stored, at + mark.n), day;
    time = str_head(time, time.n - end.n);
    isize comma = last_of(time, S(", "));
    if (comma < 0)
        return false;
    day = str_head(time, comma);
    *what = str_head(stored, at);
    return when_read(day, str_cut(time, comma + 2), now, due);
}

str ticket_said_promise(struct arena *a, str stored, instant now, enum lang lang)
{
    static const enum lang all[] = {LANG_DE, LANG_EN};
    for (int i = 0; i < countof(all); i++) {
        str what;
        instant due;
        if (!read_promise(stored, all[i], now, &what, &due))
            continue;
        bool usual = str_eq(what, words_in(answer, all[i]));
        return ticket_said_promised(a, usual ? S("") : what, due, lang);
    }
    return stored;
}
