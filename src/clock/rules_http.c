// SPDX-License-Identifier: GPL-3.0-or-later
#include "clock/rules_http.h"

#include "base/limits.h"
#include "base/now.h"
#include "base/zone.h"
#include "clock/ledger.h"
#include "rules.html.h"
#include "ticket/ticket_number.h"

// --- words -----------------------------------------------------------------------------------

// A number and its unit, from the front.
static bool next_part(str *s, int64_t *out)
{
    isize n = 0;
    while (n < s->n && s->p[n] >= '0' && s->p[n] <= '9')
        n++;
    int64_t number;
    if (n == 0 || n > 5 || !str_to_int(str_head(*s, n), &number))
        return false;
    *s = str_trim(str_cut(*s, n));
    bool hours = str_starts(*s, S("h"));
    if (hours)
        *s = str_cut(*s, str_starts(*s, S("hours")) ? 5 : 1);
    else if (str_starts(*s, S("min")))
        *s = str_cut(*s, 3);
    *out += number * (hours ? HOUR_S : MINUTE_S);
    *s = str_trim(*s);
    return true;
}

bool rules_span_read(str s, int *seconds)
{
    int64_t sum = 0;
    s = str_trim(s);
    for (int parts = 0; s.n > 0; parts++)
        if (parts == 2 || !next_part(&s, &sum))
            return false;
    *seconds = (int)sum;
    return sum <= 10000 * HOUR_S;
}

str rules_hours(const struct page *p, const struct calendar_store *c)
{
    struct buf b = buf_new(p->cx->arena, 100);
    for (int from = 1, to; from <= 7; from = to + 1) {
        for (to = from; to < 7 && str_eq(c->hours[to + 1], c->hours[from]);)
            to++;
        if (c->hours[from].n == 0)
            continue;
        buf_put(&b, b.n > 0 ? S(" · ") : S(""));
        buf_put(&b, zone_weekday(from, p->cx->lang));
        if (to > from) {
            buf_put(&b, S("–"));
            buf_put(&b, zone_weekday(to, p->cx->lang));
        }
        buf_char(&b, ' ');
        buf_put(&b, calendar_hours_shown(p->cx->arena, c->hours[from], p->cx->lang));
    }
    return buf_str(&b);
}

str rules_number(const struct page *p, int64_t number)
{
    return ticket_number_shown(p->cx->arena, number);
}

static const char *field(struct arena *a, int row, int priority)
{
    return arena_z(a, arena_fmt(a, "z%dp%d", row, priority));
}

str rules_field(const struct page *p, int row, int priority)
{
    return str_from_z(field(p->cx->arena, row, priority));
}

str rules_word(const struct page *p, const struct reckon_clock *k)
{
    if (k->due.ms == 0)
        return words_in(SAY("no deadline", "keine Frist"), p->cx->lang);
    return zone_short(p->cx->arena, k->due, p->cx->now, p->cx->lang);
}

// --- the chain -------------------------------------------------------------------------------

static instant monday(instant now)
{
    int64_t day = now.ms / DAY_MS;
    return (instant){(day - zone_date_of(day).weekday + 8) * DAY_MS};
}

static isize warnings_of(struct ctx *cx, const struct agreement *a,
                         const struct rules_warning **out)
{
    struct rules_warning *w = make(cx->arena, struct rules_warning, 2 * AGREEMENT_PRIORITIES);
    isize n = 0;
    for (int p = 1; p < AGREEMENT_PRIORITIES; p++)
        for (int vendor = 0; vendor <= 1; vendor++) {
            struct chain c;
            if (!chain_check(a, p, vendor == 1, monday(cx->now), &c) || c.fits)
                continue;
            str over = c.reached.ms == 0 ? words_in(SAY("for ever", "für immer"), cx->lang)
                                         : ledger_span(cx->arena, c.reached.ms - c.promised.ms);
            w[n++] =
                (struct rules_warning){ticket_words_priority[p].name, vendor == 1, c, over};
            break;    // with a vendor it is only worse
        }
    *out = w;
    return n;
}

