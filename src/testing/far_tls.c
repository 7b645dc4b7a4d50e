// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/far_tls.h"

#include "base/now.h"

#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

struct far_authority {
    EVP_PKEY *key;
    X509 *root;
};

static void must(bool ok)
{
    if (!ok)
        abort();
}

static void add(X509 *x, X509 *issuer, int what, const char *value)
{
    X509V3_CTX how;
    X509V3_set_ctx(&how, issuer, x, NULL, NULL, 0);
    X509_EXTENSION *e = X509V3_EXT_conf_nid(NULL, &how, what, value);
    must(e != NULL && X509_add_ext(x, e, -1) == 1);
    X509_EXTENSION_free(e);
}

static X509 *begin(EVP_PKEY *key, const char *name, int64_t from_s, int64_t to_s)
{
    X509 *x = X509_new();
    must(x != NULL && key != NULL && X509_set_version(x, 2) == 1);
    ASN1_INTEGER_set_uint64(X509_get_serialNumber(x), strlen(name));
    X509_gmtime_adj(X509_getm_notBefore(x), (long)from_s);
    X509_gmtime_adj(X509_getm_notAfter(x), (long)to_s);
    X509_set_pubkey(x, key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(x), "CN", MBSTRING_UTF8,
                               (const unsigned char *)name, -1, -1, 0);
    return x;
}

static void sign(X509 *x, X509 *issuer, EVP_PKEY *by)
{
    X509_set_issuer_name(x, X509_get_subject_name(issuer));
    must(X509_sign(x, by, EVP_sha256()) > 0);
}

struct far_authority *far_tls_authority(void)
{
    struct far_authority *a = calloc(1, sizeof *a);
    must(a != NULL);
    a->key = EVP_EC_gen("P-256");
    a->root = begin(a->key, "The authority of a test", -DAY_S, DAY_S);
    add(a->root, a->root, NID_basic_constraints, "critical,CA:TRUE");
    sign(a->root, a->root, a->key);
    return a;
}

void far_tls_forget(struct far_authority *a)
{
    X509_free(a->root);
    EVP_PKEY_free(a->key);
    free(a);
}

void far_tls_root(const struct far_authority *a, const char *path)
{
    BIO *file = BIO_new_file(path, "w");
    must(file != NULL && PEM_write_bio_X509(file, a->root) == 1);
    BIO_free(file);
}

SSL_CTX *far_tls_server(const struct far_authority *a, const struct far_paper *p)
{
    SSL_CTX *tls = SSL_CTX_new(TLS_server_method());
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *x = begin(key, "far", p->from_s, p->to_s), *issuer = p->itself ? x : a->root;
    add(x, issuer, NID_subject_alt_name, p->names);
    sign(x, issuer, p->itself ? key : a->key);
    must(tls != NULL && SSL_CTX_use_certificate(tls, x) == 1
         && SSL_CTX_use_PrivateKey(tls, key) == 1);
    X509_free(x);
    EVP_PKEY_free(key);
    return tls;
}
