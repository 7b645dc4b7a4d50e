// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/runner.h"

#include "base/log.h"
#include "base/now.h"
#include "base/thread.h"

#include <pthread.h>
#include <stdatomic.h>

enum {
    BATCH = 50,
    BATCH_ABREAST = 250,
    BATCH_NETWORK = 1,    // what may hang takes nothing with it
    ABREAST = 64,
    BIG = 8 << 20,    // bytes of a job beyond which it is alone
    POLL_S = 1,
    LULL_MS = 20,    // one look after many commits: what leaves the house is not in that hurry
    WORKERS_MAX = 16,
};

struct lane {    // one job on its way: what its phases share
    struct worker *worker;
    struct arena arena;    // made when it is needed
    struct ctx cx;
    const struct job_kind *kind;
    struct job *job;    // NULL: the lane is free
    struct work work;
    enum err err;
    bool big;
    bool waits;    // under the worker's mutex: for its commit
};

struct worker {    // one thread
    const struct job_kind *kinds;
    const struct job_kind *only;    // NULL: every kind that has no thread of its own
    struct pool *pool;
    struct writer *writer;
    str data_dir;
    struct arena arena;    // of a batch
    struct lane lane[ABREAST];
    struct job_edge edge;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t woken, applied;
    bool awake;
    _Atomic bool stop;
};

static struct ctx fresh(struct worker *w, struct arena *a)
{
    return (struct ctx){.arena = a, .now = now_utc(), .lang = LANG_EN, .data_dir = w->data_dir};
}

struct batch {
    const struct job_kind *kind;
    struct job *jobs;
    isize n, begun;
    bool due;
};

static enum err take(struct ctx *cx, void *arg)
{
    struct batch *b = arg;
    if (b->due)    // J11
        TRY(job_make(cx, b->kind->name));
    int most = b->kind->abreast ? BATCH_ABREAST : b->kind->network ? BATCH_NETWORK : BATCH;
    return job_take(cx, b->kind->name, most, &b->jobs, &b->n);
}

// --- one job -----------------------------------------------------------------------------------

static enum err apply(struct ctx *cx, void *arg)
{
    struct lane *l = arg;
    TRY(l->kind->apply(cx, l->job));
    return job_finish(cx, l->job);
}

struct failure {
    struct lane *lane;
    struct words reason;
};

static enum err give_up(struct ctx *cx, void *arg)
{
    struct failure *f = arg;
    struct lane *l = f->lane;
    if (l->kind->failed != NULL)
        return l->kind->failed(cx, l->job, l->err, f->reason);
    return job_failed(cx, l->job, f->reason.en);
}

// J8
static enum err commit(void *arg, struct ctx *cx, enum err (*act)(struct ctx *, void *),
                       void *work)
{
    struct worker *w = arg;
    return writer_do(w->writer, cx, act, work);
}

static enum err prepare(struct lane *l)
{
    struct worker *w = l->worker;
    l->job->config = l->kind->config;
    l->job->edge = &w->edge;
    if (l->kind->prepare == NULL)
        return OK;
    if (l->kind->network)
        return l->kind->prepare(&l->cx, l->job);
    struct reader *reader = pool_take(w->pool);
    if (reader == NULL)
        return busy(&l->cx, "no database connection");
    l->cx.db = reader->db;
    enum err err = db_begin(&l->cx);
    if (err == OK)
        err = l->kind->prepare(&l->cx, l->job);
    db_rollback(&l->cx);
    pool_give(w->pool, reader);
    return err;
}

static void applied(struct ctx *cx, void *arg, enum err err)
{
    struct lane *l = arg;
    struct worker *w = l->worker;
    (void)cx;
    pthread_mutex_lock(&w->mutex);
    l->err = err;
    l->waits = false;
    pthread_cond_signal(&w->applied);
    pthread_mutex_unlock(&w->mutex);
}

