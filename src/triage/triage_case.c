// SPDX-License-Identifier: GPL-3.0-or-later
#include "triage/triage_case.h"

#include "access/access.h"
#include "base/buf.h"
#include "base/now.h"
#include "event/event.h"
#include "routing/routing.h"
#include "triage_case.sql.h"

bool triage_case_wants(const struct ticket *t)
{
    return t->status == TICKET_NEW || (t->status == TICKET_OPEN && t->category.n == 0);
}

// --- what is suggested (K2 K3) ---------------------------------------------------------------

static int64_t unless_same(int64_t suggested, int64_t present)
{
    return suggested != present ? suggested : 0;
}

static void choose(const struct ticket *t, struct triage_case *c)
{
    const struct triage_hint *h = c->hints.of;
    bool by_hand = t->priority_why.n > 0;
    c->value[TRIAGE_CATEGORY] = t->category.n == 0 ? h[TRIAGE_CATEGORY].value : 0;
    c->value[TRIAGE_PRODUCT] = t->product.n == 0 ? h[TRIAGE_PRODUCT].value : 0;
    c->value[TRIAGE_PRIORITY] =
        by_hand ? 0 : unless_same(h[TRIAGE_PRIORITY].value, t->priority);
    c->value[TRIAGE_TEAM] = unless_same(h[TRIAGE_TEAM].value, t->work_team.n);
}

static struct words path_of(struct arena *a, const struct q_triage_case_names *n)
{
    if (n->above_de.n == 0)
        return (struct words){n->category_en, n->category_de};
    return (struct words){
        arena_fmt(a, STR_FMT " › " STR_FMT, STR_ARG(n->above_en), STR_ARG(n->category_en)),
        arena_fmt(a, STR_FMT " › " STR_FMT, STR_ARG(n->above_de), STR_ARG(n->category_de))};
}

static enum err name(struct ctx *cx, const struct ticket *t, struct triage_case *c)
{
    struct q_triage_case_names n;
    int64_t *v = c->value;
    TRY(q_triage_case_names(cx, (category_id){v[TRIAGE_CATEGORY]},
                            (product_id){v[TRIAGE_PRODUCT]}, (team_id){v[TRIAGE_TEAM]}, &n));
    c->category = path_of(cx->arena, &n);
    c->product = n.product;
    c->team = (struct words){n.team_en, n.team_de};
    c->level = (int)n.level;
    v[TRIAGE_CATEGORY] = c->category.de.n > 0 ? v[TRIAGE_CATEGORY] : 0;
    v[TRIAGE_PRODUCT] = c->product.n > 0 ? v[TRIAGE_PRODUCT] : 0;
    v[TRIAGE_TEAM] = c->level >= t->level ? v[TRIAGE_TEAM] : 0;
    return OK;
}

static int reach(const struct ctx *cx, const struct ticket *t)
{
    enum { LAST = 3 };
    return access_can(&cx->who, CAN_LEAD) || t->level >= LAST ? LAST : t->level + 1;
}

// The team's; where there is none, the one that was learned, or that of a team out of reach.
static void choose_level(const struct ctx *cx, const struct ticket *t, struct triage_case *c)
{
    int64_t team = c->hints.of[TRIAGE_TEAM].value;
    int64_t level = int_max(c->hints.of[TRIAGE_LEVEL].value, c->level);
    bool stays = team == t->work_team.n || (c->level > 0 && c->level < t->level);
    if (c->value[TRIAGE_TEAM] != 0 && c->level <= reach(cx, t))
        return;
    c->value[TRIAGE_TEAM] = 0;
    c->team = (struct words){0};
    c->level = stays || level <= t->level ? 0 : (int)int_min(level, reach(cx, t));
    c->level = c->level > t->level ? c->level : 0;
    c->value[TRIAGE_LEVEL] = c->level;
}

// --- why -------------------------------------------------------------------------------------

static bool stands_in(const str *word, int n, str w)
{
    for (int i = 0; i < n; i++)
        if (str_eq_nocase(word[i], w))
            return true;
    return false;
}

// The strongest word of each part, then the next ones: what several say is said once.
static str reasons(struct arena *a, const struct triage_case *c)
{
    enum { MOST = 4 };
    str word[MOST];
    int n = 0;
    for (int k = 0; k < LEARNER_WORDS; k++)
        for (int i = 1; i <= TRIAGE_TARGETS && n < MOST; i++) {
            const struct triage_hint *h = &c->hints.of[i];
            if (c->value[i] != 0 && k < h->words && !stands_in(word, n, h->word[k]))
                word[n++] = h->word[k];
        }
    struct buf b = buf_new(a, 100);
    for (int i = 0; i < n; i++) {
        buf_put(&b, i > 0 ? S(", ") : S(""));
        buf_put(&b, word[i]);
    }
    return buf_str(&b);
}

// K2
static enum err find_named(struct ctx *cx, const struct ticket *t, struct triage_case *c)
{
    struct product *p = &c->named;
    if (t->product.n != 0)
        return OK;
    TRY(product_by_text(cx, triage_text(cx->arena, t->subject, t->problem), p));
    if (p->id.n != 0)
        c->hints.of[TRIAGE_PRODUCT] = (struct triage_hint){p->id.n, 1, {p->name}, 1};
    return OK;
}

