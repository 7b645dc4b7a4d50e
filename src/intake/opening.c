// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/opening.h"

#include "base/limits.h"
#include "ticket/ticket_number.h"

enum { SENTENCE = 300, LOOK_AT = 1500 };

// --- G1 ------------------------------------------------------------------------------------

static const char *const marks[] = {"re", "aw", "fw", "fwd", "wg", "antw", "sv", "tr", NULL};

static bool is_mark(str word)
{
    isize bracket = str_find(word, S("["));    // "Re[2]"
    if (bracket > 0)
        word.n = bracket;
    for (isize i = 0; marks[i] != NULL; i++)
        if (str_eq_nocase(str_trim(word), str_from_z(marks[i])))
            return true;
    return false;
}

// The case's number behind a "#", as we write them; 0 if it is none: other systems number too.
static int64_t number_behind(str s)
{
    int64_t number = 0;
    int digits = 0;
    for (isize i = 0; i < s.n && i < 16 && (s.p[i] == '-' || str_is_digit(s.p[i])); i++) {
        if (s.p[i] == '-')
            continue;
        number = number * 10 + (s.p[i] - '0');
        digits++;
    }
    return digits >= 8 && digits <= 12 && ticket_number_ok(number) ? number : 0;
}

// "[#4182-2073]", wherever it stands at an end.
static bool is_number(str s)
{
    if (s.n < 4 || s.p[0] != '[' || s.p[1] != '#' || s.p[s.n - 1] != ']')
        return false;
    for (isize i = 2; i < s.n - 1; i++)
        if (s.p[i] != '-' && !str_is_digit(s.p[i]))
            return false;
    return number_behind(str_cut(s, 2)) != 0;
}

int64_t opening_number(str subject)
{
    int64_t number = 0;
    for (isize i; number == 0 && (i = str_find(subject, S("#"))) >= 0;) {
        subject = str_cut(subject, i + 1);
        number = number_behind(subject);
    }
    return number;
}

static str without_number(str s)
{
    isize close = str_find(s, S("]")), open = s.n;
    if (s.n > 0 && s.p[0] == '[' && is_number((str){s.p, close + 1}))
        return str_trim(str_cut(s, close + 1));
    while (open > 0 && s.p[open - 1] != '[')
        open--;
    if (open > 0 && is_number(str_cut(s, open - 1)))
        return str_trim((str){s.p, open - 1});
    return s;
}

str opening_subject(str subject)
{
    str s = str_trim(subject);
    for (;;) {
        str rest = s, mark = str_token(&rest, ':');
        str next = mark.n < s.n && is_mark(mark) ? str_trim(rest) : without_number(s);
        if (next.n == s.n)
            return s;
        s = next;
    }
}

// --- G2 ------------------------------------------------------------------------------------

// clang-format off
static const char *const greetings[] = {
    "hallo", "hi", "hey", "moin", "servus", "guten tag", "guten morgen", "guten abend", "liebe", "lieber",
    "sehr geehrte", "grüß gott", "grüezi", "dear", "hello", "good morning", "good afternoon", "good evening",
    "good day", "to whom", NULL,
};
// clang-format on

static bool begins_word(str s, const char *word)
{
    str w = str_from_z(word);
    if (s.n < w.n || !str_eq_nocase((str){s.p, w.n}, w))
        return false;
    char after = s.n > w.n ? s.p[w.n] : ' ';
    return !((after >= 'a' && after <= 'z') || (after >= 'A' && after <= 'Z')
             || (unsigned char)after > 127);
}

static bool is_greeting(str line)
{
    if (line.n > 80)
        return false;    // a greeting and the matter in one line
    bool greets = begins_word(line, "sehr geehrter");
    for (isize i = 0; greetings[i] != NULL && !greets; i++)
        greets = begins_word(line, greetings[i]);
    char last = line.p[line.n - 1];
    return greets && last != '.' && last != '?';
}

