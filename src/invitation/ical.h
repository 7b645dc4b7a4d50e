// SPDX-License-Identifier: GPL-3.0-or-later
// The event of an iCalendar file (RFC 5545, 5546) becomes plain data, by libical.
//
//   I1  libical sees little and only what is known: one flat event with at most
//       LIMIT_CALENDAR_LINES lines of the kinds that are shown, each at most
//       LIMIT_CALENDAR_LINE bytes.  Alarms, zones, attachments, everything nested and what is
//       larger than LIMIT_CALENDAR never reach it.
//   I2  A rule of repetition is said in words and never played out: nothing is counted,
//       however many events it means.
//   I3  Times are instants.  A zone is known by its IANA name or by the name Windows has for it;
//       the file's own definition is not read.  Of any other the clock is kept as it was written,
//       with the name of its zone.
//   I4  A time without a zone is meant at the desk.  A day is a day, from midnight to midnight.
//   I5  What has no beginning is no event.
//   I6  Every string is UTF-8, one line, and has an end.
#pragma once

#include "base/arena.h"

enum ical_method {
    ICAL_REQUEST = 1,
    ICAL_CANCEL,
    ICAL_REPLY,
    ICAL_PUBLISH,    // also without any: an event, and nobody is asked
    ICAL_OTHER,      // COUNTER, REFRESH, ...
};

enum ical_answer { ICAL_NO_ANSWER = 0, ICAL_ACCEPTED, ICAL_DECLINED, ICAL_TENTATIVE };

struct ical {
    enum ical_method method;
    enum ical_answer answer;    // of ICAL_REPLY
    str uid, summary, place;
    str organiser;           // a name, or an address
    str guest;               // ICAL_REPLY: who answers
    instant starts, ends;    // ends is 0 or after starts
    bool all_day;
    str zone;             // I3: not known; the instants say what a clock there shows
    struct words rule;    // "every week on Tue, until 3 Dec 2026", or empty
    int more;             // further events of the file
};

bool ical_read(struct arena *a, str bytes, struct ical *out);
