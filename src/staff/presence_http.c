// SPDX-License-Identifier: GPL-3.0-or-later
#include "staff/presence_http.h"

#include "base/now.h"
#include "presence.html.h"

static const char *field(struct arena *a, const char *what, const struct skill_own *s)
{
    return arena_z(a, arena_fmt(a, "%s%lld", what, (long long)s->skill.id.n));
}

const char *presence_field(const struct page *p, const char *what, const struct skill_own *s)
{
    return field(p->cx->arena, what, s);
}

static bool speaks_for_others(const struct ctx *cx)
{
    return access_can(&cx->who, CAN_LEAD) || access_can(&cx->who, CAN_CONFIGURE);
}

static enum err offer_people(struct ctx *cx, struct presence_page *v)
{
    struct staff_row *row;
    isize n;
    TRY(staff_list(cx, &row, &n));
    struct staff_choice *who = make(cx->arena, struct staff_choice, n);
    for (isize i = 0; i < n; i++)
        if (!row[i].disabled && (speaks_for_others(cx) || row[i].id.n == cx->who.person.n))
            who[v->whos++] =
                (struct staff_choice){row[i].id.n, {row[i].name, row[i].name}, false};
    v->who = who;
    return OK;
}

// Who enters others' absences has not said whose when the page is made.
static enum err offer_standins(struct ctx *cx, struct presence_page *v)
{
    struct presence_standin *may;
    isize n;
    person_id whose = speaks_for_others(cx) ? (person_id){0} : cx->who.person;
    TRY(presence_standins(cx, whose, &may, &n));
    struct staff_choice *other = make(cx->arena, struct staff_choice, n + 1);
    other[v->others++] = (struct staff_choice){0, SAY("nobody", "niemand"), false};
    for (isize i = 0; i < n; i++)
        other[v->others++] =
            (struct staff_choice){may[i].id.n, {may[i].name, may[i].name}, false};
    v->other = other;
    return OK;
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct presence_page *v = make(cx->arena, struct presence_page, 1);
    struct presence_span *absence;
    struct skill_own *skill;
    person_id whose = speaks_for_others(cx) ? (person_id){0} : cx->who.person;    // H1
    TRY(presence_is_ready(cx, &v->ready));
    TRY(presence_absences(cx, whose, &absence, &v->absences));
    TRY(skill_of_person(cx, cx->who.person, &skill, &v->skills));
    TRY(offer_people(cx, v));
    TRY(offer_standins(cx, v));
    TRY(presence_covered(cx, &v->covered, &v->covereds));
    TRY(presence_oncall_own(cx, &v->oncall, &v->oncalls));
    v->absence = absence;
    v->skill = skill;
    v->tomorrow = instant_plus(cx->now, DAY_S);
    html_presence(page_begin(cx, rq, rp, 200), v);
    return OK;
}

static enum err leave(struct ctx *cx, const struct request *rq)
{
    struct presence_span s = {.person = {form_int(rq, "person", cx->who.person.n)},
                              .other = {form_int(rq, "vertretung", 0)}};
    TRY(staff_time(cx, rq, "von", &s.from));
    TRY(staff_time(cx, rq, "bis", &s.until));
    return presence_leave(cx, &s);
}

static enum err say_skills(struct ctx *cx, const struct request *rq)
{
    struct skill_own *s;
    isize n;
    TRY(skill_of_person(cx, cx->who.person, &s, &n));
    for (isize i = 0; i < n; i++) {
        int depth = (int)form_int(rq, field(cx->arena, "t", &s[i]), s[i].depth);
        bool learns = form_has(rq, field(cx->arena, "l", &s[i]));
        if (depth != s[i].depth || learns != s[i].learns)
            TRY(skill_say(cx, s[i].skill.id, depth, learns));
    }
    return OK;
}

static enum err change(struct ctx *cx, struct request *rq, struct reply *rp)
{
    str what = form_text(rq, "tun");
    if (str_eq(what, S("bereit")))
        TRY(presence_set_ready(cx, form_int(rq, "wert", 0) == 1));
    else if (str_eq(what, S("weg")))
        TRY(leave(cx, rq));
    else if (str_eq(what, S("zurueck")))
        TRY(presence_return(cx, form_int(rq, "id", 0)));
    else if (str_eq(what, S("kann")))
        TRY(say_skills(cx, rq));
    else
        return invalid(cx, "", "Choose what is to be done.", "Wähle aus, was geschehen soll.");
    return see_other(cx, rp, "/w/ich/da");
}

// clang-format off
const struct route presence_routes[] = {
    {GET,  "/w/ich/da", CAN_SIGNED_IN, show,   .summary = "the own presence and skills"},
    {POST, "/w/ich/da", CAN_SIGNED_IN, change, show, .summary = "say that one is ready or away, or what one can"},
    {0},
};
// clang-format on
