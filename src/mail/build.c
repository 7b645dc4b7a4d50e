// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/build.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/secret.h"
#include "mail/clean.h"

#include <gmime/gmime.h>

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_alnum(char c)
{
    return is_letter(c) || (c >= '0' && c <= '9');
}

// --- addresses (W3) --------------------------------------------------------------------

// Words of RFC 5322 atext with single dots between them.  No dash in front: a relay that
// starts a program with the address would take it for an option.
static bool is_local_part(str s)
{
    char before = '.';
    for (isize i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (!is_alnum(c) && (c == 0 || strchr("!#$%&'*+-/=?^_`{|}~.", c) == NULL))
            return false;
        if (c == '.' && before == '.')
            return false;
        before = c;
    }
    return s.n > 0 && s.n <= 64 && before != '.' && s.p[0] != '-';
}

static bool is_label(str s)
{
    for (isize i = 0; i < s.n; i++)
        if (!is_alnum(s.p[i]) && s.p[i] != '-')
            return false;
    return s.n > 0 && s.n <= 63 && s.p[0] != '-' && s.p[s.n - 1] != '-';
}

static bool is_domain(str s)
{
    if (s.n == 0 || s.n > 253 || s.p[s.n - 1] == '.')
        return false;
    while (s.n > 0)
        if (!is_label(str_token(&s, '.')))
            return false;
    return true;
}

bool mail_address_ok(str address)
{
    str domain = address, local = str_token(&domain, '@');
    return is_local_part(local) && is_domain(domain);
}

// ß, ς, the zero width joiner and non-joiner: GLib knows the old rules only.
static bool means_two(str s)
{
    static const char *const letters[] = {"\u00df", "\u1e9e", "\u03c2", "\u200c", "\u200d"};
    for (isize i = 0; i < countof(letters); i++)
        if (str_find(s, str_from_z(letters[i])) >= 0)
            return true;
    return false;
}

bool mail_domain_written(struct arena *a, str domain, str *out)
{
    if (is_domain(domain)) {
        *out = domain;
        return true;
    }
    if (domain.n > 253 || !str_is_utf8(domain) || means_two(domain))
        return false;
    char *ascii = g_hostname_to_ascii(arena_z(a, domain));
    if (ascii == NULL)
        return false;
    *out = arena_str(a, str_from_z(ascii));
    g_free(ascii);
    return is_domain(*out);
}

bool mail_address_written(struct arena *a, str address, str *out)
{
    str domain = address, local = str_token(&domain, '@'), written;
    if (!is_local_part(local) || !mail_domain_written(a, domain, &written))
        return false;
    *out = arena_fmt(a, STR_FMT "@" STR_FMT, STR_ARG(local), STR_ARG(written));
    return true;
}

// --- refusals (W2, W6) -----------------------------------------------------------------

bool mail_is_one_line(str s)
{
    for (isize i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < ' ' || s.p[i] == 127)
            return false;
    return str_is_utf8(s);
}

static fallible check_line(struct ctx *cx, const char *field, str s)
{
    if (mail_is_one_line(s) && s.n <= LIMIT_MAIL_FIELD_BYTES / 4)
        return OK;
    return invalid(cx, field, "This must be one line without control characters.",
                   "Das muss eine Zeile ohne Steuerzeichen sein.");
}

static fallible check_address(struct ctx *cx, const char *field, struct mail_address a)
{
    TRY(check_line(cx, field, a.name));
    if (mail_address_ok(a.address))
        return OK;
    str shown = mail_is_one_line(a.address) ? str_head(a.address, 100) : S("?");
    return invalid(cx, field, "“" STR_FMT "” is not an e-mail address we can write to.",
                   "„" STR_FMT "“ ist keine E-Mail-Adresse, an die wir schreiben können.",
                   STR_ARG(shown));
}

static fallible check_addresses(struct ctx *cx, const char *field, struct mail_addresses list)
{
    for (isize i = 0; i < list.n; i++)
        TRY(check_address(cx, field, list.p[i]));
    return OK;
}

