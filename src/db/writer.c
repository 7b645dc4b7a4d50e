// SPDX-License-Identifier: GPL-3.0-or-later
#include "db/writer.h"

#include "base/limits.h"
#include "base/log.h"
#include "base/now.h"

#include <pthread.h>
#include <sysexits.h>
#include <unistd.h>

enum { GROUP_MAX = 256, JOIN_MAX = 16, JOIN_MS = 10, THREADS_MAX = 16 };

struct line {    // one thread that writes
    struct writer *writer;
    struct db *db;
    struct arena arena;    // for begin, commit and their errors
    pthread_t thread;
};

struct writer {
    struct writer_config config;
    pthread_mutex_t mutex;
    pthread_cond_t arrived;
    struct work *first, **last;
    struct writer_counts counts;
    bool stop;
    int lines;
    struct line line[THREADS_MAX];
};

// Under the mutex.
static struct work *take_waiting(struct writer *w, int most)
{
    struct work *group = w->first, **end = &group;
    int n = 0;
    for (; *end != NULL && n < most; n++)
        end = &(*end)->next;
    w->first = *end;
    if (w->first == NULL)
        w->last = &w->first;
    *end = NULL;
    w->counts.waiting -= n;
    return group;
}

static struct work *take_group(struct writer *w)
{
    pthread_mutex_lock(&w->mutex);
    while (w->first == NULL && !w->stop)
        pthread_cond_wait(&w->arrived, &w->mutex);
    struct work *group = take_waiting(w, GROUP_MAX);
    pthread_mutex_unlock(&w->mutex);
    return group;
}

// W7
static struct work *joining(struct writer *w, int64_t since_ms)
{
    if (w->lines > 1 || now_monotonic_ms() - since_ms >= JOIN_MS)
        return NULL;
    pthread_mutex_lock(&w->mutex);
    struct work *more = take_waiting(w, JOIN_MAX);
    pthread_mutex_unlock(&w->mutex);
    return more;
}

// W1: a savepoint costs a copy of every page that its work touches.
enum apart { TOGETHER = 1, EACH, ALONE };

static void undo(struct ctx *cx, struct work *work)
{
    cx->events = NULL;
    struct words why = cx->detail;    // undoing must not hide the reason
    if (db_undo(cx) != OK)
        work->err = ERR_BUSY;
    cx->detail = why;
}

// W5a, even if the work forgave it.
static enum err still_open(struct ctx *cx)
{
    return db_is_open(cx->db) ? OK : busy(cx, "the transaction is gone");
}

static void run_one(struct line *l, struct work *work, enum apart how)
{
    struct ctx *cx = work->cx;
    cx->db = l->db;
    cx->now = now_utc();
    cx->events = NULL;
    work->err = how == EACH ? db_savepoint(cx) : OK;
    if (work->err != OK)
        return;
    work->err = work->run(cx, work->arg);
    if (work->err == OK)
        work->err = how == EACH ? db_release(cx) : still_open(cx);
    if (work->err != OK && how == EACH)
        undo(cx, work);
}

static enum err begin(struct line *l, struct ctx *cx)
{
    arena_reset(&l->arena);
    *cx = (struct ctx){.arena = &l->arena, .db = l->db};
    return db_begin(cx);
}

// W4
static void stop_if_disk_failed(struct ctx *cx, enum err err)
{
    if (err != ERR_BROKEN)
        return;
    log_line(LOG_ERROR, "writer commit=failed reason=\"" STR_FMT "\" exit=74",
             STR_ARG(cx->detail.en));
    _exit(EX_IOERR);
}

static void fail_all(struct work *group, enum err err)
{
    for (struct work *k = group; k != NULL; k = k->next)
        k->err = k->err == OK ? err : k->err;
}

// False when what was done must not be stored: one failed that had no savepoint, or ended the
// transaction (W5a).
static bool run_all(struct line *l, struct work *group, bool *any, enum apart how)
{
    int64_t since_ms = now_monotonic_ms();
    for (struct work *k = group; k != NULL; k = k->next) {
        run_one(l, k, how);
        *any |= k->err == OK;
        if (k->err != OK && (how != EACH || !db_is_open(l->db)))
            return false;
        if (k->next == NULL && how != ALONE)
            k->next = joining(l->writer, since_ms);
    }
    return true;
}

static void store(struct ctx *cx, struct work *group, bool any)
{
    enum err err = any ? db_commit(cx) : OK;
    if (any && err == OK)
        return;
    stop_if_disk_failed(cx, err);
    db_rollback(cx);
    fail_all(group, err);    // W3
}

static void forgive_all(struct work *group)
{
    for (struct work *k = group; k != NULL; k = k->next) {
        ctx_forgive(k->cx);
        k->err = OK;
    }
}

static void run_group(struct line *l, struct work *group, enum apart how)
{
    struct ctx cx;
    bool any = false;
    enum err err = begin(l, &cx);
    if (err != OK) {
        fail_all(group, err);
        return;
    }
    if (run_all(l, group, &any, how)) {
        store(&cx, group, any);
        return;
    }
    db_rollback(&cx);
    if (how == EACH)
        fail_all(group, ERR_BUSY);
    if (how != TOGETHER || group->next == NULL)
        return;
    forgive_all(group);
    run_group(l, group, EACH);
}

static void count(struct writer *w, const struct work *group)
{
    pthread_mutex_lock(&w->mutex);
    w->counts.commits++;
    for (; group != NULL; group = group->next) {
        w->counts.works++;
        w->counts.failed += group->err != OK;
    }
    pthread_mutex_unlock(&w->mutex);
}

