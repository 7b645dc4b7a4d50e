// SPDX-License-Identifier: GPL-3.0-or-later
#include "engagement/handover_http.h"

#include "base/now.h"
#include "base/when.h"
#include "engagement/answer_http.h"
#include "engagement/engagement_check.h"
#include "engagement/engagement_need.h"
#include "engagement/engagement_part.h"
#include "handover.html.h"
#include "outbox/outbox.h"
#include "promise/promise.h"
#include "solution/step.h"
#include "staff/authority.h"
#include "staff/level.h"
#include "ticket/ticket_said.h"
#include "triage/triage_case.h"


bool handover_chosen(const struct handover *h, const struct engagement_target *t)
{
    return h->chosen.n == t->team.n;
}

bool handover_first(const struct handover *h, const struct engagement_target *t)
{
    return h->chosen.n == 0 || handover_listed(h) ? t == h->target : handover_chosen(h, t);
}

bool handover_listed(const struct handover *h)
{
    for (isize i = TARGETS_SHOWN; i < h->targets; i++)
        if (h->target[i].team.n == h->chosen.n)
            return true;
    return false;
}

// S5.  By the letters of the words, but for those the sheet has in use.
const char *handover_cause_key(const struct page *p, enum handover_cause cause)
{
    static const char *const keys[][2] = {{"", ""},   {"k", "w"}, {"o", "g"},
                                          {"i", "b"}, {"t", "t"}, {"s", "s"}};
    return keys[cause][p->cx->lang == LANG_EN ? 0 : 1];
}

int handover_filled(const struct handover *h)
{
    struct engagement_contract c = h->contract;
    c.promised = h->clock.n > 0 ? h->clock : h->what;
    return engagement_check_completeness(&c) * 4 / 100;
}

// The promise of an answer that is open; its due is 0 when there is none.
static enum err open_promise(struct ctx *cx, ticket_id ticket, struct promise *out)
{
    struct promise *p;
    isize n;
    TRY(promise_list(cx, ticket, &p, &n));
    *out = (struct promise){0};
    for (isize i = 0; i < n; i++)
        if (p[i].state == PROMISE_OPEN && p[i].kind == PROMISE_ANSWER && out->id.n == 0)
            *out = p[i];
    return OK;
}

// A time that has passed cannot be promised again: the next one by the usual targets.
static enum err proposed(struct ctx *cx, const struct ticket *t, const struct promise *p,
                         instant *out)
{
    *out = p->due;
    if (p->due.ms > cx->now.ms)
        return OK;
    return promise_first_due(cx, t->id, t->priority, t->channel, cx->now, out);
}

// S4.  In the words customers know: the second level is the Fachtechnik (staff/level.h).
// Nobody has accepted yet, so that it does not say where the request is, but whom we asked.
static enum err news(struct ctx *cx, struct handover *h, instant due)
{
    struct levels l;
    TRY(level_load(cx, &l));
    bool formal = ticket_is_formal(&h->sheet.ticket);
    const struct engagement_target *t = engagement_target_of(h->target, h->targets, h->chosen);
    int level = t != NULL ? t->level : 2;
    struct words who = level >= 2 && level < LEVELS
                           ? l.level[level].customer
                           : SAY("with another team", "bei einem anderen Team");
    bool written = h->sheet.ticket.contact_mail.n > 0;    // behind a greeting and its comma
    struct words when =
        (written ? promise_written : promise_words)(cx->arena, cx->now, due, formal);
    h->told.en = arena_fmt(cx->arena, "We have placed your request " STR_FMT ". " STR_FMT ".",
                           STR_ARG(who.en), STR_ARG(when.en));
    h->told.de = arena_fmt(cx->arena,
                           "%s haben für %s Anliegen " STR_FMT
                           " um Hilfe gebeten. " STR_FMT ".",
                           written ? "wir" : "Wir", formal ? "Ihr" : "dein", STR_ARG(who.de),
                           STR_ARG(when.de));
    return OK;
}

static enum err fill_promise(struct ctx *cx, const struct request *rq, struct handover *h)
{
    struct promise open;
    const struct ticket *t = &h->sheet.ticket;
    TRY(open_promise(cx, t->id, &open));
    instant due;
    TRY(proposed(cx, t, &open, &due));
    h->day = sheet_text(rq, &h->sheet, "day", when_day(cx->arena, due, cx->lang));
    h->clock = sheet_text(rq, &h->sheet, "clock", when_clock(cx->arena, due));
    h->what = sheet_text(rq, &h->sheet, "what", open.what);
    h->tell = sheet_text(rq, &h->sheet, "tell", S("1")).n > 0;
    when_read(h->day, h->clock, cx->now, &due);
    return news(cx, h, due);
}