static fallible check_id(struct ctx *cx, const char *field, str id)
{
    bool ok = id.n <= 250 && str_find(id, S("@")) > 0;
    for (isize i = 0; i < id.n; i++)
        ok &= id.p[i] > ' ' && id.p[i] < 127 && id.p[i] != '<' && id.p[i] != '>';
    return ok ? OK
              : invalid(cx, field, "This is not a Message-ID.", "Das ist keine Message-ID.");
}

static bool is_ours(str name)
{
    static const char *const names[] = {"From",
                                        "Sender",
                                        "Reply-To",
                                        "To",
                                        "Cc",
                                        "Bcc",
                                        "Subject",
                                        "Date",
                                        "Message-ID",
                                        "In-Reply-To",
                                        "References",
                                        "MIME-Version",
                                        "Auto-Submitted",
                                        "Return-Path",
                                        "Received",
                                        "X-Auto-Response-Suppress"};
    for (isize i = 0; i < countof(names); i++)
        if (str_eq_nocase(name, str_from_z(names[i])))
            return true;
    return str_eq_nocase(str_head(name, 8), S("Content-"));
}

static fallible check_extra(struct ctx *cx, struct mail_field f)
{
    bool ok = f.name.n > 0 && f.name.n < 70 && !is_ours(f.name);
    for (isize i = 0; i < f.name.n; i++)
        ok &= is_alnum(f.name.p[i]) || f.name.p[i] == '-';
    if (!ok)
        return invalid(cx, "extra", "This header field cannot be set.",
                       "Dieses Kopffeld lässt sich nicht setzen.");
    return check_line(cx, "extra", f.value);
}

static fallible check_type(struct ctx *cx, str type)
{
    str sub = type, kind = str_token(&sub, '/');
    bool ok = kind.n > 0 && sub.n > 0 && type.n < 100;
    for (isize i = 0; i < type.n; i++)
        ok &= is_alnum(type.p[i]) || strchr("-+._/", type.p[i]) != NULL;
    return ok ? OK
              : invalid(cx, "file", "This is not a type of file.", "Das ist kein Dateityp.");
}

static fallible check_files(struct ctx *cx, const struct mail_draft *d)
{
    isize bytes = d->text.n * 3;
    for (isize i = 0; i < d->files; i++) {
        TRY(check_line(cx, "file", d->file[i].name));
        TRY(check_type(cx, d->file[i].type));
        bytes += d->file[i].bytes.n / 3 * 4 + d->file[i].bytes.n / 30 + 1000;
    }
    if (bytes <= LIMIT_MAIL_BYTES)
        return OK;
    return invalid(cx, "file", "The mail would be larger than %d MiB.",    // W7
                   "Die Mail würde größer als %d MiB.", (int)(LIMIT_MAIL_BYTES >> 20));
}

enum err mail_check(struct ctx *cx, const struct mail_draft *d)
{
    TRY(check_address(cx, "from", d->from));
    TRY(check_addresses(cx, "reply_to", d->reply_to));
    TRY(check_addresses(cx, "to", d->to));
    TRY(check_addresses(cx, "cc", d->cc));
    if (d->to.n + d->cc.n == 0)
        return invalid(cx, "to", "The mail needs a recipient.",
                       "Die Mail braucht einen Empfänger.");
    TRY(check_line(cx, "subject", d->subject));
    TRY(check_line(cx, "auto_submitted", d->auto_submitted));
    TRY(check_id(cx, "message_id", d->message_id));
    if (d->in_reply_to.n > 0)
        TRY(check_id(cx, "in_reply_to", d->in_reply_to));
    for (isize i = 0; i < d->references.n; i++)
        TRY(check_id(cx, "references", d->references.p[i]));
    for (isize i = 0; i < d->extras; i++)
        TRY(check_extra(cx, d->extra[i]));
    if (!str_is_utf8(d->text))
        return invalid(cx, "text", "The text is not UTF-8.", "Der Text ist kein UTF-8.");
    return check_files(cx, d);
}

