// SPDX-License-Identifier: GPL-3.0-or-later
#include "mailbox/mailbox_step.h"

#include "base/now.h"
#include "intake/data.h"
#include "mail/header.h"
#include "mailbox/imap_act.h"
#include "mailbox/mailbox_envelope.h"
#include "tenant/tenant.h"

enum { HEAD_BYTES = 64 << 10 };

bool mailbox_step_stopped(const struct mailbox_fetch *f)
{
    return *f->stop;
}

struct ctx mailbox_step_fresh(const struct mailbox_fetch *f, struct arena *a)
{
    return (struct ctx){.arena = a,
                        .now = now_utc(),
                        .lang = LANG_EN,
                        .who = tenant_system(f->box.tenant),
                        .data_dir = f->home->data_dir};
}

// --- reading and writing rows ----------------------------------------------------------------

enum err mailbox_step_write(struct mailbox_fetch *f, struct ctx *cx,
                            enum err (*run)(struct ctx *, void *), void *arg)
{
    cx->who = tenant_system(f->box.tenant);
    return writer_do(f->home->writer, cx, run, arg);
}

enum err mailbox_step_read(struct mailbox_fetch *f, struct ctx *cx,
                           enum err (*run)(struct ctx *, void *), void *arg)
{
    struct reader *r = pool_take(f->home->pool);
    if (r == NULL)
        return busy(cx, "no database connection");
    cx->db = r->db;
    cx->now = now_utc();
    enum err err = db_begin(cx);
    if (err == OK)
        err = run(cx, arg);
    db_rollback(cx);
    cx->db = NULL;
    pool_give(f->home->pool, r);
    return err;
}

// What is said to the server lies in the memory of the piece of work it is said for; `heard`
// keeps the reason when it went wrong.
struct ctx *mailbox_step_talk(struct mailbox_fetch *f, struct arena *a)
{
    struct ctx *cx = make(a, struct ctx, 1);
    *cx = mailbox_step_fresh(f, a);
    f->imap.cx = cx;
    return cx;
}

enum err mailbox_step_heard(struct mailbox_fetch *f, enum err err)
{
    if (err != OK)
        f->reason = arena_str(&f->session, f->imap.cx->detail.en);
    f->imap.cx = &f->cx;
    return err;
}

struct note {    // one thing to be written down
    struct mailbox_fetch *f;
    const struct mailbox_box *box;
    const int64_t *uid;
    isize n;
    enum mailbox_mail_state state;
    str reason;
};

static enum err do_settle(struct ctx *cx, void *arg)
{
    struct note *n = arg;
    return mailbox_settle(cx, &n->f->lease, n->box->id, n->uid, n->n, n->state, n->reason);
}

static enum err do_failed(struct ctx *cx, void *arg)
{
    struct note *n = arg;
    return mailbox_failed(cx, &n->f->lease, n->box->id, n->uid[0], n->reason);
}

enum err mailbox_step_settle(struct mailbox_fetch *f, const struct mailbox_box *box,
                             const int64_t *uid, isize n, enum mailbox_mail_state state,
                             str reason)
{
    struct ctx cx = mailbox_step_fresh(f, &f->mail);
    struct note note = {f, box, uid, n, state, reason};
    return mailbox_step_write(f, &cx, do_settle, &note);
}

static fallible note_failed(struct mailbox_fetch *f, const struct mailbox_box *box, int64_t uid,
                            str reason)
{
    struct ctx cx = mailbox_step_fresh(f, &f->mail);
    struct note note = {f, box, &uid, 1, MAIL_TRYING, reason};
    return mailbox_step_write(f, &cx, do_failed, &note);
}

struct report {
    struct mailbox_fetch *f;
    enum mailbox_state state;
    str reason;
    bool polled;
};

static enum err do_report(struct ctx *cx, void *arg)
{
    struct report *r = arg;
    return mailbox_report(cx, &r->f->lease, r->state, r->reason, r->polled);
}

