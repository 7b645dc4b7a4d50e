// SPDX-License-Identifier: GPL-3.0-or-later
#include "flow/play.h"

#include "base/json.h"
#include "base/now.h"
#include "engagement/engagement.h"
#include "event/event.h"

enum { EXPERT_LEVEL = 3 };    // G3

// --- who and what there is -------------------------------------------------------------------

static enum err find_account(struct ctx *cx, struct play *p, person_id *out)
{
    struct person had;
    str login = arena_fmt(cx->arena, "import-%s", history_name(p->kind));
    enum err err = person_by_login(cx, login, &had);
    if (err == OK)
        *out = had.id;
    if (err != ERR_ABSENT)
        return err;
    ctx_forgive(cx);
    return person_add(
        cx,
        &(struct person){.login = login, .name = login, .role = ROLE_LEAD, .lang = cx->lang},
        out);
}

static enum err find_team(struct ctx *cx, str name, int level, struct play_team *out)
{
    struct team t = {.name = {name, name}, .level = level};
    enum err err = team_by_name(cx, name, &t);
    if (err == ERR_ABSENT) {
        ctx_forgive(cx);
        err = team_add(cx, &t, &t.id);
    }
    *out = (struct play_team){t.id, t.level};
    return err;
}

static enum err find_product(struct ctx *cx, str name, product_id *out)
{
    enum err err = product_by_name(cx, name, out);
    if (err != ERR_ABSENT)
        return err;
    ctx_forgive(cx);
    return product_add(cx, &(struct product){.name = name}, out);
}

// One of each name, and somebody in each team (G2).
static enum err find_all(struct ctx *cx, struct play *p, const struct history *h,
                         person_id account)
{
    const struct history_row *row = h->row;
    for (isize i = 0; i < h->rows; i++) {
        isize had = p->teams.items, at = 0;
        if (row[i].team.n > 0)
            at = tally_at(&p->teams, row[i].team);
        if (p->teams.items > had) {
            TRY(find_team(cx, row[i].team, row[i].level, &p->team[at]));
            TRY(person_join(cx, account, p->team[at].id));
        }
        had = p->products.items;
        if (row[i].product.n > 0)
            at = tally_at(&p->products, row[i].product);
        if (p->products.items > had)
            TRY(find_product(cx, row[i].product, &p->product[at]));
    }
    return OK;
}

static enum err keep_people(struct ctx *cx, enum history_kind kind, int64_t people)    // P5
{
    if (people == 0)
        return OK;
    str data = arena_fmt(cx->arena, "{\"src\":\"%s\",\"people\":%lld}", history_name(kind),
                         (long long)people);
    return event_add(cx, (struct event){.kind = "import.people", .data = data});
}

enum err play_prepare(struct ctx *cx, struct arena *kept, enum history_kind kind,
                      const struct history *h, struct play *out)
{
    struct play p = {.kind = kind,
                     .system = cx->who,
                     .teams = tally_new(kept),
                     .products = tally_new(kept),
                     .team = make(kept, struct play_team, h->rows + 1),
                     .product = make(kept, product_id, h->rows + 1)};
    struct team intake;
    person_id account;
    TRY(team_for_intake(cx, &intake));
    p.intake = (struct play_team){intake.id, intake.level};
    TRY(find_account(cx, &p, &account));
    TRY(find_all(cx, &p, h, account));
    TRY(keep_people(cx, kind, h->people));
    TRY(access_who(cx, account, &p.lead));
    *out = p;
    return OK;
}

// --- a case on its way -----------------------------------------------------------------------

struct move {
    team_id from, to;
    bool back;
};

struct way {
    const struct play *p;
    const struct history_row *row;
    struct ticket_at at;
    ticket_id before;    // the closed case this one follows
    int parts;           // how many cases it has become
    enum ticket_status status;
    instant solved;
    struct play_team team;     // works on it
    struct play_team asked;    // is to take it, or 0
    engagement_id asking;
    struct move *move;    // what was accepted, oldest first
    isize moves;
    bool back;    // what is asked is a return
    int impact, urgency;
    product_id product;
};

static struct play_team holder(const struct way *w)
{
    return w->asked.id.n != 0 ? w->asked : w->team;
}

static struct play_team wanted(const struct way *w)
{
    if (w->row->team.n == 0)
        return w->parts == 0 ? w->p->intake : holder(w);
    return w->p->team[tally_find(&w->p->teams, w->row->team)];
}

static enum ticket_status waiting_for(enum flow_means means)
{
    switch (means) {
    case FLOW_WAIT_USER:
    case FLOW_WAIT_CUSTOMER:
        return TICKET_WAITING_CUSTOMER;
    case FLOW_WAIT_VENDOR:
        return TICKET_WAITING_VENDOR;
    case FLOW_QUEUED:
    case FLOW_WORK:
    case FLOW_WAIT:
    case FLOW_NOTED:
    case FLOW_RESOLVED:
    case FLOW_DONE:
    case FLOW_CLOSED:
        break;
    }
    return TICKET_OPEN;
}

