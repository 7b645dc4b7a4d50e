// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "base/limits.h"
#include "base/now.h"
#include "circular/circular.h"
#include "contact/contact.h"
#include "job/job.h"
#include "message/message.h"
#include "promise/promise.h"

static ticket_id a_case(struct world *w, contact_id contact, enum lang lang, int64_t team)
{
    struct ticket_made made = {0};
    struct ticket_new n = {.channel = CHANNEL_MAIL,
                           .subject = S("VPN geht nicht"),
                           .contact = contact,
                           .lang = lang,
                           .team = {team}};
    struct ctx *cx = begin(w);
    instant due;
    check(ticket_create(cx, &n, &made) == OK);
    check(promise_first(cx, &made, CHANNEL_MAIL, &due) == OK);
    check(end(w, OK) == OK);
    return made.at.id;
}

static contact_id a_contact(struct world *w, str name, str mail, bool formal)
{
    struct contact_address address = {.kind = ADDRESS_MAIL, .shown = mail};
    struct contact c = {.name = name,
                        .lang = LANG_DE,
                        .formal = formal,
                        .address = &address,
                        .addresses = mail.n > 0};
    check(end(w, contact_add(begin(w), &c, &c.id)) == OK);
    return c.id;
}

static const struct circular_text texts = {.de = {"Ihr VPN geht wieder.", 20},
                                           .du = {"Dein VPN geht wieder.", 21},
                                           .en = {"Your VPN works again.", 21}};

static enum err send(struct world *w, int person, const struct circular_new *c,
                     circular_id *out)
{
    return end(w, circular_send(begin_as(w, person), c, out));
}

static void run_jobs(struct world *w)
{
    struct ctx *cx = begin(w);
    check(end(w, OK) == OK);
    check(job_drain(cx, circular_jobs) == OK);
}

static struct circular_new to(const ticket_id *ticket, isize n)
{
    return (struct circular_new){.text = texts, .ticket = ticket, .n = n};
}

static void C1_each_in_its_own_case_and_words(struct world *w)
{
    contact_id karin = a_contact(w, S("Karin Brandt"), S("k@post.example"), true);
    contact_id jo = a_contact(w, S("Jo"), S("jo@post.example"), false);
    ticket_id all[] = {a_case(w, karin, LANG_DE, FIRST), a_case(w, jo, LANG_DE, FIRST),
                       a_case(w, karin, LANG_EN, FIRST)};
    struct circular_new c = to(all, 3);
    circular_id id;
    check(send(w, ADA, &c, &id) == OK);
    later(w, LIMIT_UNDO_S);
    run_jobs(w);
    check(ask(w,
              "select count(*) from message where ticket = 1 and kind = 1 and person = 1 and "
              "body = 'Guten Tag Karin Brandt,\n\nIhr VPN geht wieder.'")
          == 1);
    check(ask(w, "select count(*) from message where ticket = 2 and kind = 1 and body = 'Hallo "
                 "Jo,\n\nDein VPN geht wieder.'")
          == 1);
    check(ask(w, "select count(*) from message where ticket = 3 and kind = 1 and body = 'Hello "
                 "Karin Brandt,\n\nYour VPN works again.'")
          == 1);
    check(ask(w, "select count(*) from outbox") == 3);
}

static void C2_taken_back_in_time_no_case_knew_of_it(struct world *w)
{
    ticket_id one = a_case(w, (contact_id){0}, LANG_DE, FIRST);
    struct circular_new c = to(&one, 1);
    struct circular_count n;
    circular_id id;
    check(send(w, ADA, &c, &id) == OK);
    check(end(w, circular_count(begin_as(w, ADA), id, &n)) == OK);
    check(circular_undoable(&n, w->now) && n.waits == 1);
    check(end(w, circular_undo(begin_as(w, BEN), id)) == ERR_STALE);    // not his
    later(w, LIMIT_UNDO_S - 1);
    check(end(w, circular_undo(begin_as(w, ADA), id)) == OK);
    later(w, 60);
    run_jobs(w);
    check(ask(w, "select count(*) from message") == 0);
    check(ask(w, "select count(*) from circular_letter where state = 4") == 1);
    check(ask(w, "select count(*) from job where kind = 'circular.letter'") == 0);
}

static void C2_too_late_is_too_late(struct world *w)
{
    ticket_id one = a_case(w, (contact_id){0}, LANG_DE, FIRST);
    struct circular_new c = to(&one, 1);
    struct circular_count n;
    circular_id id;
    check(send(w, ADA, &c, &id) == OK);
    later(w, LIMIT_UNDO_S);
    check(end(w, circular_undo(begin_as(w, ADA), id)) == ERR_STALE);
    check(end(w, circular_count(begin_as(w, ADA), id, &n)) == OK);
    check(!circular_undoable(&n, w->now));
    run_jobs(w);
    check(ask(w, "select count(*) from message") == 1);
}

