// SPDX-License-Identifier: GPL-3.0-or-later
#include "message/attachment.h"

#include "base/buf.h"
#include "message.sql.h"

enum { NAME_BYTES = 200, TYPE_BYTES = 127, ENDING_BYTES = 16 };

// "fdp.exe" could be shown as "exe.pdf".
isize attachment_turning(str s)
{
    static const char *const mark[] = {
        "\u200e", "\u200f", "\u061c", "\u202a", "\u202b", "\u202c", "\u202d",
        "\u202e", "\u2028", "\u2029", "\u2066", "\u2067", "\u2068", "\u2069",
        "\xc2\x85", "\u00ad",  "\u200b", "\u2060", "\ufeff",
    };
    for (isize i = 0; i < countof(mark); i++)
        if (str_starts(s, str_from_z(mark[i])))
            return (isize)strlen(mark[i]);
    return 0;
}

static str last_part(str s)
{
    isize from = s.n;
    while (from > 0 && s.p[from - 1] != '/' && s.p[from - 1] != '\\')
        from--;
    return str_cut(s, from);
}

// Too long a name keeps its ending, which says what it is.
static str shortened(struct arena *a, str s)
{
    if (s.n <= NAME_BYTES)
        return s;
    isize dot = s.n;
    while (dot > 0 && s.p[dot - 1] != '.')
        dot--;
    str ending = dot > 0 && s.n - dot < ENDING_BYTES ? str_cut(s, dot - 1) : S("");
    return arena_join(a, str_head(s, NAME_BYTES - ending.n), ending);
}

str attachment_name(struct arena *a, str given)
{
    struct buf b = buf_new(a, given.n);
    while (given.n > 0) {
        isize n = attachment_turning(given);
        unsigned char c = (unsigned char)given.p[0];
        if (n == 0 && c >= ' ' && c != 0x7f)
            buf_char(&b, given.p[0]);
        given = str_cut(given, n > 0 ? n : 1);
    }
    str name = str_trim(last_part(buf_str(&b)));
    while (name.n > 0 && name.p[0] == '.')
        name = str_trim(str_cut(name, 1));
    return name.n == 0 ? S("Anhang") : shortened(a, name);
}

static str type_of(str given)
{
    bool plain = given.n > 0 && given.n <= TYPE_BYTES;
    for (isize i = 0; i < given.n; i++)
        plain &= given.p[i] > ' ' && given.p[i] < 0x7f;
    return plain ? given : S("application/octet-stream");
}

enum err attachment_add(struct ctx *cx, ticket_id ticket, message_id message,
                        const struct attachment_new *a)
{
    return q_attachment_insert(cx, ticket, message, attachment_name(cx->arena, a->name),
                               type_of(a->type), a->blob.size, a->blob.sha256, a->embedded);
}

enum err attachment_list(struct ctx *cx, ticket_id ticket, struct attachment **out, isize *n)
{
    struct q_attachment_list *row;
    TRY(q_attachment_list(cx, ticket, &row, n));
    *out = make(cx->arena, struct attachment, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] =
            (struct attachment){row[i].id,   row[i].message,  row[i].name,
                                row[i].type, row[i].embedded, {row[i].sha256, row[i].size}};
    return OK;
}

enum err attachment_load(struct ctx *cx, int64_t id, struct attachment *out)
{
    struct q_attachment_row r;
    TRY(q_attachment_row(cx, id, &r));
    *out = (struct attachment){id, r.message, r.name, r.type, r.embedded, {r.sha256, r.size}};
    return OK;
}
