// SPDX-License-Identifier: GPL-3.0-or-later
#include "engagement/release_customer.h"

#include "contact/contact.h"
#include "testing/test.h"

static contact_id add(struct world *w, const struct contact *c)
{
    contact_id id = {0};
    check(end(w, contact_add(begin(w), c, &id)) == OK);
    return id;
}

static contact_id beat(struct world *w)
{
    static const struct contact_address at[] = {
        {ADDRESS_MAIL, .shown = WORD("b.rueegsegger@kanton-bern.example")},
        {ADDRESS_PHONE, .shown = WORD("+41 31 123 45 67")},
        {ADDRESS_MAIL, .shown = WORD("beat@alpenrose.example")}};
    return add(w, &(struct contact){.name = S("Beat Rüegsegger"),
                                    .org = S("Kern GmbH"),
                                    .reach = S("wohnt in Thun"),
                                    .src = S("alt"),
                                    .src_id = S("K-20815"),
                                    .address = at,
                                    .addresses = countof(at)});
}

static bool finds(struct world *w, const struct release_customer *c, const char *text)
{
    return release_finds(&w->kept, str_from_z(text), c);
}

static void U1_all_that_is_known_of_him(struct world *w)
{
    struct release_customer c;
    struct ticket t = {.contact = beat(w), .number = 41822073};
    struct ctx *cx = begin_as(w, ADA);
    check(release_customer_of(cx, &t, &c) == OK);
    check(finds(w, &c, "Frau Rüegsegger") && finds(w, &c, "bei Kern"));
    check(finds(w, &c, "Kanton Bern") && finds(w, &c, "die Alpenrose"));
    check(finds(w, &c, "in Thun") && finds(w, &c, "es ist K-20815"));
    check(!finds(w, &c, "Vorgang 4182-2073") && !finds(w, &c, "der Router hängt"));
    t.contact.n = 0;
    check(release_customer_of(cx, &t, &c) == OK && !finds(w, &c, "Kanton Bern"));
    check(end(w, OK) == OK);
}

static void U2_of_several_customers_all_of_it(struct world *w)
{
    contact_id id[2] = {beat(w)};
    id[1] = add(w, &(struct contact){
                       .name = S("Ida Ott"), .src = S("alt"), .src_id = S("K-99120")});
    struct release_customer c;
    struct ctx *cx = begin_as(w, ADA);
    check(release_customer_all(cx, id, 2, &c) == OK);
    check(finds(w, &c, "Frau Ott") && finds(w, &c, "Kanton Bern"));
    check(finds(w, &c, "K-20815") && finds(w, &c, "K-99120"));
    check(end(w, OK) == OK);
}

const struct test release_customer_tests[] = {
    T(U1_all_that_is_known_of_him),
    T(U2_of_several_customers_all_of_it),
    {0},
};
