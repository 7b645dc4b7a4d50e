// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/web.h"

#include "letterhead.html.h"

#define NEW_FORM "version=1&name=Nordlicht Netz&adresse=support@nordlicht.example&" \
                 "url=https://hilfe.nordlicht.example&sprache=2"

static void H1_for_who_sets_up(struct world *w)
{
    static const int others[] = {ADA, CEM, DORA, EVA, FINN};
    for (isize i = 0; i < countof(others); i++) {
        check(web_get(w, others[i], "/a/helpdesk").status == 403);
        check(web_post(w, others[i], "/a/helpdesk", NEW_FORM).status == 403);
    }
    struct seen s = web_get(w, GERO, "/a/helpdesk");
    check(s.status == 200 && web_shows(&s, "value=\"hilfe@nordlicht.example\"")
          && web_shows(&s, "value=\"http://localhost:8080\""));
    s = web_post(w, GERO, "/a/helpdesk", NEW_FORM);
    check(s.status == 303 && str_eq(s.to, S("/a/helpdesk?ok=1")));
    check(ask(w,
              "select count(*) from tenant where id = 1 and name = 'Nordlicht Netz' and language = 2 "
              "and mail_address = 'support@nordlicht.example' "
              "and base_url = 'https://hilfe.nordlicht.example'")
          == 1);
    w->lang = LANG_DE;
    s = web_get(w, GERO, "/a/helpdesk?ok=1");
    check(web_shows(&s, "Gespeichert") && web_shows(&s, "Frühere Adressen")
          && web_shows(&s, "<li>hilfe@nordlicht.example</li>"));    // H3
}

static void H1_typed_wrong_comes_back(struct world *w)
{
    struct seen s = web_post(w, GERO, "/a/helpdesk",
                             "version=1&name=&adresse=a%2Bb@x.example&url=desk.example/x&sprache=3");
    check(s.status == 422 && web_shows(&s, "value=\"a+b@x.example\"")
          && web_shows(&s, "value=\"desk.example/x\""));
    check(web_shows(&s, "The desk needs a name.") && web_shows(&s, "Without a +")
          && web_shows(&s, "begin links with") && web_shows(&s, "German or English."));
    w->lang = LANG_DE;
    s = web_post(w, GERO, "/a/helpdesk", "version=1&adresse=hilfe@münchen.example");
    check(s.status == 422 && web_shows(&s, "xn--") && web_shows(&s, "hilfe@münchen.example"));
    check(ask(w, "select count(*) from tenant where version <> 1") == 0);
}

static void H2_not_over_the_change_of_another(struct world *w)
{
    check(web_post(w, GERO, "/a/helpdesk", NEW_FORM).status == 303);
    struct seen s = web_post(w, GERO, "/a/helpdesk",
                             "version=1&name=Spät&adresse=x@nordlicht.example&url=https://x.example&sprache=1");
    check(s.status == 409 && web_shows(&s, "value=\"Spät\"") && web_shows(&s, "Somebody changed this"));
    check(ask(w, "select count(*) from tenant where name = 'Nordlicht Netz' and version = 2") == 1);
}

static void B5_the_pages_of_who_sets_up_say_what_is_invented(struct world *w)
{
    struct ctx *cx = begin(w);
    struct request rq = {0};
    struct buf b = buf_new(cx->arena, 1 << 10);
    struct page p = {.cx = cx, .rq = &rq, .buf = &b};
    struct tenant t = {.mail_address = S(LETTERHEAD_ADDRESS), .base_url = S("https://a.example")};
    html_letterhead_warning(&p, &t);
    check(str_find(buf_str(&b), S(LETTERHEAD_ADDRESS)) > 0 && str_find(buf_str(&b), S("/a/helpdesk")) > 0);
    check(str_find(buf_str(&b), S("Links in mails")) < 0);
    t.base_url = S(LETTERHEAD_URL);
    html_letterhead_warning(&p, &t);
    check(str_find(buf_str(&b), S("Links in mails lead to " LETTERHEAD_URL)) > 0);
    check(!letterhead_http_warns(&rq, &t));    // nothing is sent
    check(end(w, OK) == OK);
}

const struct test letterhead_http_tests[] = {
    T(H1_for_who_sets_up),
    T(H1_typed_wrong_comes_back),
    T(B5_the_pages_of_who_sets_up_say_what_is_invented),
    T(H2_not_over_the_change_of_another),
    {0},
};
