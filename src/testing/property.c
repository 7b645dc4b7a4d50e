// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/property.h"

#include "base/buf.h"
#include "base/now.h"
#include "clock/reckon.h"
#include "engagement/engagement_check.h"
#include "testing/property_life.h"
#include "ticket/ticket_check.h"

uint64_t life_roll(struct life *l, uint64_t sides)
{
    l->random ^= l->random >> 12;
    l->random ^= l->random << 25;
    l->random ^= l->random >> 27;
    return (l->random * UINT64_C(0x2545f4914f6cdd1d) >> 33) % sides;
}

static bool chance(struct life *l, int percent)
{
    return (int)life_roll(l, 100) < percent;
}

// --- what the case is now ----------------------------------------------------------------

static bool is_move(const struct engagement *e)
{
    return e->mode == ENGAGE_HANDOVER || e->mode == ENGAGE_RETURN;
}

static bool is_open(const struct engagement *e)
{
    return e->state == ENGAGED_REQUESTED || e->state == ENGAGED_ACCEPTED;
}

// As engagement_wanted in engagement.sql.
static void set_ball(struct life *l)
{
    struct ticket_pending p = {0};
    for (int i = 0; i < l->parts; i++) {
        const struct engagement *e = &l->part[i];
        if (e->mode == ENGAGE_CONSULT && is_open(e) && e->live != LIVE_NOW && e->to_level < 4)
            p.asked = e->to_team;
        if (is_move(e) && e->state == ENGAGED_REQUESTED)
            p.sender = e->from_team;
    }
    struct ticket_ball b = ticket_ball(l->t.status, l->t.work_team, p);
    l->t.ball = b.ball;
    l->t.ball_team = b.team;
}

static void tell(struct life *l, struct reckon_event e)
{
    e.at = l->cx.now;
    l->event[l->events++] = e;
}

static void set_status(struct life *l, enum ticket_status to, struct reckon_event e)
{
    l->t.status = to;
    life_note_status(l, to);
    if (e.signal != 0)
        tell(l, e);
}

static bool came_from(const struct life *l, team_id from, team_id to)
{
    for (int i = 0; i < l->parts; i++) {
        const struct engagement *e = &l->part[i];
        if (e->mode == ENGAGE_HANDOVER && e->accepted.ms != 0 && e->from_team.n == to.n
            && e->to_team.n == from.n)
            return true;
    }
    return false;
}

static void look_at_part(const struct engagement *e, struct engagement_facts *f)
{
    bool requested = e->state == ENGAGED_REQUESTED;
    bool to_them = e->to_team.n == f->to.id.n;
    f->pending |= is_move(e) && requested;
    f->question |= e->mode == ENGAGE_CONSULT && is_open(e)
                   && (to_them || (e->to_level < 4 && f->to.level < 4));
    f->swarming |= e->mode == ENGAGE_SWARM && is_open(e) && to_them;
    f->returned |=
        e->mode == ENGAGE_RETURN && to_them && e->from_team.n == f->from.id.n
        && (is_open(e) || e->state == ENGAGED_CONCLUDED || e->state == ENGAGED_HANDED_ON);
    if (is_move(e) && e->accepted.ms != 0)
        f->passed_on = false;    // G16 looks back to the last acceptance
    f->passed_on |= e->mode == ENGAGE_HANDOVER && e->state == ENGAGED_HANDED_ON
                    && e->accepted.ms == 0 && to_them;
}

static struct engagement_facts facts(struct life *l, team_id from, team_id to)
{
    struct engagement_facts f = {.ticket = &l->t,
                                 .from = life_teams[from.n],
                                 .to = life_teams[to.n],
                                 .member = chance(l, 95),
                                 .lead = chance(l, 10),
                                 .able = chance(l, 90),
                                 .ruled = chance(l, 10),
                                 .ready = chance(l, 60),
                                 .members = chance(l, 95)};
    for (int i = 0; i < l->parts; i++)
        look_at_part(&l->part[i], &f);
    f.came_from = came_from(l, from, to);
    return f;
}

