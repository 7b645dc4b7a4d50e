// SPDX-License-Identifier: GPL-3.0-or-later
// J7 between two workers: what one of them ends while the same work is wished for anew.
#include "base/limits.h"
#include "base/now.h"
#include "job/job.h"
#include "testing/test.h"

static void add(struct world *w)
{
    struct ctx *cx = begin(w);
    check(end(w, job_add(cx, "test", 1, w->now)) == OK);
}

static int64_t waiting(struct world *w)
{
    return ask(w, "select count(*) from job where kind = 'test'");
}

static struct job take_one(struct world *w)
{
    struct job *jobs, none = {0};
    isize n = 0;
    struct ctx *cx = begin(w);
    check(end(w, job_take(cx, "test", 10, &jobs, &n)) == OK);
    return n > 0 ? jobs[0] : none;
}

static enum err finish(struct world *w, const struct job *job)
{
    struct ctx *cx = begin(w);
    return end(w, job_finish(cx, job));
}

static enum err failed(struct world *w, const struct job *job)
{
    struct ctx *cx = begin(w);
    return end(w, job_failed(cx, job, S("late")));
}

static void J7_a_try_ends_its_own_wish_only(struct world *w)
{
    add(w);
    struct job old = take_one(w);
    add(w);
    struct job newer = take_one(w);
    check(old.id == newer.id && newer.tries == old.tries);
    check(finish(w, &old) == OK && waiting(w) == 1);
    check(take_one(w).id == 0);    // it is in work
    check(finish(w, &newer) == OK && waiting(w) == 0);
}

static void J7_a_try_that_fails_puts_off_its_own_wish_only(struct world *w)
{
    add(w);
    struct job old = take_one(w);
    old.tries = LIMIT_JOB_TRIES;
    add(w);
    check(failed(w, &old) == OK && ask(w, "select state from job") == 1);
    check(ask(w, "select run_at from job") == w->now.ms);
    struct job newer = take_one(w);
    check(failed(w, &old) == OK && take_one(w).id == 0);
    later(w, 3600);    // too long: the next one begins
    struct job last = take_one(w);
    check(last.tries == 2 && failed(w, &newer) == OK && take_one(w).id == 0);
    check(failed(w, &last) == OK && ask(w, "select leased from job") == 0);
}

static void by(struct world *w, int64_t seconds)
{
    struct ctx *cx = begin(w);
    check(end(w, job_by(cx, "test", 1, instant_plus(w->now, seconds))) == OK);
}

static int64_t runs_in(struct world *w)
{
    return (ask(w, "select run_at from job where kind = 'test' and state = 1 and leased = 0")
            - w->now.ms)
           / 1000;
}

static void J9_the_earliest_wish_holds(struct world *w)
{
    by(w, 60);
    by(w, 90);
    check(waiting(w) == 1 && runs_in(w) == 60 && ask(w, "select wish from job") == 0);
    by(w, 30);
    check(waiting(w) == 1 && runs_in(w) == 30);
    later(w, 30);
    struct job job = take_one(w);
    check(finish(w, &job) == OK && waiting(w) == 0);
}

static void J9_a_wish_while_it_runs_is_not_lost(struct world *w)
{
    by(w, 0);
    struct job old = take_one(w);
    by(w, 60);    // the running one has looked already
    check(finish(w, &old) == OK && waiting(w) == 1 && runs_in(w) == 0);
    struct job newer = take_one(w);
    check(newer.id == old.id && newer.tries == 1);
    by(w, 60);
    check(failed(w, &newer) == OK && runs_in(w) == 0);    // its try is not put off either
}

static void J9_a_wish_ends_the_quarantine(struct world *w)
{
    by(w, 0);
    struct job job = take_one(w);
    check(end(w, db_script(begin(w), "update job set tries = 100")) == OK);
    job.tries = 100;
    check(failed(w, &job) == OK && ask(w, "select state from job") == 2);
    by(w, 60);
    check(runs_in(w) == 60 && ask(w, "select tries from job") == 0);
    later(w, 60);
    check(take_one(w).id == job.id);
}

const struct test job_wish_tests[] = {
    T(J7_a_try_ends_its_own_wish_only),
    T(J7_a_try_that_fails_puts_off_its_own_wish_only),
    T(J9_the_earliest_wish_holds),
    T(J9_a_wish_while_it_runs_is_not_lost),
    T(J9_a_wish_ends_the_quarantine),
    {0},
};
