// SPDX-License-Identifier: GPL-3.0-or-later
#include "workplace/compose.h"

#include "base/buf.h"
#include "base/length.h"
#include "base/limits.h"
#include "base/now.h"
#include "base/secret.h"
#include "compose.sql.h"
#include "promise/promise.h"
#include "solution/solution.h"

static enum err check(struct ctx *cx, const struct compose *c)    // C3 C6
{
    str name;
    str text = str_trim(c->text);
    TRY(length_bytes(cx, c->internal ? "notiz" : "text", text, LIMIT_TEXT));
    if (!c->internal && solution_named_in(text, &name))
        return invalid(
            cx, "text", "“" STR_FMT "” tells the customer nothing. Write what there is to do.",
            "„" STR_FMT "“ sagt der Kundin oder dem Kunden nichts. Schreib, was zu tun ist.",
            STR_ARG(name));
    if (text.n > 0 && !str_eq(text, str_trim(c->greeting)))
        return OK;
    if (c->files > 0 && c->internal)
        return OK;    // a file for colleagues speaks for itself
    return invalid(cx, c->internal ? "notiz" : "text", "There is no text yet.",
                   "Hier steht noch kein Text.");
}

// The text is part of the key, so that a page one comes back to can be used again (C1).
static str key_of(struct ctx *cx, const struct ticket *t, const struct compose *c)
{
    struct buf b = buf_new(cx->arena, c->text.n + c->key.n + 64);
    buf_int(&b, t->number);
    buf_put(&b, c->internal ? S(" note ") : S(" reply "));
    buf_put(&b, c->key);
    buf_char(&b, ' ');
    buf_put(&b, str_trim(c->text));
    return arena_join(cx->arena, S("w:"),
                      secret_hex(cx->arena, secret_hash(cx->arena, buf_str(&b))));
}

// C5
static enum err check_leave(struct ctx *cx, const struct ticket *t, const struct compose *c)
{
    instant most = instant_plus(cx->now, (int64_t)DELAY_DAYS * DAY_S);
    if (c->internal || c->leave.ms == 0)
        return OK;
    if (c->leave.ms <= cx->now.ms || c->leave.ms > most.ms)
        return invalid(cx, "tag", "Choose a time within the next %d days.",
                       "Wähle eine Zeit in den nächsten %d Tagen.", DELAY_DAYS);
    if (t->due.ms != 0 && c->leave.ms > t->due.ms)
        return invalid(cx, "tag", "An answer was promised for an earlier time.",
                       "Eine Antwort ist schon für früher zugesagt.");
    return OK;
}

static enum err store(struct ctx *cx, const struct compose *c, struct ticket_at *at,
                      message_id *out)
{
    struct message_new m = {.kind = c->internal ? MESSAGE_NOTE : MESSAGE_REPLY,
                            .channel = CHANNEL_PORTAL,
                            .body = str_trim(c->text),
                            .seen = c->seen.n,
                            .attachment = c->file,
                            .attachments = c->files};
    if (c->internal)
        TRY(message_add(cx, at, &m, out));
    else
        TRY(outbox_reply_at(cx, at, &m, c->leave, out));
    return draft_drop(cx, at->id, c->internal ? DRAFT_NOTE : DRAFT_REPLY);    // C2
}

enum err compose_send(struct ctx *cx, const struct ticket *t, const struct compose *c,
                      struct ticket_at *at, message_id *sent)
{
    int64_t first = 1;
    str key = c->key.n > 0 ? key_of(cx, t, c) : S("");
    TRY(check(cx, c));
    TRY(check_leave(cx, t, c));
    if (key.n > 0)
        TRY(q_compose_claim(cx, key, secret_hash(cx->arena, c->text), &first));
    if (first > 0)
        return store(cx, c, at, sent);
    *sent = (message_id){0};
    return OK;
}

// --- taking back ---------------------------------------------------------------------------

// C4: what was taken back since the last reply that stands kept no promise.  A reply that was
// written later stands for the earlier one, too.
static enum err give_back(struct ctx *cx, struct ticket_at *at)
{
    struct q_compose_unsaid *reply;
    isize n;
    bool owed;
    TRY(q_compose_unsaid(cx, at->id, &reply, &n));
    for (isize i = 0; i < n; i++)
        TRY(promise_unanswered(cx, at, reply[i].at));
    TRY(message_owed(cx, at->id, &owed));
    return ticket_touch(cx, at, owed ? TICKET_ASKED : TICKET_TOUCHED);
}

// C7
static enum err look_held(struct ctx *cx, ticket_id ticket, message_id message, bool *held)
{
    struct outbox_waiting *w;
    isize n;
    TRY(outbox_waiting(cx, ticket, &w, &n));
    *held = false;
    for (isize i = 0; i < n; i++)
        *held |= w[i].message.n == message.n && w[i].newer.n != 0;
    return OK;
}

static enum err must_be_held(struct ctx *cx, ticket_id ticket, message_id message)
{
    bool held;
    TRY(look_held(cx, ticket, message, &held));
    return held ? OK
                : fail(cx, ERR_STALE, "This reply is not held any more.",
                       "Diese Antwort ist nicht mehr angehalten.");
}

enum err compose_undo(struct ctx *cx, const struct ticket *t, message_id message)
{
    struct message m;
    ticket_id ticket;
    str text;
    bool held;
    TRY(message_load(cx, message, &ticket, &m));
    TRY(look_held(cx, t->id, message, &held));
    bool may = held || m.person.n == cx->who.person.n;
    if (ticket.n != t->id.n || !may || m.kind != MESSAGE_REPLY)
        return db_absent(cx);
    TRY(outbox_undo(cx, message, &text));
    struct ticket_at at = ticket_at(t);
    return give_back(cx, &at);
}

enum err compose_anyway(struct ctx *cx, const struct ticket *t, message_id message)
{
    struct ticket_at at = ticket_at(t);
    TRY(must_be_held(cx, t->id, message));
    return outbox_release(cx, &at, message);
}

enum err compose_drop(struct ctx *cx, const struct ticket *t, message_id message)
{
    struct ticket_at at = ticket_at(t);
    TRY(must_be_held(cx, t->id, message));
    TRY(outbox_drop(cx, t->id, message));
    return give_back(cx, &at);
}

enum err compose_drop_all(struct ctx *cx, struct ticket_at *at)
{
    struct outbox_waiting *w;
    isize n, dropped = 0;
    TRY(outbox_waiting(cx, at->id, &w, &n));
    for (isize i = 0; i < n; i++) {
        if (w[i].outside)
            continue;
        TRY(outbox_drop(cx, at->id, w[i].message));
        dropped++;
    }
    return dropped > 0 ? give_back(cx, at) : OK;
}
