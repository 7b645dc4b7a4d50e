// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/web.h"

#include "base/limits.h"
#include "circular/circular.h"
#include "contact/contact.h"
#include "job/job.h"
#include "problem/problem.h"
#include "problem/problem_issue_http.h"

static bool hides(const struct seen *s, const char *text)
{
    return str_find(s->page, str_from_z(text)) < 0;
}

// A case of Karin's, told to First; its number.
static str a_case(struct world *w, str subject)
{
    struct ticket_made made = {0};
    struct contact_address mail = {.kind = ADDRESS_MAIL, .shown = S("k.brandt@post.example")};
    struct contact karin = {.name = S("Karin Brandt"),
                            .lang = LANG_DE,
                            .formal = true,
                            .address = &mail,
                            .addresses = 1};
    struct ctx *cx = begin(w);
    enum err known = contact_by_mail(cx, mail.shown, &karin);
    ctx_forgive(cx);
    check(known == OK || contact_add(cx, &karin, &karin.id) == OK);
    struct ticket_new n = {.channel = CHANNEL_MAIL,
                           .subject = subject,
                           .problem = subject,
                           .contact = karin.id,
                           .team = {FIRST}};
    check(ticket_create(cx, &n, &made) == OK && end(w, OK) == OK);
    return ticket_number_shown(&w->kept, made.number);
}

static const char *path(struct world *w, str number, const char *rest)
{
    return arena_z(&w->kept, arena_fmt(&w->kept, "/w/t/" STR_FMT "%s", STR_ARG(number), rest));
}

static const char *versioned(struct world *w, const char *more)
{
    return arena_z(&w->kept, arena_fmt(&w->kept, "version=%lld&%s",
                                       (long long)ask(w, "select version from problem"), more));
}

// A problem of Network's with the case in it.
static str opened(struct world *w)
{
    str number = a_case(w, S("VPN bricht nach Windows-Update ab"));
    check(web_post(w, ADA, path(w, number, "/problem"), "version=1&problem=neu").status == 303);
    struct ctx *cx = begin_as(w, EVA);
    struct problem_record p;
    check(problem_load(cx, (problem_id){1}, &p) == OK);
    p.team = (team_id){NET};
    check(end(w, problem_change(cx, &p)) == OK);
    return number;
}

static void H1_only_the_next_states_are_offered(struct world *w)
{
    opened(w);
    struct seen s = web_get(w, CEM, "/w/p/P-1");
    check(s.status == 200 && web_shows(&s, "/w/p/P-1/stand/open")
          && web_shows(&s, "/w/p/P-1/stand/known_error"));
    check(hides(&s, "/stand/closed") && web_shows(&s, "VPN bricht nach Windows-Update ab"));
    s = web_post(w, CEM, "/w/p/P-1/stand/fixed", versioned(w, "cause="));
    check(s.status == 422 && web_shows(&s, "What was the cause?"));
    s = web_post(w, CEM, "/w/p/P-1/stand/closed", versioned(w, ""));
    check(s.status == 422 && web_shows(&s, "From here it does not go there."));
    check(web_post(w, CEM, "/w/p/P-1/stand/open", versioned(w, "")).status == 303);
    check(web_post(w, CEM, "/w/p/P-1/stand/open", "version=1").status == 409);
    check(web_get(w, CEM, "/w/p/P-1/stand/nonsense").status == 404);
}

