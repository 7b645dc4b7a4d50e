// SPDX-License-Identifier: GPL-3.0-or-later
#include "staff/authority.h"

#include "event/event.h"
#include "staff.sql.h"

enum { CENTS = 100, AMOUNT_MOST = 100 * 1000 * 1000 };

// clang-format off
const struct authority_word authority_words[AUTHORITY_VERBS] = {
    [AUTHORITY_SOLVE]  = {"solve",  WORDS("Solve", "Lösen"),
                          WORDS("may not solve this itself", "darf das nicht selbst lösen"), false},
    [AUTHORITY_REMOTE] = {"remote", WORDS("Remote support", "Fernwartung"),
                          WORDS("may not look at the device", "darf nicht auf das Gerät schauen"), false},
    [AUTHORITY_SHIP]   = {"ship",   WORDS("Ship a replacement", "Ersatz schicken"),
                          WORDS("may not ship a replacement", "darf keinen Ersatz schicken"), true},
    [AUTHORITY_CREDIT] = {"credit", WORDS("Give a credit", "Gutschrift geben"),
                          WORDS("may not give this credit", "darf diese Gutschrift nicht geben"), true},
    [AUTHORITY_RESET]  = {"reset",  WORDS("Reset a password", "Passwort zurücksetzen"),
                          WORDS("may not reset passwords", "darf keine Passwörter zurücksetzen"), false},
    [AUTHORITY_GOODWILL] = {"goodwill", WORDS("Help as goodwill", "Aus Kulanz helfen"),
                          WORDS("may not grant goodwill", "darf keine Kulanz gewähren"), false},
};

// A2.  [level][verb]: 0 may not, else up to so many euros; -1: any.
static const int house[LEVEL_LAST_OWN + 1][AUTHORITY_VERBS] = {
    [0] = {[AUTHORITY_SOLVE] = -1},
    [1] = {[AUTHORITY_SOLVE] = -1, [AUTHORITY_REMOTE] = -1, [AUTHORITY_RESET] = -1},
    [2] = {[AUTHORITY_SOLVE] = -1, [AUTHORITY_REMOTE] = -1, [AUTHORITY_RESET] = -1,
           [AUTHORITY_SHIP] = 300, [AUTHORITY_CREDIT] = 50, [AUTHORITY_GOODWILL] = -1},
    [3] = {[AUTHORITY_SOLVE] = -1, [AUTHORITY_REMOTE] = -1, [AUTHORITY_RESET] = -1,
           [AUTHORITY_SHIP] = -1, [AUTHORITY_CREDIT] = -1, [AUTHORITY_GOODWILL] = -1},
};
// clang-format on

enum authority_verb authority_named(str code)
{
    for (enum authority_verb verb = AUTHORITY_SOLVE; verb < AUTHORITY_VERBS; verb++)
        if (str_eq(code, str_from_z(authority_words[verb].code)))
            return verb;
    return 0;
}

static struct authority_rule house_rule(int level, enum authority_verb verb)
{
    int n = level < 0 || level > LEVEL_LAST_OWN ? 0 : house[level][verb];
    return (struct authority_rule){.level = level,
                                   .verb = verb,
                                   .allowed = n != 0,
                                   .amount = n > 0 ? (int64_t)n * CENTS : 0};
}

// A1: 2 of the topic itself, 1 of the one above, 0 of everything; -1: not of this act.
static int exactness(const struct authority_rule *r, const struct authority_act *act, int level)
{
    if (r->level != level || r->verb != act->verb)
        return -1;
    if (r->category.n == 0)
        return 0;
    if (r->category.n == act->category.n)
        return 2;
    return r->category.n == act->above.n ? 1 : -1;
}

static struct authority_rule rule_of(const struct authority_rule *rule, isize n,
                                     const struct authority_act *act, int level)
{
    struct authority_rule best = house_rule(level, act->verb);
    int exact = -1;
    for (isize i = 0; i < n; i++) {
        int e = exactness(&rule[i], act, level);
        if (e <= exact)
            continue;
        exact = e;
        best = rule[i];
    }
    return best;
}

