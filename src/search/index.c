// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/index.h"

#include "base/limits.h"
#include "base/now.h"
#include "index.sql.h"
#include "search/stem.h"
#include "search/terms.h"
#include "solution/solution.h"
#include "tenant/tenant.h"
#include "ticket/ticket.h"

enum {
    EVENTS = 400,      // read at once; a case has several
    MESSAGES = 500,    // of one case, unless X7 ends it earlier
    MERGE_PAGES = 64,
    KIND_AT = 48,    // bits of a key below the kind
};

enum column { TITLE, SAID, NOTES, MARKS, COLUMNS };

static const char mark_name[] = "index", late_name[] = "index.late";

// What the index knew and is to know about one case or solution.
struct doc {
    enum search_kind kind;
    int64_t ref, id;
    bool was, is;    // had a document; its source exists
    str old[COLUMNS], text[COLUMNS];
    int64_t old_seen, old_stems, seen;
    bool same;    // nothing to do
    struct doc *next;
};

struct desk {
    struct who who;    // its system
    struct doc *first, **end;
    struct desk *next;
};

struct batch {
    enum err (*act)(struct ctx *cx, struct batch *b, tenant_id tenant, enum search_kind kind,
                    int64_t ref);
    struct stemmer *stemmer;
    struct desk *first;
    isize n, bytes;
    int64_t mark, late;    // where the marks go; -1: they stay
};

int64_t index_key(enum search_kind kind, int64_t ref)
{
    return ((int64_t)kind << KIND_AT) + ref;
}

// --- what a document is made of --------------------------------------------------------

// Adds as much of a text as the document may still have (X7).
static void add(struct stemmer *s, struct stems *out, str text, isize *room)
{
    text = str_head(text, *room);
    stem_add(s, out, text);
    *room -= text.n;
}

static str marks(struct arena *a, const struct q_index_case *t)
{
    struct buf b = buf_new(a, 40);
    if (t->status < TICKET_SOLVED)
        buf_put(&b, S("open "));
    if (t->contact != 0)
        buf_fmt(&b, "c%lld", (long long)t->contact);
    return str_trim(buf_str(&b));
}

static void case_texts(struct stemmer *s, struct arena *a, struct doc *d,
                       const struct q_index_case *t, const struct q_index_messages *m, isize n)
{
    isize room = LIMIT_SEARCH_DOC;
    struct stems title = stem_start(a), said = stem_start(a), notes = stem_start(a);
    add(s, &title, t->subject, &room);
    stem_add_number(&title, ticket_number_shown(a, t->number));
    add(s, &said, t->problem, &room);
    add(s, &notes, t->tried, &room);
    add(s, &notes, t->current, &room);
    add(s, &notes, t->solved, &room);
    for (isize i = 0; i < n && room > 0; i++)
        add(s, m[i].internal ? &notes : &said, m[i].body, &room);    // X4
    d->text[TITLE] = stem_end(&title);
    d->text[SAID] = stem_end(&said);
    d->text[NOTES] = stem_end(&notes);
    d->text[MARKS] = marks(a, t);
}

static void solution_texts(struct stemmer *s, struct arena *a, struct doc *d,
                           const struct q_index_solution *k)
{
    isize room = LIMIT_SEARCH_DOC;
    struct stems title = stem_start(a), said = stem_start(a);
    add(s, &title, k->title, &room);
    stem_add_number(&title, solution_key_text(a, k->key));
    const str parts[] = {k->words, k->environment, k->cause, k->steps, k->body};
    for (isize i = 0; i < countof(parts); i++)
        add(s, &said, parts[i], &room);
    d->text[TITLE] = stem_end(&title);
    d->text[SAID] = stem_end(&said);
}

static bool is_fresh(const struct doc *d)
{
    return d->was && d->old_seen == d->seen && d->old_stems == STEM_VERSION;    // X2
}

