// SPDX-License-Identifier: GPL-3.0-or-later
#include "staff/presence.h"

#include "access/access.h"
#include "base/now.h"
#include "event/event.h"
#include "staff.sql.h"

enum { SPAN_DAYS = 370 };

isize presence_at(const struct presence_span *span, isize n, person_id person, instant at)
{
    for (isize i = 0; i < n; i++)
        if (span[i].person.n == person.n && span[i].from.ms <= at.ms
            && at.ms < span[i].until.ms)
            return i;
    return -1;
}

static bool speaks_for_others(const struct ctx *cx)    // P2
{
    return access_can(&cx->who, CAN_CONFIGURE) || access_can(&cx->who, CAN_LEAD);
}

static enum err check_span(struct ctx *cx, const struct presence_span *s)    // P1
{
    if (s->until.ms <= s->from.ms)
        return invalid(cx, "bis", "The end comes after the beginning.",
                       "Das Ende liegt nach dem Anfang.");
    if (s->until.ms <= cx->now.ms)
        return invalid(cx, "bis", "This is over already.", "Das ist schon vorbei.");
    if (s->until.ms - s->from.ms > (int64_t)SPAN_DAYS * DAY_MS)
        return invalid(cx, "bis", "At most a year at a time.", "Höchstens ein Jahr am Stück.");
    return OK;
}

// --- absence ---------------------------------------------------------------------------------

enum err presence_absences(struct ctx *cx, person_id person, struct presence_span **out,
                           isize *n)
{
    struct q_staff_absences *row;
    TRY(q_staff_absences(cx, person, &row, n));
    *out = make(cx->arena, struct presence_span, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct presence_span){
            row[i].id,    row[i].person,     row[i].name,           row[i].since,
            row[i].until, row[i].substitute, row[i].substitute_name};
    return OK;
}

enum err presence_standins(struct ctx *cx, person_id person, struct presence_standin **out,
                           isize *n)
{
    struct q_staff_standins *row;
    TRY(q_staff_standins(cx, person, &row, n));
    *out = make(cx->arena, struct presence_standin, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct presence_standin){row[i].id, row[i].name};
    return OK;
}

static enum err check_standin(struct ctx *cx, const struct presence_span *s)    // P3
{
    struct presence_standin *may;
    isize n;
    if (s->other.n == 0)
        return OK;
    if (s->other.n == s->person.n)
        return invalid(cx, "vertretung", "Somebody else stands in.",
                       "Vertreten muss jemand anderes.");
    TRY(presence_standins(cx, s->person, &may, &n));
    for (isize i = 0; i < n; i++)
        if (may[i].id.n == s->other.n)
            return OK;
    return invalid(cx, "vertretung",
                   "Who stands in must see the cases: somebody of the team, or a lead.",
                   "Vertreten kann nur, wer die Vorgänge sieht: jemand aus dem Team oder eine "
                   "Leitung.");
}

static enum err away(struct ctx *cx, person_id one, person_id other, struct presence_span **out,
                     isize *n)
{
    struct q_staff_away *row;
    TRY(q_staff_away(cx, one, other, &row, n));
    *out = make(cx->arena, struct presence_span, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct presence_span){.id = row[i].id,
                                           .person = row[i].person,
                                           .name = row[i].name,
                                           .from = row[i].since,
                                           .until = row[i].until,
                                           .other = row[i].substitute,
                                           .other_name = row[i].substitute_name};
    return OK;
}

enum err presence_covered(struct ctx *cx, struct presence_span **out, isize *n)
{
    *n = 0;
    return cx->who.person.n == 0 ? OK : away(cx, (person_id){0}, (person_id){0}, out, n);
}

enum err presence_away(struct ctx *cx, person_id one, person_id other,
                       struct presence_span **out, isize *n)
{
    *n = 0;
    return one.n + other.n == 0 ? OK : away(cx, one, other, out, n);
}

