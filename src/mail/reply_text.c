// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/reply_text.h"

#include "base/buf.h"
#include "mail/reply_line.h"

enum owner { NEW = 1, QUOTED, SIGNATURE };

enum {
    LINES_MOST = 20000,    // what follows shares the fate of the last of them
    WROTE_BYTES = 400,
    HEADER_LINES = 14,    // of a copied header
    SIGNATURE_LINES = 25,
};

struct line {
    str s;
    enum owner owner;
    bool is_empty, is_quote, is_code;
};

struct splitter {
    struct arena *arena;
    struct line *line;
    isize n;
    bool above;    // text of the sender's own stands above the line we are at
};

// --- lines -----------------------------------------------------------------------------

static isize count_lines(str text)
{
    isize n = 1;
    for (isize i = 0; i < text.n && n < LINES_MOST; i++)
        n += text.p[i] == '\n';
    return n;
}

static void read_lines(struct splitter *sp, str text)
{
    isize room = count_lines(text);
    bool code = false;
    sp->line = make(sp->arena, struct line, room);
    while (text.n > 0 && sp->n < room) {
        str s = text;
        if (sp->n + 1 < room)
            s = str_token(&text, '\n');
        else
            text = (str){0};
        bool fence = str_starts(s, S("```"));
        code ^= fence;
        sp->line[sp->n++] =
            (struct line){s, NEW, str_trim(s).n == 0, !code && !fence && reply_line_is_quote(s),
                          code || fence};
    }
    for (isize i = sp->n; code && i > 0; i--)    // a fence that never closes is none
        sp->line[i - 1].is_code = false;
}

static void give(struct splitter *sp, isize from, isize to, enum owner owner)
{
    for (isize i = from; i < to && i < sp->n; i++)
        sp->line[i].owner = owner;
}

static isize skip_empty(const struct splitter *sp, isize i)
{
    while (i < sp->n && sp->line[i].is_empty)
        i++;
    return i;
}

static bool is_own(const struct line *l)
{
    return l->owner == NEW && !l->is_empty && !l->is_quote && !reply_line_is_rule(l->s);
}

// --- where the quoted mail begins ------------------------------------------------------

// A copied header of at least three labels, the first of them the sender.  Returns how many
// lines it takes.
static isize header_lines(const struct splitter *sp, isize at, int enough)
{
    int seen = 0, count = 0;
    isize last = at, stray = 0;
    for (isize i = at; i < sp->n && i < at + HEADER_LINES && stray < 3; i++) {
        int label = reply_line_label(sp->line[i].s);
        if (i == at && label != LABEL_FROM && enough > 2)
            return 0;
        stray = label != 0 ? 0 : stray + 1;    // a folded line, or an empty one between
        if (label == 0)
            continue;
        count += (seen & label) == 0;
        seen |= label;
        last = i;
    }
    return count >= enough && (seen & LABEL_FROM) ? last + 1 - at : 0;
}

// "-----Original Message-----", or a rule, and the header below it.
static isize marked_header(const struct splitter *sp, isize at)
{
    bool marker = reply_line_is_marker(sp->line[at].s);
    if (!marker && !reply_line_is_rule(sp->line[at].s))
        return 0;
    isize next = skip_empty(sp, at + 1);
    isize n = next < sp->n ? header_lines(sp, next, 2) : 0;
    return n > 0 ? next + n - at : marker;
}

static str join_lines(const struct splitter *sp, isize from, isize to)
{
    struct buf b = buf_new(sp->arena, WROTE_BYTES + 100);
    for (isize i = from; i < to; i++) {
        if (b.n > 0)
            buf_char(&b, ' ');
        buf_put(&b, str_trim(sp->line[i].s));
    }
    return buf_str(&b);
}

// ">:" and "> wrote:" are the torn end of "<max@example.org>:", not a quotation.
static bool is_torn(str s)
{
    return str_starts(s, S(">:")) || str_starts(s, S("> wrote:"))
           || str_starts(s, S("> schrieb"));
}

