// SPDX-License-Identifier: GPL-3.0-or-later
#include "flow/history.h"

#include "base/json.h"
#include "base/zone.h"
#include "flow/csv.h"
#include "flow/unpack.h"

enum { FIELDS_MOST = 64, SAID_MOST = 200, UNPACKED_MOST = 1 << 29 };

// --- what the states mean ------------------------------------------------------------------

struct meaning {
    const char *state;
    enum flow_means means;
};

// clang-format off
static const struct meaning bpic2013_means[] = {
    {"Accepted/In Progress",           FLOW_WORK},
    {"Accepted/Assigned",              FLOW_WORK},
    {"Accepted/Wait - User",           FLOW_WAIT_USER},
    {"Accepted/Wait - Customer",       FLOW_WAIT_CUSTOMER},
    {"Accepted/Wait - Vendor",         FLOW_WAIT_VENDOR},
    {"Accepted/Wait - Implementation", FLOW_WAIT},
    {"Accepted/Wait",                  FLOW_WAIT},
    {"Queued/Awaiting Assignment",     FLOW_QUEUED},
    {"Completed/Resolved",             FLOW_RESOLVED},
    {"Completed/Closed",               FLOW_CLOSED},
    {"Completed/In Call",              FLOW_DONE},
    {"Completed/Cancelled",            FLOW_DONE},
    {0},
};

static const struct meaning servicenow_means[] = {
    {"New",                FLOW_QUEUED},
    {"Active",             FLOW_WORK},
    {"Awaiting User Info", FLOW_WAIT_USER},
    {"Awaiting Vendor",    FLOW_WAIT_VENDOR},
    {"Awaiting Problem",   FLOW_WAIT},
    {"Awaiting Evidence",  FLOW_WAIT},
    {"Resolved",           FLOW_RESOLVED},
    {"Closed",             FLOW_CLOSED},
    {0},
};

static const struct meaning helpdesk_means[] = {
    {"Insert ticket",         FLOW_QUEUED},
    {"Assign seriousness",    FLOW_QUEUED},
    {"Take in charge ticket", FLOW_WORK},
    {"Resolve SW anomaly",    FLOW_WORK},
    {"Require upgrade",       FLOW_WORK},
    {"Create SW anomaly",     FLOW_WORK},
    {"Schedule intervention", FLOW_WORK},
    {"Wait",                  FLOW_WAIT},
    {"Resolve ticket",        FLOW_RESOLVED},
    {"RESOLVED",              FLOW_RESOLVED},
    {"INVALID",               FLOW_DONE},
    {"DUPLICATE",             FLOW_DONE},
    {"Closed",                FLOW_CLOSED},
    {0},
};
// clang-format on

static enum flow_means means_of(const struct meaning *table, str state)    // L6
{
    for (; table->state != NULL; table++)
        if (str_eq(state, str_from_z(table->state)))
            return table->means;
    return FLOW_NOTED;
}

// --- fields --------------------------------------------------------------------------------

// Digits from *s on, up to a byte that is none.
static bool number_of(str *s, int64_t *out)
{
    isize i = 0;
    while (i < s->n && s->p[i] >= '0' && s->p[i] <= '9')
        i++;
    str digits = {s->p, i};
    *s = str_cut(*s, i + 1);
    return str_to_int(digits, out);
}

static bool instant_of(int64_t year, int64_t month, int64_t day, str clock, instant *out)
{
    int64_t hour, minute, second = 0;
    if (!number_of(&clock, &hour) || !number_of(&clock, &minute))
        return false;
    if (clock.n > 0 && !number_of(&clock, &second))
        return false;
    if (year < 1970 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31
        || hour > 23 || minute > 59 || second > 60)
        return false;
    int64_t days = zone_days((int)year, (int)month, (int)day);
    out->ms = (((days * 24 + hour) * 60 + minute) * 60 + second) * 1000;
    return true;
}

// 2010-03-31T14:59:42Z
static bool iso_of(str s, instant *out)
{
    int64_t year, month, day;
    return number_of(&s, &year) && number_of(&s, &month) && number_of(&s, &day)
           && instant_of(year, month, day, s, out);
}

// 29/2/2016 01:16.  The log names no zone: it is read as UTC, which keeps what lies between.
static bool day_first_of(str s, instant *out)
{
    int64_t year, month, day;
    return number_of(&s, &day) && number_of(&s, &month) && number_of(&s, &year)
           && instant_of(year, month, day, s, out);
}

