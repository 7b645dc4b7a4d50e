// SPDX-License-Identifier: GPL-3.0-or-later
#include "vendor/vendor_number.h"

#include "base/buf.h"
#include "outbox/foreign.h"
#include "ticket/ticket_number.h"

enum {
    SAID_DIGITS = 3,     // N2
    PLAIN_DIGITS = 4,    // N3: without a dash
    PLAIN_LETTERS = 8,
    KEY_MIN = 3,
};

// clang-format off
static const char *const said[] = {    // N2
    "ticketnummer", "ticket", "case", "vorgangsnummer", "vorgang", "fallnummer", "fall",
    "incident", "request", "anfrage", "auftragsnummer", "auftrag", "referenznummer", "referenz",
    "reference", "ref", "call", "störung", "sr", "issue", NULL,
};

static const char *const links[] = {    // what stands between the word and the number
    "number", "nummer", "nr", "no", "id", NULL,
};

static const char *const confirms[] = {
    "eingangsbest", "eingegangen", "erhalten", "bestätig", "received", "confirm", "acknowledg",
    "created", "angelegt", "eröffnet", NULL,
};

static const char *const away[] = {
    "abwesen", "out of office", "out of the office", "vacation", "urlaub", "nicht im haus",
    "nicht im büro", "absence", NULL,
};
// clang-format on

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_plain(char c)
{
    return str_is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

static bool has_any(str s, const char *const *list)
{
    for (; *list != NULL; list++)
        if (str_find_nocase(s, str_from_z(*list)) >= 0)
            return true;
    return false;
}

str vendor_number_key(struct arena *a, str number)
{
    struct buf b = buf_new(a, number.n);
    for (isize i = 0; i < number.n; i++)
        if (is_plain(number.p[i]))
            buf_char(&b, number.p[i]);
    return arena_lower(a, buf_str(&b));
}

// N4
static bool is_ours(struct arena *a, str number, str ours)
{
    str key = vendor_number_key(a, number);
    int64_t n = 0;
    struct buf digit = buf_new(a, number.n);
    for (isize i = 0; i < number.n; i++)
        if (str_is_digit(number.p[i]))
            buf_char(&digit, number.p[i]);
    bool checked = digit.n >= 8 && digit.n <= 17 && str_to_int(buf_str(&digit), &n)
                   && ticket_number_ok(n) && number.p[0] == '#';
    return key.n < KEY_MIN || checked || str_find(vendor_number_key(a, ours), key) >= 0;
}

// --- N1 --------------------------------------------------------------------------------------

static str in_brackets(struct arena *a, str subject, str ours)
{
    str found;
    while (foreign_next(&subject, &found)) {
        str inner = str_trim((str){found.p + 1, found.n - 2});
        if (!is_ours(a, inner, ours))
            return inner;
    }
    return S("");
}

// --- N2 --------------------------------------------------------------------------------------

static isize skip(str s, isize i, const char *of)
{
    while (i < s.n && s.p[i] != 0 && strchr(of, s.p[i]) != NULL)
        i++;
    return i;
}

// The word of the list that stands at i, whole; 0: none.
static isize word_at(str s, isize i, const char *const *list)
{
    for (; *list != NULL; list++) {
        str w = str_from_z(*list);
        bool is = i + w.n <= s.n && str_eq_nocase((str){s.p + i, w.n}, w);
        if (is && (i + w.n == s.n || !is_plain(s.p[i + w.n]) || str_is_digit(s.p[i + w.n])))
            return w.n;
    }
    return 0;
}

static str run_at(str s, isize i)
{
    isize n = 0, digits = 0;
    for (; i + n < s.n && (is_plain(s.p[i + n]) || strchr("-_/", s.p[i + n]) != NULL); n++)
        digits += str_is_digit(s.p[i + n]);
    while (n > 0 && !is_plain(s.p[i + n - 1]))
        n--;
    return digits >= SAID_DIGITS && n <= VENDOR_NUMBER_MAX ? (str){s.p + i, n} : S("");
}

static str behind_a_word(struct arena *a, str s, str ours)
{
    for (isize i = 0; i < s.n; i++) {
        isize n = i == 0 || !is_plain(s.p[i - 1]) ? word_at(s, i, said) : 0;
        if (n == 0)
            continue;
        isize at = skip(s, i + n, " -.:#");
        at += word_at(s, at, links);
        str number = run_at(s, skip(s, at, " .:#"));
        if (number.n > 0 && !is_ours(a, number, ours))
            return number;
    }
    return S("");
}

// --- N3 --------------------------------------------------------------------------------------

static str in_capitals(struct arena *a, str s, str ours)
{
    for (isize i = 0; i < s.n; i++) {
        isize n = 0;
        while (i + n < s.n && is_capital(s.p[i + n]))
            n++;
        bool begins = (i == 0 || !is_plain(s.p[i - 1])) && n >= 2 && n <= PLAIN_LETTERS;
        bool dash = begins && i + n < s.n && s.p[i + n] == '-';
        isize from = i + n + dash, digits = 0;
        while (from + digits < s.n && str_is_digit(s.p[from + digits]))
            digits++;
        str number = {s.p + i, from + digits - i};
        bool whole = from + digits == s.n || !is_plain(s.p[from + digits]);
        if (begins && whole && digits >= (dash ? SAID_DIGITS : PLAIN_DIGITS)
            && number.n <= VENDOR_NUMBER_MAX && !is_ours(a, number, ours))
            return number;
        i += n > 0 ? n - 1 : 0;
    }
    return S("");
}

str vendor_number_read(struct arena *a, str subject, str ours)
{
    str number = in_brackets(a, subject, ours);    // N5
    if (number.n == 0)
        number = behind_a_word(a, subject, ours);
    return number.n > 0 ? number : in_capitals(a, subject, ours);
}

bool vendor_number_confirms(str subject, str text, str number)
{
    bool absent = has_any(subject, away) || has_any(text, away);
    return !absent && (number.n > 0 || has_any(subject, confirms) || has_any(text, confirms));
}
