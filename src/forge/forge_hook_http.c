// SPDX-License-Identifier: GPL-3.0-or-later
#include "forge/forge_hook_http.h"

#include "tenant/tenant.h"

struct called {
    struct forge f;
    struct forge_heard heard;
};

static enum err not_signed(struct ctx *cx)
{
    return fail(cx, ERR_DENIED, "The signature does not fit.", "Die Unterschrift passt nicht.");
}

static bool is_signed(struct ctx *cx, const struct request *rq, const struct forge *f)
{
    struct seal seal;
    str token, hook;
    const char *field = f->kind == FORGE_GITHUB ? "X-Hub-Signature-256" : "X-Gitea-Signature";
    if (seal_load(cx, &seal) != OK || !forge_unlock(cx->arena, &seal, f, &token, &hook))
        return false;
    return forge_talk_signed(cx->arena, f->kind, hook, rq->x->body, http_header(rq->x, field),
                             http_header(rq->x, "X-Gitlab-Token"));
}

static str event_of(const struct request *rq, enum forge_kind kind)
{
    static const char *const field[] = {[FORGE_GITHUB] = "X-GitHub-Event",
                                        [FORGE_GITLAB] = "X-Gitlab-Event",
                                        [FORGE_GITEA] = "X-Gitea-Event"};
    return http_header(rq->x, field[kind]);
}

// K1 K2
static enum err verify(struct ctx *cx, struct request *rq, struct reply *rp)
{
    (void)rp;
    struct called *c = make(cx->arena, struct called, 1);
    struct json *o;
    enum err err = forge_called(cx, (forge_id){path_int(rq, 0)}, &c->f);
    if (err != OK && err != ERR_ABSENT)
        return err;
    ctx_forgive(cx);
    if (err == ERR_ABSENT || !is_signed(cx, rq, &c->f))
        return not_signed(cx);
    TRY(json_read(cx, rq->x->body, &o));
    forge_talk_heard(c->f.kind, event_of(rq, c->f.kind), o, &c->heard);
    rq->x->work = c;
    return OK;
}

static enum err take(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct called *c = rq->x->work;
    cx->who = tenant_system(c->f.tenant);
    if (!c->f.paused)
        TRY(forge_issue_hear(cx, &c->f, &c->heard));
    rp->status = 204;
    rp->type = "text/plain";
    return OK;
}

// clang-format off
const struct route forge_hook_routes[] = {
    {POST, "/hook/forge/{id}", CAN_ANYBODY, take, .prepare = verify, .rate = RATE_HOOK, .summary = "what a Git service tells about its issues"},
    {0},
};
// clang-format on
