// SPDX-License-Identifier: GPL-3.0-or-later
// A connection to a server elsewhere that talks in lines: TLS, names and time limits by
// libcurl, the words by the caller (mailbox/ speaks IMAP over it).
//
//   E1  The server's certificate is checked against its name, always.  A connection without TLS
//       exists only where the operator asked for PEER_PLAIN in so many words.
//   E2  PEER_STARTTLS that does not become TLS is no connection: neither a server that does not
//       offer it nor somebody between who removes the offer is spoken to.
//   E3  Every wait has an end: connecting, sending, receiving.  Silence is ERR_BUSY.
//   E4  Whoever sets *stop is heard within a quarter of a second, whatever is waited for.
#pragma once

#include "base/ctx.h"

#include <stdatomic.h>

enum peer_security { PEER_TLS = 1, PEER_STARTTLS, PEER_PLAIN };

// Why there is no connection (any more), for whoever must tell a person what to mend.
enum peer_trouble {
    PEER_NO_ANSWER = 1,    // no such host, nothing listens, silence, hung up
    PEER_CERTIFICATE,      // not signed by anybody we trust, or for another name
    PEER_NO_TLS,           // E2
    PEER_STOPPED,          // E4
};

struct peer_config {
    str host;
    int port;
    enum peer_security security;
    str trust;                   // a file of certificates trusted beside the system's, or empty
    const _Atomic bool *stop;    // may be NULL
};

struct peer;

// Greeting and STARTTLS of an IMAP server are done when this returns: the next word is ours.
fallible peer_open_imap(struct ctx *cx, const struct peer_config *config, struct peer **out,
                        enum peer_trouble *trouble);
void peer_close(struct peer *p);    // NULL is fine

fallible peer_send(struct ctx *cx, struct peer *p, str bytes, int64_t seconds);

// At least one byte, at most `room`.  ERR_BUSY: silence for so long, or hung up.
fallible peer_receive(struct ctx *cx, struct peer *p, char *to, isize room, int64_t seconds,
                      isize *n);

// Waits until there is something to receive: *there says whether there is.
fallible peer_wait(struct ctx *cx, struct peer *p, int64_t seconds, bool *there);
