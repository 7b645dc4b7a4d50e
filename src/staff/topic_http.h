// SPDX-License-Identifier: GPL-3.0-or-later
// /a/themen: what cases can be about, in two levels, with the words customers use.
//
//   H1  What is typed comes back when it is refused.
#pragma once

#include "staff/staff_http.h"
#include "ticket/category.h"

struct topic_page {
    const struct category *topic;
    isize n;
};

struct topic_form {
    struct category c;
    const struct staff_choice *above;
    isize aboves;
};

extern const struct route topic_routes[];
