// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/intake_http.h"

#include "intake.html.h"
#include "screen/screen.h"
#include "ticket/ticket_number.h"

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

static const struct {
    enum inbox_state state;
    const char *name;
} lists[] = {
    {INBOX_QUARANTINE, ""}, {INBOX_AUTO, "maschinen"}, {INBOX_BOUNCE, "zurueck"},
    {INBOX_AWAY, "weg"},    {INBOX_NEW, "wartet"},
};

str intake_list_name(enum inbox_state state)
{
    for (isize i = 0; i < countof(lists); i++)
        if (lists[i].state == state)
            return str_from_z(lists[i].name);
    return S("");
}

static enum inbox_state list_of(const struct request *rq)
{
    for (isize i = 0; i < countof(lists); i++)
        if (str_eq(form_text(rq, "v"), str_from_z(lists[i].name)))
            return lists[i].state;
    return INBOX_QUARANTINE;
}

bool intake_other_sender(const struct intake_row *r)
{
    return r->author.n > 0 && r->sender.n > 0 && str_find(r->author, r->sender) < 0;
}

// --- Q7 --------------------------------------------------------------------------------------

static struct words of(struct arena *a, struct words what, const struct intake_row *r)
{
    str who = r->author.n > 0 ? r->author : r->sender;
    struct words from =
        who.n > 0 ? (struct words){who, who} : SAY("an unknown sender", "unbekanntem Absender");
    return (struct words){
        arena_fmt(a, "The mail from " STR_FMT " " STR_FMT, STR_ARG(from.en), STR_ARG(what.en)),
        arena_fmt(a, "Die Mail von " STR_FMT " " STR_FMT, STR_ARG(from.de), STR_ARG(what.de))};
}

static struct words again(struct arena *a, const struct intake_row *r)
{
    return (struct words){
        arena_fmt(a, "was read and set aside again: " STR_FMT, STR_ARG(r->reason)),
        arena_fmt(a, "wurde gelesen und wieder aussortiert: " STR_FMT, STR_ARG(r->reason))};
}

static struct words became(struct arena *a, const struct intake_row *r)
{
    switch (r->state) {
    case INBOX_NEW:
        return SAY("is being read.", "wird gerade gelesen.");
    case INBOX_TICKET:
        return SAY("has become a case:", "ist jetzt ein Vorgang:");
    case INBOX_REPLY:
        return SAY("has been put to its case:", "steht jetzt bei ihrem Vorgang:");
    case INBOX_AUTO:
        return SAY("was written by a machine.", "hat eine Maschine geschrieben.");
    case INBOX_BOUNCE:
        return SAY("tells of a mail that came back.", "meldet eine Mail, die zurückkam.");
    case INBOX_SAME:
        return SAY("came to another address, too.", "kam auch an eine andere Adresse.");
    case INBOX_QUARANTINE:
        return again(a, r);
    case INBOX_AWAY:
        return SAY("has been put away.", "ist weggelegt.");
    case INBOX_GONE:
        return SAY("has been deleted.", "ist gelöscht.");
    }
    return SAY("", "");
}

static enum err look_back(struct ctx *cx, const struct request *rq, struct intake_page *v)
{
    struct intake_row r;
    v->mail = form_int(rq, "mail", 0);
    TRY(intake_one(cx, v->mail, &r));
    if (r.state == 0)
        return OK;
    bool blocked = r.state == INBOX_AWAY && form_has(rq, "gesperrt");
    bool back = r.state == INBOX_QUARANTINE && form_has(rq, "zurueck");
    v->said = of(cx->arena,
                 blocked ? SAY("has been put away, and its sender is blocked.",
                               "ist weggelegt und ihr Absender gesperrt.")
                 : back  ? SAY("is set aside again.", "liegt wieder bei den aussortierten.")
                         : became(cx->arena, &r),
                 &r);
    v->away = r.state == INBOX_AWAY;
    v->wait = r.state == INBOX_NEW;
    bool at_a_case = r.state == INBOX_TICKET || r.state == INBOX_REPLY;
    v->number = at_a_case ? ticket_number_shown(cx->arena, r.number) : (str){0};
    return OK;
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct intake_page *v = make(cx->arena, struct intake_page, 1);
    struct intake_row *row;
    v->state = list_of(rq);
    TRY(intake_list(cx, v->state, &row, &v->n));
    v->row = row;
    if (!rq->again && form_has(rq, "mail"))
        TRY(look_back(cx, rq, v));
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
    else if (str_eq(what, S("zurueck")))
        TRY(intake_away_back(cx, id));
    else if (str_eq(what, S("jetzt")))
        TRY(intake_hurry(cx, id));
    else if (str_eq(what, S("lesen")) || str_eq(what, S("doch")))
        TRY(intake_restart(cx, id, str_eq(what, S("doch"))));
    else
        return db_absent(cx);
    str list = intake_list_name(list_of(rq));
    return see_other(cx, rp, "/w/quarantaene?v=" STR_FMT "&mail=%lld%s", STR_ARG(list),
                     (long long)id,
                     str_eq(what, S("sperren"))   ? "&gesperrt=1"
                     : str_eq(what, S("zurueck")) ? "&zurueck=1"
                                                  : "");
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
