// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/replay.h"

#include "base/now.h"
#include "contact/contact.h"
#include "engagement/engagement.h"
#include "message/message.h"
#include "promise/promise.h"
#include "solving/solving.h"

// A step of the case: a message or a hand-over, in the order of their minutes.
struct step {
    int64_t minute, nth;    // nth: equal minutes stay in the order of the file
    const struct json *message, *handover;
};

struct play {
    struct demo *d;
    const struct json *o;
    instant start;
    struct ticket_at at;
    contact_id contact;
    bool first;    // the first message is the case itself
};

static void set_time(struct ctx *cx, struct play *p, int64_t minute)
{
    cx->now = instant_plus(p->start, minute * 60);
    if (cx->now.ms > p->d->now.ms)
        cx->now = p->d->now;
}

static enum err act_as(struct ctx *cx, person_id who)
{
    struct who w;
    TRY(access_who(cx, who, &w));
    cx->who = w;
    return OK;
}

static person_id person_of(const struct demo *d, str login)
{
    return (person_id){demo_find(d->person, d->people, login)};
}

static bool is_member(const struct demo *d, person_id who, team_id team)
{
    for (isize i = 0; i < d->members; i++)
        if (d->member[i].person.n == who.n && d->member[i].team.n == team.n)
            return true;
    return false;
}

// Somebody of the team: the one the case names, if he is in it, else the first.
static person_id somebody(const struct demo *d, team_id team, str preferred)
{
    person_id wanted = person_of(d, preferred);
    if (is_member(d, wanted, team))
        return wanted;
    for (isize i = 0; i < d->members; i++)
        if (d->member[i].team.n == team.n && d->member[i].person.n != d->lead.n)
            return d->member[i].person;
    return d->lead;
}

static team_id team_of(const struct demo *d, const struct json *o, const char *key)
{
    return (team_id){demo_find(d->team, d->teams, json_text(o, key))};
}

static int code(const struct ticket_word *table, const struct json *o, const char *key,
                int otherwise)
{
    int found;
    return ticket_words_find(table, json_text(o, key), &found) ? found : otherwise;
}

// --- the beginning ---------------------------------------------------------------------------

static enum err begin(struct ctx *cx, struct play *p)
{
    const struct json *o = p->o, *lagebild = json_get(o, "lagebild");
    const struct demo *d = p->d;
    struct ticket_new n = {
        .channel = (enum channel)code(ticket_words_channel, o, "channel", CHANNEL_MAIL),
        .type = (enum ticket_type)code(ticket_words_type, o, "type", TICKET_INCIDENT),
        .subject = json_text(o, "subject"),
        .problem = json_text(lagebild, "problem"),
        .contact = p->contact,
        .lang = str_eq(json_text(o, "language"), S("en")) ? LANG_EN : LANG_DE,
        .category = {demo_find(d->category, d->categories, json_text(o, "category"))},
        .product = {demo_find(d->product, d->products, json_text(o, "product"))},
        .impact = (int)json_number(o, "impact", 1),
        .urgency = (int)json_number(o, "urgency", 2),
        .team = team_of(d, o, "care_team")};
    struct ticket_made made;
    instant due;
    TRY(ticket_create(cx, &n, &made));
    p->at = made.at;
    TRY(promise_first(cx, &made, n.channel, &due));
    p->at = made.at;
    return OK;
}

// --- messages --------------------------------------------------------------------------------

static enum err from_customer(struct ctx *cx, struct play *p, const struct json *m)
{
    struct message_new n = {
        .kind = MESSAGE_CUSTOMER,
        .contact = p->contact,
        .channel = (enum channel)code(ticket_words_channel, p->o, "channel", CHANNEL_MAIL),
        .body = json_text(m, "text"),
        .seen = MESSAGE_SEEN_ALL};
    struct message_received got;
    cx->who = p->d->system;
    TRY(message_receive(cx, p->at.id, &n, &got));
    p->at = got.at;
    return OK;
}

// Who answers works on it: takes it first, if nobody has.
static enum err make_sure_taken(struct ctx *cx, struct play *p)
{
    struct ticket t;
    TRY(ticket_load(cx, p->at.id, &t));
    p->at.version = t.version;
    if (t.status != TICKET_NEW || !is_member(p->d, cx->who.person, t.work_team))
        return OK;
    return ticket_take(cx, &p->at);
}

// Colleagues who are only heard on the phone see the case from then on.
static enum err bring_in(struct ctx *cx, struct play *p, person_id who)
{
    cx->who = p->d->system;
    for (isize i = 0; i < p->d->members; i++)
        if (p->d->member[i].person.n == who.n)
            TRY(ticket_see(cx, p->at.id, p->d->member[i].team));
    return OK;
}

