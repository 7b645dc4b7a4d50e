// SPDX-License-Identifier: GPL-3.0-or-later
// The jobs of forge.h.  Both ask between two short transactions: one that says what is to be
// done and for whom, one that stores what came of it.
#include "base/limits.h"
#include "base/now.h"
#include "event/event.h"
#include "forge.sql.h"
#include "forge/forge_issue.h"
#include "outside/service.h"
#include "tenant/tenant.h"

enum {
    SCRATCH = 256 << 20,    // two answers and what is made of them
    SAIDS = 20,
    PAUSE_FIRST_S = 60,
    HEARD_S = 86400,
    PAGES = 3,
};

// One conversation with a service.
struct talk {
    struct ctx *cx;
    const struct forge_config *config;
    struct forge f;
    str token;
    struct arena scratch;    // emptied after each issue
    enum forge_state state;
    int64_t wait;    // seconds it asks for
    int status;
};

static enum forge_state by_status(const struct talk *t, int status)
{
    if ((status >= 200 && status < 300) || status == 304)
        return FORGE_WORKS;
    if (status == 429 || (status == 403 && t->wait > 0))
        return FORGE_BUSY;
    if (status == 401 || status == 403)
        return FORGE_KEY;
    if (status == 404 || status == 410 || (status >= 300 && status < 400))
        return FORGE_ABSENT;
    return status >= 500 ? FORGE_ILL : FORGE_SPEECH;
}

static enum forge_state by_end(const struct talk *t, enum service_end end, int status)
{
    switch (end) {
    case SERVICE_ANSWERED:
        return by_status(t, status);
    case SERVICE_CERTIFICATE:
        return FORGE_CERTIFICATE;
    case SERVICE_ADDRESS:
    case SERVICE_NOT_PUBLIC:
        return FORGE_NOT_PUBLIC;
    case SERVICE_TOO_LARGE:
        return FORGE_SPEECH;
    case SERVICE_NO_ANSWER:
        break;
    }
    return FORGE_NO_ANSWER;
}

static struct json *read_json(struct talk *t, str body)
{
    struct ctx quiet = {.arena = &t->scratch};
    struct json *o = NULL;
    return json_read(&quiet, body, &o) == OK ? o : NULL;
}

// True: it answered as it should; *o is NULL when nothing has changed.
static bool say(struct talk *t, str url, str etag, str body, struct json **o,
                struct service_answer *answer)
{
    const struct forge_config none = {0}, *c = t->config != NULL ? t->config : &none;
    struct service_wish w = {.url = url,
                             .body = body,
                             .most = LIMIT_FORGE_ANSWER,
                             .seconds = c->seconds > 0 ? c->seconds : LIMIT_FORGE_S,
                             .own = c->own,
                             .trust = c->trust};
    w.field[0] = S("Accept: application/json");
    w.field[1] = forge_talk_token(&t->scratch, t->f.kind, t->token);
    w.field[2] = etag.n == 0 ? S("") : arena_join(&t->scratch, S("If-None-Match: "), etag);
    w.field[3] = body.n == 0 ? S("") : S("Content-Type: application/json");
    *o = NULL;
    *answer = (struct service_answer){0};
    enum service_end end = service_ask(&t->scratch, &w, answer);
    t->wait = end == SERVICE_ANSWERED ? service_pause(answer, t->cx->now) : 0;
    t->status = end == SERVICE_ANSWERED ? answer->status : 0;
    t->state = by_end(t, end, answer->status);
    if (t->state != FORGE_WORKS || answer->status == 304)
        return t->state == FORGE_WORKS;
    *o = read_json(t, answer->body);
    if (*o == NULL)
        t->state = FORGE_SPEECH;
    return *o != NULL;
}

static bool open_talk(struct talk *t)
{
    struct seal seal;
    str hook;
    bool open = seal_load(t->cx, &seal) == OK
                && forge_unlock(t->cx->arena, &seal, &t->f, &t->token, &hook);
    t->state = open ? FORGE_WORKS : FORGE_LOCKED;
    ctx_forgive(t->cx);
    return open;
}

static int64_t pause_after(int64_t fails)
{
    int64_t pause = PAUSE_FIRST_S;
    for (int64_t i = 1; i < fails && pause < FORGE_PAUSE_S; i++)
        pause *= 2;
    return int_min(pause, FORGE_PAUSE_S);
}

// What a service asks for is bounded: one that lies is asked again one day.
static int64_t wait_of(const struct talk *t, int64_t fails)
{
    int64_t asked = int_min(t->wait, LIMIT_FORGE_WAIT_S);
    return t->state == FORGE_BUSY && asked > 0 ? asked : int_max(asked, pause_after(fails));
}