enum err triage_case(struct ctx *cx, const struct ticket *t, struct triage_case *out)
{
    struct triage_case c = {0};
    *out = c;
    if (!triage_case_wants(t))    // K1
        return OK;
    TRY(triage_suggest(cx, TRIAGE_CATEGORY, TRIAGE_TEAM, t, &c.hints));
    TRY(find_named(cx, t, &c));
    choose(t, &c);
    if (c.value[TRIAGE_CATEGORY] != 0 || c.value[TRIAGE_PRODUCT] != 0
        || c.value[TRIAGE_TEAM] != 0)
        TRY(name(cx, t, &c));
    choose_level(cx, t, &c);
    for (int i = 1; i <= TRIAGE_TARGETS; i++)
        c.any |= c.value[i] != 0;
    c.words = reasons(cx->arena, &c);
    *out = c;
    return OK;
}

// --- accepting (K4) --------------------------------------------------------------------------

enum err triage_case_judge(struct ctx *cx, const struct ticket_at *at,
                           enum triage_target target, int64_t suggested, int64_t chosen)
{
    if (suggested == 0)
        return OK;
    return event_add(
        cx, (struct event){.kind = suggested == chosen ? "triage.accepted" : "triage.corrected",
                           .ticket = at->id.n,
                           .object = target});
}

// Its reason is what decided, in the reader's language, as if he had typed it.
static str priority_why(struct ctx *cx, str words)
{
    return arena_join(
        cx->arena,
        words_in(SAY("Like solved cases, because: ", "Wie gelöste Vorgänge, weil: "), cx->lang),
        words.n > 0 ? words : S("–"));
}

static enum err classify(struct ctx *cx, struct ticket_at *at, const struct ticket *t,
                         const struct triage_answer *a)
{
    const int64_t *v = a->value;
    bool by_hand = t->priority_why.n > 0;
    struct ticket_class c = {.category = t->category,
                             .product = t->product,
                             .priority = by_hand ? t->priority : 0,
                             .why = t->priority_why};
    if (v[TRIAGE_CATEGORY] == 0 && v[TRIAGE_PRODUCT] == 0 && v[TRIAGE_PRIORITY] == 0)
        return OK;
    if (v[TRIAGE_CATEGORY] != 0)
        c.category = (category_id){v[TRIAGE_CATEGORY]};
    if (v[TRIAGE_PRODUCT] != 0)
        c.product = (product_id){v[TRIAGE_PRODUCT]};
    if (v[TRIAGE_PRIORITY] != 0 && !by_hand) {
        c.priority = (int)v[TRIAGE_PRIORITY];
        c.why = priority_why(cx, a->words);
    }
    TRY(ticket_classify(cx, at, &c));
    for (int i = TRIAGE_CATEGORY; i <= TRIAGE_PRIORITY; i++)
        TRY(triage_case_judge(cx, at, (enum triage_target)i, v[i], v[i]));
    return OK;
}

// Before it is classified: that makes it a case somebody works on.
static enum err send(struct ctx *cx, struct ticket_at *at, const struct ticket *t, int64_t team,
                     bool *sent)
{
    *sent = team != 0 && t->status == TICKET_NEW && t->work_person.n == 0
            && access_can(&cx->who, CAN_LEAD);
    if (!*sent)
        return OK;
    TRY(routing_send(cx, at, (team_id){team}));
    return triage_case_judge(cx, at, TRIAGE_TEAM, team, team);
}

enum err triage_case_accept(struct ctx *cx, struct ticket_at *at, const struct triage_answer *a,
                            bool *hand_over)
{
    struct ticket t;
    bool sent;
    int64_t priority = a->value[TRIAGE_PRIORITY];
    TRY(ticket_load(cx, at->id, &t));
    if (!triage_case_wants(&t))    // K1
        return fail(cx, ERR_STALE, "This case is classified already.",
                    "Dieser Vorgang ist schon eingeordnet.");
    if (priority != 0 && !ticket_words_has(ticket_words_priority, priority))
        return fail(cx, ERR_INVALID, "There is no such priority.",
                    "Diese Priorität gibt es nicht.");
    TRY(send(cx, at, &t, a->value[TRIAGE_TEAM], &sent));
    TRY(classify(cx, at, &t, a));
    *hand_over = !sent && (a->value[TRIAGE_TEAM] != 0 || a->value[TRIAGE_LEVEL] != 0);
    return OK;
}

// --- how it goes (K5) ------------------------------------------------------------------------

enum err triage_case_record(struct ctx *cx, struct triage_record out[TRIAGE_TARGETS + 1])
{
    struct q_triage_case_record *row;
    isize n;
    TRY(q_triage_case_record(cx, instant_plus(cx->now, -TRIAGE_DAYS * INT64_C(86400)), &row,
                             &n));
    memset(out, 0, (TRIAGE_TARGETS + 1) * sizeof *out);
    for (isize i = 0; i < n; i++)
        if (row[i].target >= 1 && row[i].target <= TRIAGE_TARGETS
            && row[i].answered >= TRIAGE_ANSWERS)
            out[row[i].target] = (struct triage_record){row[i].answered, row[i].accepted};
    return OK;
}