// S8.  What is sent says itself which team is meant.
static void fill_choice(const struct request *rq, struct handover *h,
                        struct engagement_target *target)
{
    bool sent = form_has(rq, "version");
    const struct engagement_target *best = engagement_target_to_front(target, h->targets);
    int64_t team = best != NULL && !sent ? best->team.n : 0;
    if (!str_to_int(sheet_text(rq, &h->sheet, "other", S("")), &team))
        (void)str_to_int(sheet_text(rq, &h->sheet, "team", S("")), &team);
    h->chosen = (team_id){team};
}

static bool did_not_help(const struct step *step, isize n)
{
    bool failed = false;
    for (isize i = 0; i < n; i++) {
        if (step[i].result == STEP_HELPED)
            return false;
        failed |= step[i].result == STEP_FAILED && step[i].solution.n != 0;
    }
    return failed;
}

// S5
static enum err likely_cause(struct ctx *cx, struct handover *h, enum handover_cause *out)
{
    const struct ticket *t = &h->sheet.ticket;
    struct step *step;
    isize steps;
    bool able;
    TRY(authority_of_level(cx, t->level, AUTHORITY_SOLVE, t->category, &able));
    TRY(step_list(cx, t->id, &step, &steps));
    if (!able) {
        *out = CAUSE_RIGHT;
        h->why = SAY("This level may not solve this topic itself.",
                     "Dieses Level darf dieses Thema nicht selbst lösen.");
    } else if (did_not_help(step, steps)) {
        *out = CAUSE_KNOWLEDGE;
        h->why = SAY("Steps of a known solution did not help.",
                     "Schritte einer bekannten Lösung haben nicht geholfen.");
    }
    return OK;
}

// Of the chosen team; where none is, of the next level.
static int level_asked(const struct handover *h)
{
    const struct engagement_target *t = engagement_target_of(h->target, h->targets, h->chosen);
    return t != NULL ? t->level : (int)int_min(h->sheet.ticket.level + 1, LEVEL_LAST_OWN);
}

bool handover_asks_what_for(const struct handover *h)
{
    return level_asked(h) >= LEVEL_LAST_OWN;
}

static enum err fill_contract(struct ctx *cx, const struct request *rq, struct handover *h)
{
    struct engagement_contract c;
    const struct sheet *s = &h->sheet;
    enum handover_cause likely = 0;
    int64_t asked = 0, cause = 0;
    TRY(engagement_contract_from(cx, s->ticket.id, &c));
    if (!form_has(rq, "version"))
        TRY(likely_cause(cx, h, &likely));
    str usual = handover_asks_what_for(h) ? S("") : arena_fmt(cx->arena, "%d", (int)ASK_SOLVE);
    if (!str_to_int(sheet_text(rq, s, "asked_for", usual), &asked))
        asked = 0;
    if (!str_to_int(sheet_text(rq, s, "cause", S("")), &cause))
        cause = likely;
    h->contract =
        (struct engagement_contract){.problem = sheet_text(rq, s, "problem", c.problem),
                                     .tried = sheet_text(rq, s, "tried", c.tried),
                                     .situation = sheet_text(rq, s, "situation", c.situation),
                                     .asked_for = (enum asked_for)asked,
                                     .cause = (enum handover_cause)cause,
                                     .live = sheet_text(rq, s, "live", S("")).n > 0};
    return OK;
}

// The writer does not ask again what the sheet that is sent had suggested.
static enum err open(struct ctx *cx, struct request *rq, struct handover *h, bool shows)
{
    struct engagement_target *target;
    *h = (struct handover){0};
    TRY(sheet_open(cx, rq, "uebergabe", DRAFT_HANDOVER, &h->sheet));
    const struct ticket *t = &h->sheet.ticket;
    TRY(engagement_target_list(cx, t, ENGAGE_HANDOVER, &target, &h->targets));
    h->target = target;
    h->suggested = (team_id){form_int(rq, "v-team", 0)};
    if (shows) {
        TRY(engagement_target_alike(cx, t, target, h->targets, &h->suggested));
        TRY(presence_oncall_now(cx, &h->oncall, &h->oncalls));    // S10
    }
    for (isize i = 0; i < h->targets; i++)
        h->ready |= target[i].ready;
    fill_choice(rq, h, target);
    TRY(engagement_accept_due(cx, t, level_asked(h), ENGAGE_HANDOVER, &h->accept_by));
    TRY(engagement_need_of(cx, t->category, &h->needs));
    TRY(fill_contract(cx, rq, h));
    return fill_promise(cx, rq, h);
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct handover *h = make(cx->arena, struct handover, 1);
    bool led;
    TRY(open(cx, rq, h, true));
    TRY(answer_instead(cx, rq, rp, &h->sheet, &led));
    if (!led)
        html_handover(page_begin(cx, rq, rp, 200), h);
    return OK;
}

