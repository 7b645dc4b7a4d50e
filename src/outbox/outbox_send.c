// SPDX-License-Identifier: GPL-3.0-or-later
// The job that hands a mail to the relay: three small transactions (claim, dot, settle) with
// the dialogue between the first two and the last (O4).  A mail that is sealed before goes to a
// job of another kind (O12).
#include "base/limits.h"
#include "base/log.h"
#include "base/now.h"
#include "event/event.h"
#include "job/job.h"
#include "mail/bounce.h"
#include "mail/bounce_code.h"
#include "outbox.sql.h"
#include "outbox/letter.h"
#include "outbox/loss.h"
#include "outbox/outbox.h"
#include "promise/promise.h"
#include "tenant/tenant.h"

enum { PAUSE_FIRST_S = 60, PAUSE_MAX_S = 4 * 3600 };

struct sending {
    struct ctx *cx;
    const struct job *job;
    const struct outbox_config *config;
    outbox_id id;
    struct q_outbox_claim *row;    // NULL: nothing to send (any more)
    isize n;
    struct crypt_post post;
    bool may_seal;     // "outbox.sealed"
    bool elsewhere;    // its work
    enum smtp_end end;
    bool kept, full, moot;
    str reply;
    struct mail_bounce why;    // it is refused
};

static bool has_relay(const struct sending *s)
{
    return s->config != NULL && s->config->relay.smtp.url.n > 0;
}

// O11.  An error takes the counted try back.
static fallible find_room(struct ctx *cx, struct sending *s)
{
    bool room = true;
    if (has_relay(s) && s->row->state != OUTBOX_DATA)
        TRY(smarthost_room(cx, &s->config->relay, &room));
    s->full = !room;
    return room ? OK : busy(cx, "the relay has enough for this minute");
}

// O12.  An interrupted one is not touched again.
static bool is_sealed(const struct sending *s)
{
    return has_relay(s) && s->row->state != OUTBOX_DATA
           && (s->post.wish.sign || s->post.wish.lock);
}

static fallible tell(struct ctx *cx, const char *kind, const struct q_outbox_claim *row)
{
    return event_add(
        cx, (struct event){.kind = kind, .ticket = row->ticket.n, .object = row->message.n});
}

// O14.  With the claim that found it, so that no death comes between.
static fallible hold(struct ctx *cx, struct sending *s)
{
    s->n = 0;
    struct ticket_at at = {s->row->ticket, TICKET_ANY_VERSION};
    TRY(promise_unanswered(cx, &at, s->row->created));
    return tell(cx, "message.held", s->row);
}

// The try is counted and stored before anything is said to the relay: tries is the number
// that keeps a sender whose lease has ended from writing over its successor.
static enum err claim(struct ctx *cx, void *arg)
{
    struct sending *s = arg;
    TRY(q_outbox_claim(cx, s->id, &s->row, &s->n));
    if (s->n == 0)
        return OK;
    cx->who = tenant_system(s->row->tenant);
    s->moot = s->row->answered;    // O7
    if (s->row->state == OUTBOX_HELD)
        return hold(cx, s);
    if (s->moot)
        return OK;
    TRY(crypt_post_for(cx, s->row->rcpt, &s->post));
    s->elsewhere = !s->may_seal && is_sealed(s);
    return s->elsewhere ? busy(cx, "another job seals it") : find_room(cx, s);
}

static enum err record_dot(struct ctx *cx, void *arg)
{
    struct sending *s = arg;
    int64_t changed;
    TRY(q_outbox_dot(cx, s->id, s->row->tries, &changed));
    return changed > 0 ? OK : busy(cx, "another sender has taken this mail");
}

static enum err before_dot(void *arg)
{
    struct sending *s = arg;
    return job_commit(s->cx, s->job, record_dot, s);
}

static fallible speak(struct sending *s, str bytes)
{
    struct smtp_relay relay = s->config->relay.smtp;
    struct smtp_mail m = {s->row->sender, s->row->rcpt, S(""), before_dot, s};
    TRY(crypt_seal(s->cx, &s->config->keys, &s->post, bytes, &m.bytes));
    TRY(dkim_sign(s->cx, &s->config->dkim, m.bytes, &m.bytes));
    TRY(smarthost_token(s->cx, s->job, &s->config->relay, &relay.token));
    s->end = smtp_send(s->cx, &relay, &m, &s->reply);
    return OK;
}

static void hand_over(struct sending *s, str bytes)
{
    if (speak(s, bytes) == OK)
        return;
    s->end = SMTP_LATER;    // whoever cannot sign, or sign in, has not been heard
    s->reply = str_head(s->cx->detail.en, LIMIT_LINE);
    ctx_forgive(s->cx);
}

// For the operator: what did not leave, and the relay's codes, not its words.
static void log_end(const struct sending *s)
{
    static const char *const ends[] = {
        [SMTP_LATER] = "later", [SMTP_REFUSED] = "refused", [SMTP_UNSURE] = "unsure"};
    if (s->kept || s->end == SMTP_TAKEN)
        return;
    str code = bounce_code_reply(s->reply), status = bounce_code_status(s->reply);
    log_line(LOG_ERROR,
             "mail out=%lld ticket=%lld try=%lld end=%s code=" STR_FMT " status=" STR_FMT,
             (long long)s->id.n, (long long)s->row->ticket.n, (long long)s->row->tries,
             ends[s->end], STR_ARG(code), STR_ARG(status));
}

