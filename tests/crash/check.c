// SPDX-License-Identifier: GPL-3.0-or-later
// After the last crash: is every mail there, whole, and once?
#include "tests/crash/crash.h"

#include "base/limits.h"
#include "base/now.h"
#include "intake/intake.h"
#include "message/blob.h"
#include "outbox/outbox.h"
#include "tenant/tenant.h"

enum { PAGE = 500 };

struct reader {
    struct arena arena;
    struct ctx cx;
    bool damaged;    // a question failed: in a control run that is what it is for
};

static bool open_data(const struct plan *p, struct reader *r, enum db_mode mode)
{
    *r = (struct reader){.arena = arena_new((isize)512 << 20)};
    r->cx = (struct ctx){.arena = &r->arena,
                         .now = now_utc(),
                         .data_dir = p->dir,
                         .who = tenant_system((tenant_id){1})};
    struct db_place place = {.dir = p->dir};
    return db_open(&r->cx, &place, mode, &r->cx.db) == OK;
}

static void close_data(struct reader *r)
{
    db_close(r->cx.db);
    arena_free(&r->arena);
}

static struct db_result ask(struct reader *r, const char *sql, int64_t after)
{
    struct db_stmt st = {
        .name = "ask", .id = -1, .sqlite = sql, .types = "i", .args = strchr(sql, '?') != NULL};
    struct db_value v = db_int(after);
    struct db_result out = {0};
    if (db_run(&r->cx, &st, &v, &out) == OK)
        return out;
    r->damaged = true;
    return (struct db_result){0};
}

bool check_whole(const struct plan *p)
{
    struct reader r;
    if (!open_data(p, &r, DB_WRITER))
        return false;
    struct db_result out =
        ask(&r, "select count(*) from pragma_integrity_check where integrity_check <> 'ok'", 0);
    bool whole = out.rows == 1 && out.cell[0].n == 0;
    close_data(&r);
    return whole;
}

// Mails that a kill met three times while they were read wait in quarantine, as they should.
static void restart_aside(struct reader *r, struct result *out)
{
    struct db_result aside =
        ask(r, "select id from inbox where state = 7 and id > ?1 order by id limit 900", 0);
    out->aside += aside.rows;
    for (isize i = 0; i < aside.rows; i++)
        r->damaged |= db_begin(&r->cx) != OK
                      || intake_restart(&r->cx, aside.cell[i].n, true) != OK
                      || db_commit(&r->cx) != OK;
}

static int number_of(str sender)    // u4711@kunde.example
{
    str rest = str_cut(sender, 1), digits = str_token(&rest, '@');
    int64_t n = -1;
    return str_to_int(digits, &n) ? (int)n : -1;
}

static bool attachments_are_whole(struct reader *r, int64_t message)
{
    struct db_result a =
        ask(r, "select sha256, size from attachment where message = ?1", message);
    for (isize i = 0; i < a.rows; i++) {
        str bytes;
        if (blob_read(&r->cx, a.cell[i * 2].s, LIMIT_MAIL_BYTES, &bytes) != OK)
            return false;
    }
    return true;
}

static void check_mail(struct reader *r, const struct db_value *c, unsigned char *seen,
                       struct result *out)
{
    int n = number_of(c[1].s);
    str bytes;
    bool same =
        intake_bytes(&r->cx, c[0].n, &bytes) == OK && n >= 0
        && (str_eq(bytes, mail_text(r->cx.arena, n)) || str_starts(bytes, S("X-Attempt")));
    bool became =
        c[2].n == INBOX_TICKET && c[3].n > 0 && c[4].n > 0 && attachments_are_whole(r, c[4].n);
    out->damaged += !same || !became;
    if (n < 0)
        return;
    out->doubled += seen[n] > 0;
    seen[n] = 1;
}

static void check_mails(struct reader *r, unsigned char *seen, struct result *out)
{
    static const char sql[] =
        "select id, sender, state, coalesce(ticket, 0), coalesce(message, 0) from inbox"
        " where id > ?1 order by id limit 500";
    int64_t after = 0;
    for (;;) {
        arena_reset(&r->arena);
        struct db_result page = ask(r, sql, after);
        if (page.rows == 0)
            return;
        for (isize i = 0; i < page.rows; i++)
            check_mail(r, &page.cell[i * 5], seen, out);
        after = page.cell[(page.rows - 1) * 5].n;
    }
}

// Each answer has left once; twice where that is marked, and where it is not known it says so.
static void check_answer(const struct db_value *c, struct sink *k, struct result *out)
{
    int taken = sink_taken(k, number_of(c[1].s));
    int64_t state = c[2].n, again = c[3].n;
    bool unknown = state == OUTBOX_UNSURE && again;
    out->answers++;
    out->twice += again;
    out->unknown += unknown;
    out->out_waits += state != OUTBOX_SENT && !unknown;
    out->out_lost += state == OUTBOX_SENT && taken == 0;
    out->out_doubled += taken > (again ? 2 : 1);
}

static void check_answers(struct reader *r, struct sink *k, struct result *out)
{
    static const char sql[] =
        "select id, rcpt, state, again from outbox where id > ?1 order by id limit 500";
    int64_t after = 0;
    for (;;) {
        arena_reset(&r->arena);
        struct db_result page = ask(r, sql, after);
        if (page.rows == 0)
            return;
        for (isize i = 0; i < page.rows; i++)
            check_answer(&page.cell[i * 4], k, out);
        after = page.cell[(page.rows - 1) * 4].n;
    }
}

// With nobody at work.  How much a desk may write by itself in ten minutes is not what is tried here.
void check_hurry(const struct plan *p)
{
    struct reader r;
    if (!open_data(p, &r, DB_WRITER))
        return;
    r.damaged =
        db_script(&r.cx,
                  "update outbox set automatic = 0 where automatic = 1;"
                  "update outbox set send_at = 0 where state in (1, 3) and send_at > 0;"
                  "update job set run_at = 0, leased = 0, tries = 0 where kind = 'outbox.send'")
        != OK;
    close_data(&r);
}

static int64_t number(struct reader *r, const char *sql)
{
    struct db_result out = ask(r, sql, 0);
    return out.rows > 0 ? out.cell[0].n : 0;
}

void check_all(const struct plan *p, struct sender *s, struct sink *k, struct result *out)
{
    struct reader r;
    int count = sender_count(s);
    unsigned char *seen = calloc((size_t)count + 1, 1);
    if (seen == NULL)
        abort();
    if (!open_data(p, &r, DB_WRITER)) {
        out->lost = -1;
        return;
    }
    check_mails(&r, seen, out);
    for (int n = 0; n < count; n++) {
        out->acknowledged += sender_acknowledged(s, n);
        out->lost += sender_acknowledged(s, n) && !seen[n];
    }
    // Each case has one mail, each mail one case and one message; a receipt at most.
    out->doubled += number(&r, "select count(*) from ticket")
                    - number(&r, "select count(distinct ticket) from inbox");
    out->doubled +=
        number(&r, "select count(*) - count(distinct ticket) from message where kind = 4");
    out->doubled += number(&r, "select count(*) - count(distinct ticket) from outbox");
    check_answers(&r, k, out);
    out->whole = !r.damaged;
    close_data(&r);
    out->whole &= check_whole(p);
    free(seen);
}

void check_finish(const struct plan *p, struct sender *s)
{
    (void)s;
    struct reader r;
    struct result out = {0};
    if (!open_data(p, &r, DB_WRITER))
        return;
    restart_aside(&r, &out);
    close_data(&r);
}
