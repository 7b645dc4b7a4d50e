// SPDX-License-Identifier: GPL-3.0-or-later
// A key that mail is signed with: the only file that speaks to the library which reckons with it
// (OpenSSL, which libcurl brings along anyway).
//
//   K1  RSA keys have 1024 bits at least (RFC 8301); what is neither that nor Ed25519 is refused.
//   K2  rsa-sha256 signs the bytes, ed25519-sha256 their SHA-256 (RFC 8463, 3).
//   K3  A key is never written into a log, a page or the database.
#pragma once

#include "base/ctx.h"

enum dkim_kind { DKIM_RSA = 1, DKIM_ED25519 };

struct dkim_key {
    str domain, selector;
    enum dkim_kind kind;
    void *handle;    // the library's; lives as long as the program
};

fallible dkim_key_load(struct ctx *cx, str file, struct dkim_key *k);    // kind and handle
void dkim_key_forget(struct dkim_key *k);
fallible dkim_key_sign(struct ctx *cx, const struct dkim_key *k, str bytes, str *out);

// The name and the text of the record that the domain must publish.
fallible dkim_key_record(struct ctx *cx, const struct dkim_key *k, str *name, str *text);

str dkim_key_base64(struct arena *a, str bytes);