static void H2_what_looks_alike_is_taken_in(struct world *w)
{
    struct ctx *cx = begin(w);
    product_id product;
    check(product_add(cx, &(struct product){.name = S("VPN-Client")}, &product) == OK);
    check(end(w, OK) == OK);
    opened(w);
    a_case(w, S("Update: VPN bricht ab"));
    a_case(w, S("Drucker streikt"));
    cx = begin(w);
    check(db_script(cx, "update ticket set product = 1; update problem set product = 1") == OK);
    check(end(w, OK) == OK);
    w->lang = LANG_DE;
    struct seen s = web_get(w, ADA, "/w/p/P-1");
    check(web_shows(&s, "1 offener Vorgang sieht ähnlich aus")
          && web_shows(&s, "gleiches Produkt; beide nennen"));
    s = web_post(w, ADA, "/w/p/P-1/dazu", "x=1");
    check(s.status == 422 && web_shows(&s, "Welche gehören dazu?"));
    check(web_post(w, ADA, "/w/p/P-1/dazu", "dazu-2=1&dazu-3=1").status == 303);
    check(ask(w, "select count(*) from problem_link")
          == 2);    // the printer does not look alike
    check(web_post(w, ADA, "/w/p/P-1/weg", "vorgang=2").status == 303);
    check(ask(w, "select count(*) from problem_link") == 1);
}

static void H3_a_workaround_written_right_here(struct world *w)
{
    str number = opened(w);
    struct seen s = web_post(w, CEM, "/w/p/P-1/stand/known_error", versioned(w, "steps="));
    check(s.status == 422 && web_shows(&s, "Which one?"));
    s = web_post(w, CEM, "/w/p/P-1/stand/known_error", versioned(w, "solution=L-77"));
    check(s.status == 422 && web_shows(&s, "value=\"L-77\""));
    s = web_post(w, CEM, "/w/p/P-1/stand/known_error",
                 versioned(w, "steps=Alten+Client+starten -> Verbindung steht"));
    check(s.status == 303);
    w->lang = LANG_DE;
    s = web_get(w, ADA, path(w, number, ""));
    check(web_shows(&s, "bekannter Fehler:") && web_shows(&s, "Umgehung")
          && web_shows(&s, "L-101"));
    str fresh = a_case(w, S("VPN bricht ab, Windows Update"));
    s = web_get(w, ADA, path(w, fresh, ""));
    check(web_shows(&s, "Sieht aus wie") && web_shows(&s, "L-101")
          && web_shows(&s, "beide nennen"));
    check(web_post(w, ADA, path(w, fresh, "/problem"), "problem=P-1").status == 303);
    check(ask(w, "select count(*) from problem_link") == 2);
    str other = a_case(w, S("Drucker streikt"));
    s = web_get(w, ADA, path(w, other, ""));
    check(hides(&s, "Sieht aus wie"));
}

static void H4_who_may_not_change_it_sees_no_form(struct world *w)
{
    opened(w);
    struct seen s = web_get(w, ADA, "/w/p/P-1");
    check(hides(&s, "/stand/") && hides(&s, "/bearbeiten") && web_shows(&s, "/w/p/P-1/raum"));
    check(web_post(w, ADA, "/w/p/P-1/antwort", "de=x&en=x").status == 403);
    check(web_post(w, ADA, "/w/p/P-1/raum", "tun=dabei").status == 303);
    check(web_post(w, DORA, "/w/p/P-1/raum", "tun=dabei").status == 303);
    check(web_post(w, DORA, "/w/p/P-1/raum", "tun=sagen&art=2&room=MTU zu klein?").status
          == 303);
    s = web_get(w, CEM, "/w/p/P-1");
    check(web_shows(&s, "MTU zu klein?") && web_shows(&s, "dora") && web_shows(&s, "ada"));
    check(web_post(w, CEM, "/w/p/P-1/raum", "tun=nein&eintrag=1").status == 303);
    s = web_get(w, CEM, "/w/p/P-1");
    check(web_shows(&s, "ruled out"));
    check(web_get(w, NINA, "/w/p/P-1").status == 404);
    check(web_post(w, NINA, "/w/p/P-1/raum", "tun=dabei").status == 404);
}

