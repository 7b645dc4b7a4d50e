// SPDX-License-Identifier: GPL-3.0-or-later
#include "workplace/file_http.h"

#include "message/attachment_http.h"
#include "message/message.h"
#include "workplace/workplace_http.h"

static enum err send_file(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct ticket t;
    struct attachment a;
    struct message m;
    ticket_id of;
    TRY(sheet_ticket(cx, rq, &t));
    TRY(attachment_load(cx, path_int(rq, 1), &a));
    TRY(message_load(cx, a.message, &of, &m));
    return of.n == t.id.n ? attachment_send(cx, rp, &a) : db_absent(cx);
}

// clang-format off
const struct route file_routes[] = {
    {GET, "/w/t/{nr}/anhang/{id}", CAN_WORK, send_file, .summary = "a file of a case"},
    {0},
};
// clang-format on
