// SPDX-License-Identifier: GPL-3.0-or-later
#include "routing/routing.h"

#include "access/access.h"
#include "base/now.h"
#include "event/event.h"
#include "routing.sql.h"
#include "routing/chooser.h"
#include "staff/authority.h"
#include "tenant/tenant.h"

// --- why (R3) --------------------------------------------------------------------------------

static enum err keep(struct ctx *cx, ticket_id id, struct words why, int64_t *choice)
{
    struct q_routing_choice_add row;
    TRY(q_routing_choice_add(cx, id, why.de, why.en, &row));
    *choice = row.id;
    return OK;
}

enum err routing_choices(struct ctx *cx, ticket_id id, struct routing_choice **out, isize *n)
{
    struct q_routing_choices *row;
    TRY(q_routing_choices(cx, id, &row, n));
    *out = make(cx->arena, struct routing_choice, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct routing_choice){row[i].id, {row[i].why_en, row[i].why_de}};
    return OK;
}

// --- where a new case goes (R1) ----------------------------------------------------------------

struct place {
    team_id team;
    int level, priority;    // 0: as it is
    struct words why;       // empty: stays where it began
    const char *by;         // R9
};

// A team of that level: the one that serves the product or topic, else the first.
static enum err team_of_level(struct ctx *cx, int level, const struct rule_case *c,
                              bool serving_only, team_id *out)
{
    struct q_routing_serving *serves;
    struct q_routing_of_level *any;
    isize n = 0;
    if (c->category.n != 0 || c->product.n != 0)    // a mail that just came has neither
        TRY(q_routing_serving(cx, level, c->category, c->above, c->product, &serves, &n));
    *out = n > 0 ? serves[0].id : (team_id){0};
    if (n > 0 || serving_only)
        return OK;
    TRY(q_routing_of_level(cx, level, &any, &n));
    *out = n > 0 ? any[0].id : (team_id){0};
    return OK;
}

static enum err by_rule(struct ctx *cx, const struct ticket *t, struct rule_case *c,
                        struct place *p)
{
    struct rule *r;
    isize n;
    TRY(rule_list(cx, &r, &n));
    if (n == 0)
        return OK;
    rule_case_words(cx->arena, t, c);
    isize at = rule_pick(cx->arena, r, n, c);
    if (at < 0)
        return OK;
    *p = (struct place){.team = r[at].team,
                        .level = r[at].level,
                        .priority = r[at].priority,
                        .why = rule_why(cx->arena, &r[at]),
                        .by = "rule"};
    return p->team.n == 0 && p->level != 0 ? team_of_level(cx, p->level, c, false, &p->team)
                                           : OK;
}

enum err routing_ruled(struct ctx *cx, const struct ticket *t, team_id *out)
{
    struct rule_case c;
    struct place p = {0};
    TRY(rule_case_facts(cx, t, &c));
    TRY(by_rule(cx, t, &c, &p));
    *out = p.team;
    return OK;
}

static enum err by_address(struct ctx *cx, str address, struct place *p)
{
    TRY(crew_by_address(cx, address, &p->team));
    p->by = "address";
    if (p->team.n != 0)
        p->why = SAY("It was written to this team's own address.",
                     "An die eigene Adresse dieses Teams geschrieben.");
    return OK;
}

static enum err by_topic(struct ctx *cx, int level, const struct rule_case *c, struct place *p)
{
    TRY(team_of_level(cx, level, c, true, &p->team));
    p->by = "topic";
    if (p->team.n != 0)
        p->why = SAY("This team serves its topic or product.",
                     "Dieses Team betreut das Thema oder Produkt.");
    return OK;
}

static enum err find_place(struct ctx *cx, const struct ticket *t, str address, struct place *p)
{
    struct rule_case c;
    *p = (struct place){0};
    TRY(rule_case_facts(cx, t, &c));
    TRY(by_rule(cx, t, &c, p));
    if (p->why.de.n == 0 && address.n > 0)
        TRY(by_address(cx, address, p));
    return p->why.de.n == 0 ? by_topic(cx, t->level, &c, p) : OK;
}

