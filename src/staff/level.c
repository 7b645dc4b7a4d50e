// SPDX-License-Identifier: GPL-3.0-or-later
#include "staff/level.h"

#include "base/limits.h"
#include "event/event.h"
#include "staff.sql.h"

static const struct level usual[LEVELS] = {
    // L2; DOMAIN 13
    {WORDS("Self-service", "Selbsthilfe"), WORDS("on the help pages", "auf den Hilfeseiten")},
    {WORDS("1st level (first contact)", "1st Level (Erstkontakt)"),
     WORDS("with our service desk", "beim Erstkontakt")},
    {WORDS("2nd level (technicians)", "2nd Level (Fachtechnik)"),
     WORDS("with our technicians", "bei der Fachtechnik")},
    {WORDS("3rd level (specialists)", "3rd Level (Expertise)"),
     WORDS("with our specialists", "bei unseren Spezialisten")},
    {WORDS("Vendors and providers", "Hersteller und Dienstleister"),
     WORDS("with the vendor", "beim Hersteller")},
};

enum err level_load(struct ctx *cx, struct levels *out)
{
    struct q_staff_levels *row;
    isize n;
    TRY(q_staff_levels(cx, &row, &n));
    *out = (struct levels){.staffed = n == 0 ? LEVEL_LAST_OWN : 1};
    memcpy(out->level, usual, sizeof usual);
    for (isize i = 0; i < n; i++) {
        int level = (int)row[i].level;
        out->level[level] = (struct level){{row[i].name_en, row[i].name_de},
                                           {row[i].customer_en, row[i].customer_de}};
        if (row[i].staffed && level <= LEVEL_LAST_OWN && level > out->staffed)
            out->staffed = level;
    }
    return OK;
}

static const char *field_of(struct ctx *cx, const char *what, int level)
{
    return arena_z(cx->arena, arena_fmt(cx->arena, "%s%d", what, level));
}

static bool is_line(str s)
{
    return str_trim(s).n > 0 && str_characters(s) <= LIMIT_LINE;
}

static enum err check(struct ctx *cx, const struct levels *l)
{
    enum err err = OK;
    for (int i = 0; i < LEVELS; i++) {
        const struct level *v = &l->level[i];
        if (!is_line(v->name.de) || !is_line(v->name.en))    // L3
            err = invalid(cx, field_of(cx, "name", i), "A level has a name in both languages.",
                          "Ein Level hat einen Namen in beiden Sprachen.");
        if (!is_line(v->customer.de) || !is_line(v->customer.en))
            err = invalid(cx, field_of(cx, "kunden", i),
                          "Say where a case is then, in the customers' words.",
                          "Sag in den Worten der Kunden, wo ein Anliegen dann liegt.");
    }
    TRY(err);
    struct q_staff_level_in_use use;
    TRY(q_staff_level_in_use(cx, &use));
    if (l->staffed < 1 || l->staffed > LEVEL_LAST_OWN)
        return invalid(cx, "besetzt", "One, two or three levels have people.",
                       "Ein, zwei oder drei Level haben Leute.");
    if (l->staffed < use.highest)    // L4
        return invalid(cx, "besetzt", "There is a team with people on level %d.",
                       "Auf Level %d gibt es ein Team mit Leuten.", (int)use.highest);
    return OK;
}

enum err level_save(struct ctx *cx, const struct levels *l)
{
    TRY(check(cx, l));
    for (int i = 0; i < LEVELS; i++) {
        const struct level *v = &l->level[i];
        bool staffed = i >= 1 && i <= l->staffed;
        TRY(q_staff_level_put(cx, i, str_trim(v->name.de), str_trim(v->name.en),
                              str_trim(v->customer.de), str_trim(v->customer.en), staffed));
    }
    return event_config(cx, "level", 0);
}