static void H5_what_was_typed_comes_back(struct world *w)
{
    struct seen s = web_post(w, CEM, "/w/p/neu", "title=&words=meine+Worte&team=2");
    check(s.status == 422 && web_shows(&s, ">meine Worte</textarea>"));
    check(web_post(w, CEM, "/w/p/neu", "title=Mail+weg&words=x&team=2").status == 303);
    s = web_post(w, CEM, "/w/p/P-1/bearbeiten", "version=9&title=anders&team=2");
    check(s.status == 409 && web_shows(&s, "value=\"anders\""));
    check(web_post(w, CEM, "/w/p/P-1/bearbeiten", "version=1&title=anders&team=2").status
          == 303);
    s = web_get(w, CEM, "/w/p?q=anders");
    check(web_shows(&s, "P-1") && web_shows(&s, "1 problem"));
    s = web_get(w, CEM, "/w/p?q=drucker");
    check(hides(&s, "P-1"));
}

static void P5_only_teams_that_work_on_cases_are_offered(struct world *w)
{
    struct team vendor = {.name = SAY("Maker", "Hersteller"), .level = 4},
                law = {.name = SAY("Law", "Recht"), .level = 2, .department = true};
    struct ctx *cx = begin(w);
    check(team_add(cx, &vendor, &vendor.id) == OK && team_add(cx, &law, &law.id) == OK);
    check(end(w, OK) == OK);
    struct seen s = web_get(w, ADA, "/w/p/neu");
    check(web_shows(&s, ">Network</option>") && hides(&s, ">Maker</option>")
          && hides(&s, ">Law</option>"));
    str form = arena_fmt(&w->kept, "title=x&team=%lld", (long long)law.id.n);
    s = web_post(w, ADA, "/w/p/neu", arena_z(&w->kept, form));
    check(s.status == 422 && web_shows(&s, "the problem stays ours"));
}

static void B3_the_sheet_of_a_case_that_belongs_already(struct world *w)
{
    str number = opened(w);
    struct seen s = web_get(w, ADA, path(w, number, "/problem"));
    check(web_shows(&s, "Does not belong to it"));
    s = web_post(w, ADA, path(w, number, "/problem"), "tun=weg");
    check(s.status == 303 && ask(w, "select count(*) from problem_link") == 0);
    s = web_post(w, ADA, path(w, number, "/problem"), "problem=&nummer=P-9");
    check(s.status == 422 && web_shows(&s, "value=\"P-9\""));
    s = web_post(w, ADA, path(w, number, "/problem"), "problem=&nummer=p1");
    check(s.status == 303 && ask(w, "select count(*) from problem_link") == 1);
}

static void N1_N2_one_answer_to_all_of_them(struct world *w)
{
    opened(w);
    check(web_post(w, CEM, "/w/p/P-1/stand/fixed", versioned(w, "cause=MTU")).status == 303);
    check(ask(w, "select count(*) from duty where problem = 1") == 1);
    struct seen s = web_get(w, CEM, "/w/p/P-1/antwort");
    check(web_shows(&s, "Guten Tag Karin Brandt,") && web_shows(&s, "antworten Sie einfach"));
    check(web_shows(&s, "name=\"loesen\" value=\"1\" checked"));
    s = web_post(w, CEM, "/w/p/P-1/antwort",
                 "schluessel=1&tun=ansehen&loesen=1&de=Es+geht.&en=Works.&an-1=1");
    check(s.status == 200 && web_shows(&s, "Guten Tag Karin Brandt,")
          && web_shows(&s, "Es geht."));
    check(ask(w, "select count(*) from circular") == 0);
    s = web_post(w, CEM, "/w/p/P-1/antwort",
                 "schluessel=1&tun=senden&loesen=1&de=Es+geht.&en=Works.");
    check(s.status == 422);
    s = web_post(w, CEM, "/w/p/P-1/antwort",
                 "schluessel=1&tun=senden&loesen=1&de=Es+geht.&en=Works.&an-1=1");
    check(s.status == 303 && str_eq(s.to, S("/w/p/P-1/antwort/1")));
    s = web_get(w, CEM, "/w/p/P-1/antwort/1");
    check(web_shows(&s, "1 letter leaves in 10 seconds"));
    check(web_post(w, CEM, "/w/p/P-1/antwort/1", "x=1").status == 303);
    s = web_get(w, CEM, "/w/p/P-1/antwort/1");
    check(web_shows(&s, "No case knows of it."));
    s = web_post(w, CEM, "/w/p/P-1/antwort",
                 "schluessel=2&tun=senden&loesen=1&de=Es+geht.&en=Works.&an-1=1");
    check(s.status == 303);
    later(w, LIMIT_UNDO_S);
    struct ctx *cx = begin(w);
    check(end(w, OK) == OK && job_drain(cx, circular_jobs) == OK);
    check(
        ask(w, "select count(*) from ticket where status = 6 and solved_text like 'P-1: VPN%'")
        == 1);
    check(ask(w, "select count(*) from message where kind = 1") == 1);
    check(ask(w, "select count(*) from duty") == 1);
}

