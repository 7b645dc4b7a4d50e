// SPDX-License-Identifier: GPL-3.0-or-later
// Every route, as everybody, about one's own, another team's, another desk's and nobody's
// objects: what comes must be what tests/policy.tsv says (SECURITY 4.6).
//
//   V1  A route without a line in the policy fails, and a line without a route.
//   V2  Who is not permitted is refused; who may not see an object hears that it is absent.
//   V3  An object of another desk and one that never was are answered byte for byte alike.
//   V4  What was refused or absent has changed nothing.
//   V5  A session that is over, one of somebody switched off, and a token that may only read
//       get no more than a stranger; the last may read.
#include "testing/edge.h"
#include "testing/thing.h"

#include "app/features.h"
#include "base/now.h"
#include "contact/contact.h"
#include "engagement/engagement.h"
#include "link/portal_link.h"
#include "message/message.h"
#include "solution/solution.h"

enum { LINES = 500, ROLES = 8, DESK_1 = 3, THINGS = 5, OTHER_DESK = 3, NOBODYS = 4 };

struct line {
    str method, path, object, cell[ROLES];
};

struct matrix {
    struct edge edge;
    struct thing thing[THINGS];
    struct line line[LINES];
    int lines;
    str session[ROLES], csrf[ROLES], leaving[ROLES];
    str visitor;
};

// The columns of the policy.  `own` and `elsewhere` are what the role's teams see and do not.
static const struct {
    int own, elsewhere;
} roles[ROLES] = {{0, 2}, {0, 2}, {0, 2}, {1, 2}, {2, 0}, {0, 2}, {0, 2}, {1, 2}};

// --- the world -------------------------------------------------------------------------------

static int add_trainee(struct world *w)
{
    struct ctx *cx = begin(w);
    struct person p = {
        .login = S("theo"), .name = S("theo"), .role = ROLE_TRAINEE, .lang = LANG_DE};
    person_id id;
    check(person_add(cx, &p, &id) == OK && person_join(cx, id, (team_id){FIRST}) == OK);
    check(end(w, OK) == OK);
    return (int)id.n;
}

static void read_policy(struct world *w, struct matrix *m)
{
    str all = slurp(&w->kept, "tests/policy.tsv");
    while (all.n > 0) {
        str row = str_token(&all, '\n');
        if (row.n == 0 || row.p[0] == '#')
            continue;
        check(m->lines < LINES);
        struct line *l = &m->line[m->lines++];
        l->method = str_token(&row, '\t');
        l->path = str_token(&row, '\t');
        l->object = str_token(&row, '\t');
        for (int i = 0; i < ROLES; i++)
            l->cell[i] = str_token(&row, '\t');
    }
}

static struct matrix *matrix_open(struct world *w)
{
    struct matrix *m = make(&w->kept, struct matrix, 1);
    edge_open(w, &m->edge);
    int person[ROLES] = {0, ADA, add_trainee(w), CEM, DORA, EVA, FINN, GERO};
    for (int i = 0; i < DESK_1; i++)
        thing_make(w, 1, FIRST + i, &m->thing[i]);
    thing_make(w, 2, FOREIGN, &m->thing[OTHER_DESK]);
    str number = ticket_number_shown(&w->kept, 47114710 + ticket_number_damm(4711471));
    m->thing[NOBODYS] =
        (struct thing){.number = arena_z(&w->kept, number),
                       .key = "L-98765",
                       .problem = "P-98765",
                       .major = "G-98765",
                       .vendor_link = "otrezfvacrovrwxiplq5yqhkcbdcab4qfsglwhvg",
                       .vendor = 98765,
                       .link = "otrezfvacrovrwxiplq5yqhkcbdcab4qfsglwhvggpdrgkbj",
                       .file = 98765,
                       .message = 98765,
                       .calendar = 98765,
                       .agreement = 98765,
                       .mailbox = 98765,
                       .forge = 98765,
                       .engagement = 98765,
                       .duty = 98765,
                       .contact = 98765,
                       .outbox = 98765,
                       .mail = 98765,
                       .team = 98765,
                       .topic = 98765,
                       .product = 98765,
                       .person = 98765,
                       .rule = 98765,
                       .circular = 98765,
                       .escalation = 98765};
    m->visitor = S("0123456789012345678901234567890123456789");
    m->csrf[0] = edge_csrf(&m->edge, m->visitor);
    for (int i = 1; i < ROLES; i++) {
        m->session[i] = edge_session(&m->edge, person[i]);
        m->leaving[i] = edge_session(&m->edge, person[i]);
        m->csrf[i] = edge_csrf(&m->edge, m->session[i]);
    }
    read_policy(w, m);
    return m;
}

