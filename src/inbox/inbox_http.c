// SPDX-License-Identifier: GPL-3.0-or-later
#include "inbox/inbox_http.h"

#include "base/json.h"
#include "base/limits.h"
#include "base/now.h"
#include "base/zone.h"
#include "inbox.html.h"
#include "routing/routing.h"
#include "staff/crew.h"
#include "staff/level.h"

// --- words of the templates ----------------------------------------------------------------

struct words inbox_view_name(enum ticket_view view)
{
    return ticket_list_views[view].name;
}

int inbox_count(const struct inbox_page *v, enum ticket_view view)
{
    switch (view) {
    case VIEW_MINE:
        return v->mine;
    case VIEW_INBOX:
        return v->own == NULL ? -1 : v->own->inbox;
    case VIEW_RETURNED:
        return v->own == NULL ? -1 : v->own->returned + (int)v->backs;
    case VIEW_CARE:
        return v->own == NULL ? -1 : v->own->care;
    case VIEW_WAITING_CUSTOMER:
        return v->own == NULL ? -1 : v->own->waiting_customer;
    case VIEW_WAITING_VENDOR:
        return v->own == NULL ? -1 : v->own->waiting_vendor;
    case VIEW_WAITING_DATE:
        return v->own == NULL ? -1 : v->own->waiting_date;
    case VIEW_UNTOLD:
        return v->own == NULL ? -1 : v->own->untold;
    case VIEW_TEAM:
    case VIEW_OPEN:
    case VIEW_SOLVED:
    case VIEW_CONTACT:
        break;
    }
    return -1;
}

bool inbox_is_led(const struct inbox_page *v, const struct ticket_row *r)
{
    for (isize i = 0; i < v->leds; i++)
        if (v->led[i].n == r->id.n)
            return true;
    return false;
}

bool inbox_is_new(const struct inbox_page *v, const struct ticket_row *r)
{
    return r->status == TICKET_NEW || r->unanswered
           || news_of(v->news, v->newss, r->id) != NULL;
}

bool inbox_is_chosen(const struct inbox_page *v, const struct ticket_row *r)
{
    return v->chosen != NULL && v->chosen->w->ticket.id.n == r->id.n;
}

str inbox_number(const struct page *p, int64_t number)
{
    return ticket_number_shown(p->cx->arena, number);
}

str inbox_who(const struct ticket_row *r)
{
    return r->contact_org.n > 0 ? r->contact_org : r->contact_name;
}

// --- which list ----------------------------------------------------------------------------

static bool needs_team(enum ticket_view view)
{
    return view != VIEW_MINE && view != VIEW_OPEN && view != VIEW_SOLVED;
}

static enum ticket_view view_of(const struct request *rq)
{
    int view = VIEW_INBOX;
    str v = form_text(rq, "v");
    if (str_eq(v, S("waiting")))
        return VIEW_WAITING_CUSTOMER;
    ticket_words_find(ticket_list_views, v, &view);
    return view == VIEW_CONTACT ? VIEW_INBOX : (enum ticket_view)view;
}

// One of the asker's own teams: the one asked for, else the first.  Who has none sees all that
// he may see, a lead in the view he asked for (V8).
static enum err choose(struct ctx *cx, const struct request *rq, struct inbox_page *v)
{
    v->view = view_of(rq);
    TRY(ticket_list_counts(cx, &v->mine, &v->count, &v->counts));
    int64_t wished = form_int(rq, "team", 0);
    for (isize i = 0; i < v->counts; i++)
        if (v->own == NULL || v->count[i].team.n == wished)
            v->own = &v->count[i];
    if (v->own == NULL && needs_team(v->view) && cx->who.see != SEE_TENANT)
        v->view = VIEW_OPEN;
    if (v->own != NULL && needs_team(v->view)) {
        v->team = v->own->team;
        v->team_name = v->own->name;
    }
    return OK;
}

static struct ticket_filter filter_of(const struct request *rq, const struct inbox_page *v)
{
    return (struct ticket_filter){.view = v->view,
                                  .team = v->team,
                                  .after = {form_int(rq, "nach", 0), form_int(rq, "id", 0)}};
}

// --- groups --------------------------------------------------------------------------------

static bool is_over(const struct inbox_page *v)
{
    return v->view == VIEW_SOLVED || v->view == VIEW_UNTOLD;
}

static struct words group_name(const struct inbox_page *v, int group)
{
    static const struct words names[INBOX_GROUPS] = {
        WORDS("Overdue", "Überfällig"), WORDS("Within the hour", "Nächste Stunde"),
        WORDS("Today", "Heute"), WORDS("Later", "Später"),
        WORDS("Nothing promised", "Nichts versprochen")};
    if (v->view == VIEW_UNTOLD)
        return SAY("The word is still missing", "Die Nachricht fehlt noch");
    return v->view == VIEW_SOLVED ? SAY("Lately solved", "Zuletzt gelöst") : names[group];
}

