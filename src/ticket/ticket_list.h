// SPDX-License-Identifier: GPL-3.0-or-later
// Lists of cases: one statement, one index a view, a page at a time (W8).
//
//   I1  A view that belongs to a team needs one, but for who sees every case of the desk: without a
//       team it is the view over all of them.  The others look at all that the asker may see.
//   I2  Order: earliest due first, cases without a promise behind them, then the oldest.
//       What is solved, and a contact's cases: newest first.  What nobody was told: by how long.
//   I3  The next page begins behind the last row (a mark, not a count), so nothing is shown
//       twice or skipped when the list moves meanwhile.
//   I4  Counts stop at TICKET_COUNTED: "99+" costs the same for 100 cases and for 100,000.
#pragma once

#include "ticket/ticket.h"

enum { TICKET_COUNTED = 100 };

enum ticket_view {
    VIEW_MINE = 1,    // what I took
    VIEW_INBOX,       // the team must act, and nobody of it has taken it
    VIEW_TEAM,        // the team must act, taken or not
    VIEW_RETURNED,    // given back to the team
    VIEW_CARE,        // another team works, this one owes the customer the next word
    VIEW_WAITING_CUSTOMER,
    VIEW_WAITING_VENDOR,
    VIEW_WAITING_DATE,
    VIEW_UNTOLD,     // solved, the team owes the customer the word of it (W12)
    VIEW_OPEN,       // everything unfinished
    VIEW_SOLVED,     // lately
    VIEW_CONTACT,    // of one contact, whatever became of it
};

extern const struct ticket_word ticket_list_views[];    // "waiting_customer", ...

struct ticket_mark {    // I3; {0} is the beginning
    int64_t key, id;
};

struct ticket_filter {
    enum ticket_view view;
    team_id team;          // 0: all that the asker may see (I1)
    contact_id contact;    // VIEW_CONTACT
    unsigned statuses;     // bits 1 << enum ticket_status; 0: all
    struct ticket_mark after;
    int rows;    // 0: LIMIT_PAGE_ROWS
};

struct ticket_row {
    ticket_id id;
    int64_t number, version;
    enum ticket_status status;
    enum ticket_type type;
    enum channel channel;
    int level, priority;
    str subject, contact_name, contact_org, work_person_name;
    enum ball ball;
    struct words ball_team_name, work_team_name;
    bool unanswered, unreached, contact_vip;
    instant due, created, changed, solved_at;
};

struct ticket_page {
    struct ticket_row *row;
    isize n;
    bool more;
    struct ticket_mark next;
};

fallible ticket_list(struct ctx *cx, const struct ticket_filter *f, struct ticket_page *out);

struct ticket_counts {
    team_id team;
    struct words name;
    int inbox, returned, care, waiting_customer, waiting_vendor, waiting_date, untold;
};

// For each of the asker's teams, and what the asker took.
fallible ticket_list_counts(struct ctx *cx, int *mine, struct ticket_counts **out, isize *n);
