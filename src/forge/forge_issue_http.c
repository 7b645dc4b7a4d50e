// SPDX-License-Identifier: GPL-3.0-or-later
#include "forge/forge_issue_http.h"

#include "base/buf.h"
#include "forge.html.h"

const char *forge_issue_tone(enum forge_issue_state state)
{
    switch (state) {
    case ISSUE_FIXED:
        return "good";
    case ISSUE_FAILED:
        return "bad";
    case ISSUE_DECLINED:
    case ISSUE_GONE:
        return "warn";
    case ISSUE_SENDING:
    case ISSUE_LOOKED_FOR:
    case ISSUE_OPEN:
        break;
    }
    return "info";
}

// Only what was stored as a page of the service (https, or http in the operator's own net).
struct url forge_issue_page(const struct forge_issue *i)
{
    bool web = str_starts(i->address, S("https://")) || str_starts(i->address, S("http://"));
    return (struct url){web ? i->address : S("#")};
}

struct words forge_issue_title(const struct page *p, const struct forge_issue *i)
{
    str which = forge_issue_which(p->cx->arena, i);
    str all = i->title.n == 0 ? which
                              : arena_fmt(p->cx->arena, STR_FMT " " STR_FMT, STR_ARG(which),
                                          STR_ARG(i->title));
    return (struct words){all, all};
}

enum err forge_issue_panel(struct ctx *cx, const struct request *rq, struct forge_about about,
                           struct forge_panel *out)
{
    struct forge *forge;
    struct forge_issue *issue;
    TRY(forge_list(cx, &forge, &out->forges));
    TRY(forge_issue_list(cx, about, &issue, &out->issues));
    out->forge = forge;
    out->issue = issue;
    out->typed = form_text(rq, "issue");
    out->title = form_or(rq, "title", out->title);
    out->body = form_or(rq, "body", out->body);
    out->chosen.n = form_int(rq, "forge", out->forges > 0 ? forge[0].id.n : 0);
    out->released = form_has(rq, "release");
    for (const struct problem *p = cx->problems; p != NULL; p = p->next)
        out->stopped |= strcmp(p->field, "release") == 0;
    return OK;
}

bool forge_issue_creates(const struct request *rq)
{
    return str_eq(form_text(rq, "tun"), S("anlegen"));
}

struct forge_issue_new forge_issue_typed(struct ctx *cx, const struct request *rq,
                                         const struct release_customer *customer)
{
    struct forge_issue_new n = {.forge = {form_int(rq, "forge", 0)},
                                .title = form_text(rq, "title"),
                                .body = form_text(rq, "body"),
                                .released = form_has(rq, "release")};
    n.names = !n.released && forge_issue_names(cx->arena, &n, customer);
    return n;
}

enum err forge_issue_act(struct ctx *cx, const struct request *rq, struct forge_about about)
{
    str what = form_text(rq, "tun");
    forge_issue_id id = {form_int(rq, "id", 0)};
    if (str_eq(what, S("loesen")))
        return forge_issue_unlink(cx, about, id);
    if (str_eq(what, S("nochmal")))
        return forge_issue_again(cx, about, id);
    return forge_issue_link(cx, about, (forge_id){form_int(rq, "forge", 0)},
                            form_text(rq, "issue"), &id);
}

// --- the sheet of a case -----------------------------------------------------------------------

static void put_part(struct buf *b, struct words title, str text, enum lang lang)
{
    if (text.n == 0)
        return;
    str head = words_in(title, lang);
    buf_fmt(b, "%s" STR_FMT "\n\n" STR_FMT, b->n > 0 ? "\n\n" : "", STR_ARG(head),
            STR_ARG(text));
}

static str usual_text(struct ctx *cx, const struct ticket *t)    // E1
{
    struct buf b = buf_new(cx->arena, 1000);
    put_part(&b, SAY("What happens:", "Was passiert:"), t->problem, cx->lang);
    put_part(&b, SAY("What was tried:", "Was versucht wurde:"), t->tried, cx->lang);
    if (!t->current_past)    // W11
        put_part(&b, SAY("Where it stands:", "Wie es steht:"), t->current, cx->lang);
    return buf_str(&b);
}

static enum err open(struct ctx *cx, struct request *rq, struct forge_sheet *v)
{
    TRY(sheet_open(cx, rq, "entwicklung", DRAFT_HANDOVER, &v->s));
    v->panel.title = v->s.ticket.subject;
    v->panel.body = usual_text(cx, &v->s.ticket);
    v->panel.action = (struct url){
        arena_fmt(cx->arena, "/w/t/" STR_FMT "/entwicklung", STR_ARG(v->s.number))};
    return forge_issue_panel(cx, rq, (struct forge_about){.ticket = v->s.ticket.id}, &v->panel);
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct forge_sheet *v = make(cx->arena, struct forge_sheet, 1);
    TRY(open(cx, rq, v));
    html_forge_sheet(page_begin(cx, rq, rp, 200), v);
    return OK;
}

static enum err create(struct ctx *cx, const struct request *rq, const struct ticket *t)
{
    struct release_customer customer;
    forge_issue_id id;
    TRY(release_customer_of(cx, t, &customer));
    customer.ours = (str){0};    // who reads an issue has no use for our number (release.h, D7)
    struct forge_issue_new n = forge_issue_typed(cx, rq, &customer);
    return forge_issue_create(cx, (struct forge_about){.ticket = t->id}, &n, &id);
}

static enum err act(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct ticket t;
    TRY(sheet_ticket(cx, rq, &t));
    TRY(forge_issue_creates(rq)
            ? create(cx, rq, &t)
            : forge_issue_act(cx, rq, (struct forge_about){.ticket = t.id}));
    return see_other(cx, rp, "/w/t/" STR_FMT "/entwicklung",
                     STR_ARG(ticket_number_shown(cx->arena, t.number)));
}

// clang-format off
const struct route forge_issue_routes[] = {
    {GET,  "/w/t/{nr}/entwicklung", CAN_WORK, show, .summary = "the issues of a case at the developers'"},
    {POST, "/w/t/{nr}/entwicklung", CAN_WORK, act,  show, .summary = "link an issue, or create one"},
    {0},
};
// clang-format on
