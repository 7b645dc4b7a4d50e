// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"
#include "ticket/category.h"
#include "ticket/product.h"

static const struct category topics[] = {
    {.name = WORDS("Network", "Netz"), .words = {"leitung", 7}},
    {.name = WORDS("Wi-Fi", "WLAN"), .parent = {1}, .words = {"100% funk", 9}},
    {.name = WORDS("Access", "Anmeldung")},
    {.name = WORDS("Old", "Altes"), .ended = {7}},
};

static void set_up(struct world *w)
{
    static const char *const names[] = {"Fjord 4", "Boje", "fjord_2", "Alter Fjord", "Anker"};
    struct ctx *cx = begin(w);
    category_id topic;
    product_id id;
    for (isize i = 0; i < countof(topics); i++)
        check(category_add(cx, &topics[i], &topic) == OK);
    for (isize i = 0; i < countof(names); i++) {
        struct product p = {.name = str_from_z(names[i]), .ended = {i == 3 ? 7 : 0}};
        p.words = i == 1 ? S("Leuchtfjord") : S("");
        check(product_add(cx, &p, &id) == OK);
    }
    check(end(w, OK) == OK);
}

static isize products(struct world *w, const char *typed, bool ended, isize skip,
                      struct product **out)
{
    isize n;
    struct choice_wish wish = {str_from_z(typed), ended, skip, 2};
    check(product_page(begin(w), &wish, out, &n) == OK);
    end(w, OK);
    return n;
}

static void N1_a_page_in_the_order_of_the_list(struct world *w)
{
    struct product *p, *all;
    struct choice_count c;
    isize n;
    set_up(w);
    check(end(w, product_count(begin(w), S(""), &c)) == OK && c.offered == 4 && c.ended == 1);
    check(end(w, product_offer(begin(w), (product_id){0}, &all, &n)) == OK && n == 4);
    int64_t key[] = {all[0].id.n, all[1].id.n, all[2].id.n, all[3].id.n};
    check(products(w, "", false, 0, &p) == 2 && p[0].id.n == key[0] && p[1].id.n == key[1]);
    check(products(w, "", false, 2, &p) == 2 && p[0].id.n == key[2] && p[1].id.n == key[3]);
    check(products(w, "", false, 4, &p) == 0);
    check(products(w, "", true, 0, &p) == 1);
    check(end(w, product_count(begin_as(w, NINA), S(""), &c)) == OK && c.offered == 0);
}

static void N2_a_product_is_found_by_any_letters(struct world *w)
{
    struct product *p;
    struct choice_count c;
    set_up(w);
    check(end(w, product_count(begin(w), S(" FJORD "), &c)) == OK);
    check(c.offered == 3 && c.ended == 1);
    check(products(w, "leucht", false, 0, &p) == 1);
    check(products(w, "d_2", false, 0, &p) == 1 && products(w, "d 4", false, 0, &p) == 1);
    check(products(w, "d_4", false, 0, &p) == 0 && products(w, "%", false, 0, &p) == 0);
    check(products(w, "!", false, 0, &p) == 0 && products(w, "alter", true, 0, &p) == 1);
}

static void N2_a_topic_is_found_by_the_one_above(struct world *w)
{
    struct choice_count c;
    struct category *k;
    isize n;
    set_up(w);
    check(end(w, category_count(begin(w), S("netz"), &c)) == OK && c.offered == 2);
    check(end(w, category_count(begin(w), S("access"), &c)) == OK && c.offered == 1);
    check(end(w, category_count(begin(w), S(""), &c)) == OK && c.offered == 3 && c.ended == 1);
    struct choice_wish wish = {S("100%"), false, 0, 50};
    struct ctx *cx = begin(w);
    check(category_page(cx, &wish, &k, &n) == OK && n == 1);
    check_text(category_path(cx->arena, k).de, S("Netz › WLAN"));
    check_text(category_path(cx->arena, &topics[0]).en, S("Network"));
    wish.ended = true;
    wish.typed = S("");
    check(category_page(cx, &wish, &k, &n) == OK && n == 1);
    end(w, OK);
}

static enum choice_found product_called(struct world *w, const char *name, product_id kept,
                                        product_id *id)
{
    enum choice_found found = CHOICE_NONE;
    check(end(w, product_find(begin(w), str_from_z(name), kept, id, &found)) == OK);
    return found;
}

static void N3_the_very_letters_before_others(struct world *w)
{
    product_id small, big, id;
    category_id topic;
    enum choice_found found;
    set_up(w);
    check(end(w, product_add(begin(w), &(struct product){.name = S("otter")}, &small)) == OK);
    check(end(w, product_add(begin(w), &(struct product){.name = S("OTTER")}, &big)) == OK);
    check(product_called(w, "OTTER", (product_id){0}, &id) == CHOICE_ONE && id.n == big.n);
    check(product_called(w, " otter ", (product_id){0}, &id) == CHOICE_ONE && id.n == small.n);
    check(product_called(w, "Otter", (product_id){0}, &id) == CHOICE_SEVERAL);
    check(product_called(w, "otte_", (product_id){0}, &id) == CHOICE_NONE);
    check(product_called(w, "Otte", (product_id){0}, &id) == CHOICE_NONE);
    check(product_called(w, "alter fjord", (product_id){0}, &id) == CHOICE_NONE);    // ended
    check(product_called(w, "alter fjord", (product_id){4}, &id) == CHOICE_ONE && id.n == 4);
    check(product_called(w, "alter fjord", (product_id){CHOICE_ALL}, &id) == CHOICE_ONE);
    check(
        end(w, category_find(begin(w), S("network › wi-fi"), (category_id){0}, &topic, &found))
        == OK);
    check(found == CHOICE_ONE && topic.n == 2);
    check(end(w, product_find(begin_as(w, NINA), S("otter"), small, &id, &found)) == OK);
    check(found == CHOICE_NONE);
}

const struct test choice_tests[] = {
    T(N1_a_page_in_the_order_of_the_list),
    T(N2_a_product_is_found_by_any_letters),
    T(N2_a_topic_is_found_by_the_one_above),
    T(N3_the_very_letters_before_others),
    {0},
};