// How many lines the attribution at `at` takes, 0 if there is none.
static isize wrote_lines(const struct splitter *sp, isize at, enum wrote *how)
{
    isize bytes = 0, most = reply_line_wrote_lines(sp->line[at].s);
    for (isize n = 1; n <= most && at + n <= sp->n; n++) {
        const struct line *l = &sp->line[at + n - 1];
        bytes += l->s.n;
        if (bytes > WROTE_BYTES || (l->is_quote && !is_torn(l->s)))
            return 0;
        if (l->is_empty || !reply_line_may_end_wrote(l->s))
            continue;
        *how = reply_line_wrote(join_lines(sp, at, at + n));
        if (*how != WROTE_NOT)
            return n;
    }
    return 0;
}

// --- answers below or between (Q3) -----------------------------------------------------

struct below {
    bool quoted;        // a quotation follows the attribution
    bool answered;      // text of the sender's own follows the quotation
    isize blocks;       // quotations in a row
    isize first_end;    // where the first of them ends
};

static struct below look_below(const struct splitter *sp, isize from)
{
    struct below b = {0};
    bool in_quote = false;
    for (isize i = from; i < sp->n && !(b.answered && b.blocks > 1); i++) {
        const struct line *l = &sp->line[i];
        if (l->is_quote) {
            b.blocks += !in_quote;
            in_quote = true;
            b.first_end = b.blocks == 1 ? i + 1 : b.first_end;
            continue;
        }
        if (l->is_empty)
            continue;
        if (b.blocks == 0 || reply_line_is_dashes(l->s) || reply_line_is_rule(l->s)
            || reply_line_is_footer(l->s))
            break;
        in_quote = false;
        b.answered |= !reply_line_is_mobile(l->s);
    }
    b.quoted = b.blocks > 0;
    return b;
}

// The attribution takes lines [at, next).  Returns where to read on, or n when the rest is
// quoted.
static isize take_wrote(struct splitter *sp, isize at, isize next)
{
    struct below b = look_below(sp, next);
    bool above = sp->above;
    if (b.quoted && b.answered) {
        give(sp, at, next, QUOTED);
        if (b.blocks == 1 && !above)
            give(sp, next, b.first_end, QUOTED);    // the answer stands below the whole
        return next;
    }
    if (above || b.quoted) {
        give(sp, at, sp->n, QUOTED);
        return sp->n;
    }
    give(sp, at, next, QUOTED);
    return next;
}

static isize take_header(struct splitter *sp, isize at, isize n)
{
    bool above = sp->above;
    give(sp, at, above ? sp->n : at + n, QUOTED);    // Q2, Q4
    return above ? sp->n : at + n;
}

static isize keep_line(struct splitter *sp, isize at)
{
    sp->above |= is_own(&sp->line[at]);
    return at + 1;
}

static isize take_line(struct splitter *sp, isize at)
{
    const struct line *l = &sp->line[at];
    if (l->is_empty || l->is_quote || l->is_code)
        return keep_line(sp, at);
    isize n = marked_header(sp, at);
    if (n == 0)
        n = header_lines(sp, at, 3);
    if (n > 0)
        return take_header(sp, at, n);
    enum wrote how = WROTE_NOT;
    n = wrote_lines(sp, at, &how);
    if (n == 0 || (how == WROTE_WEAK && !look_below(sp, at + n).quoted))
        return keep_line(sp, at);
    return take_wrote(sp, at, at + n);
}

// --- the end of what is new ------------------------------------------------------------

// Quotations, rules and empty lines at the end of the new text belong to what was quoted.
static void trim_end(struct splitter *sp)
{
    for (isize i = sp->n; i > 0; i--) {
        struct line *l = &sp->line[i - 1];
        if (l->owner == NEW && !l->is_empty && !l->is_quote && !reply_line_is_rule(l->s))
            return;
        if (l->owner == NEW && !l->is_empty)
            l->owner = QUOTED;
    }
}

// Below a quotation at the end often stands a signature.
static isize last_new(const struct splitter *sp)
{
    for (isize i = sp->n; i > 0; i--)
        if (sp->line[i - 1].owner == NEW && !sp->line[i - 1].is_empty)
            return i - 1;
    return -1;
}

