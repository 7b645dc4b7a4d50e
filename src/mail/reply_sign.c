// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/reply_sign.h"

#include "mail/reply_line.h"
#include "mail/reply_words.h"

enum {
    SIGNATURE_LINES = 25,
    PARAGRAPHS = 8,      // of legal notices
    LEGAL_LINES = 30,    // of one of them
    LEGAL_LONG = 250,    // bytes of a paragraph that need no second word
    LINE_MOST = 200,     // of a contact detail
};

static bool is_new(const struct reply_line *l)
{
    return l->owner == NEW && !l->is_empty;
}

static isize last_new(const struct reply_lines *ls)
{
    isize i = ls->n - 1;
    while (i >= 0 && !is_new(&ls->p[i]))
        i--;
    return i;
}

static void sign(struct reply_lines *ls, isize from, isize to)
{
    for (isize i = from; i < to; i++)
        if (ls->p[i].owner == NEW)
            ls->p[i].owner = SIGNATURE;
}

static bool any_above(const struct reply_lines *ls, isize at)
{
    for (isize i = 0; i < at; i++)
        if (is_new(&ls->p[i]) && !ls->p[i].is_quote)
            return true;
    return false;
}

// --- S1 --------------------------------------------------------------------------------------

static isize new_lines_from(const struct reply_lines *ls, isize from)
{
    isize n = 0;
    for (isize i = from; i < ls->n && n <= SIGNATURE_LINES; i++)
        n += is_new(&ls->p[i]);
    return n;
}

// A rule between two parts of a text comes again, or a question follows it.
static bool is_only_rule(const struct reply_lines *ls, isize at)
{
    for (isize i = 0; i < ls->n; i++) {
        const struct reply_line *l = &ls->p[i];
        bool rule = i != at && is_new(l) && reply_line_is_rule(l->s);
        if (rule || (i > at && is_new(l) && str_ends(str_trim(l->s), S("?"))))
            return false;
    }
    return true;
}

static bool begins_signature(const struct reply_lines *ls, isize i)
{
    str s = ls->p[i].s;
    if (!is_new(&ls->p[i]) || ls->p[i].is_code)
        return false;
    bool rule = reply_line_is_rule(s);
    return (reply_line_is_dashes(s) || rule) && new_lines_from(ls, i) <= SIGNATURE_LINES
           && (!rule || str_starts(str_trim(s), S("____")) || is_only_rule(ls, i));
}

static void find_dashes(struct reply_lines *ls)
{
    for (isize i = 0; i < ls->n; i++)
        if (begins_signature(ls, i)) {
            sign(ls, i, ls->n);
            return;
        }
}

// --- S2 S3 -----------------------------------------------------------------------------------

static void find_mobile(struct reply_lines *ls)
{
    for (isize i = last_new(ls); i >= 0; i--) {
        if (!is_new(&ls->p[i]))
            continue;
        if (!reply_line_is_mobile(ls->p[i].s))
            return;
        ls->p[i].owner = SIGNATURE;
    }
}

// Where the paragraph that ends with line i begins.
static isize paragraph(const struct reply_lines *ls, isize i)
{
    isize from = i;
    while (from > 0 && is_new(&ls->p[from - 1]) && i - from < LEGAL_LINES)
        from--;
    return from;
}

static bool is_legal(const struct reply_lines *ls, isize from, isize to)
{
    str s = {ls->p[from].s.p, ls->p[to - 1].s.p + ls->p[to - 1].s.n - ls->p[from].s.p};
    str begin = reply_words_strip(s);
    return reply_words_begin(begin, WORDS_LEGAL)
           && (s.n >= LEGAL_LONG || reply_words_within(begin, WORDS_FOOTER));
}

static void find_legal(struct reply_lines *ls)
{
    for (int n = 0; n < PARAGRAPHS; n++) {
        isize last = last_new(ls), from = last < 0 ? 0 : paragraph(ls, last);
        if (last < 0 || !is_legal(ls, from, last + 1) || !any_above(ls, from))
            return;
        sign(ls, from, last + 1);
    }
}

