// SPDX-License-Identifier: GPL-3.0-or-later
// The door for mail servers: LMTP over TCP or a Unix socket, stored by the writer.
//
//   S1  250 is said after the commit that holds the mail, never before.
//   S2  Several sessions at once share one commit.
//   S3  Stopping lets every mail that is complete be stored and answered.  Call it before
//       writer_stop().
//   S4  A Unix socket is open to our user and our group: a mail server that hands mail over
//       shares the group, and nobody else on the machine may claim to be it.
#pragma once

#include "db/writer.h"
#include "intake/lmtp.h"

struct lmtp_server_config {
    str address;    // ADDR:PORT, [V6]:PORT or unix:PATH
    struct lmtp_config lmtp;
    int threads;
    struct writer *writer;
};

struct lmtp_server;

fallible lmtp_server_start(struct ctx *cx, const struct lmtp_server_config *config,
                           struct lmtp_server **out);
int lmtp_server_port(const struct lmtp_server *s);
void lmtp_server_stop(struct lmtp_server *s);