// --- the list --------------------------------------------------------------------------------

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct rules_page v = {0};
    struct calendar_store *calendar;
    struct agreement *a;
    TRY(calendar_store_list(cx, &calendar, &v.calendars));
    TRY(agreement_list(cx, &a, &v.agreements));
    struct rules_agreement *r = make(cx->arena, struct rules_agreement, v.agreements);
    for (isize i = 0; i < v.agreements; i++) {
        TRY(agreement_load(cx, a[i].id, &a[i]));
        r[i].a = &a[i];
        r[i].first = ledger_span(cx->arena, a[i].seconds[CLOCK_FIRST][0][3] * INT64_C(1000));
        r[i].solve = ledger_span(cx->arena, a[i].seconds[CLOCK_SOLVE][0][3] * INT64_C(1000));
        r[i].warnings = warnings_of(cx, &a[i], &r[i].warning);
    }
    v.calendar = calendar;
    v.agreement = r;
    html_rules(page_begin(cx, rq, rp, 200), &v);
    return OK;
}

// --- a calendar ------------------------------------------------------------------------------

// "24.12.2026 zu 12-24 Heiligabend", one a line; without hours the whole day.
static bool day_from(struct ctx *cx, str line, struct calendar_extra *out)
{
    struct calendar one = {0};
    str date = str_token(&line, ' '), rest = str_trim(line);
    str how = str_token(&rest, ' ');
    int64_t d, m, y;
    if (!str_to_int(str_token(&date, '.'), &d) || !str_to_int(str_token(&date, '.'), &m)
        || !str_to_int(date, &y) || y < 2000 || y > 2099 || m < 1 || m > 12 || d < 1 || d > 31)
        return false;
    out->day = zone_days((int)y, (int)m, (int)d);
    out->open = str_eq_nocase(how, S("auf")) || str_eq_nocase(how, S("open"));
    if (!out->open && !str_eq_nocase(how, S("zu")) && !str_eq_nocase(how, S("closed")))
        return false;
    str name = rest, hours = str_token(&name, ' ');
    bool timed = hours.n > 0 && hours.p[0] >= '0' && hours.p[0] <= '9';
    if (!calendar_read(&one, 1, timed ? hours : S("0-24")) || one.week[1].n != 1)
        return false;
    out->span = one.week[1].span[0];
    out->name = arena_str(cx->arena, str_trim(timed ? name : rest));
    return zone_date_of(out->day).day == d && out->name.n <= LIMIT_LINE;
}

static enum err days_from(struct ctx *cx, str text, struct calendar_extra *out, isize *n)
{
    *n = 0;
    while (text.n > 0) {
        str line = str_trim(str_token(&text, '\n'));
        struct calendar_extra e;
        if (line.n == 0)
            continue;
        if (*n == RULES_DAYS_MOST || !day_from(cx, line, &e))
            return invalid(cx, "days", "Not understood: “" STR_FMT "”.",
                           "Nicht verstanden: „" STR_FMT "“.", STR_ARG(line));
        isize at = (*n)++;
        for (; at > 0 && out[at - 1].day > e.day; at--)
            out[at] = out[at - 1];
        out[at] = e;
    }
    return OK;
}

static str days_text(struct ctx *cx, const struct calendar *c)
{
    struct buf b = buf_new(cx->arena, 200);
    for (isize i = 0; i < c->extras; i++) {
        const struct calendar_extra *e = &c->extra[i];
        struct local l = zone_date_of(e->day);
        struct calendar_hours h = {.n = 1, .span = {e->span}};
        struct words how = e->open ? SAY("open", "auf") : SAY("closed", "zu");
        str hours = calendar_hours_text(cx->arena, &h), word = words_in(how, cx->lang);
        buf_fmt(&b, "%02d.%02d.%d " STR_FMT " " STR_FMT " " STR_FMT "\n", l.day, l.month,
                l.year, STR_ARG(word), STR_ARG(hours), STR_ARG(e->name));
    }
    return buf_str(&b);
}

static enum err open_calendar(struct ctx *cx, const struct request *rq,
                              struct rules_calendar_page *v)
{
    v->c = (struct calendar_store){.zone = S("Europe/Berlin"), .region = S("DE")};
    calendar_id id = {path_int(rq, 0)};
    if (id.n != 0)
        TRY(calendar_store_load(cx, id, &v->c));
    v->days = days_text(cx, &v->c.c);
    return OK;
}

static void take_calendar(const struct request *rq, struct rules_calendar_page *v)
{
    v->c.version = form_int(rq, "version", v->c.version);
    v->c.name = form_or(rq, "name", v->c.name);
    v->c.zone = str_trim(form_or(rq, "zone", v->c.zone));
    v->c.region = form_or(rq, "region", v->c.region);
    for (int day = 1; day <= 7; day++)
        v->c.hours[day] = form_or(rq, calendar_store_weekday[day], v->c.hours[day]);
    v->days = form_or(rq, "days", v->days);
}

