// SPDX-License-Identifier: GPL-3.0-or-later
#include "vendor/vendor_ask_http.h"

#include "engagement/engagement_http_test.h"
#include "vendor/vendor_answer_http.h"
#include "vendor/vendor_link.h"

static void a_vendor(struct world *w, str address)
{
    team_id id;
    check(end(w, team_add(begin(w),
                          &(struct team){.name = SAY("Maker", "Hersteller"), .level = 4}, &id))
          == OK);
    struct vendor v = {.team.id = id, .address = address, .lang = LANG_DE};
    check(end(w, vendor_save(begin(w), &v)) == OK);
}

static void H1_H2_the_sheet_marks_what_it_finds(struct world *w)
{
    a_vendor(w, S("support@hersteller.example"));
    struct desk_case c = desk_case(w);
    struct seen s =
        send_sheet(&c, ADA, "rueckfrage", "team=5&question=Frau+Brandt+hat+kein+Netz");
    check(s.status == 303 && str_ends(s.to, S("/hersteller/5")));
    check(ask(w, "select count(*) from engagement") == 0);
    s = get_sheet(&c, ADA, "hersteller/5");
    check(s.status == 200 && web_shows(&s, "Frau <mark title=\"name\">Brandt</mark> hat")
          && web_shows(&s, "support@hersteller.example") && web_shows(&s, "name=\"freigabe\""));
    s = send_sheet(&c, ADA, "hersteller/5", "betreff=WLAN&text=Frau+Brandt+wartet");
    check(s.status == 422 && web_shows(&s, "release it with a reason")
          && web_shows(&s, "<mark title=\"name\">Brandt</mark> wartet"));
    s = send_sheet(&c, ADA, "hersteller/5", "betreff=WLAN&text=Frau+Brandt+wartet&freigabe=1");
    check(s.status == 303);
    s = get_sheet(&c, ADA, "");
    check(web_shows(&s, "What they were sent") && web_shows(&s, "Frau Brandt wartet")
          && web_shows(&s, "They cannot help without it") && web_shows(&s, "Answer by"));
    check(lacks(&s, "With others outside"));             // the thread stands at the vendor
    check(ask(w, "select count(*) from draft") == 0);    // both sheets
}

static void H2_nothing_found_nothing_asked(struct world *w)
{
    a_vendor(w, S("support@hersteller.example"));
    struct desk_case c = desk_case(w);
    struct seen s = get_sheet(&c, ADA, "hersteller/5");
    check(s.status == 200 && lacks(&s, "name=\"freigabe\"") && web_shows(&s, "found nothing"));
    check(web_shows(&s, "To: support@hersteller.example\nSubject: WLAN geht nicht [#"));
    check(web_shows(
        &s, "&lt;https://…&gt;\nOder antworten Sie einfach auf diese Mail.\n\n-- \nada"));
    check(get_sheet(&c, CEM, "hersteller/5").status == 404);
    check(get_sheet(&c, ADA, "hersteller/2").status == 404);
    check(send_sheet(&c, ADA, "hersteller/5", "betreff=WLAN&text=Alle+Lampen+an").status
          == 303);
    check(ask(w, "select count(*) from outbox") == 1);
}

static void H3_without_an_address(struct world *w)
{
    a_vendor(w, S(""));
    struct desk_case c = desk_case(w);
    struct seen s = get_sheet(&c, ADA, "hersteller/5");
    check(web_shows(&s, "No mail address is known"));
    check(send_sheet(&c, ADA, "hersteller/5", "betreff=WLAN&text=Alle+Lampen+an").status
          == 303);
    s = get_sheet(&c, ADA, "");
    check(web_shows(&s, "Enter the answer") && web_shows(&s, "/rueckfrage/1"));
    check(answer_sheet(&c, ADA, "rueckfrage/1", "version=1&line=Firmware+2.2").status == 303);
}

static const char *page_of(struct world *w, const char *lang)
{
    str token = S("");
    check(vendor_link_token(begin(w), (engagement_id){1}, &token) == OK);
    str url = arena_fmt(&w->kept, "/%s/hv/" STR_FMT, lang, STR_ARG(token));
    check(end(w, OK) == OK);
    return arena_z(&w->kept, url);
}

static struct desk_case asked(struct world *w)
{
    a_vendor(w, S("support@hersteller.example"));
    struct desk_case c = desk_case(w);
    check(send_sheet(&c, ADA, "hersteller/5", "betreff=Modem&text=Alle+Lampen+an").status
          == 303);
    return c;
}

