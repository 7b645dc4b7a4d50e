// SPDX-License-Identifier: GPL-3.0-or-later
#include "workplace/watch_http.h"

#include "keys.html.h"
#include "ticket/ticket.h"

static enum err listen(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct ticket t = {0};
    int64_t number;
    str wished = form_text(rq, "ticket");
    if (wished.n > 0) {
        if (ticket_number_read(cx, wished, &number) != OK) {
            ctx_forgive(cx);
            return db_absent(cx);
        }
        TRY(ticket_by_number(cx, number, &t));    // Y1
    }
    rp->live = true;
    rp->live_ticket = t.id.n;
    return OK;
}

static enum err show_keys(struct ctx *cx, struct request *rq, struct reply *rp)
{
    html_keys(page_begin(cx, rq, rp, 200));
    return OK;
}

// clang-format off
const struct route watch_routes[] = {
    {GET, "/live",     CAN_WORK, listen, .programs = true, .summary = "what happens, as server-sent events"},
    {GET, "/w/tasten", CAN_SIGNED_IN, show_keys, .summary = "the list of keys"},
    {0},
};
// clang-format on
