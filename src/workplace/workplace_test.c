// SPDX-License-Identifier: GPL-3.0-or-later
#include "workplace/workplace_test.h"

#include "base/now.h"
#include "engagement/engagement.h"
#include "solution/step.h"
#include "testing/taught.h"
#include "workplace/workplace_http.h"

static void the_page_shows_the_case(struct world *w)
{
    struct made_case c = a_case(w);
    says(w, &c,
         (struct message_new){.body = S("Seit heute früh.\n\nDanke"), .rest = S("> alt")});
    struct seen s = web_get(w, ADA, at(w, &c, ""));
    check(s.status == 200);
    check(web_shows(&s, "<h1>WLAN geht nicht</h1>") && web_shows(&s, "Karin Brandt"));
    check(web_shows(&s, "Alle Lampen am Router an") && web_shows(&s, "Kern GmbH"));
    check(web_shows(&s, "href=\"tel:0891234567\"") && web_shows(&s, "vormittags"));
    check(web_shows(&s, "<p>Seit heute früh.</p>\n<p>Danke</p>"));
    check(web_shows(&s, "Show quoted text") && web_shows(&s, "&gt; alt"));
    check(web_shows(&s, "4 h left") && web_shows(&s, "Service desk"));
    check(web_shows(&s, "formaction=\"/w/t/") || web_shows(&s, "/nehmen"));
    w->lang = LANG_DE;
    s = web_get(w, ADA, at(w, &c, ""));
    check(web_shows(&s, "noch 4 h") && web_shows(&s, "Am Zug") && web_shows(&s, "Nehmen"));
}

static void a_number_to_dial(struct world *w)
{
    // clang-format off
    static const struct { const char *in, *out; } rows[] = {
        {"089 1234567", "tel:0891234567"},
        {"+49 (0)89 / 1234-567", "tel:+49891234567"},
        {"0049 89 1", "tel:0049891"},
        {"\"><script>", "tel:"},
        {"1+1", "tel:11"},
    };
    // clang-format on
    struct page p = {.cx = begin(w)};
    for (isize i = 0; i < countof(rows); i++)
        check_text(workplace_dial(&p, str_from_z(rows[i].in)).s, str_from_z(rows[i].out));
    end(w, OK);
}

static void H2_what_is_not_ones_own_is_not_there(struct world *w)
{
    static const char *const pages[] = {
        "", "/einordnen", "/warten", "/zusammenfuehren", "/lagebild", "/wieder-oeffnen"};
    static const char *const forms[] = {"/antwort",         "/entwurf",       "/zurueckholen",
                                        "/nehmen",          "/freigeben",     "/weiter",
                                        "/schliessen",      "/spam",          "/kein-spam",
                                        "/lagebild",        "/einordnen",     "/warten",
                                        "/zusammenfuehren", "/wieder-oeffnen"};
    struct made_case c = a_case(w);
    for (isize i = 0; i < countof(pages); i++) {
        check(web_get(w, NINA, at(w, &c, pages[i])).status == 404);
        check(web_get(w, CEM, at(w, &c, pages[i])).status == 404);
        check(web_get(w, GERO, at(w, &c, pages[i])).status == 403);
        check(web_get(w, 0, at(w, &c, pages[i])).status == 303);
    }
    for (isize i = 0; i < countof(forms); i++) {
        const char *form = versioned(w, &c, "&text=x&art=antwort");
        check(web_post(w, NINA, at(w, &c, forms[i]), form).status == 404);
        check(web_post(w, CEM, at(w, &c, forms[i]), form).status == 404);
        check(web_post(w, GERO, at(w, &c, forms[i]), form).status == 403);
        check(web_post(w, 0, at(w, &c, forms[i]), form).status == 403);
    }
    check(ask(w, "select count(*) from message") == 0
          && ask(w, "select count(*) from draft") == 0);
}

static void a_number_that_is_none(struct world *w)
{
    check(web_get(w, ADA, "/w/t/4182-2070").status == 404);    // wrong check digit
    check(web_get(w, ADA, "/w/t/abc").status == 404);
    check(web_get(w, ADA, "/w/t/%3Cscript%3E").status == 404);
}

