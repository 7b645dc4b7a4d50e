// SPDX-License-Identifier: GPL-3.0-or-later
#include "ticket/ticket_test.h"

static void T1_comes_with_number_team_and_event(struct world *w)
{
    struct ticket_made m = made(w, S("WLAN geht nicht"));
    check(m.at.version == 1 && m.team.n == FIRST && m.level == 1 && m.priority == 3);
    check(ticket_number_ok(m.number));
    struct ticket t = loaded(w, m.at.id);
    check(t.status == TICKET_NEW && t.ball == BALL_TEAM && t.ball_team.n == FIRST);
    check(t.care_team.n == FIRST && t.work_person.n == 0 && t.channel == CHANNEL_MAIL);
    check(t.lang == LANG_DE && t.created.ms == w->now.ms && t.type == TICKET_QUESTION);
    check_text(t.subject, S("WLAN geht nicht"));
    check_text(t.work_team_name.de, S("Servicetelefon"));
    check(ask(w, "select count(*) from event where kind = 'ticket.created' and ticket = 1 and "
                 "team = 1")
          == 1);
    check(ask(w, "select count(*) from ticket_team where ticket = 1 and team = 1") == 1);
}

static void T1_all_or_nothing(struct world *w)
{
    EACH_FAULT(w) {
        struct ctx *cx = begin(w);
        struct ticket_made m;
        enum err err = end(w, make_in(cx, S("WLAN geht nicht"), &m));
        check(ask(w, "select count(*) from ticket") == (err == OK));
        check(ask(w, "select count(*) from event") == (err == OK));
        check(ask(w, "select count(*) from ticket_team") == (err == OK));
        check(ask(w, "select coalesce(max(next), 1) from ticket_counter") == 1 + (err == OK));
    }
}

static void T1_says_what_is_wrong_with_it(struct world *w)
{
    struct ticket_made m;
    struct ctx *cx = begin(w);
    struct ticket_new n = {.subject = S("x")};
    check(ticket_create(cx, &n, &m) == ERR_INVALID);    // no channel
    n = (struct ticket_new){.channel = CHANNEL_MAIL, .subject = S(" \n"), .problem = S("")};
    check(ticket_create(cx, &n, &m) == ERR_INVALID);
    n = (struct ticket_new){.channel = CHANNEL_MAIL, .subject = S("x"), .urgency = 5};
    check(ticket_create(cx, &n, &m) == ERR_INVALID);
    n = (struct ticket_new){.channel = CHANNEL_MAIL, .subject = S("x"), .team = {FOREIGN}};
    check(ticket_create(cx, &n, &m) == ERR_ABSENT);
    n = (struct ticket_new){.channel = CHANNEL_MAIL, .subject = S("x"), .contact = {9}};
    check(ticket_create(cx, &n, &m) == ERR_ABSENT);
    n = (struct ticket_new){.channel = CHANNEL_MAIL, .subject = S("x"), .category = {9}};
    check(ticket_create(cx, &n, &m) == ERR_ABSENT);
    n = (struct ticket_new){.channel = CHANNEL_MAIL, .subject = S("x"), .product = {9}};
    check(ticket_create(cx, &n, &m) == ERR_ABSENT);
    n = (struct ticket_new){.channel = CHANNEL_MAIL, .subject = S("x"), .follows = {9}};
    check(ticket_create(cx, &n, &m) == ERR_ABSENT);
    end(w, ERR_INVALID);
}

static void T1_the_subject_is_one_line(struct world *w)
{
    struct ctx *cx = begin(w);
    struct ticket_made m;
    struct ticket t;
    struct ticket_new n = {.channel = CHANNEL_MAIL, .subject = S("\n A\tB\x7f \r\nBcc: x\n")};
    check(ticket_create(cx, &n, &m) == OK && ticket_load(cx, m.at.id, &t) == OK);
    check_text(t.subject, S("A B "));
    char *p = make(cx->arena, char, 900);
    for (int i = 0; i < 300; i++)
        memcpy(p + 3 * i, "€", 3);
    n = (struct ticket_new){.channel = CHANNEL_MAIL, .problem = {p, 900}};
    check(ticket_create(cx, &n, &m) == OK && ticket_load(cx, m.at.id, &t) == OK);
    check(t.subject.n == 600 && t.problem.n == 900);
    end(w, OK);
}

