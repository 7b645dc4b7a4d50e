// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "base/json.h"
#include "base/now.h"
#include "flow/play.h"
#include "flow/report.h"

#define HEAD "case_id,timestamp,status,sub_status,team,line,impact,product,org_line\n"

enum { BATCH = 100 };

static enum err prepare(struct world *w, struct arena *a, enum history_kind kind, str bytes,
                        struct history *h, struct play *p)
{
    struct buf said = buf_new(a, 64);
    struct ctx *cx = begin(w), own = *cx;
    own.arena = a;
    TRY(history_read(&own, kind, bytes, &said, h));
    return play_prepare(&own, a, kind, h, p);
}

// Plays a log, `BATCH` cases a transaction.  Returns how many cases were not here yet.
static int64_t play_all(struct world *w, struct arena *a, enum history_kind kind, str bytes)
{
    struct history h;
    struct play p;
    int64_t taken = 0;
    check(end(w, prepare(w, a, kind, bytes, &h, &p)) == OK);
    for (isize at = 0; at < h.rows;) {
        struct ctx *cx = begin(w);
        enum err err = OK;
        for (isize i = 0; i < BATCH && at < h.rows && err == OK; i++) {
            bool fresh = false;
            isize n = play_lines(h.row + at, h.rows - at);
            err = play_case(cx, &p, h.row + at, n, &fresh);
            taken += fresh;
            at += n;
        }
        if (err != OK)
            printf("     " STR_FMT "\n", STR_ARG(cx->detail.en));
        check(end(w, err) == OK);
        if (err != OK)
            break;
    }
    return taken;
}

static int64_t play(struct world *w, const char *text)
{
    return play_all(w, &w->kept, HISTORY_BPIC2013, str_from_z(text));
}

static int64_t count(struct world *w, const char *what)
{
    return ask(w, arena_z(&w->kept, arena_fmt(&w->kept, "select count(*) from %s", what)));
}

// The digits of a number, with a point among them, at the start of s.
static isize number_in(str s, isize *point)
{
    isize n = 0;
    *point = -1;
    for (; n < s.n && ((s.p[n] >= '0' && s.p[n] <= '9') || s.p[n] == '.'); n++)
        if (s.p[n] == '.')
            *point = n;
    return n;
}

// JSON with every fraction as a text of four places, because ours knows no fractions.
static str without_fractions(struct arena *a, str s)
{
    struct buf b = buf_new(a, s.n + s.n / 4);
    bool text = false;
    for (isize i = 0; i < s.n;) {
        isize point, n = text ? 0 : number_in(str_cut(s, i), &point);
        text ^= s.p[i] == '"';
        if (n == 0 || point < 0)
            buf_put(&b, (str){s.p + i, n == 0 ? 1 : n});
        else
            buf_fmt(&b, "\"%.*s%.*s\"", (int)n, s.p + i, (int)(5 - (n - point)), "0000");
        i += n == 0 ? 1 : n;
    }
    return buf_str(&b);
}

static struct json *report(struct world *w, const char *src)
{
    struct json *o = NULL;
    struct ctx *cx = begin(w);
    struct buf b = buf_new(&w->kept, 4096);
    check(report_flow(cx, str_from_z(src), &b) == OK);
    check(json_read(cx, without_fractions(cx->arena, buf_str(&b)), &o) == OK);
    return o;
}

static void P1_what_is_done_is_done_by_the_rules(struct world *w)
{
    check(play(w, HEAD "1,2010-03-01T10:00:00Z,Accepted,In Progress,A,1,High,P,O\n"
                       "1,2010-03-01T11:00:00Z,Queued,Awaiting Assignment,B 2nd,2,High,P,O\n"
                       "1,2010-03-01T12:00:00Z,Accepted,In Progress,B 2nd,2,High,P,O\n"
                       "1,2010-03-01T13:00:00Z,Accepted,Wait - User,B 2nd,2,High,P,O\n"
                       "1,2010-03-02T13:00:00Z,Completed,Resolved,B 2nd,2,High,P,O\n"
                       "1,2010-03-03T13:00:00Z,Accepted,In Progress,B 2nd,2,High,P,O\n"
                       "1,2010-03-04T13:00:00Z,Completed,Closed,B 2nd,2,High,P,O\n")
          == 1);
    check(count(w, "ticket where src = 'bpic2013' and src_id = '1' and status = 7 and level = 2"
                   " and reopened = 1 and impact = 3 and created = 1267437600000")
          == 1);
    check(count(w, "event where kind = 'ticket.waiting' and at = 1267448400000") == 1);
    check(count(w, "event where kind = 'ticket.resumed'") == 1);
    check(count(w, "event where kind = 'ticket.solved'") == 2);
    check(count(w, "event where kind = 'ticket.closed' and at = 1267707600000") == 1);
    check(count(w, "engagement where mode = 2 and requested = 1267441200000"
                   " and accepted = 1267444800000 and from_level = 1 and to_level = 2")
          == 1);    // P3
}

