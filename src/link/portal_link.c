// SPDX-License-Identifier: GPL-3.0-or-later
#include "link/portal_link.h"

#include "link/token.h"
#include "portal_link.sql.h"

#include <assert.h>

struct parts {
    unsigned char given, ticket[TOKEN_KEY_BYTES], contact[TOKEN_KEY_BYTES];
};

static const struct token_kind kind = {"portal link", "portal link mask", sizeof(struct parts),
                                       19};

static str seal(struct ctx *cx, const struct tenant *t, ticket_id ticket, contact_id contact,
                enum portal_link_given given)
{
    struct parts p = {.given = (unsigned char)given};
    bool fits = token_put_key(p.ticket, ticket.n) && token_put_key(p.contact, contact.n);
    assert(fits);
    static_assert(sizeof p == 1 + 2 * TOKEN_KEY_BYTES, "only bytes, no gaps");
    (void)fits;
    return token_seal(cx, t, &kind, (str){(const char *)&p, sizeof p});
}

static bool unseal(struct ctx *cx, const struct tenant *t, str token, struct parts *p)
{
    str bytes;
    if (!token_open(cx, t, &kind, token, &bytes))
        return false;
    memcpy(p, bytes.p, sizeof *p);
    return true;
}

// L4: no link for somebody else's case.
static enum err make_link(struct ctx *cx, ticket_id ticket, contact_id contact,
                          enum portal_link_given given, struct tenant *t, enum lang *lang,
                          str *token)
{
    struct q_portal_link_case row;
    TRY(tenant_mine(cx, t));
    TRY(q_portal_link_case(cx, ticket, contact, &row));
    *lang = row.language;
    *token = seal(cx, t, ticket, contact, given);
    return OK;
}

enum err portal_link(struct ctx *cx, ticket_id ticket, contact_id contact, str *out)
{
    struct tenant t;
    enum lang lang;
    str token;
    TRY(make_link(cx, ticket, contact, LINK_MAILED, &t, &lang, &token));
    *out = arena_fmt(cx->arena, STR_FMT "/%s/v/" STR_FMT, STR_ARG(t.base_url),
                     lang == LANG_EN ? "en" : "de", STR_ARG(token));
    return OK;
}

enum err portal_link_token(struct ctx *cx, ticket_id ticket, contact_id contact,
                           enum portal_link_given given, str *out)
{
    struct tenant t;
    enum lang lang;
    return make_link(cx, ticket, contact, given, &t, &lang, out);
}

enum err portal_link_open(struct ctx *cx, str token, ticket_id *ticket,
                          enum portal_link_given *given)
{
    struct tenant t;
    struct parts p;
    struct q_portal_link_case row;
    TRY(tenant_mine(cx, &t));
    if (!unseal(cx, &t, token, &p))
        return db_absent(cx);
    contact_id contact = {token_get_key(p.contact)};
    ticket_id id = {token_get_key(p.ticket)};
    cx->who = (struct who){.tenant = t.id, .contact = contact, .see = SEE_OWN};    // L7
    TRY(q_portal_link_case(cx, id, contact, &row));
    *ticket = id;
    *given = (enum portal_link_given)p.given;
    return OK;
}
