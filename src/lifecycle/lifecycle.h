// SPDX-License-Identifier: GPL-3.0-or-later
// Support for a product has ended ("Support-Ende"): the case says so before it wanders, and
// somebody chooses what becomes of it (DOMAIN 1.3 row 42, journey S8).
//
//   C1  It is said wherever somebody decides: at the case, in a call, on every sheet
//       (sheet_http.h).  Nothing is refused because of it; a person decides.
//   C2  Three ways, and one does not exclude another: what we sell instead is offered, we help all
//       the same (goodwill), we say where to take the old device.
//   C3  Goodwill is a measure (measure/measure.h): it needs the right, stands in "Bisher" and can
//       be taken back there.  While it holds the case and the call do not warn any more; the sheets
//       go on naming the day.  Granted already, it is the letter alone: whoever cares for the
//       customer need not be the one who granted it.
//   C4  Each way writes the letter to the customer in his language and manner (wording/wording.h)
//       as a draft of the asker's reply.  What the draft holds already stays above it, and the same
//       letter stands there once; where it stands already nothing has happened, and no event says
//       so.  A person sends it.
//   C5  Whoever sees the case may, and not in a case that is over (measure.h, M2).
//   C6  Nothing is offered where nothing is sold instead and the product has no offer of its own.
//   C7  In a call the product is that of the case, else the one that the line names
//       (product.h, R4); it is said while the line is typed.
//   C8  With the last goodwill of a case that is taken back its letter leaves the draft of who
//       takes it back.  What somebody changed stays, and it is said that it does (draft.h, R2).
//   C9  A colleague's draft is read by nobody and changed by nobody else (draft.h, R1).  One that
//       holds the letter though goodwill was taken back says so to its writer, at the case.
#pragma once

#include "measure/measure.h"

enum lifecycle_way {
    LIFECYCLE_OFFER = 1,
    LIFECYCLE_GOODWILL,
    LIFECYCLE_RECYCLING,
    LIFECYCLE_WAYS
};

extern const struct ticket_word lifecycle_ways[];    // by their enum

struct lifecycle {
    bool ended;    // else nothing below is set
    str product;
    instant until;    // the last day
    str instead;      // what is sold instead, or empty
    struct words offer;    // C6: all we have to offer, in words to the customer, or empty
    bool goodwill;    // C3: it holds
    bool promises;    // C9: it does not, and the asker's draft has the letter
};

struct words lifecycle_said(struct arena *a, const struct lifecycle *l);    // that it has ended

// A product that is supported costs no statement.
fallible lifecycle_of(struct ctx *cx, const struct ticket *t, struct lifecycle *out);
fallible lifecycle_named(struct ctx *cx, str line, struct lifecycle *out);    // C7
fallible lifecycle_of_product(struct ctx *cx, const struct product *p,
                              struct lifecycle *out);    // C7, of one that was found; id 0: none

// C2 to C6.
fallible lifecycle_take(struct ctx *cx, struct ticket_at *at, enum lifecycle_way way);

// measure_undo with C8; *left: the draft may speak of goodwill still.
fallible lifecycle_undo(struct ctx *cx, struct ticket_at *at, measure_id id, str why,
                        bool *left);
