// SPDX-License-Identifier: GPL-3.0-or-later
// The dialogue with servers that say too much, too little or nothing.
#include "base/io.h"
#include "base/limits.h"
#include "base/now.h"
#include "mailbox/imap.h"
#include "testing/test.h"

#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

enum habit { LINE = 1, SILENT, CHATTER, MANY };

struct far_imap {
    struct arena arena;
    pthread_t thread;
    int listener, port, fd;
    enum habit habit;    // from SELECT on, or at a list
    int64_t n;
};

static bool say(struct far_imap *s, str bytes)
{
    while (bytes.n > 0) {
        ssize_t n = send(s->fd, bytes.p, (size_t)bytes.n, MSG_NOSIGNAL);
        if (n <= 0)
            return false;
        bytes = str_cut(bytes, n);
    }
    return true;
}

static void say_selected(struct far_imap *s, str tag)
{
    struct buf b = buf_new(&s->arena, 100000);
    switch (s->habit) {
    case LINE:    // "* OK ", as many bytes as asked for in all, CR LF among them
        buf_put(&b, S("* OK "));
        while (b.n < s->n - 2)
            buf_char(&b, 'x');
        buf_put(&b, S("\r\n"));
        break;
    case SILENT:
        return;
    case CHATTER:
        while (say(s, S("* OK still at it\r\n")))
            now_sleep_ms(200);
        return;
    case MANY:
        buf_fmt(&b, "* %lld EXISTS\r\n", (long long)s->n);
        break;
    }
    buf_fmt(&b, "* OK [UIDVALIDITY 1] yes\r\n" STR_FMT " OK done\r\n", STR_ARG(tag));
    say(s, buf_str(&b));
}

static void say_list(struct far_imap *s, str tag)
{
    struct buf b = buf_new(&s->arena, 100000);
    for (int64_t i = 1; i <= s->n; i++)
        buf_fmt(&b, "* %lld FETCH (UID %lld RFC822.SIZE 7)\r\n", (long long)i, (long long)i);
    buf_fmt(&b, STR_FMT " OK done\r\n", STR_ARG(tag));
    say(s, buf_str(&b));
}

static void answer(struct far_imap *s, str line)
{
    str tag = str_token(&line, ' ');
    if (str_starts(line, S("SELECT")))
        say_selected(s, tag);
    else if (str_starts(line, S("UID FETCH")))
        say_list(s, tag);
    else
        say(s, arena_fmt(&s->arena, "* CAPABILITY IMAP4rev1\r\n" STR_FMT " OK done\r\n",
                         STR_ARG(tag)));
}

static void *serve(void *arg)
{
    struct far_imap *s = arg;
    char text[1000];
    isize n = 0;
    s->fd = accept(s->listener, NULL, NULL);
    say(s, S("* OK hello\r\n"));
    for (ssize_t got = 1; got > 0;) {
        got = recv(s->fd, text + n, sizeof text - (size_t)n, 0);
        n += got > 0 ? got : 0;
        for (isize end; (end = str_find((str){text, n}, S("\n"))) >= 0;) {
            answer(s, (str){text, end});
            n -= end + 1;
            memmove(text, text + end + 1, (size_t)n);
        }
    }
    close(s->fd);
    return NULL;
}

static void far_start(struct world *w, struct far_imap *s, enum habit habit, int64_t n)
{
    struct ctx cx = {.arena = &w->arena};
    *s = (struct far_imap){.arena = arena_new(64 << 20), .habit = habit, .n = n};
    check(io_listen(&cx, S("127.0.0.1:0"), &s->listener, &s->port) == OK);
    check(pthread_create(&s->thread, NULL, serve, s) == 0);
}

static void far_stop(struct far_imap *s)
{
    pthread_join(s->thread, NULL);
    close(s->listener);
    arena_free(&s->arena);
}

struct talk {
    struct far_imap far;
    struct ctx cx;
    struct imap imap;
    enum err err;    // of opening the folder
    int64_t ms;
};

static void talk(struct world *w, struct talk *t, enum habit habit, int64_t n)
{
    far_start(w, &t->far, habit, n);
    t->cx = (struct ctx){.arena = &w->kept};
    struct imap_config config = {
        .peer = {.host = S("127.0.0.1"), .port = t->far.port, .security = PEER_PLAIN},
        .login = S("hilfe"),
        .password = S("geheim"),
        .silence_s = habit == SILENT ? 1 : 0,
        .command_s = habit == CHATTER ? 2 : 0};
    check(imap_open(&t->cx, &config, &t->imap) == OK);
    int64_t begun = now_monotonic_ms();
    t->err = imap_select(&t->imap, S("INBOX"), false);
    t->ms = now_monotonic_ms() - begun;
}

static void hang_up(struct talk *t)
{
    imap_close(&t->imap);
    far_stop(&t->far);
}

static void D2_a_reply_without_an_end(struct world *w)
{
    struct talk t;
    talk(w, &t, LINE, LIMIT_IMAP_LINE);
    check(t.err == OK && t.imap.trouble == 0);
    hang_up(&t);
    talk(w, &t, LINE, LIMIT_IMAP_LINE + 1);
    check(t.err == ERR_BUSY && t.imap.trouble == IMAP_SPEECH);
    check_text(t.cx.detail.en, S("a reply without an end"));
    hang_up(&t);
}

static void D3_silence_ends(struct world *w)
{
    struct talk t;
    talk(w, &t, SILENT, 0);
    check(t.err == ERR_BUSY && t.imap.trouble == IMAP_NO_ANSWER);
    check(t.ms >= 900 && t.ms < 10000);
    hang_up(&t);
}

// A server that only keeps us waiting is heard no longer than one that is silent.
static void D3_a_command_ends(struct world *w)
{
    struct talk t;
    talk(w, &t, CHATTER, 0);
    check(t.err == ERR_BUSY && t.imap.trouble == IMAP_NO_ANSWER);
    check_text(t.cx.detail.en, S("the server took too long"));
    check(t.ms >= 900 && t.ms < 10000);
    hang_up(&t);
}

// What is beyond it is in the next list, which begins behind the last of this one.
static void a_folder_of_very_many_mails(struct world *w)
{
    struct talk t;
    struct imap_mail *mail = NULL;
    isize n = 0;
    talk(w, &t, MANY, LIMIT_MAILBOX_LIST + 5);
    check(t.err == OK && imap_list(&t.imap, 1, &mail, &n) == OK);
    check(n == LIMIT_MAILBOX_LIST && mail != NULL && mail[0].uid == 1
          && mail[n - 1].uid == LIMIT_MAILBOX_LIST);
    check(imap_list(&t.imap, mail[n - 1].uid + 1, &mail, &n) == OK);
    check(n == 5 && mail[4].uid == LIMIT_MAILBOX_LIST + 5);
    hang_up(&t);
}

const struct test imap_tests[] = {
    T(D2_a_reply_without_an_end),
    T(D3_silence_ends),
    T(D3_a_command_ends),
    T(a_folder_of_very_many_mails),
    {0},
};