static str reason_of(struct talk *t)
{
    return t->status == 0 || t->state == FORGE_WORKS
               ? S("")
               : arena_fmt(t->cx->arena, "HTTP %d", t->status);
}

// --- looking ---------------------------------------------------------------------------------

struct look {
    forge_issue_id id;
    bool done, gone, seen;
    struct forge_seen issue;
    struct forge_said said[SAIDS];
    int saids;
    str etag;
};

struct round {
    struct talk t;
    forge_id id;
    bool any, probe;
    struct q_forge_issue_due *row;
    isize n;
    struct look *look;
};

static enum err claim_round(struct ctx *cx, void *arg)
{
    struct round *r = arg;
    enum err err = forge_called(cx, r->id, &r->t.f);
    if (err == ERR_ABSENT) {
        ctx_forgive(cx);
        return OK;
    }
    TRY(err);
    r->any = !r->t.f.paused && r->t.f.again.ms <= cx->now.ms;
    TRY(q_forge_issue_due(cx, r->id, FORGE_ROUND, &r->row, &r->n));
    r->probe = r->n == 0;
    return OK;
}

static void keep_issue(struct arena *a, const struct forge_seen *s, struct forge_seen *to)
{
    *to = *s;
    to->title = arena_str(a, s->title);
    to->version = arena_str(a, s->version);
    to->address = arena_str(a, s->address);
    to->body = S("");
}

// Oldest first, whichever way they come.
static void keep_said(struct arena *a, const struct forge_said *s, struct look *k)
{
    int at = k->saids;
    if (at == SAIDS)
        return;
    for (; at > 0 && k->said[at - 1].number > s->number; at--)
        k->said[at] = k->said[at - 1];
    k->said[at] = *s;
    k->said[at].author = arena_str(a, s->author);
    k->said[at].text = arena_str(a, s->text);
    k->saids++;
}

static bool hear_comments(struct talk *t, const struct q_forge_issue_due *row,
                          const struct json *issue, struct look *k)
{
    struct json *list;
    struct service_answer answer;
    struct forge_said s;
    instant since = {int_max(row->changed.ms, row->created.ms)};
    str url = forge_talk_comments_url(&t->scratch, t->f.kind, t->f.url, t->f.project,
                                      row->number, since);
    if (!say(t, url, S(""), S(""), &list, &answer) || list == NULL)
        return false;
    for (const struct json *o = list->child; o != NULL; o = o->next)
        if (forge_talk_comment(t->f.kind, o, issue, &s))
            keep_said(t->cx->arena, &s, k);
    return true;
}

// Whether the project is there: an issue alone is gone, or all of it is not for us.
static bool probe(struct talk *t)
{
    struct json *o;
    struct service_answer answer;
    str url = forge_talk_root(&t->scratch, t->f.kind, t->f.url, t->f.project);
    return say(t, url, S(""), S(""), &o, &answer);
}

static bool look_at(struct talk *t, const struct q_forge_issue_due *row, struct look *k)
{
    struct json *o;
    struct service_answer answer;
    struct forge_seen s;
    k->id = row->id;
    str url = forge_talk_issue_url(&t->scratch, t->f.kind, t->f.url, t->f.project, row->number);
    if (!say(t, url, row->etag, S(""), &o, &answer)) {
        k->gone = t->state == FORGE_ABSENT && probe(t);
        return k->done = k->gone;
    }
    if (o == NULL)
        return k->done = true;    // as it was
    if (!forge_talk_issue(t->f.kind, o, &s) || s.number != row->number) {
        t->state = FORGE_SPEECH;
        return false;
    }
    keep_issue(t->cx->arena, &s, &k->issue);
    k->etag = arena_str(t->cx->arena, str_head(service_field(&answer, "ETag"), LIMIT_LINE));
    return k->done = k->seen = hear_comments(t, row, o, k);
}

static void go_round(struct round *r)
{
    struct talk *t = &r->t;
    int64_t until = now_monotonic_ms() + FORGE_ROUND_S * 1000;
    t->scratch = arena_new(SCRATCH);
    if (r->probe)
        (void)probe(t);
    for (isize i = 0; i < r->n && now_monotonic_ms() < until; i++) {
        bool good = look_at(t, &r->row[i], &r->look[i]);
        arena_reset(&t->scratch);
        if (!good || t->wait > 0)
            break;
    }
    arena_free(&t->scratch);
}

static enum err prepare_round(struct ctx *cx, struct job *job)
{
    struct round *r = make(cx->arena, struct round, 1);
    *r = (struct round){.t = {.cx = cx, .config = job->config}, .id = {job->ref}};
    job->prepared = r;
    TRY(job_commit(cx, job, claim_round, r));
    r->look = make(cx->arena, struct look, r->n);
    if (r->any && open_talk(&r->t))
        go_round(r);
    return OK;
}

