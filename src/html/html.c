// SPDX-License-Identifier: GPL-3.0-or-later
#include "html/html.h"

#include "base/buf.h"
#include "base/limits.h"
#include "html/allow.h"
#include "html/href.h"
#include "html/token.h"
#include "mail/clean.h"
#include "mail/html_entity.h"

enum { PIECE = 64 << 10 };    // of a text, between two looks at how much there is

struct rebuild {
    struct arena *arena;
    const struct html_how *how;
    struct buf out;
    const struct allow_element **open;    // LIMIT_HTML_DEPTH of them
    int depth;
    isize elements;
    struct html_result result;
};

static str written_name(const struct allow_element *e)
{
    return str_from_z(e->as != NULL ? e->as : e->name);
}

// --- text ------------------------------------------------------------------------------

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// "&Zeta;" is a character that every browser knows and we need not.
static isize named_reference(str s)
{
    isize n = 1;
    while (n < s.n && n < 32 && is_name_char(s.p[n]))
        n++;
    return n > 1 && n < s.n && s.p[n] == ';' ? n + 1 : 0;
}

static void put_escaped(struct buf *out, str s)
{
    for (isize i = 0; i < s.n; i++) {
        switch (s.p[i]) {
        case '<':
            buf_put(out, S("&lt;"));
            break;
        case '>':
            buf_put(out, S("&gt;"));
            break;
        case '&':
            buf_put(out, S("&amp;"));
            break;
        case '"':
            buf_put(out, S("&quot;"));
            break;
        default:
            buf_char(out, s.p[i]);
        }
    }
}

static bool is_full(struct rebuild *r)
{
    bool full = r->out.n > LIMIT_HTML_OUTPUT;
    r->result.cut |= full;
    return full;
}

static void put_text(struct rebuild *r, str s)
{
    while (s.n > 0 && !is_full(r)) {
        if (s.p[0] != '&') {
            str plain = {s.p, s.n < PIECE ? s.n : PIECE};
            const char *amp = memchr(s.p, '&', (size_t)plain.n);
            plain.n = amp == NULL ? plain.n : amp - s.p;
            put_escaped(&r->out, plain);
            s = str_cut(s, plain.n);
            continue;
        }
        isize named = named_reference(s);
        str as_it_is = {s.p, named}, c = html_entity(r->arena, &s);
        if (named > 0 && str_eq(c, S("&")) && !str_eq(as_it_is, S("&amp;"))) {
            buf_put(&r->out, as_it_is);
            s = str_cut(s, named - 1);
        } else {
            put_escaped(&r->out, c);
        }
    }
}

// --- the open elements -----------------------------------------------------------------

static void close_top(struct rebuild *r)
{
    const struct allow_element *e = r->open[--r->depth];
    buf_put(&r->out, S("</"));
    buf_put(&r->out, written_name(e));
    buf_char(&r->out, '>');
}

static void close_down_to(struct rebuild *r, int depth)
{
    while (r->depth > depth)
        close_top(r);
}

// Inside a cell nothing ends what is outside of it.
enum { CELLS = ALLOW_CELL | ALLOW_HEAD | ALLOW_TABLE };

// The innermost open element of this kind, not looking beyond one of the others: its depth,
// or -1.
static int find_open(const struct rebuild *r, int kinds, int barriers)
{
    for (int i = r->depth - 1; i >= 0; i--) {
        if ((r->open[i]->flags & kinds) != 0)
            return i;
        if ((r->open[i]->flags & barriers) != 0)
            return -1;
    }
    return -1;
}

static void close_open(struct rebuild *r, int kinds, int barriers)
{
    int at = find_open(r, kinds, barriers);
    if (at >= 0)
        close_down_to(r, at);
}

static bool innermost_is(const struct rebuild *r, int kinds)
{
    return r->depth > 0 && (r->open[r->depth - 1]->flags & kinds) != 0;
}

