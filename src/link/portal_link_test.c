// SPDX-License-Identifier: GPL-3.0-or-later
#include "link/portal_link.h"

#include "base/secret.h"
#include "tenant/tenant.h"
#include "testing/test.h"

// Two contacts of desk 1 with two cases each in turn, and one of desk 2.
static void fill(struct world *w)
{
    struct ctx *cx = begin(w);
    enum err err = db_script(
        cx, "insert into contact (tenant, name, created, changed) values (1, 'Karin', 1, 1), "
            "(1, 'Anton', 1, 1), (2, 'Nils', 1, 1);"
            "insert into ticket (tenant, number, type, channel, status, level, ball, "
            "ball_team, work_team, care_team, contact, subject, language, created, changed) "
            "values (1, 10, 1, 1, 1, 1, 1, 1, 1, 1, 1, 'a', 1, 1, 1), "
            "(1, 20, 1, 1, 1, 1, 1, 1, 1, 1, 2, 'b', 2, 1, 1), "
            "(1, 30, 1, 1, 1, 1, 1, 1, 1, 1, 1, 'c', 1, 1, 1), "
            "(2, 10, 1, 1, 1, 1, 1, 4, 4, 4, 3, 'd', 1, 1, 1);");
    check(end(w, err) == OK);
}

static str token_of(struct world *w, int64_t ticket, int64_t contact,
                    enum portal_link_given given)
{
    str token = {0};
    struct ctx *cx = begin(w);
    check(portal_link_token(cx, (ticket_id){ticket}, (contact_id){contact}, given, &token)
          == OK);
    token = keep(w, token);
    check(end(w, OK) == OK);
    return token;
}

// The case it opens, or 0 when there is nothing.
static int64_t opens(struct world *w, str token)
{
    ticket_id id = {0};
    enum portal_link_given given;
    struct ctx *cx = begin(w);
    cx->who = (struct who){.tenant = cx->who.tenant, .see = SEE_OWN};
    enum err err = portal_link_open(cx, token, &id, &given);
    check(err == OK || err == ERR_ABSENT);
    end(w, OK);
    return err == OK ? id.n : 0;
}

static void L1_only_the_desk_makes_one(struct world *w)
{
    fill(w);
    str token = token_of(w, 1, 1, LINK_MAILED);
    check(token.n == 48 && opens(w, token) == 1);
    for (isize i = 0; i < token.n; i++) {
        str forged = arena_str(&w->kept, token);
        char *c = (char *)(uintptr_t)forged.p + i;
        *c = *c == 'a' ? 'b' : 'a';
        check(opens(w, forged) == 0);
    }
    check(opens(w, S("")) == 0 && opens(w, str_head(token, 47)) == 0);
    check(opens(w, arena_join(&w->kept, token, S("a"))) == 0);
    check(opens(w, arena_join(&w->kept, str_head(token, 47), S("!"))) == 0);
}

// Whoever can read the mask off still cannot put another case under it.
static void L2_nothing_of_it_fits_another(struct world *w)
{
    fill(w);
    str one = token_of(w, 1, 1, LINK_MAILED), other = token_of(w, 3, 1, LINK_MAILED);
    check(opens(w, one) == 1 && opens(w, other) == 3);
    for (isize cut = 1; cut < 48; cut++) {
        str mixed = arena_join(&w->kept, str_head(one, cut), str_cut(other, cut));
        // A letter they share by chance leaves one of them whole.
        check(opens(w, mixed) == 0 || str_eq(mixed, one) || str_eq(mixed, other));
    }
}

static void L2_bound_to_its_desk(struct world *w)
{
    fill(w);
    str token = token_of(w, 1, 1, LINK_MAILED);
    struct ctx *cx = begin(w);
    cx->who = tenant_system((tenant_id){2});
    str foreign = {0};
    check(portal_link_token(cx, (ticket_id){4}, (contact_id){3}, LINK_MAILED, &foreign) == OK);
    foreign = keep(w, foreign);
    ticket_id id;
    enum portal_link_given given;
    check(portal_link_open(cx, token, &id, &given) == ERR_ABSENT);
    check(end(w, OK) == OK);
    check(opens(w, foreign) == 0);
}

// A link as it is made, by somebody who has the desk's secret, but signed for `purpose`.
static str made_for(struct ctx *cx, const char *purpose)
{
    struct tenant t;
    char parts[] = {LINK_MAILED, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};
    check(tenant_mine(cx, &t) == OK);
    str all = arena_join(cx->arena, S("1.1."), (str){parts, sizeof parts});
    str mac = {secret_mac(cx->arena, t.secret, purpose, all).p, 19};
    str stream = secret_mac(cx->arena, t.secret, "portal link mask", mac);
    for (isize i = 0; i < countof(parts); i++)
        parts[i] = (char)(parts[i] ^ stream.p[i]);
    return secret_base32(cx->arena, arena_join(cx->arena, (str){parts, sizeof parts}, mac));
}

