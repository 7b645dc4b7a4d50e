// SPDX-License-Identifier: GPL-3.0-or-later
#include "ticket/ticket_check.h"

#include "base/length.h"
#include "base/limits.h"
#include "base/now.h"

enum {
    ASKED_S = 5 * MINUTE_S,     // T4
    REMINDERS = 2,              // T6
    NOT_SPAM_S = 30 * DAY_S,    // T14
};

#define TO(s) (1u << TICKET_##s)
#define AWAY  (TO(MERGED) | TO(SPAM))

// clang-format off
static const unsigned may[] = {
    [TICKET_NEW]              = TO(OPEN) | TO(SOLVED) | AWAY,
    [TICKET_OPEN]             = TO(SOLVED) | TO(WAITING_CUSTOMER) | TO(WAITING_VENDOR) | TO(WAITING_DATE) | AWAY,
    [TICKET_WAITING_CUSTOMER] = TO(OPEN) | TO(SOLVED) | AWAY,
    [TICKET_WAITING_VENDOR]   = TO(OPEN) | TO(SOLVED) | AWAY,
    [TICKET_WAITING_DATE]     = TO(OPEN) | TO(SOLVED) | AWAY,
    [TICKET_SOLVED]           = TO(OPEN) | TO(CLOSED) | AWAY,
    [TICKET_CLOSED]           = AWAY,
    [TICKET_MERGED]           = 0,
    [TICKET_SPAM]             = TO(OPEN),
};
// clang-format on

bool ticket_check_may(enum ticket_status from, enum ticket_status to)
{
    return from >= TICKET_NEW && from <= TICKET_SPAM && (may[from] & (1u << to)) != 0;
}

static enum err refuse(struct ctx *cx, const struct ticket *t, enum ticket_status to)
{
    struct words from = ticket_words_status[t->status].name,
                 name = ticket_words_status[to].name;
    // The two languages need different arguments, which invalid() cannot take.
    struct problem *p = make(cx->arena, struct problem, 1);
    p->field = "";
    p->text.en =
        arena_fmt(cx->arena, "A case that is “" STR_FMT "” cannot become “" STR_FMT "”.",
                  STR_ARG(from.en), STR_ARG(name.en));
    p->text.de = arena_fmt(
        cx->arena, "Ein Vorgang im Status „" STR_FMT "“ kann nicht „" STR_FMT "“ werden.",
        STR_ARG(from.de), STR_ARG(name.de));
    cx->problems = p;
    cx->detail = p->text;
    return ERR_INVALID;
}

static enum err from_to(struct ctx *cx, const struct ticket *t, enum ticket_status to)
{
    return ticket_check_may(t->status, to) ? OK : refuse(cx, t, to);
}

static bool is_waiting(enum ticket_status s)
{
    return s == TICKET_WAITING_CUSTOMER || s == TICKET_WAITING_VENDOR
           || s == TICKET_WAITING_DATE;
}

static int64_t seconds_since(struct ctx *cx, instant t)
{
    return (cx->now.ms - t.ms) / 1000;
}

static enum err check_scale(struct ctx *cx, int impact, int urgency)
{
    if (impact < 0 || impact > 4 || urgency < 0 || urgency > 4)
        return invalid(cx, "urgency", "Impact and urgency are 1 to 4.",
                       "Auswirkung und Dringlichkeit gehen von 1 bis 4.");
    return OK;
}

enum err ticket_check_new(struct ctx *cx, const struct ticket_new *n)
{
    if (!ticket_words_has(ticket_words_channel, n->channel)
        || (n->type != 0 && !ticket_words_has(ticket_words_type, n->type)))
        return invalid(cx, "type", "A case has a channel and a type.",
                       "Ein Vorgang hat einen Kanal und eine Art.");
    if (str_trim(n->subject).n == 0 && str_trim(n->problem).n == 0)
        return invalid(cx, "subject", "Say in a few words what it is about.",
                       "Sag in wenigen Worten, worum es geht.");
    TRY(length_check(cx, "subject", n->subject, LIMIT_TEXT));
    TRY(length_check(cx, "problem", n->problem, LIMIT_TEXT));
    return check_scale(cx, n->impact, n->urgency);
}

enum err ticket_check_open(struct ctx *cx, const struct ticket *t)
{
    return t->status == TICKET_NEW ? OK : refuse(cx, t, TICKET_OPEN);
}

