// SPDX-License-Identifier: GPL-3.0-or-later
#include "flow/flow.h"

#include "base/buf.h"
#include "base/now.h"

enum { MANY = 3 };

// clang-format off
static const char *const codes[] = {
    "",     "queued", "work", "wait_user", "wait_customer", "wait_vendor",
    "wait", "noted", "resolved", "done", "closed",
};
// clang-format on

const char *flow_means_code(enum flow_means means)
{
    return codes[means];
}

enum flow_means flow_means_from(str code)
{
    for (int i = FLOW_QUEUED; i <= FLOW_CLOSED; i++)
        if (str_eq(code, str_from_z(codes[i])))
            return (enum flow_means)i;
    return (enum flow_means)0;
}

bool flow_is_end(enum flow_means means)
{
    return means >= FLOW_RESOLVED;
}

// --- paths ---------------------------------------------------------------------------------

struct path {
    str *at;
    isize n;
};

static struct path path_of(struct arena *a, const struct flow_case *c, bool lines)    // F1
{
    struct path p = {.at = make(a, str, c->steps + 1)};
    for (isize i = 0; i < c->steps; i++) {
        str here = lines ? c->step[i].line : c->step[i].team;
        if (p.n == 0 || !str_eq(p.at[p.n - 1], here))
            p.at[p.n++] = here;
    }
    return p;
}

static int compare(str a, str b)
{
    int by = memcmp(a.p, b.p, (size_t)int_min(a.n, b.n));
    return by != 0 ? by : (a.n > b.n) - (a.n < b.n);
}

// Each name once, sorted.  Returns true when one came twice.
static bool names_of(struct arena *a, struct path p, struct path *out)
{
    *out = (struct path){.at = make(a, str, p.n + 1)};
    for (isize i = 0; i < p.n; i++) {
        isize at = out->n;
        while (at > 0 && compare(out->at[at - 1], p.at[i]) > 0)
            at--;
        if (at > 0 && str_eq(out->at[at - 1], p.at[i]))
            continue;
        memmove(out->at + at + 1, out->at + at, (size_t)(out->n - at) * sizeof(str));
        out->at[at] = p.at[i];
        out->n++;
    }
    return out->n < p.n;
}

static str joined(struct arena *a, struct path p, str between)
{
    struct buf b = buf_new(a, 64);
    for (isize i = 0; i < p.n; i++) {
        if (i > 0)
            buf_put(&b, between);
        buf_put(&b, p.at[i]);
    }
    return buf_str(&b);
}

// --- lines ---------------------------------------------------------------------------------

int flow_line_begins(str line)
{
    return line.n > 0 ? line.p[0] - '0' : 0;
}

static int ends(str line)
{
    return line.n > 0 ? line.p[line.n - 1] - '0' : 0;
}

static void lines_of(struct arena *a, const struct flow_case *c, struct flow_figures *f)
{
    struct path p = path_of(a, c, true), names;
    bool down = false, skip = false, front = str_eq(p.at[0], S("1"));
    for (isize i = 1; i < p.n; i++) {    // F4
        down |= flow_line_begins(p.at[i]) < flow_line_begins(p.at[i - 1]) || ends(p.at[i]) < ends(p.at[i - 1]);
        skip |= flow_line_begins(p.at[i]) - ends(p.at[i - 1]) > 1;
    }
    f->revisits_line += names_of(a, p, &names);
    tally_add(&f->line_set, joined(a, names, S("+")));
    tally_add(&f->line_path, joined(a, p, S(">")));
    tally_add(&f->first_line, p.at[0]);
    tally_add(&f->last_line, p.at[p.n - 1]);
    f->never_beyond_line1 += front && p.n == 1;
    f->not_started_on_line1 += !front;
    f->steps_down += down;
    f->skips += skip;
    f->pushed_to_front += front && !down && !skip;    // F5
}

// --- teams ---------------------------------------------------------------------------------

static str pair_of(struct arena *a, str x, str y)
{
    bool turned = compare(x, y) > 0;
    return arena_fmt(a, STR_FMT " <-> " STR_FMT, STR_ARG(turned ? y : x),
                     STR_ARG(turned ? x : y));
}

// Returns how often the case changed hands.
static isize teams_of(struct arena *a, const struct flow_case *c, struct flow_figures *f)
{
    struct path p = path_of(a, c, false), names;
    int64_t times = 0;
    for (isize i = 2; i < p.n; i++) {    // F3
        if (!str_eq(p.at[i], p.at[i - 2]))
            continue;
        tally_add(&f->pingpong_pair, pair_of(a, p.at[i - 1], p.at[i]));
        times++;
    }
    f->pingpong_times += times;
    f->pingpong_cases += times > 0;
    f->revisits_team += names_of(a, p, &names);
    f->handovers[int_min(p.n - 1, MANY)]++;    // F7
    return p.n - 1;
}