static enum err read_case(struct ctx *cx, struct stemmer *s, struct doc *d)
{
    struct q_index_case *t;
    struct q_index_messages *m;
    isize n;
    TRY(q_index_case(cx, d->ref, &t, &n));
    d->is = n > 0;
    if (!d->is)
        return OK;
    d->seen = t->seen;
    if (is_fresh(d))
        return OK;
    TRY(q_index_messages(cx, d->ref, LIMIT_SEARCH_MESSAGE, MESSAGES, &m, &n));
    case_texts(s, cx->arena, d, t, m, n);
    return OK;
}

static enum err read_solution(struct ctx *cx, struct stemmer *s, struct doc *d)
{
    struct q_index_solution *k;
    isize n;
    TRY(q_index_solution(cx, d->ref, &k, &n));
    d->is = n > 0;
    if (!d->is)
        return OK;
    d->seen = k->seen;
    if (!is_fresh(d))
        solution_texts(s, cx->arena, d, k);
    return OK;
}

static enum err read_old(struct ctx *cx, struct doc *d)
{
    struct q_index_doc *old;
    isize n;
    TRY(q_index_doc(cx, d->id, &old, &n));
    d->was = n > 0;
    if (!d->was)
        return OK;
    d->old[TITLE] = old->title;
    d->old[SAID] = old->words;
    d->old[NOTES] = old->notes;
    d->old[MARKS] = old->marks;
    d->old_seen = old->seen;
    d->old_stems = old->stems;
    return OK;
}

static bool same_texts(const struct doc *d)
{
    bool same = true;
    for (int i = 0; i < COLUMNS; i++)
        same &= str_eq(d->old[i], d->text[i]);
    return same;
}

static enum err read_doc(struct ctx *cx, struct stemmer *s, struct doc *d)
{
    TRY(read_old(cx, d));
    TRY(d->kind == SEARCH_CASE ? read_case(cx, s, d) : read_solution(cx, s, d));
    d->same = (d->is && is_fresh(d)) || (!d->is && !d->was);
    return OK;
}

// --- prepare: read and stem ------------------------------------------------------------

static struct desk *desk(struct ctx *cx, struct batch *b, tenant_id tenant)
{
    struct desk **at = &b->first;
    while (*at != NULL && (*at)->who.tenant.n != tenant.n)
        at = &(*at)->next;
    if (*at == NULL) {
        *at = make(cx->arena, struct desk, 1);
        **at = (struct desk){.who = tenant_system(tenant)};
        (*at)->end = &(*at)->first;
    }
    return *at;
}

static bool has(const struct desk *k, int64_t id)
{
    for (const struct doc *d = k->first; d != NULL; d = d->next)
        if (d->id == id)
            return true;
    return false;
}

static bool is_full(const struct batch *b)
{
    return b->n >= INDEX_DOCS || b->bytes >= INDEX_BYTES;    // X5
}

static enum err take(struct ctx *cx, struct batch *b, tenant_id tenant, enum search_kind kind,
                     int64_t ref)
{
    struct desk *k = desk(cx, b, tenant);
    int64_t id = index_key(kind, ref);
    if (ref == 0 || has(k, id))
        return OK;
    struct doc *d = make(cx->arena, struct doc, 1);
    *d = (struct doc){.kind = kind, .ref = ref, .id = id};
    cx->who = k->who;
    TRY(read_doc(cx, b->stemmer, d));
    *k->end = d;
    k->end = &d->next;
    b->n += !d->same;
    for (int i = 0; i < COLUMNS; i++)
        b->bytes += d->text[i].n;
    return OK;
}

static enum err mark(struct ctx *cx, const char *name, int64_t *out)
{
    struct q_index_mark *m;
    isize n;
    TRY(q_index_mark(cx, str_from_z(name), &m, &n));
    *out = n == 0 ? 0 : m->event;
    return OK;
}

static enum err take_events(struct ctx *cx, struct batch *b, int64_t after)
{
    struct q_index_events *e;
    isize n;
    TRY(q_index_events(cx, after, EVENTS, &e, &n));
    for (isize i = 0; i < n && !is_full(b); i++) {
        TRY(b->act(cx, b, e[i].tenant, SEARCH_CASE, e[i].ticket));
        if (str_starts(e[i].kind, S("solution.")))
            TRY(b->act(cx, b, e[i].tenant, SEARCH_SOLUTION, e[i].object));
        b->mark = e[i].id;
    }
    return OK;
}

