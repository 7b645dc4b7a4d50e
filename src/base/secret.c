// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/secret.h"

#include "base/buf.h"

#include <nettle/hmac.h>
#include <sodium.h>

_Static_assert(SHORT_KEY_BYTES == crypto_shorthash_KEYBYTES, "SipHash's key");
_Static_assert(sizeof(struct sha256_ctx) <= sizeof(struct secret_sum), "room for state");

bool secret_start(void)
{
    return sodium_init() >= 0;
}

void secret_random(void *out, isize n)
{
    randombytes_buf(out, (size_t)n);
}

str secret_token(struct arena *a)
{
    unsigned char raw[TOKEN_BYTES];
    enum {
        LEN = sodium_base64_ENCODED_LEN(TOKEN_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING)
    };
    char *p = make(a, char, LEN);
    secret_random(raw, sizeof raw);
    sodium_bin2base64(p, LEN, raw, sizeof raw, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return str_from_z(p);
}

static const uint8_t *octets(str s)
{
    return (const uint8_t *)s.p;
}

str secret_hash(struct arena *a, str bytes)
{
    struct secret_sum sum;
    secret_sum_start(&sum);
    secret_sum_add(&sum, bytes);
    return secret_sum_end(&sum, a);
}

str secret_hex(struct arena *a, str bytes)
{
    char *p = make(a, char, bytes.n * 2 + 1);
    sodium_bin2hex(p, (size_t)bytes.n * 2 + 1, (const unsigned char *)bytes.p, (size_t)bytes.n);
    return (str){p, bytes.n * 2};
}

static str mac_end(struct hmac_sha256_ctx *m, struct arena *a)
{
    uint8_t *p = make(a, uint8_t, HASH_BYTES);
    hmac_sha256_digest(m, HASH_BYTES, p);
    return (str){(const char *)p, HASH_BYTES};
}

str secret_hmac(struct arena *a, str key, str message)
{
    struct hmac_sha256_ctx m;
    hmac_sha256_set_key(&m, (size_t)key.n, octets(key));
    hmac_sha256_update(&m, (size_t)message.n, octets(message));
    return mac_end(&m, a);
}

str secret_mac(struct arena *a, str key, const char *purpose, str message)
{
    struct hmac_sha256_ctx m;
    hmac_sha256_set_key(&m, (size_t)key.n, octets(key));
    hmac_sha256_update(&m, strlen(purpose) + 1, (const uint8_t *)purpose);
    hmac_sha256_update(&m, (size_t)message.n, octets(message));
    return mac_end(&m, a);
}

uint64_t secret_short(const unsigned char key[SHORT_KEY_BYTES], str message)
{
    unsigned char out[crypto_shorthash_BYTES];
    crypto_shorthash(out, (const unsigned char *)message.p, (unsigned long long)message.n, key);
    uint64_t n = 0;
    for (int i = 0; i < 8; i++)
        n |= (uint64_t)out[i] << 8 * i;
    return n;
}

bool secret_same(str x, str y)
{
    return x.n == y.n && (x.n == 0 || sodium_memcmp(x.p, y.p, (size_t)x.n) == 0);
}

static struct sha256_ctx *state_of(struct secret_sum *s)
{
    return (struct sha256_ctx *)(void *)s->state;
}

void secret_sum_start(struct secret_sum *s)
{
    sha256_init(state_of(s));
}

void secret_sum_add(struct secret_sum *s, str bytes)
{
    sha256_update(state_of(s), (size_t)bytes.n, octets(bytes));
}

str secret_sum_end(struct secret_sum *s, struct arena *a)
{
    uint8_t *p = make(a, uint8_t, HASH_BYTES);
    sha256_digest(state_of(s), HASH_BYTES, p);
    return (str){(const char *)p, HASH_BYTES};
}

// Nothing typed is no pointer; the library wants one even for no bytes.
static const char *bytes_of(str password)
{
    return password.n > 0 ? password.p : "";
}

str secret_password_hash(struct arena *a, str password)
{
    char *p = make(a, char, crypto_pwhash_STRBYTES);
    if (crypto_pwhash_str(p, bytes_of(password), (unsigned long long)password.n,
                          crypto_pwhash_OPSLIMIT_INTERACTIVE,
                          crypto_pwhash_MEMLIMIT_INTERACTIVE)
        != 0)
        abort();    // no 64 MiB to be had
    return str_from_z(p);
}

bool secret_password_is(struct arena *a, str hash, str password)
{
    return hash.n > 0
           && crypto_pwhash_str_verify(arena_z(a, hash), bytes_of(password),
                                       (unsigned long long)password.n)
                  == 0;
}

static const char base32[] = "abcdefghijklmnopqrstuvwxyz234567";

str secret_base32(struct arena *a, str bytes)
{
    struct buf b = buf_new(a, bytes.n * 8 / 5 + 2);
    unsigned bits = 0, have = 0;
    for (isize i = 0; i < bytes.n; i++) {
        bits = (bits << 8 | (unsigned char)bytes.p[i]) & 0xfff;
        for (have += 8; have >= 5; have -= 5)
            buf_char(&b, base32[bits >> (have - 5) & 31]);
    }
    if (have > 0)
        buf_char(&b, base32[bits << (5 - have) & 31]);
    return buf_str(&b);
}

bool secret_base32_read(struct arena *a, str text, str *out)
{
    struct buf b = buf_new(a, text.n * 5 / 8 + 1);
    unsigned bits = 0, have = 0;
    for (isize i = 0; i < text.n; i++) {
        char c = text.p[i] >= 'A' && text.p[i] <= 'Z' ? (char)(text.p[i] + 32) : text.p[i];
        const char *at = c == 0 ? NULL : strchr(base32, c);
        if (at == NULL)
            return false;
        bits = (bits << 5 | (unsigned)(at - base32)) & 0xfff;
        have += 5;
        if (have >= 8) {
            have -= 8;
            buf_char(&b, (char)(bits >> have & 0xff));
        }
    }
    *out = buf_str(&b);
    return true;
}