static enum err from_staff(struct ctx *cx, struct play *p, const struct json *m)
{
    str kind = json_text(m, "kind");
    team_id care = team_of(p->d, p->o, "care_team");
    person_id who = person_of(p->d, json_text(m, "person"));
    who = who.n != 0 ? who : somebody(p->d, care, S(""));
    TRY(bring_in(cx, p, who));
    TRY(act_as(cx, who));
    struct message_new n = {.kind = str_eq(kind, S("public")) ? MESSAGE_REPLY
                                    : str_eq(kind, S("call")) ? MESSAGE_CALL
                                                              : MESSAGE_NOTE,
                            .channel = str_eq(kind, S("call")) ? CHANNEL_PHONE : CHANNEL_MAIL,
                            .body = json_text(m, "text"),
                            .seen = MESSAGE_SEEN_ALL};
    n.sent = n.kind == MESSAGE_REPLY ? MESSAGE_SENT : MESSAGE_NOT_SENT;
    message_id id;
    TRY(make_sure_taken(cx, p));
    TRY(message_add(cx, &p->at, &n, &id));
    return n.kind == MESSAGE_REPLY ? promise_answered(cx, &p->at) : OK;
}

static enum err say(struct ctx *cx, struct play *p, const struct json *m)
{
    str from = json_text(m, "from"), kind = json_text(m, "kind");
    if (str_eq(from, S("staff")) || str_eq(kind, S("call")))
        return from_staff(cx, p, m);
    return from_customer(cx, p, m);
}

// --- hand-overs ------------------------------------------------------------------------------

static enum err accept(struct ctx *cx, struct play *p, engagement_id id, team_id to, str line)
{
    struct engagement e;
    TRY(act_as(cx, somebody(p->d, to, json_text(p->o, "person"))));
    TRY(engagement_load(cx, id, &e));
    return engagement_accept(cx, (struct engagement_at){id, e.version},
                             line.n > 0 ? line : S("Ich übernehme und melde mich."), false);
}

static enum err refresh(struct ctx *cx, struct play *p)
{
    struct ticket t;
    cx->who = p->d->system;
    TRY(ticket_load(cx, p->at.id, &t));
    p->at.version = t.version;
    return OK;
}

static enum err give_back(struct ctx *cx, struct play *p, const struct json *h)
{
    engagement_id id;
    int64_t reason = json_number(h, "return_reason", RETURN_INCOMPLETE);
    struct engagement_return r = {.reason = (enum return_reason)reason,
                                  .text = json_text(h, "return_text")};
    if (r.text.n == 0)
        r.text = json_text(h, "accept_line");
    if (r.text.n == 0)
        r.text = S("Bitte noch die fehlenden Angaben ergänzen.");
    TRY(refresh(cx, p));
    TRY(act_as(cx, somebody(p->d, team_of(p->d, h, "to_team"), json_text(p->o, "person"))));
    return engagement_return(cx, &p->at, &r, &id);
}

// A level is skipped by the lead alone (G7), and the lead may hand over for any team.
static enum err hand_over(struct ctx *cx, struct play *p, const struct json *h)
{
    struct ticket t;
    struct team to;
    engagement_id id;
    cx->who = p->d->system;
    TRY(ticket_load(cx, p->at.id, &t));
    TRY(team_load(cx, team_of(p->d, h, "to_team"), &to));
    p->at.version = t.version;
    bool skips = to.level > t.level + 1 || to.level < t.level;
    TRY(act_as(cx,
               skips ? p->d->lead : somebody(p->d, t.work_team, json_text(p->o, "person"))));
    const struct json *promise = json_get(p->o, "promise");
    str promised = promise != NULL ? json_text(promise, "what")
                                   : json_text(json_get(p->o, "lagebild"), "promised");
    bool en = t.lang == LANG_EN;
    struct engagement_contract c = {
        .problem = arena_fmt(cx->arena, STR_FMT "\n%s: " STR_FMT, STR_ARG(json_text(h, "problem")),
                             en ? "Asked for" : "Gebeten um", STR_ARG(json_text(h, "asked_for"))),
        .tried = json_text(h, "tried"),
        .promised = promised.n > 0 ? promised : S("Wir melden uns heute noch."),
        .situation = t.contact_reach,
        .asked_for = to.level == 3 ? ASK_FIX : ASK_SOLVE};
    TRY(engagement_hand_over(cx, &p->at, to.id, &c, &id));
    str state = json_text(h, "state");
    if (str_eq(state, S("requested")))
        return OK;
    cx->now = instant_plus(cx->now, 240);
    TRY(accept(cx, p, id, to.id, json_text(h, "accept_line")));
    return str_eq(state, S("returned")) ? give_back(cx, p, h) : OK;
}

// --- the end ---------------------------------------------------------------------------------

