// SPDX-License-Identifier: GPL-3.0-or-later
#include "escalation/escalation_http.h"

#include "base/buf.h"
#include "base/now.h"
#include "base/when.h"
#include "escalation.html.h"

enum { WEEK_S = 7 * 86400, SOON_S = 3600 };

// --- words of the templates ------------------------------------------------------------------

const char *escalation_tone(const struct page *p, const struct escalation *e, instant when)
{
    if (e->state == ESCALATION_ENDED || when.ms == 0)
        return "";
    if (when.ms < p->cx->now.ms)
        return "late";
    return when.ms < instant_plus(p->cx->now, SOON_S).ms ? "soon" : "";
}

str escalation_number(const struct page *p, const struct escalation *e)
{
    return ticket_number_shown(p->cx->arena, e->number);
}

struct words escalation_to_name(const struct page *p, const struct escalation_to *to)
{
    struct escalation e = {.stage = ESCALATION_TEAM, .team_name = to->team.name};
    struct words team = escalation_with(p->cx->arena, &e);
    if (to->stage == ESCALATION_TEAM)
        return team;
    return (struct words){arena_fmt(p->cx->arena, STR_FMT " (nobody else there now: all leads)",
                                    STR_ARG(team.en)),
                          arena_fmt(p->cx->arena,
                                    STR_FMT " (gerade sonst niemand da: alle Leitungen)",
                                    STR_ARG(team.de))};
}

// --- the sheet -------------------------------------------------------------------------------

static enum err load_to(struct ctx *cx, struct escalation_page *v)
{
    struct team team[2];
    if (ticket_is_over(v->s.ticket.status))
        return OK;
    v->tos = escalation_teams(&v->s.ticket, team);
    for (isize i = 0; i < v->tos; i++) {
        v->to[i].team = team[i];
        TRY(escalation_outlook(cx, &v->s.ticket, team[i].id, &v->to[i].stage, &v->to[i].due));
    }
    return OK;
}

// Until the customer was promised something, or tomorrow morning.
static str usual_day(struct ctx *cx, const struct ticket *t)
{
    bool promised = t->due.ms > cx->now.ms;
    return when_day(cx->arena, promised ? t->due : instant_plus(cx->now, 86400), cx->lang);
}

static str usual_clock(struct ctx *cx, const struct ticket *t)
{
    return t->due.ms > cx->now.ms ? when_clock(cx->arena, t->due) : S("09:00");
}

// H5.  In the order of the page; the lines of a form that is shown stand in it.
static str left_over(struct ctx *cx, const struct request *rq, const struct escalation_page *v)
{
    bool open = v->open != NULL, lead = open && v->open->ours;
    bool adds = !lead && !ticket_is_over(v->s.ticket.status);
    bool takes = lead && v->open->state == ESCALATION_OPEN;
    const str line[] = {adds ? S("") : v->text, takes ? S("") : v->line,
                        lead ? S("") : v->decision};
    struct buf b = buf_new(cx->arena, 64);
    for (isize i = 0; i < countof(line) && rq->again; i++) {
        if (line[i].n == 0)
            continue;
        buf_put(&b, b.n > 0 ? S("\n") : S(""));
        buf_put(&b, line[i]);
    }
    return buf_str(&b);
}

static enum err open(struct ctx *cx, const struct request *rq, struct escalation_page *v)
{
    struct escalation *all;
    struct escalation_word *word;
    *v = (struct escalation_page){0};
    TRY(sheet_open(cx, rq, "leitung", DRAFT_HANDOVER, &v->s));
    TRY(escalation_list(cx, v->s.ticket.id, &all, &v->n));
    TRY(escalation_words(cx, v->s.ticket.id, &word, &v->words));
    v->all = all;
    v->word = word;
    v->open = escalation_open(all, v->n);
    TRY(load_to(cx, v));
    const struct request *typed = sheet_typed(cx, rq, &v->s);
    v->added = form_has(rq, "dazu") && v->open != NULL;
    v->team = form_int(typed, "team", v->tos > 0 ? v->to[0].team.id.n : 0);
    v->reason = form_int(typed, "grund", 0);
    v->text = form_text(typed, "zeile");
    v->line = form_text(typed, "vorhaben");
    v->day = form_or(typed, "tag", usual_day(cx, &v->s.ticket));
    v->clock = form_or(typed, "uhr", usual_clock(cx, &v->s.ticket));
    v->outcome = form_int(typed, "ergebnis", 0);
    v->decision = form_text(typed, "bescheid");
    v->left = left_over(cx, rq, v);
    return OK;
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct escalation_page *v = make(cx->arena, struct escalation_page, 1);
    TRY(open(cx, rq, v));
    html_escalation(page_begin(cx, rq, rp, 200), v);
    return OK;
}