static void add_member(struct ctx *cx, struct history_row *r, const char *name, str value)
{
    struct buf b = buf_new(cx->arena, r->more.n + value.n + 32);
    buf_put(&b, r->more);
    struct json_out j = {.buf = &b, .comma = true};
    json_key_str(&j, name, value);
    r->more = buf_str(&b);
}

// --- one line of each log ------------------------------------------------------------------

static const char *const bpic2013_columns[] = {"case_id",  "timestamp", "status", "sub_status",
                                               "team",     "line",      "impact", "product",
                                               "org_line", NULL};

static bool bpic2013_row(struct ctx *cx, const str *f, struct history_row *r)
{
    static const char *const impacts[] = {"", "Low", "Medium", "High", "Major"};
    enum { ID, AT, STATUS, SUB_STATUS, TEAM, LINE, IMPACT, PRODUCT, ORG };
    r->id = f[ID];
    r->state =
        arena_fmt(cx->arena, STR_FMT "/" STR_FMT, STR_ARG(f[STATUS]), STR_ARG(f[SUB_STATUS]));
    r->means = means_of(bpic2013_means, r->state);
    r->team = f[TEAM];
    r->product = f[PRODUCT];
    r->urgency = 2;    // the log knows none
    for (int i = 1; i < countof(impacts); i++)
        if (str_eq(f[IMPACT], str_from_z(impacts[i])))
            r->impact = i;
    if (f[LINE].n > 1)
        r->line = f[LINE];
    r->level = f[LINE].n == 0 ? 0 : f[LINE].p[f[LINE].n - 1] - '0';
    add_member(cx, r, "impact", f[IMPACT]);
    add_member(cx, r, "org", f[ORG]);
    return iso_of(f[AT], &r->at) && r->level >= 1 && r->level <= 3 && r->team.n > 0;
}

static const char *const servicenow_columns[] = {
    "number",   "sys_updated_at", "incident_state",     "assignment_group",
    "impact",   "urgency",        "reassignment_count", "reopen_count",
    "made_sla", "knowledge",      "problem_id",         "rfc",
    NULL};

// "1 - High" is the most there, "4 everybody" here; in between the priorities of both meet.
static int scale_of(str s)
{
    static const int to[] = {0, 4, 2, 1};
    return s.n > 0 && s.p[0] >= '1' && s.p[0] <= '3' ? to[s.p[0] - '0'] : 0;
}

static str known(str s)
{
    return str_eq(s, S("?")) ? S("") : s;
}

static bool servicenow_row(struct ctx *cx, const str *f, struct history_row *r)
{
    enum {
        ID,
        AT,
        STATE,
        TEAM,
        IMPACT,
        URGENCY,
        MOVES,
        REOPENED,
        SLA,
        KNOWLEDGE,
        PROBLEM,
        RFC
    };
    int64_t moves, reopened;
    r->id = f[ID];
    r->state = f[STATE];
    r->means = means_of(servicenow_means, r->state);
    r->team = known(f[TEAM]);
    r->level = 1;
    r->impact = scale_of(f[IMPACT]);
    r->urgency = scale_of(f[URGENCY]);
    if (!str_to_int(f[MOVES], &moves) || !str_to_int(f[REOPENED], &reopened))
        return false;
    r->more = arena_fmt(cx->arena,
                        ",\"moves\":%lld,\"reopened\":%lld,\"late\":%d,\"knowledge\":%d,"
                        "\"problem\":%d,\"change\":%d",
                        (long long)moves, (long long)reopened, str_eq(f[SLA], S("false")),
                        str_eq(f[KNOWLEDGE], S("true")), known(f[PROBLEM]).n > 0,
                        known(f[RFC]).n > 0);
    return day_first_of(f[AT], &r->at);
}

static const char *const helpdesk_columns[] = {"case_id", "timestamp", "activity", "resource",
                                               NULL};

static bool helpdesk_row(struct ctx *cx, const str *f, struct history_row *r)
{
    enum { ID, AT, STATE, PERSON };
    (void)cx;
    r->id = f[ID];
    r->state = f[STATE];
    r->means = means_of(helpdesk_means, r->state);
    r->level = 1;
    r->person = f[PERSON];
    return iso_of(f[AT], &r->at);
}

