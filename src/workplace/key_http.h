// SPDX-License-Identifier: GPL-3.0-or-later
// How mails to the customer of a case are sealed, /w/t/{nr}/schluessel.
//
//   K1  Whoever works on a case of a contact may put down the contact's key or certificate, and
//       say whether mails to it are signed and encrypted.
//   K2  The key must carry the contact's own address.  What is refused changes nothing.
//   K3  Encryption needs a key; without the operator's folder of keys the page says so and
//       takes nothing.
#pragma once

#include "crypt/crypt.h"
#include "sheet/sheet_http.h"
#include "web/route.h"

struct key_page {
    struct sheet sheet;
    struct crypt_wish wish;
    bool there, can;    // K3
};

extern const struct route key_routes[];
