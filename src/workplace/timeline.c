// SPDX-License-Identifier: GPL-3.0-or-later
#include "workplace/timeline.h"

#include "base/buf.h"
#include "base/zone.h"
#include "lifecycle/lifecycle.h"
#include "measure/measure.h"
#include "timeline.sql.h"
#include "vendor/vendor_ask.h"
#include "workplace/timeline_quiet.h"

// clang-format off
const struct ticket_word timeline_filters[] = {
    {"", WORDS("", "")},
    [SHOW_ALL]      = {"alles",      WORDS("All", "Alles")},
    [SHOW_CUSTOMER] = {"kunde",      WORDS("Customer", "Kundschaft")},
    [SHOW_INTERNAL] = {"intern",     WORDS("Internal", "Intern")},
    [SHOW_EVENTS]   = {"ereignisse", WORDS("Events", "Ereignisse")},
    {0},
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
        sp.step |= str_eq(kind, S("step.moved"));
        sp.solution |= str_eq(kind, S("solution.used")) || str_eq(kind, S("step.moved"));
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

// "Ersatz schicken (89,50 €)"
static struct words measured(struct ctx *cx, str data)
{
    int64_t cents = 0;
    enum authority_verb verb = authority_named(timeline_data(data, "act"));
    (void)str_to_int(timeline_data(data, "amount"), &cents);
    return verb == 0 ? (struct words){0} : measure_words(cx->arena, verb, cents);
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
static const struct timeline_quiet *quiet_of(struct ctx *cx, const struct q_timeline_events *e)
{
    bool opened = str_eq(e->kind, S("ticket.opened"));
    return timeline_quiet_of(
        opened ? arena_join(cx->arena, S("ticket."), timeline_data(e->data, "by")) : e->kind);
}

static void describe(struct ctx *cx, const struct ticket *t, const struct timeline *tl,
                     const struct timeline_quiet *q, const struct q_timeline_events *e,
                     struct timeline_entry *out)
{
    *out = (struct timeline_entry){
        .kind = ENTRY_QUIET, .at = e->at, .title = q->title, .person = e->person};
    switch (q->detail) {
    case NOTHING:
        return;
    case CONFIRMED:
        if (str_eq(timeline_data(e->data, "confirmed"), S("true")))
            out->detail =
                SAY("It works, says who asked", "Es geht, sagt die Kundin oder der Kunde");
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
        if (str_eq(e->kind, S("engagement.handed_on")) && out->engagement != NULL
            && out->engagement->accepted.ms != 0)
            out->title = SAY("Handed over again", "Neu übergeben");
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
    case OUTLIVED:
        out->detail = code_words(lifecycle_ways, timeline_data(e->data, "way"));
        return;
    case MEASURED:
        out->detail = measured(cx, e->data);
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

// What was imported, or came by a merge, need not be stored in the order it was written.
static void by_time(struct queue *q)
{
    for (isize i = 1; i < q->n; i++) {
        struct timeline_entry e = q->entry[i];
        isize at = i;
        for (; at > 0 && q->entry[at - 1].at.ms > e.at.ms; at--)
            q->entry[at] = q->entry[at - 1];
        q->entry[at] = e;
    }
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
    by_time(&q);
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

// L2.  What came in words from outside stands as a message already, where messages like it are
// shown; or as the answer to the question.
static bool is_said(const struct sources *s, enum timeline_filter f, instant at, str words)
{
    for (isize i = 0; i < s->messages.n; i++) {
        const struct message *m = &s->messages.row[i];
        if (m->at.ms == at.ms && message_fits(m, f)
            && (words.n == 0 || str_eq(str_trim(m->body), str_trim(words))))
            return true;
    }
    return false;
}

static bool is_told(const struct sources *s, enum timeline_filter f,
                    const struct q_timeline_events *ev)
{
    bool told = is_said(s, f, ev->at, S(""));
    for (isize i = 0; i < s->events; i++)
        told |= s->event[i].at.ms == ev->at.ms
                && str_eq(s->event[i].kind, S("engagement.answered"));
    return told && str_eq(ev->kind, S("referral.answered"));
}

static struct queue of_events(struct ctx *cx, const struct sources *s,
                              const struct timeline *tl, enum timeline_filter f, instant from)
{
    struct queue q = queue_new(cx, s->events);
    for (isize i = s->events; i-- > 0;) {
        const struct timeline_quiet *known = quiet_of(cx, &s->event[i]);
        if (known == NULL || s->event[i].at.ms < from.ms || is_told(s, f, &s->event[i]))
            continue;
        struct timeline_entry *e = &q.entry[q.n++];
        describe(cx, s->ticket, tl, known, &s->event[i], e);
        if (e->answer.n > 0 && is_said(s, f, e->at, e->answer))
            e->answer = S("");
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
        q[3] = of_events(cx, s, out, f, from);
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
