// SPDX-License-Identifier: GPL-3.0-or-later
// The small fixed sets of an engagement, each value with a stable code and its words.
#pragma once

#include "ticket/ticket_words.h"

enum engagement_mode { ENGAGE_CONSULT = 1, ENGAGE_HANDOVER, ENGAGE_RETURN, ENGAGE_SWARM };

enum engagement_state {
    ENGAGED_REQUESTED = 1,
    ENGAGED_ACCEPTED,
    ENGAGED_CONCLUDED,
    ENGAGED_DECLINED,
    ENGAGED_EXPIRED,
    ENGAGED_WITHDRAWN,
    ENGAGED_HANDED_ON,
};

// What moves one from state to state.  To conclude is to answer a question, to end a swarm,
// to return or to solve the case.
enum engagement_act {
    ENGAGE_ACCEPT = 1,
    ENGAGE_DECLINE,
    ENGAGE_WITHDRAW,
    ENGAGE_EXPIRE,
    ENGAGE_CONCLUDE,
    ENGAGE_HAND_ON,
};

// Whether somebody of the asked team is there now (engagement_live.h).
enum engagement_live {
    LIVE_NOW = 1,    // it rings, or they talk
    LIVE_MISSED,     // nobody came: it waits like any other
};

enum asked_for { ASK_SOLVE = 1, ASK_KNOWHOW, ASK_FIX, ASK_DECISION, ASK_ACCESS };

// Why a case goes up: the digits of the hand-over sheet.
enum handover_cause { CAUSE_KNOWLEDGE = 1, CAUSE_TOOL, CAUSE_RIGHT, CAUSE_TIME, CAUSE_RISK };

// The digits of the return sheet.
enum return_reason {
    RETURN_INCOMPLETE = 1,
    RETURN_KNOWN,
    RETURN_OTHER_TEAM,
    RETURN_NOT_SEEN,
    RETURN_UNREACHABLE,
    RETURN_DECISION,
};

// Indexed by their enum; the entry after the last has code NULL (ticket_words_find).
extern const struct ticket_word engagement_words_mode[];
extern const struct ticket_word engagement_words_state[];
extern const struct ticket_word engagement_words_ask[];
extern const struct ticket_word engagement_words_cause[];
extern const struct ticket_word engagement_words_reason[];

// "Rückfrage", "Rückfrage live", "Durchstellen".
struct words engagement_words_name(enum engagement_mode mode, enum engagement_live live);
