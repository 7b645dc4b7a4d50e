// SPDX-License-Identifier: GPL-3.0-or-later
#include "engagement/engagement_target.h"

#include "access/access.h"
#include "engagement_target.sql.h"
#include "routing/routing.h"
#include "staff/authority.h"
#include "triage/triage_case.h"

enum {
    LOOKED_BACK = 500,    // hand-overs: some weeks of a busy desk, read in a millisecond
    TAKEN_ENOUGH = 3,     // of a kind, before it says anything (A6)
};

// A team with what decides its place.
struct candidate {
    struct engagement_target target;
    int64_t category, product;    // how many of the last it took
    int64_t of_category, of_product;
    bool serves_topic, serves_product, barred;    // A5
    bool ruled, took_part, only_next;             // A6
    bool asked_only;                              // A4
};

// A1 and A4.  ruled: where the desk's rules send such cases.
static bool is_offered(const struct ctx *cx, const struct ticket *t, const struct candidate *c,
                       const struct q_engagement_target_teams *m, enum engagement_mode mode,
                       team_id ruled)
{
    bool lead = access_can(&cx->who, CAN_LEAD);
    if (c->asked_only)
        return mode == ENGAGE_CONSULT && (m->members > 0 || m->level >= LEVEL_VENDOR);
    if (m->members == 0)
        return false;
    if (mode != ENGAGE_HANDOVER)
        return true;
    if (c->barred && !m->learns)
        return false;
    return lead || (!m->came_from && (m->level - t->level <= 1 || m->team.n == ruled.n));
}

static void count_taken(struct candidate *c, const struct q_engagement_target_taken *row,
                        isize n)
{
    for (isize i = 0; i < n; i++) {
        if (row[i].team.n != c->target.team.n)
            continue;
        c->category = row[i].category;
        c->product = row[i].product;
        c->of_category = row[i].all_of_category;
        c->of_product = row[i].all_of_product;
    }
}

static int64_t rank(const struct candidate *c, int level)    // A2
{
    int64_t far = c->target.level - level;
    int64_t place = c->asked_only ? 4 : far == 1 ? 0 : far == 0 ? 1 : far > 1 ? 2 : 3;
    int64_t serves = c->took_part ? 3 : c->serves_product ? 2 : c->serves_topic;
    if (c->ruled)
        place = -1;
    return -((int64_t)c->barred << 50) - (place << 40) + (serves << 38) + (c->category << 18)
           + c->product;    // A5
}

static bool took_most(int64_t n, int64_t of)
{
    return n >= TAKEN_ENOUGH && 2 * n > of;
}

// A6
static enum target_evidence evidence(const struct candidate *c)
{
    bool taken = took_most(c->category, c->of_category) || took_most(c->product, c->of_product);
    return c->barred           ? 0
           : c->ruled          ? EVIDENCE_RULE
           : c->took_part      ? EVIDENCE_PATH
           : c->serves_product ? EVIDENCE_PRODUCT
           : c->serves_topic   ? EVIDENCE_TOPIC
           : taken             ? EVIDENCE_TAKEN
           : c->only_next      ? EVIDENCE_LEVEL
                               : 0;
}

// Few teams, and equal ones keep their order: by name.
static void sort(struct candidate *c, isize n, int level)
{
    for (isize i = 1; i < n; i++) {
        struct candidate x = c[i];
        isize j = i;
        for (; j > 0 && rank(&c[j - 1], level) < rank(&x, level); j--)
            c[j] = c[j - 1];
        c[j] = x;
    }
}

// When one team took them all, the figure is said once.
static struct words took(struct arena *a, int64_t n, int64_t of, struct words what)
{
    if (n == of && n > 1)
        return (struct words){
            arena_fmt(a, "Took all of the last %lld cases about “" STR_FMT "”.", (long long)n,
                      STR_ARG(what.en)),
            arena_fmt(a, "Hat die letzten %lld Vorgänge zu „" STR_FMT "“ alle übernommen.",
                      (long long)n, STR_ARG(what.de))};
    return (struct words){
        arena_fmt(a, "Took %lld of the last %lld cases about “" STR_FMT "”.", (long long)n,
                  (long long)of, STR_ARG(what.en)),
        arena_fmt(a, "Hat %lld der letzten %lld Vorgänge zu „" STR_FMT "“ übernommen.",
                  (long long)n, (long long)of, STR_ARG(what.de))};
}