// X3: an event is final when no transaction that began before it can still be open.
static enum err take_late(struct ctx *cx, struct batch *b, int64_t upto)
{
    int64_t after;
    struct q_index_late *e;
    struct q_index_late_solution *k;
    struct q_index_young young;
    isize n, m;
    TRY(mark(cx, late_name, &after));
    TRY(q_index_late(cx, after, upto, INDEX_DOCS, &e, &n));
    TRY(q_index_late_solution(cx, after, upto, INDEX_DOCS, &k, &m));
    TRY(q_index_young(cx, after, upto, instant_plus(cx->now, -INDEX_LATE_S), &young));
    for (isize i = 0; i < n; i++)
        TRY(b->act(cx, b, e[i].tenant, SEARCH_CASE, e[i].ticket));
    for (isize i = 0; i < m; i++)
        TRY(b->act(cx, b, k[i].tenant, SEARCH_SOLUTION, k[i].solution));
    bool all = n < INDEX_DOCS && m < INDEX_DOCS;
    b->late = all && young.id != after ? young.id : -1;
    return OK;
}

static enum err fill(struct ctx *cx, struct batch *b)
{
    int64_t after;
    TRY(mark(cx, mark_name, &after));
    TRY(take_events(cx, b, after));
    if (!is_full(b) && db_is_postgres(cx->db))
        TRY(take_late(cx, b, after));
    return OK;
}

static enum err fill_one(struct ctx *cx, struct batch *b, int64_t id)    // X8
{
    struct q_index_desk *desk;
    isize n;
    enum search_kind kind = (enum search_kind)(id >> KIND_AT);
    int64_t ref = id - index_key(kind, 0);
    TRY(q_index_desk(cx, id, kind, ref, &desk, &n));
    return n == 0 ? OK : take(cx, b, desk->tenant, kind, ref);
}

// ref: of one document, or 0.
static enum err prepare(struct ctx *cx, struct job *job)
{
    struct batch *b = make(cx->arena, struct batch, 1);
    *b = (struct batch){.act = take, .mark = -1, .late = -1};
    struct who who = cx->who;
    b->stemmer = stem_open(cx->arena);
    enum err err = job->ref == 0 ? fill(cx, b) : fill_one(cx, b, job->ref);
    stem_close(b->stemmer);
    cx->who = who;
    job->prepared = b;
    return err;
}

// --- apply: write ----------------------------------------------------------------------

// The document as PostgreSQL wants it: 'word':place.  Its weights for columns would make it
// read every document again that the index finds, so a sign in front of the word says where
// it stands; no stem contains one (S4).
static str tsv(struct arena *a, const struct doc *d)
{
    static const char *const sign[COLUMNS] = {"'", "'", "'=", "'+"};
    struct buf b = buf_new(a, 2000);
    int64_t place = 0;
    for (int i = 0; i < COLUMNS; i++) {
        for (str rest = d->text[i]; rest.n > 0;) {
            buf_put(&b, str_from_z(sign[i]));
            buf_put(&b, str_token(&rest, ' '));
            buf_put(&b, S("':"));
            buf_int(&b, ++place);
            buf_char(&b, ' ');
        }
        place += 10;    // no phrase reaches from one column into the next
    }
    return buf_str(&b);
}

static enum err remove_old(struct ctx *cx, const struct doc *d)
{
    if (!d->was)
        return OK;
    return q_index_fts_remove(cx, d->id, d->old[TITLE], d->old[SAID], d->old[NOTES],
                              d->old[MARKS]);
}

static enum err put(struct ctx *cx, const struct doc *d)
{
    TRY(remove_old(cx, d));
    TRY(q_index_put(cx, d->id, d->text[TITLE], d->text[SAID], d->text[NOTES], d->text[MARKS],
                    d->seen, STEM_VERSION));
    return q_index_fts_add(cx, d->id, d->text[TITLE], d->text[SAID], d->text[NOTES],
                           d->text[MARKS], db_is_postgres(cx->db) ? tsv(cx->arena, d) : S(""));
}

