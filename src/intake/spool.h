// SPDX-License-Identifier: GPL-3.0-or-later
// A mail while it comes in: a small one stays in memory and goes into its row, a large one
// becomes a file on the way.
//
//   K1  A mail of more than LIMIT_MAIL_INLINE bytes is written to DIR/tmp/, synced, renamed to
//       DIR/mail/<SHA-256>, and the folder is synced: only then may a row name it.
//   K2  The digest says which mail this is, however it travelled: it covers everything but the
//       lines that mail servers add on the way (Received, Delivered-To...).  So a mail that is
//       delivered twice is known again, and two mails are never taken for one.
//   K3  What fails leaves nothing behind, and the failure is told when the mail ends.
//   K4  A mail beyond LIMIT_MAIL_BYTES is read to its end, but not kept.
//   K5  What a small mail's row holds is packed (pack/pack.h) here, by who takes the mail, and not
//       by the thread that writes.
#pragma once

#include "base/buf.h"
#include "base/ctx.h"
#include "base/secret.h"

struct spool {
    struct ctx *cx;
    struct buf bytes;    // all of a small mail; what is not written yet of a large one
    str packed;          // K5, set by spool_end; empty for a file
    str tmp;             // the file, when there is one
    int fd;
    enum err err;    // the first failure
    int64_t size;

    struct secret_sum all, same;    // of every byte; of what K2 covers
    bool in_body, counts;           // where K2 is; whether the current line is covered
    char name[24];                  // of the current header line, so far
    isize name_n;
    bool named;

    str digest, sha256;    // set by spool_end; sha256 only for a file
};

// Makes cx->data_dir/tmp and /mail.
fallible spool_prepare(struct ctx *cx);

void spool_start(struct spool *s, struct ctx *cx);
void spool_add(struct spool *s, str bytes);    // lines end with CRLF

// ERR_INVALID when it is too large (K4); any other error: not stored, try again.
fallible spool_end(struct spool *s);
void spool_drop(struct spool *s);    // the mail is not wanted after all

str spool_path(struct ctx *cx, str sha256);
