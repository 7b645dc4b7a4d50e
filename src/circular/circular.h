// SPDX-License-Identifier: GPL-3.0-or-later
// One text for many cases ("Rundschreiben"): each customer gets a letter of his own.
//
//   C1  A letter stands in its own case, begins with its customer's greeting and is written in
//       the case's language; in German as Sie or, where there is a text for it, as du.
//   C2  Nothing is written before the time to think is over (LIMIT_UNDO_S).  Until then its
//       writer takes the whole of it back, and no case ever knew of it.
//   C3  A case gets it once, however often its work is tried; a customer with several of the
//       cases gets one letter where `once_each` says so.
//   C4  It goes to cases the writer may see and that are not over, at most LIMIT_CIRCULAR.
//   C5  There is a text for each language that one of the cases needs.
//   C6  With `solve` the letter also solves its case: what helped is named there, and what it
//       taught is owed where it was found out, not once for each case (S10 of solving.h).
//   C7  With `next` each case has a promise of the next word by then, which the next letter
//       keeps.
//   C8  Each letter is work of its own: a case that was over meanwhile is left out, and none
//       holds up another.
//   C9  The same page sent twice is one circular.
//   C10 A letter that cannot be written, because no mail can be sent to its customer, is left out
//       like that: neither written nor solved.  That is said before and, with its case, behind.
#pragma once

#include "solution/solution.h"

KEY(circular_id);

struct job_kind;

enum letter_state {
    LETTER_WAITS = 1,
    LETTER_WRITTEN,
    LETTER_LEFT_OUT,
    LETTER_TAKEN_BACK,
    LETTER_REFUSED
};    // C10

struct circular_text {
    str de;    // with Sie
    str du;    // German with du; empty: as `de`
    str en;
};

struct circular_new {
    struct circular_text text;
    const ticket_id *ticket;
    isize n;
    bool once_each;
    bool solve;
    solution_id solution;    // what solved it, or 0
    str solved;              // in words, without a solution
    instant next;            // 0: nothing is promised
    str key;                 // C9: of the page it was written on; empty: each is its own
};

struct circular_letter {
    ticket_id ticket;
    int64_t number;
    str subject, contact;
    contact_id contact_id;
    enum lang lang;
    bool formal;
    bool unanswered;    // the customer wrote last
    bool by_mail;       // else it can be read in the portal
    bool unwritable;    // C10
    str text;           // the whole of it
};

// The letters as they would be sent; the problems of the text are said as well (C4 C5).
fallible circular_letters(struct ctx *cx, const struct circular_new *c,
                          struct circular_letter **out, isize *n);

// *out is 0 when the same page was sent before.
fallible circular_send(struct ctx *cx, const struct circular_new *c, circular_id *out);
fallible circular_undo(struct ctx *cx, circular_id id);    // C2

struct circular_count {
    instant leaves;    // when its time to think is over
    bool taken_back;
    bool mine;    // its writer asks
    int64_t waits, written, left_out, refused;
};

fallible circular_count(struct ctx *cx, circular_id id, struct circular_count *out);

// C10: those of cases the asker may see, without their texts.
fallible circular_refused(struct ctx *cx, circular_id id, struct circular_letter **out,
                          isize *n);
bool circular_undoable(const struct circular_count *c, instant now);    // pure

// "circular.letter", one for each letter.
extern const struct job_kind circular_jobs[];
