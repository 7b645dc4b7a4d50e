// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/reply_wrote.h"

#include "mail/reply_header.h"
#include "mail/reply_words.h"

enum { NAME_WORDS = 6, LINE_ENDS = 8 };

// "---- On ... wrote ----"
static str strip(str s)
{
    s = reply_words_strip(s);
    while (s.n > 0 && s.p[0] == '-')
        s = reply_words_strip(str_cut(s, 1));
    while (s.n > 0 && s.p[s.n - 1] == '-')
        s = reply_words_strip((str){s.p, s.n - 1});
    return s;
}

static str without_colon(str s)
{
    for (;;) {
        if (str_ends(s, S(":")))
            s.n--;
        else if (str_ends(s, S("\xef\xbc\x9a")))
            s.n -= 3;
        else
            return s;
        s = reply_words_strip(s);
    }
}

static bool has_colon(str s)
{
    return str_ends(s, S(":")) || str_ends(s, S("\xef\xbc\x9a"));
}

// --- A1 A4 -----------------------------------------------------------------------------------

// 2016-03-03, 2013/7/20, 2022年
static bool begins_with_date(str s)
{
    return s.n > 8 && reply_header_has_year((str){s.p, 4})
           && (s.p[4] == '-' || s.p[4] == '/' || str_starts(str_cut(s, 4), S("年")));
}

static bool begins_like_one(str s)
{
    return (s.n > 0 && str_is_digit(s.p[0])) || reply_words_begin(s, WORDS_BEFORE_DATE);
}

bool reply_wrote_may_end(str line)
{
    str s = strip(line);
    return has_colon(s) || begins_with_date(s) || reply_words_end(s, WORDS_WROTE);
}

bool reply_wrote_is_torn(str line)
{
    str s = str_trim(line);
    if (!str_starts(s, S(">")))
        return false;
    s = str_trim(str_cut(s, 1));
    return str_eq(s, S(":")) || (s.n < 40 && has_colon(s) && reply_words_begin(s, WORDS_WROTE));
}

// "Max Mustermann <" goes on in the next line.
static bool is_open(str s)
{
    bool open = false;
    for (isize i = str_find(s, S("<")); i >= 0 && i < s.n; i++)
        open = s.p[i] == '<' || (open && s.p[i] != '>');
    return open;
}

int reply_wrote_lines(str line)
{
    str s = str_head(strip(line), WORDS_LOOK_AT);
    if (begins_like_one(s))
        return 6;
    if (is_open(s) || str_find(s, S("@")) >= 0)
        return 3;
    return has_colon(s) || reply_words_end(s, WORDS_WROTE);
}

bool reply_wrote_near(str text, const char *at, const char **sign)
{
    const char *p = *sign > at ? *sign : at, *end = text.p + text.n;
    while (p < end && *p != '@' && (*p < '0' || *p > '9'))
        p++;
    *sign = p;
    return p - at < WROTE_BYTES + LINE_ENDS;
}

// --- A2 A3 -----------------------------------------------------------------------------------

enum wrote reply_wrote(str line)
{
    str s = strip(line);
    bool at = str_find(s, S("@")) >= 0, time = reply_header_has_time(s);
    bool dated = time || reply_header_has_year(s), begins = begins_like_one(s);
    if (begins_with_date(s) && (at || str_find(s, S("GMT")) >= 0))
        return WROTE_STRONG;
    if (!reply_wrote_may_end(s) || reply_words_within(s, WORDS_OF_ONESELF))
        return WROTE_NOT;
    bool bracket = str_ends(without_colon(s), S(">"));
    if (at && time && has_colon(s) && (str_is_digit(s.p[0]) || (begins && bracket)))
        return WROTE_STRONG;
    bool word = reply_words_within(s, WORDS_WROTE);
    if (word && (begins || at) && (at || dated))
        return WROTE_STRONG;
    bool last = reply_words_end(without_colon(s), WORDS_WROTE);
    return (word && (at || dated)) || last || (at && dated) || (begins && time) ? WROTE_WEAK
                                                                                : WROTE_NOT;
}

// --- who and when ----------------------------------------------------------------------------

static bool has_digit(str s)
{
    for (isize i = 0; i < s.n; i++)
        if (str_is_digit(s.p[i]))
            return true;
    return false;
}

// What stands between a date and a name in some language.
static bool is_between(str word)
{
    static const char *const words[] = {
        "am",         "pm",       "a.m.",         "p.m.",       "uhr",
        "hat",        "kl.",      "gmt",          "utc",        "cest",
        "cet",        "eest",     "пользователь", "користувач", "użytkownik",
        "používateľ", "uživatel", "odesílatel",   "utente",     "usuario",
        "időpontban", "heeft",    "korisnik",     "uporabnik",  "käyttäjä",
        "kell",       "klo",      "kello",        "om",         "o",
        "à",          "alle",     "às",           "las",        "je",
        "ο",          "χρήστης",  "keltezéssel",  "dátummal",   "est",
        "edt"};
    for (isize i = 0; i < countof(words); i++)
        if (reply_words_prefix(word, str_from_z(words[i])) == word.n)
            return true;
    char last = word.p[word.n - 1];
    return has_digit(word) || last == ',' || last == ':' || last == ')'
           || reply_words_begin(word, WORDS_WROTE);
}

