// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "base/limits.h"
#include "base/now.h"
#include "job/job.h"
#include "testing/plan.h"

// What the workers of these tests were told to do, and what they did.
struct plan {
    int prepared, applied;
    enum err prepare, apply;
    bool commits;
};

static enum err note(struct ctx *cx, void *work)
{
    (void)work;
    return job_add(cx, "noted", 1, cx->now);
}

static enum err plan_prepare(struct ctx *cx, struct job *job)
{
    struct plan *p = (struct plan *)(uintptr_t)job->config;
    p->prepared++;
    if (p->commits)
        TRY(job_commit(cx, job, note, NULL));
    job->prepared = p;
    return p->prepare == OK ? OK : busy(cx, "prepare failed");
}

static enum err plan_apply(struct ctx *cx, struct job *job)
{
    struct plan *p = job->prepared;
    p->applied++;
    if (p->apply != OK)
        return busy(cx, "apply failed");
    return job_add(cx, "made", job->ref, cx->now);
}

static enum err drain(struct world *w, struct plan *p, bool network)
{
    struct job_kind kinds[] = {{.name = "test",
                                .prepare = plan_prepare,
                                .apply = plan_apply,
                                .network = network,
                                .config = p},
                               {0}};
    arena_reset(&w->arena);
    struct ctx cx = {.arena = &w->arena, .db = w->db, .now = w->now};
    return job_drain(&cx, kinds);
}

static void add(struct world *w, int64_t ref)
{
    struct ctx *cx = begin(w);
    check(end(w, job_add(cx, "test", ref, w->now)) == OK);
}

static int64_t count(struct world *w, const char *kind)
{
    return ask(
        w, arena_z(&w->arena,
                   arena_fmt(&w->arena, "select count(*) from job where kind = '%s'", kind)));
}

static void J1_a_job_is_done_once(struct world *w)
{
    struct plan p = {0};
    add(w, 1);
    add(w, 2);
    check(drain(w, &p, false) == OK && p.prepared == 2 && p.applied == 2);
    check(drain(w, &p, false) == OK && p.applied == 2);
    check(count(w, "test") == 0 && count(w, "made") == 2);
}

static void J2_the_try_is_counted_before(struct world *w)
{
    struct job *jobs;
    isize n = 0;
    add(w, 1);
    struct ctx *cx = begin(w);
    check(end(w, job_take(cx, "test", 10, &jobs, &n)) == OK && n == 1 && jobs[0].tries == 1);
    check(ask(w, "select tries from job") == 1);
}

static void J3_a_lease_ends_by_itself(struct world *w)
{
    struct job *jobs;
    isize n;
    add(w, 1);
    for (int i = 0; i < 2; i++) {
        struct ctx *cx = begin(w);
        check(end(w, job_take(cx, "test", 10, &jobs, &n)) == OK && n == (i == 0));
    }
    later(w, 3600);
    struct ctx *cx = begin(w);
    check(end(w, job_take(cx, "test", 10, &jobs, &n)) == OK && n == 1);
}

static void J3_a_restart_ends_it_at_once(struct world *w)
{
    struct job *jobs;
    isize n;
    add(w, 1);
    struct ctx *cx = begin(w);
    check(end(w, job_take(cx, "test", 10, &jobs, &n)) == OK && n == 1);
    cx = begin(w);
    check(end(w, job_recover(cx)) == OK);
    cx = begin(w);
    check(end(w, job_take(cx, "test", 10, &jobs, &n)) == OK && n == 1 && jobs[0].tries == 2);
}

static void J5_waits_longer_and_then_aside(struct world *w)
{
    struct plan p = {.apply = ERR_BUSY};
    add(w, 1);
    int64_t before = w->now.ms, pause = 0;
    for (int i = 0; i < LIMIT_JOB_TRIES; i++) {
        check(drain(w, &p, false) == OK);
        int64_t next = ask(w, "select run_at from job") - w->now.ms;
        check(next >= pause && next <= 3600 * 1000);
        pause = next;
        later(w, next / 1000);
    }
    check(p.applied == LIMIT_JOB_TRIES && w->now.ms - before > 8 * 3600 * 1000);
    check(ask(w, "select state from job") == 2);
    later(w, 86400);
    check(drain(w, &p, false) == OK && p.applied == LIMIT_JOB_TRIES);
    struct ctx *cx = begin(w);
    int64_t id = ask(w, "select id from job");
    check(end(w, job_restart(cx, id)) == OK);
    p.apply = OK;
    check(drain(w, &p, false) == OK && count(w, "made") == 1);
}

static void J6_one_that_fails_delays_nobody(struct world *w)
{
    struct plan p = {.prepare = ERR_BUSY};
    add(w, 1);
    check(drain(w, &p, false) == OK && p.applied == 0);
    add(w, 2);
    p.prepare = OK;
    check(drain(w, &p, false) == OK && p.applied == 1);
    check(ask(w, "select ref from job where kind = 'made'") == 2);
}

static void J7_twice_is_once_but_later_than_the_running_one(struct world *w)
{
    struct job *jobs;
    isize n;
    add(w, 1);
    add(w, 1);
    check(count(w, "test") == 1);
    struct ctx *cx = begin(w);
    check(job_take(cx, "test", 10, &jobs, &n) == OK && n == 1);
    check(job_add(cx, "test", 1, w->now) == OK);
    check(job_finish(cx, &jobs[0]) == OK);
    check(end(w, OK) == OK);
    check(count(w, "test") == 1);
}

