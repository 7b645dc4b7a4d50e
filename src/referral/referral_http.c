// SPDX-License-Identifier: GPL-3.0-or-later
#include "referral/referral_http.h"

#include "base/json.h"
#include "referral.html.h"

static str usual_subject(struct arena *a, const struct ticket *t)
{
    return arena_fmt(a, STR_FMT " [#" STR_FMT "]", STR_ARG(t->subject),
                     STR_ARG(ticket_number_shown(a, t->number)));
}

static str usual_text(struct ctx *cx, const struct ticket *t, const struct message *m)
{
    str hello = words_in(SAY("Hello,", "Guten Tag,"), t->lang);
    str quote = m == NULL ? S("") : referral_quote(cx->arena, m, t->lang);
    return arena_fmt(cx->arena, STR_FMT "\n\n\n\n" STR_FMT, STR_ARG(hello), STR_ARG(quote));
}

static fallible count_files(struct ctx *cx, struct referral_form *v)
{
    struct attachment *a;
    isize n;
    TRY(attachment_list(cx, v->s.ticket.id, &a, &n));
    for (isize i = 0; i < n; i++)
        v->attached += a[i].message.n == v->about.n;
    return OK;
}

// H3: what was taken back of this message, or of this thread.
static bool is_kept(const struct request *rq, const struct sheet *s, const char *of, int64_t id)
{
    int64_t kept = 0;
    return s->kept != NULL && str_to_int(json_text(s->kept, of), &kept)
           && (!form_has(rq, of) || kept == id);
}

static enum err open(struct ctx *cx, const struct request *rq, struct referral_form *v)
{
    struct message m, *about = NULL;
    ticket_id ticket;
    TRY(sheet_open(cx, rq, "weiterleiten", DRAFT_HANDOVER, &v->s));
    if (is_kept(rq, &v->s, "nachricht", form_int(rq, "nachricht", 0)))
        rq = sheet_typed(cx, rq, &v->s);
    v->about = (message_id){form_int(rq, "nachricht", 0)};
    if (v->about.n != 0) {
        TRY(message_load(cx, v->about, &ticket, &m));
        if (ticket.n != v->s.ticket.id.n)
            return db_absent(cx);
        about = &m;
        TRY(count_files(cx, v));
    }
    v->address = form_text(rq, "address");
    v->name = form_text(rq, "name");
    v->subject = form_or(rq, "subject", usual_subject(cx->arena, &v->s.ticket));
    v->text = form_or(rq, "text", usual_text(cx, &v->s.ticket, about));
    v->files = form_has(rq, "files");
    return OK;
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct referral_form *v = make(cx->arena, struct referral_form, 1);
    TRY(open(cx, rq, v));
    html_referral_new(page_begin(cx, rq, rp, 200), v);
    return OK;
}

static enum err to_thread(struct ctx *cx, struct reply *rp, const struct sheet *s,
                          referral_id id)
{
    return see_other(cx, rp, "/w/t/" STR_FMT "/extern/%lld", STR_ARG(s->number),
                     (long long)id.n);
}

static enum err start(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct referral_form *v = make(cx->arena, struct referral_form, 1);
    referral_id id;
    TRY(open(cx, rq, v));
    struct referral_new n = {.address = v->address,
                             .name = v->name,
                             .subject = v->subject,
                             .text = v->text,
                             .about = v->about,
                             .files = v->files};
    struct ticket_at at = sheet_at(rq, &v->s);
    TRY(referral_start(cx, &at, &n, &id));
    if (is_kept(rq, &v->s, "nachricht", v->about.n))
        TRY(sheet_forget(cx, &v->s));
    return to_thread(cx, rp, &v->s, id);
}

// --- the thread ------------------------------------------------------------------------------

static fallible add_files(struct ctx *cx, struct referral_page *v)
{
    struct attachment *a;
    isize n;
    TRY(attachment_list(cx, v->s.ticket.id, &a, &n));
    for (isize i = 0; i < v->n; i++) {
        struct attachment *mine = make(cx->arena, struct attachment, n);
        v->entry[i].file = mine;
        for (isize k = 0; k < n; k++)
            if (a[k].message.n == v->entry[i].m->id.n)
                mine[v->entry[i].files++] = a[k];
    }
    return OK;
}

