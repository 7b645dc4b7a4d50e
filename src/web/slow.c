// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/slow.h"

#include <pthread.h>

enum { WAITING_MAX = 64, THREADS_MAX = 8 };

struct slow {
    pthread_mutex_t mutex;
    pthread_cond_t arrived;
    struct {
        void (*run)(void *);
        void *arg;
    } queue[WAITING_MAX];
    int first, n, threads;
    bool stop;
    pthread_t thread[THREADS_MAX];
};

static void *run(void *arg)
{
    struct slow *s = arg;
    pthread_mutex_lock(&s->mutex);
    for (;;) {
        while (s->n == 0 && !s->stop)
            pthread_cond_wait(&s->arrived, &s->mutex);
        if (s->n == 0)
            break;
        int i = s->first;
        s->first = (s->first + 1) % WAITING_MAX;
        s->n--;
        void (*todo)(void *) = s->queue[i].run;
        void *with = s->queue[i].arg;
        pthread_mutex_unlock(&s->mutex);
        todo(with);
        pthread_mutex_lock(&s->mutex);
    }
    pthread_mutex_unlock(&s->mutex);
    return NULL;
}

struct slow *slow_new(int threads)
{
    struct slow *s = calloc(1, sizeof *s);
    if (s == NULL)
        abort();
    pthread_mutex_init(&s->mutex, NULL);
    pthread_cond_init(&s->arrived, NULL);
    s->threads = threads < THREADS_MAX ? threads : THREADS_MAX;
    for (int i = 0; i < s->threads; i++)
        if (pthread_create(&s->thread[i], NULL, run, s) != 0)
            abort();
    return s;
}

void slow_free(struct slow *s)
{
    pthread_mutex_lock(&s->mutex);
    s->stop = true;
    pthread_cond_broadcast(&s->arrived);
    pthread_mutex_unlock(&s->mutex);
    for (int i = 0; i < s->threads; i++)
        pthread_join(s->thread[i], NULL);
    pthread_cond_destroy(&s->arrived);
    pthread_mutex_destroy(&s->mutex);
    free(s);
}

bool slow_add(struct slow *s, void (*todo)(void *), void *arg)
{
    pthread_mutex_lock(&s->mutex);
    bool room = s->n < WAITING_MAX && !s->stop;
    if (room) {
        int i = (s->first + s->n++) % WAITING_MAX;
        s->queue[i].run = todo;
        s->queue[i].arg = arg;
        pthread_cond_signal(&s->arrived);
    }
    pthread_mutex_unlock(&s->mutex);
    return room;
}
