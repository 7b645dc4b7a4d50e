// SPDX-License-Identifier: GPL-3.0-or-later
#include "invitation/ical_rule.h"

#include "base/buf.h"
#include "base/when.h"

#include <libical/ical.h>

// clang-format off
static const struct { struct words once, often; } every[] = {
    [ICAL_DAILY_RECURRENCE]   = {WORDS("every day", "jeden Tag"),     WORDS("every %d days", "alle %d Tage")},
    [ICAL_WEEKLY_RECURRENCE]  = {WORDS("every week", "jede Woche"),   WORDS("every %d weeks", "alle %d Wochen")},
    [ICAL_MONTHLY_RECURRENCE] = {WORDS("every month", "jeden Monat"), WORDS("every %d months", "alle %d Monate")},
    [ICAL_YEARLY_RECURRENCE]  = {WORDS("every year", "jedes Jahr"),   WORDS("every %d years", "alle %d Jahre")},
};
// clang-format on

static const struct words special =
    WORDS("repeatedly, by a rule of its own", "mehrmals, nach einer eigenen Regel");

static int count(const short *list, int most)
{
    int n = 0;
    while (n < most && list[n] != ICAL_RECURRENCE_ARRAY_MAX)
        n++;
    return n;
}

// Only what people say in one breath.
static bool is_plain(const struct icalrecurrencetype *r)
{
    bool known = r->freq >= ICAL_DAILY_RECURRENCE && r->freq <= ICAL_YEARLY_RECURRENCE;
    int by_day = count(r->by_day, 8), on = count(r->by_month_day, 2);
    int rare = count(r->by_second, 1) + count(r->by_minute, 1) + count(r->by_hour, 1)
               + count(r->by_year_day, 1) + count(r->by_week_no, 1) + count(r->by_set_pos, 1);
    if (!known || rare > 0 || by_day > 7 || on > 1 || count(r->by_month, 2) > 1)
        return false;
    if (by_day > 0 && icalrecurrencetype_day_position(r->by_day[0]) != 0)
        return r->freq == ICAL_MONTHLY_RECURRENCE && by_day == 1 && on == 0;
    return by_day == 0 || (r->freq == ICAL_WEEKLY_RECURRENCE && on == 0);
}

static void put_nth(struct buf *b, int nth, str day, enum lang lang)
{
    static const char *const endings[] = {"", "st", "nd", "rd"};
    if (nth == -1)
        buf_fmt(b, lang == LANG_EN ? " on the last " STR_FMT : " am letzten " STR_FMT,
                STR_ARG(day));
    else if (lang == LANG_DE)
        buf_fmt(b, " am %d. " STR_FMT, nth, STR_ARG(day));
    else
        buf_fmt(b, " on the %d%s " STR_FMT, nth, nth >= 1 && nth <= 3 ? endings[nth] : "th",
                STR_ARG(day));
}

static void put_days(struct buf *b, const struct icalrecurrencetype *r, enum lang lang)
{
    for (int i = 0, n = count(r->by_day, 7); i < n; i++) {
        int day = (int)icalrecurrencetype_day_day_of_week(r->by_day[i]);
        int nth = icalrecurrencetype_day_position(r->by_day[i]);
        // Theirs begin on Sunday.
        str name = day >= 1 && day <= 7 ? zone_weekday((day + 5) % 7 + 1, lang) : S("?");
        if (nth != 0) {
            put_nth(b, nth, name, lang);
            continue;
        }
        buf_put(b, i > 0 ? S(", ") : lang == LANG_EN ? S(" on ") : S(" am "));
        buf_put(b, name);
    }
}

static void put_end(struct buf *b, const struct icalrecurrencetype *r, enum lang lang)
{
    if (r->count > 0)
        buf_fmt(b, lang == LANG_EN ? ", %d times" : ", %d-mal", r->count);
    if (icaltime_is_null_time(r->until))
        return;
    instant day = zone_instant(
        (struct local){.year = r->until.year, .month = r->until.month, .day = r->until.day});
    str shown = when_day(b->arena, day, lang);
    buf_fmt(b, lang == LANG_EN ? ", until " STR_FMT : ", bis " STR_FMT, STR_ARG(shown));
}

static str in(struct arena *a, const struct icalrecurrencetype *r, enum lang lang)
{
    struct buf b = buf_new(a, 100);
    if (r->interval > 1)
        buf_fmt(&b, "%s %d ", lang == LANG_EN ? "every" : "alle", r->interval);
    str often = words_in(every[r->freq].often, lang),
        once = words_in(every[r->freq].once, lang);
    buf_put(&b, r->interval > 1 ? str_cut(often, str_find(often, S("%d")) + 3) : once);
    put_days(&b, r, lang);
    if (count(r->by_month_day, 1) > 0 && r->by_month_day[0] > 0
        && r->freq == ICAL_MONTHLY_RECURRENCE)
        buf_fmt(&b, lang == LANG_EN ? " on day %d" : " am %d.", r->by_month_day[0]);
    put_end(&b, r, lang);
    return buf_str(&b);
}

struct words ical_rule_words(struct arena *a, const struct icalrecurrencetype *rule)
{
    if (!is_plain(rule))
        return special;
    return (struct words){in(a, rule, LANG_EN), in(a, rule, LANG_DE)};
}
