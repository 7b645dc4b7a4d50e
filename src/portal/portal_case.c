// SPDX-License-Identifier: GPL-3.0-or-later
#include "portal/portal_case.h"

#include "base/length.h"
#include "base/limits.h"
#include "escalation/escalation.h"
#include "portal_case.sql.h"
#include "solution/step.h"
#include "solving/solving.h"

enum { LETTERS = 200 };

// C1
static enum err follow(struct ctx *cx, struct ticket *t)
{
    while (t->status == TICKET_MERGED) {
        struct ticket next;
        enum err err = ticket_load(cx, t->merged_into, &next);
        if (err == ERR_ABSENT) {
            ctx_forgive(cx);
            return OK;    // a colleague's: the reader's part is told, no more
        }
        TRY(err);
        *t = next;
    }
    return OK;
}

enum err portal_case_of(struct ctx *cx, str token, struct ticket *out,
                        enum portal_link_given *given)
{
    ticket_id id;
    struct ticket t;
    enum portal_link_given by;
    struct q_portal_case_proven proven;
    TRY(portal_link_open(cx, token, &id, &by));
    TRY(ticket_load(cx, id, &t));
    TRY(follow(cx, &t));
    TRY(q_portal_case_proven(cx, t.id, &proven));    // of what is read, not of what was linked
    if (by == LINK_SHOWN && proven.n > 0)            // C3
        return db_absent(cx);
    *out = t;
    *given = by;
    return OK;
}

static struct words moved_to(struct arena *a, const struct levels *l, int level)
{
    struct words where = portal_level(l, level);
    return (struct words){arena_fmt(a, "Now it is " STR_FMT, STR_ARG(where.en)),
                          arena_fmt(a, "Jetzt liegt es " STR_FMT, STR_ARG(where.de))};
}

// What was said and where the case went, in one line of time.
static void put_letters(struct arena *a, const struct levels *level, struct portal_case *c,
                        const struct message_page *said)
{
    struct portal_letter *l = make(a, struct portal_letter, said->n + c->stations);
    isize n = 0, m = 0, s = 2;    // the first two stations are where it began
    instant since = said->more && said->n > 0 ? said->row[0].at : (instant){0};
    while (m < said->n || s < c->stations) {
        bool station = s < c->stations && c->station[s].at.ms != 0;
        if (station && (m >= said->n || c->station[s].at.ms < said->row[m].at.ms)) {
            if (c->station[s].at.ms >= since.ms && s + 1 < c->stations)
                l[n++] = (struct portal_letter){
                    .at = c->station[s].at, .note = moved_to(a, level, c->station[s].level)};
            s++;
        } else if (m < said->n) {
            l[n++] = (struct portal_letter){.at = said->row[m].at, .message = &said->row[m]};
            m++;
        } else {
            break;
        }
    }
    c->letter = l;
    c->letters = n;
    c->earlier = said->more;
}

// C8.  An automatic word is no answer.
static bool is_replied(const struct ticket *t, const struct message_page *said)
{
    const struct message *last = said->n > 0 ? &said->row[said->n - 1] : NULL;
    return t->status == TICKET_OPEN && last != NULL && last->kind == MESSAGE_REPLY;
}

static struct words lead_has_it(enum escalation_state state)    // C7
{
    if (state == ESCALATION_OPEN)
        return SAY("Our management has your complaint before it.",
                   "Ihre Beschwerde liegt auch unserer Leitung vor.");
    if (state == ESCALATION_TAKEN)
        return SAY("Our management is taking care of your complaint.",
                   "Unsere Leitung kümmert sich um Ihre Beschwerde.");
    return (struct words){0};
}

enum err portal_case_open(struct ctx *cx, str token, struct portal_case *out)
{
    struct portal_case c = {.token = token};
    struct engagement_station *path;
    struct levels level;
    struct message_page said;
    enum escalation_state led;
    isize n;
    TRY(portal_case_of(cx, token, &c.ticket, &c.given));
    TRY(escalation_of_complaint(cx, c.ticket.id, &led));
    TRY(level_load(cx, &level));
    TRY(engagement_path(cx, c.ticket.id, &path, &n));
    TRY(message_list(cx, c.ticket.id, (message_id){0}, LETTERS, &said));
    TRY(attachment_list(cx, c.ticket.id, &c.file, &c.files));
    c.state = portal_state(cx->arena, &level, &c.ticket, cx->now);
    if (c.ticket.due.ms != 0 && !ticket_is_over(c.ticket.status))
        c.promise = promise_words(cx->arena, cx->now, c.ticket.due, true);
    c.lead = lead_has_it(led);
    c.replied = is_replied(&c.ticket, &said);
    portal_stations(cx->arena, &level, &c.ticket, path, n, &c.station, &c.stations);
    struct message_page *kept = make(cx->arena, struct message_page, 1);
    *kept = said;
    put_letters(cx->arena, &level, &c, kept);
    *out = c;
    return OK;
}

