// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/bounce.h"

#include "base/limits.h"
#include "mail/address.h"
#include "mail/bounce_notice.h"
#include "mail/bounce_sns.h"
#include "mail/header.h"

// More is not read for reasons: a hundred recipients and a long text are one mail, too.
enum { LOOK_AT = 4000 };

struct report {
    struct arena *arena;
    struct mail *m;
    const struct bounce_parts *parts;
    const struct bounce_words *words;
    struct bounce_notice notice;
    str returned;
};

// --- B1 ------------------------------------------------------------------------------------

static bool names_recipient(str line)
{
    return str_eq_nocase(str_head(line, 16), S("Final-Recipient:"));
}

// The lines up to the next empty one, or to the next recipient: some forget the empty one.
static str next_group(str *s)
{
    const char *from = s->p;
    isize n = 0;
    bool named = false;
    while (s->n > 0) {
        str rest = *s, line = str_token(&rest, '\n');
        if (named && names_recipient(line))
            break;
        *s = rest;
        named |= names_recipient(line);
        if (str_trim(line).n == 0)
            break;
        n = line.p + line.n - from;
    }
    return (str){from, n};
}

// "rfc822; user@example.org" and "smtp; 550 no such user": what follows the type.
static str after_type(str value, str *type)
{
    str rest = value, first = str_token(&rest, ';');
    bool typed = rest.n > 0 && str_find(str_trim(first), S(" ")) < 0 && first.n < 40;
    *type = typed ? str_trim(first) : S("");
    return typed ? str_trim(rest) : value;
}

static str address_in(struct arena *a, str group, str name)
{
    str type, value = after_type(header_text(a, header_find(group, name)), &type);
    str address = bounce_notice_address(value);
    return address.n > 0 ? address : str_head(str_trim(value), LIMIT_MAIL_ADDRESS);
}

// What a report tells of a recipient beside the bounce itself.
struct beside {
    bool by_program;
    str category;
};

static struct mail_bounce read_group(struct arena *a, str group, struct beside *beside)
{
    str type, diagnostic = header_text(a, header_find(group, S("Diagnostic-Code")));
    str status = header_text(a, header_find(group, S("Status")));
    struct mail_bounce b = {.recipient = address_in(a, group, S("Final-Recipient")),
                            .original = address_in(a, group, S("Original-Recipient")),
                            .status = bounce_code_status(status),
                            .diagnostic = after_type(diagnostic, &type)};
    str action = header_text(a, header_find(group, S("Action")));
    b.action = arena_lower(a, str_token(&action, ' '));
    bool local = str_find(b.recipient, S("@")) < 0;    // "RFC822; user" on that machine
    if (b.recipient.n == 0 || (local && b.original.n > 0))
        b.recipient = b.original;
    bool piped = str_find(header_find(group, S("X-Actual-Recipient")), S("|")) >= 0
                 || str_find(header_find(group, S("Final-Recipient")), S("|")) >= 0;
    beside->by_program = piped || str_starts(arena_lower(a, type), S("x-unix"));
    beside->category = header_text(a, header_find(group, S("X-PowerMTA-BounceCategory")));
    return b;
}

// --- what is made of it --------------------------------------------------------------------

static isize rows(str report)
{
    isize n = 0;
    while (report.n > 0)
        n += str_eq_nocase(str_head(str_token(&report, '\n'), 7), S("Status:"));
    return n;
}

// Nobody else is meant by what the notice says.
static bool concerns_all(const struct report *r)
{
    return r->notice.n == 0 || (r->notice.n == 1 && rows(r->parts->delivery) <= 1);
}

// What the notice says about that recipient; all of it if it names nobody else.
static str said_about(const struct report *r, const struct mail_bounce *b)
{
    const struct bounce_notice *n = &r->notice;
    for (isize i = 0; i < n->n; i++)
        if (str_eq_nocase(n->said[i].recipient, b->recipient)
            || str_eq_nocase(n->said[i].recipient, b->original))
            return n->said[i].text;
    return concerns_all(r) ? n->text : S("");
}

// The first of two that says something.
static str better(str a, str b)
{
    return a.n > 0 && !str_ends(a, S(".0.0")) ? a : b.n > 0 ? b : a;
}

