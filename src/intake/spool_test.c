// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "base/io.h"
#include "base/limits.h"
#include "intake/spool.h"
#include "pack/pack.h"

#include <dirent.h>

static struct spool spooled(struct ctx *cx, str mail, isize piece)
{
    struct spool s;
    spool_start(&s, cx);
    for (isize i = 0; i < mail.n; i += piece)
        spool_add(&s, str_head(str_cut(mail, i), piece));
    check(spool_end(&s) == OK);
    return s;
}

static str digest_of(struct world *w, str mail, isize piece)
{
    struct ctx cx = {.arena = &w->arena, .data_dir = w->place.dir};
    return spooled(&cx, mail, piece).digest;
}

static bool same(struct world *w, const char *x, const char *y)
{
    return str_eq(digest_of(w, str_from_z(x), 1000), digest_of(w, str_from_z(y), 1));
}

static void K2_the_way_does_not_count(struct world *w)
{
    const char *mail = "Subject: hi\r\nMessage-ID: <1@a>\r\n\r\nbody\r\n";
    check(same(w, mail, mail));
    check(same(w, mail,
               "Received: from x\r\n\tby y\r\n z\r\nSubject: hi\r\nMessage-ID: "
               "<1@a>\r\n\r\nbody\r\n"));
    check(same(w, mail,
               "Subject: hi\r\nReceived: a\r\nX-Spam-Status: no\r\nARC-Seal: i=1\r\n"
               "Message-ID: <1@a>\r\nreturn-path: <b>\r\nDELIVERED-TO: c\r\n\r\nbody\r\n"));
}

static void K2_everything_else_counts(struct world *w)
{
    const char *mail = "Subject: hi\r\nMessage-ID: <1@a>\r\n\r\nbody\r\n";
    static const char *const other[] = {
        "Subject: ho\r\nMessage-ID: <1@a>\r\n\r\nbody\r\n",
        "Subject: hi\r\nMessage-ID: <2@a>\r\n\r\nbody\r\n",
        "Subject: hi\r\nMessage-ID: <1@a>\r\n\r\nBody\r\n",
        "Subject: hi\r\nMessage-ID: <1@a>\r\n\r\nReceived: body\r\n",
        "Subject: hi\r\n more\r\nMessage-ID: <1@a>\r\n\r\nbody\r\n",
        "Subject: hi\r\nX-New: 1\r\nMessage-ID: <1@a>\r\n\r\nbody\r\n",
        "Subject: hi\r\nMessage-ID: <1@a>\r\nbody\r\n",
        "",
    };
    for (isize i = 0; i < countof(other); i++)
        check(!same(w, mail, other[i]));
}

// The worst that K2 could do: take two different mails for one because neither has a header.
static void K2_mails_that_are_none_differ(struct world *w)
{
    check(!same(w, "hello\r\n", "goodbye\r\n"));
    check(!same(w, "hello", "hella"));
    check(!same(w, "Recei", "Receiv"));
    check(!same(w, "\r\nhello\r\n", "\r\ngoodbye\r\n"));
    check(!same(w, "receiveda-very-long-word-without-colon-one\r\n",
                "receiveda-very-long-word-without-colon-two\r\n"));
}

static str big_mail(struct world *w, isize lines)
{
    struct buf b = buf_new(&w->kept, lines * 32);
    buf_put(&b, S("Subject: big\r\n\r\n"));
    for (isize i = 0; i < lines; i++)
        buf_fmt(&b, "line %09td of a big mail\r\n", i);
    return buf_str(&b);
}

static void K1_a_large_mail_is_a_file(struct world *w)
{
    struct ctx *cx = begin(w);
    struct spool s;
    str mail = big_mail(w, 20000);
    check(spool_prepare(cx) == OK);
    spool_start(&s, cx);
    for (isize i = 0; i < mail.n; i += 5000)
        spool_add(&s, str_head(str_cut(mail, i), 5000));
    check(spool_end(&s) == OK && s.size == mail.n);
    str back = {0};
    check(io_read_file(cx, spool_path(cx, s.sha256), mail.n, &back) == OK);
    check(str_eq(back, mail));
    check(str_eq(s.sha256, secret_hash(cx->arena, mail)));
    check(str_eq(s.digest, digest_of(w, mail, mail.n)));
    check(end(w, OK) == OK);
}