// A letter that cannot be read is a fault of ours and no silence of the relay: its job fails, and
// is seen (J5).
static fallible deliver(struct sending *s)
{
    struct letter_kept kept = {s->row->says, s->row->bytes};
    str bytes;
    if (s->row->state == OUTBOX_DATA) {    // somebody died between the dot and its answer
        s->end = SMTP_UNSURE;
        s->reply = S("interrupted");
        return OK;
    }
    s->kept = !has_relay(s);
    if (s->kept)
        return OK;
    TRY(letter_bytes(s->cx, &kept, &bytes));
    hand_over(s, bytes);
    return OK;
}

static enum err begin(struct ctx *cx, struct job *job, bool may_seal)
{
    struct sending *s = make(cx->arena, struct sending, 1);
    *s = (struct sending){
        .cx = cx, .job = job, .config = job->config, .id = {job->ref}, .may_seal = may_seal};
    job->prepared = s;
    enum err err = job_commit(cx, job, claim, s);
    bool put_off = s->full || s->elsewhere;
    if (err != OK && !put_off)
        return err;
    if (put_off)
        ctx_forgive(cx);
    if (s->n == 0 || put_off || s->moot)
        return OK;
    TRY(deliver(s));
    if (s->end == SMTP_REFUSED)
        s->why = bounce_of_reply(cx->arena, s->row->rcpt, s->reply);
    log_end(s);
    return OK;
}

static enum err prepare(struct ctx *cx, struct job *job)
{
    return begin(cx, job, false);
}

static enum err prepare_sealed(struct ctx *cx, struct job *job)
{
    return begin(cx, job, true);
}

// --- settle ----------------------------------------------------------------------------------

struct fate {
    enum outbox_state state;
    bool again;
    int64_t wait_s;    // until the next try; 0: there is none
    enum message_sent sent;
    const char *event;
};

static int64_t pause_after(int64_t tries)
{
    int64_t pause = PAUSE_FIRST_S;
    for (int64_t i = 1; i < tries && pause < PAUSE_MAX_S; i++)
        pause *= 2;
    return int_min(pause, PAUSE_MAX_S);
}

static struct fate fate_of_later(const struct ctx *cx, const struct q_outbox_claim *row)
{
    if (cx->now.ms >= row->given_up.ms)    // O5
        return (struct fate){OUTBOX_FAILED, row->again, 0, MESSAGE_FAILED, NULL};
    return (struct fate){OUTBOX_QUEUED, row->again, pause_after(row->tries), MESSAGE_QUEUED,
                         NULL};
}

static struct fate fate_of(const struct ctx *cx, const struct sending *s)
{
    bool again = s->row->again;
    if (s->moot)
        return (struct fate){OUTBOX_UNDONE, again, 0, MESSAGE_UNDONE, NULL};
    if (s->kept)    // O6
        return (struct fate){OUTBOX_KEPT, again, 0, MESSAGE_KEPT, NULL};
    switch (s->end) {
    case SMTP_TAKEN:
        return (struct fate){OUTBOX_SENT, again, 0, MESSAGE_SENT, "message.sent"};
    case SMTP_REFUSED:
        return (struct fate){OUTBOX_FAILED, again, 0, MESSAGE_FAILED, NULL};
    case SMTP_UNSURE:    // O4: once
        return (struct fate){OUTBOX_UNSURE, true, again ? 0 : LIMIT_OUTBOX_UNSURE_S,
                             MESSAGE_UNSURE, "message.unsure"};
    case SMTP_LATER:
        break;
    }
    return fate_of_later(cx, s->row);
}

// O5.  Who was not heard for days has no reason of his own.
static fallible lose(struct ctx *cx, const struct sending *s)
{
    struct mail_bounce late = {.status = bounce_reason_status(cx->arena, BOUNCE_EXPIRED, true),
                               .reason = BOUNCE_EXPIRED};
    struct loss l = {.ticket = s->row->ticket,
                     .message = s->row->message,
                     .rcpt = s->row->rcpt,
                     .why = s->end == SMTP_REFUSED ? &s->why : &late,
                     .event = "message.failed"};
    return loss_note(cx, &l);
}

static enum err apply(struct ctx *cx, struct job *job)
{
    struct sending *s = job->prepared;
    if (s->elsewhere)    // O12
        return job_add(cx, "outbox.sealed", s->id.n, cx->now);
    if (s->full)    // O11
        return job_add(cx, "outbox.send", s->id.n, smarthost_next_minute(cx->now));
    if (s->n == 0)
        return OK;
    cx->who = tenant_system(s->row->tenant);
    struct fate f = fate_of(cx, s);
    instant sent = f.state == OUTBOX_SENT ? cx->now : (instant){0};
    instant next = instant_plus(cx->now, f.wait_s);
    int64_t changed;
    TRY(q_outbox_settle(cx, s->id, s->row->tries, f.state, f.again, next, s->reply, sent,
                        &changed));
    if (changed == 0)
        return OK;    // its successor decides
    if (f.wait_s > 0)
        TRY(job_add(cx, "outbox.send", s->id.n, next));
    if (f.state == OUTBOX_FAILED)
        return lose(cx, s);
    if (s->row->message.n == 0)
        return OK;    // O9
    TRY(message_set_sent(cx, s->row->message, f.sent));
    return f.event == NULL ? OK : tell(cx, f.event, s->row);
}

const struct job_kind outbox_jobs[] = {
    {.name = "outbox.send", .prepare = prepare, .apply = apply, .network = true, .threads = 4},
    {.name = "outbox.sealed",
     .prepare = prepare_sealed,
     .apply = apply,
     .network = true,
     .threads = 2},
    {0},
};
