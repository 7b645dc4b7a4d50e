// SPDX-License-Identifier: GPL-3.0-or-later
#include "outbox/outbox_http.h"

#include "mail/message.h"
#include "outbox.html.h"
#include "outbox/letter.h"
#include "outbox_by_hand.sql.h"
#include "tenant/tenant.h"
#include "web/site.h"

struct words outbox_state_words(const struct page *p, const struct outbox_row *o)
{
    switch (o->state) {
    case OUTBOX_QUEUED:
        if (o->tries > 0)
            return SAY("the relay asked to come back later", "Gegenstelle bittet um Geduld");
        return o->send_at.ms > p->cx->now.ms
                   ? SAY("can still be taken back", "wartet auf Rückholfrist")
                   : SAY("leaves now", "geht jetzt raus");
    case OUTBOX_DATA:
        return SAY("being handed over", "wird übergeben");
    case OUTBOX_UNSURE:
        return SAY("may have arrived", "vielleicht angekommen");
    case OUTBOX_SENT:
        return SAY("sent", "gesendet");
    case OUTBOX_FAILED:
        return SAY("not delivered", "nicht zustellbar");
    case OUTBOX_UNDONE:
        return SAY("taken back", "zurückgeholt");
    case OUTBOX_KEPT:
        return SAY("kept", "aufbewahrt");
    case OUTBOX_BOUNCED:
        return SAY("came back", "kam zurück");
    case OUTBOX_HELD:
        return SAY("held: the customer has written since", "angehalten: inzwischen kam etwas Neues");
    }
    return SAY("", "");
}

struct words outbox_twice(const struct page *p, const struct outbox_row *o)
{
    switch (o->state) {
    case OUTBOX_SENT:
    case OUTBOX_BOUNCED:
        return SAY("sent twice: the first one may have arrived, too",
                   "zweimal gesendet: Die erste kam vielleicht auch an");
    case OUTBOX_UNSURE:
        return o->send_at.ms > p->cx->now.ms
                   ? SAY(
                       "the relay's answer was lost; sent once more, with the same Message-ID",
                       "Antwort der Gegenstelle ging verloren; wird einmal wiederholt, mit "
                       "derselben Message-ID")
                   : SAY("no answer twice; not sent again by itself",
                         "zweimal keine Antwort; wird nicht von selbst wiederholt");
    case OUTBOX_QUEUED:
    case OUTBOX_DATA:
    case OUTBOX_FAILED:
    case OUTBOX_UNDONE:
    case OUTBOX_KEPT:
    case OUTBOX_HELD:
        break;
    }
    return SAY("may have arrived before", "kam vielleicht schon einmal an");
}

const char *outbox_tone(const struct outbox_row *o)
{
    bool bad = o->state == OUTBOX_FAILED || o->state == OUTBOX_BOUNCED;
    bool waits = o->state == OUTBOX_UNSURE || o->state == OUTBOX_HELD
                 || (o->state == OUTBOX_QUEUED && o->tries > 0);
    return bad ? "bad" : waits ? "warn" : o->state == OUTBOX_SENT ? "good" : "info";
}

instant outbox_when(const struct outbox_row *o)
{
    return o->sent.ms != 0 ? o->sent : o->state == OUTBOX_QUEUED ? o->send_at : o->created;
}

str outbox_number(const struct page *p, int64_t number)
{
    return ticket_number_shown(p->cx->arena, number);
}

bool outbox_can_hurry(const struct page *p, const struct outbox_row *o)
{
    return o->state == OUTBOX_QUEUED && o->tries > 0 && o->send_at.ms > p->cx->now.ms;
}

bool outbox_can_stop(const struct outbox_row *o)
{
    return o->state == OUTBOX_QUEUED || o->state == OUTBOX_UNSURE;
}

bool outbox_can_retry(const struct outbox_row *o)
{
    return o->state == OUTBOX_UNSURE || o->state == OUTBOX_FAILED || o->state == OUTBOX_KEPT;
}

static bool keeps_mail(const struct request *rq)
{
    return rq->site == NULL || site_config(rq->site)->keeps_mail;
}

// --- the queue ---------------------------------------------------------------------------

enum { STATES = 4 };    // on a tab, at most

