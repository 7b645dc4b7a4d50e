// SPDX-License-Identifier: GPL-3.0-or-later
// A question that rings (Rückfrage live), and a hand-over that rings (Durchstellen): the
// customer is on the line, and somebody of the asked team may be there now.
//
//   E1  It rings for the people of the asked team who are ready, never for who asked.  Where
//       nobody is ready, nothing can ring.
//   E2  Ringing and talking move nothing: the case, its care and the ball stay.
//   E3  The first who answers has it (G18); for the others it stops.
//   E4  After LIMIT_RING_S it is what it would have been without ringing: a question or a
//       hand-over that waits for the team, with its clock from then on.
//   E5  A question may ring without words: then the problem is the question.
//   E6  What was said on the phone needs no words in writing.
//   E7  Who talks about a case may take it over with one line.  That is a hand-over, asked and
//       accepted at once, under the guards of one.
//   E8  Everybody says for themselves whether they are ready.  It ends by itself after
//       LIMIT_READY_S, and nobody counts it.
//   E9  Who let a question ring is told how it ended (the answer, a no, nobody came) wherever
//       they are, for LIMIT_TOLD_S.
//   E10 Somebody is on the line when a call is transferred, or when who asks has noted one in
//       this case in the last LIMIT_CALL_S.  Of no other case is it said.
#pragma once

#include "engagement/engagement.h"

struct job;

// E8
fallible engagement_live_set_ready(struct ctx *cx, bool ready);
fallible engagement_live_is_ready(struct ctx *cx, bool *out);

// E7: what is asked in `at` is answered with the line, and the case is the asked team's.
fallible engagement_live_take_over(struct ctx *cx, struct engagement_at at, str line,
                                   bool care);

// E4: the job "engagement_ring".
fallible engagement_live_over(struct ctx *cx, struct job *job);

// E10: the asker has somebody on the line about this case.
fallible engagement_live_calls(struct ctx *cx, ticket_id ticket, bool *out);

// What rings for the asker, what the asker lets ring or talks about, and how that ended (E9).
struct engagement_ring {
    engagement_id id;
    int64_t version;
    enum engagement_mode mode;
    enum engagement_state state;
    enum engagement_live live;
    bool mine;    // the asker asked
    int64_t number;
    str subject, question, tried;
    str customer;    // E10: on the line, or empty
    bool vip;        // who asks (contact.h, K11)
    str answer;      // E9; of a declined one: what would be accepted
    struct words from_name, to_name;
    int from_level, to_level;
    str asked_by, answered_by;
    instant rings_until;
};

fallible engagement_live_rings(struct ctx *cx, struct engagement_ring **out, isize *n);
bool engagement_live_ended(const struct engagement_ring *r);    // E9; pure
