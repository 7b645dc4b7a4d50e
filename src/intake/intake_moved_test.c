// SPDX-License-Identifier: GPL-3.0-or-later
// A desk gets another address: what left from the one before is still answered and comes back.
#include "intake/intake_test.h"
#include "letterhead/letterhead.h"

static void moves(struct world *w, int64_t desk, const char *address)
{
    struct ctx *cx = begin(w);
    struct tenant t;
    cx->who = tenant_system((tenant_id){desk});
    check(tenant_mine(cx, &t) == OK);
    t.mail_address = str_from_z(address);
    check(end(w, letterhead_save(cx, &t)) == OK);
}

// hilfe+tag@nordlicht.example becomes hilfe+tag@DOMAIN.
static str at_domain(struct world *w, str address, const char *domain)
{
    str local = str_token(&address, '@');
    return arena_fmt(&w->kept, STR_FMT "@%s", STR_ARG(local), domain);
}

static void N7_an_answer_to_the_address_of_before_finds_its_case(struct world *w)
{
    int64_t t = a_case(w);
    str old = reply_address(w, t);
    moves(w, 1, "support@staffel.example");
    check(str_ends(reply_address(w, t), S("@staffel.example")));
    int64_t inbox = bring_to(w, old, PROOF MAJA "Subject: Re: x\r\nMessage-ID: <2@kunde.example>\r\n",
                             "Noch etwas.");
    work(w);
    check(state(w, inbox) == INBOX_REPLY && ask_for(w, "ticket", inbox) == t && tickets(w) == 1);
    check(ask(w, "select count(*) from message where kind = 4 and verified = 1 and body like 'Noch%'") == 1);
    inbox = bring_to(w, at_domain(w, old, "staffel.example"),
                     PROOF MAJA "Subject: Re: x\r\nMessage-ID: <3@kunde.example>\r\n", "Und noch etwas.");
    work(w);
    check(state(w, inbox) == INBOX_REPLY && ask_for(w, "ticket", inbox) == t);
}

static void N7_a_mail_that_left_before_comes_back(struct world *w)
{
    int64_t t = a_case(w);
    a_reply_of_ada(w, t);
    str verp = outbox_text(w, "sender"), id = outbox_text(w, "mail_id");
    moves(w, 1, "support@staffel.example");
    int64_t inbox = bring_from(w, "", arena_z(&w->kept, verp),
                               S("From: mailer-daemon@relay.example\r\nSubject: Undelivered Mail\r\n"
                                 "\r\nuser unknown\r\n"));
    work(w);
    check(state(w, inbox) == INBOX_BOUNCE && ask_for(w, "ticket", inbox) == t);
    check(ask(w, "select sent from message where kind = 1") == MESSAGE_FAILED);
    str mail = delivery_report(w, "failed", "5.1.1", "text/rfc822-headers", id, "");
    inbox = bring_from(w, "", arena_z(&w->kept, at_domain(w, verp, "staffel.example")), mail);
    work(w);
    check(state(w, inbox) == INBOX_BOUNCE && ask_for(w, "ticket", inbox) == t);
}

static void D3_the_address_of_before_is_us(struct world *w)
{
    moves(w, 1, "support@staffel.example");
    int64_t inbox = bring_from(w, "hilfe@nordlicht.example", "support@staffel.example",
                               S("From: hilfe@nordlicht.example\r\nSubject: Anfrage\r\n\r\nEine Frage.\r\n"));
    work(w);
    check(state(w, inbox) == INBOX_TICKET && receipts(w) == 0);
    inbox = bring(w, MAJA "Subject: Drucker\r\nMessage-ID: <9@kunde.example>\r\n", "Er druckt nicht.");
    work(w);
    check(state(w, inbox) == INBOX_TICKET && receipts(w) == 1);
}

static void D3_mail_to_the_address_of_before_is_its_desks(struct world *w)
{
    moves(w, 2, "neu@suedwind.example");
    int64_t inbox = bring_from(w, "maja@kunde.example", "Hilfe+x@suedwind.example",
                               S(MAJA "Subject: Frage\r\n\r\nWie geht das?\r\n"));
    check(ask_for(w, "tenant", inbox) == 2);
}

const struct test intake_moved_tests[] = {
    T(N7_an_answer_to_the_address_of_before_finds_its_case),
    T(N7_a_mail_that_left_before_comes_back),
    T(D3_the_address_of_before_is_us),
    T(D3_mail_to_the_address_of_before_is_its_desks),
    {0},
};