static struct words why(struct arena *a, const struct ticket *t, const struct candidate *c,
                        enum engagement_mode mode)
{
    if (c->barred && mode == ENGAGE_HANDOVER)
        return SAY("May not solve this topic itself, but wants to learn it.",
                   "Darf dieses Thema noch nicht selbst lösen, möchte es aber lernen.");
    if (c->ruled)
        return SAY("A rule of this desk sends such cases here.",
                   "Eine Regel schickt solche Vorgänge hierher.");
    if (c->took_part)
        return SAY("Took part in this case before.", "War an diesem Vorgang schon beteiligt.");
    if (c->serves_product)
        return (struct words){arena_fmt(a, "Serves “" STR_FMT "”.", STR_ARG(t->product_name)),
                              arena_fmt(a, "Betreut „" STR_FMT "“.", STR_ARG(t->product_name))};
    if (c->serves_topic)
        return (struct words){
            arena_fmt(a, "Serves “" STR_FMT "”.", STR_ARG(t->category_name.en)),
            arena_fmt(a, "Betreut „" STR_FMT "“.", STR_ARG(t->category_name.de))};
    if (c->category > 0)
        return took(a, c->category, c->of_category, t->category_name);
    if (c->product > 0)
        return took(a, c->product, c->of_product,
                    (struct words){t->product_name, t->product_name});
    int far = c->target.level - t->level;
    if (c->target.level >= LEVEL_VENDOR)
        return SAY("Outside: is asked, never handed the case.",
                   "Außer Haus: wird nur gefragt.");
    if (c->asked_only)
        return SAY("A department: is asked, never handed the case.",
                   "Fachabteilung: wird nur gefragt.");
    if (far > 1)
        return mode == ENGAGE_HANDOVER
                   ? SAY("Skips a level.", "Überspringt ein Level.")
                   : SAY("For what hardly anybody knows.", "Für das, was kaum jemand weiß.");
    if (c->only_next)
        return SAY("The only team of the next level.", "Das einzige Team des nächsten Levels.");
    return far == 1   ? SAY("The next level.", "Das nächste Level.")
           : far == 0 ? SAY("The same level.", "Dasselbe Level.")
                      : SAY("A level below.", "Ein Level darunter.");
}

// What is the same for all teams.
struct desk_rules {
    team_id ruled;        // A1 A6: where the desk's rules send such cases; 0: not asked
    bool able[LEVELS];    // A5: the level may solve this topic
};

static enum err look_at_rules(struct ctx *cx, const struct ticket *t, enum engagement_mode mode,
                              struct desk_rules *r)
{
    *r = (struct desk_rules){.able[LEVEL_VENDOR] = true};
    for (int level = 1; level <= LEVEL_LAST_OWN; level++)
        TRY(authority_of_level(cx, level, AUTHORITY_SOLVE, t->category, &r->able[level]));
    if (mode == ENGAGE_HANDOVER)
        TRY(routing_ruled(cx, t, &r->ruled));
    return OK;
}

// A8
static enum err suggested_kind(struct ctx *cx, struct ticket *t)
{
    struct triage_case c;
    TRY(triage_case(cx, t, &c));
    if (c.value[TRIAGE_CATEGORY] != 0) {
        t->category = (category_id){c.value[TRIAGE_CATEGORY]};
        t->category_name = c.category;
    }
    if (c.value[TRIAGE_PRODUCT] != 0 && t->product.n == 0) {
        t->product = (product_id){c.value[TRIAGE_PRODUCT]};
        t->product_name = c.product;
    }
    return OK;
}

// A8
static enum err kind_of(struct ctx *cx, struct ticket *t)
{
    struct q_engagement_target_tried *row;
    isize n = 0;
    if (t->category.n == 0 || t->product.n == 0)
        TRY(q_engagement_target_tried(cx, t->id, &row, &n));
    if (n > 0 && t->category.n == 0) {
        t->category = row->category;
        t->category_name = (struct words){row->category_en, row->category_de};
    }
    if (n > 0 && t->product.n == 0) {
        t->product = row->product;
        t->product_name = row->product_name;
    }
    return t->category.n == 0 ? suggested_kind(cx, t) : OK;
}

static struct candidate candidate(const struct q_engagement_target_teams *m,
                                  const struct desk_rules *r)
{
    return (struct candidate){.target = {.team = m->team,
                                         .name = {m->name_en, m->name_de},
                                         .level = (int)m->level,
                                         .ready = m->ready},
                              .asked_only = m->department || m->level >= LEVEL_VENDOR,
                              .serves_topic = m->serves_topic,
                              .serves_product = m->serves_product,
                              .ruled = r->ruled.n != 0 && r->ruled.n == m->team.n,
                              .took_part = m->took_part,
                              .barred = !r->able[m->level]};
}

