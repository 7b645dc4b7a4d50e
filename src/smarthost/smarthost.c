// SPDX-License-Identifier: GPL-3.0-or-later
#include "smarthost/smarthost.h"

#include "base/buf.h"
#include "base/io.h"
#include "base/limits.h"
#include "base/now.h"
#include "base/seal.h"
#include "base/secret.h"
#include "smarthost.sql.h"

enum { SPARE_S = 60 };

static const char for_refresh[] = "smarthost.refresh", for_access[] = "relay.access";

// --- K1 ------------------------------------------------------------------------------------

static const struct {
    str name, token_url, scope;
} services[] = {
    {{"microsoft", 9},
     {"https://login.microsoftonline.com/common/oauth2/v2.0/token", 58},
     {"https://outlook.office.com/SMTP.Send offline_access", 51}},
    {{"google", 6}, {"https://oauth2.googleapis.com/token", 35}, {"", 0}},
};

static bool take_service(struct smarthost *r, str name)
{
    for (isize i = 0; i < countof(services); i++)
        if (str_eq(name, services[i].name)) {
            r->grant.token_url = services[i].token_url;
            r->grant.scope = services[i].scope;
            return true;
        }
    return false;
}

static bool take_line(struct smarthost *r, str name, str value)
{
    const struct {
        str name;
        str *to;
    } all[] = {{S("user"), &r->smtp.user},
               {S("password"), &r->smtp.password},
               {S("token-url"), &r->grant.token_url},
               {S("client-id"), &r->grant.client_id},
               {S("client-secret"), &r->grant.client_secret},
               {S("refresh-token"), &r->grant.refresh_token},
               {S("scope"), &r->grant.scope}};
    if (str_eq(name, S("service")))
        return take_service(r, value);
    for (isize i = 0; i < countof(all); i++)
        if (str_eq(name, all[i].name)) {
            *all[i].to = value;
            return true;
        }
    return false;
}

static fallible read_named(struct ctx *cx, str text, struct smarthost *r)
{
    while (text.n > 0) {
        str value = str_trim(str_token(&text, '\n'));
        if (value.n == 0 || value.p[0] == '#')
            continue;
        str name = str_token(&value, ':');
        if (!take_line(r, str_trim(name), str_trim(value)))
            return fail(cx, ERR_INVALID,
                        "“" STR_FMT "” is not known in the relay's login file.",
                        "„" STR_FMT "“ ist in der Anmeldedatei des Relays unbekannt.",
                        STR_ARG(str_head(name, 60)));
    }
    return OK;
}

static fallible check_login(struct ctx *cx, const struct smarthost *r)
{
    bool by_token = r->grant.token_url.n > 0;
    bool good =
        r->smtp.user.n > 0 && (by_token ? r->grant.client_id.n > 0 : r->smtp.password.n > 0);
    if (!good || (by_token && r->grant.refresh_token.n + r->grant.client_secret.n == 0))
        return fail(cx, ERR_INVALID,
                    "The relay's login file needs a user and a password, or user, service or "
                    "token-url, client-id and refresh-token.",
                    "Die Anmeldedatei des Relays braucht user und password, oder user, service "
                    "oder token-url, client-id und refresh-token.");
    return by_token ? oauth_check(cx, r->grant.token_url) : OK;
}

static fallible read_login(struct ctx *cx, str path, struct smarthost *r)
{
    str text;
    TRY(io_may_read(cx, path));
    TRY(io_read_file(cx, path, LIMIT_LMTP_LINE * 4, &text));
    if (str_starts(text, S("user:")) || str_starts(text, S("#"))) {
        TRY(read_named(cx, text, r));
    } else {
        r->smtp.user = str_trim(str_token(&text, '\n'));
        r->smtp.password = str_trim(str_token(&text, '\n'));
    }
    return check_login(cx, r);
}

static fallible read_rate(struct ctx *cx, str typed, int64_t *out)
{
    *out = LIMIT_RELAY_RATE;
    if (typed.n == 0 || (str_to_int(typed, out) && *out > 0 && *out <= LIMIT_RELAY_RATE))
        return OK;
    return fail(cx, ERR_INVALID, "A relay takes 1 to %d mails a minute.",
                "Ein Relay nimmt 1 bis %d Mails in der Minute.", (int)LIMIT_RELAY_RATE);
}