static enum err show_calendar(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct rules_calendar_page v = {0};
    TRY(open_calendar(cx, rq, &v));
    take_calendar(rq, &v);
    html_rules_calendar(page_begin(cx, rq, rp, 200), &v);
    return OK;
}

static enum err typed_calendar(struct ctx *cx, struct request *rq,
                               struct rules_calendar_page *v, struct calendar_extra *extra)
{
    isize n;
    TRY(open_calendar(cx, rq, v));
    take_calendar(rq, v);
    TRY(days_from(cx, v->days, extra, &n));
    v->c.c.extra = extra;
    v->c.c.extras = n;
    return calendar_store_read(cx, &v->c);
}

static enum err save_calendar(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct rules_calendar_page v = {0};
    struct calendar_extra *extra = make(cx->arena, struct calendar_extra, RULES_DAYS_MOST);
    calendar_id id;
    TRY(typed_calendar(cx, rq, &v, extra));
    TRY(calendar_store_save(cx, &v.c, &id));
    TRY(calendar_store_days(cx, id, extra, v.c.c.extras));
    return see_other(cx, rp, "/a/zeiten?ok=1");
}

static enum err try_calendar(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct rules_calendar_page v = {0};
    struct rehearsal r;
    struct calendar_extra *extra = make(cx->arena, struct calendar_extra, RULES_DAYS_MOST);
    TRY(typed_calendar(cx, rq, &v, extra));
    TRY(rehearsal(cx, &(struct rehearsal_try){.calendar = &v.c}, &r));
    v.tried = &r;
    html_rules_calendar(page_begin(cx, rq, rp, 200), &v);
    return OK;
}

// --- an agreement ----------------------------------------------------------------------------

// H3
static enum err begin_agreement(struct ctx *cx, str org, struct agreement *out)
{
    struct agreement *all;
    agreement_id like = {0};
    isize n;
    *out = (struct agreement){.pauses = 1 << CLOCK_CUSTOMER | 1 << CLOCK_DATE};
    TRY(agreement_list(cx, &all, &n));
    for (isize i = 0; i < n; i++) {
        const struct agreement *a = &all[i];
        bool plain = !a->vip && a->category.n == 0;
        if (plain && org.n > 0 && str_eq_nocase(a->org, org))
            like = a->id;
        if (plain && a->org.n == 0 && like.n == 0)
            like = a->id;
    }
    if (like.n == 0)
        return OK;
    TRY(agreement_load(cx, like, out));
    out->id.n = out->version = 0;
    out->name = S("");
    out->org = org;
    return OK;
}

static enum err open_agreement(struct ctx *cx, const struct request *rq,
                               struct rules_agreement_page *v)
{
    struct calendar_store *calendar;
    agreement_id id = {path_int(rq, 0)};
    TRY(id.n != 0 ? agreement_load(cx, id, &v->a)
                  : begin_agreement(cx, str_trim(form_text(rq, "org")), &v->a));
    TRY(calendar_store_list(cx, &calendar, &v->calendars));
    TRY(pick_topics(cx, rq, "category", v->a.category, v->a.category.n, &v->category));
    v->calendar = calendar;
    for (int row = 0; row < AGREEMENT_ROWS; row++)
        for (int p = 1; p < AGREEMENT_PRIORITIES; p++) {
            const struct agreement_row *r = &agreement_rows[row];
            int s = v->a.seconds[r->kind][r->level][p];
            v->typed[row][p] = s == 0 ? S("") : ledger_span(cx->arena, s * INT64_C(1000));
        }
    return OK;
}

static void take_pauses(const struct request *rq, struct agreement *a)
{
    static const char *const names[] = {
        [CLOCK_CUSTOMER] = "customer", [CLOCK_VENDOR] = "vendor", [CLOCK_DATE] = "date"};
    a->pauses = 0;
    for (int i = CLOCK_CUSTOMER; i <= CLOCK_DATE; i++)
        if (form_has(rq, names[i]))
            a->pauses |= 1U << i;
}

