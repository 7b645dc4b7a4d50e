// SPDX-License-Identifier: GPL-3.0-or-later
#include "ticket/product.h"

#include "base/length.h"
#include "base/limits.h"
#include "base/when.h"
#include "choice.sql.h"
#include "event/event.h"
#include "mail/clean.h"
#include "ticket.sql.h"
#include "ticket/name_key.h"

// --- pure ------------------------------------------------------------------------------------

static int64_t day_of(instant now)
{
    struct local today = zone_local(now);
    return zone_days(today.year, today.month, today.day);
}

enum product_state product_state(const struct product_life *l, instant now)
{
    int64_t day = day_of(now);
    if (l->supported_until != 0 && day > l->supported_until)
        return PRODUCT_OUTLIVED;
    return l->sold_until != 0 && day > l->sold_until ? PRODUCT_KEPT : PRODUCT_SOLD;
}

instant product_day(int64_t day)
{
    return zone_instant(zone_date_of(day));
}

bool product_day_read(str typed, instant now, int64_t *out)
{
    instant t;
    *out = 0;
    if (str_trim(typed).n == 0)
        return true;
    if (!when_read(typed, S("12:00"), now, &t))
        return false;
    struct local wall = zone_local(t);
    *out = zone_days(wall.year, wall.month, wall.day);
    return true;
}

str product_day_shown(struct arena *a, int64_t day, enum lang lang)
{
    return day == 0 ? S("") : when_day(a, product_day(day), lang);
}

static struct words on_day(struct arena *a, const char *en, const char *de, int64_t day)
{
    instant t = product_day(day);
    return (struct words){arena_fmt(a, "%s " STR_FMT, en, STR_ARG(when_day(a, t, LANG_EN))),
                          arena_fmt(a, "%s " STR_FMT, de, STR_ARG(when_day(a, t, LANG_DE)))};
}

struct words product_said(struct arena *a, const struct product_life *l, instant now)
{
    enum product_state s = product_state(l, now);
    if (s == PRODUCT_OUTLIVED)
        return on_day(a, "support ended on", "Support endete am", l->supported_until);
    if (s == PRODUCT_KEPT && l->supported_until != 0)
        return on_day(a, "not sold any more, supported until",
                      "nicht mehr im Verkauf, Support bis", l->supported_until);
    return s == PRODUCT_KEPT ? SAY("not sold any more", "nicht mehr im Verkauf") : SAY("", "");
}

static bool begins_word(str s, isize at)
{
    return name_key_in_word(s, at) && !name_key_in_word(s, at - 1);
}

static bool has_words(str text, str words)
{
    for (isize at = 0; at + words.n <= text.n; at++)
        if (begins_word(text, at) && str_starts(str_cut(text, at), words)
            && !name_key_in_word(text, at + words.n))
            return true;
    return false;
}

// How long the longest of its names is that stands in the text; 0: none does.
static isize named_by(struct arena *a, str text, const struct product *p)
{
    isize longest = NAME_KEY_LEAST - 1;
    str names =
        arena_lower(a, arena_fmt(a, STR_FMT "," STR_FMT, STR_ARG(p->name), STR_ARG(p->words)));
    while (names.n > 0) {
        str name = str_trim(str_token(&names, ','));
        if (name.n > longest && has_words(text, name))
            longest = name.n;
    }
    return longest < NAME_KEY_LEAST ? 0 : longest;
}

const struct product *product_named(struct arena *a, str text, const struct product *all,
                                    isize n)
{
    const struct product *best = NULL;
    isize longest = 0;
    text = arena_lower(a, str_head(text, LIMIT_LINE));
    for (isize i = 0; i < n; i++) {
        isize by = product_is_offered(&all[i]) ? named_by(a, text, &all[i]) : 0;    // R7
        if (by > longest)
            best = &all[i];
        longest = by > longest ? by : longest;
    }
    return best;
}

// --- reading ---------------------------------------------------------------------------------

// A row of any statement that gives all of a product.
#define FROM_ROW(r)                                          \
    ((struct product){(r).id,                                \
                      (r).version,                           \
                      (r).name,                              \
                      (r).words,                             \
                      {(r).sold_until, (r).supported_until}, \
                      (r).successor,                         \
                      {(r).offer_en, (r).offer_de},          \
                      (r).ended})

