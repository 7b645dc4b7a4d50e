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
    check(category_list(cx, &all, &n) == OK && n == 3);
    check_text(all[0].name.de, S("Anmeldung"));
    check_text(all[1].name.de, S("Netz"));
    check_text(all[2].words, S("funk"));
    check(category_by_name(cx, S("Wi-Fi"), &none) == OK && none.n == wlan.n);
    end(w, OK);
    cx = begin(w);    // C2
    check(end(w, category_add(cx, &(struct category){.name = SAY("Net", "Netz")}, &none))
          == ERR_INVALID);
    cx = begin_as(w, NINA);
    check(category_list(cx, &all, &n) == OK && n == 0);
    check(category_by_name(cx, S("WLAN"), &none) == ERR_ABSENT);
    struct ticket_made m;
    struct ticket_new t = {.channel = CHANNEL_MAIL, .subject = S("x"), .category = wlan};
    check(ticket_create(cx, &t, &m) == ERR_ABSENT);
    end(w, ERR_ABSENT);
}

const struct test category_tests[] = {
    T(C1_categories_have_two_levels),
    {0},
};
