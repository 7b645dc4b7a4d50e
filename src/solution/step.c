// SPDX-License-Identifier: GPL-3.0-or-later
#include "solution/step.h"

#include "base/buf.h"
#include "base/limits.h"
#include "event/event.h"
#include "measure/measure.h"
#include "solution.sql.h"

// clang-format off
const struct ticket_word step_results[] = {
    {"", WORDS("", "")},
    [STEP_HELPED]  = {"helped",  WORDS("helped", "hat geholfen")},
    [STEP_FAILED]  = {"failed",  WORDS("did not help", "ohne Erfolg")},
    [STEP_SKIPPED] = {"skipped", WORDS("not done", "nicht gemacht")},
    [STEP_DONE]    = {"done",    WORDS("done", "gemacht")},
    {0},
};
// clang-format on

str step_line(struct arena *a, str text, enum step_result result, enum lang lang)
{
    return arena_fmt(a, STR_FMT " (" STR_FMT ")", STR_ARG(str_trim(text)),
                     STR_ARG(words_in(step_results[result].name, lang)));
}

str step_append(struct arena *a, str tried, str line)
{
    tried = str_trim(tried);
    str rest = tried;
    while (rest.n > 0)
        if (str_eq(str_trim(str_token(&rest, '\n')), line))
            return tried;
    return tried.n == 0 ? line
                        : arena_fmt(a, STR_FMT "\n" STR_FMT, STR_ARG(tried), STR_ARG(line));
}

static enum err check(struct ctx *cx, str text, enum step_result result)
{
    if (str_trim(text).n == 0 || str_characters(text) > LIMIT_LINE
        || str_find(text, S("\n")) >= 0)
        return invalid(cx, "step", "Say in one line what was tried.",
                       "Was wurde gemacht? Bitte in einer Zeile.");
    if (!ticket_words_has(step_results, result))
        return invalid(cx, "result", "Did it help?", "Hat es geholfen?");
    return OK;
}

enum err step_add(struct ctx *cx, struct ticket_at *at, solution_id solution, str text,
                  enum step_result result)
{
    TRY(check(cx, text, result));
    struct ticket t;
    struct solution s;
    TRY(ticket_load(cx, at->id, &t));
    if (solution.n != 0)
        TRY(solution_load(cx, solution, &s));
    TRY(q_step_insert(cx, t.id, solution, str_trim(text), result, t.level));
    str line = step_line(cx->arena, text, result, cx->lang);
    return ticket_set_lagebild(cx, at,    // K7, and the case's one event
                               (struct lagebild){.problem = t.problem,
                                                 .tried = step_append(cx->arena, t.tried, line),
                                                 .current = t.current});
}

// The lines without this one.  Pure.
static str without(struct arena *a, str lines, str line)
{
    struct buf b = buf_new(a, lines.n + 1);
    while (lines.n > 0) {
        str one = str_token(&lines, '\n');
        if (str_eq(str_trim(one), line))
            continue;
        buf_put(&b, buf_str(&b).n > 0 ? S("\n") : S(""));
        buf_put(&b, one);
    }
    return buf_str(&b);
}

enum err step_take_back(struct ctx *cx, struct ticket_at *at, instant when)
{
    struct ticket t;
    struct q_step_drop *row;
    isize n;
    TRY(q_step_drop(cx, at->id, when, &row, &n));
    if (n == 0)
        return OK;
    TRY(ticket_load(cx, at->id, &t));
    for (isize i = 0; i < n; i++)
        t.tried = without(cx->arena, t.tried,
                          step_line(cx->arena, row[i].text, row[i].result, cx->lang));
    return ticket_set_lagebild(cx, at, (struct lagebild){t.problem, t.tried, t.current});
}

static enum err describe(struct ctx *cx, struct ticket_at *into, const struct q_step_move *row,
                         isize n)
{
    struct ticket t;
    TRY(ticket_load(cx, into->id, &t));
    str tried = t.tried;
    for (isize i = 0; i < n; i++)
        tried = step_append(cx->arena, tried,
                            step_line(cx->arena, row[i].text, row[i].result, cx->lang));
    if (str_eq(tried, t.tried) || str_characters(tried) > LIMIT_TEXT)    // M10 has it in a note
        return OK;
    return ticket_set_lagebild(cx, into, (struct lagebild){t.problem, tried, t.current});
}

enum err step_merge(struct ctx *cx, struct ticket_at *from, struct ticket_at *into)
{
    struct q_step_move *row;
    isize n;
    int64_t links;
    TRY(measure_merge(cx, from, into));
    TRY(q_solution_link_join(cx, from->id, into->id, &links));
    TRY(q_solution_link_leave(cx, from->id));
    TRY(q_step_move(cx, from->id, into->id, &row, &n));
    if (n > 0)
        TRY(describe(cx, into, row, n));
    if (links == 0 && n == 0)
        return OK;
    // Its object is a case; of "solution.*" the index takes it for a solution.
    return event_add(cx, (struct event){.kind = "step.moved",
                                        .ticket = into->id.n,
                                        .object = from->id.n});
}

enum err step_list(struct ctx *cx, ticket_id ticket, struct step **out, isize *n)
{
    struct q_step_rows *r;
    TRY(q_step_rows(cx, ticket, &r, n));
    *out = make(cx->arena, struct step, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] =
            (struct step){r[i].solution, r[i].text, r[i].result, (int)r[i].level, r[i].at};
    return OK;
}
