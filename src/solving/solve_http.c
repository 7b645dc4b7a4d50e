// SPDX-License-Identifier: GPL-3.0-or-later
#include "solving/solve_http.h"

#include "base/limits.h"
#include "outbox/outbox.h"
#include "search/choose.h"
#include "search/search.h"
#include "solve.html.h"
#include "solving/undo.h"
#include "triage/triage_case.h"
#include "wording/wording.h"

enum {
    SOLVE_BY_WORDS = 3,    // offered by their words: as many as all together are few
    SOLVE_WORDS = 500,     // bytes of the problem that say what it is about
};

bool solve_serves(const struct solve_offer *o)
{
    return solution_serves(o->s.audience, o->s.confidence, 1);
}

// --- what is offered (V2) ----------------------------------------------------------------

static bool is_offered(const struct solve_page *v, solution_id id)
{
    for (isize i = 0; i < v->offers; i++)
        if (v->offer[i].s.id.n == id.n)
            return true;
    return false;
}

static enum err offer(struct ctx *cx, struct solve_page *v, solution_id id, bool tried)
{
    struct ctx quiet = ctx_quiet(cx);
    if (v->offers == SOLVE_OFFERED || id.n == 0 || is_offered(v, id))
        return OK;
    struct solve_offer *o = &v->offer[v->offers];
    enum err err = solution_load(&quiet, id, &o->s);
    if (err != OK)
        return err == ERR_ABSENT ? OK : err;
    if (o->s.confidence == SOLUTION_ARCHIVED)
        return OK;
    o->key = solution_key_text(cx->arena, o->s.key);
    o->tried = tried;
    v->offers++;
    return OK;
}

// Most used first among what is about the same.
static enum err offer_similar(struct ctx *cx, struct solve_page *v, struct solution_filter f)
{
    struct solution *s;
    isize n;
    if (f.category.n == 0 && f.product.n == 0)
        return OK;
    TRY(solution_list(cx, &f, &s, &n));
    for (isize most = v->offers; most < SOLVE_OFFERED; most++) {
        const struct solution *best = NULL;
        for (isize i = 0; i < n; i++)
            if (!is_offered(v, s[i].id) && (best == NULL || s[i].reused > best->reused))
                best = &s[i];
        if (best == NULL)
            break;
        TRY(offer(cx, v, best->id, false));
    }
    return OK;
}

// Where few are about the same, or nobody has said yet what the case is about.
static enum err offer_by_words(struct ctx *cx, struct solve_page *v)
{
    const struct ticket *t = &v->sheet.ticket;
    str words = arena_fmt(cx->arena, STR_FMT " " STR_FMT, STR_ARG(t->subject),
                          STR_ARG(str_head(t->problem, SOLVE_WORDS)));
    struct search_ask ask = {.words = str_head(words, LIMIT_SEARCH),
                             .kinds = 1 << SEARCH_SOLUTION,
                             .limit = SOLVE_BY_WORDS,
                             .product = t->product.n};
    struct search_hit *hit;
    isize n;
    TRY(search_run(cx, &ask, &hit, &n));
    for (isize i = 0; i < n && v->offers < SOLVE_BY_WORDS; i++)
        TRY(offer(cx, v, (solution_id){hit[i].id}, false));
    return OK;
}

static bool failed_since(const struct solution_link *named, const struct solution_link *link,
                         isize n)
{
    for (isize i = 0; i < n; i++)
        if (link[i].role == LINK_TRIED_FAILED && link[i].solution.n == named->solution.n
            && link[i].at.ms > named->at.ms)
            return true;
    return false;
}

static enum err offer_returned(struct ctx *cx, struct solve_page *v,
                               const struct solution_link *link, isize n)
{
    for (isize i = 0; i < n; i++)
        if (link[i].role == LINK_NAMED && !failed_since(&link[i], link, n))
            TRY(offer(cx, v, link[i].solution, false));
    return OK;
}

