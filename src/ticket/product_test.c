// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/now.h"
#include "base/zone.h"
#include "testing/test.h"
#include "ticket/product.h"

static product_id add(struct world *w, const char *name, product_id successor)
{
    product_id id;
    struct product p = {.name = str_from_z(name), .successor = successor};
    check(end(w, product_add(begin(w), &p, &id)) == OK);
    return id;
}

static struct product load(struct world *w, product_id id)
{
    struct product p;
    struct ctx *cx = begin(w);
    check(product_load(cx, id, &p) == OK);
    p.name = arena_str(&w->kept, p.name);
    p.words = arena_str(&w->kept, p.words);
    p.offer.de = arena_str(&w->kept, p.offer.de);
    end(w, OK);
    return p;
}

static struct product instead(struct world *w, product_id id)
{
    struct product p = load(w, id), next;
    check(end(w, product_instead(begin(w), &p, &next)) == OK);
    return next;
}

static void R1_products_have_one_name(struct world *w)
{
    struct product *all;
    isize n;
    product_id x2 = add(w, "Router X2", (product_id){0}), other = add(w, "Boje", x2);
    check(end(w, product_add(begin(w), &(struct product){.name = S(" ")}, &x2)) == ERR_INVALID);
    check(end(w, product_add(begin(w), &(struct product){.name = S("Boje")}, &x2))
          == ERR_INVALID);
    struct product p = load(w, other);
    p.name = S("Router X2");
    check(end(w, product_change(begin(w), &p)) == ERR_INVALID);
    check(end(w, product_offer(begin(w), (product_id){0}, &all, &n)) == OK && n == 2);
    check(all[0].id.n == other.n);
    check(end(w, product_by_name(begin(w), S("Boje"), &x2)) == OK && x2.n == other.n);
}

static instant midnight(int year, int month, int day)
{
    return zone_instant((struct local){.year = year, .month = month, .day = day});
}

static void R2_the_last_day_counts_whole(struct world *w)
{
    struct product_life l = {zone_days(2024, 6, 30),
                             zone_days(2026, 10, 25)};    // 25 hours long
    check(product_state(&l, instant_plus(midnight(2024, 7, 1), -1)) == PRODUCT_SOLD);
    check(product_state(&l, midnight(2024, 7, 1)) == PRODUCT_KEPT);
    check(product_state(&l, instant_plus(midnight(2026, 10, 26), -1)) == PRODUCT_KEPT);
    check(product_state(&l, midnight(2026, 10, 26)) == PRODUCT_OUTLIVED);
    check(product_state(&(struct product_life){0, 0}, midnight(2026, 10, 26)) == PRODUCT_SOLD);
    product_id id;
    struct product p = {.name = S("X"), .life = {zone_days(2026, 1, 2), zone_days(2026, 1, 1)}};
    check(end(w, product_add(begin(w), &p, &id)) == ERR_INVALID);
}

static void R2_a_day_is_read_as_it_is_shown(struct world *w)
{
    struct arena *a = &w->kept;
    int64_t day;
    instant now = midnight(2026, 11, 28);
    check(product_day_read(S("30.06.2025"), now, &day) && day == zone_days(2025, 6, 30));
    check_text(product_day_shown(a, day, LANG_DE), S("30.06.2025"));
    check(product_day_read(S("2025-06-30"), now, &day) && day == zone_days(2025, 6, 30));
    check(product_day_read(product_day_shown(a, day, LANG_EN), now, &day));
    check(product_day_read(S(" "), now, &day) && day == 0);
    check(product_day_shown(a, 0, LANG_EN).n == 0);
    check(!product_day_read(S("31.06.2025"), now, &day)
          && !product_day_read(S("bald"), now, &day));
}

static void R3_what_comes_after_never_leads_back(struct world *w)
{
    product_id four = add(w, "Fjord 4", (product_id){0}), three = add(w, "Fjord 3", four),
               two = add(w, "Fjord 2", three);
    struct product p = load(w, four);
    p.successor = two;
    check(end(w, product_change(begin(w), &p)) == ERR_INVALID);
    p.successor = four;
    check(end(w, product_change(begin(w), &p)) == ERR_INVALID);
    p = load(w, three);
    p.life.sold_until = 1;    // long ago
    check(end(w, product_change(begin(w), &p)) == OK);
    check(instead(w, two).id.n == four.n && instead(w, four).id.n == 0);
    p = load(w, two);
    p.successor.n = 99;
    check(end(w, product_change(begin(w), &p)) == ERR_INVALID);
    p.successor = four;
    p.id.n = 0;
    p.name = S("Fjord 1");
    check(end(w, product_add(begin_as(w, NINA), &p, &two)) == ERR_INVALID);    // another desk's
}