static bool suffices(const struct authority_rule *r, int64_t amount)
{
    return r->allowed && (r->amount == 0 || amount <= r->amount);
}

struct authority_verdict authority_check(const struct authority_rule *rule, isize n,
                                         const struct authority_act *act)
{
    struct authority_rule own = rule_of(rule, n, act, act->level);
    bool barred = act->trainee && act->verb != AUTHORITY_SOLVE;    // A3
    struct authority_verdict v = {.allowed = !barred && suffices(&own, act->amount),
                                  .limit = own.allowed ? own.amount : 0};
    for (int level = 1; level <= LEVEL_LAST_OWN && v.level == 0; level++) {    // A4
        struct authority_rule r = rule_of(rule, n, act, level);
        if (suffices(&r, act->amount))
            v.level = level;
    }
    return v;
}

// A8
static enum err rules_about(struct ctx *cx, category_id category, struct authority_rule **out,
                            isize *n)
{
    struct q_staff_authority *row;
    TRY(q_staff_authority(cx, category, &row, n));
    *out = make(cx->arena, struct authority_rule, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct authority_rule){(int)row[i].level, row[i].verb, row[i].category,
                                            row[i].allowed, row[i].amount};
    return OK;
}

enum err authority_house(struct ctx *cx, struct authority_rule **out, isize *n)
{
    return rules_about(cx, (category_id){0}, out, n);
}

enum err authority_page(struct ctx *cx, isize skip, isize most, struct authority_rule **out,
                        isize *n, isize *all)
{
    struct q_staff_authority_page *row;
    struct q_staff_authority_count count;
    TRY(q_staff_authority_count(cx, (category_id){0}, &count));
    TRY(q_staff_authority_page(cx, skip, most, &row, n));
    *out = make(cx->arena, struct authority_rule, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct authority_rule){
            (int)row[i].level, row[i].verb,   row[i].category,
            row[i].allowed,    row[i].amount, {row[i].about_en, row[i].about_de}};
    *all = (isize)count.rules;
    return OK;
}

enum err authority_save(struct ctx *cx, const struct authority_rule *r)
{
    int64_t changed;
    if (r->level < 1 || r->level > LEVEL_LAST_OWN || r->verb < AUTHORITY_SOLVE
        || r->verb >= AUTHORITY_VERBS)
        return invalid(cx, "recht", "There is no such level or act.",
                       "Dieses Level oder diese Handlung gibt es nicht.");
    if (r->amount < 0 || r->amount > AMOUNT_MOST)
        return invalid(cx, "betrag", "Amounts go from 0 to a million.",
                       "Beträge gehen von 0 bis zu einer Million.");
    TRY(q_staff_authority_put(cx, r->level, r->verb, r->category, r->allowed, r->amount,
                              &changed));
    if (changed == 0)
        return invalid(cx, "thema", "There is no such topic.", "Dieses Thema gibt es nicht.");
    return event_config(cx, "authority", 0);
}

enum err authority_forget(struct ctx *cx, const struct authority_rule *r)
{
    TRY(q_staff_authority_forget(cx, r->level, r->verb, r->category));
    return event_config(cx, "authority", 0);
}

// The topic of an act with the one above it; a case without one is about nothing in particular.
static enum err about(struct ctx *cx, category_id category, struct authority_act *act,
                      struct words *name)
{
    struct q_staff_category k;
    *name = (struct words){0};
    if (category.n == 0)
        return OK;
    TRY(q_staff_category(cx, category, &k));
    act->category = category;
    act->above = k.above;
    *name = (struct words){k.name_en, k.name_de};
    return OK;
}

static struct words quoted(struct arena *a, struct words name)
{
    if (name.de.n == 0)
        return SAY("", "");
    return (struct words){arena_fmt(a, " (“" STR_FMT "”)", STR_ARG(name.en)),
                          arena_fmt(a, " („" STR_FMT "“)", STR_ARG(name.de))};
}

