// SPDX-License-Identifier: GPL-3.0-or-later
#include "invitation/invitation.h"

#include "base/buf.h"
#include "base/zone.h"
#include "invitation.sql.h"

const struct ical *invitation_find(struct arena *a, const struct mail *m)
{
    struct ical *event = make(a, struct ical, 1);
    for (isize i = 0; i < m->attachments; i++)    // V1
        if (str_eq(m->attachment[i].type, S("text/calendar"))
            && ical_read(a, m->attachment[i].bytes, event))
            return event;
    return NULL;
}

enum err invitation_keep(struct ctx *cx, message_id message, const struct ical *e)
{
    return q_invitation_insert(cx, message, e->method, e->answer, e->uid, e->summary, e->place,
                               e->organiser, e->guest, e->starts, e->ends, e->all_day, e->zone,
                               e->rule.en, e->rule.de, e->more);
}

// V5
static void mark_over(struct invitation *v, isize n)
{
    for (isize i = 0; i < n; i++)
        for (isize k = i + 1; k < n && v[i].event.uid.n > 0; k++) {
            if (!str_eq(v[i].event.uid, v[k].event.uid) || v[i].event.method != ICAL_REQUEST)
                continue;
            v[i].cancelled |= v[k].event.method == ICAL_CANCEL;
            v[i].replaced |= v[k].event.method == ICAL_REQUEST;
        }
}

enum err invitation_list(struct ctx *cx, ticket_id ticket, struct invitation **out, isize *n)
{
    struct q_invitation_list *r;
    TRY(q_invitation_list(cx, ticket, &r, n));
    *out = make(cx->arena, struct invitation, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct invitation){.message = r[i].message,
                                        .event = {.method = r[i].method,
                                                  .answer = r[i].answer,
                                                  .uid = r[i].uid,
                                                  .summary = r[i].summary,
                                                  .place = r[i].place,
                                                  .organiser = r[i].organiser,
                                                  .guest = r[i].guest,
                                                  .starts = r[i].starts,
                                                  .ends = r[i].ends,
                                                  .all_day = r[i].all_day,
                                                  .zone = r[i].zone,
                                                  .rule = {r[i].rule_en, r[i].rule_de},
                                                  .more = (int)r[i].more}};
    mark_over(*out, *n);
    return OK;
}

// --- words -------------------------------------------------------------------------------

static struct words answer_words(enum ical_answer answer)
{
    switch (answer) {
    case ICAL_ACCEPTED:
        return SAY("Accepted", "Zugesagt");
    case ICAL_DECLINED:
        return SAY("Declined", "Abgesagt");
    case ICAL_TENTATIVE:
        return SAY("Perhaps", "Vielleicht");
    case ICAL_NO_ANSWER:
        break;
    }
    return SAY("Answered", "Beantwortet");
}

static struct words method_words(const struct invitation *v)
{
    switch (v->event.method) {
    case ICAL_REQUEST:
        return v->cancelled
                   ? SAY("Invitation, cancelled since", "Einladung, inzwischen abgesagt")
               : v->replaced ? SAY("Invitation, replaced by a later one",
                                   "Einladung, durch eine spätere ersetzt")
                             : SAY("Invitation", "Einladung");
    case ICAL_CANCEL:
        return SAY("Appointment cancelled", "Termin abgesagt");
    case ICAL_REPLY:
        return answer_words(v->event.answer);
    case ICAL_PUBLISH:
        return SAY("Appointment", "Termin");
    case ICAL_OTHER:
        break;
    }
    return SAY("About an appointment", "Zu einem Termin");
}

struct words invitation_title(struct arena *a, const struct invitation *v)
{
    struct words w = method_words(v);
    if (v->event.method != ICAL_REPLY || v->event.guest.n == 0)
        return w;
    str who = v->event.guest;
    return (struct words){arena_fmt(a, STR_FMT " by " STR_FMT, STR_ARG(w.en), STR_ARG(who)),
                          arena_fmt(a, STR_FMT " von " STR_FMT, STR_ARG(w.de), STR_ARG(who))};
}

static bool same_day(instant x, instant y)
{
    struct local a = zone_local(x), b = zone_local(y);
    return a.year == b.year && a.month == b.month && a.day == b.day;
}

static void put_clock(struct buf *b, instant t)
{
    buf_put(b, S(", "));
    buf_put(b, zone_clock(b->arena, t));
}

str invitation_when(struct arena *a, const struct ical *e, enum lang lang)
{
    struct buf b = buf_new(a, 120);
    instant last = e->all_day && e->ends.ms > 0 ? (instant){e->ends.ms - 1000} : e->ends;
    bool one_day = last.ms == 0 || same_day(e->starts, last);
    buf_put(&b, zone_date(a, e->starts, lang));
    if (!e->all_day)
        put_clock(&b, e->starts);
    if (last.ms > 0 && !(one_day && e->all_day))
        buf_put(&b, one_day ? S("–") : S(" – "));
    if (!one_day)
        buf_put(&b, zone_date(a, last, lang));
    if (!e->all_day && last.ms > 0 && one_day)
        buf_put(&b, zone_clock(a, last));
    else if (!e->all_day && last.ms > 0)
        put_clock(&b, last);
    if (e->zone.n > 0)    // I3
        buf_fmt(&b,
                lang == LANG_EN ? " (by the clock of “" STR_FMT "”)"
                                : " (Uhr von „" STR_FMT "“)",
                STR_ARG(e->zone));
    return buf_str(&b);
}
