// SPDX-License-Identifier: GPL-3.0-or-later
#include "workplace/merge_http.h"

#include "engagement/engagement.h"
#include "merge.html.h"
#include "promise/promise.h"
#include "ticket/ticket_check.h"
#include "undelivered/undelivered.h"

enum { SAID_SHOWN = 600 };    // bytes of the last message, to tell two cases apart

// Q2
static void choose(const struct request *rq, struct merge_page *v)
{
    v->in = sheet_text(rq, &v->s, "in", form_text(rq, "in"));
    v->chosen = sheet_text(rq, &v->s, "fall", S(""));
    for (isize i = 0; i < v->besides; i++)
        if (str_eq(v->in, v->beside[i].number)) {
            v->chosen = v->in;
            v->in = S("");
        }
}

static enum err find_other(struct ctx *cx, const struct request *rq, struct ticket *out)
{
    int64_t number;
    str typed = str_trim(form_text(rq, "in"));
    enum err err = ticket_number_read(cx, typed.n > 0 ? typed : form_text(rq, "fall"), &number);
    if (err == OK)
        err = ticket_by_number(cx, number, out);
    if (err != ERR_INVALID && err != ERR_ABSENT)
        return err;
    ctx_forgive(cx);
    return invalid(cx, "in", "There is no case with this number.",
                   "Einen Vorgang mit dieser Nummer gibt es nicht.");
}

static enum err fill_side(struct ctx *cx, const struct ticket *t, struct merge_side *out)
{
    struct message_page said;
    TRY(message_list(cx, t->id, (message_id){0}, 1, &said));
    *out = (struct merge_side){.t = t, .number = ticket_number_shown(cx->arena, t->number)};
    if (said.n == 0)
        return OK;
    out->last = said.row[0];
    str cut = str_head(out->last.body, SAID_SHOWN);
    if (cut.n < out->last.body.n)
        out->last.body = arena_join(cx->arena, cut, S(" …"));
    return OK;
}

// Q2
static enum err look_at_both(struct ctx *cx, const struct request *rq, struct merge_page *v)
{
    struct ctx quiet = *cx;    // a form that comes back keeps its problems
    struct ticket other;
    enum err err = find_other(&quiet, rq, &other);
    if (err == OK)
        err = ticket_check_merge(&quiet, &v->s.ticket, &other);
    if (err != OK)
        return err == ERR_INVALID ? OK : err;
    v->other = other;
    TRY(fill_side(cx, &v->s.ticket, &v->side[0]));
    return fill_side(cx, &v->other, &v->side[1]);
}

static enum err show_merge(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct merge_page v = {0};
    TRY(sheet_open(cx, rq, "zusammenfuehren", DRAFT_HANDOVER, &v.s));
    TRY(workplace_beside(cx, &v.s.ticket, &v.beside, &v.besides));
    choose(rq, &v);
    TRY(look_at_both(cx, rq, &v));
    if (v.other.id.n != 0)
        html_merge_both(page_begin(cx, rq, rp, 200), &v);
    else
        html_merge(page_begin(cx, rq, rp, 200), &v);
    return OK;
}

static enum err merge(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct sheet s;
    struct ticket other;
    TRY(sheet_open(cx, rq, "zusammenfuehren", DRAFT_HANDOVER, &s));
    if (sheet_leaves(rq))
        return sheet_keep(cx, rq, rp, &s);
    TRY(find_other(cx, rq, &other));
    TRY(ticket_check_merge(cx, &s.ticket, &other));
    str number = ticket_number_shown(cx->arena, other.number);
    if (!str_eq(form_text(rq, "sicher"), number))    // Q2
        return show_merge(cx, rq, rp);
    struct ticket_at from = sheet_at(rq, &s), into = {other.id, form_int(rq, "andere", 0)};
    TRY(engagement_conclude_all(cx, &from));    // nobody is asked about what goes on elsewhere
    TRY(promise_merge(cx, &from, &into));
    TRY(sheet_forget(cx, &s));
    return see_other(cx, rp, "/w/t/" STR_FMT "?dazu=" STR_FMT, STR_ARG(number),
                     STR_ARG(s.number));
}

static enum err show_reopen(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct merge_page v = {0};
    TRY(sheet_open(cx, rq, "wieder-oeffnen", DRAFT_HANDOVER, &v.s));
    v.why = form_int(rq, "warum", REOPENED_BY_CUSTOMER);
    html_reopen(page_begin(cx, rq, rp, 200), &v);
    return OK;
}

static enum err reopen(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct sheet s;
    TRY(sheet_open(cx, rq, "wieder-oeffnen", DRAFT_HANDOVER, &s));
    if (sheet_leaves(rq))
        return sheet_keep(cx, rq, rp, &s);
    struct ticket_at at = sheet_at(rq, &s);
    TRY(ticket_reopen(cx, &at, (enum ticket_why)form_int(rq, "warum", 0)));
    return sheet_done(cx, rp, &s);
}

static enum err show_contact(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct merge_page v = {0};
    TRY(sheet_open(cx, rq, "kontakt", DRAFT_HANDOVER, &v.s));
    str name = sheet_text(rq, &v.s, "name", S(""));
    if (name.n > 0)
        TRY(contact_find(cx, name, &v.found, &v.founds));
    html_contact_sheet(page_begin(cx, rq, rp, 200), &v);
    return OK;
}

