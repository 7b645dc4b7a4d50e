// SPDX-License-Identifier: GPL-3.0-or-later
#include "staff/crew_http.h"

#include "base/limits.h"
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

// All that can be chosen, with room for what is ticked behind; of too many what is ticked alone
// (pick_http.h, P1).
static struct staff_choice *offer_all(struct arena *a, const struct pick *all,
                                      const int64_t *ticked, isize ticks, isize *n)
{
    struct staff_choice *c = make(a, struct staff_choice, all->options + ticks);
    for (isize i = 0; i < all->options && !all->typed; i++)
        c[(*n)++] = (struct staff_choice){all->option[i].value, all->option[i].name,
                                          crew_has(ticked, ticks, all->option[i].value)};
    return c;
}

static enum err offer_topics(struct ctx *cx, const struct request *rq, struct crew_form *f)
{
    struct pick all;
    struct category *own;
    isize n;
    TRY(pick_topics(cx, rq, "thema", (category_id){0}, 0, &all));
    TRY(category_among(cx, f->c.category, f->c.categories, &own, &n));
    struct staff_choice *c =
        offer_all(cx->arena, &all, f->c.category, f->c.categories, &f->categories);
    for (isize i = 0; i < n; i++)
        if (all.typed || !category_is_offered(&own[i]))
            c[f->categories++] =
                (struct staff_choice){own[i].id.n, category_path(cx->arena, &own[i]), true};
    f->category = c;
    f->topics_typed = all.typed;
    return OK;
}

static enum err offer_products(struct ctx *cx, const struct request *rq, struct crew_form *f)
{
    struct pick all;
    struct product *own;
    isize n;
    TRY(pick_products(cx, rq, "produkt", (product_id){0}, 0, &all));
    TRY(product_among(cx, f->c.product, f->c.products, &own, &n));
    struct staff_choice *c =
        offer_all(cx->arena, &all, f->c.product, f->c.products, &f->products);
    for (isize i = 0; i < n; i++)
        if (all.typed || !product_is_offered(&own[i]))
            c[f->products++] =
                (struct staff_choice){own[i].id.n, {own[i].name, own[i].name}, true};
    f->product = c;
    f->products_typed = all.typed;
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

typedef enum err (*by_name)(struct ctx *cx, const char *field, str name, int64_t *out);

// Names, one a line, behind what is ticked.
static enum err add_named(struct ctx *cx, const char *field, str lines, by_name find,
                          const int64_t **key, isize *n)
{
    int64_t *all = make(cx->arena, int64_t, *n + LIMIT_PAGE_ROWS);
    isize most = *n + LIMIT_PAGE_ROWS;
    memcpy(all, *key, (size_t)*n * sizeof **key);
    *key = all;
    while (lines.n > 0) {
        str name = str_trim(str_token(&lines, '\n'));
        if (name.n > 0 && *n == most)
            return invalid(cx, field, "No more than %lld at a time.",
                           "Nicht mehr als %lld auf einmal.", (long long)LIMIT_PAGE_ROWS);
        if (name.n > 0) {
            TRY(find(cx, field, name, &all[*n]));
            ++*n;
        }
    }
    return OK;
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
    TRY(offer_topics(cx, rq, f));
    TRY(offer_products(cx, rq, f));
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
    TRY(add_named(cx, "thema", form_text(rq, "thema_name"), pick_topic_named, &c.category,
                  &c.categories));
    TRY(add_named(cx, "produkt", form_text(rq, "produkt_name"), pick_product_named, &c.product,
                  &c.products));
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
