// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/parts.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/secret.h"
#include "mail/charset.h"
#include "mail/clean.h"
#include "mail/flowed.h"
#include "mail/header.h"
#include "mail/html_text.h"
#include "mail/rtf.h"
#include "mail/tnef.h"

#include <gmime/gmime.h>

// A piece of the body: one text, or the plain and the HTML form of the same.
struct block {
    int group;    // the outermost multipart/alternative it stands in, or 0
    struct buf plain, html;
    struct block *next;
};

struct place {
    GMimeMultipart *multipart;
    int next;    // which child comes next
    int group;
    bool is_related;
};

struct walk {
    struct ctx *cx;
    struct mail *m;
    str bytes;
    struct place *stack;    // MAIL_DEPTH of them
    int depth;
    int groups;
    isize nodes, leaves;
    isize room;         // for attachments
    isize text_left;    // bytes that may still become text
    struct block *first, **end;
    struct bounce_parts report;
    struct tnef tnef;    // the last winmail.dat
};

// One leaf, with what its headers say.
struct leaf {
    GMimePart *part;
    str bytes;    // decoded
    str type, charset, name, disposition;
    int group;
    bool is_related;
};

static str of_z(struct walk *w, const char *z)
{
    return charset_to_utf8(w->cx->arena, str_from_z(z), S(""));
}

static fallible too_deep(struct walk *w)
{
    return fail(w->cx, ERR_INVALID, "The parts of the mail are nested too deeply (over %d).",
                "Die Teile der Mail sind zu tief verschachtelt (über %d).",
                (int)LIMIT_MAIL_DEPTH);
}

static fallible too_many(struct walk *w)
{
    return fail(w->cx, ERR_INVALID, "The mail has too many parts (more than %d).",
                "Die Mail hat zu viele Teile (mehr als %d).", (int)LIMIT_MAIL_PARTS);
}

// --- bytes of a part -------------------------------------------------------------------

// GMime parsed our own bytes and remembers where each part stands in them.
static str raw_content(struct walk *w, GMimePart *part)
{
    GMimeDataWrapper *content = g_mime_part_get_content(part);
    GMimeStream *stream = content == NULL ? NULL : g_mime_data_wrapper_get_stream(content);
    if (stream == NULL || stream->bound_start < 0)
        return (str){0};
    isize from = stream->bound_start;
    isize to = stream->bound_end < 0 ? w->bytes.n : stream->bound_end;
    if (from > to || to > w->bytes.n)
        return (str){0};
    return (str){w->bytes.p + from, to - from};
}

// GMime's decoder wants to begin after the line "begin 644 name".
static str after_begin(str raw)
{
    for (str rest = raw; rest.n > 0;)
        if (str_starts(str_token(&rest, '\n'), S("begin ")))
            return rest;
    return raw;
}

static str decoded(struct walk *w, GMimePart *part)
{
    str raw = raw_content(w, part);
    GMimeContentEncoding how = g_mime_part_get_content_encoding(part);
    if (how == GMIME_CONTENT_ENCODING_UUENCODE)
        raw = after_begin(raw);
    if (how != GMIME_CONTENT_ENCODING_BASE64 && how != GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE
        && how != GMIME_CONTENT_ENCODING_UUENCODE)
        return raw;
    GMimeEncoding state;
    g_mime_encoding_init_decode(&state, how);
    isize room = (isize)g_mime_encoding_outlen(&state, (size_t)raw.n) + 64;
    char *p = make(w->cx->arena, char, room);
    size_t n = raw.n == 0 ? 0 : g_mime_encoding_flush(&state, raw.p, (size_t)raw.n, p);
    return (str){p, (isize)n};
}

// --- what a leaf says of itself ---------------------------------------------------------

static const char *parameter(const struct leaf *l, const char *name)
{
    const char *z = g_mime_object_get_content_type_parameter((GMimeObject *)l->part, name);
    return z == NULL ? "" : z;
}

static bool parameter_is(const struct leaf *l, const char *name, str value)
{
    return str_eq_nocase(str_from_z(parameter(l, name)), value);
}

// --- attachments -----------------------------------------------------------------------