static void T1_who_files_it_sees_it(struct world *w)
{
    struct ticket_made m;
    struct ticket t;
    struct ctx *cx = begin_as(w, CEM);
    check(make_in(cx, S("Für mich"), &m) == OK && m.team.n == NET && m.level == 2);
    struct ticket_new n = {
        .channel = CHANNEL_PHONE, .subject = S("Für andere"), .team = {FIRST}};
    check(ticket_create(cx, &n, &m) == OK && m.team.n == FIRST);
    check(ticket_load(cx, m.at.id, &t) == OK && t.work_team.n == FIRST);
    end(w, OK);
    check(ask(w, "select count(*) from ticket_team where ticket = 1") == 1);
    check(ask(w, "select count(*) from ticket_team where ticket = 2") == 2);
}

static void W1_work_and_care_are_two(struct world *w)
{
    struct ticket_at at;
    struct ctx *cx = begin_as(w, ADA);
    check(opened(cx, &at, S("a")) == OK && ticket_take(cx, &at) == OK);
    struct ticket_move m = {.team = {NET}, .level = 2, .person = {CEM}};
    check(ticket_move(cx, &at, &m) == OK);
    check(ticket_care(cx, &at, (team_id){FIRST}, (person_id){BEN}) == OK);
    check(ticket_care(cx, &at, (team_id){FIRST}, (person_id){CEM}) == ERR_INVALID);
    check(ticket_care(cx, &at, (team_id){FOREIGN}, (person_id){0}) == ERR_ABSENT);
    check(end(w, OK) == OK);
    struct ticket t = loaded(w, at.id);
    check(t.work_team.n == NET && t.level == 2 && t.work_person.n == CEM
          && t.ball_team.n == NET);
    check(t.care_team.n == FIRST && t.care_person.n == BEN);
    check_text(t.care_person_name, S("ben"));
}

static void W2_first_match_wins(struct world *w)
{
    (void)w;
    team_id work = {1}, asked = {2}, sender = {3};
    struct ticket_pending none = {0}, both = {asked, sender}, sent = {.sender = sender};
    for (enum ticket_status s = TICKET_SOLVED; s <= TICKET_SPAM; s++)
        check(ticket_ball(s, work, both).ball == BALL_NOBODY
              && ticket_ball(s, work, both).team.n == 0);
    check(ticket_ball(TICKET_WAITING_CUSTOMER, work, both).ball == BALL_CUSTOMER);
    check(ticket_ball(TICKET_WAITING_VENDOR, work, both).ball == BALL_VENDOR);
    check(ticket_ball(TICKET_WAITING_DATE, work, both).ball == BALL_DATE);
    for (enum ticket_status s = TICKET_NEW; s <= TICKET_OPEN; s++) {
        check(ticket_ball(s, work, both).team.n == 2);
        check(ticket_ball(s, work, sent).team.n == 3);
        check(ticket_ball(s, work, none).team.n == 1
              && ticket_ball(s, work, none).ball == BALL_TEAM);
    }
}

static void W2_a_question_moves_the_ball_and_back(struct world *w)
{
    struct ticket_at at;
    struct ctx *cx = begin_as(w, ADA);
    check(opened(cx, &at, S("a")) == OK);
    check(ticket_set_ball(cx, &at, (struct ticket_pending){.asked = {NET}}) == OK);
    check(ticket_set_ball(cx, &at, (struct ticket_pending){.asked = {FOREIGN}}) == ERR_ABSENT);
    ctx_forgive(cx);
    struct ticket_waiting wait = {.for_what = TICKET_WAITING_CUSTOMER, .asked = w->now};
    check(ticket_wait(cx, &at, &wait) == OK);
    check(ticket_customer_replied(cx, &at) == OK);
    check(end(w, OK) == OK);
    struct ticket t = loaded(w, at.id);
    check(t.ball == BALL_TEAM && t.ball_team.n == NET
          && t.work_team.n == FIRST);    // still asked
    cx = begin_as(w, CEM);               // W4
    check(ticket_set_ball(cx, &at, (struct ticket_pending){0}) == OK);
    check(end(w, OK) == OK);
    check(loaded(w, at.id).ball_team.n == FIRST);
}

