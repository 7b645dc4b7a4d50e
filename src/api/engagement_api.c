// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/engagement_api.h"

#include "api/put_api.h"
#include "staff/level.h"
#include "vendor/vendor_ask.h"

static enum err list(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct ticket t;
    struct engagement *e;
    isize n;
    TRY(api_ticket(cx, rq, &t));
    TRY(engagement_list(cx, t.id, &e, &n));
    struct json_out *j = api_items_begin(cx, rq, rp);
    for (isize i = 0; i < n; i++)
        api_put_engagement(cx, j, &e[i]);
    api_items_end(j, S(""));
    return OK;
}

static enum err give(struct ctx *cx, struct request *rq, struct reply *rp, engagement_id id,
                     int status)
{
    struct engagement e;
    TRY(engagement_load(cx, id, &e));
    api_put_engagement(cx, api_begin(cx, rq, rp, status), &e);
    api_etag(rp, e.version);
    return OK;
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    return give(cx, rq, rp, (engagement_id){path_int(rq, 0)}, 200);
}

static enum err asked_team(struct ctx *cx, const struct json *o, team_id *out)
{
    struct team t;
    if (team_by_name(cx, json_text(o, "to_team"), &t) != OK)
        return invalid(cx, "to_team", "There is no such team.", "Dieses Team gibt es nicht.");
    *out = t.id;
    return OK;
}

static enum err hand_over(struct ctx *cx, const struct json *o, struct ticket_at *at,
                          engagement_id *out)
{
    int asked = ASK_SOLVE;
    team_id to;
    TRY(asked_team(cx, o, &to));
    TRY(api_code(cx, o, "asked_for", engagement_words_ask, &asked));
    struct engagement_contract c = {json_text(o, "problem"), json_text(o, "tried"),
                                    json_text(o, "situation"), json_text(o, "promised"),
                                    (enum asked_for)asked};
    return engagement_hand_over(cx, at, to, &c, out);
}

static enum err give_back(struct ctx *cx, const struct json *o, struct ticket_at *at,
                          engagement_id *out)
{
    int reason = 0;
    struct solution s = {0};
    TRY(api_code(cx, o, "reason", engagement_words_reason, &reason));
    if (json_text(o, "solution").n > 0)
        TRY(solution_by_key(cx, json_text(o, "solution"), &s));
    struct engagement_return r = {(enum return_reason)reason, json_text(o, "text"), s.id};
    return engagement_return(cx, at, &r, out);
}

// What leaves the house by a program names nobody: only a person releases.
static enum err ask_vendor(struct ctx *cx, struct ticket_at *at, team_id to, str question,
                           engagement_id *out)
{
    struct ticket t;
    struct vendor v;
    TRY(ticket_load(cx, at->id, &t));
    TRY(vendor_load(cx, to, &v));
    struct vendor_question q = vendor_ask_usual(cx->arena, &t, &v, question);
    return vendor_ask(cx, at, to, &q, out);
}

static enum err ask(struct ctx *cx, const struct json *o, struct ticket_at *at,
                    engagement_id *out)
{
    struct team team;
    team_id to;
    TRY(asked_team(cx, o, &to));
    TRY(team_load(cx, to, &team));
    if (team.level >= LEVEL_VENDOR)
        return ask_vendor(cx, at, to, json_text(o, "problem"), out);
    struct engagement_question q = {.text = json_text(o, "problem")};
    return engagement_ask(cx, at, to, &q, out);
}

static enum err swarm(struct ctx *cx, const struct json *o, struct ticket_at *at,
                      engagement_id *out)
{
    team_id to;
    TRY(asked_team(cx, o, &to));
    return engagement_swarm(cx, at, to, json_text(o, "text"), out);
}

