// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "base/limits.h"
#include "contact/contact.h"
#include "routing/trial.h"

static struct rule_case about(struct arena *a, const char *text)
{
    struct rule_case c = {.category = {7},
                          .above = {3},
                          .product = {5},
                          .org = S("Krabbenstube GmbH"),
                          .lang = LANG_DE,
                          .channel = CHANNEL_MAIL};
    c.word = rule_words(a, str_from_z(text), &c.words);
    return c;
}

static void U1_all_conditions_hold(struct world *w)
{
    struct rule_case c = about(&w->kept, "Das VPN geht nicht");
    struct rule r = {.active = true};
    check(rule_unmet(&w->kept, &r, &c) == 0);    // none: holds for all
    r = (struct rule){.category = {7},
                      .product = {5},
                      .org = S("krabbenstube gmbh"),
                      .lang = LANG_DE,
                      .channel = CHANNEL_MAIL,
                      .words = S("vpn")};
    check(rule_unmet(&w->kept, &r, &c) == 0);
    struct rule bad[] = {r, r, r, r, r, r};
    bad[0].category.n = 8;
    bad[1].product.n = 6;
    bad[2].org = S("Krabben");
    bad[3].lang = LANG_EN;
    bad[4].channel = CHANNEL_CHAT;
    bad[5].words = S("drucker");
    for (int i = 0; i < 6; i++)
        check(rule_unmet(&w->kept, &bad[i], &c) == (enum rule_part)(i + 1));
}

static void U2_the_first_active_one(struct world *w)
{
    struct rule_case c = about(&w->kept, "Das VPN geht nicht");
    struct rule r[] = {{.active = true, .words = S("drucker")},
                       {.active = false, .words = S("vpn")},
                       {.active = true, .words = S("vpn")},
                       {.active = true}};
    check(rule_pick(&w->kept, r, 4, &c) == 2);
    r[2].active = false;
    check(rule_pick(&w->kept, r, 4, &c) == 3);
    check(rule_pick(&w->kept, r, 3, &c) == -1);
}

static void U3_a_topic_holds_for_what_is_below(struct world *w)
{
    struct rule_case c = about(&w->kept, "");
    struct rule r = {.category = {3}};
    check(rule_unmet(&w->kept, &r, &c) == 0);
    c.category = (category_id){3};
    c.above = (category_id){0};
    r.category = (category_id){7};
    check(rule_unmet(&w->kept, &r, &c) == RULE_CATEGORY);
}

static void U4_words(struct world *w)
{
    static const struct {
        const char *words;
        bool holds;
    } table[] = {
        {"rechn", true},
        {"echnung", false},
        {"kein empfang", true},
        {"empfang kein", true},
        {"kein netz", false},
        {"drucker, RECHNUNG", true},
        {"drucker\nrechnung", true},
        {"gebuehr", true},
        {"Gebühr", true},
        {",", false},
        {"netz, drucker", false},
    };
    struct rule_case c =
        about(&w->kept, "Auf der Rechnung steht eine Gebühr, und ich habe keinen Empfang.");
    for (isize i = 0; i < countof(table); i++) {
        struct rule r = {.words = str_from_z(table[i].words)};
        bool holds = rule_unmet(&w->kept, &r, &c) == 0;
        if (holds != table[i].holds)
            fprintf(stderr, "words: %s\n", table[i].words);
        check(holds == table[i].holds);
    }
}

static rule_id saved(struct world *w, struct rule r)
{
    rule_id id = {0};
    r.active = true;
    check(end(w, rule_save(begin(w), &r, &id)) == OK);
    return id;
}

static void U5_a_rule_does_something(struct world *w)
{
    rule_id id;
    struct rule bad[] = {{.name = S("leer")},
                         {.name = S(""), .team = {NET}},
                         {.name = S("fremd"), .team = {FOREIGN}},
                         {.name = S("hoch"), .level = 4},
                         {.name = S("eilig"), .priority = 5},
                         {.name = S("beides"), .team = {NET}, .level = 2},
                         {.name = S("Thema"), .team = {NET}, .category = {77}},
                         {.name = S("Kanal"), .team = {NET}, .channel = (enum channel)99}};
    for (isize i = 0; i < countof(bad); i++)
        check(end(w, rule_save(begin(w), &bad[i], &id)) != OK);
    check(end(w, db_script(begin(w), "update team set level = 4 where id = 3")) == OK);
    struct rule vendor = {.name = S("Hersteller"), .team = {EXPERTS}};
    check(end(w, rule_save(begin(w), &vendor, &id)) == ERR_INVALID);
    check(end(w, db_script(begin(w), "update team set level = 3, department = 1 where id = 3"))
          == OK);
    check(end(w, rule_save(begin(w), &vendor, &id)) == ERR_INVALID);
    check(ask(w, "select count(*) from routing_rule") == 0);
}

