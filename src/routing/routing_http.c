// SPDX-License-Identifier: GPL-3.0-or-later
#include "routing/routing_http.h"

#include "routing.html.h"

const struct staff_choice routing_languages[3] = {
    {0, WORDS("any", "egal"), false},
    {LANG_DE, WORDS("German", "Deutsch"), false},
    {LANG_EN, WORDS("English", "Englisch"), false},
};

static const struct words any = WORDS("any", "egal"),
                          as_it_is = WORDS("as it is", "wie es ist");

str routing_number(const struct page *p, int64_t number)
{
    return ticket_number_shown(p->cx->arena, number);
}

// --- what can be chosen ------------------------------------------------------------------------

static void offer_words(struct ctx *cx, const struct ticket_word *table, struct words zero,
                        const struct staff_choice **out, isize *n)
{
    isize rows = 1;
    while (table[rows].code != NULL)
        rows++;
    struct staff_choice *c = make(cx->arena, struct staff_choice, rows);
    c[(*n)++] = (struct staff_choice){0, zero, false};
    for (isize i = 1; i < rows; i++)
        c[(*n)++] = (struct staff_choice){i, table[i].name, false};
    *out = c;
}

static enum err offer_teams(struct ctx *cx, struct routing_form *f)
{
    struct team *t;
    struct levels l;
    isize n;
    TRY(team_list(cx, &t, &n));
    TRY(level_load(cx, &l));
    struct staff_choice *c = make(cx->arena, struct staff_choice, n + 1 + LEVELS);
    c[f->teams++] = (struct staff_choice){0, as_it_is, false};
    for (isize i = 0; i < n; i++)
        if (team_works(&t[i]))
            c[f->teams++] = (struct staff_choice){t[i].id.n, t[i].name, false};
    f->team = c;
    f->level = c + n + 1;
    c = c + n + 1;
    c[f->levels++] = (struct staff_choice){0, as_it_is, false};
    for (int i = 1; i <= l.staffed; i++)
        c[f->levels++] = (struct staff_choice){i, l.level[i].name, false};
    return OK;
}

// --- the list and the test (H3) ----------------------------------------------------------------

// A name that is none is said above, and the case is tested without it.
static enum err typed_class(struct ctx *cx, const struct request *rq, struct ticket *t)
{
    enum err err = pick_topic(cx, rq, "thema", (category_id){0}, &t->category);
    if (err == OK || err == ERR_INVALID)
        err = pick_product(cx, rq, "produkt", (product_id){0}, &t->product);
    return err == ERR_INVALID ? OK : err;
}

static enum err typed_case(struct ctx *cx, const struct request *rq, struct rule_case *out)
{
    struct ticket t = {.channel = (enum channel)form_int(rq, "kanal", CHANNEL_MAIL),
                       .lang = (enum lang)form_int(rq, "sprache", LANG_DE),
                       .contact_org = form_text(rq, "firma"),
                       .contact_vip = form_has(rq, "vip"),
                       .problem = form_text(rq, "text")};
    TRY(typed_class(cx, rq, &t));
    return rule_case_of(cx, &t, out);
}

static enum err tell(struct ctx *cx, const struct request *rq, struct routing_page *v)
{
    struct rule *r;
    struct levels l;
    struct rule_case c;
    TRY(rule_list(cx, &r, &v->lines));
    TRY(level_load(cx, &l));
    TRY(typed_case(cx, rq, &c));
    v->tested = form_has(rq, "probe");
    isize decides = v->tested ? rule_pick(cx->arena, r, v->lines, &c) : -1;
    v->none = decides < 0;
    struct routing_line *line = make(cx->arena, struct routing_line, v->lines);
    for (isize i = 0; i < v->lines; i++) {
        enum rule_part unmet = v->tested ? rule_unmet(cx->arena, &r[i], &c) : (enum rule_part)0;
        line[i] = (struct routing_line){.rule = &r[i],
                                        .why = rule_why(cx->arena, &r[i]),
                                        .effect = rule_effect(cx->arena, &r[i], &l),
                                        .decides = i == decides};
        if (unmet != 0)
            line[i].missing = rule_why_not(cx->arena, &r[i], unmet);
    }
    v->line = line;
    return OK;
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct routing_page *v = make(cx->arena, struct routing_page, 1);
    TRY(tell(cx, rq, v));
    TRY(pick_topics(cx, rq, "thema", (category_id){0}, form_int(rq, "thema", 0), &v->topic));
    TRY(pick_products(cx, rq, "produkt", (product_id){0}, form_int(rq, "produkt", 0),
                      &v->product));
    offer_words(cx, ticket_words_channel, any, &v->channel, &v->channels);
    html_routing(page_begin(cx, rq, rp, 200), v);
    return OK;
}

// --- one rule ----------------------------------------------------------------------------------

static enum err load(struct ctx *cx, const struct request *rq, struct rule *r)
{
    *r = (struct rule){.active = true};
    if (str_eq(path_text(rq, 0), S("0")))
        return OK;
    return rule_load(cx, (rule_id){path_int(rq, 0)}, r);
}

