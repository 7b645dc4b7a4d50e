// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes by their SHA-256: each content is stored once.
//
//   Q1  Up to LIMIT_MAIL_INLINE bytes stand in the database, more in
//       cx->data_dir/blob/ab/<sha256>.
//   Q2  No row that is committed tells of a file that is not durable: written, synced, renamed,
//       synced.
//   Q3  What is read is what was stored: size and hash are compared.
//   Q4  Whatever is stored here can be stored again by a work that was undone and is run once
//       more (db/writer.h, W5).
//   Q5  A file without a row (its work failed for good, or the process died) is removed within
//       a day (blob_sweep.h), and never while somebody is about to store it.
#pragma once

#include "base/ctx.h"

struct blob {
    str sha256;    // 32 bytes
    int64_t size;
};

fallible blob_put(struct ctx *cx, str bytes, struct blob *out);

// A file that was written and synced while its hash was computed (uploads): its bytes get their
// place, too.  It stays where it is, for a work may be run again (Q4); its owner removes it.
fallible blob_adopt(struct ctx *cx, str path, struct blob b);

fallible blob_read(struct ctx *cx, str sha256, isize most, str *out);    // Q3
fallible blob_path(struct ctx *cx, str sha256,
                   str *path);    // empty: it stands in the database