static str src_id_of(struct ctx *cx, const struct way *w)
{
    if (w->parts == 0)
        return w->row->id;
    return arena_fmt(cx->arena, STR_FMT "/%d", STR_ARG(w->row->id), w->parts + 1);
}

static enum err begin(struct ctx *cx, struct way *w)
{
    struct play_team team = wanted(w);
    struct ticket_made made;
    struct ticket_new n = {.channel = CHANNEL_IMPORT,
                           .type = TICKET_INCIDENT,
                           .subject = arena_fmt(cx->arena, STR_FMT " " STR_FMT,
                                                STR_ARG(w->row->id), STR_ARG(w->row->product)),
                           .product = w->product,
                           .impact = w->impact,
                           .urgency = w->urgency,
                           .team = team.id,
                           .follows = w->before,
                           .src = str_from_z(history_name(w->p->kind)),
                           .src_id = src_id_of(cx, w)};
    TRY(ticket_create(cx, &n, &made));
    w->at = (struct ticket_at){made.at.id, TICKET_ANY_VERSION};
    w->team = team;
    w->asked = (struct play_team){0};
    w->status = TICKET_NEW;
    w->moves = 0;
    w->parts++;
    return OK;
}

// --- teams -----------------------------------------------------------------------------------

// Who handed the case to the team that has it.
static team_id came_from(const struct way *w)
{
    for (isize i = w->moves - 1; i >= 0; i--)
        if (!w->move[i].back && w->move[i].to.n == w->team.id.n)
            return w->move[i].from;
    return (team_id){0};
}

static bool has_returned(const struct way *w, team_id to)
{
    for (isize i = 0; i < w->moves; i++)
        if (w->move[i].back && w->move[i].from.n == w->team.id.n && w->move[i].to.n == to.n)
            return true;
    return false;
}

static enum err accept(struct ctx *cx, struct way *w)
{
    if (w->asked.id.n == 0)
        return OK;
    str line =
        words_in(SAY("Taken over, as the log says.", "Übernommen, laut Protokoll."), cx->lang);
    TRY(engagement_accept(cx, (struct engagement_at){w->asking, 1}, line, false));
    w->move[w->moves++] = (struct move){w->team.id, w->asked.id, w->back};
    w->team = w->asked;
    w->asked = (struct play_team){0};
    if (w->status == TICKET_NEW)
        w->status = TICKET_OPEN;
    return OK;
}

static enum err give_back(struct ctx *cx, struct way *w)
{
    struct engagement_return r = {
        .reason = RETURN_OTHER_TEAM,
        .text = words_in(SAY("The log gives no reason.", "Das Protokoll nennt keinen Grund."),
                         cx->lang)};
    return engagement_return(cx, &w->at, &r, &w->asking);
}

static enum err hand_over(struct ctx *cx, struct way *w, struct play_team to)
{
    struct words none = SAY("The log names nothing.", "Das Protokoll nennt nichts.");
    struct engagement_contract c = {.problem = w->row->id,
                                    .promised = words_in(none, cx->lang),
                                    .asked_for =
                                        to.level >= EXPERT_LEVEL ? ASK_FIX : ASK_SOLVE};
    return engagement_hand_over(cx, &w->at, to.id, &c, &w->asking);
}

static enum err move_to(struct ctx *cx, struct way *w, struct play_team to)    // P3
{
    TRY(accept(cx, w));
    w->back = came_from(w).n == to.id.n && !has_returned(w, to.id);
    cx->who = w->p->lead;
    TRY(w->back ? give_back(cx, w) : hand_over(cx, w, to));
    cx->who = w->p->system;
    w->asked = to;
    return OK;
}

// --- states ----------------------------------------------------------------------------------

static enum err stop_waiting(struct ctx *cx, struct way *w)
{
    if (w->status != TICKET_WAITING_CUSTOMER && w->status != TICKET_WAITING_VENDOR)
        return OK;
    w->status = TICKET_OPEN;
    return ticket_resume(cx, &w->at);
}

static enum err take_up(struct ctx *cx, struct way *w)
{
    TRY(accept(cx, w));
    if (w->status != TICKET_NEW)
        return stop_waiting(cx, w);
    w->status = TICKET_OPEN;
    return ticket_open(cx, &w->at);
}

static enum err wait(struct ctx *cx, struct way *w, enum ticket_status what)
{
    if (w->status == what && w->asked.id.n == 0)
        return OK;
    TRY(take_up(cx, w));
    w->status = what;
    return ticket_wait(cx, &w->at,
                       &(struct ticket_waiting){.for_what = what, .asked = cx->now});
}

static enum err solve(struct ctx *cx, struct way *w)
{
    if (ticket_is_over(w->status))
        return OK;
    struct words how = SAY("Solved in the other system: ", "Im anderen System gelöst: ");
    struct ticket_solving s = {
        .how = SOLVED_BY_TEXT,
        .text = arena_join(cx->arena, words_in(how, cx->lang), w->row->state),
        .told = true};
    TRY(take_up(cx, w));
    TRY(engagement_conclude_all(cx, &w->at));
    w->status = TICKET_SOLVED;
    w->solved = cx->now;
    return ticket_solve(cx, &w->at, &s);
}

