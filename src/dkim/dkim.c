// SPDX-License-Identifier: GPL-3.0-or-later
#include "dkim/dkim.h"

#include "base/buf.h"
#include "base/io.h"
#include "base/secret.h"
#include "dkim/dkim_relaxed.h"

enum { LIST_MAX = 16 << 10, FIELDS_MOST = 200 };

// --- the list (D6) --------------------------------------------------------------------------

static bool is_name(str s)
{
    for (isize i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.'
                    || c == '_';
        if (!good)
            return false;
    }
    return s.n > 0 && s.n <= 200;
}

static str next_word(str *line)
{
    *line = str_trim(*line);
    isize n = 0;
    while (n < line->n && line->p[n] != ' ' && line->p[n] != '\t')
        n++;
    str word = str_head(*line, n);
    *line = str_cut(*line, n);
    return word;
}

static fallible take_line(struct ctx *cx, str line, struct dkim *d)
{
    struct dkim_key k = {.domain = arena_lower(cx->arena, next_word(&line))};
    k.selector = arena_lower(cx->arena, next_word(&line));
    str file = str_trim(line);
    if (!is_name(k.domain) || !is_name(k.selector) || file.n == 0 || d->n == DKIM_KEYS_MOST)
        return fail(cx, ERR_INVALID,
                    "A line of the list of keys is: DOMAIN SELECTOR FILE; at most %d.",
                    "Eine Zeile der Schlüsselliste ist: DOMAIN SELEKTOR DATEI; höchstens %d.",
                    DKIM_KEYS_MOST);
    TRY(io_may_read(cx, file));
    TRY(dkim_key_load(cx, file, &k));
    d->key[d->n++] = k;
    return OK;
}

enum err dkim_read(struct ctx *cx, str list, struct dkim *out)
{
    str text;
    struct dkim d = {0};
    TRY(io_may_read(cx, list));
    TRY(io_read_file(cx, list, LIST_MAX, &text));
    while (text.n > 0) {
        str line = str_trim(str_token(&text, '\n'));
        enum err err = line.n == 0 || line.p[0] == '#' ? OK : take_line(cx, line, &d);
        if (err != OK) {
            dkim_forget(&d);
            return err;
        }
    }
    *out = d;
    return OK;
}

void dkim_forget(struct dkim *d)
{
    for (isize i = 0; i < d->n; i++)
        dkim_key_forget(&d->key[i]);
    d->n = 0;
}

// --- what is signed (D4) -------------------------------------------------------------------

static const struct {
    const char *name;
    isize n;
} signed_names[] = {{"from", 4},
                    {"reply-to", 8},
                    {"to", 2},
                    {"cc", 2},
                    {"subject", 7},
                    {"date", 4},
                    {"message-id", 10},
                    {"in-reply-to", 11},
                    {"references", 10},
                    {"mime-version", 12},
                    {"content-type", 12},
                    {"content-transfer-encoding", 25},
                    {"auto-submitted", 14}};

struct parts {
    str field[FIELDS_MOST];    // each with its CRLF
    isize n;
    str body;
};

// One field with its folded lines.
static str take_field(str *rest)
{
    isize n = 0;
    do {
        isize end = str_find(str_cut(*rest, n), S("\r\n"));
        n = end < 0 ? rest->n : n + end + 2;
    } while (n < rest->n && (rest->p[n] == ' ' || rest->p[n] == '\t'));
    str field = str_head(*rest, n);
    *rest = str_cut(*rest, n);
    return field;
}

static fallible take_apart(struct ctx *cx, str mail, struct parts *p)
{
    while (mail.n > 0 && !str_starts(mail, S("\r\n"))) {
        if (p->n == FIELDS_MOST)
            return broken(cx, "a mail of ours has too many fields");
        p->field[p->n++] = take_field(&mail);
    }
    p->body = mail.n > 0 ? str_cut(mail, 2) : mail;
    return OK;
}

static bool is_named(str field, const char *name, isize n)
{
    return field.n > n && field.p[n] == ':'
           && str_eq_nocase(str_head(field, n), (str){name, n});
}

