// SPDX-License-Identifier: GPL-3.0-or-later
#include "db/pool.h"

#include "base/log.h"

#include <pthread.h>

static const isize READER_ARENA = 256 << 20;    // address space, not memory

struct pool {
    pthread_mutex_t mutex;
    pthread_cond_t given;
    struct db_place place;
    struct reader *idle;
    int open, most;
};

static struct reader *reader_new(const struct db_place *place)
{
    struct reader *r = calloc(1, sizeof *r);
    if (r == NULL)
        abort();
    r->arena = arena_new(READER_ARENA);
    struct ctx cx = {.arena = &r->arena};
    if (db_open(&cx, place, DB_READER, &r->db) == OK)
        return r;
    log_line(LOG_ERROR, "pool open=failed reason=\"" STR_FMT "\"", STR_ARG(cx.detail.en));
    arena_free(&r->arena);
    free(r);
    return NULL;
}

enum err pool_open(struct ctx *cx, const struct db_place *place, int most, struct pool **out)
{
    struct pool *p = calloc(1, sizeof *p);
    if (p == NULL)
        abort();
    p->place = *place;
    p->most = most;
    pthread_mutex_init(&p->mutex, NULL);
    pthread_cond_init(&p->given, NULL);
    struct reader *first = pool_take(p);
    if (first == NULL) {
        pool_close(p);
        return busy(cx, "cannot open the database for reading");
    }
    pool_give(p, first);
    *out = p;
    return OK;
}

void pool_close(struct pool *p)
{
    while (p->idle != NULL) {
        struct reader *r = p->idle;
        p->idle = r->next;
        db_close(r->db);
        arena_free(&r->arena);
        free(r);
    }
    pthread_mutex_destroy(&p->mutex);
    pthread_cond_destroy(&p->given);
    free(p);
}

struct reader *pool_take(struct pool *p)
{
    pthread_mutex_lock(&p->mutex);
    while (p->idle == NULL && p->open == p->most)
        pthread_cond_wait(&p->given, &p->mutex);
    struct reader *r = p->idle;
    if (r != NULL)
        p->idle = r->next;
    else
        p->open++;
    pthread_mutex_unlock(&p->mutex);
    if (r != NULL)
        return r;
    r = reader_new(&p->place);
    if (r == NULL) {
        pthread_mutex_lock(&p->mutex);
        p->open--;
        pthread_cond_signal(&p->given);    // who waits may try to open one
        pthread_mutex_unlock(&p->mutex);
    }
    return r;
}

void pool_give(struct pool *p, struct reader *r)
{
    arena_reset(&r->arena);
    pthread_mutex_lock(&p->mutex);
    r->next = p->idle;
    p->idle = r;
    pthread_cond_signal(&p->given);
    pthread_mutex_unlock(&p->mutex);
}
