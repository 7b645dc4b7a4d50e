// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/buf.h"
#include "base/limits.h"
#include "base/now.h"
#include "base/zone.h"
#include "invitation/ical.h"
#include "testing/test.h"

#define BEGIN  "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
#define EVENT  "BEGIN:VEVENT\r\nUID:1@kunde.example\r\nSUMMARY:Termin vor Ort\r\n"
#define STARTS "DTSTART:20261124T090000Z\r\n"
#define END    "END:VEVENT\r\nEND:VCALENDAR\r\n"

static struct ical read(struct world *w, const char *text)
{
    struct ical e = {0};
    check(ical_read(&w->arena, str_from_z(text), &e));
    return e;
}

static str at(struct world *w, instant t)
{
    return zone_iso(&w->arena, t);
}

static void I1_what_is_shown_is_read(struct world *w)
{
    struct ical e =
        read(w, BEGIN "METHOD:REQUEST\r\n" EVENT STARTS "DTEND:20261124T103000Z\r\n"
                      "LOCATION:Hafenstr. 3\\, 2. Stock\\nhinten links\r\n"
                      "ORGANIZER;CN=\"Maja Kunde\":mailto:maja@kunde.example\r\n"
                      "BEGIN:VALARM\r\nSUMMARY:Alarm\r\nTRIGGER:-PT5M\r\nEND:VALARM\r\n"
                      "DESCRIPTION:lang\r\n" END);
    check(e.method == ICAL_REQUEST && !e.all_day && e.more == 0);
    check_text(e.uid, S("1@kunde.example"));
    check_text(e.summary, S("Termin vor Ort"));
    check_text(e.place, S("Hafenstr. 3, 2. Stock hinten links"));
    check_text(e.organiser, S("Maja Kunde <maja@kunde.example>"));
    check_text(at(w, e.starts), S("2026-11-24T09:00:00Z"));
    check_text(at(w, e.ends), S("2026-11-24T10:30:00Z"));
}

static void I1_methods_and_answers(struct world *w)
{
    static const struct {
        const char *method, *more;
        enum ical_method is;
        enum ical_answer answer;
    } table[] = {
        {"METHOD:CANCEL\r\n", "", ICAL_CANCEL, 0},
        {"METHOD:request\r\n", "STATUS:CANCELLED\r\n", ICAL_CANCEL, 0},
        {"METHOD:PUBLISH\r\n", "", ICAL_PUBLISH, 0},
        {"", "", ICAL_PUBLISH, 0},
        {"METHOD:COUNTER\r\n", "", ICAL_OTHER, 0},
        {"METHOD:REPLY\r\n", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@b.example\r\n", ICAL_REPLY,
         ICAL_ACCEPTED},
        {"METHOD:REPLY\r\n", "ATTENDEE;PARTSTAT=DECLINED:mailto:a@b.example\r\n", ICAL_REPLY,
         ICAL_DECLINED},
        {"METHOD:REPLY\r\n", "ATTENDEE;PARTSTAT=TENTATIVE:MAILTO:a@b.example\r\n", ICAL_REPLY,
         ICAL_TENTATIVE},
        {"METHOD:REPLY\r\n", "ATTENDEE:mailto:a@b.example\r\n", ICAL_REPLY, 0},
    };
    for (isize i = 0; i < countof(table); i++) {
        str text = arena_fmt(&w->arena, BEGIN "%s" EVENT STARTS "%s" END, table[i].method,
                             table[i].more);
        struct ical e = read(w, arena_z(&w->arena, text));
        check(e.method == table[i].is && e.answer == table[i].answer);
        check(e.method != ICAL_REPLY || str_eq(e.guest, S("a@b.example")));
    }
}

static void I1_folded_lines_and_further_events(struct world *w)
{
    struct ical e =
        read(w, BEGIN "BEGIN:VTIMEZONE\nTZID:x\nBEGIN:STANDARD\nDTSTART:16010101T000000\n"
                      "RRULE:FREQ=SECONDLY\nEND:STANDARD\nEND:VTIMEZONE\n"
                      "BEGIN:VEVENT\nSUMM\n ARY:Ein langer\n\t Titel\n" STARTS
                      "END:VEVENT\nBEGIN:VTIMEZONE\nBEGIN:DAYLIGHT\nEND:DAYLIGHT\n"
                      "SUMMARY:Zone\nEND:VTIMEZONE\nBEGIN:VEVENT\nSUMMARY:Zweiter\n" END);
    check_text(e.summary, S("Ein langer Titel"));
    check(e.more == 1);
}

