// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/runner.h"

#include "base/log.h"
#include "base/now.h"
#include "job.sql.h"

#include <pthread.h>
#include <stdatomic.h>

enum { BATCH = 50, POLL_S = 1 };

struct runner {
    const struct job_kind *kinds;
    bool network;
    struct pool *pool;
    struct writer *writer;
    str data_dir;
    struct arena arena;    // of a batch
    struct arena own;      // of one job of it: fifty large mails do not fit in one
    struct job_edge edge;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t woken;
    bool awake;
    _Atomic bool stop;
};

// One job on its way: what the phases share.
struct errand {
    const struct job_kind *kind;
    struct job *job;
    struct job **jobs;
    isize n;
    bool due;
    enum err err;
    struct words reason;
};

static struct ctx fresh(struct runner *r, struct arena *a)
{
    return (struct ctx){
        .arena = a, .now = now_utc(), .lang = LANG_EN, .data_dir = r->data_dir};
}

static enum err take(struct ctx *cx, void *arg)
{
    struct errand *e = arg;
    if (e->due)    // J11
        TRY(job_make(cx, e->kind->name));
    return job_take(cx, e->kind->name, BATCH, e->jobs, &e->n);
}

static enum err apply(struct ctx *cx, void *arg)
{
    struct errand *e = arg;
    TRY(e->kind->apply(cx, e->job));
    return job_finish(cx, e->job);
}

static enum err give_up(struct ctx *cx, void *arg)
{
    struct errand *e = arg;
    if (e->kind->failed != NULL)
        return e->kind->failed(cx, e->job, e->err, e->reason);
    return job_failed(cx, e->job, e->reason.en);
}

// J8
static enum err commit(void *arg, struct ctx *cx, enum err (*act)(struct ctx *, void *), void *work)
{
    struct runner *r = arg;
    return writer_do(r->writer, cx, act, work);
}

static enum err prepare(struct runner *r, struct ctx *cx, struct errand *e)
{
    e->job->config = e->kind->config;
    e->job->edge = &r->edge;
    if (e->kind->prepare == NULL)
        return OK;
    if (e->kind->network)
        return e->kind->prepare(cx, e->job);
    struct reader *reader = pool_take(r->pool);
    if (reader == NULL)
        return busy(cx, "no database connection");
    cx->db = reader->db;
    enum err err = db_begin(cx);
    if (err == OK)
        err = e->kind->prepare(cx, e->job);
    db_rollback(cx);
    pool_give(r->pool, reader);
    return err;
}

static void run_one(struct runner *r, struct errand *e)
{
    arena_reset(&r->own);
    struct ctx cx = fresh(r, &r->own);
    enum err err = prepare(r, &cx, e);
    if (err == OK)
        err = writer_do(r->writer, &cx, apply, e);
    if (err == OK)
        return;
    e->err = err;
    e->reason = cx.detail;
    log_line(LOG_ERROR, "job kind=%s ref=%lld try=%d failed", e->kind->name,
             (long long)e->job->ref, e->job->tries);
    struct ctx after = fresh(r, &r->own);
    // If even that cannot be written, the lease ends by itself (J3).
    if (writer_do(r->writer, &after, give_up, e) != OK)
        log_line(LOG_ERROR, "job kind=%s ref=%lld unrecorded", e->kind->name,
                 (long long)e->job->ref);
}

static isize run_kind(struct runner *r, const struct job_kind *kind, bool due)
{
    struct job *jobs = NULL;
    struct errand e = {.kind = kind, .jobs = &jobs, .due = due};
    struct ctx cx = fresh(r, &r->arena);
    if (writer_do(r->writer, &cx, take, &e) != OK)
        return 0;
    for (isize i = 0; i < e.n && !r->stop; i++) {
        e.job = &jobs[i];
        run_one(r, &e);
    }
    return e.n;
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
                         .arena = arena_new((isize)64 << 20),
                         .own = arena_new((isize)1 << 30)};
    pthread_mutex_init(&r->mutex, NULL);
    pthread_cond_init(&r->woken, NULL);
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
    arena_free(&r->own);
    pthread_cond_destroy(&r->woken);
    pthread_mutex_destroy(&r->mutex);
    free(r);
}
