// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/web.h"

#include "screen/screen.h"

static void P1_for_whom(struct world *w)
{
    static const int others[] = {ADA, CEM, FINN};
    for (isize i = 0; i < countof(others); i++) {
        check(web_get(w, others[i], "/a/absender").status == 403);
        check(web_post(w, others[i], "/a/absender", "what=x.example&kind=1").status == 403);
    }
    check(ask(w, "select count(*) from screen_entry") == 0);
    check(web_get(w, EVA, "/a/absender").status == 200);
    check(web_get(w, GERO, "/a/absender").status == 200);
}

static void P2_listed_and_taken_away(struct world *w)
{
    check(web_post(w, EVA, "/a/absender", "what=Werbung.example&kind=1").status == 303);
    check(web_post(w, GERO, "/a/absender", "what=b@x.example&kind=2").status == 303);
    struct seen s = web_get(w, EVA, "/a/absender");
    check(web_shows(&s, "werbung.example") && web_shows(&s, "blocked")
          && web_shows(&s, "b@x.example") && web_shows(&s, "always taken")
          && web_shows(&s, "2 entries"));
    const char *path = arena_z(
        &w->kept, arena_fmt(&w->kept, "/a/absender/%lld",
                            (long long)ask(w, "select id from screen_entry where kind = 1")));
    check(web_post(w, EVA, path, "").status == 303);
    check(ask(w, "select count(*) from screen_entry") == 1);
    check(web_post(w, EVA, path, "").status == 404);
    w->lang = LANG_DE;
    s = web_get(w, GERO, "/a/absender");
    check(web_shows(&s, "immer angenommen") && web_shows(&s, "1 Eintrag"));
}

static void P3_typed_wrong(struct world *w)
{
    struct seen s = web_post(w, EVA, "/a/absender", "what=kein Absender&kind=2");
    check(s.status == 422 && web_shows(&s, "kein Absender")
          && web_shows(&s, "This is neither a mail address nor a domain."));
    s = web_post(w, EVA, "/a/absender/regeln", "marks=1&score=4711&megabytes=20");
    check(s.status == 422 && web_shows(&s, "4711") && web_shows(&s, "value=\"20\""));
    check(web_post(w, EVA, "/a/absender/regeln", "score=5&forged=1&megabytes=20").status
          == 303);
    check(ask(w,
              "select count(*) from screen_rules where marks = 0 and score = 5 and forged = 1 "
              "and megabytes = 20")
          == 1);
}

const struct test screen_http_tests[] = {
    T(P1_for_whom),
    T(P2_listed_and_taken_away),
    T(P3_typed_wrong),
    {0},
};
