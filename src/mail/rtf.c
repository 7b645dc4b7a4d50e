// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/rtf.h"

#include "base/buf.h"
#include "base/limits.h"
#include "mail/charset.h"

// --- I1 --------------------------------------------------------------------------------

static const char first_window[] =
    "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
    "\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0"
    "\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

enum { WINDOW = 4096, PACKED = 0x75465a4c, PLAIN = 0x414c454d };

static uint32_t int_at(str s, isize at)
{
    uint32_t n = 0;
    for (isize i = 4; i > 0; i--)
        n = n << 8 | (unsigned char)s.p[at + i - 1];
    return n;
}

struct window {
    char bytes[WINDOW];
    isize at;
    struct buf *out;
    isize most;
};

static void window_put(struct window *w, char c)
{
    w->bytes[w->at] = c;
    w->at = (w->at + 1) % WINDOW;
    buf_char(w->out, c);
}

// Twelve bits say where in the window, four how long.  False: it is the end, which points at
// the place to be written next.
static bool window_repeat(struct window *w, unsigned char high, unsigned char low)
{
    isize from = high << 4 | low >> 4, n = (low & 15) + 2;
    if (from == w->at)
        return false;
    for (isize i = 0; i < n; i++)
        window_put(w, w->bytes[(from + i) % WINDOW]);
    return true;
}

static void unpack(struct window *w, str s)
{
    isize i = 0;
    while (i < s.n && w->out->n < w->most) {
        unsigned flags = (unsigned char)s.p[i++];
        for (int bit = 0; bit < 8 && i < s.n; bit++, flags >>= 1) {
            if ((flags & 1) == 0) {
                window_put(w, s.p[i++]);
                continue;
            }
            if (i + 2 > s.n
                || !window_repeat(w, (unsigned char)s.p[i], (unsigned char)s.p[i + 1]))
                return;
            i += 2;
        }
    }
}

str rtf_uncompress(struct arena *a, str packed)
{
    if (packed.n < 16)
        return (str){0};
    isize size = int_at(packed, 4);
    str content = str_cut(packed, 16);
    if (int_at(packed, 8) == PLAIN)
        return str_head(content, size);
    if (int_at(packed, 8) != PACKED)
        return (str){0};
    struct buf out = buf_new(a, content.n * 2);
    struct window w = {.at = (isize)sizeof first_window - 1, .out = &out};
    w.most = size < LIMIT_MAIL_TEXT ? size : LIMIT_MAIL_TEXT;
    memset(w.bytes, ' ', WINDOW);
    memcpy(w.bytes, first_window, sizeof first_window - 1);
    unpack(&w, content);
    return (str){out.p, out.n < size ? out.n : size};
}

// --- I2, I3 ----------------------------------------------------------------------------

struct group {
    bool skipped;
    bool tag;         // {\*\htmltag ...}: what it holds is HTML
    bool repeated;    // \htmlrtf: what the HTML says already
    int fallback;     // \uc: characters behind a \u for who does not know it
};

struct rtf {
    struct arena *arena;
    str rest, charset;
    struct buf out, bytes;    // bytes: \'e4\'f6, waiting for their neighbours
    struct group group[RTF_DEPTH];
    int depth;
    isize too_deep;
    uint16_t high;    // the first half of a character beyond 16 bits
    int skip;         // characters still to be left out behind a \u
    bool optional, html;
};

static struct group *top(struct rtf *r)
{
    return &r->group[r->depth];
}

static void put_html_text(struct buf *b, str s)
{
    for (isize i = 0; i < s.n; i++) {
        if (s.p[i] == '<' || s.p[i] == '&')
            buf_put(b, s.p[i] == '<' ? S("&lt;") : S("&amp;"));
        else
            buf_char(b, s.p[i]);
    }
}

static void put(struct rtf *r, str s)
{
    struct group *g = top(r);
    if (g->skipped || g->repeated)
        return;
    if (r->html && !g->tag)
        put_html_text(&r->out, s);
    else
        buf_put(&r->out, s);
}

static void flush(struct rtf *r)
{
    if (r->bytes.n == 0)
        return;
    put(r, charset_to_utf8(r->arena, arena_str(r->arena, buf_str(&r->bytes)), r->charset));
    r->bytes.n = 0;
}

static void put_byte(struct rtf *r, char c)
{
    if (r->skip > 0)
        r->skip--;
    else
        buf_char(&r->bytes, c);
}

// Negative numbers are how RTF writes the upper half of 16 bits.  No converter is asked: a
// text may have a million of these.
static void put_char(struct rtf *r, int64_t n)
{
    uint16_t unit = (uint16_t)n;
    uint32_t c = unit;
    if (unit >= 0xdc00 && unit < 0xe000)
        c = r->high == 0 ? 0xfffd : 0x10000 + ((r->high - 0xd800u) << 10) + (unit - 0xdc00u);
    r->high = unit >= 0xd800 && unit < 0xdc00 ? unit : 0;
    char bytes[4];
    if (r->high == 0 && c != 0)
        put(r, charset_character(c, bytes));
    r->skip = top(r)->fallback;
}

