// SPDX-License-Identifier: GPL-3.0-or-later
// The small fixed sets of a case, each value with a stable code (API, import, command line,
// events) and its words for people.
//
//   N1  Codes never change; words may.
//   N2  Every value of every enum has a code and both languages; 0 is no value.
#pragma once

#include "base/arena.h"

enum ticket_status {
    TICKET_NEW = 1,
    TICKET_OPEN,
    TICKET_WAITING_CUSTOMER,
    TICKET_WAITING_VENDOR,
    TICKET_WAITING_DATE,
    TICKET_SOLVED,
    TICKET_CLOSED,
    TICKET_MERGED,
    TICKET_SPAM,
};

enum ticket_type {
    TICKET_QUESTION = 1,
    TICKET_INCIDENT,
    TICKET_REQUEST,
    TICKET_COMPLAINT,
    TICKET_QUOTE,
    TICKET_FEEDBACK,
};

enum channel {
    CHANNEL_PHONE = 1,
    CHANNEL_MAIL,
    CHANNEL_PORTAL,
    CHANNEL_CHAT,
    CHANNEL_API,
    CHANNEL_IMPORT,
};

// Who must act now ("Am Zug").
enum ball { BALL_TEAM = 1, BALL_CUSTOMER, BALL_VENDOR, BALL_DATE, BALL_NOBODY };

enum solved_how {
    SOLVED_BY_SOLUTION = 1,    // a known solution is linked
    SOLVED_BY_TEXT,            // how is described in words
    SOLVED_BY_ITSELF,          // gone without us
    SOLVED_NOT_OURS,           // another place is responsible, the customer knows which
    SOLVED_NO_REPLY,           // silence after announced deadlines (T6)
    SOLVED_WITHDRAWN,          // the customer does not need it any more (T14b)
};

// Why a solved case is opened again.
enum ticket_why {
    REOPENED_BY_CUSTOMER = 1,    // the customer wrote or said that it is not solved
    REOPENED_AGAIN,              // the same thing came back
    REOPENED_BY_US,              // we noticed ourselves
};

struct ticket_word {
    const char *code;
    struct words name;
};

// Indexed by their enum; the entry after the last has code NULL.
extern const struct ticket_word ticket_words_status[];
extern const struct ticket_word ticket_words_phase[];    // by status: in words for customers
extern const struct ticket_word ticket_words_type[];
extern const struct ticket_word ticket_words_channel[];
extern const struct ticket_word ticket_words_ball[];
extern const struct ticket_word ticket_words_how[];
extern const struct ticket_word ticket_words_why[];
extern const struct ticket_word ticket_words_priority[];    // 1 critical .. 4 low
extern const struct ticket_word ticket_words_impact[];      // 1 one person .. 4 everybody
extern const struct ticket_word ticket_words_urgency[];     // 1 can wait .. 4 nothing works

str ticket_words_codes(struct arena *a, const struct ticket_word *table);    // "new, open, ..."

// The value of a code; false and *out untouched if the table has none.
bool ticket_words_find(const struct ticket_word *table, str code, int *out);

// How a letter begins: "Guten Tag Karin Brandt,".  A name that is only the beginning of the address
// (of who wrote without one) is none.
str ticket_words_greeting(struct arena *a, str name, str mail, enum lang lang, bool formal);

// True if n is a value of the table.
bool ticket_words_has(const struct ticket_word *table, int64_t n);
