// SPDX-License-Identifier: GPL-3.0-or-later
// The demo desk "Nordlicht Netz": invented people, real kinds of trouble.
//
//   O1  Everything is played through the rules of the real program, each step at its own time
//       and in the name of who did it; so the demo shows nothing the program cannot do.
//   O2  No real person, firm, address or number stands in it.
//   O3  It is loaded only into empty data.
//   O4  All members of staff have one password, printed at the start; so it is for trying only.
//   O6  The links in its mails lead to where it is served.
//   O7  What is known was learned one by one, some of it in these days; some of what was solved
//       above level 1 is still owed, and in time.
//   O8  Older cases, long closed, come first: enough of them that the desk has learned what to
//       suggest (triage/triage.h), and some new ones that nobody has classified show it.
//   O9  Where a folder of keys is named, a desk's key and some customers' are made, and letters
//       come in: one encrypted and signed, whose sender wants answers of that kind, and one that
//       was changed behind its signature.  The folder is new: no key that somebody made is
//       touched, and none of these is of use to anybody.
#pragma once

#include "db/db.h"

extern const char demo_password[];

// The files of content/, put into the program by tools/embed.py.
struct demo_file {
    const char *name;    // "ticket.jsonl"
    str bytes;
};
extern const struct demo_file demo_files[];

// What is played, in pieces that are one transaction each.
struct demo;
// `base_url`: where it will be served, http://127.0.0.1:8080.
struct demo *demo_new(struct arena *a, instant now, str base_url);
fallible demo_people(struct ctx *cx, void *demo);       // desk, teams, staff, contacts, products
fallible demo_solutions(struct ctx *cx, void *demo);
fallible demo_next_ticket(struct ctx *cx, void *demo);  // ERR_ABSENT when all are played

// O9.  The first asks gpg and needs no database; the other brings in what it made, after the
// people.  The letters are proven as by a mail server of this name (intake/auth_results.h).
extern const char demo_auth_server[];
fallible demo_letters_write(struct ctx *cx, struct demo *d, str home);
fallible demo_letters_bring(struct ctx *cx, void *demo);

// The name of the ticket that failed last, for the report.
str demo_ticket_key(const struct demo *d);
