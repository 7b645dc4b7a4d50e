// SPDX-License-Identifier: GPL-3.0-or-later
#include "outbox/letter.h"

#include "base/limits.h"
#include "link/portal_link.h"
#include "mail/clean.h"
#include "mail/draft.h"
#include "outbox.sql.h"
#include "outbox/envelope.h"
#include "outbox/foreign.h"
#include "wording/wording.h"

enum { ID_MAX = 250 };

// E4: a stranger's id must not break a line of ours, or make the whole mail fail.
static bool is_id(str id)
{
    bool ok = id.n <= ID_MAX && str_find(id, S("@")) > 0;
    for (isize i = 0; i < id.n; i++)
        ok &= id.p[i] > ' ' && id.p[i] < 127 && id.p[i] != '<' && id.p[i] != '>';
    return ok;
}

// rows: newest first.
static void refer(struct ctx *cx, const struct q_outbox_thread *row, isize n,
                  const struct letter *l, struct mail_draft *d)
{
    d->references.p = make(cx->arena, str, n + 1);
    d->in_reply_to = is_id(l->answers) ? l->answers : S("");
    for (isize i = n - 1; i >= 0; i--) {
        if (!is_id(row[i].mail_id) || str_eq(row[i].mail_id, l->mail_id))
            continue;
        d->references.p[d->references.n++] = row[i].mail_id;
        if (l->answers.n == 0 && row[i].kind == MESSAGE_CUSTOMER)
            d->in_reply_to = row[i].mail_id;
    }
}

// E2
static fallible subject_of(struct ctx *cx, const struct letter *l, bool answers, str *out)
{
    const struct ticket *t = l->ticket;
    bool re = answers && !str_eq_nocase(str_head(t->subject, 3), S("re:"));
    str subject = re ? arena_join(cx->arena, S("Re: "), t->subject) : t->subject;
    str number = ticket_number_shown(cx->arena, t->number);
    *out = l->subject;
    if (l->subject.n > 0)
        return OK;
    TRY(foreign_put(cx, t->id, l->rcpt, subject, &subject));
    *out = arena_fmt(cx->arena, STR_FMT " [#" STR_FMT "]", STR_ARG(subject), STR_ARG(number));
    return OK;
}

// E3
static fallible put_text(struct ctx *cx, const struct letter *l, str *out)
{
    const struct ticket *t = l->ticket;
    struct wording_values v = {.text = str_trim(l->text), .writer = l->writer};
    TRY(portal_link(cx, t->id, l->contact, &v.link));
    TRY(wording_write(cx, t, WORDING_ANSWER, &v, out));
    *out = arena_join(cx->arena, *out, S("\n"));
    return OK;
}

// E9
static struct mail_address named(struct ctx *cx, str name, str address)
{
    return (struct mail_address){clean_name(cx->arena, name), address};
}

enum err letter_sender(struct ctx *cx, const struct ticket *t, struct tenant *out)    // E7
{
    struct wording_address own;
    TRY(tenant_mine(cx, out));
    TRY(wording_address_load(cx, t->work_team, &own));
    if (own.address.n > 0)
        out->mail_address = own.address;
    if (own.name.n > 0)
        out->name = own.name;
    return OK;
}

static fallible add_files(struct ctx *cx, const struct letter *l, struct mail_draft *d)
{
    struct attachment *a;
    isize n;
    TRY(attachment_list(cx, l->ticket->id, &a, &n));
    struct mail_file *file = make(cx->arena, struct mail_file, n);
    d->file = file;
    for (isize i = 0; i < n; i++) {
        if (a[i].message.n != l->message.n)
            continue;
        struct mail_file *f = &file[d->files++];
        *f = (struct mail_file){.name = a[i].name, .type = a[i].type};
        TRY(blob_read(cx, a[i].blob.sha256, LIMIT_MAIL_BYTES, &f->bytes));
    }
    return OK;
}

// E5
static void mark_automatic(struct ctx *cx, const struct letter *l, struct mail_draft *d)
{
    struct mail_field *f = make(cx->arena, struct mail_field, 1);
    *f = (struct mail_field){S("X-Loop"), envelope_loop(cx, l->desk)};
    d->auto_submitted = l->answers.n > 0 ? S("auto-replied") : S("auto-generated");
    d->extra = f;
    d->extras = 1;
}

