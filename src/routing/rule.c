// SPDX-License-Identifier: GPL-3.0-or-later
#include "routing/rule.h"

#include "base/buf.h"
#include "base/length.h"
#include "base/limits.h"
#include "contact/fold.h"
#include "event/event.h"
#include "routing.sql.h"

// --- words (U4) ------------------------------------------------------------------------------

const str *rule_words(struct arena *a, str text, isize *n)
{
    str *word = make(a, str, RULE_WORDS_MOST);
    *n = 0;
    for (isize i = 0; i < text.n && *n < RULE_WORDS_MOST;) {
        isize from = i;
        while (i < text.n && (unsigned char)text.p[i] > ' ')
            i++;
        struct fold f = {0};
        fold_typed(a, (str){text.p + from, i - from}, &f);
        for (int k = 0; k < f.n && *n < RULE_WORDS_MOST; k++)
            word[(*n)++] = f.word[k];
        i++;
    }
    return word;
}

static bool stands_there(str wanted, const struct rule_case *c)
{
    for (isize i = 0; i < c->words; i++)
        if (str_starts(c->word[i], wanted))
            return true;
    return false;
}

static bool entry_holds(struct arena *a, str entry, const struct rule_case *c)
{
    struct fold f = {0};
    fold_typed(a, entry, &f);
    for (int i = 0; i < f.n; i++)
        if (!stands_there(f.word[i], c))
            return false;
    return f.n > 0;
}

// The next entry, with a comma or a line between.
static str next_entry(str *rest)
{
    isize i = 0;
    while (i < rest->n && rest->p[i] != ',' && rest->p[i] != '\n')
        i++;
    str entry = {rest->p, i};
    *rest = str_cut(*rest, i < rest->n ? i + 1 : i);
    return str_trim(entry);
}

static bool words_hold(struct arena *a, str words, const struct rule_case *c)
{
    while (words.n > 0)
        if (entry_holds(a, next_entry(&words), c))
            return true;
    return false;
}

// --- pure ------------------------------------------------------------------------------------

static bool same_firm(str a, str b)
{
    return str_eq_nocase(str_trim(a), str_trim(b));
}

enum rule_part rule_unmet(struct arena *a, const struct rule *r, const struct rule_case *c)
{
    if (r->category.n != 0 && r->category.n != c->category.n && r->category.n != c->above.n)
        return RULE_CATEGORY;    // U3
    if (r->product.n != 0 && r->product.n != c->product.n)
        return RULE_PRODUCT;
    if (r->org.n > 0 && !same_firm(r->org, c->org))
        return RULE_ORG;
    if (r->lang != 0 && r->lang != c->lang)
        return RULE_LANGUAGE;
    if (r->channel != 0 && r->channel != c->channel)
        return RULE_CHANNEL;
    if (r->words.n > 0 && !words_hold(a, r->words, c))
        return RULE_WORDS;
    if (r->vip && !c->vip)
        return RULE_VIP;    // U8
    return (enum rule_part)0;
}

isize rule_pick(struct arena *a, const struct rule *r, isize n, const struct rule_case *c)
{
    for (isize i = 0; i < n; i++)
        if (r[i].active && rule_unmet(a, &r[i], c) == 0)    // U1 U2
            return i;
    return -1;
}

// --- sentences (U6) --------------------------------------------------------------------------

static struct words language_of(enum lang lang)
{
    return lang == LANG_EN ? SAY("English", "Englisch") : SAY("German", "Deutsch");
}

static struct words value_of(const struct rule *r, enum rule_part part)
{
    switch (part) {
    case RULE_CATEGORY:
        return r->category_name;
    case RULE_PRODUCT:
        return (struct words){r->product_name, r->product_name};
    case RULE_ORG:
        return (struct words){r->org, r->org};
    case RULE_LANGUAGE:
        return language_of(r->lang);
    case RULE_CHANNEL:
        return ticket_words_channel[r->channel].name;
    case RULE_WORDS:
        return (struct words){r->words, r->words};
    case RULE_VIP:
        return SAY("VIP", "VIP");
    case RULE_PARTS:
        break;
    }
    return (struct words){0};
}