static bool is_vague(enum bounce_reason r)
{
    return r == BOUNCE_ONHOLD || r == BOUNCE_UNDEFINED;
}

static enum bounce_reason ask(const struct report *r, struct bounce_case *c, str text)
{
    c->plain = bounce_code_plain(r->arena, str_head(text, LOOK_AT));
    return bounce_reason_of(c);
}

// W3 of bounce_reason.h is asked with the narrowest words first.
static enum bounce_reason reason_of(const struct report *r, struct mail_bounce *b,
                                    const struct beside *beside, str said)
{
    struct bounce_case c = {.words = r->words,
                            .status = b->status,
                            .action = b->action,
                            .command = bounce_code_command(said),
                            .by_program = beside->by_program,
                            .category = str_trim(beside->category)};
    if (c.command == COMMAND_UNKNOWN)
        c.command = bounce_code_command(b->diagnostic);
    c.coded = b->reply.n > 0;
    c.heard = b->diagnostic.n > 0 || b->reply.n > 0;
    enum bounce_reason found = ask(r, &c, (str){0});    // the status alone
    const str texts[] = {bounce_code_answer(b->diagnostic), b->diagnostic,
                         bounce_code_answer(said), said,
                         concerns_all(r) ? r->notice.text : (str){0}};
    for (int round = 0; round < 2; round++, c.guess = true)
        for (isize i = 0; i < countof(texts) && (is_vague(found) || c.plain.n == 0); i++)
            if (texts[i].n > 0)
                found = ask(r, &c, texts[i]);
    return found;
}

// B4
static void judge(const struct report *r, struct mail_bounce *b, const struct beside *beside)
{
    str said = str_head(said_about(r, b), LOOK_AT);
    str written = better(b->status, bounce_code_status(said));
    b->status = better(bounce_code_status(b->diagnostic), written);
    b->reply = bounce_code_reply(b->diagnostic);
    if (b->reply.n == 0)
        b->reply = bounce_code_reply(said);
    b->reason = reason_of(r, b, beside, said);
    if (b->diagnostic.n == 0)
        b->diagnostic = str_trim(str_head(said, LIMIT_LINE));
    bool later = str_eq(b->action, S("delayed")) || str_starts(b->reply, S("4"))
                 || str_find(said, S("retry timeout exceeded")) >= 0
                 || str_find(said, S("failing for a long time")) >= 0;
    if (b->status.n == 0)
        b->status = bounce_reason_status(r->arena, b->reason, later);
    b->hard = bounce_reason_is_hard(b->reason, b->status);
}

static void add(struct report *r, struct mail_bounce b, struct beside beside)
{
    struct mail *m = r->m;
    if (b.recipient.n == 0 || m->bounces == LIMIT_MAIL_RECIPIENTS)
        return;
    judge(r, &b, &beside);
    m->bounce[m->bounces++] = b;
}

static void take_groups(struct report *r, str s)
{
    while (s.n > 0 && r->m->bounces < LIMIT_MAIL_RECIPIENTS) {
        struct beside beside;
        struct mail_bounce b = read_group(r->arena, next_group(&s), &beside);
        add(r, b, beside);
    }
}

// B1: groups in the text, from the paragraph on in which the first of their fields stands.
static str groups_in(str text)
{
    for (str rest = text; rest.n > 0;) {
        str from = rest, group = next_group(&rest);
        if (header_find(group, S("Final-Recipient")).n > 0)
            return from;
    }
    return S("");
}

// --- B3 ------------------------------------------------------------------------------------

static bool is_delay(const struct mail *m)
{
    return str_find_nocase(m->subject, S("delay")) >= 0
           || str_find_nocase(m->subject, S("warning")) >= 0
           || str_find_nocase(m->text, S("warning message only")) >= 0;
}

static void take_address(struct report *r, str address)
{
    str action = is_delay(r->m) ? S("delayed") : S("failed");
    add(r, (struct mail_bounce){.recipient = address, .action = action}, (struct beside){0});
}

static void take_list(struct report *r, struct mail_addresses list)
{
    for (isize i = 0; i < list.n; i++)
        take_address(r, list.p[i].address);
}

