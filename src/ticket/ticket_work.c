// SPDX-License-Identifier: GPL-3.0-or-later
// The changes of a case: look at it at the asker's version, check, change, save with its event.
#include "base/length.h"
#include "base/limits.h"
#include "base/now.h"
#include "ticket.sql.h"
#include "ticket/ticket_check.h"
#include "ticket/ticket_store.h"

static str from_to(struct ctx *cx, enum ticket_status from, enum ticket_status to)
{
    return arena_fmt(cx->arena, "{\"from\":\"%s\",\"to\":\"%s\"}",
                     ticket_words_status[from].code, ticket_words_status[to].code);
}

// A change of status with the event that tells of it.
static enum err save_as(struct ctx *cx, struct ticket_at *at, struct ticket *t,
                        enum ticket_status to, const char *kind)
{
    str data = from_to(cx, t->status, to);
    t->status = to;
    if (to != TICKET_WAITING_DATE)
        t->wait_until = (instant){0};
    return ticket_store_save(cx, at, t, (struct event){.kind = kind, .data = data});
}

// What a case was classified as: members of an event's data.
static str class_data(struct ctx *cx, const struct ticket *t)
{
    return arena_fmt(cx->arena, ",\"type\":\"%s\",\"category\":%lld,\"product\":%lld",
                     ticket_words_type[t->type].code, (long long)t->category.n,
                     (long long)t->product.n);
}

// What the event "ticket.classified" says; `before`: the priority it had.
static str classified(struct ctx *cx, int before, const struct ticket *t)
{
    str class = class_data(cx, t);
    return arena_fmt(cx->arena, "{\"from\":%d,\"to\":%d" STR_FMT "}", before, t->priority,
                     STR_ARG(class));
}

// T2 happens along with what was done; the event says by what.
// more: further members of the event's data, each with a comma before it.
static enum err open_by(struct ctx *cx, struct ticket_at *at, struct ticket *t, const char *by,
                        str more)
{
    t->status = TICKET_OPEN;
    str data =
        arena_fmt(cx->arena, "{\"from\":\"new\",\"to\":\"open\",\"by\":\"%s\"" STR_FMT "}", by,
                  STR_ARG(more));
    return ticket_store_save(cx, at, t, (struct event){.kind = "ticket.opened", .data = data});
}

enum err ticket_class_check(struct ctx *cx, category_id category, product_id product)
{
    struct q_ticket_class_known known;
    TRY(q_ticket_class_known(cx, category, product, &known));
    if (!known.category)
        return invalid(cx, "category", "There is no such category.",
                       "Diese Einordnung gibt es nicht.");
    if (!known.product)
        return invalid(cx, "product", "There is no such product.",
                       "Dieses Produkt gibt es nicht.");
    return OK;
}

static enum err or_none(enum err err, int64_t *key)
{
    if (err != ERR_INVALID && err != ERR_ABSENT)
        return err;
    *key = 0;
    return OK;
}

enum err ticket_class_offered(struct ctx *cx, category_id *category, product_id *product)
{
    struct ctx quiet = ctx_quiet(cx);    // nobody typed it
    TRY(or_none(category_choose(&quiet, *category, (category_id){0}), &category->n));
    return or_none(product_choose(&quiet, *product, (product_id){0}), &product->n);
}

static void classify(struct ticket *t, const struct ticket_class *c)
{
    t->type = c->type ? c->type : t->type;
    t->category = c->category;
    t->product = c->product;
    t->impact = c->impact ? c->impact : t->impact;
    t->urgency = c->urgency ? c->urgency : t->urgency;
    int derived = ticket_priority(t->impact, t->urgency);
    t->priority = c->priority ? c->priority : derived;
    t->priority_why = t->priority == derived ? S("") : str_trim(c->why);    // W5
}

enum err ticket_classify(struct ctx *cx, struct ticket_at *at, const struct ticket_class *c)
{
    struct ticket t;
    TRY(ticket_store_look(cx, at, &t));
    TRY(ticket_check_class(cx, &t, c));
    TRY(ticket_class_check(cx, c->category, c->product));
    TRY(category_choose(cx, c->category, t.category));
    TRY(product_choose(cx, c->product, t.product));
    struct ticket before = t;
    classify(&t, c);
    if (t.status == TICKET_NEW)
        return open_by(cx, at, &t, "classified", class_data(cx, &t));
    bool only_priority = before.type == t.type && before.category.n == t.category.n
                         && before.product.n == t.product.n && before.priority != t.priority;
    const char *kind = only_priority ? "ticket.priority_changed" : "ticket.classified";
    str data = classified(cx, before.priority, &t);
    return ticket_store_save(cx, at, &t, (struct event){.kind = kind, .data = data});
}

