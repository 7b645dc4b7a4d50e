// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/refused.h"

#include "base/limits.h"
#include "base/now.h"
#include "base/size.h"
#include "intake.sql.h"
#include "intake/intake.h"
#include "outbox/envelope.h"
#include "tenant/tenant.h"

enum { QUIET_S = 3600 };

// O1
static fallible case_of(struct ctx *cx, const struct tenant *desk, str address,
                        struct ticket *t, bool *there)
{
    ticket_id id;
    contact_id contact;
    int64_t thread;
    *there = false;
    if (!envelope_is_reply(cx, desk, address, &id, &contact)
        && !envelope_is_outside(cx, desk, address, &id, &thread))
        return OK;
    enum err err = ticket_goes_on(cx, id, t);
    *there = err == OK;
    if (err != ERR_ABSENT)
        return err;
    ctx_forgive(cx);
    return OK;
}

static struct words line(struct arena *a, str sender, int64_t size)
{
    long long has = size_has_megabytes(size);
    long long most = size_may_megabytes(LIMIT_MAIL_BYTES);
    return (struct words){
        arena_fmt(a,
                  "A mail to this case was refused: at %lld MB it is too large (%lld MB are "
                  "allowed). The envelope names <" STR_FMT "> as its sender, who is "
                  "told so by the mail server there. Nothing of the mail is here.",
                  has, most, STR_ARG(sender)),
        arena_fmt(
            a,
            "Eine Mail zu diesem Vorgang wurde nicht angenommen: Sie ist mit %lld MB zu groß "
            "(erlaubt sind %lld MB). Der Umschlag nennt <" STR_FMT
            "> als Absender. Ihm meldet es sein eigener Mailserver. Von der Mail selbst ist "
            "nichts hier.",
            has, most, STR_ARG(sender))};
}

enum err refused_line(struct ctx *cx, struct ticket_at *at, struct message_new *m)
{
    struct q_refused_lately lately;
    message_id id;
    m->kind = MESSAGE_SYSTEM;
    m->channel = CHANNEL_MAIL;
    m->internal = true;
    m->seen = MESSAGE_SEEN_ALL;
    TRY(q_refused_lately(cx, at->id, m->kind, m->channel, m->author.n > 0,
                         instant_plus(cx->now, -QUIET_S), &lately));
    return lately.n > 0 ? OK : message_add(cx, at, m, &id);
}

static fallible note(struct ctx *cx, const struct tenant *desk, const struct ticket *t,
                     str sender, int64_t size)
{
    struct words text = line(cx->arena, sender, size);
    struct message_new m = {
        .address = sender, .unverified = true, .body = words_in(text, desk->lang)};
    struct ticket_at at = ticket_at(t);
    return refused_line(cx, &at, &m);
}

enum err refused_note(struct ctx *cx, str sender, const str *rcpt, isize n, int64_t size,
                      bool *noted)
{
    struct tenant desk;
    struct ticket t;
    tenant_id id;
    bool there = false;
    for (isize i = 0; i < n && sender.n > 0 && !there; i++) {
        str address = arena_lower(cx->arena, rcpt[i]);
        TRY(intake_desk(cx, address, &id));
        cx->who = tenant_system(id);
        TRY(tenant_mine(cx, &desk));
        TRY(case_of(cx, &desk, address, &t, &there));
    }
    if (there)
        TRY(note(cx, &desk, &t, sender, size));
    *noted = there;
    return OK;
}
