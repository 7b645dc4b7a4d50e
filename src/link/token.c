// SPDX-License-Identifier: GPL-3.0-or-later
#include "link/token.h"

#include "base/secret.h"

static str mac_of(struct ctx *cx, const struct tenant *t, const struct token_kind *k,
                  str hidden)
{
    str all = arena_fmt(cx->arena, "%lld.%lld.", (long long)t->id.n, (long long)t->link_key);
    str mac = secret_mac(cx->arena, t->secret, k->purpose, arena_join(cx->arena, all, hidden));
    return (str){mac.p, k->mac};
}

static str masked(struct ctx *cx, const struct tenant *t, const struct token_kind *k, str mac,
                  str hidden)
{
    str stream = secret_mac(cx->arena, t->secret, k->mask, mac);
    char *to = make(cx->arena, char, hidden.n);
    for (isize i = 0; i < hidden.n; i++)
        to[i] = (char)(hidden.p[i] ^ stream.p[i]);
    return (str){to, hidden.n};
}

str token_seal(struct ctx *cx, const struct tenant *t, const struct token_kind *k, str hidden)
{
    str mac = mac_of(cx, t, k, hidden);
    return secret_base32(cx->arena, arena_join(cx->arena, masked(cx, t, k, mac, hidden), mac));
}

bool token_open(struct ctx *cx, const struct tenant *t, const struct token_kind *k, str token,
                str *hidden)
{
    str raw;
    if (token.n != (k->hidden + k->mac) * 8 / 5 || !secret_base32_read(cx->arena, token, &raw))
        return false;
    str mac = str_cut(raw, k->hidden);
    *hidden = masked(cx, t, k, mac, (str){raw.p, k->hidden});
    return secret_same(mac, mac_of(cx, t, k, *hidden));
}

bool token_put_key(unsigned char p[TOKEN_KEY_BYTES], int64_t key)
{
    bool fits = key > 0 && key >> 8 * TOKEN_KEY_BYTES == 0;
    for (int i = TOKEN_KEY_BYTES - 1; i >= 0; i--, key >>= 8)
        p[i] = (unsigned char)(key & 0xff);
    return fits;
}

int64_t token_get_key(const unsigned char p[TOKEN_KEY_BYTES])
{
    int64_t key = 0;
    for (int i = 0; i < TOKEN_KEY_BYTES; i++)
        key = key << 8 | p[i];
    return key;
}
