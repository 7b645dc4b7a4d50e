// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/web.h"

#include "wording/wording.h"

static void H1_what_was_typed_comes_back(struct world *w)
{
    struct seen s = web_post(w, EVA, "/a/texte/1", "v=1&answer=ohne&receipt=Hallo");
    check(s.status == 422 && web_shows(&s, "{text} is missing") && web_shows(&s, "ohne")
          && web_shows(&s, "Hallo"));
    check(ask(w, "select count(*) from wording") == 0);
}

static void H2_the_preview_writes_nothing(struct world *w)
{
    struct seen s =
        web_post(w, EVA, "/a/texte/1",
                 "v=1&tun=ansehen&answer={text}+/+{number}&signature=&receipt=&solved=");
    check(s.status == 200 && web_shows(&s, "für zehn Sekunden. / 4182-2073"));
    s = web_post(w, EVA, "/a/texte/1",
                 "v=3&tun=ansehen&answer={text}&signature=&receipt=&solved=");
    check(web_shows(&s, "Please unplug the router"));
    check(ask(w, "select count(*) from wording") == 0
          && ask(w, "select count(*) from event where kind = 'wording.changed'") == 0);
}

static void H3_what_is_as_it_was_is_not_stored(struct world *w)
{
    struct seen s = web_post(w, EVA, "/a/texte/1",
                             "v=3&signature={writer}%0D%0A{desk}&receipt=Hi&answer=&solved=&"
                             "address=first@nordlicht.example");
    check(s.status == 303);
    check(ask(w, "select count(*) from wording") == 1);
    check(ask(w, "select count(*) from wording where team = 1 and voice = 3 and kind = 3 and "
                 "body = 'Hi'")
          == 1);
    check(
        ask(w, "select count(*) from wording_address where address = 'first@nordlicht.example'")
        == 1);
    s = web_get(w, EVA, "/a/texte/1?v=3");
    check(web_shows(&s, "{writer}") && web_shows(&s, "first@nordlicht.example"));
}

static void H4_leads_and_administration(struct world *w)
{
    check(web_get(w, GERO, "/a/texte").status == 200
          && web_get(w, EVA, "/a/texte/0?v=2").status == 200);
    check(web_get(w, ADA, "/a/texte").status == 403
          && web_post(w, DORA, "/a/texte/1", "v=1&receipt=x").status == 403);
    check(web_get(w, GERO, "/a/texte/4").status == 404
          && web_get(w, NINA, "/a/texte/4").status == 403);
    w->lang = LANG_DE;
    struct seen s = web_get(w, GERO, "/a/texte/0");
    check(web_shows(&s, "Der ganze Helpdesk")
          && web_shows(&s, "Ihr Anliegen {number}: {link}"));
}

const struct test wording_http_tests[] = {
    T(H1_what_was_typed_comes_back),
    T(H2_the_preview_writes_nothing),
    T(H3_what_is_as_it_was_is_not_stored),
    T(H4_leads_and_administration),
    {0},
};