// --- asking ----------------------------------------------------------------------------------

static int64_t id_for(const struct line *l, const struct thing *t)
{
    if (str_eq(l->object, S("engagement"))) {
        bool consult =
            str_find(l->path, S("rueckfrage")) >= 0 || str_find(l->path, S("uebernehmen")) >= 0;
        bool swarm = str_find(l->path, S("schwarm")) >= 0;
        return t->engagement
               + (consult ? ENGAGE_CONSULT
                  : swarm ? ENGAGE_SWARM
                          : ENGAGE_HANDOVER);
    }
    return str_eq(l->object, S("duty"))         ? t->duty
           : str_eq(l->object, S("contact"))    ? t->contact
           : str_eq(l->object, S("calendar"))   ? t->calendar
           : str_eq(l->object, S("agreement"))  ? t->agreement
           : str_eq(l->object, S("mailbox"))    ? t->mailbox
           : str_eq(l->object, S("forge"))      ? t->forge
           : str_eq(l->object, S("team"))       ? t->team
           : str_eq(l->object, S("topic"))      ? t->topic
           : str_eq(l->object, S("product"))    ? t->product
           : str_eq(l->object, S("maker"))      ? t->vendor
           : str_eq(l->object, S("person"))     ? t->person
           : str_eq(l->object, S("rule"))       ? t->rule
           : str_eq(l->object, S("sender"))     ? t->sender
           : str_eq(l->object, S("message"))    ? t->message
           : str_eq(l->object, S("referral"))   ? t->referral
           : str_eq(l->object, S("measure"))    ? t->measure
           : str_eq(l->object, S("escalation")) ? t->escalation
           : str_eq(l->object, S("outbox"))     ? t->outbox
           : str_eq(l->object, S("mail"))       ? t->mail
           : str_eq(l->object, S("circular"))   ? t->circular
                                                : t->file;
}

static void put_part(struct buf *b, str name, const struct line *l, const struct thing *t)
{
    if (str_eq(name, S("nr")) || str_eq(name, S("number")))
        buf_put(b, str_from_z(t->number));
    else if (str_eq(name, S("key")))
        buf_put(b, str_from_z(t->key));
    else if (str_eq(name, S("problem")) || str_eq(name, S("major")))
        buf_put(b, str_from_z(str_eq(name, S("major")) ? t->major : t->problem));
    else if (str_eq(name, S("code")))
        buf_put(b, str_find(l->path, S("{major}")) >= 0 ? S("restored") : S("open"));
    else if (str_eq(name, S("token")))
        buf_put(b, str_from_z(str_eq(l->object, S("vendor")) ? t->vendor_link : t->link));
    else
        buf_int(b, id_for(l, t));
}

static str url_of(struct arena *a, const struct line *l, const struct thing *t)
{
    struct buf b = buf_new(a, 200);
    str rest = l->path;
    while (rest.n > 0) {
        str before = str_token(&rest, '{');
        buf_put(&b, before);
        if (before.n < l->path.n && rest.n > 0)
            put_part(&b, str_token(&rest, '}'), l, t);
    }
    return buf_str(&b);
}

static const char *form_of(const struct line *l)
{
    return str_eq(l->object, S("mail"))                                       ? "tun=lesen"
           : str_eq(l->object, S("outbox"))                                   ? "tun=anhalten"
           : str_eq(l->object, S("mailbox")) || str_eq(l->object, S("forge")) ? "tun=ruhen"
                                                                              : "x=1";
}

static bool is_line_of(const struct line *l, const struct route *r)
{
    return str_eq(l->path, str_from_z(r->path))
           && str_eq(l->method, str_from_z(route_method_name(r->method)));
}

