// SPDX-License-Identifier: GPL-3.0-or-later
#include "clock/clock_http.h"

#include "base/when.h"
#include "clock.html.h"
#include "ticket/ticket_number.h"

enum { UNFOLDED = 2 };

const char *clock_line_class(const struct ledger_line *l)
{
    return l->mark == LEDGER_DAY ? "muted" : "";
}

static const char *tone(const struct reckon_clock *k)
{
    if (k->late)
        return "bad";
    if (k->end.ms != 0)
        return "good";
    return k->stands != 0 ? "warn" : "info";
}

static void view_of(struct ctx *cx, const struct clock_case *c, const struct reckon_clock *k,
                    struct clock_view *v)
{
    struct ledger_line *line = make(cx->arena, struct ledger_line, LEDGER_MOST);
    *v = (struct clock_view){.clock = k,
                             .name = ledger_name(cx->arena, k),
                             .state = ledger_state(k),
                             .tone = tone(k),
                             .used = ledger_span(cx->arena, k->elapsed_ms),
                             .target = ledger_span(cx->arena, k->target_ms)};
    if (k->paused_ms > 0)
        v->paused = ledger_span(cx->arena, k->paused_ms);
    v->lines = ledger_lines(cx->arena, c, k, cx->now, line);
    v->line = line;
}

// What runs stands above what is over.
static isize views_of(struct ctx *cx, const struct clock_case *c, struct clock_view *v)
{
    isize n = 0, open = 0;
    for (int over = 0; over <= 1; over++)
        for (isize i = 0; i < c->clocks; i++)
            if ((c->clock[i].end.ms != 0) == (over == 1)) {
                view_of(cx, c, &c->clock[i], &v[n]);
                v[n++].open = open++ < UNFOLDED;
            }
    return n;
}

const char *clock_legal_tone(const struct page *p, const struct legal_clock *l)
{
    int64_t at = l->ended.ms != 0 ? l->ended.ms : p->cx->now.ms;
    if (at > l->due.ms)
        return "bad";
    return l->ended.ms != 0 ? "good" : "warn";
}

struct words clock_legal_state(const struct page *p, const struct legal_clock *l)
{
    int64_t at = l->ended.ms != 0 ? l->ended.ms : p->cx->now.ms;
    if (l->ended.ms == 0)
        return at > l->due.ms ? SAY("Overdue", "Überschritten") : SAY("Running", "Läuft");
    return at > l->due.ms ? SAY("Done too late", "Zu spät erledigt") : SAY("Done", "Erledigt");
}

str clock_money(const struct page *p, int64_t cents)
{
    return arena_fmt(p->cx->arena, "%lld EUR", (long long)(cents / 100));
}

static enum err case_of(struct ctx *cx, const struct request *rq, struct ticket *out)
{
    int64_t number;
    enum err err = ticket_number_read(cx, path_text(rq, 0), &number);
    if (err == ERR_INVALID) {    // an address, not a field
        ctx_forgive(cx);
        return db_absent(cx);
    }
    TRY(err);
    return ticket_by_number(cx, number, out);
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct ticket t;
    struct clock_case c;
    struct legal_clock *legal;
    struct clock_page page = {.c = &c};
    TRY(case_of(cx, rq, &t));
    TRY(clock_case(cx, t.id, &c));
    TRY(legal_case_list(cx, t.id, &legal, &page.legals));
    struct clock_view *view = make(cx->arena, struct clock_view, c.clocks);
    page.number = ticket_number_shown(cx->arena, t.number);
    page.views = views_of(cx, &c, view);
    page.view = view;
    page.legal = legal;
    page.kind = form_or(rq, "kind", S(""));
    page.day = form_or(rq, "tag", when_day(cx->arena, cx->now, cx->lang));
    page.clock = form_or(rq, "uhr", when_clock(cx->arena, cx->now));
    html_clocks(page_begin(cx, rq, rp, 200), &page);
    return OK;
}

static enum err back(struct ctx *cx, struct reply *rp, const struct ticket *t)
{
    str number = ticket_number_shown(cx->arena, t->number);
    return see_other(cx, rp, "/w/t/" STR_FMT "/uhren", STR_ARG(number));
}

static enum err start(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct ticket t;
    instant known;
    TRY(case_of(cx, rq, &t));
    if (!when_read(form_text(rq, "tag"), form_text(rq, "uhr"), cx->now, &known))
        return invalid(cx, "known", "Give a day and a time, like “today” and “9:00”.",
                       "Gib einen Tag und eine Uhrzeit an, etwa „heute“ und „9:00“.");
    TRY(legal_case_start(cx, t.id, (enum legal_kind)form_int(rq, "kind", 0), known));
    return back(cx, rp, &t);
}

static enum err finish(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct ticket t;
    TRY(case_of(cx, rq, &t));
    TRY(legal_case_end(cx, t.id, path_int(rq, 1)));
    return back(cx, rp, &t);
}

// clang-format off
const struct route clock_routes[] = {
    {GET,  "/w/t/{nr}/uhren",               CAN_WORK, show,   .summary = "why each deadline of a case is what it is"},
    {POST, "/w/t/{nr}/uhren",               CAN_WORK, start,  show, .summary = "start a statutory clock"},
    {POST, "/w/t/{nr}/uhren/{id}/erledigt", CAN_WORK, finish, show, .summary = "what the law asks for is done"},
    {0},
};
// clang-format on