// --- writing ---------------------------------------------------------------------------

// What looks like an encoded word would be decoded by the reader's program.
static const char *plain_z(struct ctx *cx, str s)
{
    struct buf b = buf_new(cx->arena, s.n + 16);
    for (isize i = 0; i < s.n; i++) {
        buf_char(&b, s.p[i]);
        if (s.p[i] == '=' && i + 1 < s.n && s.p[i + 1] == '?')
            buf_char(&b, ' ');
    }
    return arena_z(cx->arena, buf_str(&b));
}

static void add_addresses(struct ctx *cx, GMimeMessage *m, GMimeAddressType type,
                          struct mail_addresses list)
{
    InternetAddressList *to = g_mime_message_get_addresses(m, type);
    for (isize i = 0; i < list.n; i++) {
        const char *name = list.p[i].name.n > 0 ? plain_z(cx, list.p[i].name) : NULL;
        InternetAddress *ia =
            internet_address_mailbox_new(name, arena_z(cx->arena, list.p[i].address));
        internet_address_set_charset(ia, "utf-8");
        internet_address_list_add(to, ia);
        g_object_unref(ia);
    }
}

static void set(GMimeMessage *m, struct ctx *cx, const char *name, str value)
{
    g_mime_object_append_header(GMIME_OBJECT(m), name, arena_z(cx->arena, value), "utf-8");
}

static void set_ids(GMimeMessage *m, struct ctx *cx, const char *name, struct mail_ids ids)
{
    struct buf b = buf_new(cx->arena, 256);
    for (isize i = 0; i < ids.n; i++)
        buf_fmt(&b, "%s<" STR_FMT ">", i > 0 ? " " : "", STR_ARG(ids.p[i]));
    if (b.n > 0)
        set(m, cx, name, buf_str(&b));
}

static void set_date(GMimeMessage *m, instant t)
{
    GDateTime *date = g_date_time_new_from_unix_utc(t.ms / 1000);
    g_mime_message_set_date(m, date);
    g_date_time_unref(date);
}

static void write_header(struct ctx *cx, GMimeMessage *m, const struct mail_draft *d)
{
    struct mail_address from = d->from;
    add_addresses(cx, m, GMIME_ADDRESS_TYPE_FROM, (struct mail_addresses){&from, 1});
    add_addresses(cx, m, GMIME_ADDRESS_TYPE_REPLY_TO, d->reply_to);
    add_addresses(cx, m, GMIME_ADDRESS_TYPE_TO, d->to);
    add_addresses(cx, m, GMIME_ADDRESS_TYPE_CC, d->cc);
    g_mime_message_set_subject(m, plain_z(cx, d->subject), "utf-8");
    set_date(m, d->date);
    g_mime_message_set_message_id(m, arena_z(cx->arena, d->message_id));
    str answered = d->in_reply_to;
    set_ids(m, cx, "In-Reply-To", (struct mail_ids){&answered, answered.n > 0});
    set_ids(m, cx, "References", d->references);
    if (d->auto_submitted.n > 0) {    // W5
        set(m, cx, "Auto-Submitted", d->auto_submitted);
        set(m, cx, "X-Auto-Response-Suppress", S("All"));
    }
    for (isize i = 0; i < d->extras; i++)
        set(m, cx, arena_z(cx->arena, d->extra[i].name), d->extra[i].value);
}

static void set_content(GMimePart *part, str bytes, GMimeContentEncoding encoding)
{
    GMimeStream *stream =
        g_mime_stream_mem_new_with_buffer(bytes.n > 0 ? bytes.p : "", (size_t)bytes.n);
    GMimeDataWrapper *content =
        g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT);
    g_mime_part_set_content(part, content);
    g_mime_part_set_content_encoding(part, encoding);
    g_object_unref(content);
    g_object_unref(stream);
}

// A mailbox of the old kind (mbox) writes ">From ", and a signature over it breaks (RFC 3156, 3).
static bool has_from_line(str text)
{
    return str_starts(text, S("From ")) || str_find(text, S("\nFrom ")) >= 0;
}

