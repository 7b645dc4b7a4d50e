// SPDX-License-Identifier: GPL-3.0-or-later
#include "clock/clock_case.h"

#include "base/json.h"
#include "clock_case.sql.h"

// clang-format off
static const struct kind {
    const char *name;
    enum clock_signal signal;
} kinds[] = {
    {"ticket.created",          SIGNAL_CREATED},
    {"message.received",        SIGNAL_CUSTOMER},
    {"message.sent",            SIGNAL_WORD},
    {"message.queued",          SIGNAL_WORD},
    {"message.undone",          SIGNAL_UNSAID},
    {"message.held",            SIGNAL_UNSAID},
    {"message.failed",          SIGNAL_UNSAID},
    {"message.bounced",         SIGNAL_UNSAID},
    {"ticket.waiting",          SIGNAL_WAIT},
    {"ticket.scheduled",        SIGNAL_WAIT},
    {"ticket.resumed",          SIGNAL_GO},
    {"ticket.customer_replied", SIGNAL_GO},
    {"ticket.unreached",        SIGNAL_GO},
    {"ticket.solved",           SIGNAL_SOLVED},
    {"ticket.reopened",         SIGNAL_REOPENED},
    {"ticket.unsolved",         SIGNAL_UNDONE},
    {"ticket.not_spam",         SIGNAL_UNDONE},
    {"ticket.closed",           SIGNAL_OVER},
    {"ticket.merged",           SIGNAL_OVER},
    {"ticket.spam",             SIGNAL_OVER},
    {"ticket.priority_changed", SIGNAL_PRIORITY},
    {"ticket.classified",       SIGNAL_PRIORITY},
    {"engagement.requested",    SIGNAL_ASKED},
    {"engagement.accepted",     SIGNAL_TAKEN},
    {"engagement.returned",     SIGNAL_TAKEN},
    {"engagement.answered",     SIGNAL_SETTLED},
    {"engagement.concluded",    SIGNAL_SETTLED},
    {"engagement.declined",     SIGNAL_SETTLED},
    {"engagement.withdrawn",    SIGNAL_SETTLED},
    {"engagement.expired",      SIGNAL_SETTLED},
    {"engagement.handed_on",    SIGNAL_SETTLED},
};
// clang-format on

static enum clock_signal signal_of(str kind)
{
    for (isize i = 0; i < countof(kinds); i++)
        if (str_eq(kind, str_from_z(kinds[i].name)))
            return kinds[i].signal;
    return 0;
}

static enum reckon_mode mode_of(str code)
{
    static const char *const modes[] = {"", "consult", "handover", "return", "swarm"};
    for (int i = 1; i < countof(modes); i++)
        if (str_eq(code, str_from_z(modes[i])))
            return (enum reckon_mode)i;
    return 0;
}

static enum clock_cause cause_of(str kind, str to)
{
    if (str_eq(kind, S("ticket.scheduled")))
        return CLOCK_DATE;
    return str_eq(to, S("waiting_vendor")) ? CLOCK_VENDOR : CLOCK_CUSTOMER;
}

static enum err read_data(struct ctx *cx, const struct q_clock_case_events *r,
                          struct reckon_event *e)
{
    struct json *o;
    if (r->data.n == 0)
        return OK;
    TRY(json_read(cx, r->data, &o));
    if (e->signal == SIGNAL_WORD)
        e->at.ms = int_max(e->at.ms, json_number(o, "leaves", 0));
    if (e->signal == SIGNAL_WAIT)
        e->cause = cause_of(r->kind, json_text(o, "to"));
    if (e->signal == SIGNAL_PRIORITY) {
        e->from = (int)json_number(o, "from", 0);
        e->to = (int)json_number(o, "to", 0);
    }
    if (e->signal >= SIGNAL_ASKED && e->signal <= SIGNAL_SETTLED)
        e->mode = mode_of(json_text(o, "mode"));
    return OK;
}

// E4: to its time, but not past the event that takes it back.
static void put_off(struct reckon_event *e, isize n, isize i)
{
    for (; i + 1 < n && e[i].at.ms > e[i + 1].at.ms; i++) {
        struct reckon_event word = e[i], next = e[i + 1];
        if (next.signal == SIGNAL_UNSAID && next.object == word.object)
            return;
        e[i] = next;
        e[i + 1] = word;
    }
}

static isize in_order(struct reckon_event *e, isize n, instant now)
{
    for (isize i = n - 1; i >= 0; i--)
        if (e[i].signal == SIGNAL_WORD)
            put_off(e, n, i);
    while (n > 0 && e[n - 1].signal == SIGNAL_WORD && e[n - 1].at.ms > now.ms)
        n--;
    return n;
}

enum err clock_case_facts(struct ctx *cx, const struct ticket *t, struct reckon_case *out)
{
    struct q_clock_case_events *r;
    isize n, kept = 0;
    TRY(q_clock_case_events(cx, t->id, &r, &n));
    struct reckon_event *e = make(cx->arena, struct reckon_event, n);
    for (isize i = 0; i < n; i++) {
        enum clock_signal signal = signal_of(r[i].kind);
        if (signal == 0 || (signal == SIGNAL_WORD && r[i].automatic))
            continue;
        e[kept] = (struct reckon_event){
            .at = r[i].at, .signal = signal, .level = (int)r[i].level, .object = r[i].object};
        TRY(read_data(cx, &r[i], &e[kept]));
        kept++;
    }
    *out = (struct reckon_case){.channel = t->channel,
                                .priority = t->priority,
                                .level = t->level,
                                .event = e,
                                .events = in_order(e, kept, cx->now)};
    return OK;
}

enum err clock_case(struct ctx *cx, ticket_id id, struct clock_case *out)
{
    struct clock_case c = {0};
    TRY(ticket_load(cx, id, &c.ticket));
    TRY(agreement_of(cx, id, &c.rules));
    TRY(clock_case_facts(cx, &c.ticket, &c.facts));
    c.clock = make(cx->arena, struct reckon_clock, RECKON_MOST);
    c.clocks = reckon_clocks(cx->arena, &c.facts, &c.rules, cx->now, c.clock);
    *out = c;
    return OK;
}