static void P1_work_on_a_closed_case_is_a_new_one_that_follows(struct world *w)
{
    static const char log[] = HEAD "1,2010-03-01T10:00:00Z,Accepted,In Progress,A,1,Low,P,O\n"
                                   "1,2010-03-01T11:00:00Z,Completed,Closed,A,1,Low,P,O\n"
                                   "1,2010-03-01T12:00:00Z,Accepted,In Progress,B,1,Low,P,O\n"
                                   "1,2010-03-02T11:00:00Z,Completed,Resolved,B,1,Low,P,O\n"
                                   "1,2010-04-02T11:00:00Z,Accepted,In Progress,B,1,Low,P,O\n";
    check(play(w, log) == 1);
    check(count(w, "ticket where src = 'bpic2013'") == 3);
    check(count(w, "ticket a join ticket b on a.follows = b.id where a.src_id = '1/2' and "
                   "b.src_id = '1'")
          == 1);
    check(count(w, "ticket a join ticket b on a.follows = b.id where a.src_id = '1/3' and "
                   "b.src_id = '1/2'")
          == 1);
    check(count(w, "event where kind = 'ticket.reopened'") == 0);
    struct json *o = report(w, "bpic2013");    // F2
    check(json_number(o, "cases", 0) == 1 && json_number(o, "events", 0) == 5);
    check(json_number(o, "reopened_after_resolved", 0) == 1);
    check(end(w, OK) == OK);
}

static void P2_what_is_here_stays_as_it_is(struct world *w)
{
    static const char log[] = HEAD "1,2010-03-01T10:00:00Z,Accepted,In Progress,A,1,Low,P,O\n"
                                   "2,2010-03-01T11:00:00Z,Accepted,In Progress,A,1,Low,P,O\n";
    check(play(w, log) == 2);
    int64_t events = count(w, "event"), teams = count(w, "team");
    check(play(w, log) == 0);
    check(count(w, "event") == events && count(w, "team") == teams);
    check(count(w, "ticket where src = 'bpic2013'") == 2);
}

static void P3_back_is_a_return_once(struct world *w)
{
    check(play(w, HEAD "1,2010-03-01T10:00:00Z,Accepted,In Progress,A,1,Low,P,O\n"
                       "1,2010-03-01T11:00:00Z,Queued,Awaiting Assignment,B 3rd,3,Low,P,O\n"
                       "1,2010-03-01T12:00:00Z,Queued,Awaiting Assignment,A,1,Low,P,O\n"
                       "1,2010-03-01T13:00:00Z,Accepted,In Progress,B 3rd,3,Low,P,O\n"
                       "1,2010-03-01T14:00:00Z,Queued,Awaiting Assignment,A,1,Low,P,O\n")
          == 1);
    check(count(w, "engagement where mode = 2") == 3
          && count(w, "engagement where mode = 3") == 1);
    check(count(w, "engagement where state = 1") == 1);    // the last is not accepted
    check(count(w, "ticket where returns = 1 and level = 3") == 1);
    check(count(w, "event where kind = 'engagement.requested' and data like '%\"skip\":true%'")
          == 2);
}

static void P4_waiting_without_a_date_stays_open(struct world *w)
{
    check(play(w, HEAD "1,2010-03-01T10:00:00Z,Accepted,Wait,A,1,Low,P,O\n"
                       "2,2010-03-01T10:00:00Z,Accepted,Wait - Vendor,A,1,Low,P,O\n"
                       "3,2010-03-01T10:00:00Z,Unmatched,Unmatched,A,1,Low,P,O\n")
          == 3);
    check(count(w, "ticket where src_id = '1' and status = 2") == 1);
    check(count(w, "ticket where src_id = '2' and status = 4") == 1);
    check(count(w, "ticket where src_id = '3' and status = 1") == 1);
}

static void P5_each_line_is_kept_and_no_person(struct world *w)
{
    check(play_all(w, &w->kept, HISTORY_HELPDESK,
                   S("case_id,timestamp,activity,resource\n1,2010-03-31T14:00:00Z,Wait,Eva X\n"
                     "1,2010-03-31T15:00:00Z,Closed,Otto X\n"))
          == 1);
    check(count(w, "event where kind = 'import.step'") == 2);
    check(count(w, "event where kind = 'import.people'") == 1);
    check(count(w, "event where data like '%Eva X%' or data like '%Otto X%'") == 0);
    struct json *o = report(w, "helpdesk");
    check(json_number(o, "resources", 0) == 2);
    check(end(w, OK) == OK);
}

