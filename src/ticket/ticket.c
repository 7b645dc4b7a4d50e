// SPDX-License-Identifier: GPL-3.0-or-later
#include "ticket/ticket.h"

#include "base/limits.h"
#include "base/now.h"
#include "event/event.h"
#include "ticket.sql.h"
#include "ticket/ticket_check.h"
#include "ticket/ticket_store.h"

// --- pure --------------------------------------------------------------------------------

bool ticket_is_over(enum ticket_status status)
{
    return status >= TICKET_SOLVED;
}

bool ticket_is_formal(const struct ticket *t)
{
    return t->contact_formal || t->contact.n == 0;
}

str ticket_greeting(struct arena *a, const struct ticket *t)
{
    return ticket_words_greeting(a, t->contact_name, t->contact_mail, t->lang,
                                 ticket_is_formal(t));
}

bool ticket_may_reopen(enum ticket_status status, instant solved_at, instant now)
{
    return status == TICKET_SOLVED && instant_plus(solved_at, TICKET_REOPEN_S).ms >= now.ms;
}

struct ticket_ball ticket_ball(enum ticket_status status, team_id work, struct ticket_pending p)
{
    switch (status) {
    case TICKET_SOLVED:
    case TICKET_CLOSED:
    case TICKET_MERGED:
    case TICKET_SPAM:
        return (struct ticket_ball){.ball = BALL_NOBODY};
    case TICKET_WAITING_CUSTOMER:
        return (struct ticket_ball){.ball = BALL_CUSTOMER};
    case TICKET_WAITING_VENDOR:
        return (struct ticket_ball){.ball = BALL_VENDOR};
    case TICKET_WAITING_DATE:
        return (struct ticket_ball){.ball = BALL_DATE};
    case TICKET_NEW:
    case TICKET_OPEN:
        break;
    }
    team_id team = p.asked.n != 0 ? p.asked : p.sender.n != 0 ? p.sender : work;
    return (struct ticket_ball){BALL_TEAM, team};
}

int ticket_priority(int impact, int urgency)
{
    int score = impact + urgency;
    return score >= 7 ? 1 : score == 6 ? 2 : score >= 4 ? 3 : 4;
}

// --- reading -----------------------------------------------------------------------------

static void people_of(const struct q_ticket_row *r, struct ticket *t)
{
    t->ball = r->ball;
    t->ball_team = r->ball_team;
    t->ball_team_name = (struct words){r->ball_en, r->ball_de};
    t->pending_team = r->pending_team;
    t->work_team = r->work_team;
    t->work_team_name = (struct words){r->work_en, r->work_de};
    t->work_person = r->work_person;
    t->work_person_name = r->work_name;
    t->care_team = r->care_team;
    t->care_team_name = (struct words){r->care_en, r->care_de};
    t->care_person = r->care_person;
    t->care_person_name = r->care_name;
    t->contact = r->contact;
    t->contact_name = r->contact_name;
    t->contact_org = r->contact_org;
    t->contact_mail = r->contact_mail;
    t->contact_mail_fails = (int)r->mail_fails;
    t->unreached = r->unreached;
    t->contact_phone = r->contact_phone;
    t->contact_reach = r->contact_reach;
    t->contact_lang = r->contact_lang;
    t->contact_formal = r->contact_formal;
    t->contact_vip = r->contact_vip;
}

static void matter_of(const struct q_ticket_row *r, struct ticket *t)
{
    t->category = r->category;
    t->category_name = (struct words){r->category_en, r->category_de};
    t->product = r->product;
    t->product_name = r->product_name;
    t->product_life = (struct product_life){r->sold_until, r->supported_until};
    t->impact = (int)r->impact;
    t->urgency = (int)r->urgency;
    t->priority = (int)r->priority;
    t->priority_why = r->priority_why;
    t->subject = r->subject;
    t->problem = r->problem;
    t->tried = r->tried;
    t->current = r->current;
    t->current_past = r->current_past;
    t->lang = r->language;
}

static void course_of(const struct q_ticket_row *r, struct ticket *t)
{
    t->due = r->due;
    t->wait_until = r->wait_until;
    t->unanswered = r->unanswered;
    t->reopened = r->reopened;
    t->returns = r->returns;
    t->solved_at = r->solved_at;
    t->solved_level = (int)r->solved_level;
    t->solved_how = r->solved_how;
    t->solved_text = r->solved_text;
    t->assisted = r->assisted;
    t->solution = r->solution;
    t->ended = r->ended;
    t->merged_into = r->merged_into;
    t->merged_number = r->merged_number;
    t->ours = r->ours;
    t->follows = r->follows;
    t->follows_number = r->follows_number;
    t->src = r->src;
    t->src_id = r->src_id;
    t->created = r->created;
    t->changed = r->changed;
}

static enum err load(struct ctx *cx, ticket_id id, int64_t number, struct ticket *out)
{
    struct q_ticket_row r;
    TRY(q_ticket_row(cx, id, number, &r));
    *out = (struct ticket){.id = r.id,
                           .version = r.version,
                           .number = r.number,
                           .type = r.type,
                           .channel = r.channel,
                           .status = r.status,
                           .level = (int)r.level};
    people_of(&r, out);
    matter_of(&r, out);
    course_of(&r, out);
    return OK;
}

enum err ticket_load(struct ctx *cx, ticket_id id, struct ticket *out)
{
    return id.n > 0 ? load(cx, id, 0, out) : db_absent(cx);
}

enum err ticket_by_number(struct ctx *cx, int64_t number, struct ticket *out)
{
    return number > 0 ? load(cx, (ticket_id){0}, number, out) : db_absent(cx);
}

