// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/reply_text.h"

#include "base/buf.h"
#include "mail/reply_header.h"
#include "mail/reply_line.h"
#include "mail/reply_sign.h"
#include "mail/reply_wrote.h"

enum { LINES_MOST = 20000 };    // what follows shares the fate of the last of them

struct splitter {
    struct arena *arena;
    struct reply_lines lines;
    str text;
    bool above;          // text of the sender's own stands above the line we are at
    bool quotes;         // some line is one
    const char *sign;    // reply_wrote_near()
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
    sp->lines.p = make(sp->arena, struct reply_line, room);
    while (text.n > 0 && sp->lines.n < room) {
        str s = text;
        if (sp->lines.n + 1 < room)
            s = str_token(&text, '\n');
        else
            text = (str){0};
        bool fence = str_starts(s, S("```"));
        code ^= fence;
        bool quote = !code && !fence && reply_line_is_quote(s);
        sp->quotes |= quote;
        sp->lines.p[sp->lines.n++] =
            (struct reply_line){s, NEW, str_trim(s).n == 0, quote, code || fence};
    }
    for (isize i = sp->lines.n; code && i > 0; i--)    // a fence that never closes is none
        sp->lines.p[i - 1].is_code = false;
}

static void give(struct splitter *sp, isize from, isize to, enum reply_owner owner)
{
    for (isize i = from; i < to && i < sp->lines.n; i++)
        sp->lines.p[i].owner = owner;
}

static isize skip_empty(const struct splitter *sp, isize i)
{
    while (i < sp->lines.n && sp->lines.p[i].is_empty)
        i++;
    return i;
}

static bool is_own(const struct reply_line *l)
{
    return l->owner == NEW && !l->is_empty && !l->is_quote && !reply_line_is_rule(l->s);
}

// --- where the quoted mail begins ------------------------------------------------------

static str text_from(const struct splitter *sp, isize at)
{
    const char *p = sp->lines.p[at].s.p;
    return (str){p, sp->text.p + sp->text.n - p};
}

// "-----Original Message-----", or a rule, and the header below it.
static isize marked_header(const struct splitter *sp, isize at)
{
    struct copied_header h;
    str rest;
    enum mark mark = reply_line_mark(sp->lines.p[at].s, &rest);
    if (mark == MARK_NONE && !reply_line_is_rule(sp->lines.p[at].s))
        return 0;
    if (rest.n > 0 && reply_header_one_line(rest, &h))
        return 1;
    isize next = skip_empty(sp, at + 1);
    bool below = next < sp->lines.n && next < at + 4;
    if (below
        && (reply_header_read(text_from(sp, next), 2, &h)
            || reply_header_shape(text_from(sp, next), &h)))
        return next + h.lines - at;
    return mark == MARK_FORWARDED || mark == MARK_ORIGINAL;
}

static isize bare_header(const struct splitter *sp, isize at)
{
    struct copied_header h;
    return reply_header_read(text_from(sp, at), 3, &h) ? h.lines : 0;
}

static str join_lines(const struct splitter *sp, isize from, isize to)
{
    struct buf b = buf_new(sp->arena, WROTE_BYTES + 100);
    for (isize i = from; i < to; i++) {
        if (b.n > 0)
            buf_char(&b, ' ');
        buf_put(&b, str_trim(sp->lines.p[i].s));
    }
    return buf_str(&b);
}

static bool may_be_wrote(struct splitter *sp, isize at)    // A5
{
    return sp->quotes || reply_wrote_near(sp->text, sp->lines.p[at].s.p, &sp->sign);
}

// How many lines the attribution at `at` takes, 0 if there is none.
static isize wrote_lines(const struct splitter *sp, isize at, enum wrote *how)
{
    isize bytes = 0, most = reply_wrote_lines(sp->lines.p[at].s);
    for (isize n = 1; n <= most && at + n <= sp->lines.n; n++) {
        const struct reply_line *l = &sp->lines.p[at + n - 1];
        bytes += l->s.n;
        if (bytes > WROTE_BYTES || (l->is_quote && !reply_wrote_is_torn(l->s)))
            return 0;
        if (l->is_empty || !reply_wrote_may_end(l->s))
            continue;
        *how = reply_wrote(join_lines(sp, at, at + n));
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
    for (isize i = from; i < sp->lines.n && !(b.answered && b.blocks > 1); i++) {
        const struct reply_line *l = &sp->lines.p[i];
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
        give(sp, at, sp->lines.n, QUOTED);
        return sp->lines.n;
    }
    give(sp, at, next, QUOTED);
    return next;
}

static isize take_header(struct splitter *sp, isize at, isize n)
{
    bool above = sp->above;
    give(sp, at, above ? sp->lines.n : at + n, QUOTED);    // Q2, Q4
    return above ? sp->lines.n : at + n;
}

static isize keep_line(struct splitter *sp, isize at)
{
    sp->above |= is_own(&sp->lines.p[at]);
    return at + 1;
}

static isize take_line(struct splitter *sp, isize at)
{
    const struct reply_line *l = &sp->lines.p[at];
    if (l->is_empty || l->is_quote || l->is_code)
        return keep_line(sp, at);
    isize n = marked_header(sp, at);
    if (n == 0)
        n = bare_header(sp, at);
    if (n > 0)
        return take_header(sp, at, n);
    enum wrote how = WROTE_NOT;
    n = may_be_wrote(sp, at) ? wrote_lines(sp, at, &how) : 0;
    if (n == 0 || (how == WROTE_WEAK && !look_below(sp, at + n).quoted))
        return keep_line(sp, at);
    return take_wrote(sp, at, at + n);
}

// --- the end of what is new ------------------------------------------------------------

// Quotations, rules and empty lines at the end of the new text belong to what was quoted.
static void trim_end(struct splitter *sp)
{
    for (isize i = sp->lines.n; i > 0; i--) {
        struct reply_line *l = &sp->lines.p[i - 1];
        if (l->owner == NEW && !l->is_empty && !l->is_quote && !reply_line_is_rule(l->s))
            return;
        if (l->owner == NEW && !l->is_empty)
            l->owner = QUOTED;
    }
}

// --- the whole -------------------------------------------------------------------------

static str gather(const struct splitter *sp, enum reply_owner owner)
{
    struct buf b = buf_new(sp->arena, 256);
    isize from = -1;
    for (isize i = 0; i < sp->lines.n; i++) {
        const struct reply_line *l = &sp->lines.p[i];
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

struct reply_text reply_text_split(struct arena *a, str text, str sender)
{
    struct splitter sp = {.arena = a, .text = text, .sign = text.p};
    read_lines(&sp, text);
    for (isize i = 0; i < sp.lines.n;)
        i = take_line(&sp, i);
    trim_end(&sp);
    reply_sign(&sp.lines, sender);
    trim_end(&sp);    // what stood above the signature
    struct reply_text r = {gather(&sp, NEW), gather(&sp, QUOTED), gather(&sp, SIGNATURE)};
    if (r.reply.n == 0)    // Q5
        r = (struct reply_text){.reply = str_trim(text)};
    return r;
}
