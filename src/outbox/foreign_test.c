// SPDX-License-Identifier: GPL-3.0-or-later
#include "outbox/foreign.h"

#include "outbox/outbox_test.h"

static void F1_what_is_a_number(struct world *w)
{
    (void)w;
    static const struct {
        const char *subject, *number;
    } table[] = {
        {"Re: Drucker [TS#9001] [#4182-2072]", "[TS#9001]"},
        {"[Ticket#2026112710001015] Eingang", "[Ticket#2026112710001015]"},
        {"[#123456] received", "[#123456]"},
        {"INC [INC0012345]", "[INC0012345]"},
        {"Re: Drucker [#4182-2072]", ""},
        {"[extern] [ab12] [klick http://x?a=111]", ""},
        {"[1234", ""},
        {"[\xc3\xa4 1234]", ""},
    };
    for (isize i = 0; i < countof(table); i++) {
        str s = str_from_z(table[i].subject), number = S("");
        foreign_next(&s, &number);
        check_text(number, str_from_z(table[i].number));
    }
}

static str put(struct world *w, ticket_id t, const char *address, str subject)
{
    struct ctx *cx = begin(w);
    str out = {0};
    check(foreign_put(cx, t, str_from_z(address), subject, &out) == OK);
    out = keep(w, out);
    check(end(w, OK) == OK);
    return out;
}

static void seen(struct world *w, ticket_id t, const char *address, str subject)
{
    struct ctx *cx = begin(w);
    check(end(w, foreign_keep(cx, t, str_from_z(address), subject)) == OK);
}

static void F2_F3_to_whom_it_came_from(struct world *w)
{
    ticket_id t = a_case(w, "maja@kunde.example");
    seen(w, t, "Support@vendor.example", S("Re: Drucker [TS#9001]"));
    seen(w, t, "support@vendor.example", S("Re: Drucker [TS#9001] [X-1234]"));
    check_text(put(w, t, "support@vendor.example", S("Re: Drucker")),
               S("Re: Drucker [TS#9001] [X-1234]"));
    check_text(put(w, t, "support@vendor.example", S("Re: [TS#9001] Drucker")),
               S("Re: [TS#9001] Drucker [X-1234]"));
    check_text(put(w, t, "maja@kunde.example", S("Re: Drucker")), S("Re: Drucker"));
    for (int i = 0; i < 9; i++)
        seen(w, t, "support@vendor.example", arena_fmt(&w->kept, "[N%d%d%d]", i, i, i));
    check(ask(w, "select count(*) from foreign_number") == FOREIGN_MOST);
}

static void F2_a_reply_carries_it(struct world *w)
{
    struct relay *r = relay_start();
    ticket_id t = a_case(w, "maja@kunde.example");
    seen(w, t, "maja@kunde.example", S("[TS#9001]"));
    must_answer(w, t);
    later(w, 60);
    deliver(w, r);
    check(str_find(parsed(w, r, 0).subject, S("Re: Drucker [TS#9001] [#")) == 0);
    relay_stop(r);
}

const struct test foreign_tests[] = {
    T(F1_what_is_a_number),
    T(F2_F3_to_whom_it_came_from),
    T(F2_a_reply_carries_it),
    {0},
};
