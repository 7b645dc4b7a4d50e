// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/reply_line.h"

#include "mail/reply_words.h"

enum { INITIALS = 3, MARK_MOST = 80, NAME_MOST = 45, MOBILE_MOST = 160 };

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool reply_line_is_quote(str line)
{
    line = reply_words_strip(line);
    isize n = 0;
    while (n < line.n && n < INITIALS && is_letter(line.p[n]))
        n++;
    if (n < line.n && n == 0 && line.p[0] == '|')
        return line.n == 1 || (line.p[1] == ' ' && line.p[line.n - 1] != '|');    // no table
    return n < line.n && line.p[n] == '>'
           && (n == 0 || n + 1 == line.n || line.p[n + 1] == ' ');
}

bool reply_line_is_rule(str line)
{
    line = str_trim(line);
    isize n = 0;
    while (n < line.n && memchr("-_=*~# ", line.p[n], 7) != NULL)
        n++;
    return n == line.n && n >= 5;
}

bool reply_line_is_dashes(str line)
{
    static const str dashes[] = {{"--", 2},
                                 {"\xe2\x80\x94", 3},
                                 {"\xe2\x80\x93", 3},
                                 {"__", 2},
                                 {"\xe2\x80\x94\xe2\x80\x94", 6}};
    for (isize i = 0; i < countof(dashes); i++)
        if (str_eq(str_trim(line), dashes[i]))
            return true;
    return false;
}

// --- marks -----------------------------------------------------------------------------------

// How many bytes of "-----" stand at the beginning, blanks and bold among them.
static isize frame(str s)
{
    isize n = 0, dashes = 0;
    while (n < s.n && memchr("-_=*~+ \t", s.p[n], 8) != NULL)
        dashes += memchr("-_=~+", s.p[n++], 5) != NULL;
    return dashes >= 3 ? n : 0;
}

static enum mark mark_of(str words)
{
    return reply_words_begin(words, WORDS_FORWARDED)  ? MARK_FORWARDED
           : reply_words_begin(words, WORDS_ORIGINAL) ? MARK_ORIGINAL
                                                      : MARK_UNKNOWN;
}

static bool ends_with_colon(str s)
{
    return str_ends(s, S(":")) || str_ends(s, S("\xef\xbc\x9a"));
}

enum mark reply_line_mark(str line, str *rest)
{
    str s = reply_words_strip(line);
    *rest = (str){0};
    isize open = frame(s);
    if (open == 0) {
        enum mark mark = s.n < MARK_MOST && ends_with_colon(s) ? mark_of(s) : MARK_NONE;
        return mark == MARK_UNKNOWN ? MARK_NONE : mark;
    }
    s = str_cut(s, open);
    isize close = str_find(str_head(s, MARK_MOST), S("--"));
    if (close < 0)
        close = str_find(str_head(s, MARK_MOST), S("__"));
    str words = reply_words_strip((str){s.p, close < 0 ? s.n : close});
    if (words.n < 4 || words.n > MARK_MOST)
        return MARK_NONE;
    enum mark mark = mark_of(words);
    if (mark == MARK_UNKNOWN && close < 0)
        return MARK_NONE;
    str behind = close < 0 ? S("") : str_cut(s, close);
    *rest = reply_words_strip(str_cut(behind, frame(behind)));
    return mark;
}

// --- signatures ------------------------------------------------------------------------------

bool reply_line_is_mobile(str line)
{
    line = reply_words_strip(line);
    while (line.n > 0 && memchr("<([-", line.p[0], 4) != NULL)
        line = str_cut(line, 1);
    if (line.n > MOBILE_MOST)
        return false;
    str bare = line;
    while (bare.n > 0 && memchr(".!)>]*", bare.p[bare.n - 1], 6) != NULL)
        bare.n--;
    if (reply_words_end(bare, WORDS_MOBILE_END))
        return line.n < 60;
    return reply_words_begin(line, WORDS_MOBILE)
           && (str_find(line, S(", ")) < 0
               || reply_words_within(line, WORDS_EXCUSE));    // else a sentence
}

// "LG Max", "mfg,": the letters alone, not the beginning of a word.
static bool is_short_closing(str line)
{
    isize n = 0;
    while (n < line.n && is_letter(line.p[n]))
        n++;
    return n > 0 && reply_words_begin((str){line.p, n}, WORDS_CLOSING_SHORT)
           && reply_words_end((str){line.p, n}, WORDS_CLOSING_SHORT) && n <= 6;
}

bool reply_line_is_closing(str line)
{
    line = reply_words_strip(line);
    return line.n > 0 && line.n < 60
           && (reply_words_begin(line, WORDS_CLOSING) || is_short_closing(line));
}

bool reply_line_is_thanks(str line)
{
    line = reply_words_strip(line);
    isize words = 1;
    for (isize i = 0; i < line.n; i++)
        words += line.p[i] == ' ';
    return line.n < 40 && words <= 4 && reply_words_begin(line, WORDS_THANKS);
}

bool reply_line_is_contact(str line)
{
    isize digits = 0;
    for (isize i = 0; i < line.n; i++)
        digits += line.p[i] >= '0' && line.p[i] <= '9';
    return digits >= 5 || reply_words_within(line, WORDS_CONTACT);
}

bool reply_line_is_footer(str line)
{
    return reply_words_within(line, WORDS_FOOTER);
}

// "Ph.D.", "m.a.": a degree ends with a dot, too.
static bool ends_with_degree(str s)
{
    isize n = s.n - 1;
    while (n > 0 && s.p[n - 1] != ' ' && s.n - n < 8)
        n--;
    return str_ends(s, S(".")) && str_find((str){s.p + n, s.n - 1 - n}, S(".")) > 0;
}

// A few words without the end of a sentence.
bool reply_line_is_name(str line)
{
    str s = reply_words_strip(line);
    isize words = 1;
    bool ends = s.n > 0 && memchr("?!:;.,", s.p[s.n - 1], 6) != NULL && !ends_with_degree(s);
    if (s.n == 0 || s.n > NAME_MOST || ends)
        return false;
    for (isize i = 0; i < s.n; i++)
        words += s.p[i] == ' ';
    bool small = s.p[0] >= 'a' && s.p[0] <= 'z' && words > 1;
    return words <= 5 && !small;
}
