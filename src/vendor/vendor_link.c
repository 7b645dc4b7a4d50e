// SPDX-License-Identifier: GPL-3.0-or-later
#include "vendor/vendor_link.h"

#include "link/token.h"

static const struct token_kind kind = {"vendor link", "vendor link mask", TOKEN_KEY_BYTES, 20};

static fallible make_token(struct ctx *cx, engagement_id id, struct tenant *t, str *out)
{
    unsigned char key[TOKEN_KEY_BYTES];
    TRY(tenant_mine(cx, t));
    if (!token_put_key(key, id.n))
        return broken(cx, "keys have outgrown the vendor's link");
    *out = token_seal(cx, t, &kind, (str){(const char *)key, TOKEN_KEY_BYTES});
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
    str key;
    TRY(tenant_mine(cx, &t));
    if (!token_open(cx, &t, &kind, token, &key))
        return db_absent(cx);
    *out = (engagement_id){token_get_key((const unsigned char *)key.p)};
    return OK;
}