// While nobody has said what the case is about, what its page suggests holds here, too.
static enum err subject_of(struct ctx *cx, const struct ticket *t, struct solution_filter *out)
{
    struct triage_case c;
    *out = (struct solution_filter){.category = t->category, .product = t->product};
    if (t->category.n != 0 || t->product.n != 0)
        return OK;
    TRY(triage_case(cx, t, &c));
    out->category.n = c.value[TRIAGE_CATEGORY];
    out->product.n = c.value[TRIAGE_PRODUCT];
    return OK;
}

static enum err offer_all(struct ctx *cx, struct solve_page *v)
{
    const struct ticket *t = &v->sheet.ticket;
    struct solution_filter about;
    struct solution_link *link;
    isize n;
    TRY(solution_links(cx, t->id, &link, &n));
    TRY(offer_returned(cx, v, link, n));
    for (isize i = 0; i < n; i++)
        if (link[i].role != LINK_TRIED_FAILED && link[i].role != LINK_NAMED)
            TRY(offer(cx, v, link[i].solution, false));
    v->named = v->offers > 0;
    TRY(subject_of(cx, t, &about));
    TRY(offer_similar(cx, v, about));
    TRY(offer_similar(cx, v, (struct solution_filter){.category = about.category}));
    TRY(offer_by_words(cx, v));
    for (isize i = 0; i < n; i++)
        if (link[i].role == LINK_TRIED_FAILED)
            TRY(offer(cx, v, link[i].solution, true));
    return OK;
}

// --- the sheet ---------------------------------------------------------------------------

// V1: fit to be sent as it is.
static enum err usual_message(struct ctx *cx, const struct ticket *t, str *out)
{
    struct wording_values v = {.greeting = ticket_greeting(cx->arena, t)};
    return wording_write(cx, t, WORDING_SOLVED, &v, out);
}

static enum err fill_draft(struct ctx *cx, const struct request *rq, struct solve_page *v)
{
    struct solution draft;
    TRY(solution_draft_from(cx, v->sheet.ticket.id, &draft));
    return solution_form_open(cx, sheet_typed(cx, rq, &v->sheet), &draft, &v->form);
}

static enum err open(struct ctx *cx, struct request *rq, struct solve_page *v)
{
    int64_t how = SOLVED_BY_TEXT, front = 0;
    *v = (struct solve_page){0};
    TRY(sheet_open(cx, rq, "geloest", DRAFT_SOLVING, &v->sheet));
    const struct ticket *t = &v->sheet.ticket;
    v->by_mail = t->contact_mail.n > 0;
    v->other = sheet_text(rq, &v->sheet, "other", S(""));
    TRY(offer_all(cx, v));
    v->chosen = sheet_text(rq, &v->sheet, "solution", v->named ? v->offer[0].key : S(""));
    str_to_int(sheet_text(rq, &v->sheet, "how", S("")), &how);
    v->how = (enum solved_how)how;
    str_to_int(sheet_text(rq, &v->sheet, "front", S("")), &front);
    v->front = (enum solving_front)front;
    v->text = sheet_text(rq, &v->sheet, "text", S(""));
    TRY(usual_message(cx, t, &v->message));
    v->message = sheet_text(rq, &v->sheet, "message", v->message);
    v->told = sheet_text(rq, &v->sheet, "told", v->by_mail ? S("") : S("1")).n > 0;
    return fill_draft(cx, rq, v);
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct solve_page *v = make(cx->arena, struct solve_page, 1);
    TRY(open(cx, rq, v));
    html_solve(page_begin(cx, rq, rp, 200), v);
    return OK;
}

// --- solving -----------------------------------------------------------------------------

