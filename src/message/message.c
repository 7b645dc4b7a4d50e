// SPDX-License-Identifier: GPL-3.0-or-later
#include "message/message.h"

#include "base/buf.h"
#include "base/length.h"
#include "base/limits.h"
#include "base/now.h"
#include "contact/contact.h"
#include "event/event.h"
#include "mail/clean.h"
#include "message.sql.h"
#include "message/draft.h"
#include "ticket/ticket_said.h"

enum { PAGE_MOST = 500, ASKED_S = 600 };
enum { UNPROVEN = 0, VERIFIED = 1, PROVEN = 2 };    // M13, as it is stored

// clang-format off
const struct ticket_word message_kinds[] = {
    {"", WORDS("", "")},
    [MESSAGE_REPLY]    = {"reply",    WORDS("Reply", "Antwort")},
    [MESSAGE_NOTE]     = {"note",     WORDS("Internal note", "Interne Notiz")},
    [MESSAGE_CALL]     = {"call",     WORDS("Call note", "Gesprächsnotiz")},
    [MESSAGE_CUSTOMER] = {"customer", WORDS("Customer", "Kundschaft")},
    [MESSAGE_SYSTEM]   = {"system",   WORDS("Note by the system", "Hinweis des Systems")},
    [MESSAGE_AUTO]     = {"auto",     WORDS("Automatic message", "Automatische Nachricht")},
    {0},
};
// clang-format on

static bool is_staffs(enum message_kind kind)
{
    return kind == MESSAGE_REPLY || kind == MESSAGE_NOTE || kind == MESSAGE_CALL;
}

static bool is_imported(const struct message_new *m)
{
    return m->src.n > 0 || m->at.ms != 0;
}

static bool is_internal(const struct message_new *m)
{
    switch (m->kind) {
    case MESSAGE_REPLY:
    case MESSAGE_AUTO:
        return false;
    case MESSAGE_NOTE:
    case MESSAGE_CALL:
    case MESSAGE_SYSTEM:
        return true;
    case MESSAGE_CUSTOMER:
        return m->internal;
    }
    return true;
}

static enum err check_text(struct ctx *cx, const struct message_new *m)
{
    bool blank = str_trim(m->body).n == 0 && m->attachments == 0;
    if (blank && is_staffs(m->kind))
        return invalid(cx, "body", "There is no text yet.", "Hier steht noch kein Text.");
    TRY(length_bytes(cx, "body", m->body, LIMIT_TEXT));
    TRY(length_bytes(cx, "body", m->rest, LIMIT_TEXT));
    TRY(length_bytes(cx, "body", m->html, LIMIT_MAIL_BYTES));
    if (m->address.n > LIMIT_LINE || m->author.n > LIMIT_LINE
        || m->mail_id.n > LIMIT_REQUEST_URL)
        return invalid(cx, "address", "This address is too long.",
                       "Diese Adresse ist zu lang.");
    return OK;
}

static enum err check(struct ctx *cx, const struct ticket_head *t, const struct message_new *m)
{
    if (!ticket_words_has(message_kinds, m->kind)
        || !ticket_words_has(ticket_words_channel, m->channel))
        return invalid(cx, "kind", "A message has a kind and a channel.",
                       "Eine Nachricht hat eine Art und einen Kanal.");
    if (cx->who.see == SEE_OWN && m->kind != MESSAGE_CUSTOMER)
        return fail(cx, ERR_DENIED, "Only members of staff write this.",
                    "Das schreiben nur Mitarbeitende.");
    if (t->status == TICKET_MERGED)
        return invalid(cx, "", "This case goes on in another one; please write there.",
                       "Der Vorgang läuft in einem anderen weiter. Bitte dort schreiben.");
    if (m->kind == MESSAGE_REPLY && t->status > TICKET_SOLVED && !is_imported(m))
        return invalid(cx, "", "This case is closed. Make a new one that follows it.",
                       "Der Vorgang ist abgeschlossen. Hier hilft ein Folgevorgang.");
    return check_text(cx, m);
}

