// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/address.h"

#include "base/buf.h"
#include "mail/charset.h"
#include "mail/clean.h"
#include "mail/words.h"

enum {
    ADDRESS_MOST = 320,    // bytes; RFC 5321 allows 64 + 1 + 255
    NAME_MOST = 500,       // more than one name has, even with words left over from before
};

struct reader {
    struct arena *arena;
    str rest;
    struct mail_addresses list;
    isize room;
    struct buf name;       // of this element, quotes removed
    struct buf bare;       // since the last comma, as it stands: perhaps an address
    struct buf angle;      // between < and >
    struct buf comment;    // becomes the name if there is no other
    bool has_angle;
    isize name_end;    // of what stood in front of the angle
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void begin_element(struct reader *r)
{
    r->name.n = r->bare.n = r->angle.n = r->comment.n = 0;
    r->has_angle = false;
}

static bool is_address(str s)
{
    isize at = s.n;
    while (at > 0 && s.p[at - 1] != '@')
        at--;
    return at > 1 && at < s.n && s.n <= ADDRESS_MOST;
}

static void add(struct reader *r, str address, str name)
{
    address = clean_name(r->arena, address);
    if (!is_address(address))
        return;    // H3
    if (r->list.n == r->room) {
        struct mail_address *more = make(r->arena, struct mail_address, r->room * 2 + 4);
        if (r->list.n > 0)
            memcpy(more, r->list.p, (size_t)r->list.n * sizeof *more);
        r->list.p = more;
        r->room = r->room * 2 + 4;
    }
    name = clean_name(r->arena, words_decode(r->arena, name));
    r->list.p[r->list.n++] = (struct mail_address){name, address};
}

// "Max max@example.org": the word around the last @, whose first half may be in quotes.
static str word_with_at(str s)
{
    isize at = s.n;
    while (at > 0 && s.p[at - 1] != '@')
        at--;
    isize from = at - 1, to = at;
    bool quoted = from > 1 && s.p[from - 1] == '"';
    if (quoted)
        from--;
    while (from > 0 && (quoted ? s.p[from - 1] != '"' : !is_blank(s.p[from - 1])))
        from--;
    if (quoted && from > 0)
        from--;
    while (to < s.n && !is_blank(s.p[to]))
        to++;
    return (str){s.p + from, to - from};
}

// True when an address was found, so that a new element begins.
static bool end_element(struct reader *r)
{
    str comment = buf_str(&r->comment);
    if (r->has_angle) {
        str name = str_trim((str){r->name.p, r->name_end});
        add(r, str_trim(buf_str(&r->angle)), name.n > 0 ? name : comment);
        return true;
    }
    str bare = buf_str(&r->bare);
    if (str_find(bare, S("@")) < 0)
        return false;
    add(r, word_with_at(bare), comment);
    return true;
}

// H6: without an address yet, the comma may stand in a name.
static void take_comma(struct reader *r)
{
    if (end_element(r) || r->name.n > NAME_MOST) {
        begin_element(r);
        return;
    }
    r->bare.n = 0;
    if (r->name.n > 0)
        buf_char(&r->name, ',');
}

static char next(struct reader *r)
{
    char c = r->rest.p[0];
    r->rest = str_cut(r->rest, 1);
    return c;
}

static void take_quoted(struct reader *r, struct buf *raw)
{
    buf_char(raw, '"');
    while (r->rest.n > 0) {
        char c = next(r);
        bool escaped = c == '\\' && r->rest.n > 0;
        if (escaped)
            c = next(r);
        if (c == '"' && !escaped)
            break;
        buf_char(&r->name, c);
        buf_char(raw, c);
    }
    buf_char(raw, '"');
}

static void take_comment(struct reader *r)
{
    r->comment.n = 0;
    for (int depth = 1; r->rest.n > 0;) {
        char c = next(r);
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (depth == 0)
            return;
        if (c == '\\' && r->rest.n > 0)
            c = next(r);
        buf_char(&r->comment, c);
    }
}

// From '<' to '>'; one that is never closed ends with its element.
static void take_angle(struct reader *r)
{
    if (r->has_angle) {    // "A <a@x> B <b@x>": a comma was forgotten
        str next_name = arena_str(r->arena, str_cut(buf_str(&r->name), r->name_end));
        end_element(r);
        begin_element(r);
        buf_put(&r->name, next_name);
    }
    r->has_angle = true;
    r->name_end = r->name.n;
    while (r->rest.n > 0 && r->rest.p[0] != ',' && r->rest.p[0] != ';') {
        char c = next(r);
        if (c == '>')
            break;
        if (c == '<' || (c == ':' && r->angle.n > 0 && r->angle.p[0] == '@'))
            r->angle.n = 0;    // "<<a@x>>"; "<@relay:a@x>"
        else if (c == '"')
            take_quoted(r, &r->angle);
        else if (!is_blank(c))
            buf_char(&r->angle, c);
    }
    r->name.n = r->name_end;
    while (r->rest.n > 0 && r->rest.p[0] == '>')
        next(r);
}

// "[IPv6:::1]": its colons begin no group.
static void take_literal(struct reader *r)
{
    buf_char(&r->bare, '[');
    buf_char(&r->name, '[');
    while (r->rest.n > 0 && r->rest.p[0] != ',' && r->rest.p[0] != '<') {
        char c = next(r);
        buf_char(&r->bare, c);
        buf_char(&r->name, c);
        if (c == ']')
            return;
    }
}

static void take(struct reader *r, char c)
{
    switch (c) {
    case ',':
        take_comma(r);
        return;
    case ';':
        end_element(r);
        begin_element(r);
        return;
    case ':':    // the name of a group ends here
        begin_element(r);
        return;
    case '"':
        take_quoted(r, &r->bare);
        return;
    case '(':
        take_comment(r);
        return;
    case '<':
        take_angle(r);
        return;
    case '[':
        take_literal(r);
        return;
    default:
        buf_char(&r->name, c);
        buf_char(&r->bare, c);
    }
}

struct mail_addresses address_list(struct arena *a, str raw)
{
    raw = charset_to_utf8(a, raw, S(""));
    struct reader r = {.arena = a, .rest = raw};
    r.name = buf_new(a, 256);
    r.bare = buf_new(a, 256);
    r.angle = buf_new(a, 256);
    r.comment = buf_new(a, 256);
    while (r.rest.n > 0)
        take(&r, next(&r));
    end_element(&r);
    return r.list;
}
