// SPDX-License-Identifier: GPL-3.0-or-later
// The issues of forge.h: what belongs to them, what becomes of them, and who is told.
#pragma once

#include "engagement/release_customer.h"
#include "forge/forge.h"

struct forge_issue {
    forge_issue_id id;
    forge_id forge;
    enum forge_kind kind;
    str project;
    int64_t number;    // 0: not created yet
    str title, body, mark;
    enum forge_issue_state state;
    bool closed;
    str version, address, reason;
    instant changed;
    bool own;    // linked here, and not by the problem of the case
};

// A case, or a problem: one of the two.
struct forge_about {
    ticket_id ticket;
    int64_t problem;
};

fallible forge_issue_list(struct ctx *cx, struct forge_about about, struct forge_issue **out,
                          isize *n);

// "12" with a service, or the address of a page (T2).  ERR_INVALID with a sentence.
fallible forge_issue_link(struct ctx *cx, struct forge_about about, forge_id forge, str typed,
                          forge_issue_id *out);
fallible forge_issue_unlink(struct ctx *cx, struct forge_about about, forge_issue_id id);

struct forge_issue_new {
    forge_id forge;
    str title, body;
    bool names, released;    // names: whom it must not (G3)
};

// G3.  Pure.  What is too long to be created is not read.
bool forge_issue_names(struct arena *a, const struct forge_issue_new *n,
                       const struct release_customer *c);

fallible forge_issue_create(struct ctx *cx, struct forge_about about,
                            const struct forge_issue_new *n, forge_issue_id *out);
fallible forge_issue_again(struct ctx *cx, struct forge_about about,
                           forge_issue_id id);    // one that failed

str forge_issue_mark_line(struct arena *a, str mark);    // what stands below its text

// G5.  Pure: what an issue is after that was seen.
enum forge_issue_state forge_issue_next(enum forge_issue_state was, bool was_closed,
                                        const struct forge_seen *s);

// G5 G6.  In the service's desk's name.
fallible forge_issue_take(struct ctx *cx, const struct forge *f, forge_issue_id id,
                          const struct forge_seen *s);
fallible forge_issue_say(struct ctx *cx, const struct forge *f, forge_issue_id id,
                         const struct forge_said *s);    // G5 G7
fallible forge_issue_gone(struct ctx *cx, forge_issue_id id);
fallible forge_issue_hear(struct ctx *cx, const struct forge *f,
                          const struct forge_heard *h);    // G6

// "in 2.3.1, nordlicht/router#12"
str forge_issue_which(struct arena *a, const struct forge_issue *i);
struct words forge_issue_words(struct arena *a, const struct forge_issue *i, bool fixed);
struct words forge_issue_why(const struct forge_issue *i);    // it could not be created

// Cases of the asker's teams that wait for a word to the customer since it is fixed.
struct forge_news {
    int64_t number;
    str subject, version, project;
    int64_t issue;
    enum forge_issue_state state;
};

fallible forge_issue_news(struct ctx *cx, struct forge_news **out, isize *n);
