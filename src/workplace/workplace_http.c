// SPDX-License-Identifier: GPL-3.0-or-later
#include "workplace/workplace_http.h"

#include "base/limits.h"
#include "base/now.h"
#include "base/size.h"
#include "base/when.h"
#include "mail/build.h"
#include "outbox/outbox.h"
#include "solving/undo.h"
#include "web/site.h"
#include "workplace.html.h"

enum { OTHERS_SHOWN = 100 };    // bytes of a line that is not folded

// --- words of the templates ----------------------------------------------------------------

str workplace_title(struct page *p, const struct workplace *w)
{
    struct buf b = buf_new(p->cx->arena, w->number.n + w->ticket.subject.n + 1);
    buf_put(&b, w->number);
    buf_char(&b, ' ');
    buf_put(&b, w->ticket.subject);
    return buf_str(&b);
}

// Each form of the page brings its own fields; those of the others show what is stored.
str workplace_typed(const struct page *p, const char *field, str stored)
{
    return p->rq->again && form_has(p->rq, field) ? form_text(p->rq, field) : stored;
}

str workplace_customer(const struct page *p, const struct workplace *w)
{
    if (w->ticket.contact_name.n > 0)
        return w->ticket.contact_name;
    return words_in(SAY("the customer", "Kundin oder Kunde"), p->cx->lang);
}

static str usual_answer(const struct page *p)
{
    return words_in(SAY("Answer", "Rückmeldung"), p->cx->lang);
}

str workplace_what(const struct page *p, const struct promise *k)
{
    return k->what.n > 0 ? k->what : usual_answer(p);
}

str workplace_promised(const struct page *p, const struct workplace *w)
{
    for (isize i = 0; i < w->timeline.promises; i++) {
        const struct promise *k = &w->timeline.promise[i];
        if (k->state == PROMISE_OPEN && k->due.ms == w->ticket.due.ms)
            return workplace_what(p, k);
    }
    return usual_answer(p);
}

str workplace_size(const struct page *p, int64_t bytes)
{
    return size_short(p->cx->arena, bytes);
}

// What a telephone needs of "+49 (0)89 555-0100": nothing but digits and a plus in front, so
// the address is safe whatever was typed.
struct url workplace_dial(const struct page *p, str phone)
{
    struct buf b = buf_new(p->cx->arena, phone.n + 8);
    isize zero = str_find(phone, S("(0)"));
    buf_put(&b, S("tel:"));
    for (isize i = 0; i < phone.n; i++) {
        bool digit = phone.p[i] >= '0' && phone.p[i] <= '9', extra = zero >= 0 && i == zero + 1;
        if ((digit && !extra) || (phone.p[i] == '+' && i == 0))
            buf_char(&b, phone.p[i]);
    }
    return (struct url){buf_str(&b)};
}

str workplace_fails(const struct page *p, const struct ticket *t)
{
    enum bounce_reason r = (enum bounce_reason)t->contact_mail_fails;
    return words_in(bounce_reason_say(r), p->cx->lang);
}

static const struct undelivered *proven_of(const struct timeline_entry *e)
{
    for (isize i = e->returns; i > 0; i--)
        if (!e->returned[i - 1].unproven)
            return &e->returned[i - 1];
    return NULL;
}

// What was said last about the newest reply.
const struct undelivered *workplace_lost(const struct workplace *w)
{
    const struct timeline *tl = &w->timeline;
    for (isize i = tl->n; i > 0; i--) {
        const struct timeline_entry *e = &tl->entry[i - 1];
        if (e->kind == ENTRY_MESSAGE && e->message->kind == MESSAGE_REPLY
            && e->message->sent != MESSAGE_UNDONE)
            return proven_of(e);
    }
    return NULL;
}

bool workplace_unwritable(const struct page *p, const struct ticket *t)
{
    str written;
    return t->contact_mail.n > 0
           && !mail_address_written(p->cx->arena, t->contact_mail, &written);
}