static void take(const struct request *rq, struct rule *r)
{
    r->version = form_int(rq, "version", r->version);
    r->name = form_text(rq, "name");
    r->active = form_has(rq, "aktiv");
    r->category.n = form_int(rq, "thema", 0);
    r->product.n = form_int(rq, "produkt", 0);
    r->channel = (enum channel)form_int(rq, "kanal", 0);
    r->lang = (enum lang)form_int(rq, "sprache", 0);
    r->org = form_text(rq, "firma");
    r->vip = form_has(rq, "vip");
    r->words = form_text(rq, "woerter");
    r->team.n = form_int(rq, "team", 0);
    r->level = (int)form_int(rq, "stufe", 0);
    r->priority = (int)form_int(rq, "prioritaet", 0);
}

static enum err choose(struct ctx *cx, const struct request *rq, const struct rule *before,
                       struct rule *r)
{
    enum err topic = pick_topic(cx, rq, "thema", before->category, &r->category);
    TRY(topic == ERR_INVALID ? OK : topic);    // each at its field
    TRY(pick_product(cx, rq, "produkt", before->product, &r->product));
    return topic;
}

static enum err open(struct ctx *cx, const struct request *rq, struct routing_form *f)
{
    TRY(load(cx, rq, &f->r));
    category_id topic = f->r.category;    // what is stored stays
    product_id product = f->r.product;
    if (form_has(rq, "name"))
        take(rq, &f->r);    // H1
    TRY(pick_topics(cx, rq, "thema", topic, f->r.category.n, &f->topic));
    TRY(pick_products(cx, rq, "produkt", product, f->r.product.n, &f->product));
    TRY(offer_teams(cx, f));
    offer_words(cx, ticket_words_channel, any, &f->channel, &f->channels);
    offer_words(cx, ticket_words_priority, as_it_is, &f->priority, &f->priorities);
    return OK;
}

static enum err show_one(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct routing_form *f = make(cx->arena, struct routing_form, 1);
    TRY(open(cx, rq, f));
    html_routing_one(page_begin(cx, rq, rp, 200), f);
    return OK;
}

static enum err save(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct rule r;
    rule_id id;
    TRY(load(cx, rq, &r));
    struct rule before = r;
    take(rq, &r);
    TRY(choose(cx, rq, &before, &r));
    TRY(rule_save(cx, &r, &id));
    return see_other(cx, rp, "/a/regeln?ok=1");
}

static void name_chosen(struct routing_form *f)
{
    for (isize i = 0; i < f->teams; i++)
        if (f->team[i].value == f->r.team.n)
            f->r.team_name = f->team[i].name;
}

static enum err try_it(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct routing_form *f = make(cx->arena, struct routing_form, 1);
    struct trial t;
    struct rule before;
    TRY(load(cx, rq, &before));
    TRY(open(cx, rq, f));
    TRY(choose(cx, rq, &before, &f->r));
    TRY(rule_check(cx, &f->r));
    name_chosen(f);
    TRY(trial(cx, &f->r, &t));
    f->tried = &t;
    html_routing_one(page_begin(cx, rq, rp, 200), f);
    return OK;
}

static enum err act(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct rule r;
    str what = form_text(rq, "tun");
    TRY(load(cx, rq, &r));
    if (str_eq(what, S("weg")))
        TRY(rule_remove(cx, r.id));
    else if (str_eq(what, S("hoch")) || str_eq(what, S("runter")))
        TRY(rule_move(cx, r.id, str_eq(what, S("hoch"))));
    else
        return invalid(cx, "", "Choose what is to be done.", "Wähle aus, was geschehen soll.");
    return see_other(cx, rp, "/a/regeln?ok=1");
}

// --- the next one ------------------------------------------------------------------------------

static enum err next(struct ctx *cx, struct request *rq, struct reply *rp)
{
    ticket_id id;
    struct ticket t;
    (void)rq;
    TRY(routing_next(cx, &id));
    if (id.n == 0)
        return see_other(cx, rp, "/w/inbox?nichts=1");
    TRY(ticket_load(cx, id, &t));
    return see_other(cx, rp, "/w/t/" STR_FMT,
                     STR_ARG(ticket_number_shown(cx->arena, t.number)));
}

// clang-format off
const struct route routing_routes[] = {
    {GET,  "/a/regeln",            CAN_CONFIGURE, show,     .summary = "rules of where new cases go, and which would hold"},
    {GET,  "/a/regeln/{id}",       CAN_CONFIGURE, show_one, .summary = "a rule; 0: a new one"},
    {POST, "/a/regeln/{id}",       CAN_CONFIGURE, save,     show_one, .summary = "save a rule"},
    {POST, "/a/regeln/{id}/probe", CAN_CONFIGURE, try_it,   show_one, .summary = "try a rule on last month's cases"},
    {POST, "/a/regeln/{id}/tun",   CAN_CONFIGURE, act,      show_one, .summary = "move or remove a rule"},
    {POST, "/w/naechster",         CAN_WORK,      next,     .summary = "take the next case"},
    {0},
};
// clang-format on