static const struct source {
    const char *name;
    const char *const *column;
    bool (*read)(struct ctx *cx, const str *field, struct history_row *r);
} sources[] = {
    [HISTORY_BPIC2013] = {"bpic2013", bpic2013_columns, bpic2013_row},
    [HISTORY_SERVICENOW] = {"servicenow", servicenow_columns, servicenow_row},
    [HISTORY_HELPDESK] = {"helpdesk", helpdesk_columns, helpdesk_row},
};

const char *history_name(enum history_kind kind)
{
    return sources[kind].name;
}

enum history_kind history_from(str name)
{
    for (int i = 1; i < countof(sources); i++)
        if (str_eq(name, str_from_z(sources[i].name)))
            return (enum history_kind)i;
    return (enum history_kind)0;
}

// --- the whole -----------------------------------------------------------------------------

struct reading {
    const struct source *source;
    isize place[FIELDS_MOST];    // of each wanted column
    isize wanted;
    struct buf *said;
    int64_t refused;
};

static enum err find_columns(struct ctx *cx, str *rest, struct reading *r)    // L2
{
    str name[FIELDS_MOST];
    isize n = (isize)int_min(csv_record(cx->arena, rest, name, FIELDS_MOST), FIELDS_MOST);
    for (; r->source->column[r->wanted] != NULL; r->wanted++) {
        const char *wanted = r->source->column[r->wanted];
        isize at = 0;
        while (at < n && !str_eq(name[at], str_from_z(wanted)))
            at++;
        if (at == n)
            return fail(cx, ERR_INVALID, "The log has no column “%s”.",
                        "Dem Protokoll fehlt die Spalte „%s“.", wanted);
        r->place[r->wanted] = at;
    }
    return OK;
}

static void refuse(struct reading *r, int64_t nth)    // L3
{
    if (r->refused++ < SAID_MOST)
        buf_fmt(r->said, "line %lld: not understood, left out\n", (long long)nth);
}

static bool read_row(struct ctx *cx, struct reading *r, str *rest, struct history_row *out)
{
    str field[FIELDS_MOST], wanted[FIELDS_MOST];
    isize n = csv_record(cx->arena, rest, field, FIELDS_MOST);
    for (isize i = 0; i < r->wanted; i++) {
        if (r->place[i] >= n)
            return false;
        wanted[i] = field[r->place[i]];
        if (!str_is_utf8(wanted[i]))
            return false;
    }
    return r->source->read(cx, wanted, out) && out->id.n > 0 && out->state.n > 0;
}

static int by_case(const void *x, const void *y)    // L4
{
    const struct history_row *a = x, *b = y;
    int64_t apart = a->order != b->order ? a->order - b->order : a->nth - b->nth;
    return (apart > 0) - (apart < 0);
}

static isize lines_in(str s)
{
    isize n = 1;
    for (isize i = 0; i < s.n; i++)
        n += s.p[i] == '\n';
    return n;
}

// Returns how many lines there are.
static isize read_rows(struct ctx *cx, struct reading *r, str rest, struct history_row *row,
                       struct tally *people)
{
    struct tally cases = tally_new(cx->arena);
    isize rows = 0;
    for (int64_t nth = 2; rest.n > 0; nth++) {
        if (rest.p[0] == '\n' || str_starts(rest, S("\r\n"))) {
            str_token(&rest, '\n');
            continue;
        }
        row[rows] = (struct history_row){.nth = nth};
        if (!read_row(cx, r, &rest, &row[rows])) {
            refuse(r, nth);
            continue;
        }
        if (row[rows].person.n > 0)
            tally_at(people, row[rows].person);
        row[rows].person = (str){0};    // L5
        row[rows].order = tally_at(&cases, row[rows].id);
        rows++;
    }
    return rows;
}

enum err history_read(struct ctx *cx, enum history_kind kind, str bytes, struct buf *said,
                      struct history *out)
{
    str rest;
    struct reading r = {.source = &sources[kind], .said = said};
    struct tally people = tally_new(cx->arena);
    TRY(unpack(cx, bytes, UNPACKED_MOST, &rest));
    TRY(find_columns(cx, &rest, &r));
    struct history_row *row = make(cx->arena, struct history_row, lines_in(rest));
    isize rows = read_rows(cx, &r, rest, row, &people);
    qsort(row, (size_t)rows, sizeof *row, by_case);
    *out = (struct history){row, rows, people.items, r.refused};
    return OK;
}
