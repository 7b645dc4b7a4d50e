// SPDX-License-Identifier: GPL-3.0-or-later
#include "workplace/timeline.h"

#include "base/buf.h"
#include "base/zone.h"
#include "timeline.sql.h"
#include "vendor/vendor_ask.h"

// clang-format off
const struct ticket_word timeline_filters[] = {
    {"", WORDS("", "")},
    [SHOW_ALL]      = {"alles",      WORDS("All", "Alles")},
    [SHOW_CUSTOMER] = {"kunde",      WORDS("Customer", "Kundschaft")},
    [SHOW_INTERNAL] = {"intern",     WORDS("Internal", "Intern")},
    [SHOW_EVENTS]   = {"ereignisse", WORDS("Events", "Ereignisse")},
    {0},
};

// What a quiet line adds to its title.
enum detail { NOTHING, CONFIRMED, PRIORITIES, STATUS, WHY, ENGAGED, PROMISED, CHOSEN, RELEASED, FORGED, RAISED, LED, CLASSED };
static const struct quiet {
    str kind;
    enum detail detail;
    struct words title;
} quiets[] = {
    {WORD("ticket.created"),          NOTHING,    WORDS("Opened", "Eröffnet")},
    {WORD("ticket.classified"),       CLASSED,    WORDS("Classified", "Eingeordnet")},
    {WORD("ticket.priority_changed"), PRIORITIES, WORDS("Priority", "Priorität")},
    {WORD("ticket.taken"),            NOTHING,    WORDS("Taken", "Genommen")},
    {WORD("ticket.routed"),           CHOSEN,     WORDS("Sent to a team", "An ein Team geleitet")},
    {WORD("ticket.assigned"),         CHOSEN,     WORDS("Given to somebody", "Zugeteilt")},
    {WORD("ticket.chosen"),           CHOSEN,     WORDS("Chosen as the next one", "Als Nächster gewählt")},
    {WORD("ticket.released"),         NOTHING,    WORDS("Released", "Freigegeben")},
    {WORD("ticket.described"),        NOTHING,    WORDS("State card changed", "Lagebild geändert")},
    {WORD("ticket.waiting"),          STATUS,     WORDS("Status", "Stand")},
    {WORD("ticket.scheduled"),        STATUS,     WORDS("Status", "Stand")},
    {WORD("ticket.resumed"),          NOTHING,    WORDS("Work goes on", "Es geht weiter")},
    {WORD("ticket.unreached"),        NOTHING,    WORDS("Waiting ended: our mail did not arrive", "Warten beendet: Unsere Mail kam nicht an")},
    {WORD("ticket.solved"),           NOTHING,    WORDS("Solved", "Gelöst")},
    {WORD("ticket.front"),            NOTHING,    WORDS("Said whether level 1 could have done it", "Gesagt, ob es das 1st Level gekonnt hätte")},
    {WORD("ticket.closed"),           CONFIRMED,   WORDS("Closed", "Abgeschlossen")},
    {WORD("ticket.reopened"),         WHY,        WORDS("Opened again", "Wieder geöffnet")},
    {WORD("ticket.merged"),           NOTHING,    WORDS("Merged into another case", "Mit einem anderen Vorgang zusammengeführt")},
    {WORD("ticket.joined"),           NOTHING,    WORDS("Another case was merged into this one", "Ein anderer Vorgang kam dazu")},
    {WORD("ticket.spam"),             NOTHING,    WORDS("Put away as spam", "Als Spam abgelegt")},
    {WORD("ticket.not_spam"),         NOTHING,    WORDS("No spam after all", "Doch kein Spam")},
    {WORD("ticket.contact_changed"),  NOTHING,    WORDS("Another contact", "Kontakt geändert")},
    {WORD("ticket.care_changed"),     NOTHING,    WORDS("Somebody else cares for the customer", "Betreuung gewechselt")},
    {WORD("promise.given"),           PROMISED,   WORDS("Promised", "Zugesagt")},
    {WORD("promise.moved"),           PROMISED,   WORDS("Promise moved", "Zusage verschoben")},
    {WORD("promise.kept"),            NOTHING,    WORDS("Promise kept", "Zusage gehalten")},
    {WORD("promise.reopened"),        NOTHING,    WORDS("Promise open again", "Zusage wieder offen")},
    {WORD("promise.broken"),          NOTHING,    WORDS("Promise not kept in time", "Zusage nicht rechtzeitig gehalten")},
    {WORD("engagement.accepted"),     ENGAGED,    WORDS("Accepted", "Angenommen")},
    {WORD("engagement.declined"),     ENGAGED,    WORDS("Declined", "Abgelehnt")},
    {WORD("engagement.answered"),     ENGAGED,    WORDS("Answered", "Beantwortet")},
    {WORD("engagement.returned"),     ENGAGED,    WORDS("Back again", "Zurückgekommen")},
    {WORD("engagement.concluded"),    ENGAGED,    WORDS("Concluded", "Beendet")},
    {WORD("engagement.withdrawn"),    ENGAGED,    WORDS("Withdrawn", "Zurückgezogen")},
    {WORD("engagement.expired"),      ENGAGED,    WORDS("Expired", "Verfallen")},
    {WORD("engagement.handed_on"),    ENGAGED,    WORDS("Passed on", "Weitergereicht")},
    {WORD("escalation.raised"),       RAISED,     WORDS("To the lead", "An die Leitung gegeben")},
    {WORD("escalation.added"),        RAISED,     WORDS("Another reason for the lead", "Für die Leitung ergänzt")},
    {WORD("escalation.climbed"),      NOTHING,    WORDS("Nobody took it in time: with all leads now", "Niemand hat rechtzeitig übernommen: jetzt bei allen Leitungen")},
    {WORD("escalation.taken"),        LED,        WORDS("The lead takes care of it", "Die Leitung kümmert sich")},
    {WORD("escalation.overdue"),      NOTHING,    WORDS("Not ended in time: open again, with all leads", "Nicht rechtzeitig beendet: wieder offen, bei allen Leitungen")},
    {WORD("escalation.decided"),      LED,        WORDS("The lead has decided", "Entscheidung der Leitung")},
    {WORD("escalation.withdrawn"),    NOTHING,    WORDS("Taken back from the lead", "Von der Leitung zurückgenommen")},
    {WORD("escalation.ended"),        LED,        WORDS("Not at the lead any more", "Nicht mehr bei der Leitung")},
    {WORD("escalation.moved"),        NOTHING,    WORDS("What was at the lead came along", "Was bei der Leitung lag, kam mit")},
    {WORD("clock.warned"),            NOTHING,    WORDS("A deadline is near", "Eine Frist läuft bald ab")},
    {WORD("clock.breached"),          NOTHING,    WORDS("A deadline has passed", "Eine Frist ist abgelaufen")},
    {WORD("clock.escalated"),         NOTHING,    WORDS("A deadline passed long ago", "Eine Frist ist lange überschritten")},
    {WORD("clock.started"),           NOTHING,    WORDS("A statutory clock was started", "Gesetzliche Frist gestartet")},
    {WORD("clock.met"),               NOTHING,    WORDS("What the law asks for is done", "Gesetzliche Frist erledigt")},
    {WORD("message.unsure"),          NOTHING,    WORDS("The mail server did not say whether it has the mail", "Der Mailserver sagte nicht, ob er die Mail hat")},
    {WORD("vendor.released"),         RELEASED,   WORDS("Released for a vendor", "Für den Hersteller freigegeben")},
    {WORD("vendor.numbered"),         NOTHING,    WORDS("The vendor's number is known", "Nummer des Herstellers bekannt")},
    {WORD("referral.answered"),       NOTHING,    WORDS("An answer from outside", "Antwort von außerhalb")},
    {WORD("measure.taken"),           NOTHING,    WORDS("Something was done for the customer", "Eine Maßnahme wurde getroffen")},
    {WORD("measure.undone"),          NOTHING,    WORDS("What was done was taken back", "Eine Maßnahme wurde zurückgenommen")},
    {WORD("solution.used"),           NOTHING,    WORDS("Solution linked", "Lösung verknüpft")},
    {WORD("mi.attached"),             NOTHING,    WORDS("Part of a major incident", "Teil einer Großstörung")},
    {WORD("mi.detached"),             NOTHING,    WORDS("Not part of the major incident", "Nicht Teil der Großstörung")},
    {WORD("problem.linked"),          NOTHING,    WORDS("Belongs to a problem", "Gehört zu einem Problem")},
    {WORD("problem.unlinked"),        NOTHING,    WORDS("Does not belong to the problem", "Gehört nicht zum Problem")},
    {WORD("problem.known_error"),     NOTHING,    WORDS("Its problem has a workaround", "Zum Problem gibt es eine Umgehung")},
    {WORD("problem.fixed"),           NOTHING,    WORDS("Its problem is fixed", "Das Problem ist behoben")},
    {WORD("forge.linked"),            FORGED,     WORDS("Linked to an issue of the developers", "Mit einem Issue der Entwicklung verknüpft")},
    {WORD("forge.unlinked"),          NOTHING,    WORDS("No longer linked to the issue", "Verknüpfung mit dem Issue gelöst")},
    {WORD("forge.created"),           FORGED,     WORDS("Development has the issue", "Die Entwicklung hat das Issue")},
    {WORD("forge.failed"),            FORGED,     WORDS("The issue was not sent", "Das Issue wurde nicht gesendet")},
    {WORD("forge.fixed"),             FORGED,     WORDS("Development: bug fixed", "Entwicklung: Fehler behoben")},
    {WORD("forge.declined"),          FORGED,     WORDS("Development: will not be done", "Entwicklung: wird nicht gemacht")},
    {WORD("forge.reopened"),          FORGED,     WORDS("Development: open again", "Entwicklung: wieder offen")},
    {WORD("forge.gone"),              FORGED,     WORDS("Development: the issue is not there any more", "Entwicklung: das Issue ist nicht mehr da")},
    {WORD("duty.created"),            NOTHING,    WORDS("A solution for others is owed", "Eine Lösung für andere ist fällig")},
    {WORD("duty.published"),          NOTHING,    WORDS("The solution for others is there", "Die Lösung für andere ist da")},
    {WORD("duty.waived"),             NOTHING,    WORDS("The duty was let go", "Die Pflicht wurde erlassen")},
};
// clang-format on

