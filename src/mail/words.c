// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/words.h"

#include "base/buf.h"
#include "mail/charset.h"

#include <gmime/gmime.h>

enum {
    WORD_MOST = 8192,    // bytes we look ahead for the end of a word: keeps the work linear
    COLONS = 50,         // GMime follows a group inside a group by recursion
};

struct word {
    str charset, text;
    char how;    // 'q' or 'b'
    isize n;     // bytes it takes in the field
};

struct decoder {
    struct arena *arena;
    struct buf out;
    struct buf pending;    // decoded bytes of neighbouring words of one charset
    str charset;
    bool quoting;    // see words_quote()
    bool in_quotes;
    int comment;
    int colons;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool word_read(str s, struct word *w)
{
    if (!str_starts(s, S("=?")))
        return false;
    str rest = str_head(str_cut(s, 2), WORD_MOST);
    str charset = str_token(&rest, '?');
    if (charset.n == 0 || charset.n > 60 || rest.n < 3 || rest.p[1] != '?')
        return false;
    char how = (char)(rest.p[0] | 0x20);
    rest = str_cut(rest, 2);
    isize end = str_find(rest, S("?="));
    if (end < 0 || (how != 'q' && how != 'b'))
        return false;
    *w = (struct word){str_token(&charset, '*'), {rest.p, end}, how, rest.p + end + 2 - s.p};
    return true;
}

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void decode_q(struct buf *b, str s)
{
    for (isize i = 0; i < s.n; i++) {
        if (s.p[i] == '=' && i + 2 < s.n && hex(s.p[i + 1]) >= 0 && hex(s.p[i + 2]) >= 0) {
            buf_char(b, (char)(hex(s.p[i + 1]) << 4 | hex(s.p[i + 2])));
            i += 2;
        } else {
            buf_char(b, s.p[i] == '_' ? ' ' : s.p[i]);
        }
    }
}

static void decode_b(struct buf *b, str s)
{
    int state = 0;
    guint32 save = 0;
    buf_grow(b, s.n + 4);
    b->n += (isize)g_mime_encoding_base64_decode_step(
        (const unsigned char *)s.p, (size_t)s.n, (unsigned char *)b->p + b->n, &state, &save);
}

static void put_escaped(struct decoder *w, char c)
{
    if (c == '"' || c == '\\' || (w->comment > 0 && (c == '(' || c == ')')))
        buf_char(&w->out, '\\');
    buf_char(&w->out, is_blank(c) || c == 0 ? ' ' : c);
    if (c == '=')
        buf_char(&w->out, ' ');    // what looks like a word now must not be decoded again
}

static void flush(struct decoder *w)
{
    if (w->pending.n == 0)
        return;
    str s = charset_to_utf8(w->arena, buf_str(&w->pending), w->charset);
    bool own_quotes = w->quoting && !w->in_quotes && w->comment == 0;
    w->pending = buf_new(w->arena, 64);
    if (!w->quoting) {
        buf_put(&w->out, s);
        return;
    }
    if (own_quotes)
        buf_char(&w->out, '"');
    for (isize i = 0; i < s.n; i++)
        put_escaped(w, s.p[i]);
    if (own_quotes)
        buf_char(&w->out, '"');
}

static void take(struct decoder *w, const struct word *word)
{
    if (!str_eq_nocase(w->charset, word->charset))
        flush(w);
    w->charset = word->charset;
    if (word->how == 'q')
        decode_q(&w->pending, word->text);
    else
        decode_b(&w->pending, word->text);
}

static isize blanks(str s)
{
    isize n = 0;
    while (n < s.n && is_blank(s.p[n]))
        n++;
    return n;
}

// Follow the structure just far enough to know what a quoted string and a comment are.
static char structure(struct decoder *w, char c)
{
    if (c == '"' && w->comment == 0)
        w->in_quotes = !w->in_quotes;
    else if (c == '(' && !w->in_quotes)
        w->comment++;
    else if (c == ')' && !w->in_quotes && w->comment > 0)
        w->comment--;
    else if (c == ':' && !w->in_quotes && w->comment == 0 && ++w->colons > COLONS)
        return ' ';
    return c;
}

// One plain byte; with quoting, an escaped pair.
static isize plain(struct decoder *w, str s)
{
    if (w->quoting && s.p[0] == '\\' && s.n > 1 && (w->in_quotes || w->comment > 0)) {
        buf_put(&w->out, (str){s.p, 2});
        return 2;
    }
    buf_char(&w->out, w->quoting ? structure(w, s.p[0]) : s.p[0]);
    if (w->quoting && str_starts(s, S("=?")))
        buf_char(&w->out, ' ');
    return 1;
}

static str run(struct decoder *w, str s)
{
    s = charset_to_utf8(w->arena, s, S(""));
    w->out = buf_new(w->arena, s.n * 2 + 16);
    w->pending = buf_new(w->arena, 64);
    while (s.n > 0) {
        struct word word;
        isize gap = w->pending.n > 0 ? blanks(s) : 0;    // between two words it means nothing
        if (word_read(str_cut(s, gap), &word)) {
            take(w, &word);
            s = str_cut(s, gap + word.n);
        } else {
            flush(w);
            s = str_cut(s, plain(w, s));
        }
    }
    flush(w);
    return buf_str(&w->out);
}

str words_decode(struct arena *a, str raw)
{
    if (str_find(raw, S("=?")) < 0)
        return charset_to_utf8(a, raw, S(""));
    struct decoder w = {.arena = a};
    return run(&w, raw);
}

str words_quote(struct arena *a, str raw)
{
    struct decoder w = {.arena = a, .quoting = true};
    return run(&w, raw);
}
