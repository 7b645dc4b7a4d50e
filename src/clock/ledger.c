// SPDX-License-Identifier: GPL-3.0-or-later
#include "clock/ledger.h"

#include "base/now.h"
#include "base/zone.h"

static const struct words names[CLOCK_KINDS] = {
    [CLOCK_FIRST] = WORDS("First word to the customer", "Erste Antwort"),
    [CLOCK_NEXT] = WORDS("Next word to the customer", "Nächste Antwort"),
    [CLOCK_SOLVE] = WORDS("Solution for the customer", "Lösung"),
    [CLOCK_ACCEPT] = WORDS("Acceptance", "Annahme"),
    [CLOCK_WORK] = WORDS("Work", "Bearbeitung"),
    [CLOCK_ANSWER] = WORDS("Answer to a question between teams", "Antwort auf eine Rückfrage"),
    [CLOCK_ACK] = WORDS("The vendor confirms", "Bestätigung des Herstellers"),
    [CLOCK_FIX] = WORDS("The vendor answers", "Antwort des Herstellers"),
};

static const struct words begun_by[CLOCK_KINDS] = {
    [CLOCK_FIRST] = WORDS("Started: the case came in.", "Gestartet: Der Vorgang kam an."),
    [CLOCK_NEXT] = WORDS("Started: the customer wrote again.",
                         "Gestartet: Es kam wieder eine Nachricht von außen."),
    [CLOCK_SOLVE] = WORDS("Started: the case came in.", "Gestartet: Der Vorgang kam an."),
    [CLOCK_ACCEPT] = WORDS("Started: the hand-over was asked for.",
                           "Gestartet: Die Übergabe wurde angefragt."),
    [CLOCK_WORK] = WORDS("Started: this level has the case.",
                         "Gestartet: Der Vorgang liegt bei diesem Level."),
    [CLOCK_ANSWER] =
        WORDS("Started: the question was asked.", "Gestartet: Die Rückfrage wurde gestellt."),
    [CLOCK_ACK] =
        WORDS("Started: the vendor was asked.", "Gestartet: Der Hersteller wurde gefragt."),
    [CLOCK_FIX] =
        WORDS("Started: the vendor was asked.", "Gestartet: Der Hersteller wurde gefragt."),
};

static const struct words causes[] = {
    [CLOCK_CUSTOMER] =
        WORDS("we wait for the customer", "wir warten auf die Kundenantwort"),
    [CLOCK_VENDOR] = WORDS("we wait for the vendor", "wir warten auf den Hersteller"),
    [CLOCK_DATE] = WORDS("a date was agreed", "ein Termin ist vereinbart"),
    [CLOCK_SOLVED] = WORDS("the case was solved", "der Vorgang war gelöst"),
};

static const char *const level_names[] = {"", "1st", "2nd", "3rd", "4"};

str ledger_span(struct arena *a, int64_t ms)
{
    int64_t minutes = ms / MINUTE_MS, hours = minutes / 60;
    if (hours == 0)
        return arena_fmt(a, "%lld min", (long long)minutes);
    if (minutes % 60 == 0)
        return arena_fmt(a, "%lld h", (long long)hours);
    return arena_fmt(a, "%lld h %lld min", (long long)hours, (long long)(minutes % 60));
}

struct words ledger_name(struct arena *a, const struct reckon_clock *k)
{
    struct words n = names[k->kind];
    if (k->kind != CLOCK_ACCEPT && k->kind != CLOCK_WORK)
        return n;
    const char *level = level_names[k->level];
    return (struct words){arena_fmt(a, STR_FMT ", %s level", STR_ARG(n.en), level),
                          arena_fmt(a, STR_FMT ", %s Level", STR_ARG(n.de), level)};
}

struct words ledger_state(const struct reckon_clock *k)
{
    if (k->end.ms != 0)
        return k->late ? SAY("Missed", "Verfehlt") : SAY("Met", "Eingehalten");
    if (k->stands != 0)
        return SAY("Paused", "Angehalten");
    return k->late ? SAY("Overdue", "Überschritten") : SAY("Running", "Läuft");
}

// --- lines ---------------------------------------------------------------------------------

struct book {
    struct arena *a;
    const struct clock_case *c;
    const struct reckon_clock *k;
    struct ledger_line *out;
    isize n;
};

// After what has the same time already (U4).
static void add(struct book *b, struct ledger_line line)
{
    if (b->n == LEDGER_MOST)
        return;
    isize at = b->n++;
    for (; at > 0 && b->out[at - 1].at.ms > line.at.ms; at--)
        b->out[at] = b->out[at - 1];
    b->out[at] = line;
}

static void say(struct book *b, instant at, enum ledger_mark mark, str en, str de)
{
    add(b, (struct ledger_line){at, mark, {en, de}, 0});
}

