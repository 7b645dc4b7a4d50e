// SPDX-License-Identifier: GPL-3.0-or-later
// A case: what somebody asked, who works on it, who must act now, who owes the next word.
//
//   T1..T15  The transitions of the status, their guards and effects: ticket_check.h.
//   W1  "Am Zug" (ball_*) and "Betreuung" (care_*) are two things; so are the team that works
//       and the level it works at.
//   W2  The ball has exactly one place: ticket_ball(), first match wins.  It is with nobody
//       only when the case is solved, closed, merged or spam.
//   W3  Every change compares the version in the statement that changes it, adds one to it
//       and writes exactly one event.  (ticket_move, ticket_set_ball, ticket_touch leave the
//       event to their caller: engagement.*, message.*.)
//   W4  A team that works, cares or is asked may see the case from then on.
//   W5  The priority follows from impact and urgency; by hand only with a reason.
//   W6  A customer who asks by himself asks for himself.
//   W7  The texts of the Lagebild are never lost: each change is kept.  What says the same as
//       before is no change.
//   W8  Lists and counts are read from an index in the order they are shown; what is over
//       costs nothing.  Order: earliest due first, then the oldest.
//   W9  When our newest reply did not reach the customer the case knows it until somebody
//       answers, calls or solves it; waiting for the customer ends (T5).
//   W10 Of a contact's addresses the one counts that he last wrote to this case from, else his
//       first.  One that is not his never does, whatever a mail says.
//   W11 What "Jetzt" says holds until the ball moves, the lead decides or the case is over:
//       pages say then who is to act, and the words only behind it; what leaves the house says
//       which it is.
//   W12 When the reply that told of the solving is taken back the case knows it until a reply or a
//       call tells of it, or it is opened again.
//
// An operation takes the case at the version its asker saw and leaves the new version there,
// so that several can follow in one transaction:
//
//     struct ticket_at at = {id, form_int(rq, "version")};
//     TRY(ticket_take(cx, &at));
//     TRY(ticket_solve(cx, &at, &solving));
#pragma once

#include "job/job.h"
#include "person/person.h"
#include "ticket/category.h"
#include "ticket/product.h"
#include "ticket/ticket_number.h"
#include "ticket/ticket_words.h"

KEY(ticket_id);

// A case at a version.  ERR_STALE when it has another one by now.
struct ticket_at {
    ticket_id id;
    int64_t version;    // TICKET_ANY_VERSION: whatever it is (jobs, intake; never from a form)
};

enum { TICKET_ANY_VERSION = -1 };

// Everything a page shows of a case, in one statement.
struct ticket {
    ticket_id id;
    int64_t version, number;
    enum ticket_type type;
    enum channel channel;
    enum ticket_status status;
    int level;

    enum ball ball;
    team_id ball_team;       // with BALL_TEAM
    team_id pending_team;    // an open engagement gives the ball to this team while it is open
    team_id work_team, care_team;
    person_id work_person, care_person;
    struct words ball_team_name, work_team_name, care_team_name;
    str work_person_name, care_person_name;

    contact_id contact;
    str contact_name, contact_org, contact_mail, contact_phone, contact_reach;
    int contact_mail_fails;    // enum bounce_reason (undelivered.h); 0: it works, as far as we know
    enum lang contact_lang;
    bool contact_formal, contact_vip;    // contact.h, K11

    category_id category;
    struct words category_name;
    product_id product;
    str product_name;
    struct product_life product_life;
    int impact, urgency, priority;
    str priority_why;    // not empty: set by hand

    str subject;
    str problem, tried, current;    // Lagebild
    bool current_past;              // W11
    enum lang lang;
    instant due;           // earliest open promise
    instant wait_until;    // in TICKET_WAITING_DATE
    bool unanswered;       // the customer wrote last
    bool unreached;        // W9
    int64_t reopened, returns;

    instant solved_at;
    int solved_level;
    enum solved_how solved_how;
    str solved_text;
    bool assisted;
    int64_t solution;    // key of the linked solution (solution/solution.h)

    instant ended;    // closed, merged or put away as spam
    ticket_id merged_into, follows;
    int64_t merged_number, follows_number;
    bool ours;    // the asker belongs to the team that works on it
    str src, src_id;
    instant created, changed;
};

// ERR_ABSENT also for cases that are not the asker's.
fallible ticket_load(struct ctx *cx, ticket_id id, struct ticket *out);
fallible ticket_by_number(struct ctx *cx, int64_t number, struct ticket *out);
fallible ticket_by_src(struct ctx *cx, str src, str src_id, ticket_id *out);

