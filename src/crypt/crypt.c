// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypt/crypt.h"

#include "base/limits.h"
#include "base/secret.h"
#include "crypt.sql.h"
#include "mail/header.h"

enum { LAYERS = 3 };    // signed, encrypted, signed again: nobody goes deeper

// --- what comes --------------------------------------------------------------------------

static fallible is_put_down(struct ctx *cx, str from, str fingerprint, bool *out)
{
    struct q_crypt_key_for *row;
    isize n = 0;
    str normal;
    *out = false;
    if (contact_mail_normal(cx->arena, from, &normal))
        TRY(q_crypt_key_for(cx, normal, &row, &n));
    for (isize i = 0; i < n; i++)
        *out |= str_eq(row[i].fingerprint, fingerprint);
    return OK;
}

static void weigh(const struct engine_signer *s, struct crypt_verdict *v)
{
    static const enum crypt_signature worth[] = {
        [ENGINE_GOOD] = CRYPT_INTACT,     [ENGINE_BAD] = CRYPT_BAD,
        [ENGINE_NO_KEY] = CRYPT_NO_KEY,   [ENGINE_EXPIRED] = CRYPT_EXPIRED,
        [ENGINE_REVOKED] = CRYPT_REVOKED, [ENGINE_UNSURE] = CRYPT_UNSURE,
    };
    if (s->state == ENGINE_UNSIGNED)
        return;
    v->signature = s->vouched ? CRYPT_GOOD : worth[s->state];
    v->signer = s->name;
    v->fingerprint = s->fingerprint;
}

enum err crypt_judge(struct ctx *cx, str from, struct crypt_verdict *v)
{
    bool vouched = false;
    if (v->signature == CRYPT_INTACT)
        TRY(is_put_down(cx, from, v->fingerprint, &vouched));
    if (vouched)
        v->signature = CRYPT_GOOD;
    return OK;
}

static enum err open_one(struct ctx *cx, const struct engine *e, str from,
                         const struct sealed *s, str *text, struct engine_signer *signer)
{
    switch (s->kind) {
    case SEALED_SIGNED:
        *text = s->text;
        return engine_verify(cx, e, from, s->text, s->bytes, signer);
    case SEALED_WRAPPED:
        return engine_unwrap(cx, e, from, s->bytes, text, signer);
    case SEALED_LOCKED:
        return engine_unlock(cx, e, from, s->bytes, LIMIT_MAIL_BYTES, text, signer);
    case SEALED_NOT:
        break;
    }
    return broken(cx, "a mail that is not sealed is opened");
}

static enum err opened_late(struct ctx *cx)
{
    struct words why = cx->detail;
    cx->detail.en = arena_join(cx->arena, S("It could not be decrypted in time: "), why.en);
    cx->detail.de =
        arena_join(cx->arena, S("Sie ließ sich nicht rechtzeitig entschlüsseln: "), why.de);
    return ERR_BUSY;
}

// What cannot be opened is a mail all the same, unless it only takes too long.
static enum err stays_closed(struct ctx *cx, const struct sealed *s, enum err err,
                             struct crypt_verdict *v)
{
    if (err == ERR_BUSY)
        return opened_late(cx);    // C8
    ctx_forgive(cx);
    if (s->kind == SEALED_LOCKED)
        v->lock = CRYPT_LOCKED;
    else
        v->signature = CRYPT_UNSURE;
    return OK;
}

// C8: the text stands beside its signature.
static void late(struct ctx *cx, struct crypt_verdict *v)
{
    ctx_forgive(cx);
    v->signature = CRYPT_LATE;
}

static bool asks_gpg(const struct crypt_keys *keys, const struct sealed *s)
{
    return keys->home.n > 0 && s->kind != SEALED_NOT;
}

bool crypt_is_sealed(struct arena *a, const struct crypt_keys *keys, str bytes)
{
    struct sealed s = keys->home.n > 0 ? sealed_look(a, bytes) : (struct sealed){SEALED_NOT};
    return asks_gpg(keys, &s);
}

struct crypt_opening crypt_begin(str from, str bytes)
{
    return (struct crypt_opening){
        .from = from,
        .bytes = bytes,
        .verdict = {.lock = CRYPT_PLAIN, .signature = CRYPT_UNSIGNED}};
}

bool crypt_next(struct arena *a, const struct crypt_keys *keys, struct crypt_opening *o)
{
    if (o->layers > 0 && !o->is_open)
        return false;
    if (o->layers > 0)
        o->bytes = sealed_join(a, o->bytes, o->text, o->layer.kind == SEALED_LOCKED);
    o->layer = sealed_look(a, o->bytes);
    if (o->layers == LAYERS || (!asks_gpg(keys, &o->layer) && o->layer.kind != SEALED_LOCKED))
        return false;
    o->layers++;
    o->is_open = false;
    o->verdict.protocol = o->layer.protocol;
    return true;
}

