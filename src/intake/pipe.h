// SPDX-License-Identifier: GPL-3.0-or-later
// A mail from a program that has no LMTP:  staffel intake [--to A] [--sender A] < mail
//
//   P1  The exit code says what LMTP would: 0 is 250 (stored), 75 is 4xx (hand it over again),
//       65 is 5xx (never).  Mail servers know these from sysexits.h.
//   P2  Lines may end as they do on this machine; a "From " line of a mailbox in front of the
//       header is no part of the mail.
#pragma once

#include "intake/intake.h"

// Before the transaction: the bytes as a mail to store.  ERR_INVALID: never.
fallible pipe_read(struct ctx *cx, str rcpt, str sender, str bytes, struct spool *spool,
                   struct intake_mail *out);

int pipe_exit(enum err err);
