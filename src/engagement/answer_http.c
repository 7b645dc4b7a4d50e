// SPDX-License-Identifier: GPL-3.0-or-later
#include "engagement/answer_http.h"

#include "answer.html.h"
#include "engagement/engagement_check.h"
#include "ticket/ticket_said.h"

static enum err load_teams(struct ctx *cx, struct answer *a)
{
    struct team *team;
    isize n;
    TRY(team_of_person(cx, cx->who.person, &team, &n));
    for (isize i = 0; i < n; i++) {
        a->mine |= team[i].id.n == a->e.to_team.n;
        a->sent |= team[i].id.n == a->e.from_team.n;
    }
    return OK;
}

// Names beside the engagement; what the asker may not see stays away.
static enum err load_names(struct ctx *cx, struct answer *a)
{
    struct person p;
    if (a->e.from_person.n != 0) {
        TRY(person_load(cx, a->e.from_person, &p));
        a->from_person = p.name;
    }
    if (a->e.solution.n == 0)
        return OK;
    struct ctx quiet = ctx_quiet(cx);
    enum err err = solution_load(&quiet, a->e.solution, &a->solution);
    return err == ERR_ABSENT ? OK : err;
}

enum err answer_open(struct ctx *cx, const struct request *rq, struct answer *out)
{
    *out = (struct answer){0};
    const char *name =
        arena_z(cx->arena, arena_fmt(cx->arena, "antwort-%lld", (long long)path_int(rq, 1)));
    TRY(sheet_open(cx, rq, name, DRAFT_HANDOVER, &out->sheet));
    out->sheet.changed = false;    // answers carry the engagement's version, not the case's
    TRY(engagement_load(cx, (engagement_id){path_int(rq, 1)}, &out->e));
    if (out->e.ticket.n != out->sheet.ticket.id.n)
        return db_absent(cx);
    enum engagement_state next;
    out->over = !engagement_check_next(out->e.mode, out->e.state, ENGAGE_ACCEPT, &next);
    out->missing = engagement_check_missing(cx->arena, &out->e.contract, cx->lang);
    TRY(load_teams(cx, out));
    return load_names(cx, out);
}

struct engagement_at answer_at(const struct request *rq, const struct answer *a)
{
    return (struct engagement_at){a->e.id, form_int(rq, "version", 0)};
}

struct words answer_title(const struct answer *a)
{
    bool back = a->e.mode == ENGAGE_RETURN;
    if (a->over)
        return back ? SAY("Return", "Rückgabe") : SAY("Hand-over", "Übergabe");
    if (!a->mine)
        return back ? SAY("A return is under way", "Rückgabe läuft")
                    : SAY("A hand-over is under way", "Übergabe läuft");
    return back ? SAY("Accept the return", "Rückgabe annehmen")
                : SAY("Accept the hand-over", "Übergabe annehmen");
}

// N4.  What was typed and refused comes back all the same.
enum err answer_instead(struct ctx *cx, const struct request *rq, struct reply *rp,
                        const struct sheet *s, bool *led)
{
    struct engagement e;
    TRY(engagement_pending(cx, s->ticket.id, &e));
    *led = e.id.n != 0 && !rq->again;
    return *led ? see_other(cx, rp, "/w/t/" STR_FMT "/annehmen/%lld", STR_ARG(s->number),
                            (long long)e.id.n)
                : OK;
}

// --- accept ------------------------------------------------------------------------------

static enum ticket_saying next_step(enum asked_for ask)
{
    switch (ask) {
    case ASK_SOLVE:
        return SAYING_CAUSE;
    case ASK_KNOWHOW:
        return SAYING_HOW;
    case ASK_FIX:
        return SAYING_FIX;
    case ASK_DECISION:
        return SAYING_DECISION;
    case ASK_ACCESS:
        return SAYING_ACCESS;
    }
    return SAYING_TAKE;
}

// N1.  What comes back goes on where it stopped.
static struct words proposed_line(const struct engagement *e)
{
    if (e->mode != ENGAGE_RETURN)
        return ticket_said_words(next_step(e->contract.asked_for));
    if (e->reason == RETURN_INCOMPLETE)
        return ticket_said_words(SAYING_MISSING);
    return ticket_said_words(e->reason == RETURN_KNOWN ? SAYING_SOLUTION : SAYING_BACK);
}

static enum err open_accept(struct ctx *cx, struct request *rq, struct answer *a)
{
    TRY(answer_open(cx, rq, a));
    a->line = str_trim(form_text(rq, "line"));
    a->proposed = proposed_line(&a->e);
    a->as_proposed = form_has(rq, "proposed");
    a->until = str_trim(form_text(rq, "until"));
    a->care = str_eq(form_or(rq, "care", S("0")), S("1"));
    return OK;
}