static enum err check_seen(struct ctx *cx, const struct ticket_head *t,
                           const struct message_new *m)    // M4
{
    struct q_message_newer newer;
    if (m->kind != MESSAGE_REPLY || m->seen == MESSAGE_SEEN_ALL || is_imported(m))
        return OK;
    TRY(q_message_newer(cx, t->id, m->seen, &newer));
    if (newer.n == 0)
        return OK;
    return fail(cx, ERR_STALE,
                "Something new has been written since you looked. Please read it first.",
                "Inzwischen ist etwas Neues geschrieben worden. Bitte zuerst lesen.");
}

static enum err insert(struct ctx *cx, ticket_id ticket, const struct message_new *m,
                       message_id *out)
{
    struct q_message_insert row;
    person_id person = is_staffs(m->kind) ? cx->who.person : (person_id){0};
    contact_id contact = m->kind != MESSAGE_CUSTOMER ? (contact_id){0}
                         : cx->who.see == SEE_OWN    ? cx->who.contact
                                                     : m->contact;
    int verified = !m->unverified ? VERIFIED : m->proven ? PROVEN : UNPROVEN;
    str author = clean_name(cx->arena, m->author), address = clean_line(cx->arena, m->address);
    TRY(q_message_insert(cx, ticket, m->at.ms ? m->at : cx->now, m->kind, m->channel,
                         is_internal(m), person, contact, author, address, verified, m->body,
                         m->rest, m->html, m->html_in_mail, m->mail_id, m->inbox, m->sent,
                         m->attachments, m->src_id.n ? m->src : S(""), m->src_id, &row));
    for (isize i = 0; i < m->attachments; i++)
        TRY(attachment_add(cx, ticket, row.id, &m->attachment[i]));
    if (m->others.n > 0)    // M12
        TRY(q_message_others_insert(cx, row.id, m->others));
    *out = row.id;
    return OK;
}

static const char *event_of(const struct message_new *m)
{
    if (m->kind == MESSAGE_CUSTOMER)
        return "message.received";
    if (m->kind != MESSAGE_REPLY && m->kind != MESSAGE_AUTO)
        return "message.noted";
    return m->sent == MESSAGE_QUEUED ? "message.queued" : "message.sent";
}

static str data_of(struct ctx *cx, const struct message_new *m)
{
    if (m->leaves.ms == 0)
        return S("");
    return arena_fmt(cx->arena, "{\"leaves\":%lld}", (long long)m->leaves.ms);
}

static bool may_reopen(struct ctx *cx, const struct ticket_head *t)
{
    return ticket_may_reopen(t->status, t->solved_at, cx->now);
}

// M6: what is not proven is read by somebody.
static bool is_only_thanks(const struct message_new *m)
{
    return !m->unverified && m->attachments == 0 && message_is_thanks(m->body);
}

// M5: what the customer's words do to the case.
static enum err move_by_customer(struct ctx *cx, struct ticket_at *at,
                                 const struct ticket_head *t, const struct message_new *m)
{
    if (is_imported(m) || t->status > TICKET_SOLVED)
        return ticket_touch(cx, at, TICKET_TOUCHED);
    if (t->status == TICKET_WAITING_CUSTOMER)
        return ticket_customer_replied(cx, at);
    if (may_reopen(cx, t) && !is_only_thanks(m))
        return ticket_reopen(cx, at, REOPENED_BY_CUSTOMER);
    return ticket_touch(cx, at, t->status == TICKET_SOLVED ? TICKET_TOUCHED : TICKET_ASKED);
}

static enum err move(struct ctx *cx, struct ticket_at *at, const struct ticket_head *t,
                     const struct message_new *m)
{
    if (m->kind == MESSAGE_CUSTOMER)
        return move_by_customer(cx, at, t, m);
    bool answers = m->kind == MESSAGE_REPLY && !is_imported(m);
    if (t->status == TICKET_NEW && is_staffs(m->kind) && !is_imported(m)) {    // M7
        TRY(ticket_open(cx, at));
        if (!answers || !t->unanswered)
            return OK;
    }
    if (m->kind == MESSAGE_CALL && !is_imported(m))
        return ticket_touch(cx, at, TICKET_CALLED);
    return ticket_touch(cx, at, answers ? TICKET_ANSWERED : TICKET_TOUCHED);
}

