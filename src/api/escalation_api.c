// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/escalation_api.h"

#include "api/put_api.h"
#include "escalation/escalation.h"
#include "forge/forge_talk.h"

// clang-format off
static const struct api_field escalation_fields[] = {
    {"id",       "integer", false, "key"},
    {"version",  "integer", false, "as in ETag; more reasons do not change it"},
    {"ticket",   "string",  false, "4182-2073"},
    {"state",    "string",  false, "open, taken, ended"},
    {"stage",    "string",  false, "team: its lead; desk: all leads"},
    {"team",     "string",  true,  "whose lead: the team that has the ball (as left out), or that cares"},
    {"reason",   "string",  true,  "deadline, complaint, authority, silence, danger, vendor; shown is the first one"},
    {"text",     "string",  true,  "what the lead must know; on taking: what will be done; on deciding: the decision"},
    {"reasons",  "integer", false, "how many were given"},
    {"added",    "boolean", false, "on creating: one was open already, the reason was added to it"},
    {"raised",   "string",  false, "when"},
    {"due",      "string",  false, "until when it should be taken"},
    {"taken",    "string",  false, "when"},
    {"until",    "string",  true,  "on taking: until when it will be done (RFC 3339)"},
    {"line",     "string",  false, "what will be done"},
    {"ended",    "string",  false, "when"},
    {"outcome",  "string",  true,  "on deciding: granted, done, declined; otherwise also withdrawn, over"},
    {"decision", "string",  false, "in a line"},
    {0},
};
static const struct api_schema escalation_schema = {"escalation", escalation_fields};
// clang-format on

static void put(struct ctx *cx, struct json_out *j, const struct escalation *e, bool added)
{
    json_open(j, '{');
    json_key_int(j, "id", e->id.n);
    json_key_int(j, "version", e->version);
    json_key_str(j, "ticket", ticket_number_shown(cx->arena, e->number));
    json_key_str(j, "state", str_from_z(escalation_states[e->state].code));
    json_key_str(j, "stage", str_from_z(escalation_stages[e->stage].code));
    json_key_str(j, "team", words_in(e->team_name, cx->lang));
    json_key_str(j, "reason", str_from_z(escalation_reasons[e->reason].code));
    json_key_int(j, "reasons", e->words);
    if (added)
        json_key_bool(j, "added", true);
    api_put_time(cx, j, "raised", e->raised);
    api_put_time(cx, j, "due", e->due);
    api_put_time(cx, j, "taken", e->taken);
    api_put_time(cx, j, "until", e->until);
    json_key_str(j, "line", e->line);
    api_put_time(cx, j, "ended", e->ended);
    if (e->outcome != 0)
        json_key_str(j, "outcome", str_from_z(escalation_outcomes[e->outcome].code));
    json_key_str(j, "decision", e->decision);
    json_close(j, '}');
}

static enum err give(struct ctx *cx, struct request *rq, struct reply *rp, escalation_id id,
                     int status, bool added)
{
    struct escalation e;
    TRY(escalation_load(cx, id, &e));
    put(cx, api_begin(cx, rq, rp, status), &e, added);
    api_etag(rp, e.version);
    return OK;
}

static enum err put_all(struct ctx *cx, struct request *rq, struct reply *rp,
                        const struct escalation *e, isize n)
{
    struct json_out *j = api_items_begin(cx, rq, rp);
    for (isize i = 0; i < n; i++)
        put(cx, j, &e[i], false);
    api_items_end(j, S(""));
    return OK;
}

static enum err list(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct ticket t;
    struct escalation *e;
    isize n;
    TRY(api_ticket(cx, rq, &t));
    TRY(escalation_list(cx, t.id, &e, &n));
    return put_all(cx, rq, rp, e, n);
}

static enum err mine(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct escalation *e;
    isize n;
    bool more;
    TRY(escalation_mine(cx, &e, &n, &more));
    return put_all(cx, rq, rp, e, n);
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    return give(cx, rq, rp, (escalation_id){path_int(rq, 0)}, 200, false);
}