// clang-format off
static const struct { const char *type, *ending; } endings[] = {
    {"application/pdf", ".pdf"}, {"image/png", ".png"}, {"image/jpeg", ".jpg"},
    {"image/gif", ".gif"}, {"image/webp", ".webp"}, {"text/plain", ".txt"},
    {"text/html", ".html"}, {"text/calendar", ".ics"}, {"text/csv", ".csv"},
    {"text/x-vcard", ".vcf"}, {"text/vcard", ".vcf"}, {"text/rfc822-headers", ".txt"},
    {"message/rfc822", ".eml"}, {"message/", ".eml"},
    {"application/zip", ".zip"}, {"application/pgp-signature", ".asc"},
    {"application/pgp-encrypted", ".asc"}, {"application/pkcs7-signature", ".p7s"},
    {"application/pkcs7-mime", ".p7m"}, {"application/ms-tnef", ".dat"}, {"text/", ".txt"},
};
// clang-format on

static str ending_of(str type)
{
    for (isize i = 0; i < countof(endings); i++)
        if (str_starts(type, str_from_z(endings[i].type)))
            return str_from_z(endings[i].ending);
    return S(".bin");
}

static bool is_mail(const struct leaf *l)
{
    return str_eq(l->type, S("message/rfc822")) || str_eq(l->type, S("message/global"))
           || str_eq(l->type, S("message/rfc2822")) || str_eq(l->type, S("message/news"));
}

// M5
static str name_of_mail(struct walk *w, str bytes)
{
    str subject = header_text(w->cx->arena, header_find(bytes, S("Subject")));
    str name = clean_file_name(w->cx->arena, subject);
    return name.n == 0 ? name : arena_fmt(w->cx->arena, STR_FMT ".eml", STR_ARG(name));
}

static str name_of(struct walk *w, const struct leaf *l)
{
    str name = clean_file_name(w->cx->arena, l->name);
    if (name.n == 0 && is_mail(l))
        name = name_of_mail(w, l->bytes);
    if (name.n > 0)
        return name;
    if (str_starts(l->type, S("message/")) && !is_mail(l))    // "delivery-status.txt"
        return arena_fmt(w->cx->arena, STR_FMT ".txt", STR_ARG(str_cut(l->type, 8)));
    const char *kind = str_starts(l->type, S("image/")) ? "image"
                       : is_mail(l)                     ? "mail"
                                                        : "part";
    return arena_fmt(w->cx->arena, "%s-%d" STR_FMT, kind, (int)w->m->attachments + 1,
                     STR_ARG(ending_of(l->type)));
}

static struct mail_part *add_attachment(struct walk *w)
{
    struct mail *m = w->m;
    if (m->attachments == w->room) {
        isize room = w->room * 2 + 4;
        struct mail_part *more = make(w->cx->arena, struct mail_part, room);
        if (m->attachments > 0)
            memcpy(more, m->attachment, (size_t)m->attachments * sizeof *more);
        m->attachment = more;
        w->room = room;
    }
    return &m->attachment[m->attachments++];
}

static void note_report(struct walk *w, const struct leaf *l)
{
    static const char *const reports[] = {"delivery-status", "feedback-report",
                                          "disposition-notification"};
    for (isize i = 0; i < countof(reports); i++)
        if (str_starts(l->type, S("message/"))
            && str_eq(str_cut(l->type, 8), str_from_z(reports[i])))
            w->m->report = str_from_z(reports[i]);
    bool reads_so = str_eq(l->type, S("message/disposition-notification"));    // RFC 5429
    if (str_eq(l->type, S("message/delivery-status")) || reads_so)
        w->report.delivery = l->bytes;
    if (str_eq(l->type, S("message/feedback-report")))
        w->report.feedback = l->bytes;
    if (w->report.returned.n == 0 && (is_mail(l) || str_eq(l->type, S("text/rfc822-headers"))))
        w->report.returned = l->bytes;
}

static bool is_tnef(const struct leaf *l)
{
    return str_eq(l->type, S("application/ms-tnef"))
           || str_eq(l->type, S("application/vnd.ms-tnef"))
           || str_eq_nocase(l->name, S("winmail.dat"));
}

