// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/problem_api.h"

#include "api/put_api.h"
#include "problem/problem.h"

// clang-format off
static const struct api_field problem_fields[] = {
    {"number",     "string",  false, "P-12"},
    {"version",    "integer", false, "as in ETag"},
    {"state",      "string",  false, "suspected, open, known_error, fix_planned, fixed, verified, closed, rejected"},
    {"title",      "string",  true,  "as a customer would say it"},
    {"words",      "string",  true,  "how one recognises it"},
    {"cause",      "string",  true,  "the root cause"},
    {"workaround", "string",  false, "key of the solution that helps until it is fixed"},
    {"fix",        "string",  false, "key of the solution that fixed it"},
    {"fix_ref",    "string",  false, "change, version or order that fixes it"},
    {"team",       "string",  true,  "who owns it; left out: one of your own"},
    {"open_cases", "integer", false, "of the whole desk"},
    {"created",    "string",  false, "when"},
    {"changed",    "string",  false, "last change"},
    {0},
};
static const struct api_field case_fields[] = {
    {"number", "string", true, "of the case that belongs to it"},
    {0},
};
static const struct api_schema problem_schema = {"problem", problem_fields},
    case_schema = {"problem_case", case_fields};
// clang-format on

static void put_key(struct ctx *cx, struct json_out *j, const char *name, int64_t key)
{
    if (key != 0)
        json_key_str(j, name, solution_key_text(cx->arena, key));
}

static void put(struct ctx *cx, struct json_out *j, const struct problem_record *r)
{
    json_open(j, '{');
    json_key_str(j, "number", problem_number_text(cx->arena, r->number));
    json_key_int(j, "version", r->version);
    json_key_str(j, "state", str_from_z(problem_states[r->state].code));
    json_key_str(j, "title", r->title);
    json_key_str(j, "words", r->words);
    json_key_str(j, "cause", r->cause);
    put_key(cx, j, "workaround", r->workaround_key);
    put_key(cx, j, "fix", r->fix_key);
    json_key_str(j, "fix_ref", r->fix_ref);
    json_key_str(j, "team", words_in(r->team_name, cx->lang));
    json_key_int(j, "open_cases", r->open_cases);
    api_put_time(cx, j, "created", r->created);
    api_put_time(cx, j, "changed", r->changed);
    json_close(j, '}');
}

static enum err give(struct ctx *cx, struct request *rq, struct reply *rp,
                     const struct problem_record *r, int status)
{
    put(cx, api_begin(cx, rq, rp, status), r);
    api_etag(rp, r->version);
    return OK;
}

static enum err list(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct problem_record *r;
    isize n;
    struct problem_filter f = {.words = form_text(rq, "q"), .over = form_has(rq, "all")};
    TRY(problem_list(cx, &f, &r, &n));
    struct json_out *j = api_items_begin(cx, rq, rp);
    for (isize i = 0; i < n; i++)
        put(cx, j, &r[i]);
    api_items_end(j, S(""));
    return OK;
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct problem_record r;
    TRY(problem_by_number(cx, path_text(rq, 0), &r));
    return give(cx, rq, rp, &r, 200);
}

static enum err create(struct ctx *cx, struct request *rq, struct reply *rp)
{
    const struct json *o;
    struct problem_record r = {.state = PROBLEM_OPEN};
    TRY(api_body(cx, rq, &o));
    r.title = json_text(o, "title");
    r.words = json_text(o, "words");
    r.cause = json_text(o, "cause");
    if (json_text(o, "team").n > 0) {
        struct team team;
        TRY(team_by_name(cx, json_text(o, "team"), &team));
        r.team = team.id;
    }
    TRY(problem_add(cx, &r, &r.id));
    TRY(problem_load(cx, r.id, &r));
    str number = problem_number_text(cx->arena, r.number);
    http_set_header(rq->x, "Location",
                    arena_fmt(cx->arena, "/api/v1/problems/" STR_FMT, STR_ARG(number)));
    return give(cx, rq, rp, &r, 201);
}

static enum err belongs(struct ctx *cx, struct request *rq, struct reply *rp)
{
    const struct json *o;
    struct problem_record r;
    struct ticket t;
    int64_t number;
    TRY(api_body(cx, rq, &o));
    TRY(problem_by_number(cx, path_text(rq, 0), &r));
    TRY(ticket_number_read(cx, json_text(o, "number"), &number));
    TRY(ticket_by_number(cx, number, &t));
    TRY(problem_link(cx, r.id, t.id));
    TRY(problem_load(cx, r.id, &r));
    return give(cx, rq, rp, &r, 200);
}

// clang-format off
const struct route problem_api_routes[] = {
    {GET,  "/api/v1/problems",                 CAN_WORK, list,    .rate = RATE_API, .asks = "q all", .summary = "problems, those that are over with ?all=1, by words with ?q=", .lists = &problem_schema},
    {POST, "/api/v1/problems",                 CAN_WORK, create,  .rate = RATE_API, .summary = "open a problem", .gives = &problem_schema, .takes = &problem_schema, .wants = "title"},
    {GET,  "/api/v1/problems/{problem}",       CAN_WORK, show,    .rate = RATE_API, .summary = "a problem", .gives = &problem_schema},
    {POST, "/api/v1/problems/{problem}/cases", CAN_WORK, belongs, .rate = RATE_API, .summary = "a case belongs to a problem", .gives = &problem_schema, .takes = &case_schema, .wants = "number"},
    {0},
};
// clang-format on