// The first address of the notice that is not the writer's.
static void take_any(struct report *r)
{
    struct mail_addresses to = address_list(r->arena, header_find(r->returned, S("To")));
    str any = bounce_notice_any(r->notice.text, r->m->to);
    if (any.n > 0)
        take_address(r, any);
    else if (to.n == 1)
        take_address(r, to.p[0].address);
}

static void take_words(struct report *r)
{
    struct mail_addresses failed =
        address_list(r->arena, mail_field(r->m, S("X-Failed-Recipients")));
    if (failed.n > 0) {
        take_list(r, failed);
        return;
    }
    for (isize i = 0; i < r->notice.n; i++)
        take_address(r, r->notice.said[i].recipient);
    if (r->m->bounces == 0)    // a report inside of a report
        take_groups(r, groups_in(r->returned));
    if (r->m->bounces == 0)
        take_any(r);
}

// B7
static void take_notification(struct report *r)
{
    str s = bounce_sns_plain(r->arena, r->m->text);
    struct bounce_sns n;
    while (r->m->bounces < LIMIT_MAIL_RECIPIENTS && bounce_sns_next(r->arena, &s, &n))
        add(r,
            (struct mail_bounce){.recipient = n.recipient,
                                 .action = n.action,
                                 .status = n.status,
                                 .diagnostic = n.diagnostic},
            (struct beside){0});
}

// B5
static void drop_arrived(struct mail *m)
{
    isize failed = 0;
    for (isize i = 0; i < m->bounces; i++)
        if (m->bounce[i].reason != BOUNCE_DELIVERED)
            m->bounce[failed++] = m->bounce[i];
    if (failed > 0)
        m->bounces = failed;
}

// B6
static void take_complaint(struct report *r)
{
    struct arena *a = r->arena;
    struct mail_addresses to = address_list(a, header_find(r->returned, S("To")));
    str whom = address_in(a, r->parts->feedback, S("Original-Rcpt-To"));
    if (whom.n == 0)
        whom = address_in(a, r->parts->feedback, S("Removal-Recipient"));
    str s = bounce_sns_plain(a, r->m->text);
    struct bounce_sns n;
    if (whom.n == 0 && bounce_sns_next(a, &s, &n))
        whom = n.recipient;
    if (whom.n == 0 && to.n > 0)
        whom = to.p[0].address;
    r->m->bounce[r->m->bounces++] =
        (struct mail_bounce){.recipient = whom, .reason = BOUNCE_FEEDBACK};
}

// B2
static void find_id(struct report *r)
{
    struct mail_ids ids = header_ids(r->arena, header_find(r->returned, S("Message-ID")));
    if (ids.n > 0)
        r->m->bounced_id = ids.p[0];
}

void bounce_read(struct arena *a, const struct bounce_parts *parts, struct mail *m)
{
    struct report r = {.arena = a, .m = m, .parts = parts};
    bool complaint = str_eq(m->report, S("feedback-report"));
    if (!complaint && m->is_auto != MAIL_AUTO_BOUNCE)
        return;
    r.words = bounce_reason_words(a);
    r.notice = bounce_notice_read(a, m->text, m->to);
    r.returned = parts->returned.n > 0 ? parts->returned : r.notice.returned;
    m->bounce = make(a, struct mail_bounce, LIMIT_MAIL_RECIPIENTS);
    find_id(&r);
    if (complaint) {
        take_complaint(&r);
        return;
    }
    take_groups(&r, parts->delivery);
    if (m->bounces == 0)
        take_notification(&r);
    if (m->bounces == 0)
        take_groups(&r, groups_in(r.notice.text));
    if (m->bounces == 0)
        take_words(&r);
    drop_arrived(m);
}

struct mail_bounce bounce_of_reply(struct arena *a, str rcpt, str reply)
{
    static const struct bounce_parts none = {0};
    struct report r = {.arena = a, .parts = &none, .words = bounce_reason_words(a)};
    struct mail_bounce b = {.recipient = rcpt, .action = S("failed"), .diagnostic = reply};
    judge(&r, &b, &(struct beside){0});
    return b;
}
