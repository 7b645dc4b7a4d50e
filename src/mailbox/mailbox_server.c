// SPDX-License-Identifier: GPL-3.0-or-later
#include "mailbox/mailbox_server.h"

#include "base/limits.h"
#include "base/log.h"
#include "base/now.h"
#include "base/secret.h"
#include "mailbox/mailbox_fetch.h"

#include <pthread.h>
#include <stdatomic.h>

enum {
    SLICE_MS = 200,
    ROUND_MS = 1000,
    TAKEN_S = 5,    // another node has it: ask again
    LATER_S = 300,
    REFUSED_S = 3600,
};

struct watcher {    // of one mailbox; its place is free when id is 0
    struct mailbox_server *home;
    mailbox_id id;
    int64_t version;
    pthread_t thread;
    _Atomic bool stop, over;
    struct mailbox_fetch fetch;
};

struct mailbox_server {
    struct arena arena;
    struct arena round;
    struct mailbox_home home;
    struct watcher *watcher;    // LIMIT_MAILBOXES places
    pthread_t thread;
    _Atomic bool stop;
};

// --- one mailbox -----------------------------------------------------------------------------

static void wait_s(const struct watcher *w, int64_t seconds)
{
    int64_t until = now_monotonic_ms() + seconds * 1000;
    while (!w->stop && now_monotonic_ms() < until)
        now_sleep_ms(SLICE_MS);
}

// W2
static int64_t pause_s(const struct watcher *w, int failures)
{
    enum mailbox_state t = w->fetch.trouble;
    bool refused = t == MAILBOX_LOGIN || t == MAILBOX_TOKEN || t == MAILBOX_LOCKED;
    int64_t s = refused ? 30 : 1, most = refused ? REFUSED_S : LATER_S;
    for (int i = 1; i < failures && s < most; i++)
        s *= 2;
    return int_min(s, most);
}

static void *watch(void *arg)
{
    struct watcher *w = arg;
    int failures = 0;
    while (!w->stop) {
        bool mine = false;
        int64_t begun = now_monotonic_ms();
        enum err err = mailbox_fetch_session(&w->fetch, w->id, &mine);
        if (now_monotonic_ms() - begun > LATER_S * 1000)
            failures = 0;    // that one went well for long
        failures = err == OK ? 0 : failures + 1;
        if (err != OK && !w->stop)
            log_line(LOG_ERROR, "mailbox id=%lld state=%d failures=%d", (long long)w->id.n,
                     (int)w->fetch.trouble, failures);
        wait_s(w, err == OK ? TAKEN_S : pause_s(w, failures));
    }
    w->over = true;
    return NULL;
}

static void start(struct mailbox_server *s, struct watcher *w, mailbox_id id, int64_t version)
{
    w->home = s;
    w->id = id;
    w->version = version;
    w->stop = w->over = false;
    w->fetch = (struct mailbox_fetch){.home = &s->home,
                                      .stop = &w->stop,
                                      .session = arena_new((isize)16 << 20),
                                      .round = arena_new((isize)128 << 20),
                                      .mail = arena_new((isize)64 << 20),
                                      .kept = arena_new((isize)1 << 20)};
    if (pthread_create(&w->thread, NULL, watch, w) != 0)
        abort();
}

static void clear(struct watcher *w)
{
    pthread_join(w->thread, NULL);
    arena_free(&w->fetch.session);
    arena_free(&w->fetch.round);
    arena_free(&w->fetch.mail);
    arena_free(&w->fetch.kept);
    w->id = (mailbox_id){0};
}

// --- all of them (W1) ------------------------------------------------------------------------

static bool read_wanted(struct mailbox_server *s, struct mailbox_lease **want, isize *n)
{
    arena_reset(&s->round);
    struct reader *r = pool_take(s->home.pool);
    if (r == NULL)
        return false;
    struct ctx cx = {.arena = &s->round, .db = r->db, .now = now_utc()};
    enum err err = mailbox_wanted(&cx, want, n);
    pool_give(s->home.pool, r);
    return err == OK;
}

static bool is_wanted(const struct watcher *w, const struct mailbox_lease *want, isize n)
{
    for (isize i = 0; i < n; i++)
        if (want[i].id.n == w->id.n && want[i].version == w->version)
            return true;
    return false;
}

static struct watcher *place_for(struct mailbox_server *s, const struct mailbox_lease *want)
{
    struct watcher *empty = NULL;
    for (isize i = 0; i < LIMIT_MAILBOXES; i++) {
        if (s->watcher[i].id.n == want->id.n)
            return NULL;    // it runs, or still ends
        if (s->watcher[i].id.n == 0 && empty == NULL)
            empty = &s->watcher[i];
    }
    return empty;
}

static void look(struct mailbox_server *s)
{
    struct mailbox_lease *want;
    isize n;
    if (!read_wanted(s, &want, &n))
        return;
    for (isize i = 0; i < LIMIT_MAILBOXES; i++) {
        struct watcher *w = &s->watcher[i];
        if (w->id.n != 0 && !is_wanted(w, want, n))
            w->stop = true;
        if (w->id.n != 0 && w->over)
            clear(w);
    }
    for (isize i = 0; i < n; i++) {
        struct watcher *w = place_for(s, &want[i]);
        if (w != NULL)
            start(s, w, want[i].id, want[i].version);
    }
}

static void *supervise(void *arg)
{
    struct mailbox_server *s = arg;
    while (!s->stop) {
        look(s);
        for (int ms = 0; ms < ROUND_MS && !s->stop; ms += SLICE_MS)
            now_sleep_ms(SLICE_MS);
    }
    return NULL;
}

enum err mailbox_server_start(struct ctx *cx, const struct mailbox_server_config *config,
                              struct mailbox_server **out)
{
    struct arena a = arena_new((isize)1 << 20);
    struct mailbox_server *s = make(&a, struct mailbox_server, 1);
    char node[16];
    enum err err = seal_load(cx, &s->home.seal);
    if (err != OK) {
        arena_free(&a);
        return err;
    }
    secret_random(node, sizeof node);
    s->watcher = make(&a, struct watcher, LIMIT_MAILBOXES);
    s->home.writer = config->writer;
    s->home.pool = config->pool;
    s->home.data_dir = config->data_dir;
    s->home.trust = config->trust;
    s->home.node = secret_hex(&a, (str){node, sizeof node});
    s->arena = a;
    s->round = arena_new((isize)1 << 20);
    if (pthread_create(&s->thread, NULL, supervise, s) != 0)
        abort();
    *out = s;
    return OK;
}

// W3: all are told before any is waited for.
void mailbox_server_stop(struct mailbox_server *s)
{
    s->stop = true;
    pthread_join(s->thread, NULL);
    for (isize i = 0; i < LIMIT_MAILBOXES; i++)
        s->watcher[i].stop = true;
    for (isize i = 0; i < LIMIT_MAILBOXES; i++)
        if (s->watcher[i].id.n != 0)
            clear(&s->watcher[i]);
    struct arena a = s->arena;
    arena_free(&s->round);
    arena_free(&a);
}
