// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of mails in their mailbox after they are ours.
//
//   A1  Moving, flagging and deleting name exactly the UIDs they mean.  Deleting is UID EXPUNGE:
//       what others marked as deleted is never expunged with it; on a server that knows no UID
//       EXPUNGE (UIDPLUS) a mail is marked and nothing is expunged.
//   A2  A folder that is not there yet is made.
//   A3  ERR_DENIED: the server would not; the dialogue goes on.
#pragma once

#include "mailbox/imap.h"

fallible imap_act_move(struct imap *im, const int64_t *uid, isize n, str folder);
fallible imap_act_flag(struct imap *im, const int64_t *uid,
                       isize n);    // $Staffel, or \Flagged
fallible imap_act_delete(struct imap *im, const int64_t *uid, isize n);