static team_id any_team(struct life *l)
{
    return life_teams[1 + life_roll(l, LIFE_TEAMS)].id;
}

// --- requests ----------------------------------------------------------------------------

static enum reckon_mode reckoned(enum engagement_mode mode)
{
    return (enum reckon_mode)mode;    // reckon.h: the same numbers
}

static void request(struct life *l, const struct engagement_facts *f, struct engagement e)
{
    e.id.n = l->parts + 1;
    e.state = ENGAGED_REQUESTED;
    e.from_team = f->from.id;
    e.to_team = f->to.id;
    e.from_level = f->from.level;
    e.to_level = f->to.level;
    e.requested = l->cx.now;
    l->part[l->parts++] = e;
    if (e.live != LIVE_NOW)
        tell(l, (struct reckon_event){.signal = SIGNAL_ASKED,
                                      .mode = reckoned(e.mode),
                                      .level = e.to_level,
                                      .object = e.id.n});
}

static bool hand_over(struct life *l)
{
    struct engagement_facts f = facts(l, l->t.work_team, any_team(l));
    struct engagement_contract c = {S("WLAN"),    S(""),   S(""),
                                    S("heute"),   ASK_FIX, (enum handover_cause)life_roll(l, 7),
                                    chance(l, 20)};
    if (engagement_check_handover(&l->cx, &f, &c) != OK)
        return false;
    request(l, &f, (struct engagement){.mode = ENGAGE_HANDOVER, .live = c.live ? LIVE_NOW : 0});
    return true;
}

static bool give_back(struct life *l)
{
    team_id to = any_team(l);
    for (int i = 0; i < l->parts; i++)
        if (l->part[i].mode == ENGAGE_HANDOVER && l->part[i].accepted.ms != 0
            && l->part[i].to_team.n == l->t.work_team.n)
            to = l->part[i].from_team;
    struct engagement_facts f = facts(l, l->t.work_team, to);
    struct engagement_return r = {(enum return_reason)(1 + life_roll(l, 6)), S("fehlt"), {0}};
    if (engagement_check_return(&l->cx, &f, &r) != OK)
        return false;
    request(l, &f, (struct engagement){.mode = ENGAGE_RETURN});
    return true;
}

static void wait_for(struct life *l, enum ticket_status what, enum clock_cause cause)
{
    set_status(l, what, (struct reckon_event){.signal = SIGNAL_WAIT, .cause = cause});
}

static bool ask_team(struct life *l)
{
    struct engagement_facts f = facts(l, l->t.work_team, any_team(l));
    struct engagement_question q = {S("Wie?"), false, chance(l, 40)};
    if (engagement_check_ask(&l->cx, &f, &q) != OK)
        return false;
    request(l, &f, (struct engagement){.mode = ENGAGE_CONSULT, .live = q.live ? LIVE_NOW : 0});
    if (f.to.level < 4)
        return true;
    if (l->t.status == TICKET_NEW)
        set_status(l, TICKET_OPEN, (struct reckon_event){0});
    if (l->t.status == TICKET_OPEN)
        wait_for(l, TICKET_WAITING_VENDOR, CLOCK_VENDOR);
    return true;
}

static bool call_swarm(struct life *l)
{
    struct engagement_facts f = facts(l, l->t.work_team, any_team(l));
    if (engagement_check_swarm(&l->cx, &f, S("Hilfe")) != OK)
        return false;
    request(l, &f, (struct engagement){.mode = ENGAGE_SWARM});
    return true;
}

// --- answers -----------------------------------------------------------------------------

static void settle(struct life *l, struct engagement *e, enum engagement_state to)
{
    life_note_engagement(l, e, to);
    e->state = to;
    if (to == ENGAGED_ACCEPTED)
        e->accepted = l->cx.now;
    tell(l,
         (struct reckon_event){.signal = to == ENGAGED_ACCEPTED ? SIGNAL_TAKEN : SIGNAL_SETTLED,
                               .mode = reckoned(e->mode),
                               .level = e->to_level,
                               .object = e->id.n});
}

