// SPDX-License-Identifier: GPL-3.0-or-later
#include "clock/holiday.h"

#include "base/zone.h"

// clang-format off
enum region {
    AT = 1, AT_1, AT_2, AT_3, AT_4, AT_5, AT_6, AT_7, AT_8, AT_9, CH, CH_AG, CH_AI, CH_AR,
    CH_BE, CH_BL, CH_BS, CH_FR, CH_GE, CH_GL, CH_GR, CH_JU, CH_LU, CH_NE, CH_NW, CH_OW,
    CH_SG, CH_SH, CH_SO, CH_SZ, CH_TG, CH_TI, CH_UR, CH_VD, CH_VS, CH_ZG, CH_ZH, DE, DE_BB,
    DE_BE, DE_BW, DE_BY, DE_BY_A, DE_BY_EVANG, DE_BY_KATH, DE_HB, DE_HE, DE_HH, DE_MV,
    DE_NI, DE_NW, DE_RP, DE_SH, DE_SL, DE_SN, DE_SN_BZ, DE_ST, DE_TH, DE_TH_EIC, DE_TH_UH,
    DE_TH_WAK,
};

const struct holiday_region holiday_regions[] = {
    {"", WORDS("", "")},
    [AT] = {"AT", WORDS("Austria", "Österreich")},
    [AT_1] = {"AT-1", WORDS("Burgenland", "Burgenland")},
    [AT_2] = {"AT-2", WORDS("Carinthia", "Kärnten")},
    [AT_3] = {"AT-3", WORDS("Lower Austria", "Niederösterreich")},
    [AT_4] = {"AT-4", WORDS("Upper Austria", "Oberösterreich")},
    [AT_5] = {"AT-5", WORDS("Salzburg", "Salzburg")},
    [AT_6] = {"AT-6", WORDS("Styria", "Steiermark")},
    [AT_7] = {"AT-7", WORDS("Tyrol", "Tirol")},
    [AT_8] = {"AT-8", WORDS("Vorarlberg", "Vorarlberg")},
    [AT_9] = {"AT-9", WORDS("Vienna", "Wien")},
    [CH] = {"CH", WORDS("Switzerland", "Schweiz")},
    [CH_AG] = {"CH-AG", WORDS("Aargau", "Aargau")},
    [CH_AI] = {"CH-AI", WORDS("Appenzell Innerrhoden", "Appenzell Innerrhoden")},
    [CH_AR] = {"CH-AR", WORDS("Appenzell Ausserrhoden", "Appenzell Ausserrhoden")},
    [CH_BE] = {"CH-BE", WORDS("Bern", "Bern")},
    [CH_BL] = {"CH-BL", WORDS("Basel-Landschaft", "Basel-Landschaft")},
    [CH_BS] = {"CH-BS", WORDS("Basel-Stadt", "Basel-Stadt")},
    [CH_FR] = {"CH-FR", WORDS("Fribourg", "Freiburg")},
    [CH_GE] = {"CH-GE", WORDS("Geneva", "Genf")},
    [CH_GL] = {"CH-GL", WORDS("Glarus", "Glarus")},
    [CH_GR] = {"CH-GR", WORDS("Grisons", "Graubünden")},
    [CH_JU] = {"CH-JU", WORDS("Jura", "Jura")},
    [CH_LU] = {"CH-LU", WORDS("Lucerne", "Luzern")},
    [CH_NE] = {"CH-NE", WORDS("Neuchâtel", "Neuenburg")},
    [CH_NW] = {"CH-NW", WORDS("Nidwalden", "Nidwalden")},
    [CH_OW] = {"CH-OW", WORDS("Obwalden", "Obwalden")},
    [CH_SG] = {"CH-SG", WORDS("St. Gallen", "St. Gallen")},
    [CH_SH] = {"CH-SH", WORDS("Schaffhausen", "Schaffhausen")},
    [CH_SO] = {"CH-SO", WORDS("Solothurn", "Solothurn")},
    [CH_SZ] = {"CH-SZ", WORDS("Schwyz", "Schwyz")},
    [CH_TG] = {"CH-TG", WORDS("Thurgau", "Thurgau")},
    [CH_TI] = {"CH-TI", WORDS("Ticino", "Tessin")},
    [CH_UR] = {"CH-UR", WORDS("Uri", "Uri")},
    [CH_VD] = {"CH-VD", WORDS("Vaud", "Waadt")},
    [CH_VS] = {"CH-VS", WORDS("Valais", "Wallis")},
    [CH_ZG] = {"CH-ZG", WORDS("Zug", "Zug")},
    [CH_ZH] = {"CH-ZH", WORDS("Zürich", "Zürich")},
    [DE] = {"DE", WORDS("Germany", "Deutschland")},
    [DE_BB] = {"DE-BB", WORDS("Brandenburg", "Brandenburg")},
    [DE_BE] = {"DE-BE", WORDS("Berlin", "Berlin")},
    [DE_BW] = {"DE-BW", WORDS("Baden-Württemberg", "Baden-Württemberg")},
    [DE_BY] = {"DE-BY", WORDS("Bavaria", "Bayern")},
    [DE_BY_A] = {"DE-BY-A", WORDS("Bavaria: Augsburg", "Bayern: Augsburg")},
    [DE_BY_EVANG] = {"DE-BY-EVANG", WORDS("Bavaria: mainly Protestant communities", "Bayern: überwiegend evangelische Gemeinden")},
    [DE_BY_KATH] = {"DE-BY-KATH", WORDS("Bavaria: mainly Catholic communities", "Bayern: überwiegend katholische Gemeinden")},
    [DE_HB] = {"DE-HB", WORDS("Bremen", "Bremen")},
    [DE_HE] = {"DE-HE", WORDS("Hesse", "Hessen")},
    [DE_HH] = {"DE-HH", WORDS("Hamburg", "Hamburg")},
    [DE_MV] = {"DE-MV", WORDS("Mecklenburg-Western Pomerania", "Mecklenburg-Vorpommern")},
    [DE_NI] = {"DE-NI", WORDS("Lower Saxony", "Niedersachsen")},
    [DE_NW] = {"DE-NW", WORDS("North Rhine-Westphalia", "Nordrhein-Westfalen")},
    [DE_RP] = {"DE-RP", WORDS("Rhineland-Palatinate", "Rheinland-Pfalz")},
    [DE_SH] = {"DE-SH", WORDS("Schleswig-Holstein", "Schleswig-Holstein")},
    [DE_SL] = {"DE-SL", WORDS("Saarland", "Saarland")},
    [DE_SN] = {"DE-SN", WORDS("Saxony", "Sachsen")},
    [DE_SN_BZ] = {"DE-SN-BZ", WORDS("Saxony: Bautzen, Catholic communities", "Sachsen: Bautzen, katholische Gemeinden")},
    [DE_ST] = {"DE-ST", WORDS("Saxony-Anhalt", "Sachsen-Anhalt")},
    [DE_TH] = {"DE-TH", WORDS("Thuringia", "Thüringen")},
    [DE_TH_EIC] = {"DE-TH-EIC", WORDS("Thuringia: Eichsfeld", "Thüringen: Eichsfeld")},
    [DE_TH_UH] = {"DE-TH-UH", WORDS("Thuringia: Unstrut-Hainich", "Thüringen: Unstrut-Hainich-Kreis")},
    [DE_TH_WAK] = {"DE-TH-WAK", WORDS("Thuringia: Wartburgkreis", "Thüringen: Wartburgkreis")},
};

