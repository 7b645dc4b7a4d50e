// SPDX-License-Identifier: GPL-3.0-or-later
// One's own request, by its signed link.
//
//   C1  The link shows its case and no other; a case that was merged goes on in the one it was
//       merged into, if that is the reader's own.
//   C2  Only what was said to or by the customer, and only files of that (V2).
//   C3  By a link that was only shown on a page one reads what was written through it, how that
//       case stands, and that our answer goes by mail: none of our words, no file, and no merged
//       case.  It closes nothing, and it ends when the customer has written to that case as
//       himself.  Whoever only claimed an address reads nothing of its owner and none of what
//       is meant for him; so the page is the same whether we knew the address or not.
//   C4  What is written goes where it has to go (message.h, M5); a new case that follows a
//       closed one gets its first promise.  By a link that was only shown it proves nobody.
//   C5  "It works again" solves an open case and closes it, as it does a solved one: by the
//       solution that helped, else as our last answer says, else by itself.  Who said so is not
//       asked again; "it does not" is said in words and opens it again.
//   C6  What the customer has tried is also a line of "Bisher".
//   C7  Of a case at the lead he reads one sentence, and only where he complained (escalation.h,
//       E10).
//   C8  Below the newest word of ours the page asks whether that helped, as long as the case is in
//       work: yes is C5, no leads to the words.  Who waits for something else, or
//       heard only that another team was asked, is not asked that.
//   C9  Who gave no mail address gets no mail: by the link that was shown to him he reads his case,
//       as long as nobody else has written as him.  If we knew name and number, only until we say
//       something: before, the page is the same whether we knew them or not, so that
//       typing them in does not tell it; what we say is for the one whose number it is.  Its
//       promise is the usual one and its level the first, whatever firm, VIP or rule changed: who
//       is named must not be told from the time.
//   C10 It says "du" to whom our letters say it (contact.formal), and "Sie" to whoever only claimed
//       to be him (C3, C9): how we talk to somebody is not told to another.
#pragma once

#include "link/portal_link.h"
#include "message/message.h"
#include "portal/portal.h"

// One entry of the conversation: a message, or a line of what happened.
struct portal_letter {
    instant at;
    const struct message *message;    // or NULL
    struct words note;
};

struct portal_case {
    struct ticket ticket;
    bool claimed;     // C3: only what was written, and nothing below `letters`
    bool by_mail;     // C3: a mail address was given
    bool answered;    // C3: and our answer is there
    str title, token;
    struct words state, promise;     // empty: it is told nowhere, or none is open
    struct portal_letter *letter;    // oldest first
    isize letters;
    struct words lead;    // C7, or empty
    struct portal_station *station;
    isize stations;
    bool earlier;    // there is more than that
    bool replied;    // C8
    struct attachment *file;
    isize files;
};

// Where the link leads; cx->who is the contact from then on (C1, C3).  By a link that was only
// shown: the case it was given for, whether it was merged or not.
fallible portal_case_of(struct ctx *cx, str token, struct ticket *out,
                        enum portal_link_given *given);

fallible portal_case_open(struct ctx *cx, str token, struct portal_case *out);
fallible portal_case_file(struct ctx *cx, str token, int64_t id,
                          struct attachment *out);    // C2

struct portal_words {
    str text, tried;
    const struct attachment_new *attachment;
    isize attachments;
};

// *token leads to where it was written (C4).
fallible portal_case_write(struct ctx *cx, str *token, const struct portal_words *w);
fallible portal_case_works(struct ctx *cx, str token);    // C5
