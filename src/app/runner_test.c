// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "app/runner.h"
#include "base/now.h"

#include <stdatomic.h>

enum { JOBS = 40, SLOW_MS = 3, WAIT_MS = 20000 };

struct seen {
    _Atomic int prepared, applied,
        ahead;    // ahead: the most that were prepared and not applied
};

static struct seen *seen(const struct job *job)
{
    return (struct seen *)(uintptr_t)job->config;
}

static enum err look(struct ctx *cx, struct job *job)
{
    (void)cx;
    struct seen *s = seen(job);
    int now = ++s->prepared - s->applied;
    if (now > s->ahead)
        s->ahead = now;
    return OK;
}

static enum err act(struct ctx *cx, struct job *job)
{
    now_sleep_ms(SLOW_MS);
    seen(job)->applied++;
    return job->ref == 7 ? fail(cx, ERR_ABSENT, "It fails.", "Er scheitert.") : OK;
}

static enum err add_jobs(struct ctx *cx, void *arg)
{
    (void)arg;
    for (int64_t i = 1; i <= JOBS; i++)
        TRY(job_add(cx, "test.job", i, cx->now));
    return OK;
}

// How many commits they took, from the first job taken to the last one gone.
static int64_t run_all(struct world *w, bool abreast, struct seen *s)
{
    struct ctx cx = {.arena = &w->arena};
    struct writer_config config = {.place = &w->place, .threads = 1};
    const struct job_kind kinds[] = {
        {.name = "test.job", .prepare = look, .apply = act, .abreast = abreast, .config = s},
        {0}};
    struct writer *writer;
    struct pool *pool;
    *s = (struct seen){0};
    check(writer_start_on(&cx, &config, w->db, &writer) == OK);
    check(pool_open(&cx, &w->place, 2, &pool) == OK);
    check(writer_do(writer, &cx, add_jobs, NULL) == OK);
    int64_t before = writer_counts(writer).commits;
    struct runner *r = runner_start(kinds, false, pool, writer, w->place.dir);
    for (int64_t until = now_monotonic_ms() + WAIT_MS;
         s->applied < JOBS && now_monotonic_ms() < until;)
        now_sleep_ms(1);
    runner_stop(r);
    int64_t commits = writer_counts(writer).commits - before;
    pool_close(pool);
    writer_stop(writer);
    check(db_open(&cx, &w->place, DB_WRITER, &w->db) == OK);
    return commits;
}

static void J12_jobs_abreast_share_a_commit(struct world *w)
{
    struct seen s;
    int64_t alone = run_all(w, false, &s);
    check(s.applied == JOBS && s.ahead == 1 && alone > JOBS);
    int64_t abreast = run_all(w, true, &s);
    check(s.applied == JOBS && s.ahead > 4 && abreast < JOBS / 2);
}

static void J6_one_that_fails_abreast_concerns_itself_alone(struct world *w)
{
    struct seen s;
    run_all(w, true, &s);
    check(ask(w, "select count(*) from job") == 1);
    check(
        ask(w, "select count(*) from job where ref = 7 and leased = 0 and reason = 'It fails.'")
        == 1);
}

const struct test runner_tests[] = {
    T(J12_jobs_abreast_share_a_commit),
    T(J6_one_that_fails_abreast_concerns_itself_alone),
    {0},
};
