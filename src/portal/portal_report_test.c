// SPDX-License-Identifier: GPL-3.0-or-later
#include "portal/portal_test.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/now.h"
#include "contact/contact.h"
#include "portal/portal_report_http.h"
#include "search/index.h"
#include "tenant/tenant.h"
#include "wording/wording.h"

// --- R1 ------------------------------------------------------------------------------------

static str wrong_fields(struct world *w, const struct portal_report *r)
{
    struct ctx *cx = begin(w);
    struct buf b = buf_new(&w->kept, 100);
    bool refused = portal_report_check(cx, r) == ERR_INVALID;
    check(refused == (cx->problems != NULL));
    for (const struct problem *p = cx->problems; p != NULL; p = p->next)
        buf_fmt(&b, "%s ", p->field);
    end(w, OK);
    return buf_str(&b);
}

static void R1_every_problem_at_once(struct world *w)
{
    check_text(wrong_fields(w, &(struct portal_report){0}), S("problem name mail "));
    struct portal_report r = a_report();
    check_text(wrong_fields(w, &r), S(""));
    r.mail = S("karin");
    r.phone = S("12");
    r.name = S("");
    check_text(wrong_fields(w, &r), S("name mail tel "));
    r = a_report();
    r.mail = S("");
    r.phone = S("089 / 555 01 99");
    check_text(wrong_fields(w, &r), S(""));
    r.device = (str){make(&w->kept, char, LIMIT_LINE + 1), LIMIT_LINE + 1};
    check_text(wrong_fields(w, &r), S("geraet "));
}

static str letters(struct world *w, const char *letter, isize n)
{
    struct buf b = buf_new(&w->kept, n * (isize)strlen(letter));
    for (isize i = 0; i < n; i++)
        buf_put(&b, str_from_z(letter));
    return buf_str(&b);
}

static void R1_limits_count_characters(struct world *w)
{
    struct portal_report r = a_report();
    r.device = letters(w, "ж", LIMIT_LINE);
    r.name = letters(w, "λ", LIMIT_LINE);
    r.problem = letters(w, "ж", LIMIT_TEXT / 4);
    check_text(wrong_fields(w, &r), S(""));
    sent(w, r);    // and everything behind it takes it
    r.device = letters(w, "ж", LIMIT_LINE + 1);
    check_text(wrong_fields(w, &r), S("geraet "));
    r.device = S("");
    r.tried = letters(w, "😀", LIMIT_TEXT / 4);    // one message could not hold both
    check_text(wrong_fields(w, &r), S("problem "));
}

// The stamp of a form as the page gives it.
static str stamp_of(struct world *w, const char *url)
{
    struct seen s = web_get(w, 0, url);
    check(s.status == 200);
    return between(s.page, "name=\"stand\" value=\"", "\"");
}

static struct seen post(struct world *w, str stamp, const char *fields)
{
    return web_post(
        w, 0, "/de/melden",
        arena_z(&w->kept, arena_fmt(&w->kept, "stand=" STR_FMT "&%s", STR_ARG(stamp), fields)));
}

static const char karin[] = "problem=WLAN geht nicht&name=Karin&mail=karin@kunde.example";

static void R1_what_was_typed_comes_back(struct world *w)
{
    w->lang = LANG_DE;
    str stamp = stamp_of(w, "/de/melden");
    later(w, 60);
    struct seen s = post(w, stamp,
                         "versucht=<Neustart>&geraet=Router X2&mail=kaputt&tel=089 5550199"
                         "&betroffen=2&zeit_nach=1");
    check(s.status == 422 && count(w, "ticket") == 0);
    check(web_shows(&s, "Sagen Sie uns, was nicht geht.") && web_shows(&s, "href=\"#name\""));
    check(web_shows(&s, "&lt;Neustart&gt;</textarea>"));
    check(web_shows(&s, "value=\"Router X2\"") && web_shows(&s, "value=\"kaputt\""));
    check(web_shows(&s, "value=\"089 5550199\"") && web_shows(&s, "value=\"2\" checked"));
    check(web_shows(&s, "name=\"zeit_nach\" value=\"1\" checked"));
    check_text(between(s.page, "name=\"stand\" value=\"", "\""), stamp);
}

// --- R2 ------------------------------------------------------------------------------------