struct sources {
    const struct ticket *ticket;
    struct message_page messages;
    struct attachment *file;
    isize files;
    struct undelivered *returned;
    isize returns;
    struct invitation *invitation;
    isize invitations;
    struct crypt_verdict *verdict;
    isize verdicts;
    struct q_timeline_events *event;    // backwards
    isize events;
    struct step *step;
    isize steps;
};

// --- loading -----------------------------------------------------------------------------

struct spoken {    // L5
    bool engagement, promise, step, solution, duty, choice, referral, problem, forge,
        escalation, named;
};

static struct spoken spoken_of(const struct sources *s)
{
    struct spoken sp = {0};
    if (s->events == TIMELINE_EVENTS)    // there may be more, of any kind
        return (struct spoken){true, true, true, true, true, true,
                               true, true, true, true, true};
    for (isize i = 0; i < s->events; i++) {
        str kind = s->event[i].kind;
        sp.engagement |= str_starts(kind, S("engagement."));
        sp.promise |= str_starts(kind, S("promise."));
        sp.step |= str_eq(kind, S("ticket.described"));    // a step adds to "Bisher"
        sp.solution |= str_eq(kind, S("solution.used"));
        sp.duty |= str_starts(kind, S("duty."));
        sp.choice |= str_eq(kind, S("ticket.routed")) || str_eq(kind, S("ticket.assigned"))
                     || str_eq(kind, S("ticket.chosen"));
        sp.forge |= str_starts(kind, S("forge."));
        sp.named |= str_eq(kind, S("ticket.named"));
        sp.escalation |= str_starts(kind, S("escalation."));
        sp.referral |= str_starts(kind, S("referral."));
        sp.problem |= s->event[i].problems || str_starts(kind, S("problem."))
                      || str_starts(kind, S("mi."));
    }
    return sp;
}