#define EVIL "<script>alert('x')</script>\"&"

// In every place where a stranger's or a colleague's text can get to.
static void every_text_comes_out_escaped(struct world *w)
{
    struct made_case c = a_case_about(w, S(EVIL), S(EVIL));
    struct attachment_new file = {.name = S("<img src=x onerror=alert(1)>.png"),
                                  .type = S("text/html")};
    struct ctx *cx = begin(w);
    struct contact k;
    check(contact_load(cx, c.contact, &k) == OK);
    k.name = S("Karin " EVIL);
    k.org = k.reach = S(EVIL);
    check(contact_change(cx, &k) == OK && blob_put(cx, S("x"), &file.blob) == OK);
    check(end(w, OK) == OK);
    file.blob.sha256 = keep(w, file.blob.sha256);
    says(w, &c,
         (struct message_new){.body = S("hallo\n" EVIL),
                              .rest = S(EVIL),
                              .author = S("“" EVIL),
                              .address = S("\"<script>alert(1)\"@post.example"),
                              .unverified = true,
                              .attachment = &file,
                              .attachments = 1});
    writes(w, ADA, &c, (struct message_new){.kind = MESSAGE_NOTE, .body = S(EVIL)});
    struct ticket_at at_ = {c.id, TICKET_ANY_VERSION};
    struct lagebild l = {S(EVIL), S(EVIL), S(EVIL)};
    check(end(w, ticket_set_lagebild(begin_as(w, ADA), &at_, l)) == OK);
    check(end(w, step_add(begin_as(w, ADA), &at_, (solution_id){0}, S(EVIL), STEP_FAILED))
          == OK);
    check(end(w, draft_save(begin_as(w, ADA), c.id, DRAFT_REPLY, S("</textarea>" EVIL)))
          == OK);
    static const char *const pages[] = {"",           "?f=kunde", "?art=intern",
                                        "/einordnen", "/warten",  "/zusammenfuehren",
                                        "/lagebild"};
    for (isize i = 0; i < countof(pages); i++) {
        struct seen s = web_get(w, ADA, at(w, &c, pages[i]));
        check(s.status == 200 && hides(&s, "<script>alert") && hides(&s, "<img")
              && hides(&s, "</textarea>&") && hides(&s, "</textarea><s"));
    }
    struct seen s = web_get(w, ADA, at(w, &c, ""));
    check(web_shows(&s, "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp;"));
    check(web_shows(&s, "Sender not proven") && web_shows(&s, "&lt;img src=x"));
    s = web_get(w, ADA, "/w/inbox");
    check(s.status == 200 && hides(&s, "<script>alert") && web_shows(&s, "&lt;script&gt;"));
    s = web_get(w, ADA, "/w");
    check(s.status == 200 && hides(&s, "<script>alert") && web_shows(&s, "&lt;script&gt;"));
}

static void what_became_of_a_mail(struct world *w)
{
    struct made_case c = a_case(w);
    struct message_new m = {
        .kind = MESSAGE_REPLY, .body = S("Guten Tag"), .sent = MESSAGE_QUEUED};
    message_id id = writes(w, ADA, &c, m);
    later(w, 3600);
    static const struct {
        enum message_sent sent;
        const char *words;
    } rows[] = {{MESSAGE_QUEUED, "not sent yet"},
                {MESSAGE_SENT, "· \nsent"},
                {MESSAGE_FAILED, "Not delivered"},
                {MESSAGE_UNDONE, "Taken back, not sent"}};
    for (isize i = 0; i < countof(rows); i++) {
        check(end(w, message_set_sent(begin(w), id, rows[i].sent)) == OK);
        struct seen s = web_get(w, ADA, at(w, &c, ""));
        if (rows[i].sent != MESSAGE_SENT)
            check(web_shows(&s, rows[i].words));
        else
            check(web_shows(&s, "sent") && hides(&s, "not sent yet")
                  && hides(&s, "Not delivered"));
    }
}