static void known_solution(struct world *w, int audience, const char *title)
{
    struct solution s = {.kind = SOLUTION_FIX,
                         .confidence = SOLUTION_VALIDATED,
                         .audience = audience,
                         .lang = LANG_DE,
                         .title = str_from_z(title)};
    solution_id id;
    struct ctx *cx = begin_as(w, FINN);
    check(end(w, solution_add(cx, &s, &id)) == OK);
    cx = begin(w);
    db_rollback(cx);
    check(job_drain(cx, index_jobs) == OK);
}

static void R2_what_may_help_is_offered_once(struct world *w)
{
    w->lang = LANG_DE;
    known_solution(w, SOLUTION_EVERYBODY, "WLAN geht nicht nach Routertausch");
    known_solution(w, SOLUTION_L1, "WLAN geht nicht, internes Vorgehen");
    str stamp = stamp_of(w, "/de/melden");
    later(w, 10);
    struct seen s = post(w, stamp, karin);
    check(s.status == 200 && count(w, "ticket") == 0 && count(w, "contact") == 0);
    check(web_shows(&s, "Vielleicht hilft das sofort") && web_shows(&s, "/de/hilfe/L-101"));
    check(!has(&s, "internes") && web_shows(&s, "karin@kunde.example"));
    check(web_shows(&s, "name=\"gesehen\" value=\"1\""));
    char again[200] = "gesehen=1&";
    memcpy(again + 10, karin, sizeof karin);
    s = post(w, stamp, again);
    check(s.status == 303 && count(w, "ticket") == 1);
}

static void R2_what_was_just_tried_is_not_offered_again(struct world *w)
{
    known_solution(w, SOLUTION_EVERYBODY, "WLAN geht nicht nach Routertausch");
    str stamp = stamp_of(w, "/de/melden");
    later(w, 10);
    char from[220] = "loesung=L-101&";
    memcpy(from + 14, karin, sizeof karin);
    struct seen s = post(w, stamp, from);
    check(s.status == 303 && count(w, "ticket") == 1);
}

static void R2_nothing_known_is_no_detour(struct world *w)
{
    known_solution(w, SOLUTION_EVERYBODY, "Drucker druckt nicht");
    str stamp = stamp_of(w, "/de/melden");
    later(w, 10);
    check(post(w, stamp, karin).status == 303);
    check(count(w, "ticket where status = 1") == 1);
}

static void R2_offered_while_it_is_typed(struct world *w)
{
    known_solution(w, SOLUTION_EVERYBODY, "WLAN geht nicht nach Routertausch");
    known_solution(w, SOLUTION_L1, "WLAN geht nicht, internes Vorgehen");
    w->lang = LANG_DE;
    static const int readers[] = {0, ADA};    // V1
    for (isize i = 0; i < countof(readers); i++) {
        struct seen s = web_get(w, readers[i], "/de/vorschlag?q=wlan+geh");
        check(s.status == 200);
        check_text(s.page, S("[{\"title\":\"WLAN geht nicht nach Routertausch\","
                             "\"url\":\"/de/hilfe/L-101\",\"lang\":\"de\",\"foreign\":\"\"}]"));
        s = web_get(w, readers[i], "/de/suche?q=wlan");
        check(web_shows(&s, "/de/hilfe/L-101") && !has(&s, "internes"));
    }
    check_text(web_get(w, 0, "/de/vorschlag?q=").page, S("[]"));
}

static void R2_a_guide_in_another_language_says_so(struct world *w)
{
    known_solution(w, SOLUTION_EVERYBODY, "WLAN geht nicht nach Routertausch");
    struct seen s = web_get(w, 0, "/en/vorschlag?q=wlan");
    check(web_shows(&s, "\"lang\":\"de\",\"foreign\":\"in German\""));
    s = web_get(w, 0, "/en/search?q=wlan");
    check(web_shows(&s, "L-101\" lang=\"de\">WLAN") && web_shows(&s, "(in German)"));
    w->lang = LANG_DE;
    s = web_get(w, 0, "/de/suche?q=wlan");
    w->lang = LANG_EN;
    check(web_shows(&s, "L-101\">WLAN") && !has(&s, "in German"));
    str stamp = stamp_of(w, "/en/report");
    later(w, 10);
    s = post(w, stamp, karin);
    check(s.status == 200 && web_shows(&s, "<span lang=\"de\">WLAN")
          && web_shows(&s, "(in German)"));
}

// --- R3 ------------------------------------------------------------------------------------