static void K1_a_small_mail_is_none(struct world *w)
{
    struct ctx *cx = begin(w);
    struct spool s;
    spool_start(&s, cx);
    str mail = str_head(big_mail(w, 3000), LIMIT_MAIL_INLINE);
    spool_add(&s, mail);
    check(spool_end(&s) == OK && s.sha256.n == 0 && str_eq(buf_str(&s.bytes), mail));
    check(end(w, OK) == OK);
}

static int files_in(struct world *w, const char *folder)
{
    str path = arena_fmt(&w->arena, STR_FMT "/%s", STR_ARG(w->place.dir), folder);
    DIR *d = opendir(arena_z(&w->arena, path));
    int n = 0;
    for (struct dirent *e; d != NULL && (e = readdir(d)) != NULL;)
        n += e->d_name[0] != '.';
    if (d != NULL)
        closedir(d);
    return n;
}

// Each call to the disk fails once: either the mail is whole under its name, or nothing is.
static void K3_what_fails_leaves_nothing(struct world *w)
{
    str mail = big_mail(w, 40000);
    struct ctx *cx = begin(w);
    check(spool_prepare(cx) == OK);
    check(end(w, OK) == OK);
    int failures = 0;
    for (int nth = 1; nth > 0; nth = io_failed() ? nth + 1 : 0) {
        cx = begin(w);
        struct spool s;
        io_fail_at(nth);
        spool_start(&s, cx);
        spool_add(&s, mail);
        enum err err = spool_end(&s);
        io_fail_at(0);
        check(err == OK || io_failed());
        failures += err != OK;
        check(files_in(w, "tmp") == 0);
        check(end(w, OK) == OK);
    }
    check(failures == 6);    // create, write, sync, rename, open and sync the folder
}

static void K4_too_large_is_not_kept(struct world *w)
{
    struct ctx *cx = begin(w);
    struct spool s;
    check(spool_prepare(cx) == OK);
    spool_start(&s, cx);
    str chunk = big_mail(w, 1 << 16);
    for (int64_t n = 0; n <= LIMIT_MAIL_BYTES; n += chunk.n)
        spool_add(&s, chunk);
    check(spool_end(&s) == ERR_INVALID);
    check(files_in(w, "tmp") == 0 && files_in(w, "mail") == 0);
    check(end(w, OK) == OK);
}

static void K5_a_small_mail_is_packed_for_its_row(struct world *w)
{
    char *p = make(&w->arena, char, LIMIT_MAIL_INLINE + 2);
    for (isize n = 0; n < LIMIT_MAIL_INLINE + 2; n++)
        p[n] = "Guten Tag\r\n"[n % 11];
    struct ctx cx = {.arena = &w->arena, .data_dir = w->place.dir};
    check(spool_prepare(&cx) == OK);
    for (isize n = LIMIT_MAIL_INLINE - 1; n <= LIMIT_MAIL_INLINE + 1; n++) {
        str mail = {p, n}, back, packed = spooled(&cx, mail, n).packed;
        check((packed.n > 0) == (n <= LIMIT_MAIL_INLINE) && packed.n < n / 10);
        if (packed.n > 0)
            check(pack_out(&cx, packed, n, &back) == OK && str_eq(back, mail));
    }
}

const struct test spool_tests[] = {
    T(K1_a_large_mail_is_a_file),
    T(K1_a_small_mail_is_none),
    T(K2_the_way_does_not_count),
    T(K2_everything_else_counts),
    T(K2_mails_that_are_none_differ),
    T(K3_what_fails_leaves_nothing),
    T(K4_too_large_is_not_kept),
    T(K5_a_small_mail_is_packed_for_its_row),
    {0},
};
