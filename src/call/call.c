// SPDX-License-Identifier: GPL-3.0-or-later
#include "call/call.h"

#include "base/limits.h"
#include "message/message.h"
#include "promise/promise.h"
#include "solution/step.h"

enum { NOTED_AMONG = 20 };    // the newest messages of a case
enum { NUMBER_LEAST = 7 };    // characters, so that no “Halle 1234” is a number

static bool has_digit_majority(str s)
{
    isize digits = 0;
    for (isize i = 0; i < s.n; i++)
        digits += s.p[i] >= '0' && s.p[i] <= '9';
    return digits >= 4 && digits * 2 >= s.n;
}

// C2: "Petra Nowak, 040 66969-114".
static bool number_behind_name(struct arena *a, str typed, str *name, str *phone)
{
    str normal;
    isize i = 0;
    while (i < typed.n && !str_is_digit(typed.p[i]) && typed.p[i] != '+' && typed.p[i] != '(')
        i++;
    str before = str_trim(str_head(typed, i)), rest = str_cut(typed, i);
    if (str_ends(before, S(",")) || str_ends(before, S(":")))
        before = str_trim(str_head(before, before.n - 1));
    if (before.n == 0 || !has_digit_majority(rest) || !contact_phone_normal(a, rest, &normal)
        || normal.n < NUMBER_LEAST)
        return false;
    *name = before;
    *phone = rest;
    return true;
}

void call_read_caller(struct arena *a, str typed, str *name, str *mail, str *phone)
{
    str normal;
    typed = str_trim(typed);
    *name = *mail = *phone = (str){0};
    if (contact_mail_normal(a, typed, &normal))
        *mail = typed;
    else if (has_digit_majority(typed) && contact_phone_normal(a, typed, &normal))
        *phone = typed;
    else if (!number_behind_name(a, typed, name, phone))
        *name = typed;
}

// --- keeping (C1) ----------------------------------------------------------------------------

static int urgency_of(const struct call_input *in)
{
    return in->stands_still ? 4 : 2;
}

// C11
static enum err keep_with_caller(struct ctx *cx, struct ticket_at *at)
{
    struct ticket t;
    TRY(ticket_load(cx, at->id, &t));
    return t.work_person.n != 0 || !t.ours ? OK : ticket_take(cx, at);
}

static enum err make_case(struct ctx *cx, const struct call_input *in, contact_id contact,
                          struct ticket_at *at)
{
    str said = str_trim(in->said);
    struct ticket_new n = {.channel = CHANNEL_PHONE,
                           .type = TICKET_INCIDENT,
                           .subject = str_head(said, LIMIT_SUBJECT),
                           .problem = said,
                           .contact = contact,
                           .impact = in->impact > 0 ? in->impact : 1,
                           .urgency = urgency_of(in)};
    struct ticket_made made;
    instant due;
    if (n.subject.n == 0)
        n.subject = n.problem = words_in(SAY("Call", "Anruf"), cx->lang);
    TRY(ticket_create(cx, &n, &made));
    TRY(promise_first(cx, &made, CHANNEL_PHONE, &due));
    *at = made.at;
    return keep_with_caller(cx, at);
}

static enum err change_case(struct ctx *cx, const struct call_input *in, const struct ticket *t,
                            struct ticket_at *at)
{
    struct ticket_class c = {.type = t->type,
                             .category = t->category,
                             .product = t->product,
                             .impact = in->impact > 0 ? in->impact : t->impact,
                             .urgency = urgency_of(in)};
    if (c.impact != t->impact || c.urgency != t->urgency)
        TRY(ticket_classify(cx, at, &c));
    str said = str_trim(in->said);
    if (said.n == 0 || str_eq(said, t->problem))
        return OK;
    return ticket_set_lagebild(cx, at, (struct lagebild){said, t->tried, t->current});
}

static bool is_ticked(const struct call_input *in, str key, int64_t step)
{
    for (isize i = 0; i < in->ticks; i++)
        if (in->tick[i].step == step && str_eq(in->tick[i].solution, key))
            return true;
    return false;
}

static enum err keep_steps_of(struct ctx *cx, const struct call_input *in, struct ticket_at *at,
                              str key, bool helped)
{
    struct solution s;
    isize last = 0;
    TRY(solution_by_key(cx, key, &s));
    for (isize i = 0; i < s.steps; i++)
        last = is_ticked(in, key, i) ? i : last;
    for (isize i = 0; i < s.steps; i++)
        if (is_ticked(in, key, i))
            TRY(step_add(cx, at, s.id, s.step[i].text,
                         !helped     ? STEP_FAILED
                         : i == last ? STEP_HELPED
                                     : STEP_DONE));
    return helped ? OK : solution_link(cx, at->id, s.id, LINK_TRIED_FAILED);
}

// C4.  `helped`: the key of the solution that solved it, or empty.
static enum err keep_steps(struct ctx *cx, const struct call_input *in, struct ticket_at *at,
                           str helped)
{
    for (isize i = 0; i < in->ticks; i++) {
        str key = in->tick[i].solution;
        isize first = 0;
        while (!str_eq(in->tick[first].solution, key))
            first++;
        if (first == i)
            TRY(keep_steps_of(cx, in, at, key, str_eq(key, helped)));
    }
    return OK;
}

static enum err keep_number(struct ctx *cx, const struct call_input *in)    // C9
{
    bool keeps = in->keep_phone && in->contact.n != 0;
    return keeps ? contact_also_phone(cx, in->contact, in->phone) : OK;
}