// --- the laws ----------------------------------------------------------------------------

enum { MON = 1, TUE, WED, THU, FRI, SAT, SUN };

enum reckoning {
    DATE = 1,     // month and day
    EASTER,       // so many days after Easter Sunday
    WEEKDAY,      // the first such weekday from month and day on, and so many days after it
    NAEFELS,      // the first Thursday of April; in Holy Week, a week later
};

struct law {
    enum reckoning how;
    int month, day;
    int weekday;     // WEEKDAY
    int after;       // days
    uint64_t where;
    struct words name;
    int since, until;        // F2: 0 is open
    unsigned weekdays;       // F4: bits of ON(); 0: all
    bool afternoon;          // F3
};

#define IN(region)     (UINT64_C(1) << (region))
#define FROM_TO(a, b)  ((IN((b) + 1) - 1) & ~(IN(a) - 1))
#define ON(weekday)    (1u << (weekday))

#define AUSTRIA      FROM_TO(AT, AT_9)
#define SWITZERLAND  FROM_TO(CH, CH_ZH)
#define GERMANY      FROM_TO(DE, DE_TH_WAK)
#define BAVARIA      FROM_TO(DE_BY, DE_BY_KATH)
#define SAXONY       (IN(DE_SN) | IN(DE_SN_BZ))
#define THURINGIA    FROM_TO(DE_TH, DE_TH_WAK)
#define REFORMATION  (IN(DE_BB) | IN(DE_MV) | SAXONY | IN(DE_ST) | THURINGIA)
#define CATHOLIC     (IN(CH_AG) | IN(CH_AI) | IN(CH_FR) | IN(CH_JU) | IN(CH_LU) | IN(CH_NW) | IN(CH_OW) | IN(CH_SO) \
                      | IN(CH_SZ) | IN(CH_TI) | IN(CH_UR) | IN(CH_VS) | IN(CH_ZG))

