// SPDX-License-Identifier: GPL-3.0-or-later
#include "db/writer.h"

#include "base/now.h"
#include "testing/test.h"

#include <pthread.h>

struct job_of_mine {
    const char *sql;    // what it does
    enum err ends;      // what its first runs say
    int fails;          // how many of them
    int runs;
    struct work work;
    struct ctx cx;
};

static enum err run(struct ctx *cx, void *arg)
{
    struct job_of_mine *j = arg;
    if (j->sql[0] != 0)
        TRY(db_script(cx, j->sql));
    if (j->runs++ >= j->fails)
        return OK;
    return j->ends == ERR_BUSY ? busy(cx, "at first it fails")
                               : fail(cx, j->ends, "It fails.", "Es misslingt.");
}

static void done(struct ctx *cx, void *arg, enum err err)
{
    (void)cx;
    struct job_of_mine *j = arg;
    j->work.err = err;
}

static enum err wait_for(struct ctx *cx, void *gate)
{
    (void)cx;
    pthread_mutex_lock(gate);
    pthread_mutex_unlock(gate);
    return OK;
}

static void passed(struct ctx *cx, void *arg, enum err err)
{
    (void)cx;
    (void)arg;
    check(err == OK);
}

// All of them in one group: a work before them holds the writer until they wait.
static void as_a_group(struct world *w, struct job_of_mine *j, int n)
{
    pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
    struct writer_config config = {.place = &w->place, .threads = 1};
    struct writer *writer;
    struct ctx cx = {.arena = &w->kept}, first = {.arena = &w->kept};
    struct work held = {.run = wait_for, .done = passed, .arg = &gate, .cx = &first};
    check(writer_start_on(&cx, &config, w->db, &writer) == OK);    // it owns the connection
    pthread_mutex_lock(&gate);
    check(writer_submit(writer, &held));
    while (writer_counts(writer).waiting > 0)
        now_sleep_ms(1);
    for (int i = 0; i < n; i++) {
        j[i].cx = (struct ctx){.arena = &w->kept};
        j[i].work = (struct work){.run = run, .done = done, .arg = &j[i], .cx = &j[i].cx};
        check(writer_submit(writer, &j[i].work));
    }
    pthread_mutex_unlock(&gate);
    writer_stop(writer);
    check(db_open(&cx, &w->place, DB_WRITER, &w->db) == OK);
}

#define TEAM(name) \
    "insert into team (tenant, name_de, name_en, level) values (1, '" name "', 'x', 1)"

static void W1_W5_who_fails_takes_nothing_with_it_and_is_tried_again(struct world *w)
{
    struct job_of_mine j[] = {{.sql = TEAM("a")},
                              {.sql = TEAM("b"), .ends = ERR_BUSY, .fails = 2},
                              {.sql = "insert into nowhere values (1)"},
                              {.sql = TEAM("d"), .ends = ERR_INVALID, .fails = 9},
                              {.sql = TEAM("c")}};
    as_a_group(w, j, countof(j));
    check(j[0].runs == 2 && j[1].runs == 3 && j[2].runs == 0 && j[3].runs == 1
          && j[4].runs == 1);
    check(j[0].work.err == OK && j[1].work.err == OK && j[4].work.err == OK);
    check(j[2].work.err == ERR_BROKEN && j[3].work.err == ERR_INVALID);
    check(ask(w, "select count(*) from team where name_de in ('a', 'b', 'c')") == 3);
    check(ask(w, "select count(*) from team where name_de = 'd'") == 0);
}

static void W1_a_group_that_goes_well_runs_once(struct world *w)
{
    struct job_of_mine j[] = {{.sql = TEAM("a")}, {.sql = TEAM("b")}, {.sql = TEAM("c")}};
    as_a_group(w, j, countof(j));
    check(j[0].runs == 1 && j[1].runs == 1 && j[2].runs == 1);
    check(ask(w, "select count(*) from team where name_de in ('a', 'b', 'c')") == 3);
}

static void W1_who_fails_with_nobody_beside_it_is_not_tried_again(struct world *w)
{
    struct job_of_mine j = {.sql = TEAM("d"), .ends = ERR_INVALID, .fails = 9};
    struct writer_config config = {.place = &w->place, .threads = 1};
    struct ctx cx = {.arena = &w->kept};
    struct writer *writer;
    check(writer_start_on(&cx, &config, w->db, &writer) == OK);
    check(writer_do(writer, &cx, run, &j) == ERR_INVALID && j.runs == 1);
    writer_stop(writer);
    check(db_open(&cx, &w->place, DB_WRITER, &w->db) == OK);
    check(ask(w, "select count(*) from team where name_de = 'd'") == 0);
}

// SQLite rolls all back when the disk is full; here a work does it by itself.
static void W5a_who_ends_the_transaction_takes_none_with_it_for_good(struct world *w)
{
    struct job_of_mine j[] = {{.sql = TEAM("a")},
                              {.sql = "rollback", .ends = ERR_BUSY, .fails = 2},
                              {.sql = TEAM("c")}};
    as_a_group(w, j, countof(j));
    check(j[0].runs == 3 && j[0].work.err == OK && j[1].work.err == ERR_BUSY);
    check(j[2].runs == 1 && j[2].work.err == OK);
    check(ask(w, "select count(*) from team where name_de in ('a', 'c')") == 2);
}

struct late {
    struct writer *writer;
    struct work work;
    struct ctx cx;
};

static enum err nothing(struct ctx *cx, void *arg)
{
    (void)cx;
    (void)arg;
    return OK;
}

static enum err bring_another(struct ctx *cx, void *arg)
{
    (void)cx;
    struct late *late = arg;
    late->work = (struct work){.run = nothing, .done = passed, .cx = &late->cx};
    check(writer_submit(late->writer, &late->work));
    return OK;
}

static void W7_what_arrives_while_a_group_runs_joins_it(struct world *w)
{
    struct writer_config config = {.place = &w->place, .threads = 1};
    struct ctx cx = {.arena = &w->kept};
    struct late late = {.cx = {.arena = &w->kept}};
    check(writer_start_on(&cx, &config, w->db, &late.writer) == OK);
    check(writer_do(late.writer, &cx, bring_another, &late) == OK);
    struct writer_counts counts = writer_counts(late.writer);
    check(counts.commits == 1 && counts.works == 2);
    writer_stop(late.writer);
    check(db_open(&cx, &w->place, DB_WRITER, &w->db) == OK);
}

const struct test writer_tests[] = {
    T(W1_W5_who_fails_takes_nothing_with_it_and_is_tried_again),
    T(W1_a_group_that_goes_well_runs_once),
    T(W1_who_fails_with_nobody_beside_it_is_not_tried_again),
    T(W5a_who_ends_the_transaction_takes_none_with_it_for_good),
    T(W7_what_arrives_while_a_group_runs_joins_it),
    {0},
};