static void a_request_to_my_team_can_be_answered(struct world *w)
{
    struct made_case c = a_case(w);
    struct ticket_at a = {c.id, TICKET_ANY_VERSION};
    engagement_id id;
    struct engagement_contract k = {
        .problem = S("x"), .promised = S("y"), .asked_for = ASK_SOLVE};
    check(end(w, ticket_take(begin_as(w, ADA), &a)) == OK);
    a.version = look(w, &c).version;
    check(end(w, engagement_hand_over(begin_as(w, ADA), &a, (team_id){NET}, &k, &id)) == OK);
    struct seen s = web_get(w, CEM, at(w, &c, ""));
    check(s.status == 200 && web_shows(&s, "/annehmen/1") && web_shows(&s, "Accept"));
    check(web_shows(&s, "class=\"asked\"") && web_shows(&s, "Network"));
    s = web_get(w, ADA, at(w, &c, ""));
    check(s.status == 200 && hides(&s, "/annehmen/1") && web_shows(&s, "stays responsible"));
    check(web_shows(&s, "/zurueckziehen/1"));
    check(web_post(w, ADA, at(w, &c, "/zurueckziehen/1"), "version=1").status == 303);
    s = web_get(w, ADA, at(w, &c, ""));
    check(hides(&s, "/zurueckziehen/1") && hides(&s, "stays responsible"));
}

static struct workplace loaded(struct world *w, const struct made_case *c)
{
    struct workplace v = {0};
    struct ticket t;
    struct timeline_wish wish = {.filter = SHOW_ALL};
    struct ctx *cx = begin_as(w, ADA);
    check(ticket_load(cx, c->id, &t) == OK && workplace_load(cx, &t, &wish, &v) == OK);
    end(w, OK);
    return v;
}

static struct seen page_of(struct world *w, const struct made_case *c)
{
    return web_get(w, ADA, at(w, c, ""));
}

static void P10_who_is_away_and_who_stands_in(struct world *w)
{
    struct made_case c = a_case(w);
    struct ticket_at a = {c.id, TICKET_ANY_VERSION};
    check(end(w, ticket_take(begin_as(w, ADA), &a)) == OK);
    struct seen s = page_of(w, &c);
    check(hides(&s, "<dt>Away</dt>"));
    struct presence_span span = {
        .person = {ADA}, .from = w->now, .until = instant_plus(w->now, 7200), .other = {BEN}};
    check(end(w, presence_leave(begin_as(w, ADA), &span)) == OK);
    s = page_of(w, &c);
    check(web_shows(&s, "<dt>Away</dt><dd>ada <small>until ")
          && web_shows(&s, "ben stands in"));
    w->lang = LANG_DE;
    s = page_of(w, &c);
    check(web_shows(&s, "Vertretung: ben"));
}

// Ada says what happens now, and a minute goes by.
static struct ticket_at says_now(struct world *w, const struct made_case *c)
{
    struct ticket_at a = {c->id, TICKET_ANY_VERSION};
    struct lagebild l = {S("Alle Lampen an"), S(""), S("Ich tausche das Netzteil.")};
    check(end(w, ticket_take(begin_as(w, ADA), &a)) == OK);
    a.version = TICKET_ANY_VERSION;
    check(end(w, ticket_set_lagebild(begin_as(w, ADA), &a, l)) == OK);
    a.version = TICKET_ANY_VERSION;
    later(w, 60);
    return a;
}

static void W11_now_ends_with_the_case(struct world *w)
{
    struct made_case c = a_case(w);
    struct ticket_at a = says_now(w, &c);
    check(!look(w, &c).current_past);
    struct ticket_solving how = {
        .how = SOLVED_BY_TEXT, .text = S("Netzteil getauscht, alle Lampen an"), .told = true};
    check(end(w, ticket_solve(begin_as(w, ADA), &a, &how)) == OK);
    check(look(w, &c).current_past);
}

