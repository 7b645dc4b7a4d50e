// SPDX-License-Identifier: GPL-3.0-or-later
#include "outbox/envelope.h"

#include "base/buf.h"
#include "base/secret.h"
#include "tenant/subaddress.h"

// clang-format off
enum {
    PLAIN_REPLY = 1, VERSION_BOUNCE = 2, PLAIN_OUTSIDE = 3, VERSION_REPLY = 4, VERSION_OUTSIDE = 5,
    KEY_BYTES = 5,      // of a case and of a contact: 2^40 of each
    RANDOM_BYTES = 12,
    MAC_BYTES = 10,
};
// clang-format on

static const int64_t year_ms = (int64_t)31556952000;

static int year_of(struct ctx *cx)
{
    return (int)(cx->now.ms / year_ms & 0xff);
}

// N4: head is version, year and what is signed.
static str sign(struct ctx *cx, const struct tenant *t, str head)
{
    str key = secret_mac(cx->arena, t->secret, "key of outgoing addresses", (str){head.p, 2});
    struct buf b = buf_new(cx->arena, head.n + 8);
    for (int shift = 56; shift >= 0; shift -= 8)
        buf_char(&b, (char)(t->id.n >> shift & 0xff));
    buf_put(&b, head);
    const char *const purpose[] = {[PLAIN_REPLY] = "reply address",
                                   [VERSION_BOUNCE] = "bounce address",
                                   [PLAIN_OUTSIDE] = "outside address",
                                   [VERSION_REPLY] = "reply address, masked",
                                   [VERSION_OUTSIDE] = "outside address, masked"};
    return (str){secret_mac(cx->arena, key, purpose[(int)head.p[0]], buf_str(&b)).p, MAC_BYTES};
}

// N8: a synthetic IV, as in link/token.h; the desk's secret never changes its year's addresses.
static bool is_masked(int version)
{
    return version == VERSION_REPLY || version == VERSION_OUTSIDE;
}

static str masked(struct ctx *cx, const struct tenant *t, str mac, str keys)
{
    str stream = secret_mac(cx->arena, t->secret, "mask of outgoing addresses", mac);
    char *to = make(cx->arena, char, keys.n);
    for (isize i = 0; i < keys.n; i++)
        to[i] = (char)(keys.p[i] ^ stream.p[i]);
    return (str){to, keys.n};
}

static str address_with(struct ctx *cx, const struct tenant *t, str head)
{
    str mac = sign(cx, t, head), body = str_cut(head, 2);
    body = is_masked(head.p[0]) ? masked(cx, t, mac, body) : body;
    str tag = arena_join(cx->arena, arena_join(cx->arena, (str){head.p, 2}, body), mac);
    struct subaddress own = subaddress_of(t->mail_address);
    return arena_fmt(cx->arena, STR_FMT "+" STR_FMT "@" STR_FMT, STR_ARG(own.user),
                     STR_ARG(secret_base32(cx->arena, tag)), STR_ARG(own.domain));
}

static struct buf begin_head(struct ctx *cx, int version)
{
    struct buf b = buf_new(cx->arena, 32);
    buf_char(&b, (char)version);
    buf_char(&b, (char)year_of(cx));
    return b;
}

// The signed bytes behind version and year, if the address is one of this version and size.
static bool open_address(struct ctx *cx, const struct tenant *t, str address, int version,
                         isize bytes, str *out)
{
    str tag;
    if (!secret_base32_read(cx->arena, subaddress_of(address).tag, &tag)
        || tag.n != 2 + bytes + MAC_BYTES)
        return false;
    int age = (year_of(cx) - (unsigned char)tag.p[1]) & 0xff;
    if (tag.p[0] != version || age > 1)
        return false;
    str head = {tag.p, 2 + bytes}, mac = str_cut(tag, 2 + bytes);
    if (is_masked(version))
        head = arena_join(cx->arena, (str){head.p, 2}, masked(cx, t, mac, str_cut(head, 2)));
    if (!secret_same(sign(cx, t, head), mac))
        return false;
    *out = str_cut(head, 2);
    return true;
}

// --- N1 ------------------------------------------------------------------------------------

