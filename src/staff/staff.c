// SPDX-License-Identifier: GPL-3.0-or-later
#include "staff/staff.h"

#include "access/access.h"
#include "base/buf.h"
#include "base/limits.h"
#include "contact/contact.h"
#include "event/event.h"
#include "staff.sql.h"

static struct words names_of(struct arena *a, const struct q_staff_people_teams *t, isize n,
                             person_id person)
{
    struct buf en = buf_new(a, 60), de = buf_new(a, 60);
    for (isize i = 0; i < n; i++) {
        if (t[i].person.n != person.n)
            continue;
        buf_put(&en, en.n > 0 ? S(", ") : S(""));
        buf_put(&de, de.n > 0 ? S(", ") : S(""));
        buf_put(&en, t[i].name_en);
        buf_put(&de, t[i].name_de);
    }
    return (struct words){buf_str(&en), buf_str(&de)};
}

enum err staff_list(struct ctx *cx, struct staff_row **out, isize *n)
{
    struct q_staff_people *p;
    struct q_staff_people_teams *t;
    isize teams;
    TRY(q_staff_people(cx, &p, n));
    TRY(q_staff_people_teams(cx, &t, &teams));
    *out = make(cx->arena, struct staff_row, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct staff_row){p[i].id,       p[i].login,
                                       p[i].name,     p[i].role,
                                       p[i].disabled, names_of(cx->arena, t, teams, p[i].id)};
    return OK;
}

enum err staff_load(struct ctx *cx, person_id id, struct staff *out)
{
    struct team *team;
    struct staff s = {0};
    TRY(person_load(cx, id, &s.person));
    TRY(team_of_person(cx, id, &team, &s.teams));
    int64_t *key = make(cx->arena, int64_t, s.teams);
    for (isize i = 0; i < s.teams; i++)
        key[i] = team[i].id.n;
    s.team = key;
    *out = s;
    return OK;
}

// All that is missing at once, each at its field.
static enum err check_named(struct ctx *cx, const struct person *p)
{
    enum err err = OK;
    str mail = str_trim(p->email), normal;
    if (p->id.n == 0 && str_trim(p->login).n == 0)
        err = invalid(cx, "login", "Please give a login.", "Bitte einen Anmeldenamen angeben.");
    if (str_trim(p->name).n == 0)
        err = invalid(cx, "name", "Please give a name.", "Bitte einen Namen angeben.");
    if (mail.n > 0 && mail.n <= LIMIT_MAIL_ADDRESS
        && !contact_mail_normal(cx->arena, mail, &normal))
        err = invalid(cx, "email", "This is no mail address.", "Das ist keine Mailadresse.");
    return err;
}

static enum err check(struct ctx *cx, const struct person *p)
{
    struct q_staff_admins admins;
    TRY(check_named(cx, p));
    if (str_characters(p->name) > LIMIT_LINE)
        return invalid(cx, "name", "This is too long.", "Das ist zu lang.");
    if (str_characters(p->login) > LIMIT_LINE || p->email.n > LIMIT_MAIL_ADDRESS)
        return invalid(cx, "email", "This is too long.", "Das ist zu lang.");
    if (p->role < ROLE_AGENT_L1 || p->role > ROLE_ADMIN)
        return invalid(cx, "rolle", "Choose a role.", "Wähle eine Rolle.");
    if (p->role == ROLE_ADMIN && !p->disabled)
        return OK;
    TRY(q_staff_admins(cx, p->id, ROLE_ADMIN, &admins));
    if (admins.self > 0 && admins.others == 0)    // M3
        return invalid(cx, "rolle", "Somebody who configures the desk must stay.",
                       "Eine Person mit der Rolle Administration muss bleiben.");
    return OK;
}

static enum err change(struct ctx *cx, const struct person *p)
{
    int64_t changed;
    TRY(q_staff_change(cx, p->id, str_trim(p->name), p->email, p->role, p->lang, p->disabled,
                       &changed));
    if (changed == 0)
        return db_absent(cx);
    if (p->password.n > 0)
        TRY(person_set_password(cx, p->id, p->password));
    return p->disabled || p->password.n > 0 ? access_end_all(cx, p->id) : OK;    // M2
}

enum err staff_save(struct ctx *cx, const struct staff *s, person_id *out)
{
    struct person p = s->person;
    TRY(check(cx, &p));
    if (p.id.n == 0)
        TRY(person_add(cx, &p, &p.id));
    else
        TRY(change(cx, &p));
    TRY(q_staff_leave_teams(cx, p.id));
    for (isize i = 0; i < s->teams; i++)
        TRY(person_join(cx, p.id, (team_id){s->team[i]}));    // of this desk, or nothing
    TRY(event_config(cx, "person", p.id.n));
    *out = p.id;
    return OK;
}
