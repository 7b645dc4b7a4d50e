// SPDX-License-Identifier: GPL-3.0-or-later
// The threads that watch mailboxes: one each, so that none waits for another, and one that
// starts and stops them as the rows say.
//
//   W1  A mailbox that was added, changed, paused or removed is so within two seconds.
//   W2  After a failure a mailbox is tried again, later each time: up to five minutes, an hour
//       when the server refuses the name or the password (so that it does not lock the
//       account).
//   W3  Stopping hands every mailbox back, so that another node goes on at once.
#pragma once

#include "db/pool.h"
#include "db/writer.h"

struct mailbox_server_config {
    struct writer *writer;
    struct pool *pool;
    str data_dir;
    str trust;    // a file of certificates trusted beside the system's, or empty
};

struct mailbox_server;

fallible mailbox_server_start(struct ctx *cx, const struct mailbox_server_config *config,
                              struct mailbox_server **out);
void mailbox_server_stop(struct mailbox_server *s);    // before the writer stops