// From its submission on the arena is the writer's.
static void start(struct lane *l)
{
    struct worker *w = l->worker;
    l->cx = fresh(w, &l->arena);
    l->err = prepare(l);
    l->big = l->arena.at - l->arena.base > BIG;
    if (l->err != OK)
        return;
    l->work = (struct work){.run = apply, .done = applied, .arg = l, .cx = &l->cx};
    l->waits = true;
    if (writer_submit(w->writer, &l->work))
        return;
    l->waits = false;
    l->err = busy(&l->cx, "too many writes are waiting");
}

// If even that cannot be written, the lease ends by itself (J3).
static void tell_failure(struct lane *l)
{
    struct worker *w = l->worker;
    struct failure f = {l, l->cx.detail};
    struct ctx after = fresh(w, &l->arena);
    log_line(LOG_ERROR, "job kind=%s ref=%lld try=%d failed", l->kind->name,
             (long long)l->job->ref, l->job->tries);
    if (writer_do(w->writer, &after, give_up, &f) != OK)
        log_line(LOG_ERROR, "job kind=%s ref=%lld unrecorded", l->kind->name,
                 (long long)l->job->ref);
}

// Waits for its commit; the lane is free afterwards.
static void settle(struct lane *l)
{
    struct worker *w = l->worker;
    if (l->job == NULL)
        return;
    pthread_mutex_lock(&w->mutex);
    while (l->waits)
        pthread_cond_wait(&w->applied, &w->mutex);
    pthread_mutex_unlock(&w->mutex);
    if (l->err != OK)
        tell_failure(l);
    l->job = NULL;
    arena_reset(&l->arena);
}

static void settle_all(struct worker *w)
{
    for (int i = 0; i < ABREAST; i++)
        settle(&w->lane[i]);
}

// --- all that are due --------------------------------------------------------------------------

static struct lane *free_lane(struct worker *w, const struct job_kind *kind, isize i)
{
    struct lane *l = &w->lane[kind->abreast ? i % ABREAST : 0];
    l->worker = w;
    if (l->arena.base == NULL)
        l->arena = arena_new((isize)1 << 30);
    settle(l);
    return l;
}

// J3: what is still to come when the desk closes.  If that cannot be written, the lease ends by
// itself.
static enum err give_back(struct ctx *cx, void *arg)
{
    struct batch *b = arg;
    for (isize i = b->begun; i < b->n; i++)
        TRY(job_give_back(cx, &b->jobs[i]));
    return OK;
}

// J12: who is prepared while others wait for their commit shares the next one with those behind it.
static isize run_kind(struct worker *w, const struct job_kind *kind, bool due)
{
    struct batch b = {.kind = kind, .due = due};
    struct ctx cx = fresh(w, &w->arena);
    if (writer_do(w->writer, &cx, take, &b) != OK)
        return 0;
    for (; b.begun < b.n && !w->stop; b.begun++) {
        struct lane *l = free_lane(w, kind, b.begun);
        l->kind = kind;
        l->job = &b.jobs[b.begun];
        start(l);
        if (l->big)
            settle_all(w);
    }
    settle_all(w);
    struct ctx after = fresh(w, &w->arena);
    if (b.begun < b.n && writer_do(w->writer, &after, give_back, &b) != OK)
        log_line(LOG_ERROR, "jobs kind=%s not given back", kind->name);
    return b.n;
}

// Asking is a read; taking is a write.  So ask first.  `due`: for a job that is still to be
// made (J11).
static bool anything_due(struct worker *w, const struct job_kind *kind, bool *due)
{
    struct reader *reader = pool_take(w->pool);
    if (reader == NULL)
        return false;
    struct ctx cx = fresh(w, &w->arena);
    cx.db = reader->db;
    bool waiting = false;
    enum err err = job_is_due(&cx, kind->name, &waiting);
    *due = false;
    if (err == OK && kind->due != NULL)
        err = kind->due(&cx, due);
    pool_give(w->pool, reader);
    return err == OK && (waiting || *due);
}