// What the beginning of this element ends without being told: "<li>a<li>b".
static void close_before(struct rebuild *r, const struct allow_element *e)
{
    if ((e->flags & ALLOW_BLOCK) != 0)
        close_open(r, ALLOW_P, CELLS);
    if ((e->flags & ALLOW_LI) != 0)
        close_open(r, ALLOW_LI, ALLOW_LIST | CELLS);
    if ((e->flags & ALLOW_DD) != 0)
        close_open(r, ALLOW_DD, ALLOW_DL | CELLS);
    if ((e->flags & ALLOW_A) != 0)
        close_open(r, ALLOW_A, CELLS);
    if ((e->flags & ALLOW_CELL) != 0)
        close_open(r, ALLOW_CELL | ALLOW_HEAD, ALLOW_ROW | ALLOW_TABLE);
    if ((e->flags & ALLOW_ROW) != 0)
        close_open(r, ALLOW_ROW | ALLOW_HEAD, ALLOW_TABLE);
    if ((e->flags & (ALLOW_GROUP | ALLOW_HEAD)) != 0)
        close_open(r, ALLOW_GROUP | ALLOW_HEAD, ALLOW_TABLE);
    if ((e->flags & (ALLOW_GROUP | ALLOW_HEAD)) != 0)
        close_open(r, ALLOW_ROW, ALLOW_TABLE);
    if ((e->flags & ALLOW_TABLE) != 0 && innermost_is(r, ALLOW_TABLE | ALLOW_ROW | ALLOW_GROUP))
        close_open(r, ALLOW_TABLE, 0);    // a table between the rows of another
    if ((e->flags & ALLOW_H) != 0 && innermost_is(r, ALLOW_H))
        close_top(r);
}

// --- attributes ------------------------------------------------------------------------

static void put_attribute(struct rebuild *r, const char *name, str value)
{
    buf_char(&r->out, ' ');
    buf_put(&r->out, str_from_z(name));
    buf_put(&r->out, S("=\""));
    put_escaped(&r->out, value);
    buf_char(&r->out, '"');
}

// W5.  rel is for browsers that do not read our Referrer-Policy.
static void put_link(struct rebuild *r, str value)
{
    str address = href_safe(r->arena, value);
    if (address.n == 0)
        return;
    put_attribute(r, "href", address);
    put_attribute(r, "target", S("_blank"));
    put_attribute(r, "rel", S("noopener noreferrer nofollow"));
}

static str picture_address(const struct rebuild *r, str content_id)
{
    for (isize i = 0; i < r->how->pictures; i++)
        if (str_eq(r->how->picture[i].content_id, content_id))
            return r->how->picture[i].address;
    return (str){0};
}

static bool is_pixel(str size)
{
    return str_eq(size, S("0")) || str_eq(size, S("1")) || str_eq(size, S("0px"))
           || str_eq(size, S("1px"));
}

static bool style_is_pixel(struct arena *a, str css)
{
    static const char *const words[] = {"width:0",    "width:1px",    "height:0",
                                        "height:1px", "display:none", "visibility:hidden"};
    str rest = arena_lower(a, css);
    while (rest.n > 0) {
        struct buf b = buf_new(a, 64);
        str one = str_token(&rest, ';');
        for (isize i = 0; i < one.n; i++)
            if ((unsigned char)one.p[i] > ' ')
                buf_char(&b, one.p[i]);
        for (isize i = 0; i < countof(words); i++)
            if (str_eq(buf_str(&b), str_from_z(words[i])))
                return true;
    }
    return false;
}

// W4
static bool is_tracker(struct arena *a, const struct token *t)
{
    for (isize i = 0; i < t->attributes; i++) {
        str name = t->attribute[i].name;
        str value = html_entity_all(a, t->attribute[i].value);
        if ((str_eq(name, S("width")) || str_eq(name, S("height")))
            && is_pixel(str_trim(value)))
            return true;
        if (str_eq(name, S("style")) && style_is_pixel(a, value))
            return true;
    }
    return false;
}

// W4
static void put_source(struct rebuild *r, const struct token *t, str value)
{
    str id = href_content_id(r->arena, value), address = {0};
    if (id.n > 0)
        address = r->how->keep_cid ? href_cid(r->arena, id) : picture_address(r, id);
    str url = href_remote(r->arena, value);
    bool tracker = url.n > 0 && is_tracker(r->arena, t);
    r->result.remote += url.n > 0;
    r->result.trackers += tracker;
    if (url.n > 0 && !tracker && r->how->remote != NULL)
        address = r->how->remote(r->how->arg, r->arena, url);
    if (address.n > 0)
        put_attribute(r, "src", address);
}

