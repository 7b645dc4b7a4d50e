// SPDX-License-Identifier: GPL-3.0-or-later
#include "call/call_http.h"

#include "base/json.h"
#include "base/limits.h"
#include "call.html.h"
#include "call.sql.h"
#include "call/call_draft.h"
#include "call/call_form_http.h"
#include "call/call_incident.h"
#include "call/call_suggest_http.h"
#include "call/call_view_http.h"
#include "promise/promise.h"
#include "search/search.h"
#include "sheet/sheet_http.h"
#include "ticket/ticket_list.h"
#include "workplace/triage_http.h"

// --- the page --------------------------------------------------------------------------------

static void show_impact(struct call_view *v, int chosen)
{
    for (int i = 0; i < 4; i++)
        v->impact[i] =
            (struct call_choice){i + 1, ticket_words_impact[i + 1].name, i + 1 == chosen};
}

static void show_steps(struct ctx *cx, const struct request *rq, struct call_answer *a,
                       str lines)
{
    struct solution_step *step;
    solution_steps_read(cx->arena, lines, &step, &a->steps);
    a->step = make(cx->arena, struct call_step, a->steps);
    for (isize i = 0; i < a->steps; i++) {
        str name = call_form_name(cx->arena, a->key, i);
        a->step[i] = (struct call_step){name, step[i].text, step[i].expected,
                                        form_has(rq, arena_z(cx->arena, name))};
    }
    a->helped = str_eq(form_text(rq, "half"), a->key);
}

// C12.  One that was attached stays, whatever is typed.
static enum err show_incident(struct ctx *cx, struct call_view *v, ticket_id own)
{
    if (own.n != 0)
        TRY(major_of_case(cx, own, &v->incident));
    v->attached = v->incident.id.n != 0;
    if (!v->attached && v->said.n > 0)
        TRY(call_incident(cx, v->said, &v->incident));
    if (v->incident.id.n != 0)
        v->incident_number = major_number_text(cx->arena, v->incident.number);
    return OK;
}

// The best answer is open, or the one that was asked for.
static enum err show_answers(struct ctx *cx, const struct request *rq, struct call_view *v,
                             const struct search_suggestion *s)
{
    str *known;
    TRY(call_suggest_known(cx, s, &known));
    v->answer = make(cx->arena, struct call_answer, s->solutions);
    v->answers = s->solutions;
    for (isize i = 0; i < s->solutions; i++) {
        struct call_answer *a = &v->answer[i];
        a->key = solution_key_text(cx->arena, s->solution[i].number);
        a->title = s->solution[i].title;
        a->known = known[i];
        a->best = i == 0;
        a->opened = v->open_key.n > 0 ? str_eq(v->open_key, a->key) : i == 0;
        if (a->opened) {
            v->open_key = a->key;
            show_steps(cx, rq, a, s->steps[i]);
        }
    }
    return OK;
}

// C4: the ticks of what is not open, kept out of sight; an answer says how many it has.
static void show_ticks(struct ctx *cx, const struct request *rq, struct call_view *v)
{
    struct call_input in;
    call_form_read(cx, rq, &in);
    v->hidden = make(cx->arena, str, in.ticks);
    for (isize i = 0; i < in.ticks; i++) {
        bool shown = false;
        for (isize k = 0; k < v->answers; k++) {
            bool same = str_eq(v->answer[k].key, in.tick[i].solution);
            shown |= same && v->answer[k].opened;
            v->answer[k].done += same;
        }
        if (!shown)
            v->hidden[v->hiddens++] =
                call_form_name(cx->arena, in.tick[i].solution, in.tick[i].step);
    }
}

static enum err show_suggestions(struct ctx *cx, const struct request *rq, struct call_view *v)
{
    struct search_suggestion s = {0};
    struct search_ask ask = {.words = v->said, .typing = true};
    if (v->said.n == 0)
        return OK;
    TRY(search_suggest(cx, &ask, &s));
    return show_answers(cx, rq, v, &s);
}

// C5
static enum err show_open(struct ctx *cx, struct call_view *v, ticket_id own)
{
    struct ticket_page page;
    struct ticket_filter f = {.view = VIEW_CONTACT, .contact = v->contact.id, .rows = 5};
    if (v->contact.id.n == 0)
        return OK;
    TRY(ticket_list(cx, &f, &page));
    v->open = make(cx->arena, struct call_open, page.n);
    for (isize i = 0; i < page.n; i++)
        if (!ticket_is_over(page.row[i].status) && page.row[i].id.n != own.n)
            v->open[v->n_open++] = (struct call_open){
                page.row[i].id.n, ticket_number_shown(cx->arena, page.row[i].number),
                page.row[i].subject};
    return OK;
}