static void sign(struct splitter *sp, isize from)
{
    for (isize i = from; i < sp->n; i++)
        if (sp->line[i].owner == NEW)
            sp->line[i].owner = SIGNATURE;
}

static isize new_lines_from(const struct splitter *sp, isize from)
{
    isize n = 0;
    for (isize i = from; i < sp->n && n <= SIGNATURE_LINES; i++)
        n += sp->line[i].owner == NEW && !sp->line[i].is_empty;
    return n;
}

// "-- " of the sender, or the rule over the footer of a mailing list.
static void find_dashes(struct splitter *sp)
{
    for (isize i = 0; i < sp->n; i++) {
        const struct line *l = &sp->line[i];
        bool begins = reply_line_is_dashes(l->s)
                      || (reply_line_is_rule(l->s) && str_starts(str_trim(l->s), S("____")));
        if (l->owner == NEW && !l->is_code && begins
            && new_lines_from(sp, i) <= SIGNATURE_LINES) {
            sign(sp, i);
            return;
        }
    }
}

static void find_mobile(struct splitter *sp)
{
    for (isize i = last_new(sp); i >= 0; i--) {
        struct line *l = &sp->line[i];
        if (l->owner != NEW || l->is_empty)
            continue;
        if (!reply_line_is_mobile(l->s))
            return;
        l->owner = SIGNATURE;
    }
}

// Only contact details: at least every third line is one, and no question or postscript.
static bool is_contact_block(const struct splitter *sp, isize from)
{
    isize lines = 0, contacts = 0;
    for (isize i = from; i < sp->n; i++) {
        const struct line *l = &sp->line[i];
        if (l->owner != NEW || l->is_empty)
            continue;
        str s = str_trim(l->s);
        if (s.n > 200 || str_find(s, S("?")) >= 0 || str_starts(s, S("PS"))
            || str_starts(s, S("P.S")))
            return false;
        lines++;
        contacts += reply_line_is_contact(s);
    }
    return lines > 0 && lines <= SIGNATURE_LINES && contacts * 3 >= lines;
}

// Q6: the closing words and two lines after them (a name, a post) stay.
static void find_contact_block(struct splitter *sp)
{
    isize end = last_new(sp) + 1;
    for (isize i = end; i > 0 && i > end - SIGNATURE_LINES; i--) {
        if (sp->line[i - 1].owner != NEW || !reply_line_is_closing(sp->line[i - 1].s))
            continue;
        isize from = skip_empty(sp, i) + 1;
        if (from < sp->n && !sp->line[from].is_empty
            && !reply_line_is_contact(sp->line[from].s))
            from++;
        if (from < sp->n && is_contact_block(sp, from))
            sign(sp, from);
        return;
    }
}

// --- the whole -------------------------------------------------------------------------

static str gather(const struct splitter *sp, enum owner owner)
{
    struct buf b = buf_new(sp->arena, 256);
    isize from = -1;
    for (isize i = 0; i < sp->n; i++) {
        const struct line *l = &sp->line[i];
        if (l->owner != owner || (b.n == 0 && l->is_empty))
            continue;
        buf_put(&b, from >= 0 ? S("\n") : S(""));
        buf_put(&b, l->s);
        from = i;
    }
    while (b.n > 0 && (b.p[b.n - 1] == '\n' || b.p[b.n - 1] == ' ' || b.p[b.n - 1] == '\t'))
        b.n--;
    return buf_str(&b);
}

struct reply_text reply_text_split(struct arena *a, str text)
{
    struct splitter sp = {.arena = a};
    read_lines(&sp, text);
    for (isize i = 0; i < sp.n;)
        i = take_line(&sp, i);
    trim_end(&sp);
    find_dashes(&sp);
    find_mobile(&sp);
    find_contact_block(&sp);
    struct reply_text r = {gather(&sp, NEW), gather(&sp, QUOTED), gather(&sp, SIGNATURE)};
    if (r.reply.n == 0)    // Q5
        r = (struct reply_text){.reply = str_trim(text)};
    return r;
}
