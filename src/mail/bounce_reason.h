// SPDX-License-Identifier: GPL-3.0-or-later
// Why a mail did not arrive: one word for it, made of everything the report says.  Pure.
//
//   W1  A status of class 2, or the actions "delivered", "relayed" and "expanded": it arrived.
//   W2  A status that has one meaning only (5.2.2, 5.7.26...) decides.
//   W3  Else what is said in words, by the table bounce_reason.def.
//   W4  "No such user" in answer to the mail itself, after the address was taken, is a filter's
//       excuse, unless it speaks of an account; so it is with a status about the state of a
//       mailbox or about security that did not answer RCPT, and when it names nobody.  Said by
//       a program behind the mailbox it is that program's error.
//   W5  Else what the status means by RFC 3463; a program's exit status is a mailer's error.
//   W6  Else the command that was refused: a greeting by our server, MAIL by our sender.
//   W7  What is only delayed has not expired in vain: nobody could be asked.
//   W8  Something was said and nothing of it is known: on hold.  Nothing was said: undefined.
//   W9  Hard, i.e. the address itself is wrong: no such user or domain, moved, takes no mail;
//       never with a status of class 4, which says "try again", but for a user unknown.
#pragma once

#include "mail/bounce_code.h"

#define REASON(name, word, detail, permanent, english, german) BOUNCE_##name,
enum bounce_reason {
    BOUNCE_NONE = 0,
#include "mail/bounce_reason.def"
};

struct bounce_case {
    str status;    // empty: nobody said one
    str action;    // "failed", "delayed"...; may be empty
    str plain;     // bounce_code_plain() of everything said
    enum bounce_command command;
    bool by_program;    // Diagnostic-Code: x-unix
    bool heard;         // a server gave a reason, known or not
};

enum bounce_reason bounce_reason_of(const struct bounce_case *c);
bool bounce_reason_is_hard(enum bounce_reason r, str status);
str bounce_reason_word(enum bounce_reason r);
struct words bounce_reason_say(enum bounce_reason r);

// "5.0.911" for what came without a status: the class, and this reason.
str bounce_reason_status(struct arena *a, enum bounce_reason r, bool later);
