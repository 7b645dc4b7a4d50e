// SPDX-License-Identifier: GPL-3.0-or-later
#include "major/major_http.h"

#include "base/now.h"
#include "base/when.h"
#include "circular.html.h"
#include "major.html.h"
#include "promise/promise.h"
#include "sheet/sheet_http.h"

enum { NEXT_S = 1800 };

struct words major_http_verb(enum major_state to)
{
    switch (to) {
    case MAJOR_DECLARED:
        return SAY("It is down again", "Doch wieder gestört");
    case MAJOR_RESTORED:
        return SAY("It works again", "Läuft wieder");
    case MAJOR_REVIEWED:
        break;
    }
    return SAY("Review and close", "Auswerten und abschließen");
}

static enum err found(struct ctx *cx, const struct request *rq, struct major *out)
{
    return major_by_number(cx, path_text(rq, 0), out);
}

static enum err back(struct ctx *cx, struct reply *rp, const struct major *m)
{
    return see_other(cx, rp, "/w/g/G-%lld", (long long)m->number);
}

static struct url url_of(struct arena *a, const struct major *m, const char *rest)
{
    return (struct url){arena_fmt(a, "/w/g/G-%lld%s", (long long)m->number, rest)};
}

static struct room_key room_of(const struct major *m)
{
    return (struct room_key){ROOM_MAJOR, m->id.n};
}

// --- the list and the page -------------------------------------------------------------------

static enum err show_list(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct major_rows v = {.lead = access_can(&cx->who, CAN_LEAD)};
    struct major *row;
    struct major_pile *pile;
    TRY(major_list(cx, &row, &v.n));
    TRY(major_piles(cx, &pile, &v.piles));
    v.row = row;
    v.pile = pile;
    html_major_rows(page_begin(cx, rq, rp, 200), &v);
    return OK;
}

// J9: the case that was attached first.
static enum err load_legal(struct ctx *cx, struct major_page *v)
{
    const struct problem_case *first = NULL;
    struct legal_clock *legal;
    for (isize i = 0; i < v->cases; i++)
        if (first == NULL || v->own[i].id.n < first->id.n)
            first = &v->own[i];
    if (first == NULL)
        return OK;
    TRY(legal_case_list(cx, first->id, &legal, &v->legals));
    v->legal = legal;
    v->legal_case = ticket_number_shown(cx->arena, first->number);
    return OK;
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct major_page *v = make(cx->arena, struct major_page, 1);
    struct problem_case *own;
    struct problem_match *match = NULL;
    struct major_said *said;
    TRY(found(cx, rq, &v->m));
    v->number = major_number_text(cx->arena, v->m.number);
    v->wanted = form_text(rq, "nummer");
    v->words = form_or(rq, "words", v->m.words);
    struct problem_face face = major_face(cx->arena, &v->m);
    v->sought = problem_alike_said(cx->arena, &face, S(", "));
    TRY(major_mine(cx, &v->m, &v->mine));
    TRY(major_cases(cx, v->m.id, &own, &v->cases));
    if (v->m.state == MAJOR_DECLARED)
        TRY(major_alike(cx, &v->m, &match, &v->matches));
    TRY(major_said(cx, v->m.id, &said, &v->saids));
    TRY(room_panel(cx, room_of(&v->m), &v->room));
    v->own = own;
    v->match = match;
    v->said = said;
    TRY(load_legal(cx, v));
    v->room.action = url_of(cx->arena, &v->m, "/raum");
    v->room.closed = v->m.state == MAJOR_REVIEWED;
    html_major_page(page_begin(cx, rq, rp, 200), v);
    return OK;
}

static enum err in_room(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct major m;
    TRY(found(cx, rq, &m));
    TRY(room_act(cx, rq, room_of(&m)));
    return see_other(cx, rp, "/w/g/G-%lld#raum", (long long)m.number);
}

// --- declaring -------------------------------------------------------------------------------

static enum err from_case(struct ctx *cx, const struct request *rq, struct major_form *f,
                          struct ticket *t)
{
    int64_t number;
    *t = (struct ticket){0};
    if (form_text(rq, "von").n == 0)
        return OK;
    if (ticket_number_read(cx, form_text(rq, "von"), &number) != OK)
        return db_absent(cx);
    TRY(ticket_by_number(cx, number, t));
    f->from = ticket_number_shown(cx->arena, t->number);
    f->m.title = t->subject;
    f->m.words = str_head(t->problem, 2000);
    f->m.category = t->category;
    f->m.product = t->product;
    return ticket_class_offered(cx, &f->m.category, &f->m.product);
}

