// SPDX-License-Identifier: GPL-3.0-or-later
#include "staff/level_http.h"

#include "base/limits.h"
#include "level.html.h"

enum { CENTS = 100 };

static const char *field(struct arena *a, const char *what, int level, const char *lang)
{
    return arena_z(a, arena_fmt(a, "%s%d%s", what, level, lang));
}

// The German field is the one a problem points to.
const char *level_field(const struct page *p, const char *what, int level, const char *lang)
{
    return field(p->cx->arena, what, level, strcmp(lang, "de") == 0 ? "" : "_en");
}

static struct words typed(struct ctx *cx, const struct request *rq, const char *what, int level)
{
    return (struct words){form_text(rq, field(cx->arena, what, level, "_en")),
                          form_text(rq, field(cx->arena, what, level, ""))};
}

static void take(struct ctx *cx, const struct request *rq, struct levels *l)
{
    l->staffed = (int)form_int(rq, "besetzt", l->staffed);
    for (int i = 0; i < LEVELS; i++)
        l->level[i] = (struct level){typed(cx, rq, "name", i), typed(cx, rq, "kunden", i)};
}

static void offer(struct ctx *cx, struct level_page *v)
{
    struct staff_choice *c = make(cx->arena, struct staff_choice, LEVELS + AUTHORITY_VERBS);
    v->level = c;
    for (int i = 1; i <= LEVEL_LAST_OWN; i++)
        c[v->levels_n++] = (struct staff_choice){i, v->levels.level[i].name, false};
    c += LEVELS;
    v->verb = c;
    for (int i = AUTHORITY_SOLVE; i < AUTHORITY_VERBS; i++)
        c[i - 1] = (struct staff_choice){i, authority_words[i].name, false};
}

static void tell_may(struct level_page *v, const struct authority_rule *rule, isize n)
{
    for (int level = 1; level <= LEVEL_LAST_OWN; level++)
        for (int verb = AUTHORITY_SOLVE; verb < AUTHORITY_VERBS; verb++) {
            struct authority_act act = {.verb = (enum authority_verb)verb, .level = level};
            v->may[level][verb] = authority_check(rule, n, &act);
        }
}

static enum err tell_rules(struct ctx *cx, const struct request *rq, struct level_page *v)
{
    struct authority_rule *rule;
    isize n;
    TRY(authority_house(cx, &rule, &n));
    tell_may(v, rule, n);
    v->list = staff_list_of(rq, "ab");
    TRY(authority_page(cx, v->list.skip, LIMIT_PAGE_ROWS, &rule, &v->rules, &v->list.all));
    v->rule = rule;
    return OK;
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct level_page *v = make(cx->arena, struct level_page, 1);
    TRY(level_load(cx, &v->levels));
    if (form_has(rq, "besetzt"))
        take(cx, rq, &v->levels);    // H1
    TRY(tell_rules(cx, rq, v));
    offer(cx, v);
    TRY(pick_topics(cx, rq, "thema", (category_id){0}, form_int(rq, "thema", 0), &v->topic));
    html_levels(page_begin(cx, rq, rp, 200), v);
    return OK;
}

static enum err save(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct levels l;
    TRY(level_load(cx, &l));
    take(cx, rq, &l);
    TRY(level_save(cx, &l));
    return see_other(cx, rp, "/a/stufen?ok=1");
}

static enum err set(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct authority_rule r = {.level = (int)form_int(rq, "stufe", 0),
                               .verb = (enum authority_verb)form_int(rq, "recht", 0),
                               .allowed = form_int(rq, "darf", 0) == 1};
    int64_t euros = 0;
    TRY(pick_topic(cx, rq, "thema", (category_id){0}, &r.category));
    if (form_text(rq, "betrag").n > 0 && !str_to_int(form_text(rq, "betrag"), &euros))
        return invalid(cx, "betrag", "Give whole euros.", "Gib ganze Euro an.");
    if (form_has(rq, "weg")) {
        TRY(authority_forget(cx, &r));
        return see_other(cx, rp, "/a/stufen?darf=1#spielraum");
    }
    bool money = r.verb >= AUTHORITY_SOLVE && r.verb < AUTHORITY_VERBS
                 && authority_words[r.verb].amount && r.allowed;
    r.amount = money ? euros * CENTS : 0;
    TRY(authority_save(cx, &r));
    return see_other(cx, rp, "/a/stufen?darf=1#spielraum");
}

// clang-format off
const struct route level_routes[] = {
    {GET,  "/a/stufen",       CAN_CONFIGURE, show, .summary = "the levels and what each may do"},
    {POST, "/a/stufen",       CAN_CONFIGURE, save, show, .summary = "name the levels"},
    {POST, "/a/stufen/recht", CAN_CONFIGURE, set,  show, .summary = "set what a level may do"},
    {0},
};
// clang-format on
