// SPDX-License-Identifier: GPL-3.0-or-later
#include "invitation/ical.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/zone.h"
#include "invitation/ical_rule.h"
#include "invitation/ical_zone.h"
#include "mail/charset.h"
#include "mail/clean.h"

#include <libical/ical.h>

enum { RULE_MAX = 200, DEPTH = 8, YEAR_FIRST = 1970, YEAR_LAST = 2200 };

// --- I1: one flat event ------------------------------------------------------------------

struct reduction {
    struct arena *arena;
    struct buf line;    // unfolded; one for all: a file may be nothing but line ends
    struct buf event;
    str method;
    int lines, events, depth;
    bool in_first;    // the first event, or what is nested in it
};

static bool is_shown(str name)
{
    static const char *const names[] = {"UID",      "SUMMARY", "LOCATION", "ORGANIZER",
                                        "ATTENDEE", "DTSTART", "DTEND",    "DURATION",
                                        "RRULE",    "STATUS"};
    for (isize i = 0; i < countof(names); i++)
        if (str_eq_nocase(name, str_from_z(names[i])))
            return true;
    return false;
}

static str name_of(str line)
{
    isize n = 0;
    while (n < line.n && line.p[n] != ':' && line.p[n] != ';')
        n++;
    return (str){line.p, n};
}

// The next line, unfolded (3.1).  What is longer than a line may be is left out, not cut: half of
// a value would be another value.
static bool next_line(struct reduction *r, str *rest)
{
    bool too_long = false;
    r->line.n = 0;
    if (rest->n == 0)
        return false;
    do {
        str piece = str_token(rest, '\n');
        piece.n -= piece.n > 0 && piece.p[piece.n - 1] == '\r';
        too_long |= r->line.n + piece.n > LIMIT_CALENDAR_LINE;
        if (!too_long)
            buf_put(&r->line, r->line.n > 0 ? str_cut(piece, 1) : piece);
    } while (rest->n > 0 && (rest->p[0] == ' ' || rest->p[0] == '\t'));
    if (too_long)
        r->line.n = 0;
    return true;
}

static void begin(struct reduction *r, str what)
{
    r->depth++;
    if (r->depth == 2 && str_eq_nocase(what, S("VEVENT")))
        r->in_first = ++r->events == 1;
}

static void end(struct reduction *r)
{
    r->depth--;
    r->in_first &= r->depth >= 2;
}

static void take_line(struct reduction *r, str line)
{
    str name = name_of(line), value = str_trim(str_cut(line, name.n + 1));
    if (str_eq_nocase(name, S("BEGIN")))
        begin(r, value);
    else if (str_eq_nocase(name, S("END")))
        end(r);
    else if (r->depth == 1 && str_eq_nocase(name, S("METHOD")))
        r->method = arena_str(r->arena, value);
    else if (!r->in_first || r->depth != 2 || !is_shown(name)
             || ++r->lines > LIMIT_CALENDAR_LINES)
        return;
    else if (!str_eq_nocase(name, S("RRULE")) || line.n <= RULE_MAX)
        buf_fmt(&r->event, STR_FMT "\r\n", STR_ARG(line));
}

static bool reduce(struct reduction *r, str bytes)
{
    str rest = clean_text(r->arena, charset_to_utf8(r->arena, bytes, S("utf-8")));
    r->line = buf_new(r->arena, LIMIT_CALENDAR_LINE);
    r->event = buf_new(r->arena, 4096);
    buf_put(&r->event, S("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n"));
    while (next_line(r, &rest) && r->depth >= 0 && r->depth <= DEPTH)
        take_line(r, buf_str(&r->line));
    buf_put(&r->event, S("END:VEVENT\r\nEND:VCALENDAR\r\n"));
    return r->events > 0;
}

// --- times (I3 I4) -----------------------------------------------------------------------

static instant of_wall(struct icaltimetype t)
{
    return zone_instant((struct local){.year = t.year,
                                       .month = t.month,
                                       .day = t.day,
                                       .hour = t.is_date ? 0 : t.hour,
                                       .minute = t.is_date ? 0 : t.minute,
                                       .second = t.is_date ? 0 : t.second});
}

static bool is_time(struct icaltimetype t)
{
    return t.year >= YEAR_FIRST && t.year <= YEAR_LAST && t.month >= 1 && t.month <= 12
           && t.day >= 1 && t.day <= 31 && t.hour >= 0 && t.hour < 24 && t.minute >= 0
           && t.minute < 60 && t.second >= 0 && t.second <= 60;
}

static str zone_name(struct arena *a, icalproperty *p)
{
    icalparameter *tzid = icalproperty_get_first_parameter(p, ICAL_TZID_PARAMETER);
    const char *z = tzid == NULL ? NULL : icalparameter_get_tzid(tzid);
    return clean_line(a, str_head(arena_str(a, str_from_z(z)), LIMIT_LINE));
}

// 0: none.  *zone: I3.
static instant time_of(struct arena *a, icalproperty *p, struct icaltimetype t, str *zone)
{
    if (!is_time(t))
        return (instant){0};
    str name = zone_name(a, p);
    icaltimezone *known =
        icaltime_is_utc(t) ? icaltimezone_get_utc_timezone() : ical_zone_find(a, name);
    if (t.is_date || (known == NULL && name.n == 0))
        return of_wall(t);
    if (known != NULL)
        return (instant){(int64_t)icaltime_as_timet_with_zone(t, known) * 1000};
    *zone = name;
    return of_wall(t);
}

// --- what it says ------------------------------------------------------------------------

