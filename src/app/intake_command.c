// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/intake_command.h"

#include "intake/pipe.h"

static enum err store(struct ctx *cx, void *arg)
{
    int64_t inbox;
    bool duplicate;
    return intake_store(cx, arg, &inbox, &duplicate);
}

int intake_command(struct call *c)
{
    struct spool spool;
    struct intake_mail m;
    str rcpt = c->argc > 0 ? str_from_z(c->argv[0]) : S("");
    enum err err = pipe_read(c->cx, rcpt, command_option(c, "sender"), c->in, &spool, &m);
    if (err == OK)
        err = desk_write(c->desk, c->cx, store, &m);
    if (err != OK)
        command_failed(c, err);    // the reason; the code says what to do
    return pipe_exit(err);
}
