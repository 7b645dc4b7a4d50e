// SPDX-License-Identifier: GPL-3.0-or-later
#include "flow/report.h"

#include "base/json.h"
#include "escalation/escalation.h"
#include "flow/history.h"
#include "person/team.h"
#include "read.sql.h"

enum { PATHS_SHOWN = 10, PAIRS_SHOWN = 5 };

// --- pieces ----------------------------------------------------------------------------------

static void put_tally(struct json_out *j, const char *name, const struct tally *t)
{
    json_key(j, name);
    json_open(j, '{');
    for (isize i = 0; i < t->items; i++)
        json_key_int(j, arena_z(t->arena, t->item[i].name), t->item[i].n);
    json_close(j, '}');
}

static void put_top(struct json_out *j, const char *name, const struct tally *t, isize most)
{
    isize n;
    struct tally_item *top = tally_top(t, most, &n);
    json_key(j, name);
    json_open(j, '[');
    for (isize i = 0; i < n; i++) {
        json_open(j, '[');
        json_str(j, top[i].name);
        json_int(j, top[i].n);
        json_close(j, ']');
    }
    json_close(j, ']');
}

static void put_ints(struct json_out *j, const char *name, const int64_t *n, isize many)
{
    json_key(j, name);
    json_open(j, '[');
    for (isize i = 0; i < many; i++)
        json_int(j, n[i]);
    json_close(j, ']');
}

static void put_two(struct json_out *j, const char *name, double x, double y)
{
    json_key(j, name);
    json_open(j, '[');
    buf_fmt(j->buf, "%.4f,%.4f", x, y);
    json_close(j, ']');
}

// --- the flow of any desk, by the names of the BPI Challenge 2013 ----------------------------

static enum err impacts_of(struct ctx *cx, const struct read_case *c, isize n,
                           struct tally *out)
{
    *out = tally_new(cx->arena);
    for (isize i = 0; i < n; i++) {
        struct json *o;
        if (c[i].last.n == 0)
            continue;
        TRY(json_read(cx, c[i].last, &o));
        if (json_text(o, "impact").n > 0)
            tally_add(out, json_text(o, "impact"));
    }
    return OK;
}

static void put_lines(struct json_out *j, const struct flow_figures *f)
{
    put_tally(j, "line_set", &f->line_set);
    put_tally(j, "first_event_line", &f->first_line);
    put_tally(j, "last_event_line", &f->last_line);
    json_key_int(j, "never_beyond_line1", f->never_beyond_line1);
    json_key_int(j, "not_started_on_line1", f->not_started_on_line1);
    json_key_int(j, "any_step_to_lower_line", f->steps_down);
    json_key_int(j, "any_skip_1_to_3", f->skips);
    json_key_int(j, "push_to_front_compliant_IBM_rule", f->pushed_to_front);
    put_top(j, "top_line_paths", &f->line_path, PATHS_SHOWN);
}

static void put_teams(struct json_out *j, const struct flow_figures *f)
{
    json_key_int(j, "pingpong_cases_ABA_team", f->pingpong_cases);
    json_key_int(j, "pingpong_ABA_occurrences", f->pingpong_times);
    json_key_int(j, "cases_revisiting_a_team", f->revisits_team);
    json_key_int(j, "cases_revisiting_a_line", f->revisits_line);
    put_top(j, "top_pingpong_pairs", &f->pingpong_pair, PAIRS_SHOWN);
    put_ints(j, "team_handovers_0_1_2_3plus", f->handovers, countof(f->handovers));
    json_key_int(j, "teams", f->team.items);
    json_key_int(j, "products", f->product.items);
}

static void put_states(struct json_out *j, const struct flow_figures *f)
{
    json_key_int(j, "variants_status_substatus", f->variant.items);
    put_two(j, "throughput_days_mean_median", f->through.mean, f->through.median);
    put_two(j, "median_days_0_handover_vs_3plus", f->through_0.median, f->through_3.median);
    json_key_int(j, "ever_resolved", f->ever_resolved);
    json_key_int(j, "never_resolved_or_closed", f->never_over);
    json_key_int(j, "reopened_after_resolved", f->reopened);
    json_key_int(j, "wait_user_events", f->wait_user_events);
    json_key_int(j, "cases_with_wait_user", f->wait_user_cases);
    put_tally(j, "status_events", &f->status_event);
    put_tally(j, "line_events", &f->line_event);
    put_tally(j, "last_state", &f->last_state);
}

