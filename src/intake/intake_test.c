// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "base/io.h"
#include "base/limits.h"
#include "intake/intake.h"
#include "intake/intake_away.h"

static str mail_of(struct world *w, isize bytes)
{
    struct buf b = buf_new(&w->kept, bytes + 64);
    buf_put(&b, S("Subject: x\r\nMessage-ID: <1@kunde.example>\r\n\r\n"));
    while (b.n < bytes)
        buf_put(&b, S("0123456789\r\n"));
    return buf_str(&b);
}

static enum err bring_to(struct world *w, str rcpt, str mail, int64_t *inbox, bool *duplicate)
{
    struct spool s;
    struct ctx *cx = begin(w);
    spool_start(&s, cx);
    spool_add(&s, mail);
    enum err err = spool_end(&s);
    struct intake_mail m = {INBOX_LMTP, rcpt, S("maja@kunde.example"), &s};
    if (err == OK)
        err = intake_store(cx, &m, inbox, duplicate);
    return end(w, err);
}

static enum err bring(struct world *w, str mail)
{
    int64_t inbox;
    bool duplicate;
    return bring_to(w, S("hilfe@nordlicht.example"), mail, &inbox, &duplicate);
}

static void prepare(struct world *w)
{
    struct ctx *cx = begin(w);
    check(spool_prepare(cx) == OK);
    check(end(w, OK) == OK);
}

static void I1_a_row_and_its_job_or_neither(struct world *w)
{
    prepare(w);
    for (int big = 0; big < 2; big++) {
        str mail = mail_of(w, big ? LIMIT_MAIL_INLINE * 3 : 1000);
        EACH_FAULT(w) {
            enum err err = bring(w, mail);
            check(err == OK || db_failed(w->db));
            check(ask(w, "select count(*) from inbox") == big + (err == OK));
            check(ask(w, "select count(*) from job where kind = 'intake.mail'")
                  == big + (err == OK));
        }
    }
    check(ask(w,
              "select count(*) from inbox where sha256 is not null and id not in (select inbox "
              "from inbox_bytes)")
          == 1);
    check(ask(w, "select count(*) from inbox join inbox_bytes on inbox = id "
                 "where sha256 is null and length(bytes) < size")
          == 1);
}

static void I1_the_bytes_come_back(struct world *w)
{
    prepare(w);
    for (isize n = 1000; n <= LIMIT_MAIL_INLINE * 2; n *= 4) {
        int64_t inbox = 0;
        bool duplicate;
        str mail = mail_of(w, n), back = {0};
        check(bring_to(w, S("hilfe@nordlicht.example"), mail, &inbox, &duplicate) == OK);
        struct ctx *cx = begin(w);
        check(intake_bytes(cx, inbox, &back) == OK);
        check(str_eq(back, mail));
        check(end(w, OK) == OK);
    }
}

static void I1_a_file_that_changed_is_noticed(struct world *w)
{
    prepare(w);
    int64_t inbox = 0;
    bool duplicate;
    str mail = mail_of(w, LIMIT_MAIL_INLINE * 2), back = {0};
    check(bring_to(w, S("hilfe@nordlicht.example"), mail, &inbox, &duplicate) == OK);
    struct ctx *cx = begin(w);
    str path = spool_path(cx, secret_hash(cx->arena, mail));
    io_remove(cx, path);
    int fd = -1;
    check(io_create(cx, path, &fd) == OK && io_write(cx, fd, S("something else")) == OK);
    io_close(fd);
    check(intake_bytes(cx, inbox, &back) == ERR_BROKEN);
    check(end(w, OK) == OK);
}

static void I2_twice_is_once(struct world *w)
{
    int64_t first = 0, second = 0;
    bool duplicate = true;
    str mail = mail_of(w, 1000);
    str rcpt = S("hilfe@nordlicht.example");
    check(bring_to(w, rcpt, mail, &first, &duplicate) == OK && !duplicate);
    str travelled = keep(w, arena_join(&w->kept, S("Received: again\r\n"), mail));
    check(bring_to(w, S("Hilfe@Nordlicht.example"), travelled, &second, &duplicate) == OK);
    check(duplicate && first == second);
    check(ask(w, "select count(*) from inbox") == 1);
    check(ask(w, "select count(*) from job where kind = 'intake.mail'") == 1);
    struct ctx *cx = begin(w);
    struct intake_counts c = {0};
    check(intake_count(cx, &c) == OK && c.duplicates == 1 && c.waiting == 1);
    check(end(w, OK) == OK);
}