static enum err close(struct ctx *cx, struct way *w)
{
    TRY(solve(cx, w));
    if (w->status == TICKET_CLOSED)
        return OK;
    w->status = TICKET_CLOSED;
    return ticket_close(cx, &w->at, cx->now.ms < instant_plus(w->solved, TICKET_CLOSE_S).ms);
}

// P1: within its time a solved case is opened again; what comes later is a new one.
static enum err open_again(struct ctx *cx, struct way *w)
{
    if (ticket_may_reopen(w->status, w->solved, cx->now)) {
        w->status = TICKET_OPEN;
        return ticket_reopen(cx, &w->at, REOPENED_AGAIN);
    }
    TRY(close(cx, w));
    w->before = w->at.id;
    return begin(cx, w);
}

static enum err apply(struct ctx *cx, struct way *w)    // P4
{
    switch (w->row->means) {
    case FLOW_QUEUED:
        return stop_waiting(cx, w);
    case FLOW_WORK:
    case FLOW_WAIT:
        return take_up(cx, w);
    case FLOW_WAIT_USER:
    case FLOW_WAIT_CUSTOMER:
    case FLOW_WAIT_VENDOR:
        return wait(cx, w, waiting_for(w->row->means));
    case FLOW_NOTED:
        return OK;
    case FLOW_RESOLVED:
    case FLOW_DONE:
        return solve(cx, w);
    case FLOW_CLOSED:
        return close(cx, w);
    }
    return OK;
}

static enum err classify(struct ctx *cx, struct way *w)
{
    int impact = w->row->impact, urgency = w->row->urgency;
    bool same = (impact == 0 || impact == w->impact) && (urgency == 0 || urgency == w->urgency);
    if (same || w->status > TICKET_SOLVED)
        return OK;
    w->impact = impact;
    w->urgency = urgency;
    if (w->status == TICKET_NEW)
        w->status = TICKET_OPEN;
    return ticket_classify(
        cx, &w->at,
        &(struct ticket_class){.product = w->product, .impact = impact, .urgency = urgency});
}

// --- lines -----------------------------------------------------------------------------------

static enum err keep_step(struct ctx *cx, const struct way *w)    // P5
{
    struct buf b = buf_new(cx->arena, 160);
    struct json_out j = {.buf = &b};
    json_open(&j, '{');
    json_key_str(&j, "state", w->row->state);
    json_key_str(&j, "means", str_from_z(flow_means_code(w->row->means)));
    if (w->row->line.n > 0)
        json_key_str(&j, "line", w->row->line);
    buf_put(&b, w->row->more);
    json_close(&j, '}');
    struct play_team team = holder(w);
    return event_add(cx, (struct event){.kind = "import.step",
                                        .ticket = w->at.id.n,
                                        .team = team.id.n,
                                        .level = team.level,
                                        .data = buf_str(&b)});
}

static enum err play_row(struct ctx *cx, struct way *w)
{
    cx->now.ms = int_max(cx->now.ms, w->row->at.ms);    // P7
    enum flow_means means = w->row->means;
    struct play_team team = wanted(w);
    bool moves = team.id.n != holder(w).id.n;
    bool works = !flow_is_end(means) && means != FLOW_NOTED;
    if (w->parts == 0)
        TRY(begin(cx, w));
    else if (ticket_is_over(w->status) && (moves || works))
        TRY(open_again(cx, w));
    TRY(classify(cx, w));
    if (team.id.n != holder(w).id.n) {
        TRY(stop_waiting(cx, w));
        TRY(move_to(cx, w, team));
    }
    TRY(apply(cx, w));
    return keep_step(cx, w);
}

isize play_lines(const struct history_row *row, isize n)
{
    isize i = 0;
    while (i < n && row[i].order == row[0].order)
        i++;
    return i;
}

static enum err play_rows(struct ctx *cx, struct way *w, isize n)
{
    cx->now = w->row->at;
    for (isize i = 0; i < n; i++, w->row++) {
        TRY(play_row(cx, w));
        cx->events = NULL;    // P6
    }
    return OK;
}

enum err play_case(struct ctx *cx, const struct play *p, const struct history_row *row, isize n,
                   bool *fresh)
{
    ticket_id had;
    struct way w = {.p = p,
                    .row = row,
                    .move = make(cx->arena, struct move, n + 1),
                    .impact = row->impact,
                    .urgency = row->urgency};
    cx->who = p->system;
    enum err err = ticket_by_src(cx, str_from_z(history_name(p->kind)), row->id, &had);
    *fresh = err == ERR_ABSENT;
    if (!*fresh)
        return err;    // P2
    ctx_forgive(cx);
    if (row->product.n > 0)
        w.product = p->product[tally_find(&p->products, row->product)];
    instant now = cx->now;
    err = play_rows(cx, &w, n);
    cx->now = now;
    return err;
}