static enum err fill(struct ctx *cx, const struct request *rq, struct major_form *f)
{
    struct team *team;
    isize n;
    TRY(team_list(cx, &team, &n));
    for (isize i = 0; i < n; i++)    // a vendor leads and says nothing here
        if (team_works(&team[i]))
            team[f->teams++] = team[i];
    f->team = team;
    f->m.title = form_or(rq, "title", f->m.title);
    f->m.words = form_or(rq, "words", f->m.words);
    f->m.script = form_or(rq, "script", f->m.script);
    f->m.category.n = form_int(rq, "category", f->m.category.n);
    f->m.product.n = form_int(rq, "product", f->m.product.n);
    f->m.leads.n = form_int(rq, "leads", f->teams > 0 ? team[f->teams - 1].id.n : 0);
    f->m.speaks.n = form_int(rq, "speaks", f->teams > 0 ? team[0].id.n : 0);
    f->security = form_has(rq, "sicherheit");
    return OK;
}

static enum err show_new(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct major_form *f = make(cx->arena, struct major_form, 1);
    struct ticket t;
    TRY(from_case(cx, rq, f, &t));
    TRY(fill(cx, rq, f));
    // Not shown, so nobody could choose something else there.
    TRY(ticket_class_offered(cx, &f->m.category, &f->m.product));
    html_major_new(page_begin(cx, rq, rp, 200), f);
    return OK;
}

static enum err start_clocks(struct ctx *cx, ticket_id ticket)    // H4
{
    static const enum legal_kind kinds[] = {LEGAL_NIS2_24, LEGAL_NIS2_72, LEGAL_NIS2_1M};
    if (ticket.n == 0)
        return invalid(cx, "sicherheit",
                       "A security incident starts from the case that reports it.",
                       "Ein Sicherheitsvorfall beginnt beim Vorgang, der ihn meldet.");
    for (isize i = 0; i < countof(kinds); i++)
        TRY(legal_case_start(cx, ticket, kinds[i], cx->now));
    return OK;
}

static enum err declare(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct major_form f = {0};
    struct ticket t;
    TRY(from_case(cx, rq, &f, &t));
    TRY(fill(cx, rq, &f));
    TRY(major_declare(cx, &f.m, &f.m.id));
    if (f.security)
        TRY(start_clocks(cx, t.id));
    if (t.id.n != 0)
        TRY(major_attach(cx, f.m.id, t.id));
    TRY(major_load(cx, f.m.id, &f.m));
    return back(cx, rp, &f.m);
}

// --- cases -----------------------------------------------------------------------------------

static bool is_between(char c)
{
    return c == ',' || c == ';' || c == '\n' || c == '\r' || c == '\t';
}

// "4182-2073, 4182-2074": one number, cut from *rest; false at the end.
static bool next_number(str *rest, str *out)
{
    *out = S("");
    while (out->n == 0 && rest->n > 0) {
        isize n = 0;
        while (n < rest->n && !is_between(rest->p[n]))
            n++;
        *out = str_trim(str_head(*rest, n));
        *rest = str_cut(*rest, int_min(n + 1, rest->n));
    }
    return out->n > 0;
}

static enum err take_one(struct ctx *cx, major_id id, str typed)
{
    struct ticket t;
    int64_t number;
    enum err err = ticket_number_read(cx, typed, &number);
    if (err == OK)
        err = ticket_by_number(cx, number, &t);
    if (err == OK)
        return major_attach(cx, id, t.id);
    if (err != ERR_INVALID && err != ERR_ABSENT)
        return err;
    ctx_forgive(cx);
    return invalid(cx, "nummer", "There is no case with the number " STR_FMT ".",
                   "Einen Vorgang mit der Nummer " STR_FMT " gibt es nicht.", STR_ARG(typed));
}

// H2: all of them or none.
static enum err take_numbered(struct ctx *cx, const struct request *rq, major_id id)
{
    str rest = form_text(rq, "nummer"), typed;
    if (str_trim(rest).n == 0)
        return invalid(cx, "nummer", "Which number?", "Welche Nummer?");
    while (next_number(&rest, &typed))
        TRY(take_one(cx, id, typed));
    return OK;
}

