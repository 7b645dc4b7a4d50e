// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/rank.h"

#include <math.h>

// Chosen on one half of real questions, tested on the other (docs/decisions/0001).
static const double K1 = 1.2, LENGTH = 0.6, TITLE = 3.5, NOTES = 0.7, PAIR = 0.3, AVERAGE = 100;

struct entry {
    const struct plan_alt *alt;
    int unit;
    struct entry *next;
};

struct ranker {
    const struct plan *plan;
    struct entry *by_byte[256];    // what can match a stem with this first byte, best first
    double idf[PLAN_UNITS], weight;    // and their sum
    double count[PLAN_UNITS];      // of the document in hand
    double pairs[PLAN_UNITS];      // unit i, then unit i + 1
};

static void enter(struct arena *a, struct ranker *r, const struct plan_alt *alt, int unit)
{
    struct entry **at = &r->by_byte[(unsigned char)alt->text.p[0]];
    while (*at != NULL && (*at)->alt->percent >= alt->percent)
        at = &(*at)->next;
    struct entry *e = make(a, struct entry, 1);
    *e = (struct entry){alt, unit, *at};
    *at = e;
}

struct ranker *rank_start(struct arena *a, const struct plan *p)
{
    struct ranker *r = make(a, struct ranker, 1);
    r->plan = p;
    for (int i = 0; i < p->n; i++) {
        double docs = (double)p->unit[i].docs, all = (double)int_max(p->docs, p->unit[i].docs);
        r->idf[i] = log(1 + (all - docs + 0.5) / (docs + 0.5));
        r->weight += r->idf[i];
        for (int k = 0; k < p->unit[i].n; k++)
            enter(a, r, &p->unit[i].alt[k], i);
    }
    return r;
}

static bool stands_at(const struct plan_alt *alt, str rest)
{
    isize n = alt->text.n;
    return str_starts(rest, alt->text) && (alt->open || rest.n == n || rest.p[n] == ' ');
}

static isize count_words(str s)
{
    isize n = s.n > 0;
    for (isize i = 0; i < s.n; i++)
        n += s.p[i] == ' ';
    return n;
}

// Counts the units found in one column, a word of it worth `weight`.
static void count(struct ranker *r, str text, double weight)
{
    uint32_t before = 0;    // units that stood at the word before
    while (text.n > 0) {
        uint32_t here = 0;
        for (const struct entry *e = r->by_byte[(unsigned char)*text.p]; e != NULL; e = e->next) {
            uint32_t bit = UINT32_C(1) << e->unit;
            if ((here & bit) != 0 || !stands_at(e->alt, text))
                continue;
            here |= bit;
            r->count[e->unit] += weight * e->alt->percent / 100;    // R2
            if (e->unit > 0 && (before & (bit >> 1)) != 0)
                r->pairs[e->unit - 1] += weight;    // R4
        }
        before = here;
        const char *blank = memchr(text.p, ' ', (size_t)text.n);
        text = blank == NULL ? S("") : str_cut(text, blank + 1 - text.p);
    }
}

static double length_factor(str text)
{
    return 1 / (1 - LENGTH + LENGTH * (double)count_words(text) / AVERAGE);
}

static double saturated(double count)
{
    return count / (K1 + count);    // R3
}

struct rank rank_score(struct ranker *r, const struct rank_doc *d)
{
    memset(r->count, 0, sizeof r->count);
    memset(r->pairs, 0, sizeof r->pairs);
    count(r, d->title, TITLE);    // R1
    count(r, d->said, length_factor(d->said));
    count(r, d->notes, NOTES * length_factor(d->notes));
    struct rank rank = {0};
    double sum = 0, has = 0;
    for (int i = 0; i < r->plan->n; i++) {
        rank.units += r->count[i] > 0;
        has += r->count[i] > 0 ? r->idf[i] : 0;
        sum += r->idf[i] * saturated(r->count[i]);
        if (i + 1 < r->plan->n)
            sum += PAIR * (r->idf[i] + r->idf[i + 1]) / 2 * saturated(r->pairs[i]);
    }
    rank.score = (int64_t)(sum * 1e6);
    rank.fit = r->weight > 0 ? (int)(100 * has / r->weight) : 0;
    return rank;
}
