// SPDX-License-Identifier: GPL-3.0-or-later
#include "clock/agreement.h"

#include "agreement.sql.h"
#include "base/limits.h"
#include "base/now.h"
#include "event/event.h"

enum { MIN = MINUTE_S, HOUR = HOUR_S, DAY = DAY_S, CHAT_FIRST_S = 15 * MIN };

// clang-format off
const struct agreement_row agreement_rows[AGREEMENT_ROWS] = {
    {CLOCK_FIRST,  0, WORDS("First word to the customer", "Erste Antwort")},
    {CLOCK_NEXT,   0, WORDS("Every further word", "Jede weitere Antwort")},
    {CLOCK_SOLVE,  0, WORDS("Solved", "Gelöst")},
    {CLOCK_ACCEPT, 1, WORDS("1st level accepts", "1st Level nimmt an")},
    {CLOCK_ACCEPT, 2, WORDS("2nd level accepts", "2nd Level nimmt an")},
    {CLOCK_ACCEPT, 3, WORDS("3rd level accepts", "3rd Level nimmt an")},
    {CLOCK_WORK,   1, WORDS("1st level solves or hands over", "1st Level löst oder übergibt")},
    {CLOCK_WORK,   2, WORDS("2nd level solves or hands over", "2nd Level löst oder übergibt")},
    {CLOCK_WORK,   3, WORDS("3rd level solves or hands over", "3rd Level löst oder übergibt")},
    {CLOCK_ANSWER, 0, WORDS("A question between teams is answered", "Rückfrage beantwortet")},
    {CLOCK_ACK,    4, WORDS("The vendor confirms", "Hersteller bestätigt")},
    {CLOCK_FIX,    4, WORDS("The vendor answers", "Hersteller antwortet")},
};

// The house's (DOMAIN 7.2), by priority: in hours of the wall clock, and in hours of an office
// where a working day has eight.
static const int wall_s[][AGREEMENT_PRIORITIES] = {
    [CLOCK_FIRST]  = {0, 15 * MIN, 30 * MIN, 4 * HOUR,  24 * HOUR},
    [CLOCK_NEXT]   = {0, 30 * MIN, 2 * HOUR, 8 * HOUR,  24 * HOUR},
    [CLOCK_SOLVE]  = {0, 4 * HOUR, 8 * HOUR, 3 * DAY,   10 * DAY},
    [CLOCK_ACCEPT] = {0, 5 * MIN,  15 * MIN, 60 * MIN,  4 * HOUR},
    [CLOCK_ANSWER] = {0, 2 * HOUR, 2 * HOUR, 2 * HOUR,  2 * HOUR},
};
static const int office_s[CLOCK_KINDS][AGREEMENT_PRIORITIES] = {
    [CLOCK_FIRST]  = {0, 15 * MIN, 30 * MIN, 4 * HOUR,  8 * HOUR},
    [CLOCK_NEXT]   = {0, 30 * MIN, 2 * HOUR, 4 * HOUR,  8 * HOUR},
    [CLOCK_SOLVE]  = {0, 4 * HOUR, 8 * HOUR, 24 * HOUR, 80 * HOUR},
    [CLOCK_ACCEPT] = {0, 5 * MIN,  15 * MIN, 60 * MIN,  4 * HOUR},
    [CLOCK_WORK]   = {0, 1 * HOUR, 2 * HOUR, 6 * HOUR,  20 * HOUR},
    [CLOCK_ANSWER] = {0, 30 * MIN, 1 * HOUR, 2 * HOUR,  4 * HOUR},
    [CLOCK_ACK]    = {0, 30 * MIN, 1 * HOUR, 4 * HOUR,  8 * HOUR},
    [CLOCK_FIX]    = {0, 90 * MIN, 3 * HOUR, 8 * HOUR,  24 * HOUR},
};
// clang-format on

enum { USUAL_PAUSES = 1 << CLOCK_CUSTOMER | 1 << CLOCK_DATE };

static void fill(struct agreement *a, const int from[][AGREEMENT_PRIORITIES], isize kinds)
{
    for (isize i = 0; i < AGREEMENT_ROWS; i++) {
        const struct agreement_row *r = &agreement_rows[i];
        for (int p = 1; p < AGREEMENT_PRIORITIES && r->kind < kinds; p++)
            a->seconds[r->kind][r->level][p] = from[r->kind][p];
    }
}

// G2
static enum err house(struct ctx *cx, struct agreement *out)
{
    struct calendar_store *c = make(cx->arena, struct calendar_store, 1);
    c->name = words_in(SAY("all hours", "rund um die Uhr"), cx->lang);
    c->zone = S("Europe/Berlin");
    for (int day = 1; day <= 7; day++)
        c->hours[day] = S("0-24");
    TRY(calendar_store_read(cx, c));
    *out = (struct agreement){.name = words_in(SAY("House rules", "Hausregel"), cx->lang),
                              .pauses = USUAL_PAUSES,
                              .of_customers = c,
                              .of_teams = c,
                              .of_vendors = c};
    fill(out, wall_s, countof(wall_s));
    return OK;
}

