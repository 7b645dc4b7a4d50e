// SPDX-License-Identifier: GPL-3.0-or-later
#include "clock/calendar.h"

#include <assert.h>

#include "base/now.h"
#include "base/zone.h"

enum { NOON_MS = DAY_MS / 2, HORIZON_DAYS = 20 * 366 };

// --- sets of hours -------------------------------------------------------------------------

static void cut(struct calendar_hours *h, int32_t from, int32_t to)
{
    struct calendar_hours left = {0};
    for (int i = 0; i < h->n; i++) {
        struct calendar_span s = h->span[i];
        assert(left.n + 2 <= CALENDAR_ROOM);
        if (s.from_ms < from)
            left.span[left.n++] =
                (struct calendar_span){s.from_ms, s.to_ms < from ? s.to_ms : from};
        if (s.to_ms > to)
            left.span[left.n++] =
                (struct calendar_span){s.from_ms > to ? s.from_ms : to, s.to_ms};
    }
    *h = left;
}

// Cut first, so that nothing overlaps; then in its place.  Neighbours become one.
static void add(struct calendar_hours *h, int32_t from, int32_t to)
{
    if (from >= to)
        return;
    cut(h, from, to);
    int at = h->n++;
    for (; at > 0 && h->span[at - 1].from_ms > from; at--)
        h->span[at] = h->span[at - 1];
    h->span[at] = (struct calendar_span){from, to};
    struct calendar_hours joined = {0};
    for (int i = 0; i < h->n; i++) {
        struct calendar_span *last = joined.n > 0 ? &joined.span[joined.n - 1] : NULL;
        if (last != NULL && last->to_ms == h->span[i].from_ms)
            last->to_ms = h->span[i].to_ms;
        else
            joined.span[joined.n++] = h->span[i];
    }
    *h = joined;
}

// --- typed hours ---------------------------------------------------------------------------

static bool time_from(str s, int32_t *ms)    // 8, 8:30, 08:30, 24
{
    int64_t hour, minute = 0;
    str h = str_token(&s, ':');
    if (h.n > 2 || !str_to_int(h, &hour) || (s.n > 0 && (s.n != 2 || !str_to_int(s, &minute))))
        return false;
    if (hour < 0 || minute < 0 || minute > 59 || hour * 60 + minute > 24 * 60)
        return false;
    *ms = (int32_t)((hour * 60 + minute) * 60000);
    return true;
}

static bool span_from(str s, struct calendar_span *out)
{
    str from = str_token(&s, '-');
    return time_from(str_trim(from), &out->from_ms) && time_from(str_trim(s), &out->to_ms)
           && out->from_ms < DAY_MS;
}

bool calendar_read(struct calendar *c, int weekday, str hours)
{
    struct calendar_span span[CALENDAR_SPANS];
    int n = 0;
    while (str_trim(hours).n > 0) {
        if (n == CALENDAR_SPANS || !span_from(str_token(&hours, ','), &span[n++]))
            return false;
    }
    for (int i = 0; i < n; i++) {
        bool over = span[i].to_ms <= span[i].from_ms;    // K3
        add(&c->week[weekday], span[i].from_ms, over ? DAY_MS : span[i].to_ms);
        if (over)
            add(&c->week[weekday % 7 + 1], 0, span[i].to_ms);
    }
    return true;
}

static void put_time(struct buf *b, int32_t ms)
{
    int minutes = ms / 60000;
    buf_int(b, minutes / 60);
    if (minutes % 60 != 0)
        buf_fmt(b, ":%02d", minutes % 60);
}

str calendar_hours_text(struct arena *a, const struct calendar_hours *h)
{
    struct buf b = buf_new(a, 64);
    for (int i = 0; i < h->n; i++) {
        if (i > 0)
            buf_put(&b, S(", "));
        put_time(&b, h->span[i].from_ms);
        buf_char(&b, '-');
        put_time(&b, h->span[i].to_ms);
    }
    return buf_str(&b);
}

str calendar_hours_shown(struct arena *a, str text, enum lang lang)
{
    struct buf b = buf_new(a, text.n + 16);
    for (isize i = 0; i < text.n; i++)
        buf_put(&b, text.p[i] == '-' ? S("–") : (str){text.p + i, 1});
    if (lang == LANG_DE && text.n > 0)
        buf_put(&b, S(" Uhr"));
    return buf_str(&b);
}