static int group_of(const struct ctx *cx, const struct inbox_page *v,
                    const struct ticket_row *r)
{
    if (is_over(v))
        return 0;
    if (r->due.ms == 0)
        return 4;
    if (r->due.ms < cx->now.ms)
        return 0;
    if (r->due.ms < instant_plus(cx->now, 3600).ms)
        return 1;
    struct local due = zone_local(r->due), now = zone_local(cx->now);
    return due.day == now.day && due.month == now.month && due.year == now.year ? 2 : 3;
}

static void make_groups(const struct ctx *cx, struct inbox_page *v)
{
    int before = -1;
    for (isize i = 0; i < v->list.n; i++) {
        const struct ticket_row *r = &v->list.row[i];
        int g = group_of(cx, v, r);
        if (g == before) {
            v->group[v->groups - 1].n++;
            continue;
        }
        before = g;
        bool late = g == 0 && !is_over(v);
        v->group[v->groups++] =
            (struct inbox_group){group_name(v, g), late ? "late" : "", r, 1};
    }
}

// --- the page ------------------------------------------------------------------------------

static enum err load_chosen(struct ctx *cx, const struct request *rq, struct inbox_page *v)
{
    int64_t number = 0;
    ticket_id id = v->list.n > 0 ? v->list.row[0].id : (ticket_id){0};
    if (form_has(rq, "nr") && ticket_number_read(cx, form_text(rq, "nr"), &number) != OK)
        ctx_forgive(cx);
    for (isize i = 0; i < v->list.n; i++)
        if (v->list.row[i].number == number)
            id = v->list.row[i].id;
    if (id.n == 0)
        return OK;
    struct ticket t;
    struct workplace *w = make(cx->arena, struct workplace, 1);
    struct workplace_page *page = make(cx->arena, struct workplace_page, 1);
    TRY(ticket_load(cx, id, &t));
    TRY(workplace_glance(cx, &t, w));
    page->w = w;
    v->chosen = page;
    return OK;
}

// V5
static enum err offer_people(struct ctx *cx, struct inbox_page *v)
{
    struct crew crew;
    struct staff_row *row;
    isize n;
    if (v->team.n == 0)
        return OK;
    TRY(crew_load(cx, v->team, &crew));
    TRY(staff_list(cx, &row, &n));
    struct staff_choice *c = make(cx->arena, struct staff_choice, n);
    for (isize i = 0; i < n; i++)
        if (!row[i].disabled && crew_has(crew.member, crew.members, row[i].id.n))
            c[v->people++] =
                (struct staff_choice){row[i].id.n, {row[i].name, row[i].name}, false};
    v->person = c;
    return OK;
}

static enum err offer_teams(struct ctx *cx, struct inbox_page *v)
{
    struct team *t;
    isize n;
    TRY(team_list(cx, &t, &n));
    struct staff_choice *c = make(cx->arena, struct staff_choice, n);
    for (isize i = 0; i < n; i++)
        if (t[i].id.n != v->team.n && team_works(&t[i]))
            c[v->teams++] = (struct staff_choice){t[i].id.n, t[i].name, false};
    v->other = c;
    return OK;
}

// V6
static enum err load_back(struct ctx *cx, struct inbox_page *v)
{
    isize n = 0;
    if (v->own != NULL)
        TRY(engagement_path_waiting(cx, v->own->team, &v->back, &n));
    for (isize i = 0; i < n; i++)
        if (v->back[i].mode == ENGAGE_RETURN)
            v->back[v->backs++] = v->back[i];
    return OK;
}

static enum err load(struct ctx *cx, const struct request *rq, struct inbox_page *v)
{
    *v = (struct inbox_page){.done = form_int(rq, "getan", -1),
                             .left = form_int(rq, "uebrig", 0),
                             .nothing = form_has(rq, "nichts")};
    TRY(choose(cx, rq, v));
    struct ticket_filter f = filter_of(rq, v);
    TRY(ticket_list(cx, &f, &v->list));
    TRY(load_back(cx, v));
    TRY(escalation_cases(cx, &v->led, &v->leds));
    TRY(news_list(cx, &v->news, &v->newss));
    make_groups(cx, v);
    if (access_can(&cx->who, CAN_LEAD)) {
        TRY(offer_people(cx, v));
        TRY(offer_teams(cx, v));
    }
    return load_chosen(cx, rq, v);
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct inbox_page v;
    TRY(load(cx, rq, &v));
    html_inbox(page_begin(cx, rq, rp, 200), &v);
    return OK;
}

