// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/draft.h"

#include "mail/clean.h"
#include "mail/put.h"

// Bytes of a "<" in JSON that may stand in a page.  A buffer that grows would take twice as much,
// and who writes has one pool for all.
enum { ESCAPED = 6 };

// --- out -----------------------------------------------------------------------------------

static void put_extra(struct json_out *j, const struct mail_draft *d)
{
    json_key(j, "extra");
    json_open(j, '[');
    for (isize i = 0; i < d->extras; i++)
        put_address(j, (struct mail_address){d->extra[i].name, d->extra[i].value});
    json_close(j, ']');
}

enum err mail_draft_keep(struct ctx *cx, const struct mail_draft *d, str *out)
{
    struct buf b = buf_new(cx->arena, d->text.n * ESCAPED + 4000);
    struct json_out j = {.buf = &b};
    if (d->files > 0)
        return broken(cx, "a mail with files is not kept as a draft");    // K3
    TRY(mail_check(cx, d));                                               // K2
    json_open(&j, '{');
    json_key(&j, "from");
    put_address(&j, d->from);
    put_addresses(&j, "reply_to", d->reply_to);
    put_addresses(&j, "to", d->to);
    put_addresses(&j, "cc", d->cc);
    json_key_str(&j, "subject", d->subject);
    json_key_int(&j, "date", d->date.ms);
    json_key_str(&j, "message_id", d->message_id);
    json_key_str(&j, "in_reply_to", d->in_reply_to);
    put_ids(&j, "references", d->references);
    json_key_str(&j, "text", clean_text(cx->arena, d->text));
    json_key_str(&j, "auto_submitted", d->auto_submitted);
    put_extra(&j, d);
    json_close(&j, '}');
    *out = buf_str(&b);
    return OK;
}

// --- in ------------------------------------------------------------------------------------

static const struct json *first(const struct json *list)
{
    return list == NULL ? NULL : list->child;
}

static isize length(const struct json *list)
{
    isize n = 0;
    for (const struct json *e = first(list); e != NULL; e = e->next)
        n++;
    return n;
}

static struct mail_address address(const struct json *a)
{
    return (struct mail_address){json_text(a, "name"), json_text(a, "address")};
}

static struct mail_addresses addresses(struct ctx *cx, const struct json *list)
{
    struct mail_addresses out = {make(cx->arena, struct mail_address, length(list)), 0};
    for (const struct json *e = first(list); e != NULL; e = e->next)
        out.p[out.n++] = address(e);
    return out;
}

static struct mail_ids ids(struct ctx *cx, const struct json *list)
{
    struct mail_ids out = {make(cx->arena, str, length(list)), 0};
    for (const struct json *e = first(list); e != NULL; e = e->next)
        out.p[out.n++] = e->s;
    return out;
}

static void take_extra(struct ctx *cx, const struct json *list, struct mail_draft *d)
{
    struct mail_addresses pair = addresses(cx, list);
    struct mail_field *f = make(cx->arena, struct mail_field, pair.n);
    for (isize i = 0; i < pair.n; i++)
        f[i] = (struct mail_field){pair.p[i].name, pair.p[i].address};
    d->extra = f;
    d->extras = pair.n;
}

enum err mail_draft_read(struct ctx *cx, str kept, struct mail_draft *out)
{
    struct json *j;
    TRY(json_read(cx, kept, &j));
    *out = (struct mail_draft){
        .from = address(json_get(j, "from")),
        .reply_to = addresses(cx, json_get(j, "reply_to")),
        .to = addresses(cx, json_get(j, "to")),
        .cc = addresses(cx, json_get(j, "cc")),
        .subject = json_text(j, "subject"),
        .date = {json_number(j, "date", 0)},
        .message_id = json_text(j, "message_id"),
        .in_reply_to = json_text(j, "in_reply_to"),
        .references = ids(cx, json_get(j, "references")),
        .text = json_text(j, "text"),
        .auto_submitted = json_text(j, "auto_submitted"),
    };
    take_extra(cx, json_get(j, "extra"), out);
    return OK;
}