static enum err move_there(struct ctx *cx, const struct ticket *t, const struct place *p,
                           struct ticket_made *made)
{
    struct team team;
    struct ticket_route r = {.team = p->team.n != 0 ? p->team : t->work_team,
                             .priority = p->priority != 0 ? p->priority : t->priority,
                             .why = words_in(p->why, t->lang),
                             .by = p->by};
    if (r.team.n == t->work_team.n && r.priority == t->priority)
        return OK;
    TRY(team_load(cx, r.team, &team));
    r.level = team.level;
    TRY(keep(cx, t->id, p->why, &r.choice));
    TRY(ticket_route(cx, &made->at, &r));
    made->team = r.team;
    made->level = r.level;
    made->priority = r.priority;
    return OK;
}

// --- the next one (R4) -------------------------------------------------------------------------

static enum err facts_of(struct ctx *cx, const struct q_routing_waiting *row, isize n,
                         struct chooser_case *c)
{
    for (isize i = 0; i < n; i++) {
        enum err err = authority_may(cx, AUTHORITY_SOLVE, row[i].category, 0);
        if (err != OK && err != ERR_DENIED)
            return err;
        ctx_forgive(cx);
        c[i] = (struct chooser_case){.id = row[i].id,
                                     .due = row[i].due,
                                     .priority = (int)row[i].priority,
                                     .able = err == OK,
                                     .lacks = row[i].lacks,
                                     .learns = row[i].learns,
                                     .stands_in = row[i].stands_in};
    }
    return OK;
}

static enum err take(struct ctx *cx, const struct q_routing_waiting *row, struct words why)
{
    int64_t choice;
    struct ticket_at at = {row->id, row->version};
    TRY(ticket_take(cx, &at));
    TRY(keep(cx, row->id, why, &choice));
    return event_add(cx, (struct event){.kind = "ticket.chosen",
                                        .ticket = row->id.n,
                                        .object = choice,
                                        .team = row->team.n});
}

// Somebody else may take the same one a moment earlier: then the next best.
enum err routing_next(struct ctx *cx, ticket_id *id)
{
    struct q_routing_waiting *row;
    isize n;
    TRY(q_routing_waiting(cx, ROUTING_LOOKED, &row, &n));
    struct chooser_case *c = make(cx->arena, struct chooser_case, n);
    TRY(facts_of(cx, row, n, c));
    for (;;) {
        struct words why;
        isize at = chooser_case(c, n, &why);
        *id = (ticket_id){0};
        if (at < 0)
            return OK;
        enum err err = take(cx, &row[at], why);
        if (err != ERR_STALE && err != ERR_ABSENT) {
            *id = row[at].id;
            return err;
        }
        ctx_forgive(cx);
        c[at].able = false;
    }
}

// --- giving (R5) -------------------------------------------------------------------------------

static bool is_live(enum channel channel)
{
    return channel == CHANNEL_CHAT;
}

static enum err people_of(struct ctx *cx, const struct crew *crew, const struct ticket *t,
                          struct chooser_person **out, isize *n)
{
    struct q_routing_people *row;
    bool able;
    instant silent = instant_plus(cx->now, -ROUTING_SILENT_S);
    TRY(q_routing_people(cx, crew->team.id, t->category, t->product, silent, &row, n));
    TRY(authority_of_level(cx, crew->team.level, AUTHORITY_SOLVE, t->category, &able));
    *out = make(cx->arena, struct chooser_person, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct chooser_person){.id = row[i].id,
                                            .away = row[i].away,
                                            .here = row[i].here,
                                            .ready = row[i].ready,
                                            .oncall = row[i].oncall,
                                            .able = able,
                                            .lacks = row[i].lacks,
                                            .learns = row[i].learns,
                                            .holds = (int)row[i].holds,
                                            .room = crew->capacity};
    return OK;
}

static enum err team_facts(struct ctx *cx, const struct crew *crew, struct chooser_team *team)
{
    struct q_routing_turn *turn;
    isize n;
    *team = (struct chooser_team){.assign = crew->assign == CREW_LOAD ? CREW_LOAD : CREW_TURN};
    TRY(crew_is_open(cx, crew, &team->open));
    TRY(q_routing_turn(cx, crew->team.id, &turn, &n));
    team->turn = n > 0 ? turn[0].turn : (person_id){0};
    return OK;
}