enum err ticket_open(struct ctx *cx, struct ticket_at *at)
{
    struct ticket t;
    TRY(ticket_store_look(cx, at, &t));
    TRY(ticket_check_open(cx, &t));
    return open_by(cx, at, &t, "answered", S(""));
}

// ERR_INVALID unless the team is this desk's and the person, if any, is in it.
static enum err check_member(struct ctx *cx, team_id team, person_id person)
{
    struct q_ticket_member row;
    TRY(q_ticket_member(cx, team, person, &row));
    if (person.n != 0 && !row.member)
        return invalid(
            cx, "person", "Only who is in the team can take it. Hand the case over first.",
            "Das kann nur jemand aus dem Team übernehmen. Übergib den Vorgang zuerst.");
    return OK;
}

enum err ticket_take(struct ctx *cx, struct ticket_at *at)
{
    struct ticket t;
    TRY(ticket_store_look(cx, at, &t));
    TRY(ticket_check_work(cx, &t));
    if (cx->who.person.n == 0)
        return fail(cx, ERR_DENIED, "Only members of staff take cases.",
                    "Vorgänge übernehmen nur Mitarbeitende.");
    TRY(check_member(cx, t.work_team, cx->who.person));
    t.work_person = cx->who.person;
    if (t.care_team.n == t.work_team.n)
        t.care_person = cx->who.person;
    if (t.status == TICKET_NEW)
        return open_by(cx, at, &t, "taken", S(""));
    return ticket_store_save(cx, at, &t, (struct event){.kind = "ticket.taken"});
}

enum err ticket_release(struct ctx *cx, struct ticket_at *at)
{
    struct ticket t;
    TRY(ticket_store_look(cx, at, &t));
    TRY(ticket_check_work(cx, &t));
    if (t.work_person.n == 0)
        return invalid(cx, "", "Nobody has taken this case.",
                       "Diesen Vorgang hat niemand übernommen.");
    if (t.care_person.n == t.work_person.n)
        t.care_person = (person_id){0};
    t.work_person = (person_id){0};
    return ticket_store_save(cx, at, &t, (struct event){.kind = "ticket.released"});
}

enum err ticket_set_lagebild(struct ctx *cx, struct ticket_at *at, struct lagebild l)
{
    struct ticket t;
    TRY(ticket_store_look(cx, at, &t));
    if (t.status >= TICKET_CLOSED)
        return ticket_check_work(cx, &t);
    TRY(length_check(cx, "problem", l.problem, LIMIT_TEXT));
    TRY(length_check(cx, "tried", l.tried, LIMIT_TEXT));
    TRY(length_check(cx, "current", l.current, LIMIT_TEXT));
    if (str_eq(l.problem, t.problem) && str_eq(l.tried, t.tried)
        && str_eq(l.current, t.current))
        return OK;    // W7
    t.problem = l.problem;
    t.tried = l.tried;
    t.current = l.current;
    TRY(ticket_store_save(cx, at, &t, (struct event){.kind = "ticket.described"}));
    return q_lagebild_insert(cx, t.id, l.problem, l.tried, l.current);    // W7
}

enum err ticket_wait(struct ctx *cx, struct ticket_at *at, const struct ticket_waiting *w)
{
    struct ticket t;
    TRY(ticket_store_look(cx, at, &t));
    TRY(ticket_check_wait(cx, &t, w));
    bool date = w->for_what == TICKET_WAITING_DATE;
    if (date) {
        t.wait_until = w->until;
        TRY(job_add(cx, "ticket.wake", t.id.n, w->until));    // T10
    }
    return save_as(cx, at, &t, w->for_what, date ? "ticket.scheduled" : "ticket.waiting");
}

static enum err resume(struct ctx *cx, struct ticket_at *at, const char *kind, bool unanswered)
{
    struct ticket t;
    TRY(ticket_store_look(cx, at, &t));
    TRY(ticket_check_resume(cx, &t));
    t.unanswered |= unanswered;
    return save_as(cx, at, &t, TICKET_OPEN, kind);
}

enum err ticket_resume(struct ctx *cx, struct ticket_at *at)
{
    return resume(cx, at, "ticket.resumed", false);
}

