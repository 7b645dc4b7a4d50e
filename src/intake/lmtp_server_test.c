// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/dial.h"
#include "testing/test.h"

#include "base/io.h"
#include "base/limits.h"
#include "base/now.h"
#include "intake/intake.h"
#include "intake/lmtp_server.h"

#include <pthread.h>
#include <sys/stat.h>

struct door {
    struct writer *writer;
    struct lmtp_server *server;
    int port;
};

// The writer takes the world's connection and closes it; the world gets another one.
static void open_door(struct world *w, struct door *d, const char *address)
{
    struct ctx cx = {.arena = &w->arena};
    struct writer_config wc = {.place = &w->place, .threads = 2};
    check(writer_start_on(&cx, &wc, w->db, &d->writer) == OK);
    w->db = NULL;
    struct lmtp_server_config sc = {.address = str_from_z(address),
                                    .lmtp = {S("desk.example"), w->place.dir, 1},
                                    .threads = 2,
                                    .writer = d->writer};
    check(lmtp_server_start(&cx, &sc, &d->server) == OK);
    d->port = lmtp_server_port(d->server);
}

static void close_door(struct world *w, struct door *d)
{
    lmtp_server_stop(d->server);
    writer_stop(d->writer);
    struct ctx cx = {.arena = &w->arena};
    check(db_open(&cx, &w->place, DB_WRITER, &w->db) == OK);
}

static str hear_code(struct dial *d)
{
    str line = dial_hear(d);
    while (line.n > 3 && line.p[3] == '-')
        line = dial_hear(d);
    return str_head(line, 3);
}

static void greet(struct dial *d, int port)
{
    check(dial_open(d, port));
    check_text(hear_code(d), S("220"));
    dial_say(d, S("LHLO mx.example\r\n"));
    check_text(hear_code(d), S("250"));
}

static void send_mail(struct world *w, struct dial *d, int n)
{
    dial_say(d,
             arena_fmt(&w->arena,
                       "MAIL FROM:<maja@kunde.example>\r\nRCPT TO:<hilfe@nordlicht.example>\r\n"
                       "DATA\r\nSubject: number %d\r\n\r\nhello\r\n.\r\n",
                       n));
    check_text(hear_code(d), S("250"));
    check_text(hear_code(d), S("250"));
    check_text(hear_code(d), S("354"));
}

static void S1_stored_when_it_says_so(struct world *w)
{
    struct door door;
    struct dial d;
    open_door(w, &door, "127.0.0.1:0");
    greet(&d, door.port);
    for (int i = 0; i < 10; i++) {
        send_mail(w, &d, i);
        check_text(hear_code(&d), S("250"));
    }
    dial_say(&d, S("QUIT\r\n"));
    check_text(hear_code(&d), S("221"));
    check_text(dial_hear(&d), S(""));
    dial_close(&d);
    close_door(w, &door);
    check(ask(w, "select count(*) from inbox") == 10);
    check(ask(w, "select count(*) from job where kind = 'intake.mail'") == 10);
}

static void L1_it_says_under_which_number(struct world *w)
{
    struct door door;
    struct dial d;
    open_door(w, &door, "127.0.0.1:0");
    greet(&d, door.port);
    for (int i = 1; i <= 2; i++) {
        send_mail(w, &d, i);
        str line = dial_hear(&d), number = arena_fmt(&w->arena, "stored, inbox=%d", i);
        check(str_starts(line, S("250 2.0.0 <hilfe@nordlicht.example>")));
        check(str_find(line, number) > 0);
    }
    dial_close(&d);
    close_door(w, &door);
}

static void S1_not_stored_is_451(struct world *w)
{
    struct door door;
    struct dial d;
    struct db *db = w->db;
    open_door(w, &door, "127.0.0.1:0");
    greet(&d, door.port);
    send_mail(w, &d, 1);
    check_text(hear_code(&d), S("250"));
    int refused = 0;
    for (int nth = 1; nth < 20; nth++) {
        db_fail_at(db, nth);
        send_mail(w, &d, 1 + nth);
        refused += str_eq(hear_code(&d), S("451"));
        db_fail_at(db, 0);
    }
    dial_close(&d);
    close_door(w, &door);
    check(refused < 19);    // W5: the writer tries once more, so most are stored
    check(ask(w, "select count(*) from inbox") == 20 - refused);
}

static void *bring_some(void *arg)
{
    struct dial *d = arg;
    struct arena a = arena_new(1 << 20);
    for (int i = 0; i < 25; i++) {
        dial_say(
            d,
            arena_fmt(&a,
                      "MAIL FROM:<maja@kunde.example>\r\nRCPT TO:<hilfe@nordlicht.example>\r\n"
                      "DATA\r\nSubject: %d of %d\r\n\r\nhello\r\n.\r\n",
                      i, d->fd));
        for (int k = 0; k < 3; k++)
            hear_code(d);
        check_text(hear_code(d), S("250"));
    }
    arena_free(&a);
    return NULL;
}