static const struct words parts[RULE_PARTS] = {
    [RULE_CATEGORY] = WORDS("topic", "Thema"),
    [RULE_PRODUCT] = WORDS("product", "Produkt"),
    [RULE_ORG] = WORDS("firm", "Firma"),
    [RULE_LANGUAGE] = WORDS("language", "Sprache"),
    [RULE_CHANNEL] = WORDS("channel", "Kanal"),
    [RULE_WORDS] = WORDS("words", "Wörter"),
    [RULE_VIP] = WORDS("customer", "Kundschaft"),
};

static bool has_part(const struct rule *r, enum rule_part part)
{
    const bool has[RULE_PARTS] = {[RULE_CATEGORY] = r->category.n != 0,
                                  [RULE_PRODUCT] = r->product.n != 0,
                                  [RULE_ORG] = r->org.n > 0,
                                  [RULE_LANGUAGE] = r->lang != 0,
                                  [RULE_CHANNEL] = r->channel != 0,
                                  [RULE_WORDS] = r->words.n > 0,
                                  [RULE_VIP] = r->vip};
    return has[part];
}

static str conditions(struct arena *a, const struct rule *r, enum lang lang)
{
    struct buf b = buf_new(a, 120);
    for (int p = RULE_CATEGORY; p < RULE_PARTS; p++) {
        if (!has_part(r, (enum rule_part)p))
            continue;
        buf_put(&b, b.n > 0 ? S(", ") : S(""));
        buf_put(&b, words_in(parts[p], lang));
        buf_char(&b, ' ');
        buf_put(&b, words_in(value_of(r, (enum rule_part)p), lang));
    }
    if (b.n == 0)
        buf_put(&b, words_in(SAY("every case", "jeder Vorgang"), lang));
    return buf_str(&b);
}

struct words rule_why(struct arena *a, const struct rule *r)
{
    return (struct words){arena_fmt(a, "Rule “" STR_FMT "”: " STR_FMT ".", STR_ARG(r->name),
                                    STR_ARG(conditions(a, r, LANG_EN))),
                          arena_fmt(a, "Regel „" STR_FMT "“: " STR_FMT ".", STR_ARG(r->name),
                                    STR_ARG(conditions(a, r, LANG_DE)))};
}

struct words rule_why_not(struct arena *a, const struct rule *r, enum rule_part unmet)
{
    struct words value = value_of(r, unmet);
    if (unmet == RULE_WORDS)
        return (struct words){
            arena_fmt(a, "none of these words: " STR_FMT, STR_ARG(value.en)),
            arena_fmt(a, "keines dieser Wörter: " STR_FMT, STR_ARG(value.de))};
    if (unmet == RULE_VIP)
        return SAY("no VIP has asked", "gefragt hat kein VIP");
    return (struct words){arena_fmt(a, STR_FMT " is not “" STR_FMT "”",
                                    STR_ARG(parts[unmet].en), STR_ARG(value.en)),
                          arena_fmt(a, STR_FMT " ist nicht „" STR_FMT "“",
                                    STR_ARG(parts[unmet].de), STR_ARG(value.de))};
}

static str effect(struct arena *a, const struct rule *r, const struct levels *l, enum lang lang)
{
    struct buf b = buf_new(a, 80);
    if (r->team.n != 0)
        buf_put(&b, words_in(r->team_name, lang));
    else if (r->level > 0 && r->level < LEVELS)
        buf_put(&b, words_in(l->level[r->level].name, lang));
    if (r->priority > 0) {
        buf_put(&b, b.n > 0 ? S(", ") : S(""));
        buf_put(&b, words_in(SAY("priority ", "Priorität "), lang));
        buf_put(&b, words_in(ticket_words_priority[r->priority].name, lang));
    }
    return buf_str(&b);
}

