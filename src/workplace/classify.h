// SPDX-License-Identifier: GPL-3.0-or-later
// Which categories fit what somebody wrote: those whose own words stand in it.
//
//   S1  Words that many categories share ("geht", "nicht") decide nothing.
//   S2  The best first, at most CLASSIFY_HINTS; none when nothing fits.
//   S3  Letters' case does not matter; a word counts once however often it stands there.
//
// Pure: it is a proposal, a person decides.
#pragma once

#include "ticket/category.h"

enum { CLASSIFY_HINTS = 3, CLASSIFY_SHARED = 2 };    // S1: more topics than that share it

isize classify_hints(struct arena *a, str text, const struct category *all, isize n,
                     const struct category *out[CLASSIFY_HINTS]);