// V3
static enum err find_chosen(struct ctx *cx, const struct solve_page *v, solution_id *out)
{
    str typed = str_eq(v->chosen, S("andere")) ? v->other : v->chosen;
    if (typed.n == 0)
        return invalid(cx, "solution", "Which solution helped?", "Welche Lösung hat geholfen?");
    return choose_solution(cx, "solution", typed, out);
}

// V5.  Before the case is solved, because a solved one takes no reply.
static enum err write_message(struct ctx *cx, struct ticket_at *at, const struct solve_page *v)
{
    message_id id;
    if (v->told || v->message.n == 0)
        return OK;
    if (str_eq(v->message, ticket_greeting(cx->arena, &v->sheet.ticket)))
        return invalid(cx, "message", "There is nothing but the greeting.",
                       "Da steht nur die Anrede.");
    return outbox_reply(cx, at,
                        &(struct message_new){.kind = MESSAGE_REPLY,
                                              .channel = CHANNEL_PORTAL,
                                              .body = v->message,
                                              .seen = MESSAGE_SEEN_ALL},
                        &id);
}

static enum err send(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct solve_page *v = make(cx->arena, struct solve_page, 1);
    struct solving_done done;
    TRY(open(cx, rq, v));
    if (sheet_leaves(rq))
        return sheet_keep(cx, rq, rp, &v->sheet);
    struct ticket_at at = sheet_at(rq, &v->sheet);
    struct solving s = {.told = v->told || (v->by_mail && v->message.n > 0), .front = v->front};
    if (str_eq(v->chosen, S("neu"))) {
        s.fresh = &v->form.s;
    } else if (str_eq(v->chosen, S("ohne"))) {
        s.how = v->how;
        s.text = v->text;
    } else {
        TRY(find_chosen(cx, v, &s.solution));
    }
    TRY(write_message(cx, &at, v));
    TRY(solving_finish(cx, &at, &s, &done));
    TRY(draft_drop(cx, at.id,
                   DRAFT_SOLVING));    // what a call had kept, too: it goes on no more
    return sheet_done(cx, rp, &v->sheet);
}

// --- taking it back --------------------------------------------------------------------------

// V8
static enum err fill_again(struct ctx *cx, struct sheet s, const struct undone *u)
{
    struct solution known = {0};
    if (u->solution.n != 0)
        TRY(solution_load(cx, u->solution, &known));
    str key = u->solution.n != 0 ? solution_key_text(cx->arena, known.key) : S("");
    struct field form[] = {{S("solution"), key.n > 0 ? S("andere") : S("ohne")},
                           {S("other"), key},
                           {S("how"), arena_fmt(cx->arena, "%d", (int)u->how)},
                           {S("text"), u->text},
                           {S("message"), u->letter},
                           {S("told"), u->letter.n > 0 ? S("") : S("1")}};
    for (isize i = 1; i < countof(form); i++)
        form[i - 1].next = &form[i];
    s.name = "geloest";
    return sheet_fill(cx, &s, form);
}

// The call goes on where it was, with what its page held.
static enum err take_back(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct sheet s;
    struct undone undone;
    TRY(sheet_open(cx, rq, "anruf", DRAFT_SOLVING, &s));
    struct ticket_at at = ticket_at(&s.ticket);
    TRY(undo_solving(cx, &at, &undone));
    if (s.kept != NULL)
        return see_other(cx, rp, "/w/call/" STR_FMT, STR_ARG(s.number));
    TRY(fill_again(cx, s, &undone));
    return see_other(cx, rp, "/w/t/" STR_FMT "/geloest", STR_ARG(s.number));
}

// clang-format off
const struct route solve_routes[] = {
    {GET,  "/w/t/{nr}/geloest", CAN_WORK, show, .summary = "the solve sheet"},
    {POST, "/w/t/{nr}/geloest", CAN_WORK, send, show, .summary = "solve a case"},
    {POST, "/w/t/{nr}/ungeloest", CAN_WORK, take_back, .summary = "take solving back, for ten seconds"},
    {0},
};
// clang-format on