static enum err plan_failed(struct ctx *cx, struct job *job, enum err err, struct words reason)
{
    check(err == ERR_BUSY);
    check_text(reason.en, S("apply failed"));
    TRY(job_add(cx, "aside", job->ref, cx->now));
    return job_finish(cx, job);
}

static void J10_a_kind_decides_itself(struct world *w)
{
    struct plan p = {.apply = ERR_BUSY};
    struct job_kind kinds[] = {{.name = "test",
                                .prepare = plan_prepare,
                                .apply = plan_apply,
                                .failed = plan_failed,
                                .config = &p},
                               {0}};
    add(w, 7);
    struct ctx *cx = &w->cx;
    arena_reset(&w->arena);
    *cx = (struct ctx){.arena = &w->arena, .db = w->db, .now = w->now};
    check(job_drain(cx, kinds) == OK);
    check(count(w, "test") == 0 && ask(w, "select ref from job where kind = 'aside'") == 7);
}

static void J8_stored_whatever_comes_after(struct world *w)
{
    for (int network = 0; network < 2; network++) {
        struct plan p = {.commits = true, .prepare = ERR_BUSY};
        add(w, network);
        check(drain(w, &p, network) == OK && p.applied == 0);
        check(count(w, "noted") == 1);
        struct ctx *cx = begin(w);
        check(end(w, db_script(cx, "delete from job")) == OK);
    }
}

static void J8_faults_leave_no_half(struct world *w)
{
    struct plan p = {.commits = true};
    add(w, 1);
    EACH_FAULT(w) {
        check(drain(w, &p, true) == OK || db_failed(w->db));
        check(count(w, "test") + count(w, "made") == 1);
        later(w, 4000);
    }
}

static enum err always(struct ctx *cx, bool *yes)
{
    (void)cx;
    *yes = true;
    return OK;
}

static void J11_one_in_quarantine_comes_again_every_hour(struct world *w)
{
    struct plan p = {.apply = ERR_BUSY};
    struct job_kind kinds[] = {{.name = "test",
                                .prepare = plan_prepare,
                                .apply = plan_apply,
                                .due = always,
                                .config = &p},
                               {0}};
    for (int i = 0; i < LIMIT_JOB_TRIES + 3; i++) {
        arena_reset(&w->arena);
        struct ctx cx = {.arena = &w->arena, .db = w->db, .now = w->now};
        check(job_drain(&cx, kinds) == OK && p.applied == i + 1);
        check(job_drain(&cx, kinds) == OK && p.applied == i + 1);
        check(ask(w, "select state from job") == 1 + (i + 1 >= LIMIT_JOB_TRIES));
        later(w, 3600);
    }
    check(count(w, "test") == 1);
}

static int64_t taken(struct world *w, struct job **job)    // its ref; 0: none
{
    isize n = 0;
    struct ctx *cx = begin(w);
    bool due = false;
    check(job_is_due(cx, "test", &due) == OK);
    check(job_take(cx, "test", 1, job, &n) == OK && due == (n > 0));
    *job = n > 0 ? memcpy(make(&w->kept, struct job, 1), *job, sizeof **job) : NULL;
    check(end(w, OK) == OK);
    return n > 0 ? (*job)->ref : 0;
}

static void J14_nobody_has_two_in_work(struct world *w)
{
    struct job *first, *job;
    for (int i = 1; i <= 5; i++) {
        struct ctx *cx = begin(w);
        check(end(w, job_add_for(cx, "test", i, instant_plus(w->now, i - 9), i < 4 ? 77 : 0))
              == OK);
    }
    struct ctx *cx = begin(w);
    check(end(w, job_add_for(cx, "other", 9, w->now, 77)) == OK);
    check(taken(w, &first) == 1 && taken(w, &job) == 4 && taken(w, &job) == 5);
    check(taken(w, &job) == 0);
    cx = begin(w);
    check(end(w, job_finish(cx, first)) == OK);
    check(taken(w, &first) == 2 && taken(w, &job) == 0);
    cx = begin(w);
    check(end(w, job_failed(cx, first, S("late"))) == OK);
    check(taken(w, &first) == 3 && taken(w, &job) == 0);
    later(w, 3600);    // a lease that ended is none
    check(taken(w, &first) == 3 && taken(w, &job) == 4 && taken(w, &job) == 5);
    check(taken(w, &job) == 0);
}

static void J14_whose_turn_it_is_stands_in_an_index(struct world *w)
{
    struct ctx *cx = begin(w);
    if (!db_is_postgres(w->db))
        check(str_find(plan_of(cx, plan_statement("job_due")), S("INDEX job_whose")) >= 0);
    check(end(w, OK) == OK);
}

const struct test job_tests[] = {
    T(J1_a_job_is_done_once),
    T(J2_the_try_is_counted_before),
    T(J3_a_lease_ends_by_itself),
    T(J3_a_restart_ends_it_at_once),
    T(J5_waits_longer_and_then_aside),
    T(J6_one_that_fails_delays_nobody),
    T(J7_twice_is_once_but_later_than_the_running_one),
    T(J8_stored_whatever_comes_after),
    T(J8_faults_leave_no_half),
    T(J10_a_kind_decides_itself),
    T(J11_one_in_quarantine_comes_again_every_hour),
    T(J14_nobody_has_two_in_work),
    T(J14_whose_turn_it_is_stands_in_an_index),
    {0},
};
