// SPDX-License-Identifier: GPL-3.0-or-later
#include "person/person.h"

#include "person.sql.h"

// clang-format off
const struct role_words person_roles[] = {
    {"", WORDS("", ""), WORDS("", "")},
    [ROLE_AGENT_L1]  = {"agent_l1",          WORDS("1st level", "1st Level"),
                        WORDS("takes calls and cases of the own teams", "nimmt Anrufe und Vorgänge der eigenen Teams an")},
    [ROLE_TRAINEE]   = {"trainee",           WORDS("Trainee", "Trainee"),
                        WORDS("the same, still learning", "dasselbe, noch in der Einarbeitung")},
    [ROLE_TECH_L2]   = {"tech_l2",           WORDS("2nd level", "2nd Level"),
                        WORDS("analyses, and publishes solutions", "analysiert und gibt Lösungen frei")},
    [ROLE_EXPERT_L3] = {"expert_l3",         WORDS("3rd level", "3rd Level"),
                        WORDS("decides and mends for good, takes no calls", "entscheidet und behebt Ursachen, ohne Telefon")},
    [ROLE_LEAD]      = {"lead",              WORDS("Team lead", "Teamleitung"),
                        WORDS("sees every case, decides what goes to the lead", "sieht alle Vorgänge und entscheidet, was an die Leitung geht")},
    [ROLE_STEWARD]   = {"knowledge_steward", WORDS("Knowledge steward", "Wissensverantwortung"),
                        WORDS("looks after the solutions and what is owed", "pflegt die Lösungen und was noch geschuldet ist")},
    [ROLE_ADMIN]     = {"admin",             WORDS("Administration", "Administration"),
                        WORDS("sets up people, teams and rules; sees no case", "richtet Leute, Teams und Regeln ein; sieht keinen Vorgang")},
    {0},
};
// clang-format on

bool person_role_from(str code, enum role *out)
{
    for (int i = 1; person_roles[i].code != NULL; i++) {
        if (!str_eq(code, str_from_z(person_roles[i].code)))
            continue;
        *out = (enum role)i;
        return true;
    }
    return false;
}

static bool has_blank(str s)
{
    for (isize i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= ' ')
            return true;
    return s.n == 0;
}

enum err person_add(struct ctx *cx, const struct person *p, person_id *out)
{
    if (has_blank(p->login))
        return invalid(cx, "login", "A login has no blanks.",
                       "Ein Anmeldename hat keine Leerzeichen.");    // P1
    struct q_person_insert row;
    enum err err =
        q_person_insert(cx, p->login, p->name, p->email, p->role, p->lang, p->password, &row);
    if (err == ERR_STALE)
        return invalid(cx, "login", "“" STR_FMT "” exists already.",
                       "„" STR_FMT "“ gibt es schon.",
                       STR_ARG(p->login));    // P1
    TRY(err);
    *out = row.id;
    return OK;
}

enum err person_load(struct ctx *cx, person_id id, struct person *out)
{
    struct q_person_by_id p;
    TRY(q_person_by_id(cx, id, &p));
    *out = (struct person){id,     p.login,    p.name,     p.email,
                           p.role, p.language, p.password, p.disabled};
    return OK;
}

enum err person_by_login(struct ctx *cx, str login, struct person *out)
{
    struct q_person_by_login p;
    TRY(q_person_by_login(cx, login, &p));
    *out = (struct person){p.id,   p.login,    p.name,     p.email,
                           p.role, p.language, p.password, p.disabled};
    return OK;
}

enum err person_by_email(struct ctx *cx, str email, struct person *out)
{
    struct q_person_by_email p;
    TRY(q_person_by_email(cx, email, &p));
    *out = (struct person){p.id,   p.login,    p.name,     p.email,
                           p.role, p.language, p.password, p.disabled};
    return OK;
}

enum err person_join(struct ctx *cx, person_id person, team_id team)
{
    return q_person_join(cx, person, team);
}

enum err person_set_password(struct ctx *cx, person_id id, str hash)
{
    int64_t changed;
    TRY(q_person_set_password(cx, id, hash, &changed));
    return changed == 0 ? db_absent(cx) : OK;
}
