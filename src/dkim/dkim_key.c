// SPDX-License-Identifier: GPL-3.0-or-later
#include "dkim/dkim_key.h"

#include "base/io.h"
#include "base/secret.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

enum { FILE_MAX = 16 << 10, RSA_BITS_MIN = 1024, SIGNATURE_MAX = 1024, ED25519_BYTES = 32 };

static enum dkim_kind kind_of(EVP_PKEY *key)
{
    int kind = EVP_PKEY_get_base_id(key);
    if (kind == EVP_PKEY_RSA && EVP_PKEY_get_bits(key) >= RSA_BITS_MIN)
        return DKIM_RSA;
    return kind == EVP_PKEY_ED25519 ? DKIM_ED25519 : (enum dkim_kind)0;
}

enum err dkim_key_load(struct ctx *cx, str file, struct dkim_key *k)
{
    str pem;
    TRY(io_read_file(cx, file, FILE_MAX, &pem));
    BIO *in = BIO_new_mem_buf(pem.p, (int)pem.n);
    EVP_PKEY *key = in == NULL ? NULL : PEM_read_bio_PrivateKey(in, NULL, NULL, (void *)"");
    BIO_free(in);
    k->kind = key == NULL ? (enum dkim_kind)0 : kind_of(key);
    k->handle = key;
    if (k->kind != 0)
        return OK;
    EVP_PKEY_free(key);
    return fail(cx, ERR_INVALID,
                STR_FMT ": not a private key of RSA (1024 bits or more) or Ed25519 in PEM.",
                STR_FMT ": kein privater Schlüssel (RSA ab 1024 Bit oder Ed25519) in PEM.",
                STR_ARG(file));
}

void dkim_key_forget(struct dkim_key *k)
{
    EVP_PKEY_free(k->handle);
    k->handle = NULL;
}

str dkim_key_base64(struct arena *a, str bytes)
{
    unsigned char *out = make(a, unsigned char, (bytes.n + 2) / 3 * 4 + 1);
    int n = EVP_EncodeBlock(out, (const unsigned char *)bytes.p, (int)bytes.n);
    return (str){(char *)out, n};
}

enum err dkim_key_sign(struct ctx *cx, const struct dkim_key *k, str bytes, str *out)
{
    // K2, RFC 8463 3: Ed25519 signs the SHA-256 of the headers, not the headers.
    bool ed = k->kind == DKIM_ED25519;
    str data = ed ? secret_hash(cx->arena, bytes) : bytes;
    unsigned char *sig = make(cx->arena, unsigned char, SIGNATURE_MAX);
    size_t n = SIGNATURE_MAX;
    EVP_MD_CTX *md = EVP_MD_CTX_new();
    bool good =
        md != NULL
        && EVP_DigestSignInit(md, NULL, ed ? NULL : EVP_sha256(), NULL, k->handle) == 1
        && EVP_DigestSign(md, sig, &n, (const unsigned char *)data.p, (size_t)data.n) == 1;
    EVP_MD_CTX_free(md);
    *out = (str){(char *)sig, (isize)n};
    return good ? OK : broken(cx, "the library did not sign");
}

enum err dkim_key_record(struct ctx *cx, const struct dkim_key *k, str *name, str *text)
{
    unsigned char *der = NULL;
    bool ed = k->kind == DKIM_ED25519;
    int n = i2d_PUBKEY(k->handle, &der);
    if (n <= 0)
        return broken(cx, "the library does not write a public key");
    str all = {(char *)der, n};
    // RFC 8463, 4.2: of Ed25519 the 32 bytes alone, without what says that it is one.
    str key = dkim_key_base64(cx->arena, ed ? str_cut(all, n - ED25519_BYTES) : all);
    OPENSSL_free(der);
    *name = arena_fmt(cx->arena, STR_FMT "._domainkey." STR_FMT, STR_ARG(k->selector),
                      STR_ARG(k->domain));
    *text = arena_fmt(cx->arena, "v=DKIM1; k=%s; h=sha256; p=" STR_FMT, ed ? "ed25519" : "rsa",
                      STR_ARG(key));
    return OK;
}
