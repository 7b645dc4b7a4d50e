// SPDX-License-Identifier: GPL-3.0-or-later
// Which addresses of the net are everybody's: only those are asked for what a stranger named.
//
//   N1  IPv4: all but what RFC 6890 and its successors set apart: this host and network,
//       private, shared (100.64/10), loopback, link-local, protocol assignments,
//       documentation, 6to4 relays, benchmarks, multicast, reserved, broadcast.
//   N2  IPv6: only what is handed out for the world (2000::/3), without tunnels (Teredo, 6to4),
//       identifiers and documentation.
//   N3  An IPv4 address inside an IPv6 one is no way around N1: mapped ones are not public,
//       NAT64 (64:ff9b::/96) is as public as what it holds.
//   N4  What is no address is not public.
#pragma once

#include "base/base.h"

bool public_v4(const unsigned char address[4]);
bool public_v6(const unsigned char address[16]);
bool public_text(const char *address);    // "192.0.2.1", "2001:db8::1", without brackets

struct sockaddr;
bool public_socket(const struct sockaddr *address);