static void C3_once_for_a_case_and_for_a_customer(struct world *w)
{
    contact_id karin = a_contact(w, S("Karin"), S("k@post.example"), true);
    ticket_id all[] = {a_case(w, karin, LANG_DE, FIRST), a_case(w, karin, LANG_DE, FIRST)};
    struct circular_new c = to((ticket_id[]){all[0], all[0], all[1]}, 3);
    circular_id id;
    c.once_each = true;
    check(send(w, ADA, &c, &id) == OK);
    later(w, LIMIT_UNDO_S);
    run_jobs(w);
    struct ctx *cx = begin(w);
    check(job_add(cx, "circular.letter", 1, w->now) == OK && end(w, OK) == OK);
    run_jobs(w);
    check(ask(w, "select count(*) from message where ticket = 1") == 1);
    check(ask(w, "select count(*) from message where ticket = 2") == 0);
    c.once_each = false;
    check(send(w, ADA, &c, &id) == OK);
    later(w, LIMIT_UNDO_S);
    run_jobs(w);
    check(ask(w, "select count(*) from message where ticket = 1") == 2);
    check(ask(w, "select count(*) from message where ticket = 2") == 1);
}

static void C4_only_ones_own_open_cases(struct world *w)
{
    ticket_id theirs = a_case(w, (contact_id){0}, LANG_DE, NET);
    ticket_id over = a_case(w, (contact_id){0}, LANG_DE, FIRST);
    struct ticket_at at = {over, TICKET_ANY_VERSION};
    check(end(w, ticket_spam(begin_as(w, ADA), &at)) == OK);
    struct circular_new c = to((ticket_id[]){theirs, over}, 2);
    circular_id id;
    check(send(w, ADA, &c, &id) == ERR_INVALID);
    check(send(w, NINA, &c, &id) == ERR_INVALID);
    check(send(w, CEM, &c, &id) == OK);
    check(ask(w, "select count(*) from circular_letter where ticket = 1") == 1);
}

static void C4_at_most_so_many(struct world *w)
{
    ticket_id one = a_case(w, (contact_id){0}, LANG_DE, FIRST);
    ticket_id *many = make(&w->kept, ticket_id, LIMIT_CIRCULAR + 1);
    for (isize i = 0; i <= LIMIT_CIRCULAR; i++)
        many[i] = one;
    struct circular_new c = to(many, LIMIT_CIRCULAR + 1);
    circular_id id;
    check(send(w, ADA, &c, &id) == ERR_INVALID);
    c.n = LIMIT_CIRCULAR;
    check(send(w, ADA, &c, &id) == OK);
    check(ask(w, "select count(*) from circular_letter") == 1);    // C3
}

static void C5_a_text_for_each_language(struct world *w)
{
    ticket_id all[] = {a_case(w, (contact_id){0}, LANG_DE, FIRST),
                       a_case(w, (contact_id){0}, LANG_EN, FIRST)};
    struct circular_new c = to(all, 2);
    circular_id id;
    c.text.en = S(" ");
    struct ctx *cx = begin_as(w, ADA);
    enum err err = circular_send(cx, &c, &id);
    check(err == ERR_INVALID && strcmp(cx->problems->field, "en") == 0);
    end(w, err);
    c.n = 1;
    check(send(w, ADA, &c, &id) == OK);
    c.text = (struct circular_text){.en = S("text")};
    check(send(w, ADA, &c, &id) == ERR_INVALID);
}

static void C6_the_letter_solves_its_case(struct world *w)
{
    contact_id karin = a_contact(w, S("Karin"), S("k@post.example"), true);
    ticket_id one = a_case(w, karin, LANG_DE, NET);
    struct circular_new c = to(&one, 1);
    circular_id id;
    c.solve = true;
    c.solved = S("Das Zertifikat wurde erneuert.");
    c.next = instant_plus(w->now, 3600);
    check(send(w, CEM, &c, &id) == OK);
    check(ask(w, "select count(*) from ticket where status = 6") == 0);
    later(w, LIMIT_UNDO_S);
    run_jobs(w);
    check(ask(w, "select count(*) from ticket where status = 6 and due is null") == 1);
    check(ask(w, "select count(*) from promise where state = 2") == 1);
    check(ask(w, "select count(*) from duty") == 0);
}

static void C7_the_next_word_is_promised_and_kept_by_it(struct world *w)
{
    ticket_id one = a_case(w, (contact_id){0}, LANG_DE, FIRST);
    struct circular_new c = to(&one, 1);
    circular_id id;
    c.next = instant_plus(w->now, 1800);
    check(send(w, ADA, &c, &id) == OK);
    later(w, LIMIT_UNDO_S);
    run_jobs(w);
    check(ask(w, "select count(*) from promise where state = 1") == 1);
    struct ticket t;
    check(end(w, ticket_load(begin(w), one, &t)) == OK && t.due.ms == c.next.ms);
    c.next = (instant){0};
    check(send(w, ADA, &c, &id) == OK);
    later(w, LIMIT_UNDO_S);
    run_jobs(w);
    check(ask(w, "select count(*) from promise where state = 1") == 0);
    c.next = w->now;
    check(send(w, ADA, &c, &id) == ERR_INVALID);
}

