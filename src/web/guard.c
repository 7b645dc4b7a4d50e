// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/guard.h"

#include "base/secret.h"
#include "tenant/tenant.h"

static const char policy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
    "font-src 'self'; connect-src 'self'; media-src 'self'; form-action 'self'; base-uri "
    "'none'; "
    "frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'; "
    "trusted-types 'none'";

bool guard_is_api(const struct exchange *x)
{
    return str_starts(x->path, S("/api/"));
}

static bool is_hook(const struct exchange *x)    // N5
{
    return str_starts(x->path, S("/hook/"));
}

bool guard_in_portal(const struct exchange *x)
{
    return str_starts(x->path, S("/de/")) || str_starts(x->path, S("/en/"));
}

static bool is_for_programs(const struct request *rq)    // N7
{
    return guard_is_api(rq->x) || (rq->route != NULL && rq->route->programs);
}

bool guard_is_staff(const struct ctx *cx, const struct request *rq)
{
    static const char *const ours[] = {"/w", "/a/", "/anmelden", "/abmelden"};
    bool staff = is_for_programs(rq) || (cx->who.person.n != 0 && !guard_in_portal(rq->x));
    for (isize i = 0; i < countof(ours) && !staff; i++)
        staff = str_starts(rq->x->path, str_from_z(ours[i]));
    return staff;
}

bool guard_is_https(const struct exchange *x)
{
    return str_eq(http_header(x, "X-Forwarded-Proto"), S("https"));
}

void guard_headers(struct exchange *x, bool is_page, str frame)
{
    if (is_page && frame.n > 0)
        http_set_header(x, "Content-Security-Policy",
                        arena_fmt(&x->arena, "%s; frame-src " STR_FMT, policy, STR_ARG(frame)));
    else if (is_page)
        http_set_header(x, "Content-Security-Policy", str_from_z(policy));
    else
        http_set_header(x, "Content-Security-Policy", S("default-src 'none'; sandbox"));
    http_set_header(x, "X-Content-Type-Options", S("nosniff"));
    // Not "no-referrer": with that, browsers send "Origin: null" from our own forms (N1).  To
    // other hosts nothing is sent either way.
    http_set_header(x, "Referrer-Policy", S("same-origin"));
    http_set_header(x, "Cross-Origin-Opener-Policy", S("same-origin"));
    http_set_header(x, "Cross-Origin-Resource-Policy", S("same-origin"));
    http_set_header(x, "Permissions-Policy", S("camera=(), microphone=(), geolocation=()"));
    http_set_header(x, "Cache-Control", S("no-store"));
    if (guard_is_https(x))
        http_set_header(x, "Strict-Transport-Security", S("max-age=31536000"));
}

static str cookie(const struct request *rq, const char *name)
{
    str v = rq->secure ? http_cookie(
                rq->x, arena_z(&rq->x->arena, arena_fmt(&rq->x->arena, "__Host-%s", name)))
                       : http_cookie(rq->x, name);
    return v;
}

static void set_csrf(struct request *rq, str bound_to)
{
    struct arena *a = &rq->x->arena;
    rq->csrf = secret_base32(a, secret_mac(a, bound_to, "form", S("")));
}

// Who watches the machine asks each minute, forgets cookies and sends no form.
static bool is_probe(const struct exchange *x)
{
    return str_eq(x->path, S("/health")) || str_eq(x->path, S("/metrics"));
}

// N2
static void before_sign_in(struct request *rq)
{
    str visitor = cookie(rq, "visitor");
    if (visitor.n < TOKEN_BYTES) {
        visitor = secret_token(&rq->x->arena);
        if (!is_hook(rq->x) && !is_probe(rq->x))
            reply_cookie(rq, "visitor", visitor, 86400);
    }
    set_csrf(rq, visitor);
}

enum lang guard_wished(const struct request *rq)
{
    str path = rq->x->path, chosen = cookie(rq, "lang");
    if (str_eq(path, S("/en")) || str_starts(path, S("/en/")))
        return LANG_EN;
    if (str_eq(path, S("/de")) || str_starts(path, S("/de/")))
        return LANG_DE;
    if (chosen.n > 0)
        return str_eq(chosen, S("en")) ? LANG_EN : LANG_DE;
    // German unless English is named first: most browsers here name both.
    str accept = http_header(rq->x, "Accept-Language");
    isize de = str_find_nocase(accept, S("de")), en = str_find_nocase(accept, S("en"));
    return en >= 0 && (de < 0 || en < de) ? LANG_EN : LANG_DE;
}

static enum err by_token(struct ctx *cx, struct request *rq, str token)
{
    bool may_write;
    rq->by_token = true;
    if (!is_for_programs(rq))
        return fail(cx, ERR_DENIED, "API tokens count below /api/ only. On pages, sign in.",
                    "API-Schlüssel gelten nur unter /api/. Auf Seiten meldet man sich an.");
    TRY(access_token(cx, str_trim(token), &cx->who, &may_write));
    bool safe = rq->x->method == GET || rq->x->method == HEAD;
    return safe || may_write ? OK
                             : fail(cx, ERR_DENIED, "This token may only read.",
                                    "Dieser Schlüssel darf nur lesen.");
}

