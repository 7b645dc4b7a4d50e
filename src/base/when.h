// SPDX-License-Identifier: GPL-3.0-or-later
// A day and a time as people type them into a form, in either language, and the way back.
//
//   H1  Days: nothing or "heute" is today; "morgen", "übermorgen"; a weekday is the next one;
//       24.11. and 24 Nov are the next such day; 24.11.2026, 24 Nov 2026, 2026-11-24.  A name
//       may be short, but not go on as no name of a month does.
//   H2  Times: 14, 14:30, 14.30, 1430, with or without "Uhr"; 9am, 5:30 pm.
//   H3  A day or an hour that does not exist is not understood, nor 29.2. where the next
//       February has none: nobody means one years ahead.
//   H4  What is shown is understood again.
//
// Forms read leniently because somebody types while a customer waits on the phone.
#pragma once

#include "base/zone.h"

bool when_read(str day, str clock, instant now, instant *out);

str when_day(struct arena *a, instant t, enum lang lang);    // 24.11.2026, 24 Nov 2026
str when_clock(struct arena *a, instant t);                  // 14:05