static enum err take_in(struct ctx *cx, struct request *rq, struct reply *rp)    // H2
{
    struct major m;
    struct problem_match *match;
    isize n, taken = 0;
    TRY(found(cx, rq, &m));
    if (form_has(rq, "nummer")) {
        TRY(take_numbered(cx, rq, m.id));
        return back(cx, rp, &m);
    }
    TRY(major_alike(cx, &m, &match, &n));
    for (isize i = 0; i < n; i++) {
        if (!problem_http_ticked(rq, cx->arena, &match[i]))
            continue;
        TRY(major_attach(cx, m.id, match[i].id));
        taken++;
    }
    if (taken == 0)
        return invalid(cx, "dazu", "Which of them belong to it?", "Welche gehören dazu?");
    return back(cx, rp, &m);
}

static enum err recognise(struct ctx *cx, struct request *rq, struct reply *rp)    // J11
{
    struct major m;
    TRY(found(cx, rq, &m));
    TRY(major_recognise(cx, m.id, form_int(rq, "version", 0), form_text(rq, "words")));
    return back(cx, rp, &m);
}

static enum err let_go(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct major m;
    TRY(found(cx, rq, &m));
    TRY(major_detach(cx, m.id, (ticket_id){form_int(rq, "vorgang", 0)}));
    return back(cx, rp, &m);
}

static enum err attach_case(struct ctx *cx, struct request *rq, struct reply *rp)    // H5
{
    struct ticket t;
    struct major m;
    struct ctx quiet = ctx_quiet(cx);
    TRY(sheet_ticket(cx, rq, &t));
    if (major_by_number(&quiet, form_text(rq, "major"), &m) != OK)
        return invalid(cx, "major", "There is no major incident with this number.",
                       "Eine Großstörung mit dieser Nummer gibt es nicht.");
    TRY(major_attach(cx, m.id, t.id));
    return see_other(cx, rp, "/w/t/" STR_FMT,
                     STR_ARG(ticket_number_shown(cx->arena, t.number)));
}

// --- speaking (H3) ---------------------------------------------------------------------------

static enum err open_cases(struct ctx *cx, const struct major *m, struct circular_page *v)
{
    struct problem_case *c;
    isize n;
    TRY(major_cases(cx, m->id, &c, &n));
    v->ticket = problem_cases_open(cx->arena, c, n, &v->tickets);
    return OK;
}

static struct circular_text usual(struct arena *a, const struct major *m)
{
    if (m->state != MAJOR_DECLARED)
        return (struct circular_text){
            .de = S("die Störung ist behoben. Geht es bei Ihnen noch nicht, antworten Sie "
                    "einfach auf diese Nachricht."),
            .du = S("die Störung ist behoben. Geht es bei dir noch nicht, antworte einfach auf "
                    "diese Nachricht."),
            .en = S("the outage is over. If it still does not work for you, just answer this "
                    "message.")};
    return (struct circular_text){
        .de = arena_fmt(a, "wir haben eine größere Störung: " STR_FMT ". Wir arbeiten daran.",
                        STR_ARG(m->title)),
        .en = arena_fmt(a, "there is a major outage: " STR_FMT ". We are working on it.",
                        STR_ARG(m->title))};
}

// J6.  Who reads it there was not greeted, has no message before him, and may not know which
// outage is meant.
static struct words usual_page(struct arena *a, const struct major *m)
{
    if (m->state != MAJOR_DECLARED)
        return (struct words){
            arena_fmt(a, STR_FMT ": this is over. Does it still not work for you? Please report it.",
                      STR_ARG(m->title)),
            arena_fmt(a,
                      STR_FMT ": Das ist behoben. Geht es bei Ihnen noch nicht, melden Sie es "
                              "uns bitte.",
                      STR_ARG(m->title))};
    if (m->public_de.n > 0)
        return (struct words){m->public_en, m->public_de};
    return (struct words){
        arena_fmt(a, STR_FMT ". We are working on it.", STR_ARG(m->title)),
        arena_fmt(a, STR_FMT ". Wir arbeiten daran.", STR_ARG(m->title))};
}