static void R3_machines_are_put_away_visibly(struct world *w)
{
    str stamp = stamp_of(w, "/de/melden"), other = stamp_of(w, "/de/melden");
    later(w, 2);
    check(post(w, stamp, karin).status == 303);    // two seconds after the form was made
    later(w, 60);
    check(post(w, other, "webseite=http://x.example&problem=Kauft!&name=Bot&tel=089 5550100")
              .status
          == 303);
    check(post(w, S("1.forged.abc"), "problem=Kauft mehr!&name=Bot&tel=089 5550101").status
          == 303);
    check(count(w, "ticket where status = 9 and ball = 5") == 3 && count(w, "ticket") == 3);
    check(count(w, "outbox") == 0 && count(w, "promise") == 0);
    struct seen s = web_get(w, EVA, "/w/meldungen");
    check(s.status == 200 && web_shows(&s, "Kauft!") && web_shows(&s, "WLAN geht nicht"));
    check(web_get(w, ADA, "/w/meldungen").status == 403);
    check(!has(&s, "Bot sagt"));
    check(has(&s, "href=\"/w/meldungen\""));
    check(web_get(w, GERO, "/w/meldungen").status == 403);
    s = web_get(w, GERO, "/a/leute");    // who sees no case is not led there
    check(s.status == 200 && !has(&s, "/w/meldungen"));
}

static void R3_people_are_not_put_away(struct world *w)
{
    str stamp = stamp_of(w, "/de/melden");
    later(w, 3);
    check(post(w, stamp, karin).status == 303);
    check(count(w, "ticket where status = 1") == 1 && count(w, "outbox") == 1);
}

static str thanks(struct world *w, str stamp, const char *fields)
{
    struct seen s = post(w, stamp, fields);
    check(s.status == 303 && str_starts(s.to, S("/de/danke/")));
    s = web_get(w, 0, arena_z(&w->kept, s.to));
    check(s.status == 200);
    return s.page;
}

// The page without what differs from case to case: its number and its link.
static str masked(struct world *w, str page)
{
    str number = between(page, "class=\"number\">", "<"), token = between(page, "/v/", "\"");
    check(number.n == 9 && token.n == 48);
    struct buf b = buf_new(&w->kept, page.n);
    while (page.n > 0) {
        bool is = str_starts(page, number) || str_starts(page, token);
        isize n = str_starts(page, number) ? number.n : token.n;
        buf_put(&b, is ? S("?") : str_head(page, 1));
        page = str_cut(page, is ? n : 1);
    }
    return buf_str(&b);
}

static void R3_their_writer_sees_the_same_page(struct world *w)
{
    w->lang = LANG_DE;
    str stamp = stamp_of(w, "/de/melden"), other = stamp_of(w, "/de/melden");
    later(w, 60);
    str good = masked(w, thanks(w, stamp, karin));
    char trapped[200] = "webseite=x&";
    memcpy(trapped + 11, karin, sizeof karin);
    check_text(masked(w, thanks(w, other, trapped)), good);
    check(count(w, "ticket where status = 9") == 1 && count(w, "ticket where status = 1") == 1);
}

static void R3_a_person_is_let_out(struct world *w)
{
    struct portal_report r = a_report();
    r.trapped = true;
    struct portal_reported done = sent(w, r);
    struct ticket t = look(w, done.ticket);
    const char *url =
        arena_z(&w->kept, arena_fmt(&w->kept, "/w/meldungen/%lld", (long long)t.number));
    const char *form =
        arena_z(&w->kept, arena_fmt(&w->kept, "version=%lld", (long long)t.version));
    check(web_post(w, ADA, url, form).status == 403);
    check(web_post(w, NINA, url, form).status == 403);
    struct seen s = web_post(w, EVA, url, form);
    check(s.status == 303 && str_starts(s.to, S("/w/t/")));
    t = look(w, done.ticket);
    check(t.status == TICKET_OPEN && t.due.ms > w->now.ms && count(w, "outbox") == 1);
    s = web_get(w, EVA, "/w/meldungen");
    check(!has(&s, "WLAN geht nicht"));
    check(web_post(w, EVA, url, form).status == 409);
}

static void R3_only_what_came_by_the_form(struct world *w)
{
    struct portal_report r = a_report();
    struct portal_reported done = sent(w, r);
    struct ctx *cx = begin(w);
    struct ticket_at at = {done.ticket, TICKET_ANY_VERSION};
    check(db_script(cx, "update ticket set src = null, src_id = null") == OK);
    check(end(w, ticket_spam(cx, &at)) == OK);    // by hand, of a mail
    struct seen s = web_get(w, EVA, "/w/meldungen");
    check(s.status == 200 && !has(&s, "WLAN geht nicht"));
}