static void S2_many_sessions_share_commits(struct world *w)
{
    struct door door;
    struct dial d[16];
    pthread_t t[16];
    open_door(w, &door, "127.0.0.1:0");
    for (int i = 0; i < 16; i++)
        greet(&d[i], door.port);
    for (int i = 0; i < 16; i++)
        check(pthread_create(&t[i], NULL, bring_some, &d[i]) == 0);
    for (int i = 0; i < 16; i++)
        pthread_join(t[i], NULL);
    struct writer_counts c = writer_counts(door.writer);
    check(c.works == 400 && c.commits < 400);
    for (int i = 0; i < 16; i++)
        dial_close(&d[i]);
    close_door(w, &door);
    check(ask(w, "select count(*) from inbox") == 400);
}

// Whatever the moment: 250 if and only if it is stored.
static void S3_stopping_answers_what_is_complete(struct world *w)
{
    struct door door;
    struct dial d, idle;
    int stored = 0;
    for (int i = 0; i < 10; i++) {
        open_door(w, &door, "127.0.0.1:0");
        greet(&d, door.port);
        greet(&idle, door.port);
        send_mail(w, &d, i);
        now_sleep_ms(i % 3);
        close_door(w, &door);
        stored += str_eq(hear_code(&d), S("250"));
        check_text(hear_code(&idle), S("421"));
        dial_close(&d);
        dial_close(&idle);
    }
    check(stored > 0 && ask(w, "select count(*) from inbox") == stored);
}

static void S3_a_mail_cut_in_half_is_none(struct world *w)
{
    struct door door;
    struct dial d;
    open_door(w, &door, "127.0.0.1:0");
    greet(&d, door.port);
    dial_say(
        &d, S("MAIL FROM:<a@b>\r\nRCPT TO:<hilfe@nordlicht.example>\r\nDATA\r\nSubject: half"));
    for (int i = 0; i < 3; i++)
        hear_code(&d);
    dial_close(&d);
    close_door(w, &door);
    check(ask(w, "select count(*) from inbox") == 0);
}

static void S4_a_unix_socket_is_a_door_for_our_group(struct world *w)
{
    struct door door;
    struct ctx cx = {.arena = &w->arena};
    str path = arena_fmt(&w->kept, "unix:" STR_FMT "/lmtp", STR_ARG(w->place.dir));
    open_door(w, &door, arena_z(&w->kept, path));
    struct dial d = {.fd = -1};
    check(io_connect_unix(&cx, str_cut(path, 5), &d.fd) == OK);
    check_text(hear_code(&d), S("220"));
    dial_say(&d, S("QUIT\r\n"));
    check_text(hear_code(&d), S("221"));
    dial_close(&d);
    struct stat as;    // S4
    check(stat(arena_z(&w->kept, str_cut(path, 5)), &as) == 0 && (as.st_mode & 0777) == 0660);
    close_door(w, &door);
}

static void refusals_at_the_door_are_counted(struct world *w)
{
    struct door door;
    struct dial d;
    open_door(w, &door, "127.0.0.1:0");
    greet(&d, door.port);
    dial_say(&d, S("MAIL FROM:<a@b> SIZE=99999999\r\nRCPT TO:<c@d>\r\n"));
    check_text(hear_code(&d), S("250"));
    check_text(hear_code(&d), S("552"));
    dial_say(&d,
             S("RSET\r\nMAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\nx\n.\nx\r\n.\r\nNOOP\r\n"));
    for (int i = 0; i < 6; i++)
        hear_code(&d);
    dial_close(&d);
    close_door(w, &door);
    check(ask(w, "select n from inbox_refused where reason = 'size'") == 1);
    check(ask(w, "select n from inbox_refused where reason = 'lines'") == 1);
}

static void one_more_session_than_there_may_be(struct world *w)
{
    struct door door;
    struct dial one, *d = make(&w->kept, struct dial, LIMIT_LMTP_SESSIONS);
    open_door(w, &door, "127.0.0.1:0");
    for (int i = 0; i < LIMIT_LMTP_SESSIONS; i++)
        greet(&d[i], door.port);
    check(dial_open(&one, door.port));
    check_text(dial_hear(&one), S("421 4.3.2 too many connections"));
    dial_close(&one);
    for (int i = 0; i < LIMIT_LMTP_SESSIONS; i++)
        dial_close(&d[i]);
    close_door(w, &door);
}

const struct test lmtp_server_tests[] = {
    T(S1_stored_when_it_says_so),
    T(L1_it_says_under_which_number),
    T(S1_not_stored_is_451),
    T(S2_many_sessions_share_commits),
    T(S3_stopping_answers_what_is_complete),
    T(S3_a_mail_cut_in_half_is_none),
    T(S4_a_unix_socket_is_a_door_for_our_group),
    T(refusals_at_the_door_are_counted),
    T(one_more_session_than_there_may_be),
    {0},
};
