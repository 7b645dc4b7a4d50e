// SPDX-License-Identifier: GPL-3.0-or-later
#include "circular/circular_http.h"

#include "base/secret.h"
#include "base/when.h"

str circular_box(const struct page *p, ticket_id ticket)
{
    return arena_fmt(p->cx->arena, "an-%lld", (long long)ticket.n);
}

static bool is_ticked(struct ctx *cx, const struct request *rq, ticket_id ticket)
{
    const struct page p = {.cx = cx};
    return form_has(rq, arena_z(cx->arena, circular_box(&p, ticket)));
}

bool circular_ticked(const struct page *p, const struct circular_letter *l)
{
    return !form_has(p->rq, "schluessel") || is_ticked(p->cx, p->rq, l->ticket);
}

bool circular_page_looks(const struct request *rq)
{
    return str_eq(form_text(rq, "tun"), S("ansehen"));
}

enum err circular_page_open(struct ctx *cx, const struct request *rq, struct circular_page *v)
{
    struct circular_letter *letter;
    v->text.de = form_or(rq, "de", v->text.de);
    v->text.du = form_or(rq, "du", v->text.du);
    v->text.en = form_or(rq, "en", v->text.en);
    v->page.de = form_or(rq, "seite_de", v->page.de);
    v->page.en = form_or(rq, "seite_en", v->page.en);
    v->day = form_or(rq, "tag", v->day);
    v->clock = form_or(rq, "uhr", v->clock);
    v->looked = circular_page_looks(rq);
    if (form_has(rq, "schluessel"))
        v->solve = form_has(rq, "loesen");
    v->letters = 0;
    if (v->tickets == 0)
        return OK;
    struct circular_new c = {.text = v->text, .ticket = v->ticket, .n = v->tickets};
    TRY(circular_letters(cx, &c, &letter, &v->letters));
    v->letter = letter;
    return OK;
}

// C9.  A page one comes back to can be used again for another text.
static str key_of(struct ctx *cx, const struct request *rq, const struct circular_page *v)
{
    str key = form_text(rq, "schluessel");
    str all = arena_fmt(cx->arena, STR_FMT "\n" STR_FMT "\n" STR_FMT "\n" STR_FMT "\n" STR_FMT,
                        STR_ARG(key), STR_ARG(v->action.s), STR_ARG(v->text.de),
                        STR_ARG(v->text.du), STR_ARG(v->text.en));
    return arena_fmt(cx->arena, "%lld:" STR_FMT, (long long)cx->who.person.n,
                     STR_ARG(secret_hex(cx->arena, secret_hash(cx->arena, all))));
}

enum err circular_page_take(struct ctx *cx, const struct request *rq,
                            const struct circular_page *v, struct circular_new *out)
{
    ticket_id *ticket = make(cx->arena, ticket_id, v->tickets + 1);
    struct circular_new c = {.text = v->text, .ticket = ticket, .solve = v->solve};
    for (isize i = 0; i < v->tickets; i++)
        if (is_ticked(cx, rq, v->ticket[i]))
            ticket[c.n++] = v->ticket[i];
    c.key = key_of(cx, rq, v);
    if (v->ask_next && str_trim(v->clock).n > 0
        && !when_read(v->day, v->clock, cx->now, &c.next))
        return invalid(cx, "next", "Give a day and a time, like “today” and “14:30”.",
                       "Gib einen Tag und eine Uhrzeit an, etwa „heute“ und „14:30“.");
    *out = c;
    return OK;
}

enum err circular_state_open(struct ctx *cx, circular_id id, struct circular_state *v)
{
    struct circular_letter *refused;
    TRY(circular_count(cx, id, &v->count));
    TRY(circular_refused(cx, id, &refused, &v->refuseds));
    v->refused = refused;
    v->id = id;
    v->undoable = circular_undoable(&v->count, cx->now);
    v->left_s = (v->count.leaves.ms - cx->now.ms + 999) / 1000;
    return OK;
}