static void R3_another_desk_sees_none_of_it(struct world *w)
{
    struct portal_report r = a_report();
    r.trapped = true;
    sent(w, r);
    struct ctx *cx = begin(w);
    struct portal_held *held;
    isize n = -1;
    cx->who = tenant_system((tenant_id){2});
    check(portal_report_held(cx, &held, &n) == OK && n == 0);
    cx->who = tenant_system((tenant_id){1});
    check(portal_report_held(cx, &held, &n) == OK && n == 1);
    end(w, OK);
}

static void R3_stamps_are_ours_and_of_this_desk(struct world *w)
{
    struct ctx *cx = begin(w);
    struct tenant one, two;
    str form, again;
    check(tenant_load(cx, (tenant_id){1}, &one) == OK);
    check(tenant_load(cx, (tenant_id){2}, &two) == OK);
    str stamp = portal_report_stamp(cx, &one);
    check(!portal_report_stamp_ok(cx, &one, stamp, &form));
    cx->now = instant_plus(cx->now, 3);
    check(portal_report_stamp_ok(cx, &one, stamp, &form) && form.n == 26);
    check(portal_report_stamp_ok(cx, &one, stamp, &again) && str_eq(form, again));
    check(!portal_report_stamp_ok(cx, &two, stamp, &again) && !str_eq(form, again));
    for (isize i = 0; i < stamp.n; i++) {
        str forged = arena_str(cx->arena, stamp);
        ((char *)(uintptr_t)forged.p)[i] ^= 1;
        check(!portal_report_stamp_ok(cx, &one, forged, &again));
    }
    check(!portal_report_stamp_ok(cx, &one, S(""), &again) && again.n == 26);
    end(w, OK);
}

// --- R4 ------------------------------------------------------------------------------------

static void R4_sent_twice_is_one_case(struct world *w)
{
    struct portal_report r = a_report();
    struct portal_reported one = sent(w, r), two = sent(w, r);
    check(one.ticket.n == two.ticket.n && one.contact.n == two.contact.n);
    check(count(w, "ticket") == 1 && count(w, "message") == 2 && count(w, "outbox") == 1);
    r.problem = S("WLAN geht doch, aber das Telefon nicht");    // changed and sent again
    check(sent(w, r).ticket.n != one.ticket.n);
    r = a_report();
    r.form = S("form2");
    check(sent(w, r).ticket.n != one.ticket.n && count(w, "ticket") == 3);
}

// --- R5 ------------------------------------------------------------------------------------

static void R5_the_same_promise_before_and_after(struct world *w)
{
    w->lang = LANG_DE;
    static const char *const impact[] = {"1", "3"};
    str last = S("");
    for (isize i = 0; i < countof(impact); i++) {
        str stamp = stamp_of(w, "/de/melden");
        later(w, 10);
        char fields[200] = "betroffen=?&mail=&";
        fields[10] = impact[i][0];
        struct seen s = post(w, stamp, fields);    // refused: the form shows its promise
        str before = between(s.page, "<strong>", "</strong>");
        memcpy(fields + 12, karin, sizeof karin);
        str after = between(thanks(w, stamp, fields), "<strong>", "</strong>");
        check(before.n > 10 && !str_eq(before, last));
        check_text(after, before);
        last = before;
    }
}

// --- R6 ------------------------------------------------------------------------------------

static contact_id known(struct world *w)
{
    struct contact_address address[] = {
        {.kind = ADDRESS_MAIL, .shown = S("karin@kunde.example")},
        {.kind = ADDRESS_PHONE, .shown = S("+49 89 5550199")}};
    struct contact c = {.name = S("Dr. Karin Brandt"),
                        .org = S("Kern GmbH"),
                        .lang = LANG_DE,
                        .address = address,
                        .addresses = 2};
    contact_id id = {0};
    struct ctx *cx = begin(w);
    check(end(w, contact_add(cx, &c, &id)) == OK);
    return id;
}

static void R6_nothing_of_a_known_contact_changes(struct world *w)
{
    contact_id karin_id = known(w);
    struct portal_report r = a_report();
    r.name = S("Mallory");
    r.phone = S("0171 2345678");
    check(sent(w, r).contact.n == karin_id.n);
    check(count(w, "contact") == 1 && count(w, "contact_address") == 2);
    check(count(w, "contact where name = 'Dr. Karin Brandt' and version = 1") == 1);
    check(count(w, "message where kind = 4 and verified = 0 and author = 'Mallory'") == 1);
}

