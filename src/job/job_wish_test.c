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

const struct test job_wish_tests[] = {
    T(J7_a_try_ends_its_own_wish_only),
    T(J7_a_try_that_fails_puts_off_its_own_wish_only),
    {0},
};
