// SPDX-License-Identifier: GPL-3.0-or-later
#include "workplace/workplace.h"

#include "access/access.h"
#include "base/buf.h"
#include "staff/level.h"
#include "workplace.sql.h"

enum { WAIT_MARGIN_S = 15 * 60 /* P3 */, BESIDE = 5 /* P9 */ };

bool workplace_is_mine(const struct ctx *cx, const struct workplace *w)
{
    return w->ticket.work_person.n != 0 && w->ticket.work_person.n == cx->who.person.n;
}

bool workplace_is_over(const struct workplace *w)
{
    return ticket_is_over(w->ticket.status);
}

bool workplace_waits(const struct workplace *w)
{
    enum ticket_status s = w->ticket.status;
    return s >= TICKET_WAITING_CUSTOMER && s <= TICKET_WAITING_DATE;
}

// --- what works --------------------------------------------------------------------------

static bool moves(const struct engagement *e)
{
    return e->mode == ENGAGE_HANDOVER || e->mode == ENGAGE_RETURN;
}

// What moves the case comes first; a swarm has a page of its own.
const struct engagement *workplace_asked(const struct workplace *w)
{
    const struct engagement *asked = NULL;
    for (isize i = 0; i < w->mines; i++) {
        if (moves(w->mine[i]))
            return w->mine[i];
        if (w->mine[i]->mode == ENGAGE_CONSULT && asked == NULL)
            asked = w->mine[i];
    }
    return workplace_is_over(w) ? NULL : asked;
}

bool workplace_works(const struct ctx *cx, const struct workplace *w)
{
    return w->ticket.ours || access_can(&cx->who, CAN_LEAD);
}

// G1: one at a time.
struct words workplace_stuck(const struct ctx *cx, const struct workplace *w)
{
    for (isize i = 0; i < w->timeline.engagements; i++)
        if (moves(&w->timeline.engagement[i])
            && w->timeline.engagement[i].state == ENGAGED_REQUESTED)
            return SAY("It is being handed over already. First that must be accepted, or "
                       "taken back.",
                       "Eine Übergabe läuft schon. Erst muss sie angenommen oder "
                       "zurückgezogen sein.");
    return workplace_works(cx, w) ? (struct words){0}
                                  : SAY("Only the team that works on it hands it over.",
                                        "Übergeben kann nur das Team, das ihn bearbeitet.");
}

bool workplace_passes(const struct ctx *cx, const struct workplace *w)
{
    return !workplace_is_over(w) && workplace_stuck(cx, w).en.n == 0;
}

bool workplace_returns(const struct ctx *cx, const struct workplace *w)
{
    bool came = false;
    for (isize i = 0; i < w->timeline.engagements; i++) {
        const struct engagement *e = &w->timeline.engagement[i];
        came |= e->mode == ENGAGE_HANDOVER && e->accepted.ms != 0
                && e->to_team.n == w->ticket.work_team.n;
    }
    return came && workplace_passes(cx, w);
}

const struct escalation *workplace_led(const struct workplace *w)
{
    return workplace_is_over(w)
               ? NULL
               : escalation_open(w->timeline.escalation, w->timeline.escalations);
}

bool workplace_waits_late(instant since, instant due)
{
    return since.ms != 0 && due.ms != 0 && due.ms - since.ms < WAIT_MARGIN_S * INT64_C(1000);
}

str workplace_greeting(struct arena *a, const struct ticket *t)
{
    return arena_join(a, ticket_greeting(a, t), S("\n\n"));
}

// --- the way so far ----------------------------------------------------------------------

static bool waits_for_answer(const struct engagement *e)
{
    return e->state == ENGAGED_REQUESTED
           || (e->state == ENGAGED_ACCEPTED && e->mode == ENGAGE_CONSULT);
}

static void find_path(struct ctx *cx, struct workplace *w)
{
    const struct timeline *tl = &w->timeline;
    const struct ticket *t = &w->ticket;
    w->ball = engagement_path_ball(cx->arena, t, tl->engagement, tl->engagements);
    engagement_path_of(cx->arena, t, tl->engagement, tl->engagements, &w->station,
                       &w->stations);
    w->bounce = engagement_path_bounce(w->station, w->stations);
}