static void put_wanted(struct buf *b, const struct route *r)
{
    str rest = str_from_z(r->wants == NULL ? "" : r->wants);
    while (rest.n > 0) {
        str name = str_token(&rest, ' ');
        buf_fmt(b, "%s\"" STR_FMT "\":\"x\"", b->n > 1 ? "," : "", STR_ARG(name));
    }
}

// What must be there (api.h, J8), whatever it is worth.
static const char *body_of(struct arena *a, const struct line *l)
{
    struct buf b = buf_new(a, 100);
    buf_char(&b, '{');
    for (isize t = 0; feature_routes[t] != NULL; t++)
        for (const struct route *r = feature_routes[t]; r->path != NULL; r++)
            if (is_line_of(l, r))
                put_wanted(&b, r);
    buf_char(&b, '}');
    return arena_z(a, buf_str(&b));
}

static struct edge_answer ask_as(struct matrix *m, const struct line *l, int role, str url)
{
    struct arena *a = &m->edge.w->arena;
    bool get = str_eq(l->method, S("GET")), api = str_starts(url, S("/api/"));
    bool stream = str_eq(url, S("/live")), leave = str_eq(url, S("/abmelden"));
    str session = leave ? m->leaving[role] : m->session[role];
    return edge_ask(&m->edge,
                    &(struct edge_ask){.method = stream ? "HEAD" : arena_z(a, l->method),
                                       .path = arena_z(a, url),
                                       .session = session,
                                       .visitor = role == 0 ? m->visitor : (str){0},
                                       .csrf = leave && role > 0 ? edge_csrf(&m->edge, session)
                                                                 : m->csrf[role],
                                       .form = get || api ? NULL : form_of(l),
                                       .json = api && !get ? body_of(a, l) : NULL,
                                       .headers = api && !get ? "If-Match: \"1\"\r\n" : NULL});
}

static bool is_refused(const struct edge_answer *a)
{
    static const char *const said[] = {"Das gehört nicht zu deiner Rolle",
                                       "Bitte melde dich an", "Du bist nicht mehr angemeldet",
                                       "Die Messwerte gibt es nur"};
    if (a->status == 403 && a->body.n == 0)
        return true;    // HEAD
    if (a->status == 401 || (a->status == 303 && str_starts(a->to, S("/anmelden?"))))
        return true;
    for (isize i = 0; i < countof(said) && a->status == 403; i++)
        if (edge_has(a, said[i]))
            return true;
    return false;
}

enum expected { REFUSED = 1, ABSENT, ANSWERED };

static bool is_queue(const struct line *l)
{
    return str_eq(l->object, S("mail")) || str_eq(l->object, S("outbox"));
}

// error.h, Z7: the page with the own work is refused by showing another.
static bool is_sent_home(const struct line *l, const struct edge_answer *a)
{
    return str_eq(l->path, S("/w")) && a->status == 303 && str_starts(a->to, S("/a/"));
}

static bool is_as(const struct line *l, const struct edge_answer *a, enum expected expected)
{
    switch (expected) {
    case REFUSED:
        return is_refused(a) || is_sent_home(l, a);
    case ABSENT:
        return a->status == 404 || (is_queue(l) && a->status == 409);    // "waits no more"
    case ANSWERED:
        return a->status >= 200 && a->status < 500 && a->status != 404 && !is_refused(a);
    }
    return false;
}

static void expect(struct matrix *m, const struct line *l, int role, int thing,
                   enum expected expected, bool answered)
{
    static const char *const role_names[] = {"stranger",  "agent_l1", "trainee", "tech_l2",
                                             "expert_l3", "lead",     "steward", "admin"};
    static const char *const words[] = {"", "refused", "absent", "answered"};
    if ((expected == ANSWERED) != answered)
        return;
    str url = url_of(&m->edge.w->arena, l, &m->thing[thing]);
    struct edge_answer a = ask_as(m, l, role, url);
    bool right = is_as(l, &a, expected);
    if (!right)
        fprintf(stderr, STR_FMT " " STR_FMT " as %s: %d, expected %s\n", STR_ARG(l->method),
                STR_ARG(url), role_names[role], a.status, words[expected]);
    check(right);
    edge_forget(&m->edge);
}

