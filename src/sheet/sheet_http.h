// SPDX-License-Identifier: GPL-3.0-or-later
// A sheet: a page with one form for one act on a case (hand over, return, solve, ...).  Here is
// what all of them share: finding the case, the frame with the Lagebild beside it, and keeping
// what was typed when the writer goes away.
//
//   B1  Who leaves a sheet by "Zurück, Text bleibt" finds it again as it was, and so does
//       nobody else (message/draft.h).
//   B2  Sending a sheet forgets what was kept; a refused one keeps it.
//   B3  A sheet carries the case's version it was opened with.  When the case has changed
//       meanwhile it comes back with what was typed, says so, and carries the new version.
//   B5  One word leaves a form: "Zurück, Text bleibt" where it is kept (B1), "Abbrechen" where
//       it is not.  "Zurück" is a way from what was only to be read.
//   B4  An address with a number that is none, or with another desk's, is a page that is not
//       there.
//   B5  A mail of a person that waits for its time says when it leaves; who wrote it takes it back
//       there.  What was written last is in view for its ten seconds, all others in a line each.
//       One that the customer has crossed says so, with what can be done (outbox.h, O14).
//
//     TRY(sheet_open(cx, rq, "uebergabe", DRAFT_HANDOVER, &s));
//     if (sheet_leaves(rq))
//         return sheet_keep(cx, rq, rp, &s);
//     struct ticket_at at = sheet_at(rq, &s);
#pragma once

#include "message/draft.h"
#include "outbox/outbox.h"
#include "ticket/ticket.h"
#include "web/frame.h"
#include "web/request.h"

struct json;

struct sheet {
    const char *name;    // which form: its draft is kept under this name
    enum draft_kind kind;
    struct ticket ticket;
    str number;                 // 4182-2073
    bool changed;               // B3
    const struct json *kept;    // B1; NULL when there is nothing
    const struct json *all;     // everything in that draft: other sheets' too
};

struct sheet_waits {    // B5
    const struct outbox_waiting *mail;
    isize n;
    str number, customer;    // of the case
};

// The case of the route's first {name}.
fallible sheet_ticket(struct ctx *cx, const struct request *rq, struct ticket *out);    // B4
fallible sheet_open(struct ctx *cx, const struct request *rq, const char *name,
                    enum draft_kind kind, struct sheet *out);
struct ticket_at sheet_at(const struct request *rq, const struct sheet *s);
struct ticket_at sheet_at_of(const struct request *rq,
                             ticket_id id);    // where there is no sheet

// What to show in a field: typed and refused, else kept, else `stored`.
str sheet_text(const struct request *rq, const struct sheet *s, const char *field, str stored);

// The request as if what was kept had just been typed, for forms that read by themselves.
const struct request *sheet_typed(struct ctx *cx, const struct request *rq,
                                  const struct sheet *s);

str sheet_written(struct arena *a, const struct field *form);    // JSON, without what is ours

bool sheet_leaves(const struct request *rq);
fallible sheet_store(struct ctx *cx, const struct request *rq, const struct sheet *s);    // B1
fallible sheet_fill(struct ctx *cx, const struct sheet *s,
                    const struct field *form);    // as if that had been typed and kept
fallible sheet_keep(struct ctx *cx, struct request *rq, struct reply *rp,
                    const struct sheet *s);                                      // B1
fallible sheet_forget(struct ctx *cx, const struct sheet *s);                    // B2
fallible sheet_done(struct ctx *cx, struct reply *rp, const struct sheet *s);    // to the case

// B5
const struct outbox_waiting *sheet_toast(const struct page *p, const struct sheet_waits *v);
bool sheet_is_mine(const struct page *p, const struct outbox_waiting *m);
int64_t sheet_left_s(const struct page *p, const struct outbox_waiting *m);
str sheet_addressee(const struct sheet_waits *v, const struct outbox_waiting *m);
