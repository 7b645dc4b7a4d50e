// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/live.h"

#include "access/access.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/now.h"
#include "live.sql.h"

#include <errno.h>
#include <pthread.h>

enum { BEAT_S = 15, SESSION_MOST = 64 };

struct ear {
    struct stream *stream;
    struct who who;
    char session[SESSION_MOST];    // Y6
    isize session_n;
    int64_t ticket;    // 0: every case they may see
    int64_t until_ms;
    struct live *live;
    struct ear *next;
};

struct live {
    pthread_mutex_t mutex;
    pthread_cond_t stop_now;
    pthread_t heart;
    struct ear *ears;
    int count;
    bool stop;
};

static void beat(struct live *l, int64_t now_ms)
{
    for (struct ear *e = l->ears; e != NULL; e = e->next) {
        if (now_ms >= e->until_ms)
            stream_close(e->stream);    // Y4
        else
            stream_send(e->stream, S(": beat\n\n"));
    }
}

void live_beat(struct live *l, int64_t now_ms)
{
    pthread_mutex_lock(&l->mutex);
    beat(l, now_ms);
    pthread_mutex_unlock(&l->mutex);
}

static void *heart_run(void *arg)
{
    struct live *l = arg;
    pthread_mutex_lock(&l->mutex);
    while (!l->stop) {
        struct timespec until;
        instant next = instant_plus(now_utc(), BEAT_S);
        until = (struct timespec){.tv_sec = next.ms / 1000};
        if (pthread_cond_timedwait(&l->stop_now, &l->mutex, &until) == ETIMEDOUT)
            beat(l, now_monotonic_ms());
    }
    pthread_mutex_unlock(&l->mutex);
    return NULL;
}

struct live *live_new(void)
{
    struct live *l = calloc(1, sizeof *l);
    if (l == NULL)
        abort();
    pthread_mutex_init(&l->mutex, NULL);
    pthread_cond_init(&l->stop_now, NULL);
    if (pthread_create(&l->heart, NULL, heart_run, l) != 0)
        abort();
    return l;
}

void live_free(struct live *l)
{
    pthread_mutex_lock(&l->mutex);
    l->stop = true;
    pthread_cond_signal(&l->stop_now);
    pthread_mutex_unlock(&l->mutex);
    pthread_join(l->heart, NULL);
    pthread_cond_destroy(&l->stop_now);
    pthread_mutex_destroy(&l->mutex);
    free(l);
}

static void on_closed(void *arg, struct stream *s)
{
    (void)s;
    struct ear *ear = arg;
    struct live *l = ear->live;
    pthread_mutex_lock(&l->mutex);
    for (struct ear **e = &l->ears; *e != NULL; e = &(*e)->next) {
        if (*e != ear)
            continue;
        *e = ear->next;
        l->count--;
        break;
    }
    pthread_mutex_unlock(&l->mutex);
    free(ear);
}

static int streams_of(const struct live *l, person_id person)
{
    int n = 0;
    for (const struct ear *e = l->ears; e != NULL; e = e->next)
        n += e->who.person.n == person.n;
    return n;
}

bool live_add(struct live *l, struct exchange *x, const struct who *who, str session,
              int64_t ticket)
{
    if (session.n > SESSION_MOST)
        return false;
    struct ear *ear = calloc(1, sizeof *ear);
    if (ear == NULL)
        abort();
    pthread_mutex_lock(&l->mutex);
    bool room = l->count < LIMIT_STREAMS && !l->stop
                && streams_of(l, who->person) < LIMIT_STREAMS_PERSON;    // Y5
    if (room) {
        *ear = (struct ear){.stream = stream_new(x, on_closed, ear),
                            .who = *who,
                            .session_n = session.n,
                            .ticket = ticket,
                            .until_ms = now_monotonic_ms() + LIMIT_STREAM_S * 1000,
                            .live = l,
                            .next = l->ears};
        for (isize i = 0; i < session.n; i++)
            ear->session[i] = session.p[i];
        l->ears = ear;
        l->count++;
        stream_send(ear->stream, S("retry: 3000\n\n"));
    }
    pthread_mutex_unlock(&l->mutex);
    if (!room)
        free(ear);
    return room;
}

static str line_of(struct arena *a, const struct event *e)
{
    struct buf b = buf_new(a, 200);
    struct json_out j = {.buf = &b};
    buf_fmt(&b, "id: %lld\nevent: change\ndata: ", (long long)e->id);
    json_open(&j, '{');
    json_key_str(&j, "kind", str_from_z(e->kind));
    json_key_int(&j, "ticket", e->ticket);
    json_key_int(&j, "object", e->object);
    json_key_int(&j, "team", e->team);
    json_close(&j, '}');
    buf_put(&b, S("\n\n"));
    return buf_str(&b);
}

// --- who hears what (Y1) -------------------------------------------------------------------