static bool has_calendar(const struct sources *s)
{
    for (isize i = 0; i < s->files; i++)
        if (str_eq(s->file[i].type, S("text/calendar")))
            return true;
    return false;
}

struct brought {
    bool files, mail, failed;
};

// L5: a message says itself that it failed; only what came as a mail can have been sealed.
static struct brought brought_by(const struct message_page *m)
{
    struct brought b = {0};
    for (isize i = 0; i < m->n; i++) {
        b.files |= m->row[i].attachments > 0;
        b.mail |= m->row[i].inbox != 0;
        b.failed |= m->row[i].sent == MESSAGE_FAILED;
    }
    return b;
}

static enum err load(struct ctx *cx, const struct ticket *t, const struct timeline_wish *wish,
                     struct sources *s, struct timeline *out)
{
    instant end = wish->until.ms > 0 ? wish->until : (instant){INT64_MAX};
    int most = wish->most > 0 ? wish->most : TIMELINE_MESSAGES;
    TRY(message_list(cx, t->id, wish->before, most, &s->messages));
    TRY(q_timeline_events(cx, t->id, end, TIMELINE_EVENTS, &s->event, &s->events));
    struct spoken sp = spoken_of(s);
    struct brought b = brought_by(&s->messages);
    if (b.files)
        TRY(attachment_list(cx, t->id, &s->file, &s->files));
    if (has_calendar(s))
        TRY(invitation_list(cx, t->id, &s->invitation, &s->invitations));
    if (b.mail)
        TRY(crypt_list(cx, t->id, &s->verdict, &s->verdicts));
    if (b.failed)
        TRY(undelivered_list(cx, t->id, &s->returned, &s->returns));
    if (sp.engagement)
        TRY(engagement_list(cx, t->id, &out->engagement, &out->engagements));
    if (sp.promise)
        TRY(promise_list(cx, t->id, &out->promise, &out->promises));
    if (sp.step)
        TRY(step_list(cx, t->id, &s->step, &s->steps));
    if (sp.choice)
        TRY(routing_choices(cx, t->id, &out->choice, &out->choices));
    if (sp.forge || sp.problem)    // an issue may come by the problem
        TRY(forge_issue_list(cx, (struct forge_about){.ticket = t->id}, &out->issue,
                             &out->issues));
    if (sp.escalation) {
        TRY(escalation_list(cx, t->id, &out->escalation, &out->escalations));
        TRY(escalation_words(cx, t->id, &out->word, &out->words));
    }
    out->linked = sp.solution;
    out->owed = sp.duty;
    out->referred = sp.referral;
    out->problems = sp.problem;
    out->forges = s->events > 0 && s->event[0].forges;
    out->named = sp.named;
    return OK;
}

