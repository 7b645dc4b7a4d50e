// SPDX-License-Identifier: GPL-3.0-or-later
#include "clock/rehearsal.h"

#include "base/now.h"
#include "rehearsal.sql.h"
#include "tenant/tenant.h"

static void on_calendar(struct agreement *a, const struct calendar_store *c)
{
    if (a->calendar.n == c->id.n)
        a->of_customers = c;
    if (a->teams.n == c->id.n)
        a->of_teams = c;
    if (a->vendors.n == c->id.n)
        a->of_vendors = c;
}

// B5
static enum err tried(struct ctx *cx, const struct rehearsal_try *t, const struct clock_case *c,
                      struct agreement *out)
{
    struct agreement a = c->rules;
    if (t->agreement != NULL)
        TRY(agreement_trying(cx, c->ticket.id, t->agreement, &a));
    if (t->calendar != NULL)
        on_calendar(&a, t->calendar);
    *out = a;
    return OK;
}

static const struct reckon_clock *same(const struct reckon_clock *list, isize n,
                                       const struct reckon_clock *k)
{
    for (isize i = 0; i < n; i++)
        if (list[i].kind == k->kind && list[i].level == k->level && list[i].object == k->object
            && list[i].start.ms == k->start.ms)
            return &list[i];
    return NULL;
}

static void compare(struct rehearsal *r, int64_t number, const struct reckon_clock *before,
                    const struct reckon_clock *after)
{
    static const struct reckon_clock none = {0};
    const struct reckon_clock *b = before ? before : &none, *a = after ? after : &none;
    r->clocks++;
    r->late_before += b->late;
    r->late_after += a->late;
    if (b->due.ms == a->due.ms && b->late == a->late)
        return;
    r->moved++;
    if (r->rows < REHEARSAL_SHOWN)
        r->row[r->rows++] = (struct rehearsal_row){number, *b, *a};
}

static enum err one(struct ctx *cx, const struct rehearsal_try *t, ticket_id id,
                    struct rehearsal *r)
{
    struct clock_case c;
    struct agreement rules;
    TRY(clock_case(cx, id, &c));
    TRY(tried(cx, t, &c, &rules));
    struct reckon_clock *after = make(cx->arena, struct reckon_clock, RECKON_MOST);
    isize n = reckon_clocks(cx->arena, &c.facts, &rules, cx->now, after);
    for (isize i = 0; i < c.clocks; i++)
        compare(r, c.ticket.number, &c.clock[i], same(after, n, &c.clock[i]));
    for (isize i = 0; i < n; i++)
        if (same(c.clock, c.clocks, &after[i]) == NULL)
            compare(r, c.ticket.number, NULL, &after[i]);
    return OK;
}

static enum err all(struct ctx *cx, const struct rehearsal_try *t, struct rehearsal *r)
{
    struct q_rehearsal_cases *row;
    struct q_rehearsal_all all;
    instant since = instant_plus(cx->now, -REHEARSAL_DAYS * DAY_S);
    TRY(q_rehearsal_all(cx, since, &all));
    TRY(q_rehearsal_cases(cx, since, REHEARSAL_CASES, &row, &r->cases));
    r->all = all.n;
    for (isize i = 0; i < r->cases; i++)
        TRY(one(cx, t, row[i].id, r));
    return OK;
}

enum err rehearsal(struct ctx *cx, const struct rehearsal_try *t, struct rehearsal *out)
{
    struct who who = cx->who;
    struct rehearsal r = {0};
    cx->who = tenant_system(who.tenant);    // B4
    enum err err = all(cx, t, &r);
    cx->who = who;
    TRY(err);
    *out = r;
    return OK;
}
