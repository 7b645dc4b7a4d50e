// SPDX-License-Identifier: GPL-3.0-or-later
// A question to a vendor: what leaves the house, how it gets there, and what comes back.
//
//   A1  He gets the subject and the text that the sheet showed, below it the link to his page
//       (vendor_link.h) and the signature; no files, and nothing else of the case.
//   A2  What the release check finds (release.h) does not leave, unless it is released: with a
//       reason, kept at the question and as an event that says which role did it.
//   A3  The question is an engagement (engagement.h): the case waits for the vendor, his clocks
//       run (reckon.h, R5), and there is one for each vendor at a time.
//   A4  His mails come by the signed address of this question's thread (referral.h, X3 X6), or
//       with his own number in the subject: that only proven, and from the very address the
//       question went to, for anybody can write a number.
//   A5  What a person writes is the answer: it ends the question, stops his clocks, and the case
//       works again.  Later mails are kept in the thread and move nothing.
//   A6  An automatic mail is never the answer.  It acknowledges when it confirms
//       (vendor_number.h, N7).
//   A7  His number is taken from the subject once, by mail; on his page he may correct it.
//   A8  How the answer came is shown: entered by us, by his page, by mail, by mail unproven.
#pragma once

#include "engagement/engagement.h"
#include "referral/referral.h"
#include "engagement/release.h"
#include "vendor/vendor.h"

enum release_why { WHY_NEEDED = 1, WHY_AGREED, WHY_NOBODY, RELEASE_WHYS };    // A2

extern const struct ticket_word vendor_ask_whys[];    // by the enum

enum vendor_heard { HEARD_PAGE = 1, HEARD_MAIL, HEARD_UNPROVEN };    // A8; 0: entered by us

struct vendor_question {
    str subject, text;
    enum release_why released;    // 0: no
};

struct vendor_asked {
    engagement_id id;
    ticket_id ticket;
    struct team team;
    int64_t version;
    enum engagement_state state;
    referral_id referral;    // 0: not by mail
    str subject, text, number, answer;
    enum release_why released;
    enum vendor_heard heard;
    instant requested, accepted, concluded;
    instant ack_due, fix_due;    // 0: not agreed, or met; only vendor_ask_list() tells
    bool ack_late, fix_late;
    enum lang lang;
    str name;    // of the vendor
};

// What the sheet begins with: greeting, question, number of the case, number of our contract.
struct vendor_question vendor_ask_usual(struct arena *a, const struct ticket *t,
                                        const struct vendor *v, str question);

// What the check finds in subject and text, of this case's customer (A2).
struct vendor_finds {
    struct release_find *subject, *text;
    isize subjects, texts;
};

fallible vendor_ask_check(struct ctx *cx, const struct ticket *t, const struct vendor *v,
                          const struct vendor_question *q, struct vendor_finds *out);

// What stands below it: the link, or a word for it.  Pure.
str vendor_ask_foot(struct arena *a, enum lang lang, str link);

fallible vendor_ask(struct ctx *cx, struct ticket_at *at, team_id vendor,
                    const struct vendor_question *q, engagement_id *out);

bool vendor_ask_is_open(const struct vendor_asked *v);
fallible vendor_ask_list(struct ctx *cx, ticket_id ticket, struct vendor_asked **out, isize *n);

// --- what comes back -------------------------------------------------------------------------

struct vendor_mail {
    referral_id thread;
    str address, subject, text;    // address: of who wrote
    bool automatic, proven;
};

// For the intake, behind what the mail did already: does the thread belong to a question?
fallible vendor_ask_heard(struct ctx *cx, const struct vendor_mail *m);

// A4.  For the intake: of a proven mail, by the number in its subject; thread 0: of none.
fallible vendor_ask_by_number(struct ctx *cx, str address, str subject, ticket_id *ticket,
                              referral_id *thread);

// By his page.  Reading and writing act for the desk; cx is a stranger again behind.
fallible vendor_ask_open(struct ctx *cx, str token, struct vendor_asked *out);
fallible vendor_ask_confirm(struct ctx *cx, str token, str number);

struct vendor_answer {
    str number, text;
    const struct attachment_new *file;    // kept with his words where there is a thread
    isize files;
};

fallible vendor_ask_answer(struct ctx *cx, str token, const struct vendor_answer *a);
