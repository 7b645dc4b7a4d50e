// SPDX-License-Identifier: GPL-3.0-or-later
// A mail relay inside the test: a real SMTP server on 127.0.0.1 that remembers what it was
// given and misbehaves on order.
#pragma once

#include "base/ctx.h"

enum relay_act {
    RELAY_TAKE = 1,
    RELAY_LATER,         // 451 to RCPT
    RELAY_REFUSE,        // 550 to RCPT
    RELAY_LATER_DOT,     // 451 to the dot
    RELAY_REFUSE_DOT,    // 554 to the dot
    RELAY_HANG,          // keeps the mail and does not answer the dot
    RELAY_DROP,          // keeps the mail and hangs up instead of answering the dot
    RELAY_DROP_EARLY,    // hangs up instead of answering MAIL
    RELAY_CLOSED,        // greets with 554
    RELAY_AT,            // and above: relay_at()
};

// Where a dialogue can go wrong, and how.
enum relay_stage {
    AT_GREETING,
    AT_HELLO,
    AT_MAIL,
    AT_RCPT,
    AT_DATA,
    AT_BODY,
    AT_DOT,
    RELAY_STAGES
};
enum relay_fault { SAYS_LATER, SAYS_NEVER, HANGS_UP, IS_SILENT, RELAY_FAULTS };

struct relay_mail {
    str sender, rcpt, bytes;
};

struct relay;

struct relay *relay_start(void);
void relay_stop(struct relay *r);
str relay_url(struct relay *r);

// What the relay does with the next mails, in this order; afterwards it takes them.
void relay_will(struct relay *r, enum relay_act act);

static inline enum relay_act relay_at(enum relay_stage stage, enum relay_fault fault)
{
    return (enum relay_act)(RELAY_AT + (int)stage * RELAY_FAULTS + (int)fault);
}

int relay_count(struct relay *r);                               // mails kept
const struct relay_mail *relay_mail(struct relay *r, int i);    // 0 is the first
