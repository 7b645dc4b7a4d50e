// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "app/runner.h"
#include "base/now.h"

#include <stdatomic.h>
#include <sys/resource.h>

enum { JOBS = 40, CROWD = 620, SLOW_MS = 3, WAIT_MS = 20000 };

struct seen {
    _Atomic int prepared, applied, released;
    _Atomic int ahead;    // the most that were prepared and not applied
    _Atomic int nice;
    atomic_bool done[CROWD + 1];
    bool quick;
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
    s->nice = getpriority(PRIO_PROCESS, 0);
    return OK;
}

// Beside one that fails it runs twice (db/writer.h, W1).
static enum err act(struct ctx *cx, struct job *job)
{
    struct seen *s = seen(job);
    if (!s->quick)
        now_sleep_ms(SLOW_MS);
    if (!atomic_exchange(&s->done[job->ref], true))
        s->applied++;
    return job->ref == 7 ? fail(cx, ERR_ABSENT, "It fails.", "Er scheitert.") : OK;
}

static enum err add_some(struct ctx *cx, int64_t n)
{
    for (int64_t i = 1; i <= n; i++)
        TRY(job_add(cx, "test.job", i, cx->now));
    return OK;
}

static enum err add_jobs(struct ctx *cx, void *arg)
{
    (void)arg;
    return add_some(cx, JOBS);
}

static enum err add_crowd(struct ctx *cx, void *arg)
{
    (void)arg;
    return add_some(cx, CROWD);
}

// What one test runs: a writer and readers beside it, with the world's database.
struct hall {
    struct writer *writer;
    struct pool *pool;
    struct runner *runner;
};

static void open_hall(struct world *w, struct hall *h, const struct job_kind *kinds,
                      enum err (*add)(struct ctx *, void *))
{
    struct ctx cx = {.arena = &w->arena};
    struct writer_config config = {.place = &w->place, .threads = 1};
    check(writer_start_on(&cx, &config, w->db, &h->writer) == OK);
    check(pool_open(&cx, &w->place, 2, &h->pool) == OK);
    check(writer_do(h->writer, &cx, add, NULL) == OK);
    h->runner = runner_start(kinds, h->pool, h->writer, w->place.dir);
}

static void close_hall(struct world *w, struct hall *h)
{
    struct ctx cx = {.arena = &w->arena};
    runner_stop(h->runner);
    pool_close(h->pool);
    writer_stop(h->writer);
    check(db_open(&cx, &w->place, DB_WRITER, &w->db) == OK);
}

static void wait_for(const _Atomic int *n, int most)
{
    for (int64_t until = now_monotonic_ms() + WAIT_MS; *n < most && now_monotonic_ms() < until;)
        now_sleep_ms(1);
}

// How many commits the jobs of one kind took: CROWD quick ones, or JOBS.
static int64_t run_all(struct world *w, struct job_kind kind, struct seen *s)
{
    kind.name = "test.job";
    kind.prepare = look;
    kind.apply = act;
    kind.config = s;
    const struct job_kind kinds[] = {kind, {0}};
    struct hall h;
    open_hall(w, &h, kinds, s->quick ? add_crowd : add_jobs);
    wait_for(&s->applied, s->quick ? CROWD : JOBS);
    int64_t commits = writer_counts(h.writer).commits;
    close_hall(w, &h);
    return commits;
}

static void J12_jobs_abreast_share_a_commit(struct world *w)
{
    struct seen one = {0}, many = {0};
    int64_t alone = run_all(w, (struct job_kind){0}, &one);
    check(one.applied == JOBS && one.ahead == 1 && alone > JOBS);
    int64_t abreast = run_all(w, (struct job_kind){.abreast = true}, &many);
    check(many.applied == JOBS && many.ahead > 4 && abreast < JOBS / 2);
}

