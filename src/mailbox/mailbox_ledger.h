// SPDX-License-Identifier: GPL-3.0-or-later
// The ledger of a mailbox: who fetches, and what became of each mail (mailbox.h F1 to F4).
//
//   G1  Every write renews the lease, and is refused (ERR_STALE) when another fetcher has it,
//       or a person paused, changed or removed the mailbox.
//   G2  A mail is stored and its line written in one transaction: both or neither.
//   G3  A line only ever goes forward: what was stored is not fetched again.
#pragma once

#include "mailbox/mailbox.h"

enum mailbox_mail_state {
    MAIL_TRYING = 1,    // F3
    MAIL_STORED,        // to be moved, flagged or deleted
    MAIL_DONE,
    MAIL_TOO_LARGE,    // F3
    MAIL_OLD,          // was there before the mailbox was watched, and is left alone
    MAIL_NOT_OURS,     // F8
};

struct mailbox_lease {
    mailbox_id id;
    int64_t fence, version;
};

// F4.  *got: it is ours now; *unclean: whoever had it before has not given it back, so the
// mail that was being fetched may be what ended it.
fallible mailbox_take(struct ctx *cx, mailbox_id id, str node, struct mailbox *out, bool *got,
                      bool *unclean);
fallible mailbox_give_back(struct ctx *cx, const struct mailbox_lease *l);
fallible mailbox_report(struct ctx *cx, const struct mailbox_lease *l, enum mailbox_state state,
                        str reason, bool polled);
fallible mailbox_new_token(struct ctx *cx, const struct mailbox_lease *l, str locked);

// Which mailboxes shall be watched: (id, version).
fallible mailbox_wanted(struct ctx *cx, struct mailbox_lease **out, isize *n);
fallible mailbox_recover(struct ctx *cx);    // as job_recover(): whoever had a lease is gone

fallible mailbox_folder(struct ctx *cx, const struct mailbox_lease *l, str account, str name,
                        int64_t validity, mailbox_folder_id *out,
                        bool *first);    // *first: nobody has looked through it yet
fallible mailbox_looked(struct ctx *cx, const struct mailbox_lease *l,
                        mailbox_folder_id folder);

// Which of these ascending UIDs have no line yet; they move to the front, *n becomes their
// count.
fallible mailbox_unknown(struct ctx *cx, mailbox_folder_id folder, int64_t *uid, isize *n);

fallible mailbox_store(struct ctx *cx, const struct mailbox_lease *l, mailbox_folder_id folder,
                       int64_t uid, const struct intake_mail *mail,
                       enum mailbox_mail_state state, bool *duplicate);    // G2
fallible mailbox_settle(struct ctx *cx, const struct mailbox_lease *l, mailbox_folder_id folder,
                        const int64_t *uid, isize n, enum mailbox_mail_state state, str reason);
fallible mailbox_failed(struct ctx *cx, const struct mailbox_lease *l, mailbox_folder_id folder,
                        int64_t uid, str reason);

fallible mailbox_due(struct ctx *cx, mailbox_folder_id folder, int64_t **uid, isize *n,
                     instant *next);    // F3
fallible mailbox_to_act(struct ctx *cx, mailbox_folder_id folder, int64_t **uid,
                        isize *n);    // F1

int64_t mailbox_wait_s(int64_t tries);    // F3, pure

// F8.  Does a mail with these fields belong to a case, and is it not yet there?
struct mailbox_sent {
    str to, cc, message_id, in_reply_to, references;    // raw
};
fallible mailbox_is_ours(struct ctx *cx, const struct mailbox_sent *m, bool *out);

// For the page: mails that wait or stay (F3).
struct mailbox_stuck {
    int64_t uid, tries;
    enum mailbox_mail_state state;
    str folder, reason;
    instant at, again;
};
fallible mailbox_stuck(struct ctx *cx, mailbox_id id, struct mailbox_stuck **out, isize *n);