// As end_former in engagement_answer.c.
static void end_former(struct life *l, const struct engagement *now)
{
    for (int i = 0; i < l->parts; i++) {
        struct engagement *e = &l->part[i];
        bool moved = is_move(e) && e->state == ENGAGED_ACCEPTED;
        bool helped = !is_move(e) && is_open(e) && e->to_team.n == now->to_team.n;
        if (e->id.n == now->id.n || (!moved && !helped))
            continue;
        settle(l, e,
               moved && now->mode == ENGAGE_HANDOVER ? ENGAGED_HANDED_ON
               : e->state == ENGAGED_REQUESTED       ? ENGAGED_WITHDRAWN
                                                     : ENGAGED_CONCLUDED);
    }
}

static void take_case(struct life *l, const struct engagement *e)
{
    end_former(l, e);
    if (l->t.status == TICKET_NEW)
        set_status(l, TICKET_OPEN, (struct reckon_event){0});
    l->t.work_team = e->to_team;
    l->t.level = e->to_level;
}

static struct engagement *pick(struct life *l)
{
    if (l->parts == 0)
        return NULL;
    struct engagement *e = NULL;
    for (int i = 0; i < 5; i++) {
        e = &l->part[life_roll(l, (uint64_t)l->parts)];
        if (is_open(e))
            break;
    }
    return e;
}

static bool act_on(struct life *l, struct engagement *e, enum engagement_act act)
{
    struct engagement_facts f = facts(l, e->from_team, e->to_team);
    enum engagement_state next;
    str line = chance(l, 95) ? S("Ich prüfe die Leitung, bis 14 Uhr") : S("");
    if (engagement_check_act(&l->cx, e, act, &f, line, &next) != OK)
        return false;
    settle(l, e, next);
    if (act == ENGAGE_ACCEPT && is_move(e))
        take_case(l, e);
    if (act == ENGAGE_CONCLUDE && e->mode == ENGAGE_CONSULT && e->to_level >= 4
        && l->t.status == TICKET_WAITING_VENDOR)
        set_status(l, TICKET_OPEN, (struct reckon_event){.signal = SIGNAL_GO});
    return true;
}

// To pass a case on that was accepted is a hand-over, and is walked as one.
static bool answer(struct life *l)
{
    struct engagement *e = pick(l);
    enum engagement_act act = (enum engagement_act)(1 + life_roll(l, ENGAGE_HAND_ON - 1));
    if (e == NULL || (act == ENGAGE_CONCLUDE && is_move(e)))
        return false;
    return act_on(l, e, act);
}

static bool accept(struct life *l)
{
    struct engagement *e = pick(l);
    return e != NULL && act_on(l, e, ENGAGE_ACCEPT);
}

static bool forward(struct life *l)
{
    struct engagement *e = pick(l);
    enum engagement_state next;
    if (e == NULL || e->state != ENGAGED_REQUESTED
        || !engagement_check_next(e->mode, e->state, ENGAGE_HAND_ON, &next))
        return false;
    team_id to = any_team(l);
    struct engagement_facts f = facts(l, e->from_team, to);
    f.passed_on |= to.n == e->to_team.n;
    if (engagement_check_forward(&l->cx, &f) != OK)
        return false;
    settle(l, e, next);
    request(l, &f, (struct engagement){.mode = ENGAGE_HANDOVER});
    return true;
}

static bool take_over(struct life *l)
{
    struct engagement *e = pick(l);
    if (e == NULL)
        return false;
    struct engagement_facts f = facts(l, l->t.work_team, e->to_team);
    if (engagement_check_take_over(&l->cx, e, &f, S("Ich prüfe die Leitung")) != OK)
        return false;
    settle(l, e, ENGAGED_CONCLUDED);
    request(l, &f, (struct engagement){.mode = ENGAGE_HANDOVER});
    struct engagement *h = &l->part[l->parts - 1];
    settle(l, h, ENGAGED_ACCEPTED);
    take_case(l, h);
    return true;
}