static instant next_look(const struct ctx *cx, const struct forge *f, const struct look *k)
{
    bool calm = f->heard.ms > 0 && cx->now.ms - f->heard.ms < HEARD_S * INT64_C(1000);
    bool over = k->gone || (k->seen && k->issue.closed);
    return instant_plus(cx->now, over ? 6 * FORGE_CALM_S : calm ? FORGE_CALM_S : FORGE_LOOK_S);
}

static enum err store_look(struct ctx *cx, const struct forge *f, const struct look *k)
{
    if (!k->done)
        return OK;
    if (k->gone)
        TRY(forge_issue_gone(cx, k->id));
    if (k->seen)
        TRY(forge_issue_take(cx, f, k->id, &k->issue));
    for (int i = 0; i < k->saids; i++)
        TRY(forge_issue_say(cx, f, k->id, &k->said[i]));
    return q_forge_issue_set_next(cx, k->id, k->etag, next_look(cx, f, k));
}

// The next round: when an issue is due, but not before the service may be asked.
static enum err go_on(struct ctx *cx, const struct round *r, instant again)
{
    struct q_forge_issue_due_next *row;
    isize n;
    TRY(q_forge_issue_due_next(cx, r->id, &row, &n));
    instant at = n > 0 ? row->next : again;
    if ((n == 0 && again.ms == 0) || r->t.f.paused)
        return OK;
    return job_add(cx, "forge.look", r->id.n, (instant){int_max(at.ms, again.ms)});
}

static enum err apply_round(struct ctx *cx, struct job *job)
{
    struct round *r = job->prepared;
    struct talk *t = &r->t;
    if (t->f.id.n == 0)
        return OK;
    cx->who = tenant_system(t->f.tenant);
    if (!r->any)
        return go_on(cx, r, t->f.again);
    for (isize i = 0; i < r->n; i++)
        TRY(store_look(cx, &t->f, &r->look[i]));
    bool good = t->state == FORGE_WORKS;
    int64_t fails = good ? 0 : t->f.fails + 1;
    instant again =
        good && t->wait == 0 ? (instant){0} : instant_plus(cx->now, wait_of(t, fails));
    TRY(q_forge_set_state(cx, r->id, t->state, reason_of(t), good, fails, again));
    return go_on(cx, r, again);
}

// --- creating --------------------------------------------------------------------------------

struct creation {
    struct talk t;
    forge_issue_id id;
    struct q_forge_issue_load row;
    bool any, late;
    int64_t tries, number;
    str address;
};

static enum err find_desk(struct ctx *cx, forge_issue_id id, bool *there)
{
    struct q_forge_issue_tenant *row;
    isize n;
    TRY(q_forge_issue_tenant(cx, id, &row, &n));
    *there = n > 0;
    if (n > 0)
        cx->who = tenant_system(row->tenant);
    return OK;
}

// G4: the try is counted and stored before anything is said.
static enum err claim_creation(struct ctx *cx, void *arg)
{
    struct creation *c = arg;
    int64_t changed;
    bool there;
    TRY(find_desk(cx, c->id, &there));
    if (!there)
        return OK;
    TRY(q_forge_issue_load(cx, c->id, &c->row));
    TRY(forge_load(cx, c->row.forge, &c->t.f));
    c->late = c->row.state == ISSUE_SENDING && (c->t.f.paused || c->t.f.again.ms > cx->now.ms);
    if (c->row.state != ISSUE_SENDING || c->late)
        return OK;
    TRY(q_forge_issue_claim(cx, c->id, &changed));
    c->tries = c->row.tries + 1;
    c->any = changed > 0;
    return OK;
}

static bool has_mark(struct creation *c, const struct json *list, bool *older)
{
    struct forge_seen s;
    for (const struct json *o = list->child; o != NULL; o = o->next) {
        if (!forge_talk_issue(c->t.f.kind, o, &s))
            continue;
        *older |= s.created.ms != 0 && s.created.ms < c->row.created.ms - 86400000;
        if (str_find(s.body, c->row.mark) < 0)
            continue;
        c->number = s.number;
        c->address = arena_str(c->t.cx->arena, s.address);
        return true;
    }
    return false;
}

