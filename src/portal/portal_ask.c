// SPDX-License-Identifier: GPL-3.0-or-later
#include "portal/portal_ask.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/zone.h"
#include "contact/contact.h"
#include "link/portal_link.h"
#include "outbox/outbox.h"
#include "portal_ask.sql.h"
#include "tenant/tenant.h"

static bool is_number(struct ctx *cx, str typed, int64_t *out)
{
    bool ok = ticket_number_read(cx, typed, out) == OK;
    ctx_forgive(cx);
    return ok;
}

enum err portal_ask(struct ctx *cx, str typed)
{
    int64_t number;
    str mail;
    struct q_portal_ask_insert row;
    if (!is_number(cx, typed, &number) && !contact_mail_normal(cx->arena, typed, &mail))
        return invalid(cx, "was", "This is neither a number like 4182-2073 nor a mail address.",
                       "Das ist weder eine Nummer wie 4182-2073 noch eine E-Mail-Adresse.");
    TRY(q_portal_ask_insert(cx, str_head(typed, LIMIT_LINE), &row));
    return job_add(cx, "portal_ask", row.id, cx->now);
}

// --- the job -------------------------------------------------------------------------------

struct answer {
    contact_id contact;
    enum lang lang;
    bool formal;
    str mail;
    struct q_portal_ask_cases *row;
    isize n;
};

static str first_mail(const struct contact *c)
{
    for (isize i = 0; i < c->addresses; i++)
        if (c->address[i].kind == ADDRESS_MAIL)
            return c->address[i].value;
    return S("");
}

static enum err by_number(struct ctx *cx, int64_t number, struct answer *a)
{
    struct ticket t;
    struct contact c;
    TRY(ticket_by_number(cx, number, &t));
    if (t.contact.n == 0 || t.status == TICKET_SPAM || t.status == TICKET_MERGED)
        return db_absent(cx);
    TRY(contact_load(cx, t.contact, &c));
    a->row = make(cx->arena, struct q_portal_ask_cases, 1);
    a->row[0] = (struct q_portal_ask_cases){t.id, t.number, t.status, t.created};
    a->n = 1;
    *a = (struct answer){c.id, c.lang, c.formal, first_mail(&c), a->row, a->n};
    return OK;
}

static enum err by_mail(struct ctx *cx, str typed, struct answer *a)
{
    struct contact c;
    TRY(contact_by_mail(cx, typed, &c));
    *a = (struct answer){.contact = c.id, .lang = c.lang, .formal = c.formal};
    if (!contact_mail_normal(cx->arena, typed, &a->mail))
        return db_absent(cx);
    return q_portal_ask_cases(cx, c.id, PORTAL_ASK_CASES, &a->row, &a->n);
}

static enum err put_case(struct ctx *cx, struct buf *b, const struct answer *a,
                         const struct q_portal_ask_cases *row)
{
    str link;
    TRY(portal_link(cx, row->id, a->contact, &link));
    str state = words_in(ticket_words_phase[row->status].name, a->lang);
    buf_fmt(b, STR_FMT ", " STR_FMT ", " STR_FMT "\n" STR_FMT "\n\n",
            STR_ARG(ticket_number_shown(cx->arena, row->number)),
            STR_ARG(zone_date(cx->arena, row->created, a->lang)), STR_ARG(state),
            STR_ARG(link));
    return OK;
}

static enum err send(struct ctx *cx, const struct answer *a)    // A3
{
    struct buf b = buf_new(cx->arena, 2000);
    bool sent;
    struct words head = SAY_TO(a->formal, "Hello,\n\nHere are the links to your requests:\n\n",
                               "Guten Tag,\n\nhier sind die Links zu Ihren Anliegen:\n\n",
                               "Hallo,\n\nhier sind die Links zu deinen Anliegen:\n\n");
    struct words foot = SAY_TO(
        a->formal, "You did not ask for them? Then just delete this mail.\n",
        "Sie haben nicht danach gefragt? Dann löschen Sie diese Mail einfach.\n",
        "Du hast nicht danach gefragt? Dann lösch diese Mail einfach.\n");
    struct words subject = SAY_TO(a->formal, "Links to your requests",
                                  "Links zu Ihren Anliegen", "Links zu deinen Anliegen");
    buf_put(&b, words_in(head, a->lang));
    for (isize i = 0; i < a->n; i++)
        TRY(put_case(cx, &b, a, &a->row[i]));
    buf_put(&b, words_in(foot, a->lang));
    struct outbox_notice notice = {.rcpt = a->mail,
                                   .subject = words_in(subject, a->lang),
                                   .text = buf_str(&b),
                                   .lang = a->lang,
                                   .most = LIMIT_LINKS_PER_ADDRESS};
    return outbox_notice(cx, &notice, &sent);
}

static enum err look(struct ctx *cx, struct job *job)
{
    struct q_portal_ask_take *row;
    isize n;
    TRY(q_portal_ask_take(cx, job->ref, &row, &n));    // A4
    if (n == 0)
        return OK;
    struct answer a = {0};
    int64_t number;
    cx->who = tenant_system(row->tenant);
    enum err err = is_number(cx, row->typed, &number) ? by_number(cx, number, &a)
                                                      : by_mail(cx, row->typed, &a);
    if (err == ERR_ABSENT) {
        ctx_forgive(cx);
        return OK;
    }
    TRY(err);
    return a.n > 0 && a.mail.n > 0 ? send(cx, &a) : OK;
}

const struct job_kind portal_ask_jobs[] = {
    {.name = "portal_ask", .apply = look},
    {0},
};
