// SPDX-License-Identifier: GPL-3.0-or-later
#include "invitation/ical_zone.h"

#include "base/limits.h"

#include <libical/ical.h>

// What Outlook and Exchange write (CLDR, windowsZones.xml, territory 001).
// clang-format off
static const struct { const char *windows, *iana; } names[] = {
    {"W. Europe Standard Time", "Europe/Berlin"}, {"Central Europe Standard Time", "Europe/Budapest"},
    {"Romance Standard Time", "Europe/Paris"}, {"Central European Standard Time", "Europe/Warsaw"},
    {"GMT Standard Time", "Europe/London"}, {"Greenwich Standard Time", "Atlantic/Reykjavik"},
    {"E. Europe Standard Time", "Europe/Chisinau"}, {"FLE Standard Time", "Europe/Kiev"},
    {"GTB Standard Time", "Europe/Bucharest"}, {"Turkey Standard Time", "Europe/Istanbul"},
    {"Russian Standard Time", "Europe/Moscow"}, {"Belarus Standard Time", "Europe/Minsk"},
    {"Kaliningrad Standard Time", "Europe/Kaliningrad"}, {"Israel Standard Time", "Asia/Jerusalem"},
    {"Egypt Standard Time", "Africa/Cairo"}, {"South Africa Standard Time", "Africa/Johannesburg"},
    {"Morocco Standard Time", "Africa/Casablanca"}, {"Arab Standard Time", "Asia/Riyadh"},
    {"Arabian Standard Time", "Asia/Dubai"}, {"Iran Standard Time", "Asia/Tehran"},
    {"Pakistan Standard Time", "Asia/Karachi"}, {"India Standard Time", "Asia/Calcutta"},
    {"Bangladesh Standard Time", "Asia/Dhaka"}, {"SE Asia Standard Time", "Asia/Bangkok"},
    {"China Standard Time", "Asia/Shanghai"}, {"Singapore Standard Time", "Asia/Singapore"},
    {"Taipei Standard Time", "Asia/Taipei"}, {"Tokyo Standard Time", "Asia/Tokyo"},
    {"Korea Standard Time", "Asia/Seoul"}, {"W. Australia Standard Time", "Australia/Perth"},
    {"Cen. Australia Standard Time", "Australia/Adelaide"}, {"AUS Eastern Standard Time", "Australia/Sydney"},
    {"E. Australia Standard Time", "Australia/Brisbane"}, {"New Zealand Standard Time", "Pacific/Auckland"},
    {"Azores Standard Time", "Atlantic/Azores"}, {"E. South America Standard Time", "America/Sao_Paulo"},
    {"Argentina Standard Time", "America/Buenos_Aires"}, {"Newfoundland Standard Time", "America/St_Johns"},
    {"Atlantic Standard Time", "America/Halifax"}, {"Eastern Standard Time", "America/New_York"},
    {"US Eastern Standard Time", "America/Indianapolis"}, {"Central Standard Time", "America/Chicago"},
    {"Central Standard Time (Mexico)", "America/Mexico_City"}, {"Mountain Standard Time", "America/Denver"},
    {"US Mountain Standard Time", "America/Phoenix"}, {"Pacific Standard Time", "America/Los_Angeles"},
    {"Alaskan Standard Time", "America/Anchorage"}, {"Hawaiian Standard Time", "Pacific/Honolulu"},
    {"SA Pacific Standard Time", "America/Bogota"}, {"Pacific SA Standard Time", "America/Santiago"},
};
// clang-format on

static icaltimezone *builtin(struct arena *a, str name)
{
    return name.n == 0 || name.n > LIMIT_LINE
               ? NULL
               : icaltimezone_get_builtin_timezone(arena_z(a, name));
}

static icaltimezone *find(struct arena *a, str name)
{
    if (str_eq_nocase(name, S("UTC")) || str_eq_nocase(name, S("Etc/UTC"))
        || str_eq_nocase(name, S("GMT")))
        return icaltimezone_get_utc_timezone();
    for (isize i = 0; i < countof(names); i++)
        if (str_eq_nocase(name, str_from_z(names[i].windows)))
            return builtin(a, str_from_z(names[i].iana));
    return builtin(a, name);
}

// "/mozilla.org/20070129_1/Europe/Berlin": what follows each slash may be a name.
struct _icaltimezone *ical_zone_find(struct arena *a, str name)
{
    for (int i = 0; i < 8 && name.n > 0; i++) {
        icaltimezone *zone = str_starts(name, S("/")) ? NULL : find(a, name);
        if (zone != NULL)
            return zone;
        isize slash = str_find(name, S("/"));
        name = slash < 0 ? (str){0} : str_cut(name, slash + 1);
    }
    return NULL;
}
