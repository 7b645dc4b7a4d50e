// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/terms.h"

#include "base/json.h"
#include "terms.sql.h"

enum { AT_ONCE = 400 };    // words in one statement

// A tree by the bits of a hash: grows without moving anything.
struct term {
    struct term *child[4];
    struct term *next;    // in order of their first occurrence
    str word;
    bool used, lost;      // some document has it now; some had it
    int64_t docs;         // in how many more documents it counts
    int64_t before, after;    // the last document in whose texts it was seen
};

struct terms {
    struct arena *arena;
    struct term *root, *first, **end;
    int64_t document, documents;    // the one in hand; all of the desk
};

static uint64_t hash(str s)
{
    uint64_t h = 0xcbf29ce484222325;
    for (isize i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * 0x100000001b3;
    return h * 0x9e3779b97f4a7c15;
}

static struct term *find(struct terms *t, str word)
{
    struct term **at = &t->root;
    for (uint64_t h = hash(word); *at != NULL; h <<= 2) {
        if (str_eq((*at)->word, word))
            return *at;
        at = &(*at)->child[h >> 62];
    }
    *at = make(t->arena, struct term, 1);
    (*at)->word = word;
    *t->end = *at;
    t->end = &(*at)->next;
    return *at;
}

bool terms_keeps(str word)
{
    isize letters = 0, digits = 0;
    for (isize i = 0; i < word.n; i++) {
        letters += word.p[i] >= 'a' && word.p[i] <= 'z';
        digits += word.p[i] >= '0' && word.p[i] <= '9';
    }
    return word.n > 0 && letters + digits == word.n
           && word.n <= (digits > 0 ? TERMS_LONGEST_NUMBER : TERMS_LONGEST);
}

// The next word of *text that the vocabulary keeps, or NULL at the end.
static struct term *next_term(struct terms *t, str *text)
{
    while (text->n > 0) {
        str word = str_token(text, ' ');
        if (terms_keeps(word))
            return find(t, word);
    }
    return NULL;
}

// C2: for how many documents this one speaks.
static int64_t weight(const struct terms *t, int64_t id)
{
    if (t->documents < TERMS_EXACT)
        return 1;
    return id % TERMS_SAMPLE == 0 ? TERMS_SAMPLE : 0;
}

static void has_now(struct terms *t, const struct terms_change *c, int64_t one)
{
    struct term *term;
    for (isize i = 0; i < c->n_after; i++) {
        for (str rest = c->after[i]; (term = next_term(t, &rest)) != NULL;) {
            term->docs += term->after != t->document ? one : 0;
            term->after = t->document;
            term->used = true;
        }
    }
}

static void had(struct terms *t, const struct terms_change *c, int64_t one)
{
    struct term *term;
    for (isize i = 0; i < c->n_before; i++) {
        for (str rest = c->before[i]; (term = next_term(t, &rest)) != NULL;) {
            term->docs -= term->before != t->document ? one : 0;
            term->before = t->document;
            term->lost |= term->after != t->document;
        }
    }
}

void terms_count(struct terms *t, const struct terms_change *c)
{
    int64_t one = weight(t, c->id);
    struct term *all = find(t, S(""));
    all->docs += (c->n_after > 0) - (c->n_before > 0);
    all->used = true;
    t->document++;
    if (one == 0 && c->n_before == 0)
        return;
    has_now(t, c, one);
    had(t, c, one);
}

// --- statements ------------------------------------------------------------------------

static str reversed(struct arena *a, str s)
{
    char *p = make(a, char, s.n + 1);
    for (isize i = 0; i < s.n; i++)
        p[i] = s.p[s.n - 1 - i];
    return (str){p, s.n};
}

static int by_word(const void *x, const void *y)
{
    str a = (*(struct term *const *)x)->word, b = (*(struct term *const *)y)->word;
    int c = a.n > 0 && b.n > 0 ? memcmp(a.p, b.p, (size_t)int_min(a.n, b.n)) : 0;
    return c != 0 ? c : (a.n > b.n) - (a.n < b.n);
}

// Those that the test accepts, sorted, so that two transactions lock rows in the same order.
static isize choose(struct terms *t, bool (*test)(const struct term *), struct term ***out)
{
    isize n = 0;
    for (struct term *term = t->first; term != NULL; term = term->next)
        n += test(term);
    *out = make(t->arena, struct term *, n + 1);
    isize i = 0;
    for (struct term *term = t->first; term != NULL; term = term->next)
        if (test(term))
            (*out)[i++] = term;
    if (n > 1)
        qsort(*out, (size_t)n, sizeof **out, by_word);
    return n;
}

static str as_json(struct terms *t, struct term *const *term, isize n)
{
    struct buf out = buf_new(t->arena, 8000);
    struct json_out j = {&out};
    json_open(&j, '[');
    for (isize i = 0; i < n; i++) {
        json_open(&j, '[');
        json_str(&j, term[i]->word);
        json_str(&j, reversed(t->arena, term[i]->word));
        json_int(&j, term[i]->docs);
        json_close(&j, ']');
    }
    json_close(&j, ']');
    return buf_str(&out);
}

static enum err write(struct ctx *cx, struct terms *t, bool (*test)(const struct term *),
                      enum err (*statement)(struct ctx *, str))
{
    struct term **term;
    isize n = choose(t, test, &term);
    for (isize i = 0; i < n; i += AT_ONCE)
        TRY(statement(cx, as_json(t, term + i, int_min(n - i, AT_ONCE))));
    return OK;
}

static bool is_more(const struct term *term)
{
    return term->used && term->docs > 0;
}

static bool is_fewer(const struct term *term)
{
    return term->docs < 0;
}

static bool is_lost(const struct term *term)
{
    return term->lost && !term->used;
}

enum err terms_start(struct ctx *cx, struct terms **out)
{
    struct terms *t = make(cx->arena, struct terms, 1);
    struct q_terms_known *all;
    isize n;
    t->arena = cx->arena;
    t->end = &t->first;
    TRY(q_terms_known(cx, S("[\"\"]"), &all, &n));
    t->documents = n == 0 ? 0 : all->docs;
    *out = t;
    return OK;
}

enum err terms_store(struct ctx *cx, struct terms *t)
{
    TRY(write(cx, t, is_more, q_terms_more));
    TRY(write(cx, t, is_fewer, q_terms_fewer));
    return write(cx, t, is_lost, q_terms_forget);    // C3
}