static void U6_why(struct world *w)
{
    struct rule r = {
        .name = S("VPN"), .channel = CHANNEL_MAIL, .words = S("vpn, tunnel"), .priority = 2};
    struct words why = rule_why(&w->kept, &r),
                 not_so = rule_why_not(&w->kept, &r, RULE_CHANNEL);
    check(str_find(why.de, S("Regel „VPN“: Kanal ")) == 0);
    check(str_find(why.de, S("Wörter vpn, tunnel.")) > 0);
    check(str_find(not_so.en, S("channel is not ")) == 0);
    r = (struct rule){.name = S("Rest")};
    check_text(rule_why(&w->kept, &r).en, S("Rule “Rest”: every case."));
}

static void U7_of_two_one_wins(struct world *w)
{
    struct rule r = {.name = S("VPN"), .team = {NET}}, late;
    rule_id id = saved(w, r);
    check(rule_load(begin(w), id, &r) == OK);
    late = r;
    check(end(w, rule_save(&w->cx, &r, &id)) == OK);
    late.name = S("später");
    check(end(w, rule_save(begin(w), &late, &id)) == ERR_STALE);
    check(rule_load(begin_with(w, tenant_system((tenant_id){2})), id, &r) == ERR_ABSENT);
    check(end(w, OK) == OK);
}

static void U8_vip_holds_for_vips(struct world *w)
{
    struct rule_case c = about(&w->kept, "Das VPN geht nicht");
    struct rule r = {.name = S("VIP"), .active = true, .vip = true, .words = S("vpn")};
    check(rule_unmet(&w->kept, &r, &c) == RULE_VIP);
    check_text(rule_why_not(&w->kept, &r, RULE_VIP).de, S("gefragt hat kein VIP"));
    check_text(rule_why(&w->kept, &r).de, S("Regel „VIP“: Wörter vpn, Kundschaft VIP."));
    check_text(rule_why(&w->kept, &r).en, S("Rule “VIP”: words vpn, customer VIP."));
    c.vip = true;
    check(rule_unmet(&w->kept, &r, &c) == 0);
    r.vip = false;
    check(rule_unmet(&w->kept, &r, &c) == 0);    // whoever asks
}

static void U8_of_a_case_it_is_read_from_its_contact(struct world *w)
{
    struct contact karin = {.name = S("Karin"), .org = S("Kern GmbH")};
    struct ticket_made made;
    struct ticket t;
    struct rule_case c;
    rule_id id;
    struct ctx *cx = begin(w);
    check(contact_add(cx, &karin, &karin.id) == OK);
    struct ticket_new n = {.channel = CHANNEL_MAIL, .subject = S("x"), .contact = karin.id};
    check(ticket_create(cx, &n, &made) == OK && ticket_load(cx, made.at.id, &t) == OK);
    check(rule_case_of(cx, &t, &c) == OK && !c.vip);
    check(contact_mark_firm(cx, S("Kern GmbH"), true) == OK);
    check(ticket_load(cx, made.at.id, &t) == OK && rule_case_of(cx, &t, &c) == OK && c.vip);
    n.contact.n = 0;
    check(ticket_create(cx, &n, &made) == OK && ticket_load(cx, made.at.id, &t) == OK);
    check(rule_case_of(cx, &t, &c) == OK && !c.vip);
    check(end(w, OK) == OK);
    struct rule r = {.name = S("VIP"), .vip = true, .team = {NET}};
    check(end(w, rule_save(begin(w), &r, &id)) == OK);
    check(rule_load(begin(w), id, &r) == OK && r.vip && end(w, OK) == OK);
    r.vip = false;
    check(end(w, rule_save(begin(w), &r, &id)) == OK);
    check(rule_load(begin(w), id, &r) == OK && !r.vip && end(w, OK) == OK);
}

