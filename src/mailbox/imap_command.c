// SPDX-License-Identifier: GPL-3.0-or-later
#include "mailbox/imap_command.h"

struct imap_command imap_command_new(struct arena *a, int64_t tag, bool literal_plus,
                                     const char *verb)
{
    struct imap_command c = {.buf = buf_new(a, 256), .literal_plus = literal_plus};
    buf_fmt(&c.buf, "s%lld %s", (long long)tag, verb);
    return c;
}

void imap_command_word(struct imap_command *c, const char *word)
{
    buf_fmt(&c->buf, " %s", word);
}

void imap_command_number(struct imap_command *c, int64_t n)
{
    buf_fmt(&c->buf, " %lld", (long long)n);
}

// --- N1 N2 N3 --------------------------------------------------------------------------------

static bool ends_lines(str s)
{
    for (isize i = 0; i < s.n; i++)
        if (s.p[i] == '\r' || s.p[i] == '\n' || s.p[i] == 0)
            return true;
    return false;
}

static bool is_plain(str s)
{
    for (isize i = 0; i < s.n; i++)
        if (s.p[i] < ' ' || s.p[i] > '~')
            return false;
    return s.n <= IMAP_QUOTED;
}

static void quote(struct buf *b, str s)
{
    buf_char(b, '"');
    for (isize i = 0; i < s.n; i++) {
        if (s.p[i] == '"' || s.p[i] == '\\')
            buf_char(b, '\\');
        buf_char(b, s.p[i]);
    }
    buf_char(b, '"');
}

static void say_literal(struct imap_command *c, str data)
{
    buf_fmt(&c->buf, "{%td%s}\r\n", data.n, c->literal_plus ? "+" : "");
    if (!c->literal_plus && c->pieces < IMAP_PIECES - 1)
        c->end[c->pieces++] = c->buf.n;
    else if (!c->literal_plus)
        c->bad = true;
    buf_put(&c->buf, data);
}

void imap_command_data(struct imap_command *c, str data)
{
    if (ends_lines(data)) {
        c->bad = true;
        return;
    }
    buf_char(&c->buf, ' ');
    if (is_plain(data))
        quote(&c->buf, data);
    else
        say_literal(c, data);
}

bool imap_command_done(struct imap_command *c)
{
    buf_put(&c->buf, S("\r\n"));
    c->end[c->pieces++] = c->buf.n;
    return !c->bad;
}

str imap_command_piece(const struct imap_command *c, int nth)
{
    isize from = nth == 0 ? 0 : c->end[nth - 1];
    return (str){c->buf.p + from, c->end[nth] - from};
}

// --- N4 --------------------------------------------------------------------------------------

// One character off the front of s, which is UTF-8.
static uint32_t take_character(str *s)
{
    isize n = str_char(*s);
    if (n == 0)
        n = 1;    // not UTF-8: its bytes as they are
    unsigned char first = (unsigned char)s->p[0];
    uint32_t c = n == 1   ? first
                 : n == 2 ? first & 0x1fU
                 : n == 3 ? first & 0x0fU
                          : first & 0x07U;
    for (isize i = 1; i < n; i++)
        c = c << 6 | ((unsigned char)s->p[i] & 0x3fU);
    *s = str_cut(*s, n);
    return c;
}

static const char base64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

struct shifted {    // the bits of UTF-16 that are not written yet
    struct buf *out;
    uint32_t bits;
    int have;
};

static void put_unit(struct shifted *s, uint32_t unit)
{
    s->bits = s->bits << 16 | unit;
    for (s->have += 16; s->have >= 6; s->have -= 6)
        buf_char(s->out, base64[s->bits >> (s->have - 6) & 63]);
    s->bits &= (1U << s->have) - 1;
}

static void put_character(struct shifted *s, uint32_t c)
{
    if (c >= 0x10000) {
        put_unit(s, 0xd800 + ((c - 0x10000) >> 10));
        c = 0xdc00 + ((c - 0x10000) & 0x3ff);
    }
    put_unit(s, c);
}

static void end_shift(struct shifted *s)
{
    if (s->have > 0)
        buf_char(s->out, base64[s->bits << (6 - s->have) & 63]);
    buf_char(s->out, '-');
    s->bits = 0;
    s->have = 0;
}

str imap_command_utf7(struct arena *a, str name)
{
    struct buf b = buf_new(a, name.n * 3 + 8);
    struct shifted s = {.out = &b};
    bool inside = false;
    while (name.n > 0) {
        uint32_t c = take_character(&name);
        bool direct = c >= ' ' && c <= '~';
        if (direct == inside) {
            if (inside)
                end_shift(&s);
            else
                buf_char(&b, '&');
            inside = !inside;
        }
        if (!direct)
            put_character(&s, c);
        else
            buf_put(&b, c == '&' ? S("&-") : (str){(char[]){(char)c}, 1});
    }
    if (inside)
        end_shift(&s);
    return buf_str(&b);
}

void imap_command_folder(struct imap_command *c, str name)
{
    if (ends_lines(name))
        c->bad = true;
    else
        imap_command_data(c, imap_command_utf7(c->buf.arena, name));
}

// --- N5 --------------------------------------------------------------------------------------

isize imap_command_set(struct imap_command *c, const int64_t *uid, isize n)
{
    isize i = 0, from = c->buf.n;
    buf_char(&c->buf, ' ');
    while (i < n && c->buf.n - from < IMAP_SET - 24) {
        isize first = i;
        while (i + 1 < n && uid[i + 1] == uid[i] + 1)
            i++;
        if (first > 0)
            buf_char(&c->buf, ',');
        buf_int(&c->buf, uid[first]);
        if (i > first) {
            buf_char(&c->buf, ':');
            buf_int(&c->buf, uid[i]);
        }
        i++;
    }
    return i;
}