enum err ticket_head(struct ctx *cx, ticket_id id, struct ticket_head *out)
{
    struct q_ticket_head r;
    TRY(q_ticket_head(cx, id, &r));
    *out = (struct ticket_head){r.id,        r.version,   r.status,     (int)r.level,
                                r.work_team, r.solved_at, r.unanswered, r.merged_into};
    return OK;
}

enum err ticket_goes_on(struct ctx *cx, ticket_id id, struct ticket *out)
{
    struct ticket t;
    TRY(ticket_load(cx, id, &t));
    while (t.status == TICKET_MERGED)
        TRY(ticket_load(cx, t.merged_into, &t));
    *out = t;
    return OK;
}

enum err ticket_head_goes_on(struct ctx *cx, ticket_id id, struct ticket_head *out)
{
    struct ticket_head t;
    TRY(ticket_head(cx, id, &t));
    while (t.status == TICKET_MERGED)
        TRY(ticket_head(cx, t.merged_into, &t));
    *out = t;
    return OK;
}

enum err ticket_by_src(struct ctx *cx, str src, str src_id, ticket_id *out)
{
    struct q_ticket_by_src row;
    TRY(q_ticket_by_src(cx, src, src_id, &row));
    *out = row.id;
    return OK;
}

struct ticket_at ticket_at(const struct ticket *t)
{
    return (struct ticket_at){t->id, t->version};
}

// --- T1 ----------------------------------------------------------------------------------

// The first characters of the first line with something in it, without control characters:
// a subject becomes a line of a mail's header one day.
str ticket_subject(struct arena *a, str s)
{
    str line = S("");
    while (s.n > 0 && line.n == 0)
        line = str_trim(str_token(&s, '\n'));
    char *p = make(a, char, line.n);
    isize i = 0;
    for (isize chars = 0; i < line.n; i++) {
        chars += ((unsigned char)line.p[i] & 0xc0) != 0x80;
        if (chars > LIMIT_SUBJECT)
            break;
        p[i] = (unsigned char)line.p[i] < ' ' || line.p[i] == 0x7f ? ' ' : line.p[i];
    }
    return (str){p, i};
}

static str src_or_none(str src, str src_id)
{
    return src.n > 0 && src_id.n > 0 ? src : S("");
}

static struct ticket_new filled(struct ctx *cx, const struct ticket_new *given)
{
    struct ticket_new n = *given;
    if (cx->who.see == SEE_OWN)
        n.contact = cx->who.contact;    // W6
    n.type = n.type == 0 ? TICKET_QUESTION : n.type;
    n.impact = n.impact == 0 ? 1 : n.impact;
    n.urgency = n.urgency == 0 ? 3 : n.urgency;
    n.created = n.created.ms == 0 ? cx->now : n.created;
    n.subject = ticket_subject(cx->arena, str_trim(n.subject).n > 0 ? n.subject : n.problem);
    return n;
}

// W4
static enum err see_first(struct ctx *cx, ticket_id id, team_id team)
{
    if (cx->who.see != SEE_TEAMS)    // sees it anyway, or by his own name
        return q_ticket_see_one(cx, id, team);
    return q_ticket_see_first(cx, id, team);
}

static enum err place(struct ctx *cx, const struct ticket_new *n, struct q_ticket_place *out)
{
    enum err err =
        q_ticket_place(cx, n->team, n->contact, n->category, n->product, n->follows, out);
    if (err == ERR_ABSENT)
        return fail(
            cx, ERR_ABSENT, "There is no such team, contact, category or product.",
            "Dieses Team, diesen Kontakt, diese Einordnung oder dieses Produkt gibt es nicht.");
    return err;
}

static enum err insert(struct ctx *cx, const struct ticket_new *n, int64_t number,
                       const struct q_ticket_place *p, ticket_id *out)
{
    struct q_ticket_insert row;
    enum lang lang = n->lang != 0 ? n->lang : p->lang;
    TRY(q_ticket_insert(
        cx, number, n->type, n->channel, p->team, p->level, n->contact, n->category, n->product,
        n->impact, n->urgency, ticket_priority(n->impact, n->urgency), n->subject, n->problem,
        lang, n->follows, src_or_none(n->src, n->src_id), n->src_id, n->created, &row));
    *out = row.id;
    return OK;
}

enum err ticket_create(struct ctx *cx, const struct ticket_new *given, struct ticket_made *out)
{
    TRY(ticket_check_new(cx, given));
    struct ticket_new n = filled(cx, given);
    struct q_ticket_draw draw;
    struct q_ticket_place p;
    ticket_id id;
    TRY(q_ticket_draw(cx, &draw));    // first: whoever waits for its lock looks after that
    TRY(place(cx, &n, &p));
    int64_t number = ticket_number_of(cx->arena, draw.secret, draw.n);
    TRY(insert(cx, &n, number, &p, &id));
    TRY(see_first(cx, id, p.team));
    TRY(event_add(cx, (struct event){.kind = "ticket.created",
                                     .ticket = id.n,
                                     .team = p.team.n,
                                     .level = (int)p.level}));
    *out = (struct ticket_made){
        {id, 1}, number, p.team, (int)p.level, ticket_priority(n.impact, n.urgency)};
    return OK;
}

enum err ticket_see(struct ctx *cx, ticket_id id, team_id team)
{
    return q_ticket_see(cx, id, team);
}

enum err ticket_lagebild_list(struct ctx *cx, ticket_id id, struct ticket_past **out, isize *n)
{
    struct q_lagebild_list *row;
    TRY(q_lagebild_list(cx, id, &row, n));
    *out = make(cx->arena, struct ticket_past, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct ticket_past){
            {row[i].problem, row[i].tried, row[i].current}, row[i].person, row[i].at};
    return OK;
}