static fallible find_waiting(struct ctx *cx, struct referral_page *v)
{
    struct outbox_waiting *all;
    isize n, mine = 0;
    TRY(outbox_waiting(cx, v->s.ticket.id, &all, &n));
    for (isize i = 0; i < n; i++)
        for (isize k = 0; k < v->n; k++)
            if (v->entry[k].m->id.n == all[i].message.n)
                all[mine++] = all[i];
    v->waits = (struct sheet_waits){all, mine, v->s.number, v->s.ticket.contact_name};
    return OK;
}

static str kept_text(const struct request *rq, const struct referral_page *v)
{
    bool fresh = rq->x->form == NULL && is_kept(rq, &v->s, "faden", v->r.id.n);
    return fresh ? json_text(v->s.kept, "text") : form_or(rq, "text", S(""));
}

static enum err open_thread(struct ctx *cx, struct request *rq, struct referral_page *v)
{
    struct message *m;
    TRY(sheet_open(cx, rq, "extern", DRAFT_HANDOVER, &v->s));
    TRY(referral_load(cx, (referral_id){path_int(rq, 1)}, &v->r));
    if (v->r.ticket.n != v->s.ticket.id.n)
        return db_absent(cx);
    TRY(referral_messages(cx, v->r.id, &m, &v->n));
    v->entry = make(cx->arena, struct referral_entry, v->n);
    for (isize i = 0; i < v->n; i++)
        v->entry[i] = (struct referral_entry){.m = &m[i], .ours = m[i].kind == MESSAGE_NOTE};
    v->text = kept_text(rq, v);
    TRY(find_waiting(cx, v));
    return add_files(cx, v);
}

static enum err show_thread(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct referral_page *v = make(cx->arena, struct referral_page, 1);
    TRY(open_thread(cx, rq, v));
    html_referral_thread(page_begin(cx, rq, rp, 200), v);
    return OK;
}

static enum err write(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct referral_page *v = make(cx->arena, struct referral_page, 1);
    TRY(open_thread(cx, rq, v));
    struct ticket_at at = sheet_at(rq, &v->s);
    TRY(referral_write(cx, &at, v->r.id, form_text(rq, "text")));
    if (is_kept(rq, &v->s, "faden", v->r.id.n))
        TRY(sheet_forget(cx, &v->s));
    return to_thread(cx, rp, &v->s, v->r.id);
}

static str decimal(struct ctx *cx, int64_t n)
{
    return arena_fmt(cx->arena, "%lld", (long long)n);
}

// A draft has a limit; what is longer can still be read in the case.
static fallible refill(struct ctx *cx, const struct sheet *s, struct field *f, isize n)
{
    for (isize i = 0; i + 1 < n; i++)
        f[i].next = &f[i + 1];
    enum err err = sheet_fill(cx, s, f);
    if (err == ERR_INVALID)
        ctx_forgive(cx);
    return err == ERR_INVALID ? OK : err;
}

enum err referral_take_back(struct ctx *cx, struct request *rq, struct reply *rp,
                            const struct ticket *t, referral_id id, message_id message)
{
    struct sheet s;
    struct referral r;
    struct referral_new n;
    bool left;
    TRY(referral_load(cx, id, &r));
    if (r.ticket.n != t->id.n)
        return db_absent(cx);
    TRY(referral_undo(cx, id, message, &n, &left));
    TRY(sheet_open(cx, rq, left ? "extern" : "weiterleiten", DRAFT_HANDOVER, &s));
    struct field again[] = {
        {S("faden"), decimal(cx, id.n), NULL},
        {S("text"), n.text, NULL},
        {S("nachricht"), decimal(cx, n.about.n), NULL},
        {S("address"), n.address, NULL},
        {S("name"), n.name, NULL},
        {S("subject"), n.subject, NULL},
        {n.files ? S("files") : S("no files"), S("1"), NULL},
    };
    TRY(refill(cx, &s, again, left ? 2 : countof(again)));
    return left ? to_thread(cx, rp, &s, id)
                : see_other(cx, rp, "/w/t/" STR_FMT "/weiterleiten", STR_ARG(s.number));
}

// clang-format off
const struct route referral_routes[] = {
    {GET,  "/w/t/{nr}/weiterleiten", CAN_WORK, show,        .summary = "pass a message on to somebody outside"},
    {POST, "/w/t/{nr}/weiterleiten", CAN_WORK, start,       show, .summary = "pass a message on to somebody outside"},
    {GET,  "/w/t/{nr}/extern/{id}",  CAN_WORK, show_thread, .summary = "what was written with somebody outside"},
    {POST, "/w/t/{nr}/extern/{id}",  CAN_WORK, write,       show_thread, .summary = "write to him again"},
    {0},
};
// clang-format on