static void P6_nothing_of_it_is_published(struct world *w)
{
    struct history h;
    struct play p;
    str log = S(HEAD "1,2010-03-01T10:00:00Z,Accepted,In Progress,A,1,Low,P,O\n"
                     "1,2010-03-01T11:00:00Z,Completed,Resolved,A,1,Low,P,O\n");
    check(end(w, prepare(w, &w->kept, HISTORY_BPIC2013, log, &h, &p)) == OK);
    struct ctx *cx = begin(w);
    bool fresh;
    check(play_case(cx, &p, h.row, h.rows, &fresh) == OK && fresh);
    check(cx->events == NULL && cx->now.ms == w->now.ms);
    check(end(w, OK) == OK);
    check(count(w, "promise") == 0 && count(w, "duty") == 0 && count(w, "outbox") == 0);
}

static void P7_time_never_runs_backwards(struct world *w)
{
    check(play(w, HEAD "1,2010-03-01T10:00:00Z,Accepted,In Progress,A,1,Low,P,O\n"
                       "1,2010-03-01T09:00:00Z,Completed,Resolved,A,1,Low,P,O\n")
          == 1);
    check(count(w, "ticket where solved_at = created") == 1);
}

static void a_case_is_played_as_a_whole_or_not_at_all(struct world *w)
{
    struct history h;
    struct play p;
    str log = S(HEAD "1,2010-03-01T10:00:00Z,Accepted,In Progress,A,1,Low,P,O\n"
                     "1,2010-03-01T11:00:00Z,Accepted,In Progress,B,1,Low,P,O\n"
                     "1,2010-03-01T12:00:00Z,Completed,Closed,B,1,Low,P,O\n");
    check(end(w, prepare(w, &w->kept, HISTORY_BPIC2013, log, &h, &p)) == OK);
    EACH_FAULT(w) {
        bool fresh;
        end(w, play_case(begin(w), &p, h.row, h.rows, &fresh));
        check(count(w, "event where kind = 'import.step'")
              == 3 * count(w, "ticket where status = 7"));
    }
    check(count(w, "ticket where status = 7") == 1);
}

// R2: the desk's own cases have their own steps.
static void R2_cases_of_the_desk_itself_are_in_the_report(struct world *w)
{
    struct ticket_made made;
    struct ctx *cx = begin_as(w, ADA);
    check(ticket_create(cx, &(struct ticket_new){.channel = CHANNEL_PHONE, .subject = S("x")},
                        &made)
          == OK);
    check(ticket_take(cx, &made.at) == OK);
    check(end(w, OK) == OK);
    struct json *o = report(w, "");
    check(json_number(o, "cases", 0) == 1 && json_number(o, "events", 0) == 2);
    check(json_number(json_get(o, "status_events"), "ticket.opened", 0) == 1);
    check(json_number(json_get(o, "line_set"), "1", 0) == 1);
    check(end(w, OK) == OK);
    check(json_number(report(w, "bpic2013"), "cases", -1) == 0);
    check(end(w, OK) == OK);
}

static struct json *bypass(struct world *w)
{
    struct json *o = report(w, "");
    check(end(w, OK) == OK);
    return (struct json *)json_get(o, "bypass");
}

// Routed, then taken where it is.
static void a_case_to(struct world *w, team_id team, int level, const char *by)
{
    struct ticket_made made;
    struct ticket_route r = {.team = team, .level = level, .priority = 3, .by = by};
    struct ctx *cx = begin(w);
    struct ticket_new n = {.channel = CHANNEL_MAIL, .subject = S("x")};
    check(ticket_create(cx, &n, &made) == OK && ticket_route(cx, &made.at, &r) == OK);
    check(end(w, OK) == OK);
    check(end(w, ticket_take(begin_as(w, level == 1 ? ADA : CEM), &made.at)) == OK);
}