static void N2_a_letter_that_cannot_be_sent_is_named(struct world *w)
{
    opened(w);
    struct ctx *cx = begin(w);
    check(db_script(cx, "update contact_address set shown = 'jörg@post.example', value = "
                        "'jörg@post.example' where kind = 1")
          == OK);
    check(end(w, OK) == OK);
    struct seen s = web_get(w, CEM, "/w/p/P-1/antwort");
    check(web_shows(&s, "no mail can be sent to this address"));
    s = web_post(w, CEM, "/w/p/P-1/antwort",
                 "schluessel=1&tun=senden&de=Es+geht.&en=Works.&an-1=1");
    check(s.status == 303);
    later(w, LIMIT_UNDO_S);
    cx = begin(w);
    check(end(w, OK) == OK && job_drain(cx, circular_jobs) == OK);
    s = web_get(w, CEM, "/w/p/P-1/antwort/1");
    check(web_shows(&s, "1 letter was not written") && web_shows(&s, "Karin Brandt")
          && web_shows(&s, "href=\"/w/t/"));
}

static void P10_the_solution_that_is_owed_is_written_there(struct world *w)
{
    opened(w);
    check(web_post(w, CEM, "/w/p/P-1/stand/fixed", versioned(w, "cause=MTU")).status == 303);
    struct seen s = web_get(w, CEM, "/w/pflichten");
    check(web_shows(&s, "/w/p/P-1/aufschreiben"));
    s = web_get(w, CEM, "/w/p/P-1/aufschreiben");
    check(web_shows(&s, "MTU") && web_shows(&s, "VPN bricht nach Windows-Update ab"));
    check(web_post(w, ADA, "/w/p/P-1/aufschreiben", "title=x").status == 403);
    s = web_post(w, CEM, "/w/p/P-1/aufschreiben",
                 "title=VPN+bricht+ab&steps=MTU+1400&audience=1&for-1=1&for-2=1");
    check(s.status == 303 && ask(w, "select count(*) from duty where state = 3") == 1);
    s = web_get(w, CEM, "/w/p/P-1");
    check(web_shows(&s, "L-101"));
}

static void H5_what_has_ended_is_said_at_its_field(struct world *w)
{
    product_id old;
    check(end(w, product_add(begin(w), &(struct product){.name = S("X2")}, &old)) == OK);
    str number = a_case(w, S("Update: VPN bricht ab"));
    struct ctx *cx = begin(w);
    check(db_script(cx, "update ticket set product = 1; update product set ended = 7") == OK);
    check(end(w, OK) == OK);
    struct seen s = web_post(w, CEM, "/w/p/neu", "title=Mail+weg&words=x&team=2&product=1");
    check(s.status == 422 && web_shows(&s, "This product can no longer be chosen.")
          && web_shows(&s, "value=\"Mail weg\"") && hides(&s, "X2</option>"));
    s = web_get(w, ADA, arena_z(&w->kept, arena_fmt(&w->kept, "/w/p/neu?von=" STR_FMT,
                                                    STR_ARG(number))));
    check(s.status == 200 && hides(&s, "X2</option>"));    // it is the case's, not the problem's
}