static enum err raise(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct escalation_page *v = make(cx->arena, struct escalation_page, 1);
    struct escalation_raised raised;
    TRY(open(cx, rq, v));
    if (sheet_leaves(rq))
        return sheet_keep(cx, rq, rp, &v->s);
    bool known = ticket_words_has(escalation_reasons, v->reason);
    struct escalation_new n = {.team = {v->team},
                               .reason = known ? (enum escalation_reason)v->reason : 0,
                               .text = v->text};
    TRY(escalation_raise(cx, v->s.ticket.id, &n, &raised));
    TRY(sheet_forget(cx, &v->s));
    if (!raised.added)
        return sheet_done(cx, rp, &v->s);
    return see_other(cx, rp, "/w/t/" STR_FMT "/leitung?dazu=1", STR_ARG(v->s.number));    // H3
}

// The one in the address, of this case.
static enum err at_of(struct ctx *cx, const struct request *rq, const struct escalation_page *v,
                      struct escalation_at *out)
{
    *out = (struct escalation_at){{path_int(rq, 1)}, form_int(rq, "fassung", 0)};
    for (isize i = 0; i < v->n; i++)
        if (v->all[i].id.n == out->id.n)
            return OK;
    return db_absent(cx);
}

static enum err decide_it(struct ctx *cx, struct reply *rp, const struct escalation_page *v,
                          struct escalation_at at)
{
    bool known = ticket_words_has(escalation_outcomes, v->outcome);
    TRY(escalation_decide(cx, at, known ? (enum escalation_outcome)v->outcome : 0,
                          v->decision));
    return sheet_done(cx, rp, &v->s);
}

static enum err take(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct escalation_page *v = make(cx->arena, struct escalation_page, 1);
    struct escalation_at at;
    instant until = {0};
    TRY(open(cx, rq, v));
    TRY(at_of(cx, rq, v, &at));
    bool entered = str_eq(form_text(rq, "tun"), S("eingabe"));    // H6
    if (entered && (v->outcome != 0 || v->decision.n > 0)) {
        if (v->line.n == 0)
            return decide_it(cx, rp, v, at);
        return fail(cx, ERR_INVALID, "Take it, or decide it? Please use one of the buttons.",
                    "Übernehmen oder entscheiden? Bitte nimm einen der Knöpfe.");
    }
    if (!when_read(form_text(rq, "tag"), form_text(rq, "uhr"), cx->now, &until))
        until = (instant){0};    // refused there, beside what else is missing
    TRY(escalation_take(cx, at, v->line, until));
    return sheet_done(cx, rp, &v->s);
}

static enum err decide(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct escalation_page *v = make(cx->arena, struct escalation_page, 1);
    struct escalation_at at;
    TRY(open(cx, rq, v));
    TRY(at_of(cx, rq, v, &at));
    return decide_it(cx, rp, v, at);
}

static enum err withdraw(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct escalation_page *v = make(cx->arena, struct escalation_page, 1);
    struct escalation_at at;
    TRY(open(cx, rq, v));
    TRY(at_of(cx, rq, v, &at));
    TRY(escalation_withdraw(cx, at));
    return sheet_done(cx, rp, &v->s);
}

// E12
static enum err read_it(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct escalation_page *v = make(cx->arena, struct escalation_page, 1);
    struct escalation_at at;
    TRY(open(cx, rq, v));
    TRY(at_of(cx, rq, v, &at));
    TRY(escalation_read(cx, at.id));
    return sheet_done(cx, rp, &v->s);
}

// --- what lies at the leads ------------------------------------------------------------------

static enum err show_desk(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct escalation_desk v = {0};
    struct escalation *open, *past;
    TRY(escalation_mine(cx, &open, &v.opens, &v.more));
    TRY(escalation_lately(cx, instant_plus(cx->now, -WEEK_S), &past, &v.pasts, &v.more_past));
    while (v.untaken < v.opens && open[v.untaken].state == ESCALATION_OPEN)
        v.untaken++;
    v.open = open;
    v.past = past;
    html_escalations(page_begin(cx, rq, rp, 200), &v);
    return OK;
}

// clang-format off
const struct route escalation_routes[] = {
    {GET,  "/w/leitung",                            CAN_LEAD, show_desk, .summary = "what lies at the asker as a lead"},
    {GET,  "/w/t/{nr}/leitung",                     CAN_WORK, show, .summary = "a case at the lead: the sheet, and what became of it"},
    {POST, "/w/t/{nr}/leitung",                     CAN_WORK, raise, show, .summary = "take a case to the lead"},
    {POST, "/w/t/{nr}/leitung/{id}/uebernehmen",    CAN_LEAD, take, show, .summary = "the lead takes it, and says what will be done by when"},
    {POST, "/w/t/{nr}/leitung/{id}/entscheiden",    CAN_LEAD, decide, show, .summary = "the lead decides"},
    {POST, "/w/t/{nr}/leitung/{id}/zuruecknehmen",  CAN_WORK, withdraw, show, .summary = "take it back"},
    {POST, "/w/t/{nr}/leitung/{id}/gelesen",        CAN_WORK, read_it, show, .summary = "the decision of the lead is read"},
    {0},
};
// clang-format on
