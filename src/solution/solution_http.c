// SPDX-License-Identifier: GPL-3.0-or-later
#include "solution/solution_http.h"

#include "solution.html.h"
#include "solution_form.html.h"

enum err solution_asked(struct ctx *cx, const struct request *rq, struct solution *out)
{
    enum err err = solution_by_key(cx, path_text(rq, 0), out);
    if (err != ERR_INVALID)
        return err;
    ctx_forgive(cx);    // an address, not a field
    return db_absent(cx);
}

const char *solution_tone(enum confidence c)
{
    return c == SOLUTION_VALIDATED ? "good" : c == SOLUTION_WIP ? "warn" : "plain";
}

// --- read --------------------------------------------------------------------------------

static enum err load_names(struct ctx *cx, struct solution_page *v)
{
    struct category category = {0};
    struct product product = {0};
    if (v->s.category.n != 0)
        TRY(category_load(cx, v->s.category, &category));
    if (v->s.product.n != 0)
        TRY(product_load(cx, v->s.product, &product));
    v->category = category.name;
    v->product = product.name;
    return OK;
}

// K4 as the domain decides it; its sentence is for who tries, not for who reads.
static bool may_mend(struct ctx *cx, const struct solution *old, enum confidence confidence)
{
    struct ctx asks = ctx_quiet(cx);
    struct solution fresh = *old;
    fresh.confidence = confidence;
    return solution_check_right(&asks, old, &fresh) == OK;
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct solution_page *v = make(cx->arena, struct solution_page, 1);
    int64_t number;
    TRY(solution_asked(cx, rq, &v->s));
    v->key = solution_key_text(cx->arena, v->s.key);
    v->writable = may_mend(cx, &v->s, v->s.confidence);
    v->archivable =
        v->s.confidence != SOLUTION_ARCHIVED && may_mend(cx, &v->s, SOLUTION_ARCHIVED);
    if (form_has(rq, "t") && ticket_number_read(cx, form_text(rq, "t"), &number) == OK)
        v->number = ticket_number_shown(cx->arena, number);
    TRY(load_names(cx, v));
    html_solution_read(page_begin(cx, rq, rp, 200), v);
    return OK;
}

static enum err to_page(struct ctx *cx, struct reply *rp, const struct solution *s)
{
    str key = solution_key_text(cx->arena, s->key);
    return see_other(cx, rp, "/w/kb/" STR_FMT, STR_ARG(key));
}

// --- write -------------------------------------------------------------------------------

static enum err show_new(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct solution_form *f = make(cx->arena, struct solution_form, 1);
    struct solution blank = {.kind = SOLUTION_FIX,
                             .confidence = SOLUTION_NOT_VALIDATED,
                             .audience = SOLUTION_L1,
                             .lang = cx->lang};
    TRY(solution_form_open(cx, rq, &blank, f));
    f->action = (struct url){S("/w/kb/neu")};
    f->back = (struct url){S("/w/kb")};
    f->back_name = words_in(SAY("Knowledge", "Wissen"), cx->lang);
    html_solution_form(page_begin(cx, rq, rp, 200), f,
                       words_in(SAY("New solution", "Neue Lösung"), cx->lang),
                       SAY("Short sentences, one step a line. The 1st level reads them out on "
                           "the phone.",
                           "Kurze Sätze, ein Schritt je Zeile. 1st Level liest sie am Telefon "
                           "vor."));
    return OK;
}

static enum err add(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct solution s = {.lang = cx->lang};
    TRY(solution_form_take(cx, rq, &s));
    TRY(solution_add(cx, &s, &s.id));
    TRY(solution_load(cx, s.id, &s));
    return to_page(cx, rp, &s);
}