// J13 J16
static int threads_of(const struct job_kind *k)
{
    return k->network ? (int)int_max(1, k->threads) : k->abreast;
}

static bool round_of_kinds(struct worker *w)
{
    bool any = false;
    for (const struct job_kind *k = w->kinds; k->name != NULL && !w->stop; k++) {
        bool due;
        bool ours = w->only == NULL ? threads_of(k) == 0 : k == w->only;
        if (!ours || !anything_due(w, k, &due))
            continue;
        any |= run_kind(w, k, due) > 0;
        arena_reset(&w->arena);
    }
    arena_reset(&w->arena);
    return any;
}

static void wait_for_work(struct worker *w)
{
    struct timespec until = {.tv_sec = now_utc().ms / 1000 + POLL_S + 1};
    pthread_mutex_lock(&w->mutex);
    if (!w->awake && !w->stop)
        pthread_cond_timedwait(&w->woken, &w->mutex, &until);
    w->awake = false;
    pthread_mutex_unlock(&w->mutex);
}

static void *run(void *arg)
{
    struct worker *w = arg;
    if (w->only == NULL || !w->only->network)    // J17
        thread_stand_back();
    while (!w->stop) {
        if (round_of_kinds(w))
            continue;
        wait_for_work(w);
        if (w->only != NULL && w->only->network)
            now_sleep_ms(LULL_MS);
    }
    return NULL;
}

static struct worker *hire(const struct worker *like)
{
    struct worker *w = calloc(1, sizeof *w);
    if (w == NULL)
        abort();
    *w = *like;
    w->edge = (struct job_edge){commit, w};
    w->arena = arena_new((isize)64 << 20);
    pthread_mutex_init(&w->mutex, NULL);
    pthread_cond_init(&w->woken, NULL);
    pthread_cond_init(&w->applied, NULL);
    if (pthread_create(&w->thread, NULL, run, w) != 0)
        abort();
    return w;
}

static void wake(struct worker *w)
{
    pthread_mutex_lock(&w->mutex);
    w->awake = true;
    pthread_cond_signal(&w->woken);
    pthread_mutex_unlock(&w->mutex);
}

// When all have ended: the writer wakes every one of them until the last job is committed.
static void dismiss(struct worker *w)
{
    arena_free(&w->arena);
    for (int i = 0; i < ABREAST; i++)
        if (w->lane[i].arena.base != NULL)
            arena_free(&w->lane[i].arena);
    pthread_cond_destroy(&w->woken);
    pthread_cond_destroy(&w->applied);
    pthread_mutex_destroy(&w->mutex);
    free(w);
}

// --- all of them -------------------------------------------------------------------------------

struct runner {
    int workers;
    struct worker *worker[WORKERS_MAX];
};

struct runner *runner_start(const struct job_kind *kinds, struct pool *pool,
                            struct writer *writer, str data_dir)
{
    struct runner *r = calloc(1, sizeof *r);
    struct worker like = {.kinds = kinds, .pool = pool, .writer = writer, .data_dir = data_dir};
    if (r == NULL)
        abort();
    r->worker[r->workers++] = hire(&like);
    for (like.only = kinds; like.only->name != NULL; like.only++)
        for (int i = 0; i < threads_of(like.only); i++) {
            if (r->workers == WORKERS_MAX)
                abort();
            r->worker[r->workers++] = hire(&like);
        }
    return r;
}

void runner_wake(struct runner *r)
{
    for (int i = 0; i < r->workers; i++)
        wake(r->worker[i]);
}

void runner_stop(struct runner *r)
{
    for (int i = 0; i < r->workers; i++)
        r->worker[i]->stop = true;
    runner_wake(r);
    for (int i = 0; i < r->workers; i++)
        pthread_join(r->worker[i]->thread, NULL);
    for (int i = 0; i < r->workers; i++)
        dismiss(r->worker[i]);
    free(r);
}
