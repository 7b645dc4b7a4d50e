// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/zone.h"

static const int64_t DAY_S = 86400;

// Days since 1970 of a date in the proleptic Gregorian calendar, and back: years start in
// March, so that the leap day is the last of its year.
static int64_t days_from_date(int64_t y, int m, int d)
{
    y -= m <= 2;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t year = y - era * 400;
    int64_t day = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    return era * 146097 + year * 365 + year / 4 - year / 100 + day - 719468;
}

static void date_from_days(int64_t z, struct local *out)
{
    z += 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t day = z - era * 146097;
    int64_t year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
    int64_t of_year = day - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * of_year + 2) / 153;
    out->day = (int)(of_year - (153 * month + 2) / 5 + 1);
    out->month = (int)(month < 10 ? month + 3 : month - 9);
    out->year = (int)(year + era * 400 + (out->month <= 2));
}

static int weekday_of(int64_t days)    // 1970-01-01 was a Thursday
{
    return (int)(((days + 3) % 7 + 7) % 7) + 1;
}

static struct local split(int64_t s)
{
    int64_t days = (s >= 0 ? s : s - DAY_S + 1) / DAY_S;
    int64_t rest = s - days * DAY_S;
    struct local l = {.hour = (int)(rest / 3600),
                      .minute = (int)(rest / 60 % 60),
                      .second = (int)(rest % 60),
                      .weekday = weekday_of(days)};
    date_from_days(days, &l);
    return l;
}

// 01:00 UTC of the last Sunday of a month with 31 days.
static int64_t last_sunday(int year, int month)
{
    int64_t last = days_from_date(year, month, 31);
    return (last - weekday_of(last) % 7) * DAY_S + 3600;
}

static int offset_at(int64_t s)
{
    int year = split(s).year;
    return s >= last_sunday(year, 3) && s < last_sunday(year, 10) ? 7200 : 3600;
}

static int64_t seconds(instant t)
{
    return (t.ms >= 0 ? t.ms : t.ms - 999) / 1000;
}

struct local zone_utc(instant t)
{
    return split(seconds(t));
}

struct local zone_local(instant t)
{
    int offset = offset_at(seconds(t));
    struct local l = split(seconds(t) + offset);
    l.offset_s = offset;
    return l;
}

instant zone_instant(struct local w)
{
    int64_t wall = days_from_date(w.year, w.month, w.day) * DAY_S + w.hour * 3600
                   + w.minute * 60 + w.second;
    // Summer time first: it is right for the first pass of the hour that exists twice.
    int64_t s = wall - 7200;
    if (offset_at(s) != 7200)
        s = wall - 3600;
    return (instant){s * 1000};
}

static const char *const days_de[] = {"", "Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"};
static const char *const days_en[] = {"", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
static const char *const months[] = {"",    "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

static int64_t day_number(struct local l)
{
    return days_from_date(l.year, l.month, l.day);
}

str zone_short(struct arena *a, instant t, instant now, enum lang lang)
{
    struct local l = zone_local(t), n = zone_local(now);
    int64_t apart = day_number(l) - day_number(n);
    bool de = lang != LANG_EN;
    if (apart == 0)
        return arena_fmt(a, de ? "heute %02d:%02d" : "today %02d:%02d", l.hour, l.minute);
    if (apart == 1)
        return arena_fmt(a, de ? "morgen %02d:%02d" : "tomorrow %02d:%02d", l.hour, l.minute);
    if (apart == -1)
        return arena_fmt(a, de ? "gestern %02d:%02d" : "yesterday %02d:%02d", l.hour, l.minute);
    if (l.year != n.year)
        return de ? arena_fmt(a, "%d.%d.%d %02d:%02d", l.day, l.month, l.year, l.hour, l.minute)
                  : arena_fmt(a, "%d %s %d %02d:%02d", l.day, months[l.month], l.year, l.hour,
                              l.minute);
    return de ? arena_fmt(a, "%s %d.%d. %02d:%02d", days_de[l.weekday], l.day, l.month, l.hour,
                          l.minute)
              : arena_fmt(a, "%s %d %s %02d:%02d", days_en[l.weekday], l.day, months[l.month],
                          l.hour, l.minute);
}

str zone_iso(struct arena *a, instant t)
{
    struct local l = zone_utc(t);
    return arena_fmt(a, "%04d-%02d-%02dT%02d:%02d:%02dZ", l.year, l.month, l.day, l.hour,
                     l.minute, l.second);
}

str zone_rfc5322(struct arena *a, instant t)
{
    struct local l = zone_utc(t);
    return arena_fmt(a, "%s, %d %s %04d %02d:%02d:%02d +0000", days_en[l.weekday], l.day,
                     months[l.month], l.year, l.hour, l.minute, l.second);
}