static enum err give_to(struct ctx *cx, const struct ticket *t, person_id person,
                        struct words why)
{
    int64_t choice;
    struct ticket_at at = ticket_at(t);
    TRY(keep(cx, t->id, why, &choice));
    TRY(ticket_assign(cx, &at, person, choice));
    return q_routing_turn_set(cx, t->work_team, person);
}

static enum err give(struct ctx *cx, const struct crew *crew, const struct ticket *t,
                     bool *given)
{
    struct chooser_team team;
    struct chooser_person *p;
    struct words why;
    isize n;
    int64_t changed;
    TRY(q_routing_lock(cx, crew->team.id, &changed));
    TRY(team_facts(cx, crew, &team));
    TRY(people_of(cx, crew, t, &p, &n));
    isize at = chooser_person(&team, p, n, &why);
    *given = at >= 0;
    if (at >= 0)
        return give_to(cx, t, p[at].id, why);
    return job_by(cx, "routing.again", crew->team.id.n, instant_plus(cx->now, ROUTING_AGAIN_S));
}

static enum err give_if_due(struct ctx *cx, const struct ticket *t, bool *given)
{
    struct crew crew;
    *given = false;
    TRY(crew_head(cx, t->work_team, &crew));
    bool waits = t->status <= TICKET_OPEN && t->work_person.n == 0
                 && t->ball_team.n == t->work_team.n && t->work_team.n != 0;
    if (!waits || (crew.assign == CREW_PULL && !is_live(t->channel)))
        return OK;
    return give(cx, &crew, t, given);
}

enum err routing_give(struct ctx *cx, ticket_id id, bool *given)
{
    struct ticket t;
    TRY(ticket_load(cx, id, &t));
    return give_if_due(cx, &t, given);
}

enum err routing_begin(struct ctx *cx, struct ticket_made *made, enum channel channel,
                       str address, struct ticket *out)
{
    struct place p;
    bool given;
    TRY(ticket_load(cx, made->at.id, out));
    if (channel == CHANNEL_PHONE)    // R2
        return OK;
    TRY(find_place(cx, out, address, &p));
    if (p.why.de.n > 0) {
        TRY(move_there(cx, out, &p, made));
        TRY(ticket_load(cx, made->at.id, out));
    }
    TRY(give_if_due(cx, out, &given));
    if (given)
        made->at.version++;
    return OK;
}

// --- by hand (R8) ------------------------------------------------------------------------------

static enum err check_lead(struct ctx *cx)
{
    if (access_can(&cx->who, CAN_LEAD))
        return OK;
    return fail(cx, ERR_DENIED, "Only the team lead gives cases to others.",
                "Vorgänge verteilen darf nur die Teamleitung.");
}

// Of many cases that are given or sent in one go, one that changed meanwhile leaves nothing.
static enum err unless_refused(struct ctx *cx, enum err err, int64_t choice)
{
    if (err == ERR_INVALID || err == ERR_STALE || err == ERR_ABSENT)
        TRY(q_routing_choice_drop(cx, choice));
    return err;
}

enum err routing_assign(struct ctx *cx, struct ticket_at *at, person_id person)
{
    int64_t choice;
    TRY(check_lead(cx));
    TRY(keep(cx, at->id, SAY("Given by the team lead.", "Von der Teamleitung zugeteilt."),
             &choice));
    return unless_refused(cx, ticket_assign(cx, at, person, choice), choice);
}

enum err routing_send(struct ctx *cx, struct ticket_at *at, team_id to)
{
    struct ticket t;
    struct team team;
    struct ticket_route r = {.team = to, .by = "lead"};
    TRY(check_lead(cx));
    TRY(ticket_load(cx, at->id, &t));
    TRY(team_load(cx, to, &team));
    if (!team_works(&team))
        return invalid(cx, "nach", "This team is asked only; the case stays with us.",
                       "Dieses Team wird nur gefragt; der Vorgang bleibt bei uns.");
    r.level = team.level;
    r.priority = t.priority;
    TRY(keep(cx, at->id,
             SAY("Sent here by the team lead.", "Von der Teamleitung hierher geschickt."),
             &r.choice));
    return unless_refused(cx, ticket_route(cx, at, &r), r.choice);
}

