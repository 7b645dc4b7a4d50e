// SPDX-License-Identifier: GPL-3.0-or-later
// Clocks that the law sets, not the desk.
//
//   O1  TKG § 58 (2): a fault not mended on the day after its report is explained to the
//       customer by the end of that day.  The strictest reading of "by the following day".
//   O2  TKG § 58 (3): for each day of a complete outage from the third day after the report on,
//       5 EUR or 10 % of the monthly fee, from the fifth on 10 EUR or 20 %, whichever is more.
//   O3  DSGVO Art. 12 (3): one month.  It ends with the day of the same number, or the last of a
//       shorter month; on a Saturday, Sunday or holiday with the next working day (Regulation
//       1182/71 Art. 3).
//   O4  DSGVO Art. 33: 72 hours, NIS2 (BSIG § 32): 24 hours and 72 hours, on the wall and without
//       pauses.  The final report: one month after the 72 hours.
//   O5  They run from when we knew, they never pause, and nothing is sent by itself.
//
// Pure.  What the law means in a case, a person decides.
#pragma once

#include "clock/calendar.h"

enum legal_kind {
    LEGAL_TKG58 = 1,
    LEGAL_DSR,
    LEGAL_BREACH,
    LEGAL_NIS2_24,
    LEGAL_NIS2_72,
    LEGAL_NIS2_1M,
    LEGAL_KINDS,
};

struct legal_word {
    const char *code;
    struct words name, law;
};

extern const struct legal_word legal_words[LEGAL_KINDS];

instant legal_due(enum legal_kind kind, instant known, const struct calendar *c);

// O2: cents until that instant, with the day it lies in counted if it has begun to be owed.
int64_t legal_compensation(instant reported, instant until, int64_t monthly_cents,
                           const struct calendar *c);