enum err ticket_customer_replied(struct ctx *cx, struct ticket_at *at)
{
    return resume(cx, at, "ticket.customer_replied", true);
}

enum err ticket_unreached(struct ctx *cx, struct ticket_at *at, int64_t message,
                          bool unanswered)
{
    struct ticket t;
    TRY(ticket_store_look(cx, at, &t));
    TRY(q_ticket_unreached(cx, t.id, message));    // W9
    t.unanswered |= unanswered && !ticket_is_over(t.status);
    if (t.status == TICKET_WAITING_CUSTOMER)
        return save_as(cx, at, &t, TICKET_OPEN, "ticket.unreached");
    return ticket_store_save(cx, at, &t, (struct event){0});
}

enum err ticket_untold(struct ctx *cx, ticket_id id)
{
    return q_ticket_untold(cx, id);
}

enum err ticket_is_untold(struct ctx *cx, ticket_id id, bool *out)
{
    struct q_ticket_is_untold row;
    TRY(q_ticket_is_untold(cx, id, &row));
    *out = row.yes;
    return OK;
}

static enum err close_in_time(struct ctx *cx, ticket_id id)    // T12
{
    return job_add(cx, "ticket.close", id.n, instant_plus(cx->now, TICKET_CLOSE_S));
}

static enum err reached(struct ctx *cx, ticket_id id)
{
    int64_t told;
    TRY(q_ticket_reached(cx, id));    // W9
    TRY(q_ticket_told(cx, id, &told));
    return told > 0 ? close_in_time(cx, id) : OK;    // W12
}

static enum err check_solution(struct ctx *cx, const struct ticket_solving *s)
{
    struct q_ticket_solution_known row;
    if (s->solution == 0)
        return OK;
    enum err err = q_ticket_solution_known(cx, s->solution, &row);
    return err != ERR_ABSENT ? err
                             : invalid(cx, "solution", "There is no such solution.",
                                       "Diese Lösung gibt es nicht.");
}

enum err ticket_solve(struct ctx *cx, struct ticket_at *at, const struct ticket_solving *s)
{
    struct ticket t;
    TRY(ticket_store_look(cx, at, &t));
    TRY(ticket_check_solve(cx, &t, s));
    TRY(check_solution(cx, s));
    TRY(reached(cx, t.id));
    t.solved_at = cx->now;
    t.solved_level = s->level ? s->level : t.level;
    t.solved_how = s->how;
    t.solved_text = str_trim(s->text);
    t.assisted = s->assisted;
    t.solution = s->solution;
    t.unanswered = false;
    t.pending_team = (team_id){0};
    TRY(close_in_time(cx, t.id));
    return save_as(cx, at, &t, TICKET_SOLVED, "ticket.solved");
}

enum err ticket_close(struct ctx *cx, struct ticket_at *at, bool confirmed)
{
    struct ticket t;
    TRY(ticket_store_look(cx, at, &t));
    TRY(ticket_check_close(cx, &t, confirmed));
    t.ended = cx->now;
    t.wait_until = (instant){0};
    t.status = TICKET_CLOSED;
    str data = arena_fmt(cx->arena, "{\"from\":\"solved\",\"to\":\"closed\",\"confirmed\":%s}",
                         confirmed ? "true" : "false");
    return ticket_store_save(cx, at, &t, (struct event){.kind = "ticket.closed", .data = data});
}

// Nothing of "solved" stays, but of a case that is opened again the count.
static void unsolve(struct ticket *t)
{
    t->solved_at = (instant){0};
    t->solved_level = 0;
    t->solved_how = 0;
    t->solved_text = S("");
    t->assisted = false;
    t->solution = 0;
}

// As if it had not been solved: it counts as no reopening.
enum err ticket_unsolve(struct ctx *cx, struct ticket_at *at)
{
    struct ticket t;
    TRY(ticket_store_look(cx, at, &t));
    TRY(ticket_check_reopen(cx, &t));
    unsolve(&t);
    return save_as(cx, at, &t, TICKET_OPEN, "ticket.unsolved");
}