// --- states --------------------------------------------------------------------------------

static void orgs_of(struct arena *a, const struct flow_case *c, struct flow_figures *f)
{
    struct tally seen = tally_new(a);
    for (isize i = 0; i < c->steps; i++)
        if (c->step[i].org.n > 0)
            tally_at(&seen, c->step[i].org);
    for (isize i = 0; i < seen.items; i++)
        tally_add(&f->org, seen.item[i].name);
}

static void count_events(const struct flow_case *c, struct flow_figures *f)
{
    for (isize i = 0; i < c->steps; i++) {
        str rest = c->step[i].state;
        tally_add(&f->state_event, c->step[i].state);
        tally_add(&f->status_event, str_token(&rest, '/'));
        tally_add(&f->line_event, c->step[i].line);
        tally_add(&f->team, c->step[i].team);
        f->wait_user_events += c->step[i].means == FLOW_WAIT_USER;
    }
    f->events += c->steps;
    f->most_steps = int_max(f->most_steps, c->steps);
}

static void states_of(struct arena *a, const struct flow_case *c, struct flow_figures *f)
{
    bool resolved = false, closed = false, reopened = false, user = false, waited = false;
    struct buf variant = buf_new(a, c->steps * 24);
    for (isize i = 0; i < c->steps; i++) {
        enum flow_means m = c->step[i].means;
        reopened |= resolved && !flow_is_end(m);    // F6
        resolved |= m == FLOW_RESOLVED;
        closed |= m == FLOW_CLOSED;
        user |= m == FLOW_WAIT_USER;
        waited |= m >= FLOW_WAIT_USER && m <= FLOW_WAIT;
        buf_put(&variant, c->step[i].state);
        buf_char(&variant, '\n');
    }
    f->ever_resolved += resolved;
    f->never_over += !resolved && !closed;
    f->reopened += reopened;
    f->wait_user_cases += user;
    f->wait_cases += waited;
    tally_add(&f->variant, buf_str(&variant));    // F9
    tally_add(&f->last_state, c->step[c->steps - 1].state);
}

// --- time ----------------------------------------------------------------------------------

static int by_size(const void *x, const void *y)
{
    const int64_t *a = x, *b = y;
    return (*a > *b) - (*a < *b);
}

static struct flow_days days_of(int64_t *ms, isize n)    // F8
{
    struct flow_days d = {0};
    double sum = 0;
    if (n == 0)
        return d;
    qsort(ms, (size_t)n, sizeof *ms, by_size);
    for (isize i = 0; i < n; i++)
        sum += (double)ms[i];
    d.mean = sum / (double)n / DAY_MS;
    d.median = ((double)ms[(n - 1) / 2] + (double)ms[n / 2]) / 2 / DAY_MS;
    return d;
}

// --- the whole -----------------------------------------------------------------------------

static void begin(struct arena *a, struct flow_figures *f)
{
    *f = (struct flow_figures){0};
    struct tally *all[] = {&f->line_set,    &f->line_path,    &f->line_event,    &f->first_line,
                           &f->last_line,   &f->team,         &f->pingpong_pair, &f->product,
                           &f->state_event, &f->status_event, &f->last_state,    &f->variant,
                           &f->org};
    for (isize i = 0; i < countof(all); i++)
        *all[i] = tally_new(a);
}

void flow_figures(struct arena *a, const struct flow_case *c, isize n, struct flow_figures *f)
{
    int64_t *ms[MANY] = {make(a, int64_t, n + 1), make(a, int64_t, n + 1),
                         make(a, int64_t, n + 1)};
    isize some[MANY] = {0};    // all; without hand-over; with three and more
    begin(a, f);
    for (isize i = 0; i < n; i++) {
        if (c[i].steps == 0)
            continue;
        int64_t took = c[i].step[c[i].steps - 1].at.ms - c[i].step[0].at.ms;
        isize moves = teams_of(a, &c[i], f);
        ms[0][some[0]++] = took;
        if (moves == 0 || moves >= MANY)
            ms[moves == 0 ? 1 : 2][some[moves == 0 ? 1 : 2]++] = took;
        lines_of(a, &c[i], f);
        count_events(&c[i], f);
        states_of(a, &c[i], f);
        orgs_of(a, &c[i], f);
        if (c[i].product.n > 0)
            tally_add(&f->product, c[i].product);
    }
    f->cases = some[0];
    f->through = days_of(ms[0], some[0]);
    f->through_0 = days_of(ms[1], some[1]);
    f->through_3 = days_of(ms[2], some[2]);
}
