// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "base/now.h"
#include "base/secret.h"
#include "outbox/envelope.h"

enum { YEAR_S = 31556952 };

static struct tenant desk_of(struct ctx *cx, int64_t id)
{
    struct tenant t = {0};
    check(tenant_load(cx, (tenant_id){id}, &t) == OK);
    return t;
}

static str reply_to(struct ctx *cx, int64_t ticket, int64_t contact)
{
    struct tenant t = desk_of(cx, cx->who.tenant.n);
    str s = {0};
    check(envelope_reply_to(cx, &t, (ticket_id){ticket}, (contact_id){contact}, &s) == OK);
    return s;
}

static bool reads(struct ctx *cx, str address, int64_t ticket, int64_t contact)
{
    struct tenant t = desk_of(cx, cx->who.tenant.n);
    ticket_id got = {0};
    contact_id who = {0};
    return envelope_is_reply(cx, &t, address, &got, &who) && got.n == ticket
           && who.n == contact;
}

static bool is_reply(struct ctx *cx, str address)
{
    struct tenant t = desk_of(cx, cx->who.tenant.n);
    ticket_id ticket;
    contact_id contact;
    return envelope_is_reply(cx, &t, address, &ticket, &contact);
}

static bool is_bounce(struct ctx *cx, str address, str *id)
{
    struct tenant t = desk_of(cx, cx->who.tenant.n);
    return envelope_is_bounce(cx, &t, address, id);
}

static void N1_says_which_case_and_whom(struct world *w)
{
    struct ctx *cx = begin(w);
    str s = reply_to(cx, 7, 9);
    check(str_starts(s, S("hilfe+")) && str_ends(s, S("@nordlicht.example")));
    check(s.n == 6 + 36 + 18);
    check(reads(cx, s, 7, 9));
    int64_t most = ((int64_t)1 << 40) - 1;
    check(reads(cx, reply_to(cx, most, most), most, most));
    struct tenant t = desk_of(cx, 1);
    check(envelope_reply_to(cx, &t, (ticket_id){most + 1}, (contact_id){1}, &s) == ERR_BROKEN);
    check(end(w, OK) == OK);
}

// Every single bit of the token, and every cut of it.
static void N1_nothing_can_be_changed(struct world *w)
{
    struct ctx *cx = begin(w);
    str s = reply_to(cx, 7, 9), raw = {0};
    check(secret_base32_read(cx->arena, (str){s.p + 6, 36}, &raw));
    for (isize bit = 0; bit < 22 * 8; bit++) {
        char changed[22];
        memcpy(changed, raw.p, 22);
        changed[bit / 8] = (char)(changed[bit / 8] ^ 1 << bit % 8);
        str forged = arena_fmt(cx->arena, "hilfe+" STR_FMT "@nordlicht.example",
                               STR_ARG(secret_base32(cx->arena, (str){changed, 22})));
        check(!is_reply(cx, forged));
    }
    for (isize n = 0; n < 36; n++)
        check(!is_reply(cx,
                        arena_fmt(cx->arena, "hilfe+%.*s@nordlicht.example", (int)n, s.p + 6)));
    check(!is_reply(cx, S("hilfe@nordlicht.example")) && !is_reply(cx, S(""))
          && !is_reply(cx, S("+")));
    check(!is_reply(cx, S("hilfe+aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@nordlicht.example")));
    check(end(w, OK) == OK);
}

static void N2_says_which_mail_came_back(struct world *w)
{
    struct ctx *cx = begin(w);
    struct tenant t = desk_of(cx, 1);
    str id = envelope_mail_id(cx, &t), got = {0};
    str s = envelope_bounce(cx, &t, id);
    check(s.n == 6 + 39 + 18);
    check(is_bounce(cx, s, &got));
    check_text(got, id);
    char forged[100];
    memcpy(forged, s.p, (size_t)s.n);
    forged[20] = forged[20] == 'a' ? 'b' : 'a';
    check(!is_bounce(cx, (str){forged, s.n}, &got));
    check(end(w, OK) == OK);
}

static void N3_letter_case_does_not_matter(struct world *w)
{
    struct ctx *cx = begin(w);
    str s = reply_to(cx, 7, 9);
    char upper[100];
    for (isize i = 0; i < s.n; i++)
        upper[i] = s.p[i] >= 'a' && s.p[i] <= 'z' ? (char)(s.p[i] - 32) : s.p[i];
    check(reads(cx, (str){upper, s.n}, 7, 9));
    check(end(w, OK) == OK);
}

static void N4_not_for_another_purpose(struct world *w)
{
    struct ctx *cx = begin(w);
    struct tenant t = desk_of(cx, 1);
    str id;
    check(!is_bounce(cx, reply_to(cx, 7, 9), &id));
    check(!is_reply(cx, envelope_bounce(cx, &t, envelope_mail_id(cx, &t))));
    check(end(w, OK) == OK);
}

