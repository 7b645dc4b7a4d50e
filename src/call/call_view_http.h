// SPDX-License-Identifier: GPL-3.0-or-later
// What the page of a call shows.
#pragma once

#include "call/call.h"
#include "web/page.h"

enum { CALL_STEPS = 50 };

struct call_choice {
    int value;
    struct words name;
    bool chosen;
};

struct call_step {
    const char *name;    // of the box: s0, s1...
    str text, expected;
    bool done;
};

struct call_answer {
    str key, title;
    bool best, opened;
    struct call_step *step;
    isize steps;
};

struct call_open {    // a case of this caller that is not over
    int64_t id;
    str number, title;
};

struct call_view {
    struct url action;
    str number;    // of the case, once there is one
    int64_t version;
    struct contact contact;
    struct contact_found *found;
    isize n_found;
    str who, reach, said, how, open_key;
    str called_from;    // C9: not known of the contact yet, or empty
    bool keep_phone;
    struct call_choice impact[4];
    bool stands_still, parked;
    struct words promise;    // read out in the caller's language
    enum lang lang;
    struct triage_case triage;    // C8
    bool fits;
    struct call_open *open;
    isize n_open;
    struct call_answer *answer;
    isize answers;
};
