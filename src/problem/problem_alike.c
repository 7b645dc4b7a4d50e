// SPDX-License-Identifier: GPL-3.0-or-later
#include "problem/problem_alike.h"

#include "base/buf.h"
#include "problem.sql.h"
#include "search/search.h"
#include "search/stem.h"

enum { BY_WORDS = 30, MATCHES = 20, HINTS = 3, LIKE_WORDS_MOST = 4 };

// What nearly every report says (A2).
static const char *const usual[] = {
    "geht",  "gehen",   "funktioniert", "problem",  "probleme", "fehler", "hallo", "bitte",
    "danke", "hilfe",   "seit",         "heute",    "wieder",   "mehr",   "guten", "tag",
    "help",  "work",    "working",      "works",    "please",   "error",  "issue", "hello",
    "today", "since",   "anymore",      "stopped",  "frage",    "kann",   "keine", "kein",
    "neu",   "request", "question",     "probleme", NULL};

static bool says_nothing(str plain)
{
    for (isize i = 0; usual[i] != NULL; i++)
        if (str_eq(plain, str_from_z(usual[i])))
            return true;
    return plain.n < 3;
}

static bool has_stem(const struct problem_face *f, str stem)
{
    for (int i = 0; i < f->words; i++)
        if (str_eq(f->stem[i], stem))
            return true;
    return false;
}

struct problem_face problem_alike_face(struct stemmer *s, struct arena *a, category_id category,
                                       product_id product, str text)
{
    struct problem_face f = {.category = category, .product = product};
    enum lang lang = stem_language(text);
    struct stem_run run;
    for (str rest = text; f.words < ALIKE_WORDS && stem_next(&rest, &run);) {
        for (int i = 0; i < run.parts && f.words < ALIKE_WORDS; i++) {
            str plain = stem_plain(a, &run.part[i]);
            if (stem_is_small(&run.part[i]) || says_nothing(plain))
                continue;
            str stem = stem_of(s, a, &run.part[i], lang != 0 ? lang : LANG_DE);
            if (has_stem(&f, stem))
                continue;
            f.stem[f.words] = stem;
            f.word[f.words++] = run.parts == 1 ? run.raw : plain;
        }
    }
    return f;
}

str problem_alike_said(struct arena *a, const struct problem_face *f, str between)
{
    struct buf b = buf_new(a, 200);
    for (int i = 0; i < f->words; i++) {
        buf_put(&b, i > 0 ? between : S(""));
        buf_put(&b, f->word[i]);
    }
    return buf_str(&b);
}

bool problem_alike(const struct problem_face *a, const struct problem_face *b,
                   struct problem_likeness *out)
{
    struct problem_likeness l = {
        .category = a->category.n != 0 && a->category.n == b->category.n,
        .product = a->product.n != 0 && a->product.n == b->product.n};
    for (int i = 0; i < b->words; i++) {
        if (!has_stem(a, b->stem[i]))
            continue;
        if (l.words < ALIKE_SHOWN)
            l.word[l.words] = b->word[i];
        l.words++;
    }
    l.points = 2 * l.category + 2 * l.product
               + (l.words < LIKE_WORDS_MOST ? l.words : LIKE_WORDS_MOST);
    *out = l;
    return l.words > 0 && l.points >= (a->enough > 0 ? a->enough : ALIKE_ENOUGH);
}

static void put_words(struct buf *b, const struct problem_likeness *l, str before, str open,
                      str close)
{
    buf_put(b, before);
    for (int i = 0; i < l->words && i < ALIKE_SHOWN; i++) {
        buf_put(b, i > 0 ? S(", ") : S(""));
        buf_put(b, open);
        buf_put(b, l->word[i]);
        buf_put(b, close);
    }
}

struct words problem_alike_why(struct arena *a, const struct problem_likeness *l)
{
    struct buf en = buf_new(a, 200), de = buf_new(a, 200);
    if (l->product || l->category) {
        buf_put(&en, l->product && l->category ? S("same product and topic; ")
                     : l->product              ? S("same product; ")
                                               : S("same topic; "));
        buf_put(&de, l->product && l->category ? S("gleiches Produkt und Thema; ")
                     : l->product              ? S("gleiches Produkt; ")
                                               : S("gleiches Thema; "));
    }
    put_words(&en, l, S("both say "), S("“"), S("”"));
    put_words(&de, l, S("beide nennen "), S("„"), S("“"));
    return (struct words){buf_str(&en), buf_str(&de)};
}

// --- proposals -------------------------------------------------------------------------

struct hunt {
    struct stemmer *stemmer;
    struct problem_face face;
    ticket_id self;    // not to be found
    struct problem_match match[MATCHES];
    isize n;
};

static bool is_there(const struct hunt *h, ticket_id id)
{
    for (isize i = 0; i < h->n; i++)
        if (h->match[i].id.n == id.n)
            return true;
    return id.n == h->self.n;
}

// Sorted by points; the weakest falls off the end.
static void keep(struct hunt *h, struct problem_match m)
{
    isize at = h->n < MATCHES ? h->n++ : MATCHES - 1;
    if (at == MATCHES - 1 && h->n == MATCHES && h->match[at].id.n != 0
        && h->match[at].points >= m.points)
        return;
    for (; at > 0 && h->match[at - 1].points < m.points; at--)
        h->match[at] = h->match[at - 1];
    h->match[at] = m;
}

static str both(struct arena *a, str x, str y)
{
    return arena_fmt(a, STR_FMT "\n" STR_FMT, STR_ARG(x), STR_ARG(y));
}

