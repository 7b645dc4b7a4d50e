// SPDX-License-Identifier: GPL-3.0-or-later
#include "forge/forge_http.h"

#include "base/secret.h"
#include "forge.html.h"
#include "tenant/tenant.h"

const char *forge_http_tone(const struct forge *f)
{
    if (f->paused || f->state == FORGE_NEW)
        return "info";
    return f->state == FORGE_WORKS ? "good" : f->state == FORGE_BUSY ? "warn" : "bad";
}

struct words forge_http_state(const struct forge *f)
{
    return f->paused ? SAY("paused", "ruht") : forge_states[f->state].name;
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct forge_rows v = {0};
    struct forge *row;
    TRY(forge_list(cx, &row, &v.n));
    v.row = row;
    html_forges(page_begin(cx, rq, rp, 200), &v);
    return OK;
}

static void read_wish(const struct request *rq, struct forge_wish *w)
{
    w->kind = (enum forge_kind)form_int(rq, "kind", w->kind);
    w->url = form_or(rq, "url", w->url);
    w->project = form_or(rq, "project", w->project);
    w->notes = form_has(rq, "notes") || (rq->x->form == NULL && w->notes);
}

static enum err show_new(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct forge_form *f = make(cx->arena, struct forge_form, 1);
    *f = (struct forge_form){.is_new = true,
                             .w = {.kind = FORGE_GITHUB, .url = S("https://github.com")}};
    read_wish(rq, &f->w);
    f->w.hook = form_or(rq, "hook", secret_token(cx->arena));    // H3
    html_forge_new(page_begin(cx, rq, rp, 200), f);
    return OK;
}

static void read_secrets(const struct request *rq, struct forge_wish *w)    // H2
{
    w->token = str_trim(form_text(rq, "token"));
    w->hook = str_trim(form_text(rq, "hook"));
}

static enum err add(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct seal seal;
    struct forge_wish w = {0};
    forge_id id;
    read_wish(rq, &w);
    read_secrets(rq, &w);
    TRY(seal_load(cx, &seal));
    TRY(forge_add(cx, &seal, &w, &id));
    return see_other(cx, rp, "/a/entwicklung/%lld?ok=1", (long long)id.n);
}

static fallible load(struct ctx *cx, const struct request *rq, struct forge_form *f)
{
    struct tenant desk;
    TRY(forge_load(cx, (forge_id){path_int(rq, 0)}, &f->f));
    TRY(tenant_mine(cx, &desk));
    f->w = (struct forge_wish){
        .kind = f->f.kind, .url = f->f.url, .project = f->f.project, .notes = f->f.notes};
    f->hook_url = arena_fmt(cx->arena, STR_FMT "/hook/forge/%lld", STR_ARG(desk.base_url),
                            (long long)f->f.id.n);
    return OK;
}

static enum err show_one(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct forge_form *f = make(cx->arena, struct forge_form, 1);
    TRY(load(cx, rq, f));
    if (rq->x->form != NULL && form_has(rq, "project"))
        read_wish(rq, &f->w);
    html_forge_one(page_begin(cx, rq, rp, 200), f);
    return OK;
}

static enum err change(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct seal seal;
    struct forge_form f = {0};
    TRY(load(cx, rq, &f));
    f.w.notes = false;
    read_wish(rq, &f.w);
    read_secrets(rq, &f.w);
    TRY(seal_load(cx, &seal));
    TRY(forge_change(cx, &seal, f.f.id, &f.w));
    return see_other(cx, rp, "/a/entwicklung/%lld?ok=1", (long long)f.f.id.n);
}

static enum err act(struct ctx *cx, struct request *rq, struct reply *rp)
{
    forge_id id = {path_int(rq, 0)};
    str what = form_text(rq, "tun");
    if (str_eq(what, S("pruefen"))) {
        TRY(forge_look_now(cx, id));
        return see_other(cx, rp, "/a/entwicklung/%lld", (long long)id.n);
    }
    if (!str_eq(what, S("ruhen")) && !str_eq(what, S("weiter")))
        return db_absent(cx);
    TRY(forge_pause(cx, id, str_eq(what, S("ruhen"))));
    return see_other(cx, rp, "/a/entwicklung/%lld?ok=1", (long long)id.n);
}

// clang-format off
const struct route forge_routes[] = {
    {GET,  "/a/entwicklung",          CAN_CONFIGURE, show,     .summary = "the projects of Git services and how they are"},
    {GET,  "/a/entwicklung/neu",      CAN_CONFIGURE, show_new, .summary = "a form for a project of a Git service"},
    {POST, "/a/entwicklung/neu",      CAN_CONFIGURE, add,      show_new, .summary = "add a project of a Git service"},
    {GET,  "/a/entwicklung/{id}",     CAN_CONFIGURE, show_one, .summary = "a project of a Git service"},
    {POST, "/a/entwicklung/{id}",     CAN_CONFIGURE, change,   show_one, .summary = "change it"},
    {POST, "/a/entwicklung/{id}/tun", CAN_CONFIGURE, act,      show_one, .summary = "ask it now, pause or resume it"},
    {0},
};
// clang-format on
