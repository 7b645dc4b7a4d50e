// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/plan.h"

#include "base/json.h"
#include "base/limits.h"
#include "plan.sql.h"
#include "search/stem.h"
#include "search/terms.h"

#include <assert.h>
#include <math.h>

enum {
    WHOLE = 100,
    BEGINS = 60,
    ENDS = 50,
    NEAR = 65,           // percent of plan_alt
    TYPED_MIN = 2,       // letters of an unfinished word
    COMPOUND_MIN = 5,    // letters of a word that may be part of another
    OPEN_MIN = 4,        // from here on whatever begins so
    COMPLETIONS = 10,
    TAILS = 6,
    HEAD_MIN = 3,    // letters of what stands before it
    SHORTENED = 3,
    NEAR_MIN = 4,      // letters of a word that may be misspelt
    NEAR_TWICE = 7,    // and that may be so twice
    NEAR_MOST = 4,
};

// --- reading ---------------------------------------------------------------------------

struct reading {
    struct arena *arena;
    struct stemmer *stemmer;
    struct plan *plan;
    bool small_too;    // P3
};

static bool alt(struct plan_unit *u, str text, int percent)
{
    for (int i = 0; i < u->n; i++)
        if (str_eq(u->alt[i].text, text))
            return false;
    if (text.n == 0 || u->n == PLAN_ALTS)
        return false;
    u->alt[u->n++] = (struct plan_alt){.text = text, .percent = percent};
    return true;
}

static bool has(const struct plan *p, const struct plan_unit *u)
{
    for (int i = 0; i < p->n; i++)
        if (str_eq(p->unit[i].alt[0].text, u->alt[0].text))
            return true;
    return false;
}

// The place for the next unit, or one that nobody will look at.
static struct plan_unit *unit(struct reading *r, str typed)
{
    struct plan_unit *u = r->plan->n < LIMIT_SEARCH_TERMS ? &r->plan->unit[r->plan->n]
                                                          : make(r->arena, struct plan_unit, 1);
    *u = (struct plan_unit){.typed = typed};
    return u;
}

static void keep(struct reading *r, const struct plan_unit *u)
{
    if (u->n > 0 && r->plan->n < LIMIT_SEARCH_TERMS && !has(r->plan, u))
        r->plan->n++;
}

static void both_stems(struct reading *r, struct plan_unit *u, const struct stem_word *w)
{
    alt(u, stem_of(r->stemmer, r->arena, w, LANG_DE), WHOLE);
    alt(u, stem_of(r->stemmer, r->arena, w, LANG_EN), WHOLE);
}

// The stems of all words, with blanks between them.
static str phrase(struct reading *r, const struct stem_word *w, int n, enum lang lang)
{
    struct buf b = buf_new(r->arena, 64);
    for (int i = 0; i < n; i++) {
        buf_put(&b, i > 0 ? S(" ") : S(""));
        buf_put(&b, stem_of(r->stemmer, r->arena, &w[i], lang));
    }
    return buf_str(&b);
}

static void phrases(struct reading *r, struct plan_unit *u, const struct stem_word *w, int n)
{
    alt(u, phrase(r, w, n, LANG_DE), WHOLE);
    alt(u, phrase(r, w, n, LANG_EN), WHOLE);
}

static void number(struct reading *r, const struct stem_run *run)
{
    struct plan_unit *u = unit(r, run->raw);
    struct stem_word whole, piece[3];
    if (run->parts == 1) {
        alt(u, stem_plain(r->arena, &run->part[0]), WHOLE);
        phrases(r, u, piece, stem_split(&run->part[0], piece, countof(piece)));
    } else {
        alt(u, stem_whole(r->arena, run, &whole), WHOLE);
        phrases(r, u, run->part, run->parts);
    }
    keep(r, u);
}

// Each part is looked for by itself, and may also be found in the joined word: E-Mail, Email.
static void letters(struct reading *r, const struct stem_run *run)
{
    struct stem_word whole;
    bool joined = stem_whole(r->arena, run, &whole).n > 0;
    for (int i = 0; i < run->parts; i++) {
        struct plan_unit *u = unit(r, run->raw);
        if (!r->small_too && stem_is_small(&run->part[i]))
            continue;
        u->plain = stem_plain(r->arena, &run->part[i]);
        both_stems(r, u, &run->part[i]);
        if (joined)
            both_stems(r, u, &whole);
        keep(r, u);
    }
}

static bool has_digit(const struct stem_run *run)
{
    bool digit = false;
    for (int i = 0; i < run->parts; i++)
        digit |= run->part[i].digit;
    return digit;
}

static void loose(struct reading *r, str text)
{
    struct stem_run run;
    while (stem_next(&text, &run)) {
        if (has_digit(&run) || (run.parts > 1 && !run.joined))
            number(r, &run);
        else
            letters(r, &run);
    }
}