// What was typed for the page, else the letter as a sentence of its own.
static str on_page(struct arena *a, str typed, str letter)
{
    typed = str_trim(typed);
    letter = str_trim(letter);
    if (typed.n > 0 || letter.n == 0 || letter.p[0] < 'a' || letter.p[0] > 'z')
        return typed.n > 0 ? typed : letter;
    return arena_fmt(a, "%c" STR_FMT, letter.p[0] - 'a' + 'A', STR_ARG(str_cut(letter, 1)));
}

static enum err speak_open(struct ctx *cx, const struct request *rq, struct major *m,
                           struct circular_page *v)
{
    bool mine;
    TRY(found(cx, rq, m));
    TRY(major_mine(cx, m, &mine));
    if (!mine)
        return fail(cx, ERR_DENIED, "The team that coordinates or speaks does this.",
                    "Das macht das Team, das koordiniert oder spricht.");
    instant next = promise_round(instant_plus(cx->now, NEXT_S));
    TRY(open_cases(cx, m, v));
    v->title = words_in(SAY("Say what is going on", "Stand melden"), cx->lang);
    v->hint = SAY("It stands on the help page at once. Customers of attached cases get a letter.",
                  "Es steht sofort auf der Hilfeseite. Wer einen Vorgang dazu hat, bekommt eine "
                  "Nachricht.");
    v->action = url_of(cx->arena, m, "/meldung");
    v->back = url_of(cx->arena, m, "");
    v->back_name =
        arena_fmt(cx->arena, "G-%lld " STR_FMT, (long long)m->number, STR_ARG(m->title));
    v->text = usual(cx->arena, m);
    v->page = usual_page(cx->arena, m);
    v->ask_page = v->ask_script = true;
    v->script = form_or(rq, "script", m->script);
    v->ask_next = m->state == MAJOR_DECLARED;
    v->ask_solve = v->solve = m->state == MAJOR_RESTORED;
    v->day = when_day(cx->arena, next, cx->lang);
    v->clock = when_clock(cx->arena, next);
    return circular_page_open(cx, rq, v);
}

static enum err speak_show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct circular_page *v = make(cx->arena, struct circular_page, 1);
    struct major m;
    TRY(speak_open(cx, rq, &m, v));
    v->version = form_int(rq, "version", m.version);
    html_circular_form(page_begin(cx, rq, rp, 200), v);
    return OK;
}

static enum err speak(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct circular_page *v = make(cx->arena, struct circular_page, 1);
    struct major m;
    struct circular_new c;
    circular_id id = {0};
    TRY(speak_open(cx, rq, &m, v));
    if (circular_page_looks(rq))
        return speak_show(cx, rq, rp);
    TRY(circular_page_take(cx, rq, v, &c));
    struct major_word word = {.id = m.id,
                              .version = form_int(rq, "version", 0),
                              .de = on_page(cx->arena, v->page.de, v->text.de),
                              .en = on_page(cx->arena, v->page.en, v->text.en),
                              .script = v->script,
                              .next = c.next};
    TRY(major_say(cx, &word));
    c.once_each = !c.solve;
    c.solved = arena_fmt(cx->arena, "G-%lld: " STR_FMT " (Großstörung)", (long long)m.number,
                         STR_ARG(m.title));
    if (c.n > 0)
        TRY(circular_send(cx, &c, &id));
    if (id.n == 0)
        return back(cx, rp, &m);
    return see_other(cx, rp, "/w/g/G-%lld/meldung/%lld", (long long)m.number,
                     (long long)id.n);
}

static enum err show_state(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct circular_state v = {0};
    struct major m;
    TRY(found(cx, rq, &m));
    TRY(circular_state_open(cx, (circular_id){path_int(rq, 1)}, &v));
    v.back = url_of(cx->arena, &m, "");
    v.back_name = major_number_text(cx->arena, m.number);
    v.action =
        url_of(cx->arena, &m,
               arena_z(cx->arena, arena_fmt(cx->arena, "/meldung/%lld", (long long)v.id.n)));
    html_circular_state(page_begin(cx, rq, rp, 200), &v);
    return OK;
}

static enum err take_back(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct major m;
    circular_id id = {path_int(rq, 1)};
    TRY(found(cx, rq, &m));
    TRY(circular_undo(cx, id));
    return see_other(cx, rp, "/w/g/G-%lld/meldung/%lld", (long long)m.number,
                     (long long)id.n);
}

// --- ending ----------------------------------------------------------------------------------

