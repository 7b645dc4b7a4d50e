// SPDX-License-Identifier: GPL-3.0-or-later
#include "inbox/day_http.h"

#include "base/limits.h"
#include "base/now.h"
#include "day.html.h"
#include "day.sql.h"
#include "engagement/engagement_live.h"

enum { PROMISES = 20, WAIT_MARGIN_MS = 15 * 60 * 1000 };

bool day_by_promise(const struct engagement_waiting *k)
{
    return k->due.ms != 0 && (k->accept_due.ms == 0 || k->due.ms < k->accept_due.ms);
}

instant day_due(const struct engagement_waiting *k)
{
    return day_by_promise(k) ? k->due : k->accept_due;
}

int64_t day_covers(const struct day_page *v, const struct presence_span *absence)
{
    int64_t n = 0;
    for (isize i = 0; i < v->covers; i++)
        n += str_eq(v->cover[i].absent, absence->name);
    return n;
}

struct url day_answer(const struct page *p, const struct engagement_waiting *k)
{
    str number = ticket_number_shown(p->cx->arena, k->number);
    if (k->mode == ENGAGE_SWARM)
        return (struct url){
            arena_fmt(p->cx->arena, "/w/t/" STR_FMT "/schwarm", STR_ARG(number))};
    return (struct url){arena_fmt(p->cx->arena, "/w/t/" STR_FMT "/%s/%lld", STR_ARG(number),
                                  k->mode == ENGAGE_CONSULT ? "rueckfrage" : "annehmen",
                                  (long long)k->id.n)};
}

static enum err load_promises(struct ctx *cx, bool all, struct day_page *v)    // Y2
{
    struct q_day_promises *row;
    TRY(q_day_promises(cx, instant_plus(cx->now, DAY_S), all ? LIMIT_ROWS : PROMISES, &row,
                       &v->promises));
    v->promise = make(cx->arena, struct day_promise, v->promises);
    for (isize i = 0; i < v->promises; i++)
        v->promise[i] = (struct day_promise){.what = row[i].what,
                                             .subject = row[i].subject,
                                             .contact = row[i].contact,
                                             .due = row[i].due,
                                             .number = row[i].number,
                                             .level = (int)row[i].level,
                                             .priority = (int)row[i].priority,
                                             .vip = row[i].vip,
                                             .waits = row[i].waits};
    v->promised = v->promises > 0 ? row[0].among : 0;
    return OK;
}

// Y1.  Whom one stands in for comes first (news.h).
static enum err load_news(struct ctx *cx, struct day_page *v)
{
    isize n;
    TRY(news_list(cx, &v->cover, &n));
    while (v->covers < n && v->cover[v->covers].absent.n > 0)
        v->covers++;
    v->came = v->cover + v->covers;
    v->cames = n - v->covers;
    TRY(presence_covered(cx, &v->covered, &v->covereds));
    return presence_oncall_own(cx, &v->oncall, &v->oncalls);
}

static enum err load_unsaid(struct ctx *cx, enum day_unsaid_why why, struct day_unsaid **out,
                            isize *n)
{
    struct q_day_unsaid *row;
    TRY(q_day_unsaid(cx, why, PROMISES, &row, n));
    *out = make(cx->arena, struct day_unsaid, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct day_unsaid){.subject = row[i].subject,
                                        .contact = row[i].contact,
                                        .vip = row[i].vip,
                                        .at = row[i].at,
                                        .number = row[i].number,
                                        .level = (int)row[i].level,
                                        .over = row[i].over};
    return OK;
}

// What waits for acceptance stands with what came back, not with what is asked for.
static enum err load_asked(struct ctx *cx, struct day_page *v)
{
    struct engagement_waiting *all;
    isize n;
    TRY(engagement_path_waiting(cx, (team_id){0}, &all, &n));
    v->asked = make(cx->arena, struct engagement_waiting, n);
    v->back = make(cx->arena, struct engagement_waiting, n);
    for (isize i = 0; i < n; i++)
        if (all[i].mode == ENGAGE_RETURN)
            v->back[v->backs++] = all[i];
        else
            v->asked[v->askeds++] = all[i];
    return OK;
}

static bool waits(const struct day_page *v, ticket_id id)
{
    for (isize i = 0; i < v->backs; i++)
        if (v->back[i].ticket.n == id.n)
            return true;
    return false;
}

// Y3: by the due time, without one behind those with one, then the oldest; as lists do (I2).
static bool before(const struct ticket_row *a, const struct ticket_row *b)
{
    if (a->due.ms != b->due.ms)
        return b->due.ms == 0 || (a->due.ms != 0 && a->due.ms < b->due.ms);
    return a->id.n < b->id.n;
}

static void put_in_order(struct day_page *v, struct ticket_row row)
{
    isize at = v->returneds++;
    for (; at > 0 && before(&row, &v->returned[at - 1]); at--)
        v->returned[at] = v->returned[at - 1];
    v->returned[at] = row;
}

// Of all of the asker's teams; each view of a team needs one.
static enum err load_returned(struct ctx *cx, struct day_page *v)
{
    int mine;
    struct ticket_counts *team;
    isize teams;
    TRY(ticket_list_counts(cx, &mine, &team, &teams));
    v->returned = make(cx->arena, struct ticket_row, teams * PROMISES);
    for (isize i = 0; i < teams; i++) {
        struct ticket_page page = {0};
        struct ticket_filter f = {
            .view = VIEW_RETURNED, .team = team[i].team, .rows = PROMISES};
        if (team[i].returned > 0)
            TRY(ticket_list(cx, &f, &page));
        for (isize k = 0; k < page.n; k++)
            if (!waits(v, page.row[k].id))
                put_in_order(v, page.row[k]);
    }
    return OK;
}

static enum err load_waits(struct ctx *cx, struct day_page *v)
{
    struct q_day_waits *row;
    TRY(q_day_waits(cx, WAIT_MARGIN_MS, &row, &v->waits));
    v->wait = make(cx->arena, struct day_waits, v->waits);
    for (isize i = 0; i < v->waits; i++)
        v->wait[i] = (struct day_waits){
            {row[i].team_en, row[i].team_de}, row[i].waiting, row[i].answered, row[i].late};
    return OK;
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct day_page v = {0};
    TRY(escalation_mine(cx, &v.led, &v.leds, &v.more_led));
    while (v.untaken < v.leds && v.led[v.untaken].state == ESCALATION_OPEN)
        v.untaken++;
    TRY(escalation_news(cx, &v.told, &v.tolds));
    TRY(load_unsaid(cx, UNSAID_UNREACHED, &v.unreached, &v.unreacheds));
    TRY(load_unsaid(cx, UNSAID_HELD, &v.held, &v.helds));
    TRY(load_unsaid(cx, UNSAID_UNTOLD, &v.untold, &v.untolds));
    TRY(load_news(cx, &v));
    TRY(load_promises(cx, form_has(rq, "alle"), &v));
    TRY(load_asked(cx, &v));
    TRY(load_returned(cx, &v));
    TRY(duty_list(cx, (team_id){0}, &v.duty, &v.duties));
    TRY(duty_news(cx, &v.fresh, &v.freshs));
    TRY(load_waits(cx, &v));
    TRY(forge_issue_news(cx, &v.news, &v.newss));
    TRY(engagement_live_is_ready(cx, &v.ready));
    html_day(page_begin(cx, rq, rp, 200), &v);
    return OK;
}

// clang-format off
const struct route day_routes[] = {
    {GET, "/w", CAN_WORK, show, .summary = "my day"},
    {0},
};
// clang-format on