// V3.  How many of the first page came or changed since the page was made.
static enum err count_new(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct inbox_page v = {0};
    TRY(choose(cx, rq, &v));
    struct ticket_filter f = filter_of(rq, &v);
    f.after = (struct ticket_mark){0};
    TRY(ticket_list(cx, &f, &v.list));
    int64_t since = form_int(rq, "seit", cx->now.ms), n = 0;
    for (isize i = 0; i < v.list.n; i++)
        n += v.list.row[i].changed.ms > since;
    page_begin(cx, rq, rp, 200);
    rp->type = "application/json; charset=utf-8";
    struct json_out j = {.buf = rp->body};
    json_open(&j, '{');
    json_key_int(&j, "new", n);
    json_close(&j, '}');
    return OK;
}

// --- many at once (V4) -----------------------------------------------------------------------

struct bulk {
    person_id person;
    team_id team;
};

typedef enum err act(struct ctx *cx, struct ticket_at *at, const struct bulk *to);

static enum err take(struct ctx *cx, struct ticket_at *at, const struct bulk *to)
{
    (void)to;
    return ticket_take(cx, at);
}

static enum err release(struct ctx *cx, struct ticket_at *at, const struct bulk *to)
{
    (void)to;
    return ticket_release(cx, at);
}

static enum err assign(struct ctx *cx, struct ticket_at *at, const struct bulk *to)
{
    return routing_assign(cx, at, to->person);
}

static enum err send(struct ctx *cx, struct ticket_at *at, const struct bulk *to)
{
    return routing_send(cx, at, to->team);
}

static act *act_of(str name)
{
    static const struct {
        const char *name;
        act *act;
    } acts[] = {
        {"nehmen", take}, {"freigeben", release}, {"zuteilen", assign}, {"schicken", send}};
    for (isize i = 0; i < countof(acts); i++)
        if (str_eq(name, str_from_z(acts[i].name)))
            return acts[i].act;
    return NULL;
}

static enum err check_to(struct ctx *cx, act *what, const struct bulk *to)
{
    if (what == assign && to->person.n == 0)
        return invalid(cx, "an", "Choose who gets them.", "Wähle, wer sie bekommt.");
    if (what == send && to->team.n == 0)
        return invalid(cx, "nach", "Choose the team.", "Wähle das Team.");
    return OK;
}

// "41822073.5": the case and the version its reader saw.
static enum err do_one(struct ctx *cx, act *what, const struct bulk *to, str marked)
{
    int64_t number = 0, version = 0;
    struct ticket t;
    str digits = str_token(&marked, '.');
    if (!str_to_int(digits, &number) || !str_to_int(marked, &version))
        return db_absent(cx);
    TRY(ticket_by_number(cx, number, &t));
    struct ticket_at at = {t.id, version};
    return what(cx, &at, to);
}

static bool may_go_on(enum err err)    // nothing was written for this one
{
    return err == ERR_ABSENT || err == ERR_INVALID || err == ERR_STALE;
}

static enum err do_many(struct ctx *cx, struct request *rq, struct reply *rp)
{
    int done = 0, left = 0;
    act *what = act_of(form_text(rq, "tun"));
    if (what == NULL)
        return invalid(cx, "", "Choose what is to be done.", "Wähle aus, was geschehen soll.");
    struct bulk to = {{form_int(rq, "an", 0)}, {form_int(rq, "nach", 0)}};
    TRY(check_to(cx, what, &to));
    for (const struct field *f = rq->x->form; f != NULL; f = f->next) {
        if (!str_eq(f->name, S("nr")) || done + left == LIMIT_PAGE_ROWS)
            continue;
        enum err err = do_one(cx, what, &to, f->value);
        if (err != OK && !may_go_on(err))
            return err;
        done += err == OK;
        left += err != OK;
        ctx_forgive(cx);
    }
    return see_other(cx, rp, "/w/inbox?v=%s&team=%lld&getan=%d&uebrig=%d",
                     ticket_list_views[view_of(rq)].code, (long long)form_int(rq, "team", 0),
                     done, left);
}

// clang-format off
const struct route inbox_routes[] = {
    {GET,  "/w/inbox",       CAN_WORK, show, .summary = "lists of cases"},
    {POST, "/w/inbox",       CAN_WORK, do_many, show, .summary = "take, release, give or send marked cases"},
    {GET,  "/w/inbox/stand", CAN_WORK, count_new, .summary = "how many are new in a list"},
    {0},
};
// clang-format on
