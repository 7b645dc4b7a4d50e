// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/property_life.h"

#include "base/zone.h"

const struct team life_teams[LIFE_TEAMS + 1] = {
    {.level = 0},
    {.id = {1}, .level = 1, .intake = true},
    {.id = {2}, .level = 2},
    {.id = {3}, .level = 3},
    {.id = {4}, .level = 1},
    {.id = {5}, .level = 4},
    {.id = {6}, .level = 2, .department = true},
};

bool life_has_room(const struct life *l)
{
    return l->parts + 2 < LIFE_PARTS && l->events + LIFE_PARTS + 4 < LIFE_EVENTS
           && l->spans + 3 < LIFE_SPANS;
}

static void complain(struct life *l, const char *what)
{
    if (l->broken == NULL)
        l->broken = what;
}

// --- X2 ----------------------------------------------------------------------------------

// DOMAIN 7.2, T1 to T15, once more: from (a row) to.
static bool leads_to(enum ticket_status from, enum ticket_status to)
{
    static const char *const table[] = {
        [TICKET_NEW] = "open solved merged spam",
        [TICKET_OPEN] = "waiting_customer waiting_vendor waiting_date solved merged spam",
        [TICKET_WAITING_CUSTOMER] = "open solved merged spam",
        [TICKET_WAITING_VENDOR] = "open solved merged spam",
        [TICKET_WAITING_DATE] = "open solved merged spam",
        [TICKET_SOLVED] = "open closed merged spam",
        [TICKET_CLOSED] = "merged spam",
        [TICKET_MERGED] = "",
        [TICKET_SPAM] = "open",
    };
    str all = str_from_z(table[from]), code = str_from_z(ticket_words_status[to].code);
    while (all.n > 0)
        if (str_eq(str_token(&all, ' '), code))
            return true;
    return false;
}

void life_note_status(struct life *l, enum ticket_status to)
{
    struct life_span *last = l->spans > 0 ? &l->span[l->spans - 1] : NULL;
    if (last == NULL ? to != TICKET_NEW : !leads_to(last->status, to))
        complain(l, "X2: a status the table does not lead to");
    if (last != NULL)
        last->to = l->cx.now;
    l->span[l->spans++] = (struct life_span){.status = to, .from = l->cx.now};
}

// DOMAIN 7.3: requested -> accepted -> concluded; requested -> declined, expired, withdrawn;
// accepted -> handed on.  Nobody refuses a return, a swarm or a return is not passed on while
// it waits, a question may be answered at once and taken back while somebody looks at it.
static bool engaged_leads_to(const struct engagement *e, enum engagement_state to)
{
    bool consult = e->mode == ENGAGE_CONSULT, back = e->mode == ENGAGE_RETURN;
    bool hand = e->mode == ENGAGE_HANDOVER;
    if (e->state == ENGAGED_REQUESTED)
        return to == ENGAGED_ACCEPTED || to == ENGAGED_WITHDRAWN
               || (to == ENGAGED_DECLINED && !back) || (to == ENGAGED_EXPIRED && !back)
               || (to == ENGAGED_CONCLUDED && consult) || (to == ENGAGED_HANDED_ON && hand);
    if (e->state == ENGAGED_ACCEPTED)
        return to == ENGAGED_CONCLUDED || (to == ENGAGED_HANDED_ON && (hand || back))
               || (to == ENGAGED_WITHDRAWN && consult);
    return false;
}

void life_note_engagement(struct life *l, const struct engagement *e, enum engagement_state to)
{
    if (!engaged_leads_to(e, to))
        complain(l, "X2: a state of an engagement the table does not lead to");
}

// --- X1 ----------------------------------------------------------------------------------

// "customer if waiting_customer; vendor ...; date ...; the asked team of an open asynchronous
// question; the sender while a hand-over or return is requested; else who works on it; nobody
// only when it is over."  A holder is a kind and a team.
static void judge_ball(struct life *l)
{
    int64_t asked = 0, sender = 0;
    for (int i = 0; i < l->parts; i++) {
        const struct engagement *e = &l->part[i];
        bool open = e->state == ENGAGED_REQUESTED || e->state == ENGAGED_ACCEPTED;
        if (e->mode == ENGAGE_CONSULT && open && e->live != LIVE_NOW && e->to_level != 4)
            asked = e->to_team.n;
        if ((e->mode == ENGAGE_HANDOVER || e->mode == ENGAGE_RETURN)
            && e->state == ENGAGED_REQUESTED)
            sender = e->from_team.n;
    }
    enum ticket_status s = l->t.status;
    enum ball ball = s == TICKET_WAITING_CUSTOMER ? BALL_CUSTOMER
                     : s == TICKET_WAITING_VENDOR ? BALL_VENDOR
                     : s == TICKET_WAITING_DATE   ? BALL_DATE
                     : s >= TICKET_SOLVED         ? BALL_NOBODY
                                                  : BALL_TEAM;
    int64_t team = ball != BALL_TEAM ? 0
                   : asked != 0      ? asked
                   : sender != 0     ? sender
                                     : l->t.work_team.n;
    if (l->t.ball != ball || l->t.ball_team.n != team)
        complain(l, "X1: not the one who has the ball");
}

// --- X3 ----------------------------------------------------------------------------------