enum { QUOTED_WORDS = 16 };

static void quoted(struct reading *r, str text)    // P2
{
    struct stem_word word[QUOTED_WORDS];
    struct stem_run run;
    struct plan_unit *u = unit(r, text);
    int n = 0;
    for (str rest = text; stem_next(&rest, &run);)
        for (int i = 0; i < run.parts && n < QUOTED_WORDS; i++)
            word[n++] = run.part[i];
    phrases(r, u, word, n);
    keep(r, u);
}

// Up to the next quotation mark of any kind; false without one.
static bool to_quote(str *rest, str *before)
{
    static const char *const marks[] = {"\"", "„", "“", "”", "«", "»"};
    isize at = -1, length = 0;
    for (isize i = 0; i < countof(marks); i++) {
        str mark = str_from_z(marks[i]);
        isize found = str_find(*rest, mark);
        if (found >= 0 && (at < 0 || found < at)) {
            at = found;
            length = mark.n;
        }
    }
    *before = at < 0 ? *rest : (str){rest->p, at};
    *rest = at < 0 ? S("") : str_cut(*rest, at + length);
    return at >= 0;
}

static void read_all(struct reading *r, str rest)
{
    while (rest.n > 0) {
        str before, inside;
        bool opened = to_quote(&rest, &before);
        loose(r, before);
        if (!opened)
            return;
        if (to_quote(&rest, &inside))
            quoted(r, inside);
        else
            loose(r, inside);
    }
}

static bool ends_in_word(str s)
{
    struct stem_run run;
    str end = {0};
    for (str rest = s; stem_next(&rest, &run);)
        end = run.raw;
    return end.n > 0 && end.p + end.n == s.p + s.n;
}

void plan_read(struct arena *a, str words, bool typing, struct plan *out)
{
    struct reading r = {.arena = a, .stemmer = stem_open(a), .plan = out};
    assert(LIMIT_SEARCH_TERMS <= PLAN_UNITS);
    *out = (struct plan){0};
    read_all(&r, words);
    if (out->n == 0) {
        r.small_too = true;
        read_all(&r, words);
    }
    stem_close(r.stemmer);
    if (typing && out->n > 0 && ends_in_word(words)) {
        struct plan_unit *u = &out->unit[out->n - 1];
        u->last = u->typed.n > 0 && u->typed.p + u->typed.n == words.p + words.n;
    }
}

// --- the vocabulary --------------------------------------------------------------------

static bool is_word(const struct plan_unit *u)
{
    return u->plain.n > 0;
}

// "Einstellu" is on its way to "Einstellung", which is indexed as "einstell": the ending that
// is being typed may belong to none.
static void shortened(struct plan_unit *u)
{
    for (isize cut = 1; cut <= SHORTENED && u->plain.n - cut >= NEAR_MIN; cut++)
        alt(u, str_head(u->plain, u->plain.n - cut), BEGINS);
}

static str stems_json(struct arena *a, const struct plan *p)
{
    struct buf b = buf_new(a, 1000);
    struct json_out j = {&b};
    json_open(&j, '[');
    json_str(&j, S(""));    // counts the documents
    for (int i = 0; i < p->n; i++)
        for (int k = 0; k < p->unit[i].n; k++)
            for (str rest = p->unit[i].alt[k].text; rest.n > 0;)
                json_str(&j, str_token(&rest, ' '));
    json_close(&j, ']');
    return buf_str(&b);
}

static int64_t docs_of(const struct q_plan_docs *t, isize n, str stem)
{
    for (isize i = 0; i < n; i++)
        if (str_eq(t[i].term, stem))
            return t[i].docs;
    return stem.n > 0 && !terms_keeps(stem);    // a serial number: one document has it
}

// A phrase occurs at most as often as the rarest of its words.
static int64_t docs_of_alt(const struct q_plan_docs *t, isize n, const struct plan_alt *alt)
{
    int64_t least = INT64_MAX;
    for (str rest = alt->text; rest.n > 0;)
        least = int_min(least, docs_of(t, n, str_token(&rest, ' ')));
    return least;
}

static void count_docs(struct plan_unit *u, const struct q_plan_docs *t, isize n)
{
    for (int k = 0; k < u->n; k++) {
        int64_t docs = docs_of_alt(t, n, &u->alt[k]);
        u->reach += docs;
        if (u->alt[k].percent == WHOLE)
            u->docs = int_max(u->docs, docs);
    }
}

static void widen(struct plan_unit *u, str term, int64_t docs, int percent)
{
    if (alt(u, term, percent))
        u->reach += docs;
}

