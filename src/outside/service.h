// SPDX-License-Identifier: GPL-3.0-or-later
// A service that somebody who configures the desk has named is asked, with a method, fields and
// a body, by libcurl (forge/ asks Git services).
//
//   A1  https with a certificate checked against its name.  Plain http only to a host that the
//       operator has named as his own (`own`).
//   A2  No socket is opened to an address that is not public (public.h), unless the host is the
//       operator's own: who configures a desk must not reach what only this machine can.  The
//       check is where sockets are made, as in fetch.h.
//   A3  No redirect is followed: what we say (a token) is for this host alone.
//   A4  Nothing else is told: no cookie, no proxy from the environment, no connection twice.
//   A5  It ends after so many bytes and so many seconds, silence and dripping included.
//   A6  Whatever the status, it is an answer; nothing is unpacked.
#pragma once

#include "base/ctx.h"

enum { SERVICE_FIELDS = 6 };

enum service_end {
    SERVICE_ANSWERED = 1,
    SERVICE_ADDRESS,        // A1
    SERVICE_NOT_PUBLIC,     // A2
    SERVICE_CERTIFICATE,    // A1
    SERVICE_TOO_LARGE,      // A5
    SERVICE_NO_ANSWER,      // no such host, silence
};

struct service_wish {
    str url;
    str field[SERVICE_FIELDS];    // "Accept: application/json"; empty ones are left out
    str body;                     // empty: GET, else POST
    int64_t most;                 // bytes of the answer, and again of its head
    int64_t seconds;
    str own;      // hosts of the operator's own, with commas between
    str trust;    // a file of certificates trusted beside the system's, or empty
};

struct service_answer {
    int status;
    str head;    // the fields as they came
    str body;
};

// The last field of that name, or empty.
str service_field(const struct service_answer *answer, const char *name);

// For how long it asks not to be asked (Retry-After, a used up limit): seconds, or 0.
int64_t service_pause(const struct service_answer *answer, instant now);

bool service_is_own(str own, str host);    // pure

enum service_end service_ask(struct arena *a, const struct service_wish *wish,
                             struct service_answer *out);