static void W11_now_follows_the_ball(struct world *w)
{
    struct made_case c = a_case(w);
    struct ticket_at a = says_now(w, &c);
    struct seen s = page_of(w, &c);
    check(web_shows(&s, "Ich tausche das Netzteil.") && hides(&s, "Before:"));
    engagement_id id;
    struct engagement_contract k = {.problem = S("x"),
                                    .tried = S("Netzteil getauscht, ohne Erfolg"),
                                    .promised = S("y"),
                                    .asked_for = ASK_SOLVE};
    a.version = TICKET_ANY_VERSION;
    check(end(w, engagement_hand_over(begin_as(w, ADA), &a, (team_id){NET}, &k, &id)) == OK);
    s = page_of(w, &c);
    check(web_shows(&s, "<dt>Now</dt><dd>To act: ") && web_shows(&s, "Before:"));
    later(w, 60);
    check(end(w, engagement_accept(begin_as(w, CEM), (struct engagement_at){id, 1},
                                   S("Ich prüfe die Leitung"), false))
          == OK);
    s = page_of(w, &c);
    check(web_shows(&s, "Ich prüfe die Leitung") && hides(&s, "Before:"));
    later(w, 60);
    struct ticket_waiting wait = {.for_what = TICKET_WAITING_VENDOR};
    a.version = TICKET_ANY_VERSION;
    check(end(w, ticket_wait(begin_as(w, CEM), &a, &wait)) == OK);
    s = page_of(w, &c);
    check(web_shows(&s, "<dt>Now</dt><dd>To act: Vendor") && web_shows(&s, "Before:"));
    s = web_get(w, ADA, "/w/inbox?v=open");    // and beside the list
    check(web_shows(&s, "<dt>Now</dt><dd>To act: Vendor"));
}

static category_id topic(struct world *w, str name)
{
    category_id id = {0};
    struct category c = {.name = {name, name}};
    check(end(w, category_add(begin(w), &c, &id)) == OK);
    return id;
}

static int64_t known(struct world *w, str title, category_id category, int audience)
{
    struct solution s = {.kind = SOLUTION_FIX,
                         .confidence = SOLUTION_VALIDATED,
                         .audience = audience,
                         .lang = LANG_DE,
                         .title = title,
                         .category = category};
    solution_id id = {0};
    check(end(w, solution_add(begin_as(w, EVA), &s, &id)) == OK);
    return id.n;
}

static void what_fits_is_proposed(struct world *w)
{
    struct made_case c = a_case(w);
    category_id wlan = topic(w, S("WLAN")), mail = topic(w, S("Mail"));
    known(w, S("Kanal wechseln"), wlan, SOLUTION_L1);
    known(w, S("Nur für Experten"), wlan, SOLUTION_L3);
    known(w, S("Postfach leeren"), mail, SOLUTION_L1);
    check(loaded(w, &c).hints == 0);    // nobody knows yet what it is about
    struct ticket_at a = {c.id, TICKET_ANY_VERSION};
    struct ticket_class k = {.category = wlan};
    check(end(w, ticket_classify(begin_as(w, ADA), &a, &k)) == OK);
    struct workplace v = loaded(w, &c);
    check(v.hints == 1);
    check_text(v.hint[0].title, S("Kanal wechseln"));
}

static void one_is_not_many(struct world *w)
{
    struct made_case c = a_case(w);
    category_id wlan = topic(w, S("WLAN"));
    known(w, S("Kanal wechseln"), wlan, SOLUTION_L1);
    struct ticket_at a = {c.id, TICKET_ANY_VERSION};
    struct ticket_class k = {.category = wlan};
    check(end(w, ticket_classify(begin_as(w, ADA), &a, &k)) == OK);
    struct ctx *cx = begin(w);
    check(db_script(cx, "update solution set reused = 1") == OK && end(w, OK) == OK);
    struct seen s = page_of(w, &c);
    check(web_shows(&s, "helped once"));
}

