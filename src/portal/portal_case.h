// SPDX-License-Identifier: GPL-3.0-or-later
// One's own request, by its signed link.
//
//   C1  The link shows its case and no other; a case that was merged goes on in the one it was
//       merged into, if that is the reader's own.
//   C2  Only what was said to or by the customer, and only files of that (V2).
//   C3  A link that was only shown ends when the customer has written as himself, also in the
//       case it was merged into: whoever only claimed the address does not read on.
//   C4  What is written goes where it has to go (message.h, M5); a new case that follows a
//       closed one gets its first promise.  By a link that was only shown it proves nobody.
//   C5  "It works again" ends an open case as withdrawn and closes it, as it does a solved one:
//       who said so is not asked again; "it does not" is said in words and opens it again.
//   C6  What the customer has tried is also a line of "Bisher".
//   C7  Of a case at the lead he reads one sentence, and only where he complained (escalation.h,
//       E10).
//   C8  Below the newest word of ours the page asks whether that helped, as long as the case is in
//       work: yes is C5, no leads to the words.  Who waits for something else is not asked that.
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
    enum portal_link_given given;
    str token;
    struct words state, promise;    // promise empty: none is open
    struct words lead;              // C7, or empty
    struct portal_station *station;
    isize stations;
    struct portal_letter *letter;    // oldest first
    isize letters;
    bool earlier;    // there is more than that
    bool replied;    // C8
    struct attachment *file;
    isize files;
};

// Where the link leads; cx->who is the contact from then on (C1, C3).
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
