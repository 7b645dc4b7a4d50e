// SPDX-License-Identifier: GPL-3.0-or-later
#include "vendor/vendor_link.h"

#include "base/secret.h"

// A MAC over everything, then the key masked by a stream that the MAC selects (portal_link.c).
enum { KEY_BYTES = 5, MAC_BYTES = 20, TOKEN = 40 };

static str mac_of(struct ctx *cx, const struct tenant *t, str key)
{
    str all = arena_fmt(cx->arena, "%lld.%lld.", (long long)t->id.n, (long long)t->link_key);
    str mac = secret_mac(cx->arena, t->secret, "vendor link", arena_join(cx->arena, all, key));
    return (str){mac.p, MAC_BYTES};
}

static str masked(struct ctx *cx, const struct tenant *t, str mac, str key)
{
    str stream = secret_mac(cx->arena, t->secret, "vendor link mask", mac);
    char *to = make(cx->arena, char, KEY_BYTES);
    for (int i = 0; i < KEY_BYTES; i++)
        to[i] = (char)(key.p[i] ^ stream.p[i]);
    return (str){to, KEY_BYTES};
}

static str seal(struct ctx *cx, const struct tenant *t, engagement_id id)
{
    char *raw = make(cx->arena, char, KEY_BYTES);
    for (int i = 0; i < KEY_BYTES; i++)
        raw[i] = (char)(id.n >> (8 * (KEY_BYTES - 1 - i)) & 0xff);
    str key = {raw, KEY_BYTES}, mac = mac_of(cx, t, key);
    return secret_base32(cx->arena, arena_join(cx->arena, masked(cx, t, mac, key), mac));
}

static fallible make_token(struct ctx *cx, engagement_id id, struct tenant *t, str *out)
{
    TRY(tenant_mine(cx, t));
    if (id.n <= 0 || id.n >> (8 * KEY_BYTES) != 0)
        return broken(cx, "keys have outgrown the vendor's link");
    *out = seal(cx, t, id);
    return OK;
}

enum err vendor_link_token(struct ctx *cx, engagement_id id, str *out)
{
    struct tenant t;
    return make_token(cx, id, &t, out);
}

enum err vendor_link(struct ctx *cx, engagement_id id, enum lang lang, str *out)
{
    struct tenant t;
    str token;
    TRY(make_token(cx, id, &t, &token));
    *out = arena_fmt(cx->arena, STR_FMT "/%s/hv/" STR_FMT, STR_ARG(t.base_url),
                     lang == LANG_EN ? "en" : "de", STR_ARG(token));
    return OK;
}

enum err vendor_link_read(struct ctx *cx, str token, engagement_id *out)
{
    struct tenant t;
    str raw;
    TRY(tenant_mine(cx, &t));
    bool read = token.n == TOKEN && secret_base32_read(cx->arena, token, &raw);
    if (!read || raw.n != KEY_BYTES + MAC_BYTES)
        return db_absent(cx);
    str mac = str_cut(raw, KEY_BYTES), key = masked(cx, &t, mac, str_head(raw, KEY_BYTES));
    if (!secret_same(mac, mac_of(cx, &t, key)))
        return db_absent(cx);
    int64_t n = 0;
    for (int i = 0; i < KEY_BYTES; i++)
        n = n << 8 | (unsigned char)key.p[i];
    *out = (engagement_id){n};
    return OK;
}
