// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/runner.h"

#include "base/log.h"
#include "base/now.h"
#include "job.sql.h"

#include <pthread.h>
#include <stdatomic.h>

// BIG: bytes of a job beyond which it is alone.
enum { BATCH = 50, BATCH_ABREAST = 250, ABREAST = 64, BIG = 8 << 20, POLL_S = 1 };

struct lane {    // one job on its way: what its phases share
    struct runner *runner;
    struct arena arena;    // made when it is needed
    struct ctx cx;
    const struct job_kind *kind;
    struct job *job;    // NULL: the lane is free
    struct work work;
    enum err err;
    bool big;
    bool waits;    // under the runner's mutex: for its commit
};

struct runner {
    const struct job_kind *kinds;
    bool network;
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

static struct ctx fresh(struct runner *r, struct arena *a)
{
    return (struct ctx){.arena = a, .now = now_utc(), .lang = LANG_EN, .data_dir = r->data_dir};
}

struct batch {
    const struct job_kind *kind;
    struct job *jobs;
    isize n;
    bool due;
};

static enum err take(struct ctx *cx, void *arg)
{
    struct batch *b = arg;
    if (b->due)    // J11
        TRY(job_make(cx, b->kind->name));
    int most = b->kind->abreast ? BATCH_ABREAST : BATCH;
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
    struct runner *r = arg;
    return writer_do(r->writer, cx, act, work);
}

static enum err prepare(struct lane *l)
{
    struct runner *r = l->runner;
    l->job->config = l->kind->config;
    l->job->edge = &r->edge;
    if (l->kind->prepare == NULL)
        return OK;
    if (l->kind->network)
        return l->kind->prepare(&l->cx, l->job);
    struct reader *reader = pool_take(r->pool);
    if (reader == NULL)
        return busy(&l->cx, "no database connection");
    l->cx.db = reader->db;
    enum err err = db_begin(&l->cx);
    if (err == OK)
        err = l->kind->prepare(&l->cx, l->job);
    db_rollback(&l->cx);
    pool_give(r->pool, reader);
    return err;
}

static void applied(struct ctx *cx, void *arg, enum err err)
{
    struct lane *l = arg;
    struct runner *r = l->runner;
    (void)cx;
    pthread_mutex_lock(&r->mutex);
    l->err = err;
    l->waits = false;
    pthread_cond_signal(&r->applied);
    pthread_mutex_unlock(&r->mutex);
}

// From its submission on the arena is the writer's.
static void start(struct lane *l)
{
    struct runner *r = l->runner;
    l->cx = fresh(r, &l->arena);
    l->err = prepare(l);
    l->big = l->arena.at - l->arena.base > BIG;
    if (l->err != OK)
        return;
    l->work = (struct work){.run = apply, .done = applied, .arg = l, .cx = &l->cx};
    l->waits = true;
    if (writer_submit(r->writer, &l->work))
        return;
    l->waits = false;
    l->err = busy(&l->cx, "too many writes are waiting");
}

// If even that cannot be written, the lease ends by itself (J3).
static void tell_failure(struct lane *l)
{
    struct runner *r = l->runner;
    struct failure f = {l, l->cx.detail};
    struct ctx after = fresh(r, &l->arena);
    log_line(LOG_ERROR, "job kind=%s ref=%lld try=%d failed", l->kind->name,
             (long long)l->job->ref, l->job->tries);
    if (writer_do(r->writer, &after, give_up, &f) != OK)
        log_line(LOG_ERROR, "job kind=%s ref=%lld unrecorded", l->kind->name,
                 (long long)l->job->ref);
}

// Waits for its commit; the lane is free afterwards.
static void settle(struct lane *l)
{
    struct runner *r = l->runner;
    if (l->job == NULL)
        return;
    pthread_mutex_lock(&r->mutex);
    while (l->waits)
        pthread_cond_wait(&r->applied, &r->mutex);
    pthread_mutex_unlock(&r->mutex);
    if (l->err != OK)
        tell_failure(l);
    l->job = NULL;
    arena_reset(&l->arena);
}

static void settle_all(struct runner *r)
{
    for (int i = 0; i < ABREAST; i++)
        settle(&r->lane[i]);
}

// --- all that are due --------------------------------------------------------------------------

static struct lane *free_lane(struct runner *r, const struct job_kind *kind, isize i)
{
    struct lane *l = &r->lane[kind->abreast ? i % ABREAST : 0];
    l->runner = r;
    if (l->arena.base == NULL)
        l->arena = arena_new((isize)1 << 30);
    settle(l);
    return l;
}

// J12: who is prepared while others wait for their commit shares the next one with those behind it.
static isize run_kind(struct runner *r, const struct job_kind *kind, bool due)
{
    struct batch b = {.kind = kind, .due = due};
    struct ctx cx = fresh(r, &r->arena);
    if (writer_do(r->writer, &cx, take, &b) != OK)
        return 0;
    for (isize i = 0; i < b.n && !r->stop; i++) {
        struct lane *l = free_lane(r, kind, i);
        l->kind = kind;
        l->job = &b.jobs[i];
        start(l);
        if (l->big)
            settle_all(r);
    }
    settle_all(r);
    return b.n;
}

// Asking is a read; taking is a write.  So ask first.  `due`: for a job that is still to be
// made (J11).
static bool anything_due(struct runner *r, const struct job_kind *kind, bool *due)
{
    struct reader *reader = pool_take(r->pool);
    if (reader == NULL)
        return false;
    struct ctx cx = fresh(r, &r->arena);
    cx.db = reader->db;
    struct q_job_due waiting = {0};
    enum err err = q_job_due(&cx, str_from_z(kind->name), &waiting);
    *due = false;
    if (err == OK && kind->due != NULL)
        err = kind->due(&cx, due);
    pool_give(r->pool, reader);
    return err == OK && (waiting.n > 0 || *due);
}

static bool round_of_kinds(struct runner *r)
{
    bool any = false;
    for (const struct job_kind *k = r->kinds; k->name != NULL && !r->stop; k++) {
        bool due;
        if (k->network != r->network || !anything_due(r, k, &due))
            continue;
        any |= run_kind(r, k, due) > 0;
        arena_reset(&r->arena);
    }
    arena_reset(&r->arena);
    return any;
}

static void wait_for_work(struct runner *r)
{
    struct timespec until = {.tv_sec = now_utc().ms / 1000 + POLL_S + 1};
    pthread_mutex_lock(&r->mutex);
    if (!r->awake && !r->stop)
        pthread_cond_timedwait(&r->woken, &r->mutex, &until);
    r->awake = false;
    pthread_mutex_unlock(&r->mutex);
}

static void *run(void *arg)
{
    struct runner *r = arg;
    while (!r->stop)
        if (!round_of_kinds(r))
            wait_for_work(r);
    return NULL;
}

struct runner *runner_start(const struct job_kind *kinds, bool network, struct pool *pool,
                            struct writer *writer, str data_dir)
{
    struct runner *r = calloc(1, sizeof *r);
    if (r == NULL)
        abort();
    *r = (struct runner){.kinds = kinds,
                         .network = network,
                         .pool = pool,
                         .writer = writer,
                         .data_dir = data_dir,
                         .edge = {commit, r},
                         .arena = arena_new((isize)64 << 20)};
    pthread_mutex_init(&r->mutex, NULL);
    pthread_cond_init(&r->woken, NULL);
    pthread_cond_init(&r->applied, NULL);
    if (pthread_create(&r->thread, NULL, run, r) != 0)
        abort();
    return r;
}

void runner_wake(struct runner *r)
{
    pthread_mutex_lock(&r->mutex);
    r->awake = true;
    pthread_cond_signal(&r->woken);
    pthread_mutex_unlock(&r->mutex);
}

void runner_stop(struct runner *r)
{
    r->stop = true;
    runner_wake(r);
    pthread_join(r->thread, NULL);
    arena_free(&r->arena);
    for (int i = 0; i < ABREAST; i++)
        if (r->lane[i].arena.base != NULL)
            arena_free(&r->lane[i].arena);
    pthread_cond_destroy(&r->woken);
    pthread_cond_destroy(&r->applied);
    pthread_mutex_destroy(&r->mutex);
    free(r);
}
