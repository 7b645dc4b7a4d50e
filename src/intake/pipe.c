// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/pipe.h"

#include "intake/data.h"
#include "intake/lmtp_path.h"

#include <sysexits.h>

static bool is_address(struct ctx *cx, str s)
{
    struct lmtp_path path;
    return lmtp_path_read(arena_fmt(cx->arena, "<" STR_FMT ">", STR_ARG(s)), &path)
           && path.address.n == s.n;
}

static void keep(void *to, str bytes)
{
    spool_add(to, bytes);
}

static fallible check(struct ctx *cx, str rcpt, str sender, str bytes)
{
    if (rcpt.n == 0 || !is_address(cx, rcpt) || !is_address(cx, sender))
        return fail(cx, ERR_INVALID, "This is not a mail address.",
                    "Das ist keine Mailadresse.");
    if (bytes.n == 0)
        return fail(cx, ERR_INVALID, "There is no mail.", "Da ist keine Mail.");
    return OK;
}

enum err pipe_read(struct ctx *cx, str rcpt, str sender, str bytes, struct spool *spool,
                   struct intake_mail *out)
{
    if (str_starts(bytes, S("From ")))
        str_token(&bytes, '\n');    // P2
    TRY(check(cx, rcpt, sender, bytes));
    TRY(spool_prepare(cx));
    spool_start(spool, cx);
    struct data d = data_new(false, keep, spool);
    data_feed(&d, bytes);
    data_finish(&d);
    TRY(spool_end(spool));
    *out = (struct intake_mail){INBOX_PIPE, rcpt, sender, spool};
    return OK;
}

int pipe_exit(enum err err)
{
    return err == OK ? EX_OK : err == ERR_INVALID ? EX_DATAERR : EX_TEMPFAIL;
}