// Where the last word begins; Chinese and Japanese part by "，" and "、" without a blank.
static isize last_word(str s)
{
    for (isize n = s.n; n > 0; n--) {
        str head = {s.p, n};
        if (head.p[n - 1] == ' ' || head.p[n - 1] == '\t' || str_ends(head, S("\xef\xbc\x8c"))
            || str_ends(head, S("\xe3\x80\x81")))
            return n;
    }
    return 0;
}

// The quoted end of s: "Max", »Max«, “Max”.
static bool quoted_name(str s, str *name)
{
    static const struct {
        const char *open, *close;
    } marks[] = {{"\"", "\""}, {"'", "'"}, {"«", "»"}, {"„", "“"}, {"„", "”"},
                 {"”", "”"},   {"‘", "’"}, {"“", "”"}, {"»", "«"}};
    for (isize i = 0; i < countof(marks); i++) {
        str open = str_from_z(marks[i].open), close = str_from_z(marks[i].close);
        str inner = {s.p, s.n - close.n};
        if (!str_ends(s, close))
            continue;
        for (isize at = inner.n; at >= open.n; at--)
            if (memcmp(inner.p + at - open.n, open.p, (size_t)open.n) == 0) {
                *name = reply_words_strip(str_cut(inner, at));
                return true;
            }
    }
    return false;
}

// "Ludwig van Beethoven": small words belong to a name only between others.
static str name_before(str s)
{
    str name;
    while (s.n > 0 && memchr("(<[ \t", s.p[s.n - 1], 5) != NULL)
        s.n--;
    s = reply_words_strip(s);
    if (quoted_name(s, &name))
        return name;
    isize from = s.n, at = s.n;
    bool first_small = s.n > 0 && reply_words_small(str_cut(s, last_word(s)));
    for (int i = 0; i < NAME_WORDS && at > 0; i++) {
        str head = reply_words_strip((str){s.p, at});
        at = last_word(head);
        str word = str_cut(head, at);
        if (word.n == 0 || is_between(word)
            || (reply_words_small(word) && !first_small && word.n > 4))
            break;
        if (!reply_words_small(word) || first_small)
            from = at;
    }
    return reply_words_strip(str_cut(s, from));
}

// Without the words around it: "On ", ", ", "schrieb".
static str date_in(str s)
{
    isize n, first = 0, verb = reply_words_find(s, WORDS_WROTE, &n);
    while (first < s.n && !str_is_digit(s.p[first]))
        first++;
    if (verb >= 0 && verb < first)
        s = str_cut(s, verb + n);
    else if (verb > 0)
        s.n = verb;
    s = reply_words_strip(s);
    if (reply_words_begin(s, WORDS_BEFORE_DATE) && !str_is_digit(s.p[0]))
        s = reply_words_strip(str_cut(s, str_find(s, S(" ")) + 1));
    while (s.n > 0 && (memchr(",<>([\"", s.p[s.n - 1], 6) != NULL || has_colon(s)))
        s = without_colon(reply_words_strip((str){s.p, s.n - 1}));
    while (s.n > 0 && (s.p[0] == ',' || s.p[0] == '>'))
        s = reply_words_strip(str_cut(s, 1));
    return has_digit(s) ? s : (str){0};
}

static bool find_address(str s, str *address, isize *from, isize *to)
{
    isize at = str_find(s, S("@"));
    if (at < 0)
        return false;
    *from = at;
    *to = at;
    while (*from > 0 && memchr(" <([,;\"\t:", s.p[*from - 1], 9) == NULL)
        --*from;
    while (*to < s.n && memchr(" >)],;\"\t:", s.p[*to], 9) == NULL)
        ++*to;
    *address = (str){s.p + *from, *to - *from};
    while (*from > 0 && s.p[*from - 1] != '<' && s.p[*from - 1] != ' ')
        --*from;    // "[mailto:"
    *from -= *from > 0;
    return true;
}

struct wrote_by reply_wrote_by(str line)
{
    str s = strip(str_head(line, WORDS_LOOK_AT));
    struct wrote_by by = {0};
    isize from, to;
    if (!find_address(s, &by.address, &from, &to)) {
        by.date = date_in(s);
        return by;
    }
    str before = {s.p, from};
    by.name = name_before(before);
    isize name_at = by.name.n > 0 ? by.name.p - s.p : from;
    by.date = date_in(reply_words_strip((str){s.p, name_at}));
    if (by.date.n == 0)
        by.date = date_in(reply_words_strip(str_cut(s, to)));
    return by;
}
