// SPDX-License-Identifier: GPL-3.0-or-later
// Solving taken back, for the ten seconds in which sending can be taken back too (DOMAIN 4.5).
//
//   U1  Only who solved it takes it back, within LIMIT_UNDO_S, and not when more hangs on it than
//       can be undone: a duty, the end of what another team was asked, a word that was read at
//       once.
//   U2  Whatever the same moment did goes with it: the steps and their lines in "Bisher", the
//       solution's link and its reuse, the end of the promises.  The case is open as before; one
//       that waited waits no longer, and a solution that was written along stays.
//   U3  It counts as no reopening: nothing had come back.
//   U4  A letter that went with it is taken back too, before it leaves: who undoes finds it in the
//       form again, with what helped.
//   U5  A case that stays solved while the reply that told of it was taken back says so at its
//       head, until a reply or a call does tell of it or it is opened again (ticket.h, W12).
#pragma once

#include "solution/solution.h"

struct undone {    // U4
    solution_id solution;
    enum solved_how how;
    str text, letter;
};

// *left_s: how long it may still be taken back; 0: it may not.
fallible undo_left(struct ctx *cx, const struct ticket *t, int64_t *left_s);
fallible undo_solving(struct ctx *cx, struct ticket_at *at,
                      struct undone *out);    // ERR_STALE: too late

fallible undo_untold(struct ctx *cx, const struct ticket *t, bool *out);    // U5