// --- quiet lines -------------------------------------------------------------------------

str timeline_data(str json, const char *key)
{
    isize n = (isize)strlen(key);
    for (isize at; (at = str_find(json, str_from_z(key))) > 0; json = str_cut(json, at + n)) {
        str rest = str_cut(json, at + n);
        if (json.p[at - 1] != '"' || !str_starts(rest, S("\":")))
            continue;
        rest = str_cut(rest, 2);
        bool quoted = str_starts(rest, S("\""));
        rest = str_cut(rest, quoted);
        isize end = 0;
        while (end < rest.n && rest.p[end] != '"' && rest.p[end] != ',' && rest.p[end] != '}')
            end++;
        return (str){rest.p, end};
    }
    return (str){0};
}

static struct words priority_words(struct ctx *cx, str data)
{
    int64_t from = 0, to = 0;
    if (!str_to_int(timeline_data(data, "from"), &from)
        || !str_to_int(timeline_data(data, "to"), &to)
        || !ticket_words_has(ticket_words_priority, from)
        || !ticket_words_has(ticket_words_priority, to))
        return (struct words){0};
    struct words f = ticket_words_priority[from].name, t = ticket_words_priority[to].name;
    return (struct words){
        arena_fmt(cx->arena, STR_FMT " → " STR_FMT, STR_ARG(f.en), STR_ARG(t.en)),
        arena_fmt(cx->arena, STR_FMT " → " STR_FMT, STR_ARG(f.de), STR_ARG(t.de))};
}

static struct words code_words(const struct ticket_word *table, str code)
{
    int n = 0;
    return ticket_words_find(table, code, &n) ? table[n].name : (struct words){0};
}

