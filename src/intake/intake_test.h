// SPDX-License-Identifier: GPL-3.0-or-later
// What the tests of the intake share: mails that come in, and the worker that reads them.
#pragma once

#include "testing/test.h"

#include "base/limits.h"
#include "base/now.h"
#include "contact/contact.h"
#include "intake/intake.h"
#include "mail/message.h"
#include "message/message.h"
#include "outbox/envelope.h"
#include "outbox/outbox.h"

static inline int64_t bring_from(struct world *w, const char *sender, const char *rcpt,
                                 str mail)
{
    struct spool s;
    struct ctx *cx = begin(w);
    int64_t inbox = 0;
    bool duplicate;
    check(spool_prepare(cx) == OK);
    spool_start(&s, cx);
    spool_add(&s, mail);
    check(spool_end(&s) == OK);
    struct intake_mail m = {.source = INBOX_LMTP,
                            .rcpt = str_from_z(rcpt),
                            .sender = str_from_z(sender),
                            .spool = &s};
    check(intake_store(cx, &m, &inbox, &duplicate) == OK);
    check(end(w, OK) == OK);
    return inbox;
}

static inline int64_t bring(struct world *w, const char *header, const char *text)
{
    str mail = arena_fmt(&w->kept, "%s\r\n%s\r\n", header, text);
    return bring_from(w, "maja@kunde.example", "hilfe@nordlicht.example", mail);
}

static inline int64_t bring_to(struct world *w, str rcpt, const char *header, const char *text)
{
    str mail = arena_fmt(&w->kept, "%s\r\n%s\r\n", header, text);
    return bring_from(w, "maja@kunde.example", arena_z(&w->kept, rcpt), mail);
}

static inline enum err work_by(struct world *w, const struct job_kind *kinds)
{
    arena_reset(&w->arena);
    struct ctx cx = {.arena = &w->arena,
                     .db = w->db,
                     .now = w->now,
                     .data_dir = w->place.dir,
                     .lang = LANG_EN};
    return job_drain(&cx, kinds);
}

static inline enum err work_once(struct world *w)
{
    static const struct intake_config config = {.auth_server = {"mx.desk.example", 15}};
    struct job_kind kinds[] = {intake_jobs[0], {0}};
    kinds[0].config = &config;
    return work_by(w, kinds);
}

static inline void work(struct world *w)
{
    check(work_once(w) == OK);
}

static inline int64_t ask_for(struct world *w, const char *what, int64_t id)
{
    str sql = arena_fmt(&w->arena, "select coalesce(%s, 0) from inbox where id = %lld", what,
                        (long long)id);
    return ask(w, arena_z(&w->arena, sql));
}

static inline int64_t state(struct world *w, int64_t inbox)
{
    return ask_for(w, "state", inbox);
}

static inline struct ticket load(struct world *w, int64_t id)
{
    struct ticket t = {0};
    struct ctx *cx = begin(w);
    check(ticket_load(cx, (ticket_id){id}, &t) == OK);
    check(end(w, OK) == OK);
    return t;
}

static inline int64_t tickets(struct world *w)
{
    return ask(w, "select count(*) from ticket");
}

static inline int64_t receipts(struct world *w)
{
    return ask(w, "select count(*) from outbox where automatic = 1");
}

static inline str reply_address(struct world *w, int64_t ticket)
{
    struct ctx *cx = begin(w);
    struct tenant desk;
    struct ticket t = {0};
    str s = {0};
    check(tenant_mine(cx, &desk) == OK && ticket_load(cx, (ticket_id){ticket}, &t) == OK);
    check(envelope_reply_to(cx, &desk, t.id, t.contact, &s) == OK);
    check(end(w, OK) == OK);
    return keep(w, s);
}

#define MAJA "From: Maja Ott <maja@kunde.example>\r\nTo: hilfe@nordlicht.example\r\n"
#define PROOF \
    "Authentication-Results: mx.desk.example; dmarc=pass header.from=kunde.example\r\n"
#define FIRST PROOF MAJA "Subject: WG: Drucker\r\nMessage-ID: <1@kunde.example>\r\n"

// A case that a mail made, and its mail.
static inline int64_t a_case(struct world *w)
{
    int64_t inbox =
        bring(w, FIRST, "Guten Tag,\r\n\r\nmein Drucker druckt nicht. Seit gestern.\r\n");
    work(w);
    check(state(w, inbox) == INBOX_TICKET);
    return ask_for(w, "ticket", inbox);
}

static inline void a_reply_of_ada(struct world *w, int64_t ticket)
{
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at at = {{ticket}, TICKET_ANY_VERSION};
    struct message_new m = {.channel = CHANNEL_MAIL,
                            .body = S("Bitte das Papier prüfen."),
                            .seen = MESSAGE_SEEN_ALL};
    message_id id;
    check(end(w, outbox_reply(cx, &at, &m, &id)) == OK);
}

static inline str outbox_text(struct world *w, const char *column)
{
    struct ctx *cx = begin(w);
    str sql =
        arena_fmt(cx->arena,
                  "select %s from outbox where automatic = 0 order by id desc limit 1", column);
    struct db_stmt st = {.name = "t",
                         .id = -1,
                         .sqlite = arena_z(cx->arena, sql),
                         .postgres = arena_z(cx->arena, sql),
                         .types = ""};
    struct db_result r = {0};
    check(db_run(cx, &st, NULL, &r) == OK && r.rows == 1);
    str s = keep(w, r.cell[0].s);
    check(end(w, OK) == OK);
    return s;
}

// RFC 3464, of a mail to Maja; `type` and `more`: what follows of the mail it is about.
static inline str delivery_report(struct world *w, const char *action, const char *status,
                                  const char *type, str id, const char *more)
{
    return arena_fmt(
        &w->kept,
        "From: mailer-daemon@relay.example\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=x\r\n\r\n"
        "--x\r\n\r\nsorry\r\n--x\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; relay.example\r\n\r\n"
        "Final-Recipient: rfc822; maja@kunde.example\r\nAction: %s\r\nStatus: %s\r\n\r\n"
        "--x\r\nContent-Type: %s\r\n\r\nMessage-ID: <" STR_FMT ">\r\n%s--x--\r\n",
        action, status, type, STR_ARG(id), more);
}
