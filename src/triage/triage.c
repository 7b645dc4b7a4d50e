// SPDX-License-Identifier: GPL-3.0-or-later
#include "triage/triage.h"

#include <math.h>

#include "base/buf.h"
#include "base/now.h"
#include "tenant/tenant.h"
#include "triage.sql.h"
#include "triage/triage_kept.h"

// The part of a model that a suggestion needs, and the part that only learning needs.
enum {
    READ_BYTES = offsetof(struct learner, pace),
    PACE_BYTES = sizeof(struct learner) - READ_BYTES
};

struct lesson {
    struct who who;          // the desk's system
    int64_t before, mark;    // where the mark was, where it goes
    struct learner *model[TRIAGE_TARGETS + 1];
    struct progress {        // before the lesson
        bool sure;
        int64_t cases, made;
    } was[TRIAGE_TARGETS + 1];
};

str triage_text(struct arena *a, str subject, str problem)
{
    return arena_fmt(a, STR_FMT "\n" STR_FMT, STR_ARG(subject), STR_ARG(problem));
}

// --- learning: prepare reads and reckons, apply stores ---------------------------------------

static bool is_sure(const struct learner *m)    // R4
{
    return m->labels > 1 && learner_threshold(m) <= 1;
}

// A model of another version or size is as good as none (learner.h L8).
static enum err read_model(struct ctx *cx, enum triage_target target, struct learner *m,
                           struct progress *was)
{
    struct q_triage_model *row;
    isize n;
    TRY(q_triage_model(cx, target, &row, &n));
    if (n > 0)
        *was = (struct progress){row->sure, 0, row->made};
    if (n == 0 || row->model.n != READ_BYTES || row->pace.n != PACE_BYTES)
        return OK;
    memcpy(m, row->model.p, READ_BYTES);
    memcpy(m->pace, row->pace.p, PACE_BYTES);
    was->cases = m->cases;
    return OK;
}

static enum err read_mark(struct ctx *cx, int64_t *out)
{
    struct q_triage_mark *row;
    isize n;
    TRY(q_triage_mark(cx, &row, &n));
    *out = n > 0 ? row->event : 0;
    return OK;
}

static enum err learn_case(struct ctx *cx, struct lesson *l, int64_t ticket)
{
    struct q_triage_case *t;
    isize n;
    TRY(q_triage_case(cx, ticket, &t, &n));
    if (n == 0)    // R1
        return OK;
    const int64_t value[TRIAGE_TARGETS + 1] = {[TRIAGE_CATEGORY] = t->category,
                                               [TRIAGE_PRODUCT] = t->product,
                                               [TRIAGE_PRIORITY] = t->priority,
                                               [TRIAGE_LEVEL] = t->level,
                                               [TRIAGE_TEAM] = t->team};
    str text = triage_text(cx->arena, t->subject, t->problem);
    for (int i = 1; i <= TRIAGE_TARGETS; i++)
        if (value[i] != 0)
            learner_learn(l->model[i], cx->arena, text, value[i]);
    return OK;
}

// R3: the cases of one desk, up to the first one of another.
static enum err learn(struct ctx *cx, struct lesson *l, const struct q_triage_events *e,
                      isize n)
{
    cx->who = l->who = tenant_system(e[0].tenant);
    for (int i = 1; i <= TRIAGE_TARGETS; i++) {
        l->model[i] = make(cx->arena, struct learner, 1);
        TRY(read_model(cx, (enum triage_target)i, l->model[i], &l->was[i]));
    }
    for (isize i = 0; i < n && e[i].tenant.n == e[0].tenant.n; i++) {
        if (!e[i].imported)    // R1
            TRY(learn_case(cx, l, e[i].ticket));
        l->mark = e[i].id;
    }
    return OK;
}

static instant settled(const struct ctx *cx)
{
    return instant_plus(cx->now, -TRIAGE_REST_S);
}

static enum err prepare(struct ctx *cx, struct job *job)
{
    struct q_triage_events *e;
    isize n;
    struct lesson *l = make(cx->arena, struct lesson, 1);
    TRY(read_mark(cx, &l->before));
    TRY(q_triage_events(cx, l->before, settled(cx), TRIAGE_CASES, &e, &n));
    if (n == 0)
        return OK;
    struct who who = cx->who;
    enum err err = learn(cx, l, e, n);
    cx->who = who;
    job->prepared = l;
    return err;
}

// triage_kept.h, H3: six steps to twice as many cases.
static int64_t step_of(int64_t cases)
{
    return (int64_t)(6 * log2((double)cases + 1));
}

static int64_t made_of(const struct lesson *l, int i, bool sure)
{
    const struct progress *was = &l->was[i];
    bool otherwise =
        sure != was->sure || (sure && step_of(l->model[i]->cases) != step_of(was->cases));
    return otherwise ? l->mark : was->made;
}

static enum err store(struct ctx *cx, const struct lesson *l)
{
    for (int i = 1; i <= TRIAGE_TARGETS; i++) {
        const struct learner *m = l->model[i];
        bool sure = is_sure(m);
        if (m->cases > 0)
            TRY(q_triage_model_put(cx, (enum triage_target)i, sure, made_of(l, i, sure),
                                   (str){(const char *)m, READ_BYTES},
                                   (str){(const char *)m->pace, PACE_BYTES}));
    }
    return q_triage_mark_set(cx, l->mark);
}