// What helps depends on why nothing may be done: only what is solved is opened again.
enum err ticket_check_work(struct ctx *cx, const struct ticket *t)
{
    switch (t->status) {
    case TICKET_NEW:
    case TICKET_OPEN:
    case TICKET_WAITING_CUSTOMER:
    case TICKET_WAITING_VENDOR:
    case TICKET_WAITING_DATE:
        return OK;
    case TICKET_SOLVED:
        return invalid(cx, "", "This case is solved. Open it again first.",
                       "Der Vorgang ist gelöst. Öffne ihn zuerst wieder.");
    case TICKET_CLOSED:
        return invalid(cx, "", "This case is closed. Make a new case that follows it.",
                       "Der Vorgang ist abgeschlossen. Leg einen Folgevorgang an.");
    case TICKET_MERGED:
        return invalid(cx, "", "This case went on in another one. Do it there.",
                       "Der Vorgang ist in einem anderen aufgegangen. Mach dort weiter.");
    case TICKET_SPAM:
        return invalid(cx, "", "This case is spam. Say “No spam after all” first.",
                       "Der Vorgang ist Spam. Sag zuerst „Doch kein Spam“.");
    }
    return OK;
}

enum err ticket_check_class(struct ctx *cx, const struct ticket *t,
                            const struct ticket_class *c)
{
    if (t->status > TICKET_SOLVED)
        return ticket_check_work(cx, t);
    if (c->type != 0 && !ticket_words_has(ticket_words_type, c->type))
        return invalid(cx, "type", "There is no such type.", "Diese Art gibt es nicht.");
    TRY(check_scale(cx, c->impact, c->urgency));
    int impact = c->impact ? c->impact : t->impact,
        urgency = c->urgency ? c->urgency : t->urgency;
    if (c->priority < 0 || c->priority > 4)
        return invalid(cx, "priority", "Priorities are 1 to 4.",
                       "Prioritäten gehen von 1 bis 4.");
    bool by_hand = c->priority != 0 && c->priority != ticket_priority(impact, urgency);
    if (by_hand && str_trim(c->why).n == 0)    // W5
        return invalid(cx, "why", "Say why the priority is another one.",
                       "Sag, warum die Priorität eine andere ist.");
    return length_check(cx, "why", c->why, LIMIT_LINE);
}

enum err ticket_check_wait(struct ctx *cx, const struct ticket *t,
                           const struct ticket_waiting *w)
{
    if (!is_waiting(w->for_what))
        return invalid(cx, "for", "Wait for whom?", "Auf wen oder was soll gewartet werden?");
    TRY(from_to(cx, t, w->for_what));
    bool asked =
        w->asked.ms != 0 && w->asked.ms <= cx->now.ms && seconds_since(cx, w->asked) <= ASKED_S;
    if (w->for_what == TICKET_WAITING_CUSTOMER && !asked)    // T4
        return invalid(cx, "for", "Ask the customer first: who waits must know for what.",
                       "Stell zuerst deine Frage: Wer warten soll, muss wissen, worauf.");
    if (w->for_what == TICKET_WAITING_DATE && w->until.ms <= cx->now.ms)    // T9
        return invalid(cx, "until", "The date must be in the future.",
                       "Der Termin muss in der Zukunft liegen.");
    if (w->for_what == TICKET_WAITING_DATE && t->due.ms == 0)
        return invalid(cx, "until", "Tell the customer first by when you will be in touch.",
                       "Sag zuerst zu, bis wann du dich meldest.");
    return OK;
}

enum err ticket_check_resume(struct ctx *cx, const struct ticket *t)
{
    return is_waiting(t->status) ? OK : refuse(cx, t, TICKET_OPEN);
}

// Where each way of solving may start from.
static bool may_solve(enum ticket_status from, enum solved_how how)
{
    switch (how) {
    case SOLVED_BY_SOLUTION:
    case SOLVED_BY_TEXT:
    case SOLVED_BY_ITSELF:
    case SOLVED_NOT_OURS:
        return from == TICKET_OPEN;    // T3
    case SOLVED_NO_REPLY:
        return from == TICKET_WAITING_CUSTOMER;    // T6
    case SOLVED_WITHDRAWN:
        return !ticket_is_over(from);    // T14b
    }
    return false;
}