static enum err look_begins(struct ctx *cx, struct plan_unit *u)
{
    struct q_plan_begins *t;
    isize n;
    if (u->plain.n < (u->last ? TYPED_MIN : COMPOUND_MIN))
        return OK;
    TRY(q_plan_begins(cx, u->plain, arena_join(cx->arena, u->plain, S("{")), COMPLETIONS, &t,
                      &n));
    for (isize i = 0; i < n; i++)
        widen(u, t[i].term, t[i].docs, BEGINS);
    // The vocabulary of a large desk lacks rare words; the index does not.
    if (u->last && u->plain.n >= OPEN_MIN && u->n < PLAN_ALTS)
        u->alt[u->n++] = (struct plan_alt){.text = u->plain, .open = true, .percent = BEGINS};
    return OK;
}

static str reversed(struct arena *a, str s)
{
    char *p = make(a, char, s.n + 1);
    for (isize i = 0; i < s.n; i++)
        p[i] = s.p[s.n - 1 - i];
    return (str){p, s.n};
}

static enum err look_ends(struct ctx *cx, struct plan_unit *u)
{
    int stems = u->n;
    for (int i = 0; i < stems && u->plain.n >= COMPOUND_MIN; i++) {
        struct q_plan_ends *t;
        isize n;
        str from = reversed(cx->arena, u->alt[i].text);
        if (u->alt[i].percent != WHOLE || !terms_keeps(u->alt[i].text))
            continue;
        TRY(q_plan_ends(cx, from, arena_join(cx->arena, from, S("{")), from.n + HEAD_MIN, TAILS,
                        &t, &n));
        for (isize k = 0; k < n; k++)
            widen(u, t[k].term, t[k].docs, ENDS);
    }
    return OK;
}

struct guess {
    str term;
    int64_t docs;
    int distance;
};

// The nearest first, among them the most frequent.
static bool better(const struct guess *x, const struct guess *y)
{
    return x->distance != y->distance ? x->distance < y->distance : x->docs > y->docs;
}

static void guess(struct guess *best, int *n, struct guess g)
{
    int at = *n;
    while (at > 0 && better(&g, &best[at - 1]))
        at--;
    if (at == NEAR_MOST)
        return;
    if (*n < NEAR_MOST)
        ++*n;
    for (int i = *n - 1; i > at; i--)
        best[i] = best[i - 1];
    best[at] = g;
}

static enum err look_near(struct ctx *cx, struct plan_unit *u, str stem)
{
    int most = stem.n >= NEAR_TWICE ? 2 : 1, found = 0;
    isize same = stem.n >= 6 ? 3 : 2;
    struct guess best[NEAR_MOST];
    struct q_plan_near *t;
    isize n;
    str from = str_head(stem, same), end = str_head(reversed(cx->arena, stem), same);
    TRY(q_plan_near(cx, from, arena_join(cx->arena, from, S("{")), end,
                    arena_join(cx->arena, end, S("{")), stem.n - most, stem.n + most, &t, &n));
    for (isize i = 0; i < n; i++) {
        int distance = plan_distance(stem, t[i].term, most);
        if (distance <= most)
            guess(best, &found, (struct guess){t[i].term, t[i].docs, distance});
    }
    for (int i = 0; i < found && best[i].distance == best[0].distance; i++) {
        widen(u, best[i].term, best[i].docs, NEAR);
        u->near = true;
    }
    return OK;
}

static enum err look_unit(struct ctx *cx, struct plan_unit *u)
{
    int stems = u->n;
    TRY(look_begins(cx, u));
    TRY(look_ends(cx, u));
    for (int i = 0; i < stems && u->reach == 0; i++)
        if (u->alt[i].percent == WHOLE && u->alt[i].text.n >= NEAR_MIN
            && terms_keeps(u->alt[i].text))
            TRY(look_near(cx, u, u->alt[i].text));
    return OK;
}

enum err plan_look(struct ctx *cx, struct plan *p)
{
    struct q_plan_docs *t;
    isize n;
    for (int i = 0; i < p->n; i++)
        if (p->unit[i].last)
            shortened(&p->unit[i]);
    TRY(q_plan_docs(cx, stems_json(cx->arena, p), &t, &n));
    p->docs = docs_of(t, n, S(""));
    for (int i = 0; i < p->n; i++) {
        struct plan_unit *u = &p->unit[i];
        count_docs(u, t, n);
        if (is_word(u))
            TRY(look_unit(cx, u));
        else if (u->last)
            u->alt[u->n - 1].open = u->alt[0].open = true;    // 4182-20...
        u->reach = int_max(u->reach, 1);
        if (u->docs == 0)
            u->docs = u->reach;
    }
    return OK;
}

