// SPDX-License-Identifier: GPL-3.0-or-later
#include "clock/clock.h"

enum { NEVER_ENDS = 0 };

int64_t clock_elapsed(const struct clock_run *r, instant at)
{
    int64_t sum = 0;
    instant from = r->start;
    for (isize i = 0; i < r->pauses && from.ms < at.ms; i++) {
        const struct clock_pause *p = &r->pause[i];
        instant until = {int_min(p->from.ms, at.ms)};
        if (from.ms < until.ms)
            sum += calendar_worked(r->calendar, from, until);
        if (p->to.ms == NEVER_ENDS)
            return sum;
        from.ms = int_max(from.ms, p->to.ms);    // C3
    }
    return from.ms < at.ms ? sum + calendar_worked(r->calendar, from, at) : sum;
}

instant clock_due(const struct clock_run *r, int64_t ms)
{
    instant from = r->start;
    for (isize i = 0; i < r->pauses; i++) {
        const struct clock_pause *p = &r->pause[i];
        if (from.ms < p->from.ms) {
            instant due = calendar_add(r->calendar, from, ms);
            if (due.ms != 0 && due.ms <= p->from.ms)
                return due;
            ms -= calendar_worked(r->calendar, from, p->from);
        }
        if (p->to.ms == NEVER_ENDS)
            return (instant){0};    // C2
        from.ms = int_max(from.ms, p->to.ms);
    }
    return calendar_add(r->calendar, from, ms);
}