// "Ersatz ist da, bis heute 14:00": in the reader's language, whichever that is.
static struct words what_until(struct ctx *cx, str what, instant until)
{
    struct buf b = buf_new(cx->arena, what.n + 40);
    buf_put(&b, what);
    buf_put(&b, what.n > 0 ? S(", ") : S(""));
    buf_put(&b, words_in(SAY("by ", "bis "), cx->lang));
    buf_put(&b, zone_short(cx->arena, until, cx->now, cx->lang));
    return (struct words){buf_str(&b), buf_str(&b)};
}

static struct words promise_what(struct ctx *cx, const struct timeline *tl, int64_t id)
{
    for (isize i = 0; i < tl->promises; i++)
        if (tl->promise[i].id.n == id)
            return what_until(cx, tl->promise[i].what, tl->promise[i].due);
    return (struct words){0};
}

// The names are the case's own, so a topic of before has none.
static void put_named(struct buf *b, str data, const char *key, int64_t id, str name)
{
    int64_t n = 0;
    if (!str_to_int(timeline_data(data, key), &n) || n == 0 || n != id)
        return;
    buf_put(b, S(", "));
    buf_put(b, name);
}

// "Störung, WLAN, Router X2"
static struct words class_words(struct ctx *cx, const struct ticket *t, str data)
{
    struct buf b = buf_new(cx->arena, 100);
    buf_put(&b, words_in(code_words(ticket_words_type, timeline_data(data, "type")), cx->lang));
    put_named(&b, data, "category", t->category.n, words_in(t->category_name, cx->lang));
    put_named(&b, data, "product", t->product.n, t->product_name);
    return (struct words){buf_str(&b), buf_str(&b)};
}

// Why it was sent or given there (routing.h, R3).
static struct words choice_why(const struct timeline *tl, int64_t id)
{
    for (isize i = 0; i < tl->choices; i++)
        if (tl->choice[i].id == id)
            return tl->choice[i].why;
    return (struct words){0};
}

// Where it is; of one that is fixed, in which version.
static struct words issue_of(struct ctx *cx, const struct timeline *tl,
                             const struct q_timeline_events *e)
{
    bool fixed = str_eq(e->kind, S("forge.fixed"));
    for (isize i = 0; i < tl->issues; i++)
        if (tl->issue[i].id.n == e->object)
            return forge_issue_words(cx->arena, &tl->issue[i], fixed);
    return (struct words){0};
}

static struct words with_line(struct ctx *cx, struct words what, str line)
{
    if (line.n == 0)
        return what;
    return (struct words){
        arena_fmt(cx->arena, STR_FMT ": " STR_FMT, STR_ARG(what.en), STR_ARG(line)),
        arena_fmt(cx->arena, STR_FMT ": " STR_FMT, STR_ARG(what.de), STR_ARG(line))};
}

// "Frist oder Zusage ist in Gefahr: ...": why it went to the lead.
static struct words raised_why(struct ctx *cx, const struct timeline *tl, str data)
{
    struct words why = code_words(escalation_reasons, timeline_data(data, "reason"));
    int64_t id = 0;
    (void)str_to_int(timeline_data(data, "word"), &id);
    for (isize i = 0; i < tl->words; i++)
        if (tl->word[i].id == id)
            return with_line(cx, why, tl->word[i].text);
    return why;
}

// What the lead said: the plan, or the decision.
static struct words led(struct ctx *cx, const struct timeline *tl,
                        const struct q_timeline_events *ev)
{
    const struct escalation *e = NULL;
    for (isize i = 0; i < tl->escalations; i++)
        e = tl->escalation[i].id.n == ev->object ? &tl->escalation[i] : e;
    if (e == NULL)
        return (struct words){0};
    if (str_eq(ev->kind, S("escalation.taken")))
        return what_until(cx, e->line, e->until);
    return with_line(cx, escalation_outcomes[e->outcome].name, e->decision);
}

static const struct engagement *engagement_of(const struct timeline *tl, int64_t id)
{
    for (isize i = 0; i < tl->engagements; i++)
        if (tl->engagement[i].id.n == id)
            return &tl->engagement[i];
    return NULL;
}

// A case that was opened by something tells of that instead; L2 L6 leave it out otherwise.
static const struct quiet *quiet_of(struct ctx *cx, const struct q_timeline_events *e)
{
    str kind = e->kind;
    if (str_eq(kind, S("ticket.opened")))
        kind = arena_join(cx->arena, S("ticket."), timeline_data(e->data, "by"));
    for (isize i = 0; i < countof(quiets); i++)
        if (str_eq(kind, quiets[i].kind))
            return &quiets[i];
    return NULL;
}

