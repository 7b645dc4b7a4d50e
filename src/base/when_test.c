// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "base/now.h"
#include "base/when.h"

// Friday 20 November 2026, 11:00 on the wall.
static str read(struct world *w, const char *day, const char *clock)
{
    instant t = {0};
    return when_read(str_from_z(day), str_from_z(clock), w->now, &t) ? zone_iso(&w->kept, t)
                                                                     : S("no");
}

static void H1_days(struct world *w)
{
    static const struct {
        const char *typed;
        const char *is;
    } rows[] = {
        {"", "2026-11-20T13:00:00Z"},
        {"heute", "2026-11-20T13:00:00Z"},
        {" Morgen ", "2026-11-21T13:00:00Z"},
        {"tomorrow", "2026-11-21T13:00:00Z"},
        {"übermorgen", "2026-11-22T13:00:00Z"},
        {"mo", "2026-11-23T13:00:00Z"},
        {"Mo.", "2026-11-23T13:00:00Z"},
        {"Tues", "2026-11-24T13:00:00Z"},
        {"freitag", "2026-11-27T13:00:00Z"},
        {"24.11.", "2026-11-24T13:00:00Z"},
        {"24.11.2026", "2026-11-24T13:00:00Z"},
        {"24.11.26", "2026-11-24T13:00:00Z"},
        {"24/11/2026", "2026-11-24T13:00:00Z"},
        {"2026-11-24", "2026-11-24T13:00:00Z"},
        {"24 Nov 2026", "2026-11-24T13:00:00Z"},
        {"24. November", "2026-11-24T13:00:00Z"},
        {"24 Novem", "2026-11-24T13:00:00Z"},
        {"1. Sept. 2027", "2027-09-01T12:00:00Z"},
        {"1 MAY", "2027-05-01T12:00:00Z"},
        {"1. Mai", "2027-05-01T12:00:00Z"},
        {"3.1.", "2027-01-03T13:00:00Z"},
        {"1. März 2027", "2027-03-01T13:00:00Z"},
        {"1.7.2027", "2027-07-01T12:00:00Z"},
    };
    for (isize i = 0; i < countof(rows); i++)
        check_text(read(w, rows[i].typed, "14:00"), str_from_z(rows[i].is));
}

static void H2_times(struct world *w)
{
    static const char *const same[] = {"14",          "14:00", "14.00", "1400",   "14 Uhr",
                                       " 14:00 uhr ", "2pm",   "2 PM",  "2:00 pm"};
    for (isize i = 0; i < countof(same); i++)
        check_text(read(w, "", same[i]), S("2026-11-20T13:00:00Z"));
    check_text(read(w, "", "9:05"), S("2026-11-20T08:05:00Z"));
    check_text(read(w, "", "0905"), S("2026-11-20T08:05:00Z"));
    check_text(read(w, "", "9:05am"), S("2026-11-20T08:05:00Z"));
    check_text(read(w, "", "12 am"), S("2026-11-19T23:00:00Z"));    // midnight
    check_text(read(w, "", "12:30pm"), S("2026-11-20T11:30:00Z"));
}

static void H3_what_does_not_exist(struct world *w)
{
    static const char *const days[] = {
        "31.11.", "30.2.2027", "0.1.",         "32.1.",        "1.13.",
        "bald",   "m",         "24",           "24.11.2026.1", "24.11.02026",
        "-1.2.",  ".",         "1 mayonnaise", "1. Mairegen",  "1. Marzipan",
        "1 ma",   "1. mä",     "1. Decke",     "29.2.",        "29.2.2027"};
    for (isize i = 0; i < countof(days); i++)
        check_text(read(w, days[i], "14:00"), S("no"));
    static const char *const times[] = {"",    "25",   "24:00", "14:60",    "14:5",
                                        "14:", "half", "123",   "14:00:00", "-1",
                                        "Uhr", "am",   "0am",   "13pm",     "pm 2"};
    for (isize i = 0; i < countof(times); i++)
        check_text(read(w, "", times[i]), S("no"));
    check_text(read(w, "28.3.2027", "2:30"), S("no"));
    check_text(read(w, "29.2.2028", "12"), S("2028-02-29T11:00:00Z"));
    later(w, 400 * 86400);
    check_text(read(w, "29.2.", "12"), S("2028-02-29T11:00:00Z"));
}

static void H4_what_is_shown_is_understood(struct world *w)
{
    for (int64_t s = 0; s < 400LL * 86400; s += 86400 + 3660) {
        instant t = instant_plus(w->now, s), back = {0};
        for (enum lang lang = LANG_DE; lang <= LANG_EN; lang++) {
            str day = when_day(&w->kept, t, lang), clock = when_clock(&w->kept, t);
            check(when_read(day, clock, w->now, &back) && back.ms == t.ms);
        }
    }
    check_text(when_day(&w->kept, w->now, LANG_DE), S("20.11.2026"));
    check_text(when_day(&w->kept, w->now, LANG_EN), S("20 Nov 2026"));
}

const struct test when_tests[] = {
    T(H1_days), T(H2_times), T(H3_what_does_not_exist), T(H4_what_is_shown_is_understood), {0},
};
