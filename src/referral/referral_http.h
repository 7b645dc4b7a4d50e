// SPDX-License-Identifier: GPL-3.0-or-later
// Passing a message on to somebody outside, and the thread with him, apart from the case's own.
//
//   H1  The form shows word for word what he will read; what was typed comes back when it is
//       refused.
//   H2  The thread is a page of its own; the case's page names it and who it is with, and
//       both his own number for it, if he has one (X7).
//   H3  Who takes a mail back before it leaves (X8) finds it in the form it was written in, with
//       address, subject and files; sending forgets it there.
#pragma once

#include "referral/referral.h"
#include "sheet/sheet_http.h"
#include "web/route.h"

struct referral_form {
    struct sheet s;
    message_id about;
    str address, name, subject, text;
    bool files;
    isize attached;    // files of the message
};

struct referral_entry {
    const struct message *m;
    const struct attachment *file;
    isize files;
    bool ours;
};

struct referral_page {
    struct sheet s;
    struct referral r;
    struct referral_entry *entry;
    isize n;
    str text;
    struct sheet_waits waits;
};

extern const struct route referral_routes[];

// H3.  For the one form that takes mails of a case back.
fallible referral_take_back(struct ctx *cx, struct request *rq, struct reply *rp,
                            const struct ticket *t, referral_id id, message_id message);
