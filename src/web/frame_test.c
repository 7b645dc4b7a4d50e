// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/frame.h"

#include "testing/web.h"

static void the_same_page_in_the_other_language(struct world *w)
{
    static const struct {
        const char *de, *en;
    } pages[] = {
        {"/de/", "/en/"},
        {"/de/melden?problem=wlan", "/en/report?problem=wlan"},
        {"/de/hilfe/L-118", "/en/help/L-118"},
        {"/de/v/abc/datei/7", "/en/v/abc/datei/7"},
        {"/de/impressum", "/en/imprint"},
    };
    for (isize i = 0; i < countof(pages); i++) {
        str de = str_from_z(pages[i].de), en = str_from_z(pages[i].en);
        check_text(frame_in(&w->kept, de, LANG_EN), en);
        check_text(frame_in(&w->kept, en, LANG_DE), de);
        check_text(frame_in(&w->kept, de, LANG_DE), de);
    }
    check_text(frame_in(&w->kept, S("/w/inbox?v=waiting"), LANG_EN), S("/w/inbox?v=waiting"));
}

static void the_language_link_leads_to_the_same_page(struct world *w)
{
    struct seen s = web_get(w, 0, "/sprache?l=en&to=/de/suche%3Fq%3Dwlan");
    check(s.status == 303);
    check_text(s.to, S("/en/search?q=wlan"));
    s = web_get(w, 0, "/anmelden?zu=/w/kb");
    check(web_shows(&s, "to=/anmelden"));
}

static void what_is_missing_in_the_portal_looks_like_the_portal(struct world *w)
{
    struct seen s = web_get(w, 0, "/en/nowhere");
    check(s.status == 404 && web_shows(&s, "There is no such page"));
    check(web_shows(&s, "class=\"portal\"") && web_shows(&s, "action=\"/en/search\""));
}

static void Z7_an_error_keeps_the_way_on(struct world *w)
{
    struct seen s = web_get(w, ADA, "/w/nowhere");
    check(s.status == 404 && web_shows(&s, "There is no such page"));
    check(web_shows(&s, "action=\"/w/suche\"") && web_shows(&s, "href=\"/w/inbox\""));
    s = web_get(w, ADA, "/a/leute");
    check(s.status == 403 && web_shows(&s, "Roles are given by who runs the desk."));
    s = web_get(w, GERO, "/w");
    check(s.status == 303 && str_starts(s.to, S("/a/")));
}

static void what_was_saved_is_said(struct world *w)
{
    static const struct {
        const char *address, *form;
    } saves[] = {
        {"/a/themen/0", "name_de=Netz&name_en=Network"},
        {"/a/produkte/0", "name=Fjord"},
        {"/a/faehigkeiten", "tun=neu&name=Netz&name_en=Network"},
        {"/a/regeln/0", "name=VPN&woerter=vpn&team=2"},
        {"/a/stufen/recht", "stufe=2&recht=3&thema=0&darf=1&betrag=450"},
        {"/a/absender", "kind=1&what=spam@x.example"},
        {"/a/teams/0", "version=0&name_de=Telefonie&name_en=Telephony&stufe=2&vergabe=2&platz=4"
                       "&kalender=0"},
        {"/a/uebergabe", ""},
    };
    for (isize i = 0; i < countof(saves); i++) {
        struct seen s = web_post(w, GERO, saves[i].address, saves[i].form);
        if (s.status != 303)
            fprintf(stderr, "%s: %d\n", saves[i].address, s.status);
        check(s.status == 303);
        s = web_get(w, GERO, arena_z(&w->kept, s.to));
        check(web_shows(&s, "Saved."));
    }
    struct seen fresh = web_get(w, GERO, "/a/themen");
    check(!web_shows(&fresh, "Saved."));
}

const struct test frame_tests[] = {
    T(what_was_saved_is_said),
    T(the_same_page_in_the_other_language),
    T(the_language_link_leads_to_the_same_page),
    T(Z7_an_error_keeps_the_way_on),
    T(what_is_missing_in_the_portal_looks_like_the_portal),
    {0},
};
