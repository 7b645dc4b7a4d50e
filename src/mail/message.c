// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/message.h"

#include "base/buf.h"
#include "base/limits.h"
#include "mail/address.h"
#include "mail/auto.h"
#include "mail/bounce.h"
#include "mail/guard.h"
#include "mail/header.h"
#include "mail/parts.h"

#include <gmime/gmime.h>

void mail_start(void)
{
    static const char *const mails[] = {"rfc822", "rfc2822", "global", "news"};
    g_mime_init();
    GMimeObject *inside = g_mime_object_new_type(NULL, "message", "rfc822");
    bool again = !GMIME_IS_MESSAGE_PART(inside);
    g_object_unref(inside);
    for (isize i = 0; i < countof(mails) && !again; i++)    // M5: a mail inside is not opened
        g_mime_object_register_type("message", mails[i], GMIME_TYPE_PART);
}

str mail_field(const struct mail *m, str name)
{
    for (isize i = 0; i < m->fields; i++)
        if (str_eq_nocase(m->field[i].name, name))
            return m->field[i].value;
    return (str){0};
}

// --- before parsing --------------------------------------------------------------------

// A mail from an old Macintosh has CR alone at its line ends.
static str with_line_feeds(struct arena *a, str s)
{
    const char *cr = memchr(s.p, '\r', (size_t)s.n);
    if (cr == NULL || memchr(s.p, '\n', (size_t)s.n) != NULL)
        return s;
    s = arena_str(a, s);
    for (isize i = 0; i < s.n; i++)
        if (s.p[i] == '\r')
            ((char *)(uintptr_t)s.p)[i] = '\n';    // our own copy
    return s;
}

static bool is_field_line(str line)
{
    isize n = 0;
    while (n < line.n && line.p[n] > ' ' && line.p[n] < 127 && line.p[n] != ':')
        n++;
    isize name = n;
    while (n < line.n && (line.p[n] == ' ' || line.p[n] == '\t'))
        n++;
    return name > 0 && n < line.n && line.p[n] == ':';
}

// Some relays and archives put a line in front: "From x Mon ..." of an mbox, an empty one.
static str from_first_field(str s)
{
    for (int i = 0; i < 5 && s.n > 0; i++) {
        str rest = s;
        if (is_field_line(str_token(&rest, '\n')))
            return s;
        s = rest;
    }
    return (str){0};
}

static fallible make_ready(struct ctx *cx, str *bytes)
{
    if (bytes->n > LIMIT_MAIL_BYTES)
        return fail(cx, ERR_INVALID, "The mail is larger than %d MiB.",
                    "Die Mail ist größer als %d MiB.", (int)(LIMIT_MAIL_BYTES >> 20));
    str s = bytes->n == 0 ? *bytes : with_line_feeds(cx->arena, *bytes);
    if (str_starts(s, S("\xef\xbb\xbf")))
        s = str_cut(s, 3);
    s = from_first_field(s);
    if (s.n == 0)
        return fail(cx, ERR_INVALID, "This is not a mail: it has no header.",
                    "Das ist keine Mail: Sie hat keinen Kopf.");
    *bytes = s;
    return guard_check(cx, bytes);
}

// --- header ----------------------------------------------------------------------------

static str raw_of(GMimeHeader *h)
{
    return str_from_z(g_mime_header_get_raw_value(h));
}

static void read_fields(struct arena *a, GMimeObject *root, struct mail *m)
{
    GMimeHeaderList *list = g_mime_object_get_header_list(root);
    int n = g_mime_header_list_get_count(list);
    m->field = make(a, struct mail_field, n);
    for (int i = 0; i < n; i++) {
        GMimeHeader *h = g_mime_header_list_get_header_at(list, i);
        str name = header_unfold(a, str_from_z(g_mime_header_get_name(h)));
        m->field[m->fields++] = (struct mail_field){name, header_unfold(a, raw_of(h))};
    }
}