// Q1
static enum err check_meant(struct ctx *cx, const struct contact_meant *m)
{
    struct contact_found *found;
    isize n = 0;
    if (m->id.n != 0 || m->mail.n > 0 || m->phone.n > 0)
        return OK;
    if (m->name.n == 0)
        return invalid(cx, "name", "Who asks? A name, an address or a number.",
                       "Wer fragt? Gib einen Namen, eine Adresse oder eine Nummer an.");
    TRY(contact_find(cx, m->name, &found, &n));
    return n == 0 ? OK
                  : invalid(cx, "name", "Somebody of this name is known. Is it one of these?",
                            "Den Namen kennen wir schon. Ist es jemand davon?");
}

static enum err set_contact(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct sheet s;
    contact_id contact;
    TRY(sheet_open(cx, rq, "kontakt", DRAFT_HANDOVER, &s));
    if (sheet_leaves(rq))
        return sheet_keep(cx, rq, rp, &s);
    struct contact_meant m = {.id = {form_int(rq, "kontakt", 0)},
                              .name = form_text(rq, "name"),
                              .mail = form_text(rq, "mail"),
                              .phone = form_text(rq, "phone")};
    struct ticket_at at = sheet_at(rq, &s);
    TRY(check_meant(cx, &m));
    TRY(contact_meant(cx, &m, &contact));
    TRY(message_set_contact(cx, &at, contact));
    TRY(sheet_forget(cx, &s));
    return sheet_done(cx, rp, &s);
}

// Q3
static enum err open_customer(struct ctx *cx, const struct request *rq, struct merge_page *v)
{
    TRY(sheet_open(cx, rq, "kunde", DRAFT_HANDOVER, &v->s));
    if (v->s.ticket.contact.n == 0)
        return db_absent(cx);
    return contact_load(cx, v->s.ticket.contact, &v->contact);
}

// What was typed or kept, else what is stored.  A box that is not ticked comes not at all.
static bool is_ticked(const struct request *rq, const char *box, bool stored)
{
    return form_has(rq, "name") ? form_has(rq, box) : stored;
}

static enum err show_customer(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct merge_page v = {0};
    TRY(open_customer(cx, rq, &v));
    const struct request *typed = sheet_typed(cx, rq, &v.s);
    v.vip = is_ticked(typed, "vip", v.contact.vip);
    v.firm_vip = is_ticked(typed, "firma_vip", v.contact.firm_vip);
    html_customer_sheet(page_begin(cx, rq, rp, 200), &v);
    return OK;
}

// Q4
static enum err mark_customer(struct ctx *cx, const struct request *rq,
                              const struct contact *was)
{
    struct contact c = *was;
    bool firm = form_has(rq, "firma_vip");
    c.name = form_text(rq, "name");
    c.vip = form_has(rq, "vip");
    c.version = form_int(rq, "stand", 0);
    if (!str_eq(c.name, was->name) || c.vip != was->vip)
        TRY(contact_change(cx, &c));
    if (was->org.n == 0 || firm == (form_int(rq, "firma_war", 0) != 0))
        return OK;
    return contact_mark_firm(cx, was->org, firm);
}

static enum err set_customer(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct merge_page v = {0};
    TRY(open_customer(cx, rq, &v));
    if (sheet_leaves(rq))
        return sheet_keep(cx, rq, rp, &v.s);
    TRY(mark_customer(cx, rq, &v.contact));
    if (form_has(rq, "geht"))
        TRY(undelivered_clear(cx, v.s.ticket.contact_mail));
    TRY(sheet_forget(cx, &v.s));
    return sheet_done(cx, rp, &v.s);
}

static enum err show_past(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct merge_page v = {0};
    TRY(sheet_open(cx, rq, "lagebild", DRAFT_HANDOVER, &v.s));
    TRY(ticket_lagebild_list(cx, v.s.ticket.id, &v.past, &v.n));
    html_past(page_begin(cx, rq, rp, 200), &v);
    return OK;
}

// clang-format off
const struct route merge_routes[] = {
    {GET,  "/w/t/{nr}/zusammenfuehren", CAN_WORK, show_merge, .summary = "merge a case into another"},
    {POST, "/w/t/{nr}/zusammenfuehren", CAN_WORK, merge, show_merge, .summary = "merge a case into another"},
    {GET,  "/w/t/{nr}/wieder-oeffnen",  CAN_WORK, show_reopen, .summary = "open a case again"},
    {POST, "/w/t/{nr}/wieder-oeffnen",  CAN_WORK, reopen, show_reopen, .summary = "open a case again"},
    {GET,  "/w/t/{nr}/kontakt",         CAN_CALL, show_contact, .summary = "who asks in a case"},
    {POST, "/w/t/{nr}/kontakt",         CAN_CALL, set_contact, show_contact, .summary = "say who asks in a case"},
    {GET,  "/w/t/{nr}/kunde",           CAN_CALL, show_customer, .summary = "what the customer of a case is called, and whether a VIP"},
    {POST, "/w/t/{nr}/kunde",           CAN_CALL, set_customer, show_customer, .summary = "change what the customer is called, and whether a VIP"},
    {GET,  "/w/t/{nr}/lagebild",        CAN_WORK, show_past, .summary = "earlier versions of the state card"},
    {0},
};
// clang-format on
