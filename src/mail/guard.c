// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/guard.h"

#include "base/limits.h"
#include "mail/charset.h"

enum { LOOK_AHEAD = 100 };    // longer than any boundary or charset; keeps the walk linear

struct guard {
    struct ctx *cx;
    str bytes;
    bool copied;    // bytes is a copy of our own
    bool in_header;
    isize block;    // where this header block began
    isize field;    // where this field began, or -1
    isize fields, marks, checks;
    str *boundary;    // each may be cut short: a prefix finds more, never less
    isize boundaries;
};

static fallible too_many_parts(struct guard *g)
{
    return fail(g->cx, ERR_INVALID, "The mail has too many parts (more than %d).",
                "Die Mail hat zu viele Teile (mehr als %d).", (int)LIMIT_MAIL_PARTS);
}

static fallible too_many_fields(struct guard *g)
{
    return fail(g->cx, ERR_INVALID, "The mail has too many header fields (more than %d).",
                "Die Mail hat zu viele Kopffelder (mehr als %d).", (int)LIMIT_MAIL_FIELDS);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static isize skip_blanks(str s, isize i)
{
    while (i < s.n && is_blank(s.p[i]))
        i++;
    return i;
}

// --- boundaries ------------------------------------------------------------------------

// The beginning of a boundary's value, up to the first byte that GMime might decode.
static str boundary_value(str s)
{
    s = str_head(s, LOOK_AHEAD);
    bool quoted = s.n > 0 && s.p[0] == '"';
    s = str_cut(s, quoted);
    isize n = 0;
    for (; n < s.n; n++) {
        char c = s.p[n];
        if (c == '"' || c == '\\' || (c & 0x80) || c == '\r' || c == '\n' || c == '('
            || (!quoted && (c == ';' || is_blank(c))))
            break;
    }
    isize word = str_find((str){s.p, n}, S("=?"));
    return (str){s.p, word >= 0 ? word : n};
}

static fallible boundary_add(struct guard *g, str value)
{
    g->checks += g->boundaries;
    for (isize i = 0; i < g->boundaries; i++)
        if (str_eq(g->boundary[i], value))
            return OK;
    if (g->boundaries == LIMIT_MAIL_MULTIPARTS)
        return fail(g->cx, ERR_INVALID, "Too many parts of the mail hold parts (more than %d).",
                    "Zu viele Teile der Mail enthalten selbst Teile (mehr als %d).",
                    (int)LIMIT_MAIL_MULTIPARTS);
    if (g->boundary == NULL)
        g->boundary = make(g->cx->arena, str, LIMIT_MAIL_MULTIPARTS);
    g->boundary[g->boundaries++] = value;
    return OK;
}

// boundary=x and boundary*0=x.  A comment in between, or the encoded boundary*=utf-8''x:
// nobody sends that, and the empty beginning matches whatever it would come to.
static fallible boundary_parameter(struct guard *g, str s)
{
    isize i = 0;
    char last = 0;
    for (; i < s.n && (s.p[i] == '*' || (s.p[i] >= '0' && s.p[i] <= '9') || is_blank(s.p[i]));
         i++)
        if (!is_blank(s.p[i]))
            last = s.p[i];
    if (i == s.n || (s.p[i] != '=' && s.p[i] != '('))
        return OK;
    bool plain = s.p[i] == '=' && last != '*';
    return boundary_add(g,
                        plain ? boundary_value(str_cut(s, skip_blanks(s, i + 1))) : (str){0});
}

static fallible find_boundaries(struct guard *g, str field)
{
    for (isize at = str_find_nocase(field, S("boundary")); at >= 0;
         at = str_find_nocase(field, S("boundary"))) {
        field = str_cut(field, at + 8);
        TRY(boundary_parameter(g, field));
    }
    return OK;
}

static char *own_copy(struct guard *g)
{
    if (!g->copied)
        g->bytes = arena_str(g->cx->arena, g->bytes);
    g->copied = true;
    return (char *)(uintptr_t)g->bytes.p;
}

// --- charsets (G3) ---------------------------------------------------------------------

static void blot_out(struct guard *g, isize from, isize n)
{
    memset(own_copy(g) + from, 'x', (size_t)n);
}

// =?charset?…
static void word_charset(struct guard *g, isize at, str rest)
{
    rest = str_head(rest, LOOK_AHEAD);
    str name = str_token(&rest, '?'), left = name;
    if (!charset_known(str_token(&left, '*')))
        blot_out(g, at, name.n);
}

// *=charset'language'value
static void parameter_charset(struct guard *g, isize at, str rest)
{
    isize skip = skip_blanks(rest, 0);
    if (skip < rest.n && rest.p[skip] == '"')
        skip++;
    rest = str_head(str_cut(rest, skip), LOOK_AHEAD);
    str name = str_token(&rest, '\'');
    if (rest.n > 0 && !charset_known(name))
        blot_out(g, at + skip, name.n);
}

static void tame_charsets(struct guard *g, isize from, str field)
{
    char before = 0;
    for (isize i = 0; i + 1 < field.n; i++) {
        if (field.p[i] == '=' && field.p[i + 1] == '?')
            word_charset(g, from + i + 2, str_cut(field, i + 2));
        if (field.p[i] == '=' && before == '*')
            parameter_charset(g, from + i + 1, str_cut(field, i + 1));
        if (!is_blank(field.p[i]))
            before = field.p[i];
    }
}

// --- a missing semicolon (G4) ----------------------------------------------------------

static void put_semicolon(struct guard *g, isize from, str field)
{
    isize at = str_find_nocase(field, S("boundary"));
    if (at < 2 || str_find_nocase(field, S("multipart/")) < 0 || !is_blank(field.p[at - 1]))
        return;
    isize end = at;
    while (end > 0 && is_blank(field.p[end - 1]))
        end--;
    if (end == 0 || memchr(";:,=(/", field.p[end - 1], 6) != NULL)
        return;
    char *p = own_copy(g) + from;
    if (p[end] == '\r')
        p[end + 1] = ' ';    // the line's end goes: what follows it may not begin with ";"
    p[end] = ';';
}

// --- the walk --------------------------------------------------------------------------

static fallible check_parameters(struct guard *g, str field)
{
    isize n = 0;
    for (isize i = 0; i < field.n; i++)
        n += field.p[i] == ';';
    if (n <= LIMIT_MAIL_PARAMETERS)
        return OK;
    return fail(g->cx, ERR_INVALID, "A header field has too many parameters (more than %d).",
                "Ein Kopffeld hat zu viele Parameter (mehr als %d).",
                (int)LIMIT_MAIL_PARAMETERS);
}

static fallible field_end(struct guard *g, isize at)
{
    if (g->field < 0)
        return OK;
    isize from = g->field;
    str field = {g->bytes.p + from, at - from};
    g->field = -1;
    if (field.n > LIMIT_MAIL_FIELD_BYTES)
        return fail(g->cx, ERR_INVALID, "A header field of the mail is too long (over %d KiB).",
                    "Ein Kopffeld der Mail ist zu lang (über %d KiB).",
                    (int)(LIMIT_MAIL_FIELD_BYTES >> 10));
    if (!str_eq_nocase(str_head(field, 8), S("content-")))
        return OK;
    TRY(check_parameters(g, field));
    TRY(find_boundaries(g, field));
    tame_charsets(g, from, field);
    put_semicolon(g, from, field);
    return OK;
}

static void header_begin(struct guard *g, isize at)
{
    g->in_header = true;
    g->block = at;
    g->field = -1;
}

static void blank_nuls(struct guard *g, isize at, str line)    // G5
{
    for (isize i = 0; i < line.n; i++)
        if (line.p[i] == 0)
            own_copy(g)[at + i] = ' ';
}

static fallible header_line(struct guard *g, isize at, str line)
{
    bool folded = line.n > 0 && (line.p[0] == ' ' || line.p[0] == '\t') && g->field >= 0;
    if (!folded)
        TRY(field_end(g, at));
    if (line.n == 0 || str_eq(line, S("\r"))) {
        g->in_header = false;
        return OK;
    }
    if (at + line.n - g->block > LIMIT_MAIL_HEADER_BYTES)
        return fail(g->cx, ERR_INVALID, "A header of the mail is too long (over %d KiB).",
                    "Ein Kopf der Mail ist zu lang (über %d KiB).",
                    (int)(LIMIT_MAIL_HEADER_BYTES >> 10));
    blank_nuls(g, at, line);
    if (folded)
        return OK;
    g->field = at;
    return ++g->fields > LIMIT_MAIL_FIELDS ? too_many_fields(g) : OK;
}

// G2
static bool is_mark(struct guard *g, str line)
{
    if (line.n < 2 || line.p[0] != '-' || line.p[1] != '-')
        return false;
    str rest = {line.p + 2, line.n - 2};
    g->checks += g->boundaries;
    for (isize i = 0; i < g->boundaries; i++)
        if (str_starts(rest, g->boundary[i]))
            return true;
    return false;
}

static fallible mark(struct guard *g, isize after)
{
    if (++g->marks > 2 * LIMIT_MAIL_PARTS)    // each part may have a beginning and an end
        return too_many_parts(g);
    header_begin(g, after);
    return OK;
}

static fallible look_at(struct guard *g, isize at, str line)
{
    if (is_mark(g, line)) {
        TRY(field_end(g, at));
        return mark(g, at + line.n + 1);
    }
    if (g->checks > LIMIT_MAIL_LINE_CHECKS)
        return fail(g->cx, ERR_INVALID, "The mail is built to keep us busy.",
                    "Die Mail ist gebaut, um uns aufzuhalten.");
    return g->in_header ? header_line(g, at, line) : OK;
}

static fallible walk(struct guard *g)
{
    header_begin(g, 0);
    for (isize at = 0; at < g->bytes.n;) {
        const char *p = g->bytes.p + at;
        const char *end = memchr(p, '\n', (size_t)(g->bytes.n - at));
        str line = {p, end == NULL ? g->bytes.n - at : end - p};
        TRY(look_at(g, at, line));
        at += line.n + 1;
    }
    return field_end(g, g->bytes.n);
}

enum err guard_check(struct ctx *cx, str *bytes)
{
    struct guard g = {.cx = cx, .bytes = *bytes};
    TRY(walk(&g));
    *bytes = g.bytes;
    return OK;
}