const struct sheet_waits *workplace_waiting(const struct page *p, const struct workplace *w)
{
    struct sheet_waits *v = make(p->cx->arena, struct sheet_waits, 1);
    *v = (struct sheet_waits){w->unsent, w->unsents, w->number, w->ticket.contact_name};
    return v;
}

bool workplace_seals(const struct page *p)
{
    bool keys = p->rq->site != NULL && site_config(p->rq->site)->keys.n > 0;
    return keys || frame_can(p, CAN_CONFIGURE);
}

const char *workplace_tone(const struct page *p, instant due)
{
    if (due.ms < p->cx->now.ms)
        return "late";
    return due.ms < instant_plus(p->cx->now, 3600).ms ? "soon" : "";
}

const char *workplace_station(const struct workplace *w, const struct engagement_station *s)
{
    if (s->state == ENGAGED_REQUESTED)
        return "asked";
    bool here = s->worked && s->until.ms == 0 && s->team.n == w->ticket.work_team.n;
    return here && !workplace_is_over(w) ? "now" : "past";
}

const char *workplace_entry(const struct message *m)
{
    switch (m->kind) {
    case MESSAGE_REPLY:
    case MESSAGE_AUTO:
        return "out";
    case MESSAGE_NOTE:
    case MESSAGE_SYSTEM:
        return "intern";
    case MESSAGE_CALL:
    case MESSAGE_CUSTOMER:
        break;
    }
    return "in";
}

int workplace_others_count(const struct message *m)
{
    int n = m->others.n > 0;
    for (isize i = 0; i < m->others.n; i++)
        n += m->others.p[i] == '\n';
    return n;
}

bool workplace_others_long(const struct message *m)
{
    return m->others.n > OTHERS_SHOWN;
}

str workplace_others(const struct page *p, const struct message *m)
{
    struct buf b = buf_new(p->cx->arena, m->others.n + 20);
    for (str rest = m->others; rest.n > 0;) {
        buf_put(&b, b.n > 0 ? S(", ") : S(""));
        buf_put(&b, str_token(&rest, '\n'));
    }
    return buf_str(&b);
}

// A station of the way: the day is said once where it is one.
str workplace_span(const struct page *p, instant from, instant until)
{
    struct arena *a = p->cx->arena;
    bool one_day = str_eq(zone_date(a, from, LANG_DE), zone_date(a, until, LANG_DE));
    str end = one_day ? zone_clock(a, until) : zone_short(a, until, p->cx->now, p->cx->lang);
    return arena_fmt(a, STR_FMT "%s" STR_FMT,
                     STR_ARG(zone_short(a, from, p->cx->now, p->cx->lang)),
                     p->cx->lang == LANG_EN ? " to " : " bis ", STR_ARG(end));
}

instant workplace_since(const struct engagement *e)
{
    return e->concluded.ms != 0  ? e->concluded
           : e->accepted.ms != 0 ? e->accepted
                                 : e->requested;
}

bool workplace_talks(const struct ctx *cx, const struct engagement *e)
{
    return e->live == LIVE_NOW && e->concluded.ms == 0 && e->from_person.n == cx->who.person.n;
}

bool workplace_passed_on(const struct engagement *e)
{
    return e->state == ENGAGED_HANDED_ON && e->accepted.ms != 0;
}

bool workplace_answers(const struct workplace *w, const struct engagement *e)
{
    for (isize i = 0; i < w->mines; i++)
        if (w->mine[i]->id.n == e->id.n)
            return true;
    return false;
}

bool workplace_names(const struct engagement *e, const struct solution_link *l)
{
    return l->role == LINK_NAMED && l->solution.n == e->solution.n;
}