enum err live_reach_load(struct ctx *cx, const struct event *e, struct live_reach *out)
{
    struct ctx desk = *cx;
    desk.who = (struct who){.tenant = e->tenant};
    struct q_live_members *row;
    isize n;
    TRY(q_live_members(&desk, e->ticket, LIMIT_ROWS, &row, &n));
    *out = (struct live_reach){make(cx->arena, int64_t, n), n};
    for (isize i = 0; i < n; i++)
        out->person[i] = row[i].person;
    return OK;
}

static bool is_member(const struct live_reach *r, int64_t person)
{
    isize from = 0, to = r->n;
    while (from < to) {
        isize middle = from + (to - from) / 2;
        if (r->person[middle] < person)
            from = middle + 1;
        else
            to = middle;
    }
    return from < r->n && r->person[from] == person;
}

bool live_reaches(const struct live_reach *r, const struct event *e, const struct who *who,
                  int64_t ticket)
{
    if (e->ticket == 0 || e->tenant.n != who->tenant.n || (ticket != 0 && ticket != e->ticket))
        return false;
    return who->see == SEE_TENANT || (who->see == SEE_TEAMS && is_member(r, who->person.n));
}

static bool somebody_listens(struct live *l)
{
    pthread_mutex_lock(&l->mutex);
    bool any = l->ears != NULL;
    pthread_mutex_unlock(&l->mutex);
    return any;
}

// --- who still is who he was (Y6) -----------------------------------------------------------

struct hearer {
    str session;
    person_id person;
    bool stands;
    struct hearer *next;
};

static struct hearer *hearer_of(struct hearer *list, const struct ear *ear)
{
    str session = {ear->session, ear->session_n};
    while (list != NULL
           && (list->person.n != ear->who.person.n || !str_eq(list->session, session)))
        list = list->next;
    return list;
}

// Those who would hear of it and are not in the list yet.
static struct hearer *new_hearers(struct live *l, struct arena *a, const struct live_reach *r,
                                  const struct event *e, struct hearer *known)
{
    struct hearer *all = known;
    pthread_mutex_lock(&l->mutex);
    for (struct ear *ear = l->ears; ear != NULL; ear = ear->next) {
        if (!live_reaches(r, e, &ear->who, ear->ticket) || hearer_of(all, ear) != NULL)
            continue;
        struct hearer *h = make(a, struct hearer, 1);
        *h = (struct hearer){arena_str(a, (str){ear->session, ear->session_n}), ear->who.person,
                             false, all};
        all = h;
    }
    pthread_mutex_unlock(&l->mutex);
    return all;
}

static enum err ask_hearers(struct ctx *cx, struct hearer *all, const struct hearer *known)
{
    for (struct hearer *h = all; h != known; h = h->next)
        TRY(access_stands(cx, h->session, h->person, &h->stands));
    return OK;
}

static void tell(struct live *l, const struct live_reach *r, const struct event *e,
                 struct hearer *all, str line)
{
    pthread_mutex_lock(&l->mutex);
    for (struct ear *ear = l->ears; ear != NULL; ear = ear->next) {
        const struct hearer *h = hearer_of(all, ear);
        if (!live_reaches(r, e, &ear->who, ear->ticket))
            continue;
        if (h == NULL || h->stands)    // NULL: he came just now, and was asked then
            stream_send(ear->stream, line);
        else
            stream_close(ear->stream);
    }
    pthread_mutex_unlock(&l->mutex);
}

// Who cannot be asked about is not told: pages ask for what is now when they come back.
void live_publish(struct live *l, struct ctx *cx)
{
    struct live_reach reach = {0};
    struct hearer *all = NULL;
    int64_t known = 0;    // the case `reach` is about
    if (cx->events == NULL || !somebody_listens(l))
        return;
    for (const struct event *e = cx->events; e != NULL; e = e->next) {
        if (e->ticket == 0)
            continue;
        enum err err = e->ticket != known ? live_reach_load(cx, e, &reach) : OK;
        struct hearer *more = new_hearers(l, cx->arena, &reach, e, all);
        if (err == OK)
            err = ask_hearers(cx, more, all);
        if (err != OK) {
            ctx_forgive(cx);
            return;
        }
        all = more;
        known = e->ticket;
        tell(l, &reach, e, all, line_of(cx->arena, e));
    }
}

void live_close_all(struct live *l)
{
    pthread_mutex_lock(&l->mutex);
    l->stop = true;    // nobody listens anew
    pthread_cond_signal(&l->stop_now);
    for (struct ear *e = l->ears; e != NULL; e = e->next)
        stream_close(e->stream);
    pthread_mutex_unlock(&l->mutex);
}

int live_count(struct live *l)
{
    pthread_mutex_lock(&l->mutex);
    int n = l->count;
    pthread_mutex_unlock(&l->mutex);
    return n;
}
