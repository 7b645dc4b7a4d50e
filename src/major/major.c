// SPDX-License-Identifier: GPL-3.0-or-later
#include "major/major.h"

#include "access/access.h"
#include "base/length.h"
#include "base/limits.h"
#include "base/now.h"
#include "event/event.h"
#include "job/job.h"
#include "major.sql.h"
#include "search/stem.h"
#include "tenant/tenant.h"
#include "ticket/ticket_check.h"

enum { PILE_S = 15 * 60, PILE = 5, SEEN_AFTER_S = 86400 };

// clang-format off
const struct ticket_word major_states[] = {
    {"", WORDS("", "")},
    [MAJOR_DECLARED] = {"declared", WORDS("going on", "läuft")},
    [MAJOR_RESTORED] = {"restored", WORDS("works again", "läuft wieder")},
    [MAJOR_REVIEWED] = {"reviewed", WORDS("reviewed", "ausgewertet")},
    {0},
};
// clang-format on

// --- pure ------------------------------------------------------------------------------

bool major_may(enum major_state from, enum major_state to)
{
    return (from == MAJOR_DECLARED && to == MAJOR_RESTORED)
           || (from == MAJOR_RESTORED && (to == MAJOR_DECLARED || to == MAJOR_REVIEWED));
}

bool major_is_late(const struct major *m, instant now)
{
    return m->state == MAJOR_DECLARED && m->next.ms != 0 && m->next.ms <= now.ms;
}

str major_number_text(struct arena *a, int64_t number)
{
    return arena_fmt(a, "G-%lld", (long long)number);
}

bool major_number_read(str s, int64_t *out)
{
    if (!str_starts(s, S("G-")) && !str_starts(s, S("g-")))
        return false;
    s = str_cut(s, 2);
    return s.n > 0 && s.p[0] >= '0' && s.p[0] <= '9' && str_to_int(s, out);
}

// --- reading ---------------------------------------------------------------------------

static struct major record(const struct q_major_rows *r)
{
    return (struct major){.id = r->id,
                          .number = r->number,
                          .version = r->version,
                          .state = r->state,
                          .title = r->title,
                          .words = r->words,
                          .category = r->category,
                          .product = r->product,
                          .leads = r->leads,
                          .speaks = r->speaks,
                          .leads_name = {r->leads_en, r->leads_de},
                          .speaks_name = {r->speaks_en, r->speaks_de},
                          .public_de = r->public_de,
                          .public_en = r->public_en,
                          .script = r->script,
                          .review = r->review,
                          .problem = r->problem,
                          .next = r->next,
                          .declared = r->declared,
                          .restored = r->restored,
                          .cases = r->cases,
                          .open_cases = r->open_cases};
}

