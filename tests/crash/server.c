// SPDX-License-Identifier: GPL-3.0-or-later
// The server that is killed: the door, the writer and the workers, nothing else.
#include "tests/crash/crash.h"

#include "app/runner.h"
#include "base/now.h"
#include "base/secret.h"
#include "db/migrate.h"
#include "intake/intake.h"
#include "intake/lmtp_server.h"
#include "mail/message.h"
#include "net/smtp.h"
#include "outbox/outbox.h"
#include "testing/lossy.h"

#include <signal.h>
#include <unistd.h>

enum { RATE = 1 << 30 };    // a minute's share (outbox O11) is not what is tried here

struct child {
    struct db_place place;
    enum control control;
    struct writer *writer;
    struct pool *pool;
    struct runner *runner;
    struct lmtp_server *door;
    struct job_kind kinds[8];
    struct outbox_config outbox;
};

static void committed(void *arg, struct ctx *cx)
{
    struct child *c = arg;
    (void)cx;
    if (c->runner != NULL)
        runner_wake(c->runner);
}

static enum err open_data(struct ctx *cx, struct child *c)
{
    TRY(db_open(cx, &c->place, DB_WRITER, &cx->db));
    if (c->control == CONTROL_SYNC_OFF)
        TRY(db_script(cx, "pragma synchronous = off"));
    TRY(db_begin(cx));
    TRY(job_recover(cx));
    TRY(db_commit(cx));
    struct writer_config config = {
        .place = &c->place, .threads = 1, .committed = committed, .arg = c};
    TRY(writer_start_on(cx, &config, cx->db, &c->writer));
    return pool_open(cx, &c->place, 2, &c->pool);
}

static enum err start(struct ctx *cx, struct child *c, str socket)
{
    TRY(open_data(cx, c));
    c->kinds[0] = intake_jobs[0];
    c->kinds[1] = outbox_jobs[0];
    c->kinds[1].config = &c->outbox;
    c->runner = runner_start(c->kinds, c->pool, c->writer, c->place.dir);
    struct lmtp_server_config config = {.address = socket,
                                        .lmtp = {S("desk.example"), c->place.dir, 1},
                                        .threads = 2,
                                        .writer = c->writer};
    return lmtp_server_start(cx, &config, &c->door);
}

static void stop(struct child *c)
{
    lmtp_server_stop(c->door);
    runner_stop(c->runner);
    pool_close(c->pool);
    writer_stop(c->writer);
}

int server_main(int argc, char **argv)
{
    if (argc != 7 || !secret_start() || !smtp_start())
        return 2;
    mail_start();
    sigset_t set;
    int which;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigprocmask(SIG_BLOCK, &set, NULL);
    struct arena a = arena_new((isize)64 << 20);
    struct ctx cx = {.arena = &a, .now = now_utc(), .data_dir = str_from_z(argv[0])};
    struct child c = {.place.dir = cx.data_dir,
                      .control = (enum control)strtol(argv[3], NULL, 10),
                      .outbox.relay = {.smtp.url = str_from_z(argv[6]), .rate = RATE}};
    if (argv[2][0] == '1') {
        disk_start(c.control != CONTROL_NO_FOLDER);
        if (!lossy_start(strtoull(argv[4], NULL, 10)))
            return 2;
        lossy_die_at(strtol(argv[5], NULL, 10));
    }
    if (start(&cx, &c, str_from_z(argv[1])) != OK) {
        fprintf(stderr, "server: " STR_FMT "\n", STR_ARG(cx.detail.en));
        return 3;
    }
    sigwait(&set, &which);
    stop(&c);
    return 0;
}

// --- CONTROL_EARLY: "250" while the transaction is still open
// ----------------------------------

struct early {
    struct work work;
    struct ctx cx;
    struct work *orig;
};

bool __real_writer_submit(struct writer *w, struct work *work);
bool __wrap_writer_submit(struct writer *w, struct work *work);

static enum err run_and_tell(struct ctx *cx, void *arg)
{
    struct early *e = arg;
    (void)cx;
    e->orig->cx->db = e->cx.db;
    e->orig->cx->now = e->cx.now;
    enum err err = e->orig->run(e->orig->cx, e->orig->arg);
    e->orig->done(e->orig->cx, e->orig->arg, err);    // too early
    now_sleep_ms(2);
    return err;
}

static void forget(struct ctx *cx, void *arg, enum err err)
{
    (void)cx;
    (void)err;
    free(arg);
}

// Linked in place of the writer's own (meson.build); only the door's mails are told too early.
bool __wrap_writer_submit(struct writer *w, struct work *work)
{
    const char *control = getenv("CRASH_EARLY");
    if (control == NULL)
        return __real_writer_submit(w, work);
    struct early *e = calloc(1, sizeof *e);
    if (e == NULL)
        abort();
    e->orig = work;
    e->cx = *work->cx;
    e->work = (struct work){.run = run_and_tell, .done = forget, .arg = e, .cx = &e->cx};
    return __real_writer_submit(w, &e->work);
}