static void W1_looking_changes_nothing(struct world *w)
{
    struct desk_case c = asked(w);
    const char *url = page_of(w, "en");
    struct seen s = web_get(w, 0, url);
    check(s.status == 200 && web_shows(&s, "Alle Lampen an") && web_shows(&s, "Modem"));
    check(lacks(&s, "Brandt") && lacks(&s, "WLAN geht nicht") && lacks(&s, "1234567"));
    check(str_find(s.page, c.number) < 0);
    check(ask(w, "select state from engagement") == ENGAGED_REQUESTED);
    s = web_post(w, 0, url, "tun=bestaetigen&nummer=Case%23815");
    check(s.status == 303 && str_eq(s.to, str_from_z(url)));
    check(ask(w, "select state from engagement") == ENGAGED_ACCEPTED);
    s = web_get(w, 0, url);
    check(web_shows(&s, "You have confirmed it") && web_shows(&s, "Case#815"));
    s = web_get(w, ADA, url);    // staff who looks is a stranger there
    check(s.status == 200 && lacks(&s, "Brandt"));
}

static void W2_what_was_typed_comes_back(struct world *w)
{
    asked(w);
    const char *url = page_of(w, "en");
    struct seen s = web_post(w, 0, url, "tun=antworten&nummer=C-900&text=+");
    check(s.status == 422 && web_shows(&s, "still missing") && web_shows(&s, "C-900"));
    s = web_post(w, 0, url,
                 "nummer=01234567890123456789012345678901234567890&text=Firmware+2.2");
    check(s.status == 422 && web_shows(&s, "Firmware 2.2"));
}

static void W2_an_answer_begun_stays_when_he_only_confirms(struct world *w)
{
    asked(w);
    const char *url = page_of(w, "en");
    struct seen s = web_post(w, 0, url, "tun=bestaetigen&nummer=C-900&text=Wir+messen+noch");
    check(s.status == 200 && web_shows(&s, "You have confirmed it")
          && web_shows(&s, ">Wir messen noch</textarea>"));
    check(ask(w, "select state from engagement") == ENGAGED_ACCEPTED);
}

static void W2_his_files_come_with_his_words(struct world *w)
{
    struct desk_case c = asked(w);
    const char *url = page_of(w, "en");
    struct seen s = web_upload(w, 0, url, "nummer=C-900&text=Siehe+Protokoll", "datei",
                               "protokoll.txt", S("alles gut"));
    check(s.status == 303 && ask(w, "select count(*) from attachment") == 1);
    s = get_sheet(&c, ADA, "");
    check(web_shows(&s, "protokoll.txt") && web_shows(&s, "Siehe Protokoll"));
    check(web_shows(&s, "From outside") && lacks(&s, "An answer from outside"));
    str story = str_cut(s.page, str_find(s.page, S("id=\"verlauf\"")));    // there once
    story = str_head(story, str_find(story, S("id=\"antwort\"")));
    isize at = str_find(story, S("Siehe Protokoll"));
    check(at > 0 && str_find(str_cut(story, at + 5), S("Siehe Protokoll")) < 0);
}

static void W3_thanks_without_a_link(struct world *w)
{
    struct desk_case c = asked(w);
    const char *url = page_of(w, "en");
    struct seen s = web_post(w, 0, url, "nummer=C-900&text=Firmware+2.2");
    check(s.status == 303 && str_eq(s.to, S("/en/hv")));
    s = web_get(w, 0, "/en/hv");
    check(s.status == 200 && web_shows(&s, "We have your answer"));
    check(web_get(w, 0, url).status == 404);
    check(web_post(w, 0, url, "text=Noch+eins").status == 404);
    s = get_sheet(&c, ADA, "");
    check(web_shows(&s, "Firmware 2.2") && web_shows(&s, "C-900")
          && web_shows(&s, "answered on their page"));
    w->lang = LANG_DE;
    s = get_sheet(&c, ADA, "");
    check(web_shows(&s, "auf der Antwortseite"));
}

const struct test vendor_http_tests[] = {
    T(H1_H2_the_sheet_marks_what_it_finds),
    T(H2_nothing_found_nothing_asked),
    T(H3_without_an_address),
    T(W1_looking_changes_nothing),
    T(W2_what_was_typed_comes_back),
    T(W2_an_answer_begun_stays_when_he_only_confirms),
    T(W2_his_files_come_with_his_words),
    T(W3_thanks_without_a_link),
    {0},
};
