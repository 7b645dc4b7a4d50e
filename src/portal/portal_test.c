// SPDX-License-Identifier: GPL-3.0-or-later
#include "portal/portal_test.h"
#include "base/buf.h"
#include "base/now.h"
#include "portal/portal_page_http.h"

// --- V1 ------------------------------------------------------------------------------------

static const char *solution_for(struct world *w, int audience, enum confidence confidence,
                                const char *title)
{
    struct solution s = {.kind = SOLUTION_FIX,
                         .confidence = confidence,
                         .audience = audience,
                         .lang = LANG_DE,
                         .title = str_from_z(title),
                         .step = &(struct solution_step){S("Neu starten"), S("Es geht")},
                         .steps = 1};
    solution_id id = {0};
    struct ctx *cx = begin_as(w, FINN);
    check(solution_add(cx, &s, &id) == OK && solution_load(cx, id, &s) == OK);
    str url =
        arena_fmt(&w->kept, "/de/hilfe/" STR_FMT, STR_ARG(solution_key_text(&w->kept, s.key)));
    check(end(w, OK) == OK);
    return arena_z(&w->kept, url);
}

static void V1_solutions_for_customers_and_no_others(struct world *w)
{
    w->lang = LANG_DE;
    const char *open = solution_for(w, SOLUTION_EVERYBODY, SOLUTION_VALIDATED, "Für alle");
    const char *staff = solution_for(w, SOLUTION_L1, SOLUTION_VALIDATED, "Nur für uns");
    const char *draft = solution_for(w, SOLUTION_EVERYBODY, SOLUTION_NOT_VALIDATED, "Entwurf");
    static const int readers[] = {0, ADA, EVA, FINN};    // signed in or not: the same pages
    for (isize i = 0; i < countof(readers); i++) {
        struct seen s = web_get(w, readers[i], open);
        check(s.status == 200 && web_shows(&s, "Neu starten"));
        check(web_get(w, readers[i], staff).status == 404);
        check(web_get(w, readers[i], draft).status == 404);
        s = web_get(w, readers[i], "/de/");
        check(web_shows(&s, "Für alle") && !has(&s, "Nur für uns") && !has(&s, "Entwurf"));
    }
    check(web_get(w, NINA, open).status == 404);
    check(web_get(w, 0, "/de/hilfe/L-999").status == 404);
    check(web_get(w, 0, "/de/hilfe/quatsch").status == 404);
}

static void V1_it_helped_is_told(struct world *w)
{
    const char *url = solution_for(w, SOLUTION_EVERYBODY, SOLUTION_VALIDATED, "Für alle");
    struct seen s = web_post(w, ADA, url, "");
    check(s.status == 303 && str_ends(s.to, S("?danke=1")));
    check(count(w, "event where kind = 'feedback.given' and person is null") == 1);
    s = web_get(w, 0, arena_z(&w->kept, s.to));
    check(web_shows(&s, "Thank you") && !has(&s, "method=\"post\""));
}

static void V1_a_report_knows_what_did_not_help(struct world *w)
{
    w->lang = LANG_DE;
    solution_for(w, SOLUTION_EVERYBODY, SOLUTION_VALIDATED, "Für alle");
    struct seen s = web_get(w, 0, "/de/melden?loesung=L-101");
    check(web_shows(&s, ">Anleitung „Für alle“ (L-101)</textarea>"));
    check(web_shows(&s, "name=\"loesung\" value=\"L-101\""));
    struct portal_report r = a_report();
    r.solution = 101;
    struct portal_reported done = sent(w, r);
    check(count(w, "solution_link where role = 3") == 1 && done.ticket.n == 1);
    r.solution = 999;    // withdrawn meanwhile
    r.form = S("form2");
    check(sent(w, r).ticket.n == 2 && count(w, "solution_link") == 1);
}

// --- V3 ------------------------------------------------------------------------------------

