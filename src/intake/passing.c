// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/passing.h"

#include "base/limits.h"
#include "contact/contact.h"

static fallible find_staff(struct ctx *cx, str address, struct person *out, bool *found)
{
    str normal;
    *found = false;
    if (!contact_mail_normal(cx->arena, address, &normal))
        return OK;
    enum err err = person_by_email(cx, normal, out);
    if (err == ERR_ABSENT) {
        ctx_forgive(cx);
        return OK;
    }
    TRY(err);
    *found = !out->disabled;
    return OK;
}

static fallible is_stranger(struct ctx *cx, const struct arrival *a, bool *yes)
{
    struct person p;
    tenant_id before;
    bool staff;
    str normal, address = a->forward->from.address;
    *yes = false;
    if (!contact_mail_normal(cx->arena, address, &normal) || arrival_is_us(a->desk, address))
        return OK;
    TRY(find_staff(cx, address, &p, &staff));
    TRY(tenant_of_before(cx, address, &before));
    *yes = !staff && (before.n == 0 || before.n != a->desk->id.n);
    return OK;
}

enum err passing_look(struct ctx *cx, struct arrival *a)
{
    struct person *p = make(cx->arena, struct person, 1);
    bool staff, stranger;
    if (a->forward == NULL || !a->proven || a->ticket.n != 0)
        return OK;
    TRY(find_staff(cx, a->mail->from.address, p, &staff));
    TRY(is_stranger(cx, a, &stranger));
    if (!staff || !stranger)
        return OK;
    a->passer = p;
    a->verified = false;
    a->contact = (contact_id){0};    // whoever wrote it is looked up when the case is made
    return OK;
}

str passing_text(struct ctx *cx, const struct arrival *a)
{
    const struct forward *f = a->forward;
    if (f == NULL)
        return a->text.reply;
    if (a->passer != NULL)
        return reply_text_split(cx->arena, f->body, f->from.name).reply;
    bool german = a->desk->lang == LANG_DE;
    str before = reply_text_split(cx->arena, f->before, a->mail->from.name).reply;
    return arena_fmt(cx->arena,
                     STR_FMT "%s[%s " STR_FMT " <" STR_FMT ">%s" STR_FMT "]\n\n" STR_FMT,
                     STR_ARG(before), before.n > 0 ? "\n\n" : "",
                     german ? "Weitergeleitete Mail von" : "Forwarded mail from",
                     STR_ARG(f->from.name), STR_ARG(f->from.address), f->date.n > 0 ? ", " : "",
                     STR_ARG(f->date), STR_ARG(f->body));
}

str passing_problem(const struct arrival *a)
{
    return a->forward != NULL && a->forward->before.n == 0 ? a->forward->body : a->text.reply;
}

enum err passing_note(struct ctx *cx, const struct arrival *a, struct ticket_at *at)
{
    message_id id;
    bool german = a->desk->lang == LANG_DE;
    str before = a->forward->before;
    str body = arena_fmt(cx->arena, "%s " STR_FMT "%s" STR_FMT,
                         german ? "Weitergeleitet von" : "Forwarded by",
                         STR_ARG(a->passer->name), before.n > 0 ? ": " : ".", STR_ARG(before));
    struct message_new m = {.kind = MESSAGE_SYSTEM,
                            .channel = CHANNEL_MAIL,
                            .internal = true,
                            .body = str_head(body, LIMIT_TEXT),
                            .seen = MESSAGE_SEEN_ALL};
    return message_add(cx, at, &m, &id);
}