static bool nobody_came(struct life *l)
{
    struct engagement *e = pick(l);
    if (e == NULL || e->state != ENGAGED_REQUESTED || e->live != LIVE_NOW)
        return false;
    e->live = LIVE_MISSED;
    tell(l, (struct reckon_event){.signal = SIGNAL_ASKED,
                                  .mode = reckoned(e->mode),
                                  .level = e->to_level,
                                  .object = e->id.n});
    return true;
}

// --- the case ----------------------------------------------------------------------------

static bool open_case(struct life *l)
{
    if (ticket_check_open(&l->cx, &l->t) != OK)
        return false;
    set_status(l, TICKET_OPEN, (struct reckon_event){0});
    return true;
}

static bool wait_case(struct life *l)
{
    static const enum clock_cause causes[] = {CLOCK_CUSTOMER, CLOCK_VENDOR, CLOCK_DATE};
    int what = (int)life_roll(l, 3);
    struct ticket_waiting w = {.for_what = (enum ticket_status)(TICKET_WAITING_CUSTOMER + what),
                               .asked = chance(l, 80) ? l->cx.now : (instant){0},
                               .until = instant_plus(l->cx.now, chance(l, 80) ? 3600 : -60)};
    if (ticket_check_wait(&l->cx, &l->t, &w) != OK)
        return false;
    wait_for(l, w.for_what, causes[what]);
    return true;
}

static bool resume(struct life *l)
{
    if (ticket_check_resume(&l->cx, &l->t) != OK)
        return false;
    set_status(l, TICKET_OPEN, (struct reckon_event){.signal = SIGNAL_GO});
    return true;
}

static void conclude_all(struct life *l)
{
    for (int i = 0; i < l->parts; i++)
        if (is_open(&l->part[i]))
            settle(l, &l->part[i],
                   l->part[i].state == ENGAGED_REQUESTED ? ENGAGED_WITHDRAWN
                                                         : ENGAGED_CONCLUDED);
}

static bool solve(struct life *l)
{
    struct ticket_solving s = {.how = (enum solved_how)(1 + life_roll(l, SOLVED_WITHDRAWN)),
                               .solution = 1,
                               .text = S("Neu gestartet, dann ging es."),
                               .told = true,
                               .reminders = (int)life_roll(l, 4)};
    if (ticket_check_solve(&l->cx, &l->t, &s) != OK)
        return false;
    conclude_all(l);
    l->t.solved_at = l->cx.now;
    set_status(l, TICKET_SOLVED, (struct reckon_event){.signal = SIGNAL_SOLVED});
    return true;
}

static bool close_case(struct life *l)
{
    if (ticket_check_close(&l->cx, &l->t, chance(l, 50)) != OK)
        return false;
    set_status(l, TICKET_CLOSED, (struct reckon_event){.signal = SIGNAL_OVER});
    return true;
}

static bool reopen(struct life *l)
{
    if (ticket_check_reopen(&l->cx, &l->t) != OK)
        return false;
    set_status(l, TICKET_OPEN,
               (struct reckon_event){.signal = SIGNAL_REOPENED, .level = l->t.level});
    return true;
}

static bool merge(struct life *l)
{
    static const struct ticket other = {.id = {2}, .status = TICKET_OPEN, .contact = {1}};
    if (!chance(l, 10) || ticket_check_merge(&l->cx, &l->t, &other) != OK)
        return false;
    conclude_all(l);
    set_status(l, TICKET_MERGED, (struct reckon_event){.signal = SIGNAL_OVER});
    return true;
}

static bool spam(struct life *l)
{
    if (!chance(l, 10) || ticket_check_spam(&l->cx, &l->t) != OK)
        return false;
    conclude_all(l);
    l->t.ended = l->cx.now;
    set_status(l, TICKET_SPAM, (struct reckon_event){.signal = SIGNAL_OVER});
    return true;
}