static enum err put_flow(struct ctx *cx, struct json_out *j, const struct read_case *c, isize n,
                         const struct flow_figures *f)
{
    struct tally impact;
    const int64_t orgs[] = {tally_of(&f->org, S("Org line C")),
                            tally_of(&f->org, S("Org line A2"))};
    TRY(impacts_of(cx, c, n, &impact));
    json_key_int(j, "cases", f->cases);
    json_key_int(j, "events", f->events);
    put_lines(j, f);
    put_teams(j, f);
    put_states(j, f);
    put_tally(j, "impact_of_last_event", &impact);
    put_tally(j, "org_cases", &f->org);
    put_ints(j, "org_C_cases_A2_cases", orgs, countof(orgs));
    return OK;
}

// --- helpdesk --------------------------------------------------------------------------------

static enum err put_helpdesk(struct ctx *cx, struct json_out *j, const struct read_case *c,
                             isize n, const struct flow_figures *f)
{
    int64_t people;
    (void)c;
    (void)n;
    TRY(read_people(cx, S("helpdesk"), &people));
    json_key_int(j, "cases", f->cases);
    json_key_int(j, "events", f->events);
    put_tally(j, "activities", &f->state_event);
    json_key_int(j, "variants", f->variant.items);
    json_key_int(j, "resources", people);
    json_key_int(j, "max_len", f->most_steps);
    put_two(j, "throughput_days_mean_median", f->through.mean, f->through.median);
    json_key_int(j, "cases_with_wait", f->wait_cases);
    return OK;
}

// --- servicenow ------------------------------------------------------------------------------

struct there {    // what ServiceNow itself counted, in the last line of each incident
    int64_t moves[4], reopened, late, ever_late, knowledge, problem, change;
    struct tally priority, matrix;
};

// Our scales in their words (history.c, scale_of).
static const char *scale_there(int scale)
{
    return scale >= 3 ? "1 - High" : scale == 2 ? "2 - Medium" : "3 - Low";
}

static const char *priority_there(int priority)
{
    static const char *const name[] = {"", "1 - Critical", "2 - High", "3 - Moderate",
                                       "4 - Low"};
    return priority >= 1 && priority <= 4 ? name[priority] : "";
}

static enum err count_there(struct ctx *cx, const struct read_case *c, struct there *t)
{
    struct json *o;
    t->ever_late += c->ever_late;
    if (c->last.n == 0)
        return OK;
    TRY(json_read(cx, c->last, &o));
    t->moves[int_max(0, int_min(json_number(o, "moves", 0), 3))]++;
    t->reopened += json_number(o, "reopened", 0) > 0;
    t->late += json_number(o, "late", 0);
    t->knowledge += json_number(o, "knowledge", 0);
    t->problem += json_number(o, "problem", 0);
    t->change += json_number(o, "change", 0);
    const char *priority = priority_there(c->priority);
    tally_add(&t->priority, str_from_z(priority));
    tally_add(&t->matrix, arena_fmt(cx->arena, "%s|%s|%s", scale_there(c->impact),
                                    scale_there(c->urgency), priority));
    return OK;
}