enum err portal_case_file(struct ctx *cx, str token, int64_t id, struct attachment *out)
{
    struct ticket t;
    enum portal_link_given given;
    ticket_id of;
    struct message m;
    TRY(portal_case_of(cx, token, &t, &given));
    TRY(attachment_load(cx, id, out));
    TRY(message_load(cx, out->message, &of, &m));
    return of.n == t.id.n ? OK : db_absent(cx);
}

// --- writing -------------------------------------------------------------------------------

static str written(struct ctx *cx, const struct portal_words *w)
{
    if (w->tried.n == 0)
        return w->text;
    str label = words_in(SAY("Tried meanwhile: ", "Inzwischen versucht: "), cx->lang);
    return arena_fmt(cx->arena, STR_FMT "%s" STR_FMT STR_FMT, STR_ARG(w->text),
                     w->text.n > 0 ? "\n\n" : "", STR_ARG(label), STR_ARG(w->tried));
}

static enum err check_words(struct ctx *cx, const struct portal_words *w)
{
    if (w->text.n == 0 && w->tried.n == 0 && w->attachments == 0)
        return invalid(cx, "text", "There is no text yet.", "Hier steht noch kein Text.");
    // Characters of up to four bytes: a message holds them.
    return length_check(cx, "text", written(cx, w), LIMIT_TEXT / 4);
}

// C4: the new case gets its promise as any other does.
static enum err promise_follow_up(struct ctx *cx, ticket_id id)
{
    struct ticket t;
    instant due;
    TRY(ticket_load(cx, id, &t));
    struct ticket_made made = {ticket_at(&t), t.number, t.work_team, t.level, t.priority};
    return promise_first(cx, &made, CHANNEL_PORTAL, &due);
}

static enum err note_tried(struct ctx *cx, ticket_id id, str tried)    // C6
{
    struct ticket t;
    TRY(ticket_load(cx, id, &t));
    if (tried.n == 0 || t.status >= TICKET_CLOSED)
        return OK;
    struct ticket_at at = ticket_at(&t);
    struct lagebild l = {t.problem, step_append(cx->arena, t.tried, tried), t.current};
    return ticket_set_lagebild(cx, &at, l);
}

enum err portal_case_write(struct ctx *cx, str *token, const struct portal_words *w)
{
    struct ticket t;
    enum portal_link_given given;
    struct message_received r;
    TRY(check_words(cx, w));
    TRY(portal_case_of(cx, *token, &t, &given));
    struct who contact = cx->who;
    struct message_new m = {.kind = MESSAGE_CUSTOMER,
                            .channel = CHANNEL_PORTAL,
                            .contact = t.contact,
                            .unverified = given == LINK_SHOWN,
                            .body = written(cx, w),
                            .attachment = w->attachment,
                            .attachments = w->attachments};
    TRY(message_receive(cx, t.id, &m, &r));
    cx->who = tenant_system(contact.tenant);
    if (r.follow_up)
        TRY(promise_follow_up(cx, r.at.id));
    TRY(note_tried(cx, r.at.id, w->tried));
    cx->who = contact;
    return r.follow_up ? portal_link_token(cx, r.at.id, contact.contact, given, token) : OK;
}

enum err portal_case_works(struct ctx *cx, str token)
{
    struct ticket t;
    enum portal_link_given given;
    struct solving_done done;
    TRY(portal_case_of(cx, token, &t, &given));
    struct ticket_at at = ticket_at(&t);
    struct who contact = cx->who;
    cx->who = tenant_system(contact.tenant);
    enum err err = OK;
    if (t.status < TICKET_SOLVED)
        err = solving_finish(cx, &at, &(struct solving){.how = SOLVED_WITHDRAWN, .told = true},
                             &done);
    if (err == OK && t.status <= TICKET_SOLVED)
        err = ticket_close(cx, &at, true);    // not asked twice
    cx->who = contact;
    return err;    // said twice, or too late: it is over, as wished
}