// The last one first, as RFC 6376 5.4.2 wants it; then one that is not there.
static void put_fields(const struct parts *p, struct buf *names, struct buf *hashed)
{
    for (isize k = 0; k < countof(signed_names); k++) {
        for (isize i = p->n; i-- > 0;) {
            if (!is_named(p->field[i], signed_names[k].name, signed_names[k].n))
                continue;
            buf_fmt(names, "%s:", signed_names[k].name);
            dkim_relaxed_field(hashed, p->field[i]);
        }
        buf_fmt(names, "%s%s", signed_names[k].name, k + 1 < countof(signed_names) ? ":" : "");
    }
}

// Of the From, which is written by us: the last "@", and what follows it up to ">".
static str from_domain(struct arena *a, const struct parts *p)
{
    for (isize i = 0; i < p->n; i++) {
        if (!is_named(p->field[i], "from", 4))
            continue;
        str s = str_trim(p->field[i]);
        isize at = s.n;
        while (at > 0 && s.p[at - 1] != '@')
            at--;
        str domain = str_cut(s, at);
        return arena_lower(a, str_trim(str_token(&domain, '>')));
    }
    return S("");
}

// --- one signature -------------------------------------------------------------------------

static void put_wrapped(struct buf *b, str s, isize width)
{
    for (; s.n > width; s = str_cut(s, width))
        buf_fmt(b, STR_FMT "\r\n ", STR_ARG(str_head(s, width)));
    buf_put(b, s);
}

// "from:to:subject" with a fold behind a colon where the line would get long.
static void put_names(struct buf *b, str names)
{
    isize line = 3;
    while (names.n > 0) {
        str name = str_token(&names, ':');
        if (line + name.n > 72) {
            buf_put(b, S("\r\n "));
            line = 1;
        }
        buf_fmt(b, STR_FMT "%s", STR_ARG(name), names.n > 0 ? ":" : "");
        line += name.n + 1;
    }
}

static fallible put_signature(struct ctx *cx, const struct dkim_key *k, const struct parts *p,
                              str body_hash, struct buf *out)
{
    struct buf names = buf_new(cx->arena, 500), hashed = buf_new(cx->arena, 8192),
               field = buf_new(cx->arena, 2048);
    str signature;
    put_fields(p, &names, &hashed);
    buf_fmt(&field,
            "DKIM-Signature: v=1; a=%s-sha256; c=relaxed/relaxed;\r\n d=" STR_FMT "; s=" STR_FMT
            "; t=%lld;\r\n h=",
            k->kind == DKIM_RSA ? "rsa" : "ed25519", STR_ARG(k->domain), STR_ARG(k->selector),
            (long long)(cx->now.ms / 1000));
    put_names(&field, buf_str(&names));
    buf_fmt(&field, ";\r\n bh=" STR_FMT ";\r\n b=", STR_ARG(body_hash));
    dkim_relaxed_field(&hashed, buf_str(&field));
    TRY(dkim_key_sign(cx, k, buf_str(&hashed), &signature));
    put_wrapped(&field, dkim_key_base64(cx->arena, signature), 72);
    buf_fmt(out, STR_FMT "\r\n", STR_ARG(buf_str(&field)));
    return OK;
}

enum err dkim_sign(struct ctx *cx, const struct dkim *d, str mail, str *out)
{
    *out = mail;
    if (d->n == 0)
        return OK;
    struct parts *p = make(cx->arena, struct parts, 1);
    TRY(take_apart(cx, mail, p));
    str domain = from_domain(cx->arena, p);
    struct buf body = buf_new(cx->arena, p->body.n + 16), signatures = buf_new(cx->arena, 4096);
    for (isize i = 0; i < d->n; i++) {
        if (!str_eq(d->key[i].domain, domain))    // D3
            continue;
        if (body.n == 0)
            dkim_relaxed_body(&body, p->body);
        str hash = dkim_key_base64(cx->arena, secret_hash(cx->arena, buf_str(&body)));
        TRY(put_signature(cx, &d->key[i], p, hash, &signatures));
    }
    *out = signatures.n == 0 ? mail : arena_join(cx->arena, buf_str(&signatures), mail);
    return OK;
}
