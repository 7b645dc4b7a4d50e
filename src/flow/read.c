// SPDX-License-Identifier: GPL-3.0-or-later
#include "flow/read.h"

#include "base/json.h"
#include "engagement/engagement_words.h"
#include "read.sql.h"
#include "ticket/ticket_number.h"

enum {
    PAGE = 1000,             // as read.sql has it
    PAGE_ROOM = 64 << 20,    // bytes for one page
    STEPS_FIRST = 8,
};

// --- a way as it grows -----------------------------------------------------------------------

struct held {
    str team, line;
};

struct walk {
    struct read_case c;
    struct held works, asked;    // R1
    bool imported;
    struct flow_step *step;
    isize n, room, begun;    // begun: steps of the cases before this one (R3)
};

struct part {
    ticket_id ticket;
    isize walk;
};

struct reading {
    struct ctx *cx;     // what stays
    struct ctx page;    // what is forgotten with each page
    struct tally words;
    struct part *part;    // every case so far, sorted
    struct walk *walk;
    isize parts, walks, room;
};

// The same word is kept once.
static str word(struct reading *r, str s)
{
    isize at = tally_find(&r->words, s);
    if (at < 0)
        at = tally_at(&r->words, arena_str(r->cx->arena, s));
    return r->words.item[at].name;
}

static bool moves_case(const struct q_read_events *e)
{
    return e->mode == ENGAGE_HANDOVER || e->mode == ENGAGE_RETURN;
}

static bool is_kind(const struct q_read_events *e, const char *kind)
{
    return str_eq(e->kind, str_from_z(kind));
}

static enum err sent(struct reading *r, struct walk *w, const struct q_read_events *e)    // R4
{
    struct json *o;
    TRY(json_read(&r->page, e->data, &o));
    str line = arena_fmt(r->page.arena, "%lld", (long long)e->level);
    w->works = (struct held){word(r, e->team), word(r, line)};
    for (isize i = w->begun; i < w->n && !w->imported; i++) {
        w->step[i].team = w->works.team;
        w->step[i].line = w->works.line;
    }
    if (w->begun == 0)
        w->c.by = word(r, json_text(o, "by"));
    return OK;
}

static void follow(struct reading *r, struct walk *w, const struct q_read_events *e)    // R1
{
    bool begins = is_kind(e, "ticket.created");
    bool taken = is_kind(e, "engagement.accepted") || is_kind(e, "engagement.returned");
    bool off = is_kind(e, "engagement.withdrawn") || is_kind(e, "engagement.declined")
               || is_kind(e, "engagement.expired");
    if (!moves_case(e) && !begins)
        return;
    str line = arena_fmt(r->page.arena, "%lld", (long long)e->level);
    struct held there = {word(r, e->team), word(r, line)};
    if (is_kind(e, "engagement.requested"))
        w->asked = there;
    if (begins || taken)
        w->works = there;
    if (begins || taken || off)
        w->asked = (struct held){0};
}

// --- steps -----------------------------------------------------------------------------------

// What the desk's own events mean.
static enum flow_means means_of(const struct q_read_events *e)
{
    static const struct {
        const char *kind;
        enum flow_means means;
    } table[] = {
        {"ticket.created", FLOW_QUEUED},      {"engagement.requested", FLOW_QUEUED},
        {"ticket.opened", FLOW_WORK},         {"ticket.taken", FLOW_WORK},
        {"ticket.resumed", FLOW_WORK},        {"ticket.customer_replied", FLOW_WORK},
        {"ticket.unreached", FLOW_WORK},      {"ticket.reopened", FLOW_WORK},
        {"engagement.accepted", FLOW_WORK},   {"engagement.returned", FLOW_WORK},
        {"ticket.scheduled", FLOW_WAIT},      {"ticket.solved", FLOW_RESOLVED},
        {"ticket.closed", FLOW_CLOSED},       {"ticket.merged", FLOW_DONE},
        {"ticket.spam", FLOW_DONE},           {"engagement.declined", FLOW_NOTED},
        {"engagement.withdrawn", FLOW_NOTED},
    };
    if (is_kind(e, "ticket.waiting"))
        return str_find(e->data, S("\"waiting_vendor\"")) >= 0 ? FLOW_WAIT_VENDOR
                                                               : FLOW_WAIT_USER;
    for (isize i = 0; i < countof(table); i++)
        if (is_kind(e, table[i].kind))
            return table[i].means;
    return (enum flow_means)0;
}

static struct flow_step *add_step(struct reading *r, struct walk *w)
{
    if (w->n == w->room) {
        struct flow_step *old = w->step;
        w->room = w->room == 0 ? STEPS_FIRST : w->room * 2;
        w->step = make(r->cx->arena, struct flow_step, w->room);
        if (w->n > 0)
            memcpy(w->step, old, (size_t)w->n * sizeof *old);
    }
    struct held here = w->asked.team.n > 0 ? w->asked : w->works;
    w->step[w->n] = (struct flow_step){.team = here.team, .line = here.line};
    return &w->step[w->n++];
}

