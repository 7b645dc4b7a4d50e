// SPDX-License-Identifier: GPL-3.0-or-later
// The quiet lines of a case's story: which kind of event has one, what it is called, and what it
// adds to that.  timeline.h, L6: a kind that is not here is not shown.
#pragma once

#include "base/base.h"

enum timeline_detail {
    NOTHING,
    CONFIRMED,
    PRIORITIES,
    STATUS,
    WHY,
    ENGAGED,
    PROMISED,
    CHOSEN,
    RELEASED,
    FORGED,
    RAISED,
    LED,
    CLASSED,
    OUTLIVED,
    MEASURED
};

struct timeline_quiet {
    str kind;
    enum timeline_detail detail;
    struct words title;
};

const struct timeline_quiet *timeline_quiet_of(str kind);    // NULL: none