static enum err load_calendar(struct ctx *cx, calendar_id id, const struct calendar_store **out)
{
    struct calendar_store *c = make(cx->arena, struct calendar_store, 1);
    TRY(calendar_store_load(cx, id, c));
    *out = c;
    return OK;
}

// Most desks have one for all three.
static enum err load_calendars(struct ctx *cx, struct agreement *a)
{
    TRY(load_calendar(cx, a->calendar, &a->of_customers));
    a->of_teams = a->of_vendors = a->of_customers;
    if (a->teams.n != a->calendar.n)
        TRY(load_calendar(cx, a->teams, &a->of_teams));
    if (a->vendors.n == a->teams.n)
        a->of_vendors = a->of_teams;
    else if (a->vendors.n != a->calendar.n)
        TRY(load_calendar(cx, a->vendors, &a->of_vendors));
    return OK;
}

static struct agreement from_row(const struct q_agreement_rows *r)
{
    return (struct agreement){.id = r->id,
                              .version = r->version,
                              .name = r->name,
                              .org = r->org,
                              .category = r->category,
                              .vip = r->vip,
                              .calendar = r->calendar,
                              .teams = r->teams,
                              .vendors = r->vendors,
                              .pauses = (unsigned)r->pauses};
}

static bool is_row(const struct q_agreement_targets *t)
{
    return t->kind > 0 && t->kind < CLOCK_KINDS && t->level >= 0 && t->level < AGREEMENT_LEVELS
           && t->priority > 0 && t->priority < AGREEMENT_PRIORITIES;
}

// kind 0: all.
static enum err load_targets(struct ctx *cx, enum clock_kind kind, struct agreement *a)
{
    struct q_agreement_targets *t;
    isize n;
    int64_t last = kind == 0 ? CLOCK_KINDS : kind;
    TRY(q_agreement_targets(cx, a->id, kind, last, &t, &n));
    for (isize i = 0; i < n; i++)
        if (is_row(&t[i]))
            a->seconds[t[i].kind][t[i].level][t[i].priority] = (int)t[i].seconds;
    return OK;
}

static enum err load(struct ctx *cx, agreement_id id, enum clock_kind kind,
                     struct agreement *out)
{
    struct q_agreement_rows *r;
    isize n = 0;
    if (id.n != 0)
        TRY(q_agreement_rows(cx, id, &r, &n));
    if (n == 0)
        return db_absent(cx);
    struct agreement a = from_row(r);
    TRY(load_targets(cx, kind, &a));
    TRY(load_calendars(cx, &a));
    *out = a;
    return OK;
}

enum err agreement_load(struct ctx *cx, agreement_id id, struct agreement *out)
{
    return load(cx, id, (enum clock_kind)0, out);
}

static enum err pick(struct ctx *cx, ticket_id ticket, const struct agreement *tried,
                     struct q_agreement_pick **row, isize *n)
{
    static const struct agreement none = {0};
    const struct agreement *a = tried == NULL ? &none : tried;
    return q_agreement_pick(cx, ticket, tried != NULL, a->id, a->org, a->vip, a->category, row,
                            n);
}

enum err agreement_trying(struct ctx *cx, ticket_id ticket, const struct agreement *tried,
                          struct agreement *out)
{
    struct q_agreement_pick *r;
    isize n;
    TRY(pick(cx, ticket, tried, &r, &n));
    if (n == 0)
        return house(cx, out);
    if (tried == NULL || r[0].id.n != tried->id.n)
        return agreement_load(cx, r[0].id, out);
    *out = *tried;
    return OK;
}

enum err agreement_of(struct ctx *cx, ticket_id ticket, struct agreement *out)
{
    return agreement_trying(cx, ticket, NULL, out);
}

enum err agreement_of_kind(struct ctx *cx, ticket_id ticket, enum clock_kind kind,
                           struct agreement *out)
{
    struct q_agreement_pick *r;
    isize n;
    TRY(pick(cx, ticket, NULL, &r, &n));
    return n == 0 ? house(cx, out) : load(cx, r[0].id, kind, out);
}

