// SPDX-License-Identifier: GPL-3.0-or-later
// /a/themen: what cases can be about, in two levels, with the words customers use.
//
//   H1  What is typed comes back when it is refused.
//   H2  What is no longer offered (category.h, C5) stands folded below, and is brought back there.
//   H3  More than a page of them are shown by the page, and looked for by a field above.
#pragma once

#include "staff/staff_http.h"
#include "ticket/category.h"
#include "ticket/pick_http.h"

struct topic_list {
    const struct category *topic;
    isize n;
    struct staff_list list;
};

struct topic_page {
    struct topic_list offered, ended;    // H2
};

struct topic_form {
    struct category c;
    struct pick above;
};

extern const struct route topic_routes[];