// True when it is known whether it is there: c->number says.
static bool look_for_mark(struct creation *c)
{
    struct talk *t = &c->t;
    struct json *list;
    struct service_answer answer;
    bool older = false;
    for (int page = 1; page <= PAGES && !older; page++) {
        str url = forge_talk_list_url(&t->scratch, t->f.kind, t->f.url, t->f.project, page);
        if (!say(t, url, S(""), S(""), &list, &answer) || list == NULL)
            return false;
        if (has_mark(c, list, &older) || list->child == NULL)
            return true;
        arena_reset(&t->scratch);
    }
    return true;
}

static void send(struct creation *c)
{
    struct talk *t = &c->t;
    struct json *o;
    struct service_answer answer;
    struct forge_seen s;
    str body =
        arena_join(&t->scratch, c->row.body, forge_issue_mark_line(&t->scratch, c->row.mark));
    str url = forge_talk_create_url(&t->scratch, t->f.kind, t->f.url, t->f.project);
    str words = forge_talk_new(&t->scratch, t->f.kind, c->row.title, body);
    if (!say(t, url, S(""), words, &o, &answer))
        return;
    t->state = o != NULL && forge_talk_issue(t->f.kind, o, &s) ? FORGE_WORKS : FORGE_SPEECH;
    if (t->state != FORGE_WORKS)
        return;
    c->number = s.number;
    c->address = arena_str(t->cx->arena, s.address);
}

static enum err prepare_creation(struct ctx *cx, struct job *job)
{
    struct creation *c = make(cx->arena, struct creation, 1);
    *c = (struct creation){.t = {.cx = cx, .config = job->config}, .id = {job->ref}};
    job->prepared = c;
    TRY(job_commit(cx, job, claim_creation, c));
    if (!c->any || !open_talk(&c->t))
        return OK;
    c->t.scratch = arena_new(SCRATCH);
    bool clear = c->tries == 1 || look_for_mark(c);
    if (clear && c->number == 0)
        send(c);
    arena_free(&c->t.scratch);
    return OK;
}

// A refusal is believed; all else may have arrived, or may arrive next time.
static bool is_final(const struct creation *c)
{
    switch (c->t.state) {
    case FORGE_KEY:
    case FORGE_ABSENT:
    case FORGE_CERTIFICATE:
    case FORGE_NOT_PUBLIC:
    case FORGE_LOCKED:
        return true;
    case FORGE_SPEECH:
        return (c->t.status >= 400 && c->t.status < 500) || c->tries >= LIMIT_FORGE_TRIES;
    case FORGE_NEW:
    case FORGE_WORKS:
    case FORGE_NO_ANSWER:
    case FORGE_BUSY:
    case FORGE_ILL:
        break;
    }
    return c->tries >= LIMIT_FORGE_TRIES;
}

static enum err tell_case(struct ctx *cx, const char *kind, forge_issue_id id)
{
    struct q_forge_issue_cases *t;
    isize n;
    TRY(q_forge_issue_cases(cx, id, &t, &n));
    for (isize i = 0; i < n; i++)
        TRY(event_add(cx,
                      (struct event){.kind = kind, .ticket = t[i].ticket.n, .object = id.n}));
    return n > 0 ? OK : event_add(cx, (struct event){.kind = kind, .object = id.n});
}

static enum err store_created(struct ctx *cx, const struct creation *c)
{
    int64_t changed;
    str address = str_starts(c->address, c->t.f.url) ? c->address : S("");
    TRY(q_forge_issue_created(cx, c->id, c->tries, c->number, address, &changed));
    if (changed == 0)
        return OK;    // its successor decides
    TRY(job_by(cx, "forge.look", c->t.f.id.n, cx->now));
    return tell_case(cx, "forge.created", c->id);
}

static enum err apply_creation(struct ctx *cx, struct job *job)
{
    struct creation *c = job->prepared;
    struct talk *t = &c->t;
    int64_t changed;
    cx->who = tenant_system(t->f.tenant);
    if (c->late)
        return job_add(cx, "forge.create", c->id.n,
                       (instant){int_max(t->f.again.ms, cx->now.ms + FORGE_LOOK_S * 1000)});
    if (!c->any)
        return OK;
    if (c->number > 0)
        return store_created(cx, c);
    if (!is_final(c))
        return job_add(cx, "forge.create", c->id.n,
                       instant_plus(cx->now, wait_of(t, c->tries)));
    str why = str_from_z(forge_states[t->state].code);
    TRY(q_forge_issue_not_created(cx, c->id, c->tries, ISSUE_FAILED, why, &changed));
    return changed == 0 ? OK : tell_case(cx, "forge.failed", c->id);
}

const struct job_kind forge_jobs[] = {
    {.name = "forge.look", .prepare = prepare_round, .apply = apply_round, .network = true},
    {.name = "forge.create",
     .prepare = prepare_creation,
     .apply = apply_creation,
     .network = true},
    {0},
};
