// SPDX-License-Identifier: GPL-3.0-or-later
#include "measure/measure.h"

#include "base/length.h"
#include "base/limits.h"
#include "event/event.h"
#include "measure.sql.h"
#include "promise/promise.h"
#include "ticket/ticket_check.h"

enum { CENTS = 100, EUROS_MOST = 1000 * 1000 };

// --- amounts ---------------------------------------------------------------------------------

// The cents stand behind the last point or comma when two digits follow it; others only group.
static isize point_of(str s)
{
    isize at = s.n - 3;
    return at > 0 && (s.p[at] == ',' || s.p[at] == '.') ? at : s.n;
}

static bool read_grouped(str s, int64_t *out)
{
    int64_t n = 0;
    isize group = 0;
    bool grouped = false;
    for (isize i = 0; i < s.n; i++, group++) {
        if (str_is_digit(s.p[i]) && n <= EUROS_MOST) {
            n = n * 10 + (s.p[i] - '0');
            continue;
        }
        bool mark = s.p[i] == '.' || s.p[i] == ',';
        if (!mark || group == 0 || group > 3 || (grouped && group != 3))
            return false;
        grouped = true;
        group = -1;
    }
    *out = n;
    return s.n > 0 && (!grouped || group == 3);
}

bool measure_cents(str text, int64_t *out)
{
    str s = str_trim(text);
    if (str_ends(s, S("€")))
        s = str_trim(str_head(s, s.n - S("€").n));
    isize at = point_of(s);
    int64_t euros, cents = 0;
    if (at < s.n) {
        if (!str_is_digit(s.p[at + 1]) || !str_is_digit(s.p[at + 2]))
            return false;
        cents = (s.p[at + 1] - '0') * 10 + (s.p[at + 2] - '0');
    }
    if (!read_grouped(str_head(s, at), &euros) || euros > EUROS_MOST)
        return false;
    *out = euros * CENTS + cents;
    return true;
}

str measure_euros(struct arena *a, int64_t cents, enum lang lang)
{
    return arena_fmt(a, lang == LANG_DE ? "%lld,%02lld €" : "€%lld.%02lld",
                     (long long)(cents / CENTS), (long long)(cents % CENTS));
}

struct words measure_words(struct arena *a, enum authority_verb verb, int64_t cents)
{
    struct words name = authority_words[verb].name;
    if (cents == 0)
        return name;
    return (struct words){arena_fmt(a, STR_FMT " (" STR_FMT ")", STR_ARG(name.en),
                                    STR_ARG(measure_euros(a, cents, LANG_EN))),
                          arena_fmt(a, STR_FMT " (" STR_FMT ")", STR_ARG(name.de),
                                    STR_ARG(measure_euros(a, cents, LANG_DE)))};
}

// --- doing -----------------------------------------------------------------------------------

static enum err check(struct ctx *cx, const struct ticket *t, const struct measure *m)
{
    TRY(ticket_check_work(cx, t));    // M2
    if (m->verb <= AUTHORITY_SOLVE || m->verb >= AUTHORITY_VERBS)
        return invalid(cx, "was", "What was done?", "Was wurde gemacht?");
    bool amount = authority_words[m->verb].amount;
    if (amount && m->amount <= 0)    // M3
        return invalid(cx, "betrag", "What is it worth, in euros?",
                       "Wie viel ist es wert, in Euro?");
    if (!amount && m->amount != 0)    // M3
        return invalid(cx, "betrag", "Only a replacement and a credit have an amount.",
                       "Einen Betrag haben nur Ersatz und Gutschrift.");
    if (str_trim(m->what).n == 0)    // M3
        return invalid(cx, "zeile", "Say in a line what was done.",
                       "Schreib in einer Zeile, was gemacht wurde.");
    return length_check(cx, "zeile", m->what, LIMIT_LINE);
}

// M4.  In the case's language, as the rest of the state card is.
static enum err note(struct ctx *cx, struct ticket_at *at, const struct ticket *t, str line)
{
    str tried = t->tried.n == 0 ? line
                                : arena_fmt(cx->arena, STR_FMT "\n" STR_FMT, STR_ARG(t->tried),
                                            STR_ARG(line));
    return ticket_set_lagebild(cx, at, (struct lagebild){t->problem, tried, t->current});
}

