// SPDX-License-Identifier: GPL-3.0-or-later
#include "clock/reckon.h"

struct reckoning {
    const struct reckon_case *c;
    struct reckon_clock *out;
    isize n;
    struct clock_pause *pause;
    isize pauses;
    bool said;    // R2
};

static void begin(struct reckoning *r, enum clock_kind kind, int level, int64_t object,
                  instant at)
{
    if (r->n == RECKON_MOST) {
        memmove(r->out, r->out + 1, (RECKON_MOST - 1) * sizeof *r->out);
        r->n--;
    }
    r->out[r->n++] =
        (struct reckon_clock){.kind = kind, .level = level, .object = object, .start = at};
}

// Ends those of a kind that have not; object 0 means any.
static void finish(struct reckoning *r, enum clock_kind kind, int64_t object, instant at)
{
    for (isize i = 0; i < r->n; i++) {
        struct reckon_clock *k = &r->out[i];
        if (k->kind == kind && k->end.ms == 0 && (object == 0 || k->object == object))
            k->end = at;
    }
}

static bool runs(const struct reckoning *r, enum clock_kind kind)
{
    for (isize i = 0; i < r->n; i++)
        if (r->out[i].kind == kind && r->out[i].end.ms == 0)
            return true;
    return false;
}

static void pause_from(struct reckoning *r, instant at, enum clock_cause cause)
{
    r->pause[r->pauses++] = (struct clock_pause){.from = at, .cause = cause};
}

static void pause_to(struct reckoning *r, instant at, bool of_solved)
{
    for (isize i = 0; i < r->pauses; i++)
        if (r->pause[i].to.ms == 0 && (r->pause[i].cause == CLOCK_SOLVED) == of_solved)
            r->pause[i].to = at;
}

// R8
static bool unsaid(const struct reckon_case *c, isize from)
{
    for (isize i = from + 1; i < c->events; i++)
        if (c->event[i].signal == SIGNAL_UNSAID && c->event[i].object == c->event[from].object)
            return true;
    return false;
}

// R11
static bool undone(const struct reckon_case *c, isize from)
{
    for (isize i = from + 1; i < c->events; i++) {
        enum clock_signal s = c->event[i].signal;
        if (s == SIGNAL_SOLVED || s == SIGNAL_REOPENED || s == SIGNAL_OVER)
            return false;
        if (s == SIGNAL_UNDONE)
            return true;
    }
    return false;
}

static void word(struct reckoning *r, instant at)
{
    finish(r, CLOCK_FIRST, 0, at);
    finish(r, CLOCK_NEXT, 0, at);
    r->said = true;
}

static void created(struct reckoning *r, isize i, const struct reckon_event *e)
{
    begin(r, CLOCK_FIRST, 0, i, e->at);
    begin(r, CLOCK_SOLVE, 0, i, e->at);
    begin(r, CLOCK_WORK, e->level, i, e->at);
    if (r->c->channel == CHANNEL_PHONE || r->c->channel == CHANNEL_CHAT)    // R1
        word(r, e->at);
}

static void solved(struct reckoning *r, instant at)
{
    word(r, at);
    finish(r, CLOCK_SOLVE, 0, at);
    finish(r, CLOCK_WORK, 0, at);
    pause_to(r, at, false);
    pause_from(r, at, CLOCK_SOLVED);
}

static void reopened(struct reckoning *r, isize i, const struct reckon_event *e)    // R3
{
    for (isize k = 0; k < r->n; k++)
        if (r->out[k].kind == CLOCK_SOLVE)
            r->out[k].end = (instant){0};
    pause_to(r, e->at, true);
    begin(r, CLOCK_WORK, e->level, i, e->at);
}

static void over(struct reckoning *r, instant at)    // R9
{
    for (isize i = 0; i < r->n; i++)
        if (r->out[i].end.ms == 0)
            r->out[i].end = at;
    pause_to(r, at, false);
}

static void ended(struct reckoning *r, isize i, const struct reckon_event *e)
{
    if (undone(r->c, i))
        pause_to(r, e->at, false);
    else if (e->signal == SIGNAL_SOLVED)
        solved(r, e->at);
    else
        over(r, e->at);
}

static void asked(struct reckoning *r, const struct reckon_event *e)    // R4 R5
{
    bool vendor = e->level >= 4;
    if (e->mode == RECKON_HANDOVER)
        begin(r, CLOCK_ACCEPT, e->level, e->object, e->at);
    if (e->mode == RECKON_CONSULT)
        begin(r, vendor ? CLOCK_FIX : CLOCK_ANSWER, vendor ? 4 : 0, e->object, e->at);
    if (e->mode == RECKON_CONSULT && vendor)
        begin(r, CLOCK_ACK, 4, e->object, e->at);
}

