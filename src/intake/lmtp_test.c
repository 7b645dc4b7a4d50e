// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "base/io.h"
#include "base/limits.h"
#include "intake/lmtp.h"

static void hear(void *to, str line)
{
    buf_put(to, line);
}

struct talk {
    struct lmtp lmtp;
    struct lmtp_config config;
    struct buf out;
    enum err stored;    // what storing says
    int mails;
    str bytes;    // of the last mail
    bool closed;
};

static void open_talk(struct world *w, struct talk *t)
{
    *t = (struct talk){.config = {S("desk.example"), w->place.dir, 1},
                       .out = buf_new(&w->kept, 4096)};
    lmtp_open(&t->lmtp, &t->config, hear, &t->out);
    t->out.n = 0;
}

static void store(struct world *w, struct talk *t)
{
    t->mails++;
    t->bytes = keep(w, buf_str(&t->lmtp.spool.bytes));
    lmtp_stored(&t->lmtp, t->stored);
}

// Everything at once, as a pipelining client sends it, in pieces of the network's choice.
static void tell(struct world *w, struct talk *t, str bytes, isize piece)
{
    isize from = 0, to = 0;
    while (from < bytes.n && !t->closed) {
        enum lmtp_next next;
        to = to + piece > bytes.n ? bytes.n : to + piece;
        isize used = -1;
        while (used != 0 && from < to && !t->closed) {
            used = lmtp_input(&t->lmtp, (str){bytes.p + from, to - from}, &next);
            from += used;
            if (next == LMTP_STORE)
                store(w, t);
            t->closed = next == LMTP_CLOSE;
        }
        if (used == 0 && to == bytes.n)
            return;
    }
}

// The first characters of each answer: "250- 250- 250 354".
static str codes(struct world *w, struct talk *t)
{
    struct buf b = buf_new(&w->arena, 256);
    str rest = buf_str(&t->out);
    while (rest.n > 0) {
        str line = str_token(&rest, '\n');
        if (line.n > 3 && line.p[3] != '-')
            buf_fmt(&b, "%s%.3s", b.n > 0 ? " " : "", line.p);
    }
    return buf_str(&b);
}

#define HELLO "LHLO mx.example\r\n"
#define FROM  "MAIL FROM:<a@b.example>\r\n"
#define TO    "RCPT TO:<hilfe@nordlicht.example>\r\n"
#define BODY  "DATA\r\nSubject: x\r\n\r\ny\r\n.\r\n"