static enum err move_of(struct ctx *cx, const struct request *rq, struct major *m,
                        enum major_state *to)
{
    int state;
    TRY(found(cx, rq, m));
    if (!ticket_words_find(major_states, path_text(rq, 1), &state))
        return db_absent(cx);
    *to = (enum major_state)state;
    return OK;
}

static enum err show_move(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct major_move_page v = {0};
    TRY(move_of(cx, rq, &v.m, &v.to));
    v.number = major_number_text(cx->arena, v.m.number);
    v.review = form_or(rq, "review", v.m.review);
    v.problem = form_or(rq, "problem",
                        v.m.problem == 0 ? S("") : problem_number_text(cx->arena, v.m.problem));
    html_major_move(page_begin(cx, rq, rp, 200), &v);
    return OK;
}

// J8: the problem behind it, by its number, or a new one with its words.
static enum err problem_behind(struct ctx *cx, const struct request *rq, const struct major *m,
                               int64_t *out)
{
    struct problem_record r;
    struct ctx quiet = ctx_quiet(cx);
    str typed = str_trim(form_text(rq, "problem"));
    *out = 0;
    if (form_has(rq, "neu")) {
        struct problem_record fresh = {.title = m->title,
                                       .words = m->words,
                                       .category = m->category,
                                       .product = m->product,
                                       .team = m->leads,
                                       .state = PROBLEM_OPEN};
        TRY(problem_add(cx, &fresh, &r.id));
        TRY(problem_load(cx, r.id, &r));
        *out = r.number;
        return OK;
    }
    if (typed.n == 0)
        return OK;
    if (problem_by_number(&quiet, typed, &r) != OK)
        return invalid(cx, "problem", "There is no problem with this number.",
                       "Ein Problem mit dieser Nummer gibt es nicht.");
    *out = r.number;
    return OK;
}

static enum err move(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct major m;
    enum major_state to;
    int64_t problem;
    TRY(move_of(cx, rq, &m, &to));
    TRY(problem_behind(cx, rq, &m, &problem));
    TRY(major_move(cx, m.id, form_int(rq, "version", 0), to, form_text(rq, "review"),
                   problem));
    if (to == MAJOR_RESTORED)
        return see_other(cx, rp, "/w/g/G-%lld/meldung", (long long)m.number);
    return back(cx, rp, &m);
}

// clang-format off
const struct route major_routes[] = {
    {GET,  "/w/g",                      CAN_WORK, show_list,   .summary = "major incidents, and what piles up"},
    {GET,  "/w/g/neu",                  CAN_LEAD, show_new,    .summary = "the sheet that declares a major incident"},
    {POST, "/w/g/neu",                  CAN_LEAD, declare,     show_new,   .summary = "declare a major incident"},
    {GET,  "/w/g/{major}",              CAN_WORK, show,        .summary = "a major incident"},
    {POST, "/w/g/{major}/dazu",         CAN_WORK, take_in,     show,       .summary = "attach cases that look like it"},
    {POST, "/w/g/{major}/worte",        CAN_WORK, recognise,   show,       .summary = "by which words a major incident is recognised"},
    {POST, "/w/g/{major}/weg",          CAN_WORK, let_go,      show,       .summary = "a case is not part of it after all"},
    {POST, "/w/g/{major}/raum",         CAN_WORK, in_room,     show,       .summary = "join the room of a major incident, add to its list"},
    {GET,  "/w/g/{major}/meldung",      CAN_WORK, speak_show,  .summary = "the sheet that says what is going on"},
    {POST, "/w/g/{major}/meldung",      CAN_WORK, speak,       speak_show, .summary = "say in public what is going on, and write to the customers"},
    {GET,  "/w/g/{major}/meldung/{id}", CAN_WORK, show_state,  .summary = "how far the letters went"},
    {POST, "/w/g/{major}/meldung/{id}", CAN_WORK, take_back,   show_state, .summary = "take the letters back"},
    {GET,  "/w/g/{major}/stand/{code}", CAN_WORK, show_move,   .summary = "the sheet that ends or reviews a major incident"},
    {POST, "/w/g/{major}/stand/{code}", CAN_WORK, move,        show_move,  .summary = "end or review a major incident"},
    {POST, "/w/t/{nr}/grossstoerung",   CAN_WORK, attach_case, .summary = "a case is part of a major incident"},
    {0},
};
// clang-format on
