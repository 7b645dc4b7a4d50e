// SPDX-License-Identifier: GPL-3.0-or-later
#include "engagement/engagement_test.h"

static void each_request_is_whole_or_not_made(struct world *w)
{
    ticket_id id = a_case(w);
    int64_t before = look(w, id).version;
    const struct who ada = who_is(w, ADA);
    EACH_FAULT(w) {
        struct ticket_at a = {id, before};
        engagement_id e;
        end(w, engagement_hand_over(begin_with(w, ada), &a, (team_id){NET}, &contract, &e));
        int64_t made = ask(w, "select count(*) from engagement");
        check(made == events(w, "engagement.requested"));
        check(made == ask(w, "select count(*) from ticket_team where team = 2"));
        check(made == ask(w, "select count(*) from job where kind = 'engagement_due'"));
        check(made * 2 == look(w, id).version - before);    // the card and the request
        check(made == ask(w, "select count(*) from ticket where tried <> ''"));
    }
    check(ask(w, "select count(*) from engagement") == 1);
}

static void accepting_is_whole_or_not_made(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case(w);
    check(hand(w, ADA, id, NET, &e) == OK);
    struct engagement_at a = now(w, e);
    const struct who cem = who_is(w, CEM);
    EACH_FAULT(w) {
        end(w, engagement_accept(begin_with(w, cem), a, next_line, true));
        int64_t moved = ask(w, "select level - 1 from ticket");
        check(moved == events(w, "engagement.accepted"));
        check(moved == ask(w, "select count(*) from engagement where state = 2"));
        check(moved == ask(w, "select count(*) from ticket where care_team = 2"));
        check(moved == ask(w, "select count(*) from ticket where current <> ''"));
    }
    check(look(w, id).level == 2);
}

static void returning_is_whole_or_not_made(struct world *w)
{
    engagement_id e, first;
    ticket_id id = a_case_of_net(w, &first);
    struct ticket_at a = at(w, id);
    struct engagement_return r = {.reason = RETURN_KNOWN};
    const struct who ada = who_is(w, ADA);
    const struct who cem = who_is(w, CEM);
    EACH_FAULT(w) {
        struct ticket_at mine = a;
        end(w, engagement_return(begin_with(w, cem), &mine, &r, &e));
        int64_t made = ask(w, "select count(*) from engagement where mode = 3");
        check(made == events(w, "engagement.requested") - 1);
        check(made == ask(w, "select count(*) from duty"));
    }
    struct engagement_at back = now(w, e);
    EACH_FAULT(w) {
        end(w, engagement_accept(begin_with(w, ada), back, (str){0}, false));
        int64_t moved = ask(w, "select returns from ticket");
        check(moved == 2 - look(w, id).level);
        check(moved == events(w, "engagement.returned"));
        check((moved == 1) == (see(w, first).state == ENGAGED_CONCLUDED));
    }
}

static void answers_are_whole_or_not_made(struct world *w)
{
    engagement_id e;
    ticket_id id = a_case(w);
    check(ask_team(w, ADA, id, NET, &e) == OK);
    struct engagement_at a = now(w, e);
    const struct who cem = who_is(w, CEM);
    EACH_FAULT(w) {
        end(w, engagement_answer(begin_with(w, cem), a, S("Ja")));
        int64_t done = events(w, "engagement.answered");
        check(done == ask(w, "select count(*) from engagement where state = 3"));
        check(done == ask(w, "select count(*) from ticket where ball_team = 1"));
    }
}

static void forwarding_is_whole_or_not_made(struct world *w)
{
    engagement_id e, next;
    ticket_id id = a_case(w);
    struct ctx *cx = begin(w);
    team_id mail;
    check(team_add(cx, &(struct team){.name = SAY("Mail", "Mail"), .level = 2}, &mail) == OK);
    check(person_join(cx, (person_id){BEN}, mail) == OK);
    check(end(w, OK) == OK);
    check(hand(w, ADA, id, NET, &e) == OK);
    struct engagement_at a = now(w, e);
    const struct who cem = who_is(w, CEM);
    EACH_FAULT(w) {
        end(w, engagement_forward(begin_with(w, cem), a, mail, &next));
        check(ask(w, "select count(*) from engagement where state = 1") == 1);
        check(ask(w, "select count(*) from engagement") - 1
              == ask(w, "select count(*) from engagement where state = 7"));
    }
    check(ask(w, "select count(*) from engagement") == 2);
}

static void concluding_leaves_nothing_open(struct world *w)
{
    engagement_id e, question;
    ticket_id id = a_case_of_net(w, &e);
    check(ask_team(w, CEM, id, EXPERTS, &question) == OK);
    struct ticket_at a = at(w, id);
    check(end(w, engagement_conclude_all(begin_as(w, CEM), &a)) == OK);
    check(see(w, e).state == ENGAGED_CONCLUDED && see(w, question).state == ENGAGED_WITHDRAWN);
    check(look(w, id).ball_team.n == NET);
}

const struct test engagement_whole_tests[] = {
    T(each_request_is_whole_or_not_made),
    T(accepting_is_whole_or_not_made),
    T(returning_is_whole_or_not_made),
    T(answers_are_whole_or_not_made),
    T(forwarding_is_whole_or_not_made),
    T(concluding_leaves_nothing_open),
    {0},
};