// clang-format off
static const struct {
    const char *rule, *said, *heard;
    int mails;
} table[] = {
    {"L1", HELLO FROM TO BODY "QUIT\r\n",                 "250 250 250 354 250 221", 1},
    {"L1", HELLO FROM TO TO TO BODY,                      "250 250 250 250 250 354 250 250 250", 1},
    {"L4", HELLO FROM TO BODY FROM TO BODY,               "250 250 250 354 250 250 250 354 250", 2},
    {"L4", FROM,                                          "503", 0},
    {"L4", HELLO TO,                                      "250 503", 0},
    {"L4", HELLO FROM "DATA\r\n",                         "250 250 503", 0},
    {"L4", HELLO FROM FROM,                               "250 250 503", 0},
    {"L4", HELLO FROM TO "RSET\r\nDATA\r\n" FROM,         "250 250 250 250 503 250", 0},
    {"L4", HELLO FROM TO HELLO TO,                        "250 250 250 250 503", 0},
    {"L4", "EHLO x\r\nHELO x\r\nLHLO\r\nRSET\r\n" FROM,   "500 500 501 250 503", 0},
    {"L4", HELLO "NOOP hello\r\nVRFY ada\r\nEXPN x\r\nHELP\r\nSTARTTLS\r\nBDAT 3\r\n", "250 250 252 500 500 500 500", 0},
    {"L4", "lhlo x\r\nmail from:<a@b>\r\nRcpt To:<c@d>\r\ndata\r\nx\r\n.\r\nquit\r\n", "250 250 250 354 250 221", 1},
    {"L4", HELLO "MAIL FROM:<>\r\n" TO BODY,              "250 250 250 354 250", 1},
    {"L4", HELLO FROM TO "RCPT TO:<>\r\n" BODY,           "250 250 250 501 354 250", 1},
    {"L5", HELLO "MAIL FROM:<a@b> SIZE=1000 BODY=8BITMIME SMTPUTF8\r\n", "250 250", 0},
    {"L5", HELLO "MAIL FROM:<a@b> SIZE=52428801\r\n" TO TO BODY "RSET\r\n" FROM TO BODY, "250 250 552 552 503 500 500 500 500 250 250 250 354 250", 1},
    {"L5", HELLO "MAIL FROM:<a@b> SIZE=x\r\n",            "250 555", 0},
    {"L5", HELLO "MAIL FROM:<a@b> SIZE=1 SIZE=1\r\n",     "250 555", 0},
    {"L5", HELLO "MAIL FROM:<a@b> BODY=BINARYMIME\r\n",   "250 555", 0},
    {"L5", HELLO "MAIL FROM:<a@b> AUTH=<>\r\n",           "250 555", 0},
    {"L5", HELLO FROM "RCPT TO:<a@b> NOTIFY=NEVER\r\n",   "250 250 555", 0},
    {"L6", HELLO "MAIL FROM:<\xc3\xa4@b>\r\n",            "250 550", 0},
    {"L6", HELLO "MAIL FROM:<\xc3\xa4@b> SMTPUTF8\r\nRCPT TO:<\xc3\xb6@d>\r\n", "250 250 250", 0},
    {"L6", HELLO FROM "RCPT TO:<\xc3\xb6@d>\r\n",         "250 250 553", 0},
    {"L6", HELLO "MAIL FROM:<\xff@b> SMTPUTF8\r\n",       "250 501", 0},
    {"L6", HELLO "MAIL FROM:a@b\r\n",                     "250 501", 0},
    {"L6", HELLO "MAIL FROM:<a b@c>\r\n",                 "250 501", 0},
    {"L6", HELLO "MAIL FROM:<a@b>x\r\n",                  "250 501", 0},
    {"L6", HELLO "MAIL FROM: <@r.example,@s.example:a@b>\r\n", "250 250", 0},
    {"L6", HELLO "MAIL FROM:<\"a b\\\" c\"@[192.0.2.1]>\r\nRCPT TO:<Postmaster>\r\n", "250 250 250", 0},
    {"L6", HELLO "MAIL FROM:<ada>\r\n",                   "250 501", 0},
    {"L3", HELLO "NOOP\n",                                "250 421", 0},
    {"L3", HELLO "NOOP\rQUIT\r\n",                        "250 421", 0},
    {"L3", "\r\n\n",                                      "500 421", 0},
    {"D2", HELLO FROM TO TO "DATA\r\nx\n.\nMAIL FROM:<evil@x>\r\n.\r\n" FROM, "250 250 250 250 354 554 554 250", 0},
    {"D2", HELLO FROM TO "DATA\r\nx\r\n.\nMAIL FROM:<evil@x>\r\n.\r\n",     "250 250 250 354 554", 0},
    {"D2", HELLO FROM TO "DATA\r\nx\n.\r\nMAIL FROM:<evil@x>\r\n.\r\n",     "250 250 250 354 554", 0},
};
// clang-format on

static void the_dialogues(struct world *w)
{
    for (isize i = 0; i < countof(table); i++)
        for (isize piece = 1; piece <= 64; piece *= 4) {
            struct talk t;
            open_talk(w, &t);
            tell(w, &t, str_from_z(table[i].said), piece);
            str heard = codes(w, &t);
            if (!str_eq(heard, str_from_z(table[i].heard)))
                fprintf(stderr, "%s, row %td, pieces of %td:\n", table[i].rule, i, piece);
            check_text(heard, str_from_z(table[i].heard));
            check(t.mails == table[i].mails);
            lmtp_close(&t.lmtp);
        }
}

