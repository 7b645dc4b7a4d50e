// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/web.h"

static void H1_what_was_typed_comes_back(struct world *w)
{
    struct seen s = web_post(w, GERO, "/a/themen/0", "name_de=WLAN&name_en=&words=funk");
    check(s.status == 422 && web_shows(&s, "value=\"WLAN\"")
          && web_shows(&s, "value=\"funk\""));
    check(web_post(w, GERO, "/a/themen/0", "name_de=Netz&name_en=Network").status == 303);
    s = web_post(w, GERO, "/a/themen/0", "name_de=WLAN&name_en=Wi-Fi&words=funk&parent=1");
    check(s.status == 303);
    s = web_get(w, GERO, "/a/themen");
    check(web_shows(&s, "Wi-Fi") && web_shows(&s, "funk"));
    s = web_get(w, GERO, "/a/themen/2");
    check(web_shows(&s, "selected>Network"));
    s = web_post(w, GERO, "/a/themen/1", "version=1&name_de=Netz&name_en=Net&parent=2");
    check(s.status == 422 && web_shows(&s, "stays at the top"));
    check(web_post(w, GERO, "/a/themen/2", "version=1&name_de=Funk&name_en=Radio").status
          == 303);
    check(web_post(w, GERO, "/a/themen/2", "version=1&name_de=X&name_en=Y").status == 409);
    check(web_get(w, ADA, "/a/themen").status == 403
          && web_get(w, GERO, "/a/themen/9").status == 404);
}

const struct test topic_http_tests[] = {
    T(H1_what_was_typed_comes_back),
    {0},
};
