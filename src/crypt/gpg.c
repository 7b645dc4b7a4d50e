// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypt/gpg.h"

#include "base/buf.h"
#include "base/io.h"
#include "base/limits.h"
#include "mail/clean.h"

#include <gpgme.h>

bool gpg_start(void)
{
    return gpgme_check_version("1.18.0") != NULL;
}

// --- one conversation --------------------------------------------------------------------

static enum err no_engine(struct ctx *cx, gpgme_error_t e)
{
    return busy(cx, "gpgme: %s", gpgme_strerror(e));
}

static fallible context(struct ctx *cx, const struct engine *e, gpgme_ctx_t *out)
{
    gpgme_protocol_t protocol =
        e->protocol == PROTOCOL_PGP ? GPGME_PROTOCOL_OpenPGP : GPGME_PROTOCOL_CMS;
    gpgme_ctx_t g;
    gpgme_error_t rc = gpgme_new(&g);
    if (rc != 0)
        return no_engine(cx, rc);
    rc = gpgme_set_protocol(g, protocol);
    if (rc == 0)
        rc = gpgme_ctx_set_engine_info(g, protocol, NULL, arena_z(cx->arena, e->home));    // G1
    if (rc != 0) {
        gpgme_release(g);
        return no_engine(cx, rc);
    }
    gpgme_set_offline(g, 1);    // G2
    if (e->protocol == PROTOCOL_PGP)
        gpgme_set_pinentry_mode(g, GPGME_PINENTRY_MODE_ERROR);
    gpgme_set_armor(g, e->protocol == PROTOCOL_PGP);
    *out = g;
    return OK;
}

enum err gpg_check(struct ctx *cx, str home)
{
    if (!io_is_folder(cx, home) || !str_starts(home, S("/")))
        return fail(cx, ERR_INVALID, "The keys must lie in a folder with a full path: " STR_FMT,
                    "Die Schlüssel müssen in einem Ordner mit vollem Pfad liegen: " STR_FMT,
                    STR_ARG(home));
    for (int p = PROTOCOL_PGP; p <= PROTOCOL_CMS; p++) {
        gpgme_error_t rc = gpgme_engine_check_version(p == PROTOCOL_PGP ? GPGME_PROTOCOL_OpenPGP
                                                                        : GPGME_PROTOCOL_CMS);
        if (rc != 0)
            return fail(cx, ERR_INVALID, "gpg and gpgsm are needed for keys.",
                        "Für Schlüssel werden gpg und gpgsm gebraucht.");
    }
    return OK;
}

// --- bytes in and out --------------------------------------------------------------------

struct sink {
    struct buf buf;
    isize most;
    bool over;    // G3
};

static ssize_t take(void *arg, const void *p, size_t n)
{
    struct sink *s = arg;
    s->over |= s->buf.n + (isize)n > s->most;
    if (s->over)
        return -1;
    buf_put(&s->buf, (str){p, (isize)n});
    return (ssize_t)n;
}

static const struct gpgme_data_cbs sink_calls = {.write = take};

static gpgme_data_t into(struct sink *s, struct arena *a, isize most)
{
    gpgme_data_t d;
    *s = (struct sink){.buf = buf_new(a, 4096), .most = most};
    if (gpgme_data_new_from_cbs(&d, (struct gpgme_data_cbs *)(uintptr_t)&sink_calls, s) != 0)
        abort();
    return d;
}

static gpgme_data_t from_bytes(str bytes)
{
    gpgme_data_t d;
    if (gpgme_data_new_from_mem(&d, bytes.n == 0 ? "" : bytes.p, (size_t)bytes.n, 0) != 0)
        abort();
    return d;
}

// S/MIME stands in mails as base64.
static gpgme_data_t of_mail(const struct engine *e, str bytes)
{
    gpgme_data_t d = from_bytes(bytes);
    bool text = true;
    for (isize i = 0; i < bytes.n && i < 64; i++)
        text &= (unsigned char)bytes.p[i] >= '\t' && (unsigned char)bytes.p[i] < 127;
    if (e->protocol == PROTOCOL_CMS)
        gpgme_data_set_encoding(d,
                                text ? GPGME_DATA_ENCODING_BASE64 : GPGME_DATA_ENCODING_BINARY);
    return d;
}

// --- who signed --------------------------------------------------------------------------

static enum engine_state state_of(gpgme_error_t status)
{
    switch ((int)gpgme_err_code(status)) {
    case GPG_ERR_NO_ERROR:
        return ENGINE_GOOD;
    case GPG_ERR_BAD_SIGNATURE:
        return ENGINE_BAD;
    case GPG_ERR_NO_PUBKEY:
        return ENGINE_NO_KEY;
    case GPG_ERR_SIG_EXPIRED:
    case GPG_ERR_KEY_EXPIRED:
    case GPG_ERR_CERT_EXPIRED:
        return ENGINE_EXPIRED;
    case GPG_ERR_CERT_REVOKED:
        return ENGINE_REVOKED;
    default:
        return ENGINE_UNSURE;
    }
}

