// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/intake_command.h"

#include "intake/pipe.h"
#include "tenant/tenant.h"

static enum err store(struct ctx *cx, void *arg)
{
    int64_t inbox;
    bool duplicate;
    return intake_store(cx, arg, &inbox, &duplicate);
}

static enum err own_address(struct ctx *cx, void *arg)
{
    struct tenant t;
    tenant_id id;
    TRY(tenant_for_host(cx, S(""), &id));
    TRY(tenant_load(cx, id, &t));
    *(str *)arg = t.mail_address;
    return OK;
}

// Whom it is for: --to, the first word, or the desk itself.
static enum err recipient(struct call *c, str *out)
{
    *out = command_option(c, "to");
    if (out->n == 0 && c->argc > 0 && c->argv[0][0] != '-')
        *out = str_from_z(c->argv[0]);
    return out->n > 0 ? OK : desk_write(c->desk, c->cx, own_address, out);
}

int intake_command(struct call *c)
{
    struct spool spool;
    struct intake_mail m;
    str rcpt;
    enum err err = recipient(c, &rcpt);
    if (err == OK)
        err = pipe_read(c->cx, rcpt, command_option(c, "sender"), c->in, &spool, &m);
    if (err == OK)
        err = desk_write(c->desk, c->cx, store, &m);
    if (err != OK)
        command_failed(c, err);    // the reason; the code says what to do
    return pipe_exit(err);
}
