// SPDX-License-Identifier: GPL-3.0-or-later
#include "triage/triage_kept.h"

#include "base/secret.h"
#include "tenant/tenant.h"
#include "triage_kept.sql.h"

// H4.  `at` counts in bytes of the text.
struct kept_hint {
    int64_t value;
    double confidence;
    int32_t at[LEARNER_WORDS], n[LEARNER_WORDS];
    int64_t words;
};

struct batch {
    struct who who;    // the desk's system
    ticket_id id[TRIAGE_KEEP];
    str text[TRIAGE_KEEP];
    isize n;
    struct triage_hints *hints;
    int64_t made;    // 0: no model of the desk was ever sure
    int64_t mark;    // 0: stays
    bool swept;      // all of the desk's cases are done
};

static int64_t sum_of(struct arena *a, str text)
{
    int64_t sum;
    memcpy(&sum, secret_hash(a, text).p, sizeof sum);
    return sum;
}

// --- finding ---------------------------------------------------------------------------------

static bool lies_in(str text, int32_t at, int32_t n)
{
    return at >= 0 && n >= 0 && at <= text.n && n <= text.n - at;
}

static struct triage_hint unpack(const struct kept_hint *k, str text)
{
    struct triage_hint h = {.value = k->value, .confidence = k->confidence};
    for (; h.words < k->words && h.words < LEARNER_WORDS; h.words++) {
        int32_t at = k->at[h.words], n = k->n[h.words];
        if (!lies_in(text, at, n))
            break;
        h.word[h.words] = (str){text.p + at, n};
    }
    return h;
}

enum err triage_kept_find(struct ctx *cx, ticket_id id, str text, struct triage_hints *out,
                          bool *found)
{
    struct q_triage_kept_find *row;
    struct kept_hint k[TRIAGE_TARGETS];
    isize n;
    *found = false;
    TRY(q_triage_kept_find(cx, id, &row, &n));
    if (n == 0 || row->hints.n != sizeof k || row->text != sum_of(cx->arena, text))
        return OK;
    memcpy(k, row->hints.p, sizeof k);
    for (int i = 0; i < TRIAGE_TARGETS; i++)
        out->of[i + 1] = unpack(&k[i], text);
    *found = true;
    return OK;
}

// --- keeping: prepare reads and reckons, apply stores ----------------------------------------

static void take(struct ctx *cx, struct batch *b, ticket_id id, str subject, str problem)
{
    b->id[b->n] = id;
    b->text[b->n++] = triage_text(cx->arena, subject, problem);
}

// Of the first desk that stands there.
static enum err take_new(struct ctx *cx, struct batch *b, const struct q_triage_kept_events *e,
                         isize n)
{
    struct q_triage_kept_case *c;
    isize wants;
    for (isize i = 0; i < n && e[i].tenant.n == e[0].tenant.n; i++) {
        b->mark = e[i].id;
        if (b->made == 0)    // H1
            continue;
        TRY(q_triage_kept_case(cx, e[i].ticket, &c, &wants));
        if (wants > 0)
            take(cx, b, e[i].ticket, c->subject, c->problem);
    }
    return OK;
}

// H3
static enum err take_left(struct ctx *cx, struct batch *b)
{
    struct q_triage_kept_left *t;
    isize n;
    TRY(q_triage_kept_left(cx, b->made, TRIAGE_KEEP, &t, &n));
    for (isize i = 0; i < n; i++)
        take(cx, b, t[i].id, t[i].subject, t[i].problem);
    b->swept = n < TRIAGE_KEEP;
    return OK;
}

// How far the models are is read before they are: at worst what is kept counts as older than it
// is, and is reckoned once more.  New cases come first: somebody may be about to look at them.
static enum err fill(struct ctx *cx, struct batch *b, tenant_id left)
{
    struct q_triage_kept_events *e;
    struct q_triage_kept_made m;
    isize n;
    TRY(q_triage_kept_events(cx, TRIAGE_KEEP, &e, &n));
    cx->who = b->who = tenant_system(n > 0 ? e[0].tenant : left);
    TRY(q_triage_kept_made(cx, &m));
    b->made = m.made;
    TRY(n > 0 ? take_new(cx, b, e, n) : take_left(cx, b));
    b->hints = make(cx->arena, struct triage_hints, TRIAGE_KEEP);
    return triage_reckon(cx, TRIAGE_CATEGORY, TRIAGE_TEAM, b->text, b->n, b->hints);
}

enum err triage_kept_prepare(struct ctx *cx, struct job *job)
{
    struct q_triage_kept_due d;
    struct who who = cx->who;
    struct batch *b = make(cx->arena, struct batch, 1);
    TRY(q_triage_kept_due(cx, &d));
    if (!d.unread && d.left.n == 0)
        return OK;
    enum err err = fill(cx, b, d.left);
    cx->who = who;
    job->prepared = b;
    return err;
}

static struct kept_hint pack(const struct triage_hint *h, str text)
{
    struct kept_hint k = {.value = h->value, .confidence = h->confidence, .words = h->words};
    for (int i = 0; i < h->words; i++) {
        k.at[i] = (int32_t)(h->word[i].p - text.p);
        k.n[i] = (int32_t)h->word[i].n;
    }
    return k;
}

static enum err put(struct ctx *cx, const struct batch *b, isize i)
{
    struct kept_hint k[TRIAGE_TARGETS];
    for (int target = 1; target <= TRIAGE_TARGETS; target++)
        k[target - 1] = pack(&b->hints[i].of[target], b->text[i]);
    return q_triage_kept_put(cx, b->id[i], b->made, sum_of(cx->arena, b->text[i]),
                             (str){(const char *)k, sizeof k});
}

static enum err store(struct ctx *cx, const struct batch *b)
{
    for (isize i = 0; i < b->n; i++)
        TRY(put(cx, b, i));
    if (b->mark > 0)
        TRY(q_triage_kept_mark(cx, b->mark));
    if (!b->swept)
        return OK;
    TRY(q_triage_kept_drop(cx));
    return q_triage_kept_swept(cx, b->made);
}

enum err triage_kept_apply(struct ctx *cx, struct job *job)
{
    const struct batch *b = job->prepared;
    if (b == NULL)
        return OK;
    struct who who = cx->who;
    cx->who = b->who;
    enum err err = store(cx, b);
    cx->who = who;
    return err;
}

enum err triage_kept_due(struct ctx *cx, bool *yes)
{
    struct q_triage_kept_due d;
    TRY(q_triage_kept_due(cx, &d));
    *yes = d.unread || d.left.n != 0;
    return OK;
}
