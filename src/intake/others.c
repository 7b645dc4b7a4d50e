// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/others.h"

#include "base/buf.h"
#include "base/limits.h"
#include "wording/wording.h"

static fallible is_ours(struct ctx *cx, const struct arrival *a, str address,
                        bool *out)    // D2
{
    tenant_id desk, before;
    team_id team;
    TRY(wording_address_find(cx, address, &desk, &team));
    TRY(tenant_of_before(cx, address, &before));
    *out = arrival_is_us(a->desk, address) || str_eq_nocase(address, a->rcpt)
           || desk.n == a->desk->id.n || before.n == a->desk->id.n;
    return OK;
}

static bool came_before(const struct mail_addresses *list, isize n, str address)
{
    for (isize i = 0; i < n; i++)
        if (str_eq_nocase(list->p[i].address, address))
            return true;
    return false;
}

static void put(struct buf *b, const struct mail_address *m)
{
    buf_put(b, b->n > 0 ? S("\n") : S(""));
    buf_put(b, m->name);
    buf_put(b, m->name.n > 0 ? S(" <") : S(""));
    buf_put(b, m->address);
    buf_put(b, m->name.n > 0 ? S(">") : S(""));
}

static fallible add(struct ctx *cx, const struct arrival *a, const struct mail_addresses *list,
                    const struct mail_addresses *before, struct buf *b)
{
    for (isize i = 0; i < list->n && i < LIMIT_MAIL_RECIPIENTS; i++) {
        str address = list->p[i].address;
        bool ours = str_eq_nocase(address, a->mail->from.address);
        if (ours || came_before(list, i, address) || came_before(before, before->n, address))
            continue;
        TRY(is_ours(cx, a, address, &ours));
        if (!ours)
            put(b, &list->p[i]);
    }
    if (list->n > LIMIT_MAIL_RECIPIENTS)
        buf_put(b, S("\n…"));
    return OK;
}

enum err others_list(struct ctx *cx, const struct arrival *a, str *out)
{
    static const struct mail_addresses nobody = {0};
    struct buf b = buf_new(cx->arena, 200);
    TRY(add(cx, a, &a->mail->to, &nobody, &b));
    TRY(add(cx, a, &a->mail->cc, &a->mail->to, &b));
    *out = str_head(buf_str(&b), LIMIT_TEXT);
    return OK;
}