static enum err create(struct ctx *cx, struct request *rq, struct reply *rp)
{
    const struct json *o;
    struct ticket t;
    struct team team = {0};
    struct escalation_raised raised;
    int reason = 0;
    TRY(api_body(cx, rq, &o));
    TRY(api_ticket(cx, rq, &t));
    TRY(api_code(cx, o, "reason", escalation_reasons, &reason));
    str name = json_text(o, "team");
    if (name.n > 0 && team_by_name(cx, name, &team) != OK)
        return invalid(cx, "team", "There is no such team.", "Dieses Team gibt es nicht.");
    struct escalation_new n = {team.id, (enum escalation_reason)reason, json_text(o, "text")};
    TRY(escalation_raise(cx, t.id, &n, &raised));
    http_set_header(rq->x, "Location",
                    arena_fmt(cx->arena, "/api/v1/escalations/%lld", (long long)raised.id.n));
    return give(cx, rq, rp, raised.id, raised.added ? 200 : 201, raised.added);
}

// The answers have one shape: If-Match, what is said, and the escalation comes back.
static enum err answer(struct ctx *cx, struct request *rq, struct reply *rp,
                       enum err (*act)(struct ctx *, struct escalation_at, const struct json *))
{
    const struct json *o;
    struct escalation e;
    struct escalation_at at = {.id = {path_int(rq, 0)}};
    TRY(api_body(cx, rq, &o));
    // 404 to whoever may not see it, before the version is asked for
    TRY(escalation_load(cx, at.id, &e));
    TRY(api_version(cx, rq, &at.version));
    TRY(act(cx, at, o));
    return show(cx, rq, rp);
}

static enum err do_take(struct ctx *cx, struct escalation_at at, const struct json *o)
{
    instant until = {0};
    str text = json_text(o, "until");
    if (text.n > 0 && !forge_talk_time(text, &until))
        return invalid(cx, "until", "This is no instant like 2026-11-20T14:00:00Z.",
                       "Das ist kein Zeitpunkt wie 2026-11-20T14:00:00Z.");
    return escalation_take(cx, at, json_text(o, "text"), until);
}

static enum err do_decide(struct ctx *cx, struct escalation_at at, const struct json *o)
{
    int outcome = 0;
    TRY(api_code(cx, o, "outcome", escalation_outcomes, &outcome));
    return escalation_decide(cx, at, (enum escalation_outcome)outcome, json_text(o, "text"));
}

static enum err do_withdraw(struct ctx *cx, struct escalation_at at, const struct json *o)
{
    (void)o;
    return escalation_withdraw(cx, at);
}

static enum err take(struct ctx *cx, struct request *rq, struct reply *rp)
{
    return answer(cx, rq, rp, do_take);
}

static enum err decide(struct ctx *cx, struct request *rq, struct reply *rp)
{
    return answer(cx, rq, rp, do_decide);
}

static enum err withdraw(struct ctx *cx, struct request *rq, struct reply *rp)
{
    return answer(cx, rq, rp, do_withdraw);
}

// clang-format off
#define ANSWER(word, can, run, must, what) {POST, "/api/v1/escalations/{id}/" word, can, run, .rate = RATE_API, .matches = true, \
    .summary = what, .gives = &escalation_schema, .takes = &escalation_schema, .wants = must}
const struct route escalation_api_routes[] = {
    {GET,  "/api/v1/escalations",                  CAN_LEAD, mine,   .rate = RATE_API, .summary = "what lies at the asker as a lead", .lists = &escalation_schema},
    {GET,  "/api/v1/tickets/{number}/escalations", CAN_WORK, list,   .rate = RATE_API, .summary = "when the case was at the lead", .lists = &escalation_schema},
    {POST, "/api/v1/tickets/{number}/escalations", CAN_WORK, create, .rate = RATE_API, .summary = "take the case to the lead (reason, text); 200 when it was there already", .gives = &escalation_schema, .takes = &escalation_schema, .wants = "reason text"},
    {GET,  "/api/v1/escalations/{id}",             CAN_WORK, show,   .rate = RATE_API, .summary = "one escalation", .gives = &escalation_schema},
    ANSWER("take",     CAN_LEAD, take,     "text", "the lead takes it (text: what will be done, until: by when)"),
    ANSWER("decide",   CAN_LEAD, decide,   "outcome text", "the lead decides (outcome, text)"),
    ANSWER("withdraw", CAN_WORK, withdraw, NULL, "take it back"),
    {0},
};
// clang-format on
