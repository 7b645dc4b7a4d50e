// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "letterhead/letterhead.h"
#include "wording/wording.h"

static struct tenant mine(struct ctx *cx)
{
    struct tenant t = {0};
    check(tenant_mine(cx, &t) == OK);
    return t;
}

static bool at(const struct ctx *cx, const char *field)
{
    for (const struct problem *p = cx->problems; p != NULL; p = p->next)
        if (strcmp(p->field, field) == 0)
            return true;
    return false;
}

static bool takes_address(struct ctx *cx, const char *address)
{
    struct tenant t = mine(cx);
    t.mail_address = str_from_z(address);
    enum err err = letterhead_check(cx, &t);
    check((err == OK) != at(cx, "adresse"));
    ctx_forgive(cx);
    return err == OK;
}

static bool takes_url(struct ctx *cx, const char *url)
{
    struct tenant t = mine(cx);
    t.base_url = str_from_z(url);
    enum err err = letterhead_check(cx, &t);
    check((err == OK) != at(cx, "url"));
    ctx_forgive(cx);
    return err == OK;
}

static enum err change(struct ctx *cx, const char *address)
{
    struct tenant t = mine(cx);
    t.mail_address = str_from_z(address);
    return letterhead_save(cx, &t);
}

static void B1_an_address_every_server_takes(struct world *w)
{
    struct ctx *cx = begin(w);
    check(takes_address(cx, "support@desk.example") && takes_address(cx, " Hilfe@Nordlicht.Example "));
    check(!takes_address(cx, "") && !takes_address(cx, "hilfe") && !takes_address(cx, "@desk.example"));
    check(!takes_address(cx, "hilfe+x@desk.example"));
    check(!takes_address(cx, "hilfe@münchen.example") && !takes_address(cx, "hülfe@desk.example"));
    check(!takes_address(cx, "a@b@desk.example") && !takes_address(cx, "Hilfe <h@desk.example>"));
    check(takes_address(cx, "hilfe@xn--mnchen-3ya.example"));
    check(end(w, OK) == OK);
}

static void B1_nobody_elses(struct world *w)
{
    struct ctx *cx = begin(w);
    struct wording_address net = {S("netz@nordlicht.example"), S("")};
    check(wording_address_save(cx, (team_id){NET}, &net) == OK);
    check(!takes_address(cx, "netz@nordlicht.example"));
    check(!takes_address(cx, "hilfe@suedwind.example") && !takes_address(cx, "x@suedwind.example"));
    check(end(w, OK) == OK);
    cx = begin(w);
    cx->who = tenant_system((tenant_id){2});
    check(change(cx, "neu@anders.example") == OK && end(w, OK) == OK);
    cx = begin(w);
    check(!takes_address(cx, "hilfe@suedwind.example") && takes_address(cx, "x@suedwind.example"));
    check(!takes_address(cx, "y@anders.example"));
    net.address = S("hilfe@suedwind.example");
    check(wording_address_save(cx, (team_id){NET}, &net) == ERR_INVALID);
    check(end(w, OK) == OK);
}

static void B2_a_url_that_links_begin_with(struct world *w)
{
    struct ctx *cx = begin(w);
    static const char *const good[] = {"https://hilfe.desk.example", "HTTPS://Hilfe.desk.example/",
                                       "http://localhost:8080", "http://192.0.2.7:65535",
                                       "https://[2001:db8::1]:8443", "http://[::1]"};
    static const char *const bad[] = {"", "hilfe.desk.example", "ftp://desk.example", "https://",
                                      "https://desk.example/hilfe", "https://desk.example?a=b",
                                      "https://desk.example#x", "https://a:b@desk.example",
                                      "https://desk.example:", "https://desk.example:0",
                                      "https://desk.example:65536", "https://desk.example:80a",
                                      "https://desk example", "https://[::1", "https://[]",
                                      "https://[::1]x", "https://münchen.example",
                                      "javascript:alert(1)", "https://desk.example//"};
    for (isize i = 0; i < countof(good); i++)
        check(takes_url(cx, good[i]));
    for (isize i = 0; i < countof(bad); i++)
        check(!takes_url(cx, bad[i]));
    check(end(w, OK) == OK);
}

static void B2_one_desk_answers_there(struct world *w)
{
    struct ctx *cx = begin(w);
    cx->who = tenant_system((tenant_id){2});
    struct tenant t = mine(cx);
    t.base_url = S("https://Hilfe.suedwind.example/");
    check(letterhead_save(cx, &t) == OK);
    check_text(mine(cx).base_url, S("https://hilfe.suedwind.example"));
    check(end(w, OK) == OK);
    cx = begin(w);
    check(!takes_url(cx, "https://hilfe.suedwind.example"));
    check(end(w, OK) == OK);
}

