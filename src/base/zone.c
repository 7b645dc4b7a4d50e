// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/zone.h"

#include "base/now.h"

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

int64_t zone_days(int year, int month, int day)
{
    return days_from_date(year, month, day);
}

struct local zone_date_of(int64_t days)
{
    return split(days * DAY_S);
}

static int offset_at(int64_t s)
{
    struct local l = split(s);
    if (l.month != 3 && l.month != 10)
        return l.month > 3 && l.month < 10 ? 7200 : 3600;
    bool changed = s >= last_sunday(l.year, l.month);
    return changed == (l.month == 3) ? 7200 : 3600;
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

// --- in words ----------------------------------------------------------------------------
// By hand, not by printf: a page shows dozens of times, and they were a tenth of its cost.

enum { WORDS_MAX = 64 };

struct line {
    char *p, *at;
};

static struct line line_new(struct arena *a)
{
    char *p = arena_room(a, WORDS_MAX);
    return (struct line){p, p};
}

static void put(struct line *l, str s)
{
    memcpy(l->at, s.p, (size_t)s.n);
    l->at += s.n;
}

static void put_z(struct line *l, const char *z)
{
    put(l, str_from_z(z));
}

static void put_two(struct line *l, int n)
{
    *l->at++ = (char)('0' + n / 10 % 10);
    *l->at++ = (char)('0' + n % 10);
}

static void put_int(struct line *l, int64_t n)
{
    if (n >= 10)
        put_int(l, n / 10);
    *l->at++ = (char)('0' + n % 10);
}

static void put_clock(struct line *l, struct local t)
{
    put_two(l, t.hour);
    *l->at++ = ':';
    put_two(l, t.minute);
}

static str line_end(const struct line *l)
{
    return (str){l->p, l->at - l->p};
}

const struct words zone_weekdays[8] = {{{0}, {0}},
                                       WORDS("Monday", "Montag"),
                                       WORDS("Tuesday", "Dienstag"),
                                       WORDS("Wednesday", "Mittwoch"),
                                       WORDS("Thursday", "Donnerstag"),
                                       WORDS("Friday", "Freitag"),
                                       WORDS("Saturday", "Samstag"),
                                       WORDS("Sunday", "Sonntag")};
const struct words zone_months[13] = {{{0}, {0}},
                                      WORDS("January", "Januar"),
                                      WORDS("February", "Februar"),
                                      WORDS("March", "März"),
                                      WORDS("April", "April"),
                                      WORDS("May", "Mai"),
                                      WORDS("June", "Juni"),
                                      WORDS("July", "Juli"),
                                      WORDS("August", "August"),
                                      WORDS("September", "September"),
                                      WORDS("October", "Oktober"),
                                      WORDS("November", "November"),
                                      WORDS("December", "Dezember")};

str zone_weekday(int weekday, enum lang lang)
{
    return str_head(words_in(zone_weekdays[weekday], lang), lang == LANG_EN ? 3 : 2);
}

str zone_month(int month)
{
    return str_head(zone_months[month].en, 3);
}

// -1 yesterday, 0 today, 1 tomorrow.
static int64_t days_apart(struct local t, struct local now)
{
    return days_from_date(t.year, t.month, t.day)
           - days_from_date(now.year, now.month, now.day);
}

static void put_date_de(struct line *l, struct local t, bool with_year)
{
    put_int(l, t.day);
    *l->at++ = '.';
    put_int(l, t.month);
    *l->at++ = '.';
    if (with_year)
        put_int(l, t.year);
}

static void put_date_en(struct line *l, struct local t, bool with_year)
{
    put_int(l, t.day);
    *l->at++ = ' ';
    put(l, zone_month(t.month));
    if (!with_year)
        return;
    *l->at++ = ' ';
    put_int(l, t.year);
}

str zone_short(struct arena *a, instant t, instant now, enum lang lang)
{
    static const struct words near[] = {WORDS("yesterday ", "gestern "),
                                        WORDS("today ", "heute "),
                                        WORDS("tomorrow ", "morgen ")};
    struct local w = zone_local(t), n = zone_local(now);
    int64_t apart = days_apart(w, n);
    struct line l = line_new(a);
    if (apart >= -1 && apart <= 1) {
        put(&l, words_in(near[apart + 1], lang));
        put_clock(&l, w);
        return line_end(&l);
    }
    if (w.year == n.year) {
        put(&l, zone_weekday(w.weekday, lang));
        *l.at++ = ' ';
    }
    if (lang == LANG_EN)
        put_date_en(&l, w, w.year != n.year);
    else
        put_date_de(&l, w, w.year != n.year);
    *l.at++ = ' ';
    put_clock(&l, w);
    return line_end(&l);
}

static str long_date(struct arena *a, struct local t, struct words day, enum lang lang,
                     bool with_year)
{
    struct line l = line_new(a);
    put(&l, words_in(day, lang));
    put(&l, S(", "));
    put_int(&l, t.day);
    put_z(&l, lang == LANG_EN ? " " : ". ");
    put(&l, words_in(zone_months[t.month], lang));
    if (with_year) {
        *l.at++ = ' ';
        put_int(&l, t.year);
    }
    return line_end(&l);
}

str zone_day(struct arena *a, instant t, instant now, enum lang lang)
{
    static const struct words near[] = {WORDS("Yesterday", "Gestern"), WORDS("Today", "Heute"),
                                        WORDS("Tomorrow", "Morgen")};
    struct local w = zone_local(t), n = zone_local(now);
    int64_t apart = days_apart(w, n);
    bool is_near = apart >= -1 && apart <= 1;
    return long_date(a, w, is_near ? near[apart + 1] : zone_weekdays[w.weekday], lang,
                     w.year != n.year);
}

str zone_date(struct arena *a, instant t, enum lang lang)
{
    struct local w = zone_local(t);
    return long_date(a, w, zone_weekdays[w.weekday], lang, true);
}

// "36 min", "3 h 12 min", "2 days".  German days stand in the dative behind "vor" and "seit".
static void put_span(struct line *l, int64_t ms, enum lang lang, bool dative)
{
    int64_t minutes = ms / 60000, hours = minutes / 60;
    if (hours >= 24) {
        put_int(l, hours / 24);
        bool one = hours < 48, en = lang == LANG_EN;
        put_z(l, en ? " day" : " Tag");
        if (!one)
            put_z(l, en ? "s" : dative ? "en" : "e");
        return;
    }
    if (hours > 0) {
        put_int(l, hours);
        put_z(l, minutes % 60 > 0 ? " h " : " h");
    }
    if (hours == 0 || minutes % 60 > 0) {
        put_int(l, minutes % 60);
        put_z(l, " min");
    }
}

str zone_left(struct arena *a, instant t, instant now, enum lang lang)
{
    struct line l = line_new(a);
    bool late = t.ms < now.ms, de = lang != LANG_EN;
    if (de)
        put_z(&l, late ? "seit " : "noch ");
    put_span(&l, late ? now.ms - t.ms : t.ms - now.ms, lang, late);
    if (!de)
        put_z(&l, late ? " late" : " left");
    return line_end(&l);
}

str zone_ago(struct arena *a, instant t, instant now, enum lang lang)
{
    struct line l = line_new(a);
    if (lang != LANG_EN)
        put_z(&l, "vor ");
    put_span(&l, int_max(0, now.ms - t.ms), lang, true);
    if (lang == LANG_EN)
        put_z(&l, " ago");
    return line_end(&l);
}

str zone_clock(struct arena *a, instant t)
{
    struct line l = line_new(a);
    put_clock(&l, zone_local(t));
    return line_end(&l);
}

str zone_iso(struct arena *a, instant t)
{
    struct local w = zone_utc(t);
    struct line l = line_new(a);
    put_two(&l, w.year / 100);
    put_two(&l, w.year % 100);
    *l.at++ = '-';
    put_two(&l, w.month);
    *l.at++ = '-';
    put_two(&l, w.day);
    *l.at++ = 'T';
    put_clock(&l, w);
    *l.at++ = ':';
    put_two(&l, w.second);
    *l.at++ = 'Z';
    return line_end(&l);
}

str zone_rfc5322(struct arena *a, instant t)
{
    struct local l = zone_utc(t);
    return arena_fmt(a, STR_FMT ", %d " STR_FMT " %04d %02d:%02d:%02d +0000",
                     STR_ARG(zone_weekday(l.weekday, LANG_EN)), l.day,
                     STR_ARG(zone_month(l.month)), l.year, l.hour, l.minute, l.second);
}
