// SPDX-License-Identifier: GPL-3.0-or-later
#include "forge/forge_issue.h"

#include "base/limits.h"
#include "base/secret.h"
#include "event/event.h"
#include "forge.sql.h"
#include "message/message.h"

enum { MARK_BYTES = 10, BODY_MAX = 60000 };

// --- reading ---------------------------------------------------------------------------------

static str page_of(struct ctx *cx, const struct q_forge_issue_rows *r)
{
    if (r->address.n > 0 && str_starts(r->address, r->url))
        return r->address;
    return r->number == 0 ? S("")
                          : forge_talk_page(cx->arena, r->kind, r->url, r->project, r->number);
}

static struct forge_issue issue_of(struct ctx *cx, const struct q_forge_issue_rows *r)
{
    return (struct forge_issue){.id = r->id,
                                .forge = r->forge,
                                .kind = r->kind,
                                .project = r->project,
                                .number = r->number,
                                .title = r->title,
                                .body = r->body,
                                .mark = r->mark,
                                .state = r->state,
                                .closed = r->closed,
                                .version = r->version,
                                .address = page_of(cx, r),
                                .reason = r->reason,
                                .changed = r->changed,
                                .own = r->own};
}

enum err forge_issue_list(struct ctx *cx, struct forge_about about, struct forge_issue **out,
                          isize *n)
{
    struct q_forge_issue_rows *r;
    TRY(q_forge_issue_rows(cx, about.ticket, about.problem, &r, n));
    *out = make(cx->arena, struct forge_issue, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = issue_of(cx, &r[i]);
    return OK;
}

str forge_issue_which(struct arena *a, const struct forge_issue *i)
{
    if (i->number == 0)
        return i->project;
    return arena_fmt(a, STR_FMT "#%lld", STR_ARG(i->project), (long long)i->number);
}

struct words forge_issue_why(const struct forge_issue *i)
{
    int n = 0;
    return ticket_words_find(forge_states, i->reason, &n) ? forge_states[n].name
                                                          : (struct words){0};
}

struct words forge_issue_words(struct arena *a, const struct forge_issue *i, bool fixed)
{
    str which = forge_issue_which(a, i);
    if (i->version.n == 0 || !fixed)
        return (struct words){which, which};
    str text = arena_fmt(a, "in " STR_FMT ", " STR_FMT, STR_ARG(i->version), STR_ARG(which));
    return (struct words){text, text};
}

enum err forge_issue_news(struct ctx *cx, struct forge_news **out, isize *n)
{
    struct q_forge_issue_news *r;
    TRY(q_forge_issue_news(cx, &r, n));
    *out = make(cx->arena, struct forge_news, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct forge_news){r[i].number,  r[i].subject, r[i].version,
                                        r[i].project, r[i].issue,   r[i].state};
    return OK;
}

// --- G2 --------------------------------------------------------------------------------------

static fallible tell(struct ctx *cx, const char *kind, ticket_id ticket, forge_issue_id id)
{
    return event_add(cx, (struct event){.kind = kind, .ticket = ticket.n, .object = id.n});
}

static fallible attach(struct ctx *cx, struct forge_about about, forge_issue_id id)
{
    int64_t changed;
    if (about.problem != 0)
        TRY(q_forge_problem_insert(cx, about.problem, id, &changed));
    else
        TRY(q_forge_case_insert(cx, about.ticket, id, &changed));
    if (changed == 0)
        return invalid(cx, "issue", "This issue is linked already.",
                       "Dieses Issue ist schon verknüpft.");
    return tell(cx, "forge.linked", about.ticket, id);
}

static fallible find(struct ctx *cx, forge_id wanted, str typed, struct forge *out,
                     int64_t *number)
{
    struct forge *f;
    isize n;
    bool page = str_find(typed, S("/")) >= 0;
    TRY(forge_list(cx, &f, &n));
    for (isize i = 0; i < n; i++) {
        bool here = page || f[i].id.n == wanted.n;
        if (!here || !forge_talk_read(typed, f[i].url, f[i].project, number))
            continue;
        *out = f[i];
        return OK;
    }
    return invalid(cx, "issue",
                   "A number, or the address of an issue in one of the projects here.",
                   "Eine Nummer oder die Adresse eines Issues aus einem der Projekte hier.");
}

enum err forge_issue_link(struct ctx *cx, struct forge_about about, forge_id forge, str typed,
                          forge_issue_id *out)
{
    struct forge f = {0};
    struct q_forge_issue_insert row;
    int64_t number = 0;
    TRY(find(cx, forge, typed, &f, &number));
    TRY(q_forge_issue_insert(cx, f.id, number, S(""), S(""), S(""), ISSUE_LOOKED_FOR, &row));
    TRY(attach(cx, about, row.id));
    *out = row.id;
    return job_by(cx, "forge.look", f.id.n, cx->now);
}

enum err forge_issue_unlink(struct ctx *cx, struct forge_about about, forge_issue_id id)
{
    int64_t changed;
    if (about.problem != 0)
        TRY(q_forge_problem_delete(cx, about.problem, id, &changed));
    else
        TRY(q_forge_case_delete(cx, about.ticket, id, &changed));
    return changed == 0 ? db_absent(cx) : tell(cx, "forge.unlinked", about.ticket, id);
}

// --- G3 G4 -----------------------------------------------------------------------------------

str forge_issue_mark_line(struct arena *a, str mark)
{
    return arena_fmt(a, "\n\nRef: " STR_FMT, STR_ARG(mark));
}

bool forge_issue_names(struct arena *a, const struct forge_issue_new *n,
                       const struct release_customer *c)
{
    str title = str_trim(n->title), body = str_trim(n->body);
    return title.n <= LIMIT_LINE && body.n <= BODY_MAX
           && (release_finds(a, title, c) || release_finds(a, body, c));
}

static fallible check_new(struct ctx *cx, const struct forge_issue_new *n)
{
    enum err err = OK;
    if (n->title.n == 0 || n->title.n > LIMIT_LINE || str_find(n->title, S("\n")) >= 0)
        err = invalid(cx, "title", "A title of one line is needed.",
                      "Es braucht einen Titel in einer Zeile.");
    if (n->body.n == 0 || n->body.n > BODY_MAX)
        err = invalid(cx, "body", "There is no text yet, or too much.",
                      "Hier steht noch kein Text oder zu viel.");
    TRY(err);
    if (n->names && !n->released)
        return invalid(cx, "release",
                       "This leaves the house and names somebody, an address or a number. Take "
                       "it out, or release it.",
                       "Das geht nach außen und nennt einen Namen, eine Adresse oder Nummer. "
                       "Bitte streichen oder freigeben.");
    return OK;
}

static str new_mark(struct arena *a)
{
    unsigned char bytes[MARK_BYTES];
    secret_random(bytes, MARK_BYTES);
    return arena_join(a, S("staffel-"),
                      secret_base32(a, (str){(const char *)bytes, MARK_BYTES}));
}

enum err forge_issue_create(struct ctx *cx, struct forge_about about,
                            const struct forge_issue_new *wish, forge_issue_id *out)
{
    struct forge_issue_new n = *wish;
    struct forge f;
    struct q_forge_issue_insert row;
    n.title = str_trim(n.title);
    n.body = str_trim(n.body);
    TRY(check_new(cx, &n));
    enum err err = forge_load(cx, n.forge, &f);
    if (err == ERR_ABSENT) {
        ctx_forgive(cx);
        return invalid(cx, "forge", "In which project?", "In welchem Projekt?");
    }
    TRY(err);
    TRY(q_forge_issue_insert(cx, f.id, 0, new_mark(cx->arena), n.title, n.body, ISSUE_SENDING,
                             &row));
    TRY(attach(cx, about, row.id));
    *out = row.id;
    return job_add(cx, "forge.create", row.id.n, cx->now);
}

static fallible is_theirs(struct ctx *cx, struct forge_about about, forge_issue_id id)
{
    struct forge_issue *i;
    isize n;
    TRY(forge_issue_list(cx, about, &i, &n));
    for (isize k = 0; k < n; k++)
        if (i[k].id.n == id.n)
            return OK;
    return db_absent(cx);
}

enum err forge_issue_again(struct ctx *cx, struct forge_about about, forge_issue_id id)
{
    int64_t changed;
    TRY(is_theirs(cx, about, id));
    TRY(q_forge_issue_restart(cx, id, &changed));
    return changed == 0 ? db_absent(cx) : job_add(cx, "forge.create", id.n, cx->now);
}

// --- G5 --------------------------------------------------------------------------------------

enum forge_issue_state forge_issue_next(enum forge_issue_state was, bool was_closed,
                                        const struct forge_seen *s)
{
    if (s->closed)
        return s->declined ? ISSUE_DECLINED : ISSUE_FIXED;
    return was == ISSUE_FIXED && !was_closed ? ISSUE_FIXED : ISSUE_OPEN;    // a comment said so
}

static bool goes_on(enum ticket_status s)
{
    return s == TICKET_WAITING_VENDOR || s == TICKET_WAITING_DATE;
}

static fallible tell_case(struct ctx *cx, const char *kind, ticket_id ticket, forge_issue_id id,
                          bool done)
{
    struct ticket t;
    TRY(ticket_goes_on(cx, ticket, &t));    // G9
    if (ticket_is_over(t.status))
        return OK;
    TRY(tell(cx, kind, t.id, id));
    struct ticket_at at = ticket_at(&t);
    return done && goes_on(t.status) ? ticket_resume(cx, &at) : OK;
}

static const char *event_of(enum forge_issue_state was, enum forge_issue_state is)
{
    if (is == ISSUE_FIXED)
        return "forge.fixed";
    if (is == ISSUE_DECLINED)
        return "forge.declined";
    if (is == ISSUE_GONE)
        return "forge.gone";
    bool done = was == ISSUE_FIXED || was == ISSUE_DECLINED;
    return done ? "forge.reopened" : "forge.seen";
}

static fallible tell_all(struct ctx *cx, forge_issue_id id, enum forge_issue_state was,
                         enum forge_issue_state is)
{
    struct q_forge_issue_cases *c;
    isize n;
    if (was == is)
        return OK;
    TRY(tell(cx, event_of(was, is), (ticket_id){0}, id));
    TRY(q_forge_issue_cases(cx, id, &c, &n));
    for (isize i = 0; i < n; i++)
        TRY(tell_case(cx, event_of(was, is), c[i].ticket, id,
                      is == ISSUE_FIXED || is == ISSUE_DECLINED));
    return OK;
}

static str one_line(str s)
{
    return str_trim(str_token(&s, '\n'));
}

enum err forge_issue_take(struct ctx *cx, const struct forge *f, forge_issue_id id,
                          const struct forge_seen *s)
{
    struct q_forge_issue_load old;
    TRY(q_forge_issue_load(cx, id, &old));
    if (s->changed.ms < old.changed.ms)    // G6
        return OK;
    enum forge_issue_state is = forge_issue_next(old.state, old.closed, s);
    str version = str_head(one_line(s->version), FORGE_VERSION);
    str address =
        str_starts(s->address, f->url) && s->address.n <= LIMIT_LINE ? s->address : S("");
    TRY(q_forge_issue_set(cx, id, str_head(one_line(s->title), LIMIT_LINE), is, s->closed,
                          version.n > 0 ? version : old.version, address, s->changed));
    return tell_all(cx, id, old.state, is);
}

enum err forge_issue_gone(struct ctx *cx, forge_issue_id id)
{
    struct q_forge_issue_load old;
    TRY(q_forge_issue_load(cx, id, &old));
    TRY(q_forge_issue_set_state(cx, id, ISSUE_GONE, old.version));
    return tell_all(cx, id, old.state, ISSUE_GONE);
}

// --- G7 --------------------------------------------------------------------------------------

static fallible note(struct ctx *cx, const struct forge *f, ticket_id ticket, int64_t number,
                     const struct forge_said *s)
{
    struct ticket t;
    message_id message;
    TRY(ticket_load(cx, ticket, &t));
    if (t.status >= TICKET_CLOSED)
        return OK;
    struct ticket_at at = ticket_at(&t);
    str body = str_head(s->text, LIMIT_FORGE_NOTE);
    struct message_new m = {.kind = MESSAGE_SYSTEM,
                            .internal = true,
                            .channel = t.channel,
                            .author = s->author,
                            .seen = MESSAGE_SEEN_ALL,
                            .body =
                                arena_fmt(cx->arena, STR_FMT "#%lld, " STR_FMT ":\n\n" STR_FMT,
                                          STR_ARG(f->project), (long long)number,
                                          STR_ARG(s->author), STR_ARG(body))};
    return message_add(cx, &at, &m, &message);
}

enum err forge_issue_say(struct ctx *cx, const struct forge *f, forge_issue_id id,
                         const struct forge_said *s)
{
    struct q_forge_issue_load old;
    struct q_forge_issue_cases *c;
    isize n;
    int64_t changed;
    str version;
    TRY(q_forge_issue_load(cx, id, &old));
    if (s->at.ms < old.created.ms)    // said before it was ours to know
        return OK;
    TRY(q_forge_comment_insert(cx, id, s->number, &changed));
    if (changed == 0)
        return OK;
    TRY(q_forge_issue_cases(cx, id, &c, &n));
    for (isize i = 0; i < n && f->notes; i++)
        TRY(note(cx, f, c[i].ticket, old.number, s));
    if (!s->trusted || !forge_talk_fixed(s->text, &version))
        return OK;
    TRY(q_forge_issue_set_state(cx, id, ISSUE_FIXED, version));
    return tell_all(cx, id, old.state, ISSUE_FIXED);
}

enum err forge_issue_hear(struct ctx *cx, const struct forge *f, const struct forge_heard *h)
{
    struct q_forge_issue_by_number *row;
    isize n;
    TRY(q_forge_set_heard(cx, f->id));
    if (!h->about || !str_eq_nocase(h->project, f->project))
        return OK;
    TRY(q_forge_issue_by_number(cx, f->id, h->issue.number, &row, &n));
    if (n == 0)
        return OK;
    TRY(forge_issue_take(cx, f, row->id, &h->issue));
    if (h->said.number != 0)
        TRY(forge_issue_say(cx, f, row->id, &h->said));
    TRY(q_forge_issue_set_due(cx, row->id));
    return job_by(cx, "forge.look", f->id.n, cx->now);
}
