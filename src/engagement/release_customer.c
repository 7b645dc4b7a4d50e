// SPDX-License-Identifier: GPL-3.0-or-later
#include "engagement/release_customer.h"

#include "base/buf.h"
#include "contact/contact.h"

enum { ROOM = 100 };

struct lines {    // one for each customer
    struct buf name, org, mail, reach, number;
};

static void put(struct buf *b, str line)
{
    if (line.n == 0)
        return;
    buf_put(b, line);
    buf_char(b, '\n');
}

static enum err add(struct ctx *cx, contact_id id, struct lines *l)
{
    struct contact c;
    TRY(contact_load(cx, id, &c));
    put(&l->name, c.name);
    put(&l->org, c.org);
    put(&l->reach, c.reach);
    put(&l->number, c.src_id);
    for (isize i = 0; i < c.addresses; i++)
        if (c.address[i].kind == ADDRESS_MAIL)
            put(&l->mail, c.address[i].value);
    return OK;
}

enum err release_customer_all(struct ctx *cx, const contact_id *contact, isize n,
                              struct release_customer *out)
{
    struct arena *a = cx->arena;
    struct lines l = {buf_new(a, ROOM), buf_new(a, ROOM), buf_new(a, ROOM), buf_new(a, ROOM),
                      buf_new(a, ROOM)};
    for (isize i = 0; i < n; i++)
        TRY(add(cx, contact[i], &l));
    *out = (struct release_customer){.name = buf_str(&l.name),
                                     .org = buf_str(&l.org),
                                     .mail = buf_str(&l.mail),
                                     .reach = buf_str(&l.reach),
                                     .number = buf_str(&l.number)};
    return OK;
}

enum err release_customer_of(struct ctx *cx, const struct ticket *t,
                             struct release_customer *out)
{
    TRY(release_customer_all(cx, &t->contact, t->contact.n != 0, out));
    out->ours = ticket_number_shown(cx->arena, t->number);
    return OK;
}