static const struct law laws[] = {
    {DATE, 1, 1, .where = AUSTRIA | SWITZERLAND | GERMANY, .name = WORDS("New Year's Day", "Neujahr")},
    {DATE, 1, 2, .where = IN(CH_AG) | IN(CH_BE) | IN(CH_JU) | IN(CH_TG) | IN(CH_VD), .name = WORDS("Berchtold's Day", "Berchtoldstag")},
    {DATE, 1, 2, .where = IN(CH_NE), .weekdays = ON(MON), .name = WORDS("Berchtold's Day", "Berchtoldstag")},
    {DATE, 1, 6, .where = AUSTRIA | IN(CH_SZ) | IN(CH_TI) | IN(CH_UR) | IN(DE_BW) | BAVARIA | IN(DE_ST), .name = WORDS("Epiphany", "Heilige Drei Könige")},
    {DATE, 3, 1, .where = IN(CH_NE), .name = WORDS("Day of the Republic", "Tag der Republik")},
    {DATE, 3, 8, .where = IN(DE_BE), .since = 2019, .name = WORDS("Women's Day", "Frauentag")},
    {DATE, 3, 8, .where = IN(DE_MV), .since = 2023, .name = WORDS("Women's Day", "Frauentag")},
    {DATE, 3, 19, .where = IN(CH_NW) | IN(CH_SO) | IN(CH_SZ) | IN(CH_TI) | IN(CH_UR) | IN(CH_VS), .name = WORDS("St Joseph's Day", "Josefstag")},
    {NAEFELS, .where = IN(CH_GL), .name = WORDS("Näfels Procession", "Näfelser Fahrt")},
    {EASTER, .after = -2, .where = GERMANY | (SWITZERLAND & ~(IN(CH_GR) | IN(CH_TI) | IN(CH_VS))), .name = WORDS("Good Friday", "Karfreitag")},
    {EASTER, .after = 0, .where = SWITZERLAND | IN(DE_BB), .name = WORDS("Easter Sunday", "Ostersonntag")},
    {EASTER, .after = 1, .where = AUSTRIA | GERMANY | (SWITZERLAND & ~(IN(CH_FR) | IN(CH_LU) | IN(CH_NW) | IN(CH_OW) | IN(CH_SO) | IN(CH_VS) | IN(CH_ZG))), .name = WORDS("Easter Monday", "Ostermontag")},
    {DATE, 5, 1, .where = AUSTRIA | GERMANY | IN(CH_AG) | IN(CH_BL) | IN(CH_BS) | IN(CH_JU) | IN(CH_NE) | IN(CH_SH) | IN(CH_TG) | IN(CH_TI) | IN(CH_ZH), .name = WORDS("Labour Day", "Tag der Arbeit")},
    {DATE, 5, 1, .where = IN(CH_SO) | IN(CH_VS), .afternoon = true, .name = WORDS("Labour Day", "Tag der Arbeit")},
    {DATE, 5, 8, .where = IN(DE_BE), .since = 2020, .until = 2020, .name = WORDS("75 years of liberation", "75. Jahrestag der Befreiung")},
    {DATE, 5, 8, .where = IN(DE_BE), .since = 2025, .until = 2025, .name = WORDS("80 years of liberation", "80. Jahrestag der Befreiung")},
    {DATE, 6, 17, .where = IN(DE_BE), .since = 2028, .until = 2028, .name = WORDS("75 years since the uprising of 1953", "75. Jahrestag des Aufstands von 1953")},
    {EASTER, .after = 39, .where = AUSTRIA | SWITZERLAND | GERMANY, .name = WORDS("Ascension Day", "Christi Himmelfahrt")},
    {EASTER, .after = 49, .where = SWITZERLAND | IN(DE_BB), .name = WORDS("Whit Sunday", "Pfingstsonntag")},
    {EASTER, .after = 50, .where = AUSTRIA | GERMANY | (SWITZERLAND & ~(IN(CH_FR) | IN(CH_LU) | IN(CH_NE) | IN(CH_NW) | IN(CH_OW) | IN(CH_SO) | IN(CH_ZG))), .name = WORDS("Whit Monday", "Pfingstmontag")},
    {EASTER, .after = 60, .where = AUSTRIA | CATHOLIC | IN(CH_NE) | IN(DE_BW) | BAVARIA | IN(DE_HE) | IN(DE_NW) | IN(DE_RP) | IN(DE_SL) | IN(DE_SN_BZ) | FROM_TO(DE_TH_EIC, DE_TH_WAK), .name = WORDS("Corpus Christi", "Fronleichnam")},
    {DATE, 6, 23, .where = IN(CH_JU), .name = WORDS("Independence of Jura", "Fest der Unabhängigkeit")},
    {DATE, 6, 29, .where = IN(CH_TI), .name = WORDS("Saints Peter and Paul", "Peter und Paul")},
    {DATE, 8, 1, .where = SWITZERLAND, .name = WORDS("Swiss National Day", "Bundesfeiertag")},
    {DATE, 8, 8, .where = IN(DE_BY_A), .name = WORDS("Augsburg Peace Festival", "Augsburger Friedensfest")},
    {DATE, 8, 15, .where = AUSTRIA | CATHOLIC | IN(DE_BY_KATH) | IN(DE_SL), .name = WORDS("Assumption Day", "Mariä Himmelfahrt")},
    {WEEKDAY, 9, 1, SUN, 4, .where = IN(CH_GE), .name = WORDS("Geneva Day of Fasting", "Genfer Bettag")},
    {WEEKDAY, 9, 15, SUN, 0, .where = SWITZERLAND & ~(IN(CH_GE) | IN(CH_GL)), .name = WORDS("Federal Day of Prayer", "Eidgenössischer Bettag")},
    {WEEKDAY, 9, 15, SUN, 1, .where = IN(CH_VD), .name = WORDS("Monday after the Day of Prayer", "Bettagsmontag")},
    {DATE, 9, 20, .where = THURINGIA, .since = 2019, .name = WORDS("World Children's Day", "Weltkindertag")},
    {DATE, 9, 22, .where = IN(CH_AI), .name = WORDS("St Maurice's Day", "Mauritiustag")},
    {DATE, 9, 24, .where = IN(AT_5), .name = WORDS("St Rupert's Day", "Rupertitag")},
    {DATE, 9, 25, .where = IN(CH_OW), .name = WORDS("Brother Klaus's Day", "Bruderklausenfest")},
    {DATE, 10, 3, .where = GERMANY, .name = WORDS("Day of German Unity", "Tag der Deutschen Einheit")},
    {DATE, 10, 10, .where = IN(AT_2), .name = WORDS("Carinthian Plebiscite Day", "Tag der Volksabstimmung")},
    {DATE, 10, 26, .where = AUSTRIA, .name = WORDS("Austrian National Day", "Nationalfeiertag")},
    {DATE, 10, 31, .where = REFORMATION, .name = WORDS("Reformation Day", "Reformationstag")},
    {DATE, 10, 31, .where = GERMANY & ~REFORMATION, .since = 2017, .until = 2017, .name = WORDS("500 years of Reformation", "500. Reformationstag")},
    {DATE, 10, 31, .where = IN(DE_HB) | IN(DE_HH) | IN(DE_NI) | IN(DE_SH), .since = 2018, .name = WORDS("Reformation Day", "Reformationstag")},
    {DATE, 11, 1, .where = AUSTRIA | CATHOLIC | IN(CH_GL) | IN(CH_SG) | IN(DE_BW) | BAVARIA | IN(DE_NW) | IN(DE_RP) | IN(DE_SL), .name = WORDS("All Saints' Day", "Allerheiligen")},
    {DATE, 11, 11, .where = IN(AT_1), .name = WORDS("St Martin's Day", "Martinstag")},
    {WEEKDAY, 11, 16, WED, 0, .where = SAXONY, .name = WORDS("Day of Repentance and Prayer", "Buß- und Bettag")},
    {DATE, 12, 8, .where = AUSTRIA | (CATHOLIC & ~(IN(CH_AI) | IN(CH_JU) | IN(CH_SO))), .name = WORDS("Immaculate Conception", "Mariä Empfängnis")},
    {DATE, 12, 24, .where = IN(CH_GL), .name = WORDS("Christmas Eve", "Heiliger Abend")},
    {DATE, 12, 24, .where = IN(CH_VS), .afternoon = true, .name = WORDS("Christmas Eve", "Heiliger Abend")},
    {DATE, 12, 25, .where = AUSTRIA | SWITZERLAND | GERMANY, .name = WORDS("Christmas Day", "1. Weihnachtstag")},
    {DATE, 12, 26, .where = AUSTRIA | GERMANY | IN(CH) | IN(CH_AG) | IN(CH_BE) | IN(CH_BL) | IN(CH_BS) | IN(CH_GL) | IN(CH_GR) | IN(CH_LU) | IN(CH_SG) | IN(CH_SH) | IN(CH_SZ) | IN(CH_TG) | IN(CH_TI) | IN(CH_ZH), .name = WORDS("Boxing Day", "2. Weihnachtstag")},
    {DATE, 12, 26, .where = IN(CH_AI), .weekdays = ON(MON) | ON(WED) | ON(THU) | ON(FRI) | ON(SUN), .name = WORDS("St Stephen's Day", "Stephanstag")},
    {DATE, 12, 26, .where = IN(CH_AR), .weekdays = ON(TUE) | ON(WED) | ON(THU) | ON(FRI) | ON(SAT) | ON(SUN), .name = WORDS("St Stephen's Day", "Stephanstag")},
    {DATE, 12, 26, .where = IN(CH_NE), .weekdays = ON(MON), .name = WORDS("St Stephen's Day", "Stephanstag")},
    {DATE, 12, 26, .where = IN(CH_UR), .weekdays = ON(TUE) | ON(WED) | ON(THU) | ON(SAT) | ON(SUN), .name = WORDS("St Stephen's Day", "Stephanstag")},
    {DATE, 12, 31, .where = IN(CH_GE), .name = WORDS("Restoration of the Republic", "Restauration der Republik")},
    {DATE, 12, 31, .where = IN(CH_GL), .name = WORDS("New Year's Eve", "Silvester")},
};
// clang-format on