static void L1_nothing_is_said_before_it_is_stored(struct world *w)
{
    struct talk t;
    open_talk(w, &t);
    str said = S(HELLO FROM TO BODY "QUIT\r\n");
    enum lmtp_next next = LMTP_GO_ON;
    while (next == LMTP_GO_ON)
        said = str_cut(said, lmtp_input(&t.lmtp, said, &next));
    check(next == LMTP_STORE);
    check_text(codes(w, &t), S("250 250 250 354"));
    check(lmtp_input(&t.lmtp, said, &next) == 0);    // QUIT waits
    lmtp_stored(&t.lmtp, OK);
    check_text(codes(w, &t), S("250 250 250 354 250"));
    lmtp_close(&t.lmtp);
}

static void L2_what_fails_is_kept_by_the_other_side(struct world *w)
{
    struct talk t;
    open_talk(w, &t);
    for (enum err err = ERR_ABSENT; err <= ERR_BROKEN; err++) {
        t.stored = err;
        t.out.n = 0;
        tell(w, &t, S(HELLO FROM TO TO BODY), 1000);
        check_text(codes(w, &t), S("250 250 250 250 354 451 451"));
    }
    lmtp_close(&t.lmtp);
}

static void L2_a_disk_that_fails_is_told(struct world *w)
{
    struct ctx *cx = begin(w);
    cx->data_dir = w->place.dir;
    check(spool_prepare(cx) == OK);
    check(end(w, OK) == OK);
    struct buf big = buf_new(&w->kept, 1 << 18);
    buf_put(&big, S(HELLO FROM TO "DATA\r\n"));
    for (int i = 0; i < 10000; i++)
        buf_put(&big, S("a line of a large mail\r\n"));
    buf_put(&big, S(".\r\n"));
    int failures = 0;
    for (int nth = 1; nth > 0; nth = io_failed() ? nth + 1 : 0) {
        struct talk t;
        io_fail_at(0);
        open_talk(w, &t);
        io_fail_at(nth);
        tell(w, &t, buf_str(&big), 65536);
        str heard = codes(w, &t);
        bool fine = str_eq(heard, S("250 250 250 354 250"));
        check(fine == !io_failed());
        check(fine || str_ends(heard, S("451")) || str_find(heard, S("452")) > 0);
        check(t.mails == fine);
        failures += !fine;
        lmtp_close(&t.lmtp);
    }
    check(failures >= 5);
}

static void L3_a_nul_ends_it(struct world *w)
{
    struct talk t;
    open_talk(w, &t);
    tell(w, &t, (str){"NOOP\0\r\n", 7}, 100);
    check_text(codes(w, &t), S("421"));
    check(t.closed);
    lmtp_close(&t.lmtp);
}

static void L5_the_line(struct world *w)
{
    struct talk t;
    open_talk(w, &t);
    struct buf b = buf_new(&w->arena, 1 << 17);
    buf_put(&b, S("NOOP "));
    while (b.n < LIMIT_LMTP_LINE - 2)
        buf_char(&b, 'x');
    buf_put(&b, S("\r\nNOOP "));
    for (int i = 0; i < 100000; i++)
        buf_char(&b, 'x');
    buf_put(&b, S("\r\nNOOP\r\n"));
    tell(w, &t, buf_str(&b), 3000);
    check_text(codes(w, &t), S("250 500 250"));
    lmtp_close(&t.lmtp);
}