static enum err add(struct ctx *cx, struct ticket_at *at, const struct ticket_head *t,
                    const struct message_new *m, message_id *out)
{
    message_id id;
    TRY(check(cx, t, m));
    TRY(check_seen(cx, t, m));
    TRY(insert(cx, t->id, m, &id));
    TRY(event_add(cx, (struct event){.kind = event_of(m),
                                     .ticket = t->id.n,
                                     .object = id.n,
                                     .team = t->work_team.n,
                                     .level = t->level,
                                     .data = data_of(cx, m)}));
    TRY(move(cx, at, t, m));
    *out = id;
    return OK;
}

enum err message_add(struct ctx *cx, struct ticket_at *at, const struct message_new *m,
                     message_id *out)
{
    struct ticket_head t;
    TRY(ticket_head(cx, at->id, &t));
    return add(cx, at, &t, m, out);
}

// --- what a customer wrote, wherever it has to go ------------------------------------------

static enum err follow_up(struct ctx *cx, struct ticket_head *t,
                          const struct message_new *m)    // T15
{
    struct ticket old;
    struct ticket_made made;
    TRY(ticket_load(cx, t->id, &old));
    struct ticket_new n = {.channel = m->channel,
                           .type = old.type,
                           .subject = old.subject,
                           .problem = str_head(m->body, LIMIT_TEXT),
                           .contact = m->contact.n ? m->contact : old.contact,
                           .category = old.category,
                           .product = old.product,
                           .impact = old.impact,
                           .urgency = old.urgency,
                           .lang = old.lang,
                           .follows = old.id};
    TRY(ticket_create(cx, &n, &made));
    return ticket_head(cx, made.at.id, t);
}

static enum err receive(struct ctx *cx, ticket_id to, const struct message_new *m,
                        struct message_received *out)
{
    struct ticket_head t;
    TRY(ticket_head_goes_on(cx, to, &t));
    bool over = t.status == TICKET_CLOSED || (t.status == TICKET_SOLVED && !may_reopen(cx, &t));
    struct message_received r = {.follow_up = over && !is_only_thanks(m) && !is_imported(m)};
    if (r.follow_up)
        TRY(follow_up(cx, &t, m));
    enum ticket_status before = t.status;
    r.at = (struct ticket_at){t.id, t.version};
    TRY(add(cx, &r.at, &t, m, &r.message));
    TRY(ticket_head(cx, t.id, &t));
    r.reopened = before != t.status && t.status == TICKET_OPEN;
    *out = r;
    return OK;
}

enum err message_receive(struct ctx *cx, ticket_id to, const struct message_new *m,
                         struct message_received *out)
{
    struct ticket_head t;
    struct message_new theirs = *m;
    theirs.kind = MESSAGE_CUSTOMER;
    if (cx->who.see != SEE_OWN)
        return receive(cx, to, &theirs, out);
    TRY(ticket_head(cx, to, &t));    // the writer's own
    // The case may have been merged into a colleague's, which the writer cannot see; what was
    // written must arrive all the same.
    theirs.contact = cx->who.contact;
    struct who asker = cx->who;
    cx->who = (struct who){.tenant = asker.tenant, .see = SEE_TENANT};
    enum err err = receive(cx, to, &theirs, out);
    cx->who = asker;
    return err;
}

// --- reading -------------------------------------------------------------------------------

static struct message from_row(const struct q_message_list *r)
{
    return (struct message){.id = r->id,
                            .at = r->at,
                            .kind = r->kind,
                            .channel = r->channel,
                            .internal = r->internal,
                            .verified = r->verified == VERIFIED,
                            .proven = r->verified != UNPROVEN,
                            .person = r->person,
                            .contact = r->contact,
                            .author = r->author,
                            .address = r->address,
                            .body = r->body,
                            .rest = r->rest,
                            .html = r->html,
                            .mail_id = r->mail_id,
                            .others = r->others,
                            .inbox = r->inbox,
                            .sent = r->sent,
                            .attachments = (int)r->attachments};
}

