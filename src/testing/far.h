// SPDX-License-Identifier: GPL-3.0-or-later
// A web server of a stranger inside the test: it says what it was told to, word for word, and
// remembers what it was asked.
#pragma once

#include "base/ctx.h"

struct far;

struct far *far_start(str listen);    // "127.0.0.2:0"
void far_stop(struct far *f);
int far_port(const struct far *f);

// The whole answer to a GET of this path, from its first line on; the connection closes behind
// it.  Without any the server keeps silent.  Before the first question only.
void far_says(struct far *f, const char *path, str answer);
void far_drips(struct far *f, const char *path, str answer);    // a byte at a time, slowly

// It speaks TLS, with what far_tls_server() made; it is the server's from then on.
struct ssl_ctx_st;
void far_secure(struct far *f, struct ssl_ctx_st *tls);

int far_asked(struct far *f);       // questions so far
str far_question(struct far *f);    // the last one, whole
int far_known(struct far *f);       // TLS sessions that were taken up again