static void L2_bound_to_its_purpose(struct world *w)
{
    fill(w);
    struct ctx *cx = begin(w);
    str right = keep(w, made_for(cx, "portal link")), wrong = keep(w, made_for(cx, "form"));
    end(w, OK);
    check(opens(w, right) == 1);
    check(opens(w, wrong) == 0);
}

static void L3_it_tells_nothing(struct world *w)
{
    fill(w);
    str one = token_of(w, 1, 1, LINK_MAILED), other = token_of(w, 3, 1, LINK_MAILED);
    check_text(token_of(w, 1, 1, LINK_MAILED), one);
    int same = 0;
    for (isize i = 0; i < 48; i++)
        same += one.p[i] == other.p[i];
    check(same < 12);    // 48 random letters of 32 agree in 1.5 places
}

static void L4_a_case_of_somebody_else_is_absent(struct world *w)
{
    fill(w);
    str token = token_of(w, 1, 1, LINK_MAILED), out = {0};
    struct ctx *cx = begin(w);
    check(portal_link(cx, (ticket_id){1}, (contact_id){2}, &out) == ERR_ABSENT);
    check(portal_link(cx, (ticket_id){4}, (contact_id){3}, &out) == ERR_ABSENT);
    check(portal_link(cx, (ticket_id){99}, (contact_id){1}, &out) == ERR_ABSENT);
    check(out.n == 0);
    check(end(w, db_script(cx, "update ticket set contact = 2 where id = 1")) == OK);
    check(opens(w, token) == 0);
}

static void L5_what_was_only_shown_says_so(struct world *w)
{
    fill(w);
    ticket_id id;
    enum portal_link_given given = 0;
    str shown = token_of(w, 1, 1, LINK_SHOWN), mailed = token_of(w, 1, 1, LINK_MAILED);
    struct ctx *cx = begin(w);
    check(portal_link_open(cx, shown, &id, &given) == OK && given == LINK_SHOWN);
    check(portal_link_open(cx, mailed, &id, &given) == OK && given == LINK_MAILED);
    end(w, OK);
}

static void L6_renewing_ends_all(struct world *w)
{
    fill(w);
    str token = token_of(w, 1, 1, LINK_MAILED);
    struct ctx *cx = begin(w);
    check(end(w, tenant_renew_links(cx)) == OK);
    check(opens(w, token) == 0);
    check(opens(w, token_of(w, 1, 1, LINK_MAILED)) == 1);
    check(ask(w, "select link_key from tenant where id = 2") == 1);
}

static void L7_the_reader_is_the_contact(struct world *w)
{
    fill(w);
    str token = token_of(w, 1, 1, LINK_MAILED);
    ticket_id id;
    enum portal_link_given given;
    struct ctx *cx = begin_as(w, EVA);
    check(portal_link_open(cx, token, &id, &given) == OK);
    check(cx->who.person.n == 0 && cx->who.contact.n == 1 && cx->who.see == SEE_OWN);
    check(cx->who.can == 0 && cx->who.level == 0);
    end(w, OK);
}

static void L1_the_whole_address(struct world *w)
{
    fill(w);
    str de = {0}, en = {0};
    struct ctx *cx = begin(w);
    check(portal_link(cx, (ticket_id){1}, (contact_id){1}, &de) == OK);
    check(portal_link(cx, (ticket_id){2}, (contact_id){2}, &en) == OK);
    check(str_starts(de, S("http://localhost:8080/de/v/")));
    check(str_starts(en, S("http://localhost:8080/en/v/")));
    de = keep(w, str_cut(de, S("http://localhost:8080/de/v/").n));
    check(end(w, OK) == OK);
    check(opens(w, de) == 1);
}

const struct test portal_link_tests[] = {
    T(L1_only_the_desk_makes_one),
    T(L1_the_whole_address),
    T(L2_nothing_of_it_fits_another),
    T(L2_bound_to_its_desk),
    T(L2_bound_to_its_purpose),
    T(L3_it_tells_nothing),
    T(L4_a_case_of_somebody_else_is_absent),
    T(L5_what_was_only_shown_says_so),
    T(L6_renewing_ends_all),
    T(L7_the_reader_is_the_contact),
    {0},
};
