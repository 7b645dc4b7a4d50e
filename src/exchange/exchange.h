// SPDX-License-Identifier: GPL-3.0-or-later
// From other systems: one JSON object a line (kind, src, id, ...).
//
//   I1  The same src and id twice is one thing, brought up to date; so an import can be run
//       again, also after it was broken off.
//   I2  Unknown keys are counted and named in the report, never silently lost.
//   I3  A line that cannot be taken is named with its number and reason; the others go on.
//   I4  Times are milliseconds since 1970, UTC; what happened keeps its own time.
//   I5  What was internal stays internal; imported text triggers nothing: no mail, no promise,
//       no duty.
//   I7  A code that is not in its table (status, type, role ...) is refused with those that are;
//       where the line says none, the usual one holds.
//   I8  A case that comes in over tells that it was created and solved at its own times, so that
//       reports count it.  One that is open begins here with the import: its clocks are ours.
//   I6  Marks of VIPs (contact/contact.h, K11) that a line does not name stay as they are.
//
// Kinds and keys:
//   team      name_de, name_en, level, address, assign (pull, turn, load), capacity, categories[],
//             products[]
//   person    login, name, email, role, language, teams[]
//   skill     name_de, name_en, needs[] (category or product, depth)
//   authority level, act (solve, remote, ship, credit, reset, goodwill), category, allowed,
//             amount_cents
//   contact   name, email | emails[], phone | phones[], org, language, address_form, reach, vip,
//             firm_vip
//   product   name, synonyms[], sold_until, supported_until (2026-06-30), successor (the name of
//             one that is there), offer_de, offer_en (or offer: the same in both), ended (true:
//             can no longer be chosen)
//   category  name_de, name_en, parent, words[], ended
//   solution  title, body, audience[], language, key, solution_kind, confidence, steps[], words[],
//             customer_words[], environment, cause, product, category
//   ticket    subject, status, type, channel, level, team, created_ms, contact, language, impact,
//             urgency, product, category, problem, solved_ms, messages[]
//   message   (inside messages[]) from, name, email, internal, at_ms, text, id
#pragma once

#include "base/json.h"
#include "solution/solution.h"
#include "ticket/ticket_words.h"

struct exchange_report {
    int64_t lines, taken, failed;
    struct buf *text;    // what was not understood, a line each
    isize said;          // how many of those
};

// One line in the ctx's transaction.  ERR_INVALID says what is wrong with it.
fallible exchange_line(struct ctx *cx, str line, int64_t nth, struct exchange_report *r);

// What demo/ uses of it too.
fallible exchange_contact(struct ctx *cx, const struct json *o, str src, str id, contact_id *out);
fallible exchange_solution(struct ctx *cx, const struct json *o, str src, str id, solution_id *out);
fallible exchange_product(struct ctx *cx, const struct json *o,
                          struct product *p);    // what it says of p; the rest stays
str exchange_list(struct ctx *cx, const struct json *o, const char *key, str separator);

// I7.  *out stays when the line does not say it.
fallible exchange_code(struct ctx *cx, const struct json *o, const char *key,
                       const struct ticket_word *table, int *out);
fallible exchange_unknown(struct ctx *cx, const char *key, str code, str known);

// "Not there" is an answer; whatever else went wrong is not.
fallible exchange_found(struct ctx *cx, enum err err, bool *there);
