// SPDX-License-Identifier: GPL-3.0-or-later
#include "original/original.h"

#include "base/limits.h"
#include "base/now.h"
#include "base/secret.h"
#include "crypt/crypt.h"
#include "intake/intake.h"
#include "mail/message.h"
#include "tenant/tenant.h"

enum { MAC_BYTES = 16 };

// --- V1 --------------------------------------------------------------------------------

static str mac_of(struct ctx *cx, const struct tenant *t, str what)
{
    str mac = secret_mac(cx->arena, t->secret, "content of a mail", what);
    return secret_base32(cx->arena, (str){mac.p, MAC_BYTES});
}

static str body_of(struct ctx *cx, const struct original_key *key, tenant_id tenant,
                   int64_t until)
{
    return arena_fmt(cx->arena, "%d-%lld-%lld-%lld-%lld", (int)key->kind, (long long)tenant.n,
                     (long long)key->message.n, (long long)key->part, (long long)until);
}

enum err original_seal(struct ctx *cx, const struct original_key *key, str *out)
{
    struct tenant t;
    TRY(tenant_mine(cx, &t));
    str body = body_of(cx, key, t.id, instant_plus(cx->now, ORIGINAL_S).ms / 1000);
    *out = arena_join(cx->arena, arena_join(cx->arena, body, S("-")), mac_of(cx, &t, body));
    return OK;
}

static enum err not_there(struct ctx *cx)
{
    return fail(cx, ERR_ABSENT, "This address is no longer valid. Open the mail again.",
                "Diese Adresse gilt nicht mehr. Öffne die Mail noch einmal.");
}

static enum err read_token(struct ctx *cx, str token, tenant_id *tenant,
                           struct original_key *out)
{
    int64_t n[5] = {0};
    struct tenant t;
    str rest = token;
    for (isize i = 0; i < countof(n); i++)
        if (!str_to_int(str_token(&rest, '-'), &n[i]))
            return not_there(cx);
    struct original_key key = {(enum original_kind)n[0], {n[2]}, n[3]};
    if (tenant_load(cx, (tenant_id){n[1]}, &t) != OK)
        return not_there(cx);
    str body = body_of(cx, &key, t.id, n[4]);
    bool ours = secret_same(rest, mac_of(cx, &t, body));
    if (!ours || n[4] * 1000 < cx->now.ms)
        return not_there(cx);
    *tenant = t.id;
    *out = key;
    return OK;
}

enum err original_open(struct ctx *cx, str token, struct original_key *out)
{
    tenant_id tenant;
    TRY(read_token(cx, token, &tenant, out));
    cx->who = tenant_system(tenant);
    return OK;
}

bool original_grants(struct ctx *cx, str token, message_id id)    // V6
{
    tenant_id tenant;
    struct original_key key;
    bool ok = token.n > 0 && read_token(cx, token, &tenant, &key) == OK
              && tenant.n == cx->who.tenant.n && key.kind == ORIGINAL_FAR_PAGE
              && key.message.n == id.n;
    ctx_forgive(cx);
    return ok;
}

// --- the mail --------------------------------------------------------------------------

// Where the mail of a message is stored; 0: it has none, or it is sealed (V7).
static enum err inbox_of(struct ctx *cx, message_id id, int64_t *inbox)
{
    ticket_id ticket;
    struct message m;
    struct crypt_verdict v;
    bool sealed;
    TRY(message_load(cx, id, &ticket, &m));
    TRY(crypt_of(cx, id, &v, &sealed));
    *inbox = sealed ? 0 : m.inbox;
    return OK;
}

static enum err read_stored(struct ctx *cx, int64_t inbox, struct mail *out)
{
    str bytes;
    TRY(intake_bytes(cx, inbox, &bytes));
    return mail_parse(cx, bytes, out);
}

// What has no mail that can be read is an empty one with the HTML that was kept.  `err`: why,
// if there is none of that either.
static enum err read_own(struct ctx *cx, message_id id, enum err err, struct mail *out)
{
    *out = (struct mail){0};
    TRY(message_html(cx, id, &out->html));
    if (out->html.n == 0)
        return err;
    ctx_forgive(cx);
    return OK;
}

static enum err read_mail(struct ctx *cx, message_id id, struct mail *out)    // V10
{
    int64_t inbox;
    TRY(inbox_of(cx, id, &inbox));
    enum err err = inbox != 0 ? read_stored(cx, inbox, out) : OK;
    return inbox != 0 && err == OK ? OK : read_own(cx, id, err, out);
}

// The files of a message were stored when it came; 0: this is none of them.
static int64_t stored_as(const struct attachment *a, isize n, message_id id, str sha256)
{
    for (isize i = 0; i < n; i++)
        if (a[i].message.n == id.n && str_eq(a[i].blob.sha256, sha256))
            return a[i].id;
    return 0;
}

