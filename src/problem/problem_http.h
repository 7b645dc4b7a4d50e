// SPDX-License-Identifier: GPL-3.0-or-later
// The pages of problems: the list /w/p, one of them /w/p/P-12, the sheets that open, change and
// move it, the room beside it, and the solution that is written for it.
//
//   H1  Only the next states are offered, and each asks for what its rule needs (P2 to P4).
//   H2  What looks alike is proposed with its reason and taken in with one key (P8).
//   H3  A workaround is named as everywhere (search/choose.h) or written right here.
//   H4  Who may not change it sees no form for it; the room is open to everybody who works.
//   H5  What was typed comes back when it was refused.
//   H6  The way to the developers is offered where a Git service is set up, and to who sets up.
#pragma once

#include "forge/forge_issue_http.h"
#include "problem/problem_alike.h"
#include "room/room_http.h"
#include "solution/solution_form_http.h"
#include "ticket/pick_http.h"
#include "web/route.h"

struct problem_rows {
    const struct problem_record *row;
    isize n;
    bool over;
    str q;
};

struct problem_page {
    struct problem_record r;
    str number;    // P-12
    bool mine;     // P5
    const struct problem_case *own;
    isize cases;
    const struct problem_match *match;
    isize matches;
    const struct forge_issue *issue;    // at the developers'
    isize issues;
    isize forges;    // H6
    struct room_panel room;
};

struct problem_issues {
    struct problem_record r;
    str number;
    struct forge_panel panel;
};

struct problem_form {
    struct problem_record r;
    struct url action, back;
    str back_name, title;
    str from;    // the number of the case it is opened from
    struct pick category, product;
    const struct team *team;
    isize teams;
};

struct problem_step_page {
    struct problem_record r;
    str number;
    enum problem_state to;
    str solution, steps, cause, fix_ref, reason;
};

// The problem of the address.
fallible problem_http_of(struct ctx *cx, const struct request *rq, struct problem_record *out);
fallible problem_http_back(struct ctx *cx, struct reply *rp, const struct problem_record *r);
struct url problem_http_url(struct arena *a, int64_t number, const char *rest);

// --- words of the templates ----------------------------------------------------------------

const char *problem_http_tone(enum problem_state state);
bool problem_http_offers(const struct problem_page *v, enum problem_state to);    // H1
struct words problem_http_verb(enum problem_state to);    // "Fix is planned"
str problem_http_box(struct arena *a, const struct problem_match *m);
bool problem_http_ticked(const struct request *rq, struct arena *a,
                         const struct problem_match *m);

extern const struct route problem_routes[];
