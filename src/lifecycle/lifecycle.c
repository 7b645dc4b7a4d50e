// SPDX-License-Identifier: GPL-3.0-or-later
#include "lifecycle/lifecycle.h"

#include "base/buf.h"
#include "base/when.h"
#include "event/event.h"
#include "message/draft.h"
#include "ticket/ticket_check.h"
#include "wording/wording.h"

// clang-format off
const struct ticket_word lifecycle_ways[] = {
    {"", WORDS("", "")},
    [LIFECYCLE_OFFER]     = {"offer",     WORDS("Offer something else", "Etwas Neues anbieten")},
    [LIFECYCLE_GOODWILL]  = {"goodwill",  WORDS("Help all the same, as goodwill", "Aus Kulanz trotzdem helfen")},
    [LIFECYCLE_RECYCLING] = {"recycling", WORDS("Say where to take the old device", "Sagen, wohin mit dem alten Gerät")},
};

static const enum wording_kind letters[] = {
    [LIFECYCLE_OFFER]     = WORDING_OFFER,
    [LIFECYCLE_GOODWILL]  = WORDING_GOODWILL,
    [LIFECYCLE_RECYCLING] = WORDING_RECYCLING,
};
// clang-format on

// --- what is known ---------------------------------------------------------------------------

// "Fjord 4: 59 €"; said only in the other language, it is said in that (product.h, R11).
static str offer_in(struct arena *a, str instead, str own, str other)
{
    str said = own.n > 0 ? own : other;
    return arena_fmt(a, STR_FMT "%s" STR_FMT, STR_ARG(instead),
                     said.n > 0 && instead.n > 0 ? ": " : "", STR_ARG(said));
}

enum err lifecycle_of_product(struct ctx *cx, const struct product *p, struct lifecycle *out)
{
    struct product next;
    *out = (struct lifecycle){.product = p->name,
                              .ended = product_state(&p->life, cx->now) == PRODUCT_OUTLIVED};
    if (!out->ended)
        return OK;
    TRY(product_instead(cx, p, &next));
    out->until = product_day(p->life.supported_until);
    out->instead = next.name;
    out->offer = (struct words){offer_in(cx->arena, next.name, p->offer.en, p->offer.de),
                                offer_in(cx->arena, next.name, p->offer.de, p->offer.en)};
    return OK;
}

// C4
static enum err draft_of(struct ctx *cx, const struct ticket *t, str *out)
{
    struct draft draft[DRAFT_KINDS] = {0};
    TRY(draft_load(cx, t->id, draft));
    *out = wording_lines(cx->arena, draft[DRAFT_REPLY].body);
    return OK;
}

static enum err letter_of(struct ctx *cx, const struct ticket *t, const struct lifecycle *l,
                          enum lifecycle_way way, str greeting, str *out)
{
    struct wording_values v = {.greeting = greeting,
                               .product = l->product,
                               .until = when_day(cx->arena, l->until, t->lang),
                               .offer = words_in(l->offer, t->lang)};
    TRY(wording_write(cx, t, letters[way], &v, out));
    *out = str_trim(*out);
    return OK;
}

// C9
static enum err look_promised(struct ctx *cx, const struct ticket *t, struct lifecycle *l)
{
    str body, letter;
    TRY(draft_of(cx, t, &body));
    if (body.n == 0)
        return OK;
    TRY(letter_of(cx, t, l, LIFECYCLE_GOODWILL, S(""), &letter));
    l->promises = str_find(body, letter) >= 0;
    return OK;
}

enum err lifecycle_of(struct ctx *cx, const struct ticket *t, struct lifecycle *out)
{
    struct product p;
    *out = (struct lifecycle){0};
    if (product_state(&t->product_life, cx->now) != PRODUCT_OUTLIVED)
        return OK;
    TRY(product_load(cx, t->product, &p));
    TRY(lifecycle_of_product(cx, &p, out));
    TRY(measure_holds(cx, t->id, AUTHORITY_GOODWILL, &out->goodwill));
    return out->goodwill ? OK : look_promised(cx, t, out);
}

enum err lifecycle_named(struct ctx *cx, str line, struct lifecycle *out)
{
    struct product p = {0};
    if (line.n > 0)
        TRY(product_by_text(cx, line, &p));
    return lifecycle_of_product(cx, &p, out);
}

static struct words sold_instead(struct arena *a, str name)
{
    return name.n == 0 ? (struct words){0}
                       : (struct words){
                           arena_fmt(a, " Sold instead: " STR_FMT ".", STR_ARG(name)),
                           arena_fmt(a, " Stattdessen gibt es: " STR_FMT ".", STR_ARG(name))};
}

