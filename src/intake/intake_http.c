// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/intake_http.h"

#include "intake.html.h"
#include "screen/screen.h"

enum { KILO = 1000 };

str intake_size(const struct page *p, int64_t bytes)
{
    struct arena *a = p->cx->arena;
    char point = p->cx->lang == LANG_EN ? '.' : ',';
    if (bytes < KILO)
        return arena_fmt(a, "%lld B", (long long)bytes);
    if (bytes < KILO * KILO)
        return arena_fmt(a, "%lld kB", (long long)(bytes + KILO / 2) / KILO);
    int64_t tenths = (bytes + KILO * KILO / 20) / (KILO * KILO / 10);
    return arena_fmt(a, "%lld%c%lld MB", (long long)tenths / 10, point, (long long)tenths % 10);
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct intake_page *v = make(cx->arena, struct intake_page, 1);
    struct intake_row *row;
    str list = form_text(rq, "v");
    v->state = str_eq(list, S("maschinen")) ? INBOX_AUTO
               : str_eq(list, S("weg"))     ? INBOX_AWAY
               : str_eq(list, S("wartet"))  ? INBOX_NEW
               : str_eq(list, S("zurueck")) ? INBOX_BOUNCE
                                            : INBOX_QUARANTINE;
    TRY(intake_list(cx, v->state, &row, &v->n));
    v->row = row;
    html_quarantine(page_begin(cx, rq, rp, 200), v);
    return OK;
}

static fallible block(struct ctx *cx, int64_t id)
{
    str sender;
    TRY(intake_sender(cx, id, &sender));
    TRY(screen_add(cx, SCREEN_BLOCK, sender));
    return intake_away(cx, id);
}

static enum err act(struct ctx *cx, struct request *rq, struct reply *rp)    // Q3
{
    int64_t id = path_int(rq, 0);
    str what = form_text(rq, "tun");
    if (str_eq(what, S("sperren")))
        TRY(block(cx, id));
    else if (str_eq(what, S("loeschen")))
        TRY(intake_delete(cx, id));
    else if (str_eq(what, S("weg")))
        TRY(intake_away(cx, id));
    else if (str_eq(what, S("jetzt")))
        TRY(intake_hurry(cx, id));
    else if (str_eq(what, S("lesen")) || str_eq(what, S("doch")))
        TRY(intake_restart(cx, id, str_eq(what, S("doch"))));
    else
        return db_absent(cx);
    return see_other(cx, rp, "/w/quarantaene");
}

static enum err source(struct ctx *cx, struct request *rq, struct reply *rp)    // Q2
{
    str bytes;
    TRY(intake_source(cx, path_int(rq, 0), &bytes));
    str name = arena_fmt(cx->arena, "mail-%lld.txt", (long long)path_int(rq, 0));
    return reply_download(cx, rp, name, S("text/plain"), bytes);
}

// clang-format off
const struct route intake_routes[] = {
    {GET,  "/w/quarantaene",                CAN_SEE_QUEUES, show,   .summary = "mails that became no case"},
    {POST, "/w/quarantaene/{id}",           CAN_SEE_QUEUES, act,    show, .summary = "read a mail again, or put it away"},
    {GET,  "/w/quarantaene/{id}/quelltext", CAN_SEE_QUEUES, source, .summary = "the source of a mail, as a file"},
    {0},
};
// clang-format on