static enum err show_edit(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct solution_form *f = make(cx->arena, struct solution_form, 1);
    struct solution s;
    TRY(solution_asked(cx, rq, &s));
    TRY(solution_check_right(cx, &s, &s));
    TRY(solution_form_open(cx, rq, &s, f));
    str page = arena_fmt(cx->arena, "/w/kb/" STR_FMT, STR_ARG(f->key));
    f->back_name = arena_fmt(cx->arena, STR_FMT " " STR_FMT, STR_ARG(f->key), STR_ARG(s.title));
    f->back = (struct url){page};
    f->action = (struct url){arena_join(cx->arena, page, S("/bearbeiten"))};
    html_solution_form(page_begin(cx, rq, rp, 200), f,
                       words_in(SAY("Edit the solution", "Lösung bearbeiten"), cx->lang),
                       SAY("Short sentences, one step a line. The 1st level reads them out on "
                           "the phone.",
                           "Kurze Sätze, ein Schritt je Zeile. 1st Level liest sie am Telefon "
                           "vor."));
    return OK;
}

static enum err change(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct solution old, s;
    TRY(solution_asked(cx, rq, &old));
    s = old;
    TRY(solution_form_take(cx, rq, &s));
    s.version = form_int(rq, "version", 0);
    TRY(solution_change(cx, &s));
    if (s.audience != old.audience || s.confidence != old.confidence)
        TRY(solution_set_audience(cx, s.id, s.version + 1, s.audience, s.confidence));
    return to_page(cx, rp, &old);
}

static enum err archive(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct solution s;
    TRY(solution_asked(cx, rq, &s));
    TRY(solution_archive(cx, s.id, form_int(rq, "version", 0)));
    return to_page(cx, rp, &s);
}

static enum err flag(struct ctx *cx, struct request *rq, struct reply *rp)    // D4
{
    struct solution s;
    TRY(solution_asked(cx, rq, &s));
    TRY(solution_flag(cx, s.id, form_text(rq, "flag")));
    return to_page(cx, rp, &s);
}

static enum err unflag(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct solution s;
    TRY(solution_asked(cx, rq, &s));
    TRY(solution_unflag(cx, s.id, form_int(rq, "version", 0)));
    return to_page(cx, rp, &s);
}

static enum err link_case(struct ctx *cx, struct request *rq, struct reply *rp)    // D3
{
    struct solution s;
    struct ticket t;
    int64_t number;
    int64_t role = form_int(rq, "role", LINK_HELPED);
    TRY(solution_asked(cx, rq, &s));
    TRY(ticket_number_read(cx, form_text(rq, "t"), &number));
    TRY(ticket_by_number(cx, number, &t));
    // "Resolved" is said by solving the case, never by a link alone.
    if (role != LINK_HELPED && role != LINK_TRIED_FAILED)
        return invalid(cx, "role", "Did it help or not?", "Hat sie geholfen oder nicht?");
    TRY(solution_link(cx, t.id, s.id, (enum link_role)role));
    str shown = ticket_number_shown(cx->arena, number);
    return see_other(cx, rp, "/w/t/" STR_FMT, STR_ARG(shown));
}

// clang-format off
const struct route solution_routes[] = {
    {GET,  "/w/kb/neu",                CAN_WRITE_SOLUTION, show_new,  .summary = "the form for a new solution"},
    {POST, "/w/kb/neu",                CAN_WRITE_SOLUTION, add,       show_new,  .summary = "write a new solution"},
    {GET,  "/w/kb/{key}",              CAN_WORK,           show,      .summary = "read a solution"},
    {GET,  "/w/kb/{key}/bearbeiten",   CAN_WRITE_SOLUTION, show_edit, .summary = "the form to mend a solution"},
    {POST, "/w/kb/{key}/bearbeiten",   CAN_WRITE_SOLUTION, change,    show_edit, .summary = "mend a solution, or decide who may use it"},
    {POST, "/w/kb/{key}/archivieren",  CAN_WRITE_SOLUTION, archive,   show,      .summary = "put a solution away"},
    {POST, "/w/kb/{key}/stimmt-nicht", CAN_WORK,           flag,      show,      .summary = "say what is wrong with a solution"},
    {POST, "/w/kb/{key}/stimmt-wieder",CAN_WRITE_SOLUTION, unflag,    show,      .summary = "say that it is mended"},
    {POST, "/w/kb/{key}/verknuepfen",  CAN_WORK,           link_case, show,      .summary = "name a solution in a case"},
    {0},
};
// clang-format on
