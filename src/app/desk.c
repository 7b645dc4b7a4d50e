// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desk.h"

#include "app/content.h"
#include "app/control.h"
#include "app/features.h"
#include "app/runner.h"
#include "base/io.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/now.h"
#include "crypt/engine.h"
#include "db/migrate.h"
#include "forge/forge.h"
#include "intake/intake.h"
#include "intake/lmtp_server.h"
#include "letterhead/letterhead.h"
#include "mailbox/mailbox_ledger.h"
#include "mailbox/mailbox_server.h"
#include "net/clamd.h"
#include "outbox/outbox.h"
#include "web/live.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

enum {
    HOST_MAX = 256,
    LMTP_THREADS = 2,
    WRITERS = 2,
    JOB_READERS = 3,
    MAILBOX_READERS = 2,
    JOB_KINDS = 64
};

struct desk {
    struct options options;
    struct pool *pool;
    struct writer *writer;
    struct content *content;
    struct site *site;
    struct runner *runner;
    struct control *control;
    struct lmtp_server *lmtp;
    struct mailbox_server *mailboxes;
    struct intake_config intake;
    struct outbox_config outbox;
    struct forge_config forge;
    struct job_kind kinds[JOB_KINDS];
    int threads;
};

// W6: after each commit the pages hear what happened, and the runner looks for work.
static void committed(void *arg, struct ctx *cx)
{
    struct desk *d = arg;
    if (d->site != NULL)
        live_publish(site_live(d->site), cx);
    if (d->runner != NULL)
        runner_wake(d->runner);
}

// The lock of SQLite's directory proves that whoever held a lease is gone; on a shared database
// leases end by themselves.
static enum err recover(struct ctx *cx)
{
    if (db_is_postgres(cx->db))
        return OK;
    TRY(db_begin(cx));
    TRY(job_recover(cx));
    TRY(mailbox_recover(cx));
    return db_commit(cx);
}

// command.h O7.  *ready: the statements of this program fit.
static enum err bring_up(struct ctx *cx, const struct options *o, bool *ready)
{
    int applied = 0, known = 0;
    *ready = true;
    if (o->as_it_is)
        TRY(migrate_look(cx, &applied, &known));
    if (applied >= known)    // or newer: refused (migrate.h M2)
        return migrate_run(cx);
    *ready = false;
    if (o->any_age)
        return OK;
    return fail(cx, ERR_INVALID,
                "The data is older than this program: schema %d of %d. Back it up, then start "
                "the server or say: staffel migrate",
                "Die Daten sind älter als dieses Programm: Schema %d von %d. Sichere sie, dann "
                "starte den Server oder sag: staffel migrate",
                applied, known);
}

static enum err open_data(struct ctx *cx, struct desk *d)
{
    struct db *db;
    TRY(io_mkdir(cx, d->options.place.dir));
    TRY(io_mkdir(cx, arena_fmt(cx->arena, STR_FMT "/blob", STR_ARG(d->options.place.dir))));
    TRY(io_mkdir(cx, arena_fmt(cx->arena, STR_FMT "/tmp", STR_ARG(d->options.place.dir))));
    TRY(db_open(cx, &d->options.place, DB_WRITER, &db));
    cx->db = db;
    bool ready;
    enum err err = bring_up(cx, &d->options, &ready);
    if (err == OK && ready)
        err = db_prepare_all(cx);    // B3
    if (err == OK && ready)
        err = recover(cx);
    struct writer_config config = {
        .place = &d->options.place, .threads = WRITERS, .committed = committed, .arg = d};
    if (err == OK)
        err = writer_start_on(cx, &config, db, &d->writer);
    else
        db_close(db);
    cx->db = NULL;
    TRY(err);
    return pool_open(cx, &d->options.place, d->threads + JOB_READERS + MAILBOX_READERS,
                     &d->pool);
}

bool desk_is_there(struct ctx *cx, const struct options *o)
{
    int fd;
    str dir = o->place.dir;
    if (o->place.postgres.n > 0)
        return true;
    bool there =
        io_open_read(cx, arena_fmt(cx->arena, STR_FMT "/staffel.db", STR_ARG(dir)), &fd) == OK;
    if (there)
        io_close(fd);
    ctx_forgive(cx);
    return there;
}

