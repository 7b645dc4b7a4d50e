// SPDX-License-Identifier: GPL-3.0-or-later
#include "clock/legal_case.h"

#include "base/json.h"
#include "clock/agreement.h"
#include "event/event.h"
#include "legal_case.sql.h"

static enum legal_kind kind_of(str code)
{
    for (int i = 1; i < LEGAL_KINDS; i++)
        if (str_eq(code, str_from_z(legal_words[i].code)))
            return (enum legal_kind)i;
    return 0;
}

static void end_one(struct legal_clock *list, isize n, const struct q_legal_case_events *r)
{
    for (isize i = 0; i < n; i++)
        if (list[i].id == r->object)
            list[i].ended = r->at;
}

static enum err started(struct ctx *cx, const struct q_legal_case_events *r,
                        const struct calendar *c, struct legal_clock *out)
{
    struct json *o;
    TRY(json_read(cx, r->data, &o));
    *out = (struct legal_clock){.id = r->id,
                                .kind = kind_of(json_text(o, "clock")),
                                .known = {json_number(o, "known", r->at.ms)}};
    out->due = legal_due(out->kind, out->known, c);
    return OK;
}

enum err legal_case_list(struct ctx *cx, ticket_id id, struct legal_clock **out, isize *n)
{
    struct q_legal_case_events *r;
    struct agreement a;
    isize rows, kept = 0;
    TRY(agreement_of(cx, id, &a));
    const struct calendar *c = &a.of_customers->c;
    TRY(q_legal_case_events(cx, id, &r, &rows));
    struct legal_clock *list = make(cx->arena, struct legal_clock, rows);
    for (isize i = 0; i < rows; i++) {
        if (str_eq(r[i].kind, S("clock.met"))) {
            end_one(list, kept, &r[i]);
            continue;
        }
        TRY(started(cx, &r[i], c, &list[kept]));
        kept += list[kept].kind != 0;
    }
    for (isize i = 0; i < kept; i++)
        if (list[i].kind == LEGAL_TKG58)
            list[i].cents = legal_compensation(
                list[i].known, list[i].ended.ms != 0 ? list[i].ended : cx->now, 0, c);
    *out = list;
    *n = kept;
    return OK;
}

static enum err tell(struct ctx *cx, const struct ticket *t, const char *kind, int64_t object,
                     str data)
{
    return event_add(cx, (struct event){.kind = kind,
                                        .ticket = t->id.n,
                                        .object = object,
                                        .team = t->work_team.n,
                                        .level = t->level,
                                        .data = data});
}

enum err legal_case_start(struct ctx *cx, ticket_id id, enum legal_kind kind, instant known)
{
    struct ticket t;
    struct legal_clock *list;
    isize n;
    TRY(ticket_load(cx, id, &t));
    if (kind < 1 || kind >= LEGAL_KINDS)
        return invalid(cx, "kind", "Choose what the clock is for.",
                       "Wähle, wofür die Frist läuft.");
    if (known.ms > cx->now.ms)    // OC1
        return invalid(cx, "known", "This lies in the future.", "Das liegt in der Zukunft.");
    TRY(legal_case_list(cx, id, &list, &n));
    for (isize i = 0; i < n; i++)
        if (list[i].kind == kind && list[i].ended.ms == 0)    // OC2
            return invalid(cx, "kind", "This clock runs already.", "Diese Frist läuft schon.");
    return tell(cx, &t, "clock.started", 0,
                arena_fmt(cx->arena, "{\"clock\":\"%s\",\"known\":%lld}",
                          legal_words[kind].code, (long long)known.ms));
}

enum err legal_case_end(struct ctx *cx, ticket_id id, int64_t clock)
{
    struct ticket t;
    struct legal_clock *list;
    isize n;
    TRY(ticket_load(cx, id, &t));
    TRY(legal_case_list(cx, id, &list, &n));
    for (isize i = 0; i < n; i++) {
        if (list[i].id != clock || list[i].ended.ms != 0)
            continue;
        bool late = cx->now.ms > list[i].due.ms;
        return tell(cx, &t, "clock.met", clock,
                    arena_fmt(cx->arena, "{\"clock\":\"%s\",\"late\":%s}",
                              legal_words[list[i].kind].code, late ? "true" : "false"));
    }
    return db_absent(cx);
}