static const struct {
    str name;
    enum outbox_tab tab;
    enum outbox_state state[STATES];
} tabs[] = {
    {{"", 0}, TAB_OPEN, {OUTBOX_QUEUED, OUTBOX_DATA, OUTBOX_UNSURE, OUTBOX_HELD}},
    {{"gesendet", 8}, TAB_SENT, {OUTBOX_SENT}},
    {{"fehler", 6}, TAB_FAILED, {OUTBOX_FAILED, OUTBOX_BOUNCED}},
    {{"behalten", 8}, TAB_KEPT, {OUTBOX_KEPT}},
};

static enum err load(struct ctx *cx, struct outbox_page *v, isize tab)
{
    struct outbox_row *part[STATES] = {0};
    isize n[STATES] = {0}, at[STATES] = {0}, all = 0;
    v->tab = tabs[tab].tab;
    for (int i = 0; i < STATES && tabs[tab].state[i] != 0; i++) {
        TRY(outbox_list(cx, tabs[tab].state[i], &part[i], &n[i]));
        all += n[i];
    }
    struct outbox_row *row = make(cx->arena, struct outbox_row, all);
    while (v->n < all) {    // newest first across the states
        int best = -1;
        for (int i = 0; i < STATES; i++)
            if (at[i] < n[i] && (best < 0 || part[i][at[i]].id.n > part[best][at[best]].id.n))
                best = i;
        row[v->n++] = part[best][at[best]];
        at[best]++;
    }
    v->row = row;
    return OK;
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct outbox_page *v = make(cx->arena, struct outbox_page, 1);
    isize tab = 0;
    for (isize i = 0; i < countof(tabs); i++)
        if (str_eq(form_text(rq, "v"), tabs[i].name))
            tab = i;
    v->keeps = keeps_mail(rq);
    TRY(load(cx, v, tab));
    html_outbox(page_begin(cx, rq, rp, 200), v);
    return OK;
}

static enum err do_it(struct ctx *cx, outbox_id id, str what)
{
    if (str_eq(what, S("jetzt")))
        return outbox_hurry(cx, id);
    if (str_eq(what, S("anhalten")))
        return outbox_stop(cx, id);
    return str_eq(what, S("erneut")) ? outbox_retry(cx, id) : db_absent(cx);
}

static enum err act(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct who asker = cx->who;
    cx->who = tenant_system(cx->who.tenant);    // Q2
    enum err err = do_it(cx, (outbox_id){path_int(rq, 0)}, form_text(rq, "tun"));
    cx->who = asker;
    TRY(err);
    return see_other(cx, rp, "/w/postausgang");
}

// --- a desk without a relay (Q3) ---------------------------------------------------------

static enum err read_letter(struct ctx *cx, const struct q_outbox_kept *r,
                            struct outbox_letter *out)
{
    struct mail m;
    struct letter_kept kept = {r->says, r->bytes};
    str bytes;
    *out = (struct outbox_letter){.number = r->number, .to = r->rcpt, .at = r->created};
    TRY(letter_bytes(cx, &kept, &bytes));
    TRY(mail_parse(cx, bytes, &m));
    out->from = m.from.name.n > 0 ? m.from.name : m.from.address;
    out->subject = m.subject;
    out->text = m.text;
    return OK;
}

static enum err show_kept(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct outbox_letters *v = make(cx->arena, struct outbox_letters, 1);
    struct q_outbox_kept *row;
    struct tenant desk;
    if (!keeps_mail(rq))
        return db_absent(cx);
    TRY(tenant_mine(cx, &desk));
    bool invented = str_ends(desk.mail_address, S(".example"));    // RFC 2606: nobody's
    TRY(q_outbox_kept(cx, invented, &row, &v->n));
    struct outbox_letter *letter = make(cx->arena, struct outbox_letter, v->n);
    for (isize i = 0; i < v->n; i++)
        TRY(read_letter(cx, &row[i], &letter[i]));
    v->letter = letter;
    html_demo_mail(page_begin(cx, rq, rp, 200), v);
    return OK;
}

// clang-format off
const struct route outbox_routes[] = {
    {GET,  "/w/postausgang",      CAN_SEE_QUEUES, show,      .summary = "the queue of outgoing mail"},
    {POST, "/w/postausgang/{id}", CAN_SEE_QUEUES, act,       show, .summary = "send a mail now, again, or not at all"},
    {GET,  "/demo/mail",          CAN_WORK,       show_kept, .summary = "what a desk without a relay would send"},
    {0},
};
// clang-format on
