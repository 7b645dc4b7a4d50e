// SPDX-License-Identifier: GPL-3.0-or-later
#include "circular/circular.h"

#include "base/length.h"
#include "base/limits.h"
#include "base/now.h"
#include "circular.sql.h"
#include "job/job.h"
#include "mail/build.h"
#include "outbox/outbox.h"
#include "promise/promise.h"
#include "solving/solving.h"
#include "tenant/tenant.h"

// --- the letters -------------------------------------------------------------------------

static str text_for(const struct circular_text *text, enum lang lang, bool formal)    // C1
{
    if (lang == LANG_EN)
        return text->en;
    return formal || str_trim(text->du).n == 0 ? text->de : text->du;
}

static str letter_text(struct arena *a, const struct circular_text *text,
                       const struct ticket *t)
{
    bool formal = ticket_is_formal(t);
    str hello = ticket_words_greeting(a, t->contact_name, t->contact_mail, t->lang, formal);
    str body = str_trim(text_for(text, t->lang, formal));
    return arena_fmt(a, STR_FMT "\n\n" STR_FMT, STR_ARG(hello), STR_ARG(body));
}

static bool has_contact(const struct circular_letter *letter, isize n, contact_id contact)
{
    for (isize i = 0; i < n; i++)
        if (contact.n != 0 && letter[i].contact_id.n == contact.n)
            return true;
    return false;
}

static bool is_unwritable(struct arena *a, const struct ticket *t)    // C10
{
    str written;
    return t->contact_mail.n > 0 && !mail_address_written(a, t->contact_mail, &written);
}

static struct circular_letter letter_to(struct arena *a, const struct circular_text *text,
                                        const struct ticket *t)
{
    return (struct circular_letter){.ticket = t->id,
                                    .number = t->number,
                                    .subject = t->subject,
                                    .contact = t->contact_name,
                                    .contact_id = t->contact,
                                    .lang = t->lang,
                                    .formal = ticket_is_formal(t),
                                    .unanswered = t->unanswered,
                                    .by_mail = t->contact_mail.n > 0,
                                    .unwritable = is_unwritable(a, t),
                                    .text = letter_text(a, text, t)};
}

// C4.  A case that went to another team or ended while the page was read is no mistake.
static enum err load_case(struct ctx *cx, ticket_id id, struct ticket *t, bool *open)
{
    struct ctx quiet = ctx_quiet(cx);
    enum err err = ticket_load(&quiet, id, t);
    *open = err == OK && !ticket_is_over(t->status);
    return err == ERR_ABSENT ? OK : err;
}

static enum err check_texts(struct ctx *cx, const struct circular_new *c,
                            const struct circular_letter *letter, isize n)
{
    bool german = false, english = false;
    for (isize i = 0; i < n; i++) {
        english |= letter[i].lang == LANG_EN;
        german |=
            letter[i].lang != LANG_EN && (letter[i].formal || str_trim(c->text.du).n == 0);
    }
    enum err err = OK;
    if (german && str_trim(c->text.de).n == 0)    // C5
        err = invalid(cx, "de", "There are customers who read German: their text is missing.",
                      "Hier fehlt der deutsche Text.");
    if (english && str_trim(c->text.en).n == 0)
        err = invalid(cx, "en", "There are customers who read English: their text is missing.",
                      "Es sind Kunden dabei, die Englisch lesen: Hier fehlt ihr Text.");
    TRY(err);
    int64_t most = LIMIT_TEXT / 4;    // characters of up to four bytes: a message holds them
    TRY(length_check(cx, "de", c->text.de, most));
    TRY(length_check(cx, "du", c->text.du, most));
    return length_check(cx, "en", c->text.en, most);
}

static enum err check_count(struct ctx *cx, isize n)
{
    if (n == 0)
        return invalid(cx, "an", "There is no case it could go to.",
                       "Es ist kein Vorgang ausgewählt, an den es gehen könnte.");
    if (n > LIMIT_CIRCULAR)
        return invalid(cx, "an", "These are too many cases: at most %d at a time.",
                       "Das sind zu viele Vorgänge: höchstens %d auf einmal.",
                       (int)LIMIT_CIRCULAR);
    return OK;
}

enum err circular_letters(struct ctx *cx, const struct circular_new *c,
                          struct circular_letter **out, isize *n)
{
    TRY(check_count(cx, c->n));
    *out = make(cx->arena, struct circular_letter, c->n);
    *n = 0;
    for (isize i = 0; i < c->n; i++) {
        struct ticket t;
        bool open;
        TRY(load_case(cx, c->ticket[i], &t, &open));
        if (!open || (c->once_each && has_contact(*out, *n, t.contact)))    // C3
            continue;
        (*out)[(*n)++] = letter_to(cx->arena, &c->text, &t);
    }
    return OK;
}

// --- sending -----------------------------------------------------------------------------

static enum err add_letter(struct ctx *cx, circular_id id, ticket_id ticket, instant leaves)
{
    struct q_circular_letter_insert *row;
    isize n;
    TRY(q_circular_letter_insert(cx, id, ticket, &row, &n));
    return n == 0 ? OK : job_add(cx, "circular.letter", row->id, leaves);
}