// The team that solved it works on it again.
enum err ticket_reopen(struct ctx *cx, struct ticket_at *at, enum ticket_why why)
{
    struct ticket t;
    TRY(ticket_store_look(cx, at, &t));
    TRY(ticket_check_reopen(cx, &t));
    if (!ticket_words_has(ticket_words_why, why))
        return invalid(cx, "why", "Say why it is opened again.",
                       "Sag, warum der Vorgang wieder geöffnet wird.");
    t.status = TICKET_OPEN;
    t.reopened++;
    t.unanswered |= why == REOPENED_BY_CUSTOMER;
    unsolve(&t);
    str data = arena_fmt(cx->arena, "{\"from\":\"solved\",\"to\":\"open\",\"why\":\"%s\"}",
                         ticket_words_why[why].code);
    return ticket_store_save(cx, at, &t,
                             (struct event){.kind = "ticket.reopened", .data = data});
}

// T13.  What it takes is an event of its own: its agreement and its rules go by the topic.
static enum err join(struct ctx *cx, struct ticket_at *at, struct ticket *t,
                     const struct ticket *from)
{
    bool topic = t->category.n == 0 && from->category.n != 0,
         product = t->product.n == 0 && from->product.n != 0;
    t->category = topic ? from->category : t->category;
    t->product = product ? from->product : t->product;
    TRY(ticket_store_save(cx, at, t,
                          (struct event){.kind = "ticket.joined", .object = from->id.n}));
    if (!topic && !product)
        return OK;
    return event_add(cx, (struct event){.kind = "ticket.classified",
                                        .ticket = t->id.n,
                                        .team = t->work_team.n,
                                        .level = t->level,
                                        .data = classified(cx, t->priority, t)});
}

enum err ticket_hold(struct ctx *cx, ticket_id one, ticket_id other)
{
    struct q_ticket_hold *row;
    isize n;
    return q_ticket_hold(cx, one, other, &row, &n);
}

enum err ticket_merge(struct ctx *cx, struct ticket_at *from, struct ticket_at *into)
{
    struct ticket a, b;
    TRY(ticket_store_look(cx, from, &a));
    TRY(ticket_store_look(cx, into, &b));
    TRY(ticket_check_merge(cx, &a, &b));
    a.merged_into = b.id;
    a.ended = cx->now;
    a.pending_team = (team_id){0};
    str data = from_to(cx, a.status, TICKET_MERGED);
    a.status = TICKET_MERGED;
    a.wait_until = (instant){0};
    TRY(q_ticket_see_both(cx, a.id, b.id));    // W4
    TRY(ticket_store_save(
        cx, from, &a, (struct event){.kind = "ticket.merged", .object = b.id.n, .data = data}));
    TRY(q_ticket_merged_again(cx, a.id, b.id));
    return join(cx, into, &b, &a);
}

enum err ticket_spam(struct ctx *cx, struct ticket_at *at)
{
    struct ticket t;
    TRY(ticket_store_look(cx, at, &t));
    TRY(ticket_check_spam(cx, &t));
    t.ended = cx->now;
    t.pending_team = (team_id){0};
    return save_as(cx, at, &t, TICKET_SPAM, "ticket.spam");
}

enum err ticket_not_spam(struct ctx *cx, struct ticket_at *at)
{
    struct ticket t;
    TRY(ticket_store_look(cx, at, &t));
    TRY(ticket_check_not_spam(cx, &t));
    t.ended = (instant){0};
    unsolve(&t);
    return save_as(cx, at, &t, TICKET_OPEN, "ticket.not_spam");
}

enum err ticket_care(struct ctx *cx, struct ticket_at *at, team_id team, person_id person)
{
    struct ticket t;
    TRY(ticket_store_look(cx, at, &t));
    TRY(ticket_check_work(cx, &t));
    TRY(check_member(cx, team, person));
    t.care_team = team;
    t.care_person = person;
    TRY(ticket_see(cx, t.id, team));    // W4
    return ticket_store_save(cx, at, &t,
                             (struct event){.kind = "ticket.care_changed", .object = team.n});
}

enum err ticket_set_contact(struct ctx *cx, struct ticket_at *at, contact_id contact)
{
    struct ticket t;
    int64_t changed;
    TRY(ticket_store_look(cx, at, &t));
    TRY(ticket_check_work(cx, &t));
    TRY(q_ticket_set_contact(cx, t.id, t.version, contact, &changed));
    if (changed == 0)
        return ticket_missed(cx, at);
    if (at->version != TICKET_ANY_VERSION)
        at->version++;
    return event_add(cx, (struct event){.kind = "ticket.contact_changed",
                                        .ticket = t.id.n,
                                        .object = contact.n,
                                        .team = t.work_team.n,
                                        .level = t.level});
}