struct words rule_effect(struct arena *a, const struct rule *r, const struct levels *l)
{
    return (struct words){effect(a, r, l, LANG_EN), effect(a, r, l, LANG_DE)};
}

// --- stored ----------------------------------------------------------------------------------

enum err rule_list(struct ctx *cx, struct rule **out, isize *n)
{
    struct q_routing_rules *row;
    TRY(q_routing_rules(cx, &row, n));
    *out = make(cx->arena, struct rule, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct rule){.id = row[i].id,
                                  .version = row[i].version,
                                  .place = row[i].place,
                                  .name = row[i].name,
                                  .active = row[i].active,
                                  .category = row[i].category,
                                  .product = row[i].product,
                                  .org = row[i].org,
                                  .lang = row[i].language,
                                  .channel = row[i].channel,
                                  .vip = row[i].vip,
                                  .words = row[i].words,
                                  .team = row[i].team,
                                  .level = (int)row[i].level,
                                  .priority = (int)row[i].priority,
                                  .category_name = {row[i].category_en, row[i].category_de},
                                  .team_name = {row[i].team_en, row[i].team_de},
                                  .product_name = row[i].product_name};
    return OK;
}

enum err rule_load(struct ctx *cx, rule_id id, struct rule *out)
{
    struct rule *r;
    isize n;
    TRY(rule_list(cx, &r, &n));
    for (isize i = 0; i < n; i++) {
        if (r[i].id.n != id.n)
            continue;
        *out = r[i];
        return OK;
    }
    return db_absent(cx);
}

static enum err check_effect(struct ctx *cx, const struct rule *r)    // U5
{
    struct levels l;
    struct team team = {0};
    TRY(level_load(cx, &l));
    if (r->team.n == 0 && r->level == 0 && r->priority == 0)
        return invalid(cx, "team", "What shall happen? Choose a team, a level or a priority.",
                       "Was soll geschehen? Wähle ein Team, ein Level oder eine Priorität.");
    if (r->level < 0 || r->level > l.staffed)
        return invalid(cx, "stufe", "This level has no people.",
                       "Dieses Level ist nicht besetzt.");
    if (r->priority < 0 || r->priority > 4)
        return invalid(cx, "prioritaet", "Priorities are 1 to 4.",
                       "Prioritäten gehen von 1 bis 4.");
    if (r->team.n == 0)
        return OK;
    if (r->level != 0)
        return invalid(cx, "stufe", "A team has its level: choose a team or a level, not both.",
                       "Ein Team hat schon sein Level: Wähle ein Team oder ein Level, nicht "
                       "beides.");
    TRY(team_load(cx, r->team, &team));
    if (!team_works(&team))
        return invalid(cx, "team", "This team is asked only; the case stays with us.",
                       "Dieses Team wird nur gefragt; der Vorgang bleibt bei uns.");
    return OK;
}

enum err rule_check(struct ctx *cx, const struct rule *r)
{
    if (str_trim(r->name).n == 0 || str_characters(r->name) > LIMIT_LINE)
        return invalid(cx, "name", "A rule has a name.", "Eine Regel hat einen Namen.");
    TRY(length_check(cx, "woerter", r->words, LIMIT_LINE));
    TRY(length_check(cx, "woerter", r->org, LIMIT_LINE));
    if ((r->channel != 0 && !ticket_words_has(ticket_words_channel, r->channel))
        || (r->lang != 0 && r->lang != LANG_DE && r->lang != LANG_EN))
        return invalid(cx, "kanal", "There is no such channel or language.",
                       "Diesen Kanal oder diese Sprache gibt es nicht.");
    return check_effect(cx, r);
}

static enum err tell(struct ctx *cx, rule_id id)
{
    return event_config(cx, "routing", id.n);
}