static void put_attributes(struct rebuild *r, const struct allow_element *e,
                           const struct token *t)
{
    for (isize i = 0; i < t->attributes; i++) {
        str name = t->attribute[i].name;
        str value = html_entity_all(r->arena, t->attribute[i].value);
        if ((e->flags & ALLOW_A) != 0 && str_eq(name, S("href")))
            put_link(r, value);
        else if ((e->flags & ALLOW_IMG) != 0 && str_eq(name, S("src")))
            put_source(r, t, value);
        else if ((value = allow_attribute(r->arena, e, name, value)).n > 0)
            put_attribute(r, arena_z(r->arena, name), clean_line(r->arena, value));
    }
}

// --- tags ------------------------------------------------------------------------------

static void put_start(struct rebuild *r, const struct allow_element *e, const struct token *t)
{
    buf_char(&r->out, '<');
    buf_put(&r->out, written_name(e));
    put_attributes(r, e, t);
    buf_char(&r->out, '>');
    r->elements++;
    if ((e->flags & ALLOW_VOID) == 0)
        r->open[r->depth++] = e;
}

// A cell stands in a row, and a row in a table; without a table there is nothing to divide.
static bool has_place(struct rebuild *r, const struct allow_element *e)
{
    static const struct token none = {.kind = TOKEN_START};
    if ((e->flags & ALLOW_PART) == 0)
        return true;
    if (find_open(r, ALLOW_TABLE, 0) < 0)
        return false;
    if ((e->flags & ALLOW_CELL) != 0 && find_open(r, ALLOW_ROW, ALLOW_TABLE) < 0)
        put_start(r, allow_element(S("tr")), &none);
    return true;
}

static void start(struct rebuild *r, const struct token *t)
{
    const struct allow_element *e = allow_element(t->name);
    if (e == NULL)
        return;
    close_before(r, e);
    if (r->elements >= LIMIT_HTML_ELEMENTS || r->depth + 2 > LIMIT_HTML_DEPTH) {
        r->result.cut = true;    // W3
        return;
    }
    if (has_place(r, e))
        put_start(r, e, t);
}

// The open element that this end tag ends, or -1.  An inline element cannot end the blocks
// inside it, but a paragraph may have been forgotten.
static int find_begun(const struct rebuild *r, const struct allow_element *e)
{
    int barriers = (e->flags & ALLOW_TABLE) != 0   ? 0
                   : (e->flags & ALLOW_PART) != 0  ? ALLOW_TABLE
                   : (e->flags & ALLOW_BLOCK) != 0 ? CELLS
                                                   : ALLOW_BLOCK | ALLOW_PART;
    for (int i = r->depth - 1; i >= 0; i--) {
        if (r->open[i] == e)
            return i;
        bool forgotten = (r->open[i]->flags & ALLOW_P) != 0;
        if ((r->open[i]->flags & barriers) != 0 && !forgotten)
            return -1;
    }
    return -1;
}

static void stop(struct rebuild *r, const struct token *t)
{
    const struct allow_element *e = allow_element(t->name);
    if (e == NULL || (e->flags & ALLOW_VOID) != 0)
        return;
    int at = find_begun(r, e);
    if (at >= 0)
        close_down_to(r, at);
}

static void put_token(struct rebuild *r, const struct token *t)
{
    switch (t->kind) {
    case TOKEN_TEXT:
        put_text(r, t->text);
        break;
    case TOKEN_START:
        start(r, t);
        break;
    case TOKEN_STOP:
        stop(r, t);
        break;
    }
}

struct html_result html_rebuild(struct arena *a, str html, const struct html_how *how)
{
    struct rebuild *r = make(a, struct rebuild, 1);
    struct token *t = make(a, struct token, 1);
    *r = (struct rebuild){.arena = a, .how = how, .result.cut = html.n > LIMIT_HTML_BYTES};
    html = clean_text(a, str_head(html, LIMIT_HTML_BYTES));
    r->open = make(a, const struct allow_element *, LIMIT_HTML_DEPTH);
    r->out = buf_new(a, html.n + html.n / 4 + 64);
    struct token_reader reader = {a, html};
    while (token_next(&reader, t) && !is_full(r))
        put_token(r, t);
    close_down_to(r, 0);
    r->result.html = buf_str(&r->out);
    return r->result;
}