static enum err imported_step(struct reading *r, struct walk *w, const struct q_read_events *e)
{
    struct json *o;
    TRY(json_read(&r->page, e->data, &o));
    if (!w->imported)
        w->n = 0;    // R2
    w->imported = true;
    struct flow_step *s = add_step(r, w);
    s->at = e->at;
    s->state = word(r, json_text(o, "state"));
    s->means = flow_means_from(json_text(o, "means"));
    s->org = word(r, json_text(o, "org"));
    if (json_text(o, "line").n > 0)
        s->line = word(r, json_text(o, "line"));
    w->c.ever_late |= json_number(o, "late", 0) != 0;
    w->c.last = word(r, e->data);
    return OK;
}

static void own_step(struct reading *r, struct walk *w, const struct q_read_events *e)
{
    enum flow_means means = means_of(e);
    bool asks = str_starts(e->kind, S("engagement.")) && !moves_case(e);
    if (w->imported || means == 0 || asks)
        return;
    struct flow_step *s = add_step(r, w);
    s->at = e->at;
    s->state = word(r, e->kind);
    s->means = means;
}

// --- which case belongs to which way ---------------------------------------------------------

static isize walk_of(const struct reading *r, ticket_id ticket)    // or -1
{
    isize low = 0, high = r->parts;
    while (low < high) {
        isize middle = (low + high) / 2;
        if (r->part[middle].ticket.n < ticket.n)
            low = middle + 1;
        else
            high = middle;
    }
    return low < r->parts && r->part[low].ticket.n == ticket.n ? r->part[low].walk : -1;
}

static void make_room(struct reading *r)
{
    struct part *part = r->part;
    struct walk *walk = r->walk;
    r->room *= 2;
    r->part = make(r->cx->arena, struct part, r->room);
    r->walk = make(r->cx->arena, struct walk, r->room);
    memcpy(r->part, part, (size_t)r->parts * sizeof *part);
    memcpy(r->walk, walk, (size_t)r->walks * sizeof *walk);
}

// A case that follows another one came later, and so does its key (R3).
static void begin_part(struct reading *r, const struct q_read_events *e)
{
    isize at = e->follows.n == 0 ? -1 : walk_of(r, e->follows);
    if (r->parts == r->room)
        make_room(r);
    if (at < 0) {
        at = r->walks++;
        struct walk *w = &r->walk[at];
        *w = (struct walk){0};
        w->c.way.product = word(r, e->product);
        w->c.id = e->src_id.n > 0 ? arena_str(r->cx->arena, e->src_id)
                                  : ticket_number_shown(r->cx->arena, e->number);
    }
    r->part[r->parts++] = (struct part){e->ticket, at};
    r->walk[at].begun = r->walk[at].n;
    r->walk[at].c.impact = (int)e->impact;
    r->walk[at].c.urgency = (int)e->urgency;
    r->walk[at].c.priority = (int)e->priority;
}

static enum err take_event(struct reading *r, const struct q_read_events *e)
{
    if (r->parts == 0 || r->part[r->parts - 1].ticket.n != e->ticket.n)
        begin_part(r, e);
    struct walk *w = &r->walk[r->part[r->parts - 1].walk];
    follow(r, w, e);
    if (is_kind(e, "ticket.routed"))
        return sent(r, w, e);
    if (is_kind(e, "import.step"))
        return imported_step(r, w, e);
    own_step(r, w, e);
    return OK;
}

// --- the whole -------------------------------------------------------------------------------

static enum err read_pages(struct reading *r, str src)
{
    struct q_read_events *e;
    ticket_id ticket = {0};
    int64_t event = 0;
    for (isize n = PAGE; n == PAGE;) {
        TRY(q_read_events(&r->page, src, ticket, event, &e, &n));
        for (isize i = 0; i < n; i++)
            TRY(take_event(r, &e[i]));
        if (n > 0) {
            ticket = e[n - 1].ticket;
            event = e[n - 1].id;
        }
        arena_reset(r->page.arena);
    }
    return OK;
}

enum err read_cases(struct ctx *cx, str src, struct read_case **out, isize *n)
{
    struct arena room = arena_new(PAGE_ROOM);
    struct reading r = {.cx = cx, .page = *cx, .words = tally_new(cx->arena), .room = 64};
    r.page.arena = &room;
    r.part = make(cx->arena, struct part, r.room);
    r.walk = make(cx->arena, struct walk, r.room);
    enum err err = read_pages(&r, src);
    ctx_keep_detail(cx, &r.page);
    arena_free(&room);
    TRY(err);
    *out = make(cx->arena, struct read_case, r.walks + 1);
    *n = r.walks;
    for (isize i = 0; i < r.walks; i++) {
        (*out)[i] = r.walk[i].c;
        (*out)[i].way.step = r.walk[i].step;
        (*out)[i].way.steps = r.walk[i].n;
    }
    return OK;
}

enum err read_people(struct ctx *cx, str src, int64_t *out)
{
    struct q_read_people *row;
    isize n;
    *out = 0;
    TRY(q_read_people(cx, &row, &n));
    for (isize i = 0; i < n; i++) {
        struct json *o;
        TRY(json_read(cx, row[i].data, &o));
        if (str_eq(json_text(o, "src"), src))
            *out = int_max(*out, json_number(o, "people", 0));
    }
    return OK;
}
