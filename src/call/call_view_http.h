// SPDX-License-Identifier: GPL-3.0-or-later
// What the page of a call shows.
#pragma once

#include "call/call.h"
#include "lifecycle/lifecycle.h"
#include "major/major.h"
#include "web/page.h"

struct call_choice {
    int value;
    struct words name;
    bool chosen;
};

struct call_step {
    str name;    // of the box
    str text, expected;
    bool done;
};

struct call_answer {
    str key, title;
    str known;    // C13: P-1, or empty
    bool best, opened, helped;
    int done;    // steps ticked
    struct call_step *step;
    isize steps;
};

struct call_open {    // a case of this caller that is not over
    int64_t id;
    str number, title;
};

struct call_begun {    // C14
    int64_t key;
    str who, said;
    instant at;
};

struct call_left {    // C16
    str number, who, title;
    instant at;
};

enum {
    CALL_BEGUN_OPEN = 2,    // so many stand open, the rest folded
    CALL_LEFT = 50,         // C16
};

struct call_view {
    struct url action;
    int64_t begun;    // C14: the page's own key; 0: there is a case
    struct call_begun *other;
    isize others;
    struct call_left *left;
    isize lefts;
    bool more_left;
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
    struct major incident;    // C12
    str incident_number;      // G-1, or empty
    bool attached;
    struct lifecycle outlived;    // of what the call is about
    bool known;                   // the case has that product: its sheet can be opened
    struct call_open *open;
    isize n_open;
    struct call_answer *answer;
    isize answers;
    str *hidden;    // names of ticks whose solution is not open
    isize hiddens;
};

static inline isize call_open_begun(const struct call_view *v)
{
    return v->others < CALL_BEGUN_OPEN ? v->others : CALL_BEGUN_OPEN;
}