static void put_rule(struct book *b)
{
    const struct reckon_clock *k = b->k;
    const struct calendar_store *c = agreement_calendar(&b->c->rules, k->kind);
    struct words priority = ticket_words_priority[b->c->facts.priority].name;
    str span = ledger_span(b->a, k->target_ms), name = b->c->rules.name;
    say(b, k->start, LEDGER_START, begun_by[k->kind].en, begun_by[k->kind].de);
    say(b, k->start, LEDGER_RULE,
        arena_fmt(b->a,
                  "Rule: “" STR_FMT "”, priority " STR_FMT ": " STR_FMT " of working time.",
                  STR_ARG(name), STR_ARG(priority.en), STR_ARG(span)),
        arena_fmt(b->a, "Regel: „" STR_FMT "“, Priorität " STR_FMT ": " STR_FMT " Arbeitszeit.",
                  STR_ARG(name), STR_ARG(priority.de), STR_ARG(span)));
    struct words region =
        c->c.region > 0 ? holiday_regions[c->c.region].name : SAY("none", "keine");
    say(b, k->start, LEDGER_RULE,
        arena_fmt(b->a,
                  "Hours: calendar “" STR_FMT "”, time zone " STR_FMT ", holidays: " STR_FMT
                  ".",
                  STR_ARG(c->name), STR_ARG(c->zone), STR_ARG(region.en)),
        arena_fmt(b->a,
                  "Zeiten: Kalender „" STR_FMT "“, Zeitzone " STR_FMT ", Feiertage: " STR_FMT
                  ".",
                  STR_ARG(c->name), STR_ARG(c->zone), STR_ARG(region.de)));
}

static void put_pauses(struct book *b, instant until)
{
    for (isize i = 0; i < b->k->run.pauses; i++) {
        const struct clock_pause *p = &b->k->run.pause[i];
        if (p->from.ms >= until.ms)
            continue;
        struct words w = causes[p->cause];
        say(b, p->from, LEDGER_PAUSE, arena_fmt(b->a, "Paused: " STR_FMT ".", STR_ARG(w.en)),
            arena_fmt(b->a, "Angehalten: " STR_FMT ".", STR_ARG(w.de)));
        if (p->to.ms != 0 && p->to.ms <= until.ms)
            say(b, p->to, LEDGER_PAUSE, S("Goes on."), S("Läuft weiter."));
    }
}

static void put_changes(struct book *b, instant until)
{
    for (isize i = 0; i < b->c->facts.events; i++) {
        const struct reckon_event *e = &b->c->facts.event[i];
        if (e->signal != SIGNAL_PRIORITY || e->from == e->to || e->at.ms < b->k->start.ms
            || e->at.ms > until.ms || e->from < 1 || e->from > 4 || e->to < 1 || e->to > 4)
            continue;
        struct words from = ticket_words_priority[e->from].name,
                     to = ticket_words_priority[e->to].name;
        say(b, e->at, LEDGER_CHANGE,
            arena_fmt(b->a,
                      "Changed: priority from " STR_FMT " to " STR_FMT
                      ". Counted again from the beginning; pauses stay.",
                      STR_ARG(from.en), STR_ARG(to.en)),
            arena_fmt(b->a,
                      "Geändert: Priorität von " STR_FMT " auf " STR_FMT
                      ". Neu gezählt ab Beginn, Pausen bleiben.",
                      STR_ARG(from.de), STR_ARG(to.de)));
    }
}

// --- days ----------------------------------------------------------------------------------

// U3: why a day is not as its weekday usually is, or nothing.
static struct words reason(const struct calendar *c, int64_t day)
{
    struct holiday h;
    for (isize i = 0; i < c->extras; i++)
        if (c->extra[i].day == day && c->extra[i].name.n > 0)
            return (struct words){c->extra[i].name, c->extra[i].name};
    return calendar_holiday(c, day, &h) ? h.name : (struct words){{0}, {0}};
}

static struct words short_day(struct arena *a, int64_t day)
{
    struct local l = zone_date_of(day);
    return (struct words){arena_fmt(a, STR_FMT " %d " STR_FMT,
                                    STR_ARG(zone_weekday(l.weekday, LANG_EN)), l.day,
                                    STR_ARG(zone_month(l.month))),
                          arena_fmt(a, STR_FMT " %d.%d.",
                                    STR_ARG(zone_weekday(l.weekday, LANG_DE)), l.day, l.month)};
}

static void put_day(struct book *b, instant at, int64_t day, int64_t counted)
{
    const struct calendar *c = b->k->run.calendar;
    struct calendar_hours h;
    struct words why = reason(c, day), name = short_day(b->a, day);
    calendar_day(c, day, &h);
    str hours = calendar_hours_text(b->a, &h), span = ledger_span(b->a, counted);
    bool closed = h.n == 0, said = why.en.n > 0;
    str en = closed ? S("closed") : calendar_hours_shown(b->a, hours, LANG_EN);
    str de = closed ? S("geschlossen") : calendar_hours_shown(b->a, hours, LANG_DE);
    add(b, (struct ledger_line){
               at,
               LEDGER_DAY,
               {arena_fmt(b->a, STR_FMT ": " STR_FMT "%s" STR_FMT ", counted " STR_FMT,
                          STR_ARG(name.en), STR_ARG(en), said ? ", " : "", STR_ARG(why.en),
                          STR_ARG(span)),
                arena_fmt(b->a, STR_FMT ": " STR_FMT "%s" STR_FMT ", gezählt " STR_FMT,
                          STR_ARG(name.de), STR_ARG(de), said ? ", " : "", STR_ARG(why.de),
                          STR_ARG(span))},
               counted});
}