enum err presence_leave(struct ctx *cx, const struct presence_span *s)
{
    int64_t changed;
    if (s->person.n != cx->who.person.n && !speaks_for_others(cx))
        return fail(cx, ERR_DENIED, "You can enter your own absence only.",
                    "Du kannst nur deine eigene Abwesenheit eintragen.");
    TRY(check_span(cx, s));
    TRY(check_standin(cx, s));
    TRY(q_staff_absence_insert(cx, s->person, s->from, s->until, s->other, &changed));
    if (changed == 0)
        return db_absent(cx);
    return OK;
}

enum err presence_return(struct ctx *cx, int64_t id)
{
    int64_t changed;
    TRY(q_staff_absence_drop(cx, id, speaks_for_others(cx), &changed));
    return changed == 0 ? db_absent(cx) : event_add(cx, (struct event){.kind = "staff.back"});
}

// --- on call ---------------------------------------------------------------------------------

static enum err oncalls(struct ctx *cx, team_id team, person_id person,
                        struct presence_span **out, isize *n)
{
    struct q_staff_oncalls *row;
    TRY(q_staff_oncalls(cx, team, person, &row, n));
    *out = make(cx->arena, struct presence_span, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct presence_span){.id = row[i].id,
                                           .person = row[i].person,
                                           .name = row[i].name,
                                           .from = row[i].since,
                                           .until = row[i].until,
                                           .team = row[i].team,
                                           .team_name = {row[i].team_en, row[i].team_de}};
    return OK;
}

enum err presence_oncall(struct ctx *cx, team_id team, struct presence_span **out, isize *n)
{
    *n = 0;
    return team.n == 0 ? OK : oncalls(cx, team, (person_id){0}, out, n);
}

enum err presence_oncall_own(struct ctx *cx, struct presence_span **out, isize *n)
{
    *n = 0;
    return cx->who.person.n == 0 ? OK : oncalls(cx, (team_id){0}, cx->who.person, out, n);
}

enum err presence_oncall_now(struct ctx *cx, struct presence_span **out, isize *n)
{
    return oncalls(cx, (team_id){0}, (person_id){0}, out, n);
}

enum err presence_oncall_add(struct ctx *cx, team_id team, const struct presence_span *s)
{
    int64_t changed;
    TRY(check_span(cx, s));
    TRY(q_staff_oncall_insert(cx, team, s->person, s->from, s->until, &changed));
    if (changed == 0)    // P4
        return invalid(cx, "person", "Only who is in the team is on call for it.",
                       "In Bereitschaft ist nur, wer im Team ist.");
    return OK;
}

enum err presence_oncall_drop(struct ctx *cx, team_id team, int64_t id)
{
    int64_t changed;
    TRY(q_staff_oncall_drop(cx, team, id, &changed));
    return changed == 0 ? db_absent(cx) : OK;
}

// --- ready -----------------------------------------------------------------------------------

enum err presence_is_ready(struct ctx *cx, bool *out)
{
    struct q_staff_ready *row;
    isize n;
    TRY(q_staff_ready(cx, &row, &n));
    *out = n > 0 && row[0].ready;
    return OK;
}

enum err presence_set_ready(struct ctx *cx, bool ready)
{
    TRY(q_staff_ready_put(cx, ready));
    return ready ? event_add(cx, (struct event){.kind = "staff.ready"}) : OK;
}

// --- P6 --------------------------------------------------------------------------------------

static enum err forget(struct ctx *cx, struct job *job)
{
    (void)job;
    TRY(q_staff_forget_absences(cx));
    return q_staff_forget_oncall(cx);
}

static enum err forget_due(struct ctx *cx, bool *yes)
{
    struct q_staff_forget_due row;
    TRY(q_staff_forget_due(cx, &row));
    *yes = row.yes;
    return OK;
}

const struct job_kind presence_jobs[] = {
    {.name = "presence.forget", .apply = forget, .due = forget_due},
    {0},
};
