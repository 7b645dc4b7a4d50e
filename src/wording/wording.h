// SPDX-License-Identifier: GPL-3.0-or-later
// What our letters say beside their text, in the customer's language and manner, as data: a lead
// changes it, no programmer.
//
//   G1  Seven texts in three voices.  A team's own wins over the desk's, the desk's over what the
//       program brings along; what is left empty falls back the same way.
//   G2  Words in braces stand for what is known when the letter is written.  A word that is not
//       known there, or {text} missing around an answer, is refused when it is saved.
//   G3  What is filled in is never looked through for braces again, and a mail that nobody wrote
//       can hold no word of a stranger (outbox O7).
//   G4  A line that consists of placeholders that are all empty is left out.
//   G5  A team may have an address of its own: its letters come from there, what is sent there
//       is its new case.  An address belongs to one team, is no desk's, and does not lie in
//       another desk's domain: mail to it would come here, and ours go out in its name.
//   G6  Every change is an event.
//   G7  What leaves for a customer has one frame, whoever or whatever wrote it: the team's or the
//       desk's.  What belongs to no case has the desk's signature.
#pragma once

#include "ticket/ticket.h"

enum wording_kind {
    WORDING_SIGNATURE = 1,
    WORDING_ANSWER,     // G7: around all that leaves
    WORDING_RECEIPT,    // a new case by mail is confirmed
    WORDING_SOLVED,     // what the page of a solved case begins with
    WORDING_OFFER,      // where support has ended (lifecycle/lifecycle.h): what we offer,
    WORDING_GOODWILL,   // that we help all the same,
    WORDING_RECYCLING,  // where to take the old one
    WORDING_KINDS,
};

enum wording_voice { VOICE_SIE = 1, VOICE_DU, VOICE_EN, WORDING_VOICES };

enum {
    WORDING_DESK = 0,
    WORDING_MOST = 4000
};    // a team of key 0 is the desk; characters of a text

struct wording_values {
    str text, writer, desk, team, number, subject, greeting, link, promise, signature;
    str product, until, offer;
};

enum wording_voice wording_voice(enum lang lang, bool formal);
extern const struct words wording_kinds[], wording_voices[];    // by their enums
extern const char *const wording_codes[WORDING_KINDS];          // names of form fields

str wording_default(enum wording_voice voice, enum wording_kind kind);
const char *wording_placeholders(enum wording_kind kind);    // "{number} {promise} ..."

// G3 G4.  Pure.
str wording_fill(struct arena *a, str text, const struct wording_values *v);

// The text of a kind for this case, filled in; the signature is one of the values (G1).
fallible wording_write(struct ctx *cx, const struct ticket *t, enum wording_kind kind,
                       struct wording_values *v, str *out);

// G7.  Below a mail that belongs to no case: with Sie, where that is a question.
fallible wording_signature(struct ctx *cx, enum lang lang, str *out);

// What confirms a new case, however it came; due: what is promised.
fallible wording_receipt(struct ctx *cx, const struct ticket *t, instant due, str *subject,
                         str *text);

// As texts are kept: a browser ends the lines of what it sends with CR LF.  Pure.
str wording_lines(struct arena *a, str text);

// --- as data -------------------------------------------------------------------------------

struct wording {
    team_id team;
    enum wording_voice voice;
    str text[WORDING_KINDS];    // empty: G1
};

fallible wording_load(struct ctx *cx, team_id team, enum wording_voice voice,
                      struct wording *out);
fallible wording_check(struct ctx *cx, const struct wording *w);    // G2
fallible wording_save(struct ctx *cx, const struct wording *w);

// What is said when nothing is saved here: the team's over the desk's over ours (G1).
fallible wording_effective(struct ctx *cx, team_id team, enum wording_voice voice,
                           struct wording *out);

struct wording_address {
    str address, name;    // empty: the desk's
};

fallible wording_address_load(struct ctx *cx, team_id team, struct wording_address *out);
fallible wording_address_save(struct ctx *cx, team_id team, const struct wording_address *a);

// G5.  Whose address is it?  team 0: no team's.  "+..." in it is left out.
fallible wording_address_find(struct ctx *cx, str address, tenant_id *desk, team_id *team);