static str text_of(struct arena *a, const char *z)
{
    str s = z == NULL ? (str){0} : arena_str(a, str_from_z(z));
    return str_is_utf8(s) ? str_head(clean_line(a, s), LIMIT_LINE) : (str){0};
}

static str bare(str address)
{
    if (str_starts(address, S("<")) && str_ends(address, S(">")))
        return (str){address.p + 1, address.n - 2};
    return address;
}

static bool is_of(gpgme_key_t key, str address, bool vouched)
{
    for (gpgme_user_id_t u = key->uids; u != NULL; u = u->next)
        if (!u->revoked && !u->invalid && address.n > 0
            && str_eq_nocase(bare(str_from_z(u->email)), address)
            && (!vouched || u->validity >= GPGME_VALIDITY_FULL))
            return true;
    return false;
}

// A certificate's first name is its subject, an address stands behind it.
static str name_of(struct arena *a, gpgme_key_t key)
{
    for (gpgme_user_id_t u = key->uids; u != NULL; u = u->next)
        if (u->uid != NULL && u->uid[0] != 0)
            return text_of(a, u->uid);
    return text_of(a, key->fpr);
}

static void describe(struct ctx *cx, gpgme_ctx_t g, const struct engine *e, str from,
                     gpgme_signature_t sig, struct engine_signer *out)
{
    gpgme_key_t key = NULL;
    out->fingerprint = out->name = text_of(cx->arena, sig->fpr);
    if (sig->fpr == NULL || gpgme_get_key(g, sig->fpr, &key, 0) != 0 || key == NULL)
        return;
    bool whole_chain = e->protocol == PROTOCOL_PGP || sig->validity >= GPGME_VALIDITY_FULL;
    out->fingerprint = text_of(cx->arena, key->fpr);
    out->name = name_of(cx->arena, key);
    out->vouched = out->state == ENGINE_GOOD && whole_chain
                   && is_of(key, from, e->protocol == PROTOCOL_PGP);    // G5
    if (out->state == ENGINE_GOOD && key->revoked)
        out->state = ENGINE_REVOKED;
    if (out->state == ENGINE_GOOD && key->expired)
        out->state = ENGINE_EXPIRED;
    gpgme_key_unref(key);
}

// Of several signatures the worst counts: whoever adds one to a text has not made it better.
static void read_signer(struct ctx *cx, gpgme_ctx_t g, const struct engine *e, str from,
                        struct engine_signer *out)
{
    gpgme_verify_result_t r = gpgme_op_verify_result(g);
    *out = (struct engine_signer){.state = ENGINE_UNSIGNED};
    for (gpgme_signature_t s = r == NULL ? NULL : r->signatures; s != NULL; s = s->next) {
        struct engine_signer one = {.state = state_of(s->status)};
        describe(cx, g, e, from, s, &one);
        if (out->state == ENGINE_UNSIGNED || one.state == ENGINE_BAD
            || out->state == ENGINE_GOOD)
            *out = one;
    }
}

// --- reading -----------------------------------------------------------------------------

enum err gpg_verify(struct ctx *cx, const struct engine *e, str from, str text, str signature,
                    struct engine_signer *out)
{
    gpgme_ctx_t g;
    TRY(context(cx, e, &g));
    gpgme_data_t sig = of_mail(e, signature), signed_text = from_bytes(text);
    gpgme_error_t rc = gpgme_op_verify(g, sig, signed_text, NULL);
    if (rc == 0)
        read_signer(cx, g, e, from, out);
    if (rc != 0 || out->state == ENGINE_UNSIGNED)
        *out = (struct engine_signer){.state = ENGINE_UNSURE};
    gpgme_data_release(sig);
    gpgme_data_release(signed_text);
    gpgme_release(g);
    return OK;
}

enum err gpg_unwrap(struct ctx *cx, const struct engine *e, str from, str bytes, str *text,
                    struct engine_signer *out)
{
    gpgme_ctx_t g;
    struct sink sink;
    TRY(context(cx, e, &g));
    gpgme_data_t in = of_mail(e, bytes), plain = into(&sink, cx->arena, LIMIT_MAIL_BYTES);
    gpgme_error_t rc = gpgme_op_verify(g, in, NULL, plain);
    read_signer(cx, g, e, from, out);
    *text = buf_str(&sink.buf);
    gpgme_data_release(in);
    gpgme_data_release(plain);
    gpgme_release(g);
    return rc == 0 && text->n > 0 ? OK
                                  : fail(cx, ERR_DENIED, "The mail cannot be unwrapped.",
                                         "Die Mail lässt sich nicht auspacken.");
}

