// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"
#include "ticket/ticket.h"

static void C1_categories_have_two_levels(struct world *w)
{
    struct ctx *cx = begin(w);
    category_id net, wlan, none;
    struct category *all;
    isize n;
    check(category_add(cx, &(struct category){.name = SAY("Network", "Netz")}, &net) == OK);
    check(category_add(cx,
                       &(struct category){
                           .parent = net, .name = SAY("Wi-Fi", "WLAN"), .words = S("funk")},
                       &wlan)
          == OK);
    check(category_add(cx, &(struct category){.parent = wlan, .name = SAY("x", "y")}, &none)
          == ERR_INVALID);
    check(category_add(cx, &(struct category){.parent = {77}, .name = SAY("x", "y")}, &none)
          == ERR_ABSENT);
    check(category_add(cx, &(struct category){.name = SAY("Access", "Anmeldung")}, &none)
          == OK);
    check(category_offer(cx, (category_id){0}, &all, &n) == OK && n == 3);
    check_text(all[0].name.de, S("Anmeldung"));
    check_text(all[1].name.de, S("Netz"));
    check_text(all[2].words, S("funk"));
    check(category_by_name(cx, S("Wi-Fi"), &none) == OK && none.n == wlan.n);
    end(w, OK);
    cx = begin(w);    // C2
    check(end(w, category_add(cx, &(struct category){.name = SAY("Net", "Netz")}, &none))
          == ERR_INVALID);
    cx = begin_as(w, NINA);
    check(category_offer(cx, (category_id){0}, &all, &n) == OK && n == 0);
    check(category_by_name(cx, S("WLAN"), &none) == ERR_ABSENT);
    struct ticket_made m;
    struct ticket_new t = {.channel = CHANNEL_MAIL, .subject = S("x"), .category = wlan};
    check(ticket_create(cx, &t, &m) == ERR_ABSENT);
    end(w, ERR_ABSENT);
}

static struct category load(struct world *w, category_id id)
{
    struct category c;
    struct ctx *cx = begin(w);
    check(category_load(cx, id, &c) == OK);
    c.name = (struct words){arena_str(&w->kept, c.name.en), arena_str(&w->kept, c.name.de)};
    c.words = arena_str(&w->kept, c.words);
    end(w, OK);
    return c;
}

static category_id add(struct world *w, category_id parent, struct words name)
{
    category_id id = {0};
    struct category c = {.parent = parent, .name = name};
    check(end(w, category_add(begin(w), &c, &id)) == OK);
    return id;
}

static void C1_what_has_topics_below_stays_at_the_top(struct world *w)
{
    category_id net = add(w, (category_id){0}, SAY("Network", "Netz")),
                other = add(w, (category_id){0}, SAY("Access", "Anmeldung"));
    struct category c = load(w, add(w, net, SAY("Wi-Fi", "WLAN"))), top = load(w, net);
    c.parent = c.id;
    check(end(w, category_change(begin(w), &c)) == ERR_INVALID);
    top.parent = other;
    check(end(w, category_change(begin(w), &top)) == ERR_INVALID);
    c.parent = other;
    check(end(w, category_change(begin(w), &c)) == OK);
    check(load(w, c.id).parent.n == other.n);
}

static void C2_no_name_stands_twice(struct world *w)
{
    add(w, (category_id){0}, SAY("Network", "Netz"));
    struct category c = load(w, add(w, (category_id){0}, SAY("Wi-Fi", "WLAN")));
    c.name = SAY("Net", "Netz");
    check(end(w, category_change(begin(w), &c)) == ERR_INVALID);
    c.name = SAY("", "WLAN");
    check(end(w, category_change(begin(w), &c)) == ERR_INVALID);
}

static void C3_of_two_who_change_it_one_wins(struct world *w)
{
    struct category c = load(w, add(w, (category_id){0}, SAY("Wi-Fi", "WLAN")));
    c.words = S("funk");
    check(end(w, category_change(begin(w), &c)) == OK);
    check(end(w, category_change(begin(w), &c)) == ERR_STALE);
    check_text(load(w, c.id).words, S("funk"));
    check(end(w, category_load(begin_as(w, NINA), c.id, &c)) == ERR_ABSENT);
}

static void C5_what_has_ended_is_kept_and_not_offered(struct world *w)
{
    category_id net, wlan, none = {0};
    struct category *all;
    isize n;
    struct category up = {.name = SAY("Network", "Netz")}, c = {.name = SAY("Wi-Fi", "WLAN")};
    check(end(w, category_add(begin(w), &up, &net)) == OK);
    c.parent = net;
    check(end(w, category_add(begin(w), &c, &wlan)) == OK);
    up = (struct category){.id = net, .version = 1, .name = up.name, .ended = {7}};
    check(end(w, category_change(begin(w), &up)) == ERR_INVALID);    // WLAN stands below it
    c = (struct category){wlan, net, c.name, S(""), 1, {7}};
    check(end(w, category_change(begin(w), &c)) == OK);
    check(end(w, category_offer(begin(w), none, &all, &n)) == OK && n == 1);
    check(end(w, category_offer(begin(w), wlan, &all, &n)) == OK && n == 2);
    struct choice_wish ended = {.ended = true, .most = 9};
    check(end(w, category_page(begin(w), &ended, &all, &n)) == OK && n == 1);
    check(end(w, category_change(begin(w), &up)) == OK);
    c.version = 2;
    c.ended.ms = 0;
    check(end(w, category_change(begin(w), &c)) == ERR_INVALID);    // Netz has ended
    c.parent = (category_id){0};
    check(end(w, category_change(begin(w), &c)) == OK);
    check(end(w, category_offer(begin(w), none, &all, &n)) == OK && all[0].id.n == wlan.n);
}

static void C6_what_nothing_refers_to_can_be_removed(struct world *w)
{
    category_id net, wlan;
    struct category c = {.name = SAY("Network", "Netz")};
    check(end(w, category_add(begin(w), &c, &net)) == OK);
    c = (struct category){.parent = net, .name = SAY("Wi-Fi", "WLAN")};
    check(end(w, category_add(begin(w), &c, &wlan)) == OK);
    check(end(w, category_remove(begin(w), net, 1)) == ERR_INVALID);
    check(end(w, category_remove(begin(w), wlan, 2)) == ERR_STALE);
    check(end(w, category_remove(begin_as(w, NINA), wlan, 1)) == ERR_ABSENT);
    EACH_FAULT(w) {
        enum err err = end(w, category_remove(begin(w), wlan, 1));
        check(err == (db_failed(w->db) ? ERR_BUSY : OK));
    }
    db_fail_at(w->db, 0);
    check(ask(w, "select count(*) from category") == 1);
    check(end(w, category_remove(begin(w), net, 1)) == OK);
}

static void C7_a_key_never_comes_again(struct world *w)
{
    category_id gone = add(w, (category_id){0}, SAY("Network", "Netz"));
    check(end(w, category_remove(begin(w), gone, 1)) == OK);
    check(add(w, (category_id){0}, SAY("Wi-Fi", "WLAN")).n > gone.n);
}

const struct test category_tests[] = {
    T(C5_what_has_ended_is_kept_and_not_offered),
    T(C6_what_nothing_refers_to_can_be_removed),
    T(C7_a_key_never_comes_again),
    T(C1_categories_have_two_levels),
    T(C1_what_has_topics_below_stays_at_the_top),
    T(C2_no_name_stands_twice),
    T(C3_of_two_who_change_it_one_wins),
    {0},
};
