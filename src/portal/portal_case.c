// SPDX-License-Identifier: GPL-3.0-or-later
#include "portal/portal_case.h"

#include "base/length.h"
#include "base/limits.h"
#include "engagement/engagement.h"
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
    struct q_portal_case_theirs said;
    TRY(portal_link_open(cx, token, &id, &by));
    TRY(ticket_load(cx, id, &t));
    if (by == LINK_MAILED) {
        TRY(follow(cx, &t));
    } else {
        TRY(q_portal_case_theirs(cx, id, &said));
        if (said.proven > 0)    // C3
            return db_absent(cx);
    }
    *out = t;
    *given = by;
    return OK;
}

// How far the reader may be the one he says he is.
struct standing {
    bool claimed;    // C3
    bool unheard;    // C9: we have said nothing yet, or nothing for him
};

// C3, C9
static enum err stand(struct ctx *cx, const struct ticket *t, enum portal_link_given given,
                      struct standing *out)
{
    struct q_portal_case_theirs said;
    *out = (struct standing){given == LINK_SHOWN, given == LINK_SHOWN};
    if (!out->claimed || t->status == TICKET_MERGED)
        return OK;
    TRY(q_portal_case_theirs(cx, t->id, &said));
    bool is_known = said.known || t->contact_mail.n > 0,
         silent = !said.spoken && t->follows.n == 0;
    out->claimed = said.mail || said.others > 0 || (is_known && !silent);
    out->unheard = out->claimed || silent;
    return OK;
}

// What is read by one who may have only claimed to be the customer is absent.
static enum err case_read(struct ctx *cx, str token, struct ticket *out, struct standing *s)
{
    enum portal_link_given given;
    TRY(portal_case_of(cx, token, out, &given));
    return stand(cx, out, given, s);
}