static void W2_the_database_insists(struct world *w)
{
    made(w, S("a"));
    static const char *const wrong[] = {"update ticket set ball = 5, ball_team = null",
                                        "update ticket set ball = 2",
                                        "update ticket set ball_team = null",
                                        "update ticket set status = 6",
                                        "update ticket set status = 8",
                                        "update ticket set ball = 6",
                                        "update ticket set level = 0"};
    for (isize i = 0; i < countof(wrong); i++) {
        struct ctx *cx = begin(w);
        check(db_script(cx, wrong[i]) != OK);
        end(w, ERR_BROKEN);
    }
}

static void W3_of_two_one_wins(struct world *w)
{
    struct ticket_at mine = made(w, S("a")).at, theirs = mine;
    struct ctx *cx = begin_as(w, ADA);
    check(end(w, ticket_take(cx, &mine)) == OK);
    cx = begin_as(w, BEN);
    check(end(w, ticket_take(cx, &theirs)) == ERR_STALE && theirs.version == 1);
    cx = begin_as(w, BEN);
    check(ticket_touch(cx, &theirs, TICKET_TOUCHED) == ERR_STALE);
    check(ticket_touch(cx, &mine, TICKET_ASKED) == OK && mine.version == 3);
    theirs.version = TICKET_ANY_VERSION;
    check(ticket_touch(cx, &theirs, TICKET_ANSWERED) == OK
          && theirs.version == TICKET_ANY_VERSION);
    check(ticket_take(cx, &theirs) == OK);
    end(w, OK);
    check(ask(w, "select version from ticket") == 5);
}

// Between looking and writing another connection may write: the statement itself compares.
static void W3_the_statement_compares_too(struct world *w)
{
    struct ticket_at at = made(w, S("a")).at;
    struct ctx *cx = begin_as(w, ADA);
    struct ticket t;
    check(ticket_store_look(cx, &at, &t) == OK);
    check(db_script(cx, "update ticket set version = version + 1") == OK);
    check(ticket_store_save(cx, &at, &t, (struct event){.kind = "ticket.taken"}) == ERR_STALE);
    check(at.version == 1 && cx->events == NULL);
    end(w, ERR_STALE);
}

static void W3_nothing_of_another_team_or_desk(struct world *w)
{
    struct ticket_made m = made(w, S("a"));
    struct ticket_at at = m.at;
    struct ticket t;
    static const int stranger[] = {CEM, DORA, GERO, NINA};
    for (isize i = 0; i < countof(stranger); i++) {
        struct ctx *cx = begin_as(w, stranger[i]);
        check(ticket_load(cx, at.id, &t) == ERR_ABSENT);
        check(ticket_by_number(cx, m.number, &t) == ERR_ABSENT);
        check(ticket_take(cx, &at) == ERR_ABSENT);
        check(ticket_touch(cx, &at, TICKET_TOUCHED) == ERR_ABSENT);
        check(ticket_see(cx, at.id, (team_id){NET}) == OK);    // and does nothing
        check(ticket_classify(cx, &at, &(struct ticket_class){0}) == ERR_ABSENT);
        end(w, ERR_ABSENT);
    }
    check(ask(w, "select version from ticket") == 1);
    check(ask(w, "select count(*) from ticket_team") == 1);
}

static void W5_priority_by_the_table_or_with_a_reason(struct world *w)
{
    static const int table[4][4] = {{4, 4, 3, 3}, {4, 3, 3, 2}, {3, 3, 2, 1}, {3, 2, 1, 1}};
    for (int impact = 1; impact <= 4; impact++)
        for (int urgency = 1; urgency <= 4; urgency++)
            check(ticket_priority(impact, urgency) == table[impact - 1][urgency - 1]);
    struct ticket_at at = made(w, S("a")).at;
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_class c = {.impact = 4, .urgency = 4};
    check(ticket_classify(cx, &at, &c) == OK);
    c.priority = 3;
    check(ticket_classify(cx, &at, &c) == ERR_INVALID);
    ctx_forgive(cx);
    c.why = S("nur ein Test");
    check(ticket_classify(cx, &at, &c) == OK);
    check(end(w, OK) == OK);
    struct ticket t = loaded(w, at.id);
    check(t.priority == 3 && t.impact == 4);
    check_text(t.priority_why, S("nur ein Test"));
    check(ask(w, "select count(*) from event where kind = 'ticket.priority_changed'") == 1);
    cx = begin_as(w, ADA);
    c.priority = 1;    // what follows anyway needs no reason
    check(ticket_classify(cx, &at, &c) == OK);
    check(end(w, OK) == OK);
    check(loaded(w, at.id).priority_why.n == 0);
}

