// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/turn.h"

#include "base/secret.h"
#include "contact/contact.h"
#include "intake.sql.h"
#include "intake/auth_results.h"

// With the empty line behind them.
static str fields_of(str bytes)
{
    for (str rest = bytes; rest.n > 0;) {
        str line = str_token(&rest, '\n');
        if (line.n == 0 || str_eq(line, S("\r")))
            return str_head(bytes, rest.p - bytes.p);
    }
    return bytes;
}

static int64_t number_of(struct arena *a, str from)
{
    int64_t n;
    memcpy(&n, secret_hash(a, from).p, sizeof n);
    return (n & INT64_MAX) | 1;
}

struct turn turn_look(struct ctx *cx, str bytes, str auth_server)
{
    struct mail m;
    struct turn t = {0};
    bool read = mail_parse(cx, fields_of(bytes), &m) == OK;
    if (!read)
        ctx_forgive(cx);
    t.known = read && contact_mail_normal(cx->arena, m.from.address, &t.from)
              && (auth_server.n == 0 || auth_results_prove(cx->arena, &m, auth_server));
    if (!t.known)
        t.from = S("");    // U3
    t.whose = number_of(cx->arena, t.from);
    return t;
}

enum err turn_known(struct ctx *cx, struct turn *t)
{
    struct q_inbox_known *row;
    isize n = 0;
    if (t->known)
        TRY(q_inbox_known(cx, t->from, &row, &n));
    t->known = n > 0;
    return OK;
}