static void I1_limits(struct world *w)
{
    for (int over = 0; over < 2; over++) {
        struct ical e = {0};
        struct buf b = buf_new(&w->arena, 1000);
        buf_put(&b, S(BEGIN "BEGIN:VEVENT\r\n"));    // one line is for the beginning
        for (int i = 0; i < LIMIT_CALENDAR_LINES - 1 + over; i++)
            buf_put(&b, S("ATTENDEE:mailto:a@b.example\r\n"));
        buf_put(&b, S(STARTS END));
        check(ical_read(&w->arena, buf_str(&b), &e) == (over == 0));

        struct buf l = buf_new(&w->arena, 1000);
        buf_put(&l, S(BEGIN "BEGIN:VEVENT\r\n" STARTS "SUMMARY:"));
        for (int i = 0; i < LIMIT_CALENDAR_LINE - 8 + over; i++)
            buf_char(&l, 'x');
        buf_put(&l, S("\r\n" END));
        check(ical_read(&w->arena, buf_str(&l), &e));
        check(e.summary.n == (over == 0 ? LIMIT_LINE : 0));

        struct buf s = buf_new(&w->arena, LIMIT_CALENDAR + 100);
        buf_put(&s, S(BEGIN EVENT STARTS END));
        while (s.n < LIMIT_CALENDAR + over)
            buf_char(&s, '\n');
        check(ical_read(&w->arena, buf_str(&s), &e) == (over == 0));
    }
}

static void I1_I2_bombs_do_nothing(struct world *w)
{
    static const char *const rules[] = {
        "RRULE:FREQ=SECONDLY;COUNT=2147483647\r\n",
        "RRULE:FREQ=YEARLY;BYSECOND=0,1,2,3;BYMINUTE=0,1;BYHOUR=0,1,2;UNTIL=99991231T235959Z\r\n",
        "RRULE:FREQ=DAILY;INTERVAL=32767;BYDAY=MO,TU,WE,TH,FR,SA,SU,MO,TU,WE,TH,FR,SA,SU\r\n",
        "RRULE:FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2\r\n",
        "RRULE:FREQ=;;;=,=\r\nRRULE:\r\n",
        "RRULE:FREQ=WEEKLY;BYDAY=99999999MO;INTERVAL=-5\r\n",
        "RRULE;X=1:FREQ=WEEKLY;COUNT=-1;COUNT=99999999999999999999\r\n",
        "DTEND;VALUE=DATE:00000000\r\nDURATION:P99999999999999999W\r\n",
        "DURATION:-PT5M\r\nDURATION:\r\n",
        "ATTENDEE;A=B;A=B;A=B;A=B;A=B;A=B;A=\"B:mailto:a@b.example\r\n",
        "ORGANIZER;CN=:\r\nLOCATION;LANGUAGE=:\\\\\\\\;;;,\r\n",
        "SUMMARY;ENCODING=BASE64;VALUE=BINARY:////\r\n",
        "DTSTART;VALUE=PERIOD:20260101T000000Z/P1D\r\n",
    };
    int64_t before = now_monotonic_ms();
    for (isize i = 0; i < countof(rules); i++) {
        struct ical e;
        str text = arena_fmt(&w->arena, BEGIN EVENT STARTS "%s" END, rules[i]);
        check(ical_read(&w->arena, text, &e));
        check(e.rule.en.n <= LIMIT_LINE && e.ends.ms == 0);
    }
    check(now_monotonic_ms() - before < 2000);
}

// A mail brings as many files as it likes, and all of them share one arena.
static void I1_a_file_of_line_ends_costs_what_it_weighs(struct world *w)
{
    struct ical e;
    struct buf b = buf_new(&w->kept, LIMIT_CALENDAR);
    buf_put(&b, S(BEGIN));
    while (b.n < LIMIT_CALENDAR)
        buf_char(&b, '\n');
    const char *before = w->arena.at;
    check(!ical_read(&w->arena, buf_str(&b), &e));
    check(w->arena.at - before < 8 * LIMIT_CALENDAR);
}

static void I1_nesting_has_an_end(struct world *w)
{
    struct ical e;
    struct buf b = buf_new(&w->arena, 1000);
    for (int i = 0; i < 10000; i++)
        buf_put(&b, S("BEGIN:VCALENDAR\r\n"));
    buf_put(&b, S(EVENT STARTS END));
    check(!ical_read(&w->arena, buf_str(&b), &e));
    check(!ical_read(&w->arena, S("END:VEVENT\r\nEND:VEVENT\r\n" BEGIN EVENT STARTS END), &e));
}