static bool was_whole(gpgme_ctx_t g)    // G4
{
    gpgme_decrypt_result_t r = gpgme_op_decrypt_result(g);
    return r != NULL && !r->wrong_key_usage && !r->legacy_cipher_nomdc;
}

enum err gpg_unlock(struct ctx *cx, const struct engine *e, str from, str bytes, isize most,
                    str *text, struct engine_signer *out)
{
    gpgme_ctx_t g;
    struct sink sink;
    TRY(context(cx, e, &g));
    gpgme_data_t in = of_mail(e, bytes), plain = into(&sink, cx->arena, most);
    gpgme_error_t rc = e->protocol == PROTOCOL_PGP ? gpgme_op_decrypt_verify(g, in, plain)
                                                   : gpgme_op_decrypt(g, in, plain);
    bool ok = rc == 0 && was_whole(g) && !sink.over;
    *out = (struct engine_signer){.state = ENGINE_UNSIGNED};
    if (ok && e->protocol == PROTOCOL_PGP)
        read_signer(cx, g, e, from, out);
    gpgme_data_release(in);
    gpgme_data_release(plain);
    gpgme_release(g);
    if (!ok)
        return fail(cx, ERR_DENIED, "The mail cannot be unlocked: %s.",
                    "Die Mail lässt sich nicht entschlüsseln: %s.", gpgme_strerror(rc));
    *text = buf_str(&sink.buf);
    return OK;
}

// --- writing -----------------------------------------------------------------------------

static bool usable(gpgme_key_t k)
{
    return !k->revoked && !k->expired && !k->disabled && !k->invalid;
}

static enum err find_signing_key(struct ctx *cx, gpgme_ctx_t g, str from)
{
    gpgme_key_t key = NULL;
    bool found = false;
    gpgme_error_t rc = gpgme_op_keylist_start(g, arena_z(cx->arena, from), 1);
    while (rc == 0 && !found && gpgme_op_keylist_next(g, &key) == 0) {
        found = usable(key) && key->can_sign && is_of(key, from, false)
                && gpgme_signers_add(g, key) == 0;
        gpgme_key_unref(key);
    }
    gpgme_op_keylist_end(g);
    return found ? OK
                 : fail(cx, ERR_BUSY, "There is no secret key to sign with for " STR_FMT ".",
                        "Es gibt keinen geheimen Schlüssel zum Signieren für " STR_FMT ".",
                        STR_ARG(from));
}

static void as_in_mail(const struct engine *e, gpgme_data_t d)
{
    if (e->protocol == PROTOCOL_CMS)
        gpgme_data_set_encoding(d, GPGME_DATA_ENCODING_BASE64);
}

enum err gpg_sign(struct ctx *cx, const struct engine *e, str from, str text, str *signature)
{
    gpgme_ctx_t g;
    struct sink sink;
    TRY(context(cx, e, &g));
    enum err err = find_signing_key(cx, g, from);
    gpgme_data_t in = from_bytes(text), out = into(&sink, cx->arena, LIMIT_MAIL_BYTES);
    as_in_mail(e, out);
    gpgme_error_t rc = err == OK ? gpgme_op_sign(g, in, out, GPGME_SIG_MODE_DETACH) : 0;
    if (err == OK && (rc != 0 || sink.buf.n == 0))
        err = fail(cx, ERR_BUSY, "Signing failed: %s.", "Signieren ging nicht: %s.",
                   gpgme_strerror(rc));
    *signature = buf_str(&sink.buf);
    gpgme_data_release(in);
    gpgme_data_release(out);
    gpgme_release(g);
    return err;
}

static enum err lock(struct ctx *cx, const struct engine *e, gpgme_ctx_t g, str fingerprint,
                     str text, str *out)
{
    struct sink sink;
    gpgme_key_t keys[2] = {NULL, NULL};
    gpgme_get_key(g, arena_z(cx->arena, fingerprint), &keys[0], 0);
    if (keys[0] == NULL || !usable(keys[0]) || !keys[0]->can_encrypt) {
        if (keys[0] != NULL)
            gpgme_key_unref(keys[0]);
        return fail(cx, ERR_BUSY, "The recipient's key is missing, expired or revoked.",
                    "Der Schlüssel des Empfängers fehlt, ist abgelaufen oder widerrufen.");
    }
    gpgme_data_t in = from_bytes(text), to = into(&sink, cx->arena, 2 * LIMIT_MAIL_BYTES);
    as_in_mail(e, to);
    gpgme_error_t rc = gpgme_op_encrypt(
        g, keys, GPGME_ENCRYPT_ALWAYS_TRUST | GPGME_ENCRYPT_NO_ENCRYPT_TO, in, to);
    gpgme_encrypt_result_t r = gpgme_op_encrypt_result(g);
    bool ok = rc == 0 && sink.buf.n > 0 && r != NULL && r->invalid_recipients == NULL;
    *out = buf_str(&sink.buf);
    gpgme_data_release(in);
    gpgme_data_release(to);
    gpgme_key_unref(keys[0]);
    return ok ? OK
              : fail(cx, ERR_BUSY, "Encrypting failed: %s.", "Verschlüsseln ging nicht: %s.",
                     gpgme_strerror(rc));
}

