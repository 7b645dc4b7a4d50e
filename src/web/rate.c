// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/rate.h"

#include "base/secret.h"

#include <pthread.h>

enum { BUCKETS = 1 << 14, PROBES = 8 };

struct bucket {
    uint64_t key;
    int64_t full_at_ms;    // when it will have refilled: everything there is to know
};

struct rates {
    pthread_mutex_t mutex;
    unsigned char secret[SHORT_KEY_BYTES];
    struct bucket bucket[BUCKETS];
};

struct rates *rate_new(void)
{
    struct rates *r = calloc(1, sizeof *r);
    if (r == NULL)
        abort();
    pthread_mutex_init(&r->mutex, NULL);
    secret_random(r->secret, sizeof r->secret);
    return r;
}

void rate_free(struct rates *r)
{
    pthread_mutex_destroy(&r->mutex);
    free(r);
}

static uint64_t key_of(const struct rates *r, const char *what, str key)
{
    uint64_t both[2] = {secret_short(r->secret, str_from_z(what)),
                        secret_short(r->secret, key)};
    return secret_short(r->secret, (str){(const char *)both, sizeof both});
}

// The bucket of this key, or the one among its neighbours that matters least.
static struct bucket *find(struct rates *r, uint64_t key)
{
    struct bucket *best = NULL;
    for (uint64_t i = 0; i < PROBES; i++) {
        struct bucket *b = &r->bucket[(key + i) % BUCKETS];
        if (b->key == key)
            return b;
        if (best == NULL || b->full_at_ms < best->full_at_ms)
            best = b;
    }
    *best = (struct bucket){.key = key};
    return best;
}

int64_t rate_take(struct rates *r, const char *what, str key, int64_t most, int64_t within_s,
                  int64_t now_ms)
{
    int64_t each_ms = int_max(within_s * 1000 / most, 1), wait_ms = 0;
    pthread_mutex_lock(&r->mutex);
    struct bucket *b = find(r, key_of(r, what, key));
    int64_t full_at = int_max(b->full_at_ms, now_ms) + each_ms;
    if (full_at - now_ms > each_ms * most)
        wait_ms = full_at - now_ms - each_ms * most;
    else
        b->full_at_ms = full_at;
    pthread_mutex_unlock(&r->mutex);
    return (wait_ms + 999) / 1000;
}
