// SPDX-License-Identifier: GPL-3.0-or-later
// The queue of outgoing mail as a page, and the mails of a desk that has no relay.
//
//   Q1  The queue shows addresses, states and what the relay said, never what a mail says.
//   Q2  Each mail offers exactly what can be done with it: send now, stop, send again.  It is
//       done in the desk's name, because administration sees no case (DOMAIN 3).
//   Q3  /demo/mail exists only while there is no relay (O6).  It shows mails of cases the
//       reader may see; notices (O9) only at a desk whose own address is invented.
//   Q4  A mail whose fate was unknown once says so for good: it may be there twice (O4).
#pragma once

#include "outbox/outbox.h"
#include "web/frame.h"
#include "web/route.h"

enum outbox_tab { TAB_OPEN = 1, TAB_SENT, TAB_FAILED, TAB_KEPT };

struct outbox_page {
    enum outbox_tab tab;
    const struct outbox_row *row;
    isize n;
    bool keeps;    // there is no relay
};

struct outbox_letter {    // of /demo/mail
    int64_t number;       // of the case, or 0
    str from, to, subject, text;
    instant at;
};

struct outbox_letters {
    const struct outbox_letter *letter;
    isize n;
};

struct words outbox_state_words(const struct page *p, const struct outbox_row *o);
struct words outbox_twice(const struct page *p, const struct outbox_row *o);    // Q4
const char *outbox_tone(const struct outbox_row *o);
instant outbox_when(const struct outbox_row *o);
str outbox_number(const struct page *p, int64_t number);

// Q2
bool outbox_can_hurry(const struct page *p, const struct outbox_row *o);
bool outbox_can_stop(const struct outbox_row *o);
bool outbox_can_retry(const struct outbox_row *o);

extern const struct route outbox_routes[];