static void I2_rules_in_words(struct world *w)
{
    static const struct {
        const char *rule, *en, *de;
    } table[] = {
        {"FREQ=DAILY", "every day", "jeden Tag"},
        {"FREQ=DAILY;INTERVAL=3;COUNT=5", "every 3 days, 5 times", "alle 3 Tage, 5-mal"},
        {"FREQ=WEEKLY;BYDAY=TU", "every week on Tue", "jede Woche am Di"},
        {"FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;UNTIL=20261224T000000Z",
         "every 2 weeks on Mon, Fri, until 24 Dec 2026",
         "alle 2 Wochen am Mo, Fr, bis 24.12.2026"},
        {"FREQ=MONTHLY;BYMONTHDAY=15", "every month on day 15", "jeden Monat am 15."},
        {"FREQ=MONTHLY;BYDAY=2WE", "every month on the 2nd Wed", "jeden Monat am 2. Mi"},
        {"FREQ=MONTHLY;BYDAY=-1FR", "every month on the last Fri", "jeden Monat am letzten Fr"},
        {"FREQ=YEARLY", "every year", "jedes Jahr"},
        {"FREQ=HOURLY", "repeatedly, by a rule of its own",
         "mehrmals, nach einer eigenen Regel"},
        {"FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1", "repeatedly, by a rule of its own",
         "mehrmals, nach einer eigenen Regel"},
    };
    for (isize i = 0; i < countof(table); i++) {
        str text = arena_fmt(&w->arena, BEGIN EVENT STARTS "RRULE:%s\r\n" END, table[i].rule);
        struct ical e = read(w, arena_z(&w->arena, text));
        check_text(e.rule.en, str_from_z(table[i].en));
        check_text(e.rule.de, str_from_z(table[i].de));
    }
}

static void I3_I4_zones(struct world *w)
{
    static const struct {
        const char *starts, *at, *zone;
    } table[] = {
        {"DTSTART;TZID=Europe/Berlin:20261124T090000", "2026-11-24T08:00:00Z", ""},
        {"DTSTART;TZID=Europe/Berlin:20260724T090000", "2026-07-24T07:00:00Z", ""},
        {"DTSTART;TZID=\"W. Europe Standard Time\":20260724T090000", "2026-07-24T07:00:00Z",
         ""},
        {"DTSTART;TZID=America/New_York:20260724T090000", "2026-07-24T13:00:00Z", ""},
        {"DTSTART;TZID=Pacific Standard Time:20260724T090000", "2026-07-24T16:00:00Z", ""},
        {"DTSTART;TZID=/mozilla.org/20070129_1/Asia/Tokyo:20260724T090000",
         "2026-07-24T00:00:00Z", ""},
        {"DTSTART;TZID=UTC:20260724T090000", "2026-07-24T09:00:00Z", ""},
        {"DTSTART:20260724T090000", "2026-07-24T07:00:00Z", ""},
        {"DTSTART;TZID=Nirgendwo:20260724T090000", "2026-07-24T07:00:00Z", "Nirgendwo"},
        {"DTSTART;TZID=../../etc/passwd:20260724T090000", "2026-07-24T07:00:00Z",
         "../../etc/passwd"},
        {"DTSTART;VALUE=DATE:20260724", "2026-07-23T22:00:00Z", ""},
    };
    for (isize i = 0; i < countof(table); i++) {
        str text = arena_fmt(&w->arena, BEGIN EVENT "%s\r\n" END, table[i].starts);
        struct ical e = read(w, arena_z(&w->arena, text));
        check_text(at(w, e.starts), str_from_z(table[i].at));
        check_text(e.zone, str_from_z(table[i].zone));
        check(e.all_day == (str_find(text, S("VALUE=DATE")) > 0));
    }
}

static void I5_no_beginning_no_event(struct world *w)
{
    static const char *const none[] = {
        "",
        "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
        BEGIN EVENT END,
        BEGIN EVENT "DTSTART:yesterday\r\n" END,
        BEGIN EVENT "DTSTART:00010101T000000Z\r\n" END,
        BEGIN EVENT "DTSTART:99991301T000000Z\r\n" END,
        BEGIN "BEGIN:VTODO\r\n" STARTS "END:VTODO\r\n",
        EVENT STARTS END,
        "Hallo, kein Kalender",
    };
    struct ical e;
    for (isize i = 0; i < countof(none); i++)
        check(!ical_read(&w->arena, str_from_z(none[i]), &e));
}

static void I6_one_line_of_utf8(struct world *w)
{
    struct ical e =
        read(w, BEGIN "BEGIN:VEVENT\r\n" STARTS
                      "SUMMARY:B\xfcro\\n\\nBesuch\x01\r\nLOCATION:\xe2\x80\xaeRAND\r\n" END);
    check(str_is_utf8(e.summary) && str_find(e.summary, S("\n")) < 0);
    check_text(e.summary, S("Büro Besuch"));
    check(str_is_utf8(e.place));
}

const struct test ical_tests[] = {
    T(I1_what_is_shown_is_read),
    T(I1_methods_and_answers),
    T(I1_folded_lines_and_further_events),
    T(I1_limits),
    T(I1_I2_bombs_do_nothing),
    T(I1_a_file_of_line_ends_costs_what_it_weighs),
    T(I1_nesting_has_an_end),
    T(I2_rules_in_words),
    T(I3_I4_zones),
    T(I5_no_beginning_no_event),
    T(I6_one_line_of_utf8),
    {0},
};