static void answer(struct writer *w, struct work *group)
{
    while (group != NULL) {
        struct work *next = group->next;    // done() may free the work
        if (group->err == OK && w->config.committed != NULL)
            w->config.committed(w->config.arg, group->cx);
        group->done(group->cx, group->arg, group->err);
        group = next;
    }
}

// W5: alone, so that nobody else's locks are in the way.
static void retry_lost(struct line *l, struct work *group)
{
    for (struct work *k = group; k != NULL; k = k->next) {
        struct work *rest = k->next;
        if (k->err != ERR_BUSY && k->err != ERR_STALE)
            continue;
        k->next = NULL;
        forgive_all(k);
        run_group(l, k, ALONE);
        k->next = rest;
    }
}

static void *line_run(void *arg)
{
    struct line *l = arg;
    struct work *group;
    while ((group = take_group(l->writer)) != NULL) {
        run_group(l, group, TOGETHER);
        if (!db_in_doubt(l->db))
            retry_lost(l, group);
        count(l->writer, group);
        answer(l->writer, group);
    }
    return NULL;
}

static enum err open_lines(struct ctx *cx, struct writer *w, struct db *first)
{
    for (int i = 0; i < w->lines; i++) {
        struct line *l = &w->line[i];
        l->writer = w;
        l->arena = arena_new(1 << 20);
        if (i == 0 && first != NULL)
            l->db = first;
        else
            TRY(db_open(cx, w->config.place, DB_WRITER, &l->db));
    }
    return OK;
}

static void free_lines(struct writer *w)
{
    for (int i = 0; i < w->lines; i++) {
        if (w->line[i].arena.base == NULL)
            continue;
        db_close(w->line[i].db);
        arena_free(&w->line[i].arena);
    }
    pthread_mutex_destroy(&w->mutex);
    pthread_cond_destroy(&w->arrived);
    free(w);
}

enum err writer_start_on(struct ctx *cx, const struct writer_config *config, struct db *first,
                         struct writer **out)
{
    struct writer *w = calloc(1, sizeof *w);
    if (w == NULL)
        abort();
    w->config = *config;
    w->last = &w->first;
    bool postgres = config->place->postgres.n > 0;
    w->lines = postgres ? (int)int_min(config->threads, THREADS_MAX) : 1;    // B4
    pthread_mutex_init(&w->mutex, NULL);
    pthread_cond_init(&w->arrived, NULL);
    enum err err = open_lines(cx, w, first);
    if (err != OK) {
        free_lines(w);
        return err;
    }
    for (int i = 0; i < w->lines; i++)
        if (pthread_create(&w->line[i].thread, NULL, line_run, &w->line[i]) != 0)
            abort();
    *out = w;
    return OK;
}

enum err writer_start(struct ctx *cx, const struct writer_config *config, struct writer **out)
{
    return writer_start_on(cx, config, NULL, out);
}

void writer_stop(struct writer *w)
{
    pthread_mutex_lock(&w->mutex);
    w->stop = true;
    pthread_cond_broadcast(&w->arrived);
    pthread_mutex_unlock(&w->mutex);
    for (int i = 0; i < w->lines; i++)
        pthread_join(w->line[i].thread, NULL);
    free_lines(w);
}

bool writer_submit(struct writer *w, struct work *work)
{
    work->next = NULL;
    work->err = OK;
    pthread_mutex_lock(&w->mutex);
    bool room = w->counts.waiting < LIMIT_WAITING_WRITES && !w->stop;
    if (room) {
        *w->last = work;
        w->last = &work->next;
        w->counts.waiting++;
        pthread_cond_signal(&w->arrived);
    }
    pthread_mutex_unlock(&w->mutex);
    return room;
}

struct wait {
    pthread_mutex_t mutex;
    pthread_cond_t over;
    enum err (*run)(struct ctx *, void *);
    void *arg;
    enum err err;
    bool done;
};

static enum err wait_run(struct ctx *cx, void *arg)
{
    struct wait *wait = arg;
    return wait->run(cx, wait->arg);
}

static void wait_done(struct ctx *cx, void *arg, enum err err)
{
    (void)cx;
    struct wait *wait = arg;
    pthread_mutex_lock(&wait->mutex);
    wait->err = err;
    wait->done = true;
    pthread_cond_signal(&wait->over);
    pthread_mutex_unlock(&wait->mutex);
}

enum err writer_do(struct writer *w, struct ctx *cx, enum err (*run)(struct ctx *, void *),
                   void *arg)
{
    struct db *before = cx->db;
    struct wait wait = {.run = run, .arg = arg};
    pthread_mutex_init(&wait.mutex, NULL);
    pthread_cond_init(&wait.over, NULL);
    struct work work = {.run = wait_run, .done = wait_done, .arg = &wait, .cx = cx};
    if (writer_submit(w, &work)) {
        pthread_mutex_lock(&wait.mutex);
        while (!wait.done)
            pthread_cond_wait(&wait.over, &wait.mutex);
        pthread_mutex_unlock(&wait.mutex);
    } else {
        wait.err = busy(cx, "too many writes are waiting");
    }
    pthread_mutex_destroy(&wait.mutex);
    pthread_cond_destroy(&wait.over);
    cx->db = before;
    return wait.err;
}

struct writer_counts writer_counts(struct writer *w)
{
    pthread_mutex_lock(&w->mutex);
    struct writer_counts c = w->counts;
    pthread_mutex_unlock(&w->mutex);
    return c;
}