static struct words instead(struct arena *a, const struct levels *l,
                            const struct authority_verdict *v)    // A4
{
    if (v->level == 0)
        return SAY(" No level may; talk to the team lead.",
                   " Das darf kein Level. Sprich mit der Teamleitung.");
    struct words name = l->level[v->level].name;
    return (struct words){
        arena_fmt(a, " “" STR_FMT "” may: hand the case over.", STR_ARG(name.en)),
        arena_fmt(a, " „" STR_FMT "“ darf das: Übergib den Vorgang.", STR_ARG(name.de))};
}

struct words authority_whose(struct arena *a, const struct levels *l,
                             const struct authority_verdict *v)
{
    if (v->level == 0)
        return SAY("Talk to the team lead", "Sprich mit der Teamleitung");
    struct words name = l->level[v->level].name;
    return (struct words){arena_fmt(a, "“" STR_FMT "” may", STR_ARG(name.en)),
                          arena_fmt(a, "Das darf „" STR_FMT "“", STR_ARG(name.de))};
}

static enum err deny(struct ctx *cx, const struct authority_act *act,
                     const struct authority_verdict *v, struct words about)
{
    struct levels l;
    TRY(level_load(cx, &l));
    int own = act->level < 0 || act->level >= LEVELS ? LEVEL_SELF : act->level;
    struct words who = l.level[own].name, what = authority_words[act->verb].denied;
    struct words topic = quoted(cx->arena, about), hint = instead(cx->arena, &l, v);
    if (act->trainee)
        who = SAY("A trainee", "Wer eingearbeitet wird,");
    // The two languages need different arguments, which fail() cannot take.
    cx->detail = (struct words){
        arena_fmt(cx->arena, STR_FMT " " STR_FMT STR_FMT "." STR_FMT, STR_ARG(who.en),
                  STR_ARG(what.en), STR_ARG(topic.en), STR_ARG(hint.en)),
        arena_fmt(cx->arena, STR_FMT " " STR_FMT STR_FMT "." STR_FMT, STR_ARG(who.de),
                  STR_ARG(what.de), STR_ARG(topic.de), STR_ARG(hint.de))};
    return ERR_DENIED;
}

// The asker's act and what is to be said of it.
static enum err look(struct ctx *cx, category_id category, struct authority_act *act,
                     struct words *name, struct authority_verdict *v)
{
    struct authority_rule *rule;
    struct person me;
    isize n;
    TRY(rules_about(cx, category, &rule, &n));
    TRY(person_load(cx, cx->who.person, &me));
    TRY(about(cx, category, act, name));
    act->level = cx->who.level;
    act->trainee = me.role == ROLE_TRAINEE;
    *v = authority_check(rule, n, act);
    return OK;
}

enum err authority_verdict(struct ctx *cx, enum authority_verb verb, category_id category,
                           struct authority_verdict *out)
{
    struct words name;
    struct authority_act act = {.verb = verb};
    return look(cx, category, &act, &name, out);
}

enum err authority_may(struct ctx *cx, enum authority_verb verb, category_id category,
                       int64_t amount)
{
    struct authority_verdict v;
    struct words name;
    struct authority_act act = {.verb = verb, .amount = amount};
    if (cx->who.person.n == 0)    // A6
        return OK;
    TRY(look(cx, category, &act, &name, &v));
    return v.allowed ? OK : deny(cx, &act, &v, name);
}

enum err authority_of_level(struct ctx *cx, int level, enum authority_verb verb,
                            category_id category, bool *out)
{
    struct authority_rule *rule;
    struct words name;
    isize n;
    struct authority_act act = {.verb = verb, .level = level};
    TRY(rules_about(cx, category, &rule, &n));
    TRY(about(cx, category, &act, &name));
    *out = authority_check(rule, n, &act).allowed;
    return OK;
}

// A right holds its topic by the mere number, so no key of another table would keep it.
enum err authority_check_topic(struct ctx *cx, category_id category)
{
    struct q_staff_authority_count count;
    TRY(q_staff_authority_count(cx, category, &count));
    if (count.about > 0)
        return invalid(cx, "",
                       "It cannot be deleted: there still is a right for this topic under "
                       "“Levels and authority”.",
                       "Löschen geht nicht: Für dieses Thema gibt es noch ein Recht unter "
                       "„Level und Handlungsspielraum“.");
    return OK;
}
