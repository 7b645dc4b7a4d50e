// SPDX-License-Identifier: GPL-3.0-or-later
// Something is fetched whose address a stranger chose, by libcurl, without doing the stranger's
// errands: the one way out for such addresses.
//
//   F1  http and https at their own ports; no user, no password, nothing else that an address
//       can carry.
//   F2  No socket is opened to an address that is not public (public.h), whatever name or
//       spelling led to it.  The check is where sockets are made, on the very address that is
//       connected to: a name that changes its answer (rebinding) changes nothing.  Once
//       connected it is checked again, and it must not be one of our own.
//   F3  A redirect is a new address: asked for anew under F1 and F2, LIMIT_FETCH_HOPS times,
//       and never from https to http.
//   F4  Nothing is told about us or the reader: no cookie, no referrer, no credentials, no
//       name, no language, no connection that is used twice; each asks the same words.
//   F5  A certificate is checked against its name.  No proxy is taken from the environment.
//   F6  It ends after so many bytes and so many seconds, redirects and silence included.
//   F7  Only 200 is an answer.  What is packed (Content-Encoding) is not unpacked.
#pragma once

#include "base/ctx.h"

enum fetch_end {
    FETCH_DONE = 1,
    FETCH_ADDRESS,       // F1
    FETCH_NOT_PUBLIC,    // F2
    FETCH_TOO_FAR,       // F3
    FETCH_TOO_LARGE,     // F6
    FETCH_REFUSED,       // F7
    FETCH_NO_ANSWER,     // no such host, silence, a wrong certificate
};

// For tests alone: names are answered by resolve ("192.0.2.1,198.51.100.2" or empty), and what
// passed F2 is connected to `host`:`port` instead.
struct fetch_seam {
    str (*resolve)(void *arg, struct arena *a, str name);
    void *arg;
    const char *host;
    int port;
    const char *trust;    // a file of certificates instead of the system's, or NULL
};

struct fetch_wish {
    str url;
    const char *accept;    // media types
    int64_t most;          // bytes
    int64_t seconds;
    const struct fetch_seam *seam;    // NULL
};

enum fetch_end fetch_get(struct arena *a, const struct fetch_wish *wish, str *out);
