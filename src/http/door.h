// SPDX-License-Identifier: GPL-3.0-or-later
// Who may come in: connections are counted where they are accepted and where they end.
//
//   H9  There are never more than LIMIT_CONNECTIONS, nor more than the process has descriptors
//       for beside LIMIT_DESCRIPTORS_SPARE: a crowd on the pages must not keep mail out.
//   H10 Nor more than LIMIT_CONNECTIONS_ADDRESS of one address; of IPv6 one network of 64 bits
//       counts as one, for a single line has as many addresses as it likes.
#pragma once

#include "base/base.h"

#include <stdatomic.h>

struct sockaddr;

enum { DOOR_CROWDS = 1 << 16 };

struct door {
    int64_t most;
    bool by_address;    // false behind a proxy on this machine: all come from one
    uint64_t key;       // so that nobody can choose who shares a crowd with him
    _Atomic int64_t held;
    _Atomic uint16_t crowd[DOOR_CROWDS];    // by a sum of the address
};

void door_init(struct door *d, bool by_address);    // raises the process's limit of descriptors
int64_t door_most(int64_t descriptors);             // H9
bool door_enter(struct door *d, const struct sockaddr *from);    // false: it is full
void door_leave(struct door *d, const struct sockaddr *from);    // who entered