// Requests that one of the asker's teams can answer.
static enum err load_mine(struct ctx *cx, struct workplace *w)
{
    struct team *team = NULL;
    isize teams = 0;
    for (isize i = 0; i < w->timeline.engagements; i++) {
        const struct engagement *e = &w->timeline.engagement[i];
        if (!waits_for_answer(e))
            continue;
        if (team == NULL)
            TRY(team_of_person(cx, cx->who.person, &team, &teams));
        for (isize k = 0; k < teams && w->mines < countof(w->mine); k++)
            if (team[k].id.n == e->to_team.n)
                w->mine[w->mines++] = e;
    }
    return OK;
}

static enum err load_waiting(struct ctx *cx, struct workplace *w)    // P3
{
    struct q_workplace_waits_since row;
    if (!workplace_waits(w))
        return OK;
    TRY(q_workplace_waits_since(cx, w->ticket.id, &row));
    w->wait_answered = w->ticket.unanswered;
    w->wait_late = workplace_waits_late(row.at, w->ticket.due);
    return OK;
}

// --- what could help ---------------------------------------------------------------------

static enum err hints_about(struct ctx *cx, category_id category, product_id product,
                            struct workplace *w)
{
    struct q_workplace_suggest *row;
    if (workplace_is_over(w) || (category.n == 0 && product.n == 0))
        return OK;
    TRY(q_workplace_suggest(cx, category, product, WORKPLACE_HINTS, &row, &w->hints));
    w->hint = make(cx->arena, struct workplace_hint, w->hints);
    for (isize i = 0; i < w->hints; i++)
        w->hint[i] =
            (struct workplace_hint){.key = solution_key_text(cx->arena, row[i].key),
                                    .title = row[i].title,
                                    .confidence = solution_confidences[row[i].confidence].name,
                                    .reused = row[i].reused};
    return OK;
}

// P4.  What was linked already is found without our help.
static enum err load_likely_hints(struct ctx *cx, struct workplace *w)
{
    const int64_t *v = w->triage.value;
    const struct ticket *t = &w->ticket;
    bool known = t->category.n != 0 || t->product.n != 0 || w->links > 0;
    if (known)
        return OK;
    return hints_about(cx, (category_id){v[TRIAGE_CATEGORY]}, (product_id){v[TRIAGE_PRODUCT]},
                       w);
}

static enum err load_causes(struct ctx *cx, struct workplace *w)
{
    TRY(problem_alike_hints(cx, &w->ticket, &w->problem, &w->problems));
    TRY(major_of_case(cx, w->ticket.id, &w->major));
    w->attached = w->major.number != 0;
    return w->attached || workplace_is_over(w) ? OK : major_like(cx, &w->ticket, &w->major);
}

// P1
static enum err load_vendors(struct ctx *cx, struct workplace *w)
{
    bool asked = false;
    for (isize i = 0; i < w->timeline.engagements; i++)
        asked |= w->timeline.engagement[i].to_level >= LEVEL_VENDOR;
    return asked ? vendor_ask_list(cx, w->ticket.id, &w->vendor, &w->vendors) : OK;
}

// A vendor's mails are shown where he is.
static void drop_vendors_threads(struct workplace *w)
{
    isize n = 0;
    for (isize i = 0; i < w->referrals; i++) {
        bool theirs = false;
        for (isize k = 0; k < w->vendors; k++)
            theirs |= w->vendor[k].referral.n == w->referral[i].id.n;
        if (!theirs)
            w->referral[n++] = w->referral[i];
    }
    w->referrals = n;
}

// P1
static enum err load_unsent(struct ctx *cx, struct workplace *w)
{
    bool waits = false;
    for (isize i = 0; i < w->timeline.n; i++) {
        const struct message *m = w->timeline.entry[i].message;
        waits |= m != NULL && m->sent == MESSAGE_QUEUED && m->person.n != 0;
    }
    return waits ? outbox_waiting(cx, w->ticket.id, &w->unsent, &w->unsents) : OK;
}