// W4: seven bits when the text allows it; base64 when most of it is not Latin.
static GMimeContentEncoding encoding_for(str text)
{
    if (has_from_line(text))
        return GMIME_CONTENT_ENCODING_BASE64;
    isize wide = 0, line = 0;
    bool fits = true;
    for (isize i = 0; i < text.n; i++) {
        bool ends = text.p[i] == '\n';
        wide += (text.p[i] & 0x80) != 0;
        line = ends ? 0 : line + 1;
        fits &= line < 900 && !(ends && i > 0 && text.p[i - 1] == ' ');
    }
    if (wide == 0 && fits)
        return GMIME_CONTENT_ENCODING_7BIT;
    return wide > text.n / 2 ? GMIME_CONTENT_ENCODING_BASE64
                             : GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE;
}

static GMimeObject *text_part(struct ctx *cx, str text)
{
    text = clean_text(cx->arena, text);
    if (!str_ends(text, S("\n")))
        text = arena_join(cx->arena, text, S("\n"));
    GMimePart *part = g_mime_part_new_with_type("text", "plain");
    g_mime_object_set_content_type_parameter(GMIME_OBJECT(part), "charset", "utf-8");
    set_content(part, text, encoding_for(text));
    return GMIME_OBJECT(part);
}

// A part of these types may not be encoded, so a file of ours is never called so.
static bool is_composite(str type)
{
    return str_starts(type, S("message/")) || str_starts(type, S("multipart/"));
}

static void add_file(struct ctx *cx, GMimeMultipart *to, const struct mail_file *f)
{
    str sub = is_composite(f->type) ? S("application/octet-stream") : f->type;
    str kind = str_token(&sub, '/');
    GMimePart *part =
        g_mime_part_new_with_type(arena_z(cx->arena, kind), arena_z(cx->arena, sub));
    g_mime_object_set_disposition(GMIME_OBJECT(part), "attachment");
    g_mime_part_set_filename(part, plain_z(cx, f->name));
    set_content(part, f->bytes, GMIME_CONTENT_ENCODING_BASE64);
    g_mime_multipart_add(to, GMIME_OBJECT(part));
    g_object_unref(part);
}

static GMimeObject *body(struct ctx *cx, const struct mail_draft *d)
{
    GMimeObject *text = text_part(cx, d->text);
    if (d->files == 0)
        return text;
    char random[12];
    secret_random(random, sizeof random);
    str boundary = secret_hex(cx->arena, (str){random, sizeof random});
    GMimeMultipart *mixed = g_mime_multipart_new_with_subtype("mixed");
    g_mime_multipart_set_boundary(mixed, arena_z(cx->arena, boundary));
    g_mime_multipart_add(mixed, text);
    g_object_unref(text);
    for (isize i = 0; i < d->files; i++)
        add_file(cx, mixed, &d->file[i]);
    return GMIME_OBJECT(mixed);
}

static str to_bytes(struct ctx *cx, GMimeMessage *m)
{
    GMimeFormatOptions *format = g_mime_format_options_new();
    g_mime_format_options_set_newline_format(format, GMIME_NEWLINE_FORMAT_DOS);
    GMimeStream *stream = g_mime_stream_mem_new();
    g_mime_object_write_to_stream(GMIME_OBJECT(m), format, stream);
    GByteArray *bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
    str s = arena_str(cx->arena, (str){(const char *)bytes->data, (isize)bytes->len});
    g_object_unref(stream);
    g_mime_format_options_free(format);
    return s;
}

enum err mail_build(struct ctx *cx, const struct mail_draft *d, str *out)
{
    TRY(mail_check(cx, d));
    GMimeMessage *m = g_mime_message_new(TRUE);
    write_header(cx, m, d);
    GMimeObject *content = body(cx, d);
    g_mime_message_set_mime_part(m, content);
    g_object_unref(content);
    *out = to_bytes(cx, m);
    g_object_unref(m);
    return OK;
}
