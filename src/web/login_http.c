// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/login_http.h"

#include "base/limits.h"
#include "base/secret.h"
#include "login.html.h"
#include "web/frame.h"
#include "web/site.h"

// Where to go afterwards: only an address of our own, never another host.  Blanks and control
// bytes are left out on the way to the browser or by it, so "/<tab>/evil" would be "//evil".
static str own_address(str to, str otherwise)
{
    bool own = to.n > 0 && to.p[0] == '/' && !str_starts(to, S("//")) && to.n < 400;
    for (isize i = 0; i < to.n; i++)
        own &= (unsigned char)to.p[i] > ' ' && to.p[i] != 127 && to.p[i] != '\\';
    return own ? to : otherwise;
}

static enum err show_login(struct ctx *cx, struct request *rq, struct reply *rp)
{
    html_login(page_begin(cx, rq, rp, 200), own_address(form_text(rq, "zu"), S("")));
    return OK;
}

static enum err refused(struct ctx *cx)
{
    return invalid(cx, "", "Name or password is not right.",
                   "Anmeldename oder Passwort stimmt nicht.");
}

// A name that does not exist costs one hash, as a wrong password does, so that names cannot be
// found by the clock.
static enum err check_password(struct ctx *cx, struct request *rq, struct reply *rp)
{
    (void)rp;
    struct person p = {0};
    enum err err = person_by_login(cx, form_text(rq, "login"), &p);
    if (err != OK && err != ERR_ABSENT)
        return err;
    ctx_forgive(cx);
    str typed = form_text(rq, "password");
    if (p.password.n == 0)
        (void)secret_password_hash(cx->arena, typed);
    if (!secret_password_is(cx->arena, p.password, typed) || p.disabled)
        return refused(cx);
    rq->x->work = make(cx->arena, struct person, 1);
    *(struct person *)rq->x->work = p;
    return OK;
}

static enum err sign_in(struct ctx *cx, struct request *rq, struct reply *rp)
{
    const struct person *p = rq->x->work;
    struct who who;
    str token;
    TRY(access_who(cx, p->id, &who));
    if (rq->session.n > 0)
        TRY(access_end(cx, rq->session));    // A4
    TRY(access_start(cx, p->id, &token));
    reply_cookie(rq, "staffel", token, LIMIT_SESSION_S);
    str to = own_address(form_text(rq, "zu"), frame_first(&who));
    return see_other(cx, rp, STR_FMT, STR_ARG(to));
}

static enum err sign_out(struct ctx *cx, struct request *rq, struct reply *rp)
{
    TRY(access_end(cx, rq->session));
    reply_cookie(rq, "staffel", S(""), 0);
    http_set_header(rq->x, "Clear-Site-Data", S("\"cache\", \"storage\""));
    return see_other(cx, rp, "/anmelden");
}

static enum err set_language(struct ctx *cx, struct request *rq, struct reply *rp)
{
    bool en = str_eq(form_text(rq, "l"), S("en"));
    str to = own_address(form_text(rq, "to"), S("/"));
    reply_cookie(rq, "lang", en ? S("en") : S("de"), 31536000);
    to = frame_in(cx->arena, to, en ? LANG_EN : LANG_DE);
    return see_other(cx, rp, STR_FMT, STR_ARG(to));
}

static enum err show_me(struct ctx *cx, struct request *rq, struct reply *rp)
{
    html_me(page_begin(cx, rq, rp, 200));
    return OK;
}

static enum err check_change(struct ctx *cx, struct request *rq, struct reply *rp)
{
    (void)rp;
    struct person p;
    TRY(person_load(cx, cx->who.person, &p));
    if (!secret_password_is(cx->arena, p.password, form_text(rq, "now")))
        return invalid(cx, "now", "This is not your present password.",
                       "Das ist nicht dein jetziges Passwort.");
    TRY(access_password_check(cx, form_text(rq, "password"), p.login));
    str *hash = make(cx->arena, str, 1);
    *hash = secret_password_hash(cx->arena, form_text(rq, "password"));
    rq->x->work = hash;
    return OK;
}

static enum err change_password(struct ctx *cx, struct request *rq, struct reply *rp)
{
    str token;
    TRY(person_set_password(cx, cx->who.person, *(const str *)rq->x->work));
    TRY(access_end_all(cx, cx->who.person));
    TRY(access_start(cx, cx->who.person, &token));
    reply_cookie(rq, "staffel", token, LIMIT_SESSION_S);
    return see_other(cx, rp, "/w/ich?ok=1");
}

// clang-format off
const struct route login_routes[] = {
    {GET,  "/anmelden", CAN_ANYBODY,   show_login,      .summary = "the sign-in page"},
    {POST, "/anmelden", CAN_ANYBODY,   sign_in,         show_login, check_password, RATE_LOGIN, "sign in"},
    {POST, "/abmelden", CAN_SIGNED_IN, sign_out,        .summary = "sign out"},
    {GET,  "/sprache",  CAN_ANYBODY,   set_language,    .summary = "remember the language"},
    {GET,  "/w/ich",    CAN_SIGNED_IN, show_me,         .summary = "the own password"},
    {POST, "/w/ich",    CAN_SIGNED_IN, change_password, show_me, check_change, RATE_PASSWORD, "change the own password"},
    {0},
};
// clang-format on
