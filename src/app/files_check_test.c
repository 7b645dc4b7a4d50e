// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/files_check.h"

#include "base/io.h"
#include "base/limits.h"
#include "base/secret.h"
#include "intake/intake.h"
#include "message/blob.h"
#include "testing/test.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static str large(struct world *w, char c)
{
    char *p = make(&w->kept, char, LIMIT_MAIL_INLINE + 100);
    memset(p, c, LIMIT_MAIL_INLINE + 100);
    memcpy(p, "Subject: x\r\n\r\n", 14);
    return (str){p, LIMIT_MAIL_INLINE + 100};
}

// Its file; the row only if it is stored.
static str a_mail(struct world *w, char c, bool stored)
{
    struct spool s;
    struct ctx *cx = begin(w);
    check(spool_prepare(cx) == OK);
    spool_start(&s, cx);
    spool_add(&s, large(w, c));
    check(spool_end(&s) == OK);
    struct intake_mail m = {
        .source = INBOX_LMTP, .rcpt = S("hilfe@nordlicht.example"), .spool = &s};
    int64_t inbox;
    bool duplicate;
    str path = keep(w, spool_path(cx, s.sha256));
    check(end(w, stored ? intake_store(cx, &m, &inbox, &duplicate) : OK) == OK);
    return path;
}

static str an_attachment(struct world *w)
{
    struct blob b;
    struct ctx *cx = begin(w);
    str path = {0};
    check(blob_put(cx, large(w, 'a'), &b) == OK && blob_path(cx, b.sha256, &path) == OK);
    path = keep(w, path);
    check(end(w, OK) == OK);
    return path;
}

static struct files_found look(struct world *w, str *said)
{
    struct files_found f = {0};
    struct ctx *cx = begin(w);
    struct buf out = buf_new(&w->kept, 1000);
    check(files_check(cx, &out, &f) == OK && end(w, OK) == OK);
    *said = buf_str(&out);
    return f;
}

static void make_old(struct world *w, str path)
{
    struct timespec then[2] = {{.tv_sec = w->now.ms / 1000 - 2 * 86400},
                               {.tv_sec = w->now.ms / 1000 - 2 * 86400}};
    check(utimensat(AT_FDCWD, arena_z(&w->kept, path), then, 0) == 0);
}

static void Z1_a_file_that_is_not_there_is_missing(struct world *w)
{
    str said, mail = a_mail(w, 'b', true), attachment = an_attachment(w);
    a_mail(w, 'c', true);
    struct files_found f = look(w, &said);
    check(f.mails == 2 && f.blobs == 1 && f.missing == 0 && f.strays == 0 && said.n == 0);
    check(unlink(arena_z(&w->kept, mail)) == 0 && unlink(arena_z(&w->kept, attachment)) == 0);
    f = look(w, &said);
    check(f.missing == 2 && f.strays == 0);
    check(str_starts(said, S("missing: mail/")) && str_find(said, S("\nmissing: blob/")) > 0);
}

static void Z2_Z3_a_file_of_no_mail_is_told_and_stays(struct world *w)
{
    str said, named = a_mail(w, 'd', true), stray = a_mail(w, 'e', false);
    make_old(w, named);
    check(look(w, &said).strays == 0);
    make_old(w, stray);
    struct files_found f = look(w, &said);
    check(f.strays == 1 && f.stray_bytes == LIMIT_MAIL_INLINE + 100 && f.missing == 0);
    check(str_starts(said, S("of no mail: mail/"))
          && access(arena_z(&w->kept, stray), F_OK) == 0);
    check(ask(w, "update inbox set state = 9 returning 1") == 1);    // somebody deleted it
    f = look(w, &said);
    check(f.mails == 0 && f.strays == 1);
    check(unlink(arena_z(&w->kept, named)) == 0 && look(w, &said).missing == 0);
}

static void what_is_told_has_an_end(struct world *w)
{
    str said;
    for (char c = 'a'; c < 'a' + 25; c++)
        make_old(w, a_mail(w, c, false));
    struct files_found f = look(w, &said);
    int lines = 0;
    for (isize i = 0; i < said.n; i++)
        lines += said.p[i] == '\n';
    check(f.strays == 25 && lines == 20);
}

const struct test files_check_tests[] = {
    T(Z1_a_file_that_is_not_there_is_missing),
    T(Z2_Z3_a_file_of_no_mail_is_told_and_stays),
    T(what_is_told_has_an_end),
    {0},
};