static enum err show_found(struct ctx *cx, struct call_view *v)
{
    if (v->contact.id.n != 0 || v->who.n == 0)
        return OK;
    return contact_find(cx, v->who, &v->found, &v->n_found);
}

static enum err show_contact(struct ctx *cx, contact_id id, struct call_view *v)
{
    return id.n == 0 ? OK : contact_load(cx, id, &v->contact);
}

// C9: ticked, unless the tick was there before and is gone.
static void show_number(struct ctx *cx, const struct request *rq, struct call_view *v)
{
    str name, mail, phone, value;
    call_read_caller(cx->arena, v->reach, &name, &mail, &phone);
    if (phone.n == 0)
        call_read_caller(cx->arena, v->who, &name, &mail, &phone);
    if (v->contact.id.n == 0 || !contact_phone_normal(cx->arena, phone, &value))
        return;
    for (isize i = 0; i < v->contact.addresses; i++)
        if (str_eq(v->contact.address[i].value, value))
            return;
    v->called_from = phone;
    v->keep_phone = form_int(rq, "kontakt", 0) == 0 || form_has(rq, "nummer");
}

static enum err fill_view(struct ctx *cx, const struct request *rq, struct call_view *v,
                          ticket_id own)
{
    v->how = form_text(rq, "wie");
    v->parked = str_eq(form_text(rq, "ok"), S("geparkt"));
    str wished = form_text(rq, "zeigen");
    v->open_key = wished.n > 0 ? wished : form_text(rq, "loesung");
    TRY(show_found(cx, v));
    TRY(show_open(cx, v, own));
    TRY(show_incident(cx, v, own));
    TRY(show_suggestions(cx, rq, v));
    show_ticks(cx, rq, v);
    return OK;
}

// C7
static enum err show_ringing(struct ctx *cx, const struct request *rq, struct call_view *v)
{
    struct contact *known;
    isize n = 0;
    str from = form_text(rq, "von");
    v->who = form_text(rq, "wer");
    v->reach = form_or(rq, "erreichbar", from);
    if (from.n == 0 || v->contact.id.n != 0)
        return OK;
    TRY(contact_by_phone(cx, from, &known, &n));
    if (n == 1)
        v->contact = known[0];
    if (n > 1)
        v->who = from;    // several share it: they are offered
    return OK;
}

// Whom the form holds: just chosen, or no longer.
static contact_id caller_of(const struct request *rq)
{
    if (str_eq(form_text(rq, "tun"), S("andere")))
        return (contact_id){0};
    int64_t chosen = form_int(rq, "kontakt_nehmen", 0);
    return (contact_id){chosen != 0 ? chosen : form_int(rq, "kontakt", 0)};
}

// --- before there is a case (C14) ------------------------------------------------------------

static enum err show_begun(struct ctx *cx, const struct call_draft *d, struct call_begun *out,
                           int64_t *contact)
{
    struct json *form;
    TRY(json_read(cx, d->form, &form));
    *contact = 0;
    str_to_int(json_text(form, "kontakt"), contact);
    *out =
        (struct call_begun){d->begun, json_text(form, "wer"), json_text(form, "sagt"), d->at};
    return OK;
}

// Those that were left; not on a page that holds something itself.
static enum err show_others(struct ctx *cx, const struct request *rq, struct call_view *v)
{
    struct call_draft *d;
    isize n;
    if (rq->x->form != NULL || form_has(rq, "weiter"))
        return OK;
    TRY(call_draft_list(cx, &d, &n));
    v->other = make(cx->arena, struct call_begun, n);
    int64_t *contact = make(cx->arena, int64_t, n);
    str *name = make(cx->arena, str, n);
    for (isize i = 0; i < n; i++) {
        struct ctx quiet = ctx_quiet(cx);    // one that cannot be read is no reason to show nothing
        v->others += show_begun(&quiet, &d[i], &v->other[v->others], &contact[v->others]) == OK;
    }
    TRY(contact_names(cx, contact, v->others, name));
    for (isize i = 0; i < v->others; i++)
        if (name[i].n > 0)
            v->other[i].who = name[i];
    return OK;
}