enum err agreement_list(struct ctx *cx, struct agreement **out, isize *n)
{
    struct q_agreement_rows *r;
    TRY(q_agreement_rows(cx, (agreement_id){0}, &r, n));
    *out = make(cx->arena, struct agreement, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = from_row(&r[i]);
    return OK;
}

// --- saving --------------------------------------------------------------------------------

static enum err check(struct ctx *cx, const struct agreement *a)
{
    struct q_agreement_known known;
    struct agreement old = {0};
    struct calendar_store c;
    TRY(calendar_store_load(cx, a->calendar, &c));
    TRY(calendar_store_load(cx, a->teams, &c));
    TRY(calendar_store_load(cx, a->vendors, &c));
    if (str_trim(a->name).n == 0 || str_characters(a->name) > LIMIT_LINE)
        return invalid(cx, "name", "Give it a name.", "Gib ihr einen Namen.");
    if (str_characters(a->org) > LIMIT_LINE)
        return invalid(cx, "org", "This is too long.", "Das ist zu lang.");
    TRY(q_agreement_known(cx, str_trim(a->name), a->id, a->category, &known));
    if (known.taken)
        return invalid(cx, "name", "Another agreement has this name.",
                       "So heißt schon eine andere Vereinbarung.");
    if (!known.category)
        return invalid(cx, "category", "There is no such topic.",
                       "Dieses Thema gibt es nicht.");
    if (a->id.n != 0)
        TRY(agreement_load(cx, a->id, &old));
    return category_choose(cx, a->category, old.category);
}

static enum err save_targets(struct ctx *cx, agreement_id id, const struct agreement *a)
{
    TRY(q_agreement_clear(cx, id));
    for (isize i = 0; i < AGREEMENT_ROWS; i++) {
        const struct agreement_row *r = &agreement_rows[i];
        for (int p = 1; p < AGREEMENT_PRIORITIES; p++) {
            int seconds = a->seconds[r->kind][r->level][p];
            if (seconds > 0)
                TRY(q_agreement_target_add(cx, id, r->kind, r->level, p, seconds));
        }
    }
    return event_config(cx, "agreement", id.n);
}

enum err agreement_save(struct ctx *cx, const struct agreement *a, agreement_id *out)
{
    agreement_id id = a->id;
    str name = str_trim(a->name), org = str_trim(a->org);
    TRY(check(cx, a));
    if (id.n == 0) {
        struct q_agreement_insert row;
        TRY(q_agreement_insert(cx, name, org, a->category, a->vip, a->calendar, a->teams,
                               a->vendors, a->pauses, &row));
        id = row.id;
    } else {
        int64_t changed;
        TRY(q_agreement_update(cx, id, a->version, name, org, a->category, a->vip, a->calendar,
                               a->teams, a->vendors, a->pauses, &changed));
        if (changed == 0)
            return fail(cx, ERR_STALE, "Somebody changed this agreement meanwhile.",
                        "Die Vereinbarung wurde inzwischen geändert.");
    }
    TRY(save_targets(cx, id, a));
    *out = id;
    return OK;
}

enum err agreement_begin(struct ctx *cx)
{
    struct calendar_store c = {.zone = S("Europe/Berlin"), .region = S("DE")};
    c.name = S("Bürozeiten");
    for (int day = 1; day <= 5; day++)
        c.hours[day] = S("8-18");
    struct agreement a = {.name = S("Standard"), .pauses = USUAL_PAUSES};
    fill(&a, office_s, countof(office_s));
    TRY(calendar_store_save(cx, &c, &a.calendar));
    a.teams = a.vendors = a.calendar;
    agreement_id id;
    return agreement_save(cx, &a, &id);
}

// --- pure ----------------------------------------------------------------------------------

const struct calendar_store *agreement_calendar(const struct agreement *a, enum clock_kind kind)
{
    switch (kind) {
    case CLOCK_FIRST:
    case CLOCK_NEXT:
    case CLOCK_SOLVE:
        return a->of_customers;
    case CLOCK_ACCEPT:
    case CLOCK_WORK:
    case CLOCK_ANSWER:
    case CLOCK_KINDS:
        return a->of_teams;
    case CLOCK_ACK:
    case CLOCK_FIX:
        return a->of_vendors;
    }
    return a->of_customers;
}

unsigned agreement_pauses(const struct agreement *a, enum clock_kind kind)    // G5
{
    switch (kind) {
    case CLOCK_FIRST:
    case CLOCK_NEXT:
        return 0;    // nobody waits for the customer before the customer has heard
    case CLOCK_SOLVE:
        return a->pauses | 1 << CLOCK_SOLVED;
    case CLOCK_WORK:
        return USUAL_PAUSES | 1 << CLOCK_VENDOR;
    case CLOCK_ACCEPT:
    case CLOCK_ANSWER:
    case CLOCK_ACK:
    case CLOCK_FIX:
    case CLOCK_KINDS:
        return 0;
    }
    return 0;
}

int agreement_seconds(const struct agreement *a, enum clock_kind kind, int level, int priority,
                      enum channel channel)
{
    int p = priority > 0 && priority < AGREEMENT_PRIORITIES ? priority : 3;
    bool levels = kind == CLOCK_ACCEPT || kind == CLOCK_WORK;
    int l = kind == CLOCK_ACK || kind == CLOCK_FIX ? 4 : levels ? level : 0;
    int s = l >= 0 && l < AGREEMENT_LEVELS ? a->seconds[kind][l][p] : 0;
    bool chat = kind == CLOCK_FIRST && channel == CHANNEL_CHAT;    // nobody waits hours in one
    return chat && s > CHAT_FIRST_S ? CHAT_FIRST_S : s;
}

instant agreement_due(const struct agreement *a, enum clock_kind kind, int level, int priority,
                      enum channel channel, instant from)
{
    int s = agreement_seconds(a, kind, level, priority, channel);
    if (s == 0)
        return (instant){0};
    return calendar_add(&agreement_calendar(a, kind)->c, from, s * INT64_C(1000));
}
