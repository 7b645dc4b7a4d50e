// SPDX-License-Identifier: GPL-3.0-or-later
#include "routing/trial.h"

#include "base/now.h"
#include "routing.sql.h"
#include "staff/crew.h"
#include "tenant/tenant.h"

struct tried {
    const struct rule *today, *then;
    isize todays, thens;
    struct levels levels;
};

// Y2
static enum err rules_with(struct ctx *cx, const struct rule *r, struct tried *t)
{
    struct rule *all;
    isize n;
    bool found = false;
    TRY(rule_list(cx, &all, &n));
    TRY(level_load(cx, &t->levels));
    struct rule *then = make(cx->arena, struct rule, n + 1);
    for (isize i = 0; i < n; i++) {
        bool this_one = all[i].id.n == r->id.n;
        then[i] = this_one ? *r : all[i];
        then[i].active |= this_one;
        found |= this_one;
    }
    if (!found) {
        then[n] = *r;
        then[n].active = true;
    }
    t->today = all;
    t->todays = n;
    t->then = then;
    t->thens = n + !found;
    return OK;
}

static struct words where(struct ctx *cx, const struct tried *t, const struct rule *r, isize at)
{
    return at < 0 ? (struct words){0} : rule_effect(cx->arena, &r[at], &t->levels);
}

// Y5.  *known: what it was written to is.
static enum err by_address(struct ctx *cx, const struct ticket *k, team_id *team, bool *known)
{
    struct q_routing_came_to *row;
    isize n;
    *team = (team_id){0};
    TRY(q_routing_came_to(cx, k->id, &row, &n));
    *known = n > 0 || k->channel != CHANNEL_MAIL;
    return n > 0 ? crew_by_address(cx, row[0].rcpt, team) : OK;
}

// Y5
static enum err by_topic(struct ctx *cx, const struct ticket *k, const struct rule_case *c,
                         team_id *team)
{
    struct q_routing_serving *serves;
    isize n;
    TRY(q_routing_serving(cx, 1, c->category, c->above, c->product, &serves, &n));
    *team = n > 0 ? serves[0].id : k->care_team;
    return OK;
}

// Y5.  By its address, else the team of its topic, else the one it began with.
static enum err without_rule(struct ctx *cx, const struct ticket *k, const struct rule_case *c,
                             struct words *out)
{
    struct team team;
    team_id id;
    bool known;
    TRY(by_address(cx, k, &id, &known));
    if (id.n == 0)
        TRY(by_topic(cx, k, c, &id));
    TRY(team_load(cx, id, &team));
    struct words why = known ? SAY("without a rule", "ohne Regel")
                             : SAY("without a rule; the address it came to is not known",
                                   "ohne Regel; an welche Adresse, ist nicht bekannt");
    *out = (struct words){
        arena_fmt(cx->arena, STR_FMT " (" STR_FMT ")", STR_ARG(team.name.en), STR_ARG(why.en)),
        arena_fmt(cx->arena, STR_FMT " (" STR_FMT ")", STR_ARG(team.name.de), STR_ARG(why.de))};
    return OK;
}

static enum err one(struct ctx *cx, const struct tried *t, ticket_id id, struct trial *out)
{
    struct ticket k;
    struct rule_case c;
    TRY(ticket_load(cx, id, &k));
    TRY(rule_case_of(cx, &k, &c));
    isize a = rule_pick(cx->arena, t->today, t->todays, &c),
          b = rule_pick(cx->arena, t->then, t->thens, &c);
    struct trial_row row = {k.number, where(cx, t, t->today, a), where(cx, t, t->then, b)};
    if (str_eq(row.before.de, row.after.de))
        return OK;
    out->moved++;
    if (out->rows == TRIAL_SHOWN)
        return OK;
    if (a < 0)
        TRY(without_rule(cx, &k, &c, &row.before));
    if (b < 0)
        TRY(without_rule(cx, &k, &c, &row.after));
    out->row[out->rows++] = row;
    return OK;
}

static enum err all_of_month(struct ctx *cx, const struct rule *r, struct trial *out)
{
    struct tried t;
    struct q_routing_month *row;
    struct q_routing_month_all all;
    instant since = instant_plus(cx->now, -TRIAL_DAYS * DAY_S);
    TRY(rules_with(cx, r, &t));
    TRY(q_routing_month_all(cx, since, &all));
    TRY(q_routing_month(cx, since, TRIAL_CASES, &row, &out->cases));
    out->all = all.n;
    for (isize i = 0; i < out->cases; i++)
        TRY(one(cx, &t, row[i].id, out));
    return OK;
}

enum err trial(struct ctx *cx, const struct rule *r, struct trial *out)
{
    struct who who = cx->who;
    struct trial found = {0};
    cx->who = tenant_system(who.tenant);    // Y4
    enum err err = all_of_month(cx, r, &found);
    cx->who = who;
    TRY(err);
    *out = found;
    return OK;
}
