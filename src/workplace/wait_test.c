// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/now.h"
#include "workplace/workplace_test.h"

#include "workplace/workplace.h"

static struct made_case an_open_case(struct world *w)
{
    struct made_case c = a_case(w);
    check(web_post(w, ADA, at(w, &c, "/nehmen"), versioned(w, &c, "")).status == 303);
    return c;
}

static struct seen wait_for(struct world *w, const struct made_case *c, const char *more)
{
    return web_post(w, ADA, at(w, c, "/warten"), versioned(w, c, more));
}

static void F1_the_question_goes_with_it(struct world *w)
{
    struct made_case c = an_open_case(w);
    struct seen s = wait_for(w, &c, "&auf=kunde&frage=Guten+Tag+Karin+Brandt,");
    check(s.status == 422 && web_shows(&s, "Ask the customer first"));
    check(web_shows(&s, "value=\"kunde\" checked"));
    s = wait_for(w, &c, "&auf=kunde&frage=Leuchtet+die+unterste+Lampe%3F");
    check(s.status == 303 && look(w, &c).status == TICKET_WAITING_CUSTOMER);
    check(ask(w, "select count(*) from outbox") == 1);
    check(ask(w, "select count(*) from message where body = 'Leuchtet die unterste Lampe?'")
          == 1);
}

static void F1_refused_means_nothing_was_sent(struct world *w)
{
    struct made_case c = an_open_case(w);
    struct seen s = wait_for(w, &c, "&auf=kunde&frage=Ich+melde+mich.");    // no question
    check(s.status == 422 && web_shows(&s, ">Ich melde mich.</textarea>"));
    check(ask(w, "select count(*) from message") == 0
          && ask(w, "select count(*) from outbox") == 0);
}

static void for_the_vendor(struct world *w)
{
    struct made_case c = an_open_case(w);
    check(wait_for(w, &c, "&auf=hersteller").status == 303);
    check(look(w, &c).status == TICKET_WAITING_VENDOR);
    struct seen s = web_get(w, ADA, at(w, &c, ""));
    check(web_shows(&s, "/weiter"));
    check(web_post(w, ADA, at(w, &c, "/weiter"), versioned(w, &c, "")).status == 303);
    check(look(w, &c).status == TICKET_OPEN);
}

static void F2_a_date_and_a_promise(struct world *w)
{
    struct made_case c = an_open_case(w);
    struct ticket_at a = {c.id, TICKET_ANY_VERSION};
    check(end(w, promise_answered(begin_as(w, ADA), &a)) == OK);
    check(look(w, &c).due.ms == 0);
    struct seen s = wait_for(w, &c, "&auf=termin&tag=morgen&uhr=9:00");
    check(s.status == 303);
    struct ticket t = look(w, &c);
    check(t.status == TICKET_WAITING_DATE && t.wait_until.ms == t.due.ms);
    check(t.wait_until.ms == instant_plus(w->now, 22 * 3600).ms);    // it is 11:00 here
}

static void F2_what_is_no_date_or_over(struct world *w)
{
    struct made_case c = an_open_case(w);
    struct seen s = wait_for(w, &c, "&auf=termin&tag=irgendwann&uhr=9:00");
    check(s.status == 422 && web_shows(&s, "Give a day and a time")
          && web_shows(&s, "value=\"irgendwann\""));
    s = wait_for(w, &c, "&auf=termin&tag=20.11.2026&uhr=08:00");
    check(s.status == 422 && web_shows(&s, "The date must be in the future."));
    s = wait_for(w, &c, "&auf=nichts");
    check(s.status == 422 && web_shows(&s, "Wait for whom?"));
    check(look(w, &c).status == TICKET_OPEN);
}

static void a_stale_sheet_keeps_its_text(struct world *w)
{
    struct made_case c = an_open_case(w);
    const char *old = versioned(w, &c, "&auf=kunde&frage=Geht+es+wieder%3F");
    check(web_post(w, ADA, at(w, &c, "/freigeben"), versioned(w, &c, "")).status == 303);
    struct seen s = web_post(w, ADA, at(w, &c, "/warten"), old);
    check(s.status == 409 && web_shows(&s, ">Geht es wieder?</textarea>"));
    check(ask(w, "select count(*) from message") == 0);
}

// A case of ada's that waits for a vendor, put to wait `before_s` before its promise is due.
static struct made_case a_waiting_case(struct world *w, int64_t before_s)
{
    struct made_case c = an_open_case(w);
    later(w, (look(w, &c).due.ms - w->now.ms) / 1000 - before_s);
    check(wait_for(w, &c, "&auf=hersteller").status == 303);
    return c;
}

static void P3_the_customer_has_written_meanwhile(struct world *w)
{
    struct made_case c = a_waiting_case(w, 3600);
    struct seen s = web_get(w, ADA, at(w, &c, ""));
    check(str_find(s.page, S("has written meanwhile")) < 0);
    check(str_find(s.page, S("put to wait just before")) < 0);
    s = web_get(w, ADA, "/w");
    check(str_find(s.page, S("Really waiting?")) < 0);
    says(w, &c, (struct message_new){.body = S("Und?")});
    s = web_get(w, ADA, at(w, &c, ""));
    check(web_shows(&s, "has written meanwhile"));
    s = web_get(w, ADA, "/w");
    check(web_shows(&s, "In 1 the customer has written since."));
    s = web_get(w, CEM, "/w");    // another team's
    check(str_find(s.page, S("Really waiting?")) < 0);
}

static void P3_put_to_wait_just_before_the_promise(struct world *w)
{
    struct made_case c = a_waiting_case(w, 14 * 60);
    struct seen s = web_get(w, ADA, at(w, &c, ""));
    check(web_shows(&s, "put to wait just before"));
    s = web_get(w, ADA, "/w");
    check(web_shows(&s, "1 waits. 1 was put to wait just before its promise was due."));
    check(!workplace_waits_late((instant){100}, (instant){100 + 15 * 60000}));
    check(workplace_waits_late((instant){101}, (instant){100 + 15 * 60000}));
    check(!workplace_waits_late((instant){100}, (instant){0}));
}

const struct test wait_tests[] = {
    T(P3_the_customer_has_written_meanwhile),
    T(P3_put_to_wait_just_before_the_promise),
    T(F1_the_question_goes_with_it),
    T(F1_refused_means_nothing_was_sent),
    T(F2_a_date_and_a_promise),
    T(F2_what_is_no_date_or_over),
    T(for_the_vendor),
    T(a_stale_sheet_keeps_its_text),
    {0},
};
