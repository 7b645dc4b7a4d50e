// SPDX-License-Identifier: GPL-3.0-or-later
// What is known: solutions, who may use them, where they helped.  Knowledge flows down from
// here (DOMAIN 8); what is owed stands in duty/duty.h.
//
//   K1  A solution has a number of its desk, L-101 and up, and no number is given twice.
//   K2  Who may read it is decided in the statements (@audience): a level reads what is meant
//       for it or for those below, leads and stewards read everything, customers what is
//       meant for them.  What somebody may not read is absent for them.
//   K3  Who is not staff reads only what is validated.
//   K4  Without the right to publish one writes for the own level and those below it, calls
//       nothing validated and leaves alone what customers read; a flag is always possible.
//   K5  Of two who change one version, one wins.
//   K6  A link keeps whether the solution is older than the case and for whom it was then.
//       Linking again changes nothing; "resolved" counts as one reuse for each case.
//   K7  What was tried with the customer stands in the case's line "Bisher".
//   K8  A draft is made from the Lagebild and stored by nobody: a human corrects it first.
//   K9  What makes a solution usable, or no longer usable, lets the duties look again.
//   K10 What is imported twice is one solution.
//   K11 When a case is merged into another one, what was linked and tried goes along, each once;
//       what was tried stands in "Bisher" there.  What resolved the one has helped in the other.
#pragma once

#include "ticket/ticket.h"

KEY(solution_id);

enum solution_kind {
    SOLUTION_HOWTO = 1,
    SOLUTION_FIX,
    SOLUTION_WORKAROUND,
    SOLUTION_KNOWN_ERROR,
    SOLUTION_POLICY,
};

enum confidence {
    SOLUTION_WIP = 1,
    SOLUTION_NOT_VALIDATED,
    SOLUTION_VALIDATED,
    SOLUTION_ARCHIVED,
};

// Audiences are bits; tools/sqlgen.py knows the same ones.
enum {
    SOLUTION_L1 = 1,
    SOLUTION_L2 = 2,
    SOLUTION_L3 = 4,
    SOLUTION_CUSTOMER = 8,
    SOLUTION_PUBLIC = 16,
    SOLUTION_OUTSIDE = SOLUTION_CUSTOMER | SOLUTION_PUBLIC,
    SOLUTION_EVERYBODY = 31,
};

enum link_role {
    LINK_RESOLVED = 1,
    LINK_HELPED,
    LINK_TRIED_FAILED,
    LINK_VIEWED,
    LINK_NAMED,    // by who gave the case back: it would have done (engagement.h G4)
};

// Names for people, codes for import and interface.  Indexed by the enum, audiences by the
// bit's place plus one (ticket_words_find).
extern const struct ticket_word solution_kinds[], solution_confidences[], solution_audiences[],
    solution_roles[];

bool solution_audience_from(str codes, int *out);              // "l1", "l1,l2,customer"
str solution_audience_codes(struct arena *a, int audience);    // the way back

struct solution_step {
    str text;
    str expected;    // what one sees when it worked; may be empty
};

struct solution {
    solution_id id;
    int64_t key;    // the number in L-118
    enum solution_kind kind;
    enum confidence confidence;
    int audience;
    enum lang lang;
    str title;    // as a customer would say it
    str words;    // other words customers use
    str environment, cause;
    struct solution_step *step;
    isize steps;
    str body;    // more, in Markdown
    category_id category;
    product_id product;
    int64_t flagged, reused;
    str flags;    // what was found wrong, a line for each flag
    instant created, changed;
    int64_t version;
};

// --- pure ------------------------------------------------------------------------------

str solution_key_text(struct arena *a, int64_t key);    // L-118
bool solution_key_read(str s, int64_t *out);            // "L-118", "l118", "118"

// "#L-118" in a text: a colleague reads a solution in it, a customer nothing.
bool solution_named_in(str text, str *name);

// A line for each step: text, then a tab or an arrow, then what one should see.
void solution_steps_read(struct arena *a, str lines, struct solution_step **out, isize *n);
str solution_steps_text(struct arena *a, const struct solution_step *step, isize n);

// May this level work with it: meant for it, finished and not withdrawn.
bool solution_serves(int audience, enum confidence confidence, int level);

// Is it fit to be stored?  Marks every field that is not.
fallible solution_check(struct ctx *cx, const struct solution *s);

// K4.  `old` is NULL for a new one.
fallible solution_check_right(struct ctx *cx, const struct solution *old,
                              const struct solution *s);

// --- reading ---------------------------------------------------------------------------

fallible solution_load(struct ctx *cx, solution_id id, struct solution *out);
fallible solution_by_key(struct ctx *cx, str key, struct solution *out);

// Newest change first; archived ones only when asked for.
struct solution_filter {
    enum confidence confidence;    // 0: all but archived
    int audience;                  // 0: all; else meant for one of these
    category_id category;          // 0: all
    product_id product;            // 0: all
    bool flagged;                  // only those with open flags
    isize skip, most;              // most 0: LIMIT_PAGE_ROWS
    instant before;                // 0: from the newest change; else what stands behind
    int64_t before_key;            // the solution with this key, changed then
};
fallible solution_list(struct ctx *cx, const struct solution_filter *f, struct solution **out,
                       isize *n);

// --- writing ---------------------------------------------------------------------------

fallible solution_add(struct ctx *cx, const struct solution *s, solution_id *out);

// The content; audience and confidence stay.  s->version is what the writer was looking at.
fallible solution_change(struct ctx *cx, const struct solution *s);

fallible solution_set_audience(struct ctx *cx, solution_id id, int64_t version, int audience,
                               enum confidence confidence);
fallible solution_archive(struct ctx *cx, solution_id id, int64_t version);
fallible solution_flag(struct ctx *cx, solution_id id, str what);
fallible solution_unflag(struct ctx *cx, solution_id id, int64_t version);

// From elsewhere, by its key there: made, or brought up to date (K10).  The operator of the
// import answers for the audience, so K4 does not apply.
fallible solution_import(struct ctx *cx, const struct solution *s, str src, str src_id,
                         solution_id *out);

// --- with cases ------------------------------------------------------------------------

struct solution_link {
    solution_id solution;
    int64_t key;
    str title;
    enum link_role role;
    bool existed;    // older than the case
    int audience;    // when it was linked
    instant at;
    int audience_now;
    enum confidence confidence_now;
};

fallible solution_link(struct ctx *cx, ticket_id ticket, solution_id solution,
                       enum link_role role);
// What was linked at that moment was not: solving/undo.h.
fallible solution_unlink(struct ctx *cx, ticket_id ticket, instant at);
fallible solution_links(struct ctx *cx, ticket_id ticket, struct solution_link **out, isize *n);

// K8: symptom in the customer's words, the cause where a line of the Lagebild names one
// ("Ursache: ..."), what helped as steps; kind, language, category and product of the case.
fallible solution_draft_from(struct ctx *cx, ticket_id ticket, struct solution *out);