enum err desk_open(struct ctx *cx, const struct options *o, struct desk **out)
{
    struct desk *d = calloc(1, sizeof *d);
    if (d == NULL)
        abort();
    d->options = *o;
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    d->threads = cores < 1 ? 1 : cores > 64 ? 64 : (int)cores;
    enum err err = open_data(cx, d);
    if (err != OK) {
        desk_close(d);
        return err;
    }
    *out = d;
    return OK;
}

void desk_close(struct desk *d)
{
    if (d->pool != NULL)
        pool_close(d->pool);
    if (d->writer != NULL)
        writer_stop(d->writer);
    free(d);
}

struct pool *desk_pool(struct desk *d)
{
    return d->pool;
}

const struct options *desk_options(const struct desk *d)
{
    return &d->options;
}

enum err desk_write(struct desk *d, struct ctx *cx, enum err (*run)(struct ctx *, void *),
                    void *arg)
{
    return writer_do(d->writer, cx, run, arg);
}

static enum err start_lmtp(struct ctx *cx, struct desk *d)
{
    char *host = make(cx->arena, char, HOST_MAX);
    if (gethostname(host, HOST_MAX - 1) != 0)
        return broken(cx, "this machine has no name");
    struct lmtp_server_config config = {
        .address = d->options.lmtp,
        .lmtp = {.host = str_from_z(host), .data_dir = d->options.place.dir},
        .threads = LMTP_THREADS,
        .writer = d->writer,
    };
    return lmtp_server_start(cx, &config, &d->lmtp);
}

static enum err start_mailboxes(struct ctx *cx, struct desk *d)
{
    struct mailbox_server_config config = {.writer = d->writer,
                                           .pool = d->pool,
                                           .data_dir = d->options.place.dir,
                                           .trust = d->options.trust};
    return mailbox_server_start(cx, &config, &d->mailboxes);
}

// The relay, as the operator named it.  Its password stands in a file, never on a command line.
static enum err read_relay(struct ctx *cx, struct desk *d)
{
    const struct options *o = &d->options;
    struct smarthost_wish w = {o->relay, o->relay_login, o->relay_rate, o->trust};
    d->intake.auth_server = o->auth_server;
    d->intake.keys.home = d->outbox.keys.home = o->keys;
    if (o->keys.n > 0)
        TRY(engine_check(cx, &(struct engine){.home = o->keys}));
    d->forge = (struct forge_config){.own = o->own_hosts, .trust = o->trust};
    d->intake.scanner = o->scanner;
    d->intake.unscanned = o->unscanned;
    if (o->scanner.n > 0 && !clamd_is_address(o->scanner))
        return fail(cx, ERR_INVALID, "A virus scanner is unix:PATH or HOST:PORT.",
                    "Ein Virenscanner ist unix:PFAD oder HOST:PORT.");
    if (o->dkim.n > 0)
        TRY(dkim_read(cx, o->dkim, &d->outbox.dkim));
    return smarthost_read(cx, &w, &d->outbox.relay);
}

// The table of kinds, with what each was told by the operator.
static void collect_jobs(struct desk *d)
{
    int n = 0;
    for (isize i = 0; feature_jobs[i] != NULL; i++)
        for (const struct job_kind *k = feature_jobs[i]; k->name != NULL && n < JOB_KINDS - 1;
             k++) {
            d->kinds[n] = *k;
            if (strncmp(k->name, "intake.", 7) == 0)
                d->kinds[n].config = &d->intake;
            if (strncmp(k->name, "outbox.", 7) == 0)
                d->kinds[n].config = &d->outbox;
            if (strncmp(k->name, "forge.", 6) == 0)
                d->kinds[n].config = &d->forge;
            n++;
        }
}

static enum err start_content(struct ctx *cx, struct desk *d, struct site_config *config)
{
    if (d->options.content.n == 0)
        return OK;
    struct content_config content = {.listen = d->options.content,
                                     .pool = d->pool,
                                     .place = config->place,
                                     .upload_dir = config->upload_dir};
    TRY(content_start(cx, &content, &d->content));
    config->content_port = content_port(d->content);
    config->content_url = d->options.content_url;
    return OK;
}