enum err mailbox_step_report(struct mailbox_fetch *f, enum mailbox_state state, str reason,
                             bool polled)
{
    struct ctx cx = mailbox_step_fresh(f, &f->mail);
    struct report r = {f, state, reason, polled};
    return mailbox_step_write(f, &cx, do_report, &r);
}

// --- one mail --------------------------------------------------------------------------------

struct coming {    // a mail on its way from the server into the spool
    struct mailbox_fetch *f;
    const struct mailbox_box *box;
    int64_t uid;
    struct ctx *cx;
    struct spool spool;
    struct data data;
    struct buf head;
};

static void to_spool(void *to, str bytes)
{
    struct coming *c = to;
    spool_add(&c->spool, bytes);
    if (c->head.n < HEAD_BYTES)
        buf_put(&c->head, str_head(bytes, HEAD_BYTES - c->head.n));
}

static void from_server(void *to, str bytes)
{
    struct coming *c = to;
    data_feed(&c->data, bytes);
}

static enum err do_store(struct ctx *cx, void *arg)
{
    struct coming *c = arg;
    const struct mailbox *m = &c->f->box;
    bool sent = c->box->sent, duplicate;
    struct mailbox_envelope e = mailbox_envelope(cx->arena, buf_str(&c->head), m->address);
    struct intake_mail mail = {.source = sent ? INBOX_SENT : INBOX_MAILBOX,
                               .rcpt = sent ? m->address : e.rcpt,
                               .sender = e.sender,
                               .spool = &c->spool,
                               .desk = m->tenant};
    enum mailbox_mail_state state = sent || m->act == MAILBOX_LEAVE ? MAIL_DONE : MAIL_STORED;
    return mailbox_store(cx, &c->f->lease, c->box->id, c->uid, &mail, state, &duplicate);
}

static fallible store(struct mailbox_fetch *f, struct coming *c)
{
    data_finish(&c->data);
    enum err err = spool_end(&c->spool);
    if (err == ERR_INVALID)
        return mailbox_step_settle(f, c->box, &c->uid, 1, MAIL_TOO_LARGE, S("it is too large"));
    TRY(err);
    return mailbox_step_write(f, c->cx, do_store, c);
}

// What is wrong with one mail is written at that mail; what is wrong with the connection or
// with us ends the session, and the next one begins with the other mails.
static fallible blame(struct mailbox_fetch *f, const struct mailbox_box *box, int64_t uid,
                      enum err err)
{
    str reason = f->imap.cx->detail.en;
    if (f->imap.too_large)
        TRY(mailbox_step_settle(f, box, &uid, 1, MAIL_TOO_LARGE, S("it is too large")));
    else
        TRY(note_failed(f, box, uid, reason));
    return err == ERR_DENIED ? OK : err;
}

// A mail that was listed and is not given: somebody took it away, or the server cannot read it.
static fallible missed(struct mailbox_fetch *f, const struct mailbox_box *box, int64_t uid)
{
    bool there;
    TRY(imap_has(&f->imap, uid, &there));
    return there ? note_failed(f, box, uid, S("the server does not give it"))
                 : mailbox_step_settle(f, box, &uid, 1, MAIL_DONE, S(""));
}

static fallible fetch_mail(struct mailbox_fetch *f, const struct mailbox_box *box, int64_t uid)
{
    struct coming *c = make(&f->mail, struct coming, 1);
    bool found = false;
    *c = (struct coming){.f = f, .box = box, .uid = uid, .cx = mailbox_step_talk(f, &f->mail)};
    c->head = buf_new(&f->mail, 4096);
    spool_start(&c->spool, c->cx);
    c->data = data_new(false, to_spool, c);
    enum err err =
        imap_fetch(&f->imap, uid, "BODY.PEEK[]", (struct imap_sink){from_server, c}, &found);
    if (err == OK && found)
        return store(f, c);
    spool_drop(&c->spool);
    if (err != OK)
        return mailbox_step_stopped(f) ? err : blame(f, box, uid, err);
    return missed(f, box, uid);
}