// Where it goes on: the case itself, or the one that it was merged into, however often.
fallible ticket_goes_on(struct ctx *cx, ticket_id id, struct ticket *out);

struct ticket_at ticket_at(const struct ticket *t);

// What decides about a message, without what only a page shows: a third of the work.
struct ticket_head {
    ticket_id id;
    int64_t version;
    enum ticket_status status;
    int level;
    team_id work_team;
    instant solved_at;
    bool unanswered;
    ticket_id merged_into;
};

fallible ticket_head(struct ctx *cx, ticket_id id, struct ticket_head *out);
fallible ticket_head_goes_on(struct ctx *cx, ticket_id id, struct ticket_head *out);

// --- T1 --------------------------------------------------------------------------------

struct ticket_new {
    enum channel channel;
    enum ticket_type type;    // 0: a question
    str subject;    // empty: the problem's first line; cut to LIMIT_SUBJECT characters
    str problem;
    contact_id contact;
    category_id category;
    product_id product;
    int impact, urgency;    // 0: 1 and 3, that is a normal priority until somebody looked
    enum lang lang;         // 0: the contact's, else the desk's
    team_id team;           // 0: one of the asker's own, else the intake
    ticket_id follows;      // T15
    str src, src_id;        // imported
    instant created;        // imported; 0: now
};

struct ticket_made {
    struct ticket_at at;
    int64_t number;
    team_id team;
    int level, priority;
};

str ticket_subject(struct arena *a, str s);    // one line of LIMIT_SUBJECT characters

fallible ticket_create(struct ctx *cx, const struct ticket_new *n, struct ticket_made *out);

// --- work ------------------------------------------------------------------------------

struct ticket_class {
    enum ticket_type type;    // 0: as it was
    category_id category;     // 0: nobody knows yet ("weiß nicht")
    product_id product;
    int impact, urgency;
    int priority;    // 0: from impact and urgency
    str why;         // needed when the priority is set by hand
};

// This desk's, or 0.  ERR_INVALID with a sentence at "category" or "product".
fallible ticket_class_check(struct ctx *cx, category_id category, product_id product);
// Of what a form begins with: what can still be chosen (category.h C5, product.h R7), else 0.
fallible ticket_class_offered(struct ctx *cx, category_id *category, product_id *product);
fallible ticket_classify(struct ctx *cx, struct ticket_at *at,
                         const struct ticket_class *c);        // T2
fallible ticket_open(struct ctx *cx, struct ticket_at *at);    // T2, because somebody answered
fallible ticket_take(struct ctx *cx, struct ticket_at *at);    // T2; only one's own team's
fallible ticket_release(struct ctx *cx, struct ticket_at *at);    // back to the team

struct lagebild {
    str problem, tried, current;
};

fallible ticket_set_lagebild(struct ctx *cx, struct ticket_at *at, struct lagebild l);

struct ticket_past {    // W7
    struct lagebild text;
    str person;
    instant at;
};

fallible ticket_lagebild_list(struct ctx *cx, ticket_id id, struct ticket_past **out, isize *n);

struct ticket_waiting {
    enum ticket_status for_what;    // one of TICKET_WAITING_*
    instant asked;                  // T4: when we last put a public question (message_asked)
    instant until;                  // T9
};

fallible ticket_wait(struct ctx *cx, struct ticket_at *at,
                     const struct ticket_waiting *w);    // T4 T7 T9
fallible ticket_resume(struct ctx *cx,
                       struct ticket_at *at);    // T5 T8 T10, by a person or a job
fallible ticket_customer_replied(struct ctx *cx,
                                 struct ticket_at *at);    // T5, by the customer's words

// W9: which reply; whether the customer has waited for one since.  Whoever says so writes the event
// of it; the end of waiting has its own.
fallible ticket_unreached(struct ctx *cx, struct ticket_at *at, int64_t message,
                          bool unanswered);
// W12: a reply of this case was taken back.
fallible ticket_untold(struct ctx *cx, ticket_id id);
fallible ticket_is_untold(struct ctx *cx, ticket_id id, bool *out);

struct ticket_solving {
    enum solved_how how;
    int64_t solution;    // SOLVED_BY_SOLUTION
    str text;            // SOLVED_BY_TEXT: at least 20 characters
    int level;           // which level found it; 0: the case's
    bool assisted;       // another level was asked
    bool told;           // the customer was told in the call, or a public message goes with it
    int reminders;       // SOLVED_NO_REPLY: how many were sent
};