// Optimal string alignment, in three rows.
int plan_distance(str x, str y, int most)
{
    int row[3][STEM_MAX + 1];
    if (x.n > STEM_MAX || y.n > STEM_MAX || x.n - y.n > most || y.n - x.n > most)
        return most + 1;
    for (int k = 0; k <= y.n; k++)
        row[0][k] = k;
    for (int i = 1; i <= x.n; i++) {
        int *now = row[i % 3], *up = row[(i + 2) % 3], *up2 = row[(i + 1) % 3];
        int least = now[0] = i;
        for (int k = 1; k <= y.n; k++) {
            bool same = x.p[i - 1] == y.p[k - 1];
            int d = up[k - 1] + !same;
            d = (int)int_min(d, int_min(up[k], now[k - 1]) + 1);
            if (i > 1 && k > 1 && x.p[i - 1] == y.p[k - 2] && x.p[i - 2] == y.p[k - 1])
                d = (int)int_min(d, up2[k - 2] + 1);
            now[k] = d;
            least = (int)int_min(least, d);
        }
        if (least > most)
            return most + 1;
    }
    return row[x.n % 3][y.n];
}

// --- the query -------------------------------------------------------------------------

int plan_rarest(struct plan *p, int64_t most)
{
    for (int i = 1; i < p->n; i++) {
        struct plan_unit u = p->unit[i];
        int k = i;
        for (; k > 0 && p->unit[k - 1].reach > u.reach; k--)
            p->unit[k] = p->unit[k - 1];
        p->unit[k] = u;
    }
    int n = 0;
    for (int64_t sum = 0; n < p->n && (n == 0 || sum + p->unit[n].reach <= most); n++)
        sum += p->unit[n].reach;
    return n;
}

// Collecting costs 0.6 microseconds for each of the `hits`, going through 2 for each document
// until LIMIT_SEARCH_WINDOW are found (PostgreSQL 15; SQLite's index needs no such choice).
bool plan_is_frequent(const struct plan *p, int some)
{
    double all = (double)int_max(p->docs, 1), hits = some > 0 ? 0 : all;
    for (int i = 0; i < (some > 0 ? some : p->n); i++) {
        double share = fmin(1, (double)p->unit[i].reach / all);
        hits = some > 0 ? fmin(all, hits + share * all) : hits * share;
    }
    return 0.6 * hits > 2 * (double)LIMIT_SEARCH_WINDOW * all / fmax(hits, 1);
}

static void put_sqlite(struct buf *b, const struct plan_alt *alt)
{
    buf_char(b, '"');
    buf_put(b, alt->text);
    buf_put(b, alt->open ? S("\"*") : S("\""));
}

// 'fc' <-> '7590':*  with the sign of its column in front of each stem (index.c).
static void put_postgres(struct buf *b, const struct plan_alt *alt, str column)
{
    for (str rest = alt->text; rest.n > 0;) {
        str stem = str_token(&rest, ' ');
        buf_char(b, '\'');
        buf_put(b, column);
        buf_put(b, stem);
        buf_char(b, '\'');
        if (rest.n > 0)
            buf_put(b, S(" <-> "));
        else if (alt->open)
            buf_put(b, S(":*"));
    }
}

static void put_unit(struct buf *b, const struct plan_unit *u, bool pg, enum plan_where where)
{
    buf_char(b, '(');
    for (int i = 0; i < u->n; i++) {
        if (i > 0)
            buf_put(b, pg ? S(" | ") : S(" OR "));
        if (!pg)
            put_sqlite(b, &u->alt[i]);
        if (pg)
            put_postgres(b, &u->alt[i], S(""));
        if (pg && where == PLAN_ALL) {
            buf_put(b, S(" | "));
            put_postgres(b, &u->alt[i], S("="));
        }
    }
    buf_char(b, ')');
}

str plan_query(struct ctx *cx, const struct plan *p, int some, enum plan_where where, str marks)
{
    bool pg = db_is_postgres(cx->db);
    struct buf b = buf_new(cx->arena, 1000);
    if (!pg)
        buf_put(&b, where == PLAN_ALL ? S("{title words notes} : ") : S("{title words} : "));
    buf_char(&b, '(');
    int n = some > 0 ? some : p->n;
    for (int i = 0; i < n; i++) {
        if (i > 0)
            buf_put(&b, some > 0 ? (pg ? S(" | ") : S(" OR ")) : (pg ? S(" & ") : S(" AND ")));
        put_unit(&b, &p->unit[i], pg, where);
    }
    buf_char(&b, ')');
    while (marks.n > 0) {
        str mark = str_token(&marks, ' ');
        buf_put(&b, pg ? S(" & '+") : S(" AND marks : \""));
        buf_put(&b, mark);
        buf_put(&b, pg ? S("'") : S("\""));
    }
    return buf_str(&b);
}
