// SPDX-License-Identifier: GPL-3.0-or-later
#include "workplace/who_asks_http.h"

#include "message/message.h"
#include "undelivered/undelivered.h"
#include "who_asks.html.h"

static enum err show_contact(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct who_asks v = {0};
    TRY(sheet_open(cx, rq, "kontakt", DRAFT_HANDOVER, &v.s));
    str name = sheet_text(rq, &v.s, "name", S(""));
    if (name.n > 0)
        TRY(contact_find(cx, name, &v.found, &v.founds));
    html_who_asks(page_begin(cx, rq, rp, 200), &v);
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

// Q2
static enum err open_customer(struct ctx *cx, const struct request *rq,
                              struct who_asks_customer *v)
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
    struct who_asks_customer v = {0};
    TRY(open_customer(cx, rq, &v));
    const struct request *typed = sheet_typed(cx, rq, &v.s);
    v.vip = is_ticked(typed, "vip", v.contact.vip);
    v.firm_vip = is_ticked(typed, "firma_vip", v.contact.firm_vip);
    html_who_asks_customer(page_begin(cx, rq, rp, 200), &v);
    return OK;
}

// Q3
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
    struct who_asks_customer v = {0};
    TRY(open_customer(cx, rq, &v));
    if (sheet_leaves(rq))
        return sheet_keep(cx, rq, rp, &v.s);
    TRY(mark_customer(cx, rq, &v.contact));
    if (form_has(rq, "geht"))
        TRY(undelivered_clear(cx, v.s.ticket.contact_mail));
    TRY(sheet_forget(cx, &v.s));
    return sheet_done(cx, rp, &v.s);
}

// clang-format off
const struct route who_asks_routes[] = {
    {GET,  "/w/t/{nr}/kontakt",         CAN_CALL, show_contact, .summary = "who asks in a case"},
    {POST, "/w/t/{nr}/kontakt",         CAN_CALL, set_contact, show_contact, .summary = "say who asks in a case"},
    {GET,  "/w/t/{nr}/kunde",           CAN_CALL, show_customer, .summary = "what the customer of a case is called, and whether a VIP"},
    {POST, "/w/t/{nr}/kunde",           CAN_CALL, set_customer, show_customer, .summary = "change what the customer is called, and whether a VIP"},
    {0},
};
// clang-format on