static void N4_not_at_another_desk(struct world *w)
{
    struct ctx *cx = begin(w);
    str s = reply_to(cx, 7, 9);
    cx->who = tenant_system((tenant_id){2});
    check(!is_reply(cx, s));
    // Not even if both had the same secret.
    struct tenant one = desk_of(cx, 1), two = desk_of(cx, 2);
    two.secret = one.secret;
    ticket_id ticket;
    contact_id contact;
    check(!envelope_is_reply(cx, &two, s, &ticket, &contact));
    check(end(w, OK) == OK);
}

static void N4_this_year_and_the_last(struct world *w)
{
    struct ctx *cx = begin(w);
    str s = reply_to(cx, 7, 9);
    cx->now = instant_plus(cx->now, YEAR_S);
    check(reads(cx, s, 7, 9));
    cx->now = instant_plus(cx->now, YEAR_S);
    check(!is_reply(cx, s));
    cx->now = instant_plus(cx->now, -3 * YEAR_S);    // from the future: not ours either
    check(!is_reply(cx, s));
    check(end(w, OK) == OK);
}

static void N5_no_two_ids_are_alike(struct world *w)
{
    struct ctx *cx = begin(w);
    struct tenant t = desk_of(cx, 1);
    str a = envelope_mail_id(cx, &t), b = envelope_mail_id(cx, &t);
    check(!str_eq(a, b) && a.n == 2 + 20 + 18);
    check(str_starts(a, S("r.")) && str_ends(a, S("@nordlicht.example")));
    check(end(w, OK) == OK);
}

static void N7_before_another_address(struct world *w)
{
    struct ctx *cx = begin(w);
    struct tenant t = desk_of(cx, 1), moved = t;
    str reply = reply_to(cx, 7, 9), id = envelope_mail_id(cx, &t), got = {0};
    str sender = envelope_bounce(cx, &t, id);
    ticket_id ticket;
    contact_id contact;
    moved.mail_address = S("support@staffel.example");
    check(envelope_is_reply(cx, &moved, reply, &ticket, &contact) && ticket.n == 7);
    check(envelope_is_bounce(cx, &moved, sender, &got));
    check_text(got, id);
    t.mail_address = S("Hilfe@Nordlicht.Example");    // as somebody once typed it
    id = envelope_mail_id(cx, &t);
    sender = arena_lower(cx->arena, envelope_bounce(cx, &t, id));
    check(str_ends(id, S("@nordlicht.example")) && envelope_is_bounce(cx, &t, sender, &got));
    check_text(got, id);
    check(end(w, OK) == OK);
}

static str tag_of(struct ctx *cx, str address)
{
    str raw = {0};
    check(secret_base32_read(cx->arena, (str){address.p + 6, 36}, &raw) && raw.n == 22);
    return raw;
}

static void N8_it_counts_nothing(struct world *w)
{
    struct ctx *cx = begin(w);
    str a = tag_of(cx, reply_to(cx, 7, 9)), b = tag_of(cx, reply_to(cx, 8, 9));
    static const char keys[10] = {[4] = 7, [9] = 9};
    check(str_find(a, (str){keys, sizeof keys}) < 0);
    int same = 0;
    for (int i = 2; i < 22; i++)
        same += a.p[i] == b.p[i];
    check(same < 6);    // neither the case's bytes nor the customer's look alike
    check_text(reply_to(cx, 7, 9), reply_to(cx, 7, 9));
    check(end(w, OK) == OK);
}

// As they were made before.
static str plain_reply_to(struct ctx *cx, char version)
{
    struct tenant t = desk_of(cx, 1);
    char head[12] = {version, (char)(cx->now.ms / 31556952000 & 0xff), [6] = 7, [11] = 9};
    char all[20] = {[7] = 1};
    memcpy(all + 8, head, sizeof head);
    str key = secret_mac(cx->arena, t.secret, "key of outgoing addresses", (str){head, 2});
    str mac = secret_mac(cx->arena, key, version == 1 ? "reply address" : "outside address",
                         (str){all, sizeof all});
    str tag = arena_join(cx->arena, (str){head, sizeof head}, (str){mac.p, 10});
    return arena_fmt(cx->arena, "hilfe+" STR_FMT "@nordlicht.example",
                     STR_ARG(secret_base32(cx->arena, tag)));
}

static void N8_what_left_before_is_understood(struct world *w)
{
    struct ctx *cx = begin(w);
    struct tenant t = desk_of(cx, 1);
    ticket_id ticket = {0};
    int64_t thread = 0;
    check(reads(cx, plain_reply_to(cx, 1), 7, 9) && !is_reply(cx, plain_reply_to(cx, 3)));
    check(envelope_is_outside(cx, &t, plain_reply_to(cx, 3), &ticket, &thread));
    check(ticket.n == 7 && thread == 9);
    check(end(w, OK) == OK);
}

const struct test envelope_tests[] = {
    T(N1_says_which_case_and_whom),       T(N1_nothing_can_be_changed),
    T(N2_says_which_mail_came_back),      T(N3_letter_case_does_not_matter),
    T(N4_not_for_another_purpose),        T(N4_not_at_another_desk),
    T(N4_this_year_and_the_last),         T(N5_no_two_ids_are_alike),
    T(N7_before_another_address),         T(N8_it_counts_nothing),
    T(N8_what_left_before_is_understood), {0},
};