static void R4_what_was_sent_elsewhere_began_there(struct world *w)
{
    check(json_number(bypass(w), "cases", -1) == 0);
    a_case_to(w, (team_id){FIRST}, 1, "rule");
    check(json_number(bypass(w), "cases", -1) == 0);
    a_case_to(w, (team_id){NET}, 2, "rule");
    a_case_to(w, (team_id){NET}, 2, "lead");
    struct json *o = report(w, "");
    check(json_number(json_get(o, "line_set"), "2", 0) == 2);
    check(json_number(o, "not_started_on_line1", 0) == 2);
    check(end(w, OK) == OK);
    o = bypass(w);
    check(json_number(o, "cases", 0) == 2);
    check(json_number(json_get(o, "by"), "rule", 0) == 1);
    check(json_number(json_get(o, "by"), "lead", 0) == 1);
    struct ticket_made made;
    struct ticket_new n = {.channel = CHANNEL_PHONE, .subject = S("x"), .team = {NET}};
    check(end(w, ticket_create(begin_as(w, CEM), &n, &made)) == OK);
    check(json_number(json_get(bypass(w), "by"), "directly", 0) == 1);
}

// --- the logs themselves, against the figures that came with them ----------------------------

static const struct json *member(const struct json *o, str key)
{
    const struct json *c = o->child;
    while (c != NULL && !str_eq(c->key, key))
        c = c->next;
    return c;
}

// Is everything of x in y?  Lists have their order; objects may have more.
static bool same(const struct json *x, const struct json *y)
{
    if (y == NULL || x->kind != y->kind || x->n != y->n || !str_eq(x->s, y->s))
        return false;
    const struct json *b = y->child;
    for (const struct json *a = x->child; a != NULL; a = a->next) {
        if (!same(a, x->kind == JS_OBJECT ? member(y, a->key) : b))
            return false;
        b = b == NULL ? NULL : b->next;
    }
    return x->kind == JS_OBJECT || b == NULL;
}

static int64_t seconds_of_log(void)
{
    return now_monotonic_ms() / 1000;
}

// A log of shared_data, played and reported; SQLite, because it is many small writes.
static void plays_as_its_source_says(struct world *w, enum history_kind kind,
                                     const char *folder, const char *file)
{
    if (shared_data() == NULL || w->place.postgres.n > 0) {
        printf("     skipped: STAFFEL_SHARED_DATA is not set, or this is PostgreSQL\n");
        return;
    }
    struct arena a = arena_new((isize)1 << 30);
    str path = arena_fmt(&a, "%s/%s/", shared_data(), folder);
    str log = slurp(&a, arena_z(&a, arena_join(&a, path, str_from_z(file))));
    str source = slurp(&a, arena_z(&a, arena_join(&a, path, S("SOURCE.md"))));
    int64_t began = seconds_of_log();
    check(play_all(w, &a, kind, log) > 0);
    printf("     %s: played in %lld s\n", folder, (long long)(seconds_of_log() - began));
    struct json *want, *got = report(w, history_name(kind));
    source = str_cut(source, str_find(source, S("```json")) + 7);
    source.n = str_find(source, S("```"));
    check(json_read(&w->cx, without_fractions(&a, source), &want) == OK);
    for (const struct json *figure = want->child; figure != NULL; figure = figure->next) {
        bool ok = same(figure, member(got, figure->key));
        if (!ok)
            printf("     not so: " STR_FMT "\n", STR_ARG(figure->key));
        check(ok);
    }
    check(end(w, OK) == OK);
    arena_free(&a);
}

static void the_log_of_volvo_has_the_figures_of_its_source(struct world *w)
{
    plays_as_its_source_says(w, HISTORY_BPIC2013, "bpic2013-volvo",
                             "incidents_first_half.csv.gz");
}

static void the_log_of_servicenow_has_the_figures_of_its_source(struct world *w)
{
    plays_as_its_source_says(w, HISTORY_SERVICENOW, "servicenow-uci",
                             "incident_event_log_first_half.csv.gz");
}

static void the_log_of_an_italian_helpdesk_has_the_figures_of_its_source(struct world *w)
{
    plays_as_its_source_says(w, HISTORY_HELPDESK, "helpdesk-italy",
                             "helpdesk_first_half.csv.gz");
}

const struct test play_tests[] = {
    T(P1_what_is_done_is_done_by_the_rules),
    T(P1_work_on_a_closed_case_is_a_new_one_that_follows),
    T(P2_what_is_here_stays_as_it_is),
    T(P3_back_is_a_return_once),
    T(P4_waiting_without_a_date_stays_open),
    T(P5_each_line_is_kept_and_no_person),
    T(P6_nothing_of_it_is_published),
    T(P7_time_never_runs_backwards),
    T(a_case_is_played_as_a_whole_or_not_at_all),
    T(R2_cases_of_the_desk_itself_are_in_the_report),
    T(R4_what_was_sent_elsewhere_began_there),
    T(the_log_of_volvo_has_the_figures_of_its_source),
    T(the_log_of_servicenow_has_the_figures_of_its_source),
    T(the_log_of_an_italian_helpdesk_has_the_figures_of_its_source),
    {0},
};
