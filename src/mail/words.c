// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/words.h"

#include "base/buf.h"
#include "mail/charset.h"

#include <gmime/gmime.h>

// Bytes we look ahead for the end of a word: the work stays linear.
enum { WORD_MOST = 8192 };

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

static void flush(struct decoder *d)
{
    if (d->pending.n == 0)
        return;
    buf_put(&d->out, charset_to_utf8(d->arena, buf_str(&d->pending), d->charset));
    d->pending = buf_new(d->arena, 64);
}

static void take(struct decoder *d, const struct word *word)
{
    if (!str_eq_nocase(d->charset, word->charset))
        flush(d);
    d->charset = word->charset;
    if (word->how == 'q')
        decode_q(&d->pending, word->text);
    else
        decode_b(&d->pending, word->text);
}

static isize blanks(str s)
{
    isize n = 0;
    while (n < s.n && is_blank(s.p[n]))
        n++;
    return n;
}

str words_decode(struct arena *a, str raw)
{
    str s = charset_to_utf8(a, raw, S(""));
    if (str_find(s, S("=?")) < 0)
        return s;
    struct decoder d = {.arena = a, .out = buf_new(a, s.n * 2 + 16), .pending = buf_new(a, 64)};
    while (s.n > 0) {
        struct word word;
        isize gap = d.pending.n > 0 ? blanks(s) : 0;    // between two words it means nothing
        if (word_read(str_cut(s, gap), &word)) {
            take(&d, &word);
            s = str_cut(s, gap + word.n);
        } else {
            flush(&d);
            buf_char(&d.out, s.p[0]);
            s = str_cut(s, 1);
        }
    }
    flush(&d);
    return buf_str(&d.out);
}
