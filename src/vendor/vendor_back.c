// SPDX-License-Identifier: GPL-3.0-or-later
// What a vendor says: by mail, or on his page.
#include "base/limits.h"
#include "event/event.h"
#include "tenant/tenant.h"
#include "vendor.sql.h"
#include "vendor/vendor_link.h"
#include "vendor/vendor_number.h"
#include "vendor/vendor_part.h"

static fallible keep_number(struct ctx *cx, struct vendor_asked *v, str number)
{
    number = str_head(str_trim(number), VENDOR_NUMBER_MAX);
    if (number.n == 0 || str_eq(number, v->number))
        return OK;
    v->number = number;
    TRY(q_vendor_question_numbered(cx, v->id, number, vendor_number_key(cx->arena, number)));
    return event_add(cx, (struct event){.kind = "vendor.numbered",
                                        .ticket = v->ticket.n,
                                        .object = v->id.n,
                                        .team = v->team.id.n,
                                        .level = LEVEL_VENDOR});
}

// A question of a case that is over is open no more, whatever it says itself.
static fallible is_open(struct ctx *cx, const struct vendor_asked *v, bool *out)
{
    struct ticket t;
    TRY(ticket_load(cx, v->ticket, &t));
    *out = vendor_ask_is_open(v) && !ticket_is_over(t.status);
    return OK;
}

static fallible acknowledge(struct ctx *cx, const struct vendor_asked *v)
{
    struct engagement_at at = {v->id, v->version};
    return v->state == ENGAGED_REQUESTED ? engagement_accept(cx, at, S(""), false) : OK;
}

static fallible answer(struct ctx *cx, const struct vendor_asked *v, str text,
                       enum vendor_heard how)
{
    TRY(engagement_answer(cx, (struct engagement_at){v->id, v->version}, text));
    return q_vendor_question_heard(cx, v->id, how);
}

// --- by mail ---------------------------------------------------------------------------------

static fallible question_of(struct ctx *cx, referral_id thread, struct vendor_asked *out,
                            bool *there)
{
    struct q_vendor_question_of_thread *row;
    isize n;
    TRY(q_vendor_question_of_thread(cx, thread, &row, &n));
    *there = n > 0;
    return n > 0 ? vendor_part_load(cx, row->engagement, out) : OK;
}

static fallible is_proven(struct ctx *cx, const struct vendor_mail *m, bool *out)
{
    struct referral r;
    TRY(referral_load(cx, m->thread, &r));
    *out = m->proven && str_eq_nocase(str_trim(m->address), r.address);    // X4
    return OK;
}

enum err vendor_ask_heard(struct ctx *cx, const struct vendor_mail *m)
{
    static const struct words only_files =
        WORDS("(No words: see the mail.)", "(Ohne Worte: siehe die Mail.)");
    struct vendor_asked v;
    bool there, open, proven;
    TRY(question_of(cx, m->thread, &v, &there));
    if (!there)
        return OK;
    str number = vendor_number_read(cx->arena, m->subject, v.subject);
    if (v.number.n == 0)    // A7
        TRY(keep_number(cx, &v, number));
    TRY(is_open(cx, &v, &open));
    if (!open)
        return OK;
    if (m->automatic)    // A6
        return vendor_number_confirms(m->subject, m->text, number) ? acknowledge(cx, &v) : OK;
    TRY(is_proven(cx, m, &proven));
    str text = str_head(str_trim(m->text), LIMIT_TEXT);
    return answer(cx, &v, text.n > 0 ? text : words_in(only_files, v.lang),
                  proven ? HEARD_MAIL : HEARD_UNPROVEN);
}

enum err vendor_ask_by_number(struct ctx *cx, str address, str subject, ticket_id *ticket,
                              referral_id *thread)
{
    struct q_vendor_question_by_number *row;
    isize n;
    *thread = (referral_id){0};
    str key = vendor_number_key(cx->arena, vendor_number_read(cx->arena, subject, S("")));
    if (key.n == 0)
        return OK;
    TRY(q_vendor_question_by_number(cx, arena_lower(cx->arena, str_trim(address)), key, &row,
                                    &n));
    if (n == 0)
        return OK;
    *thread = row->referral;
    *ticket = row->ticket;
    return OK;
}

// --- by his page -----------------------------------------------------------------------------

// L3.  The desk's own eyes, for as long as it takes.
static fallible open_as_desk(struct ctx *cx, str token, struct vendor_asked *out)
{
    engagement_id id;
    bool open;
    TRY(vendor_link_read(cx, token, &id));
    cx->who = tenant_system(cx->who.tenant);
    TRY(vendor_part_load(cx, id, out));
    TRY(is_open(cx, out, &open));
    return open ? OK : db_absent(cx);
}

enum err vendor_ask_open(struct ctx *cx, str token, struct vendor_asked *out)
{
    struct who stranger = cx->who;
    enum err err = open_as_desk(cx, token, out);
    cx->who = stranger;
    return err;
}

static fallible confirm(struct ctx *cx, str token, str number)
{
    struct vendor_asked v;
    TRY(open_as_desk(cx, token, &v));
    TRY(keep_number(cx, &v, number));
    return acknowledge(cx, &v);
}

static fallible check_number(struct ctx *cx, str number)
{
    number = str_trim(number);
    if (number.n <= VENDOR_NUMBER_MAX && str_find(number, S("\n")) < 0)
        return OK;
    return invalid(cx, "nummer", "A number has at most %d characters.",
                   "Eine Nummer hat höchstens %d Zeichen.", VENDOR_NUMBER_MAX);
}

enum err vendor_ask_confirm(struct ctx *cx, str token, str number)
{
    struct who stranger = cx->who;
    TRY(check_number(cx, number));
    enum err err = confirm(cx, token, number);
    cx->who = stranger;
    return err;
}

// What he writes there stands in the thread, as if it had come by mail.
static fallible keep_words(struct ctx *cx, const struct vendor_asked *v,
                           const struct vendor_answer *a)
{
    struct referral r;
    ticket_id ticket;
    message_id message;
    if (v->referral.n == 0)
        return OK;
    TRY(referral_load(cx, v->referral, &r));
    struct message_new m = {.channel = CHANNEL_PORTAL,
                            .author = r.name.n > 0 ? r.name : r.address,
                            .address = r.address,
                            .body = a->text,
                            .attachment = a->file,
                            .attachments = a->files,
                            .seen = MESSAGE_SEEN_ALL};
    return referral_answered(cx, v->referral, &m, &ticket, &message);
}

static fallible answer_there(struct ctx *cx, str token, const struct vendor_answer *a)
{
    struct vendor_asked v;
    TRY(open_as_desk(cx, token, &v));
    TRY(keep_number(cx, &v, a->number));
    if (a->text.n == 0 || a->text.n > LIMIT_TEXT)
        return invalid(cx, "text", "The answer is still missing, or too long.",
                       "Die Antwort fehlt noch oder ist zu lang.");
    TRY(keep_words(cx, &v, a));
    return answer(cx, &v, a->text, HEARD_PAGE);
}

enum err vendor_ask_answer(struct ctx *cx, str token, const struct vendor_answer *a)
{
    struct who stranger = cx->who;
    struct vendor_answer said = *a;
    said.text = str_trim(a->text);
    TRY(check_number(cx, a->number));
    enum err err = answer_there(cx, token, &said);
    cx->who = stranger;
    return err;
}