enum err product_load(struct ctx *cx, product_id id, struct product *out)
{
    struct q_product_row *row;
    isize n = 0;
    if (id.n != 0)
        TRY(q_product_row(cx, id, &row, &n));
    if (n == 0)
        return db_absent(cx);
    *out = FROM_ROW(*row);
    return OK;
}

bool product_is_offered(const struct product *p)
{
    return p->ended.ms == 0;
}

enum err product_offer(struct ctx *cx, product_id kept, struct product **out, isize *n)
{
    struct q_product_offered *row;
    TRY(q_product_offered(cx, kept, LIMIT_CHOICES + 1, &row, n));
    *out = make(cx->arena, struct product, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = FROM_ROW(row[i]);
    return OK;
}

enum err product_by_name(struct ctx *cx, str name, product_id *out)
{
    struct q_product_by_name row;
    TRY(q_product_by_name(cx, name, &row));
    *out = row.id;
    return OK;
}

// R10
enum err product_by_text(struct ctx *cx, str text, struct product *out)
{
    struct q_product_keyed keys;
    struct q_product_said *row;
    isize n;
    *out = (struct product){0};
    TRY(q_product_keyed(cx, &keys));
    if (!keys.any)
        return OK;
    str line = arena_lower(cx->arena, str_head(text, LIMIT_LINE));
    TRY(q_product_said(cx, name_key_line(cx->arena, line), line, &row, &n));
    struct product *all = make(cx->arena, struct product, n);
    for (isize i = 0; i < n; i++)
        all[i] = FROM_ROW(row[i]);
    const struct product *p = product_named(cx->arena, text, all, n);
    if (p != NULL)
        *out = *p;
    return OK;
}

// R3
enum err product_instead(struct ctx *cx, const struct product *p, struct product *out)
{
    struct q_product_next *row;
    isize n = 0;
    if (p->successor.n != 0)
        TRY(q_product_next(cx, p->successor, day_of(cx->now), &row, &n));
    *out = n > 0 ? FROM_ROW(*row) : (struct product){0};
    return OK;
}

enum err product_page(struct ctx *cx, const struct choice_wish *wish, struct product **out,
                      isize *n)
{
    struct q_product_page *row;
    str like = choice_like(cx->arena, wish->typed);
    TRY(q_product_page(cx, like, wish->ended, wish->skip, wish->most, &row, n));
    *out = make(cx->arena, struct product, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = FROM_ROW(row[i]);
    return OK;
}

enum err product_count(struct ctx *cx, str typed, struct choice_count *out)
{
    struct q_product_count row;
    TRY(q_product_count(cx, choice_like(cx->arena, typed), &row));
    *out = (struct choice_count){row.offered, row.ended};
    return OK;
}

enum err product_used(struct ctx *cx, struct product **out, isize *n)
{
    struct q_product_used *row;
    TRY(q_product_used(cx, LIMIT_PAGE_ROWS, &row, n));
    *out = make(cx->arena, struct product, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = FROM_ROW(row[i]);
    return OK;
}

enum err product_find(struct ctx *cx, str typed, product_id kept, product_id *out,
                      enum choice_found *found)
{
    struct q_product_find *row;
    isize n;
    typed = str_trim(typed);
    TRY(q_product_find(cx, typed, choice_exact(cx->arena, typed), kept, &row, &n));
    bool several = n > 1 && row[0].exact == row[1].exact;
    *found = n == 0 ? CHOICE_NONE : several ? CHOICE_SEVERAL : CHOICE_ONE;
    if (*found == CHOICE_ONE)
        *out = row[0].id;
    return OK;
}

enum err product_among(struct ctx *cx, const int64_t *key, isize keys, struct product **out,
                       isize *n)
{
    struct q_product_among *row;
    TRY(q_product_among(cx, choice_keys(cx->arena, key, keys), &row, n));
    *out = make(cx->arena, struct product, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = FROM_ROW(row[i]);
    return OK;
}

// --- changing --------------------------------------------------------------------------------

// R3
static enum err check_successor(struct ctx *cx, const struct product *p)
{
    struct q_product_line line;
    if (p->successor.n == 0)
        return OK;
    TRY(q_product_line(cx, p->successor, p->id, &line));
    if (!line.there)
        return invalid(cx, "successor", "There is no such product.",
                       "Dieses Produkt gibt es nicht.");
    if (line.back)
        return invalid(cx, "successor", "The line of successors leads back to this product.",
                       "Die Reihe der Nachfolger führt zu diesem Produkt zurück.");
    return OK;
}

static enum err check(struct ctx *cx, const struct product *p)
{
    const struct product_life *l = &p->life;
    if (str_trim(p->name).n == 0)
        return invalid(cx, "name", "A product has a name.", "Ein Produkt hat einen Namen.");
    TRY(length_check(cx, "name", p->name, LIMIT_LINE));
    TRY(length_check(cx, "words", p->words, LIMIT_LINE));
    TRY(length_check(cx, "offer_de", p->offer.de, LIMIT_LINE));
    TRY(length_check(cx, "offer_en", p->offer.en, LIMIT_LINE));
    if (l->supported_until != 0 && l->supported_until < l->sold_until)    // R2
        return invalid(cx, "supported", "Support does not end before the sale.",
                       "Der Support endet nicht vor dem Verkauf.");
    return check_successor(cx, p);
}

// R6
static struct product clean(struct arena *a, const struct product *given)
{
    struct product p = *given;
    p.name = clean_name(a, p.name);
    p.words = clean_name(a, p.words);
    p.offer = (struct words){clean_name(a, p.offer.en), clean_name(a, p.offer.de)};
    return p;
}

static enum err taken(struct ctx *cx, const struct product *p)    // R1
{
    return invalid(cx, "name", "“" STR_FMT "” exists already.", "„" STR_FMT "“ gibt es schon.",
                   STR_ARG(p->name));
}

static enum err stale(struct ctx *cx)    // R5
{
    return fail(cx, ERR_STALE, "Somebody else has changed this product meanwhile.",
                "Jemand anderes hat dieses Produkt inzwischen geändert.");
}

enum err product_add(struct ctx *cx, const struct product *given, product_id *out)
{
    struct q_product_insert row;
    struct product p = clean(cx->arena, given);
    TRY(check(cx, &p));
    enum err err =
        q_product_insert(cx, p.name, p.words, p.life.sold_until, p.life.supported_until,
                         p.successor, p.offer.de, p.offer.en, p.ended, &row);
    if (err == ERR_STALE)
        return taken(cx, &p);
    TRY(err);
    p.id = *out = row.id;
    TRY(name_key_product(cx, &p));
    return event_config(cx, "product", row.id.n);
}

enum err product_change(struct ctx *cx, const struct product *given)
{
    struct product p = clean(cx->arena, given);
    struct q_product_named same;
    int64_t changed;
    TRY(check(cx, &p));
    TRY(q_product_named(cx, p.name, p.id, &same));
    if (same.yes)
        return taken(cx, &p);
    TRY(q_product_change(cx, p.id, p.version, p.name, p.words, p.life.sold_until,
                         p.life.supported_until, p.successor, p.offer.de, p.offer.en, p.ended,
                         &changed));
    if (changed == 0)
        return stale(cx);
    TRY(name_key_product(cx, &p));
    return event_config(cx, "product", p.id.n);
}

enum err product_remove(struct ctx *cx, product_id id, int64_t version)
{
    struct product p;
    int64_t changed;
    TRY(product_load(cx, id, &p));
    TRY(name_key_forget_product(cx, id));
    enum err err = q_product_remove(cx, id, version, &changed);
    if (err == ERR_STALE)    // R8: the keys of other tables hold it
        return invalid(
            cx, "",
            "It cannot be deleted: something still has this product. Stop offering it "
            "instead.",
            "Löschen geht nicht: Dieses Produkt ist noch irgendwo eingetragen. Nimm es "
            "stattdessen aus der Auswahl.");
    TRY(err);
    return changed == 0 ? stale(cx) : event_config(cx, "product", id.n);
}

enum err product_choose(struct ctx *cx, product_id id, product_id kept)
{
    struct product p;
    if (id.n == 0 || id.n == kept.n)
        return OK;
    TRY(product_load(cx, id, &p));
    return product_is_offered(&p)
               ? OK
               : invalid(cx, "product", "This product can no longer be chosen.",
                         "Dieses Produkt steht nicht mehr zur Auswahl.");
}