// P5
str workplace_ended(struct page *p, const struct workplace *w)
{
    const struct ticket *t = &w->ticket;
    struct arena *a = p->cx->arena;
    str status = words_in(ticket_words_status[t->status].name, p->cx->lang);
    if (t->solved_how == 0)
        return status;
    for (isize i = 0; i < w->links; i++)
        if (w->link[i].role == LINK_RESOLVED && w->link[i].solution.n == t->solution)
            return arena_fmt(a, STR_FMT ": " STR_FMT " (" STR_FMT ")", STR_ARG(status),
                             STR_ARG(w->link[i].title),
                             STR_ARG(solution_key_text(a, w->link[i].key)));
    str how = t->solved_text.n > 0
                  ? t->solved_text
                  : words_in(ticket_words_how[t->solved_how].name, p->cx->lang);
    return arena_fmt(a, STR_FMT ": " STR_FMT, STR_ARG(status), STR_ARG(how));
}

// --- the page ------------------------------------------------------------------------------

enum err workplace_form(struct ctx *cx, const struct request *rq, struct ticket *out,
                        struct ticket_at *at)
{
    TRY(sheet_ticket(cx, rq, out));    // H2
    *at = sheet_at_of(rq, out->id);
    return OK;
}

enum err workplace_back(struct ctx *cx, struct reply *rp, const struct ticket *t)
{
    return see_other(cx, rp, "/w/t/" STR_FMT,
                     STR_ARG(ticket_number_shown(cx->arena, t->number)));
}

static struct timeline_wish wish_of(const struct request *rq)
{
    int filter = SHOW_ALL;
    struct timeline_wish w = {.before = {form_int(rq, "vor", 0)},
                              .until = {form_int(rq, "bis", 0)}};
    ticket_words_find(timeline_filters, form_text(rq, "f"), &filter);
    w.filter = (enum timeline_filter)filter;
    return w;
}

static void find_stop(const struct request *rq, struct workplace_page *v)
{
    const struct timeline *tl = &v->w->timeline;
    if (!rq->again || !form_has(rq, "gesehen"))
        return;
    v->seen = form_int(rq, "gesehen", 0);
    for (isize i = 0; i < tl->n; i++) {
        const struct message *m = tl->entry[i].message;
        v->stopped += m != NULL && !m->internal && m->id.n > v->seen;
    }
}

static enum err page_of(struct ctx *cx, const struct request *rq, const struct workplace *w,
                        struct workplace_page *out)
{
    const struct draft *reply = &w->draft[DRAFT_REPLY], *note = &w->draft[DRAFT_NOTE];
    struct workplace_page v = {.w = w, .reply = reply->body, .note = note->body};
    if (v.reply.n == 0)
        v.reply = workplace_greeting(cx->arena, &w->ticket);
    if (reply->leave.ms > cx->now.ms) {
        v.day = when_day(cx->arena, reply->leave, cx->lang);
        v.clock = when_clock(cx->arena, reply->leave);
    }
    v.saved = reply->at.ms > note->at.ms ? reply->at : note->at;
    str kind = form_text(rq, "art");
    v.internal = kind.n > 0 ? str_eq(kind, S("intern")) : note->at.ms > reply->at.ms;
    find_stop(rq, &v);
    TRY(undo_left(cx, &w->ticket, &v.undo_s));
    TRY(undo_untold(cx, &w->ticket, &v.untold));
    *out = v;
    return OK;
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct ticket t;
    struct workplace w;
    struct timeline_wish wish = wish_of(rq);
    TRY(sheet_ticket(cx, rq, &t));    // H2
    TRY(workplace_load(cx, &t, &wish, &w));
    struct workplace_page v;
    TRY(page_of(cx, rq, &w, &v));
    TRY(workplace_merged(cx, &t, form_text(rq, "dazu"), &v.merged));
    html_workplace(page_begin(cx, rq, rp, 200), &v);
    return OK;
}

enum err workplace_again(struct ctx *cx, struct request *rq, struct reply *rp)
{
    return show(cx, rq, rp);
}

// clang-format off
const struct route workplace_routes[] = {
    {GET, "/w/t/{nr}", CAN_WORK, show, .summary = "a case"},
    {0},
};
// clang-format on