enum err gpg_lock(struct ctx *cx, const struct engine *e, str fingerprint, str text, str *out)
{
    gpgme_ctx_t g;
    TRY(context(cx, e, &g));
    enum err err = lock(cx, e, g, fingerprint, text, out);
    gpgme_release(g);
    return err;
}

// --- keys of others ----------------------------------------------------------------------

static enum err no_key(struct ctx *cx)
{
    return fail(cx, ERR_INVALID, "This is no public key and no certificate.",
                "Das ist kein öffentlicher Schlüssel und kein Zertifikat.");
}

static enum err look_at(struct ctx *cx, gpgme_ctx_t g, str address, struct engine_key *out)
{
    gpgme_key_t key = NULL;
    gpgme_import_result_t r = gpgme_op_import_result(g);
    if (r == NULL || r->imports == NULL || r->secret_read > 0)
        return no_key(cx);
    if (gpgme_get_key(g, r->imports->fpr, &key, 0) != 0 || key == NULL)
        return no_key(cx);
    *out = (struct engine_key){.fingerprint = text_of(cx->arena, key->fpr),
                               .name = name_of(cx->arena, key),
                               .can_lock = usable(key) && key->can_encrypt,
                               .is_of = is_of(key, address, false)};
    gpgme_key_unref(key);
    return OK;
}

// Before it is taken: what gpg has imported stays, and a secret key with our address would sign our
// mail.  The armor's headline says nothing about what is in it.  gpgsm takes secret keys in PKCS#12
// only, which needs a passphrase (G2).
static bool holds_secret(const struct engine *e, gpgme_ctx_t g, str bytes)
{
    gpgme_key_t key;
    gpgme_data_t in = from_bytes(bytes);
    bool secret = str_find(bytes, S("PRIVATE KEY")) >= 0;
    if (e->protocol == PROTOCOL_PGP && gpgme_op_keylist_from_data_start(g, in, 0) == 0) {
        while (gpgme_op_keylist_next(g, &key) == 0) {
            secret |= key->secret;
            gpgme_key_unref(key);
        }
        gpgme_op_keylist_end(g);
    }
    gpgme_data_release(in);
    return secret;
}

enum err gpg_take(struct ctx *cx, const struct engine *e, str bytes, str address,
                  struct engine_key *out)
{
    gpgme_ctx_t g;
    TRY(context(cx, e, &g));
    gpgme_data_t in = from_bytes(bytes);
    enum err err = !holds_secret(e, g, bytes) && gpgme_op_import(g, in) == 0
                       ? look_at(cx, g, address, out)
                       : no_key(cx);
    gpgme_data_release(in);
    gpgme_release(g);
    return err;
}

// --- a key of our own --------------------------------------------------------------------

// What gpgme says of one operation lives until the next.
static gpgme_error_t make_key(struct arena *a, gpgme_ctx_t g, str owner, gpgme_data_t out)
{
    unsigned how = GPGME_CREATE_NOPASSWD | GPGME_CREATE_NOEXPIRE;
    gpgme_error_t rc =
        gpgme_op_createkey(g, arena_z(a, owner), "future-default", 0, 0, NULL, how);
    gpgme_genkey_result_t made = rc == 0 ? gpgme_op_genkey_result(g) : NULL;
    return made == NULL ? rc : gpgme_op_export(g, arena_z(a, text_of(a, made->fpr)), 0, out);
}

enum err gpg_make(struct ctx *cx, const struct engine *e, str owner, str *key)
{
    gpgme_ctx_t g;
    struct sink sink;
    TRY(context(cx, e, &g));
    gpgme_data_t out = into(&sink, cx->arena, LIMIT_MAIL_BYTES);
    gpgme_error_t rc = make_key(cx->arena, g, owner, out);
    *key = buf_str(&sink.buf);
    gpgme_data_release(out);
    gpgme_release(g);
    return rc == 0 && key->n > 0
               ? OK
               : fail(cx, ERR_BUSY, "A key could not be made: %s.",
                      "Ein Schlüssel ließ sich nicht anlegen: %s.", gpgme_strerror(rc));
}