static void open_group(struct rtf *r)
{
    flush(r);
    if (r->depth + 1 == RTF_DEPTH) {
        r->too_deep++;    // I4
        return;
    }
    r->group[r->depth + 1] = r->group[r->depth];
    r->depth++;
}

static void close_group(struct rtf *r)
{
    flush(r);
    r->skip = 0;
    if (r->too_deep > 0)
        r->too_deep--;
    else if (r->depth > 0)
        r->depth--;
}

static bool is_destination(str word)
{
    static const char *const left_out[] = {"fonttbl", "colortbl", "stylesheet", "info",
                                           "pict",    "header",   "footer",     "object"};
    for (isize i = 0; i < countof(left_out); i++)
        if (str_eq(word, str_from_z(left_out[i])))
            return true;
    return false;
}

static const char *character_of(str word)
{
    static const struct {
        const char *word, *text;
    } characters[] = {
        {"par", "\n"},   {"line", "\n"},     {"tab", "\t"},      {"lquote", "‘"},
        {"rquote", "’"}, {"ldblquote", "“"}, {"rdblquote", "”"}, {"bullet", "•"},
        {"endash", "–"}, {"emdash", "—"},    {"cell", "\t"},     {"row", "\n"},
    };
    for (isize i = 0; i < countof(characters); i++)
        if (str_eq(word, str_from_z(characters[i].word)))
            return characters[i].text;
    return NULL;
}

static void obey(struct rtf *r, str word, int64_t number, bool has_number)
{
    struct group *g = top(r);
    const char *text = character_of(word);
    flush(r);
    if (text != NULL)
        put(r, str_from_z(text));
    else if (str_eq(word, S("u")) && has_number)
        put_char(r, number);
    else if (str_eq(word, S("uc")))
        g->fallback = number >= 0 && number < 10 ? (int)number : 1;
    else if (str_eq(word, S("bin")) && number > 0)
        r->rest = str_cut(r->rest, number < r->rest.n ? (isize)number : r->rest.n);
    else if (str_eq(word, S("ansicpg")))
        r->charset = arena_fmt(r->arena, "cp%lld", (long long)number);
    else if (str_eq(word, S("fromhtml")))
        r->html = !has_number || number != 0;
    else if (str_eq(word, S("htmlrtf")))
        g->repeated = !has_number || number != 0;
    else if (str_eq(word, S("htmltag")) && r->html)
        g->tag = true;
    else if (r->optional || is_destination(word))
        g->skipped = true;
    r->optional = false;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Behind the backslash: letters, a number, one blank that belongs to it.
static void control_word(struct rtf *r)
{
    isize n = 0, end;
    while (n < r->rest.n && n < 32 && is_letter(r->rest.p[n]))
        n++;
    for (end = n; end < r->rest.n && end < n + 11
                  && (str_is_digit(r->rest.p[end]) || (end == n && r->rest.p[end] == '-'));)
        end++;
    int64_t number = 0;
    str word = {r->rest.p, n}, digits = {r->rest.p + n, end - n};
    bool has_number = str_to_int(digits, &number);
    bool blank = end < r->rest.n && r->rest.p[end] == ' ';
    r->rest = str_cut(r->rest, end + blank);
    obey(r, word, number, has_number);
}

static int hex(char c)
{
    return str_is_digit(c) ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 87 : 0;
}

static void control(struct rtf *r)
{
    if (r->rest.n == 0 || is_letter(r->rest.p[0])) {
        control_word(r);
        return;
    }
    char c = r->rest.p[0];
    r->rest = str_cut(r->rest, 1);
    if (c == '\'' && r->rest.n >= 2) {
        put_byte(r, (char)(hex(r->rest.p[0]) * 16 + hex(r->rest.p[1])));
        r->rest = str_cut(r->rest, 2);
    } else if (c == '*') {
        r->optional = true;
    } else if (c == '~') {
        put_byte(r, ' ');
    } else if (c == '\n' || c == '\r') {
        obey(r, S("par"), 0, false);
    } else if (c == '{' || c == '}' || c == '\\') {
        put_byte(r, c);
    }
}

str rtf_text(struct arena *a, str rtf, bool *is_html)
{
    struct rtf *r = make(a, struct rtf, 1);
    *r = (struct rtf){.arena = a, .rest = rtf, .charset = S("windows-1252")};
    r->out = buf_new(a, rtf.n + 16);
    r->bytes = buf_new(a, 256);
    r->group[0].fallback = 1;
    while (r->rest.n > 0 && r->out.n < LIMIT_MAIL_TEXT) {
        char c = r->rest.p[0];
        r->rest = str_cut(r->rest, 1);
        if (c == '{')
            open_group(r);
        else if (c == '}')
            close_group(r);
        else if (c == '\\')
            control(r);
        else if (c != '\r' && c != '\n' && c != 0)
            put_byte(r, c);
    }
    flush(r);
    *is_html = r->html;
    return buf_str(&r->out);
}