// --- S4 S5 S6 S8 --------------------------------------------------------------------------------

static bool is_no_detail(str s)
{
    return s.n > LINE_MOST || str_find(s, S("?")) >= 0 || str_starts(s, S("PS"))
           || str_starts(s, S("P.S")) || str_starts(s, S("Ps:"));
}

// Only contact details: at least every third line is one.
static bool is_contact_block(const struct reply_lines *ls, isize from)
{
    isize lines = 0, contacts = 0;
    for (isize i = from; i < ls->n; i++) {
        str s = str_trim(ls->p[i].s);
        if (!is_new(&ls->p[i]))
            continue;
        if (is_no_detail(s))
            return false;
        lines++;
        contacts += reply_line_is_contact(s);
    }
    return lines > 0 && lines <= SIGNATURE_LINES && contacts * 3 >= lines;
}

// A name, and perhaps what he is and where: nothing that could be a sentence.
static bool is_name_block(const struct reply_lines *ls, isize from)
{
    isize lines = 0;
    for (isize i = from; i < ls->n; i++) {
        if (!is_new(&ls->p[i]))
            continue;
        if (!reply_line_is_name(ls->p[i].s) || ++lines > 4)
            return false;
    }
    return lines > 0;
}

static bool is_new_at(const struct reply_lines *ls, isize i)
{
    return i >= 0 && i < ls->n && is_new(&ls->p[i]);
}

// Where the signature that belongs to the closing words in line i begins; n if nowhere.
static isize below_closing(const struct reply_lines *ls, isize i)
{
    isize name = i + 1;
    bool right_below = is_new_at(ls, name) && reply_line_is_name(ls->p[name].s);
    if (right_below && any_above(ls, i)
        && (is_name_block(ls, name) || is_contact_block(ls, name + 1)))
        return i;
    while (name < ls->n && ls->p[name].is_empty)
        name++;
    isize from = name + 1;
    if (is_new_at(ls, from) && !reply_line_is_contact(ls->p[from].s))
        from++;
    return from < ls->n && is_contact_block(ls, from) ? from : ls->n;
}

static bool find_closing(struct reply_lines *ls)
{
    isize end = last_new(ls) + 1;
    for (isize i = end; i > 0 && i > end - SIGNATURE_LINES; i--) {
        if (!is_new(&ls->p[i - 1]) || !reply_line_is_closing(ls->p[i - 1].s))
            continue;
        sign(ls, below_closing(ls, i - 1), ls->n);
        return true;
    }
    return false;
}

// The next word of a name, or of an address up to its domain.
static str next_name(str *sender)
{
    isize n = 0;
    while (sender->n > 0 && memchr(" ._-<>\",", sender->p[0], 8) != NULL)
        *sender = str_cut(*sender, 1);
    while (n < sender->n && memchr(" ._-<>\",@", sender->p[n], 9) == NULL)
        n++;
    str word = {sender->p, n};
    *sender = n < sender->n && sender->p[n] == '@' ? (str){0} : str_cut(*sender, n);
    return reply_words_strip(word);
}

// One of the words of the sender's name, of three bytes or more, in this line?
static bool names(str line, str sender)
{
    for (str word; sender.n > 0;) {
        word = next_name(&sender);
        if (word.n >= 3 && str_find_nocase(line, word) >= 0)
            return true;
    }
    return false;
}

static bool is_word_of(str word, str sender)
{
    while (sender.n > 0)
        if (str_eq_nocase(next_name(&sender), word))
            return true;
    return false;
}

// Nothing but words of the name: "Noam", "Max M.".
static bool is_only_name(str line, str sender)
{
    bool any = false;
    if (str_find(line, S("@")) >= 0)
        return false;
    while (line.n > 0) {
        str word = next_name(&line);
        if (word.n > 0 && !is_word_of(word, sender) && word.n > 1)
            return false;
        any |= word.n >= 3 || (word.n == 2 && line.n == 0);
    }
    return any;
}

