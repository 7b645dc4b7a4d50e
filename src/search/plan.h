// SPDX-License-Identifier: GPL-3.0-or-later
// What somebody typed, understood: which words, what else each may be called, how rare it is.
//
//   P1  Whatever is typed is data.  A plan holds stems only (S4), so the query made of it
//       always compiles, on both databases.
//   P2  "Words between quotes" are found in that order and nowhere else.
//   P3  Small words count only if there are no others.
//   P4  The last word may be unfinished: it stands for the words that begin with it, the most
//       frequent first.
//   P5  A word also finds the compounds it begins or ends: Drucker, Druckerwarteschlange,
//       Netzwerkdrucker.
//   P6  A word that occurs nowhere stands for those it may be a slip of the hand for.
//   P7  At most LIMIT_SEARCH_TERMS words; the rest is not looked for.
#pragma once

#include "db/db.h"

enum { PLAN_ALTS = 24, PLAN_UNITS = 32 };    // P7: room for LIMIT_SEARCH_TERMS

// One way to say it: stems, several of them for a phrase.
struct plan_alt {
    str text;
    bool open;      // the last stem may go on
    int percent;    // how good it is, compared with the word itself
};

struct plan_unit {
    str typed;
    str plain;    // of one word of letters: as typed, folded
    struct plan_alt alt[PLAN_ALTS];
    int n;
    bool last;        // P4
    bool near;        // P6: what was typed occurs nowhere
    int64_t docs;     // documents that have it: how rare it is
    int64_t reach;    // documents that have any of the ways to say it, at most
};

struct plan {
    struct plan_unit unit[PLAN_UNITS];
    int n;
    int64_t docs;    // documents in all
};

// Pure: P1 P2 P3 P7.  `typing`: the last word may be unfinished, unless a blank follows.
void plan_read(struct arena *a, str words, bool typing, struct plan *out);

// P4 P5 P6, from the words of the asker's desk.
fallible plan_look(struct ctx *cx, struct plan *p);

// Who may be shown what decides where is looked.
enum plan_where { PLAN_SAID = 1, PLAN_ALL };    // titles and what customers read; notes too

// The query for SQLite or PostgreSQL: documents that have all units, or any of the first
// `some` when that is not 0; and all of these marks.
str plan_query(struct ctx *cx, const struct plan *p, int some, enum plan_where where,
               str marks);

// The rarest units first, and how many of them to ask for so that at most about `most`
// documents answer: the others can only raise the rank of what these find.
int plan_rarest(struct plan *p, int64_t most);

// Would going through the newest documents find enough sooner than collecting all that the
// query has?  Of `some` see plan_query.
bool plan_is_frequent(const struct plan *p, int some);

// How many letters must be put in, left out, changed or exchanged with their neighbour to
// make one word of the other; most + 1 if more than most.  Pure.
int plan_distance(str x, str y, int most);