static enum err as_stranger(struct ctx *cx, struct request *rq)
{
    tenant_id id;
    enum err err = tenant_for_host(cx, rq->host, &id);
    if (err == ERR_ABSENT)
        return fail(cx, ERR_BUSY, "This desk is not set up yet.",
                    "Dieser Helpdesk ist noch nicht eingerichtet.");
    TRY(err);
    cx->who = (struct who){.tenant = id, .see = SEE_OWN};
    before_sign_in(rq);
    return OK;
}

static enum err by_session(struct ctx *cx, struct request *rq, str token)
{
    enum lang lang;
    TRY(access_session(cx, token, &cx->who, &lang, &rq->viewer));
    rq->session = token;
    str chosen = cookie(rq, "lang");
    cx->lang = chosen.n > 0 ? (str_eq(chosen, S("en")) ? LANG_EN : LANG_DE) : lang;
    set_csrf(rq, token);
    return OK;
}

enum err guard_identify(struct ctx *cx, struct request *rq)
{
    rq->host = arena_lower(cx->arena, http_header(rq->x, "Host"));
    str authorization = http_header(rq->x, "Authorization");
    if (str_starts(authorization, S("Bearer ")))
        return by_token(cx, rq, str_cut(authorization, 7));
    str session = cookie(rq, "staffel");
    if (session.n > 0 && !is_hook(rq->x)) {
        enum err err = by_session(cx, rq, session);
        if (err != ERR_DENIED)
            return err;
        ctx_forgive(cx);
    }
    return as_stranger(cx, rq);
}

enum err guard_permit(struct ctx *cx, const struct request *rq)
{
    if (access_can(&cx->who, rq->route->needs))
        return OK;
    if (cx->who.person.n == 0)
        return fail(cx, ERR_DENIED, "Please sign in.", "Bitte melde dich an.");
    return fail(
        cx, ERR_DENIED,
        "Your role does not include this. Roles are given by who runs the desk.",
        "Das gehört nicht zu deiner Rolle. Rollen vergibt, wer den Helpdesk verwaltet.");
}

enum origin { ORIGIN_FOREIGN, ORIGIN_UNTOLD, ORIGIN_OURS };

static enum origin origin_of(const struct exchange *x)
{
    str site = http_header(x, "Sec-Fetch-Site");
    if (site.n > 0 && !str_eq(site, S("same-origin")) && !str_eq(site, S("none")))
        return ORIGIN_FOREIGN;
    str origin = http_header(x, "Origin");
    if (origin.n == 0)
        return str_eq(site, S("same-origin")) ? ORIGIN_OURS : ORIGIN_UNTOLD;
    isize host = str_find(origin, S("://"));
    bool ours = host >= 0 && str_eq_nocase(str_cut(origin, host + 3), http_header(x, "Host"));
    return ours ? ORIGIN_OURS : ORIGIN_FOREIGN;
}

bool guard_is_ours(const struct exchange *x)
{
    return origin_of(x) == ORIGIN_OURS;
}

// From the form alone: an address with a token in it would be kept in histories and logs.
static str form_token(const struct request *rq)
{
    for (const struct field *f = rq->x->form; f != NULL; f = f->next)
        if (str_eq(f->name, S("csrf")))
            return f->value;
    return (str){0};
}

static enum err too_old(struct ctx *cx, const struct request *rq)    // N6
{
    return invalid(
        cx, "",
        "This form had been open for too long. Nothing was sent: please send it once "
        "more.",
        guard_is_staff(cx, rq)
            ? "Das Formular war zu lange offen. Es ist noch nichts abgeschickt: Bitte "
              "sende es noch einmal."
            : "Das Formular war zu lange offen. Es ist noch nichts abgeschickt: Bitte "
              "senden Sie es noch einmal.");
}

static enum err foreign(struct ctx *cx, const struct request *rq)
{
    return fail(cx, ERR_DENIED,
                "This form is too old or comes from another site. Go back, reload the page and "
                "send it again.",
                guard_is_staff(cx, rq)
                    ? "Das Formular ist zu alt oder kommt von einer fremden Seite. Geh zurück, "
                      "lade die Seite neu und sende es noch einmal."
                    : "Das Formular ist zu alt oder kommt von einer fremden Seite. Gehen Sie "
                      "zurück, laden Sie die Seite neu und senden Sie es noch einmal.");
}

enum err guard_origin(struct ctx *cx, const struct request *rq)
{
    if (rq->by_token || is_hook(rq->x))
        return OK;    // N3 N5
    bool json = guard_is_api(rq->x);
    enum origin origin = origin_of(rq->x);
    str token = json ? http_header(rq->x, "X-Csrf-Token") : form_token(rq);
    if (origin != ORIGIN_FOREIGN && secret_same(token, rq->csrf))
        return OK;
    return origin == ORIGIN_OURS && !json ? too_old(cx, rq) : foreign(cx, rq);
}
