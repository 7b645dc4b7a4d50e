// SPDX-License-Identifier: GPL-3.0-or-later
#include "sheet/sheet_http.h"

#include "base/json.h"
#include "base/limits.h"

enum err sheet_ticket(struct ctx *cx, const struct request *rq, struct ticket *out)
{
    int64_t number;
    enum err err = ticket_number_read(cx, path_text(rq, 0), &number);
    if (err == ERR_INVALID) {    // an address, not a field
        ctx_forgive(cx);
        return db_absent(cx);
    }
    TRY(err);
    return ticket_by_number(cx, number, out);
}

// Drafts of merged cases stand one below the other; the newest form of this name counts.
// What is no form at all was kept by something else.
static enum err load_kept(struct ctx *cx, struct sheet *s)
{
    struct draft draft[DRAFT_KINDS] = {0};
    struct ctx quiet = ctx_quiet(cx);
    TRY(draft_load(cx, s->ticket.id, draft));
    str body = draft[s->kind].body;
    while (body.n > 0) {
        str part = str_token(&body, '\n');
        struct json *all;
        if (part.n == 0 || json_read(&quiet, part, &all) != OK || all->kind != JS_OBJECT)
            continue;
        const struct json *kept = json_get(all, s->name);
        if (s->all == NULL || kept != NULL)
            s->all = all;
        s->kept = kept != NULL ? kept : s->kept;
    }
    return OK;
}

enum err sheet_open(struct ctx *cx, const struct request *rq, const char *name,
                    enum draft_kind kind, struct sheet *out)
{
    *out = (struct sheet){.name = name, .kind = kind};
    TRY(sheet_ticket(cx, rq, &out->ticket));
    out->number = ticket_number_shown(cx->arena, out->ticket.number);
    int64_t seen = form_int(rq, "version", out->ticket.version);
    out->changed = rq->again && seen != out->ticket.version;
    return load_kept(cx, out);
}

struct ticket_at sheet_at(const struct request *rq, const struct sheet *s)
{
    return sheet_at_of(rq, s->ticket.id);
}

// What is below 0 is no version but TICKET_ANY_VERSION.
struct ticket_at sheet_at_of(const struct request *rq, ticket_id id)
{
    return (struct ticket_at){id, int_max(0, form_int(rq, "version", 0))};
}

str sheet_text(const struct request *rq, const struct sheet *s, const char *field, str stored)
{
    if (rq->x->form == NULL && s->kept != NULL)
        return json_text(s->kept, field);
    return form_or(rq, field, stored);
}

const struct request *sheet_typed(struct ctx *cx, const struct request *rq,
                                  const struct sheet *s)
{
    if (rq->x->form != NULL || s->kept == NULL)
        return rq;
    struct request *typed = make(cx->arena, struct request, 1);
    struct exchange *x = make(cx->arena, struct exchange, 1);
    struct field **last = &x->form;
    for (const struct json *f = s->kept->child; f != NULL; f = f->next, last = &(*last)->next) {
        *last = make(cx->arena, struct field, 1);
        **last = (struct field){f->key, f->s, NULL};
    }
    *typed = *rq;
    typed->x = x;
    return typed;
}

bool sheet_leaves(const struct request *rq)
{
    str what = form_text(rq, "tun");
    return str_eq(what, S("zurueck")) || str_eq(what, S("merken"));
}

static bool is_ours(str field)
{
    return str_eq(field, S("csrf")) || str_eq(field, S("version")) || str_eq(field, S("tun"));
}

static void put_form(struct arena *a, struct json_out *j, const struct field *f)
{
    json_open(j, '{');
    for (; f != NULL; f = f->next)
        if (!is_ours(f->name))
            json_key_str(j, arena_z(a, f->name), f->value);
    json_close(j, '}');
}

str sheet_written(struct arena *a, const struct field *form)
{
    struct buf b = buf_new(a, 1024);
    struct json_out j = {.buf = &b};
    put_form(a, &j, form);
    return buf_str(&b);
}

// The draft of this kind with this sheet's part replaced; form NULL takes it out.
static enum err save(struct ctx *cx, const struct field *form, const struct sheet *s)
{
    struct buf b = buf_new(cx->arena, 1024);
    struct json_out j = {.buf = &b};
    int parts = 0;
    json_open(&j, '{');
    for (const struct json *part = s->all ? s->all->child : NULL; part; part = part->next) {
        if (str_eq(part->key, str_from_z(s->name)) || part->kind != JS_OBJECT)
            continue;
        json_key(&j, arena_z(cx->arena, part->key));
        json_open(&j, '{');
        for (const struct json *f = part->child; f != NULL; f = f->next)
            json_key_str(&j, arena_z(cx->arena, f->key), f->s);
        json_close(&j, '}');
        parts++;
    }
    if (form != NULL) {
        json_key(&j, s->name);
        put_form(cx->arena, &j, form);
        parts++;
    }
    json_close(&j, '}');
    return parts == 0 ? draft_drop(cx, s->ticket.id, s->kind)
                      : draft_save(cx, s->ticket.id, s->kind, buf_str(&b));
}

enum err sheet_store(struct ctx *cx, const struct request *rq, const struct sheet *s)
{
    return save(cx, rq->x->form, s);
}

enum err sheet_fill(struct ctx *cx, const struct sheet *s, const struct field *form)
{
    return save(cx, form, s);
}

enum err sheet_keep(struct ctx *cx, struct request *rq, struct reply *rp, const struct sheet *s)
{
    TRY(save(cx, rq->x->form, s));
    if (str_eq(form_text(rq, "tun"), S("zurueck")))
        return sheet_done(cx, rp, s);
    rp->status = 204;    // saved by the script while the writer goes on
    return OK;
}

enum err sheet_forget(struct ctx *cx, const struct sheet *s)
{
    return s->kept == NULL ? OK : save(cx, NULL, s);
}

enum err sheet_done(struct ctx *cx, struct reply *rp, const struct sheet *s)
{
    return see_other(cx, rp, "/w/t/" STR_FMT, STR_ARG(s->number));
}

// --- B5 --------------------------------------------------------------------------------------

bool sheet_is_mine(const struct page *p, const struct outbox_waiting *m)
{
    return m->person.n == p->cx->who.person.n;
}

int64_t sheet_left_s(const struct page *p, const struct outbox_waiting *m)
{
    return (m->leaves.ms - p->cx->now.ms + 999) / 1000;
}

const struct outbox_waiting *sheet_toast(const struct page *p, const struct sheet_waits *v)
{
    const struct outbox_waiting *newest = NULL;
    for (isize i = 0; i < v->n; i++)
        if (sheet_is_mine(p, &v->mail[i]) && v->mail[i].newer.n == 0 && sheet_left_s(p, &v->mail[i]) <= LIMIT_UNDO_S
            && (newest == NULL || v->mail[i].message.n > newest->message.n))
            newest = &v->mail[i];
    return newest;
}

str sheet_addressee(const struct sheet_waits *v, const struct outbox_waiting *m)
{
    return m->outside || v->customer.n == 0 ? m->rcpt : v->customer;
}