// C16
static enum err show_left(struct ctx *cx, const struct request *rq, struct call_view *v)
{
    struct q_call_left *row;
    if (rq->x->form != NULL || form_has(rq, "weiter"))
        return OK;
    TRY(q_call_left(cx, CALL_LEFT + 1, &row, &v->lefts));
    v->more_left = v->lefts > CALL_LEFT;
    v->lefts -= v->more_left;
    v->left = make(cx->arena, struct call_left, v->lefts);
    for (isize i = 0; i < v->lefts; i++)
        v->left[i] = (struct call_left){ticket_number_shown(cx->arena, row[i].number),
                                        row[i].who, row[i].subject, row[i].created};
    return OK;
}

// As if what was kept had just been typed.
static enum err go_on_with(struct ctx *cx, const struct request *rq, const struct request **out)
{
    struct call_draft d;
    struct json *form;
    int64_t begun = form_int(rq, "weiter", 0);
    *out = rq;
    if (begun == 0 || rq->x->form != NULL)
        return OK;
    TRY(call_draft_load(cx, begun, &d));
    TRY(json_read(cx, d.form, &form));
    *out = sheet_typed(cx, rq, &(struct sheet){.kept = form});
    return OK;
}

// A name, a way, a word: all else the page has by itself.
static bool is_begun(const struct request *rq)
{
    static const char *const typed[] = {"wer", "erreichbar", "sagt", "wie"};
    for (isize i = 0; i < countof(typed); i++)
        if (form_text(rq, typed[i]).n > 0)
            return true;
    return false;
}

static enum err keep_begun(struct ctx *cx, const struct request *rq, struct reply *rp)
{
    str form = is_begun(rq) ? sheet_written(cx->arena, rq->x->form) : S("");
    int64_t begun = form_int(rq, "anfang", 0);
    if (begun != 0)
        TRY(call_draft_save(cx, begun, form));
    rp->status = 204;
    return OK;
}

static enum err show_new(struct ctx *cx, struct request *asked, struct reply *rp)
{
    const struct request *rq;
    TRY(go_on_with(cx, asked, &rq));
    struct call_view v = {.action = {S("/w/call")},
                          .begun = form_int(rq, "anfang", cx->now.ms),
                          .said = form_text(rq, "sagt"),
                          .stands_still = form_int(rq, "steht", 0) != 0};
    show_impact(&v, (int)form_int(rq, "aus", 1));
    TRY(show_contact(cx, caller_of(rq), &v));
    TRY(show_ringing(cx, rq, &v));
    show_number(cx, rq, &v);
    TRY(lifecycle_named(cx, v.said, &v.outlived));
    TRY(fill_view(cx, rq, &v, (ticket_id){0}));
    TRY(show_others(cx, asked, &v));
    TRY(show_left(cx, asked, &v));
    html_call_form(page_begin(cx, asked, rp, 200), &v);
    return OK;
}

// C8.  Ticked, unless the tick was there before and is gone.
static enum err show_topic(struct ctx *cx, const struct request *rq, const struct ticket *t,
                           struct call_view *v)
{
    struct triage_answer before = triage_answer_of(rq);
    TRY(triage_case(cx, t, &v->triage));
    for (int i = TRIAGE_PRIORITY; i <= TRIAGE_TEAM; i++)
        v->triage.value[i] = 0;
    v->fits = form_has(rq, "passt")
              || (before.value[TRIAGE_CATEGORY] == 0 && before.value[TRIAGE_PRODUCT] == 0);
    return OK;
}

// The line, and nothing beside it, was looked through for show_topic() already.
static bool was_read(const struct ticket *t, str said)
{
    return triage_case_wants(t) && str_eq(said, t->problem) && str_starts(said, t->subject)
           && t->subject.n + said.n < LIMIT_LINE;
}

// lifecycle.h, C7
static enum err show_product(struct ctx *cx, const struct ticket *t, struct call_view *v)
{
    v->known = t->product.n != 0;
    if (v->known)
        return lifecycle_of(cx, t, &v->outlived);
    if (was_read(t, v->said))
        return lifecycle_of_product(cx, &v->triage.named, &v->outlived);
    return lifecycle_named(cx, v->said, &v->outlived);
}