static void C8_what_ended_meanwhile_holds_nobody_up(struct world *w)
{
    ticket_id all[] = {a_case(w, (contact_id){0}, LANG_DE, FIRST),
                       a_case(w, (contact_id){0}, LANG_DE, FIRST)};
    struct circular_new c = to(all, 2);
    struct circular_count n;
    circular_id id;
    check(send(w, ADA, &c, &id) == OK);
    struct ticket_at at = {all[0], TICKET_ANY_VERSION};
    check(end(w, ticket_spam(begin_as(w, ADA), &at)) == OK);
    later(w, LIMIT_UNDO_S);
    run_jobs(w);
    check(end(w, circular_count(begin_as(w, ADA), id, &n)) == OK);
    check(n.written == 1 && n.left_out == 1 && n.waits == 0);
}

static void C10_an_address_that_no_relay_takes(struct world *w)
{
    contact_id bad = a_contact(w, S("Jörg"), S("jörg@post.example"), true),
               karin = a_contact(w, S("Karin"), S("k@post.example"), true);
    ticket_id all[] = {a_case(w, bad, LANG_DE, FIRST), a_case(w, karin, LANG_DE, FIRST)};
    struct circular_new c = to(all, 2);
    struct circular_letter *letter;
    struct circular_count n;
    isize letters = 0;
    circular_id id;
    c.solve = true;
    c.solved = S("Das Zertifikat wurde erneuert.");
    struct ctx *cx = begin_as(w, ADA);
    check(circular_letters(cx, &c, &letter, &letters) == OK && letters == 2);
    check(letter[0].unwritable && !letter[1].unwritable && end(w, OK) == OK);
    check(send(w, ADA, &c, &id) == OK);
    later(w, LIMIT_UNDO_S);
    run_jobs(w);
    check(ask(w, "select count(*) from outbox") == 1
          && ask(w, "select count(*) from ticket where status = 6") == 1);
    check(ask(w, "select count(*) from job where kind = 'circular.letter'") == 0);
    cx = begin_as(w, ADA);
    check(circular_count(cx, id, &n) == OK && n.written == 1 && n.refused == 1 && n.waits == 0);
    check(circular_refused(cx, id, &letter, &letters) == OK && letters == 1);
    check_text(letter[0].contact, S("Jörg"));
    check(letter[0].ticket.n == all[0].n && letter[0].unwritable && end(w, OK) == OK);
    cx = begin_as(w, CEM);    // not his team's: the figure, and nothing about it
    check(circular_refused(cx, id, &letter, &letters) == OK && letters == 0);
    check(end(w, OK) == OK);
}

static void C9_the_same_page_twice_is_one(struct world *w)
{
    ticket_id one = a_case(w, (contact_id){0}, LANG_DE, FIRST);
    struct circular_new c = to(&one, 1);
    circular_id id;
    c.key = S("p:1:2");
    check(send(w, ADA, &c, &id) == OK && id.n == 1);
    check(send(w, ADA, &c, &id) == OK && id.n == 0);
    check(ask(w, "select count(*) from circular") == 1);
    check(ask(w, "select count(*) from circular_letter") == 1);
}

static void all_or_nothing_whatever_fails(struct world *w)
{
    ticket_id one = a_case(w, (contact_id){0}, LANG_DE, FIRST);
    struct circular_new c = to(&one, 1);
    struct who ada = who_is(w, ADA);
    circular_id id;
    EACH_FAULT(w) {
        end(w, circular_send(begin_with(w, ada), &c, &id));
        check(ask(w, "select count(*) from circular")
              == ask(w, "select count(*) from job where kind = 'circular.letter'"));
    }
    check(ask(w, "select count(*) from circular") == 1);
}

const struct test circular_tests[] = {
    T(C1_each_in_its_own_case_and_words),
    T(C2_taken_back_in_time_no_case_knew_of_it),
    T(C2_too_late_is_too_late),
    T(C3_once_for_a_case_and_for_a_customer),
    T(C4_only_ones_own_open_cases),
    T(C4_at_most_so_many),
    T(C5_a_text_for_each_language),
    T(C6_the_letter_solves_its_case),
    T(C7_the_next_word_is_promised_and_kept_by_it),
    T(C8_what_ended_meanwhile_holds_nobody_up),
    T(C9_the_same_page_twice_is_one),
    T(C10_an_address_that_no_relay_takes),
    T(all_or_nothing_whatever_fails),
    {0},
};