static enum err keep_case(struct ctx *cx, const struct call_input *in, struct ticket_at *at)
{
    struct ticket t;
    contact_id contact;
    struct contact_meant who = {in->contact, in->who, in->mail, in->phone};
    if (at->id.n == 0) {
        TRY(contact_meant(cx, &who, &contact));    // C2
        TRY(keep_number(cx, in));
        return make_case(cx, in, contact, at);
    }
    TRY(ticket_load(cx, at->id, &t));
    at->version = at->version == TICKET_ANY_VERSION ? t.version : at->version;
    if (t.contact.n == 0) {    // said only now
        TRY(contact_meant(cx, &who, &contact));
        if (contact.n != 0)
            TRY(message_set_contact(cx, at, contact));
    }
    return change_case(cx, in, &t, at);
}

// Each at its field.
static enum err nothing_said(struct ctx *cx)
{
    enum err err = invalid(cx, "wer", "Who calls?", "Wer ruft an?");
    if (err == ERR_INVALID)
        err = invalid(cx, "sagt", "What is it about?", "Worum geht es?");
    return err;
}

static enum err check_not_empty(struct ctx *cx, const struct call_input *in)
{
    if (str_trim(in->said).n == 0 && in->contact.n == 0 && in->who.n == 0 && in->phone.n == 0
        && in->mail.n == 0)
        return nothing_said(cx);
    return OK;
}

enum err call_keep(struct ctx *cx, const struct call_input *in, struct ticket_at *at)
{
    TRY(check_not_empty(cx, in));
    return keep_case(cx, in, at);
}

// C8
static enum err take_suggestion(struct ctx *cx, const struct call_input *in,
                                struct ticket_at *at)
{
    const int64_t *v = in->suggested.value;
    bool hand_over;
    if (v[TRIAGE_CATEGORY] == 0 && v[TRIAGE_PRODUCT] == 0)
        return OK;
    if (in->fits)
        return triage_case_accept(cx, at, &in->suggested, &hand_over);
    TRY(triage_case_judge(cx, at, TRIAGE_CATEGORY, v[TRIAGE_CATEGORY], 0));
    return triage_case_judge(cx, at, TRIAGE_PRODUCT, v[TRIAGE_PRODUCT], 0);
}

enum err call_tried(struct ctx *cx, const struct call_input *in, struct ticket_at *at)
{
    TRY(take_suggestion(cx, in, at));
    TRY(keep_with_caller(cx, at));
    return keep_steps(cx, in, at, S(""));
}

// --- ending ----------------------------------------------------------------------------------

// C6: who comes back to the call from the sheet ends it a second time.
static enum err is_noted(struct ctx *cx, ticket_id id, str said, bool *out)
{
    struct message_page page;
    TRY(message_list(cx, id, (message_id){0}, NOTED_AMONG, &page));
    *out = false;
    for (isize i = 0; i < page.n; i++)
        *out |= page.row[i].kind == MESSAGE_CALL && str_eq(page.row[i].body, said);
    return OK;
}

enum err call_note(struct ctx *cx, const struct call_input *in, struct ticket_at *at)
{
    message_id id;
    bool noted;
    if (str_trim(in->said).n == 0)
        return OK;
    TRY(is_noted(cx, at->id, in->said, &noted));
    struct message_new m = {.kind = MESSAGE_CALL,
                            .channel = CHANNEL_PHONE,
                            .body = in->said,
                            .seen = MESSAGE_SEEN_ALL};
    return noted ? OK : message_add(cx, at, &m, &id);
}

// C10
static enum err check_by_what(struct ctx *cx, str helped, str text)
{
    if (helped.n > 0 || str_trim(text).n > 0)
        return OK;
    return invalid(
        cx, "text",
        "By what? Mark the solution that helped, or say in words how (at least 20 "
        "characters).",
        "Womit? Markier die Lösung, die geholfen hat, oder schreib, wie (mindestens 20 "
        "Zeichen).");
}

static enum err finish(struct ctx *cx, struct ticket_at *at, str helped, str text)
{
    struct solution s = {0};
    struct solving_done done;
    if (helped.n > 0)
        TRY(solution_by_key(cx, helped, &s));
    struct solving solving = {.solution = s.id, .text = text, .told = true};
    return solving_finish(cx, at, &solving, &done);
}

enum err call_solved(struct ctx *cx, const struct call_input *in, struct ticket_at *at,
                     str text)
{
    bool in_words = str_trim(text).n > 0;    // C4
    str helped = in_words ? S("") : in->helped;
    TRY(check_not_empty(cx, in));
    TRY(check_by_what(cx, helped, text));
    TRY(keep_case(cx, in, at));
    TRY(take_suggestion(cx, in, at));
    TRY(call_note(cx, in, at));
    TRY(keep_steps(cx, in, at, helped));
    TRY(keep_with_caller(cx, at));
    return finish(cx, at, helped, text);
}

// C5
static enum err wait_no_longer(struct ctx *cx, const struct ticket *t, struct ticket_at *at)
{
    return t->status == TICKET_WAITING_CUSTOMER ? ticket_resume(cx, at) : OK;
}

enum err call_belongs_to(struct ctx *cx, const struct call_input *in, struct ticket_at *at,
                         ticket_id into)
{
    struct ticket t;
    TRY(ticket_load(cx, into, &t));
    TRY(keep_number(cx, in));
    struct ticket_at to = ticket_at(&t);
    TRY(call_note(cx, in, &to));
    TRY(wait_no_longer(cx, &t, &to));
    if (at->id.n == 0)
        return keep_steps(cx, in, &to, S(""));
    return step_merge(cx, at, &to);
}