// What the fields held when a button was pressed is in the draft (C1).
static enum err show_case(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct sheet s;
    TRY(sheet_open(cx, rq, "anruf", DRAFT_SOLVING, &s));
    struct call_view v = {
        .action = {arena_fmt(cx->arena, "/w/call/" STR_FMT, STR_ARG(s.number))},
        .number = s.number,
        .version = s.ticket.version,
        .said = form_or(rq, "sagt", s.ticket.problem),
        .stands_still = rq->again ? form_int(rq, "steht", 0) != 0 : s.ticket.urgency == 4,
    };
    show_impact(&v, rq->again ? (int)form_int(rq, "aus", 1) : s.ticket.impact);
    if (s.ticket.due.ms != 0)
        v.promise =
            promise_words(cx->arena, cx->now, s.ticket.due, ticket_is_formal(&s.ticket));
    v.lang = s.ticket.lang;
    TRY(show_contact(cx, s.ticket.contact, &v));
    const struct request *typed = sheet_typed(cx, rq, &s);
    TRY(show_topic(cx, typed, &s.ticket, &v));
    TRY(show_product(cx, &s.ticket, &v));
    TRY(fill_view(cx, typed, &v, s.ticket.id));
    html_call_form(page_begin(cx, rq, rp, 200), &v);
    return OK;
}

// --- what the buttons do ---------------------------------------------------------------------

static enum err to_case(struct ctx *cx, struct reply *rp, ticket_id id, const char *before,
                        const char *after)
{
    struct ticket t;
    TRY(ticket_load(cx, id, &t));
    str number = ticket_number_shown(cx->arena, t.number);
    return see_other(cx, rp, "%s" STR_FMT "%s", before, STR_ARG(number), after);
}

// C1: also what is no part of the case yet.
static enum err keep_fields(struct ctx *cx, const struct request *rq, ticket_id id)
{
    struct sheet s = {.name = "anruf", .kind = DRAFT_SOLVING};
    TRY(ticket_load(cx, id, &s.ticket));
    if (!str_eq(form_text(rq, "tun"), S("f2")))
        return sheet_store(cx, rq, &s);
    struct field taken = {S("half"), form_text(rq, "loesung"), rq->x->form};    // C10
    return sheet_fill(cx, &s, &taken);
}

// C12
static enum err attach(struct ctx *cx, const struct request *rq, ticket_id id)
{
    struct major m;
    if (!form_has(rq, "stoerung"))
        return OK;
    TRY(major_by_number(cx, form_text(rq, "stoerung"), &m));
    return major_attach(cx, m.id, id);
}

static enum err stay(struct ctx *cx, struct request *rq, struct reply *rp, ticket_id id)
{
    int64_t key;
    str wished = form_text(rq, "zeigen");
    if (wished.n > 0 && !solution_key_read(wished, &key))
        return db_absent(cx);
    TRY(attach(cx, rq, id));
    TRY(keep_fields(cx, rq, id));
    return to_case(cx, rp, id, "/w/call/", "");
}

static enum err solved(struct ctx *cx, struct request *rq, struct reply *rp,
                       const struct call_input *in, struct ticket_at *at)
{
    TRY(call_solved(cx, in, at, form_text(rq, "wie")));
    TRY(keep_fields(cx, rq, at->id));    // C15
    return to_case(cx, rp, at->id, "/w/t/", "");
}

// C5
static enum err join(struct ctx *cx, struct request *rq, struct reply *rp,
                     const struct call_input *in, struct ticket_at *at)
{
    ticket_id into = {form_int(rq, "gehoert", 0)};
    TRY(call_belongs_to(cx, in, at, into));
    return to_case(cx, rp, into, "/w/t/", "");
}

static enum err leave(struct ctx *cx, struct request *rq, struct reply *rp,
                      const struct call_input *in, struct ticket_at *at)
{
    str what = form_text(rq, "tun");
    TRY(call_tried(cx, in, at));
    if (str_eq(what, S("f8")) || str_eq(what, S("f4")))
        TRY(call_note(cx, in, at));    // C6
    TRY(keep_fields(cx, rq, at->id));
    if (form_has(rq, "gehoert"))
        return join(cx, rq, rp, in, at);
    if (str_eq(what, S("f8")))
        return to_case(cx, rp, at->id, "/w/t/", "/uebergabe");
    if (str_eq(what, S("f4")))
        return to_case(cx, rp, at->id, "/w/t/", "/rueckfrage");
    return see_other(cx, rp, "/w/call?ok=geparkt");
}

