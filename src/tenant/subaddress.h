// SPDX-License-Identifier: GPL-3.0-or-later
// An address with something of ours behind a plus (RFC 5233): "hilfe+abc@nordlicht.example" is
// the box hilfe@nordlicht.example with "abc" in it.  Pure.
//
//   S1  The first plus of the local part begins the tag; an address without one has none.
//   S2  Boxes are the same in any letter case.  What has no @ is no box.
#pragma once

#include "base/arena.h"

struct subaddress {
    str user, tag, domain;    // parts of the address
};

struct subaddress subaddress_of(str address);
bool subaddress_same_box(str a, str b);              // S2
str subaddress_box(struct arena *a, str address);    // lower case, without the tag