static void try_case(struct arena *a, struct hunt *h, ticket_id id, int64_t number, str subject,
                     str contact, str text, category_id category, product_id product)
{
    struct problem_likeness l;
    struct problem_face f = problem_alike_face(h->stemmer, a, category, product, text);
    if (is_there(h, id) || !problem_alike(&h->face, &f, &l))
        return;
    keep(h, (struct problem_match){.id = id,
                                   .number = number,
                                   .subject = subject,
                                   .contact = contact,
                                   .why = problem_alike_why(a, &l),
                                   .points = l.points});
}

static enum err hunt_topic(struct ctx *cx, struct hunt *h)
{
    struct q_problem_candidates *row;
    isize n;
    if (h->face.category.n == 0 && h->face.product.n == 0)
        return OK;
    TRY(q_problem_candidates(cx, h->face.category, h->face.product, h->self, &row, &n));
    for (isize i = 0; i < n; i++)
        try_case(cx->arena, h, row[i].id, row[i].number, row[i].subject, row[i].contact,
                 both(cx->arena, row[i].subject, row[i].problem), row[i].category,
                 row[i].product);
    return OK;
}

// Reports that were filed elsewhere are found by their words.
static enum err hunt_words(struct ctx *cx, struct hunt *h, str words)
{
    struct search_hit *hit;
    isize n;
    struct search_ask ask = {.words = str_head(words, 300),
                             .kinds = 1 << SEARCH_CASE,
                             .limit = BY_WORDS,
                             .open = true};
    TRY(search_run(cx, &ask, &hit, &n));
    for (isize i = 0; i < n; i++) {
        struct q_problem_candidate *row;
        isize rows;
        if (is_there(h, (ticket_id){hit[i].id}))
            continue;
        TRY(q_problem_candidate(cx, hit[i].id, &row, &rows));
        if (rows > 0)
            try_case(cx->arena, h, row->id, row->number, row->subject, row->contact,
                     both(cx->arena, row->subject, row->problem), row->category, row->product);
    }
    return OK;
}

static enum err hunt(struct ctx *cx, struct hunt *h, struct problem_match **out, isize *n)
{
    enum err err = h->face.words == 0 ? OK : hunt_topic(cx, h);
    if (err == OK && h->face.words > 0)
        err = hunt_words(cx, h, problem_alike_said(cx->arena, &h->face, S(" ")));
    stem_close(h->stemmer);
    *out = h->match;
    *n = h->n;
    return err;
}

static struct hunt *hunter(struct ctx *cx, category_id category, product_id product, str words)
{
    struct hunt *h = make(cx->arena, struct hunt, 1);
    h->stemmer = stem_open(cx->arena);
    h->face = problem_alike_face(h->stemmer, cx->arena, category, product, words);
    return h;
}

enum err problem_alike_cases(struct ctx *cx, const struct ticket *t, struct problem_match **out,
                             isize *n)
{
    struct hunt *h = hunter(cx, t->category, t->product,
                            both(cx->arena, t->subject, str_head(t->problem, 2000)));
    h->self = t->id;
    return hunt(cx, h, out, n);
}

enum err problem_alike_to(struct ctx *cx, const struct problem_record *p,
                          struct problem_match **out, isize *n)
{
    return hunt(cx, hunter(cx, p->category, p->product, both(cx->arena, p->title, p->words)),
                out, n);
}

enum err problem_alike_by(struct ctx *cx, const struct problem_face *f,
                          struct problem_match **out, isize *n)
{
    struct hunt *h = make(cx->arena, struct hunt, 1);
    h->stemmer = stem_open(cx->arena);
    h->face = *f;
    return hunt(cx, h, out, n);
}

// --- what stands at a case -------------------------------------------------------------

static struct problem_hint hint(const struct q_problem_of_case *r)
{
    return (struct problem_hint){.number = r->number,
                                 .state = r->state,
                                 .title = r->title,
                                 .linked = r->linked,
                                 .workaround_key = r->workaround_key,
                                 .workaround_title = r->workaround_title};
}

static void like_open_ones(struct ctx *cx, const struct ticket *t,
                           const struct q_problem_of_case *row, isize n,
                           struct problem_hint *out, isize *hints)
{
    struct stemmer *s = stem_open(cx->arena);
    str text = both(cx->arena, t->subject, str_head(t->problem, 2000));
    struct problem_face mine =
        problem_alike_face(s, cx->arena, t->category, t->product, text);
    for (isize i = 0; i < n && *hints < HINTS; i++) {
        struct problem_likeness l;
        struct problem_face f =
            problem_alike_face(s, cx->arena, row[i].category, row[i].product,
                               both(cx->arena, row[i].title, row[i].words));
        if (!problem_alike(&mine, &f, &l))
            continue;
        out[*hints] = hint(&row[i]);
        out[(*hints)++].why = problem_alike_why(cx->arena, &l);
    }
    stem_close(s);
}

enum err problem_alike_hints(struct ctx *cx, const struct ticket *t, struct problem_hint **out,
                             isize *n)
{
    struct q_problem_of_case *row;
    isize rows;
    *out = NULL;
    *n = 0;
    TRY(q_problem_of_case(cx, t->id, &row, &rows));
    if (rows == 0)
        return OK;
    *out = make(cx->arena, struct problem_hint, HINTS);
    if (row[0].linked)    // they stand first
        (*out)[(*n)++] = hint(&row[0]);
    else if (!ticket_is_over(t->status))
        like_open_ones(cx, t, row, rows, *out, n);
    return OK;
}
