// SPDX-License-Identifier: GPL-3.0-or-later
#include "access/access.h"

#include "access.sql.h"
#include "base/limits.h"
#include "base/now.h"
#include "base/secret.h"

#define BIT(p) (UINT64_C(1) << (p))

enum { SEEN_EVERY_S = 300 };    // the idle end need not be exact to the request

static const uint64_t worker = BIT(CAN_SIGNED_IN) | BIT(CAN_WORK) | BIT(CAN_WRITE_SOLUTION);

// A1
// clang-format off
static const struct {
    uint64_t can;
    enum see see;
} rights[] = {
    [ROLE_AGENT_L1]  = {worker | BIT(CAN_CALL),                                          SEE_TEAMS},
    [ROLE_TRAINEE]   = {worker | BIT(CAN_CALL),                                          SEE_TEAMS},
    [ROLE_TECH_L2]   = {worker | BIT(CAN_CALL) | BIT(CAN_PUBLISH),                       SEE_TEAMS},
    [ROLE_EXPERT_L3] = {worker | BIT(CAN_PUBLISH),                                       SEE_TEAMS},
    [ROLE_LEAD]      = {worker | BIT(CAN_CALL) | BIT(CAN_PUBLISH) | BIT(CAN_WAIVE) | BIT(CAN_SEE_QUEUES)
                        | BIT(CAN_WORD) | BIT(CAN_LEAD),                             SEE_TENANT},
    [ROLE_STEWARD]   = {worker | BIT(CAN_PUBLISH) | BIT(CAN_WAIVE),                      SEE_TENANT},
    [ROLE_ADMIN]     = {BIT(CAN_SIGNED_IN) | BIT(CAN_CONFIGURE) | BIT(CAN_SEE_QUEUES)
                        | BIT(CAN_WORD),                                             SEE_NOTHING},    // A6
};
// clang-format on

bool access_can(const struct who *who, enum permission p)
{
    return p == CAN_ANYBODY || (p != 0 && (who->can & BIT(p)) != 0);
}

enum err access_who(struct ctx *cx, person_id id, struct who *out)
{
    struct q_access_person p;
    TRY(q_access_person(cx, id, &p));
    if (p.disabled)
        return fail(cx, ERR_DENIED, "This account is switched off.",
                    "Dieses Konto ist gesperrt.");
    *out = (struct who){.tenant = p.tenant,
                        .person = id,
                        .see = rights[p.role].see,
                        .can = rights[p.role].can,
                        .level = (int)p.level};
    return OK;
}

// Sweeps as well: sessions grow by sign-ins alone, so nobody else needs to remember it.
enum err access_start(struct ctx *cx, person_id person, str *token)
{
    TRY(access_sweep(cx));
    *token = secret_token(cx->arena);
    return q_access_start(cx, secret_hash(cx->arena, *token), person,
                          instant_plus(cx->now, LIMIT_SESSION_S));
}

enum err access_session(struct ctx *cx, str token, struct who *who, enum lang *lang, str *name)
{
    struct q_access_session s;
    instant idle = instant_plus(cx->now, -LIMIT_SESSION_IDLE_S);
    enum err err = q_access_session(cx, secret_hash(cx->arena, token), idle, &s);
    if (err == ERR_ABSENT)
        return fail(cx, ERR_DENIED, "Please sign in.", "Bitte melde dich an.");
    TRY(err);
    *who = (struct who){.tenant = s.tenant,
                        .person = s.person,
                        .see = rights[s.role].see,
                        .can = rights[s.role].can,
                        .level = (int)s.level};
    *lang = s.language;
    *name = s.name;
    return OK;
}

enum err access_stands(struct ctx *cx, str token, person_id person, bool *out)
{
    struct who who;
    enum lang lang;
    str name;
    enum err err = token.n > 0 ? access_session(cx, token, &who, &lang, &name)
                               : access_who(cx, person, &who);
    bool gone = err == ERR_DENIED || err == ERR_ABSENT;
    if (gone)
        ctx_forgive(cx);
    *out = err == OK;
    return gone ? OK : err;
}