static struct levels usual(struct world *w)
{
    struct levels l = {0};
    check(end(w, level_load(begin(w), &l)) == OK);
    return l;
}

static str state_of(struct world *w, enum ticket_status status, int level)
{
    struct ticket t = {.status = status, .level = level};
    struct levels l = usual(w);
    t.wait_until = instant_plus(w->now, 86400);
    return portal_state(&w->kept, &l, &t, w->now).de;
}

static void V3_the_state_in_plain_words(struct world *w)
{
    check_text(state_of(w, TICKET_OPEN, 1), S("Ihr Anliegen liegt beim Erstkontakt."));
    check_text(state_of(w, TICKET_OPEN, 2), S("Ihr Anliegen liegt jetzt bei der Fachtechnik."));
    check_text(state_of(w, TICKET_OPEN, 3),
               S("Ihr Anliegen liegt jetzt bei unseren Spezialisten."));
    check_text(state_of(w, TICKET_WAITING_DATE, 1),
               S("Ein Termin steht fest. Weiter geht es: morgen 11:00."));
    struct levels l = usual(w);
    for (int status = TICKET_NEW; status <= TICKET_SPAM; status++) {
        struct ticket t = {.status = (enum ticket_status)status, .level = 2};
        struct words s = portal_state(&w->kept, &l, &t, w->now);
        check(s.en.n > 10 && s.de.n > 10 && !str_eq(s.en, s.de));
        // Words customers do not know (DOMAIN 13).
        check(str_find_nocase(s.de, S("ticket")) < 0 && str_find_nocase(s.de, S("level")) < 0);
        check(str_find_nocase(s.de, S("spam")) < 0 && str_find_nocase(s.en, S("spam")) < 0);
    }
}

static str stations_of(struct world *w, const struct ticket *t,
                       const struct engagement_station *path, isize n)
{
    struct portal_station *s;
    isize stations;
    struct levels l = usual(w);
    struct buf b = buf_new(&w->kept, 200);
    portal_stations(&w->kept, &l, t, path, n, &s, &stations);
    for (isize i = 0; i < stations; i++)
        buf_fmt(&b, "%s" STR_FMT,
                s[i].when == PORTAL_NOW    ? " *"
                : s[i].when == PORTAL_DONE ? " +"
                                           : " ",
                STR_ARG(s[i].name.de));
    return buf_str(&b);
}

static void V3_stations_are_levels_not_teams(struct world *w)
{
    struct words secret = SAY("Team Rocket", "Team Rakete");
    struct engagement_station path[] = {
        {.level = 1, .name = secret, .worked = true},
        {.level = 2, .name = secret, .worked = false},    // was only asked
        {.level = 2, .name = secret, .worked = true},
        {.level = 2, .name = secret, .worked = true},    // another team of the same level
    };
    struct ticket t = {.status = TICKET_OPEN, .level = 1};
    check_text(stations_of(w, &t, path, 1), S(" +Gemeldet *Beim Erstkontakt Gelöst"));
    check_text(stations_of(w, &t, path, 2), S(" +Gemeldet *Beim Erstkontakt Gelöst"));
    check_text(stations_of(w, &t, path, 4),
               S(" +Gemeldet +Beim Erstkontakt *Bei der Fachtechnik Gelöst"));
    t.status = TICKET_SOLVED;
    check_text(stations_of(w, &t, path, 4),
               S(" +Gemeldet +Beim Erstkontakt +Bei der Fachtechnik *Gelöst"));
    t.status = TICKET_CLOSED;
    check_text(stations_of(w, &t, path, 4),
               S(" +Gemeldet +Beim Erstkontakt +Bei der Fachtechnik +Gelöst"));
    check_text(stations_of(w, &t, path, 0), S(" +Gemeldet +Gelöst"));
}

