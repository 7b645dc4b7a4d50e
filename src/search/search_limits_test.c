// SPDX-License-Identifier: GPL-3.0-or-later
// What is too much to be looked for, or to be found: F4, P7 and X7.
#include "base/limits.h"
#include "engagement/engagement_http_test.h"
#include "search/plan.h"
#include "search/search.h"
#include "solution/solution.h"

static void add(struct ctx *cx, str title, str body)
{
    struct solution s = {.kind = SOLUTION_FIX,
                         .confidence = SOLUTION_VALIDATED,
                         .audience = SOLUTION_L1,
                         .lang = LANG_DE,
                         .title = title,
                         .body = body};
    check(solution_add(cx, &s, &s.id) == OK);
}

static void stored(struct world *w)
{
    check(end(w, OK) == OK);
    check(job_drain(&w->cx, index_jobs) == OK);
}

// The title of the best one; empty if there is none.
static str best(struct world *w, const char *words)
{
    struct search_hit *hit;
    isize n;
    struct ctx *cx = begin_as(w, ADA);
    struct search_ask ask = {.words = str_from_z(words)};
    check(search_run(cx, &ask, &hit, &n) == OK);
    str title = n == 0 ? (str){0} : keep(w, hit[0].title);
    end(w, OK);
    return title;
}

static void F4_the_newest_are_ranked(struct world *w)
{
    struct ctx *cx = begin_as(w, EVA);
    add(cx, S("Router neu starten"), S("Router, Router, Router"));
    for (int i = 1; i < LIMIT_SEARCH_WINDOW; i++)
        add(cx, S("Lampe am Gehäuse"), S("Der Router blinkt."));
    stored(w);
    check_text(best(w, "Router"), S("Router neu starten"));
    add(begin_as(w, EVA), S("Lampe am Gehäuse"), S("Der Router blinkt."));
    stored(w);
    check_text(best(w, "Router"), S("Lampe am Gehäuse"));
}

static void P7_so_many_words_and_no_more(struct world *w)
{
    struct plan *p = make(&w->kept, struct plan, 1);
    struct buf b = buf_new(&w->kept, 1000);
    for (int i = 1; i <= LIMIT_SEARCH_TERMS + 1; i++) {
        buf_fmt(&b, "wort%d ", i);
        plan_read(&w->kept, buf_str(&b), false, p);
        check(p->n == int_min(i, LIMIT_SEARCH_TERMS));
    }
}

// Up to the word "zebra" there are so many bytes; "giraffe" is the first one beyond.
static str long_text(struct world *w, int64_t bytes)
{
    struct buf b = buf_new(&w->kept, (isize)bytes + 100);
    while (b.n < bytes - 6)
        buf_char(&b, b.n % 10 == 9 ? ' ' : 'x');
    buf_put(&b, S(" zebra giraffe"));
    return buf_str(&b);
}

static void X7_a_long_text_is_searched_up_to_its_limit(struct world *w)
{
    str title = S("Tierhandlung");
    add(begin_as(w, EVA), title, long_text(w, LIMIT_SEARCH_DOC - title.n));
    stored(w);
    check_text(best(w, "zebra"), title);
    check_text(best(w, "giraffe"), S(""));
}

static void X7_a_long_message_does_not_push_out_the_others(struct world *w)
{
    struct desk_case c = desk_case(w);
    const char *url =
        arena_z(&w->kept,
                arena_fmt(&w->kept, "/api/v1/tickets/" STR_FMT "/messages", STR_ARG(c.number)));
    str text = long_text(w, LIMIT_SEARCH_MESSAGE);
    str body =
        arena_fmt(&w->kept, "{\"kind\": \"note\", \"text\": \"" STR_FMT "\"}", STR_ARG(text));
    check(web_json(w, ADA, POST, url, body).status == 201);
    check(web_json(w, ADA, POST, url, S("{\"kind\": \"note\", \"text\": \"Nashorn\"}")).status
          == 201);
    check(job_drain(&w->cx, index_jobs) == OK);
    check_text(best(w, "zebra"), S("WLAN geht nicht"));
    check_text(best(w, "Nashorn"), S("WLAN geht nicht"));
    check_text(best(w, "giraffe"), S(""));
}

// Of two with one text the second is refused.
static void two_alike(struct world *w)
{
    check(end(w, db_script(begin(w), "create unique index bad on search_doc (words)")) == OK);
    struct ctx *cx = begin_as(w, EVA);
    add(cx, S("Zebra"), S("Zwilling"));
    add(cx, S("Giraffe"), S("Zwilling"));
    add(cx, S("Lampe"), S("Router"));
    check(end(w, OK) == OK);
}

static void X8_one_that_cannot_be_indexed_delays_no_other(struct world *w)
{
    two_alike(w);
    check(job_drain(&w->cx, index_jobs) == OK);
    check_text(best(w, "zebra"), S("Zebra"));
    check_text(best(w, "lampe"), S("Lampe"));
    check_text(best(w, "giraffe"), S(""));
    check(ask(w, "select count(*) from job") == 1);
    check(ask(w, "select count(*) from job where kind = 'search.one' and reason is not null")
          == 1);
    add(begin_as(w, EVA), S("Danach"), S("elefant"));
    stored(w);
    check_text(best(w, "elefant"), S("Danach"));
    check(end(w, db_script(begin(w), "drop index bad")) == OK);
    later(w, 3600);
    begin(w);
    stored(w);
    check_text(best(w, "giraffe"), S("Giraffe"));
    check(ask(w, "select count(*) from job") == 0);
}

static void X8_a_fault_loses_no_document(struct world *w)
{
    two_alike(w);
    EACH_FAULT(w) {
        struct ctx *cx = begin(w);
        struct job job = {.id = 1, .tries = 9};
        enum err err = end(w, index_jobs[0].failed(cx, &job, ERR_STALE, SAY("It", "Es")));
        bool moved = ask(w, "select count(*) from search_mark where name = 'index'") == 1;
        check(moved == (err == OK));
        check(ask(w, "select count(*) from job where kind = 'search.one'") == (moved ? 3 : 0));
    }
    db_fail_at(w->db, 0);
}

const struct test search_limits_tests[] = {
    T(F4_the_newest_are_ranked),
    T(P7_so_many_words_and_no_more),
    T(X7_a_long_text_is_searched_up_to_its_limit),
    T(X7_a_long_message_does_not_push_out_the_others),
    T(X8_one_that_cannot_be_indexed_delays_no_other),
    T(X8_a_fault_loses_no_document),
    {0},
};