enum err crypt_ask(struct ctx *cx, const struct crypt_keys *keys, struct crypt_opening *o)
{
    struct engine e = {keys->home, o->layer.protocol, keys->seconds};
    struct engine_signer signer = {0};
    enum err err = keys->home.n == 0 ? ERR_DENIED
                                     : open_one(cx, &e, o->from, &o->layer, &o->text, &signer);
    if (err == ERR_BUSY && o->layer.kind == SEALED_SIGNED)
        late(cx, &o->verdict);
    else if (err == OK)
        weigh(&signer, &o->verdict);
    else
        return stays_closed(cx, &o->layer, err, &o->verdict);
    if (o->layer.kind == SEALED_LOCKED)
        o->verdict.lock = CRYPT_OPENED;
    o->is_open = true;
    return OK;
}

enum err crypt_keep(struct ctx *cx, message_id message, const struct crypt_verdict *v)
{
    return q_crypt_verdict_insert(cx, message, v->protocol, v->lock, v->signature, v->signer,
                                  v->fingerprint);
}

enum err crypt_list(struct ctx *cx, ticket_id ticket, struct crypt_verdict **out, isize *n)
{
    struct q_crypt_verdict_list *r;
    TRY(q_crypt_verdict_list(cx, ticket, &r, n));
    *out = make(cx->arena, struct crypt_verdict, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct crypt_verdict){r[i].message,   r[i].protocol, r[i].lock,
                                           r[i].signature, r[i].signer,   r[i].fingerprint};
    return OK;
}

enum err crypt_of(struct ctx *cx, message_id message, struct crypt_verdict *out, bool *sealed)
{
    struct q_crypt_verdict_of *r;
    isize n;
    TRY(q_crypt_verdict_of(cx, message, &r, &n));
    *sealed = n > 0;
    if (n > 0)
        *out = (struct crypt_verdict){message,      r->protocol, r->lock,
                                      r->signature, r->signer,   r->fingerprint};
    return OK;
}

struct words crypt_lock_words(const struct crypt_verdict *v)
{
    switch (v->lock) {
    case CRYPT_OPENED:
        return SAY("It came encrypted.", "Kam verschlüsselt.");
    case CRYPT_LOCKED:
        return SAY("It is encrypted, and there is no key here that opens it.",
                   "Verschlüsselt, und hier passt kein Schlüssel.");
    case CRYPT_PLAIN:
        break;
    }
    return (struct words){0};
}

static struct words with_name(struct arena *a, const struct crypt_verdict *v, const char *en,
                              const char *de)
{
    return (struct words){arena_fmt(a, "Signed by " STR_FMT "%s.", STR_ARG(v->signer), en),
                          arena_fmt(a, "Signiert von " STR_FMT "%s.", STR_ARG(v->signer), de)};
}

struct words crypt_signature_words(struct arena *a, const struct crypt_verdict *v)
{
    switch (v->signature) {
    case CRYPT_UNSIGNED:
        return (struct words){0};
    case CRYPT_GOOD:
        return with_name(a, v, "", "");
    case CRYPT_INTACT:
        return with_name(a, v, "; nothing proves that this is the sender",
                         "; dass das der Absender ist, ist nicht belegt");
    case CRYPT_EXPIRED:
        return with_name(a, v, "; key or signature have expired",
                         "; Schlüssel oder Signatur sind abgelaufen");
    case CRYPT_REVOKED:
        return with_name(a, v, "; the key was revoked", "; der Schlüssel ist widerrufen");
    case CRYPT_BAD:
        return SAY("The signature does not fit: the mail was changed on its way.",
                   "Die Signatur passt nicht: Die Mail wurde unterwegs verändert.");
    case CRYPT_NO_KEY:
        return SAY("Signed with a key that is not known here.",
                   "Signiert mit einem Schlüssel, der hier nicht bekannt ist.");
    case CRYPT_LATE:
        return SAY("The signature could not be checked in time.",
                   "Die Signatur ließ sich nicht rechtzeitig prüfen.");
    case CRYPT_UNSURE:
        break;
    }
    return SAY("The signature cannot be checked.", "Die Signatur lässt sich nicht prüfen.");
}

bool crypt_is_bad(const struct crypt_verdict *v)
{
    return v->signature == CRYPT_BAD || v->signature == CRYPT_REVOKED
           || v->lock == CRYPT_LOCKED;
}

// --- what is put down --------------------------------------------------------------------