// --- who became free (R6) ----------------------------------------------------------------------

// Gives what waits in one team, the earliest promise first, until nobody can have more.
static enum err drain(struct ctx *cx, team_id id, bool *waits)
{
    struct crew crew;
    struct q_routing_unassigned *row;
    isize n;
    TRY(crew_load(cx, id, &crew));
    int64_t live = crew.assign == CREW_PULL ? CHANNEL_CHAT : 0;
    TRY(q_routing_unassigned(cx, id, live, ROUTING_GIVEN, &row, &n));
    *waits = false;
    for (isize i = 0; i < n; i++) {
        bool given;
        TRY(routing_give(cx, row[i].id, &given));
        *waits |= !given;
    }
    return OK;
}

static enum err again(struct ctx *cx, struct job *job)
{
    struct q_routing_desk_of row;
    TRY(q_routing_desk_of(cx, (team_id){job->ref}, &row));
    cx->who = tenant_system(row.tenant);
    bool waits;
    TRY(drain(cx, (team_id){job->ref}, &waits));
    if (!waits)
        return OK;
    return job_add(cx, "routing.again", job->ref, instant_plus(cx->now, ROUTING_AGAIN_S));
}

static enum err drain_now(struct ctx *cx, team_id team)
{
    bool waits;
    return drain(cx, team, &waits);
}

static enum err drain_alone(struct ctx *cx, team_id team)
{
    return job_add(cx, "routing.again", team.n, cx->now);
}

static enum err freed(struct ctx *cx, const struct q_routing_freed *e,
                      enum err (*act)(struct ctx *, team_id))
{
    struct q_routing_teams_of *team;
    isize n;
    cx->who = tenant_system(e->tenant);
    TRY(q_routing_teams_of(cx, e->person, e->team, &team, &n));
    for (isize i = 0; i < n; i++)
        TRY(act(cx, team[i].id));
    return OK;
}

enum { AT_ONCE = 100 };

// One look for each team and person is enough, however much they finished.
static bool comes_again(const struct q_routing_freed *e, isize n, isize i)
{
    for (isize k = i + 1; k < n; k++)
        if (e[k].tenant.n == e[i].tenant.n && e[k].person.n == e[i].person.n
            && e[k].team.n == e[i].team.n)
            return true;
    return false;
}

// What came since the mark, and the mark behind it.
static enum err pass_on(struct ctx *cx, enum err (*act)(struct ctx *, team_id))
{
    struct q_routing_mark *mark;
    struct q_routing_freed *e;
    isize marks, n;
    TRY(q_routing_mark(cx, &mark, &marks));
    TRY(q_routing_freed(cx, marks > 0 ? mark[0].event : 0, event_settled(cx), AT_ONCE, &e, &n));
    for (isize i = 0; i < n; i++)
        if (!comes_again(e, n, i))
            TRY(freed(cx, &e[i], act));
    return n == 0 ? OK : q_routing_mark_set(cx, e[n - 1].id);
}

static enum err follow(struct ctx *cx, struct job *job)
{
    (void)job;
    return pass_on(cx, drain_now);
}

// J15: each team becomes a job of its own.
static enum err follow_apart(struct ctx *cx, struct job *job, enum err err, struct words reason)
{
    if (job_may_pass(job, err))
        return job_failed(cx, job, reason.en);
    TRY(pass_on(cx, drain_alone));
    return job_finish(cx, job);
}

static enum err follow_due(struct ctx *cx, bool *yes)
{
    struct q_routing_due r;
    TRY(q_routing_due(cx, event_settled(cx), &r));
    *yes = r.yes;
    return OK;
}

const struct job_kind routing_jobs[] = {
    {.name = "routing.follow", .apply = follow, .failed = follow_apart, .due = follow_due},
    {.name = "routing.again", .apply = again},
    {0},
};
