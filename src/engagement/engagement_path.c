// SPDX-License-Identifier: GPL-3.0-or-later
#include "engagement/engagement_path.h"

#include "engagement.sql.h"

static bool moved_the_case(const struct engagement *e)
{
    return (e->mode == ENGAGE_HANDOVER || e->mode == ENGAGE_RETURN) && e->accepted.ms != 0;
}

// Where it began: with the first sender, or where it still is.
static struct engagement_station first_station(const struct ticket *t,
                                               const struct engagement *e, isize n)
{
    struct engagement_station s = {.level = t->level,
                                   .team = t->work_team,
                                   .name = t->work_team_name,
                                   .from = t->created,
                                   .until = t->solved_at,
                                   .worked = true};
    for (isize i = n - 1; i >= 0; i--) {
        if (!moved_the_case(&e[i]))
            continue;
        s.level = e[i].from_level;
        s.team = e[i].from_team;
        s.name = e[i].from_name;
    }
    return s;
}

static struct engagement_station station(const struct ticket *t, const struct engagement *e)
{
    bool worked = moved_the_case(e);
    return (struct engagement_station){.level = e->to_level,
                                       .team = e->to_team,
                                       .name = e->to_name,
                                       .from = worked ? e->accepted : e->requested,
                                       .until = worked ? t->solved_at : e->concluded,
                                       .worked = worked,
                                       .mode = e->mode,
                                       .live = e->live,
                                       .state = e->state,
                                       .id = e->id};
}

static void sort_by_time(struct engagement_station *s, isize n)
{
    for (isize i = 1; i < n; i++)
        for (isize k = i; k > 1 && s[k].from.ms < s[k - 1].from.ms; k--) {
            struct engagement_station swap = s[k];
            s[k] = s[k - 1];
            s[k - 1] = swap;
        }
}

// Each team's part ends where the next one's begins.
static void join(struct engagement_station *s, isize n)
{
    isize last = 0;
    for (isize i = 1; i < n; i++) {
        if (!s[i].worked)
            continue;
        s[last].until = s[i].from;
        last = i;
    }
}

void engagement_path_of(struct arena *a, const struct ticket *t, const struct engagement *e,
                        isize many, struct engagement_station **out, isize *n)
{
    struct engagement_station *s = make(a, struct engagement_station, many + 1);
    s[0] = first_station(t, e, many);
    for (isize i = 0; i < many; i++)
        s[i + 1] = station(t, &e[i]);
    sort_by_time(s, many + 1);
    join(s, many + 1);
    *out = s;
    *n = many + 1;
}

static bool is_pair(const struct engagement_bounce *b, const struct engagement_station *x,
                    const struct engagement_station *y)
{
    return (b->team.n == x->team.n && b->other.n == y->team.n)
           || (b->team.n == y->team.n && b->other.n == x->team.n);
}

struct engagement_bounce engagement_path_bounce(const struct engagement_station *s, isize n)
{
    struct engagement_bounce b = {0};
    const struct engagement_station *before = NULL, *last = NULL;
    for (isize i = 0; i < n; i++) {
        if (!s[i].worked || (last != NULL && s[i].team.n == last->team.n))
            continue;
        if (before != NULL && before->team.n == s[i].team.n) {
            b.times = is_pair(&b, &s[i], last) ? b.times + 1 : 1;
            b.team = s[i].team;
            b.other = last->team;
            b.first = s[i].name;
            b.second = last->name;
        }
        before = last;
        last = &s[i];
    }
    return b;
}

enum err engagement_path(struct ctx *cx, ticket_id ticket, struct engagement_station **out,
                         isize *n)
{
    struct ticket t;
    struct engagement *e;
    isize many;
    TRY(ticket_load(cx, ticket, &t));
    TRY(engagement_list(cx, ticket, &e, &many));
    engagement_path_of(cx->arena, &t, e, many, out, n);
    return OK;
}