static enum err check_untouched(struct ctx *cx, const struct ticket *t)
{
    if (t->status == TICKET_NEW && t->work_person.n == 0)
        return OK;
    return invalid(cx, "", "Somebody works on this case already: hand it over.",
                   "An diesem Vorgang arbeitet schon jemand: Übergib ihn.");
}

// W4.  After the change is stored: who loses a race has taken the case out of nobody's sight.
static enum err see_instead(struct ctx *cx, ticket_id id, team_id before, team_id now)
{
    if (before.n == now.n)
        return OK;
    TRY(ticket_see(cx, id, now));
    return q_ticket_unsee(cx, id, before);
}

enum err ticket_route(struct ctx *cx, struct ticket_at *at, const struct ticket_route *r)
{
    struct ticket t;
    TRY(ticket_store_look(cx, at, &t));
    TRY(check_untouched(cx, &t));
    TRY(check_member(cx, r->team, (person_id){0}));
    team_id before = t.work_team;
    str data = arena_fmt(cx->arena, "{\"from\":%lld,\"to\":%lld,\"by\":\"%s\"}",
                         (long long)t.work_team.n, (long long)r->team.n, r->by);
    if (t.care_team.n == t.work_team.n)
        t.care_team = r->team;
    t.work_team = r->team;
    t.level = r->level;
    if (r->priority != t.priority)
        t.priority_why = r->why;    // W5: it stays when the case is classified
    t.priority = r->priority;
    TRY(ticket_store_save(
        cx, at, &t,
        (struct event){.kind = "ticket.routed", .object = r->choice, .data = data}));
    return see_instead(cx, t.id, before, r->team);
}

enum err ticket_assign(struct ctx *cx, struct ticket_at *at, person_id person, int64_t choice)
{
    struct ticket t;
    TRY(ticket_store_look(cx, at, &t));
    TRY(ticket_check_work(cx, &t));
    TRY(check_member(cx, t.work_team, person));
    t.work_person = person;
    if (t.care_team.n == t.work_team.n)
        t.care_person = person;
    return ticket_store_save(cx, at, &t,
                             (struct event){.kind = "ticket.assigned", .object = choice});
}

enum err ticket_move(struct ctx *cx, struct ticket_at *at, const struct ticket_move *m)
{
    struct ticket t;
    TRY(ticket_store_look(cx, at, &t));
    TRY(ticket_check_work(cx, &t));
    TRY(check_member(cx, m->team, m->person));
    if (m->level < 1 || m->level > 4)
        return invalid(cx, "level", "Levels are 1 to 4.", "Level gehen von 1 bis 4.");
    TRY(ticket_see(cx, t.id, m->team));    // W4
    if (m->care_team.n != 0 && m->care_team.n != t.care_team.n) {
        TRY(check_member(cx, m->care_team, (person_id){0}));
        TRY(ticket_see(cx, t.id, m->care_team));
        t.care_team = m->care_team;
        t.care_person = m->care_team.n == m->team.n ? m->person : (person_id){0};
    }
    if (t.status == TICKET_NEW)
        t.status = TICKET_OPEN;    // T2
    t.work_team = m->team;
    t.level = m->level;
    t.work_person = m->person;
    t.returns += m->returned;
    t.pending_team = (team_id){0};
    return ticket_store_save(cx, at, &t, (struct event){0});
}

enum err ticket_set_ball(struct ctx *cx, struct ticket_at *at, struct ticket_pending p)
{
    struct ticket t;
    TRY(ticket_store_look(cx, at, &t));
    TRY(ticket_check_work(cx, &t));
    t.pending_team = p.asked.n != 0 ? p.asked : p.sender;
    if (t.pending_team.n != 0) {
        TRY(check_member(cx, t.pending_team, (person_id){0}));
        TRY(ticket_see(cx, t.id, t.pending_team));    // W4
    }
    return ticket_store_save(cx, at, &t, (struct event){0});
}

enum err ticket_touch(struct ctx *cx, struct ticket_at *at, enum ticket_touch how)
{
    struct q_ticket_touch row;
    enum err err = q_ticket_touch(cx, at->id, at->version, how, &row);
    if (err == ERR_ABSENT)
        return ticket_missed(cx, at);
    TRY(err);
    if (how == TICKET_ANSWERED || how == TICKET_CALLED)
        TRY(reached(cx, at->id));
    if (at->version != TICKET_ANY_VERSION)
        at->version = row.version;
    return OK;
}