// S4
static enum err tell_customer(struct ctx *cx, struct ticket_at *at, const struct handover *h)
{
    const struct ticket *t = &h->sheet.ticket;
    message_id id;
    struct message_new m = {.kind = MESSAGE_REPLY,
                            .channel = CHANNEL_MAIL,
                            .body = arena_fmt(cx->arena, STR_FMT "\n\n" STR_FMT,
                                              STR_ARG(ticket_greeting(cx->arena, t)),
                                              STR_ARG(words_in(h->told, t->lang))),
                            .seen = MESSAGE_SEEN_ALL};
    return outbox_say(cx, at, &m, &id);
}

// S3.  What is promised already keeps its words, unless others are typed.
static enum err promise_by(struct ctx *cx, struct ticket_at *at, const struct handover *h,
                           const struct promise *open, instant due)
{
    promise_id id;
    bool de = h->sheet.ticket.lang != LANG_EN;
    bool other = h->what.n > 0 && !str_eq(h->what, open->what);
    if (open->id.n == 0 || other)
        return promise_give(
            cx, at,
            &(struct promise_new){.kind = PROMISE_ANSWER, .what = h->what, .due = due}, &id);
    if (open->due.ms / MINUTE_MS == due.ms / MINUTE_MS)
        return OK;
    return promise_move(cx, at, open->id, due, de ? S("Übergabe") : S("Handed over"), &id);
}

// Leaves in the contract what the customer was told, with its time.
static enum err promise_it(struct ctx *cx, struct ticket_at *at, struct handover *h)
{
    struct promise open;
    instant due;
    if (h->clock.n == 0) {
        h->contract.promised = h->what;
        return OK;
    }
    if (!when_read(h->day, h->clock, cx->now, &due))
        return invalid(cx, "clock", "Please give the day and the time, like 24 Nov and 14:00.",
                       "Bitte Tag und Uhrzeit angeben, etwa 24.11. und 14:00.");
    TRY(open_promise(cx, at->id, &open));
    bool same = open.due.ms / MINUTE_MS == due.ms / MINUTE_MS;
    if (!same && due.ms <= cx->now.ms)
        return invalid(cx, "clock", "This time is over. When will the customer hear from us?",
                       "Diese Zeit ist schon vorbei. Bis wann melden wir uns?");
    h->contract.promised =
        ticket_said_promised(cx->arena, h->what, due, h->sheet.ticket.lang);
    if (h->tell && h->sheet.ticket.contact_mail.n > 0)
        TRY(tell_customer(cx, at, h));
    return promise_by(cx, at, h, &open, due);
}

// S8.  G20 asks a person for the cause, and programs not.
static enum err check_chosen(struct ctx *cx, const struct handover *h)
{
    enum err err = OK;
    if (h->chosen.n == 0)
        err = invalid(cx, "team", "Please choose a team.", "Bitte wähle ein Team.");
    if (h->contract.cause == 0)
        err = invalid(cx, "cause", "Please say what is lacking here.",
                      "Bitte wähle, woran es hier fehlt.");
    return err;
}

static bool chosen_is_ready(const struct handover *h)
{
    const struct engagement_target *t = engagement_target_of(h->target, h->targets, h->chosen);
    return t != NULL && t->ready;
}

// S4.  What the script keeps answers with what the customer would be told now.
static enum err keep(struct ctx *cx, struct request *rq, struct reply *rp,
                     const struct handover *h)
{
    TRY(sheet_keep(cx, rq, rp, &h->sheet));
    if (rp->status != 204)
        return OK;
    page_begin(cx, rq, rp, 200);
    rp->type = "text/plain; charset=utf-8";
    buf_put(rp->body, words_in(h->told, h->sheet.ticket.lang));
    return OK;
}

static enum err send(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct handover *h = make(cx->arena, struct handover, 1);
    engagement_id id;
    TRY(open(cx, rq, h, false));
    if (sheet_leaves(rq))
        return keep(cx, rq, rp, h);
    struct ticket_at at = sheet_at(rq, &h->sheet);
    TRY(check_chosen(cx, h));
    h->contract.live = h->contract.live && chosen_is_ready(h);    // S6
    TRY(promise_it(cx, &at, h));
    TRY(engagement_hand_over(cx, &at, h->chosen, &h->contract, &id));
    TRY(triage_case_judge(cx, &at, TRIAGE_TEAM, h->suggested.n, h->chosen.n));
    TRY(sheet_forget(cx, &h->sheet));
    return sheet_done(cx, rp, &h->sheet);
}

// clang-format off
const struct route handover_routes[] = {
    {GET,  "/w/t/{nr}/uebergabe", CAN_WORK, show, .summary = "the hand-over sheet"},
    {POST, "/w/t/{nr}/uebergabe", CAN_WORK, send, show, .summary = "hand a case over to another team"},
    {0},
};
// clang-format on