static str from_name(struct ctx *cx, const struct letter *l)
{
    return l->writer.n == 0 ? l->desk->name
                            : arena_fmt(cx->arena, STR_FMT ", " STR_FMT, STR_ARG(l->writer),
                                        STR_ARG(l->desk->name));
}

// E10
static enum err keep(struct ctx *cx, const struct mail_draft *d, struct letter_kept *out)
{
    *out = (struct letter_kept){0};
    return d->files > 0 ? mail_build(cx, d, &out->bytes) : mail_draft_keep(cx, d, &out->says);
}

enum err letter_bytes(struct ctx *cx, const struct letter_kept *k, str *out)
{
    struct mail_draft d;
    *out = k->bytes;
    if (k->says.n == 0)
        return OK;
    TRY(mail_draft_read(cx, k->says, &d));
    return mail_build(cx, &d, out);
}

// E6
static enum err write_notice(struct ctx *cx, const struct letter *l, struct letter_kept *out)
{
    struct mail_address to = {.address = l->rcpt};
    struct mail_draft d = {.to = {&to, 1},
                           .date = cx->now,
                           .from = named(cx, l->desk->name, l->desk->mail_address),
                           .subject = clean_line(cx->arena, l->subject),
                           .message_id = l->mail_id};
    str signature;
    TRY(wording_signature(cx, l->lang, &signature));
    d.text = arena_fmt(cx->arena, STR_FMT "\n\n-- \n" STR_FMT "\n", STR_ARG(str_trim(l->text)),
                       STR_ARG(signature));
    mark_automatic(cx, l, &d);
    return keep(cx, &d, out);
}

// E8
static enum err write_outside(struct ctx *cx, const struct letter *l, struct letter_kept *out)
{
    struct wording_values v = {.writer = l->writer};
    str all;
    TRY(wording_write(cx, l->ticket, WORDING_ANSWER, &v, &all));    // for the signature
    struct mail_address to = named(cx, l->outside->name, l->rcpt);
    struct mail_address reply = named(cx, l->desk->name, S(""));
    TRY(envelope_outside(cx, l->desk, l->ticket->id, l->outside->thread, &reply.address));
    struct mail_draft d = {.to = {&to, 1},
                           .reply_to = {&reply, 1},
                           .date = cx->now,
                           .from = named(cx, from_name(cx, l), l->desk->mail_address),
                           .message_id = l->mail_id,
                           .in_reply_to = is_id(l->answers) ? l->answers : S("")};
    str subject = clean_line(cx->arena, l->subject);
    TRY(foreign_put(cx, l->ticket->id, l->rcpt, subject, &d.subject));    // E2
    str answered = d.in_reply_to;
    if (answered.n > 0)
        d.references = (struct mail_ids){&answered, 1};
    d.text = arena_fmt(cx->arena, STR_FMT "\n\n-- \n" STR_FMT "\n", STR_ARG(str_trim(l->text)),
                       STR_ARG(v.signature));
    TRY(add_files(cx, l, &d));
    return keep(cx, &d, out);
}

enum err letter_write(struct ctx *cx, const struct letter *l, struct letter_kept *out)
{
    struct q_outbox_thread *row;
    isize n;
    if (l->ticket == NULL)
        return write_notice(cx, l, out);
    if (l->outside != NULL)
        return write_outside(cx, l, out);
    struct mail_address reply = named(cx, l->desk->name, S("")), to = {.address = l->rcpt};
    struct mail_draft d = {.reply_to = {&reply, 1}, .to = {&to, 1}, .date = cx->now};
    TRY(q_outbox_thread(cx, l->ticket->id, &row, &n));
    TRY(envelope_reply_to(cx, l->desk, l->ticket->id, l->contact, &reply.address));
    refer(cx, row, n, l, &d);
    d.from = named(cx, from_name(cx, l), l->desk->mail_address);
    TRY(subject_of(cx, l, d.in_reply_to.n > 0, &d.subject));
    d.subject = clean_line(cx->arena, d.subject);    // E9
    d.message_id = l->mail_id;
    TRY(put_text(cx, l, &d.text));
    TRY(add_files(cx, l, &d));
    if (l->automatic)
        mark_automatic(cx, l, &d);
    else
        to = named(cx, l->ticket->contact_name,
                   l->rcpt);    // E5: a stranger may have chosen that name
    return keep(cx, &d, out);
}