static bool leaves(const struct request *rq)
{
    str what = form_text(rq, "tun");
    return form_has(rq, "gehoert") || str_eq(what, S("f8")) || str_eq(what, S("f4"))
           || str_eq(what, S("parken"));
}

static enum err act(struct ctx *cx, struct request *rq, struct reply *rp, struct ticket_at *at)
{
    struct call_input in;
    call_form_read(cx, rq, &in);
    if (str_eq(form_text(rq, "tun"), S("f9")))
        return solved(cx, rq, rp, &in, at);
    if (at->id.n == 0 && form_has(rq, "gehoert"))
        return join(cx, rq, rp, &in, at);
    TRY(call_keep(cx, &in, at));
    return leaves(rq) ? leave(cx, rq, rp, &in, at) : stay(cx, rq, rp, at->id);
}

static bool picks_caller(const struct request *rq)
{
    return form_has(rq, "kontakt_nehmen") || str_eq(form_text(rq, "tun"), S("andere"));
}

// C1: we know who calls, and nothing else.
static bool only_names(const struct request *rq)
{
    bool named = form_int(rq, "kontakt", 0) != 0 || form_text(rq, "wer").n > 0
                 || form_text(rq, "erreichbar").n > 0;
    return named && str_trim(form_text(rq, "sagt")).n == 0;
}

// C1 C2: nothing is stored for a caller who said nothing yet, whom nobody has named, or who
// may be somebody we know.
static enum err is_undecided(struct ctx *cx, const struct request *rq, bool *out)
{
    struct contact_found *c;
    isize n = 0;
    str who = form_text(rq, "wer"), name, mail, phone;
    call_read_caller(cx->arena, who, &name, &mail, &phone);
    bool reached = form_text(rq, "erreichbar").n > 0 || (name.n > 0 && phone.n > 0);
    bool open = form_int(rq, "kontakt", 0) == 0 && !reached;
    if (open && who.n > 0)
        TRY(contact_find(cx, who, &c, &n));
    *out = only_names(rq) || (open && (n > 0 || (who.n == 0 && form_text(rq, "sagt").n > 0)));
    return OK;
}

static enum err begin(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct ticket_at at = {0};
    bool undecided = picks_caller(rq);
    bool asked_enough =
        leaves(rq) || form_has(rq, "stoerung") || str_eq(form_text(rq, "tun"), S("f9"));
    if (!undecided && !asked_enough)
        TRY(is_undecided(cx, rq, &undecided));
    if (undecided)
        return show_new(cx, rq, rp);
    TRY(act(cx, rq, rp, &at));
    return call_draft_drop(cx, form_int(rq, "anfang", 0));
}

static bool keeps(const struct request *rq)
{
    return str_eq(form_text(rq, "tun"), S("merken"));
}

static enum err write_new(struct ctx *cx, struct request *rq, struct reply *rp)
{
    if (keeps(rq))
        return keep_begun(cx, rq, rp);
    if (!form_has(rq, "verwerfen"))
        return begin(cx, rq, rp);
    TRY(call_draft_drop(cx, form_int(rq, "verwerfen", 0)));
    return see_other(cx, rp, "/w/call");
}

static enum err go_on(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct ticket t;
    TRY(sheet_ticket(cx, rq, &t));
    struct ticket_at at = {t.id, form_int(rq, "version", 0)};
    if (!keeps(rq))
        return act(cx, rq, rp, &at);
    rp->status = 204;
    return keep_fields(cx, rq, t.id);
}

// clang-format off
const struct route call_routes[] = {
    {GET,  "/w/call",           CAN_CALL, show_new,  .summary = "the phone capture"},
    {POST, "/w/call",           CAN_CALL, write_new, show_new, .summary = "keep, hand over or solve a call"},
    {GET,  "/w/call/vorschlag", CAN_CALL, call_suggest,   .summary = "what may help, while the line is typed"},
    {GET,  "/w/call/{nr}",      CAN_CALL, show_case, .summary = "a call that has a case"},
    {POST, "/w/call/{nr}",      CAN_CALL, go_on, show_case, .summary = "keep, hand over or solve it"},
    {0},
};
// clang-format on