static void L5_the_address(struct world *w)
{
    struct talk t;
    open_talk(w, &t);
    for (isize n = LIMIT_MAIL_ADDRESS; n <= LIMIT_MAIL_ADDRESS + 1; n++) {
        struct buf b = buf_new(&w->arena, 400);
        buf_put(&b, S(HELLO "MAIL FROM:<a@"));
        for (isize i = 2; i < n; i++)
            buf_char(&b, 'x');
        buf_put(&b, S(">\r\n"));
        t.out.n = 0;
        tell(w, &t, buf_str(&b), 100);
        check_text(codes(w, &t), n == LIMIT_MAIL_ADDRESS ? S("250 250") : S("250 501"));
    }
    lmtp_close(&t.lmtp);
}

static void L5_the_recipients(struct world *w)
{
    struct talk t;
    open_talk(w, &t);
    tell(w, &t, S(HELLO FROM), 100);
    for (int i = 0; i < LIMIT_MAIL_RECIPIENTS; i++)
        tell(w, &t, S(TO), 100);
    t.out.n = 0;
    tell(w, &t, S(TO), 100);
    check_text(codes(w, &t), S("452"));
    t.out.n = 0;
    tell(w, &t, S(BODY), 100);
    check(codes(w, &t).n == (LIMIT_MAIL_RECIPIENTS + 1) * 4 - 1 && t.mails == 1);
    lmtp_close(&t.lmtp);
}

static void L5_the_size(struct world *w)
{
    struct ctx *cx = begin(w);
    cx->data_dir = w->place.dir;
    check(spool_prepare(cx) == OK);
    check(end(w, OK) == OK);
    struct talk t;
    open_talk(w, &t);
    tell(w, &t, S(HELLO FROM TO TO "DATA\r\n"), 100);
    struct buf b = buf_new(&w->arena, 1 << 20);
    while (b.n < 1 << 20)
        buf_put(&b, S("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcd\r\n"));
    for (int64_t n = 0; n <= LIMIT_MAIL_BYTES; n += b.n)
        tell(w, &t, buf_str(&b), 65536);
    tell(w, &t, S(".\r\n"), 100);
    check_text(codes(w, &t), S("250 250 250 250 354 552 552"));
    check(t.mails == 0);
    lmtp_close(&t.lmtp);
}

static void L5_the_mistakes(struct world *w)
{
    struct talk t;
    open_talk(w, &t);
    for (int i = 0; i < LIMIT_LMTP_MISTAKES; i++)
        tell(w, &t, S("WHAT\r\n"), 100);
    check(!t.closed);
    tell(w, &t, S("WHAT\r\n"), 100);
    check(t.closed && str_ends(codes(w, &t), S("500 421")));
    lmtp_close(&t.lmtp);
}

static void L5_the_disk(struct world *w)
{
    struct talk t;
    open_talk(w, &t);
    t.config.reserve = INT64_MAX / 2;
    tell(w, &t, S(HELLO FROM), 100);
    check_text(codes(w, &t), S("250 452"));
    t.config.reserve = 1;
    tell(w, &t, S(FROM TO BODY), 100);
    check(t.mails == 1);
    lmtp_close(&t.lmtp);
}

static void the_mail_is_as_it_was_sent(struct world *w)
{
    struct talk t;
    open_talk(w, &t);
    tell(w, &t, S(HELLO FROM TO "DATA\r\nSubject: x\r\n\r\n..dot\r\nbare\nline\r\n.\r\n"), 7);
    check_text(t.bytes, S("Subject: x\r\n\r\n.dot\r\nbare\r\nline\r\n"));
    lmtp_close(&t.lmtp);
}

const struct test lmtp_tests[] = {
    T(the_dialogues),
    T(L1_nothing_is_said_before_it_is_stored),
    T(L2_what_fails_is_kept_by_the_other_side),
    T(L2_a_disk_that_fails_is_told),
    T(L3_a_nul_ends_it),
    T(L5_the_line),
    T(L5_the_address),
    T(L5_the_recipients),
    T(L5_the_size),
    T(L5_the_mistakes),
    T(L5_the_disk),
    T(the_mail_is_as_it_was_sent),
    {0},
};
