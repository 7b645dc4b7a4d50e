// SPDX-License-Identifier: GPL-3.0-or-later
// The page of a case, /w/t/{nr}: GET, and the small words its templates use.
//
//   H1  Every form on it carries the version the reader saw.  What somebody else changed
//       meanwhile is shown, and what was typed is still there (409).
//   H2  A case that is not the reader's looks like one that does not exist.
//   H3  It is the page of the benchmark: nothing on it is looked up or put together twice.
#pragma once

#include "sheet/sheet_http.h"
#include "web/route.h"
#include "workplace/workplace.h"

struct workplace_page {
    const struct workplace *w;
    str reply, note;    // drafts, or how a letter begins
    instant saved;      // the newer draft
    str day, clock;     // compose.h, C5: when the reply is to leave, as kept
    bool internal;      // which of the two is open
    message_id newest;
    int64_t seen;    // a refused reply: the newest message its writer had seen
    int stopped;     // how many came after that
    str merged;      // the number of a case that was merged into this one a moment ago
    int64_t undo_s;    // how long solving it in a call can still be taken back; 0: it cannot
    bool untold;       // solving/undo.h, U5
};

extern const struct route workplace_routes[];

// The page again, for the forms that stand on it (route.form).
handler workplace_again;

// The case of the address, at the version the form carries.
fallible workplace_form(struct ctx *cx, const struct request *rq, struct ticket *out,
                        struct ticket_at *at);
fallible workplace_back(struct ctx *cx, struct reply *rp, const struct ticket *t);

// --- words of the templates ----------------------------------------------------------------

str workplace_title(struct page *p, const struct workplace *w);
str workplace_typed(const struct page *p, const char *field, str stored);
str workplace_customer(const struct page *p, const struct workplace *w);
str workplace_ended(struct page *p, const struct workplace *w);       // P5
str workplace_what(const struct page *p, const struct promise *k);    // what is promised
str workplace_promised(const struct page *p, const struct workplace *w);
str workplace_size(const struct page *p, int64_t bytes);
struct url workplace_dial(const struct page *p, str phone);           // tel:
str workplace_fails(const struct page *p, const struct ticket *t);    // why mails come back
const struct undelivered *
workplace_lost(const struct workplace *w);    // timeline.h, L8; NULL: nobody said why
bool workplace_unwritable(const struct page *p, const struct ticket *t);    // mail/build.h, W3
bool workplace_seals(const struct page *p);    // P8: keys are set up, or the reader may
const char *workplace_tone(const struct page *p, instant due);              // late, soon
const char *workplace_station(const struct workplace *w, const struct engagement_station *s);
const struct sheet_waits *workplace_waiting(const struct page *p, const struct workplace *w);
const char *workplace_entry(const struct message *m);
bool workplace_others_long(const struct message *m);    // timeline.h, L10
int workplace_others_count(const struct message *m);
str workplace_others(const struct page *p, const struct message *m);    // in one line
str workplace_span(const struct page *p, instant from,
                   instant until);                       // heute 9:10 bis 11:15
instant workplace_since(const struct engagement *e);     // when it came to its state
bool workplace_passed_on(const struct engagement *e);    // accepted, and then handed over
bool workplace_answers(const struct workplace *w, const struct engagement *e);
bool workplace_talks(const struct ctx *cx, const struct engagement *e);    // the asker's, live
bool workplace_names(const struct engagement *e, const struct solution_link *l);    // a return
