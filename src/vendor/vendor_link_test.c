// SPDX-License-Identifier: GPL-3.0-or-later
#include "vendor/vendor_link.h"

#include "clock/agreement.h"
#include "vendor/vendor_test.h"

static const str support = {"support@hersteller.example", 26};

static str token_of(struct world *w, engagement_id id)
{
    str token = S("");
    check(vendor_link_token(begin(w), id, &token) == OK);
    token = keep(w, token);
    check(end(w, OK) == OK);
    return token;
}

static enum err read(struct world *w, str token, engagement_id *id)
{
    return end(w, vendor_link_read(begin(w), token, id));
}

static engagement_id question(struct world *w, ticket_id *t)
{
    engagement_id id;
    check(end(w, agreement_begin(begin(w))) == OK);
    a_vendor(w, support);
    *t = a_case(w, "maja@kunde.example");
    check(ask_them(w, *t, "Der Drucker klemmt.", 0, &id) == OK);
    return id;
}

static enum err open(struct world *w, int64_t tenant, str token)
{
    struct vendor_asked v;
    struct ctx *cx = begin(w);
    cx->who = (struct who){.tenant = {tenant}, .see = SEE_NOTHING};
    enum err err = vendor_ask_open(cx, token, &v);
    check(cx->who.see == SEE_NOTHING && cx->who.person.n == 0);    // a stranger again
    check(err != OK || str_eq(v.text, S("Der Drucker klemmt.")));
    return end(w, err);
}

static void L1_fits_nothing_else(struct world *w)
{
    engagement_id id = {0};
    str token = token_of(w, (engagement_id){7});
    check(token.n == 40 && read(w, token, &id) == OK && id.n == 7);
    for (isize i = 0; i < token.n; i++) {    // any letter changed
        char *bent = make(&w->kept, char, token.n);
        memcpy(bent, token.p, (size_t)token.n);
        bent[i] = bent[i] == 'a' ? 'b' : 'a';
        check(read(w, (str){bent, token.n}, &id) == ERR_ABSENT);
    }
    check(read(w, str_head(token, 39), &id) == ERR_ABSENT);
    check(read(w, S(""), &id) == ERR_ABSENT);
}

static void L2_tells_nothing(struct world *w)
{
    str a = token_of(w, (engagement_id){7}), b = token_of(w, (engagement_id){8});
    isize same = 0;
    for (isize i = 0; i < a.n; i++)
        same += a.p[i] == b.p[i];
    check(same < 10 && str_eq(a, token_of(w, (engagement_id){7})));
}

static void L3_ends_with_the_question(struct world *w)
{
    ticket_id t;
    engagement_id id = question(w, &t);
    str token = token_of(w, id);
    check(open(w, 1, token) == OK);
    check(open(w, 2, token) == ERR_ABSENT);
    check(end(w, engagement_withdraw(begin_as(w, ADA), (struct engagement_at){id, 1})) == OK);
    check(open(w, 1, token) == ERR_ABSENT);
}

static void L3_ends_with_the_case(struct world *w)
{
    ticket_id t;
    engagement_id id = question(w, &t);
    struct ticket_at at = {t, TICKET_ANY_VERSION};
    str token = token_of(w, id);
    check(end(w, ticket_spam(begin_as(w, ADA), &at)) == OK);
    check(open(w, 1, token) == ERR_ABSENT);
}

static void L4_ends_with_all_links(struct world *w)
{
    ticket_id t;
    str token = token_of(w, question(w, &t));
    check(end(w, tenant_renew_links(begin(w))) == OK);
    check(open(w, 1, token) == ERR_ABSENT);
}

static void L5_what_he_does_there(struct world *w)
{
    ticket_id t;
    str token = token_of(w, question(w, &t));
    struct ctx *cx = begin(w);
    cx->who = (struct who){.tenant = {1}, .see = SEE_NOTHING};
    check(end(w, vendor_ask_confirm(cx, token, S("Case#1234"))) == OK);
    struct vendor_asked v = asked(w, t);
    check(v.state == ENGAGED_ACCEPTED && v.ack_due.ms == 0 && v.fix_due.ms > 0);
    cx = begin(w);
    cx->who = (struct who){.tenant = {1}, .see = SEE_NOTHING};
    check(end(w, vendor_ask_answer(cx, token,
                                   &(struct vendor_answer){S("Case#1235"), S(" "), NULL, 0}))
          == ERR_INVALID);
    cx = begin(w);
    cx->who = (struct who){.tenant = {1}, .see = SEE_NOTHING};
    check(end(w, vendor_ask_answer(
                     cx, token, &(struct vendor_answer){S("Case#1235"), S("Walze."), NULL, 0}))
          == OK);
    v = asked(w, t);
    check(v.heard == HEARD_PAGE && v.state == ENGAGED_CONCLUDED);
    check_text(v.number, S("Case#1235"));    // A7
    check_text(v.answer, S("Walze."));
    check(case_of(w, t).status == TICKET_OPEN);
    check(
        ask(w, "select count(*) from message where kind = 5 and verified = 1 and internal = 1")
        == 1);
    check(ask(w, "select count(*) from referral_message") == 2);
    check(open(w, 1, token) == ERR_ABSENT);
}

static void each_fault_leaves_all_or_nothing(struct world *w)
{
    ticket_id t;
    str token = token_of(w, question(w, &t));
    EACH_FAULT(w) {
        struct ctx *cx = begin_with(w, (struct who){.tenant = {1}, .see = SEE_NOTHING});
        enum err err =
            end(w, vendor_ask_answer(cx, token,
                                     &(struct vendor_answer){S("C-1"), S("Walze."), NULL, 0}));
        check(err == OK || db_failed(w->db));
        int64_t said = ask(w, "select count(*) from engagement where state = 3");
        check(said == ask(w, "select count(*) from vendor_question where heard = 1")
              && said == ask(w, "select count(*) from vendor_question where number <> ''")
              && said == ask(w, "select count(*) from message where kind = 5"));
        check(said == (err == OK));
    }
}

const struct test vendor_link_tests[] = {
    T(L1_fits_nothing_else),
    T(L2_tells_nothing),
    T(L3_ends_with_the_question),
    T(L3_ends_with_the_case),
    T(L4_ends_with_all_links),
    T(L5_what_he_does_there),
    T(each_fault_leaves_all_or_nothing),
    {0},
};
