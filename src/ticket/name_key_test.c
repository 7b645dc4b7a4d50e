// SPDX-License-Identifier: GPL-3.0-or-later
#include "ticket/name_key.h"

#include "mail/clean.h"
#include "testing/plan.h"
#include "testing/test.h"
#include "workplace/classify.h"

enum { CROWD = 1100 };    // more than LIMIT_ROWS: no statement gives them all

static product_id product(struct world *w, str name, str words)
{
    product_id id = {0};
    struct product p = {.name = name, .words = words};
    check(end(w, product_add(begin(w), &p, &id)) == OK);
    return id;
}

static category_id topic(struct world *w, str name, str words)
{
    category_id id = {0};
    struct category c = {.name = {name, name}, .words = words};
    check(end(w, category_add(begin(w), &c, &id)) == OK);
    return id;
}

static int64_t named(struct world *w, const char *text)
{
    struct product p;
    check(end(w, product_by_text(begin(w), str_from_z(text), &p)) == OK);
    return p.id.n;
}

static int64_t said(struct world *w, const char *text)
{
    struct category *c;
    isize n;
    struct ctx *cx = begin(w);
    check(category_said(cx, str_from_z(text), (category_id){0}, CLASSIFY_SHARED, &c, &n) == OK);
    int64_t first = n > 0 ? c[0].id.n : 0;
    end(w, OK);
    return first;
}

static uint64_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 33;
}

// Pieces that begin and end words, or do not, put together by chance.
static str by_chance(struct arena *a, uint64_t *state, int most)
{
    static const char *const piece[] = {"fjord", "Fjord", "2",   "20",  " ", " ",
                                        " ",     "  ",    "-",   "(x)", "ä", "äö",
                                        "pc",    ".",     "rot", "fjo", "€", ","};
    str s = S("");
    for (int i = (int)(next_random(state) % (uint64_t)most); i >= 0; i--)
        s = arena_join(a, s, str_from_z(piece[next_random(state) % countof(piece)]));
    return s;
}

static void K1_a_product_is_found_as_in_the_whole_list(struct world *w)
{
    uint64_t state = 7;
    struct product *all, found;
    isize n, hits = 0;
    struct ctx *cx = begin(w);
    for (int i = 0; i < 150; i++) {
        product_id id;
        struct product p = {.name = clean_name(cx->arena, by_chance(cx->arena, &state, 6)),
                            .words = by_chance(cx->arena, &state, 9),
                            .ended = {i % 10 == 0}};
        if (p.name.n > 0 && product_by_name(cx, p.name, &id) == ERR_ABSENT)
            check(product_add(cx, &p, &id) == OK);
    }
    check(product_page(cx, &(struct choice_wish){.most = 1000}, &all, &n) == OK && n > 80);
    for (int i = 0; i < 400; i++) {
        str text = by_chance(cx->arena, &state, i % 50 == 0 ? 400 : 12);
        const struct product *p = product_named(cx->arena, text, all, n);
        check(product_by_text(cx, text, &found) == OK);
        check(found.id.n == (p == NULL ? 0 : p->id.n));
        hits += p != NULL;
    }
    check(hits > 50 && hits < 400);
    end(w, ERR_BUSY);
}

static void K1_topics_are_found_as_in_the_whole_list(struct world *w)
{
    uint64_t state = 11;
    struct category *all, *few;
    const struct category *want[CLASSIFY_HINTS], *got[CLASSIFY_HINTS];
    isize n, m, hits = 0;
    struct ctx *cx = begin(w);
    for (int i = 0; i < 60; i++) {
        category_id id;
        str name = arena_fmt(cx->arena, "Thema %d", i);
        struct category c = {.name = {name, name}, .words = by_chance(cx->arena, &state, 9)};
        check(category_add(cx, &c, &id) == OK);
    }
    check(category_offer(cx, (category_id){0}, &all, &n) == OK && n == 60);
    for (int i = 0; i < 300; i++) {
        str text = by_chance(cx->arena, &state, 12);
        check(category_said(cx, text, (category_id){0}, CLASSIFY_SHARED, &few, &m) == OK);
        isize wanted = classify_hints(cx->arena, text, all, n, want);
        check(classify_hints(cx->arena, text, few, m, got) == wanted);
        for (isize k = 0; k < wanted; k++)
            check(want[k]->id.n == got[k]->id.n);
        hits += wanted;
    }
    check(hits > 50);
    end(w, ERR_BUSY);
}

static void K1_words_of_three_bytes_and_of_any_letters(struct world *w)
{
    int64_t vpn = topic(w, S("VPN"), S("vpn äö 🖨 x🖨 Fjordblick")).n;
    check(said(w, "das VPN") == vpn && said(w, "vpn") == vpn && said(w, "vp n") == 0);
    check(said(w, "hier: äöü") == vpn && said(w, "ä ö") == 0);
    check(said(w, "x🖨") == vpn && said(w, "der fjordblick") == vpn && said(w, "Fjord") == 0);
    check(said(w, "") == 0 && named(w, "") == 0);
}