static void W6_customers_ask_for_themselves(struct world *w)
{
    struct ctx *cx = begin(w);
    contact_id karin = customer(cx, S("Karin"), S("Kern")),
               otto = customer(cx, S("Otto"), S("Kern"));
    struct ticket_at a = of_customer(cx, karin);
    check(end(w, OK) == OK);
    cx = begin(w);
    cx->who = (struct who){.tenant = {1}, .contact = otto, .see = SEE_OWN};
    struct ticket t;
    struct ticket_made m;
    check(ticket_load(cx, a.id, &t) == ERR_ABSENT);
    struct ticket_new n = {.channel = CHANNEL_PORTAL, .subject = S("x"), .contact = karin};
    check(ticket_create(cx, &n, &m) == OK && ticket_load(cx, m.at.id, &t) == OK);
    check(t.contact.n == otto.n && t.lang == LANG_EN);
    check_text(t.contact_org, S("Kern"));
    check(ticket_take(cx, &m.at) == ERR_DENIED);
    end(w, OK);
}

static void W7_every_lagebild_is_kept(struct world *w)
{
    struct ticket_at at = made(w, S("a")).at;
    struct ctx *cx = begin_as(w, ADA);
    check(ticket_set_lagebild(cx, &at, (struct lagebild){S("erst"), S(""), S("")}) == OK);
    check(ticket_set_lagebild(cx, &at, (struct lagebild){S("dann"), S("Neustart"), S("prüfen")})
          == OK);
    struct ticket_past *past;
    isize n;
    check(ticket_lagebild_list(cx, at.id, &past, &n) == OK && n == 2);
    check_text(past[0].text.tried, S("Neustart"));
    check_text(past[1].text.problem, S("erst"));
    check_text(past[1].person, S("ada"));
    struct ticket t;
    check(ticket_load(cx, at.id, &t) == OK);
    check_text(t.current, S("prüfen"));
    check(ticket_set_lagebild(cx, &at, (struct lagebild){S("dann"), S("Neustart"), S("prüfen")})
          == OK);
    check(ticket_lagebild_list(cx, at.id, &past, &n) == OK && n == 2);
    check(at.version == t.version);
    end(w, OK);
    cx = begin_as(w, CEM);
    check(ticket_lagebild_list(cx, at.id, &past, &n) == OK && n == 0);
    end(w, OK);
}

static void found_by_number_and_by_origin(struct world *w)
{
    struct ctx *cx = begin(w);
    struct ticket_made m;
    struct ticket t;
    ticket_id id;
    struct ticket_new n = {.channel = CHANNEL_IMPORT,
                           .subject = S("x"),
                           .src = S("otrs"),
                           .src_id = S("4711"),
                           .created = {1000000}};
    check(ticket_create(cx, &n, &m) == OK);
    check(ticket_by_number(cx, m.number, &t) == OK && t.id.n == m.at.id.n
          && t.created.ms == 1000000);
    check(ticket_by_number(cx, m.number + 10, &t) == ERR_ABSENT
          && ticket_by_number(cx, 0, &t) == ERR_ABSENT);
    check(ticket_by_src(cx, S("otrs"), S("4711"), &id) == OK && id.n == m.at.id.n);
    check(ticket_by_src(cx, S("otrs"), S("4712"), &id) == ERR_ABSENT);
    check(end(w, OK) == OK);
    cx = begin(w);
    check(end(w, ticket_create(cx, &n, &m)) == ERR_STALE);    // imported twice
}

const struct test ticket_tests[] = {
    T(T1_comes_with_number_team_and_event),
    T(T1_all_or_nothing),
    T(T1_says_what_is_wrong_with_it),
    T(T1_the_subject_is_one_line),
    T(T1_who_files_it_sees_it),
    T(W1_work_and_care_are_two),
    T(W2_first_match_wins),
    T(W2_a_question_moves_the_ball_and_back),
    T(W2_the_database_insists),
    T(W3_of_two_one_wins),
    T(W3_the_statement_compares_too),
    T(W3_nothing_of_another_team_or_desk),
    T(W5_priority_by_the_table_or_with_a_reason),
    T(W6_customers_ask_for_themselves),
    T(W7_every_lagebild_is_kept),
    T(found_by_number_and_by_origin),
    {0},
};