static bool no_spam(struct life *l)
{
    if (ticket_check_not_spam(&l->cx, &l->t) != OK)
        return false;
    set_status(l, TICKET_OPEN,
               (struct reckon_event){.signal = SIGNAL_UNDONE, .level = l->t.level});
    return true;
}

static bool new_priority(struct life *l)
{
    struct ticket_class c = {.impact = 1 + (int)life_roll(l, 4),
                             .urgency = 1 + (int)life_roll(l, 4)};
    if (ticket_check_class(&l->cx, &l->t, &c) != OK)
        return false;
    l->t.priority = ticket_priority(c.impact, c.urgency);
    tell(l, (struct reckon_event){.signal = SIGNAL_PRIORITY, .to = l->t.priority});
    return true;
}

static bool words(struct life *l)
{
    bool ours = chance(l, 50);
    tell(l, (struct reckon_event){.signal = ours ? SIGNAL_WORD : SIGNAL_CUSTOMER,
                                  .object = l->events + 1});
    return true;
}

// --- a life ------------------------------------------------------------------------------

static const struct act {
    const char *name;
    bool (*run)(struct life *l);
} acts[] = {
    {"hand over", hand_over},   {"accept", accept},       {"return", give_back},
    {"ask", ask_team},          {"answer", answer},       {"swarm", call_swarm},
    {"forward", forward},       {"take over", take_over}, {"nobody came", nobody_came},
    {"open", open_case},        {"wait", wait_case},      {"resume", resume},
    {"solve", solve},           {"close", close_case},    {"reopen", reopen},
    {"merge", merge},           {"spam", spam},           {"no spam", no_spam},
    {"priority", new_priority}, {"words", words},         {"accept", accept},
    {"hand over", hand_over},   {"return", give_back},
};

static void pass_time(struct life *l)
{
    static const int64_t most_s[] = {1, 60, 3600, 86400, 10 * 86400};
    uint64_t how = life_roll(l, 100);
    int k = how < 20 ? 0 : how < 50 ? 1 : how < 85 ? 2 : how < 97 ? 3 : 4;
    l->cx.now = instant_plus(l->cx.now, (int64_t)life_roll(l, (uint64_t)most_s[k] + 1));
}

static void begin(struct life *l, struct arena *a, uint64_t seed)
{
    *l = (struct life){.random = seed * UINT64_C(0x9e3779b97f4a7c15) | 1};
    l->cx = (struct ctx){.arena = a, .now = {INT64_C(1795000000000)}, .lang = LANG_DE};
    for (int i = 0; i < 8; i++)
        life_roll(l, 2);    // near seeds part
    l->cx.now.ms += (int64_t)life_roll(l, 500) * 86400000;
    l->office = chance(l, 50);
    l->t = (struct ticket){.id = {1},
                           .status = TICKET_NEW,
                           .level = 1,
                           .priority = 3,
                           .work_team = life_teams[1].id,
                           .contact = {1},
                           .channel = chance(l, 50) ? CHANNEL_PHONE : CHANNEL_MAIL,
                           .due = {l->cx.now.ms + 1}};
    tell(l, (struct reckon_event){.signal = SIGNAL_CREATED, .level = 1});
    life_note_status(l, TICKET_NEW);
    set_ball(l);
}

void property_live(struct arena *a, uint64_t seed, struct property_life *out)
{
    struct life *l = make(a, struct life, 1);
    struct buf story = buf_new(a, 1000);
    begin(l, a, seed);
    *out = (struct property_life){0};
    for (int i = 0; i < LIFE_STEPS && out->broken == NULL && life_has_room(l); i++) {
        pass_time(l);
        const struct act *act = &acts[life_roll(l, countof(acts))];
        l->cx.problems = NULL;
        if (!act->run(l))
            continue;
        set_ball(l);
        buf_fmt(&story, "%s at %lld, status %d, team %lld, level %d\n", act->name,
                (long long)l->cx.now.ms, (int)l->t.status, (long long)l->t.work_team.n,
                l->t.level);
        out->steps++;
        out->step = i;
        out->broken = life_judge(l);
    }
    out->story = buf_str(&story);
}
