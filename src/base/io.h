// SPDX-License-Identifier: GPL-3.0-or-later
// Files and sockets: the only folder besides http/, net/ and db/ that calls the operating
// system.
//
// Why one place: a test can make the n-th call fail (io_fail_at), and what "stored" means is
// written once: bytes, then fsync, then rename, then fsync of the folder.
#pragma once

#include "base/ctx.h"

fallible io_open_read(struct ctx *cx, str path, int *fd);
fallible io_create(struct ctx *cx, str path, int *fd);    // new, mode 0600; fails if it exists
fallible io_write(struct ctx *cx, int fd, str bytes);     // all of it
fallible io_read(struct ctx *cx, int fd, char *p, isize room, isize *n);    // 0 at the end
fallible io_close_synced(struct ctx *cx, int fd);
void io_close(int fd);

// Make `from` durable under the name `to`: rename, then fsync of the folder (without the
// second, a power cut can undo the first).
fallible io_publish(struct ctx *cx, str from, str to);

// The same bytes under a second name, durable; one that is there already is fine.  So a work that
// is run again (db/writer.h, W5) finds them under the first one.  A file system that knows no
// links gets a copy.
fallible io_link(struct ctx *cx, str from, str to);
void io_remove(struct ctx *cx, str path);       // a file that is already gone is fine

// What was last written to before that; a folder that is not there is fine.
fallible io_remove_old(struct ctx *cx, str folder, instant before);
fallible io_mkdir(struct ctx *cx, str path);    // mode 0700, durable; one that exists is fine
// *made false: something is there, be it a link.
fallible io_mkdir_new(struct ctx *cx, str path, bool *made);

// Of a file that the operator named: ERR_DENIED, and who may not read it, before it is asked for.
fallible io_may_read(struct ctx *cx, str path);
fallible io_read_file(struct ctx *cx, str path, isize most, str *out);
fallible io_read_all(struct ctx *cx, int fd, isize most,
                     str *out);    // ERR_INVALID beyond `most`

// The names in a folder, sorted; "." and ".." are left out.
fallible io_list(struct ctx *cx, str path, str **out, isize *n);
bool io_is_file(struct ctx *cx, str path, instant *changed, int64_t *size);
bool io_is_folder(struct ctx *cx, str path);    // false also when there is nothing
bool io_is_folder_itself(struct ctx *cx, str path);    // and no link to one

// A synced copy of a plain file, never of what a link leads to; `to` must not exist.
fallible io_copy(struct ctx *cx, str from, str to, str *sha256);

// Free bytes of the file system that holds path.
fallible io_free_bytes(struct ctx *cx, str path, int64_t *out);

// True when less than `reserve` bytes or less than LIMIT_DISK_PERCENT of it are free: nothing
// new is taken in then, so that what is here can still be worked on.
fallible io_disk_is_low(struct ctx *cx, str path, int64_t reserve, bool *out);

bool io_is_low(int64_t left, int64_t all, int64_t reserve);    // the same for these bytes; pure

// Listen on "ADDR:PORT", "[V6]:PORT", ":PORT", "unix:PATH" (ours alone) or "group:PATH" (our
// group's, too).  Port 0 takes a free one; *port says which (0 for a path).
fallible io_listen(struct ctx *cx, str address, int *fd, int *port);
fallible io_connect_unix(struct ctx *cx, str path, int *fd);

// Tests: make the nth call from now fail as if the disk had.  0 turns it off.
void io_fail_at(int nth);
bool io_failed(void);