enum err circular_send(struct ctx *cx, const struct circular_new *c, circular_id *out)
{
    struct circular_letter *letter;
    struct q_circular_insert *row;
    isize n, rows;
    instant leaves = instant_plus(cx->now, LIMIT_UNDO_S);
    TRY(circular_letters(cx, c, &letter, &n));
    TRY(check_count(cx, n));
    TRY(check_texts(cx, c, letter, n));
    if (c->next.ms != 0 && c->next.ms <= leaves.ms)
        return invalid(cx, "next", "The time must be in the future.",
                       "Der Zeitpunkt muss in der Zukunft liegen.");
    TRY(q_circular_insert(cx, str_trim(c->text.de), str_trim(c->text.du), str_trim(c->text.en),
                          c->solve, c->solution, c->solved, c->next, leaves, c->key, &row,
                          &rows));
    *out = rows == 0 ? (circular_id){0} : row->id;
    for (isize i = 0; rows > 0 && i < n; i++)
        TRY(add_letter(cx, row->id, letter[i].ticket, leaves));
    return OK;
}

enum err circular_undo(struct ctx *cx, circular_id id)
{
    int64_t changed;
    TRY(q_circular_take_back(cx, id, &changed));
    if (changed == 0)
        return fail(cx, ERR_STALE, "The letters have already left.",
                    "Die Nachrichten sind schon unterwegs.");
    return q_circular_letters_take_back(cx, id, &changed);
}

enum err circular_count(struct ctx *cx, circular_id id, struct circular_count *out)
{
    struct q_circular_counts c;
    TRY(q_circular_counts(cx, id, &c));
    *out = (struct circular_count){.leaves = c.leaves,
                                   .taken_back = c.taken_back,
                                   .mine = c.mine,
                                   .waits = c.waits,
                                   .written = c.written,
                                   .left_out = c.left_out,
                                   .refused = c.refused};
    return OK;
}

enum err circular_refused(struct ctx *cx, circular_id id, struct circular_letter **out,
                          isize *n)
{
    static const struct circular_text none = {0};
    struct q_circular_refused *row;
    isize rows;
    struct ticket t;
    TRY(q_circular_refused(cx, id, &row, &rows));
    *out = make(cx->arena, struct circular_letter, rows);
    for (*n = 0; *n < rows; (*n)++) {
        TRY(ticket_load(cx, row[*n].ticket, &t));
        (*out)[*n] = letter_to(cx->arena, &none, &t);
    }
    return OK;
}

bool circular_undoable(const struct circular_count *c, instant now)
{
    return c->mine && !c->taken_back && now.ms < c->leaves.ms;
}

// --- one letter --------------------------------------------------------------------------

static enum err write_letter(struct ctx *cx, const struct ticket *t,
                             const struct q_circular_of *c, message_id *out)
{
    struct circular_text text = {c->de, c->du, c->en};
    struct ticket_at at = {t->id, TICKET_ANY_VERSION};
    struct message_new m = {.kind = MESSAGE_REPLY,
                            .channel = CHANNEL_PORTAL,
                            .body = letter_text(cx->arena, &text, t),
                            .seen = MESSAGE_SEEN_ALL};
    TRY(outbox_reply(cx, &at, &m, out));
    if (c->next.ms > cx->now.ms && !c->solve) {    // C7
        promise_id promise;
        struct promise_new p = {.kind = PROMISE_ANSWER, .due = c->next};
        TRY(promise_give(cx, &at, &p, &promise));
    }
    if (!c->solve)
        return OK;
    struct solving_done done;    // C6
    return solving_finish(
        cx, &at,
        &(struct solving){
            .solution = c->solution, .text = c->solved, .told = true, .owed = true},
        &done);
}

// In the name of who sent it, whatever that person may see by now.
static enum err letter_job(struct ctx *cx, struct job *job)
{
    struct q_circular_letter_of *l;
    struct q_circular_of c;
    struct ticket t;
    isize n;
    bool open;
    int64_t changed;
    message_id message = {0};
    TRY(q_circular_letter_of(cx, job->ref, &l, &n));
    if (n == 0 || l->state != LETTER_WAITS)    // C2 C3
        return OK;
    cx->who = tenant_system(l->tenant);
    cx->who.person = l->person;
    TRY(q_circular_of(cx, l->circular, &c));
    TRY(load_case(cx, l->ticket, &t, &open));
    bool refused = open && is_unwritable(cx->arena, &t);
    if (open && !refused)
        TRY(write_letter(cx, &t, &c, &message));
    return q_circular_letter_done(cx, job->ref,
                                  refused ? LETTER_REFUSED
                                  : open  ? LETTER_WRITTEN
                                          : LETTER_LEFT_OUT,
                                  message.n, &changed);
}

const struct job_kind circular_jobs[] = {
    {.name = "circular.letter", .apply = letter_job},
    {0},
};