static enum err case_own(struct ctx *cx, str token, struct ticket *out)
{
    struct standing s;
    TRY(case_read(cx, token, out, &s));
    return s.claimed ? db_absent(cx) : OK;
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

// That another team was asked helped nobody: the word about it was written with the request.
static bool is_about_a_request(const struct engagement *e, isize n, instant said)
{
    for (isize i = 0; i < n; i++)
        if (e[i].requested.ms == said.ms)
            return true;
    return false;
}

// C8.  An automatic word is no answer, and that another team was asked is none either.
static bool is_replied(const struct ticket *t, const struct message_page *said,
                       const struct engagement *e, isize n)
{
    const struct message *last = said->n > 0 ? &said->row[said->n - 1] : NULL;
    return t->status == TICKET_OPEN && last != NULL && last->kind == MESSAGE_REPLY
           && !is_about_a_request(e, n, last->at);
}

static struct words lead_has_it(enum escalation_state state, bool formal)    // C7
{
    if (state == ESCALATION_OPEN)
        return SAY_TO(formal, "Our management has your complaint before it.",
                      "Ihre Beschwerde liegt auch unserer Leitung vor.",
                      "Deine Beschwerde liegt auch unserer Leitung vor.");
    if (state == ESCALATION_TAKEN)
        return SAY_TO(formal, "Our management is taking care of your complaint.",
                      "Unsere Leitung kümmert sich um Ihre Beschwerde.",
                      "Unsere Leitung kümmert sich um deine Beschwerde.");
    return (struct words){0};
}

// C3
static enum err read_written(struct ctx *cx, struct portal_case *c)
{
    struct q_portal_case_written *row;
    struct q_portal_case_theirs said;
    TRY(q_portal_case_written(cx, c->ticket.id, &row, &c->letters));
    TRY(q_portal_case_theirs(cx, c->ticket.id, &said));
    c->title = words_in(SAY("What you wrote to us", "Was Sie uns geschrieben haben"), cx->lang);
    c->answered = said.answered;
    c->letter = make(cx->arena, struct portal_letter, c->letters);
    struct message *m = make(cx->arena, struct message, c->letters);
    for (isize i = 0; i < c->letters; i++) {
        isize from = c->letters - 1 - i;    // they come newest first
        m[i] = (struct message){.id = row[from].id,
                                .at = row[from].at,
                                .kind = MESSAGE_CUSTOMER,
                                .body = row[from].body};
        c->letter[i] = (struct portal_letter){.at = m[i].at, .message = &m[i]};
        c->by_mail |= row[from].address.n > 0;
    }
    return OK;
}

// C9.  What a stranger would read of it: who was named has no say.
static struct ticket as_usual(const struct ticket *given)
{
    struct ticket t = *given;
    t.level = 1;
    return t;
}

static enum err read_said(struct ctx *cx, const struct levels *level, bool unheard,
                          struct portal_case *c)
{
    struct engagement_station *path;
    struct engagement *e;
    enum escalation_state led;
    isize n, asked;
    struct message_page *said = make(cx->arena, struct message_page, 1);
    c->title = c->ticket.subject;
    TRY(escalation_of_complaint(cx, c->ticket.id, &led));
    TRY(engagement_list(cx, c->ticket.id, &e, &asked));
    engagement_path_of(cx->arena, &c->ticket, e, asked, &path, &n);
    TRY(message_list(cx, c->ticket.id, (message_id){0}, LETTERS, said));
    TRY(attachment_list(cx, c->ticket.id, &c->file, &c->files));
    c->lead = lead_has_it(led, ticket_is_formal(&c->ticket));
    c->replied = is_replied(&c->ticket, said, e, asked);
    struct ticket t = unheard ? as_usual(&c->ticket) : c->ticket;
    portal_stations(cx->arena, level, &t, path, unheard ? 0 : n, &c->station, &c->stations);
    put_letters(cx->arena, level, c, said);
    return OK;
}

static enum err tell_usual(struct ctx *cx, const struct levels *l, struct portal_case *c)
{
    struct ticket t = as_usual(&c->ticket);
    bool another = c->claimed && t.status == TICKET_MERGED;    // case, which nobody is told
    if (!another)
        c->state = portal_state(cx->arena, l, &t, cx->now);
    bool open = t.due.ms != 0 && !ticket_is_over(t.status) && !c->answered;
    return open ? portal_usual_promise(cx, &t, &c->promise) : OK;
}

static void tell_known(struct ctx *cx, const struct levels *l, struct portal_case *c)
{
    c->state = portal_state(cx->arena, l, &c->ticket, cx->now);
    if (c->ticket.due.ms != 0 && !ticket_is_over(c->ticket.status))
        c->promise = promise_words(cx->arena, cx->now, c->ticket.due,
                                   ticket_is_formal(&c->ticket));
}

enum err portal_case_open(struct ctx *cx, str token, struct portal_case *out)
{
    struct portal_case c = {.token = token};
    struct standing standing;
    struct levels level;
    TRY(case_read(cx, token, &c.ticket, &standing));
    TRY(level_load(cx, &level));
    c.claimed = standing.claimed;
    c.ticket.contact_formal |= standing.unheard;    // C10
    TRY(c.claimed ? read_written(cx, &c) : read_said(cx, &level, standing.unheard, &c));
    if (standing.unheard)
        TRY(tell_usual(cx, &level, &c));
    else
        tell_known(cx, &level, &c);
    *out = c;
    return OK;
}

enum err portal_case_file(struct ctx *cx, str token, int64_t id, struct attachment *out)
{
    struct ticket t;
    ticket_id of;
    struct message m;
    TRY(case_own(cx, token, &t));
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
    ticket_id page = r.follow_up ? r.at.id : t.id;    // C3: of a merged case its own
    if (given == LINK_SHOWN)
        TRY(q_portal_case_word(cx, r.message, page));
    return r.follow_up ? portal_link_token(cx, page, contact.contact, given, token) : OK;
}

// --- C5 --------------------------------------------------------------------------------------

// The solution that helped by the case's own records: one that is linked so, or one whose step did.
static enum err what_helped(struct ctx *cx, ticket_id id, solution_id *out)
{
    struct solution_link *link;
    struct step *step;
    isize links, steps;
    TRY(solution_links(cx, id, &link, &links));
    TRY(step_list(cx, id, &step, &steps));
    *out = (solution_id){0};
    for (isize i = 0; i < links && out->n == 0; i++)
        if (link[i].role == LINK_HELPED)
            *out = link[i].solution;
    for (isize i = 0; i < steps && out->n == 0; i++)
        if (step[i].result == STEP_HELPED)
            *out = step[i].solution;
    return OK;
}

// Without "Guten Tag Karin Brandt,".
static str without_greeting(str body)
{
    isize end = str_find(body, S("\n\n"));
    bool greets = end > 0 && str_ends(str_trim(str_head(body, end)), S(","));
    return str_trim(greets ? str_cut(body, end) : body);
}

// Our last answer, or nothing.
static enum err last_answer(struct ctx *cx, ticket_id id, str *out)
{
    struct message_page said;
    struct engagement *e;
    isize n;
    TRY(message_list(cx, id, (message_id){0}, LETTERS, &said));
    TRY(engagement_list(cx, id, &e, &n));
    *out = S("");
    for (isize i = said.n; i-- > 0 && out->n == 0;) {
        const struct message *m = &said.row[i];
        bool left = m->sent != MESSAGE_UNDONE && m->sent != MESSAGE_QUEUED;
        if (m->kind == MESSAGE_REPLY && left && !is_about_a_request(e, n, m->at))
            *out = without_greeting(m->body);
    }
    return OK;
}

static enum err solved_by_their_word(struct ctx *cx, struct ticket_at *at)
{
    struct solving s = {.how = SOLVED_BY_ITSELF, .told = true};
    struct solving_done done;
    str said;
    TRY(what_helped(cx, at->id, &s.solution));
    TRY(last_answer(cx, at->id, &said));
    if (str_characters(said) >= TICKET_TEXT_LEAST) {
        s.how = SOLVED_BY_TEXT;
        s.text = said;
    }
    return solving_finish(cx, at, &s, &done);
}

enum err portal_case_works(struct ctx *cx, str token)
{
    struct ticket t;
    TRY(case_own(cx, token, &t));    // C3
    struct ticket_at at = ticket_at(&t);
    struct who contact = cx->who;
    cx->who = tenant_system(contact.tenant);
    enum err err = OK;
    if (t.status < TICKET_SOLVED)
        err = solved_by_their_word(cx, &at);
    if (err == OK && t.status <= TICKET_SOLVED)
        err = ticket_close(cx, &at, true);    // not asked twice
    cx->who = contact;
    return err;    // said twice, or too late: it is over, as wished
}