static str text_of(struct arena *a, const char *z)
{
    str s = z == NULL ? (str){0} : arena_str(a, str_from_z(z));
    return str_head(clean_line(a, s), LIMIT_LINE);
}

static icalproperty *property(icalcomponent *event, icalproperty_kind kind)
{
    return icalcomponent_get_first_property(event, kind);
}

// "mailto:" goes; a name is better.
static str person_of(struct arena *a, icalproperty *p, const char *address)
{
    icalparameter *cn = icalproperty_get_first_parameter(p, ICAL_CN_PARAMETER);
    str name = text_of(a, cn == NULL ? NULL : icalparameter_get_cn(cn));
    str mail = text_of(a, address);
    if (str_eq_nocase(str_head(mail, 7), S("mailto:")))
        mail = str_cut(mail, 7);
    if (name.n == 0 || str_eq_nocase(name, mail))
        return mail;
    return str_head(arena_fmt(a, STR_FMT " <" STR_FMT ">", STR_ARG(name), STR_ARG(mail)),
                    LIMIT_LINE);
}

static void read_answer(struct arena *a, icalcomponent *event, struct ical *out)
{
    icalproperty *p = property(event, ICAL_ATTENDEE_PROPERTY);
    icalparameter *stat =
        p == NULL ? NULL : icalproperty_get_first_parameter(p, ICAL_PARTSTAT_PARAMETER);
    if (p == NULL)
        return;
    out->guest = person_of(a, p, icalproperty_get_attendee(p));
    int said = stat == NULL ? 0 : (int)icalparameter_get_partstat(stat);
    out->answer = said == ICAL_PARTSTAT_ACCEPTED    ? ICAL_ACCEPTED
                  : said == ICAL_PARTSTAT_DECLINED  ? ICAL_DECLINED
                  : said == ICAL_PARTSTAT_TENTATIVE ? ICAL_TENTATIVE
                                                    : ICAL_NO_ANSWER;
}

static void read_words(struct arena *a, icalcomponent *event, struct ical *out)
{
    icalproperty *p = property(event, ICAL_UID_PROPERTY);
    out->uid = text_of(a, p == NULL ? NULL : icalproperty_get_uid(p));
    p = property(event, ICAL_SUMMARY_PROPERTY);
    out->summary = text_of(a, p == NULL ? NULL : icalproperty_get_summary(p));
    p = property(event, ICAL_LOCATION_PROPERTY);
    out->place = text_of(a, p == NULL ? NULL : icalproperty_get_location(p));
    p = property(event, ICAL_ORGANIZER_PROPERTY);
    out->organiser = p == NULL ? (str){0} : person_of(a, p, icalproperty_get_organizer(p));
    p = property(event, ICAL_RRULE_PROPERTY);
    if (p != NULL) {
        struct icalrecurrencetype rule = icalproperty_get_rrule(p);
        out->rule = ical_rule_words(a, &rule);    // I2
    }
    if (out->method == ICAL_REPLY)
        read_answer(a, event, out);
}

static bool read_times(struct arena *a, icalcomponent *event, struct ical *out)
{
    icalproperty *p = property(event, ICAL_DTSTART_PROPERTY);
    if (p == NULL)
        return false;    // I5
    struct icaltimetype t = icalproperty_get_dtstart(p);
    out->all_day = t.is_date;
    out->starts = time_of(a, p, t, &out->zone);
    if ((p = property(event, ICAL_DTEND_PROPERTY)) != NULL) {
        out->ends = time_of(a, p, icalproperty_get_dtend(p), &out->zone);
    } else if ((p = property(event, ICAL_DURATION_PROPERTY)) != NULL) {
        struct icaldurationtype d = icalproperty_get_duration(p);
        int64_t s = ((d.weeks * INT64_C(7) + d.days) * 24 + d.hours) * 3600
                    + d.minutes * INT64_C(60) + d.seconds;
        out->ends.ms = d.is_neg || s > INT64_C(366) * 86400 ? 0 : out->starts.ms + s * 1000;
    }
    out->ends.ms = out->ends.ms > out->starts.ms ? out->ends.ms : 0;
    return out->starts.ms != 0;
}

static enum ical_method method_of(str s, icalcomponent *event)
{
    icalproperty *p = property(event, ICAL_STATUS_PROPERTY);
    if (p != NULL && icalproperty_get_status(p) == ICAL_STATUS_CANCELLED)
        return ICAL_CANCEL;
    return s.n == 0 || str_eq_nocase(s, S("PUBLISH")) ? ICAL_PUBLISH
           : str_eq_nocase(s, S("REQUEST"))           ? ICAL_REQUEST
           : str_eq_nocase(s, S("CANCEL"))            ? ICAL_CANCEL
           : str_eq_nocase(s, S("REPLY"))             ? ICAL_REPLY
                                                      : ICAL_OTHER;
}

bool ical_read(struct arena *a, str bytes, struct ical *out)
{
    struct reduction r = {.arena = a};
    struct ical e = {0};
    if (bytes.n > LIMIT_CALENDAR || !reduce(&r, bytes))
        return false;
    icalcomponent *whole = icalparser_parse_string(arena_z(a, buf_str(&r.event)));
    if (whole == NULL)
        return false;
    icalcomponent *event = icalcomponent_get_first_component(whole, ICAL_VEVENT_COMPONENT);
    bool ok = event != NULL && read_times(a, event, &e);
    if (ok) {
        e.method = method_of(r.method, event);
        e.more = r.events - 1;
        read_words(a, event, &e);
        *out = e;
    }
    icalcomponent_free(whole);
    return ok;
}