static bool has_object(const struct line *l)
{
    return !str_eq(l->object, S("-"));
}

// What the first who may do it uses up: no use in asking for the others.
static bool is_used_up(const struct line *l)
{
    return str_eq(l->object, S("reply")) || str_eq(l->object, S("held"))
           || str_eq(l->object, S("clock")) || str_eq(l->object, S("sender"));
}

static void expect_cell(struct matrix *m, const struct line *l, int role, bool answered)
{
    str cell = l->cell[role];
    bool no = str_eq(cell, S("no")), yes = str_eq(cell, S("yes")),
         desk = str_eq(cell, S("desk"));
    bool none = str_eq(cell, S("none"));
    check(no || yes || desk || none || str_eq(cell, S("own")));
    enum expected own = no ? REFUSED : none ? ABSENT : ANSWERED;
    if (own != ANSWERED || !is_used_up(l))
        expect(m, l, role, roles[role].own, own, answered);
    if (!has_object(l))
        return;
    if (!is_queue(l) && !(desk && is_used_up(l)))
        expect(m, l, role, roles[role].elsewhere,
               desk ? ANSWERED
               : no ? REFUSED
                    : ABSENT,
               answered);
    expect(m, l, role, OTHER_DESK, no ? REFUSED : ABSENT, answered);
    expect(m, l, role, NOBODYS, no ? REFUSED : ABSENT, answered);
}

static void expect_all(struct matrix *m, bool answered)
{
    for (int i = 0; i < m->lines; i++)
        for (int role = 0; role < ROLES; role++)
            expect_cell(m, &m->line[i], role, answered);
}

// --- V1 --------------------------------------------------------------------------------------

static void V1_a_line_for_each_route(struct world *w)
{
    struct matrix *m = make(&w->kept, struct matrix, 1);
    int routes = 0;
    read_policy(w, m);
    for (isize t = 0; feature_routes[t] != NULL; t++) {
        for (const struct route *r = feature_routes[t]; r->path != NULL; r++, routes++) {
            int found = 0;
            for (int i = 0; i < m->lines; i++)
                found += is_line_of(&m->line[i], r);
            if (found != 1)
                fprintf(stderr, "%s %s has %d lines in tests/policy.tsv\n",
                        route_method_name(r->method), r->path, found);
            check(found == 1);
        }
    }
    check(routes == m->lines);
}

// --- V2 V4 -----------------------------------------------------------------------------------

static int64_t everything(struct world *w)
{
    return ask(
        w, "select (select count(*) from event) + (select count(*) from message) + (select "
           "count(*) from draft) + (select count(*) from outbox) + (select sum(version) from "
           "ticket) + (select sum(state) from duty) + (select sum(state) from engagement) + "
           "(select sum(state) from inbox) + (select sum(version) from contact)");
}

static void V2_V4_what_is_not_permitted(struct world *w)
{
    struct matrix *m = matrix_open(w);
    int64_t before = everything(w);
    edge_serve(&m->edge);
    expect_all(m, false);
    edge_close(&m->edge);
    check(everything(w) == before);
}

static void V2_what_is_permitted(struct world *w)
{
    struct matrix *m = matrix_open(w);
    edge_serve(&m->edge);
    expect_all(m, true);
    edge_close(&m->edge);
}

// --- V3 --------------------------------------------------------------------------------------

// Everything of the answer but where it was asked and when.
static str nameless(struct arena *a, str body, str url)
{
    struct buf coded = buf_new(a, 300), b = buf_new(a, body.n);
    struct page part = {.buf = &coded};
    page_part_str(&part, url);
    str names[] = {url, buf_str(&coded)};
    while (body.n > 0) {
        isize skip = 0;
        for (isize i = 0; i < countof(names); i++)
            skip = str_starts(body, names[i]) ? names[i].n : skip;
        if (skip == 0)
            buf_char(&b, body.p[0]);
        body = str_cut(body, skip > 0 ? skip : 1);
    }
    return buf_str(&b);
}