static void describe(struct ctx *cx, const struct ticket *t, const struct timeline *tl,
                     const struct quiet *q, const struct q_timeline_events *e,
                     struct timeline_entry *out)
{
    *out = (struct timeline_entry){
        .kind = ENTRY_QUIET, .at = e->at, .title = q->title, .person = e->person};
    switch (q->detail) {
    case NOTHING:
        return;
    case CONFIRMED:
        if (str_eq(timeline_data(e->data, "confirmed"), S("true")))
            out->detail = SAY("It works, says who asked", "Es geht, sagt die Kundin oder der Kunde");
        return;
    case PRIORITIES:
        out->detail = priority_words(cx, e->data);
        return;
    case STATUS:
        out->detail = code_words(ticket_words_status, timeline_data(e->data, "to"));
        return;
    case CLASSED:
        out->detail = class_words(cx, t, e->data);
        return;
    case WHY:
        out->detail = code_words(ticket_words_why, timeline_data(e->data, "why"));
        return;
    case RELEASED:
        out->detail = code_words(vendor_ask_whys, timeline_data(e->data, "why"));
        return;
    case ENGAGED:
        out->engagement = engagement_of(tl, e->object);
        out->answer = engagement_path_said(out->engagement, e->kind);
        return;
    case CHOSEN:
        out->detail = choice_why(tl, e->object);
        return;
    case FORGED:
        out->detail = issue_of(cx, tl, e);
        return;
    case RAISED:
        out->detail = raised_why(cx, tl, e->data);
        return;
    case LED:
        out->detail = led(cx, tl, e);
        return;
    case PROMISED:
        out->detail = promise_what(cx, tl, e->object);
        return;
    }
}

// --- one order ---------------------------------------------------------------------------

static bool message_fits(const struct message *m, enum timeline_filter f)
{
    bool by_machine = m->kind == MESSAGE_SYSTEM && m->inbox != 0;    // L7
    if (by_machine && f == SHOW_ALL)
        return false;
    return f == SHOW_ALL || (f == SHOW_CUSTOMER && !m->internal)
           || (f == SHOW_INTERNAL && m->internal);
}

static void add_files(const struct sources *s, struct timeline_entry *e)
{
    for (isize i = 0; i < s->files; i++) {
        if (s->file[i].message.n != e->message->id.n)
            continue;
        e->file = e->files++ == 0 ? &s->file[i] : e->file;
    }
}

static void add_letter(const struct sources *s, struct timeline_entry *e)
{
    for (isize i = 0; i < s->verdicts; i++)
        if (s->verdict[i].message.n == e->message->id.n)
            e->verdict = &s->verdict[i];
    for (isize i = 0; i < s->invitations; i++)
        if (s->invitation[i].message.n == e->message->id.n)
            e->invitation = &s->invitation[i];
}

// L8: rows of one message need not stand together.
static void add_returns(struct ctx *cx, const struct sources *s, struct timeline_entry *e)
{
    struct undelivered *u = make(cx->arena, struct undelivered, s->returns);
    for (isize i = 0; i < s->returns; i++)
        if (s->returned[i].message.n == e->message->id.n)
            u[e->returns++] = s->returned[i];
    e->returned = u;
}

enum { SOURCES = 4 };
// The entries of one source, oldest first.
struct queue {
    struct timeline_entry *entry;
    isize n, at;
};

static struct queue queue_new(struct ctx *cx, isize most)
{
    return (struct queue){.entry = make(cx->arena, struct timeline_entry, most)};
}

static void push(struct queue *q, struct timeline_entry e)
{
    q->entry[q->n++] = e;
}

static struct queue of_messages(struct ctx *cx, const struct sources *s, enum timeline_filter f)
{
    struct queue q = queue_new(cx, s->messages.n);
    for (isize i = 0; i < s->messages.n; i++) {
        const struct message *m = &s->messages.row[i];
        struct timeline_entry e = {.kind = ENTRY_MESSAGE, .at = m->at, .message = m};
        if (!message_fits(m, f))
            continue;
        if (m->attachments > 0)
            add_files(s, &e);
        add_letter(s, &e);
        if (m->sent == MESSAGE_FAILED)
            add_returns(cx, s, &e);
        push(&q, e);
    }
    return q;
}