// A mail that is brought again after it was read does not make it read again.
static void I2_twice_is_once_also_later(struct world *w)
{
    str mail = mail_of(w, 1000);
    check(bring(w, mail) == OK);
    struct ctx *cx = begin(w);
    check(db_script(cx, "delete from job") == OK);
    check(end(w, OK) == OK);
    check(bring(w, mail) == OK);
    check(ask(w, "select count(*) from job") == 0);
}

static void I4_the_desk_is_known_by_its_address(struct world *w)
{
    static const struct {
        const char *rcpt;
        int64_t desk;
    } table[] = {
        {"hilfe@nordlicht.example", 1},    {"HILFE@suedwind.example", 2},
        {"hilfe+abc@suedwind.example", 2}, {"info@elsewhere.example", 1},
        {"hilfe@x+suedwind.example", 1},   {"postmaster", 1},
    };
    for (isize i = 0; i < countof(table); i++) {
        int64_t inbox = 0;
        bool duplicate;
        check(bring_to(w, str_from_z(table[i].rcpt), mail_of(w, 100), &inbox, &duplicate)
              == OK);
        check(w->cx.who.tenant.n == table[i].desk);
    }
}

static void refused_mails_are_counted(struct world *w)
{
    struct ctx *cx = begin(w);
    struct intake_counts c = {0};
    check(intake_refuse(cx, S("size")) == OK && intake_refuse(cx, S("size")) == OK);
    check(intake_refuse(cx, S("disk")) == OK);
    check(intake_count(cx, &c) == OK && c.refused == 3);
    check(end(w, OK) == OK);
}

static void deleted(struct world *w, int64_t inbox)
{
    struct ctx *cx = begin(w);
    check(db_script(cx, "update inbox set state = 7") == OK);
    check(end(w, intake_delete(cx, inbox)) == OK);
}

static enum err drop(struct ctx *cx, int64_t inbox)
{
    struct job job = {.ref = inbox};
    return intake_away_drop(cx, &job);
}

// The same bytes come again, for somebody else, while the job removes their file.
static void I9_a_file_is_there_when_its_row_is(struct world *w)
{
    prepare(w);
    int64_t first = 0, second = 0;
    bool duplicate;
    str mail = mail_of(w, LIMIT_MAIL_INLINE * 2), back = {0},
        other = S("info@nordlicht.example");
    check(bring_to(w, S("hilfe@nordlicht.example"), mail, &first, &duplicate) == OK);
    deleted(w, first);
    struct spool s;
    struct ctx *cx = begin(w);
    spool_start(&s, cx);
    spool_add(&s, mail);
    check(spool_end(&s) == OK);
    check(drop(cx, first) == OK);
    struct intake_mail m = {INBOX_LMTP, other, S("maja@kunde.example"), &s};
    check(end(w, intake_store(cx, &m, &second, &duplicate)) == ERR_BUSY);
    check(bring_to(w, other, mail, &second, &duplicate) == OK && !duplicate);
    check(end(w, drop(begin(w), first)) == OK);    // sees the row
    cx = begin(w);
    check(intake_bytes(cx, second, &back) == OK && str_eq(back, mail));
    check(end(w, OK) == OK);
}

static void I9_a_deleted_mail_that_comes_again_leaves_no_file(struct world *w)
{
    prepare(w);
    int64_t inbox = 0, again = 0;
    bool duplicate;
    str mail = mail_of(w, LIMIT_MAIL_INLINE * 2), rcpt = S("hilfe@nordlicht.example");
    check(bring_to(w, rcpt, mail, &inbox, &duplicate) == OK);
    deleted(w, inbox);
    check(end(w, drop(begin(w), inbox)) == OK);
    check(bring_to(w, rcpt, mail, &again, &duplicate) == OK && duplicate && again == inbox);
    check(ask(w, "select count(*) from job where kind = 'intake.drop'") == 1);
    check(end(w, drop(begin(w), inbox)) == OK);
    struct ctx *cx = begin(w);
    str *names;
    isize n;
    check(io_list(cx, arena_fmt(cx->arena, STR_FMT "/mail", STR_ARG(cx->data_dir)), &names, &n)
          == OK);
    check(n == 0);
    check(end(w, OK) == OK);
}

const struct test intake_tests[] = {
    T(I1_a_row_and_its_job_or_neither),
    T(I1_the_bytes_come_back),
    T(I1_a_file_that_changed_is_noticed),
    T(I2_twice_is_once),
    T(I2_twice_is_once_also_later),
    T(I4_the_desk_is_known_by_its_address),
    T(refused_mails_are_counted),
    T(I9_a_file_is_there_when_its_row_is),
    T(I9_a_deleted_mail_that_comes_again_leaves_no_file),
    {0},
};