static enum err show_accept(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct answer *a = make(cx->arena, struct answer, 1);
    TRY(open_accept(cx, rq, a));
    if (a->e.mode == ENGAGE_CONSULT)
        return see_other(cx, rp, "/w/t/" STR_FMT "/rueckfrage/%lld", STR_ARG(a->sheet.number),
                         (long long)a->e.id.n);
    if (a->e.mode == ENGAGE_SWARM)
        return see_other(cx, rp, "/w/t/" STR_FMT "/schwarm", STR_ARG(a->sheet.number));
    html_accept(page_begin(cx, rq, rp, 200), a);
    return OK;
}

// "Ich prüfe den Port" and "14 Uhr" are one line in the case: "Ich prüfe den Port, bis 14 Uhr".
static str whole_line(struct ctx *cx, const struct answer *a)
{
    bool own = a->line.n > 0 || !a->as_proposed;    // N1: own words win
    str line = own ? a->line : words_in(a->proposed, cx->lang);
    if (a->until.n == 0 || line.n == 0)
        return line;
    line = str_ends(line, S(".")) ? str_head(line, line.n - 1) : line;
    return arena_fmt(cx->arena,
                     cx->lang == LANG_EN ? STR_FMT ", by " STR_FMT : STR_FMT ", bis " STR_FMT,
                     STR_ARG(line), STR_ARG(a->until));
}

static enum err accept(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct answer *a = make(cx->arena, struct answer, 1);
    TRY(open_accept(cx, rq, a));
    TRY(engagement_accept(cx, answer_at(rq, a), whole_line(cx, a), a->care));
    return sheet_done(cx, rp, &a->sheet);
}

// --- decline, forward, withdraw ----------------------------------------------------------

static enum err open_decline(struct ctx *cx, struct request *rq, struct answer *a)
{
    TRY(answer_open(cx, rq, a));
    struct engagement_target *target;
    str missing = a->missing.n == 0
                      ? S("")
                      : arena_fmt(cx->arena, STR_FMT STR_FMT,
                                  STR_ARG(words_in(SAY("Missing: ", "Es fehlt: "), cx->lang)),
                                  STR_ARG(a->missing));
    a->line = sheet_text(rq, &a->sheet, "line", missing);
    TRY(engagement_target_list(cx, &a->sheet.ticket, ENGAGE_HANDOVER, &target, &a->targets));
    isize kept = 0;    // not to who has just been asked
    for (isize i = 0; i < a->targets; i++)
        if (target[i].team.n != a->e.to_team.n)
            target[kept++] = target[i];
    a->target = target;
    a->targets = a->e.mode == ENGAGE_HANDOVER ? kept : 0;
    a->chosen = (team_id){form_int(rq, "team", 0)};
    return OK;
}

static enum err show_decline(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct answer *a = make(cx->arena, struct answer, 1);
    TRY(open_decline(cx, rq, a));
    html_decline(page_begin(cx, rq, rp, 200), a);
    return OK;
}

static enum err decline(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct answer *a = make(cx->arena, struct answer, 1);
    TRY(open_decline(cx, rq, a));
    if (sheet_leaves(rq))
        return sheet_keep(cx, rq, rp, &a->sheet);
    TRY(engagement_decline(cx, answer_at(rq, a), a->line));
    TRY(sheet_forget(cx, &a->sheet));
    return sheet_done(cx, rp, &a->sheet);
}

static enum err forward(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct answer *a = make(cx->arena, struct answer, 1);
    engagement_id id;
    TRY(open_decline(cx, rq, a));
    TRY(engagement_forward(cx, answer_at(rq, a), a->chosen, &id));
    return sheet_done(cx, rp, &a->sheet);
}

static enum err withdraw(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct answer *a = make(cx->arena, struct answer, 1);
    TRY(answer_open(cx, rq, a));
    TRY(engagement_withdraw(cx, answer_at(rq, a)));
    return sheet_done(cx, rp, &a->sheet);
}

// clang-format off
const struct route answer_routes[] = {
    {GET,  "/w/t/{nr}/annehmen/{eid}",       CAN_WORK, show_accept,  .summary = "the sheet to accept a hand-over or a return"},
    {POST, "/w/t/{nr}/annehmen/{eid}",       CAN_WORK, accept,       show_accept,  .summary = "accept a hand-over or a return"},
    {GET,  "/w/t/{nr}/ablehnen/{eid}",       CAN_WORK, show_decline, .summary = "the sheet to decline a request"},
    {POST, "/w/t/{nr}/ablehnen/{eid}",       CAN_WORK, decline,      show_decline, .summary = "decline a request"},
    {POST, "/w/t/{nr}/weiterreichen/{eid}",  CAN_WORK, forward,      show_decline, .summary = "pass a request on to another team"},
    {POST, "/w/t/{nr}/zurueckziehen/{eid}",  CAN_WORK, withdraw,     show_accept,  .summary = "take a request back"},
    {0},
};
// clang-format on
