// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/lmtp_server.h"

#include "base/io.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/now.h"
#include "intake/intake.h"
#include "intake/refused.h"
#include "net/server.h"

struct lmtp_server {
    struct arena arena;
    struct lmtp_server_config config;
    struct server *server;
    int port;
};

struct session {    // of one connection
    struct lmtp lmtp;
    struct conn *conn;
    struct lmtp_server *home;
    struct work work;
    enum err err;    // what became of the mail
    int64_t begun;
    int64_t duplicates;
};

static void say(void *to, str line)
{
    server_say(to, line);
}

static void opened(struct conn *c, void *arg)
{
    struct session *s = make(&c->arena, struct session, 1);
    s->conn = c;
    s->home = arg;
    c->session = s;
    lmtp_open(&s->lmtp, &s->home->config.lmtp, say, c);
}

static void closed(struct conn *c, void *arg)
{
    (void)arg;
    struct session *s = c->session;
    lmtp_close(&s->lmtp);
}

// --- storing: on the thread that writes ------------------------------------------------------

static enum err store(struct ctx *cx, void *arg)
{
    struct session *s = arg;
    s->duplicates = 0;
    for (isize i = 0; i < s->lmtp.rcpts; i++) {
        struct intake_mail m = {INBOX_LMTP, s->lmtp.rcpt[i], s->lmtp.sender, &s->lmtp.spool};
        bool duplicate;
        TRY(intake_store(cx, &m, &s->lmtp.inbox[i], &duplicate));
        s->duplicates += duplicate;
    }
    return OK;
}

// L8.  The connection may bring the next one at once, so nothing of this stays in its memory.
static enum err write_refused(struct ctx *cx, void *arg)
{
    struct session *s = arg;
    struct lmtp *l = &s->lmtp;
    char *mark = arena_mark(&l->arena);
    isize from = l->refused_from;
    enum err err = from == 0 ? intake_refuse(cx, l->refused) : OK;
    if (err == OK && l->large > 0)
        err = refused_note(cx, l->sender, l->rcpt + from, l->rcpts - from, l->large,
                           &l->noted);
    arena_back(&l->arena, mark);
    return err;
}

static void done(struct ctx *cx, void *arg, enum err err)
{
    (void)cx;
    struct session *s = arg;
    s->err = err;
    server_resume(s->conn);    // the last time this thread touches the session
}

static void submit(struct session *s, enum err (*run)(struct ctx *, void *))
{
    s->work = (struct work){.run = run, .done = done, .arg = s, .cx = &s->lmtp.cx};
    s->begun = now_monotonic_ms();
    s->err = ERR_BUSY;
    server_wait(s->conn);
    if (!writer_submit(s->home->config.writer, &s->work))
        server_resume(s->conn);    // L2
}

// --- on the connection's thread --------------------------------------------------------------

static isize input(struct conn *c, void *arg, str bytes)
{
    (void)arg;
    struct session *s = c->session;
    enum lmtp_next next;
    isize used = lmtp_input(&s->lmtp, bytes, &next);
    if (next == LMTP_STORE)
        submit(s, store);
    else if (next == LMTP_CLOSE)
        server_finish(c);
    else if (s->lmtp.refused.n > 0)
        submit(s, write_refused);
    return used;
}

static void resumed(struct conn *c, void *arg)
{
    (void)arg;
    struct session *s = c->session;
    long long ms = (long long)(now_monotonic_ms() - s->begun);
    if (s->lmtp.refused.n > 0) {
        s->lmtp.noted &= s->err == OK;
        if (s->lmtp.refused_from == 0)
            log_line(LOG_INFO, "mail refused=" STR_FMT, STR_ARG(s->lmtp.refused));
        s->lmtp.refused = (str){0};
        return;
    }
    log_line(s->err == OK ? LOG_INFO : LOG_ERROR,
             "mail inbox=%lld rcpts=%td size=%lld duplicates=%lld err=%d ms=%lld",
             (long long)s->lmtp.inbox[0], s->lmtp.rcpts, (long long)s->lmtp.spool.size,
             (long long)s->duplicates, (int)s->err, ms);
    lmtp_stored(&s->lmtp, s->err);
}

// S4
static str shared(struct arena *a, str address)
{
    bool path = str_starts(address, S("unix:"));
    return path ? arena_join(a, S("group:"), str_cut(address, 5)) : address;
}

enum err lmtp_server_start(struct ctx *cx, const struct lmtp_server_config *config,
                           struct lmtp_server **out)
{
    struct arena a = arena_new(1 << 20);
    struct lmtp_server *s = make(&a, struct lmtp_server, 1);
    s->config = *config;
    s->arena = a;
    struct server_config door = {.threads = config->threads,
                                 .most = LIMIT_LMTP_SESSIONS,
                                 .idle_s = LIMIT_LMTP_IDLE_S,
                                 .full = S("421 4.3.2 too many connections\r\n"),
                                 .idle = S("421 4.4.2 too long silent\r\n"),
                                 .stop = S("421 4.3.2 shutting down\r\n"),
                                 .arena = (isize)sizeof(struct session) + 64,
                                 .arg = s,
                                 .opened = opened,
                                 .input = input,
                                 .resumed = resumed,
                                 .closed = closed};
    struct ctx here = {.arena = cx->arena, .data_dir = config->lmtp.data_dir};
    enum err err = spool_prepare(&here);
    if (err == OK)
        err = io_listen(&here, shared(here.arena, config->address), &door.fd, &s->port);
    if (err == OK)
        err = server_start(&here, &door, &s->server);
    cx->detail = here.detail;
    if (err != OK) {
        arena_free(&a);
        return err;
    }
    *out = s;
    return OK;
}

int lmtp_server_port(const struct lmtp_server *s)
{
    return s->port;
}

void lmtp_server_stop(struct lmtp_server *s)
{
    server_stop(s->server);
    struct arena a = s->arena;
    arena_free(&a);
}