// V9
static enum err picture_addresses(struct ctx *cx, message_id id, const struct mail *m,
                                  str prefix, struct html_picture **out, isize *n)
{
    struct html_picture *p = make(cx->arena, struct html_picture, m->attachments);
    struct attachment *stored;
    struct message message;
    ticket_id ticket;
    isize files;
    *n = 0;
    TRY(message_load(cx, id, &ticket, &message));
    TRY(attachment_list(cx, ticket, &stored, &files));
    for (isize i = 0; i < m->attachments; i++) {
        const struct mail_part *part = &m->attachment[i];
        struct original_key key = {.kind = ORIGINAL_PICTURE, .message = id};
        str token;
        if (part->content_id.n == 0 || original_picture_type(part->bytes).n == 0)
            continue;
        key.part = stored_as(stored, files, id, secret_hash(cx->arena, part->bytes));
        if (key.part == 0)
            continue;
        TRY(original_seal(cx, &key, &token));
        p[(*n)++] =
            (struct html_picture){part->content_id, arena_join(cx->arena, prefix, token)};
    }
    *out = p;
    return OK;
}

static enum err read_html(struct ctx *cx, message_id id, struct mail *m)
{
    TRY(read_mail(cx, id, m));
    return m->html.n > 0 ? OK
                         : fail(cx, ERR_ABSENT, "This message has no HTML.",
                                "Diese Nachricht hat kein HTML.");
}

// Pictures that lie elsewhere, in the order in which the HTML speaks of them.
struct far {
    struct ctx *cx;
    message_id id;
    str prefix;
    int64_t n, wanted;    // the one that is asked for
    str url;              // where that one lies
    enum err err;
};

static str far_address(void *arg, struct arena *a, str url)
{
    struct far *f = arg;
    struct original_key key = {ORIGINAL_FAR_PICTURE, f->id, f->n++};
    str token = {0};
    (void)url;
    if (key.part >= LIMIT_PICTURES_FAR || f->err != OK)
        return token;
    f->err = original_seal(f->cx, &key, &token);
    return f->err == OK ? arena_join(a, f->prefix, token) : (str){0};
}

static str note_far(void *arg, struct arena *a, str url)
{
    struct far *f = arg;
    (void)a;
    if (f->n++ == f->wanted)
        f->url = url;
    return (str){0};
}

enum err original_may_fetch(struct ctx *cx, message_id id, bool *out)
{
    struct crypt_verdict v;
    bool sealed;
    TRY(crypt_of(cx, id, &v, &sealed));
    *out = !sealed || v.lock == CRYPT_PLAIN;
    return OK;
}

enum err original_html(struct ctx *cx, const struct original_key *key, str prefix,
                       struct html_result *out)
{
    struct mail m;
    struct html_picture *picture;
    struct far f = {.cx = cx, .id = key->message, .prefix = prefix};
    struct html_how how = {.arg = &f};
    bool may;
    TRY(original_may_fetch(cx, key->message, &may));
    TRY(read_html(cx, key->message, &m));
    TRY(picture_addresses(cx, key->message, &m, prefix, &picture, &how.pictures));
    how.picture = picture;
    how.remote = key->kind == ORIGINAL_FAR_PAGE && may ? far_address : NULL;
    *out = html_rebuild(cx->arena, m.html, &how);
    return f.err;
}

enum err original_far(struct ctx *cx, const struct original_key *key, str *url)    // V6
{
    struct mail m;
    struct far f = {.wanted = key->part};
    struct html_how how = {.remote = note_far, .arg = &f};
    bool may;
    TRY(original_may_fetch(cx, key->message, &may));
    if (!may)
        return not_there(cx);
    TRY(read_html(cx, key->message, &m));
    html_rebuild(cx->arena, m.html, &how);
    *url = f.url;
    return f.url.n > 0 && key->part < LIMIT_PICTURES_FAR ? OK : not_there(cx);
}

// --- V3 --------------------------------------------------------------------------------

str original_picture_type(str bytes)
{
    if (str_starts(bytes, S("\x89PNG\r\n\x1a\n")))
        return S("image/png");
    if (str_starts(bytes, S("\xff\xd8\xff")))
        return S("image/jpeg");
    if (str_starts(bytes, S("GIF87a")) || str_starts(bytes, S("GIF89a")))
        return S("image/gif");
    if (str_starts(bytes, S("RIFF")) && bytes.n > 12
        && str_eq((str){bytes.p + 8, 4}, S("WEBP")))
        return S("image/webp");
    return (str){0};
}

enum err original_picture(struct ctx *cx, const struct original_key *key, str *type, str *bytes)
{
    struct attachment a;
    TRY(attachment_load(cx, key->part, &a));
    if (a.message.n != key->message.n)
        return not_there(cx);
    TRY(blob_read(cx, a.blob.sha256, LIMIT_MAIL_BYTES, bytes));    // V9
    *type = original_picture_type(*bytes);
    return type->n > 0 ? OK : not_there(cx);
}
