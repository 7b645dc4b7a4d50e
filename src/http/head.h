// SPDX-License-Identifier: GPL-3.0-or-later
// Is the head of a request clear?  Two programs in a row that read one head differently can be
// made to see different requests (request smuggling), so what is not clear is refused.
//
//   E1  One Host, and in HTTP/1.1 not none: letters, digits, ".", "-", ":", "[", "]", "_".
//   E2  Where the body ends is said once: by one Content-Length or by "chunked", not by both.
//   E3  A name is a token (RFC 9110 5.6.2), a value is UTF-8 without control bytes.  What is in
//       cookies is only compared, and other programs of the same host set them: any bytes
//       there.
//   E4  Behind a proxy on this machine the client is the last address of X-Forwarded-For;
//       whoever comes from elsewhere cannot choose his address.
#pragma once

#include "base/arena.h"

struct head {
    isize bytes;    // of names and values, with what stands between them
    int hosts, lengths, codings;
    bool odd;         // E3, or a Host or a coding that is none
    str forwarded;    // the last X-Forwarded-For
};

void head_add(struct head *h, str name, str value);
bool head_is_clear(const struct head *h, str version);
str head_client(const struct head *h, str peer);    // E4

// The network of an address, for limits: /24 for IPv4, also when it is written as IPv6; /48 for
// IPv6.
str head_net(struct arena *a, str address);