static void R6_nothing_of_a_known_contact_is_told(struct world *w)
{
    w->lang = LANG_DE;
    known(w);
    str stamp = stamp_of(w, "/de/melden");
    later(w, 10);
    str page = thanks(w, stamp, "problem=Passwort&name=Mallory&mail=KARIN@kunde.example");
    check(str_find(page, S("Brandt")) < 0 && str_find(page, S("Kern")) < 0);
    check(str_find(page, S("5550199")) < 0);
    str token = between(page, "/v/", "\"");
    struct seen s = web_get(w, 0, page_of(w, token, ""));
    check(s.status == 200 && !has(&s, "Brandt") && !has(&s, "Kern") && !has(&s, "5550199"));
}

static void R6_a_shared_phone_is_not_one_person(struct world *w)
{
    contact_id first = known(w);
    struct portal_report r = a_report();
    r.mail = S("");
    r.phone = S("089 5550199");
    check(sent(w, r).contact.n != first.n && count(w, "contact") == 2);
    r.form = S("form2");
    r.problem = S("Noch etwas");
    check(sent(w, r).contact.n == 2);
    r.form = S("form3");
    r.name = S("dr. karin brandt");
    check(sent(w, r).contact.n == first.n && count(w, "contact") == 2);
}

// --- R7 ------------------------------------------------------------------------------------

static void R7_the_receipt_has_no_word_of_the_writer(struct world *w)
{
    struct portal_report r = a_report();
    r.problem = S("http://kauf.example besuchen");
    r.name = S("Gewinnspiel");
    r.tried = S("Klick");
    struct portal_reported done = sent(w, r);
    check(count(w, "outbox where automatic = 1 and rcpt = 'karin@kunde.example'") == 1);
    struct ctx *cx = begin(w);
    struct outbox_row *row;
    isize n = 0;
    str bytes = {0};
    struct ticket t;
    check(outbox_list(cx, OUTBOX_QUEUED, &row, &n) == OK && n == 1);
    check(outbox_bytes(cx, row[0].id, &bytes) == OK);
    check(ticket_load(cx, done.ticket, &t) == OK);
    check(str_find(bytes, S("kauf")) < 0 && str_find(bytes, S("Gewinn")) < 0);
    check(str_find(bytes, ticket_number_shown(cx->arena, t.number)) > 0);
    check(str_find(bytes, S("/de/v/")) > 0);
    // The link that proves the address stands in the mail alone, not in the case (C3).
    check(count(w, "message where body like '%/v/%'") == 0);
    end(w, OK);
}

static void R7_the_receipt_says_what_the_desk_says(struct world *w)
{
    struct ctx *cx = begin(w);
    for (int voice = VOICE_SIE; voice <= VOICE_DU; voice++) {
        struct wording x = {.voice = (enum wording_voice)voice};
        x.text[WORDING_RECEIPT] = S("Hallihallo, {number} ist da.");
        check(wording_save(cx, &x) == OK);
    }
    check(end(w, OK) == OK);
    sent(w, a_report());
    check(count(w, "message where kind = 6 and body like 'Hallihallo, ____-____ ist da.%'")
          == 1);
}

static void R7_no_receipt_without_an_address_or_too_often(struct world *w)
{
    struct portal_report r = a_report();
    r.mail = S("");
    r.phone = S("089 5550199");
    sent(w, r);
    check(count(w, "outbox") == 0);
    r = a_report();
    sent(w, r);
    r.form = S("form2");
    sent(w, r);
    check(count(w, "ticket") == 3 && count(w, "outbox") == 1);
}

// --- the case ------------------------------------------------------------------------------

static void R1_everything_typed_is_in_the_case(struct world *w)
{
    struct product p = {.name = S("Router X2")};
    product_id product = {0};
    struct ctx *cx = begin(w);
    check(end(w, product_add(cx, &p, &product)) == OK);
    struct portal_report r = a_report();
    r.impact = 3;
    r.tried = S("Neustart");
    r.device = S("Router X2");
    r.phone = S("089 5550199");
    r.evening = true;
    struct portal_reported done = sent(w, r);
    struct ticket t = look(w, done.ticket);
    check(t.channel == CHANNEL_PORTAL && t.type == TICKET_INCIDENT && t.impact == 3);
    check(t.product.n == product.n && t.lang == LANG_DE && t.unanswered);
    check_text(t.tried, S("Neustart"));
    check(t.due.ms > w->now.ms && t.status == TICKET_NEW);
    cx = begin(w);
    struct message_page said;
    check(message_list(cx, done.ticket, (message_id){0}, 9, &said) == OK && said.n == 2);
    str body = said.row[0].body;
    check(str_find(body, S("Schon versucht: Neustart")) > 0);
    check(str_find(body, S("Telefon: 089 5550199")) > 0);
    check(str_find(body, S("Am besten: nach 17 Uhr")) > 0);
    check(!said.row[0].internal && said.row[0].channel == CHANNEL_PORTAL);
    end(w, OK);
}