static enum err drop(struct ctx *cx, const struct doc *d)
{
    TRY(remove_old(cx, d));
    return q_index_remove(cx, d->id);
}

// Nothing is written if the document or its source is no longer what prepare() saw: somebody
// deleted it, and the event of that will come.
static enum err write(struct ctx *cx, const struct doc *d, bool *done)
{
    struct q_index_state now;
    TRY(q_index_state(cx, d->id, d->kind, d->ref, &now));
    bool same = d->was ? now.seen == d->old_seen && now.stems == d->old_stems : now.seen < 0;
    if (!same || now.source != d->is)
        return OK;
    if (d->is && d->was && same_texts(d))
        return q_index_touch(cx, d->id, d->seen, STEM_VERSION);
    *done = true;
    return d->is ? put(cx, d) : drop(cx, d);
}

static void count_terms(struct terms *t, const struct doc *d)
{
    terms_count(t, &(struct terms_change){.id = d->id, .before = d->old, .after = d->text,
                                          .n_before = d->was ? MARKS : 0,
                                          .n_after = d->is ? MARKS : 0});
}

static enum err store_desk(struct ctx *cx, const struct desk *k)
{
    struct terms *t;
    cx->who = k->who;
    TRY(terms_start(cx, &t));
    for (const struct doc *d = k->first; d != NULL; d = d->next) {
        bool done = false;
        if (!d->same)
            TRY(write(cx, d, &done));
        if (done)
            count_terms(t, d);
    }
    return terms_store(cx, t);
}

static enum err store(struct ctx *cx, const struct batch *b)
{
    for (const struct desk *k = b->first; k != NULL; k = k->next)
        TRY(store_desk(cx, k));
    if (b->n > 0 && !db_is_postgres(cx->db))
        TRY(q_index_fts_merge(cx, MERGE_PAGES));
    if (b->mark >= 0)
        TRY(q_index_mark_set(cx, str_from_z(mark_name), b->mark));
    if (b->late >= 0)
        TRY(q_index_mark_set(cx, str_from_z(late_name), b->late));
    return OK;
}

static enum err apply(struct ctx *cx, struct job *job)
{
    const struct batch *b = job->prepared;
    struct who who = cx->who;
    enum err err = store(cx, b);
    cx->who = who;
    return err;
}

// --- one that fails must not hold up the others (X8) -------------------------------------

static enum err alone(struct ctx *cx, struct batch *b, tenant_id tenant, enum search_kind kind,
                      int64_t ref)
{
    (void)b;
    (void)tenant;
    return ref == 0 ? OK : job_add(cx, "search.one", index_key(kind, ref), cx->now);
}

static enum err apart(struct ctx *cx, struct job *job, enum err err, struct words reason)
{
    struct batch b = {.act = alone, .mark = -1, .late = -1};
    if (job_may_pass(job, err))
        return job_failed(cx, job, reason.en);
    TRY(fill(cx, &b));
    TRY(store(cx, &b));
    return job_finish(cx, job);
}

enum err index_forget(struct ctx *cx, enum search_kind kind, int64_t ref)
{
    struct doc d = {.kind = kind, .ref = ref, .id = index_key(kind, ref)};
    TRY(read_old(cx, &d));
    if (!d.was)
        return OK;
    struct terms *t;
    TRY(terms_start(cx, &t));
    TRY(drop(cx, &d));
    count_terms(t, &d);
    return terms_store(cx, t);
}

static enum err due(struct ctx *cx, bool *yes)
{
    struct q_index_due d;
    TRY(q_index_due(cx, instant_plus(cx->now, -INDEX_LATE_S), &d));
    *yes = d.unread || (d.settled && db_is_postgres(cx->db));
    return OK;
}

const struct job_kind index_jobs[] = {
    {.name = "search.index", .prepare = prepare, .apply = apply, .failed = apart, .due = due},
    {.name = "search.one", .prepare = prepare, .apply = apply},
    {0},
};
