// SPDX-License-Identifier: GPL-3.0-or-later
#include "call/call_http.h"

#include "base/json.h"
#include "call.html.h"
#include "call/call_view_http.h"
#include "promise/promise.h"
#include "search/search.h"
#include "ticket/ticket_list.h"

static const char *const step_names[CALL_STEPS] = {
    "s0",  "s1",  "s2",  "s3",  "s4",  "s5",  "s6",  "s7",  "s8",  "s9",  "s10", "s11", "s12",
    "s13", "s14", "s15", "s16", "s17", "s18", "s19", "s20", "s21", "s22", "s23", "s24", "s25",
    "s26", "s27", "s28", "s29", "s30", "s31", "s32", "s33", "s34", "s35", "s36", "s37", "s38",
    "s39", "s40", "s41", "s42", "s43", "s44", "s45", "s46", "s47", "s48", "s49",
};

// --- what the fields hold
// ------------------------------------------------------------------------

static void read_input(struct ctx *cx, struct request *rq, struct call_input *in)
{
    bool *helped = make(cx->arena, bool, CALL_STEPS);
    str mail, phone, name;
    for (int i = 0; i < CALL_STEPS; i++)
        helped[i] = form_has(rq, step_names[i]);
    *in = (struct call_input){.contact = {form_int(rq, "kontakt", 0)},
                              .said = form_text(rq, "sagt"),
                              .impact = (int)form_int(rq, "aus", 1),
                              .stands_still = form_int(rq, "steht", 0) != 0,
                              .solution = form_text(rq, "loesung"),
                              .helped = helped,
                              .steps = CALL_STEPS};
    if (form_has(rq, "kontakt_nehmen"))
        in->contact.n = form_int(rq, "kontakt_nehmen", 0);
    call_read_caller(cx->arena, form_text(rq, "wer"), &in->who, &in->mail, &in->phone);
    call_read_caller(cx->arena, form_text(rq, "erreichbar"), &name, &mail, &phone);
    in->mail = in->mail.n > 0 ? in->mail : mail;
    in->phone = in->phone.n > 0 ? in->phone : phone;
}

static enum err case_of(struct ctx *cx, struct request *rq, struct ticket *out)
{
    int64_t number;
    if (ticket_number_read(cx, path_text(rq, 0), &number) != OK) {
        ctx_forgive(cx);
        return db_absent(cx);
    }
    return ticket_by_number(cx, number, out);
}

// --- the page
// --------------------------------------------------------------------------------------

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
    isize n;
    solution_steps_read(cx->arena, lines, &step, &n);
    a->steps = n < CALL_STEPS ? n : CALL_STEPS;
    a->step = make(cx->arena, struct call_step, a->steps);
    for (isize i = 0; i < a->steps; i++)
        a->step[i] = (struct call_step){step_names[i], step[i].text, step[i].expected,
                                        form_has(rq, step_names[i])};
}

// The best answer is open, or the one that was asked for.
static void show_answers(struct ctx *cx, const struct request *rq, struct call_view *v,
                         const struct search_suggestion *s)
{
    v->answer = make(cx->arena, struct call_answer, s->solutions);
    v->answers = s->solutions;
    for (isize i = 0; i < s->solutions; i++) {
        struct call_answer *a = &v->answer[i];
        a->key = solution_key_text(cx->arena, s->solution[i].number);
        a->title = s->solution[i].title;
        a->best = i == 0;
        a->opened = v->open_key.n > 0 ? str_eq(v->open_key, a->key) : i == 0;
        if (a->opened) {
            v->open_key = a->key;
            show_steps(cx, rq, a, s->steps[i]);
        }
    }
}