static enum err tell(struct ctx *cx, const char *kind, const struct ticket *t,
                     const struct measure *m)
{
    str data = arena_fmt(cx->arena, "{\"act\":\"%s\",\"amount\":%lld}",
                         authority_words[m->verb].code, (long long)m->amount);
    return event_add(cx, (struct event){.kind = kind,
                                        .ticket = t->id.n,
                                        .object = m->id.n,
                                        .team = t->work_team.n,
                                        .level = cx->who.level,
                                        .data = data});
}

enum err measure_take(struct ctx *cx, struct ticket_at *at, const struct measure *given,
                      measure_id *out)
{
    struct ticket t;
    struct measure m = *given;
    struct q_measure_insert row;
    TRY(ticket_load(cx, at->id, &t));
    TRY(check(cx, &t, &m));
    TRY(authority_may(cx, m.verb, t.category, m.amount));    // M1
    m.what = str_trim(m.what);
    TRY(q_measure_insert(cx, t.id, m.verb, m.amount, m.what, &row));
    m.id = *out = row.id;
    TRY(note(cx, at, &t,
             arena_fmt(cx->arena, STR_FMT ": " STR_FMT,
                       STR_ARG(words_in(measure_words(cx->arena, m.verb, m.amount), t.lang)),
                       STR_ARG(m.what))));
    return tell(cx, "measure.taken", &t, &m);
}

static struct measure from_row(const struct q_measure_rows *r)
{
    return (struct measure){r->id,         r->verb, r->amount, r->what, r->person,
                            (int)r->level, r->at,   r->undone, r->why};
}

static enum err load(struct ctx *cx, ticket_id ticket, measure_id id, struct measure *out)
{
    struct q_measure_rows *row;
    isize n = 0;
    if (id.n != 0)
        TRY(q_measure_rows(cx, ticket, id, &row, &n));
    if (n == 0)
        return db_absent(cx);
    *out = from_row(row);
    return OK;
}

enum err measure_undo(struct ctx *cx, struct ticket_at *at, measure_id id, str why)
{
    struct ticket t;
    struct measure m;
    int64_t changed;
    TRY(ticket_load(cx, at->id, &t));
    TRY(load(cx, t.id, id, &m));
    why = str_trim(why);
    if (why.n == 0 || str_characters(why) > LIMIT_LINE)    // M5
        return invalid(cx, "grund", "Say in a line why it is taken back.",
                       "Schreib in einer Zeile, warum das zurückgenommen wird.");
    TRY(authority_may(cx, m.verb, t.category, m.amount));
    TRY(q_measure_undo(cx, id, t.id, why, &changed));
    if (changed == 0)
        return fail(cx, ERR_STALE, "This was taken back already.",
                    "Das wurde schon zurückgenommen.");
    TRY(note(cx, at, &t,
             arena_fmt(cx->arena, STR_FMT ": " STR_FMT " (" STR_FMT ")",
                       STR_ARG(words_in(SAY("Taken back", "Zurückgenommen"), t.lang)),
                       STR_ARG(words_in(authority_words[m.verb].name, t.lang)), STR_ARG(why))));
    return tell(cx, "measure.undone", &t, &m);
}

enum err measure_list(struct ctx *cx, ticket_id ticket, struct measure **out, isize *n)
{
    struct q_measure_rows *row;
    TRY(q_measure_rows(cx, ticket, (measure_id){0}, &row, n));
    *out = make(cx->arena, struct measure, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = from_row(&row[i]);
    return OK;
}

enum err measure_holds(struct ctx *cx, ticket_id ticket, enum authority_verb verb, bool *out)
{
    struct measure *m;
    isize n;
    *out = false;
    TRY(measure_list(cx, ticket, &m, &n));
    for (isize i = 0; i < n; i++)
        *out |= m[i].verb == verb && m[i].undone.ms == 0;
    return OK;
}

enum err measure_merge(struct ctx *cx, struct ticket_at *from, struct ticket_at *into)
{
    TRY(promise_merge(cx, from, into));
    return q_measure_move(cx, from->id, into->id);
}
