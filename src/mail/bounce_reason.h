// SPDX-License-Identifier: GPL-3.0-or-later
// Why a mail did not arrive: one word for it, made of everything the report says.  Pure.
//
//   W1  A status of class 2, or the actions "delivered", "relayed" and "expanded": it arrived.
//   W2  A status that has one meaning only (5.2.2, 5.7.26...) decides.
//   W2a The sender's own server may have told the reason in a word (X-PowerMTA-BounceCategory).
//   W3  Else what is said in words: as one program or provider says it (bounce_reason.def),
//       else by what the words mean (bounce_meaning.h), its weakest rules last of all.
//   W4  "No such user" in answer to the mail itself, after the address was taken, is a filter's
//       excuse, unless it speaks of an account and with a code; so it is with a status about
//       the state of a mailbox, a server or security that did not answer RCPT, and when it
//       names nobody, or says no more than the name of the code ("mailbox unavailable", RFC
//       5321, 4.2.3).  Said by a program behind the mailbox it is that program's error.
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

struct bounce_words;

// The phrases and words of W3 taken apart: once for a mail, as each of its recipients is asked by
// them several times.
const struct bounce_words *bounce_reason_words(struct arena *a);

struct bounce_case {
    const struct bounce_words *words;
    str status;      // empty: nobody said one
    str action;      // "failed", "delayed"...; may be empty
    str plain;       // bounce_code_plain() of everything said
    str category;    // W2a; may be empty
    enum bounce_command command;
    bool by_program;    // Diagnostic-Code: x-unix
    bool coded;         // it came with an SMTP reply code
    bool heard;         // a server gave a reason, known or not
    bool guess;         // ask the weakest rules, too
};

enum bounce_reason bounce_reason_of(const struct bounce_case *c);
bool bounce_reason_is_hard(enum bounce_reason r, str status);
str bounce_reason_word(enum bounce_reason r);
struct words bounce_reason_say(enum bounce_reason r);

// "5.0.911" for what came without a status: the class, and this reason.
str bounce_reason_status(struct arena *a, enum bounce_reason r, bool later);
