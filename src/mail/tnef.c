// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/tnef.h"

#include "base/buf.h"
#include "base/limits.h"
#include "mail/charset.h"
#include "mail/rtf.h"

enum { SIGNATURE = 0x223e9f78 };

enum attribute {    // MS-OXTNEF 2.1.3.2, without their types
    BODY = 0x800c,
    ATTACH_DATA = 0x800f,
    ATTACH_TITLE = 0x8010,
    ATTACH_BEGIN = 0x9002,
    MESSAGE_PROPERTIES = 0x9003,
    ATTACH_PROPERTIES = 0x9005,
    CODE_PAGE = 0x9007,
};

enum property {    // MS-OXPROPS
    P_BODY = 0x1000,
    P_RTF = 0x1009,
    P_HTML = 0x1013,
    P_DATA = 0x3701,
    P_NAME = 0x3704,
    P_LONG_NAME = 0x3707,
    P_TYPE = 0x370e,
    P_CONTENT_ID = 0x3712,
};

enum type {
    T_OBJECT = 0x0d,
    T_STRING = 0x1e,
    T_UNICODE = 0x1f,
    T_CLASS = 0x48,
    T_BINARY = 0x102,
    T_SEVERAL = 0x1000,
};

// F4: what was given already, of the message and of the last file.
enum given { PLAIN = 1, RTF = 2, LONG_NAME = 4, NAME = 8, TYPE = 16, CONTENT_ID = 32 };

struct reader {
    struct arena *arena;
    struct tnef *out;
    str charset;    // of what is not Unicode
    isize room;
    unsigned given;
};

static bool is_first(struct reader *r, enum given what)
{
    bool first = (r->given & what) == 0;
    r->given |= what;
    return first;
}

// --- bytes -----------------------------------------------------------------------------

// Little endian.  Takes nothing off and gives 0 where there is not enough; *ok tells.
static uint32_t take_int(str *s, isize size, bool *ok)
{
    uint32_t n = 0;
    if (s->n < size) {
        *ok = false;
        return 0;
    }
    for (isize i = size; i > 0; i--)
        n = n << 8 | (unsigned char)s->p[i - 1];
    *s = str_cut(*s, size);
    return n;
}

static str take_bytes(str *s, isize size, bool *ok)
{
    if (size < 0 || s->n < size) {
        *ok = false;
        return (str){0};
    }
    str taken = {s->p, size};
    *s = str_cut(*s, size);
    return taken;
}

// Values are filled up to four bytes; the last one may lack them.
static void skip_padding(str *s, isize size)
{
    isize rest = (4 - size % 4) % 4;
    *s = str_cut(*s, rest < s->n ? rest : s->n);
}

// --- strings ---------------------------------------------------------------------------

static str without_zero(str s)
{
    const char *end = s.n == 0 ? NULL : memchr(s.p, 0, (size_t)s.n);
    return (str){s.p, end == NULL ? s.n : end - s.p};
}

static str string(struct reader *r, int type, str value)
{
    if (type == T_UNICODE)
        return charset_to_utf8(r->arena, value, S("utf-16le"));
    return charset_to_utf8(r->arena, without_zero(value), r->charset);
}

static void read_code_page(struct reader *r, str value)
{
    bool ok = true;
    uint32_t n = take_int(&value, 4, &ok);
    r->charset = n == 65001 ? S("utf-8") : arena_fmt(r->arena, "cp%u", n);
}

// --- properties ------------------------------------------------------------------------

static isize fixed_size(int type)
{
    switch (type) {
    case 0x02:    // short
    case 0x03:    // long
    case 0x04:    // float
    case 0x0a:    // error
    case 0x0b:    // boolean
        return 4;
    case 0x05:    // double
    case 0x06:    // currency
    case 0x07:    // time of an application
    case 0x14:    // 64 bits
    case 0x40:    // time
        return 8;
    case T_CLASS:
        return 16;
    default:
        return 0;
    }
}

static bool is_variable(int type)
{
    return type == T_OBJECT || type == T_STRING || type == T_UNICODE || type == T_BINARY;
}

// The name of a property of somebody's own: of no interest, but it has a length.
static void skip_name(str *s, bool *ok)
{
    take_bytes(s, 16, ok);
    if (take_int(s, 4, ok) == 0) {
        take_int(s, 4, ok);
        return;
    }
    isize n = take_int(s, 4, ok);
    take_bytes(s, n, ok);
    skip_padding(s, n);
}

