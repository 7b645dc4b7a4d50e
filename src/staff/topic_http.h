// SPDX-License-Identifier: GPL-3.0-or-later
// /a/themen: what cases can be about, in two levels, with the words customers use.
//
//   H1  What is typed comes back when it is refused.
//   H2  What is no longer offered (category.h, C5) stands folded below, and is brought back there.
#pragma once

#include "staff/staff_http.h"
#include "ticket/category.h"

struct topic_page {
    const struct category *topic;
    isize n, ended;    // all of them, and those of H2
};

struct topic_form {
    struct category c;
    const struct staff_choice *above;
    isize aboves;
};

extern const struct route topic_routes[];