static void hands_over(struct world *w, const struct made_case *c, int from, int to, int team)
{
    engagement_id id;
    struct ticket_at a = {c->id, TICKET_ANY_VERSION};
    struct engagement_contract k = {
        .problem = S("x"), .promised = S("y"), .asked_for = ASK_FIX};
    check(end(w, engagement_hand_over(begin_as(w, from), &a, (team_id){team}, &k, &id)) == OK);
    check(end(w, engagement_accept(begin_as(w, to), (struct engagement_at){id, 1},
                                   S("Ich schaue"), false))
          == OK);
}

static void what_was_accepted_and_handed_over_was_not_passed_on(struct world *w)
{
    struct made_case c = a_case(w);
    hands_over(w, &c, ADA, CEM, NET);
    later(w, 60);
    hands_over(w, &c, CEM, DORA, EXPERTS);
    struct seen s = page_of(w, &c);
    check(web_shows(&s, "accepted, handed over again since"));
    check(web_shows(&s, "Handed over again") && hides(&s, "Passed on"));
}

static void P4_what_solved_cases_suggest_says_the_topic(struct world *w)
{
    struct taught d = taught(w);
    struct made_case c = a_case_about(w, S("dsl rot"), S("kein internet"));
    known(w, S("Leitung messen"), d.line, SOLUTION_L1);
    known(w, S("Postfach leeren"), topic(w, S("Mail")), SOLUTION_L1);
    struct workplace v = loaded(w, &c);
    check(v.triage.value[TRIAGE_CATEGORY] == d.line.n && v.hints == 1);
    check_text(v.hint[0].title, S("Leitung messen"));
}

static void P5_a_case_that_is_over_says_what_ended_it(struct world *w)
{
    struct made_case c = a_case(w);
    struct ticket_at a = {c.id, TICKET_ANY_VERSION};
    const struct lagebild lines = {S("WLAN weg"), S(""), S("Ursache suchen.")};
    const struct ticket_solving by_text = {.how = SOLVED_BY_TEXT,
                                           .text = S("Der Stecker war locker, jetzt sitzt er."),
                                           .told = true};
    struct ctx *cx = begin_as(w, ADA);
    check(ticket_take(cx, &a) == OK && ticket_set_lagebild(cx, &a, lines) == OK);
    check(end(w, OK) == OK);
    struct seen s = web_get(w, ADA, at(w, &c, ""));
    check(web_shows(&s, "<dd><p>Ursache suchen.</p>"));
    check(end(w, ticket_solve(begin_as(w, ADA), &a, &by_text)) == OK);
    s = web_get(w, ADA, at(w, &c, ""));
    check(web_shows(&s, "<dd><p>Solved: Der Stecker war locker, jetzt sitzt er.</p>")
          && hides(&s, "<dd><p>Ursache suchen.</p>"));
}

static void a_letter_begins_as_its_reader_likes(struct world *w)
{
    struct arena *a = &w->arena;
    struct ticket t = {.lang = LANG_DE,
                       .contact = {1},
                       .contact_formal = true,
                       .contact_name = S("Karin Brandt")};
    check_text(workplace_greeting(a, &t), S("Guten Tag Karin Brandt,\n\n"));
    t.contact_formal = false;
    check_text(workplace_greeting(a, &t), S("Hallo Karin Brandt,\n\n"));
    t.lang = LANG_EN;
    check_text(workplace_greeting(a, &t), S("Hello Karin Brandt,\n\n"));
    t.contact_name = S("");
    check_text(workplace_greeting(a, &t), S("Hello,\n\n"));
    t.contact_name = S("karin.b77");    // of an address, not of a person
    t.contact_mail = S("karin.b77@kunde.example");
    check_text(workplace_greeting(a, &t), S("Hello,\n\n"));
    t.contact_mail = S("kb@kunde.example");
    check_text(workplace_greeting(a, &t), S("Hello karin.b77,\n\n"));
    t = (struct ticket){.lang = LANG_DE};    // nobody known
    check_text(workplace_greeting(a, &t), S("Guten Tag,\n\n"));
}

