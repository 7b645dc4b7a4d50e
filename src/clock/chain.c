// SPDX-License-Identifier: GPL-3.0-or-later
#include "clock/chain.h"

#include "base/now.h"

enum { HOURS = 14 * 24 };

const struct chain_link chain_links[CHAIN_LINKS] = {
    {CLOCK_ACCEPT, 1, WORDS("1st level accepts", "1st Level nimmt an")},
    {CLOCK_WORK, 1, WORDS("1st level works", "1st Level arbeitet")},
    {CLOCK_ACCEPT, 2, WORDS("2nd level accepts", "2nd Level nimmt an")},
    {CLOCK_WORK, 2, WORDS("2nd level works", "2nd Level arbeitet")},
    {CLOCK_FIX, 4, WORDS("the vendor answers", "der Hersteller antwortet")},
};

// Goes through the links; false when one of them never ends.
static bool walk(const struct agreement *a, int priority, int links, struct chain *c)
{
    instant at = c->start;
    int64_t longest = -1;
    for (int i = 0; i < links; i++) {
        const struct chain_link *l = &chain_links[i];
        int s = agreement_seconds(a, l->kind, l->level, priority, CHANNEL_MAIL);
        instant to =
            s == 0 ? at
                   : calendar_add(&agreement_calendar(a, l->kind)->c, at, s * INT64_C(1000));
        if (to.ms == 0 || to.ms - at.ms > longest) {
            longest = to.ms - at.ms;
            c->weakest = i;
        }
        at = to;
        if (to.ms == 0)
            break;
    }
    c->reached = at;
    return at.ms != 0;
}

static int64_t over(const struct chain *c)
{
    return c->reached.ms == 0 ? INT64_MAX : c->reached.ms - c->promised.ms;
}

bool chain_check(const struct agreement *a, int priority, bool vendor, instant monday,
                 struct chain *out)
{
    const struct calendar *hours = &a->of_customers->c;
    int s = agreement_seconds(a, CLOCK_SOLVE, 0, priority, CHANNEL_MAIL);
    bool any = false;
    for (int h = 0; h < HOURS && s > 0; h++) {
        struct chain c = {.start = {monday.ms + h * (int64_t)HOUR_MS}};
        if (calendar_worked(hours, c.start, (instant){c.start.ms + 1}) == 0)
            continue;
        c.promised = calendar_add(hours, c.start, s * INT64_C(1000));
        walk(a, priority, vendor ? CHAIN_LINKS : CHAIN_LINKS - 1, &c);
        c.fits = over(&c) <= 0;
        if (!any || over(&c) > over(out))
            *out = c;
        any = true;
    }
    return any;
}