// The raw values of all fields of that name, joined: two To fields are one list.
static str raw_field(struct arena *a, GMimeObject *root, const char *name)
{
    GMimeHeaderList *list = g_mime_object_get_header_list(root);
    int n = g_mime_header_list_get_count(list);
    struct buf all = buf_new(a, 256);
    for (int i = 0; i < n; i++) {
        GMimeHeader *h = g_mime_header_list_get_header_at(list, i);
        if (!str_eq_nocase(str_from_z(g_mime_header_get_name(h)), str_from_z(name)))
            continue;
        buf_put(&all, all.n > 0 ? S(", ") : S(""));
        buf_put(&all, raw_of(h));
    }
    return buf_str(&all);
}

static struct mail_address first_of(struct mail_addresses list)
{
    return list.n > 0 ? list.p[0] : (struct mail_address){0};
}

static str raw_first(GMimeObject *root, const char *name)
{
    GMimeHeaderList *list = g_mime_object_get_header_list(root);
    GMimeHeader *h = g_mime_header_list_get_header(list, name);
    return h == NULL ? (str){0} : raw_of(h);
}

static void read_addresses(struct arena *a, GMimeObject *root, struct mail *m)
{
    m->from = first_of(address_list(a, raw_field(a, root, "From")));
    m->sender = first_of(address_list(a, raw_field(a, root, "Sender")));
    m->reply_to = address_list(a, raw_field(a, root, "Reply-To"));
    m->to = address_list(a, raw_field(a, root, "To"));
    m->cc = address_list(a, raw_field(a, root, "Cc"));
}

// Sendmail writes the empty path with its own name.
static bool is_nobody(str path)
{
    return str_eq(path, S("<>")) || str_eq_nocase(str_head(path, 14), S("<MAILER-DAEMON"));
}

static void read_header(struct arena *a, GMimeObject *root, struct mail *m)
{
    read_fields(a, root, m);
    read_addresses(a, root, m);
    m->subject = header_text(a, raw_first(root, "Subject"));
    m->date = header_date(a, raw_first(root, "Date"));
    struct mail_ids id = header_ids(a, raw_first(root, "Message-ID"));
    m->message_id = id.n > 0 ? id.p[0] : (str){0};
    m->in_reply_to = header_ids(a, raw_first(root, "In-Reply-To"));
    m->references = header_ids(a, raw_first(root, "References"));
    m->return_path_empty = is_nobody(mail_field(m, S("Return-Path")));
    for (isize i = 0; i < m->fields; i++)
        m->received += str_eq_nocase(m->field[i].name, S("Received"));
}

// --- the whole -------------------------------------------------------------------------

// GMime reads our bytes where they are; contents of parts are found in them by offset.
static GMimeObject *parse(str bytes)
{
    GByteArray array = {(guint8 *)(uintptr_t)bytes.p, (guint)bytes.n};    // only read
    GMimeStream *stream = g_mime_stream_mem_new();
    g_mime_stream_mem_set_byte_array(GMIME_STREAM_MEM(stream), &array);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    g_mime_parser_set_persist_stream(parser, TRUE);
    GMimeObject *root = g_mime_parser_construct_part(parser, NULL);
    g_object_unref(parser);
    g_object_unref(stream);
    return root;
}

enum err mail_parse(struct ctx *cx, str bytes, struct mail *out)
{
    TRY(make_ready(cx, &bytes));
    GMimeObject *root = parse(bytes);
    if (root == NULL)
        return fail(cx, ERR_INVALID, "This is not a mail: its header cannot be read.",
                    "Das ist keine Mail: Ihr Kopf ist nicht lesbar.");
    struct mail m = {0};
    read_header(cx->arena, root, &m);
    struct bounce_parts report = {0};
    enum err err = parts_read(cx, root, bytes, &m, &report);
    g_object_unref(root);
    TRY(err);
    auto_judge(&m);
    bounce_read(cx->arena, &report, &m);
    *out = m;
    return OK;
}
