// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"
#include "ticket/ticket_words.h"

static const struct {
    const struct ticket_word *table;
    int values;
} tables[] = {
    {ticket_words_status, TICKET_SPAM},
    {ticket_words_phase, TICKET_SPAM},
    {ticket_words_type, TICKET_FEEDBACK},
    {ticket_words_channel, CHANNEL_IMPORT},
    {ticket_words_ball, BALL_NOBODY},
    {ticket_words_how, SOLVED_WITHDRAWN},
    {ticket_words_why, REOPENED_BY_US},
    {ticket_words_priority, 4},
    {ticket_words_impact, 4},
    {ticket_words_urgency, 4},
};

static void N1_codes_are_stable(struct world *w)
{
    (void)w;
    static const char *const status[] = {
        "new",          "open",   "waiting_customer", "waiting_vendor",
        "waiting_date", "solved", "closed",           "merged",
        "spam"};
    for (int i = 0; i < countof(status); i++) {
        int n = 0;
        check(ticket_words_find(ticket_words_status, str_from_z(status[i]), &n) && n == i + 1);
    }
    int n = 7;
    check(!ticket_words_find(ticket_words_status, S("Open"), &n) && n == 7);
    check(!ticket_words_find(ticket_words_status, S(""), &n) && n == 7);
    check(ticket_words_find(ticket_words_type, S("quote_request"), &n) && n == TICKET_QUOTE);
    check(ticket_words_find(ticket_words_channel, S("phone"), &n) && n == CHANNEL_PHONE);
}

static void N2_every_value_has_words(struct world *w)
{
    (void)w;
    for (isize i = 0; i < countof(tables); i++) {
        const struct ticket_word *t = tables[i].table;
        for (int n = 1; n <= tables[i].values; n++)
            check(t[n].code != NULL && t[n].code[0] != 0 && t[n].name.de.n > 0
                  && t[n].name.en.n > 0);
        check(t[tables[i].values + 1].code == NULL);
        check(!ticket_words_has(t, 0) && !ticket_words_has(t, tables[i].values + 1));
        check(ticket_words_has(t, 1) && ticket_words_has(t, tables[i].values));
        check(!ticket_words_has(t, -1));
    }
}

const struct test ticket_words_tests[] = {
    T(N1_codes_are_stable),
    T(N2_every_value_has_words),
    {0},
};