// --- one day -------------------------------------------------------------------------------

bool calendar_holiday(const struct calendar *c, int64_t day, struct holiday *out)
{
    return c->region != 0 && holiday_on(c->region, day, out);
}

static const struct calendar_extra *first_extra(const struct calendar *c, int64_t day)
{
    isize low = 0, high = c->extras;
    while (low < high) {
        isize middle = low + (high - low) / 2;
        if (c->extra[middle].day < day)
            low = middle + 1;
        else
            high = middle;
    }
    return c->extra + low;
}

static void apply_extras(const struct calendar *c, int64_t day, struct calendar_hours *h)
{
    if (c->extras == 0)
        return;
    const struct calendar_extra *end = c->extra + c->extras, *first = first_extra(c, day);
    for (const struct calendar_extra *e = first; e < end && e->day == day; e++)
        if (!e->open)
            cut(h, e->span.from_ms, e->span.to_ms);
    for (const struct calendar_extra *e = first; e < end && e->day == day; e++)
        if (e->open)
            add(h, e->span.from_ms, e->span.to_ms);
}

static int weekday_of(int64_t day)    // 1970-01-01 was a Thursday
{
    return (int)(((day + 3) % 7 + 7) % 7) + 1;
}

void calendar_day(const struct calendar *c, int64_t day, struct calendar_hours *out)
{
    struct holiday holiday;
    *out = c->week[weekday_of(day)];
    if (out->n > 0 && calendar_holiday(c, day, &holiday))
        cut(out, holiday.afternoon ? NOON_MS : 0, DAY_MS);    // K4
    apply_extras(c, day, out);
}

// --- many days -----------------------------------------------------------------------------

static int64_t day_of(int64_t local)
{
    return (local >= 0 ? local : local - DAY_MS + 1) / DAY_MS;
}

int64_t calendar_today(const struct calendar *c, instant t)
{
    return day_of(wall_local(c->wall, t));
}

// Goes through the worked time of [from, to), both on one wall without a change, until *left
// is used up: then true, and *end is where.
static bool use_up(const struct calendar *c, int64_t from, int64_t to, int64_t *left,
                   int64_t *end)
{
    struct calendar_hours h;
    for (int64_t day = day_of(from); day * DAY_MS < to; day++) {
        calendar_day(c, day, &h);
        for (int i = 0; i < h.n; i++) {
            int64_t a = int_max(from, day * DAY_MS + h.span[i].from_ms);
            int64_t b = int_min(to, day * DAY_MS + h.span[i].to_ms);
            if (a >= b)
                continue;
            if (b - a >= *left) {
                *end = a + *left;
                return true;
            }
            *left -= b - a;
        }
    }
    return false;
}

int64_t calendar_worked(const struct calendar *c, instant from, instant to)
{
    int64_t left = INT64_MAX, end;
    for (instant at = from; at.ms < to.ms;) {
        instant change;
        int64_t ahead = wall_offset_ms(c->wall, at, &change);
        int64_t until = int_min(change.ms, to.ms);
        use_up(c, at.ms + ahead, until + ahead, &left, &end);
        at.ms = until;
    }
    return INT64_MAX - left;
}

instant calendar_add(const struct calendar *c, instant from, int64_t ms)
{
    int64_t left = ms, end, horizon = from.ms + HORIZON_DAYS * (int64_t)DAY_MS;
    if (ms <= 0)
        return from;
    for (instant at = from; at.ms < horizon;) {
        instant change;
        int64_t ahead = wall_offset_ms(c->wall, at, &change);
        int64_t until = int_min(change.ms, horizon);
        if (use_up(c, at.ms + ahead, until + ahead, &left, &end))
            return (instant){end - ahead};
        at.ms = until;
    }
    return (instant){0};    // K7
}

instant calendar_workday(const struct calendar *c, instant from, int days)
{
    struct calendar_hours h;
    int64_t local = wall_local(c->wall, from), end = local + HORIZON_DAYS * (int64_t)DAY_MS;
    while (days > 0 && local < end) {
        local += DAY_MS;
        calendar_day(c, day_of(local), &h);
        days -= h.n > 0;
    }
    return days > 0 ? (instant){0} : wall_instant(c->wall, local);
}
