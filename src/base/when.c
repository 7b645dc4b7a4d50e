// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/when.h"

#include "base/now.h"

enum { NOON = 12, MONTH_SHORT = 3 };

static const struct {
    const char *name;
    int days;
} near[] = {{"heute", 0}, {"today", 0}, {"morgen", 1}, {"tomorrow", 1}, {"übermorgen", 2}};

// Noon, so that a night of 23 or 25 hours does not change the day.
static struct local days_later(struct local day, int days)
{
    day.hour = NOON;
    day.minute = day.second = 0;
    return zone_local((instant){zone_instant(day).ms + (int64_t)days * DAY_S * 1000});
}

static bool before(struct local x, struct local y)
{
    int64_t a = (x.year * 12 + x.month) * 32 + x.day, b = (y.year * 12 + y.month) * 32 + y.day;
    return a < b;
}

static bool exists(struct local day)
{
    if (day.month < 1 || day.month > 12 || day.day < 1 || day.day > 31 || day.year < 1970
        || day.year > 9999)
        return false;
    return days_later(day, 0).day == day.day;
}

static bool is_short_for(str s, struct words name)
{
    return str_eq_nocase(s, str_head(name.de, s.n)) || str_eq_nocase(s, str_head(name.en, s.n));
}

static bool by_name(str s, struct local today, struct local *out)
{
    for (isize i = 0; i < countof(near); i++) {
        if (!str_eq_nocase(s, str_from_z(near[i].name)))
            continue;
        *out = days_later(today, near[i].days);
        return true;
    }
    if (s.n > 2 && s.p[s.n - 1] == '.')
        s.n--;
    for (int i = 1; s.n >= 2 && i < countof(zone_weekdays); i++) {
        if (!is_short_for(s, zone_weekdays[i]))
            continue;
        int days = (i - today.weekday + 7) % 7;
        *out = days_later(today, days == 0 ? 7 : days);
        return true;
    }
    return false;
}

static bool separates(char c)
{
    return strchr(".-/, ", c) != NULL;
}

// The next run of digits or letters.
static str next_part(str *s)
{
    while (s->n > 0 && separates(s->p[0]))
        *s = str_cut(*s, 1);
    isize n = 0;
    while (n < s->n && !separates(s->p[n]))
        n++;
    str part = {s->p, n};
    *s = str_cut(*s, n);
    return part;
}

static bool month_from(str s, int *out)
{
    for (int i = 1; str_characters(s) >= MONTH_SHORT && i < countof(zone_months); i++) {
        if (!is_short_for(s, zone_months[i]))
            continue;
        *out = i;
        return true;
    }
    int64_t n = 0;
    if (s.n > 2 || !str_to_int(s, &n))
        return false;
    *out = (int)n;
    return true;
}

static bool number_from(str s, int *out)
{
    int64_t n = 0;
    if (s.n > 4 || !str_to_int(s, &n) || n < 0)
        return false;
    *out = (int)n;
    return true;
}

static bool by_date(str s, struct local today, struct local *out)
{
    str part[3];
    if (separates(s.p[0]))
        return false;
    for (int i = 0; i < 3; i++)
        part[i] = next_part(&s);
    if (next_part(&s).n > 0)
        return false;
    bool iso = part[0].n == 4;
    str day = iso ? part[2] : part[0], year = iso ? part[0] : part[2];
    struct local d = {.year = today.year};
    if (!number_from(day, &d.day) || !month_from(part[1], &d.month))
        return false;
    if (year.n > 0 && !number_from(year, &d.year))
        return false;
    if (year.n == 2)
        d.year += 2000;
    if (year.n == 0 && before(d, today))
        d.year++;
    *out = d;
    return exists(d);
}

static bool is_half(str s, char letter)    // the "pm" at the end
{
    return s.n > 2 && (s.p[s.n - 2] | 0x20) == letter && (s.p[s.n - 1] | 0x20) == 'm';
}

static bool hour_from(str s, struct local *out)
{
    isize colon = str_find(s, S(":")), point = str_find(s, S("."));
    isize at = colon >= 0 ? colon : point;
    str hour = s, minute = S("0");
    if (at >= 0) {
        hour = str_head(s, at);
        minute = str_cut(s, at + 1);
        if (minute.n != 2)
            return false;
    } else if (s.n == 4) {
        hour = str_head(s, 2);
        minute = str_cut(s, 2);
    }
    return number_from(hour, &out->hour) && number_from(minute, &out->minute) && hour.n <= 2
           && out->hour < 24 && out->minute < 60;
}

static bool clock_from(str s, struct local *out)    // H2
{
    bool am = is_half(s, 'a'), pm = is_half(s, 'p');
    if (str_ends(s, S("Uhr")) || str_ends(s, S("uhr")))
        s = str_trim(str_head(s, s.n - 3));
    if (!am && !pm)
        return hour_from(s, out);
    if (!hour_from(str_trim(str_head(s, s.n - 2)), out) || out->hour < 1 || out->hour > 12)
        return false;
    out->hour = out->hour % 12 + (pm ? 12 : 0);
    return true;
}

bool when_read(str day, str clock, instant now, instant *out)
{
    struct local today = zone_local(now), d = today;
    day = str_trim(day);
    if (day.n > 0 && !by_name(day, today, &d) && !by_date(day, today, &d))
        return false;
    d.second = 0;
    if (!clock_from(str_trim(clock), &d))
        return false;
    instant t = zone_instant(d);
    if (zone_local(t).hour != d.hour)    // H3: the hour that spring leaves out
        return false;
    *out = t;
    return true;
}

str when_day(struct arena *a, instant t, enum lang lang)
{
    struct local l = zone_local(t);
    if (lang != LANG_EN)
        return arena_fmt(a, "%02d.%02d.%d", l.day, l.month, l.year);
    return arena_fmt(a, "%d " STR_FMT " %d", l.day, STR_ARG(zone_month(l.month)), l.year);
}

str when_clock(struct arena *a, instant t)
{
    struct local l = zone_local(t);
    return arena_fmt(a, "%02d:%02d", l.hour, l.minute);
}
