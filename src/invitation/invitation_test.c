// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/intake_test.h"
#include "invitation/invitation.h"
#include "testing/web.h"
#include "ticket/ticket_number.h"

#define CALENDAR(method, more)                                                              \
    "BEGIN:VCALENDAR\r\nMETHOD:" method "\r\nBEGIN:VEVENT\r\nUID:1@kunde.example\r\n"       \
    "SUMMARY:Termin <b>vor</b> Ort\r\nLOCATION:Hafenstr. 3\r\nDTSTART:20261124T090000Z\r\n" \
    "ORGANIZER;CN=Maja:mailto:maja@kunde.example\r\n" more "END:VEVENT\r\nEND:VCALENDAR\r\n"

static int64_t bring_calendar(struct world *w, const char *head, const char *calendar)
{
    str m =
        arena_fmt(&w->kept,
                  "%sMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
                  "--b\r\nContent-Type: text/plain\r\n\r\nBitte kommen\r\n"
                  "--b\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\n%s\r\n--b--\r\n",
                  head, calendar);
    int64_t inbox = bring_from(w, "maja@kunde.example", "hilfe@nordlicht.example", m);
    work(w);
    return inbox;
}

#define SECOND                                                                         \
    "From: Maja <maja@kunde.example>\r\nTo: hilfe@nordlicht.example\r\nSubject: x\r\n" \
    "Message-ID: <second@kunde.example>\r\nIn-Reply-To: <1@kunde.example>\r\n"

static isize list(struct world *w, struct invitation **v)
{
    isize n = 0;
    check(invitation_list(begin(w), (ticket_id){1}, v, &n) == OK);
    return n;
}

static void V1_V2_read_with_its_mail(struct world *w)
{
    struct invitation *v;
    int64_t inbox = bring_calendar(w, FIRST, CALENDAR("REQUEST", "RRULE:FREQ=DAILY\r\n"));
    check(list(w, &v) == 1);
    check(v[0].message.n == ask_for(w, "message", inbox) && v[0].event.method == ICAL_REQUEST);
    check_text(v[0].event.summary, S("Termin <b>vor</b> Ort"));
    check_text(v[0].event.organiser, S("Maja <maja@kunde.example>"));
    check_text(v[0].event.rule.de, S("jeden Tag"));
    check(v[0].event.ends.ms == 0 && !v[0].event.all_day);
    check(end(w, OK) == OK);
    check(ask(w, "select count(*) from attachment") == 1);
}

static void V1_what_is_none_stays_a_file(struct world *w)
{
    struct invitation *v;
    bring_calendar(w, FIRST, "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n");
    check(list(w, &v) == 0);
    check(end(w, OK) == OK);
    check(ask(w, "select count(*) from attachment") == 1);
}

static void V3_shown_to_who_sees_the_case(struct world *w)
{
    bring_calendar(w, FIRST,
                   CALENDAR("REQUEST", "DTEND:20261124T103000Z\r\nRRULE:FREQ=DAILY\r\n"));
    str number = ticket_number_shown(&w->kept, load(w, 1).number);
    const char *path = arena_z(&w->kept, arena_fmt(&w->kept, "/w/t/" STR_FMT, STR_ARG(number)));
    struct seen s = web_get(w, ADA, path);
    check(s.status == 200 && web_shows(&s, "Termin &lt;b&gt;vor&lt;/b&gt; Ort"));
    check(web_shows(&s, "10:00–11:30") && web_shows(&s, "every day"));
    check(web_shows(&s, "Hafenstr. 3") && web_shows(&s, ">Invitation<"));
    w->lang = LANG_DE;
    s = web_get(w, ADA, path);
    check(web_shows(&s, "jeden Tag") && web_shows(&s, ">Einladung<"));
    check(web_get(w, NINA, path).status == 404);
    struct invitation *v;
    isize n;
    check(invitation_list(begin_as(w, CEM), (ticket_id){1}, &v, &n) == OK && n == 0);
    check(end(w, OK) == OK);
}

static struct words title(struct world *w, enum ical_method method, enum ical_answer answer)
{
    struct invitation v = {.event = {.method = method, .answer = answer, .guest = S("Maja")}};
    return invitation_title(&w->arena, &v);
}

static void V3_in_words(struct world *w)
{
    check_text(title(w, ICAL_REPLY, ICAL_ACCEPTED).de, S("Zugesagt von Maja"));
    check_text(title(w, ICAL_REPLY, ICAL_TENTATIVE).en, S("Perhaps by Maja"));
    check_text(title(w, ICAL_CANCEL, 0).de, S("Termin abgesagt"));
    const int64_t hour = 3600000, day = 24 * hour;
    struct ical e = {.starts = {1795507200000}};    // 24 Nov 2026, 09:00 in Berlin
    check_text(invitation_when(&w->arena, &e, LANG_DE),
               S("Dienstag, 24. November 2026, 09:00"));
    e.ends.ms = e.starts.ms + hour;
    check_text(invitation_when(&w->arena, &e, LANG_DE),
               S("Dienstag, 24. November 2026, 09:00–10:00"));
    e.ends.ms = e.starts.ms + day;
    check_text(invitation_when(&w->arena, &e, LANG_DE),
               S("Dienstag, 24. November 2026, 09:00 – Mittwoch, 25. November 2026, 09:00"));
    e.zone = S("Nirgendwo");
    check(str_ends(invitation_when(&w->arena, &e, LANG_DE), S(" (Uhr von „Nirgendwo“)")));
    e = (struct ical){.starts = {e.starts.ms - 9 * hour}, .all_day = true};
    e.ends.ms = e.starts.ms + day;
    check_text(invitation_when(&w->arena, &e, LANG_DE), S("Dienstag, 24. November 2026"));
    e.ends.ms += day;
    check_text(invitation_when(&w->arena, &e, LANG_DE),
               S("Dienstag, 24. November 2026 – Mittwoch, 25. November 2026"));
}

static void V5_what_a_later_mail_takes_back(struct world *w)
{
    struct invitation *v;
    bring_calendar(w, FIRST, CALENDAR("REQUEST", ""));
    bring_calendar(w, SECOND, CALENDAR("CANCEL", ""));
    check(list(w, &v) == 2 && v[0].cancelled && !v[0].replaced && !v[1].cancelled);
    check_text(invitation_title(&w->arena, &v[0]).de, S("Einladung, inzwischen abgesagt"));
    check(end(w, OK) == OK);
}

const struct test invitation_tests[] = {
    T(V1_V2_read_with_its_mail),        T(V1_what_is_none_stays_a_file),
    T(V3_shown_to_who_sees_the_case),   T(V3_in_words),
    T(V5_what_a_later_mail_takes_back), {0},
};