// M14
static isize that_fit(const struct q_message_list *row, isize n)
{
    isize i = 0;
    for (int64_t text = 0; i < n && text < LIMIT_LIST_TEXT; i++)
        text += row[i].body.n + row[i].rest.n;
    return i;
}

enum err message_list(struct ctx *cx, ticket_id ticket, message_id before, int most,
                      struct message_page *out)
{
    struct q_message_list *row;
    isize n;
    most = most < 1 || most > PAGE_MOST ? PAGE_MOST : most;
    TRY(q_message_list(cx, ticket, before.n ? before.n : INT64_MAX, most + 1, LIMIT_LIST_TEXT,
                       &row, &n));
    *out = (struct message_page){.n = that_fit(row, int_min(n, most))};
    out->more = n > out->n;
    out->row = make(cx->arena, struct message, out->n);
    for (isize i = 0; i < out->n; i++)
        out->row[i] = from_row(&row[out->n - 1 - i]);
    return OK;
}

enum err message_load(struct ctx *cx, message_id id, ticket_id *ticket, struct message *out)
{
    struct q_message_home home;
    struct message_page page;
    TRY(q_message_home(cx, id, &home));
    TRY(message_list(cx, home.ticket, (message_id){id.n + 1}, 1, &page));
    if (page.n == 0)
        return db_absent(cx);
    *ticket = home.ticket;
    *out = page.row[0];
    return OK;
}

enum err message_html(struct ctx *cx, message_id id, str *out)
{
    struct q_message_html row;
    TRY(q_message_html(cx, id, &row));
    *out = row.html;
    return OK;
}

enum err message_by_mail_id(struct ctx *cx, str mail_id, ticket_id *ticket, message_id *out)
{
    struct q_message_by_mail_id row;
    TRY(q_message_by_mail_id(cx, mail_id, &row));
    *ticket = row.ticket;
    *out = row.id;
    return OK;
}

enum err message_set_sent(struct ctx *cx, message_id id, enum message_sent sent)
{
    int64_t changed;
    TRY(q_message_set_sent(cx, id, sent, &changed));
    return changed == 0 ? db_absent(cx) : OK;
}

enum err message_owed(struct ctx *cx, ticket_id ticket, bool *out)
{
    struct q_message_owed row;
    TRY(q_message_owed(cx, ticket, &row));
    *out = row.yes;
    return OK;
}

enum err message_asked(struct ctx *cx, ticket_id ticket, instant *out)
{
    struct q_message_said *row;
    isize n;
    TRY(q_message_said(cx, ticket, instant_plus(cx->now, -ASKED_S), &row, &n));
    *out = (instant){0};
    for (isize i = 0; i < n; i++) {
        if (!message_is_question(row[i].body))
            continue;
        *out = row[i].at;
        break;
    }
    return OK;
}

static enum err check_contact(struct ctx *cx, const struct ticket *t, contact_id contact)
{
    struct q_message_public said;
    struct contact c;
    TRY(contact_load(cx, contact, &c));
    bool same_firm = c.org.n > 0 && str_eq(c.org, t->contact_org);
    if (t->contact.n == 0 || same_firm)
        return OK;
    TRY(q_message_public(cx, t->id, &said));
    if (said.n == 0)
        return OK;
    return invalid(
        cx, "contact", "What was said here is between us and " STR_FMT "; make a new case.",
        "Was hier steht, geht nur uns und " STR_FMT " etwas an. Leg einen neuen Vorgang an.",
        STR_ARG(t->contact_name));
}

enum err message_set_contact(struct ctx *cx, struct ticket_at *at, contact_id contact)
{
    struct ticket t;
    TRY(ticket_load(cx, at->id, &t));
    if (t.contact.n == contact.n)
        return at->version == TICKET_ANY_VERSION || at->version == t.version
                   ? OK
                   : ticket_missed(cx, at);
    TRY(check_contact(cx, &t, contact));
    return ticket_set_contact(cx, at, contact);
}