struct words lifecycle_said(struct arena *a, const struct lifecycle *l)
{
    struct words instead = sold_instead(a, l->instead);
    return (struct words){
        arena_fmt(a, "Support for “" STR_FMT "” ended on " STR_FMT "." STR_FMT,
                  STR_ARG(l->product), STR_ARG(when_day(a, l->until, LANG_EN)),
                  STR_ARG(instead.en)),
        arena_fmt(a, "Der Support für „" STR_FMT "“ endete am " STR_FMT "." STR_FMT,
                  STR_ARG(l->product), STR_ARG(when_day(a, l->until, LANG_DE)),
                  STR_ARG(instead.de))};
}

// --- choosing --------------------------------------------------------------------------------

static enum err check(struct ctx *cx, const struct ticket *t, const struct lifecycle *l,
                      enum lifecycle_way way)
{
    TRY(ticket_check_work(cx, t));    // C5
    if (way < LIFECYCLE_OFFER || way >= LIFECYCLE_WAYS)
        return invalid(cx, "weg", "Choose one.", "Bitte wählen.");
    if (!l->ended)
        return invalid(cx, "weg", "This product is supported.",
                       "Dieses Produkt wird unterstützt.");
    if (way == LIFECYCLE_OFFER && l->offer.de.n == 0)    // C6
        return invalid(cx, "weg", "There is nothing to offer for this product.",
                       "Zu diesem Produkt gibt es nichts anzubieten.");
    return OK;
}

static enum err grant(struct ctx *cx, struct ticket_at *at, const struct ticket *t,
                      const struct lifecycle *l)    // C3
{
    measure_id id;
    str said = words_in(SAY("supported until", "Support bis"), t->lang);
    str until = when_day(cx->arena, l->until, t->lang);
    struct measure m = {.verb = AUTHORITY_GOODWILL};
    m.what = arena_fmt(cx->arena, STR_FMT ", " STR_FMT " " STR_FMT, STR_ARG(l->product),
                       STR_ARG(said), STR_ARG(until));
    return measure_take(cx, at, &m, &id);
}

// --- the letter ------------------------------------------------------------------------------

static str one_below_the_other(struct arena *a, str above, str below)
{
    return arena_fmt(a, STR_FMT "%s" STR_FMT, STR_ARG(above),
                     above.n > 0 && below.n > 0 ? "\n\n" : "", STR_ARG(below));
}

// C4.  The greeting stands in what is there already.
static enum err write(struct ctx *cx, const struct ticket *t, const struct lifecycle *l,
                      enum lifecycle_way way, bool *written)
{
    str body, letter;
    TRY(draft_of(cx, t, &body));
    str greeting = body.n == 0 ? ticket_greeting(cx->arena, t) : S("");
    TRY(letter_of(cx, t, l, way, greeting, &letter));
    *written = str_find(body, letter) < 0;
    if (!*written)
        return OK;
    return draft_save(cx, t->id, DRAFT_REPLY, one_below_the_other(cx->arena, body, letter));
}

// C8
static enum err take_out(struct ctx *cx, const struct ticket *t, const struct lifecycle *l,
                         bool *left)
{
    str body, letter;
    TRY(draft_of(cx, t, &body));
    TRY(letter_of(cx, t, l, LIFECYCLE_GOODWILL, S(""), &letter));
    isize at = str_find(body, letter);
    *left = at < 0 && str_find(body, l->product) >= 0;
    if (at < 0)
        return OK;
    str rest = one_below_the_other(cx->arena, str_trim(str_head(body, at)),
                                   str_trim(str_cut(body, at + letter.n)));
    bool nothing = str_eq(rest, ticket_greeting(cx->arena, t));
    return draft_save(cx, t->id, DRAFT_REPLY, nothing ? S("") : rest);
}

enum err lifecycle_undo(struct ctx *cx, struct ticket_at *at, measure_id id, str why,
                        bool *left)
{
    struct ticket t;
    struct lifecycle before, after;
    bool said = false;
    TRY(ticket_load(cx, at->id, &t));
    TRY(lifecycle_of(cx, &t, &before));
    TRY(measure_undo(cx, at, id, why));
    TRY(lifecycle_of(cx, &t, &after));
    if (before.goodwill && !after.goodwill)
        TRY(take_out(cx, &t, &after, &said));
    *left = said;
    return OK;
}

enum err lifecycle_take(struct ctx *cx, struct ticket_at *at, enum lifecycle_way way)
{
    struct ticket t;
    struct lifecycle l;
    TRY(ticket_load(cx, at->id, &t));
    TRY(lifecycle_of(cx, &t, &l));
    TRY(check(cx, &t, &l, way));
    bool granted = way == LIFECYCLE_GOODWILL && !l.goodwill, written;
    if (granted)
        TRY(grant(cx, at, &t, &l));
    TRY(write(cx, &t, &l, way, &written));
    if (!granted && !written)
        return OK;
    return event_add(cx, (struct event){.kind = "product.outlived",
                                        .ticket = t.id.n,
                                        .object = t.product.n,
                                        .team = t.work_team.n,
                                        .level = cx->who.level,
                                        .data = arena_fmt(cx->arena, "{\"way\":\"%s\"}",
                                                          lifecycle_ways[way].code)});
}