static void R4_a_text_names_a_product_by_whole_words(struct world *w)
{
    struct product all[] = {
        {.id = {1}, .name = S("Router Fjord 4"), .words = S("Fjord, weißer Router")},
        {.id = {2}, .name = S("Router Fjord 2"), .words = S("Fjord 2, grauer Router")},
    };
    struct arena *a = &w->kept;
    check(product_named(a, S("FJORD 2: kein Licht"), all, 2)->id.n == 2);
    check(product_named(a, S("mein Fjord geht nicht"), all, 2)->id.n == 1);
    check(product_named(a, S("der weiße weißer Router!"), all, 2)->id.n == 1);
    check(product_named(a, S("Fjord 20, Fjordblick"), all, 2)->id.n == 1);
    check(product_named(a, S("Fjordblick, äFjord 2ä, Router"), all, 2) == NULL);
    check(product_named(a, S("ein pc"), &(struct product){.name = S("PC")}, 1) == NULL);
    check(product_named(a, S(""), all, 2) == NULL && product_named(a, S("x"), all, 0) == NULL);
}

static void R6_its_texts_are_one_line(struct world *w)
{
    product_id id;
    struct product p = {.name = S(" Fjord\r\nBcc: x\xe2\x80\xae "),
                        .offer = {S("€59\r\nBcc: y"), S("59 €\r\nBcc: y")}};
    check(end(w, product_add(begin(w), &p, &id)) == OK);
    p = load(w, id);
    check(str_find(p.name, S("\n")) < 0 && str_find(p.name, S("\xe2\x80\xae")) < 0);
    check(str_find(p.offer.de, S("\r")) < 0 && str_starts(p.name, S("Fjord")));
    p.name = S("\xe2\x80\xae");
    check(end(w, product_change(begin(w), &p)) == ERR_INVALID);
}

static void R5_of_two_who_change_it_one_wins(struct world *w)
{
    struct product p = load(w, add(w, "Boje", (product_id){0}));
    p.offer.de = S("49 € statt 89 €");
    check(end(w, product_change(begin(w), &p)) == OK);
    check(end(w, product_change(begin(w), &p)) == ERR_STALE);
    p = load(w, p.id);
    check(str_eq(p.offer.de, S("49 € statt 89 €")) && p.version == 2);
    p.name = S("Bake");
    p.id.n = 99;
    check(end(w, product_change(begin(w), &p)) == ERR_STALE);
    check(end(w, product_load(begin(w), (product_id){99}, &p)) == ERR_ABSENT);
}

static void R7_what_has_ended_is_kept_and_neither_offered_nor_named(struct world *w)
{
    struct product *all, found;
    isize n;
    product_id four = add(w, "Fjord 4", (product_id){0}), two = add(w, "Fjord 2", four);
    struct product p = load(w, four);
    p.ended.ms = 7;
    check(end(w, product_change(begin(w), &p)) == OK);
    check(end(w, product_offer(begin(w), (product_id){0}, &all, &n)) == OK && n == 1);
    check(end(w, product_offer(begin(w), four, &all, &n)) == OK && n == 2);
    struct choice_wish ended = {.ended = true, .most = 9};
    check(end(w, product_page(begin(w), &ended, &all, &n)) == OK && n == 1);
    check(instead(w, two).id.n == 0);
    check(end(w, product_by_text(begin(w), S("der Fjord 4 blinkt"), &found)) == OK);
    check(found.id.n == 0);
    p.version = 2;
    p.ended.ms = 0;
    check(end(w, product_change(begin(w), &p)) == OK);
    check(end(w, product_by_text(begin(w), S("der Fjord 4 blinkt"), &found)) == OK);
    check(found.id.n == four.n);
}

static void R8_what_nothing_refers_to_can_be_removed(struct world *w)
{
    product_id four = add(w, "Fjord 4", (product_id){0}), two = add(w, "Fjord 2", four);
    check(end(w, product_remove(begin(w), four, 1)) == ERR_INVALID);
    check(end(w, product_remove(begin(w), two, 2)) == ERR_STALE);
    check(end(w, product_remove(begin_as(w, NINA), two, 1)) == ERR_ABSENT);
    EACH_FAULT(w) {
        enum err err = end(w, product_remove(begin(w), two, 1));
        check(err == (db_failed(w->db) ? ERR_BUSY : OK));
    }
    db_fail_at(w->db, 0);
    check(ask(w, "select count(*) from product") == 1);
}

static void R9_a_key_never_comes_again(struct world *w)
{
    product_id gone = add(w, "Fjord 4", (product_id){0});
    check(end(w, product_remove(begin(w), gone, 1)) == OK);
    check(add(w, "Fjord 5", (product_id){0}).n > gone.n);
}

const struct test product_tests[] = {
    T(R7_what_has_ended_is_kept_and_neither_offered_nor_named),
    T(R8_what_nothing_refers_to_can_be_removed),
    T(R9_a_key_never_comes_again),
    T(R1_products_have_one_name),
    T(R2_the_last_day_counts_whole),
    T(R2_a_day_is_read_as_it_is_shown),
    T(R3_what_comes_after_never_leads_back),
    T(R4_a_text_names_a_product_by_whole_words),
    T(R6_its_texts_are_one_line),
    T(R5_of_two_who_change_it_one_wins),
    {0},
};
