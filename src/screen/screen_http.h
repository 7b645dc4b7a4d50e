// SPDX-License-Identifier: GPL-3.0-or-later
// Whose mails are wanted: the page of senders and of the marks that count.
//
//   P1  For who looks after the queues, as the quarantine is.
//   P2  Each entry says since when; one click takes it away.
//   P3  What was typed wrong comes back with its sentence.
#pragma once

#include "screen/screen.h"
#include "web/frame.h"
#include "web/route.h"

struct screen_page {
    const struct screen_entry *entry;
    isize n;
    struct screen_rules rules;
    str what;
    bool allow;    // typed
};

extern const struct route screen_routes[];