static str type_of_name(str name)
{
    for (isize i = 0; i < countof(endings); i++)
        if (str_ends(name, str_from_z(endings[i].ending))
            && strchr(endings[i].type, '/')[1] != 0)
            return str_from_z(endings[i].type);
    return S("application/octet-stream");
}

static void add_file(struct walk *w, str name, str type, str id, str bytes)
{
    struct arena *a = w->cx->arena;
    name = clean_file_name(a, name);
    if (name.n == 0)
        name = arena_fmt(a, "part-%d.bin", (int)w->m->attachments + 1);
    type = arena_lower(a, clean_line(a, type));
    str sha256 = secret_hash(a, bytes);
    *add_attachment(w) = (struct mail_part){
        .name = name,
        .type = type.n > 0 && type.n < 100 ? type : type_of_name(arena_lower(a, name)),
        .bytes = bytes,
        .sha256 = sha256,
        .content_id = clean_line(a, id),
        .is_inline = id.n > 0,
    };
}

static void take_tnef(struct walk *w)
{
    for (isize i = 0; i < w->tnef.files && w->m->attachments < LIMIT_MAIL_PARTS; i++) {
        const struct tnef_file *f = &w->tnef.file[i];
        add_file(w, f->name, f->type, f->content_id, f->bytes);
    }
}

static void take_attachment(struct walk *w, const struct leaf *l)
{
    if (is_tnef(l) && tnef_read(w->cx->arena, l->bytes, &w->tnef)) {
        take_tnef(w);    // P7
        return;
    }
    str id = clean_line(w->cx->arena, of_z(w, g_mime_part_get_content_id(l->part)));
    bool refers = id.n > 0 && l->is_related && l->disposition.n == 0;
    str name = name_of(w, l);
    *add_attachment(w) = (struct mail_part){
        .name = name,
        .type = l->type,
        .bytes = l->bytes,
        .sha256 = secret_hash(w->cx->arena, l->bytes),
        .content_id = id,
        .is_inline = str_eq(l->disposition, S("inline")) || refers,
        .is_mail = is_mail(l),
    };
    note_report(w, l);
}

// --- texts -----------------------------------------------------------------------------

static struct block *block_for(struct walk *w, int group)
{
    for (struct block *b = w->first; group != 0 && b != NULL; b = b->next)
        if (b->group == group)
            return b;
    struct block *b = make(w->cx->arena, struct block, 1);
    b->group = group;
    b->plain = b->html = buf_new(w->cx->arena, 0);
    *w->end = b;
    w->end = &b->next;
    return b;
}

static void append(struct buf *b, str s)
{
    if (b->n > 0 && b->p[b->n - 1] != '\n')
        buf_char(b, '\n');
    buf_put(b, s);
}

// P6
static str within_limit(struct walk *w, const struct leaf *l)
{
    str s = str_head(l->bytes, w->text_left);
    if (s.n < l->bytes.n)
        take_attachment(w, l);
    w->text_left -= s.n;
    return s;
}

static void take_plain(struct walk *w, const struct leaf *l)
{
    struct arena *a = w->cx->arena;
    str s = clean_text(a, charset_to_utf8(a, within_limit(w, l), l->charset));
    if (parameter_is(l, "format", S("flowed")))
        s = flowed_unfold(a, s, parameter_is(l, "delsp", S("yes")));
    append(&block_for(w, l->group)->plain, s);
}

// A page may name its charset itself: <meta charset="..."> or <meta ...
// content="...charset=x">.
static str meta_charset(str html)
{
    html = str_head(html, 2048);
    isize at = str_find_nocase(html, S("charset="));
    if (at < 0)
        return (str){0};
    str s = str_cut(html, at + 8);
    isize n = 0;
    if (s.n > 0 && (s.p[0] == '"' || s.p[0] == '\''))
        s = str_cut(s, 1);
    while (n < s.n && memchr("\"'> ;/", s.p[n], 6) == NULL)
        n++;
    return (str){s.p, n};
}

