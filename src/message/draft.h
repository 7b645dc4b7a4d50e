// SPDX-License-Identifier: GPL-3.0-or-later
// Half-written text lives on the server: what was typed is not lost.
//
//   R1  One draft for a person, a case and a kind; nobody else ever sees it.
//   R2  Nothing that happens to the case deletes it; a merge moves it along.
//   R3  Saving makes no event and no new version of the case: it is not part of it yet.
//   R4  Saving nothing but blanks drops it.
//   R5  The time at which a reply is to leave is kept with its text, and goes with it.
#pragma once

#include "message/message.h"

enum draft_kind { DRAFT_REPLY = 1, DRAFT_NOTE, DRAFT_HANDOVER, DRAFT_SOLVING, DRAFT_KINDS };

struct draft {
    str body;
    instant at;
    instant leave;    // R5; 0: at once
};

fallible draft_save(struct ctx *cx, ticket_id ticket, enum draft_kind kind, str body);
fallible draft_leaves(struct ctx *cx, ticket_id ticket, enum draft_kind kind,
                      instant leave);    // R5, of one that is saved already
fallible draft_load(struct ctx *cx, ticket_id ticket,
                    struct draft out[DRAFT_KINDS]);    // by kind
fallible draft_drop(struct ctx *cx, ticket_id ticket, enum draft_kind kind);
fallible draft_merge(struct ctx *cx, ticket_id from,
                     ticket_id into);    // message_merge calls it