// Mail that leaves from an invented address cannot be answered (letterhead.h B5).
static enum err warn_of_letterhead(struct ctx *cx, struct desk *d)
{
    str lack[LETTERHEAD_LACKS];
    isize n = 0;
    if (d->options.relay.n == 0)
        return OK;
    struct reader *r = pool_take(d->pool);
    if (r == NULL)
        return busy(cx, "no database connection");
    cx->db = r->db;
    enum err err = letterhead_lacking(cx, lack, &n);
    cx->db = NULL;
    pool_give(d->pool, r);
    for (isize i = 0; i < n; i++)
        log_line(LOG_ERROR, STR_FMT, STR_ARG(lack[i]));
    return err;
}

static enum err start(struct ctx *cx, struct desk *d)
{
    const struct options *o = &d->options;
    struct site_config config = {
        .routes = feature_routes,
        .assets = web_assets,
        .pool = d->pool,
        .writer = d->writer,
        .place = o->place,
        .upload_dir = arena_fmt(cx->arena, STR_FMT "/tmp", STR_ARG(o->place.dir)),
        .listen = o->listen,
        .threads = d->threads,
        .quiet = o->quiet,
        .keeps_mail = o->relay.n == 0,
        .trust = o->trust,
        .keys = o->keys,
    };
    TRY(read_relay(cx, d));
    TRY(warn_of_letterhead(cx, d));
    collect_jobs(d);
    d->runner = runner_start(d->kinds, d->pool, d->writer, o->place.dir);
    TRY(start_content(cx, d, &config));
    TRY(site_start(cx, &config, &d->site));
    if (o->lmtp.n > 0)
        TRY(start_lmtp(cx, d));
    TRY(start_mailboxes(cx, d));
    return control_start(cx, o->place.dir, d, &d->control);
}

// T1: also of a start that ended halfway.  The order: no new work from outside, then the jobs,
// then the writer, which finishes what waits.
static void stop(struct desk *d)
{
    if (d->control != NULL)
        control_stop(d->control);
    if (d->lmtp != NULL)
        lmtp_server_stop(d->lmtp);
    d->lmtp = NULL;
    if (d->mailboxes != NULL)
        mailbox_server_stop(d->mailboxes);
    d->mailboxes = NULL;
    if (d->site != NULL)
        site_stop(d->site);
    d->site = NULL;
    if (d->content != NULL)
        content_stop(d->content);
    d->content = NULL;
    if (d->runner != NULL)
        runner_stop(d->runner);
    d->runner = NULL;
    dkim_forget(&d->outbox.dkim);
}

static void wait_for_signal(void)
{
    sigset_t set;
    int which;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigwait(&set, &which);
}

static str door(struct arena *a, str address, int port)
{
    isize host = address.n;
    if (address.n == 0)
        return S("none");
    if (str_starts(address, S("unix:")))
        return address;
    while (host > 0 && address.p[host - 1] != ':')
        host--;
    return arena_fmt(a, STR_FMT "%d", STR_ARG(str_head(address, host)), port);
}

str desk_where(struct arena *a, const struct options *o, int port, int lmtp_port)
{
    return arena_fmt(a, "port=%d lmtp=" STR_FMT " relay=" STR_FMT, port,
                     STR_ARG(door(a, o->lmtp, lmtp_port)),
                     STR_ARG(o->relay.n > 0 ? o->relay : S("none")));
}

enum err desk_serve(struct ctx *cx, struct desk *d, const struct options *o,
                    void (*opened)(str listen))
{
    d->options = *o;
    enum err err = start(cx, d);
    if (err == OK) {
        int lmtp_port = d->lmtp != NULL ? lmtp_server_port(d->lmtp) : 0;
        str where = desk_where(cx->arena, o, site_port(d->site), lmtp_port);
        log_line(LOG_INFO, "serving " STR_FMT " pid=%d", STR_ARG(where), (int)getpid());
        if (opened != NULL)
            opened(o->listen);
        wait_for_signal();
        log_line(LOG_INFO, "stopping");
    }
    stop(d);
    return err;
}