enum err smarthost_read(struct ctx *cx, const struct smarthost_wish *w, struct smarthost *out)
{
    struct smarthost r = {.smtp = {.url = w->url, .trust = w->trust}, .grant.trust = w->trust};
    if (w->url.n > 0)
        TRY(smtp_check(cx, &r.smtp));
    if (w->url.n > 0 && w->login.n > 0)
        TRY(read_login(cx, w->login, &r));
    TRY(read_rate(cx, w->rate, &r.rate));
    *out = r;
    return OK;
}

static str name_of(struct ctx *cx, const struct smarthost *r)
{
    return arena_fmt(cx->arena, STR_FMT " " STR_FMT, STR_ARG(r->smtp.url),
                     STR_ARG(r->smtp.user));
}

// --- K3 ------------------------------------------------------------------------------------

enum err smarthost_room(struct ctx *cx, const struct smarthost *r, bool *room)
{
    int64_t changed;
    int64_t most = r->rate > 0 ? r->rate : LIMIT_RELAY_RATE;
    TRY(q_smarthost_count(cx, name_of(cx, r), cx->now.ms / MINUTE_MS, most, &changed));
    *room = changed > 0;
    return OK;
}

instant smarthost_next_minute(instant now)
{
    return (instant){(now.ms / MINUTE_MS + 1) * MINUTE_MS};
}

// --- K2 ------------------------------------------------------------------------------------

struct grant {
    const struct smarthost *relay;
    struct seal seal;
    str given;    // digest of the file
    str refresh, access;
    instant expires;
};

static str digest(struct ctx *cx, const struct oauth_grant *g)
{
    struct buf b = buf_new(cx->arena, 4096);
    const str all[] = {g->token_url, g->client_id, g->client_secret, g->refresh_token,
                       g->scope};
    for (isize i = 0; i < countof(all); i++)
        buf_fmt(&b, STR_FMT "\n", STR_ARG(all[i]));
    return secret_hash(cx->arena, buf_str(&b));
}

static enum err look(struct ctx *cx, void *arg)
{
    struct grant *g = arg;
    struct q_smarthost_grant *row;
    isize n;
    g->refresh = g->relay->grant.refresh_token;
    g->access = S("");
    TRY(q_smarthost_grant(cx, name_of(cx, g->relay), &row, &n));
    if (n == 0 || !str_eq(row->given, g->given))
        return OK;    // K2: the file says something else
    str refresh, access;
    if (row->refresh.n > 0
        && seal_unlock(cx->arena, &g->seal, for_refresh, row->refresh, &refresh))
        g->refresh = refresh;
    if (row->access.n > 0 && seal_unlock(cx->arena, &g->seal, for_access, row->access, &access))
        g->access = access;
    g->expires = row->expires;
    return OK;
}

static enum err store(struct ctx *cx, void *arg)
{
    struct grant *g = arg;
    str refresh =
        g->refresh.n == 0 ? S("") : seal_lock(cx->arena, &g->seal, for_refresh, g->refresh);
    return q_smarthost_keep(cx, name_of(cx, g->relay), g->given, refresh,
                            seal_lock(cx->arena, &g->seal, for_access, g->access), g->expires);
}

static fallible renew(struct ctx *cx, const struct job *job, struct grant *g)
{
    struct oauth_grant grant = g->relay->grant;
    struct oauth_token token;
    grant.refresh_token = g->refresh;
    TRY(oauth_renew(cx, &grant, &token));
    g->access = token.access;
    g->expires = instant_plus(cx->now, token.expires_s - SPARE_S);
    if (token.refresh.n > 0)
        g->refresh = token.refresh;
    return job_commit(cx, job, store, g);
}

static bool is_fresh(const struct ctx *cx, const struct grant *g)
{
    return g->access.n > 0 && g->expires.ms > cx->now.ms;
}

// Who sends at the same time may have renewed it meanwhile: a lasting token is good for once.
static fallible renew_once(struct ctx *cx, const struct job *job, struct grant *g)
{
    struct grant again = *g;
    enum err err = renew(cx, job, g);
    if (err != ERR_DENIED || job_commit(cx, job, look, &again) != OK || !is_fresh(cx, &again))
        return err;
    ctx_forgive(cx);
    *g = again;
    return OK;
}

enum err smarthost_token(struct ctx *cx, const struct job *job, const struct smarthost *r,
                         str *out)
{
    struct grant g = {.relay = r};
    *out = S("");
    if (r->grant.token_url.n == 0)
        return OK;
    g.given = digest(cx, &r->grant);
    TRY(seal_load(cx, &g.seal));
    TRY(job_commit(cx, job, look, &g));
    if (!is_fresh(cx, &g))
        TRY(renew_once(cx, job, &g));
    *out = g.access;
    return OK;
}