static void taken(struct reckoning *r, isize i, const struct reckon_event *e)
{
    finish(r, CLOCK_ACCEPT, e->object, e->at);
    finish(r, CLOCK_ACK, e->object, e->at);
    if (e->mode != RECKON_HANDOVER && e->mode != RECKON_RETURN)
        return;
    finish(r, CLOCK_WORK, 0, e->at);
    begin(r, CLOCK_WORK, e->level, i, e->at);
}

static void settled(struct reckoning *r, const struct reckon_event *e)
{
    finish(r, CLOCK_ACCEPT, e->object, e->at);
    finish(r, CLOCK_ACK, e->object, e->at);
    finish(r, CLOCK_ANSWER, e->object, e->at);
    finish(r, CLOCK_FIX, e->object, e->at);
}

static void take(struct reckoning *r, isize i)
{
    const struct reckon_event *e = &r->c->event[i];
    switch (e->signal) {
    case SIGNAL_CREATED:
        created(r, i, e);
        break;
    case SIGNAL_CUSTOMER:
        if (r->said && !runs(r, CLOCK_NEXT))
            begin(r, CLOCK_NEXT, 0, i, e->at);
        break;
    case SIGNAL_WORD:
        if (!unsaid(r->c, i))
            word(r, e->at);
        break;
    case SIGNAL_WAIT:
        pause_from(r, e->at, e->cause);
        break;
    case SIGNAL_GO:
        pause_to(r, e->at, false);
        break;
    case SIGNAL_SOLVED:
    case SIGNAL_OVER:
        ended(r, i, e);
        break;
    case SIGNAL_REOPENED:
        reopened(r, i, e);
        break;
    case SIGNAL_UNDONE:
        if (!runs(r, CLOCK_SOLVE))    // solved, and then spam by mistake
            reopened(r, i, e);
        break;
    case SIGNAL_ASKED:
        asked(r, e);
        break;
    case SIGNAL_TAKEN:
        taken(r, i, e);
        break;
    case SIGNAL_SETTLED:
        settled(r, e);
        break;
    case SIGNAL_UNSAID:
    case SIGNAL_PRIORITY:
        break;
    }
}

// --- what it comes to ------------------------------------------------------------------------

// R6: those of the case that this clock's agreement lets count.
static void set_pauses(struct arena *a, const struct reckoning *r, unsigned which,
                       struct reckon_clock *k)
{
    struct clock_pause *p = make(a, struct clock_pause, r->pauses);
    isize n = 0;
    for (isize i = 0; i < r->pauses; i++)
        if ((which >> r->pause[i].cause & 1) != 0)
            p[n++] = r->pause[i];
    k->run.pause = p;
    k->run.pauses = n;
}

static void find_standing(struct reckon_clock *k, instant now)
{
    for (isize i = 0; i < k->run.pauses; i++)
        if (k->run.pause[i].to.ms == 0 && k->run.pause[i].from.ms <= now.ms && k->end.ms == 0)
            k->stands = k->run.pause[i].cause;
}

static bool reckon(struct arena *a, const struct reckoning *r, const struct agreement *rules,
                   instant now, struct reckon_clock *k)
{
    const struct reckon_case *c = r->c;
    k->target_ms =
        agreement_seconds(rules, k->kind, k->level, c->priority, c->channel) * INT64_C(1000);
    if (k->target_ms == 0)    // G3
        return false;
    k->run.calendar = &agreement_calendar(rules, k->kind)->c;
    k->run.start = k->start;
    set_pauses(a, r, agreement_pauses(rules, k->kind), k);
    find_standing(k, now);
    instant until = k->end.ms != 0 ? k->end : now;
    struct clock_run whole = {k->run.calendar, k->start, NULL, 0};
    k->elapsed_ms = clock_elapsed(&k->run, until);
    k->paused_ms = clock_elapsed(&whole, until) - k->elapsed_ms;
    k->due = clock_due(&k->run, k->target_ms);
    k->late = k->elapsed_ms > k->target_ms;
    return true;
}

isize reckon_clocks(struct arena *a, const struct reckon_case *c, const struct agreement *rules,
                    instant now, struct reckon_clock *out)
{
    struct reckoning r = {.c = c, .out = out};
    r.pause = make(a, struct clock_pause, c->events);
    for (isize i = 0; i < c->events; i++)
        take(&r, i);
    isize n = 0;
    for (isize i = 0; i < r.n; i++)
        if (reckon(a, &r, rules, now, &out[i]))
            out[n++] = out[i];
    return n;
}

instant reckon_at_percent(const struct reckon_clock *k, int percent)
{
    return clock_due(&k->run, k->target_ms * percent / 100);
}

bool reckon_runs(const struct reckon_clock *k)
{
    return k->end.ms == 0 && k->stands == 0;
}
