// SPDX-License-Identifier: GPL-3.0-or-later
// The page on which a circular is written, looked at and sent, wherever it is opened from (a
// problem, a major incident), and the page that says how far it went.
//
//   H1  Every letter can be read as it will leave before it leaves, and left out by a tick.
//   H2  What was typed comes back, after a look as after a refusal.
//   H3  The page behind says how many were written, and takes all of it back while there is
//       time.
#pragma once

#include "circular/circular.h"
#include "web/frame.h"
#include "web/request.h"

struct circular_page {
    str title;
    struct words hint;
    struct url action, back;
    str back_name;
    const ticket_id *ticket;    // the cases it could go to
    isize tickets;
    const struct circular_letter *letter;    // of all of them, as they would be sent
    isize letters;
    struct circular_text text;
    bool ask_solve, solve;    // may the letters solve their cases
    bool ask_next;            // is the next word promised
    str day, clock;           // of the next word
    bool ask_script;          // and what the 1st level says meanwhile
    str script;
    bool ask_page;    // and what a page says that greets nobody and can be answered by nobody
    struct words page;
    int64_t version;    // of the thing it is about, where that changes with it
    bool looked;        // the letters are shown open
};

// What was typed over what stands in *v, and the letters.
fallible circular_page_open(struct ctx *cx, const struct request *rq, struct circular_page *v);

// The circular as typed: the ticked cases, the texts, the promise.
fallible circular_page_take(struct ctx *cx, const struct request *rq,
                            const struct circular_page *v, struct circular_new *out);
bool circular_page_looks(const struct request *rq);    // "show me", not "send"

struct circular_state {
    circular_id id;
    struct circular_count count;
    const struct circular_letter *refused;    // C10
    isize refuseds;
    bool undoable;
    int64_t left_s;
    struct url action, back;
    str back_name;
};

fallible circular_state_open(struct ctx *cx, circular_id id, struct circular_state *v);

// --- words of the templates ----------------------------------------------------------------

str circular_box(const struct page *p, ticket_id ticket);
bool circular_ticked(const struct page *p, const struct circular_letter *l);    // H2