static enum err promise_of_case(struct ctx *cx, struct play *p)
{
    const struct json *o = json_get(p->o, "promise");
    promise_id id;
    if (o == NULL)
        return OK;
    instant due = instant_plus(p->d->now, json_number(o, "due_in_minutes", 60) * 60);
    instant today = cx->now;
    if (due.ms <= cx->now.ms)
        cx->now = instant_plus(due, -3600);    // it was given before its time passed
    struct promise_new n = {.kind = PROMISE_ANSWER, .what = json_text(o, "what"), .due = due};
    enum err err = promise_give(cx, &p->at, &n, &id);
    cx->now = today;
    return err;
}

static enum err solve(struct ctx *cx, struct play *p, bool closed)
{
    int64_t solution = demo_find(p->d->solution, p->d->solutions, json_text(p->o, "solution"));
    struct ticket t;
    TRY(ticket_load(cx, p->at.id, &t));
    TRY(act_as(cx, somebody(p->d, t.work_team, json_text(p->o, "person"))));
    struct solving s = {.solution = {solution},
                        .text = t.tried.n >= 20 ? t.tried
                                                : S("Mit der Kundin am Telefon gemeinsam gelöst."),
                        .told = true};
    struct solving_done done;
    TRY(solving_finish(cx, &p->at, &s, &done));
    if (!closed)
        return OK;
    cx->now = instant_plus(cx->now, 7 * 86400 + 60);
    cx->who = p->d->system;
    return ticket_close(cx, &p->at, false);
}

static enum err wait(struct ctx *cx, struct play *p, enum ticket_status what)
{
    const struct json *promise = json_get(p->o, "promise");
    int64_t minutes = promise == NULL ? 1440 : json_number(promise, "due_in_minutes", 1440);
    struct ticket_waiting w = {
        .for_what = what,
        .asked = cx->now,
        .until = instant_plus(p->d->now, (minutes > 5 ? minutes : 1440) * 60)};
    return ticket_wait(cx, &p->at, &w);
}

static enum err finish(struct ctx *cx, struct play *p)
{
    const struct json *lagebild = json_get(p->o, "lagebild");
    struct lagebild l = {json_text(lagebild, "problem"), json_text(lagebild, "tried"),
                         json_text(lagebild, "now")};
    int status = code(ticket_words_status, p->o, "status", TICKET_NEW);
    TRY(refresh(cx, p));
    TRY(ticket_set_lagebild(cx, &p->at, l));
    if (!ticket_is_over((enum ticket_status)status))
        TRY(promise_of_case(cx, p));
    struct ticket t;
    TRY(ticket_load(cx, p->at.id, &t));
    if (status != TICKET_NEW && t.status == TICKET_NEW)
        TRY(ticket_open(cx, &p->at));
    switch (status) {
    case TICKET_WAITING_CUSTOMER:
    case TICKET_WAITING_VENDOR:
    case TICKET_WAITING_DATE:
        return wait(cx, p, (enum ticket_status)status);
    case TICKET_SOLVED:
    case TICKET_CLOSED:
        return solve(cx, p, status == TICKET_CLOSED);
    default:
        return OK;
    }
}

// --- the whole -------------------------------------------------------------------------------

static int by_minute(const void *x, const void *y)
{
    const struct step *a = x, *b = y;
    int64_t apart = a->minute != b->minute ? a->minute - b->minute : a->nth - b->nth;
    return (apart > 0) - (apart < 0);
}

static struct step *steps_of(struct ctx *cx, const struct json *o, isize *n)
{
    const struct json *messages = json_get(o, "messages"),
                      *handovers = json_get(o, "handovers");
    *n = 0;
    for (const struct json *c = messages == NULL ? NULL : messages->child; c; c = c->next)
        ++*n;
    for (const struct json *c = handovers == NULL ? NULL : handovers->child; c; c = c->next)
        ++*n;
    struct step *s = make(cx->arena, struct step, *n + 1);
    isize i = 0;
    for (const struct json *c = messages == NULL ? NULL : messages->child; c; c = c->next, i++)
        s[i] = (struct step){json_number(c, "minutes_after", 0), i, c, NULL};
    for (const struct json *c = handovers == NULL ? NULL : handovers->child; c; c = c->next, i++)
        s[i] = (struct step){json_number(c, "minutes_after", 0), i, NULL, c};
    qsort(s, (size_t)*n, sizeof *s, by_minute);
    return s;
}

enum err demo_replay(struct ctx *cx, struct demo *d, const struct json *o)
{
    struct play p = {.d = d,
                     .o = o,
                     .start = instant_plus(d->now, -json_number(o, "age_minutes", 60) * 60),
                     .contact = {demo_find(d->contact, d->contacts, json_text(o, "contact"))}};
    isize n;
    struct step *s = steps_of(cx, o, &n);
    cx->who = d->system;
    set_time(cx, &p, 0);
    TRY(begin(cx, &p));
    for (isize i = 0; i < n; i++) {
        set_time(cx, &p, s[i].minute);
        TRY(s[i].message != NULL ? say(cx, &p, s[i].message)
                                 : hand_over(cx, &p, s[i].handover));
    }
    return finish(cx, &p);
}
