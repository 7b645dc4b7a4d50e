// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/solution_api.h"

#include "api/put_api.h"
#include "base/limits.h"

static enum err list(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct solution *s;
    isize n;
    struct solution_filter f = {.most = api_limit(rq)};
    TRY(api_mark(cx, rq, &f.before.ms, &f.before_key));
    TRY(solution_list(cx, &f, &s, &n));
    struct json_out *j = api_items_begin(cx, rq, rp);
    for (isize i = 0; i < n; i++) {
        TRY(solution_load(cx, s[i].id, &s[i]));    // a page of the desk goes without long texts
        api_put_solution(cx, j, &s[i]);
    }
    api_items_end(j, n == f.most ? api_mark_of(cx, s[n - 1].changed.ms, s[n - 1].key) : S(""));
    return OK;
}

static enum err give(struct ctx *cx, struct request *rq, struct reply *rp,
                     const struct solution *s, int status)
{
    api_put_solution(cx, api_begin(cx, rq, rp, status), s);
    api_etag(rp, s->version);
    return OK;
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct solution s;
    TRY(solution_by_key(cx, path_text(rq, 0), &s));
    return give(cx, rq, rp, &s, 200);
}

static enum err take_steps(struct ctx *cx, const struct json *list, struct solution *s)
{
    isize n = 0;
    for (const struct json *c = list->child; c != NULL; c = c->next)
        n++;
    s->step = make(cx->arena, struct solution_step, n + 1);
    s->steps = 0;
    for (const struct json *c = list->child; c != NULL; c = c->next) {
        TRY(api_object(cx, &api_step_schema, c));
        s->step[s->steps++] =
            (struct solution_step){json_text(c, "text"), json_text(c, "expected")};
    }
    return OK;
}

static void take_text(const struct json *o, const char *key, str *to)
{
    if (json_get(o, key) != NULL)
        *to = json_text(o, key);
}

static enum err take_content(struct ctx *cx, const struct json *o, struct solution *s)
{
    take_text(o, "title", &s->title);
    take_text(o, "words", &s->words);
    take_text(o, "environment", &s->environment);
    take_text(o, "cause", &s->cause);
    take_text(o, "body", &s->body);
    TRY(api_lang(cx, o, &s->lang));
    return json_get(o, "steps") != NULL ? take_steps(cx, json_get(o, "steps"), s) : OK;
}

static enum err take_audience(struct ctx *cx, const struct json *o, struct solution *s)
{
    const struct json *list = json_get(o, "audience");
    if (list == NULL)
        return OK;
    struct buf b = buf_new(cx->arena, 64);
    for (const struct json *c = list->child; c != NULL; c = c->next) {
        if (b.n > 0)
            buf_char(&b, ',');
        buf_put(&b, c->s);
    }
    if (solution_audience_from(buf_str(&b), &s->audience))
        return OK;
    return invalid(cx, "audience", "The audience is a list of l1, l2, l3, customer, public.",
                   "Die Zielgruppe ist eine Liste aus l1, l2, l3, customer, public.");
}

static enum err take_codes(struct ctx *cx, const struct json *o, struct solution *s)
{
    int kind = (int)s->kind, confidence = (int)s->confidence;
    TRY(api_code(cx, o, "kind", solution_kinds, &kind));
    TRY(api_code(cx, o, "confidence", solution_confidences, &confidence));
    s->kind = (enum solution_kind)kind;
    s->confidence = (enum confidence)confidence;
    return take_audience(cx, o, s);
}

struct solution solution_api_empty(const struct ctx *cx)
{
    return (struct solution){.kind = SOLUTION_FIX,
                             .confidence = SOLUTION_NOT_VALIDATED,
                             .lang = cx->lang,
                             .audience = SOLUTION_L1};
}

enum err solution_api_take(struct ctx *cx, const struct json *o, struct solution *s)
{
    TRY(take_content(cx, o, s));
    return take_codes(cx, o, s);
}

static enum err create(struct ctx *cx, struct request *rq, struct reply *rp)
{
    const struct json *o;
    struct solution s = solution_api_empty(cx);
    TRY(api_body(cx, rq, &o));
    TRY(solution_api_take(cx, o, &s));
    TRY(solution_add(cx, &s, &s.id));
    TRY(solution_load(cx, s.id, &s));
    str key = solution_key_text(cx->arena, s.key);
    http_set_header(rq->x, "Location",
                    arena_fmt(cx->arena, "/api/v1/solutions/" STR_FMT, STR_ARG(key)));
    return give(cx, rq, rp, &s, 201);
}

// Content and audience are two changes, each with its own right (solution.h, K4).
static enum err change(struct ctx *cx, struct request *rq, struct reply *rp)
{
    const struct json *o;
    struct solution s, before;
    TRY(api_body(cx, rq, &o));
    TRY(solution_by_key(cx, path_text(rq, 0), &s));
    before = s;
    TRY(api_version(cx, rq, &s.version));
    TRY(solution_api_take(cx, o, &s));
    TRY(solution_change(cx, &s));
    if (s.audience != before.audience || s.confidence != before.confidence)
        TRY(solution_set_audience(cx, s.id, s.version + 1, s.audience, s.confidence));
    return show(cx, rq, rp);
}

// clang-format off
const struct route solution_api_routes[] = {
    {GET,   "/api/v1/solutions",       CAN_WORK,           list,   .rate = RATE_API, .asks = "limit after", .summary = "known solutions, newest change first", .lists = &api_solution_schema},
    {POST,  "/api/v1/solutions",       CAN_WRITE_SOLUTION, create, .rate = RATE_API, .summary = "a new solution", .gives = &api_solution_schema, .takes = &api_solution_schema, .wants = "title"},
    {GET,   "/api/v1/solutions/{key}", CAN_WORK,           show,   .rate = RATE_API, .summary = "one solution", .gives = &api_solution_schema},
    {PATCH, "/api/v1/solutions/{key}", CAN_WRITE_SOLUTION, change, .rate = RATE_API, .matches = true, .summary = "change a solution", .gives = &api_solution_schema, .takes = &api_solution_schema},
    {0},
};
// clang-format on