static void R1_a_fault_leaves_nothing(struct world *w)
{
    struct portal_report r = a_report();
    r.tried = S("Neustart");
    EACH_FAULT(w) {
        struct portal_reported done;
        enum err err = send(w, &r, &done);
        int64_t all = err == OK;
        check(count(w, "ticket") == all && count(w, "contact") == all);
        check(count(w, "message") == 2 * all && count(w, "outbox") == all);
        check(count(w, "promise") == all);
    }
    check(count(w, "ticket") == 1);
}

static void R3_a_fault_lets_nobody_half_out(struct world *w)
{
    struct portal_report r = a_report();
    r.trapped = true;
    struct portal_reported done = sent(w, r);
    EACH_FAULT(w) {
        struct ctx *cx = begin(w);
        struct ticket_at at = {done.ticket, 0};
        struct ticket t;
        enum err err = ticket_load(cx, done.ticket, &t);
        at.version = t.version;
        err = end(w, err == OK ? portal_report_release(cx, &at) : err);
        bool out = count(w, "ticket where status = 2") == 1;
        check(out == (err == OK) && count(w, "outbox") == out && count(w, "promise") == out);
    }
}

// --- R8 ------------------------------------------------------------------------------------

static void R8_thanks_show_what_was_sent(struct world *w)
{
    w->lang = LANG_DE;
    struct portal_reported r = sent(w, a_report());
    const char *page = thanks_of(w, link_to(w, r, LINK_SHOWN));
    struct ctx *cx = begin_as(w, ADA);
    struct ticket_at at = {r.ticket, TICKET_ANY_VERSION};
    struct message_new m = {.kind = MESSAGE_REPLY,
                            .channel = CHANNEL_PORTAL,
                            .body = S("Noch etwas von uns"),
                            .seen = MESSAGE_SEEN_ALL};
    message_id id;
    enum err err = OK;
    for (int i = 0; i < 101 && err == OK; i++)
        err = message_add(cx, &at, &m, &id);
    check(end(w, err) == OK);
    struct seen s = web_get(w, 0, page);
    check(s.status == 200 && web_shows(&s, "WLAN geht nicht, alle Lampen an"));
    check(!has(&s, "Noch etwas von uns") && web_shows(&s, "Wenn Sie eine E-Mail-Adresse"));
}

const struct test portal_report_tests[] = {
    T(R1_every_problem_at_once),
    T(R1_limits_count_characters),
    T(R1_what_was_typed_comes_back),
    T(R1_everything_typed_is_in_the_case),
    T(R1_a_fault_leaves_nothing),
    T(R2_what_may_help_is_offered_once),
    T(R2_what_was_just_tried_is_not_offered_again),
    T(R2_nothing_known_is_no_detour),
    T(R2_offered_while_it_is_typed),
    T(R2_a_guide_in_another_language_says_so),
    T(R3_machines_are_put_away_visibly),
    T(R3_only_what_came_by_the_form),
    T(R3_people_are_not_put_away),
    T(R3_their_writer_sees_the_same_page),
    T(R3_a_person_is_let_out),
    T(R3_another_desk_sees_none_of_it),
    T(R3_stamps_are_ours_and_of_this_desk),
    T(R3_a_fault_lets_nobody_half_out),
    T(R4_sent_twice_is_one_case),
    T(R5_the_same_promise_before_and_after),
    T(R6_nothing_of_a_known_contact_changes),
    T(R6_nothing_of_a_known_contact_is_told),
    T(R6_a_shared_phone_is_not_one_person),
    T(R7_the_receipt_has_no_word_of_the_writer),
    T(R7_the_receipt_says_what_the_desk_says),
    T(R7_no_receipt_without_an_address_or_too_often),
    T(R8_thanks_show_what_was_sent),
    {0},
};