static void they_have_an_order(struct world *w)
{
    static const char *const name[] = {"a", "b", "c"};
    rule_id id[3];
    struct rule *r;
    isize n;
    for (int i = 0; i < 3; i++)
        id[i] = saved(w, (struct rule){.name = str_from_z(name[i]), .team = {NET}});
    check(end(w, rule_move(begin(w), id[2], true)) == OK);
    check(end(w, rule_move(begin(w), id[0], true)) == OK);    // first already
    check(rule_list(begin(w), &r, &n) == OK && n == 3);
    check_text(r[1].name, S("c"));
    check(end(w, OK) == OK);
    check(end(w, rule_move(begin(w), id[0], false)) == OK);
    check(rule_list(begin(w), &r, &n) == OK);
    check_text(r[0].name, S("c"));
    check_text(r[1].name, S("a"));
    check(end(w, OK) == OK);
    check(end(w, rule_remove(begin(w), id[1])) == OK);
    check(end(w, rule_remove(begin(w), id[1])) == ERR_ABSENT);
}

static void a_desk_has_so_many_rules(struct world *w)
{
    struct ctx *cx = begin(w);
    rule_id id;
    struct rule r = {.name = S("r"), .team = {NET}};
    for (int i = 0; i < RULES_MOST; i++)
        check(rule_save(cx, &r, &id) == OK);
    check(rule_save(cx, &r, &id) == ERR_INVALID);
    check(end(w, OK) == OK);
}

// --- the rehearsal -----------------------------------------------------------------------------

static void a_case_of(struct world *w, const char *subject)
{
    struct ticket_made made;
    struct ticket_new n = {.channel = CHANNEL_MAIL, .subject = str_from_z(subject)};
    check(end(w, ticket_create(begin(w), &n, &made)) == OK);
}

static void Y1_Y2_what_would_have_changed(struct world *w)
{
    a_case_of(w, "VPN geht nicht");
    a_case_of(w, "Drucker druckt nicht");
    struct rule r = {.name = S("VPN"),
                     .words = S("vpn"),
                     .team = {NET},
                     .team_name = WORDS("Network", "Netz")};
    struct trial t = {0};
    int64_t events = ask(w, "select count(*) from event");
    check(trial(begin_as(w, GERO), &r, &t) == OK);
    check(t.cases == 2 && t.all == 2 && t.moved == 1 && t.rows == 1);
    check_text(t.row[0].after.de, S("Netz"));
    check(str_starts(t.row[0].before.de, S("Servicetelefon (ohne Regel")));    // Y5
    check(end(w, OK) == OK);
    check(ask(w, "select count(*) from event") == events);
    check(ask(w, "select count(*) from routing_rule") == 0);
    r.id = saved(w, r);
    check(trial(begin_as(w, GERO), &r, &t) == OK && t.moved == 0 && end(w, OK) == OK);
    r.words = S("");
    check(trial(begin_as(w, GERO), &r, &t) == OK && t.moved == 1 && end(w, OK) == OK);
    later(w, (int64_t)TRIAL_DAYS * 86400 + 3600);
    check(trial(begin_as(w, GERO), &r, &t) == OK && t.cases == 0 && end(w, OK) == OK);
}

static void Y2_a_rule_for_vips_is_tried_on_theirs(struct world *w)
{
    struct contact karin = {.name = S("Karin"), .vip = true};
    struct ticket_made made;
    struct ctx *cx = begin(w);
    check(contact_add(cx, &karin, &karin.id) == OK);
    struct ticket_new n = {
        .channel = CHANNEL_MAIL, .subject = S("Drucker"), .contact = karin.id};
    check(end(w, ticket_create(cx, &n, &made)) == OK);
    a_case_of(w, "VPN geht nicht");
    struct rule r = {.name = S("VIP"), .vip = true, .level = 2};
    struct trial t = {0};
    check(trial(begin_as(w, GERO), &r, &t) == OK);
    check(t.cases == 2 && t.moved == 1 && t.row[0].number == made.number);
    check(end(w, OK) == OK);
}

const struct test rule_tests[] = {
    T(U1_all_conditions_hold),
    T(U2_the_first_active_one),
    T(U3_a_topic_holds_for_what_is_below),
    T(U4_words),
    T(U5_a_rule_does_something),
    T(U6_why),
    T(U7_of_two_one_wins),
    T(U8_vip_holds_for_vips),
    T(U8_of_a_case_it_is_read_from_its_contact),
    T(they_have_an_order),
    T(a_desk_has_so_many_rules),
    T(Y1_Y2_what_would_have_changed),
    T(Y2_a_rule_for_vips_is_tried_on_theirs),
    {0},
};