// --- when --------------------------------------------------------------------------------

int holiday_region(str code)
{
    for (int i = 1; i <= HOLIDAY_REGIONS; i++)
        if (str_eq(code, str_from_z(holiday_regions[i].code)))
            return i;
    return 0;
}

// The Gregorian computus in Butcher's form (J. Meeus, Astronomical Algorithms, chapter 8).
int64_t holiday_easter(int year)
{
    int a = year % 19, b = year / 100, c = year % 100;
    int moon = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    int week = (32 + 2 * (b % 4) + 2 * (c / 4) - moon - c % 4) % 7;
    int late = (a + 11 * moon + 22 * week) / 451;
    int n = moon + week - 7 * late + 114;
    return zone_days(year, n / 31, n % 31 + 1);
}

static int64_t first_weekday(int year, int month, int day, int weekday)
{
    int64_t from = zone_days(year, month, day);
    return from + (weekday - zone_date_of(from).weekday + 7) % 7;
}

static int64_t naefels(int year)
{
    int64_t thursday = first_weekday(year, 4, 1, THU), easter = holiday_easter(year);
    return thursday == easter - 3 ? thursday + 7 : thursday;
}

static int64_t day_of(const struct law *l, int year)
{
    switch (l->how) {
    case DATE:
        return zone_days(year, l->month, l->day);
    case EASTER:
        return holiday_easter(year) + l->after;
    case WEEKDAY:
        return first_weekday(year, l->month, l->day, l->weekday) + l->after;
    case NAEFELS:
        return naefels(year);
    }
    return -1;
}

static bool holds(const struct law *l, int region, const struct local *d)
{
    return (l->where & IN(region)) != 0 && (l->since == 0 || d->year >= l->since)
           && (l->until == 0 || d->year <= l->until)
           && (l->weekdays == 0 || (l->weekdays & ON(d->weekday)) != 0)
           && (l->how != DATE || (l->month == d->month && l->day == d->day));
}

bool holiday_on(int region, int64_t day, struct holiday *out)
{
    bool found = false;
    if (region == 0)
        return false;
    struct local d = zone_date_of(day);
    for (isize i = 0; i < countof(laws); i++) {
        const struct law *l = &laws[i];
        if (!holds(l, region, &d) || day_of(l, d.year) != day)
            continue;
        if (!found || !l->afternoon)
            *out = (struct holiday){l->name, l->afternoon};
        found = true;
    }
    return found;
}
