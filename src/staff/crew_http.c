// SPDX-License-Identifier: GPL-3.0-or-later
#include "staff/crew_http.h"

#include "base/zone.h"
#include "crew.html.h"

enum { MORNING_HOUR = 8 };

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct crew_page v = {0};
    struct team *team;
    TRY(level_load(cx, &v.levels));
    TRY(team_list(cx, &team, &v.n));
    struct crew *c = make(cx->arena, struct crew, v.n);
    for (isize i = 0; i < v.n; i++)
        TRY(crew_load(cx, team[i].id, &c[i]));
    v.crew = c;
    html_crews(page_begin(cx, rq, rp, 200), &v);
    return OK;
}

// --- what can be chosen ----------------------------------------------------------------------

static enum err offer_levels(struct ctx *cx, struct crew_form *f)
{
    struct levels l;
    TRY(level_load(cx, &l));
    struct staff_choice *c = make(cx->arena, struct staff_choice, LEVELS);
    for (int i = 1; i < LEVELS; i++)
        if (i <= l.staffed || i == LEVEL_VENDOR)
            c[f->levels++] = (struct staff_choice){i, l.level[i].name, false};
    f->level = c;
    return OK;
}

static enum err offer_calendars(struct ctx *cx, struct crew_form *f)
{
    struct calendar_store *row;
    isize n;
    TRY(calendar_store_list(cx, &row, &n));
    struct staff_choice *c = make(cx->arena, struct staff_choice, n + 1);
    c[f->calendars++] = (struct staff_choice){0, SAY("always", "immer"), false};
    for (isize i = 0; i < n; i++)
        c[f->calendars++] =
            (struct staff_choice){row[i].id.n, {row[i].name, row[i].name}, false};
    f->calendar = c;
    return OK;
}

static enum err offer_people(struct ctx *cx, struct crew_form *f)
{
    struct staff_row *row;
    isize n;
    TRY(staff_list(cx, &row, &n));
    struct staff_choice *all = make(cx->arena, struct staff_choice, n),
                        *own = make(cx->arena, struct staff_choice, n);
    for (isize i = 0; i < n; i++) {
        bool in = crew_has(f->c.member, f->c.members, row[i].id.n);
        struct staff_choice c = {row[i].id.n, {row[i].name, row[i].name}, in};
        if (in && !row[i].disabled)
            own[f->owns++] = c;
        if (in || !row[i].disabled)
            all[f->members++] = c;
    }
    f->member = all;
    f->own = own;
    return OK;
}

static enum err offer_topics(struct ctx *cx, struct crew_form *f)
{
    struct category *k;
    struct product *q;
    isize categories, products;
    TRY(category_list(cx, &k, &categories));
    TRY(product_list(cx, &q, &products));
    struct staff_choice *topic = make(cx->arena, struct staff_choice, categories),
                        *product = make(cx->arena, struct staff_choice, products);
    for (isize i = 0; i < categories; i++) {
        bool in = crew_has(f->c.category, f->c.categories, k[i].id.n);
        if (category_is_offered(&k[i], in))
            topic[f->categories++] = (struct staff_choice){k[i].id.n, k[i].name, in};
    }
    for (isize i = 0; i < products; i++) {
        bool in = crew_has(f->c.product, f->c.products, q[i].id.n);
        if (product_is_offered(&q[i], in))
            product[f->products++] =
                (struct staff_choice){q[i].id.n, {q[i].name, q[i].name}, in};
    }
    f->category = topic;
    f->product = product;
    return OK;
}

// --- the form --------------------------------------------------------------------------------

static void take(struct ctx *cx, const struct request *rq, struct crew *c)
{
    c->version = form_int(rq, "version", c->version);
    c->team.name = (struct words){form_text(rq, "name_en"), form_text(rq, "name_de")};
    c->team.level = (int)form_int(rq, "stufe", c->team.level);
    c->team.intake = form_has(rq, "eingang");
    c->team.department = form_has(rq, "fachabteilung");
    c->calendar.n = form_int(rq, "kalender", 0);
    c->address = form_text(rq, "adresse");
    c->assign = (enum crew_assign)form_int(rq, "vergabe", CREW_PULL);
    c->capacity = (int)form_int(rq, "platz", 0);
    c->member = staff_ticked(cx, rq, "mitglied", &c->members);
    c->category = staff_ticked(cx, rq, "thema", &c->categories);
    c->product = staff_ticked(cx, rq, "produkt", &c->products);
}

static enum err load(struct ctx *cx, const struct request *rq, struct crew *c)
{
    *c = (struct crew){.team = {.level = 1}, .assign = CREW_PULL, .capacity = 3};
    if (str_eq(path_text(rq, 0), S("0")))
        return OK;
    return crew_load(cx, (team_id){path_int(rq, 0)}, c);
}

static instant next_morning(instant now)
{
    struct local today = zone_local(now);
    struct local day = zone_date_of(zone_days(today.year, today.month, today.day) + 1);
    return zone_instant((struct local){day.year, day.month, day.day, MORNING_HOUR});
}

static enum err show_one(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct crew_form *f = make(cx->arena, struct crew_form, 1);
    struct presence_span *oncall;
    TRY(load(cx, rq, &f->c));
    if (form_has(rq, "name_de"))
        take(cx, rq, &f->c);    // H1
    TRY(offer_levels(cx, f));
    TRY(offer_calendars(cx, f));
    TRY(offer_people(cx, f));
    TRY(offer_topics(cx, f));
    TRY(presence_oncall(cx, f->c.team.id, &oncall, &f->oncalls));
    f->oncall = oncall;
    f->morning = next_morning(cx->now);
    html_crew_one(page_begin(cx, rq, rp, 200), f);
    return OK;
}

static enum err save(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct crew c;
    team_id id;
    TRY(load(cx, rq, &c));
    take(cx, rq, &c);
    TRY(crew_save(cx, &c, &id));
    return see_other(cx, rp, "/a/teams?ok=1");
}

static enum err oncall(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct crew c;
    TRY(load(cx, rq, &c));
    if (form_has(rq, "weg")) {
        TRY(presence_oncall_drop(cx, c.team.id, form_int(rq, "weg", 0)));
        return see_other(cx, rp, "/a/teams/%lld?ok=1", (long long)c.team.id.n);
    }
    struct presence_span s = {.person = {form_int(rq, "person", 0)}};
    TRY(staff_time(cx, rq, "von", &s.from));
    TRY(staff_time(cx, rq, "bis", &s.until));
    TRY(presence_oncall_add(cx, c.team.id, &s));
    return see_other(cx, rp, "/a/teams/%lld?ok=1", (long long)c.team.id.n);
}

// clang-format off
const struct route crew_routes[] = {
    {GET,  "/a/teams",                     CAN_CONFIGURE, show,     .summary = "the teams"},
    {GET,  "/a/teams/{id}",                CAN_CONFIGURE, show_one, .summary = "a team; 0: a new one"},
    {POST, "/a/teams/{id}",                CAN_CONFIGURE, save,     show_one, .summary = "save a team"},
    {POST, "/a/teams/{id}/bereitschaft",   CAN_CONFIGURE, oncall,   show_one, .summary = "enter or remove somebody on call"},
    {0},
};
// clang-format on
