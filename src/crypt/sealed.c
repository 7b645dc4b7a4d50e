// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypt/sealed.h"

#include "base/buf.h"
#include "mail/header.h"

enum { PARTS = 2 };

// --- reading -----------------------------------------------------------------------------

static isize body_at(str mail)
{
    for (str rest = mail; rest.n > 0;) {
        str line = str_token(&rest, '\n');
        if (line.n == 0 || str_eq(line, S("\r")))
            return rest.p - mail.p;
    }
    return mail.n;
}

// "text/plain" of a field, lower case.
static str media_type(struct arena *a, str entity)
{
    str value = header_unfold(a, header_find(entity, S("Content-Type")));
    return arena_lower(a, str_trim(str_token(&value, ';')));
}

// The last of a quoted or bare parameter; quoted pairs do not occur in those we look for.
static str parameter(struct arena *a, str entity, str name)
{
    str rest = header_unfold(a, header_find(entity, S("Content-Type")));
    str_token(&rest, ';');
    while (rest.n > 0) {
        str pair = str_trim(str_token(&rest, ';'));
        str key = str_trim(str_token(&pair, '='));
        pair = str_trim(pair);
        if (!str_eq_nocase(key, name))
            continue;
        if (pair.n >= 2 && pair.p[0] == '"' && pair.p[pair.n - 1] == '"')
            pair = (str){pair.p + 1, pair.n - 2};
        return pair;
    }
    return (str){0};
}

static str without_last_break(str s)
{
    s.n -= s.n > 0 && s.p[s.n - 1] == '\n';
    s.n -= s.n > 0 && s.p[s.n - 1] == '\r';
    return s;
}

// E3: exactly two parts and a last line behind them.
static bool divide(struct arena *a, str mail, str part[PARTS])
{
    str mark = arena_join(a, S("--"), parameter(a, mail, S("boundary")));
    str rest = str_cut(mail, body_at(mail));
    const char *from = NULL;
    int n = 0;
    while (rest.n > 0) {
        const char *begin = rest.p;
        str line = str_token(&rest, '\n');
        line = str_trim(line);
        bool last = str_starts(line, mark) && str_eq(str_cut(line, mark.n), S("--"));
        if (!last && !str_eq(line, mark))
            continue;
        if (from != NULL && n < PARTS)
            part[n] = without_last_break((str){from, begin - from});
        n += from != NULL;
        from = rest.p;
        if (last)
            return n == PARTS && mark.n > 2;
    }
    return false;
}

// RFC 1847 2.1: what is signed has CR LF at the end of each line.
static str with_crlf(struct arena *a, str s)
{
    struct buf b = buf_new(a, s.n + s.n / 16 + 16);
    for (isize i = 0; i < s.n; i++) {
        if (s.p[i] == '\n' && (i == 0 || s.p[i - 1] != '\r'))
            buf_char(&b, '\r');
        buf_char(&b, s.p[i]);
    }
    return buf_str(&b);
}

static bool is_cms(str type, const char *what)
{
    return str_eq(type, str_from_z(what))
           || (str_starts(type, S("application/x-"))
               && str_eq(str_cut(type, 14), str_cut(str_from_z(what), 12)));
}

static str content(str part)
{
    return str_cut(part, body_at(part));
}

static bool read_signed(struct arena *a, str mail, struct sealed *out)
{
    str part[PARTS];
    if (!divide(a, mail, part))
        return false;
    str type = media_type(a, part[1]);
    bool pgp = str_eq(type, S("application/pgp-signature"));
    bool cms = is_cms(type, "application/pkcs7-signature");
    *out = (struct sealed){SEALED_SIGNED, pgp ? PROTOCOL_PGP : PROTOCOL_CMS,
                           with_crlf(a, part[0]), content(part[1])};
    return pgp || cms;
}

static bool read_locked(struct arena *a, str mail, struct sealed *out)
{
    str part[PARTS];
    if (!divide(a, mail, part)
        || !str_eq(media_type(a, part[0]), S("application/pgp-encrypted")))
        return false;
    *out = (struct sealed){SEALED_LOCKED, PROTOCOL_PGP, {0}, content(part[1])};
    return str_find(out->bytes, S("-----BEGIN PGP MESSAGE-----")) >= 0;
}

// The type of the content stands at the beginning of the structure: signedData is
// 1.2.840.113549.1.7.2, envelopedData ends in 3.  The parameter may be missing or wrong.
static bool read_cms(struct arena *a, str mail, struct sealed *out)
{
    str type = parameter(a, mail, S("smime-type"));
    bool is_signed = str_eq_nocase(type, S("signed-data"));
    if (str_eq_nocase(type, S("certs-only")) || str_eq_nocase(type, S("compressed-data")))
        return false;
    *out = (struct sealed){
        is_signed ? SEALED_WRAPPED : SEALED_LOCKED, PROTOCOL_CMS, {0}, content(mail)};
    return true;
}

struct sealed sealed_look(struct arena *a, str mail)
{
    struct sealed s = {0};
    str type = media_type(a, mail);
    bool is = str_eq(type, S("multipart/signed"))      ? read_signed(a, mail, &s)
              : str_eq(type, S("multipart/encrypted")) ? read_locked(a, mail, &s)
              : is_cms(type, "application/pkcs7-mime") ? read_cms(a, mail, &s)
                                                       : false;
    if (!is)
        s = (struct sealed){.kind = SEALED_NOT};
    return s;
}