static enum err load_named(struct ctx *cx, struct workplace *w)    // P6
{
    struct q_workplace_named *row;
    isize n;
    if (!w->timeline.named || workplace_is_over(w))
        return OK;
    TRY(q_workplace_named(cx, w->ticket.id, &row, &n));
    if (n > 0)
        w->named = (struct workplace_named){ticket_number_shown(cx->arena, row->number),
                                            row->subject, row->contact, row->same};
    return OK;
}

enum err workplace_beside(struct ctx *cx, const struct ticket *t, struct workplace_beside **out,
                          isize *n)    // P9
{
    struct q_workplace_beside *row;
    *n = 0;
    if (t->contact.n == 0 || ticket_is_over(t->status))
        return OK;
    TRY(q_workplace_beside(cx, t->contact, t->id, BESIDE, &row, n));
    *out = make(cx->arena, struct workplace_beside, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct workplace_beside){ticket_number_shown(cx->arena, row[i].number),
                                              row[i].subject, row[i].created};
    return OK;
}

enum err workplace_merged(struct ctx *cx, const struct ticket *t, str number, str *out)
{
    struct q_workplace_merged *row;
    struct ctx quiet = ctx_quiet(cx);
    int64_t nr;
    isize n;
    *out = S("");
    if (number.n == 0 || ticket_number_read(&quiet, number, &nr) != OK)
        return OK;
    TRY(q_workplace_merged(cx, t->id, nr, &row, &n));
    *out = n > 0 ? number : S("");
    return OK;
}

static enum err load_rest(struct ctx *cx, struct workplace *w)
{
    ticket_id id = w->ticket.id;
    if (w->timeline.linked)
        TRY(solution_links(cx, id, &w->link, &w->links));
    if (w->timeline.owed)
        TRY(duty_of_ticket(cx, id, &w->duty, &w->duties));
    if (w->timeline.referred)
        TRY(referral_list(cx, id, &w->referral, &w->referrals));
    if (!workplace_is_over(w)) {
        TRY(presence_away(cx, w->ticket.work_person, w->ticket.care_person, &w->away,
                          &w->aways));                      // P10
        TRY(lifecycle_of(cx, &w->ticket, &w->outlived));    // P11
    }
    TRY(load_unsent(cx, w));
    TRY(load_named(cx, w));
    TRY(workplace_beside(cx, &w->ticket, &w->beside, &w->besides));
    TRY(load_vendors(cx, w));
    drop_vendors_threads(w);
    if (w->timeline.problems)
        TRY(load_causes(cx, w));
    if (!w->older)
        TRY(triage_case(cx, &w->ticket, &w->triage));
    TRY(load_likely_hints(cx, w));
    return draft_load(cx, id, w->draft);
}

static enum err load_around(struct ctx *cx, const struct timeline_wish *wish,
                            struct workplace *w)
{
    w->number = ticket_number_shown(cx->arena, w->ticket.number);
    TRY(timeline_load(cx, &w->ticket, wish, &w->timeline));
    find_path(cx, w);
    TRY(load_mine(cx, w));
    TRY(load_waiting(cx, w));
    return hints_about(cx, w->ticket.category, w->ticket.product, w);
}

enum err workplace_load(struct ctx *cx, const struct ticket *t,
                        const struct timeline_wish *wish, struct workplace *out)
{
    *out =
        (struct workplace){.ticket = *t, .filter = wish->filter, .older = wish->before.n != 0};
    TRY(load_around(cx, wish, out));
    return load_rest(cx, out);
}

enum err workplace_glance(struct ctx *cx, const struct ticket *t, struct workplace *out)
{
    static const struct timeline_wish few = {.filter = SHOW_ALL, .most = 3};
    *out = (struct workplace){.ticket = *t, .filter = SHOW_ALL};
    return load_around(cx, &few, out);
}
