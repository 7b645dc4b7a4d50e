// SPDX-License-Identifier: GPL-3.0-or-later
#include "vendor/vendor.h"

#include "testing/web.h"
#include "vendor/vendor_test.h"

static enum err save(struct world *w, int64_t team, const char *address)
{
    struct vendor v = {.team.id = {team}, .address = str_from_z(address), .lang = LANG_EN};
    return end(w, vendor_save(begin(w), &v));
}

static void V1_a_vendor_is_a_team_of_level_4(struct world *w)
{
    struct vendor v, *all;
    isize n;
    a_vendor(w, S("Support@Hersteller.example "));
    check(save(w, NET, "a@b.example") == ERR_ABSENT);
    check(save(w, FOREIGN, "a@b.example") == ERR_ABSENT);
    check(end(w, vendor_load(begin(w), (team_id){NET}, &v)) == ERR_ABSENT);
    struct ctx *cx = begin(w);
    check(vendor_list(cx, &all, &n) == OK && n == 1);
    check_text(all[0].address, S("support@hersteller.example"));
    check_text(all[0].contract, S("V-7700"));
    check(end(w, OK) == OK);
    check(events(w, "vendor.changed") == 1);
}

static void V3_not_one_of_ours(struct world *w)
{
    a_vendor(w, S("a@hersteller.example"));
    check(save(w, MAKER, "hilfe@nordlicht.example") == ERR_INVALID);
    check(save(w, MAKER, "Hilfe+x@Nordlicht.example") == ERR_INVALID);
    check(save(w, MAKER, "werk") == ERR_INVALID);
    check(save(w, MAKER, "info@nordlicht.example") == OK);
    struct ctx *cx = begin(w);
    struct tenant desk;
    check(tenant_mine(cx, &desk) == OK);
    desk.mail_address = S("neu@nordlicht.example");
    check(end(w, tenant_change(cx, &desk)) == OK);
    check(save(w, MAKER, "hilfe@nordlicht.example") == ERR_INVALID);
}

static void V4_the_rest_may_be_empty(struct world *w)
{
    struct vendor v;
    a_vendor(w, S(""));
    check(save(w, MAKER, "") == OK);
    check(vendor_load(begin(w), (team_id){MAKER}, &v) == OK && v.address.n == 0
          && v.lang == LANG_EN);
    check(end(w, OK) == OK);
}

static void each_fault_leaves_all_or_nothing(struct world *w)
{
    a_vendor(w, S(""));
    EACH_FAULT(w) {
        struct vendor v = {.team.id = {MAKER}, .address = S("a@b.example")};
        enum err err = end(w, vendor_save(begin(w), &v));
        check(err == OK || db_failed(w->db));
        check(ask(w, "select count(*) from vendor where address = 'a@b.example'")
              == (err == OK));
    }
}

// --- vendor_http.h -------------------------------------------------------------------------

static void E1_the_page_of_a_vendor(struct world *w)
{
    a_vendor(w, S("a@hersteller.example"));
    struct seen s = web_get(w, GERO, "/a/hersteller");
    check(s.status == 200 && web_shows(&s, "a@hersteller.example") && web_shows(&s, "V-7700"));
    check(web_shows(&s, "href=\"/a/teams/0\""));    // E2
    s = web_get(w, GERO, "/a/hersteller/5");
    check(s.status == 200 && web_shows(&s, "Werk Nord"));
    s = web_post(w, GERO, "/a/hersteller/5",
                 "adresse=werk&name=Werk+Ost&vertrag=V-1&notiz=Tor+3");
    check(s.status == 422 && web_shows(&s, "This is not a mail address.")
          && web_shows(&s, "Werk Ost") && web_shows(&s, "Tor 3") && web_shows(&s, "V-1"));
    s = web_post(
        w, GERO, "/a/hersteller/5",
        "adresse=b@hersteller.example&name=Werk+Ost&sprache=2&vertrag=V-1&notiz=Tor+3");
    check(s.status == 303 && str_eq(s.to, S("/a/hersteller?ok=1")));
    check(ask(w, "select language from vendor") == 2);
    check(web_get(w, GERO, "/a/hersteller/1").status == 404);
    check(web_get(w, ADA, "/a/hersteller").status == 403);
}

const struct test vendor_tests[] = {
    T(V1_a_vendor_is_a_team_of_level_4), T(V3_not_one_of_ours),
    T(V4_the_rest_may_be_empty),         T(each_fault_leaves_all_or_nothing),
    T(E1_the_page_of_a_vendor),          {0},
};
