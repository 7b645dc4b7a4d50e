// SPDX-License-Identifier: GPL-3.0-or-later
// Any course a case can take: random people do random things with a few cases, and after each
// step the row must be one the rules allow.
#include "event/event.h"
#include "ticket/ticket_check.h"
#include "ticket/ticket_test.h"

enum { CASES = 12, STEPS_A_COMMIT = 250, ACT_MERGE = 12, ACT_SILENT = 16, ACTS = 19 };

struct course {
    uint64_t seed;
    struct ticket_at at[CASES];    // as we believe them to be
    int64_t done, refused;
    int64_t told;        // events the last act is to write when it succeeds (W3)
    int went[10][10];    // how often from which status to which
};

static uint32_t draw(struct course *c, uint32_t below)
{
    c->seed ^= c->seed << 13;    // xorshift64
    c->seed ^= c->seed >> 7;
    c->seed ^= c->seed << 17;
    return (uint32_t)(c->seed >> 33) % below;
}

static team_id any_team(struct course *c)
{
    return (team_id){1 + draw(c, 3)};
}

static enum err wait(struct ctx *cx, struct course *c, struct ticket_at *at)
{
    struct ticket_waiting w = {.for_what = (enum ticket_status)(1 + draw(c, 9)),
                               .asked = {cx->now.ms - draw(c, 400) * 1000},
                               .until = {cx->now.ms + 1000 * ((int64_t)draw(c, 7200) - 60)}};
    return ticket_wait(cx, at, &w);
}

static enum err solve(struct ctx *cx, struct course *c, struct ticket_at *at)
{
    struct ticket_solving s = {.how = (enum solved_how)draw(c, 8),
                               .told = draw(c, 4) > 0,
                               .text = draw(c, 2) ? described.text : S("kurz"),
                               .level = (int)draw(c, 5),
                               .reminders = (int)draw(c, 4)};
    return ticket_solve(cx, at, &s);
}

static enum err move(struct ctx *cx, struct course *c, struct ticket_at *at)
{
    struct ticket_move m = {.team = any_team(c),
                            .level = (int)(1 + draw(c, 3)),
                            .care_team = {draw(c, 4)},
                            .returned = draw(c, 3) == 0};
    return ticket_move(cx, at, &m);
}

static enum err classify(struct ctx *cx, struct course *c, struct ticket_at *at)
{
    struct ticket_class k = {.type = (enum ticket_type)draw(c, 7),
                             .impact = (int)draw(c, 5),
                             .urgency = (int)draw(c, 5),
                             .priority = (int)draw(c, 5),
                             .why = draw(c, 2) ? S("Chefin") : S("")};
    return ticket_classify(cx, at, &k);
}

static enum err act(struct ctx *cx, struct course *c, struct ticket_at *at,
                    struct ticket_at *other)
{
    struct ticket_pending p = {.asked = {draw(c, 4)}, .sender = {draw(c, 4)}};
    uint32_t which = draw(c, ACTS);
    c->told = which == ACT_MERGE ? 2 : which >= ACT_SILENT ? 0 : 1;
    switch (which) {
    case 0:
        return ticket_take(cx, at);
    case 1:
        return ticket_release(cx, at);
    case 2:
        return classify(cx, c, at);
    case 3:
        return ticket_open(cx, at);
    case 4:
    case 5:
        return wait(cx, c, at);
    case 6:
        return ticket_resume(cx, at);
    case 7:
        return ticket_customer_replied(cx, at);
    case 8:
    case 9:
        return solve(cx, c, at);
    case 10:
        return ticket_close(cx, at, draw(c, 3) == 0);
    case 11:
        return ticket_reopen(cx, at, (enum ticket_why)draw(c, 4));
    case ACT_MERGE:
        return ticket_merge(cx, at, other);
    case 13:
        return draw(c, 4) ? ticket_not_spam(cx, at) : ticket_spam(cx, at);
    case 14:
        return ticket_care(cx, at, any_team(c), (person_id){draw(c, 5)});
    case 15:
        return ticket_set_lagebild(cx, at, (struct lagebild){S("a"), S("b"), S("c")});
    case ACT_SILENT:
        return move(cx, c, at);
    case ACT_SILENT + 1:
        return ticket_set_ball(cx, at, p);
    default:
        return ticket_touch(cx, at, (enum ticket_touch)(1 + draw(c, 3)));
    }
}

// W1, W2, W5 and the columns that go with a status.
static void check_row(const struct ticket *t)
{
    bool over = ticket_is_over(t->status);
    check(ticket_words_has(ticket_words_status, t->status));
    check((t->ball == BALL_NOBODY) == over);
    check((t->ball == BALL_TEAM) == (t->ball_team.n != 0));
    check((t->ball == BALL_CUSTOMER) == (t->status == TICKET_WAITING_CUSTOMER));
    check((t->ball == BALL_VENDOR) == (t->status == TICKET_WAITING_VENDOR));
    check((t->ball == BALL_DATE) == (t->status == TICKET_WAITING_DATE));
    if (t->ball == BALL_TEAM)
        check(t->ball_team.n == (t->pending_team.n ? t->pending_team.n : t->work_team.n));
    check((t->wait_until.ms != 0) == (t->status == TICKET_WAITING_DATE));
    check((t->solved_at.ms != 0) == (t->solved_how != 0));
    if (t->status == TICKET_SOLVED || t->status == TICKET_CLOSED)
        check(t->solved_at.ms != 0 && t->solved_level >= 1);
    if (t->status < TICKET_SOLVED)
        check(t->solved_at.ms == 0 && t->ended.ms == 0);
    check((t->ended.ms != 0) == (t->status > TICKET_SOLVED));
    check((t->merged_into.n != 0) == (t->status == TICKET_MERGED));
    check(t->priority == ticket_priority(t->impact, t->urgency) || t->priority_why.n > 0);
}