static void B3_the_name_is_one_line(struct world *w)
{
    struct ctx *cx = begin(w);
    struct tenant t = mine(cx);
    t.name = S("  Hülfe für alle ");
    check(letterhead_check(cx, &t) == OK);
    check_text(t.name, S("Hülfe für alle"));
    static const char *const bad[] = {"", "  ", "a\nb", "a\tb"};
    for (isize i = 0; i < countof(bad); i++, ctx_forgive(cx)) {
        t.name = str_from_z(bad[i]);
        check(letterhead_check(cx, &t) == ERR_INVALID && at(cx, "name"));
    }
    char *umlauts = make(cx->arena, char, 2 * LETTERHEAD_NAME_MOST + 2);
    for (int i = 0; i <= LETTERHEAD_NAME_MOST; i++)
        memcpy(umlauts + (ptrdiff_t)2 * i, "ü", 2);
    t.name = (str){umlauts, 2 * LETTERHEAD_NAME_MOST};
    check(letterhead_check(cx, &t) == OK);
    t.name.n += 2;
    check(letterhead_check(cx, &t) == ERR_INVALID);
    check(end(w, OK) == OK);
}

static void B4_a_change_is_an_event(struct world *w)
{
    const char *count = "select count(*) from event where kind = 'config.changed' and tenant = 1";
    int64_t before = ask(w, count);
    struct ctx *cx = begin(w);
    check(change(cx, "Support@Nordlicht.example") == OK && end(w, OK) == OK);
    check(ask(w, count) == before + 1);
    check(ask(w, "select count(*) from event where data like '%support@%'") == 0);
    check(ask(w, "select count(*) from tenant where id = 1 and mail_address = 'support@nordlicht.example'")
          == 1);
    cx = begin(w);
    check(change(cx, "falsch") == ERR_INVALID && end(w, ERR_INVALID) == ERR_INVALID);
    check(ask(w, count) == before + 1);
}

static void B5_what_is_still_invented_is_said(struct world *w)
{
    struct ctx *cx = begin(w);
    str lack[LETTERHEAD_LACKS];
    isize n = 0;
    struct tenant t = mine(cx);
    check(!letterhead_no_address(&t) && letterhead_no_url(&t));
    check(letterhead_lacking(cx, lack, &n) == OK && n == 1);
    check(str_starts(lack[0], S("links in mails lead to localhost")));
    check(change(cx, "anders@helpdesk.example") == OK);
    t = mine(cx);
    t.base_url = S("https://hilfe.nordlicht.example");
    check(letterhead_save(cx, &t) == OK);
    t = mine(cx);
    check(letterhead_no_address(&t) && !letterhead_no_url(&t));
    check(letterhead_lacking(cx, lack, &n) == OK && n == 2);    // the other desk's, too
    check(str_starts(lack[0], S("mail leaves from an invented address")));
    check(end(w, OK) == OK);
}

// --- tenant.h D3 D4 ----------------------------------------------------------------------------

static int64_t desk_for(struct ctx *cx, const char *address)
{
    tenant_id id = {0};
    check(tenant_for_address(cx, str_from_z(address), &id) == OK);
    return id.n;
}

static void D3_an_address_of_before_stays_the_desks(struct world *w)
{
    str *before;
    isize n;
    struct ctx *cx = begin(w);
    cx->who = tenant_system((tenant_id){2});
    check(change(cx, "zwei@suedwind.example") == OK && change(cx, "drei@suedwind.example") == OK);
    check(desk_for(cx, "hilfe@suedwind.example") == 2 && desk_for(cx, "Zwei@suedwind.example") == 2);
    check(desk_for(cx, "drei@suedwind.example") == 2 && desk_for(cx, "vier@suedwind.example") == 1);
    tenant_id id;
    check(tenant_of_before(cx, S("Hilfe+abc@suedwind.example"), &id) == OK && id.n == 2);
    check(tenant_of_before(cx, S("drei@suedwind.example"), &id) == OK && id.n == 0);
    check(tenant_addresses_before(cx, &before, &n) == OK && n == 2);
    check(change(cx, "zwei@suedwind.example") == OK);
    check(tenant_addresses_before(cx, &before, &n) == OK && n == 2);
    check(tenant_of_before(cx, S("zwei@suedwind.example"), &id) == OK && id.n == 0);
    check(tenant_of_before(cx, S("drei@suedwind.example"), &id) == OK && id.n == 2);
    check(end(w, OK) == OK);
}

static void D4_who_has_not_seen_the_last_change_is_told(struct world *w)
{
    struct ctx *cx = begin(w);
    struct tenant seen = mine(cx);
    check(change(cx, "neu@nordlicht.example") == OK && end(w, OK) == OK);
    cx = begin(w);
    seen.name = S("Anders");
    check(letterhead_save(cx, &seen) == ERR_STALE && end(w, ERR_STALE) == ERR_STALE);
    check(ask(w, "select count(*) from tenant where name = 'Anders' or mail_address = 'hilfe@nordlicht.example'")
          == 0);
}

const struct test letterhead_tests[] = {
    T(B1_an_address_every_server_takes),
    T(B1_nobody_elses),
    T(B2_a_url_that_links_begin_with),
    T(B2_one_desk_answers_there),
    T(B3_the_name_is_one_line),
    T(B4_a_change_is_an_event),
    T(B5_what_is_still_invented_is_said),
    T(D3_an_address_of_before_stays_the_desks),
    T(D4_who_has_not_seen_the_last_change_is_told),
    {0},
};
