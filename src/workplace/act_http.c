// SPDX-License-Identifier: GPL-3.0-or-later
#include "workplace/act_http.h"

#include "workplace/compose.h"
#include "workplace/workplace_http.h"

typedef enum err act(struct ctx *cx, struct ticket_at *at);

static enum err do_it(struct ctx *cx, struct request *rq, struct reply *rp, act *what)
{
    struct ticket t;
    struct ticket_at at;
    TRY(workplace_form(cx, rq, &t, &at));
    TRY(what(cx, &at));
    return workplace_back(cx, rp, &t);
}

static enum err take(struct ctx *cx, struct request *rq, struct reply *rp)
{
    return do_it(cx, rq, rp, ticket_take);
}

static enum err release(struct ctx *cx, struct request *rq, struct reply *rp)
{
    return do_it(cx, rq, rp, ticket_release);
}

static enum err go_on(struct ctx *cx, struct request *rq, struct reply *rp)
{
    return do_it(cx, rq, rp, ticket_resume);
}

// What is over has no open promise and asks nobody.
static enum err end_all(struct ctx *cx, struct ticket_at *at)
{
    TRY(engagement_conclude_all(cx, at));
    return promise_drop_all(cx, at);
}

static enum err close_it(struct ctx *cx, struct ticket_at *at)
{
    TRY(end_all(cx, at));
    return ticket_close(cx, at, true);
}

static enum err put_away(struct ctx *cx, struct ticket_at *at)
{
    TRY(compose_drop_all(cx, at));
    TRY(end_all(cx, at));
    return ticket_spam(cx, at);
}

// What was promised to who wrote is owed after all.
static enum err bring_back(struct ctx *cx, struct ticket_at *at)
{
    struct ticket t;
    TRY(ticket_load(cx, at->id, &t));
    TRY(ticket_not_spam(cx, at));
    return promise_unended(cx, at, t.ended);
}

static enum err close_case(struct ctx *cx, struct request *rq, struct reply *rp)
{
    return do_it(cx, rq, rp, close_it);
}

static enum err spam(struct ctx *cx, struct request *rq, struct reply *rp)
{
    return do_it(cx, rq, rp, put_away);
}

static enum err no_spam(struct ctx *cx, struct request *rq, struct reply *rp)
{
    return do_it(cx, rq, rp, bring_back);
}

static enum err describe(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct ticket t;
    struct ticket_at at;
    TRY(workplace_form(cx, rq, &t, &at));
    TRY(ticket_set_lagebild(cx, &at,
                            (struct lagebild){.problem = form_text(rq, "problem"),
                                              .tried = form_text(rq, "bisher"),
                                              .current = form_text(rq, "jetzt")}));
    return workplace_back(cx, rp, &t);
}

// clang-format off
const struct route act_routes[] = {
    {POST, "/w/t/{nr}/nehmen",    CAN_WORK, take,       workplace_again, .summary = "take a case"},
    {POST, "/w/t/{nr}/freigeben", CAN_WORK, release,    workplace_again, .summary = "give it back to the team"},
    {POST, "/w/t/{nr}/weiter",    CAN_WORK, go_on,      workplace_again, .summary = "stop waiting"},
    {POST, "/w/t/{nr}/schliessen", CAN_WORK, close_case, workplace_again, .summary = "close: the customer confirmed"},
    {POST, "/w/t/{nr}/spam",      CAN_WORK, spam,       workplace_again, .summary = "put away as spam"},
    {POST, "/w/t/{nr}/kein-spam", CAN_WORK, no_spam,    workplace_again, .summary = "take back from spam"},
    {POST, "/w/t/{nr}/lagebild",  CAN_WORK, describe,   workplace_again, .summary = "change the state card"},
    {0},
};
// clang-format on
