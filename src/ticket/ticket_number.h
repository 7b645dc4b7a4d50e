// SPDX-License-Identifier: GPL-3.0-or-later
// Public numbers of cases: 4182-2073.
//
//   U1  Seven digits and a check digit by Damm: every single misheard digit and every swap of
//       neighbours is noticed.
//   U2  The n-th case's number is a permutation of n keyed with the desk's secret, so nobody
//       can read from two numbers how many cases lie between them.
//   U3  When the seven digits are used up, numbers get one digit more; no number comes twice.
//   U4  Hyphens and blanks may stand anywhere.
//
// All pure.
#pragma once

#include "base/ctx.h"

// The number of the desk's n-th case (n from 1).
int64_t ticket_number_of(struct arena *a, str secret, int64_t n);

str ticket_number_shown(struct arena *a, int64_t number);    // 4182-2073
bool ticket_number_ok(int64_t number);                       // the check digit fits
fallible ticket_number_read(struct ctx *cx, str s,
                            int64_t *out);    // ERR_INVALID with a sentence
int ticket_number_damm(int64_t digits);       // the check digit