static void judge_moves(struct life *l)
{
    int in_the_air = 0, open = 0;
    int64_t with = 1;    // it came to the first team
    instant last = {0};
    for (int i = 0; i < l->parts; i++) {
        const struct engagement *e = &l->part[i];
        open += e->state == ENGAGED_REQUESTED || e->state == ENGAGED_ACCEPTED;
        if (e->mode != ENGAGE_HANDOVER && e->mode != ENGAGE_RETURN)
            continue;
        if (e->accepted.ms >= last.ms && e->accepted.ms != 0) {
            last = e->accepted;
            with = e->to_team.n;
        }
        if (e->state != ENGAGED_REQUESTED)
            continue;
        in_the_air++;
        if (e->from_team.n != l->t.work_team.n)
            complain(l, "X3: a hand-over of somebody who has not got the case");
    }
    if (in_the_air > 1)
        complain(l, "X3: two hand-overs in the air");
    if (with != l->t.work_team.n || life_teams[with].level != l->t.level)
        complain(l, "X3: the case is not with who accepted it last");
    if (l->t.level >= 4)
        complain(l, "X3: a vendor has the case");
    if (open > 0 && ticket_is_over(l->t.status))
        complain(l, "X3: something is open of a case that is over");
}

// --- X4 ----------------------------------------------------------------------------------

static struct agreement house_rules(struct life *l, struct calendar_store *hours)
{
    struct agreement a = {.pauses = 1 << CLOCK_CUSTOMER | 1 << CLOCK_DATE,
                          .of_customers = hours,
                          .of_teams = hours,
                          .of_vendors = hours};
    hours->c = (struct calendar){.wall = wall_find(S("Europe/Berlin"))};
    for (int day = 1; day <= 7; day++)
        calendar_read(&hours->c, day,
                      !l->office ? S("0-24")
                      : day < 6  ? S("8-12, 13-18")
                                 : S(""));
    for (int kind = 1; kind < CLOCK_KINDS; kind++)
        for (int level = 0; level < AGREEMENT_LEVELS; level++)
            for (int p = 1; p < AGREEMENT_PRIORITIES; p++)
                a.seconds[kind][level][p] = 3600 * p * kind;
    return a;
}

// How long the case really stood in what pauses this clock, between its begin and its end.
static int64_t stood(const struct life *l, const struct reckon_clock *k, instant until)
{
    int64_t ms = 0;
    bool solved = false;    // until it is opened again, whatever it becomes meanwhile
    for (int i = 0; i < l->spans; i++) {
        enum ticket_status s = l->span[i].status;
        solved = s == TICKET_SOLVED || (solved && s != TICKET_OPEN);
        bool counts = k->kind == CLOCK_SOLVE
                          ? s == TICKET_WAITING_CUSTOMER || s == TICKET_WAITING_DATE || solved
                      : k->kind == CLOCK_WORK
                          ? s >= TICKET_WAITING_CUSTOMER && s <= TICKET_WAITING_DATE
                          : false;
        int64_t from = l->span[i].from.ms > k->start.ms ? l->span[i].from.ms : k->start.ms;
        int64_t to =
            l->span[i].to.ms != 0 && l->span[i].to.ms < until.ms ? l->span[i].to.ms : until.ms;
        if (counts && to > from)
            ms += to - from;
    }
    return ms;
}

static const struct reckon_clock *earlier(const struct life *l, const struct reckon_clock *k)
{
    for (isize i = 0; i < l->clocks; i++)
        if (l->before[i].kind == k->kind && l->before[i].object == k->object
            && l->before[i].start.ms == k->start.ms)
            return &l->before[i];
    return NULL;
}

static void judge_clock(struct life *l, const struct reckon_clock *k)
{
    instant until = k->end.ms != 0 ? k->end : l->cx.now;
    const struct reckon_clock *was = earlier(l, k);
    bool spent = l->spans > 1 && l->t.status != TICKET_SPAM;
    if (was != NULL && k->elapsed_ms < was->elapsed_ms)
        complain(l, "X4: a clock runs backwards");
    if (was != NULL && k->paused_ms < was->paused_ms && k->end.ms == was->end.ms)
        complain(l, "X4: a clock lost paused time");
    if (l->office || !spent)
        return;
    if (k->elapsed_ms + k->paused_ms != until.ms - k->start.ms)
        complain(l, "X4: elapsed and paused are not the whole time");
    if ((k->kind == CLOCK_SOLVE || k->kind == CLOCK_WORK) && k->paused_ms != stood(l, k, until))
        complain(l, "X4: not paused as long as the case waited");
}

static void judge_clocks(struct life *l)
{
    struct calendar_store hours = {0};
    struct reckon_clock now[RECKON_MOST];
    struct agreement rules = house_rules(l, &hours);
    struct reckon_case c = {.channel = l->t.channel,
                            .priority = l->t.priority,
                            .level = 1,
                            .event = l->event,
                            .events = l->events};
    isize n = reckon_clocks(l->cx.arena, &c, &rules, l->cx.now, now);
    for (isize i = 0; i < n; i++)
        judge_clock(l, &now[i]);
    memcpy(l->before, now, (size_t)n * sizeof *now);
    l->clocks = n;
}

const char *life_judge(struct life *l)
{
    judge_ball(l);
    judge_moves(l);
    judge_clocks(l);
    return l->broken;
}
