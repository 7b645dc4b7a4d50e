// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/intake_test.h"

#include "intake/passing.h"

#define OURS \
    "Authentication-Results: mx.desk.example; dmarc=pass header.from=nordlicht.example\r\n"
#define OF_ADA "From: Ada Ahrens <ada@nordlicht.example>\r\nTo: hilfe@nordlicht.example\r\n"
#define PASSED                                                                                \
    "Bitte kümmern.\r\n\r\n---------- Forwarded message ---------\r\nVon: Maja Ott "         \
    "<maja@kunde.example>\r\nDate: Mo., 4. Mai 2026 um 09:00 Uhr\r\nSubject: Drucker "        \
    "brennt\r\nTo: Ada <ada@nordlicht.example>\r\n\r\nGuten Tag,\r\n\r\nder Drucker brennt. " \
    "Was tun?\r\n\r\nMfG\r\nMaja\r\n"

static void ada_has_an_address(struct world *w)
{
    struct ctx *cx = begin(w);
    struct db_stmt st = {
        .name = "t",
        .id = -1,
        .types = "",
        .sqlite = "update person set email = 'Ada@Nordlicht.example' where id = 1",
        .postgres = "update person set email = 'Ada@Nordlicht.example' where id = 1"};
    struct db_result r = {0};
    check(db_run(cx, &st, NULL, &r) == OK && end(w, OK) == OK);
}

static void P1_it_is_the_case_of_who_wrote_it(struct world *w)
{
    ada_has_an_address(w);
    int64_t inbox = bring(w, OURS OF_ADA "Subject: WG: Drucker brennt\r\n", PASSED);
    work(w);
    check(state(w, inbox) == INBOX_TICKET);
    struct ticket t = load(w, ask_for(w, "ticket", inbox));
    check_text(t.contact_mail, S("maja@kunde.example"));
    check_text(t.contact_name, S("Maja Ott"));
    check_text(t.subject, S("Drucker brennt"));
    check_text(t.problem, S("der Drucker brennt."));
    check(ask(w, "select count(*) from message where kind = 4 and verified = 0 and address = "
                 "'maja@kunde.example' and author = 'Maja Ott' and body not like '%Bitte%'")
          == 1);
    check(receipts(w) == 0 && ask(w, "select count(*) from outbox") == 0);
    check(ask(w, "select count(*) from contact_address where value like 'ada%'") == 0);
}

static void P2_what_the_passer_says_is_internal(struct world *w)
{
    ada_has_an_address(w);
    bring(w, OURS OF_ADA "Subject: WG: x\r\n", PASSED);
    work(w);
    check(ask(w, "select count(*) from message where internal = 1 and body = "
                 "'Weitergeleitet von ada: Bitte kümmern.'")
          == 1);
}

static void P1_not_without_proof(struct world *w)
{
    ada_has_an_address(w);
    bring(w, OF_ADA "Subject: WG: x\r\n", PASSED);
    work(w);
    check_text(load(w, 1).contact_mail, S("ada@nordlicht.example"));
}

static void P3_a_customers_stays_his(struct world *w)
{
    bring(w, FIRST,
          "Was soll das?\r\n\r\n-----Ursprüngliche Nachricht-----\r\nVon: Ben Bo "
          "<ben@firma.example>\r\nGesendet: heute\r\nAn: Maja\r\nBetreff: "
          "x\r\n\r\nGeben Sie mir Ihr Kennwort.\r\n");
    work(w);
    struct ticket t = load(w, 1);
    check_text(t.contact_mail, S("maja@kunde.example"));
    check_text(t.problem, S("Was soll das?"));
    check(receipts(w) == 1);
    check(ask(w, "select count(*) from message where kind = 4 and verified = 1 and body like "
                 "'Was soll das?%[Weitergeleitete Mail von Ben Bo <ben@firma.example>, "
                 "heute]%Kennwort.'")
          == 1);
    check(ask(w, "select count(*) from contact_address where value like 'ben%'") == 0);
}

static void P4_what_we_wrote_ourselves_stays_the_passers(struct world *w)
{
    static const char *const from[] = {"hilfe+abc@nordlicht.example", "ada@nordlicht.example",
                                       "nobody"};
    ada_has_an_address(w);
    for (isize i = 0; i < countof(from); i++) {
        str body = arena_fmt(&w->kept,
                             "---------- Forwarded message ---------\r\nVon: X "
                             "<%s>\r\nDate: 4. Mai 2026\r\nSubject: y\r\nTo: "
                             "z\r\n\r\nText %d\r\n",
                             from[i], (int)i);
        int64_t inbox = bring(w, OURS OF_ADA "Subject: WG: x\r\n", body.p);
        work(w);
        check_text(load(w, ask_for(w, "ticket", inbox)).contact_mail,
                   S("ada@nordlicht.example"));
    }
}

static void P1_nothing_halves(struct world *w)
{
    ada_has_an_address(w);
    struct tenant desk = {0};
    struct forward f = {.from = {S("Maja"), S("maja@kunde.example")}, .body = S("x")};
    struct mail m = {.from = {S("Ada"), S("ada@nordlicht.example")}};
    EACH_FAULT(w) {
        struct ctx *cx = begin(w);
        struct arrival a = {.desk = &desk, .mail = &m, .forward = &f, .proven = true};
        enum err err = passing_look(cx, &a);
        check(end(w, err) != OK || a.passer != NULL);
    }
}

const struct test passing_tests[] = {
    T(P1_it_is_the_case_of_who_wrote_it),
    T(P2_what_the_passer_says_is_internal),
    T(P1_not_without_proof),
    T(P3_a_customers_stays_his),
    T(P4_what_we_wrote_ourselves_stays_the_passers),
    T(P1_nothing_halves),
    {0},
};
