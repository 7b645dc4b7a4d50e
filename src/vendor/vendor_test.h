// SPDX-License-Identifier: GPL-3.0-or-later
// What the tests of this folder share: a desk with a vendor, a case of a customer, mails.
#pragma once

#include "intake/intake.h"
#include "outbox/outbox_test.h"
#include "vendor/vendor_ask.h"

enum { MAKER = 5 };

static inline void a_vendor(struct world *w, str address)
{
    team_id id;
    check(end(w, team_add(begin(w),
                          &(struct team){.name = SAY("Maker", "Hersteller"), .level = 4}, &id))
          == OK);
    check(id.n == MAKER);
    struct vendor v = {.team.id = id,
                       .address = address,
                       .name = S("Werk Nord"),
                       .lang = LANG_DE,
                       .contract = S("V-7700")};
    check(end(w, vendor_save(begin(w), &v)) == OK);
}

static inline enum err ask_them(struct world *w, ticket_id t, const char *text,
                                enum release_why why, engagement_id *out)
{
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at at = {t, TICKET_ANY_VERSION};
    struct vendor_question q = {S("Drucker HP-4711"), str_from_z(text), why};
    return end(w, vendor_ask(cx, &at, (team_id){MAKER}, &q, out));
}

static inline struct vendor_asked asked(struct world *w, ticket_id t)
{
    struct vendor_asked *v;
    isize n;
    struct ctx *cx = begin_as(w, ADA);
    check(vendor_ask_list(cx, t, &v, &n) == OK && n > 0);
    struct vendor_asked last = v[n - 1];
    last.number = keep(w, last.number);
    last.answer = keep(w, last.answer);
    last.text = keep(w, last.text);
    check(end(w, OK) == OK);
    return last;
}

static inline struct ticket case_of(struct world *w, ticket_id id)
{
    struct ticket t = {0};
    check(ticket_load(begin(w), id, &t) == OK);
    check(end(w, OK) == OK);
    return t;
}

static inline void comes_in(struct world *w, const char *sender, str rcpt, str mail)
{
    struct spool s;
    int64_t inbox = 0;
    bool duplicate;
    struct ctx *cx = begin(w);
    check(spool_prepare(cx) == OK);
    spool_start(&s, cx);
    spool_add(&s, mail);
    check(spool_end(&s) == OK);
    struct intake_mail m = {INBOX_LMTP, rcpt, str_from_z(sender), &s, {0}};
    check(end(w, intake_store(cx, &m, &inbox, &duplicate)) == OK);
    static const struct intake_config config = {.auth_server = {"mx.desk.example", 15}};
    struct job_kind kinds[] = {intake_jobs[0], {0}};
    kinds[0].config = &config;
    arena_reset(&w->arena);
    struct ctx worker = {
        .arena = &w->arena, .db = w->db, .now = w->now, .data_dir = w->place.dir};
    check(job_drain(&worker, kinds) == OK);
}

// What they write: to the signed address of `ours`, or without one to the desk.
struct their_mail {
    const struct mail *ours;
    const char *from, *subject, *text, *extra;
    bool proven;
};

static inline void they_write(struct world *w, const struct their_mail *t)
{
    static const char proof[] = "Authentication-Results: mx.desk.example; dmarc=pass "
                                "header.from=hersteller.example\r\n";
    later(w, 60);
    str rcpt = t->ours != NULL ? t->ours->reply_to.p[0].address : S("hilfe@nordlicht.example");
    str mail = arena_fmt(&w->kept,
                         "%s%sFrom: <%s>\r\nTo: <" STR_FMT
                         ">\r\nSubject: %s\r\nMessage-ID: <%lld@hersteller.example>\r\n"
                         "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
                         "\r\n%s\r\n",
                         t->proven ? proof : "", t->extra != NULL ? t->extra : "", t->from,
                         STR_ARG(rcpt), t->subject, (long long)w->now.ms, t->text);
    comes_in(w, t->from, rcpt, mail);
}

static inline struct mail sent_to_them(struct world *w, struct relay *r)
{
    later(w, 60);
    deliver(w, r);
    check_text(relay_mail(r, relay_count(r) - 1)->rcpt, S("support@hersteller.example"));
    return parsed(w, r, relay_count(r) - 1);
}
