// SPDX-License-Identifier: GPL-3.0-or-later
// Certificates of a test's own authority, good ones and others, for servers that speak TLS.
#pragma once

#include "base/base.h"

struct far_paper {
    const char *names;       // "DNS:far.example"
    int64_t from_s, to_s;    // from now on
    bool itself;             // signed by nobody but itself
};

struct ssl_ctx_st;
struct far_authority;

struct far_authority *far_tls_authority(void);
void far_tls_forget(struct far_authority *a);
void far_tls_root(const struct far_authority *a, const char *path);    // for whom trusts it
struct ssl_ctx_st *far_tls_server(const struct far_authority *a, const struct far_paper *p);
