// SPDX-License-Identifier: GPL-3.0-or-later
#include "portal/portal_ask.h"

#include "base/limits.h"
#include "base/now.h"
#include "portal/portal_test.h"
#include "tenant/tenant.h"

static enum err ask_for(struct world *w, const char *typed)
{
    struct ctx *cx = begin(w);
    cx->who = portal_nobody(cx->who.tenant);
    return end(w, portal_ask(cx, str_from_z(typed)));
}

static void run_jobs(struct world *w)
{
    struct ctx *cx = begin(w);
    db_rollback(cx);
    check(job_drain(cx, portal_ask_jobs) == OK);
}

static str mail_text(struct world *w)
{
    struct ctx *cx = begin(w);
    struct outbox_row *row;
    isize n = 0;
    str bytes = {0};
    check(outbox_list(cx, OUTBOX_QUEUED, &row, &n) == OK && n > 0);
    check(n > 0 && outbox_bytes(cx, row[0].id, &bytes) == OK);
    bytes = keep(w, bytes);
    end(w, OK);
    return bytes;
}

static const char *number_of(struct world *w, struct portal_reported r)
{
    return arena_z(&w->kept, ticket_number_shown(&w->kept, look(w, r.ticket).number));
}

// The receipt of the report is not what is counted here.
static struct portal_reported reported(struct world *w)
{
    struct portal_reported r = sent(w, a_report());
    struct ctx *cx = begin(w);
    check(end(w, db_script(cx, "delete from outbox")) == OK);
    return r;
}

static void A1_the_same_answer_for_what_exists_and_what_does_not(struct world *w)
{
    w->lang = LANG_DE;
    struct portal_reported r = reported(w);
    const char *typed[] = {"was=karin@kunde.example", "was=nobody@kunde.example",
                           arena_z(&w->kept, arena_fmt(&w->kept, "was=%s", number_of(w, r))),
                           "was=4182-0007"};
    check(ticket_number_ok(41820007));
    for (isize i = 0; i < countof(typed); i++) {
        struct seen s = web_post(w, 0, "/de/meine", typed[i]);
        check(s.status == 303 && s.page.n == 0);
        check_text(s.to, S("/de/meine?ok=1"));
        // Nothing was looked up: that is the job's.
        check(count(w, "outbox") == 0 && count(w, "portal_ask") == i + 1);
        check(count(w, "job where kind = 'portal_ask'") == i + 1);
    }
    run_jobs(w);
    check(count(w, "outbox") == 2 && count(w, "portal_ask") == 0);    // A4
}

// By whichever of the two she asks.
static void A5_du_to_whom_our_letters_say_it(struct world *w)
{
    w->lang = LANG_DE;
    struct portal_reported r = reported(w);
    const char *typed[] = {"karin@kunde.example", number_of(w, r)};
    check(ask(w, "update contact set formal = 0 returning 1") == 1);
    for (isize i = 0; i < countof(typed); i++) {
        check(ask_for(w, typed[i]) == OK);
        run_jobs(w);
        str mail = mail_text(w);
        check(str_find(mail, S("Links zu deinen Anliegen")) >= 0
              && str_find(mail, S("Du hast nicht danach gefragt?")) >= 0);
        check(str_find(mail, S("Ihren")) < 0 && str_find(mail, S("Sie ")) < 0);
        check(end(w, db_script(begin(w), "delete from outbox")) == OK);
    }
}

static void A3_an_english_letter_begins_with_a_capital(struct world *w)
{
    reported(w);
    check(ask(w, "update contact set language = 2 returning 1") == 1);
    check(ask_for(w, "karin@kunde.example") == OK);
    run_jobs(w);
    check(str_find(mail_text(w), S("Hello,\r\n\r\nHere are the links to your requests:")) > 0);
}

static void A1_what_is_neither_comes_back(struct world *w)
{
    struct seen s = web_post(w, 0, "/en/mine", "was=hello");
    check(s.status == 422 && web_shows(&s, "neither a number") && web_shows(&s, "\"hello\""));
    check(ask_for(w, "4182-2074") == ERR_INVALID);    // a misheard digit
    check(count(w, "portal_ask") == 0);
}

static void A2_the_mail_goes_to_the_stored_address(struct world *w)
{
    struct portal_reported r = reported(w);
    check(ask_for(w, number_of(w, r)) == OK);
    run_jobs(w);
    check(count(w, "outbox where rcpt = 'karin@kunde.example' and ticket is null") == 1);
    str mail = mail_text(w);
    check(str_find(mail, S("/de/v/")) > 0 && str_find(mail, str_from_z(number_of(w, r))) > 0);
}

static void A2_not_across_desks(struct world *w)
{
    str number = str_from_z(number_of(w, reported(w)));
    struct ctx *cx = begin(w);
    cx->who = portal_nobody((tenant_id){2});
    check(end(w, portal_ask(cx, number)) == OK);
    cx = begin(w);
    cx->who = portal_nobody((tenant_id){2});
    check(end(w, portal_ask(cx, S("karin@kunde.example"))) == OK);
    run_jobs(w);
    check(count(w, "outbox") == 0 && count(w, "portal_ask") == 0);
}

static void A3_numbers_dates_and_links_only(struct world *w)
{
    struct portal_reported first = reported(w);
    struct portal_report r = a_report();
    r.form = S("form2");
    r.problem = S("KAUFEN bei http://kauf.example");
    struct portal_reported second = sent(w, r);
    struct ctx *cx = begin(w);
    check(end(w, db_script(cx, "delete from outbox")) == OK);
    check(ask_for(w, "Karin@Kunde.example") == OK);
    run_jobs(w);
    str mail = mail_text(w);
    check(str_find(mail, S("KAUF")) < 0 && str_find(mail, S("kauf.example")) < 0);
    check(str_find(mail, S("WLAN")) < 0 && str_find(mail, S("Karin Brandt")) < 0);
    check(str_find(mail, str_from_z(number_of(w, first))) > 0);
    check(str_find(mail, str_from_z(number_of(w, second))) > 0);
}

static void A3_not_too_often(struct world *w)
{
    reported(w);
    for (int i = 0; i < LIMIT_LINKS_PER_ADDRESS + 2; i++) {
        check(ask_for(w, "karin@kunde.example") == OK);
        run_jobs(w);
    }
    check(count(w, "outbox") == LIMIT_LINKS_PER_ADDRESS);
    later(w, 3600);
    check(ask_for(w, "karin@kunde.example") == OK);
    run_jobs(w);
    check(count(w, "outbox") == LIMIT_LINKS_PER_ADDRESS + 1);
}

static void A2_what_is_put_away_is_not_told(struct world *w)
{
    struct portal_report r = a_report();
    r.trapped = true;
    struct portal_reported spam = sent(w, r);
    check(ask_for(w, number_of(w, spam)) == OK && ask_for(w, "karin@kunde.example") == OK);
    run_jobs(w);
    check(count(w, "outbox") == 0);
}

const struct test portal_ask_tests[] = {
    T(A1_the_same_answer_for_what_exists_and_what_does_not),
    T(A1_what_is_neither_comes_back),
    T(A5_du_to_whom_our_letters_say_it),
    T(A2_the_mail_goes_to_the_stored_address),
    T(A2_not_across_desks),
    T(A2_what_is_put_away_is_not_told),
    T(A3_numbers_dates_and_links_only),
    T(A3_an_english_letter_begins_with_a_capital),
    T(A3_not_too_often),
    {0},
};
