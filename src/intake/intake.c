// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/intake.h"

#include "base/io.h"
#include "base/limits.h"
#include "intake.sql.h"
#include "job/job.h"
#include "pack/pack.h"
#include "tenant/tenant.h"
#include "wording/wording.h"

// hilfe+abc@nordlicht.example is meant for hilfe@nordlicht.example (I4).
static str without_detail(struct ctx *cx, str address)
{
    isize plus = str_find(address, S("+")), at = str_find(address, S("@"));
    if (plus < 0 || plus > at)
        return address;
    return arena_join(cx->arena, (str){address.p, plus}, str_cut(address, at));
}

// A team's address belongs to its team's desk; the rest is asked for by name.
enum err intake_desk(struct ctx *cx, str rcpt, tenant_id *desk)
{
    team_id team;
    TRY(wording_address_find(cx, rcpt, desk, &team));
    return desk->n != 0 ? OK : tenant_for_address(cx, without_detail(cx, rcpt), desk);
}

static fallible check_file(struct ctx *cx, const struct spool *s)    // I9
{
    int fd = -1;
    TRY(q_inbox_file_wait(cx, s->digest, s->sha256));
    if (io_open_read(cx, spool_path(cx, s->sha256), &fd) != OK)
        return fail(cx, ERR_BUSY, "The same mail was just deleted. Please send it again.",
                    "Dieselbe Mail wurde gerade gelöscht. Bitte noch einmal senden.");
    io_close(fd);
    return OK;
}

enum err intake_store(struct ctx *cx, const struct intake_mail *m, int64_t *inbox,
                      bool *duplicate)
{
    str rcpt = arena_lower(cx->arena, m->rcpt);
    tenant_id desk = m->desk;    // of a mailbox
    if (desk.n == 0)
        TRY(intake_desk(cx, rcpt, &desk));
    cx->who = tenant_system(desk);
    const struct spool *s = m->spool;
    struct q_inbox_insert row;
    TRY(q_inbox_insert(cx, m->source, rcpt, m->sender, s->digest, s->size, s->sha256, &row));
    *inbox = row.id;
    *duplicate = row.again > 0;
    bool gone = row.state == INBOX_GONE && s->sha256.n > 0;
    if (*duplicate)    // I2
        return gone ? job_add(cx, "intake.drop", row.id, cx->now) : OK;
    TRY(s->sha256.n == 0 ? q_inbox_keep(cx, row.id, s->packed) : check_file(cx, s));
    return job_add(cx, "intake.mail", row.id, cx->now);
}

enum err intake_refuse(struct ctx *cx, str reason)
{
    return q_inbox_refuse(cx, reason);
}

static enum err read_whole(struct ctx *cx, int fd, isize size, str *out)
{
    char *p = make(cx->arena, char, size);
    isize n = 0, got = 1;
    while (n < size && got > 0) {
        TRY(io_read(cx, fd, p + n, size - n, &got));
        n += got;
    }
    *out = (str){p, n};
    return OK;
}

static enum err read_file(struct ctx *cx, const struct q_inbox_bytes *row, str *out)
{
    int fd = -1;
    TRY(io_open_read(cx, spool_path(cx, row->sha256), &fd));
    enum err err = read_whole(cx, fd, row->size, out);
    io_close(fd);
    TRY(err);
    return secret_same(secret_hash(cx->arena, *out), row->sha256)
               ? OK
               : broken(cx, "the file of a stored mail has changed");
}

enum err intake_bytes(struct ctx *cx, int64_t inbox, str *out)
{
    struct q_inbox_bytes row;
    TRY(q_inbox_bytes(cx, inbox, &row));
    if (row.sha256.n > 0)
        return read_file(cx, &row, out);
    if (row.bytes.n == 0 && row.size > 0)
        return db_absent(cx);
    return pack_out(cx, row.bytes, row.size, out);
}

enum err intake_source(struct ctx *cx, int64_t inbox, str *out)
{
    struct q_inbox_aside row;
    TRY(q_inbox_aside(cx, inbox, &row));
    return intake_bytes(cx, row.id, out);
}

enum err intake_restart(struct ctx *cx, int64_t inbox, bool wanted)
{
    int64_t changed;
    TRY(q_inbox_restart(cx, inbox, wanted, &changed));
    if (changed == 0)
        return fail(cx, ERR_ABSENT, "No such mail waits for a decision.",
                    "Keine solche Mail wartet auf eine Entscheidung.");
    return job_add(cx, "intake.mail", inbox, cx->now);
}

enum err intake_hurry(struct ctx *cx, int64_t inbox)
{
    struct q_inbox_waiting *row;
    isize n;
    TRY(q_inbox_waiting(cx, inbox, &row, &n));
    if (n == 0)
        return fail(cx, ERR_ABSENT, "No such mail waits to be read.",
                    "Keine solche Mail wartet darauf, gelesen zu werden.");
    return job_add(cx, "intake.mail", inbox, cx->now);
}

enum err intake_list(struct ctx *cx, enum inbox_state state, struct intake_row **out, isize *n)
{
    struct q_inbox_list *r;
    TRY(q_inbox_list(cx, state, &r, n));
    *out = make(cx->arena, struct intake_row, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct intake_row){.id = r[i].id,
                                        .source = r[i].source,
                                        .state = r[i].state,
                                        .rcpt = r[i].rcpt,
                                        .sender = r[i].sender,
                                        .reason = r[i].reason,
                                        .size = r[i].size,
                                        .again = r[i].again,
                                        .infected = r[i].infected == INBOX_INFECTED,
                                        .received = r[i].received,
                                        .ticket = r[i].ticket,
                                        .number = r[i].number,
                                        .author = r[i].author,
                                        .subject = r[i].subject};
    return OK;
}

enum err intake_one(struct ctx *cx, int64_t inbox, struct intake_row *out)
{
    struct q_inbox_one *r;
    isize n;
    TRY(q_inbox_one(cx, inbox, &r, &n));
    *out = n == 0 ? (struct intake_row){0}
                  : (struct intake_row){.id = inbox,
                                        .state = r->state,
                                        .sender = r->sender,
                                        .author = r->author,
                                        .reason = r->reason,
                                        .number = r->number};
    return OK;
}

enum err intake_count(struct ctx *cx, struct intake_counts *out)
{
    struct q_inbox_counts c;
    struct q_inbox_duplicates d;
    struct q_inbox_refused_count r;
    TRY(q_inbox_counts(cx, &c));
    TRY(q_inbox_duplicates(cx, &d));
    TRY(q_inbox_refused_count(cx, &r));
    *out = (struct intake_counts){.waiting = c.waiting,
                                  .tickets = c.tickets,
                                  .replies = c.replies,
                                  .autos = c.autos,
                                  .bounces = c.bounces,
                                  .same = c.same,
                                  .quarantined = c.quarantined,
                                  .duplicates = d.n,
                                  .refused = r.n,
                                  .oldest = c.oldest};
    return OK;
}
