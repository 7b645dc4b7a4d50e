// SPDX-License-Identifier: GPL-3.0-or-later
#include "call/call_suggest_http.h"

#include "api/put_api.h"
#include "call/call_incident.h"
#include "lifecycle/lifecycle.h"
#include "search/search.h"

// C13
enum err call_suggest_known(struct ctx *cx, const struct search_suggestion *s, str **out)
{
    int64_t *solution = make(cx->arena, int64_t, s->solutions);
    int64_t *number = make(cx->arena, int64_t, s->solutions);
    for (isize i = 0; i < s->solutions; i++)
        solution[i] = s->solution[i].id;
    TRY(problem_worked_around(cx, solution, s->solutions, number));
    *out = make(cx->arena, str, s->solutions);
    for (isize i = 0; i < s->solutions; i++)
        (*out)[i] = number[i] != 0 ? problem_number_text(cx->arena, number[i]) : S("");
    return OK;
}

static void put_solution(struct ctx *cx, struct json_out *j, const struct search_hit *h,
                         str lines, str known)
{
    struct solution_step *step;
    isize n;
    solution_steps_read(cx->arena, lines, &step, &n);
    json_open(j, '{');
    json_key_str(j, "key", solution_key_text(cx->arena, h->number));
    json_key_str(j, "title", h->title);
    json_key_str(j, "known", known);
    json_key(j, "steps");
    json_open(j, '[');
    for (isize i = 0; i < n; i++) {
        json_open(j, '{');
        json_key_str(j, "text", step[i].text);
        json_key_str(j, "expected", step[i].expected);
        json_close(j, '}');
    }
    json_close(j, ']');
    json_close(j, '}');
}

// C12: nothing when there is none.
static enum err put_incident(struct ctx *cx, struct request *rq, struct json_out *j)
{
    struct major m = {0};
    if (form_text(rq, "q").n > 0)
        TRY(call_incident(cx, form_text(rq, "q"), &m));
    if (m.id.n == 0)
        return OK;
    json_key(j, "incident");
    json_open(j, '{');
    json_key_str(j, "number", major_number_text(cx->arena, m.number));
    json_key_str(j, "title", m.title);
    json_key_str(j, "script", m.script);
    json_close(j, '}');
    return OK;
}

// Nothing while it is supported.
static enum err put_outlived(struct ctx *cx, struct request *rq, struct json_out *j)
{
    struct lifecycle l;
    TRY(lifecycle_named(cx, form_text(rq, "q"), &l));
    if (l.ended)
        json_key_str(j, "outlived", words_in(lifecycle_said(cx->arena, &l), cx->lang));
    return OK;
}

static enum err put_solutions(struct ctx *cx, struct request *rq, struct json_out *j)
{
    struct search_suggestion s = {0};
    struct search_ask ask = {.words = form_text(rq, "q"), .typing = true};
    str *known;
    if (ask.words.n > 0)
        TRY(search_suggest(cx, &ask, &s));
    TRY(call_suggest_known(cx, &s, &known));
    json_key(j, "solutions");
    json_open(j, '[');
    for (isize i = 0; i < s.solutions; i++)
        put_solution(cx, j, &s.solution[i], s.steps[i], known[i]);
    json_close(j, ']');
    return OK;
}

static enum err put_contacts(struct ctx *cx, struct request *rq, struct json_out *j)
{
    struct contact_found *c = NULL;
    isize n = 0;
    if (form_text(rq, "wer").n > 1)
        TRY(contact_find(cx, form_text(rq, "wer"), &c, &n));
    json_key(j, "contacts");
    json_open(j, '[');
    for (isize i = 0; i < n; i++)
        api_put_found(j, &c[i]);
    json_close(j, ']');
    return OK;
}

enum err call_suggest(struct ctx *cx, struct request *rq, struct reply *rp)
{
    page_begin(cx, rq, rp, 200);
    rp->type = "application/json; charset=utf-8";
    struct json_out j = {.buf = rp->body};
    json_open(&j, '{');
    TRY(put_incident(cx, rq, &j));
    TRY(put_outlived(cx, rq, &j));
    TRY(put_solutions(cx, rq, &j));
    TRY(put_contacts(cx, rq, &j));
    json_close(&j, '}');
    return OK;
}