// --- fields ------------------------------------------------------------------------------

enum choice { CONTENT_ONLY = 1, CONTENT_AND_SUBJECT, ALL_BUT_CONTENT, NO_CONTENT_NO_SUBJECT };

static bool is_chosen(str field, enum choice c)
{
    bool content_field = str_eq_nocase(str_head(field, 8), S("Content-"));
    bool subject = str_eq_nocase(str_head(field, 8), S("Subject:"));
    switch (c) {
    case CONTENT_ONLY:
        return content_field;
    case CONTENT_AND_SUBJECT:
        return content_field || subject;
    case ALL_BUT_CONTENT:
        return !content_field;
    case NO_CONTENT_NO_SUBJECT:
        return !content_field && !subject;
    }
    return false;
}

static void put_fields(struct buf *b, str mail, enum choice c)
{
    bool take = false;
    for (str rest = str_head(mail, body_at(mail)); rest.n > 0;) {
        str line = str_token(&rest, '\n');
        line = str_ends(line, S("\r")) ? (str){line.p, line.n - 1} : line;
        if (line.n == 0)
            return;
        if (line.p[0] != ' ' && line.p[0] != '\t')
            take = is_chosen(line, c);
        if (take)
            buf_fmt(b, STR_FMT "\r\n", STR_ARG(line));
    }
}

str sealed_join(struct arena *a, str mail, str opened, bool was_locked)
{
    struct buf b = buf_new(a, mail.n / 2 + opened.n + 100);
    bool own_subject = was_locked && header_find(opened, S("Subject")).n > 0;
    put_fields(&b, mail, own_subject ? NO_CONTENT_NO_SUBJECT : ALL_BUT_CONTENT);
    put_fields(&b, opened, own_subject ? CONTENT_AND_SUBJECT : CONTENT_ONLY);
    buf_put(&b, S("\r\n"));
    buf_put(&b, content(opened));
    return buf_str(&b);
}

// --- writing -----------------------------------------------------------------------------

str sealed_entity(struct arena *a, str mail)
{
    struct buf b = buf_new(a, mail.n + 16);
    put_fields(&b, mail, CONTENT_ONLY);
    buf_put(&b, S("\r\n"));
    buf_put(&b, content(mail));
    return buf_str(&b);
}

str sealed_mail(struct arena *a, str mail, str entity)
{
    struct buf b = buf_new(a, entity.n + 4096);
    put_fields(&b, mail, ALL_BUT_CONTENT);
    buf_put(&b, entity);
    return buf_str(&b);
}

str sealed_with_signature(struct arena *a, enum protocol p, str entity, str signature,
                          str boundary)
{
    bool pgp = p == PROTOCOL_PGP;
    const char *type = pgp ? "application/pgp-signature" : "application/pkcs7-signature";
    struct buf b = buf_new(a, entity.n + signature.n + 1000);
    buf_fmt(&b,
            "Content-Type: multipart/signed; micalg=%s;\r\n protocol=\"%s\";\r\n "
            "boundary=\"" STR_FMT "\"\r\n\r\n--" STR_FMT "\r\n",
            pgp ? "pgp-sha256" : "sha-256", type, STR_ARG(boundary), STR_ARG(boundary));
    buf_put(&b, entity);
    buf_fmt(&b, "\r\n--" STR_FMT "\r\nContent-Type: %s; name=\"%s\"\r\n%s\r\n",
            STR_ARG(boundary), type, pgp ? "signature.asc" : "smime.p7s",
            pgp ? "" : "Content-Transfer-Encoding: base64\r\n");
    buf_put(&b, with_crlf(a, signature));
    buf_fmt(&b, "\r\n--" STR_FMT "--\r\n", STR_ARG(boundary));
    return buf_str(&b);
}

str sealed_with_lock(struct arena *a, enum protocol p, str locked, str boundary)
{
    struct buf b = buf_new(a, locked.n + 1000);
    if (p == PROTOCOL_CMS) {
        buf_put(&b, S("Content-Type: application/pkcs7-mime; smime-type=enveloped-data;\r\n"
                      " name=\"smime.p7m\"\r\nContent-Transfer-Encoding: base64\r\n\r\n"));
        buf_put(&b, with_crlf(a, locked));
        return buf_str(&b);
    }
    buf_fmt(&b,
            "Content-Type: multipart/encrypted;\r\n protocol=\"application/pgp-encrypted\";\r\n"
            " boundary=\"" STR_FMT "\"\r\n\r\n--" STR_FMT "\r\n"
            "Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n\r\n--" STR_FMT
            "\r\nContent-Type: application/octet-stream; name=\"encrypted.asc\"\r\n\r\n",
            STR_ARG(boundary), STR_ARG(boundary), STR_ARG(boundary));
    buf_put(&b, with_crlf(a, locked));
    buf_fmt(&b, "\r\n--" STR_FMT "--\r\n", STR_ARG(boundary));
    return buf_str(&b);
}