static void H6_without_a_git_service_no_way_leads_there(struct world *w)
{
    opened(w);
    struct seen s = web_get(w, CEM, "/w/p/P-1");
    check(s.status == 200 && !web_shows(&s, "/w/p/P-1/entwicklung"));
    s = web_post(w, GERO, "/a/entwicklung/neu",
                 "kind=2&url=https://git.example&project=nord/router&token=geheim");
    check(s.status == 303);
    s = web_get(w, CEM, "/w/p/P-1");
    check(web_shows(&s, "/w/p/P-1/entwicklung"));
}

static void D2_an_issue_says_of_no_customer_who_it_is(struct world *w)
{
    opened(w);
    check(ask(w, "update contact set reach = 'Kanton Bern' returning 1") == 1);
    struct seen s = web_post(w, GERO, "/a/entwicklung/neu",
                             "kind=2&url=https://git.example&project=nord/router&token=geheim");
    check(s.status == 303);
    s = web_post(w, CEM, "/w/p/P-1/entwicklung",
                 "tun=anlegen&forge=1&title=VPN&body=Beim+Kanton+Bern+bricht+es+ab");
    check(s.status == 422 && web_shows(&s, "This leaves the house"));
    s = web_post(w, CEM, "/w/p/P-1/entwicklung",
                 "tun=anlegen&forge=1&title=VPN&body=Es+bricht+ab");
    check(s.status == 303);
    s = web_post(w, CEM, "/w/p/P-1/entwicklung",
                 "tun=anlegen&forge=1&title=VPN&body=Im+Kanton+Bern&release=1");
    check(s.status == 303);
    s = web_post(w, CEM, "/w/p/P-9/entwicklung", "tun=anlegen&forge=1&title=VPN&body=x");
    check(s.status == 404);
}

// What it finds is kept for the transaction, which looks at no customer.
static void D3_customers_are_compared_with_before_the_transaction(struct world *w)
{
    opened(w);
    check(web_post(w, GERO, "/a/entwicklung/neu",
                   "kind=2&url=https://git.example&project=nord/router&token=geheim")
              .status
          == 303);
    check(ask(w, "update contact set reach = 'Kanton Bern' returning 1") == 1);
    const struct route *r = problem_issue_routes + 1;
    struct field body = {S("body"), S("im Kanton Bern"), NULL},
                 title = {S("title"), S("VPN"), &body}, what = {S("tun"), S("anlegen"), &title};
    struct exchange x = {.form = &what};
    struct request rq = {.x = &x, .route = r, .param = {S("P-1")}};
    struct reply rp = {.x = &x};
    struct ctx *cx = begin_as(w, CEM);
    check(r->prepare != NULL && r->prepare(cx, &rq, &rp) == OK);
    check(ask(w, "update contact set reach = null, name = 'x' returning 1") == 1);
    check(r->run(cx, &rq, &rp) == ERR_INVALID);
    check(end(w, ERR_INVALID) == ERR_INVALID);
}

const struct test problem_http_tests[] = {
    T(H1_only_the_next_states_are_offered),
    T(H2_what_looks_alike_is_taken_in),
    T(H3_a_workaround_written_right_here),
    T(H4_who_may_not_change_it_sees_no_form),
    T(H5_what_was_typed_comes_back),
    T(H5_what_has_ended_is_said_at_its_field),
    T(P5_only_teams_that_work_on_cases_are_offered),
    T(B3_the_sheet_of_a_case_that_belongs_already),
    T(N1_N2_one_answer_to_all_of_them),
    T(N2_a_letter_that_cannot_be_sent_is_named),
    T(H6_without_a_git_service_no_way_leads_there),
    T(D2_an_issue_says_of_no_customer_who_it_is),
    T(D3_customers_are_compared_with_before_the_transaction),
    T(P10_the_solution_that_is_owed_is_written_there),
    {0},
};
