// SPDX-License-Identifier: GPL-3.0-or-later
// The list of cases and, beside it, the one that is chosen: /w/inbox.
//
//   V1  Earliest promise first, so that nobody shops for easy cases; what is over: newest first.
//   V2  Every state of the page has an address: view, team, chosen case, place in the list.
//   V3  The list never moves by itself; what is new is counted and shown on request.
//   V4  What is done to many is done to each at the version its reader saw; those that changed
//       meanwhile are left alone and counted.
//   V5  Who leads gives marked cases to somebody of the team, and sends new ones to another team.
//   V6  A return that waits for acceptance counts, and stands first, among the returns.
//   V7  A row says that its case is at the lead, and that our last reply did not reach the
//       customer.
//   V8  A lead without a team sees each view over all teams.
//   V9  A row says that its case came back to the reader, and why (news.h).
//   V10 What is solved while its customer was not told has a view, for the team that owes him the
//       word, with its number.
#pragma once

#include "engagement/engagement_path.h"
#include "inbox/news.h"
#include "staff/staff_http.h"
#include "ticket/ticket_list.h"
#include "web/route.h"
#include "workplace/workplace_http.h"

struct inbox_group {    // rows due at about the same time
    struct words name;
    const char *tone;    // late
    const struct ticket_row *row;
    isize n;
};

enum { INBOX_GROUPS = 5 };

struct inbox_page {
    enum ticket_view view;
    team_id team;
    struct words team_name;
    struct ticket_counts *count;    // of each of the asker's teams
    isize counts;
    const struct ticket_counts *own;    // of the shown team; NULL without one
    int mine;
    struct ticket_page list;
    struct engagement_waiting *back;    // returns that wait for this team
    isize backs;
    struct news *news;    // V9
    isize newss;
    ticket_id *led;    // cases that are at a lead (V7)
    isize leds;
    struct inbox_group group[INBOX_GROUPS];
    isize groups;
    const struct workplace_page *chosen;    // NULL when the list is empty
    int64_t done, left;                     // V4: after something was done to many
    bool nothing;                           // the next case was asked for, and there is none
    const struct staff_choice *person, *other;    // V5
    isize people, teams;
};

extern const struct route inbox_routes[];

// --- words of the templates ----------------------------------------------------------------

struct words inbox_view_name(enum ticket_view view);
int inbox_count(const struct inbox_page *v, enum ticket_view view);           // -1: not counted
bool inbox_is_led(const struct inbox_page *v, const struct ticket_row *r);    // V7
bool inbox_is_new(const struct inbox_page *v, const struct ticket_row *r);    // to its reader
bool inbox_is_chosen(const struct inbox_page *v, const struct ticket_row *r);
str inbox_number(const struct page *p, int64_t number);
str inbox_who(const struct ticket_row *r);    // the firm, else the name