// "-Max", "/Max", "~ Max"
static bool is_dashed_name(str s)
{
    s = str_trim(s);
    isize n = 0;
    while (n < s.n && n < 2 && memchr("-/~", s.p[n], 3) != NULL)
        n++;
    s = str_cut(s, n);
    return n > 0 && s.n > 0 && s.p[0] >= 'A' && s.p[0] <= 'Z' && s.n < 30
           && reply_line_is_name(s);
}

static bool is_announced(const struct reply_lines *ls, isize at)
{
    for (isize i = at; i > 0; i--)
        if (is_new(&ls->p[i - 1]))
            return str_ends(str_trim(ls->p[i - 1].s), S(":"));
    return true;    // nothing above
}

static bool is_bare_signature(const struct reply_lines *ls, isize from, isize last, str sender)
{
    str name = ls->p[from].s;
    if (from == last)
        return is_dashed_name(name) || (reply_line_is_name(name) && names(name, sender));
    if (names(name, sender) && is_name_block(ls, from))
        return true;
    return reply_line_is_name(name) && (sender.n == 0 || names(name, sender))
           && last - from <= SIGNATURE_LINES && is_contact_block(ls, from + 1)
           && reply_line_is_contact(ls->p[last].s);
}

static void find_bare(struct reply_lines *ls, str sender)
{
    isize last = last_new(ls), from = last < 0 ? 0 : paragraph(ls, last);
    if (last < 0 || is_announced(ls, from) || !any_above(ls, from))
        return;
    if (is_bare_signature(ls, from, last, sender))
        sign(ls, from, ls->n);
}

// S6
static bool find_own_name(struct reply_lines *ls, str sender)
{
    isize last = last_new(ls), from = last;
    if (last < 0 || sender.n == 0 || !is_only_name(ls->p[last].s, sender))
        return false;
    if (is_new_at(ls, last - 1) && reply_line_is_thanks(ls->p[last - 1].s))
        from = last - 1;
    if (is_announced(ls, from) || !any_above(ls, from))
        return false;
    sign(ls, from, ls->n);
    return true;
}

// --- S7 --------------------------------------------------------------------------------------

enum { FRAME_MOST = 8 };

static bool is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
           || (c & 0x80) != 0;
}

// How many bytes of marks each line of [from, to) begins with.
static isize frame(const struct reply_lines *ls, isize from, isize to)
{
    str first = str_head(ls->p[from].s, FRAME_MOST);
    for (isize i = from + 1; i < to; i++) {
        isize n = 0;
        while (n < first.n && n < ls->p[i].s.n && first.p[n] == ls->p[i].s.p[n])
            n++;
        first.n = n;
    }
    while (first.n > 0 && is_plain(first.p[first.n - 1]))
        first.n--;
    return to - from >= 3 && str_trim(first).n > 0 ? first.n : 0;
}

static void shift(struct reply_lines *ls, isize from, isize to, isize n)
{
    for (isize i = from; i < to; i++)
        ls->p[i].s = (str){ls->p[i].s.p + n, ls->p[i].s.n - n};
}

static void find_signature(struct reply_lines *ls, str sender)
{
    if (find_closing(ls) || find_own_name(ls, sender))
        return;
    isize last = last_new(ls), from = last < 0 ? 0 : paragraph(ls, last);
    isize n = last < 0 ? 0 : frame(ls, from, last + 1);
    shift(ls, from, last + 1, n);
    find_bare(ls, sender);
    shift(ls, from, last + 1, -n);
}

void reply_sign(struct reply_lines *lines, str sender)
{
    find_dashes(lines);
    find_mobile(lines);
    find_legal(lines);
    find_mobile(lines);
    find_signature(lines, sender);
}