// The first of its values; the others are skipped.
static str take_value(str *s, int type, bool *ok)
{
    bool several = (type & T_SEVERAL) != 0;
    int single = type & ~T_SEVERAL;
    uint32_t n = several || is_variable(single) ? take_int(s, 4, ok) : 1;
    str first = {0};
    *ok &= is_variable(single) || fixed_size(single) > 0;
    for (uint32_t i = 0; i < n && *ok; i++) {
        isize size = is_variable(single) ? take_int(s, 4, ok) : fixed_size(single);
        str value = take_bytes(s, size, ok);
        skip_padding(s, size);
        first = i == 0 ? value : first;
    }
    return first;
}

static void message_property(struct reader *r, int type, int id, str value)
{
    if (id == P_BODY && (type == T_STRING || type == T_UNICODE) && is_first(r, PLAIN))
        r->out->plain = string(r, type, value);
    else if (id == P_HTML)
        r->out->html = value;
    else if (id == P_RTF && type == T_BINARY && is_first(r, RTF))
        r->out->rtf = rtf_uncompress(r->arena, value);
}

static void file_property(struct reader *r, struct tnef_file *f, int type, int id, str value)
{
    if (id == P_DATA && (type == T_BINARY || type == T_OBJECT))
        f->bytes = value;    // of an object: with the name of its interface in front
    else if (type != T_STRING && type != T_UNICODE)
        return;
    else if (id == P_LONG_NAME && is_first(r, LONG_NAME))
        f->name = string(r, type, value);
    else if (id == P_NAME && f->name.n == 0 && is_first(r, NAME))
        f->name = string(r, type, value);
    else if (id == P_TYPE && is_first(r, TYPE))
        f->type = string(r, type, value);
    else if (id == P_CONTENT_ID && is_first(r, CONTENT_ID))
        f->content_id = string(r, type, value);
}

static void read_properties(struct reader *r, str s, struct tnef_file *f)
{
    bool ok = true;
    uint32_t n = take_int(&s, 4, &ok);
    for (uint32_t i = 0; i < n && ok; i++) {
        int type = (int)take_int(&s, 2, &ok), id = (int)take_int(&s, 2, &ok);
        if (id >= 0x8000)
            skip_name(&s, &ok);
        str value = take_value(&s, type, &ok);
        if (!ok)
            return;    // F3
        if (f == NULL)
            message_property(r, type, id, value);
        else
            file_property(r, f, type, id, value);
    }
}

// --- attributes ------------------------------------------------------------------------

static void add_file(struct reader *r)
{
    struct tnef *t = r->out;
    if (t->files == r->room) {
        r->room = r->room * 2 + 4;
        struct tnef_file *more = make(r->arena, struct tnef_file, r->room);
        if (t->files > 0)
            memcpy(more, t->file, (size_t)t->files * sizeof *more);
        t->file = more;
    }
    t->files++;
    r->given &= PLAIN | RTF;
}

static void file_attribute(struct reader *r, int id, str value)
{
    if (id == ATTACH_BEGIN && r->out->files < LIMIT_MAIL_PARTS)
        add_file(r);
    if (r->out->files == 0)
        return;
    struct tnef_file *f = &r->out->file[r->out->files - 1];
    if (id == ATTACH_TITLE && f->name.n == 0)
        f->name = string(r, T_STRING, value);
    else if (id == ATTACH_DATA)
        f->bytes = value;
    else if (id == ATTACH_PROPERTIES)
        read_properties(r, value, f);
}

static void read_attribute(struct reader *r, int id, str value)
{
    if (id == CODE_PAGE)
        read_code_page(r, value);
    else if (id == BODY && r->out->plain.n == 0)
        r->out->plain = string(r, T_STRING, value);
    else if (id == MESSAGE_PROPERTIES)
        read_properties(r, value, NULL);
    else
        file_attribute(r, id, value);
}

bool tnef_read(struct arena *a, str bytes, struct tnef *out)
{
    bool ok = true;
    struct tnef t = {0};
    struct reader r = {.arena = a, .out = &t};
    if (take_int(&bytes, 4, &ok) != SIGNATURE)
        return false;
    take_int(&bytes, 2, &ok);
    while (ok && bytes.n > 0) {
        uint32_t level = take_int(&bytes, 1, &ok), id = take_int(&bytes, 4, &ok);
        str value = take_bytes(&bytes, take_int(&bytes, 4, &ok), &ok);
        if (!ok || level < 1 || level > 2)
            break;    // F3
        read_attribute(&r, (int)(id & 0xffff), value);
        take_int(&bytes, 2, &ok);    // a sum of the bytes; Outlook itself does not look at it
    }
    if (t.files == 0 && t.plain.n == 0 && t.html.n == 0 && t.rtf.n == 0)
        return false;
    *out = t;
    return true;
}