static void take_agreement(struct ctx *cx, const struct request *rq,
                           struct rules_agreement_page *v)
{
    if (!form_has(rq, "name"))
        return;
    v->a.version = form_int(rq, "version", v->a.version);
    v->a.name = form_text(rq, "name");
    v->a.org = str_trim(form_text(rq, "org"));
    v->category.chosen = v->a.category.n = form_int(rq, "category", 0);
    v->a.vip = form_has(rq, "vip");
    v->a.calendar.n = form_int(rq, "calendar", 0);
    v->a.teams.n = form_int(rq, "teams", 0);
    v->a.vendors.n = form_int(rq, "vendors", 0);
    take_pauses(rq, &v->a);
    for (int row = 0; row < AGREEMENT_ROWS; row++)
        for (int p = 1; p < AGREEMENT_PRIORITIES; p++)
            v->typed[row][p] = form_text(rq, field(cx->arena, row, p));
}

static enum err read_spans(struct ctx *cx, struct rules_agreement_page *v)
{
    enum err err = OK;
    for (int row = 0; row < AGREEMENT_ROWS; row++)
        for (int p = 1; p < AGREEMENT_PRIORITIES; p++) {
            const struct agreement_row *r = &agreement_rows[row];
            if (!rules_span_read(v->typed[row][p], &v->a.seconds[r->kind][r->level][p]))
                err = invalid(cx, field(cx->arena, row, p), "Give a time like 15 min or 4 h.",
                              "Gib eine Zeit an wie 15 min oder 4 h.");
        }
    return err;
}

static const struct calendar_store *named(const struct rules_agreement_page *v, calendar_id id)
{
    for (isize i = 0; i < v->calendars; i++)
        if (v->calendar[i].id.n == id.n)
            return &v->calendar[i];
    return NULL;
}

static enum err typed_agreement(struct ctx *cx, struct request *rq,
                                struct rules_agreement_page *v)
{
    TRY(open_agreement(cx, rq, v));
    category_id kept = v->a.category;
    take_agreement(cx, rq, v);
    TRY(pick_topic(cx, rq, "category", kept, &v->a.category));
    TRY(read_spans(cx, v));
    v->a.of_customers = named(v, v->a.calendar);
    v->a.of_teams = named(v, v->a.teams);
    v->a.of_vendors = named(v, v->a.vendors);
    if (v->a.of_customers == NULL || v->a.of_teams == NULL || v->a.of_vendors == NULL)
        return invalid(cx, "calendar", "Choose the calendars.", "Wähle die Kalender.");
    return OK;
}

static enum err show_agreement(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct rules_agreement_page *v = make(cx->arena, struct rules_agreement_page, 1);
    TRY(open_agreement(cx, rq, v));
    if (v->a.id.n != 0)
        v->warnings = warnings_of(cx, &v->a, &v->warning);
    take_agreement(cx, rq, v);
    html_rules_agreement(page_begin(cx, rq, rp, 200), v);
    return OK;
}

static enum err save_agreement(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct rules_agreement_page *v = make(cx->arena, struct rules_agreement_page, 1);
    agreement_id id;
    TRY(typed_agreement(cx, rq, v));
    TRY(agreement_save(cx, &v->a, &id));
    return see_other(cx, rp, "/a/zeiten?ok=1");
}

static enum err try_agreement(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct rules_agreement_page *v = make(cx->arena, struct rules_agreement_page, 1);
    struct rehearsal r;
    TRY(typed_agreement(cx, rq, v));
    TRY(rehearsal(cx, &(struct rehearsal_try){.agreement = &v->a}, &r));
    v->tried = &r;
    v->warnings = warnings_of(cx, &v->a, &v->warning);
    html_rules_agreement(page_begin(cx, rq, rp, 200), v);
    return OK;
}

// clang-format off
const struct route rules_routes[] = {
    {GET,  "/a/zeiten",                     CAN_CONFIGURE, show,           .summary = "calendars and agreements"},
    {GET,  "/a/kalender/{id}",              CAN_CONFIGURE, show_calendar,  .summary = "a calendar; 0: a new one"},
    {POST, "/a/kalender/{id}",              CAN_CONFIGURE, save_calendar,  show_calendar,  .summary = "save a calendar"},
    {POST, "/a/kalender/{id}/probe",        CAN_CONFIGURE, try_calendar,   show_calendar,  .summary = "try a calendar on last month's cases"},
    {GET,  "/a/vereinbarungen/{id}",        CAN_CONFIGURE, show_agreement, .summary = "an agreement; 0: a new one"},
    {POST, "/a/vereinbarungen/{id}",        CAN_CONFIGURE, save_agreement, show_agreement, .summary = "save an agreement"},
    {POST, "/a/vereinbarungen/{id}/probe",  CAN_CONFIGURE, try_agreement,  show_agreement, .summary = "try an agreement on last month's cases"},
    {0},
};
// clang-format on
