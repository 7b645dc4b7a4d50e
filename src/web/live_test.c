// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/live.h"

#include "access/access.h"
#include "base/limits.h"
#include "engagement/engagement_http_test.h"
#include "http/connection.h"

static bool hears(struct world *w, int person, struct event e, int64_t ticket)
{
    struct live_reach reach;
    struct ctx *cx = begin_as(w, person);
    struct who who = cx->who;
    check(live_reach_load(cx, &e, &reach) == OK);
    bool does = live_reaches(&reach, &e, &who, ticket);
    end(w, OK);
    return does;
}

static struct event about(const struct desk_case *c)
{
    return (struct event){.kind = "ticket.changed", .ticket = c->id.n, .tenant = {1}};
}

static void Y1_only_who_may_see_the_case_hears_of_it(struct world *w)
{
    struct desk_case c = desk_case(w);
    struct event e = about(&c);
    check(hears(w, ADA, e, 0) && hears(w, BEN, e, 0));       // in the team that works on it
    check(hears(w, EVA, e, 0));                              // leads see the desk
    check(!hears(w, CEM, e, 0) && !hears(w, DORA, e, 0));    // teams nobody has asked
    check(!hears(w, GERO, e, 0));                            // administration
    check(!hears(w, NINA, e, 0));                            // another desk
}

static void Y1_a_team_that_is_asked_hears_from_then_on(struct world *w)
{
    struct desk_case c = handed_over(w);
    check(hears(w, CEM, about(&c), 0) && !hears(w, DORA, about(&c), 0));
}

static void Y1_who_left_the_team_hears_no_more(struct world *w)
{
    struct desk_case c = desk_case(w);
    struct ctx *cx = begin(w);
    check(db_script(cx, "delete from person_team where person = 1") == OK && end(w, OK) == OK);
    check(!hears(w, ADA, about(&c), 0) && !hears(w, ADA, about(&c), c.id.n));
}

static void Y1_a_page_of_one_case_hears_of_that_one(struct world *w)
{
    struct desk_case c = desk_case(w);
    check(hears(w, ADA, about(&c), c.id.n) && !hears(w, ADA, about(&c), c.id.n + 1));
    check(!hears(w, CEM, about(&c), c.id.n));
}

static void Y1_what_belongs_to_no_case_is_told_to_nobody(struct world *w)
{
    struct event e = {.kind = "config.changed", .object = 7, .tenant = {1}};
    check(!hears(w, ADA, e, 0) && !hears(w, EVA, e, 0) && !hears(w, GERO, e, 0));
}

static bool opens(struct live *l, struct connection *c, int64_t person)
{
    struct who who = {.person = {person}};
    c->x.connection = c;
    return live_add(l, &c->x, &who, S(""), 0);
}

static void Y5_there_is_room_for_others(struct world *w)
{
    struct live *l = live_new();
    struct connection *c = make(&w->kept, struct connection, LIMIT_STREAMS + 1);
    for (int i = 0; i < LIMIT_STREAMS; i++) {
        int person = 1 + i / (int)LIMIT_STREAMS_PERSON;
        check(opens(l, &c[i], person));
        if ((i + 1) % LIMIT_STREAMS_PERSON == 0)
            check(!opens(l, &c[LIMIT_STREAMS], person));
    }
    check(live_count(l) == LIMIT_STREAMS && !opens(l, &c[LIMIT_STREAMS], 9999));
    for (int i = 0; i < LIMIT_STREAMS; i++)
        stream_gone(c[i].x.stream);
    check(live_count(l) == 0);
    live_free(l);
}

static str session_of(struct world *w, int64_t person)
{
    str token = {0};
    struct ctx *cx = begin(w);
    check(access_start(cx, (person_id){person}, &token) == OK);
    token = keep(w, token);
    check(end(w, OK) == OK);
    return token;
}

static struct connection *listens(struct world *w, struct live *l, int person, str session)
{
    struct connection *c = make(&w->kept, struct connection, 1);
    struct who who = begin_as(w, person)->who;
    check(end(w, OK) == OK);
    c->x.connection = c;
    check(live_add(l, &c->x, &who, session, 0));
    return c;
}

// What came since the last look; "over" when the stream has ended.
static str came(struct world *w, struct live *l, const struct desk_case *c,
                struct connection *to)
{
    struct event e = about(c);
    struct ctx *cx = begin(w);
    char *p = make(&w->kept, char, 1024);
    cx->events = &e;
    live_publish(l, cx);
    cx->events = NULL;
    check(end(w, OK) == OK);
    ssize_t n = stream_take(to->x.stream, p, 1024);
    return n < 0 ? S("over") : (str){p, n};
}

static void Y6_who_signed_out_hears_no_more(struct world *w)
{
    struct desk_case c = desk_case(w);
    struct live *l = live_new();
    str session = session_of(w, ADA);
    struct connection *ada = listens(w, l, ADA, session),
                      *other = listens(w, l, ADA, session_of(w, ADA));
    check(str_find(came(w, l, &c, ada), S("ticket.changed")) > 0);
    check(end(w, access_end(begin(w), session)) == OK);
    check_text(came(w, l, &c, ada), S("over"));
    check(str_find(came(w, l, &c, other), S("ticket.changed")) > 0);
    stream_gone(ada->x.stream);
    stream_gone(other->x.stream);
    live_free(l);
}

static void Y6_who_was_disabled_hears_no_more(struct world *w)
{
    struct desk_case c = desk_case(w);
    struct live *l = live_new();
    struct connection *eva = listens(w, l, EVA, session_of(w, EVA)),
                      *program = listens(w, l, EVA, S(""));
    check(str_find(came(w, l, &c, eva), S("ticket.changed")) > 0);
    check(str_find(came(w, l, &c, program), S("ticket.changed")) > 0);
    struct ctx *cx = begin(w);
    check(end(w, db_script(cx, "update person set disabled = 1 where id = 5")) == OK);
    (void)came(w, l, &c, eva);
    check_text(came(w, l, &c, eva), S("over"));
    (void)came(w, l, &c, program);
    check_text(came(w, l, &c, program), S("over"));
    stream_gone(eva->x.stream);
    stream_gone(program->x.stream);
    live_free(l);
}

const struct test live_tests[] = {
    T(Y1_only_who_may_see_the_case_hears_of_it),
    T(Y1_a_team_that_is_asked_hears_from_then_on),
    T(Y1_who_left_the_team_hears_no_more),
    T(Y1_a_page_of_one_case_hears_of_that_one),
    T(Y1_what_belongs_to_no_case_is_told_to_nobody),
    T(Y5_there_is_room_for_others),
    T(Y6_who_signed_out_hears_no_more),
    T(Y6_who_was_disabled_hears_no_more),
    {0},
};