static enum err create(struct ctx *cx, struct request *rq, struct reply *rp)
{
    static enum err (*const verbs[])(struct ctx *, const struct json *, struct ticket_at *,
                                     engagement_id *) = {[ENGAGE_CONSULT] = ask,
                                                         [ENGAGE_HANDOVER] = hand_over,
                                                         [ENGAGE_RETURN] = give_back,
                                                         [ENGAGE_SWARM] = swarm};
    const struct json *o;
    struct ticket t;
    engagement_id id;
    int mode = 0;
    TRY(api_body(cx, rq, &o));
    TRY(api_ticket(cx, rq, &t));
    TRY(api_code(cx, o, "mode", engagement_words_mode, &mode));
    struct ticket_at at = {.id = t.id};
    TRY(api_version(cx, rq, &at.version));
    TRY(verbs[mode](cx, o, &at, &id));
    http_set_header(rq->x, "Location",
                    arena_fmt(cx->arena, "/api/v1/engagements/%lld", (long long)id.n));
    return give(cx, rq, rp, id, 201);
}

// The answers have one shape: If-Match, perhaps a text, and the engagement comes back.
static enum err answer(struct ctx *cx, struct request *rq, struct reply *rp,
                       enum err (*act)(struct ctx *, struct engagement_at, const struct json *))
{
    const struct json *o;
    struct engagement e;
    struct engagement_at at = {.id = {path_int(rq, 0)}};
    TRY(api_body(cx, rq, &o));
    // 404 to whoever may not see it, before the version is asked for
    TRY(engagement_load(cx, at.id, &e));
    TRY(api_version(cx, rq, &at.version));
    TRY(act(cx, at, o));
    return show(cx, rq, rp);
}

static enum err do_accept(struct ctx *cx, struct engagement_at at, const struct json *o)
{
    const struct json *care = json_get(o, "care");
    return engagement_accept(cx, at, json_text(o, "text"), care != NULL && care->n != 0);
}

static enum err do_decline(struct ctx *cx, struct engagement_at at, const struct json *o)
{
    return engagement_decline(cx, at, json_text(o, "text"));
}

static enum err do_answer(struct ctx *cx, struct engagement_at at, const struct json *o)
{
    return engagement_answer(cx, at, json_text(o, "text"));
}

static enum err do_withdraw(struct ctx *cx, struct engagement_at at, const struct json *o)
{
    (void)o;
    return engagement_withdraw(cx, at);
}

static enum err do_end(struct ctx *cx, struct engagement_at at, const struct json *o)
{
    return engagement_end(cx, at, json_text(o, "text"));
}

static enum err accept(struct ctx *cx, struct request *rq, struct reply *rp)
{
    return answer(cx, rq, rp, do_accept);
}

static enum err decline(struct ctx *cx, struct request *rq, struct reply *rp)
{
    return answer(cx, rq, rp, do_decline);
}

static enum err reply(struct ctx *cx, struct request *rq, struct reply *rp)
{
    return answer(cx, rq, rp, do_answer);
}

static enum err withdraw(struct ctx *cx, struct request *rq, struct reply *rp)
{
    return answer(cx, rq, rp, do_withdraw);
}

static enum err end(struct ctx *cx, struct request *rq, struct reply *rp)
{
    return answer(cx, rq, rp, do_end);
}

// clang-format off
#define ANSWER(word, run, must, what) {POST, "/api/v1/engagements/{id}/" word, CAN_WORK, run, .rate = RATE_API, .matches = true, \
    .summary = what, .gives = &api_engagement_schema, .takes = &api_engagement_schema, .wants = must}
const struct route engagement_api_routes[] = {
    {GET,  "/api/v1/tickets/{number}/engagements", CAN_WORK, list,   .rate = RATE_API, .summary = "who took part in the case", .lists = &api_engagement_schema},
    {POST, "/api/v1/tickets/{number}/engagements", CAN_WORK, create, .rate = RATE_API, .matches = true, .summary = "consult, hand over, return, swarm", .gives = &api_engagement_schema, .takes = &api_engagement_schema, .wants = "mode"},
    {GET,  "/api/v1/engagements/{id}",             CAN_WORK, show,   .rate = RATE_API, .summary = "one engagement", .gives = &api_engagement_schema},
    ANSWER("accept",   accept,   NULL, "take it, with the line of what happens next (text)"),
    ANSWER("decline",  decline,  "text", "decline it, saying what would be accepted (text)"),
    ANSWER("answer",   reply,    NULL, "answer a question (text)"),
    ANSWER("withdraw", withdraw, NULL, "take it back"),
    ANSWER("end",      end,      NULL, "end a swarm (text: what came of it)"),
    {0},
};
// clang-format on
