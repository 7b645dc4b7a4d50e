// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "base/limits.h"

static str sign_in(struct world *w, int person)
{
    str token;
    struct ctx *cx = begin(w);
    check(access_start(cx, (person_id){person}, &token) == OK);
    check(end(w, OK) == OK);
    return keep(w, token);
}

static enum err look(struct world *w, str token, struct who *who)
{
    struct ctx *cx = begin(w);
    enum lang lang;
    str name;
    enum err err = access_session(cx, token, who, &lang, &name);
    end(w, OK);
    return err;
}

static void A1_roles_differ(struct world *w)
{
    struct ctx *cx = begin_as(w, ADA);
    check(access_can(&cx->who, CAN_WORK) && !access_can(&cx->who, CAN_WAIVE));
    check(end(w, OK) == OK);
    cx = begin_as(w, EVA);
    check(access_can(&cx->who, CAN_WAIVE) && cx->who.see == SEE_TENANT);
    check(end(w, OK) == OK);
}

static void A2_zero_is_no_permission(struct world *w)
{
    struct ctx *cx = begin_as(w, EVA);
    check(!access_can(&cx->who, (enum permission)0));
    check(end(w, OK) == OK);
}

static void A3_only_the_hash_is_stored(struct world *w)
{
    struct who who;
    str token = sign_in(w, ADA);
    check(look(w, token, &who) == OK && who.person.n == ADA && who.level == 1);
    check(ask(w, "select count(*) from session where length(hash) = 32") == 1);
    check(look(w, S("something else"), &who) == ERR_DENIED);
}

static void A4_each_sign_in_is_a_new_session(struct world *w)
{
    sign_in(w, ADA);
    sign_in(w, ADA);
    check(ask(w, "select count(distinct hash) from session") == 2);
}

static void A5_silence_ends_it(struct world *w)
{
    struct who who;
    str token = sign_in(w, ADA);
    later(w, LIMIT_SESSION_IDLE_S - 1);
    check(look(w, token, &who) == OK);
    later(w, 2);
    check(look(w, token, &who) == ERR_DENIED);
}

static void A5_use_keeps_it_but_not_for_ever(struct world *w)
{
    struct who who;
    str token = sign_in(w, ADA);
    for (int64_t s = 0; s < LIMIT_SESSION_S; s += LIMIT_SESSION_IDLE_S / 2) {
        check(look(w, token, &who) == OK);
        struct ctx *cx = begin(w);
        check(end(w, access_seen(cx, token)) == OK);
        later(w, LIMIT_SESSION_IDLE_S / 2);
    }
    check(look(w, token, &who) == ERR_DENIED);
}

static void A5_what_is_over_is_forgotten_at_the_next_sign_in(struct world *w)
{
    sign_in(w, ADA);
    later(w, LIMIT_SESSION_IDLE_S / 2);
    sign_in(w, BEN);
    later(w, LIMIT_SESSION_IDLE_S / 2 + 1);
    sign_in(w, CEM);
    check(ask(w, "select count(*) from session where person = 1") == 0);
    check(ask(w, "select count(*) from session") == 2);
}

static void A5_disabling_ends_it_at_once(struct world *w)
{
    struct who who;
    str token = sign_in(w, ADA);
    struct ctx *cx = begin(w);
    check(db_script(cx, "update person set disabled = 1 where id = 1") == OK);
    check(end(w, OK) == OK);
    check(look(w, token, &who) == ERR_DENIED);
}

static void A6_administration_sees_no_case(struct world *w)
{
    struct ctx *cx = begin_as(w, GERO);
    check(cx->who.see == SEE_NOTHING && !access_can(&cx->who, CAN_WORK));
    check(end(w, OK) == OK);
}

static void tokens_know_their_scope_and_can_be_revoked(struct world *w)
{
    struct who who;
    bool may_write;
    struct access_key *key;
    isize n;
    str token;
    struct ctx *cx = begin(w);
    check(access_token_add(cx, (person_id){CEM}, false, &token) == OK);
    check(access_token(cx, token, &who, &may_write) == OK && !may_write && who.person.n == CEM);
    check(access_token_list(cx, (person_id){CEM}, &key, &n) == OK && n == 1);
    check(!key[0].may_write && key[0].created.ms == w->now.ms);
    check(access_token_list(cx, (person_id){ADA}, &key, &n) == OK && n == 0);
    check(access_token_revoke(cx, 1) == OK);
    check(access_token_list(cx, (person_id){CEM}, &key, &n) == OK && n == 0);
    check(access_token(cx, token, &who, &may_write) == ERR_DENIED);
    check(access_token_revoke(cx, 1) == ERR_ABSENT);
    check(end(w, OK) == OK);
}

static void passwords_that_everybody_tries_are_refused(struct world *w)
{
    struct ctx *cx = begin(w);
    check(access_password_check(cx, S("Passwort1"), S("ada")) == ERR_INVALID);
    check(access_password_check(cx, S("kurz"), S("ada")) == ERR_INVALID);
    check(access_password_check(cx, S("ada-ada-ada"), S("ADA-ada-ada")) == ERR_INVALID);
    check(access_password_check(cx, S("drei Möwen auf dem Deich"), S("ada")) == OK);
    check(end(w, OK) == OK);
}

static void a_password_is_as_long_as_it_should_be(struct world *w)
{
    struct ctx *cx = begin(w);
    str ten = S("Möwenöäüßé"),
        most = {make(cx->arena, char, LIMIT_PASSWORD_MAX + 1), (isize)LIMIT_PASSWORD_MAX + 1};
    memset((char *)(uintptr_t)most.p, 'x', LIMIT_PASSWORD_MAX + 1);
    isize least =
        1 + (LIMIT_PASSWORD_MIN - 1) * 2 - 3;    // M, w, e, n; the others have two bytes
    check(access_password_check(cx, str_head(ten, least), S("ada")) == OK);
    check(access_password_check(cx, str_head(ten, least - 2), S("ada")) == ERR_INVALID);
    check_text(cx->detail.en, S("A password has at least 8 characters."));
    check(access_password_check(cx, str_head(most, LIMIT_PASSWORD_MAX), S("ada")) == OK);
    check(access_password_check(cx, most, S("ada")) == ERR_INVALID);
    check_text(cx->problems->next->text.en, S("A password has at most 1024 bytes."));
    check(end(w, OK) == OK);
}

const struct test access_tests[] = {
    T(A1_roles_differ),
    T(A2_zero_is_no_permission),
    T(A3_only_the_hash_is_stored),
    T(A4_each_sign_in_is_a_new_session),
    T(A5_silence_ends_it),
    T(A5_use_keeps_it_but_not_for_ever),
    T(A5_what_is_over_is_forgotten_at_the_next_sign_in),
    T(A5_disabling_ends_it_at_once),
    T(A6_administration_sees_no_case),
    T(tokens_know_their_scope_and_can_be_revoked),
    T(passwords_that_everybody_tries_are_refused),
    T(a_password_is_as_long_as_it_should_be),
    {0},
};
