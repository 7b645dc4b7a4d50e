// SPDX-License-Identifier: GPL-3.0-or-later
// Mails that nobody wants are set aside before they become work: lists of senders, the marks of
// the mail server's filter, and size.
//
//   X1  An entry is an address or a domain with what stands below it.  The narrower entry
//       decides: an address before its domain, a longer domain before a shorter one (of up to
//       four parts below which everything is meant).
//   X2  Blocked is a mail whose From or whose envelope sender is.  Allowed is one whose From
//       is, and where the desk's own mail server judges senders, only if it proved this one: a
//       From alone is written by anybody.
//   X3  What the filter marked as spam counts, and so do its points where the desk said how
//       many.  That it found none counts nothing: a stranger can write that, too.
//   X4  An allowed sender's mails are not asked for marks; neither is a proven answer to the
//       address we gave its writer.
//   X5  Too large is what the desk said; whoever sent it is told once an hour, in the language
//       of the mail, unless a machine wrote it (intake/).
//   X6  Whatever is set aside waits in the quarantine with its reason, and one click takes it.
//       Reports about our own mails that came back are not asked for anything.
//   X7  Nobody blocks the desk itself: no address of it, of its teams, of before or of its
//       staff, and no domain that one of the desk's, or of who asks, belongs to.  An address of
//       a machine in the own domain can be blocked.
#pragma once

#include "mail/message.h"
#include "tenant/tenant.h"

enum screen_kind { SCREEN_BLOCK = 1, SCREEN_ALLOW };

struct screen_entry {
    int64_t id;
    enum screen_kind kind;
    str what;
    instant created;
};

// An address, or a domain with or without an @ before it.  ERR_INVALID with a sentence at the
// field "what".  One that is there changes its kind.
fallible screen_add(struct ctx *cx, enum screen_kind kind, str typed);
fallible screen_remove(struct ctx *cx, int64_t id);
fallible screen_list(struct ctx *cx, struct screen_entry **out, isize *n);

struct screen_rules {
    bool marks;           // X3
    int64_t score;        // 0: only the filter's own verdict
    bool forged;          // what our own mail server says failed DMARC
    int64_t megabytes;    // X5; 0: none
};

fallible screen_rules(struct ctx *cx, struct screen_rules *out);    // marks count by default
fallible screen_keep(struct ctx *cx, const struct screen_rules *r);

struct screen_facts {
    const struct mail *mail;
    str sender;      // of the envelope
    int64_t size;    // bytes
    bool judged;     // our mail server judges senders
    bool proven;     // and has proven this one
    bool forged;     // or found it forged
    bool answers;    // X4
};

enum screen_verdict {
    SCREEN_PASS = 1,
    SCREEN_BLOCKED,
    SCREEN_MARKED,
    SCREEN_FORGED,
    SCREEN_LARGE,
};

// *why: a sentence for the quarantine; empty for SCREEN_PASS.
fallible screen_judge(struct ctx *cx, const struct screen_facts *f, enum screen_verdict *out,
                      struct words *why);