// F8: the fields first; what belongs to no case is not read.
static void to_head(void *to, str bytes)
{
    struct buf *b = to;
    buf_put(b, str_head(bytes, HEAD_BYTES - b->n));
}

struct question {
    struct mailbox_sent fields;
    bool ours;
};

static enum err do_ask(struct ctx *cx, void *arg)
{
    struct question *q = arg;
    return mailbox_is_ours(cx, &q->fields, &q->ours);
}

static fallible fetch_sent(struct mailbox_fetch *f, const struct mailbox_box *box, int64_t uid)
{
    struct ctx *cx = mailbox_step_talk(f, &f->mail);
    struct buf head = buf_new(&f->mail, HEAD_BYTES);
    bool found;
    enum err err = imap_fetch(
        &f->imap, uid, "BODY.PEEK[HEADER.FIELDS (TO CC MESSAGE-ID IN-REPLY-TO REFERENCES)]",
        (struct imap_sink){to_head, &head}, &found);
    if (err != OK)
        return mailbox_step_stopped(f) ? err : blame(f, box, uid, err);
    str h = buf_str(&head);
    struct question q = {.fields = {.to = header_find(h, S("To")),
                                    .cc = header_find(h, S("Cc")),
                                    .message_id = header_find(h, S("Message-ID")),
                                    .in_reply_to = header_find(h, S("In-Reply-To")),
                                    .references = header_find(h, S("References"))}};
    TRY(mailbox_step_read(f, cx, do_ask, &q));
    return q.ours ? fetch_mail(f, box, uid)
                  : mailbox_step_settle(f, box, &uid, 1, MAIL_NOT_OURS, S(""));
}

// H3
enum err mailbox_step_take(struct mailbox_fetch *f, const struct mailbox_box *box, int64_t uid)
{
    arena_reset(&f->mail);
    if (f->careful)    // H2
        TRY(note_failed(f, box, uid, S("fetching it was cut off")));
    return mailbox_step_heard(f, box->sent ? fetch_sent(f, box, uid) : fetch_mail(f, box, uid));
}

// --- putting away (F1) -----------------------------------------------------------------------

struct uids {
    const struct mailbox_box *box;
    int64_t *uid;
    isize n;
    instant next;
};

static enum err do_to_act(struct ctx *cx, void *arg)
{
    struct uids *u = arg;
    return mailbox_to_act(cx, u->box->id, &u->uid, &u->n);
}

static fallible act(struct mailbox_fetch *f, const struct uids *u)
{
    switch (f->box.act) {
    case MAILBOX_MOVE:
        return imap_act_move(&f->imap, u->uid, u->n, f->box.target);
    case MAILBOX_FLAG:
        return imap_act_flag(&f->imap, u->uid, u->n);
    case MAILBOX_DELETE:
        return imap_act_delete(&f->imap, u->uid, u->n);
    case MAILBOX_LEAVE:
        return OK;
    }
    return broken(&f->cx, "a mailbox without an act");
}

// A server that will not is told of, and asked again later; mails are taken all the same.
enum err mailbox_step_put_away(struct mailbox_fetch *f, const struct mailbox_box *box)
{
    arena_reset(&f->mail);
    struct ctx *cx = mailbox_step_talk(f, &f->mail);
    struct uids u = {.box = box};
    TRY(mailbox_step_read(f, cx, do_to_act, &u));
    if (u.n == 0)
        return OK;
    enum err err = act(f, &u);
    if (err == ERR_DENIED) {
        f->refused = true;
        f->refusal = arena_str(&f->round, cx->detail.en);
        f->imap.cx = &f->cx;
        return OK;
    }
    TRY(mailbox_step_heard(f, err));
    return mailbox_step_settle(f, box, u.uid, u.n, MAIL_DONE, S(""));
}