static int works_at(const struct q_engagement_target_teams *team, isize teams, int level)
{
    int n = 0;
    for (isize i = 0; i < teams; i++)
        n += team[i].level == level && !team[i].department && team[i].members > 0;
    return n;
}

// A6.  A team that is not offered, as it passed the case on, is one of that level all the same.
static void mark_next_level(struct candidate *c, isize n, int level)
{
    for (isize i = 0; i < n; i++)
        c[i].only_next |= c[i].target.level == level && !c[i].asked_only;
}

const struct engagement_target *engagement_target_evident(const struct engagement_target *t,
                                                          isize n)
{
    const struct engagement_target *best = NULL;
    bool alone = true;
    for (isize i = 0; i < n; i++) {
        if (t[i].evidence == 0 || (best != NULL && t[i].evidence < best->evidence))
            continue;
        alone = best == NULL || t[i].evidence > best->evidence;
        best = &t[i];
    }
    return alone ? best : NULL;
}

const struct engagement_target *engagement_target_of(const struct engagement_target *t, isize n,
                                                     team_id team)
{
    for (isize i = 0; i < n; i++)
        if (t[i].team.n == team.n)
            return &t[i];
    return NULL;
}

const struct engagement_target *engagement_target_to_front(struct engagement_target *t, isize n)
{
    const struct engagement_target *best = engagement_target_evident(t, n);
    if (best == NULL)
        return NULL;
    struct engagement_target x = *best;
    memmove(t + 1, t, (size_t)(best - t) * sizeof x);
    t[0] = x;
    return t;
}

static struct words like_solved(struct arena *a, const struct triage_hint *h)
{
    struct words why = triage_why(a, h);
    return (struct words){
        arena_fmt(a, "Solved cases like this ended here, " STR_FMT ".", STR_ARG(why.en)),
        arena_fmt(a, "Hier endeten gelöste Vorgänge wie dieser, " STR_FMT ".",
                  STR_ARG(why.de))};
}

enum err engagement_target_alike(struct ctx *cx, const struct ticket *t,
                                 struct engagement_target *target, isize n, team_id *out)
{
    struct triage_hints hints;
    TRY(triage_suggest(cx, TRIAGE_TEAM, TRIAGE_TEAM, t, &hints));
    const struct triage_hint *hint = &hints.of[TRIAGE_TEAM];
    for (isize i = 0; i < n && hint->value != 0; i++) {
        struct engagement_target *x = &target[i];
        if (x->team.n != hint->value || x->level < t->level)
            continue;
        *out = x->team;
        if (x->evidence > EVIDENCE_ALIKE)
            return OK;
        x->why = like_solved(cx->arena, hint);
        x->evidence = EVIDENCE_ALIKE;
        return OK;
    }
    return OK;
}

enum err engagement_target_list(struct ctx *cx, const struct ticket *t,
                                enum engagement_mode mode, struct engagement_target **out,
                                isize *n)
{
    struct q_engagement_target_teams *team;
    struct q_engagement_target_taken *taken;
    struct desk_rules rules;
    isize teams, rows, found = 0;
    struct ticket kind = *t;
    TRY(look_at_rules(cx, t, mode, &rules));
    TRY(kind_of(cx, &kind));
    TRY(q_engagement_target_teams(cx, t->id, t->work_team, kind.category, kind.product, &team,
                                  &teams));
    TRY(q_engagement_target_taken(cx, kind.category, kind.product, LOOKED_BACK, &taken, &rows));
    struct candidate *c = make(cx->arena, struct candidate, teams);
    for (isize i = 0; i < teams; i++) {
        c[found] = candidate(&team[i], &rules);
        if (is_offered(cx, t, &c[found], &team[i], mode, rules.ruled))
            count_taken(&c[found++], taken, rows);
    }
    sort(c, found, t->level);
    if (works_at(team, teams, t->level + 1) == 1)
        mark_next_level(c, found, t->level + 1);
    *out = make(cx->arena, struct engagement_target, teams);
    for (isize i = 0; i < found; i++) {
        (*out)[i] = c[i].target;
        (*out)[i].why = why(cx->arena, &kind, &c[i], mode);
        (*out)[i].evidence = evidence(&c[i]);
    }
    *n = found;
    return OK;
}