static int64_t events_in(const struct ctx *cx)
{
    int64_t n = 0;
    for (const struct event *e = cx->events; e != NULL; e = e->next)
        n++;
    return n;
}

// What one step may do to a case: nothing at all, or one version along one arrow.
static void check_step(struct course *c, const struct ticket *was, const struct ticket *is,
                       enum err err)
{
    check_row(is);
    check(is->version == was->version + (err == OK));
    if (was->status != is->status) {
        check(err == OK && ticket_check_may(was->status, is->status));
        c->went[was->status][is->status]++;
    }
    check(is->reopened
          == was->reopened + (was->status == TICKET_SOLVED && is->status == TICKET_OPEN));
    check(is->number == was->number && is->created.ms == was->created.ms);
}

static void step(struct ctx *cx, struct course *c)
{
    static const int actors[] = {ADA, BEN, CEM, DORA, EVA};
    struct ticket was, is;
    uint32_t i = draw(c, CASES), k = draw(c, CASES);
    struct ticket_at before = c->at[i], other = c->at[k], tried = before;
    if (draw(c, 20) == 0)
        tried.version -= 1;    // somebody who looked earlier
    check(ticket_load(cx, before.id, &was) == OK);
    struct who system = cx->who;
    struct who who = {.tenant = system.tenant,
                      .person = {actors[draw(c, countof(actors))]},
                      .see = SEE_TENANT,
                      .level = 3};
    cx->who = who;
    int64_t events = events_in(cx);
    enum err err = act(cx, c, &tried, &other);
    cx->who = system;
    check(err == OK || err == ERR_INVALID || err == ERR_STALE || err == ERR_ABSENT);
    check(err != OK || tried.version == before.version + 1);
    check(err == OK || tried.version <= before.version);
    check(events_in(cx) == events + (err == OK ? c->told : 0));
    ctx_forgive(cx);
    check(ticket_load(cx, before.id, &is) == OK);
    check_step(c, &was, &is, err);
    c->at[i] = ticket_at(&is);
    if (err == OK && is.status == TICKET_MERGED && was.status != TICKET_MERGED)
        c->at[k] = other;
    c->done += err == OK;
    c->refused += err != OK;
}

// A new case takes the place of one that can go nowhere any more.
static void renew(struct ctx *cx, struct course *c, contact_id customer_id)
{
    for (int i = 0; i < CASES; i++) {
        struct ticket t = {0};
        if (c->at[i].id.n != 0)
            check(ticket_load(cx, c->at[i].id, &t) == OK);
        bool stuck = t.status == TICKET_MERGED || t.status == TICKET_CLOSED
                     || (t.status == TICKET_SPAM && draw(c, 4) == 0);
        if (t.status != 0 && !stuck)
            continue;
        c->at[i] = of_customer(cx, customer_id);
        // A promise, which a date asks for.
        check(db_script(
                  cx, arena_z(cx->arena,
                              arena_fmt(cx->arena,
                                        "update ticket set due = 4102444800000 where id = %lld",
                                        (long long)c->at[i].id.n)))
              == OK);
    }
}

static void W2_no_course_leaves_the_table(struct world *w)
{
    struct course c = {.seed = 20261121};
    int steps = db_is_postgres(w->db) ? 2000 : 20000;
    struct ctx *cx = begin(w);
    contact_id karin = customer(cx, S("Karin"), S("Kern"));
    check(end(w, OK) == OK);
    for (int n = 0; n < steps; n += STEPS_A_COMMIT) {
        cx = begin(w);
        renew(cx, &c, karin);
        for (int i = 0; i < STEPS_A_COMMIT; i++)
            step(cx, &c);
        check(end(w, OK) == OK);
        later(w, 3600 * (1 + draw(&c, 48)));
    }
    printf("     %d steps with seed 20261121: %lld done, %lld refused\n", steps,
           (long long)c.done, (long long)c.refused);
    check(c.done > steps / 5);
    // Each arrow of the drawing was gone at least once, or the walk proves little.
    for (enum ticket_status from = TICKET_NEW; from <= TICKET_SPAM; from++)
        for (enum ticket_status to = TICKET_NEW; to <= TICKET_SPAM; to++)
            if (from != TICKET_CLOSED && ticket_check_may(from, to) && !db_is_postgres(w->db))
                check(c.went[from][to] > 0);
    // W4: whoever works, cares or is asked sees it.
    check(ask(w,
              "select count(*) from ticket t where not exists"
              " (select 1 from ticket_team x where x.ticket = t.id and x.team = t.work_team)")
          == 0);
    check(ask(w,
              "select count(*) from ticket t where not exists"
              " (select 1 from ticket_team x where x.ticket = t.id and x.team = t.care_team)")
          == 0);
    check(ask(w,
              "select count(*) from ticket t where t.ball_team is not null and not exists"
              " (select 1 from ticket_team x where x.ticket = t.id and x.team = t.ball_team)")
          == 0);
    // T13: numbers lead to a case that is not merged itself.
    check(ask(w, "select count(*) from ticket t join ticket m on m.id = t.merged_into where "
                 "m.status = 8")
          == 0);
}

const struct test ticket_course_tests[] = {
    T(W2_no_course_leaves_the_table),
    {0},
};