// "z. B." and "3.5" are no ends: an end is followed by a blank and not preceded by one letter.
static bool ends_sentence(str s, isize i)
{
    if (s.p[i] == '\n')
        return i + 1 < s.n && s.p[i + 1] == '\n';
    if (s.p[i] != '.' && s.p[i] != '?' && s.p[i] != '!')
        return false;
    bool blank = i + 1 == s.n || s.p[i + 1] == ' ' || s.p[i + 1] == '\n';
    return blank && (s.p[i] != '.' || (i > 2 && s.p[i - 2] != ' ' && s.p[i - 2] != '.'));
}

static str behind_greeting(str text)
{
    str s = str_trim(text);
    while (s.n > 0) {
        str rest = s, line = str_trim(str_token(&rest, '\n'));
        if (line.n > 0 && !is_greeting(line))
            return s;
        s = rest;
    }
    return str_trim(text);
}

str opening_problem(struct arena *a, str text)
{
    str s = str_head(behind_greeting(text), SENTENCE);
    isize n = 0;
    while (n < s.n && !ends_sentence(s, n))
        n++;
    bool mark = n < s.n && s.p[n] != '\n';
    str one = arena_str(a, str_trim((str){s.p, n + mark}));
    for (isize i = 0; i < one.n; i++)
        if (one.p[i] == '\n' || one.p[i] == '\t')
            ((char *)(uintptr_t)one.p)[i] = ' ';
    return one;
}

// --- G3 ------------------------------------------------------------------------------------

// clang-format off
static const char *const german[] = {
    "ich", "und", "der", "die", "das", "nicht", "ist", "ein", "eine", "mit", "auf", "für", "wir", "sie", "bitte",
    "mein", "meine", "es", "von", "zu", "seit", "bei", "hallo", "kann", "habe", "danke", "den", "dem", "im", NULL,
};
static const char *const english[] = {
    "i", "and", "the", "not", "is", "a", "an", "with", "on", "for", "we", "you", "please", "my", "it", "of", "to",
    "since", "at", "hello", "can", "have", "thanks", "this", "that", "are", "does", "when", "dear", NULL,
};
// clang-format on

// Nearly every word of a list is another by its first letter: its length need not be known.
static bool is_in(const char *const *list, str word)
{
    char first = word.p[0] >= 'A' && word.p[0] <= 'Z' ? (char)(word.p[0] | 0x20) : word.p[0];
    for (; *list != NULL; list++)
        if (**list == first && str_eq_nocase(word, str_from_z(*list)))
            return true;
    return false;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0;
}

struct known_words {
    int de, en;
};

static void count_words(str s, struct known_words *n)
{
    for (isize len = 0; s.n > 0; s = str_cut(s, len + (len == 0))) {
        for (len = 0; len < s.n && is_letter(s.p[len]);)
            len++;
        n->de += len > 0 && is_in(german, (str){s.p, len});
        n->en += len > 0 && is_in(english, (str){s.p, len});
    }
}

enum lang opening_language(str subject, str text)
{
    struct known_words n = {0};
    count_words(subject, &n);
    count_words(str_head(text, LOOK_AT), &n);
    return n.de > n.en ? LANG_DE : n.en > n.de ? LANG_EN : 0;
}

// --- G4 ------------------------------------------------------------------------------------

// clang-format off
static const char *const verifications[] = {
    "verify your", "verification code", "verification link", "confirm your", "confirmation code",
    "one-time password", "one-time code", "one time password", "passcode", "security code", "login code",
    "sign-in code", "reset your password", "password reset", "activate your account", "magic link",
    "complete your registration", "you have been invited", "join your team",
    "bestätigungscode", "bestätigungslink", "bestätigen sie ihre", "bestätige deine", "bestätigen sie ihr",
    "verifizierungscode", "verifizieren sie", "einmalpasswort", "einmalcode", "sicherheitscode", "anmeldecode",
    "passwort zurücksetzen", "kennwort zurücksetzen", "konto aktivieren", "registrierung abschließen", NULL,
};
// clang-format on

bool opening_is_verification(str subject, str text)
{
    text = str_head(text, LOOK_AT);
    for (isize i = 0; verifications[i] != NULL; i++) {
        str v = str_from_z(verifications[i]);
        if (str_find_nocase(subject, v) >= 0 || str_find_nocase(text, v) >= 0)
            return true;
    }
    return false;
}