static void take_html(struct walk *w, const struct leaf *l)
{
    struct arena *a = w->cx->arena;
    str bytes = within_limit(w, l);
    str charset = l->charset.n > 0 ? l->charset : meta_charset(bytes);
    append(&block_for(w, l->group)->html, clean_text(a, charset_to_utf8(a, bytes, charset)));
    w->m->has_html = true;
}

// Without a mark its lines are lines: some machines write plain text under this name.
static bool is_marked_up(str html)
{
    return html.n == 0 || memchr(html.p, '<', (size_t)html.n) != NULL
           || memchr(html.p, '&', (size_t)html.n) != NULL;
}

// --- the walk --------------------------------------------------------------------------

static bool is_token(str s)
{
    for (isize i = 0; i < s.n; i++)
        if (s.p[i] <= ' ' || s.p[i] > '~' || memchr("()<>@,;:\\\"[]?=", s.p[i], 14) != NULL)
            return false;
    return s.n > 0 && s.n <= 100;
}

// "Content-Type: text" and other nonsense is read as plain text (RFC 2045, 5.2).
static bool is_nonsense(GMimeObject *o)
{
    GMimeHeaderList *list = g_mime_object_get_header_list(o);
    GMimeHeader *h = g_mime_header_list_get_header(list, "Content-Type");
    return h != NULL && str_find(str_from_z(g_mime_header_get_raw_value(h)), S("/")) < 0;
}

static str type_of(struct walk *w, GMimeObject *o)
{
    if (is_nonsense(o))
        return S("text/plain");
    GMimeContentType *ct = g_mime_object_get_content_type(o);
    str type = str_from_z(g_mime_content_type_get_media_type(ct));
    str sub = str_from_z(g_mime_content_type_get_media_subtype(ct));
    if (!is_token(type) || !is_token(sub))
        return S("application/octet-stream");
    return arena_lower(w->cx->arena, arena_fmt(w->cx->arena, STR_FMT "/" STR_FMT, STR_ARG(type),
                                               STR_ARG(sub)));
}

static str disposition_of(struct walk *w, GMimeObject *o)
{
    const char *z = g_mime_object_get_disposition(o);
    return arena_lower(w->cx->arena, str_trim(str_from_z(z)));
}

// P3
static bool is_attachment(struct walk *w, const struct leaf *l)
{
    bool is_text = str_eq(l->type, S("text/plain")) || str_eq(l->type, S("text/html"))
                   || (str_eq(l->type, S("text/enriched")) && w->nodes == 1);
    if (!is_text || str_eq(l->disposition, S("attachment")))
        return true;
    return l->name.n > 0 && w->leaves > 1;
}

static void take_leaf(struct walk *w, GMimePart *part, const struct place *in)
{
    GMimeObject *o = GMIME_OBJECT(part);
    struct leaf l = {.part = part, .type = type_of(w, o), .disposition = disposition_of(w, o)};
    l.bytes = decoded(w, part);
    l.name = of_z(w, g_mime_part_get_filename(part));
    l.charset = str_from_z(parameter(&l, "charset"));
    l.group = in == NULL ? 0 : in->group;
    l.is_related = in != NULL && in->is_related;
    w->m->is_fragment |= str_eq(l.type, S("message/partial"));
    w->m->is_elsewhere |= str_eq(l.type, S("message/external-body"));
    if (is_attachment(w, &l))
        take_attachment(w, &l);
    else if (str_eq(l.type, S("text/html")) && is_marked_up(l.bytes))
        take_html(w, &l);
    else
        take_plain(w, &l);
}

static bool is_multipart(GMimeObject *o, const char *subtype)
{
    return g_mime_content_type_is_type(g_mime_object_get_content_type(o), "multipart", subtype);
}

// P4
static void take_undivided(struct walk *w, GMimeMultipart *multipart)
{
    str s = str_head(str_from_z(g_mime_multipart_get_prologue(multipart)), w->text_left);
    s = charset_to_utf8(w->cx->arena, arena_str(w->cx->arena, s), S(""));
    append(&block_for(w, 0)->plain, clean_text(w->cx->arena, s));
    w->text_left -= s.n;
}