fallible ticket_solve(struct ctx *cx, struct ticket_at *at,
                      const struct ticket_solving *s);                          // T3 T6 T14b
fallible ticket_close(struct ctx *cx, struct ticket_at *at, bool confirmed);    // T12
fallible ticket_reopen(struct ctx *cx, struct ticket_at *at, enum ticket_why why);    // T11
fallible ticket_unsolve(struct ctx *cx,
                        struct ticket_at *at);    // T3 taken back at once: undo.h

// Before the first write to either: two who merge cases into each other wait, in the order of the
// keys, and do not block each other.
fallible ticket_hold(struct ctx *cx, ticket_id one, ticket_id other);

fallible ticket_merge(struct ctx *cx, struct ticket_at *from,
                      struct ticket_at *into);                     // T13: call step_merge
fallible ticket_spam(struct ctx *cx, struct ticket_at *at);        // T14
fallible ticket_not_spam(struct ctx *cx, struct ticket_at *at);    // T14 undone, 30 days

fallible ticket_care(struct ctx *cx, struct ticket_at *at, team_id team, person_id person);
// Who asks, of the same desk.  message_set_contact() decides whether it may be somebody else.
fallible ticket_set_contact(struct ctx *cx, struct ticket_at *at, contact_id contact);
fallible ticket_see(struct ctx *cx, ticket_id id, team_id team);    // W4

// Where a new case begins, before anybody took it: care goes along, and the team it would have
// begun with sees it no more, unless the asker is in it.  `choice`: why (routing/routing.h).
struct ticket_route {
    team_id team;
    int level, priority;
    str why;    // of another priority
    int64_t choice;
    const char *by;    // its code: "rule", "address", "topic", "lead"
};

fallible ticket_route(struct ctx *cx, struct ticket_at *at, const struct ticket_route *r);

// Somebody of the team that works on it has it from now on, without having asked for it.
fallible ticket_assign(struct ctx *cx, struct ticket_at *at, person_id person, int64_t choice);

// --- for engagement/ and message/: no event of their own ----------------------------------

// Who works on it from now on.  Ends what was pending.
struct ticket_move {    // a new case is open then
    team_id team;
    int level;
    person_id person;     // 0: the team
    team_id care_team;    // 0: as it was
    bool returned;        // counts as given back
};

fallible ticket_move(struct ctx *cx, struct ticket_at *at, const struct ticket_move *m);

// What open engagements want of the ball.
struct ticket_pending {
    team_id asked;     // of an open question to another team (async consult), or 0
    team_id sender;    // of a hand-over or return that waits to be accepted, or 0
};

fallible ticket_set_ball(struct ctx *cx, struct ticket_at *at, struct ticket_pending p);

// Something was added to the case.
enum ticket_touch { TICKET_TOUCHED = 1, TICKET_ASKED, TICKET_ANSWERED, TICKET_CALLED };
fallible ticket_touch(struct ctx *cx, struct ticket_at *at, enum ticket_touch how);

// Why a statement of another feature that compared the version found no row: ERR_ABSENT, else
// ERR_STALE.
fallible ticket_missed(struct ctx *cx, const struct ticket_at *at);

// --- pure --------------------------------------------------------------------------------

struct ticket_ball {
    enum ball ball;
    team_id team;
};

struct ticket_ball ticket_ball(enum ticket_status status, team_id work,
                               struct ticket_pending p);    // W2
int ticket_priority(int impact, int urgency);               // W5
bool ticket_is_over(enum ticket_status status);             // solved, closed, merged, spam

// "Sie", and not "du", to the customer: to whom we do not know, always.  Pure.
bool ticket_is_formal(const struct ticket *t);

// How a letter to its customer begins, in his language, Sie or du; Sie to who is not known.
str ticket_greeting(struct arena *a, const struct ticket *t);

enum {
    TICKET_REOPEN_S = 14 * 86400,    // T11
    TICKET_CLOSE_S = 7 * 86400,      // T12
    TICKET_TEXT_LEAST = 20,          // T3: characters that say what helped
};

bool ticket_may_reopen(enum ticket_status status, instant solved_at, instant now);    // T11

// --- what happens by itself ------------------------------------------------------------------

// "ticket.wake": T10 when the date is reached.  "ticket.close": T12 after 7 days.
extern const struct job_kind ticket_jobs[];