static void K1_only_the_own_desk_and_what_can_be_chosen(struct world *w)
{
    struct product p;
    struct category *c;
    isize n;
    product(w, S("Fjord 4"), S(""));
    category_id net = topic(w, S("Netz"), S("wlan"));
    check(end(w, product_by_text(begin_as(w, NINA), S("Fjord 4"), &p)) == OK && p.id.n == 0);
    struct ctx *cx = begin_as(w, NINA);
    check(end(w, category_said(cx, S("wlan"), net, CLASSIFY_SHARED, &c, &n)) == OK && n == 0);
    struct category ended = {
        .id = net, .version = 1, .name = SAY("Netz", "Netz"), .words = S("wlan"), .ended = {7}};
    check(end(w, category_change(begin(w), &ended)) == OK && said(w, "wlan") == 0);
    cx = begin(w);
    check(end(w, category_said(cx, S("wlan"), net, CLASSIFY_SHARED, &c, &n)) == OK && n == 1);
}

static void K2_a_name_and_its_keys_change_together(struct world *w)
{
    struct product p = {.name = S("Fjord 4"), .words = S("weißer Router"), .version = 1};
    struct category c = {.name = SAY("Netz", "Netz"), .words = S("wlan"), .version = 1};
    p.id = product(w, p.name, p.words);
    c.id = topic(w, c.name.de, c.words);
    check(named(w, "der weiße Router") == 0 && named(w, "WEIßER ROUTER") == p.id.n);
    p.words = S("");
    p.name = S("Boje");
    c.words = S("funk");
    EACH_FAULT(w) {
        check(ask(w, "select count(*) from product_key where name <> 'boje'") == 2);
        struct ctx *cx = begin(w);
        enum err err = product_change(cx, &p);
        err = end(w, err == OK ? category_change(cx, &c) : err);
        check(err == (db_failed(w->db) ? ERR_BUSY : OK));
    }
    db_fail_at(w->db, 0);
    check(named(w, "Fjord 4, weißer Router") == 0 && named(w, "boje") == p.id.n);
    check(said(w, "wlan") == 0 && said(w, "Rundfunk") == c.id.n);
    check(end(w, product_remove(begin(w), p.id, 2)) == OK);
    check(end(w, category_remove(begin(w), c.id, 2)) == OK);
    check(ask(w, "select (select count(*) from product_key)"
                 " + (select count(*) from category_key)")
          == 0);
}

static void K3_what_is_older_gets_its_keys(struct world *w)
{
    product_id four = product(w, S("Fjord 4"), S("weißer Router"));
    category_id net = topic(w, S("Netz"), S("wlan"));
    struct ctx *cx = begin(w);
    check(db_script(cx, "delete from product_key; delete from category_key;"
                        "update product set keyed = 0; update category set keyed = 0;")
          == OK);
    check(end(w, OK) == OK && named(w, "Fjord 4") == 0);
    begin(w);
    end(w, ERR_BUSY);    // job_drain makes its own transactions
    check(job_drain(&w->cx, name_key_jobs) == OK);
    check(named(w, "weißer Router") == four.n && said(w, "WLAN") == net.n);
    check(ask(w, "select count(*) from product where keyed = 0") == 0);
}

static void K4_thousands_of_one_maker_are_no_crowd(struct world *w)
{
    product_id id;
    category_id topic;
    struct ctx *cx = begin(w);
    for (int i = 0; i < CROWD; i++) {
        struct product p = {.name = arena_fmt(cx->arena, "Fjord Router %05d", i),
                            .words = S("Router, Modem")};
        struct category c = {.words = arena_fmt(cx->arena, "geht nicht wort%05d", i)};
        c.name.de = c.name.en = arena_fmt(cx->arena, "Thema %05d", i);
        check(product_add(cx, &p, &id) == OK && category_add(cx, &c, &topic) == OK);
    }
    check(end(w, OK) == OK);
    check(named(w, "mein fjord router 01099 blinkt") == id.n);
    product_id set = product(w, S("Fjord Router 3 plus (im Set) weiß"), S(""));
    check(named(w, "ein fjord router 3 PLUS (im set) weiß!") == set.n);
    check(named(w, "ein fjord router 3 plus im set weiß") == id.n - CROWD + 1);
    check(named(w, "der Router blinkt") == id.n - CROWD + 1);    // the first by name
    check(said(w, "es geht nicht") == 0 && said(w, "es geht nicht: Wort01099") == topic.n);
}

static void K3_keys_are_dropped_by_their_index(struct world *w)
{
    if (db_is_postgres(w->db))
        return;
    struct ctx *cx = begin(w);
    str product = plan_of(cx, plan_statement("product_key_drop")),
        topic = plan_of(cx, plan_statement("category_key_drop"));
    check(str_find(product, S("INDEX product_key_of")) >= 0);
    check(str_find(topic, S("INDEX category_key_of")) >= 0);
    check(end(w, OK) == OK);
}

const struct test name_key_tests[] = {
    T(K1_a_product_is_found_as_in_the_whole_list),
    T(K1_topics_are_found_as_in_the_whole_list),
    T(K1_words_of_three_bytes_and_of_any_letters),
    T(K1_only_the_own_desk_and_what_can_be_chosen),
    T(K2_a_name_and_its_keys_change_together),
    T(K3_what_is_older_gets_its_keys),
    T(K3_keys_are_dropped_by_their_index),
    T(K4_thousands_of_one_maker_are_no_crowd),
    {0},
};