// More than are taken at once, and not a whole number of times.
static void J12_a_crowd_of_several_batches(struct world *w)
{
    struct seen s = {.quick = true};
    run_all(w, (struct job_kind){.abreast = true}, &s);
    check(s.applied == CROWD && s.prepared == CROWD);
    check(ask(w, "select count(*) from job") == 1);
    check(ask(w, "select count(*) from job where ref = 7 and leased = 0 and tries = 1") == 1);
}

static void J6_one_that_fails_abreast_concerns_itself_alone(struct world *w)
{
    struct seen s = {0};
    run_all(w, (struct job_kind){.abreast = true}, &s);
    check(ask(w, "select count(*) from job") == 1);
    check(
        ask(w, "select count(*) from job where ref = 7 and leased = 0 and reason = 'It fails.'")
        == 1);
}

static enum err hang(struct ctx *cx, struct job *job)
{
    (void)cx;
    if (job->ref == 1)
        wait_for(&seen(job)->released, 1);
    return OK;
}

static enum err add_both(struct ctx *cx, void *arg)
{
    TRY(add_jobs(cx, arg));
    return job_add(cx, "test.other", 2, cx->now);
}

// One of "test.job" hangs: so many others are done all the same, and "test.other" is.
static void one_hangs(struct world *w, struct job_kind kind, bool other_network, int others)
{
    struct seen s = {0}, other = {0};
    kind.name = "test.job";
    kind.config = &s;
    kind.prepare = hang;
    kind.apply = act;
    const struct job_kind kinds[] = {kind,
                                     {.name = "test.other",
                                      .prepare = hang,
                                      .apply = act,
                                      .network = other_network,
                                      .config = &other},
                                     {0}};
    struct hall h;
    open_hall(w, &h, kinds, add_both);
    wait_for(&other.applied, 1);
    wait_for(&s.applied, others);
    check(other.applied == 1 && s.applied == others);
    s.released = 1;
    wait_for(&s.applied, JOBS);
    close_hall(w, &h);
    check(s.applied == JOBS);
}

static void J13_a_peer_that_hangs_holds_up_nobody_else(struct world *w)
{
    one_hangs(w, (struct job_kind){.network = true, .threads = 2}, true, JOBS - 1);
}

static void J16_a_crowd_abreast_holds_up_no_other_kind(struct world *w)
{
    one_hangs(w, (struct job_kind){.abreast = true}, false, 0);
}

static void J17_only_who_waits_for_peers_does_not_stand_back(struct world *w)
{
    struct seen quick = {0}, abreast = {0}, network = {0};
    int own = getpriority(PRIO_PROCESS, 0);
    run_all(w, (struct job_kind){0}, &quick);
    run_all(w, (struct job_kind){.abreast = true}, &abreast);
    run_all(w, (struct job_kind){.network = true}, &network);
    check(abreast.nice > own && quick.nice > own && network.nice == own);
}

// J3: who stops leaves nothing to wait for the end of a lease.
static void J3_what_was_not_begun_is_given_back(struct world *w)
{
    for (int abreast = 0; abreast < 2; abreast++) {
        struct seen s = {0};
        const struct job_kind kinds[] = {{.name = "test.job",
                                          .prepare = look,
                                          .apply = act,
                                          .abreast = abreast,
                                          .config = &s},
                                         {0}};
        struct hall h;
        open_hall(w, &h, kinds, add_jobs);
        wait_for(&s.applied, 3);
        close_hall(w, &h);
        check(abreast || ask(w, "select count(*) from job where tries = 0") > 0);
        check(ask(w, "select count(*) from job where leased <> 0") == 0);
        check(ask(w, "select count(*) from job where tries <> 0 and ref <> 7") == 0);
    }
}

const struct test runner_tests[] = {
    T(J17_only_who_waits_for_peers_does_not_stand_back),
    T(J3_what_was_not_begun_is_given_back),
    T(J13_a_peer_that_hangs_holds_up_nobody_else),
    T(J16_a_crowd_abreast_holds_up_no_other_kind),
    T(J12_jobs_abreast_share_a_commit),
    T(J12_a_crowd_of_several_batches),
    T(J6_one_that_fails_abreast_concerns_itself_alone),
    {0},
};
