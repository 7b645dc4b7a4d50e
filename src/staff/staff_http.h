// SPDX-License-Identifier: GPL-3.0-or-later
// /a/leute: accounts, roles, teams; and the small parts the pages of this folder share.
//
//   H1  What is typed comes back when it is refused, but a password.
//   H2  Nothing is shown of what anybody did or when he was here.
//   H3  All that is missing is named at once, each at its field.
#pragma once

#include "staff/staff.h"
#include "web/frame.h"
#include "web/route.h"

struct staff_choice {
    int64_t value;
    struct words name;
    bool chosen;
};

struct staff_page {
    const struct staff_row *row;
    isize n;
};

struct staff_form {
    struct staff s;
    const struct staff_choice *role, *team;
    isize roles, teams;
};

extern const struct staff_choice staff_languages[2];

// A list by the page: its search is the field "q", where it begins another field.
struct staff_list {
    const char *from;    // that field
    str typed;
    isize skip, all;    // all: how many there are in all
};

struct staff_list staff_list_of(const struct request *rq, const char *from);
bool staff_list_is_long(const struct staff_list *l);    // longer than a page, or searched

// The keys of every field of this name, as typed (ticks of a form).
const int64_t *staff_ticked(struct ctx *cx, const struct request *rq, const char *name,
                            isize *n);

// A day and a time of a form: fields NAME_tag and NAME_zeit.
const char *staff_part(const struct page *p, const char *name, const char *suffix);
fallible staff_time(struct ctx *cx, const struct request *rq, const char *name, instant *out);

extern const struct route staff_routes[];