static fallible enter(struct walk *w, GMimeMultipart *multipart, const struct place *in)
{
    if (g_mime_multipart_get_count(multipart) == 0) {
        take_undivided(w, multipart);
        return OK;
    }
    if (w->depth == LIMIT_MAIL_DEPTH)
        return too_deep(w);    // P5
    GMimeObject *o = GMIME_OBJECT(multipart);
    int group = in == NULL ? 0 : in->group;
    if (group == 0 && is_multipart(o, "alternative"))
        group = ++w->groups;
    w->stack[w->depth++] = (struct place){multipart, 0, group, is_multipart(o, "related")};
    return OK;
}

static fallible visit(struct walk *w, GMimeObject *o, const struct place *in)
{
    if (++w->nodes > 2 * LIMIT_MAIL_PARTS || w->leaves == LIMIT_MAIL_PARTS)
        return too_many(w);
    if (GMIME_IS_MULTIPART(o))
        return enter(w, GMIME_MULTIPART(o), in);
    w->leaves++;
    if (GMIME_IS_PART(o))
        take_leaf(w, GMIME_PART(o), in);
    return OK;
}

static fallible walk(struct walk *w, GMimeObject *root)
{
    TRY(visit(w, root, NULL));
    while (w->depth > 0) {
        struct place *p = &w->stack[w->depth - 1];
        if (p->next == g_mime_multipart_get_count(p->multipart)) {
            w->depth--;
            continue;
        }
        struct place in = *p;
        GMimeObject *child = g_mime_multipart_get_part(p->multipart, p->next++);
        TRY(visit(w, child, &in));
    }
    return OK;
}

// The indentation of the first line stays.
static str trim_lines(str s)
{
    str trimmed = str_trim(s);
    if (trimmed.n == 0)
        return trimmed;
    const char *p = trimmed.p;
    while (p > s.p && p[-1] != '\n')
        p--;
    return (str){p, trimmed.p + trimmed.n - p};
}

// P1, P2
static void join_blocks(struct walk *w)
{
    struct buf text = buf_new(w->cx->arena, 256), html = buf_new(w->cx->arena, 256);
    for (struct block *b = w->first; b != NULL; b = b->next) {
        str s = trim_lines(buf_str(&b->plain));
        if (s.n == 0)
            s = trim_lines(html_text(w->cx->arena, buf_str(&b->html)));
        if (text.n > 0 && s.n > 0)
            buf_put(&text, S("\n\n"));
        buf_put(&text, s);
        buf_put(&html, buf_str(&b->html));
    }
    w->m->text = buf_str(&text);
    w->m->html = buf_str(&html);
}

// P7
static void read_rtf(struct walk *w)
{
    bool is_html;
    str s = clean_text(w->cx->arena, rtf_text(w->cx->arena, w->tnef.rtf, &is_html));
    w->m->text = trim_lines(is_html ? html_text(w->cx->arena, s) : s);
    w->m->html = is_html ? s : w->m->html;
    w->m->has_html |= is_html;
    add_file(w, S("message.rtf"), S("application/rtf"), S(""), w->tnef.rtf);
}

static void tnef_body(struct walk *w)
{
    struct tnef *t = &w->tnef;
    if (w->m->text.n > 0)
        return;
    if (t->html.n > 0) {
        str html = charset_to_utf8(w->cx->arena, t->html, meta_charset(t->html));
        w->m->html = clean_text(w->cx->arena, html);
        w->m->has_html = true;
        w->m->text = trim_lines(html_text(w->cx->arena, w->m->html));
    } else if (t->rtf.n > 0) {
        read_rtf(w);
    }
    if (w->m->text.n == 0 || (t->plain.n > 0 && t->html.n == 0))
        w->m->text = trim_lines(clean_text(w->cx->arena, t->plain));
}

enum err parts_read(struct ctx *cx, GMimeObject *root, str bytes, struct mail *m,
                    struct bounce_parts *report)
{
    struct walk w = {.cx = cx, .m = m, .bytes = bytes, .text_left = LIMIT_MAIL_TEXT};
    w.stack = make(cx->arena, struct place, LIMIT_MAIL_DEPTH);
    w.end = &w.first;
    TRY(walk(&w, root));
    join_blocks(&w);
    tnef_body(&w);
    *report = w.report;
    return OK;
}
