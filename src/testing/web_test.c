// SPDX-License-Identifier: GPL-3.0-or-later
// The helper itself: a test of a page is worth nothing if the page is never asked.
#include "testing/web.h"

#include "base/secret.h"
#include "job/job.h"

static void O1_a_page_by_its_route(struct world *w)
{
    struct seen s = web_get(w, 0, "/anmelden?zu=/w/kb");
    check(s.status == 200 && web_shows(&s, "Sign in") && web_shows(&s, "value=\"/w/kb\""));
    w->lang = LANG_DE;
    s = web_get(w, 0, "/anmelden");
    check(s.status == 200 && web_shows(&s, "Anmelden"));
}

static void O1_what_is_not_permitted_or_not_there(struct world *w)
{
    check(web_get(w, ADA, "/nowhere").status == 404);
    check(web_post(w, ADA, "/sprache", "l=en").status == 405);
    struct seen s = web_get(w, 0, "/w/ich");
    check(s.status == 303);
    check_text(s.to, S("/anmelden?zu=%2Fw%2Fich"));
}

static void O1_a_refused_form_comes_back(struct world *w)
{
    struct seen s = web_post(w, ADA, "/w/ich", "now=wrong&password=drei+Möwen+auf+dem+Deich");
    check(s.status == 422 && web_shows(&s, "This is not your present password."));
}

static void O1_what_succeeds_is_stored(struct world *w)
{
    struct ctx *cx = begin(w);
    str hash = secret_password_hash(cx->arena, S("zwei Möwen auf dem Deich"));
    check(end(w, person_set_password(cx, (person_id){ADA}, hash)) == OK);
    struct seen s =
        web_post(w, 0, "/anmelden", "login=ada&password=zwei+Möwen+auf+dem+Deich&zu=/w/kb");
    check(s.status == 303);
    check_text(s.to, S("/w/kb"));
    check(ask(w, "select count(*) from session") == 1);
}

static str first_page_of(struct world *w, int person, const char *form)
{
    struct ctx *cx = begin(w);
    str hash = secret_password_hash(cx->arena, S("zwei Möwen auf dem Deich"));
    check(end(w, person_set_password(cx, (person_id){person}, hash)) == OK);
    struct seen s = web_post(w, 0, "/anmelden", form);
    check(s.status == 303 && web_get(w, person, arena_z(&w->kept, s.to)).status == 200);
    return s.to;
}

static void signing_in_leads_to_a_page_its_reader_may_see(struct world *w)
{
    check_text(first_page_of(w, ADA, "login=ada&password=zwei+Möwen+auf+dem+Deich"),
               S("/w/inbox"));
    check_text(first_page_of(w, CEM, "login=cem&password=zwei+Möwen+auf+dem+Deich"), S("/w"));
    check_text(first_page_of(w, GERO, "login=gero&password=zwei+Möwen+auf+dem+Deich"),
               S("/a/hilfeseite"));
}

static enum err writes(struct ctx *cx, struct request *rq, struct reply *rp)
{
    TRY(person_set_password(cx, (person_id){ADA}, S("x")));
    page_text(page_begin(cx, rq, rp, 200), S("written"));
    return OK;
}

static void O2_get_cannot_write(struct world *w)
{
    struct route route = {GET, "/x", CAN_WORK, writes};
    check(web_route(w, ADA, &route, "/x", NULL).status == 500);
    check(ask(w, "select count(*) from person where password = 'x'") == 0);
    route.method = POST;
    check(web_route(w, ADA, &route, "/x", NULL).status == 200);
    check(ask(w, "select count(*) from person where password = 'x'") == 1);
    check(web_route(w, GERO, &route, "/x", NULL).status == 403);
}

// Says by a job how often it was run for this request.
static enum err counts(struct ctx *cx, struct request *rq, struct reply *rp)
{
    rq->viewer = arena_join(cx->arena, rq->viewer, S("+"));
    TRY(job_add(cx, "test.run", rq->viewer.n - S("Somebody").n, cx->now));
    page_text(page_begin(cx, rq, rp, 200), S("written"));
    return OK;
}

static void O4_what_writes_is_run_twice_and_stored_once(struct world *w)
{
    struct route route = {POST, "/x", CAN_WORK, counts};
    check(web_route(w, ADA, &route, "/x", NULL).status == 200);
    check(ask(w, "select count(*) from job where kind = 'test.run'") == 1);
    check(ask(w, "select ref from job where kind = 'test.run'") == 2 - db_is_postgres(w->db));
}

const struct test web_tests[] = {
    T(O4_what_writes_is_run_twice_and_stored_once),
    T(O1_a_page_by_its_route),       T(O1_what_is_not_permitted_or_not_there),
    T(O1_a_refused_form_comes_back), T(O1_what_succeeds_is_stored),
    T(signing_in_leads_to_a_page_its_reader_may_see),
    T(O2_get_cannot_write),          {0},
};
