// SPDX-License-Identifier: GPL-3.0-or-later
#include "engagement/swarm_http.h"

#include "swarm.html.h"

str swarm_box(const struct page *p, team_id team)
{
    return arena_fmt(p->cx->arena, "team-%lld", (long long)team.n);
}

static enum err load_parts(struct ctx *cx, struct swarm *s)
{
    struct engagement *e;
    struct team *own;
    isize n, teams;
    TRY(engagement_list(cx, s->sheet.ticket.id, &e, &n));
    TRY(team_of_person(cx, cx->who.person, &own, &teams));
    struct swarm_part *part = make(cx->arena, struct swarm_part, n);
    for (isize i = 0; i < n; i++) {
        if (e[i].mode != ENGAGE_SWARM)
            continue;
        struct swarm_part *at = &part[s->parts++];
        at->e = e[i];
        for (isize k = 0; k < teams; k++) {
            at->mine |= own[k].id.n == e[i].to_team.n;
            at->sent |= own[k].id.n == e[i].from_team.n;
        }
    }
    s->part = part;
    return OK;
}

static bool takes_part(const struct engagement *e)
{
    return e->state == ENGAGED_REQUESTED || e->state == ENGAGED_ACCEPTED;
}

// R1: who is called already is not offered again.
static isize leave_out_called(const struct swarm *s, struct engagement_target *t, isize n)
{
    isize kept = 0;
    for (isize i = 0; i < n; i++) {
        bool called = false;
        for (isize k = 0; k < s->parts; k++)
            called |= s->part[k].e.to_team.n == t[i].team.n && takes_part(&s->part[k].e);
        if (!called)
            t[kept++] = t[i];
    }
    return kept;
}

static struct room_key room_of(const struct ticket *t)    // R4
{
    return (struct room_key){ROOM_CASE, t->id.n};
}

static enum err open(struct ctx *cx, struct request *rq, struct swarm *s)
{
    struct engagement_target *target;
    *s = (struct swarm){0};
    TRY(sheet_open(cx, rq, "schwarm", DRAFT_HANDOVER, &s->sheet));
    TRY(load_parts(cx, s));
    TRY(engagement_target_list(cx, &s->sheet.ticket, ENGAGE_SWARM, &target, &s->targets));
    s->targets = leave_out_called(s, target, s->targets);
    s->target = target;
    for (isize i = 0; i < s->parts; i++)    // R2: helping is the one way in
        s->room.asked |= s->part[i].mine && s->part[i].e.state == ENGAGED_REQUESTED;
    s->why = sheet_text(rq, &s->sheet, "why", S(""));
    s->room.action =
        (struct url){arena_fmt(cx->arena, "/w/t/" STR_FMT "/raum", STR_ARG(s->sheet.number))};
    s->room.closed = ticket_is_over(s->sheet.ticket.status);
    return room_panel(cx, room_of(&s->sheet.ticket), &s->room);
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct swarm *s = make(cx->arena, struct swarm, 1);
    TRY(open(cx, rq, s));
    html_swarm(page_begin(cx, rq, rp, 200), s);
    return OK;
}

static enum err call(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct swarm *s = make(cx->arena, struct swarm, 1);
    engagement_id id = {0};
    TRY(open(cx, rq, s));
    if (sheet_leaves(rq))
        return sheet_keep(cx, rq, rp, &s->sheet);
    struct ticket_at at = sheet_at(rq, &s->sheet);
    const struct page *p = &(struct page){.cx = cx};
    for (isize i = 0; i < s->targets; i++)    // R1
        if (form_has(rq, arena_z(cx->arena, swarm_box(p, s->target[i].team))))
            TRY(engagement_swarm(cx, &at, s->target[i].team, s->why, &id));
    if (id.n == 0)
        return invalid(cx, "team", "Which team should help?", "Welches Team soll helfen?");
    TRY(sheet_forget(cx, &s->sheet));
    return see_other(cx, rp, "/w/t/" STR_FMT "/schwarm", STR_ARG(s->sheet.number));
}

static enum err join_or_end(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct swarm *s = make(cx->arena, struct swarm, 1);
    TRY(open(cx, rq, s));
    struct engagement_at at = {{path_int(rq, 1)}, form_int(rq, "version", 0)};
    bool ours = false;
    for (isize i = 0; i < s->parts; i++)
        ours |= s->part[i].e.id.n == at.id.n;
    if (!ours)
        return db_absent(cx);
    if (str_eq(form_text(rq, "tun"), S("mithelfen"))) {
        TRY(engagement_accept(cx, at, S(""), false));
        TRY(room_join(cx, room_of(&s->sheet.ticket)));
    } else
        TRY(engagement_end(cx, at, form_text(rq, "line")));
    return see_other(cx, rp, "/w/t/" STR_FMT "/schwarm", STR_ARG(s->sheet.number));
}

static enum err in_room(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct ticket t;
    TRY(sheet_ticket(cx, rq, &t));
    TRY(room_act(cx, rq, room_of(&t)));
    return see_other(cx, rp, "/w/t/" STR_FMT "/schwarm#raum",
                     STR_ARG(ticket_number_shown(cx->arena, t.number)));
}

// clang-format off
const struct route swarm_routes[] = {
    {GET,  "/w/t/{nr}/schwarm",       CAN_WORK, show, .summary = "who helps with a case, and the sheet to call more"},
    {POST, "/w/t/{nr}/schwarm",       CAN_WORK, call, show, .summary = "call other teams to help"},
    {POST, "/w/t/{nr}/schwarm/{eid}", CAN_WORK, join_or_end, show, .summary = "join a swarm, or end the own part"},
    {POST, "/w/t/{nr}/raum",          CAN_WORK, in_room, show, .summary = "join the room of a case, add to its list"},
    {0},
};
// clang-format on
