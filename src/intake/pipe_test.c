// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "base/limits.h"
#include "intake/pipe.h"

static enum err pipe_in(struct world *w, str rcpt, str sender, str bytes)
{
    struct ctx *cx = begin(w);
    struct spool s;
    struct intake_mail m;
    int64_t inbox;
    bool duplicate;
    enum err err = pipe_read(cx, rcpt, sender, bytes, &s, &m);
    if (err == OK)
        err = intake_store(cx, &m, &inbox, &duplicate);
    return end(w, err);
}

static void P1_the_exit_codes(struct world *w)
{
    str rcpt = S("hilfe@nordlicht.example"), mail = S("Subject: x\n\nhello\n");
    check(pipe_exit(pipe_in(w, rcpt, S("maja@kunde.example"), mail)) == 0);
    check(pipe_exit(pipe_in(w, rcpt, S(""), mail)) == 0);
    check(pipe_exit(pipe_in(w, rcpt, S("x"), mail)) == 65);
    check(pipe_exit(pipe_in(w, S(""), S(""), mail)) == 65);
    check(pipe_exit(pipe_in(w, S("a b@c"), S(""), mail)) == 65);
    check(pipe_exit(pipe_in(w, rcpt, S(""), S(""))) == 65);
    EACH_FAULT(w) {
        enum err err = pipe_in(w, rcpt, S("a@b.example"), S("Subject: y\n\nhello\n"));
        check(pipe_exit(err) == (err == OK ? 0 : 75));
    }
    check(ask(w, "select count(*) from inbox where source = 2") == 2);
}

static void P1_too_large_is_never(struct world *w)
{
    char *p = make(&w->kept, char, 1 << 10);
    memset(p, 'x', 1 << 10);
    p[(1 << 10) - 1] = '\n';
    struct ctx *cx = begin(w);
    struct spool s;
    check(spool_prepare(cx) == OK);
    spool_start(&s, cx);
    for (int64_t n = 0; n <= LIMIT_MAIL_BYTES; n += 1 << 10)
        spool_add(&s, (str){p, 1 << 10});
    check(pipe_exit(spool_end(&s)) == 65);
    check(end(w, OK) == OK);
}

static void P2_lines_of_this_machine(struct world *w)
{
    check(pipe_in(w, S("a@b.example"), S(""),
                  S("From maja Fri Nov 20\nSubject: x\n\n.\nFrom here\n"))
          == OK);
    struct ctx *cx = begin(w);
    str bytes = {0};
    check(intake_bytes(cx, 1, &bytes) == OK);
    check_text(bytes, S("Subject: x\r\n\r\n.\r\nFrom here\r\n"));
    check(end(w, OK) == OK);
}

const struct test pipe_tests[] = {
    T(P1_the_exit_codes),
    T(P1_too_large_is_never),
    T(P2_lines_of_this_machine),
    {0},
};