enum err crypt_wish_of(struct ctx *cx, contact_id contact, struct crypt_wish *out, bool *there)
{
    struct q_crypt_key_of *r;
    isize n;
    TRY(q_crypt_key_of(cx, contact, &r, &n));
    *there = n > 0;
    *out = n > 0 ? (struct crypt_wish){r->protocol, r->fingerprint, r->owner, r->sign, r->lock}
                 : (struct crypt_wish){0};
    return OK;
}

enum err crypt_put_down(struct ctx *cx, contact_id contact, const struct crypt_wish *w, str key)
{
    return q_crypt_key_put(cx, contact, w->protocol, w->fingerprint, w->owner, key, w->sign,
                           w->lock);
}

// Another kind of sealing has another key.
enum err crypt_change(struct ctx *cx, contact_id contact, const struct crypt_wish *w)
{
    struct crypt_wish old;
    int64_t changed;
    bool there;
    TRY(crypt_wish_of(cx, contact, &old, &there));
    if (there && (old.protocol == w->protocol || old.fingerprint.n == 0))
        return q_crypt_key_wish(cx, contact, w->protocol, w->sign, w->lock, &changed);
    if (w->lock)
        return fail(cx, ERR_INVALID, "The key on file is of the other kind.",
                    "Der hinterlegte Schlüssel ist von der anderen Art.");
    return crypt_put_down(cx, contact, w, S(""));
}

enum err crypt_forget(struct ctx *cx, contact_id contact)
{
    int64_t changed;
    return q_crypt_key_delete(cx, contact, &changed);
}

enum err crypt_take(struct ctx *cx, const struct crypt_keys *keys, str address, str key,
                    struct crypt_wish *w)
{
    struct engine e = {keys->home, w->protocol, keys->seconds};
    struct engine_key k;
    TRY(engine_take(cx, &e, key, address, &k));
    if (!k.is_of)
        return fail(cx, ERR_INVALID, "This key is not for " STR_FMT ".",
                    "Dieser Schlüssel gehört nicht zu " STR_FMT ".", STR_ARG(address));
    if (w->lock && !k.can_lock)
        return fail(cx, ERR_INVALID, "This key cannot be used for encryption, or no longer.",
                    "Mit diesem Schlüssel lässt sich nicht oder nicht mehr verschlüsseln.");
    w->fingerprint = k.fingerprint;
    w->owner = k.name;
    return OK;
}

// --- what goes out (C7) ------------------------------------------------------------------

enum err crypt_post_for(struct ctx *cx, str rcpt, struct crypt_post *out)
{
    struct q_crypt_key_for *r;
    isize n = 0;
    str normal;
    *out = (struct crypt_post){0};
    if (contact_mail_normal(cx->arena, rcpt, &normal))
        TRY(q_crypt_key_for(cx, normal, &r, &n));
    if (n > 0)
        *out =
            (struct crypt_post){{r->protocol, r->fingerprint, S(""), r->sign, r->lock}, r->key};
    return OK;
}

// From is our own: one address, in brackets when a name stands before it.
static str sender_of(struct arena *a, str mail)
{
    str from = header_unfold(a, header_find(mail, S("From")));
    isize at = str_find(from, S("<"));
    str rest = at < 0 ? from : str_cut(from, at + 1);
    return str_trim(str_token(&rest, '>'));
}

static str boundary(struct arena *a)
{
    return arena_join(a, S("=_"), secret_token(a));
}

static enum err seal(struct ctx *cx, const struct engine *e, const struct crypt_post *post,
                     str mail, str *out)
{
    struct arena *a = cx->arena;
    struct engine_key key;
    str entity = sealed_entity(a, mail), piece;
    if (post->wish.sign) {
        TRY(engine_sign(cx, e, sender_of(a, mail), entity, &piece));
        entity = sealed_with_signature(a, e->protocol, entity, piece, boundary(a));
    }
    if (post->wish.lock) {
        TRY(engine_take(cx, e, post->key, S(""), &key));
        TRY(engine_lock(cx, e, post->wish.fingerprint, entity, &piece));
        entity = sealed_with_lock(a, e->protocol, piece, boundary(a));
    }
    *out = sealed_mail(a, mail, entity);
    return OK;
}

enum err crypt_seal(struct ctx *cx, const struct crypt_keys *keys,
                    const struct crypt_post *post, str mail, str *out)
{
    struct engine e = {keys->home, post->wish.protocol, keys->seconds};
    if (!post->wish.sign && !post->wish.lock) {
        *out = mail;
        return OK;
    }
    if (keys->home.n == 0)
        return fail(cx, ERR_BUSY,
                    "It is to be signed or encrypted, and there are no keys (--keys).",
                    "Sie soll signiert oder verschlüsselt werden, und es gibt keine Schlüssel "
                    "(--keys).");
    return seal(cx, &e, post, mail, out);
}
