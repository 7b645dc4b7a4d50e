// SPDX-License-Identifier: GPL-3.0-or-later
// The calendars of a desk, as they are typed and as the arithmetic wants them.
//
//   KS1  Zone, region and hours are understood when a calendar is saved; what is not is
//        refused at its field.
//   KS2  A change compares the version in the statement that changes it.
//   KS3  Nobody sees or changes the calendars of another desk.
#pragma once

#include "base/ctx.h"
#include "clock/calendar.h"

KEY(calendar_id);

struct calendar_store {
    calendar_id id;    // 0: a new one
    int64_t version;
    str name, zone, region;
    str hours[8];    // [1] Monday .. [7] Sunday, as typed
    struct calendar c;
};

fallible calendar_store_load(struct ctx *cx, calendar_id id, struct calendar_store *out);
fallible calendar_store_list(struct ctx *cx, struct calendar_store **out, isize *n);
fallible calendar_store_save(struct ctx *cx, const struct calendar_store *c, calendar_id *out);

// Days of its own, replacing those it had.
fallible calendar_store_days(struct ctx *cx, calendar_id id, const struct calendar_extra *day,
                             isize n);

// c.c from the texts (KS1); problems stand at "zone", "region" and "mon" .. "sun".
fallible calendar_store_read(struct ctx *cx, struct calendar_store *c);

extern const char *const calendar_store_weekday[8];    // "mon" .. "sun": fields of forms