static enum err add(struct ctx *cx, const struct rule *r, rule_id *out)
{
    struct rule *all;
    isize n;
    struct q_routing_rule_insert row;
    TRY(rule_list(cx, &all, &n));
    if (n >= RULES_MOST)
        return invalid(cx, "name", "A desk has at most %d rules.",
                       "Es gibt höchstens %d Regeln.", RULES_MOST);
    TRY(q_routing_rule_insert(cx, n == 0 ? 1 : all[n - 1].place + 1, str_trim(r->name),
                              r->active, r->category, r->product, str_trim(r->org),
                              (int64_t)r->lang, (int64_t)r->channel, r->vip, str_trim(r->words),
                              r->team, r->level, r->priority, &row));
    *out = row.id;
    return OK;
}

enum err rule_save(struct ctx *cx, const struct rule *r, rule_id *out)
{
    struct q_routing_known known;
    int64_t changed;
    TRY(rule_check(cx, r));
    TRY(q_routing_known(cx, r->category, r->product, &known));
    if (!known.yes)
        return invalid(cx, "thema", "There is no such topic or product.",
                       "Dieses Thema oder Produkt gibt es nicht.");
    *out = r->id;
    if (r->id.n == 0) {
        TRY(add(cx, r, out));
        return tell(cx, *out);
    }
    TRY(q_routing_rule_change(cx, r->id, r->version, str_trim(r->name), r->active, r->category,
                              r->product, str_trim(r->org), (int64_t)r->lang,
                              (int64_t)r->channel, r->vip, str_trim(r->words), r->team,
                              r->level, r->priority, &changed));
    if (changed == 0)    // U7
        return fail(cx, ERR_STALE, "Somebody changed this rule meanwhile; please look again.",
                    "Die Regel wurde inzwischen geändert. Bitte noch einmal nachsehen.");
    return tell(cx, r->id);
}

enum err rule_move(struct ctx *cx, rule_id id, bool up)
{
    struct rule *r;
    isize n, at = -1;
    TRY(rule_list(cx, &r, &n));
    for (isize i = 0; i < n; i++)
        at = r[i].id.n == id.n ? i : at;
    if (at < 0)
        return db_absent(cx);
    isize with = up ? at - 1 : at + 1;
    if (with < 0 || with >= n)
        return OK;
    TRY(q_routing_rule_place(cx, r[at].id, with + 1));
    TRY(q_routing_rule_place(cx, r[with].id, at + 1));
    for (isize i = 0; i < n; i++)    // places without gaps, so that a swap is one
        if (i != at && i != with && r[i].place != i + 1)
            TRY(q_routing_rule_place(cx, r[i].id, i + 1));
    return tell(cx, id);
}

enum err rule_remove(struct ctx *cx, rule_id id)
{
    int64_t changed;
    TRY(q_routing_rule_remove(cx, id, &changed));
    return changed == 0 ? db_absent(cx) : tell(cx, id);
}

enum err rule_case_facts(struct ctx *cx, const struct ticket *t, struct rule_case *out)
{
    struct q_routing_above *row;
    isize n;
    TRY(q_routing_above(cx, t->category, &row, &n));
    *out = (struct rule_case){.category = t->category,
                              .above = n > 0 ? row[0].above : (category_id){0},
                              .product = t->product,
                              .org = t->contact_org,
                              .lang = t->lang,
                              .channel = t->channel,
                              .vip = t->contact_vip};
    return OK;
}

void rule_case_words(struct arena *a, const struct ticket *t, struct rule_case *c)
{
    str text = arena_fmt(a, STR_FMT " " STR_FMT, STR_ARG(t->subject), STR_ARG(t->problem));
    c->word = rule_words(a, text, &c->words);
}

enum err rule_case_of(struct ctx *cx, const struct ticket *t, struct rule_case *out)
{
    TRY(rule_case_facts(cx, t, out));
    rule_case_words(cx->arena, t, out);
    return OK;
}