static void V3_in_the_words_of_the_desk(struct world *w)
{
    struct levels l = usual(w);
    l.level[2].customer = SAY("in our repair shop", "in unserer Werkstatt");
    struct ctx *cx = begin(w);
    check(end(w, level_save(cx, &l)) == OK);
    struct portal_reported r = sent(w, a_report());
    struct ticket_at at = {r.ticket, TICKET_ANY_VERSION};
    struct engagement_contract c = {.problem = S("x"),
                                    .promised = S("nichts"),
                                    .asked_for = ASK_SOLVE,
                                    .cause = CAUSE_KNOWLEDGE};
    engagement_id id;
    later(w, 60);
    cx = begin_as(w, EVA);
    check(end(w, engagement_hand_over(cx, &at, (team_id){NET}, &c, &id)) == OK);
    cx = begin_as(w, CEM);
    struct engagement_at asked = {id, 1};
    check(end(w, engagement_accept(cx, asked, S("Ich prüfe die Leitung."), false)) == OK);
    w->lang = LANG_DE;
    struct seen s = web_get(w, 0, page_of(w, link_to(w, r, LINK_MAILED), ""));
    check(web_shows(&s, "Ihr Anliegen liegt jetzt in unserer Werkstatt."));
    check(web_shows(&s, "</span>In unserer Werkstatt <small>"));
    check(web_shows(&s, ": Jetzt liegt es in unserer Werkstatt</li>"));
    w->lang = LANG_EN;
    s = web_get(w, 0, page_of(w, link_to(w, r, LINK_MAILED), ""));
    check(web_shows(&s, "Your request is now in our repair shop."));
}

// --- V4 and the law --------------------------------------------------------------------------

static void V4_every_page_in_both_languages(struct world *w)
{
    static const char *const pages[] = {
        "/de/",
        "/en/",
        "/de/melden",
        "/en/report",
        "/de/meine",
        "/en/mine",
        "/de/meine?ok=1",
        "/en/mine?ok=1",
        "/de/kontakt",
        "/en/contact",
        "/de/impressum",
        "/en/imprint",
        "/de/datenschutz",
        "/en/privacy",
        "/de/barrierefreiheit",
        "/en/accessibility",
        "/de/melden?art=anfrage",
        "/en/report?art=angebot",
        "/de/melden?art=barriere",
    };
    for (isize i = 0; i < countof(pages); i++) {
        w->lang = pages[i][1] == 'e' ? LANG_EN : LANG_DE;
        struct seen s = web_get(w, 0, pages[i]);
        check(s.status == 200 && web_shows(&s, "<main id=\"inhalt\""));
        check(web_shows(&s, "hilfe@nordlicht.example"));    // help in the same place (3.2.6)
        check(web_shows(&s, w->lang == LANG_EN ? "lang=\"en\"" : "lang=\"de\""));
        isize h1 = str_find(s.page, S("<h1"));
        check(h1 > 0 && str_find(str_cut(s.page, h1 + 3), S("<h1")) < 0);
    }
    w->lang = LANG_EN;
    check_text(web_get(w, 0, "/").to, S("/en/"));
    check_text(web_get(w, 0, "/impressum").to, S("/en/imprint"));
}

static void F1_nothing_is_invented(struct world *w)
{
    w->lang = LANG_DE;
    struct seen s = web_get(w, 0, "/de/impressum");
    check(web_shows(&s, "fehlt noch") && web_shows(&s, "nicht vollständig"));
    s = web_get(w, 0, "/de/");
    check(!has(&s, "href=\"tel:"));
    check(web_get(w, ADA, "/a/hilfeseite").status == 403);
    s = web_post(w, GERO, "/a/hilfeseite",
                 "operator=Nordlicht AG&street=Deich 1&city=20095 Hamburg&represented=E. Meer"
                 "&phone=040 555 0100&hours_de=Mo-Fr 8-18 Uhr");
    check(s.status == 303);
    s = web_get(w, 0, "/de/impressum");
    check(web_shows(&s, "Nordlicht AG") && !has(&s, "nicht vollständig"));
    s = web_get(w, 0, "/de/");
    check(web_shows(&s, "href=\"tel:+49405550100\"") && web_shows(&s, "Mo-Fr 8-18 Uhr"));
    s = web_get(w, 0, "/de/datenschutz");
    check(web_shows(&s, "fehlt noch"));    // F2: the authority, for example
    s = web_get(w, NINA, "/de/impressum");
    check(!has(&s, "Nordlicht AG"));
}