static int statements(struct world *w, const struct made_case *c)
{
    bool failed = true;
    int n = 0;
    while (failed) {
        struct workplace v;
        struct ticket t;
        struct timeline_wish wish = {.filter = SHOW_ALL};
        struct ctx *cx = begin_as(w, ADA);
        db_fail_at(w->db, ++n);
        enum err err = ticket_load(cx, c->id, &t);
        if (err == OK)
            err = workplace_load(cx, &t, &wish, &v);
        failed = db_failed(w->db);
        db_fail_at(w->db, 0);
        check(err == (failed ? ERR_BUSY : OK));
        end(w, ERR_BUSY);
    }
    return n - 1;
}

// DOMAIN 4.4 and the benchmark: what the page of a plain case costs.
static void H3_few_statements(struct world *w)
{
    struct made_case c = a_case(w);
    struct ticket_at a = {c.id, TICKET_ANY_VERSION};
    check(statements(w, &c)
          == 8);    // case, messages, events, promises, drafts, P9; suggestions, products
    struct ticket_class k = {.category = topic(w, S("WLAN"))};
    check(end(w, ticket_classify(begin_as(w, ADA), &a, &k)) == OK);
    check(statements(w, &c) == 7);    // what is classified: solutions that fit, no suggestions
    struct ticket_waiting wait = {.for_what = TICKET_WAITING_VENDOR};
    check(end(w, ticket_wait(begin_as(w, ADA), &a, &wait)) == OK);
    check(statements(w, &c) == 8);    // since when it waits
}

static void only_who_may_see_it_listens_to_it(struct world *w)
{
    struct made_case c = a_case(w);
    const char *url =
        arena_z(&w->kept, arena_fmt(&w->kept, "/live?ticket=" STR_FMT, STR_ARG(c.number)));
    check(web_get(w, ADA, url).status != 404);
    check(web_get(w, NINA, url).status == 404 && web_get(w, CEM, url).status == 404);
    check(web_get(w, GERO, url).status == 403 && web_get(w, 0, url).status == 303);
    check(web_get(w, ADA, "/live?ticket=1").status == 404);
}

static void the_list_of_keys(struct world *w)
{
    struct seen s = web_get(w, ADA, "/w/tasten");
    check(s.status == 200 && web_shows(&s, "Ctrl+Enter"));
    w->lang = LANG_DE;
    s = web_get(w, ADA, "/w/tasten");
    check(s.status == 200 && web_shows(&s, "Strg+Enter") && web_shows(&s, "hochgeben"));
}

static void P8_what_nobody_has_set_up_is_not_offered(struct world *w)
{
    struct made_case c = a_case(w);
    struct seen s = web_get(w, ADA, at(w, &c, ""));
    check(!web_shows(&s, "/entwicklung\"") && !web_shows(&s, "/schluessel\""));
    s = web_post(w, GERO, "/a/entwicklung/neu",
                 "kind=3&url=https://git.example&project=nord/router&token=geheim");
    check(s.status == 303);
    s = web_get(w, ADA, at(w, &c, ""));
    check(web_shows(&s, "/entwicklung\""));
}

const struct test workplace_tests[] = {
    T(the_page_shows_the_case),
    T(H2_what_is_not_ones_own_is_not_there),
    T(one_is_not_many),
    T(what_was_accepted_and_handed_over_was_not_passed_on),
    T(P10_who_is_away_and_who_stands_in),
    T(W11_now_follows_the_ball),
    T(W11_now_ends_with_the_case),
    T(H3_few_statements),
    T(a_number_that_is_none),
    T(a_number_to_dial),
    T(every_text_comes_out_escaped),
    T(what_became_of_a_mail),
    T(a_request_to_my_team_can_be_answered),
    T(what_fits_is_proposed),
    T(P4_what_solved_cases_suggest_says_the_topic),
    T(P5_a_case_that_is_over_says_what_ended_it),
    T(a_letter_begins_as_its_reader_likes),
    T(only_who_may_see_it_listens_to_it),
    T(the_list_of_keys),
    T(P8_what_nobody_has_set_up_is_not_offered),
    {0},
};