enum err ticket_check_solve(struct ctx *cx, const struct ticket *t,
                            const struct ticket_solving *s)
{
    if (!ticket_words_has(ticket_words_how, s->how))
        return invalid(cx, "how", "Say how it was solved.", "Sag, wie es gelöst wurde.");
    if (!may_solve(t->status, s->how))
        return refuse(cx, t, TICKET_SOLVED);
    if (s->level < 0 || s->level > 4)
        return invalid(cx, "level", "Levels are 1 to 4.", "Level gehen von 1 bis 4.");
    TRY(length_check(cx, "text", s->text, LIMIT_TEXT));
    if (s->how == SOLVED_BY_SOLUTION && s->solution == 0)
        return invalid(cx, "solution", "Choose the solution that helped.",
                       "Wähle die Lösung, die geholfen hat.");
    if (s->how == SOLVED_BY_TEXT && str_characters(str_trim(s->text)) < TICKET_TEXT_LEAST)
        return invalid(cx, "text", "Describe in at least %d characters what helped.",
                       "Beschreib mit mindestens %d Zeichen, was geholfen hat.",
                       TICKET_TEXT_LEAST);
    if (s->how == SOLVED_NO_REPLY && s->reminders < REMINDERS)
        return invalid(cx, "how", "Remind the customer twice before you give up waiting.",
                       "Erinnere zweimal, bevor du nicht länger wartest.");
    bool asked_for = s->how == SOLVED_WITHDRAWN || s->how == SOLVED_NO_REPLY;
    if (!asked_for && !s->told)
        return invalid(cx, "told", "Tell the customer: in the call, or by a message with it.",
                       "Sag es der Kundin oder dem Kunden: im Gespräch oder mit einer "
                       "Nachricht dazu.");
    return OK;
}

enum err ticket_check_close(struct ctx *cx, const struct ticket *t, bool confirmed)
{
    TRY(from_to(cx, t, TICKET_CLOSED));
    if (!confirmed && seconds_since(cx, t->solved_at) < TICKET_CLOSE_S)
        return invalid(
            cx, "", "A solved case is closed after 7 days, or when the customer agrees.",
            "Ein gelöster Vorgang wird nach 7 Tagen abgeschlossen, früher nur mit Zustimmung.");
    return OK;
}

enum err ticket_check_reopen(struct ctx *cx, const struct ticket *t)
{
    if (t->status != TICKET_SOLVED)
        return refuse(cx, t, TICKET_OPEN);
    if (!ticket_may_reopen(t->status, t->solved_at, cx->now))
        return invalid(cx, "", "It was solved more than 14 days ago. Make a new case of it.",
                       "Die Lösung ist über 14 Tage her. Leg einen neuen Vorgang an.");
    return OK;
}

static bool same_customer(const struct ticket *a, const struct ticket *b)
{
    if (a->contact.n != 0 && a->contact.n == b->contact.n)
        return true;
    return a->contact_org.n > 0 && str_eq(a->contact_org, b->contact_org);
}

enum err ticket_check_merge(struct ctx *cx, const struct ticket *from,
                            const struct ticket *into)
{
    TRY(from_to(cx, from, TICKET_MERGED));
    if (from->id.n == into->id.n)
        return invalid(cx, "into", "A case cannot go on in itself.",
                       "Ein Vorgang kann nicht in sich selbst aufgehen.");
    if (into->status > TICKET_SOLVED)
        return invalid(cx, "into", "The other case is closed, merged or spam.",
                       "Der andere Vorgang ist abgeschlossen, zusammengeführt oder Spam.");
    if (!same_customer(from, into))
        return invalid(cx, "into", "Only cases of the same customer or firm are merged.",
                       "Nur Vorgänge derselben Person oder Firma werden zusammengeführt.");
    return OK;
}

enum err ticket_check_spam(struct ctx *cx, const struct ticket *t)
{
    return from_to(cx, t, TICKET_SPAM);
}

enum err ticket_check_not_spam(struct ctx *cx, const struct ticket *t)
{
    if (t->status != TICKET_SPAM)
        return refuse(cx, t, TICKET_OPEN);
    if (seconds_since(cx, t->ended) > NOT_SPAM_S)
        return invalid(cx, "", "After 30 days spam stays spam.",
                       "Nach 30 Tagen bleibt Spam Spam.");
    return OK;
}