static enum err apply(struct ctx *cx, struct job *job)
{
    const struct lesson *l = job->prepared;
    int64_t mark;
    if (l == NULL)
        return OK;
    TRY(read_mark(cx, &mark));
    if (mark != l->before)    // R6: another node was there meanwhile
        return OK;
    struct who who = cx->who;
    cx->who = l->who;
    enum err err = store(cx, l);
    cx->who = who;
    return err;
}

static enum err due(struct ctx *cx, bool *yes)
{
    struct q_triage_due d;
    TRY(q_triage_due(cx, settled(cx), &d));
    *yes = d.unread;
    return OK;
}

const struct job_kind triage_jobs[] = {
    {.name = "triage.learn", .prepare = prepare, .apply = apply, .due = due},
    {.name = "triage.keep",
     .prepare = triage_kept_prepare,
     .apply = triage_kept_apply,
     .due = triage_kept_due},
    {0},
};

// --- suggesting ------------------------------------------------------------------------------

struct words triage_why(struct arena *a, const struct triage_hint *h)
{
    struct buf b = buf_new(a, 100);
    for (int i = 0; i < h->words; i++) {
        buf_put(&b, i > 0 ? S(", ") : S(""));
        buf_put(&b, h->word[i]);
    }
    return (struct words){arena_join(a, S("because: "), buf_str(&b)),
                          arena_join(a, S("weil: "), buf_str(&b))};
}

static struct triage_hint hint_of(const struct learner_guess *g)
{
    struct triage_hint h = {0};
    if (!g->sure || g->words == 0)    // R4 R5
        return h;
    h.value = g->label;
    h.confidence = g->confidence;
    h.words = g->words;
    for (int i = 0; i < g->words; i++)
        h.word[i] = g->word[i];
    return h;
}

static enum err reckon_one(struct ctx *cx, enum triage_target target, const str *text, isize n,
                           struct learner *m, struct triage_hints *out)
{
    struct q_triage_model_read *row;
    isize rows;
    TRY(q_triage_model_read(cx, target, &row, &rows));
    if (rows == 0 || row->model.n != READ_BYTES)
        return OK;
    memcpy(m, row->model.p, READ_BYTES);
    for (isize i = 0; i < n; i++) {
        char *mark = arena_mark(cx->arena);
        struct learner_guess g = learner_suggest(m, cx->arena, text[i]);
        out[i].of[target] = hint_of(&g);
        arena_back(cx->arena, mark);
    }
    return OK;
}

// A page touched for the first time costs more than what is reckoned on it: the models take
// turns in the same ones.  The words of a hint are the text's own.
static enum err reckon(struct ctx *cx, const struct q_triage_sure *sure, isize sures,
                       const str *text, isize n, struct triage_hints *out)
{
    struct learner *m = sures > 0 && n > 0 ? make(cx->arena, struct learner, 1) : NULL;
    for (isize i = 0; i < sures && n > 0; i++) {
        char *mark = arena_mark(cx->arena);
        TRY(reckon_one(cx, sure[i].target, text, n, m, out));
        arena_back(cx->arena, mark);
    }
    return OK;
}

enum err triage_reckon(struct ctx *cx, enum triage_target first, enum triage_target last,
                       const str *text, isize n, struct triage_hints *out)
{
    struct q_triage_sure *sure;
    isize sures;
    TRY(q_triage_sure(cx, first, last, &sure, &sures));
    return reckon(cx, sure, sures, text, n, out);
}

// R8
static enum err forget_ended(struct ctx *cx, struct triage_hints *h)
{
    struct triage_hint *topic = &h->of[TRIAGE_CATEGORY], *goods = &h->of[TRIAGE_PRODUCT];
    struct q_triage_offered still;
    if (topic->value == 0 && goods->value == 0)
        return OK;
    TRY(q_triage_offered(cx, (category_id){topic->value}, (product_id){goods->value}, &still));
    *topic = still.category ? *topic : (struct triage_hint){0};
    *goods = still.product ? *goods : (struct triage_hint){0};
    return OK;
}

// R4: what is kept counts for the models that are sure now.
enum err triage_suggest(struct ctx *cx, enum triage_target first, enum triage_target last,
                        const struct ticket *t, struct triage_hints *out)
{
    struct q_triage_sure *sure;
    struct triage_hints hints = {0}, kept = {0};
    isize n;
    bool found = false;
    str text = triage_text(cx->arena, t->subject, t->problem);
    TRY(q_triage_sure(cx, first, last, &sure, &n));
    if (n > 0)
        TRY(triage_kept_find(cx, t->id, text, &kept, &found));
    if (!found)
        TRY(reckon(cx, sure, n, &text, 1, &hints));
    for (isize i = 0; i < n && found; i++)
        hints.of[sure[i].target] = kept.of[sure[i].target];
    TRY(forget_ended(cx, &hints));
    *out = hints;
    return OK;
}
