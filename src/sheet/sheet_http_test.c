// SPDX-License-Identifier: GPL-3.0-or-later
// The rules of a sheet, tried on one made of two fields.
#include "testing/web.h"

#include "sheet.html.h"
#include "sheet/sheet_http.h"

static enum err show(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct sheet s;
    TRY(sheet_open(cx, rq, "probe", DRAFT_HANDOVER, &s));
    struct page *p = page_begin(cx, rq, rp, 200);
    html_sheet_begin(p, &s, S("Probe"));
    html_sheet_version(p, &s);
    page_raw(p, S("[one="));
    page_text(p, sheet_text(rq, &s, "one", S("stored")));
    page_raw(p, S("][two="));
    page_text(p, sheet_text(rq, &s, "two", S("stored")));
    page_raw(p, S("]"));
    html_sheet_end(p, &s);
    return OK;
}

static enum err send(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct sheet s;
    TRY(sheet_open(cx, rq, "probe", DRAFT_HANDOVER, &s));
    if (sheet_leaves(rq))
        return sheet_keep(cx, rq, rp, &s);
    struct ticket_at at = sheet_at(rq, &s);
    if (form_text(rq, "one").n == 0)
        return invalid(cx, "one", "One is missing.", "Eins fehlt.");
    TRY(ticket_set_lagebild(cx, &at, (struct lagebild){.problem = form_text(rq, "one")}));
    TRY(sheet_forget(cx, &s));
    return sheet_done(cx, rp, &s);
}

static const struct route look = {GET, "/w/t/{nr}/probe", CAN_WORK, show};
static const struct route act = {POST, "/w/t/{nr}/probe", CAN_WORK, send, show};

static const char *given(struct world *w)
{
    struct ticket_made made;
    struct ticket_new n = {.channel = CHANNEL_PHONE, .problem = S("WLAN <weg>")};
    struct ctx *cx = begin_as(w, ADA);
    check(end(w, ticket_create(cx, &n, &made)) == OK);
    str number = ticket_number_shown(&w->kept, made.number);
    return arena_z(&w->kept, arena_fmt(&w->kept, "/w/t/" STR_FMT "/probe", STR_ARG(number)));
}

static struct seen get(struct world *w, int person, const char *url)
{
    return web_route(w, person, &look, url, NULL);
}

static struct seen post(struct world *w, int person, const char *url, const char *form)
{
    return web_route(w, person, &act, url, form);
}

static void B1_what_was_typed_comes_back_to_its_writer(struct world *w)
{
    const char *url = given(w);
    struct seen s = get(w, ADA, url);
    check(s.status == 200 && web_shows(&s, "[one=stored][two=stored]"));
    check(web_shows(&s, "WLAN &lt;weg&gt;") && web_shows(&s, "State card"));
    s = post(w, ADA, url, "version=1&tun=zurueck&csrf=token&one=eins \"&two=");
    check(s.status == 303);
    s = get(w, ADA, url);
    check(web_shows(&s, "[one=eins &quot;][two=]"));
    s = get(w, BEN, url);
    check(web_shows(&s, "[one=stored]"));
    check(ask(w, "select count(*) from draft where body like '%token%'") == 0);
}

static void B1_the_script_saves_without_leaving(struct world *w)
{
    const char *url = given(w);
    check(post(w, ADA, url, "version=1&tun=merken&one=a").status == 204);
    check(post(w, ADA, url, "version=1&tun=merken&one=b").status == 204);
    struct seen s = get(w, ADA, url);
    check(web_shows(&s, "[one=b]"));
    check(ask(w, "select count(*) from draft") == 1);
}

static void B1_another_sheet_of_the_case_keeps_its_own(struct world *w)
{
    const char *url = given(w);
    struct ctx *cx = begin_as(w, ADA);
    check(end(w, draft_save(cx, (ticket_id){1}, DRAFT_HANDOVER, S("{\"else\":{\"x\":\"y\"}}")))
          == OK);
    check(post(w, ADA, url, "version=1&tun=merken&one=a").status == 204);
    check(ask(w, "select count(*) from draft where body like '%\"x\":\"y\"%' and body like "
                 "'%\"one\":\"a\"%'")
          == 1);
    check(post(w, ADA, url, "version=1&one=a").status == 303);
    check(ask(w, "select count(*) from draft where body like '%\"x\":\"y\"%' and body not like "
                 "'%one%'")
          == 1);
}

static void B1_drafts_of_merged_cases(struct world *w)
{
    const char *url = given(w);
    struct ctx *cx = begin_as(w, ADA);
    str body = S("{\"probe\":{\"one\":\"old\"}}\n\n{\"probe\":{\"one\":\"new\"}}");
    check(end(w, draft_save(cx, (ticket_id){1}, DRAFT_HANDOVER, body)) == OK);
    struct seen s = get(w, ADA, url);
    check(web_shows(&s, "[one=new]"));
    cx = begin_as(w, ADA);
    check(end(w, draft_save(cx, (ticket_id){1}, DRAFT_HANDOVER, S("just text"))) == OK);
    s = get(w, ADA, url);
    check(web_shows(&s, "[one=stored]"));
}

static void B2_sending_forgets_and_refusing_keeps(struct world *w)
{
    const char *url = given(w);
    check(post(w, ADA, url, "version=1&tun=merken&one=a&two=b").status == 204);
    struct seen s = post(w, ADA, url, "version=1&one=&two=typed");
    check(s.status == 422 && web_shows(&s, "One is missing.")
          && web_shows(&s, "[one=][two=typed]"));
    check(ask(w, "select count(*) from draft") == 1);
    s = post(w, ADA, url, "version=1&one=c");
    check(s.status == 303 && str_starts(s.to, S("/w/t/")));
    check(ask(w, "select count(*) from draft") == 0);
}

static void B3_a_case_that_changed_meanwhile(struct world *w)
{
    const char *url = given(w);
    check(post(w, BEN, url, "version=1&one=Bens Text").status == 303);
    struct seen s = post(w, ADA, url, "version=1&one=Adas Text");
    check(s.status == 409 && web_shows(&s, "The case has changed meanwhile"));
    check(web_shows(&s, "[one=Adas Text]") && web_shows(&s, "Bens Text"));
    check(web_shows(&s, "name=\"version\" value=\"2\""));
    check(post(w, ADA, url, "version=2&one=Adas Text").status == 303);
    check(post(w, ADA, url, "one=ohne Version").status == 409);
}

static void B4_what_is_no_case_of_ones_own_is_not_there(struct world *w)
{
    const char *url = given(w);
    check(get(w, CEM, url).status == 404 && get(w, NINA, url).status == 404);
    check(get(w, GERO, url).status == 403);
    check(get(w, ADA, "/w/t/1234-5678/probe").status == 404);
    check(get(w, ADA, "/w/t/zebra/probe").status == 404);
    check(post(w, CEM, url, "version=1&one=x").status == 404);
}

const struct test sheet_http_tests[] = {
    T(B1_what_was_typed_comes_back_to_its_writer),  T(B1_the_script_saves_without_leaving),
    T(B1_another_sheet_of_the_case_keeps_its_own),  T(B1_drafts_of_merged_cases),
    T(B2_sending_forgets_and_refusing_keeps),       T(B3_a_case_that_changed_meanwhile),
    T(B4_what_is_no_case_of_ones_own_is_not_there), {0},
};
