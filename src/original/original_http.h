// SPDX-License-Identifier: GPL-3.0-or-later
// The pages about the mail behind a message, for staff.
//
//   /w/t/{nr}/mail/{id}             its HTML, in a frame of another origin
//   /w/t/{nr}/mail/{id}/bilder      with the pictures that lie elsewhere
//   /w/t/{nr}/mail/{id}/quelltext   its source, to be read as text
//   /w/t/{nr}/mail/{id}/original    the mail, to be saved
#pragma once

#include "original/original.h"
#include "web/route.h"

struct original_page {
    str number, subject;
    struct message m;
    struct url frame;    // empty: there is no origin to show it from, or no HTML
    isize remote;        // V4: left out
    isize trackers;      // of them, those that are never fetched
    bool far;            // V6: they are asked for
    bool may_fetch;      // V7
    bool cut, raw;       // raw: the mail itself is here
    str source;
};

// V8.  Pure.
struct words original_far_words(struct arena *a, const struct original_page *v);

extern const struct route original_routes[];
