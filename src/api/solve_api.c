// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/solve_api.h"

#include "api/put_api.h"
#include "api/solution_api.h"
#include "outbox/outbox.h"
#include "solving/solving.h"

static enum err known(struct ctx *cx, str key, solution_id *out)
{
    struct ctx quiet = ctx_quiet(cx);
    struct solution s;
    enum err err = solution_by_key(&quiet, key, &s);
    if (err == ERR_ABSENT || err == ERR_INVALID)
        return invalid(cx, "solution", "There is no solution with this number.",
                       "Eine Lösung mit dieser Nummer gibt es nicht.");
    TRY(err);
    *out = s.id;
    return OK;
}

static enum err in_words(struct ctx *cx, const struct json *o, struct solving *s)
{
    int how = SOLVED_BY_TEXT;
    TRY(api_code(cx, o, "how", ticket_words_how, &how));
    if (how == SOLVED_BY_SOLUTION)
        return invalid(cx, "solution", "Which solution helped?", "Welche Lösung hat geholfen?");
    s->how = (enum solved_how)how;
    s->text = json_text(o, "text");
    return OK;
}

static enum err read_how(struct ctx *cx, const struct json *o, struct solving *s,
                         struct solution *fresh)
{
    const struct json *new = json_get(o, "new");
    str key = json_text(o, "solution");
    if (new == NULL)
        return key.n > 0 ? known(cx, key, &s->solution) : in_words(cx, o, s);
    if (key.n > 0)
        return invalid(cx, "new", "Either a known solution or a new one.",
                       "Entweder eine bekannte Lösung oder eine neue.");
    TRY(api_object(cx, &api_solution_schema, new));
    *fresh = solution_api_empty(cx);
    TRY(solution_api_take(cx, new, fresh));
    s->fresh = fresh;
    return OK;
}

// Before the case is solved, because a solved one takes no reply.
static enum err write_message(struct ctx *cx, const struct json *o, struct ticket_at *at)
{
    message_id id;
    struct message_new m = {.kind = MESSAGE_REPLY,
                            .channel = CHANNEL_API,
                            .body = json_text(o, "message"),
                            .seen = MESSAGE_SEEN_ALL};
    return m.body.n == 0 ? OK : outbox_reply(cx, at, &m, &id);
}

static enum err solve(struct ctx *cx, struct request *rq, struct reply *rp)
{
    const struct json *o;
    struct ticket t;
    struct solution fresh;
    struct solving_done done;
    struct solving s = {0};
    TRY(api_body(cx, rq, &o));
    TRY(api_ticket(cx, rq, &t));
    struct ticket_at at = {.id = t.id};
    TRY(api_version(cx, rq, &at.version));
    TRY(read_how(cx, o, &s, &fresh));
    const struct json *told = json_get(o, "told");
    s.told = (told != NULL && told->n != 0)
             || (json_text(o, "message").n > 0 && t.contact_mail.n > 0);
    TRY(write_message(cx, o, &at));
    TRY(solving_finish(cx, &at, &s, &done));
    TRY(ticket_load(cx, t.id, &t));
    api_put_ticket(cx, api_begin(cx, rq, rp, 200), &t);
    api_etag(rp, t.version);
    return OK;
}

// clang-format off
const struct route solve_api_routes[] = {
    {POST, "/api/v1/tickets/{number}/solve", CAN_WORK, solve, .rate = RATE_API, .matches = true, .summary = "solve a case by a known solution, a new one, or in words", .gives = &api_ticket_schema, .takes = &api_solve_schema},
    {0},
};
// clang-format on
