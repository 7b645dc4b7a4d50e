// SPDX-License-Identifier: GPL-3.0-or-later
// The mailboxes as pages, for who configures the desk.
//
//   Q1  Each mailbox shows how it is, since when, and with which words the server said so; mails
//       that could not be fetched are listed with their reason.
//   Q2  A password goes in and never comes out: the field is empty, also when the form comes
//       back.  Left empty, the stored one stays.
//   Q3  Testing signs in and opens the folder, and changes nothing.
#pragma once

#include "mailbox/mailbox_ledger.h"
#include "web/frame.h"
#include "web/route.h"

struct mailbox_page {
    const struct mailbox *row;
    isize n;
};

struct mailbox_choice {
    int value;
    struct words name;
};

extern const struct mailbox_choice mailbox_http_securities[3], mailbox_http_auths[4],
    mailbox_http_acts[4];

struct mailbox_form {
    bool is_new;
    struct mailbox m;    // is_new: nothing of it but what a new one begins with
    struct mailbox_wish w;
    const struct mailbox_stuck *stuck;
    isize n;
    bool tested;                   // Q3
    enum mailbox_state trouble;    // 0: it went well
    int64_t mails;
    str words;
};

struct words mailbox_http_state(const struct mailbox *m);
const char *mailbox_http_tone(const struct page *p, const struct mailbox *m);
struct words mailbox_http_stuck(const struct mailbox_stuck *s);

extern const struct route mailbox_routes[];