static enum err rows(struct ctx *cx, int64_t id, int64_t number, bool public,
                     struct major **out, isize *n)
{
    struct q_major_rows *row;
    TRY(q_major_rows(cx, id, number, public, instant_plus(cx->now, -SEEN_AFTER_S), &row, n));
    *out = make(cx->arena, struct major, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = record(&row[i]);
    return OK;
}

static enum err one(struct ctx *cx, int64_t id, int64_t number, struct major *out)
{
    struct major *found;
    isize n = 0;
    if (id != 0 || number != 0)
        TRY(rows(cx, id, number, false, &found, &n));
    if (n == 0)
        return db_absent(cx);    // J10
    *out = found[0];
    return OK;
}

enum err major_load(struct ctx *cx, major_id id, struct major *out)
{
    return one(cx, id.n, 0, out);
}

enum err major_by_number(struct ctx *cx, str number, struct major *out)
{
    int64_t n = 0;
    if (!major_number_read(number, &n))
        return db_absent(cx);
    return one(cx, 0, n, out);
}

enum err major_list(struct ctx *cx, struct major **out, isize *n)
{
    return rows(cx, 0, 0, false, out, n);
}

enum err major_public(struct ctx *cx, struct major **out, isize *n)
{
    return rows(cx, 0, 0, true, out, n);
}

enum err major_mine(struct ctx *cx, const struct major *m, bool *out)
{
    struct q_major_team *row;
    isize n;
    TRY(q_major_team(cx, m->leads, m->speaks, &row, &n));
    *out = n > 0 || access_can(&cx->who, CAN_LEAD);
    return OK;
}

enum err major_piles(struct ctx *cx, struct major_pile **out, isize *n)
{
    struct q_major_pile_rows *row;
    TRY(q_major_pile_rows(cx, instant_plus(cx->now, -PILE_S), PILE, &row, n));
    *out = make(cx->arena, struct major_pile, *n);
    for (isize i = 0; i < *n; i++) {
        struct words name = {row[i].category_en, row[i].category_de};
        if (row[i].product_name.n > 0)
            name = (struct words){row[i].product_name, row[i].product_name};
        (*out)[i] = (struct major_pile){row[i].category, row[i].product, name, row[i].cases};
    }
    return OK;
}

enum err major_said(struct ctx *cx, major_id id, struct major_said **out, isize *n)
{
    struct q_major_words *row;
    TRY(q_major_words(cx, id, &row, n));
    *out = make(cx->arena, struct major_said, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct major_said){row[i].de, row[i].en, row[i].person, row[i].at};
    return OK;
}

enum err major_cases(struct ctx *cx, major_id id, struct problem_case **out, isize *n)
{
    struct q_major_case_rows *row;
    TRY(q_major_case_rows(cx, id, &row, n));
    *out = make(cx->arena, struct problem_case, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct problem_case){row[i].id,      row[i].number, row[i].subject,
                                          row[i].contact, row[i].status, (int)row[i].level,
                                          row[i].created};
    return OK;
}

enum err major_of_case(struct ctx *cx, ticket_id ticket, struct major *out)
{
    struct q_major_linked *row;
    isize n;
    *out = (struct major){0};
    TRY(q_major_linked(cx, ticket, &row, &n));
    return n == 0 ? OK : major_load(cx, row->major, out);
}

// --- what looks like it ----------------------------------------------------------------

struct problem_face major_face(struct arena *a, const struct major *m)
{
    struct stemmer *s = stem_open(a);
    struct problem_face f = problem_alike_face(s, a, m->category, m->product, m->words);
    stem_close(s);
    return f;
}

// The title and the words: alike as any two reports are.
static struct problem_face whole_face(struct stemmer *s, struct arena *a, const struct major *m)
{
    str own = arena_fmt(a, STR_FMT "\n" STR_FMT, STR_ARG(m->title), STR_ARG(m->words));
    return problem_alike_face(s, a, m->category, m->product, own);
}

static bool is_in(const struct problem_match *m, isize n, ticket_id id)
{
    for (isize i = 0; i < n; i++)
        if (m[i].id.n == id.n)
            return true;
    return false;
}

static enum err add_free(struct ctx *cx, struct problem_match *all, isize *n,
                         const struct problem_match *found, isize many)
{
    for (isize i = 0; i < many; i++) {
        struct q_major_taken *row;
        isize taken;
        TRY(q_major_taken(cx, found[i].id, &row, &taken));
        if (taken == 0 && !is_in(all, *n, found[i].id))
            all[(*n)++] = found[i];
    }
    return OK;
}

// J11
enum err major_alike(struct ctx *cx, const struct major *m, struct problem_match **out,
                     isize *n)
{
    isize reported, said, kept = 0;
    struct problem_match *alike, *recognised;
    struct problem_record like = {
        .title = m->title, .words = m->words, .category = m->category, .product = m->product};
    struct problem_face f = major_face(cx->arena, m);
    f.enough = (int)int_min((f.words + 1) / 2, ALIKE_ENOUGH);
    TRY(problem_alike_to(cx, &like, &alike, &reported));
    TRY(problem_alike_by(cx, &f, &recognised, &said));
    *out = make(cx->arena, struct problem_match, reported + said + 1);
    TRY(add_free(cx, *out, &kept, alike, reported));
    TRY(add_free(cx, *out, &kept, recognised, said));
    *n = kept;
    return OK;
}

// J6
enum err major_like(struct ctx *cx, const struct ticket *t, struct major *out)
{
    struct major *now;
    isize n;
    *out = (struct major){0};
    TRY(major_public(cx, &now, &n));
    if (n == 0)
        return OK;
    struct stemmer *s = stem_open(cx->arena);
    str text = arena_fmt(cx->arena, STR_FMT "\n" STR_FMT, STR_ARG(t->subject),
                         STR_ARG(str_head(t->problem, 2000)));
    struct problem_face mine = problem_alike_face(s, cx->arena, t->category, t->product, text);
    int best = 0;
    for (isize i = 0; i < n; i++) {
        struct problem_likeness l, said;
        struct problem_face whole = whole_face(s, cx->arena, &now[i]);
        struct problem_face f = problem_alike_face(s, cx->arena, now[i].category,
                                                   now[i].product, now[i].words);
        f.enough = (int)int_max(2, int_min(f.words, ALIKE_ENOUGH));
        bool like = problem_alike(&f, &mine, &said);
        like |= problem_alike(&whole, &mine, &l);
        if (now[i].state == MAJOR_DECLARED && like && l.points > best) {
            best = l.points;
            *out = now[i];
        }
    }
    stem_close(s);
    return OK;
}

str major_answer(struct arena *a, const struct major *m, enum lang lang)
{
    if (m->number == 0)
        return S("");
    bool en = lang == LANG_EN;
    str said = en ? m->public_en : m->public_de;
    return arena_fmt(a, "\n\n%s\n" STR_FMT,
                     en ? "This looks like an outage we know about:"
                        : "Das sieht nach einer Störung aus, die wir schon kennen:",
                     STR_ARG(said));
}

// --- writing ---------------------------------------------------------------------------

static enum err tell(struct ctx *cx, const char *kind, major_id id, ticket_id ticket,
                     team_id team)
{
    return event_add(
        cx, (struct event){.kind = kind, .ticket = ticket.n, .object = id.n, .team = team.n});
}

static enum err check_texts(struct ctx *cx, const struct major *m)
{
    if (str_trim(m->title).n == 0)
        return invalid(cx, "title", "Say in a line what is down.",
                       "Was ist ausgefallen? Bitte in einer Zeile.");
    TRY(length_check(cx, "title", m->title, LIMIT_LINE));
    TRY(length_check(cx, "words", m->words, LIMIT_ROOM_TEXT));
    return length_check(cx, "script", m->script, LIMIT_ROOM_TEXT);
}

static enum err check_role(struct ctx *cx, const char *field, team_id id)    // J2
{
    struct team team;
    TRY(team_load(cx, id, &team));
    if (!team_works(&team))
        return invalid(cx, field,
                       "A vendor or a department is asked; a major incident stays ours.",
                       "Hersteller und Fachabteilungen werden gefragt; eine Großstörung bleibt "
                       "bei uns.");
    return OK;
}

enum err major_declare(struct ctx *cx, const struct major *m, major_id *out)
{
    struct q_major_draw draw;
    struct q_major_insert row;
    if (!access_can(&cx->who, CAN_LEAD))    // J1
        return fail(cx, ERR_DENIED, "The team lead declares a major incident.",
                    "Eine Großstörung ruft die Teamleitung aus.");
    TRY(check_texts(cx, m));
    TRY(ticket_class_check(cx, m->category, m->product));
    TRY(category_choose(cx, m->category, (category_id){0}));    // C5
    TRY(product_choose(cx, m->product, (product_id){0}));
    TRY(check_role(cx, "leads", m->leads));
    TRY(check_role(cx, "speaks", m->speaks));
    TRY(q_major_draw(cx, &draw));
    TRY(q_major_insert(cx, draw.number, str_trim(m->title), str_trim(m->words), m->category,
                       m->product, m->leads, m->speaks, str_trim(m->script), &row));
    *out = row.id;
    return tell(cx, "mi.declared", row.id, (ticket_id){0}, m->leads);
}

static enum err stale(struct ctx *cx)    // J10
{
    return fail(cx, ERR_STALE, "Somebody else changed it meanwhile.",
                "Jemand anderes hat es inzwischen geändert.");
}

// J2 J10
static enum err for_change(struct ctx *cx, major_id id, int64_t version, struct major *out)
{
    bool mine;
    TRY(major_load(cx, id, out));
    TRY(major_mine(cx, out, &mine));
    if (!mine)
        return fail(cx, ERR_DENIED, "The team that coordinates or speaks does this.",
                    "Das macht das Team, das koordiniert oder spricht.");
    return out->version == version ? OK : stale(cx);
}

static enum err check_word(struct ctx *cx, const struct major_word *s)
{
    enum err err = OK;
    if (str_trim(s->de).n == 0)    // J4
        err = invalid(cx, "de", "The German text is missing.", "Der deutsche Text fehlt.");
    if (str_trim(s->en).n == 0)
        err = invalid(cx, "en", "The English text is missing.", "Der englische Text fehlt.");
    if (s->next.ms != 0 && s->next.ms <= cx->now.ms)
        err = invalid(cx, "next", "The time must be in the future.",
                      "Der Zeitpunkt muss in der Zukunft liegen.");
    TRY(err);
    TRY(length_check(cx, "de", s->de, LIMIT_ROOM_TEXT));
    TRY(length_check(cx, "en", s->en, LIMIT_ROOM_TEXT));
    return length_check(cx, "script", s->script, LIMIT_ROOM_TEXT);
}

enum err major_say(struct ctx *cx, const struct major_word *s)
{
    struct major m;
    int64_t changed;
    TRY(for_change(cx, s->id, s->version, &m));
    TRY(check_word(cx, s));
    TRY(q_major_update(cx, s->id, s->version, str_trim(s->de), str_trim(s->en),
                       str_trim(s->script), s->next, &changed));
    if (changed == 0)
        return stale(cx);
    TRY(q_major_word_insert(cx, s->id, str_trim(s->de), str_trim(s->en)));
    if (s->next.ms != 0)
        TRY(job_add(cx, "major.late", s->id.n, s->next));    // J5
    return tell(cx, "mi.updated", s->id, (ticket_id){0}, m.speaks);
}

enum err major_recognise(struct ctx *cx, major_id id, int64_t version, str words)    // J11
{
    struct major m;
    int64_t changed;
    TRY(for_change(cx, id, version, &m));
    TRY(length_check(cx, "words", words, LIMIT_ROOM_TEXT));
    TRY(q_major_recognise(cx, id, version, str_trim(words), &changed));
    return changed == 0 ? stale(cx) : tell(cx, "mi.recognised", id, (ticket_id){0}, m.leads);
}

enum err major_move(struct ctx *cx, major_id id, int64_t version, enum major_state to,
                    str review, int64_t problem)
{
    static const char *const kinds[] = {"", "mi.reopened", "mi.restored", "mi.reviewed"};
    struct major m;
    int64_t changed;
    TRY(for_change(cx, id, version, &m));
    if (!major_may(m.state, to))
        return invalid(cx, "to", "From here it does not go there.",
                       "Von hier geht es nicht dorthin.");
    review = str_trim(review);
    if (to == MAJOR_REVIEWED && review.n == 0)    // J8
        return invalid(cx, "review", "What was learned? A few sentences.",
                       "Was nehmt ihr mit? Ein paar Sätze.");
    TRY(length_check(cx, "review", review, LIMIT_ROOM_TEXT));
    TRY(q_major_state(cx, id, version, to, to == MAJOR_REVIEWED ? review : m.review,
                      problem != 0 ? problem : m.problem, &changed));
    return changed == 0 ? stale(cx) : tell(cx, kinds[to], id, (ticket_id){0}, m.leads);
}

// J3.  Asked after the insert: it waits for whoever is about to attach the case elsewhere.
enum err major_attach(struct ctx *cx, major_id id, ticket_id ticket)
{
    struct major m;
    struct ticket t;
    struct q_major_linked *there;
    isize n;
    int64_t changed;
    TRY(major_load(cx, id, &m));
    TRY(ticket_load(cx, ticket, &t));
    TRY(q_major_link_insert(cx, id, ticket, &changed));
    TRY(q_major_linked(cx, ticket, &there, &n));
    if (n == 0)
        return stale(cx);
    if (changed == 0 && there->major.n == id.n)
        return OK;    // it is part of it already
    if (t.status >= TICKET_MERGED)
        return ticket_check_work(cx, &t);
    if (changed == 0)
        return invalid(cx, "major", "This case belongs elsewhere already.",
                       "Dieser Vorgang gehört schon woanders hin.");
    TRY(ticket_see(cx, ticket, m.leads));
    TRY(ticket_see(cx, ticket, m.speaks));
    return tell(cx, "mi.attached", id, ticket, m.leads);
}

enum err major_detach(struct ctx *cx, major_id id, ticket_id ticket)
{
    struct major m;
    int64_t changed;
    TRY(major_load(cx, id, &m));
    TRY(q_major_link_delete(cx, id, ticket, &changed));
    if (changed == 0)
        return invalid(cx, "major", "This case does not belong to it.",
                       "Dieser Vorgang gehört nicht dazu.");
    return tell(cx, "mi.detached", id, ticket, m.leads);
}

// --- what happens by itself --------------------------------------------------------------

static enum err late_job(struct ctx *cx, struct job *job)    // J5
{
    struct q_major_desk_of *row;
    isize n;
    TRY(q_major_desk_of(cx, (major_id){job->ref}, &row, &n));
    if (n == 0 || row->state != MAJOR_DECLARED || row->next.ms == 0
        || row->next.ms > cx->now.ms)
        return OK;
    cx->who = tenant_system(row->tenant);
    return tell(cx, "mi.late", (major_id){job->ref}, (ticket_id){0}, (team_id){0});
}

const struct job_kind major_jobs[] = {
    {.name = "major.late", .apply = late_job},
    {0},
};