static void F2_what_the_law_asks_for_is_named(struct world *w)
{
    struct ctx *cx = begin(w);
    struct facts f;
    check(portal_fact_load(cx, &f) == OK);
    str missing = portal_fact_missing(cx->arena, &f, LANG_EN);
    check(str_starts(missing, S("Operator, Street and number, Postcode and town, ")));
    check(portal_fact_missing_count(&f, GROUP_IMPRINT) == 4);
    for (int i = 1; i < FACTS; i++) {
        check(portal_facts[i].name != NULL && portal_facts[i].label.de.n > 0);
        f.value[i] = S("x");
    }
    check(portal_fact_missing(cx->arena, &f, LANG_DE).n == 0);
    end(w, OK);
}

static void F3_one_short_line_each(struct world *w)
{
    struct ctx *cx = begin(w);
    struct facts f = {0};
    f.value[FACT_STREET] = S("Deich 1\nHintereingang");
    f.value[FACT_CITY] = (str){make(cx->arena, char, 600), 600};
    check(portal_fact_save(cx, &f) == ERR_INVALID && cx->problems != NULL
          && cx->problems->next != NULL);
    end(w, ERR_INVALID);
    check(count(w, "portal_fact") == 0);
}

static void F3_a_fault_changes_nothing(struct world *w)
{
    EACH_FAULT(w) {
        struct ctx *cx = begin(w);
        struct facts f = {0};
        f.value[FACT_STREET] = S("Deich 1");
        f.value[FACT_CITY] = S("Hamburg");
        enum err err = end(w, portal_fact_save(cx, &f));
        check(count(w, "portal_fact") == (err == OK ? 2 : 0));
    }
}

static void F1_all_links_can_be_ended(struct world *w)
{
    str token = link_to(w, sent(w, a_report()), LINK_MAILED);
    check(web_get(w, 0, page_of(w, token, "")).status == 200);
    check(web_post(w, ADA, "/a/hilfeseite/links", "").status == 403);
    check(web_post(w, GERO, "/a/hilfeseite/links", "").status == 303);
    check(web_get(w, 0, page_of(w, token, "")).status == 404);
}

// --- R9 ------------------------------------------------------------------------------------

static void R9_a_name_is_one_line(struct world *w)
{
    struct portal_report r = a_report();
    r.name = S("Max\r\nTelefon: 0190 123456");
    r.device = S("Router\nMail: x@y.example");
    sent(w, r);
    check(count(w, "contact where name = 'Max Telefon: 0190 123456'") == 1);
    check(count(w, "message where author = 'Max Telefon: 0190 123456'") == 1);
    check(count(w, "message where body like '%\nTelefon:%' or body like '%\nMail:%'") == 0);
    r.form = S("form2");
    r.name = S("\r\n");
    struct portal_reported out;
    check(send(w, &r, &out) == ERR_INVALID && count(w, "ticket") == 1);
}

const struct test portal_tests[] = {
    T(V1_solutions_for_customers_and_no_others),
    T(V1_it_helped_is_told),
    T(V1_a_report_knows_what_did_not_help),
    T(V3_the_state_in_plain_words),
    T(V3_in_the_words_of_the_desk),
    T(V3_stations_are_levels_not_teams),
    T(V4_every_page_in_both_languages),
    T(F1_nothing_is_invented),
    T(F1_all_links_can_be_ended),
    T(F2_what_the_law_asks_for_is_named),
    T(F3_one_short_line_each),
    T(F3_a_fault_changes_nothing),
    T(R9_a_name_is_one_line),
    {0},
};