static enum err show_suggestions(struct ctx *cx, const struct request *rq, struct call_view *v)
{
    struct search_suggestion s = {0};
    struct search_ask ask = {.words = v->said, .typing = true};
    if (v->said.n == 0)
        return OK;
    TRY(search_suggest(cx, &ask, &s));
    show_answers(cx, rq, v, &s);
    return OK;
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

static enum err finish_view(struct ctx *cx, struct request *rq, struct reply *rp,
                            struct call_view *v, ticket_id own)
{
    v->who = form_text(rq, "wer");
    v->reach = form_text(rq, "erreichbar");
    v->how = form_text(rq, "wie");
    v->parked = str_eq(form_text(rq, "ok"), S("geparkt"));
    str wished = form_text(rq, "zeigen");
    v->open_key = wished.n > 0 ? wished : form_text(rq, "loesung");
    TRY(show_found(cx, v));
    TRY(show_open(cx, v, own));
    TRY(show_suggestions(cx, rq, v));
    html_call_form(page_begin(cx, rq, rp, 200), v);
    return OK;
}

static enum err show_new(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct call_view v = {.action = {S("/w/call")},
                          .said = form_text(rq, "sagt"),
                          .stands_still = form_int(rq, "steht", 0) != 0};
    show_impact(&v, (int)form_int(rq, "aus", 1));
    TRY(show_contact(cx, (contact_id){form_int(rq, "kontakt", 0)}, &v));
    return finish_view(cx, rq, rp, &v, (ticket_id){0});
}

static enum err show_case(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct ticket t;
    TRY(case_of(cx, rq, &t));
    str number = ticket_number_shown(cx->arena, t.number);
    struct call_view v = {
        .action = {arena_fmt(cx->arena, "/w/call/" STR_FMT, STR_ARG(number))},
        .number = number,
        .version = t.version,
        .said = form_or(rq, "sagt", t.problem),
        .stands_still = rq->again ? form_int(rq, "steht", 0) != 0 : t.urgency == 4,
    };
    show_impact(&v, rq->again ? (int)form_int(rq, "aus", 1) : t.impact);
    if (t.due.ms != 0)
        v.promise = promise_words(cx->arena, cx->now, t.due, t.contact_formal);
    TRY(show_contact(cx, t.contact, &v));
    return finish_view(cx, rq, rp, &v, t.id);
}

// --- what the buttons do
// -----------------------------------------------------------------------------

static enum err to_case(struct ctx *cx, struct reply *rp, ticket_id id, const char *before,
                        const char *after)
{
    struct ticket t;
    TRY(ticket_load(cx, id, &t));
    str number = ticket_number_shown(cx->arena, t.number);
    return see_other(cx, rp, "%s" STR_FMT "%s", before, STR_ARG(number), after);
}

static enum err open_solution(struct ctx *cx, struct request *rq, struct reply *rp,
                              const struct ticket_at *at)
{
    str wished = form_text(rq, "zeigen");
    const char *after =
        wished.n == 0
            ? ""
            : arena_z(cx->arena, arena_fmt(cx->arena, "?zeigen=" STR_FMT, STR_ARG(wished)));
    int64_t key;
    if (wished.n > 0 && !solution_key_read(wished, &key))
        return db_absent(cx);
    return to_case(cx, rp, at->id, "/w/call/", after);
}

static enum err act(struct ctx *cx, struct request *rq, struct reply *rp, struct ticket_at *at)
{
    struct call_input in;
    str what = form_text(rq, "tun");
    read_input(cx, rq, &in);
    if (str_eq(what, S("f9"))) {
        TRY(call_solved(cx, &in, at, form_text(rq, "wie")));
        return to_case(cx, rp, at->id, "/w/t/", "");
    }
    TRY(call_keep(cx, &in, at));
    if (form_has(rq, "gehoert")) {
        ticket_id into = {form_int(rq, "gehoert", 0)};
        TRY(call_belongs_to(cx, at, into));
        return to_case(cx, rp, into, "/w/t/", "");
    }
    if (str_eq(what, S("f8")))
        return to_case(cx, rp, at->id, "/w/t/", "/uebergabe");
    if (str_eq(what, S("f4")))
        return to_case(cx, rp, at->id, "/w/t/", "/rueckfrage");
    if (str_eq(what, S("parken")))
        return see_other(cx, rp, "/w/call?ok=geparkt");
    return open_solution(cx, rq, rp, at);
}

static enum err begin(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct ticket_at at = {0};
    return act(cx, rq, rp, &at);
}

static enum err go_on(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct ticket t;
    TRY(case_of(cx, rq, &t));
    struct ticket_at at = {t.id, form_int(rq, "version", 0)};
    return act(cx, rq, rp, &at);
}

// --- while typing
// -------------------------------------------------------------------------------------

static void put_solution(struct ctx *cx, struct json_out *j, const struct search_hit *h,
                         str lines)
{
    struct solution_step *step;
    isize n;
    solution_steps_read(cx->arena, lines, &step, &n);
    json_open(j, '{');
    json_key_str(j, "key", solution_key_text(cx->arena, h->number));
    json_key_str(j, "title", h->title);
    json_key(j, "steps");
    json_open(j, '[');
    for (isize i = 0; i < n; i++) {
        json_open(j, '{');
        json_key_str(j, "text", step[i].text);
        json_key_str(j, "expected", step[i].expected);
        json_close(j, '}');
    }
    json_close(j, ']');
    json_close(j, '}');
}

static enum err put_solutions(struct ctx *cx, struct request *rq, struct json_out *j)
{
    struct search_suggestion s = {0};
    struct search_ask ask = {.words = form_text(rq, "q"), .typing = true};
    if (ask.words.n > 0)
        TRY(search_suggest(cx, &ask, &s));
    json_key(j, "solutions");
    json_open(j, '[');
    for (isize i = 0; i < s.solutions; i++)
        put_solution(cx, j, &s.solution[i], s.steps[i]);
    json_close(j, ']');
    return OK;
}

static enum err put_contacts(struct ctx *cx, struct request *rq, struct json_out *j)
{
    struct contact_found *c = NULL;
    isize n = 0;
    if (form_text(rq, "wer").n > 1)
        TRY(contact_find(cx, form_text(rq, "wer"), &c, &n));
    json_key(j, "contacts");
    json_open(j, '[');
    for (isize i = 0; i < n; i++) {
        json_open(j, '{');
        json_key_int(j, "id", c[i].id.n);
        json_key_str(j, "name", c[i].name);
        json_key_str(j, "org", c[i].org);
        json_key_str(j, "phone", c[i].phone);
        json_close(j, '}');
    }
    json_close(j, ']');
    return OK;
}

static enum err suggest(struct ctx *cx, struct request *rq, struct reply *rp)
{
    page_begin(cx, rq, rp, 200);
    rp->type = "application/json; charset=utf-8";
    struct json_out j = {.buf = rp->body};
    json_open(&j, '{');
    TRY(put_solutions(cx, rq, &j));
    TRY(put_contacts(cx, rq, &j));
    json_close(&j, '}');
    return OK;
}

// clang-format off
const struct route call_routes[] = {
    {GET,  "/w/call",           CAN_CALL, show_new,  .summary = "the phone capture"},
    {POST, "/w/call",           CAN_CALL, begin, show_new, .summary = "keep, hand over or solve a call"},
    {GET,  "/w/call/vorschlag", CAN_CALL, suggest,   .summary = "what may help, while the line is typed"},
    {GET,  "/w/call/{nr}",      CAN_CALL, show_case, .summary = "a call that has a case"},
    {POST, "/w/call/{nr}",      CAN_CALL, go_on, show_case, .summary = "keep, hand over or solve it"},
    {0},
};
// clang-format on
