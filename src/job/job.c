// SPDX-License-Identifier: GPL-3.0-or-later
#include "job/job.h"

#include "base/limits.h"
#include "base/now.h"
#include "job.sql.h"

enum { LEASE_S = 900, BATCH = 50, PAUSE_MAX_S = 3600, PASSING_TRIES = 5 };

enum err job_add(struct ctx *cx, const char *kind, int64_t ref, instant run_at)
{
    return job_add_for(cx, kind, ref, run_at, 0);
}

enum err job_add_for(struct ctx *cx, const char *kind, int64_t ref, instant run_at,
                     int64_t whose)
{
    return q_job_add(cx, str_from_z(kind), ref, run_at, whose);
}

enum err job_by(struct ctx *cx, const char *kind, int64_t ref, instant run_at)
{
    return q_job_by(cx, str_from_z(kind), ref, run_at);
}

enum err job_make(struct ctx *cx, const char *kind)
{
    return q_job_make(cx, str_from_z(kind));
}

enum err job_known(struct ctx *cx, const char *kind, bool *out)
{
    struct q_job_known row;
    TRY(q_job_known(cx, str_from_z(kind), &row));
    *out = row.yes;
    return OK;
}

enum err job_take(struct ctx *cx, const char *kind, int most, struct job **out, isize *n)
{
    struct q_job_take *row;
    instant until = instant_plus(cx->now, LEASE_S);
    TRY(q_job_take(cx, str_from_z(kind), most, until, &row, n));
    *out = make(cx->arena, struct job, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] =
            (struct job){row[i].id, row[i].kind, row[i].ref, (int)row[i].tries, row[i].wish};
    return OK;
}

// Not what was wished for while it ran, nor a try that began because this one took too long (J7).
enum err job_finish(struct ctx *cx, const struct job *job)
{
    return q_job_finish(cx, job->id, job->wish, job->tries);
}

enum err job_failed(struct ctx *cx, const struct job *job, str reason)
{
    int64_t pause = 1;
    for (int i = 1; i < job->tries && pause < PAUSE_MAX_S; i++)
        pause *= 2;
    instant again = instant_plus(cx->now, int_min(pause, PAUSE_MAX_S));
    return q_job_failed(cx, job->id, job->wish, job->tries, again,
                        job->tries >= LIMIT_JOB_TRIES, str_head(reason, 500));
}

enum err job_give_back(struct ctx *cx, const struct job *job)
{
    return q_job_give_back(cx, job->id, job->wish, job->tries);
}

enum err job_is_due(struct ctx *cx, const char *kind, bool *out)
{
    struct q_job_due row;
    TRY(q_job_due(cx, str_from_z(kind), &row));
    *out = row.yes;
    return OK;
}

enum err job_count(struct ctx *cx, struct job_counts *out)
{
    struct q_job_counts row;
    TRY(q_job_counts(cx, &row));
    *out = (struct job_counts){row.waiting, row.quarantined};
    return OK;
}

bool job_may_pass(const struct job *job, enum err err)
{
    return err == ERR_BUSY && job->tries < PASSING_TRIES;
}

enum err job_restart(struct ctx *cx, int64_t id)
{
    int64_t changed;
    TRY(q_job_restart(cx, id, &changed));
    return changed == 0
               ? fail(cx, ERR_ABSENT, "There is no such job.", "Diesen Auftrag gibt es nicht.")
               : OK;
}

enum err job_commit(struct ctx *cx, const struct job *job,
                    enum err (*act)(struct ctx *, void *), void *work)
{
    return job->edge->commit(job->edge->arg, cx, act, work);
}

enum err job_recover(struct ctx *cx)
{
    return q_job_recover(cx);
}

static enum err act_alone(struct ctx *cx, enum err (*act)(struct ctx *, void *), void *work)
{
    TRY(db_begin(cx));
    enum err err = act(cx, work);
    if (err == OK)
        err = db_commit(cx);
    if (err != OK)
        db_rollback(cx);
    return err;
}

static enum err commit_alone(void *arg, struct ctx *cx, enum err (*act)(struct ctx *, void *),
                             void *work)
{
    (void)arg;
    return act_alone(cx, act, work);
}

// prepare() runs in a transaction that changes nothing, so ending it early loses nothing.
static enum err commit_between(void *arg, struct ctx *cx, enum err (*act)(struct ctx *, void *),
                               void *work)
{
    (void)arg;
    db_rollback(cx);
    enum err err = act_alone(cx, act, work);
    enum err again = db_begin(cx);
    return err != OK ? err : again;
}

static const struct job_edge alone = {commit_alone, NULL}, between = {commit_between, NULL};

static enum err prepare(struct ctx *cx, const struct job_kind *kind, struct job *job)
{
    job->config = kind->config;
    job->edge = kind->network ? &alone : &between;
    if (kind->prepare == NULL)
        return OK;
    if (kind->network)
        return kind->prepare(cx, job);
    TRY(db_begin(cx));
    enum err err = kind->prepare(cx, job);
    db_rollback(cx);
    return err;
}

// What the phases of one drain share.
struct errand {
    const struct job_kind *kind;
    struct job *job, *jobs;
    isize n;
    enum err err;
    struct words reason;
};

static enum err take(struct ctx *cx, void *arg)
{
    struct errand *e = arg;
    bool due = false;
    if (e->kind->due != NULL)
        TRY(e->kind->due(cx, &due));
    if (due)
        TRY(job_make(cx, e->kind->name));
    return job_take(cx, e->kind->name, BATCH, &e->jobs, &e->n);
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

static enum err run_one(struct ctx *cx, struct errand *e)
{
    enum err err = prepare(cx, e->kind, e->job);
    if (err == OK)
        err = act_alone(cx, apply, e);
    if (err == OK)
        return OK;
    e->err = err;
    e->reason = cx->detail;
    return act_alone(cx, give_up, e);
}

enum err job_drain(struct ctx *cx, const struct job_kind *kinds)
{
    isize ran;
    do {
        ran = 0;
        for (const struct job_kind *k = kinds; k->name != NULL; k++) {
            struct errand e = {.kind = k};
            TRY(act_alone(cx, take, &e));
            for (isize i = 0; i < e.n; i++) {
                e.job = &e.jobs[i];
                TRY(run_one(cx, &e));
            }
            ran += e.n;
        }
    } while (ran > 0);
    return OK;
}
