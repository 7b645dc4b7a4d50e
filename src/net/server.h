// SPDX-License-Identifier: GPL-3.0-or-later
// Many peers served by a few threads: connections and their bytes, without any protocol.
//
//   Q1  A connection belongs to one thread for life, so no two of its handlers run at once.
//   Q2  server_wait() holds the input back until server_resume(), which any thread may call:
//       that is how an answer waits for its commit.
//   Q3  What a peer can make us hold is bounded: SERVER_IN bytes not yet understood and
//       SERVER_OUT bytes not yet taken; then its input waits.
//   Q4  A peer that is silent for idle_s hears `idle` and is gone.
//   Q5  Beyond `most` connections the next hears `full` and is gone.
//   Q6  server_stop() takes nobody new, lets answers that wait for their commit come, says
//       `stop` to each, and returns when all are gone; a peer that does not listen is cut off.
#pragma once

#include "base/ctx.h"

enum { SERVER_IN = 1 << 16, SERVER_OUT = 1 << 16 };

struct conn {
    struct arena arena;    // lives as long as the connection
    void *session;         // the protocol's own
    struct conn_state *state;
};

struct server;

struct server_config {
    int fd;    // listens already (io_listen); closed by server_stop
    int threads;
    int most;
    int64_t idle_s;
    str full, idle, stop;    // the last words, whole lines
    isize arena;             // room of one connection for its protocol
    void *arg;               // for the handlers

    void (*opened)(struct conn *c, void *arg);
    // Takes what it understands and returns how many bytes that was; 0 asks for more.
    isize (*input)(struct conn *c, void *arg, str bytes);
    void (*resumed)(struct conn *c, void *arg);    // after server_resume(), on the own thread
    void (*closed)(struct conn *c, void *arg);
};

fallible server_start(struct ctx *cx, const struct server_config *config, struct server **out);
void server_stop(struct server *s);

void server_say(struct conn *c, str bytes);
void server_wait(struct conn *c);
void server_resume(struct conn *c);
void server_finish(struct conn *c);    // gone when what was said has been taken