static bool is_shut(const struct book *b, int64_t day)
{
    struct calendar_hours h;
    calendar_day(b->k->run.calendar, day, &h);
    return h.n == 0 && reason(b->k->run.calendar, day).en.n == 0;
}

// U3: "Sa 28.11. bis So 29.11.: geschlossen".
static void put_shut(struct book *b, instant at, int64_t first, int64_t last)
{
    struct words from = short_day(b->a, first), to = short_day(b->a, last);
    bool one = first == last;
    say(b, at, LEDGER_DAY,
        arena_fmt(b->a, STR_FMT "%s" STR_FMT ": closed", STR_ARG(from.en), one ? "" : " to ",
                  STR_ARG(one ? S("") : to.en)),
        arena_fmt(b->a, STR_FMT "%s" STR_FMT ": geschlossen", STR_ARG(from.de),
                  one ? "" : " bis ", STR_ARG(one ? S("") : to.de)));
}

static void put_rest(struct book *b, instant at, int64_t counted)
{
    str span = ledger_span(b->a, counted);
    add(b, (struct ledger_line){
               at,
               LEDGER_DAY,
               {arena_fmt(b->a, "The days after that: counted " STR_FMT, STR_ARG(span)),
                arena_fmt(b->a, "Die Tage danach: gezählt " STR_FMT, STR_ARG(span))},
               counted});
}

static int64_t last_shut(const struct book *b, int64_t day, int64_t last)
{
    while (day < last && is_shut(b, day + 1))
        day++;
    return day;
}

// U2: whole minutes, as they are shown.  Each day rounded for itself would lose some of them.
static int64_t elapsed_at(const struct clock_run *run, instant at)
{
    int64_t ms = clock_elapsed(run, at);
    return ms - ms % MINUTE_MS;
}

// U2: a day's share is the difference of what has elapsed at its two midnights.
static void put_days(struct book *b, instant until)
{
    const struct clock_run *run = &b->k->run;
    const struct wall *wall = run->calendar->wall;
    int64_t first = calendar_today(run->calendar, run->start), before = 0;
    int64_t last = calendar_today(run->calendar, until);
    for (int64_t day = first; day <= last; day++) {
        instant begin = wall_instant(wall, day * DAY_MS),
                end = wall_instant(wall, (day + 1) * DAY_MS);
        instant at = {int_max(begin.ms, run->start.ms)};
        if (day - first == LEDGER_DAYS) {
            put_rest(b, at, elapsed_at(run, until) - before);
            return;
        }
        int64_t elapsed = elapsed_at(run, (instant){int_min(end.ms, until.ms)});
        if (!is_shut(b, day))
            put_day(b, at, day, elapsed - before);
        else if (day == first || !is_shut(b, day - 1))
            put_shut(b, at, day, last_shut(b, day, last));
        before = elapsed;
    }
}

static void put_end(struct book *b, instant now)
{
    const struct reckon_clock *k = b->k;
    str used = ledger_span(b->a, k->elapsed_ms), all = ledger_span(b->a, k->target_ms);
    if (k->end.ms != 0) {
        say(b, k->end, LEDGER_END,
            arena_fmt(b->a, "%s: " STR_FMT " of " STR_FMT ".", k->late ? "Missed" : "Met",
                      STR_ARG(used), STR_ARG(all)),
            arena_fmt(b->a, "%s: " STR_FMT " von " STR_FMT ".",
                      k->late ? "Verfehlt" : "Eingehalten", STR_ARG(used), STR_ARG(all)));
    } else if (k->stands != 0) {
        say(b, now, LEDGER_END,
            arena_fmt(b->a, "Stands still: " STR_FMT " of " STR_FMT " used.", STR_ARG(used),
                      STR_ARG(all)),
            arena_fmt(b->a, "Steht: " STR_FMT " von " STR_FMT " verbraucht.", STR_ARG(used),
                      STR_ARG(all)));
    } else {
        say(b, k->due, LEDGER_END, S("Due: the target is used up."),
            S("Fällig: Das Ziel ist aufgebraucht."));
    }
}

isize ledger_lines(struct arena *a, const struct clock_case *c, const struct reckon_clock *k,
                   instant now, struct ledger_line *out)
{
    struct book b = {a, c, k, out, 0};
    instant until = k->end.ms != 0 ? k->end : k->stands != 0 || k->due.ms == 0 ? now : k->due;
    put_rule(&b);
    put_days(&b, until);
    put_pauses(&b, until);
    put_changes(&b, until);
    put_end(&b, now);
    return b.n;
}