static enum err put_servicenow(struct ctx *cx, struct json_out *j, const struct read_case *c,
                               isize n, const struct flow_figures *f)
{
    struct there t = {.priority = tally_new(cx->arena), .matrix = tally_new(cx->arena)};
    struct team intake;
    TRY(team_for_intake(cx, &intake));
    for (isize i = 0; i < n; i++)
        TRY(count_there(cx, &c[i], &t));
    json_key_int(j, "incidents", f->cases);
    json_key_int(j, "events", f->events);
    put_ints(j, "last_row_reassignment_0_1_2_3plus", t.moves, countof(t.moves));
    json_key_int(j, "incidents_reopened", t.reopened);
    json_key_int(j, "made_sla_false_last_row", t.late);
    json_key_int(j, "ever_made_sla_false", t.ever_late);
    put_tally(j, "priority_last", &t.priority);
    put_tally(j, "impact_urgency_priority_last", &t.matrix);
    put_tally(j, "states", &f->state_event);
    put_tally(j, "last_state", &f->last_state);
    json_key_int(j, "groups", f->team.items - (tally_find(&f->team, intake.name.de) >= 0));
    json_key_int(j, "knowledge_used_last", t.knowledge);
    json_key_int(j, "linked_problem", t.problem);
    json_key_int(j, "linked_rfc", t.change);
    put_ints(j, "team_handovers_0_1_2_3plus", f->handovers, countof(f->handovers));
    json_key_int(j, "reopened_after_resolved", f->reopened);
    return OK;
}

// --- to more authority (escalation/escalation.h, E11): apart from every figure above ---------

static enum err put_escalations(struct ctx *cx, struct json_out *j, str src)
{
    struct q_read_escalations *r;
    struct q_read_escalated cases;
    struct tally reason = tally_new(cx->arena), outcome = tally_new(cx->arena);
    int64_t times = 0, all_leads = 0;
    isize n;
    TRY(q_read_escalations(cx, src, &r, &n));
    TRY(q_read_escalated(cx, src, &cases));
    for (isize i = 0; i < n; i++) {
        const char *how = r[i].outcome == 0 ? "open" : escalation_outcomes[r[i].outcome].code;
        times += r[i].n;
        all_leads += r[i].stage == ESCALATION_DESK ? r[i].n : 0;
        reason.item[tally_at(&reason, str_from_z(escalation_reasons[r[i].reason].code))].n +=
            r[i].n;
        outcome.item[tally_at(&outcome, str_from_z(how))].n += r[i].n;
    }
    json_key(j, "escalation_h");
    json_open(j, '{');
    json_key_int(j, "cases", cases.cases);
    json_key_int(j, "times", times);
    json_key_int(j, "to_all_leads", all_leads);
    put_tally(j, "reasons", &reason);
    put_tally(j, "outcomes", &outcome);
    json_close(j, '}');
    return OK;
}

// --- above level 1 at once: apart, too -------------------------------------------------------

static bool began_above(const struct flow_case *way)
{
    return way->steps > 0 && flow_line_begins(way->step[0].line) > 1;
}

static void put_bypass(struct ctx *cx, struct json_out *j, const struct read_case *c, isize n)
{
    struct tally by = tally_new(cx->arena);
    int64_t cases = 0;
    for (isize i = 0; i < n; i++) {
        if (!began_above(&c[i].way))
            continue;
        cases++;
        tally_add(&by, c[i].by.n > 0 ? c[i].by : S("directly"));
    }
    json_key(j, "bypass");
    json_open(j, '{');
    json_key_int(j, "cases", cases);
    put_tally(j, "by", &by);
    json_close(j, '}');
}

// --- the whole -------------------------------------------------------------------------------

enum err report_flow(struct ctx *cx, str src, struct buf *out)
{
    struct read_case *c;
    struct flow_figures f;
    isize n;
    TRY(read_cases(cx, src, &c, &n));
    struct flow_case *way = make(cx->arena, struct flow_case, n + 1);
    for (isize i = 0; i < n; i++)
        way[i] = c[i].way;
    flow_figures(cx->arena, way, n, &f);
    struct json_out j = {.buf = out};
    json_open(&j, '{');
    enum history_kind kind = history_from(src);
    TRY(kind == HISTORY_SERVICENOW ? put_servicenow(cx, &j, c, n, &f)
        : kind == HISTORY_HELPDESK ? put_helpdesk(cx, &j, c, n, &f)
                                   : put_flow(cx, &j, c, n, &f));
    TRY(put_escalations(cx, &j, src));
    put_bypass(cx, &j, c, n);
    json_close(&j, '}');
    buf_char(out, '\n');
    return OK;
}
