// SPDX-License-Identifier: GPL-3.0-or-later
// What happened to a case, in one order: what was said, what was tried, which team was asked,
// and one quiet line for everything else.
//
//   L1  Oldest first; what happened at the same instant stands in the order it was stored, the
//       words before the quiet lines.
//   L2  What was said, asked or tried stands once: its own event is left out, and a team's
//       answer, line or reason stands where it was given, not at what followed.
//   L3  Filters leave out and never reorder.  "Customer" is what the customer can read.
//   L4  A long case shows its newest messages; the older ones, and what happened before them,
//       are a page further.
//   L5  Only what the events speak of is looked for (V1: no change without its event).
//   L6  A kind of event that has no words here is not shown: nobody reads codes.
//   L7  What a machine wrote to the case (an absence, a receipt) stands only among the internal
//       entries, folded: found by whoever looks for it, in nobody's way.
//   L8  Why a mail came back stands at its message; why our newest reply did not arrive
//       (ticket.h, W9), on top of the case, too.
//   L9  So do the invitation that it brought, and what its signature and encryption were worth.
//   L10 So does who else got the mail: one quiet line, folded when it is long (message.h, M12).
#pragma once

#include "crypt/crypt.h"
#include "engagement/engagement_path.h"
#include "escalation/escalation.h"
#include "forge/forge_issue.h"
#include "invitation/invitation.h"
#include "message/message.h"
#include "promise/promise.h"
#include "routing/routing.h"
#include "solution/step.h"
#include "undelivered/undelivered.h"

enum timeline_filter { SHOW_ALL = 1, SHOW_CUSTOMER, SHOW_INTERNAL, SHOW_EVENTS };

extern const struct ticket_word timeline_filters[];    // "alles", ...; by enum

enum timeline_kind { ENTRY_MESSAGE = 1, ENTRY_ENGAGEMENT, ENTRY_STEP, ENTRY_QUIET };

struct timeline_entry {
    enum timeline_kind kind;
    instant at;
    bool new_day;    // the first one of its day
    const struct message *message;
    const struct attachment *file;    // with a message
    isize files;
    const struct undelivered *returned;    // L8; with a message
    isize returns;
    const struct invitation *invitation;    // L9; with a message, as the next
    const struct crypt_verdict *verdict;
    const struct engagement *engagement;    // also of a quiet line that speaks of one
    str answer;                             // L2; with that
    const struct step *step;
    struct words title, detail;    // quiet
    str person;                    // quiet: who did it; forgotten after a while
};

struct timeline_wish {
    enum timeline_filter filter;
    message_id before;    // L4: messages before this one ...
    instant until;        // ... and what happened before it; 0: everything
    int most;             // messages; 0: TIMELINE_MESSAGES
};

enum { TIMELINE_MESSAGES = 30, TIMELINE_EVENTS = 200 };

struct timeline {
    struct timeline_entry *entry;
    isize n;
    bool older;    // L4: go on with `before` and `until`
    message_id before;
    instant until;
    message_id newest;    // of the shown ones
    instant newest_at;

    struct engagement *engagement;    // all of the case, oldest first
    isize engagements;
    struct promise *promise;
    isize promises;
    struct routing_choice *choice;    // why it was sent or given where it is
    isize choices;
    struct forge_issue *issue;    // at the developers'
    isize issues;
    struct escalation *escalation;    // to the lead
    isize escalations;
    struct escalation_word *word;
    isize words;
    bool linked, owed, referred;    // the events speak of solutions, of duties, of outsiders
    bool named;                     // of another case, named in the first mail
    bool problems;                  // of a problem, or the desk has an open one
    bool forges;                    // the desk has set up a Git service
};

fallible timeline_load(struct ctx *cx, const struct ticket *t, const struct timeline_wish *wish,
                       struct timeline *out);

// The value of a member of an event's data: codes and figures only (V3), so there is nothing
// to unescape.  Empty when it is not there.  Pure.
str timeline_data(str json, const char *key);
