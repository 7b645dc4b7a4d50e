// SPDX-License-Identifier: GPL-3.0-or-later
#include "tenant/subaddress.h"

#include "testing/test.h"

static void S1_taken_apart(struct world *w)
{
    static const struct {
        const char *address, *user, *tag, *domain, *box;
    } table[] = {
        {"hilfe+abc@nord.example", "hilfe", "abc", "nord.example", "hilfe@nord.example"},
        {"Hilfe@NORD.example", "Hilfe", "", "NORD.example", "hilfe@nord.example"},
        {"a+b+c@d.example", "a", "b+c", "d.example", "a@d.example"},
        {"+b@d.example", "", "b", "d.example", "@d.example"},
        {"a@b+c@d", "a", "", "b+c@d", "a@b+c@d"},
        {"nobody", "nobody", "", "", "nobody@"},
        {"", "", "", "", "@"},
    };
    for (isize i = 0; i < countof(table); i++) {
        str address = str_from_z(table[i].address);
        struct subaddress s = subaddress_of(address);
        check_text(s.user, str_from_z(table[i].user));
        check_text(s.tag, str_from_z(table[i].tag));
        check_text(s.domain, str_from_z(table[i].domain));
        check_text(subaddress_box(&w->kept, address), str_from_z(table[i].box));
    }
}

static void S2_the_same_box(struct world *w)
{
    (void)w;
    check(subaddress_same_box(S("hilfe+a@nord.example"), S("Hilfe@Nord.example")));
    check(!subaddress_same_box(S("hilfe@nord.example"), S("hilfe@sued.example")));
    check(!subaddress_same_box(S("hilf@nord.example"), S("hilfe@nord.example")));
    check(!subaddress_same_box(S("x"), S("x")) && !subaddress_same_box(S(""), S("")));
}

const struct test subaddress_tests[] = {
    T(S1_taken_apart),
    T(S2_the_same_box),
    {0},
};
