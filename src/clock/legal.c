// SPDX-License-Identifier: GPL-3.0-or-later
#include "clock/legal.h"

#include "base/now.h"
#include "base/zone.h"

enum { SATURDAY = 6 };

// clang-format off
const struct legal_word legal_words[LEGAL_KINDS] = {
    {"", WORDS("", ""), WORDS("", "")},
    [LEGAL_TKG58]   = {"legal_tkg58",   WORDS("Explain a telephone or internet fault", "Störung erklären (Telefon, Internet)"), WORDS("TKG § 58", "TKG § 58")},
    [LEGAL_DSR]     = {"legal_dsr",     WORDS("Answer a request about personal data", "Auskunft oder Löschung beantworten"), WORDS("GDPR Art. 12", "DSGVO Art. 12")},
    [LEGAL_BREACH]  = {"legal_breach",  WORDS("Report a breach of personal data", "Datenpanne melden"), WORDS("GDPR Art. 33", "DSGVO Art. 33")},
    [LEGAL_NIS2_24] = {"legal_nis2_24", WORDS("Security incident: early warning", "Sicherheitsvorfall: Erstmeldung"), WORDS("BSIG § 32, 24 h", "BSIG § 32, 24 h")},
    [LEGAL_NIS2_72] = {"legal_nis2_72", WORDS("Security incident: report", "Sicherheitsvorfall: Meldung"), WORDS("BSIG § 32, 72 h", "BSIG § 32, 72 h")},
    [LEGAL_NIS2_1M] = {"legal_nis2_1m", WORDS("Security incident: final report", "Sicherheitsvorfall: Abschlussmeldung"), WORDS("BSIG § 32, one month", "BSIG § 32, ein Monat")},
};
// clang-format on

static instant end_of(const struct calendar *c, int64_t day)
{
    return wall_instant(c->wall, (day + 1) * DAY_MS);
}

static bool is_free(const struct calendar *c, int64_t day)
{
    struct holiday h;
    return zone_date_of(day).weekday >= SATURDAY || calendar_holiday(c, day, &h);
}

static instant month_later(const struct calendar *c, instant t)    // O3
{
    struct local d = zone_date_of(calendar_today(c, t));
    int year = d.month == 12 ? d.year + 1 : d.year, month = d.month % 12 + 1;
    int64_t day = zone_days(year, month, d.day);
    while (zone_date_of(day).month != month)
        day--;
    while (is_free(c, day))
        day++;
    return end_of(c, day);
}

static instant hours_later(instant t, int hours)
{
    return (instant){t.ms + hours * (int64_t)HOUR_MS};
}

instant legal_due(enum legal_kind kind, instant known, const struct calendar *c)
{
    switch (kind) {
    case LEGAL_TKG58:
        return end_of(c, calendar_today(c, known) + 1);
    case LEGAL_DSR:
        return month_later(c, known);
    case LEGAL_BREACH:
        return hours_later(known, 72);
    case LEGAL_NIS2_24:
        return hours_later(known, 24);
    case LEGAL_NIS2_72:
        return hours_later(known, 72);
    case LEGAL_NIS2_1M:
        return month_later(c, hours_later(known, 72));
    case LEGAL_KINDS:
        break;
    }
    return (instant){0};
}

int64_t legal_compensation(instant reported, instant until, int64_t monthly_cents,
                           const struct calendar *c)
{
    int64_t first = calendar_today(c, reported), sum = 0;
    for (int64_t day = first + 3; day <= calendar_today(c, until); day++)
        sum += day - first < 5 ? int_max(500, monthly_cents / 10)
                               : int_max(1000, monthly_cents / 5);
    return sum;
}