enum err engagement_path_waiting(struct ctx *cx, team_id team, struct engagement_waiting **out,
                                 isize *n)
{
    struct q_engagement_waiting_for *r;
    TRY(q_engagement_waiting_for(cx, team, &r, n));
    *out = make(cx->arena, struct engagement_waiting, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct engagement_waiting){.id = r[i].id,
                                                .version = r[i].version,
                                                .mode = r[i].mode,
                                                .state = r[i].state,
                                                .ticket = r[i].ticket,
                                                .number = r[i].number,
                                                .subject = r[i].subject,
                                                .problem = r[i].problem,
                                                .priority = (int)r[i].priority,
                                                .asked_for = r[i].asked_for,
                                                .completeness = (int)r[i].completeness,
                                                .from_name = {r[i].from_en, r[i].from_de},
                                                .to_name = {r[i].to_en, r[i].to_de},
                                                .from_level = (int)r[i].from_level,
                                                .requested = r[i].requested,
                                                .accept_due = r[i].accept_due,
                                                .due = r[i].due,
                                                .live = r[i].live,
                                                .vip = r[i].vip};
    return OK;
}

// --- in words ----------------------------------------------------------------------------

static const struct engagement *waiting(const struct engagement *open, isize n,
                                        enum engagement_mode mode)
{
    for (isize i = 0; i < n; i++) {
        bool waits = open[i].state == ENGAGED_REQUESTED
                     || (mode == ENGAGE_CONSULT && open[i].state == ENGAGED_ACCEPTED);
        if (open[i].mode == mode && waits)
            return &open[i];
    }
    return NULL;
}

static struct words say(struct arena *a, const char *en, const char *de, struct words name)
{
    return (struct words){arena_fmt(a, STR_FMT "%s", STR_ARG(name.en), en),
                          arena_fmt(a, STR_FMT "%s", STR_ARG(name.de), de)};
}

static struct words until(struct arena *a, struct words name, struct words next)
{
    return (struct words){
        arena_fmt(a, STR_FMT ", until " STR_FMT " accepts", STR_ARG(name.en), STR_ARG(next.en)),
        arena_fmt(a, STR_FMT ", bis " STR_FMT " annimmt", STR_ARG(name.de), STR_ARG(next.de))};
}

struct words engagement_path_ball(struct arena *a, const struct ticket *t,
                                  const struct engagement *open, isize n)
{
    if (t->ball != BALL_TEAM)
        return ticket_words_ball[t->ball].name;
    struct words who = t->ball_team_name;
    const struct engagement *question = waiting(open, n, ENGAGE_CONSULT);
    if (question != NULL && question->to_team.n == t->ball_team.n)
        return say(a, " must answer a question", " muss eine Rückfrage beantworten", who);
    const struct engagement *next = waiting(open, n, ENGAGE_HANDOVER);
    if (next == NULL)
        next = waiting(open, n, ENGAGE_RETURN);
    if (next != NULL)
        return until(a, who, next->to_name);
    if (t->work_person_name.n > 0)
        return (struct words){arena_fmt(a, STR_FMT " (" STR_FMT ")", STR_ARG(who.en),
                                        STR_ARG(t->work_person_name)),
                              arena_fmt(a, STR_FMT " (" STR_FMT ")", STR_ARG(who.de),
                                        STR_ARG(t->work_person_name))};
    return who;
}

str engagement_path_said(const struct engagement *e, str kind)
{
    if (e == NULL)
        return S("");
    bool moves = e->mode == ENGAGE_HANDOVER || e->mode == ENGAGE_RETURN;
    if (str_eq(kind, S("engagement.declined")))
        return e->reason_text;
    bool own = str_eq(kind, S("engagement.answered"))
               || (moves && str_eq(kind, S("engagement.accepted")))
               || (moves && str_eq(kind, S("engagement.returned")))
               || (e->mode == ENGAGE_SWARM && str_eq(kind, S("engagement.concluded")));
    return own ? e->answer : S("");
}