enum err access_seen(struct ctx *cx, str token)
{
    return q_access_seen(cx, secret_hash(cx->arena, token),
                         instant_plus(cx->now, -SEEN_EVERY_S));
}

enum err access_end(struct ctx *cx, str token)
{
    return q_access_end(cx, secret_hash(cx->arena, token));
}

enum err access_end_all(struct ctx *cx, person_id person)
{
    return q_access_end_all(cx, person);
}

enum err access_sweep(struct ctx *cx)
{
    return q_access_sweep(cx, instant_plus(cx->now, -LIMIT_SESSION_IDLE_S));
}

enum err access_token_add(struct ctx *cx, person_id person, bool may_write, str *token)
{
    *token = arena_join(cx->arena, S("staffel_"), secret_token(cx->arena));
    return q_access_token_add(cx, person, secret_hash(cx->arena, *token), may_write ? 2 : 1);
}

enum err access_token(struct ctx *cx, str token, struct who *who, bool *may_write)
{
    struct q_access_token t;
    enum err err = q_access_token(cx, secret_hash(cx->arena, token), &t);
    if (err == ERR_ABSENT)
        return fail(cx, ERR_DENIED, "This token is not known or was revoked.",
                    "Dieser Schlüssel ist unbekannt oder wurde zurückgezogen.");
    TRY(err);
    *may_write = t.scope == 2;
    *who = (struct who){.tenant = t.tenant,
                        .person = t.person,
                        .see = rights[t.role].see,
                        .can = rights[t.role].can,
                        .level = (int)t.level};
    return OK;
}

enum err access_token_list(struct ctx *cx, person_id person, struct access_key **out, isize *n)
{
    struct q_access_token_list *row;
    isize rows;
    TRY(q_access_token_list(cx, person, &row, &rows));
    struct access_key *key = make(cx->arena, struct access_key, rows + 1);
    for (isize i = 0; i < rows; i++)
        key[i] = (struct access_key){row[i].id, row[i].scope == 2, row[i].created};
    *out = key;
    *n = rows;
    return OK;
}

enum err access_token_revoke(struct ctx *cx, int64_t id)
{
    int64_t changed;
    TRY(q_access_token_revoke(cx, id, &changed));
    return changed == 0 ? db_absent(cx) : OK;
}

// The first guesses of every list of leaked passwords, as far as they are long enough.
static const char *const common[] = {
    "password", "passwort",  "12345678",  "123456789",     "1234567890", "qwertyui",
    "qwertzui", "qwertz123", "qwerty123", "iloveyou",      "password1",  "passwort1",
    "11111111", "00000000",  "88888888",  "sunshine",      "princess",   "football",
    "baseball", "superman",  "letmein1",  "welcome1",      "willkommen", "hallohallo",
    "hallo123", "schatz123", "geheim123", "sommer2026",    "winter2026", "staffel1",
    "helpdesk", "support1",  "admin123",  "administrator", "changeme",
};

enum err access_password_check(struct ctx *cx, str password, str login)
{
    if (str_characters(password) < LIMIT_PASSWORD_MIN)
        return invalid(cx, "password", "A password has at least %d characters.",
                       "Ein Passwort hat mindestens %d Zeichen.", (int)LIMIT_PASSWORD_MIN);
    if (password.n > LIMIT_PASSWORD_MAX)
        return invalid(cx, "password", "A password has at most %d bytes.",
                       "Ein Passwort hat höchstens %d Bytes.", (int)LIMIT_PASSWORD_MAX);
    bool guessed = str_eq_nocase(password, login);
    for (isize i = 0; i < countof(common); i++)
        guessed |= str_eq_nocase(password, str_from_z(common[i]));
    if (guessed)
        return invalid(cx, "password", "This password is among the first that anybody tries.",
                       "Dieses Passwort wird als Erstes ausprobiert. Bitte nimm ein anderes.");
    return OK;
}
