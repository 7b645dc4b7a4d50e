// SPDX-License-Identifier: GPL-3.0-or-later
#include "staff/staff_http.h"

#include "base/limits.h"
#include "base/secret.h"
#include "base/when.h"
#include "staff.html.h"
#include "staff/crew.h"

enum { TICKS_MOST = 1000 };

const struct staff_choice staff_languages[2] = {
    {LANG_DE, WORDS("German", "Deutsch"), false},
    {LANG_EN, WORDS("English", "Englisch"), false},
};

const int64_t *staff_ticked(struct ctx *cx, const struct request *rq, const char *name,
                            isize *n)
{
    isize most = 0;
    for (const struct field *f = rq->x->form; f != NULL && most < TICKS_MOST; f = f->next)
        most++;
    int64_t *key = make(cx->arena, int64_t, most);
    *n = 0;
    for (const struct field *f = rq->x->form; f != NULL && *n < most; f = f->next)
        if (str_eq(f->name, str_from_z(name)) && str_to_int(f->value, &key[*n]))
            (*n)++;
    return key;
}

struct staff_list staff_list_of(const struct request *rq, const char *from)
{
    int64_t skip = int_max(0, int_min(form_int(rq, from, 0), INT32_MAX));
    return (struct staff_list){from, str_trim(form_text(rq, "q")), (isize)skip, 0};
}

bool staff_list_is_long(const struct staff_list *l)
{
    return l->all > LIMIT_PAGE_ROWS || l->skip > 0 || l->typed.n > 0;
}

static const char *part(struct arena *a, const char *name, const char *suffix)
{
    return arena_z(a, arena_fmt(a, "%s%s", name, suffix));
}

const char *staff_part(const struct page *p, const char *name, const char *suffix)
{
    return part(p->cx->arena, name, suffix);
}

enum err staff_time(struct ctx *cx, const struct request *rq, const char *name, instant *out)
{
    str day = form_text(rq, part(cx->arena, name, "_tag"));
    str clock = form_text(rq, part(cx->arena, name, "_zeit"));
    if (!when_read(day, clock, cx->now, out))
        return invalid(cx, name, "Please give the day and the time, like 24 Nov and 14:00.",
                       "Bitte Tag und Uhrzeit angeben, etwa 24.11. und 14:00.");
    return OK;
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct staff_page v = {0};
    struct staff_row *row;
    TRY(staff_list(cx, &row, &v.n));
    v.row = row;
    html_staff_people(page_begin(cx, rq, rp, 200), &v);
    return OK;
}

// --- the form --------------------------------------------------------------------------------

static void offer_roles(struct ctx *cx, struct staff_form *f)
{
    struct staff_choice *c = make(cx->arena, struct staff_choice, ROLE_ADMIN);
    for (int i = 1; person_roles[i].code != NULL; i++)
        c[f->roles++] = (struct staff_choice){i, person_roles[i].name, false};
    f->role = c;
}

static enum err offer_teams(struct ctx *cx, struct staff_form *f)
{
    struct team *team;
    TRY(team_list(cx, &team, &f->teams));
    struct staff_choice *c = make(cx->arena, struct staff_choice, f->teams);
    for (isize i = 0; i < f->teams; i++)
        c[i] = (struct staff_choice){team[i].id.n, team[i].name,
                                     crew_has(f->s.team, f->s.teams, team[i].id.n)};
    f->team = c;
    return OK;
}

static void take(struct ctx *cx, const struct request *rq, struct staff *s)
{
    struct person *p = &s->person;
    if (p->id.n == 0)
        p->login = form_text(rq, "login");
    p->name = form_text(rq, "name");
    p->email = arena_lower(cx->arena, form_text(rq, "email"));
    p->role = (enum role)form_int(rq, "rolle", p->role);
    p->lang = form_int(rq, "sprache", LANG_DE) == LANG_EN ? LANG_EN : LANG_DE;
    p->disabled = form_has(rq, "aus");
    s->team = staff_ticked(cx, rq, "team", &s->teams);
}

static enum err load(struct ctx *cx, const struct request *rq, struct staff *s)
{
    person_id id = {path_int(rq, 0)};
    *s = (struct staff){.person = {.role = ROLE_AGENT_L1, .lang = LANG_DE}};
    if (id.n != 0 || !str_eq(path_text(rq, 0), S("0")))
        TRY(staff_load(cx, id, s));
    s->person.password = S("");
    return OK;
}

static enum err show_one(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct staff_form *f = make(cx->arena, struct staff_form, 1);
    TRY(load(cx, rq, &f->s));
    if (form_has(rq, "name"))
        take(cx, rq, &f->s);    // H1
    offer_roles(cx, f);
    TRY(offer_teams(cx, f));
    html_staff_person(page_begin(cx, rq, rp, 200), f);
    return OK;
}

// Slow, so before the transaction.  Who cannot sign in yet needs no password.
static enum err hash(struct ctx *cx, struct request *rq, struct reply *rp)
{
    (void)rp;
    str typed = form_text(rq, "password");
    str *out = make(cx->arena, str, 1);
    rq->x->work = out;
    if (typed.n == 0)
        return OK;
    TRY(access_password_check(cx, typed, form_text(rq, "login")));
    *out = secret_password_hash(cx->arena, typed);
    return OK;
}

static enum err save(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct staff s;
    person_id id;
    TRY(load(cx, rq, &s));
    take(cx, rq, &s);
    s.person.password = *(const str *)rq->x->work;
    TRY(staff_save(cx, &s, &id));
    return see_other(cx, rp, "/a/leute?ok=1");
}

// clang-format off
const struct route staff_routes[] = {
    {GET,  "/a/leute",      CAN_CONFIGURE, show,     .summary = "people, their roles and teams"},
    {GET,  "/a/leute/{id}", CAN_CONFIGURE, show_one, .summary = "a person; 0: a new one"},
    {POST, "/a/leute/{id}", CAN_CONFIGURE, save,     show_one, hash, .summary = "save a person"},
    {0},
};
// clang-format on