static void compare(struct matrix *m, const struct line *l, int role)
{
    struct arena *a = &m->edge.w->arena;
    str url[2], seen[2];
    int status[2];
    for (int i = 0; i < 2; i++) {
        url[i] = url_of(a, l, &m->thing[i == 0 ? OTHER_DESK : NOBODYS]);
        struct edge_answer answer = ask_as(m, l, role, url[i]);
        status[i] = answer.status;
        seen[i] = nameless(a, answer.body, url[i]);
    }
    if (status[0] != status[1] || !str_eq(seen[0], seen[1]))
        fprintf(stderr, STR_FMT " tells %d from %d\n" STR_FMT "\n" STR_FMT "\n",
                STR_ARG(url[0]), status[0], status[1], STR_ARG(seen[0]), STR_ARG(seen[1]));
    check(status[0] == status[1] && str_eq(seen[0], seen[1]));
    edge_forget(&m->edge);
}

static void V3_another_desks_is_as_nobodys(struct world *w)
{
    struct matrix *m = matrix_open(w);
    edge_serve(&m->edge);
    for (int i = 0; i < m->lines; i++)
        for (int role = 0; role < ROLES && has_object(&m->line[i]); role++)
            compare(m, &m->line[i], role);
    edge_close(&m->edge);
}

// --- V5 --------------------------------------------------------------------------------------

static str dead_session(struct matrix *m, int days)
{
    struct world *w = m->edge.w;
    instant now = w->now;
    w->now = instant_plus(now, -days * 86400);
    str token = edge_session(&m->edge, EVA);
    w->now = now;
    return token;
}

static void V5_who_is_nobody_any_more(struct world *w)
{
    struct matrix *m = matrix_open(w);
    m->session[1] = m->leaving[1] = dead_session(m, 8);
    m->session[2] = m->leaving[2] = edge_session(&m->edge, BEN);
    struct ctx *cx = begin(w);
    check(end(w, db_script(cx, "update person set disabled = 1 where id = 2")) == OK);
    edge_serve(&m->edge);
    for (int i = 0; i < m->lines; i++) {
        const struct line *l = &m->line[i];
        for (int role = 1; role <= 2 && str_eq(l->cell[0], S("no")); role++) {
            struct edge_answer a = ask_as(m, l, role, url_of(&w->arena, l, &m->thing[0]));
            bool form = a.status == 403 && !str_eq(l->method, S("GET"));
            check(form || is_refused(&a));
            edge_forget(&m->edge);
        }
    }
    edge_close(&m->edge);
}

static void V5_a_reading_token_writes_nothing(struct world *w)
{
    struct matrix *m = matrix_open(w);
    str token;
    struct ctx *cx = begin(w);
    check(access_token_add(cx, (person_id){EVA}, false, &token) == OK);
    token = keep(w, token);
    check(end(w, OK) == OK);
    edge_serve(&m->edge);
    for (int i = 0; i < m->lines; i++) {
        const struct line *l = &m->line[i];
        if (str_eq(l->method, S("GET")) || !str_starts(l->path, S("/api/")))
            continue;    // elsewhere no token counts (guard.h, N7)
        struct edge_ask q = {.method = arena_z(&w->arena, l->method),
                             .path = arena_z(&w->arena, url_of(&w->arena, l, &m->thing[0])),
                             .bearer = token,
                             .form = "tun=weg"};
        struct edge_answer a = edge_ask(&m->edge, &q);
        if (a.status != 403)
            fprintf(stderr, "%s %s: %d\n", q.method, q.path, a.status);
        check(a.status == 403 && (edge_has(&a, "nur lesen") || edge_has(&a, "only read")));
        edge_forget(&m->edge);
    }
    struct edge_ask q = {.path = "/api/v1/tickets", .bearer = token};
    check(edge_ask(&m->edge, &q).status == 200);
    edge_close(&m->edge);
}

const struct test matrix_tests[] = {
    T(V1_a_line_for_each_route),
    T(V2_V4_what_is_not_permitted),
    T(V2_what_is_permitted),
    T(V3_another_desks_is_as_nobodys),
    T(V5_who_is_nobody_any_more),
    T(V5_a_reading_token_writes_nothing),
    {0},
};