static struct queue of_engagements(struct ctx *cx, const struct timeline *tl, instant from,
                                   instant end)
{
    struct queue q = queue_new(cx, tl->engagements);
    for (isize i = 0; i < tl->engagements; i++) {
        const struct engagement *g = &tl->engagement[i];
        if (g->requested.ms >= from.ms && g->requested.ms < end.ms)
            push(&q, (struct timeline_entry){
                         .kind = ENTRY_ENGAGEMENT, .at = g->requested, .engagement = g});
    }
    return q;
}

static struct queue of_steps(struct ctx *cx, const struct sources *s, instant from, instant end)
{
    struct queue q = queue_new(cx, s->steps);
    for (isize i = 0; i < s->steps; i++)
        if (s->step[i].at.ms >= from.ms && s->step[i].at.ms < end.ms)
            push(&q, (struct timeline_entry){
                         .kind = ENTRY_STEP, .at = s->step[i].at, .step = &s->step[i]});
    return q;
}

static struct queue of_events(struct ctx *cx, const struct sources *s,
                              const struct timeline *tl, instant from)
{
    struct queue q = queue_new(cx, s->events);
    for (isize i = s->events; i-- > 0;) {
        const struct quiet *known = quiet_of(cx, &s->event[i]);
        if (known == NULL || s->event[i].at.ms < from.ms)
            continue;
        describe(cx, s->ticket, tl, known, &s->event[i], &q.entry[q.n++]);
    }
    return q;
}

// L1: of the first of each queue the earliest; of equals, that of the first queue.
static void merge(struct queue q[SOURCES], struct timeline *out)
{
    for (;;) {
        struct queue *first = NULL;
        for (int i = 0; i < SOURCES; i++)
            if (q[i].at < q[i].n
                && (first == NULL || q[i].entry[q[i].at].at.ms < first->entry[first->at].at.ms))
                first = &q[i];
        if (first == NULL)
            return;
        out->entry[out->n++] = first->entry[first->at++];
    }
}

static int64_t day_of(instant t)
{
    struct local l = zone_local(t);
    return l.year * 10000 + l.month * 100 + l.day;
}

static void mark_days(struct timeline *tl)
{
    int64_t day = 0;
    for (isize i = 0; i < tl->n; i++) {
        int64_t own = day_of(tl->entry[i].at);
        tl->entry[i].new_day = own != day;
        day = own;
    }
}

static void put_in_order(struct ctx *cx, const struct timeline_wish *wish,
                         const struct sources *s, struct timeline *out)
{
    enum timeline_filter f = wish->filter;
    instant end = wish->until.ms > 0 ? wish->until : (instant){INT64_MAX};
    instant from = s->messages.more ? s->messages.row[0].at : (instant){0};
    bool team = f != SHOW_CUSTOMER, quiet = f == SHOW_ALL || f == SHOW_EVENTS;
    struct queue q[SOURCES] = {of_messages(cx, s, f)};
    if (team)
        q[1] = of_engagements(cx, out, from, end);
    if (team)
        q[2] = of_steps(cx, s, from, end);
    if (quiet)
        q[3] = of_events(cx, s, out, from);
    out->entry = make(cx->arena, struct timeline_entry, q[0].n + q[1].n + q[2].n + q[3].n);
    merge(q, out);
    mark_days(out);
}

enum err timeline_load(struct ctx *cx, const struct ticket *t, const struct timeline_wish *wish,
                       struct timeline *out)
{
    struct timeline tl = {0};
    struct sources s = {.ticket = t};
    TRY(load(cx, t, wish, &s, &tl));
    put_in_order(cx, wish, &s, &tl);
    const struct message_page *m = &s.messages;
    if (m->n > 0) {
        tl.newest = m->row[m->n - 1].id;
        tl.newest_at = m->row[m->n - 1].at;
        tl.older = m->more;
        tl.before = m->row[0].id;
        tl.until = m->row[0].at;
    }
    *out = tl;
    return OK;
}