// --- M10 -----------------------------------------------------------------------------------

static bool is_said(const struct message_page *page, str problem)
{
    for (isize i = 0; i < page->n; i++)
        if (str_find(page->row[i].body, problem) >= 0)
            return true;
    return false;
}

static void put_line(struct buf *b, struct words name, str text, enum lang lang)
{
    if (str_trim(text).n == 0)
        return;
    buf_char(b, '\n');
    buf_put(b, words_in(name, lang));
    buf_put(b, S(": "));
    buf_put(b, str_trim(text));
}

// In the language of its case, as the card is.
static str lagebild_of(struct arena *a, const struct ticket *t, const struct message_page *page)
{
    bool said = is_said(page, str_trim(t->problem));
    str now = ticket_said_now(a, t, t->lang);
    struct buf b = buf_new(a, t->problem.n + t->tried.n + now.n + 100);
    put_line(&b, SAY("Problem", "Problem"), said ? S("") : t->problem, t->lang);
    put_line(&b, SAY("Tried", "Bisher"), t->tried, t->lang);
    put_line(&b, SAY("Now", "Jetzt"), now, t->lang);
    return buf_str(&b);
}

static enum err keep_lagebild(struct ctx *cx, ticket_id from, struct ticket_at *into,
                              const struct message_page *page)
{
    struct ticket t;
    message_id id;
    TRY(ticket_load(cx, from, &t));
    str said = lagebild_of(cx->arena, &t, page);
    if (said.n == 0)
        return OK;
    struct words head = SAY("State card of", "Lagebild von");
    str body =
        arena_fmt(cx->arena, STR_FMT " " STR_FMT ":" STR_FMT, STR_ARG(words_in(head, t.lang)),
                  STR_ARG(ticket_number_shown(cx->arena, t.number)), STR_ARG(said));
    struct message_new m = {.kind = MESSAGE_SYSTEM,
                            .channel = t.channel,
                            .internal = true,
                            .body = str_head(body, LIMIT_TEXT),
                            .seen = MESSAGE_SEEN_ALL};
    return message_add(cx, into, &m, &id);
}

// What of a page still wants an answer: the last that is more than thanks.
static struct message_new unanswered_in(const struct message_page *page)
{
    struct message_new asks = {0};
    for (isize i = 0; i < page->n; i++) {
        const struct message *m = &page->row[i];
        struct message_new said = {.kind = m->kind,
                                   .body = m->body,
                                   .attachments = m->attachments,
                                   .unverified = !m->verified};
        if (m->kind == MESSAGE_REPLY && m->sent != MESSAGE_UNDONE)
            asks = (struct message_new){0};
        if (m->kind == MESSAGE_CUSTOMER && (asks.kind == 0 || !is_only_thanks(&said)))
            asks = said;
    }
    return asks;
}

// M5.  What nobody has answered asks in the other case as if it had been written there.
static enum err ask_there(struct ctx *cx, struct ticket_at *into,
                          const struct message_page *page)
{
    bool owed;
    struct ticket_head t;
    TRY(message_owed(cx, into->id, &owed));
    if (!owed)
        return OK;
    struct message_new asks = unanswered_in(page);
    TRY(ticket_head(cx, into->id, &t));
    return asks.kind == 0 ? OK : move_by_customer(cx, into, &t, &asks);
}

enum err message_merge(struct ctx *cx, struct ticket_at *from, struct ticket_at *into)
{
    struct ticket_head was;
    struct message_page page;
    TRY(ticket_head(cx, from->id, &was));
    TRY(ticket_merge(cx, from, into));
    TRY(q_message_move(cx, from->id, into->id));
    TRY(q_attachment_move(cx, from->id, into->id));
    TRY(message_list(cx, into->id, (message_id){0}, PAGE_MOST, &page));
    TRY(keep_lagebild(cx, from->id, into, &page));
    if (was.unanswered)
        TRY(ask_there(cx, into, &page));
    return draft_merge(cx, from->id, into->id);
}