static void put_key(struct buf *b, int64_t key)
{
    for (int shift = (KEY_BYTES - 1) * 8; shift >= 0; shift -= 8)
        buf_char(b, (char)(key >> shift & 0xff));
}

static int64_t get_key(const char *p)
{
    int64_t key = 0;
    for (int i = 0; i < KEY_BYTES; i++)
        key = key << 8 | (unsigned char)p[i];
    return key;
}

static fallible of_two(struct ctx *cx, const struct tenant *t, int version, int64_t x,
                       int64_t y, str *out)
{
    if (x >> (KEY_BYTES * 8) != 0 || y >> (KEY_BYTES * 8) != 0)
        return broken(cx, "keys have outgrown the reply address");
    struct buf b = begin_head(cx, version);
    put_key(&b, x);
    put_key(&b, y);
    *out = address_with(cx, t, buf_str(&b));
    return OK;
}

static bool is_of_two(struct ctx *cx, const struct tenant *t, int version, str address,
                      int64_t *x, int64_t *y)
{
    str body;
    if (!open_address(cx, t, address, version, 2 * KEY_BYTES, &body))
        return false;
    *x = get_key(body.p);
    *y = get_key(body.p + KEY_BYTES);
    return true;
}

enum err envelope_reply_to(struct ctx *cx, const struct tenant *t, ticket_id ticket,
                           contact_id contact, str *out)
{
    return of_two(cx, t, VERSION_REPLY, ticket.n, contact.n, out);
}

bool envelope_is_reply(struct ctx *cx, const struct tenant *t, str address, ticket_id *ticket,
                       contact_id *contact)
{
    return is_of_two(cx, t, VERSION_REPLY, address, &ticket->n, &contact->n)
           || is_of_two(cx, t, PLAIN_REPLY, address, &ticket->n, &contact->n);
}

enum err envelope_outside(struct ctx *cx, const struct tenant *t, ticket_id ticket,
                          int64_t thread, str *out)    // N6
{
    return of_two(cx, t, VERSION_OUTSIDE, ticket.n, thread, out);
}

bool envelope_is_outside(struct ctx *cx, const struct tenant *t, str address, ticket_id *ticket,
                         int64_t *thread)
{
    return is_of_two(cx, t, VERSION_OUTSIDE, address, &ticket->n, thread)
           || is_of_two(cx, t, PLAIN_OUTSIDE, address, &ticket->n, thread);
}

// --- N2, N5 --------------------------------------------------------------------------------

static str id_of(struct ctx *cx, str random, str domain)
{
    str local = secret_base32(cx->arena, random), tail = arena_lower(cx->arena, domain);
    return arena_fmt(cx->arena, "r." STR_FMT "@" STR_FMT, STR_ARG(local), STR_ARG(tail));
}

str envelope_mail_id(struct ctx *cx, const struct tenant *t)
{
    char raw[RANDOM_BYTES];
    secret_random(raw, sizeof raw);
    return id_of(cx, (str){raw, sizeof raw}, subaddress_of(t->mail_address).domain);
}

str envelope_bounce(struct ctx *cx, const struct tenant *t, str mail_id)
{
    str local = mail_id, random = S("");
    local = str_cut(str_token(&local, '@'), 2);
    secret_base32_read(cx->arena, local, &random);
    struct buf b = begin_head(cx, VERSION_BOUNCE);
    buf_put(&b, random);
    return address_with(cx, t, buf_str(&b));
}

bool envelope_is_bounce(struct ctx *cx, const struct tenant *t, str address, str *mail_id)
{
    str random, domain = subaddress_of(address).domain;
    if (!open_address(cx, t, address, VERSION_BOUNCE, RANDOM_BYTES, &random))
        return false;
    // N7: the mail's id had the same as its sender
    *mail_id = id_of(cx, random, domain.n > 0 ? domain : subaddress_of(t->mail_address).domain);
    return true;
}

str envelope_loop(struct ctx *cx, const struct tenant *t)
{
    str mac = secret_mac(cx->arena, t->secret, "loop", S(""));
    return secret_hex(cx->arena, (str){mac.p, RANDOM_BYTES});
}
