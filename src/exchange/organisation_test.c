// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "exchange/exchange.h"

static enum err take(struct world *w, const char *line)
{
    struct exchange_report r = {0};
    struct ctx *cx = begin(w);
    struct buf text = buf_new(cx->arena, 256);
    r.text = &text;
    enum err err = exchange_line(cx, str_from_z(line), 1, &r);
    check(r.said == 0);
    return end(w, err);
}

static void O1_a_desk_comes_in_twice(struct world *w)
{
    static const char *const line[] = {
        "{\"kind\":\"category\",\"name_de\":\"VPN\",\"name_en\":\"VPN\"}",
        "{\"kind\":\"product\",\"name\":\"Lotse\"}",
        "{\"kind\":\"team\",\"name_de\":\"Telefonie\",\"name_en\":\"Telephony\",\"level\":2,"
        "\"address\":\"tel@nordlicht.example\",\"assign\":\"turn\",\"capacity\":5,"
        "\"categories\":[\"VPN\"],\"products\":[\"Lotse\"]}",
        "{\"kind\":\"person\",\"login\":\"ida\",\"name\":\"Ida\",\"role\":\"tech_l2\","
        "\"language\":\"en\",\"teams\":[\"Telefonie\",\"Netz\"]}",
        "{\"kind\":\"skill\",\"name_de\":\"Tunnel\",\"name_en\":\"Tunnels\",\"needs\":["
        "{\"category\":\"VPN\",\"depth\":2},{\"product\":\"Lotse\",\"depth\":3}]}",
        "{\"kind\":\"authority\",\"level\":1,\"act\":\"credit\",\"allowed\":1,"
        "\"amount_cents\":2000}",
    };
    for (int twice = 0; twice < 2; twice++)
        for (isize i = 0; i < countof(line); i++)
            check(take(w, line[i]) == OK);
    check(ask(w, "select assign * 10 + capacity from team_setting") == 25);
    check(ask(w, "select count(*) from team_category") == 1);
    check(ask(w, "select count(*) from team_product") == 1);
    check(ask(w, "select count(*) from person where login = 'ida'") == 1);
    check(ask(w, "select count(*) from person_team where person = 9") == 2);
    check(ask(w, "select sum(depth) from skill_need") == 5);
    check(ask(w, "select sum(amount) from authority") == 2000);
}

static void O2_no_password_comes_in(struct world *w)
{
    check(end(w, person_set_password(begin(w), (person_id){ADA}, S("hash"))) == OK);
    check(take(w, "{\"kind\":\"person\",\"login\":\"ada\",\"name\":\"Ada\",\"role\":\"lead\"}")
          == OK);
    check(ask(w, "select count(*) from person where login = 'ada' and password = 'hash' and "
                 "name = 'Ada' and role = 5")
          == 1);
    check(ask(w, "select count(*) from person_team where person = 1") == 1);
}

static void O3_what_is_not_there_is_named(struct world *w)
{
    check(take(w, "{\"kind\":\"person\",\"login\":\"ida\",\"name\":\"Ida\",\"role\":\"king\"}")
          == ERR_INVALID);
    check(take(w, "{\"kind\":\"person\",\"login\":\"ida\",\"name\":\"Ida\",\"role\":\"lead\","
                  "\"teams\":[\"Mond\"]}")
          == ERR_INVALID);
    check_text(w->cx.detail.de, S("„Mond“ gibt es nicht."));
    check(take(w, "{\"kind\":\"authority\",\"level\":1,\"act\":\"fly\"}") == ERR_INVALID);
    check(ask(w, "select count(*) from person where login = 'ida'") == 0);
}

const struct test organisation_tests[] = {
    T(O1_a_desk_comes_in_twice),
    T(O2_no_password_comes_in),
    T(O3_what_is_not_there_is_named),
    {0},
};
