// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "base/zone.h"
#include "clock/agreement.h"
#include "contact/contact.h"

static const int64_t HOUR = 3600000;

static void begun(struct world *w)
{
    check(end(w, agreement_begin(begin_as(w, GERO))) == OK);
}

static struct agreement standard(struct world *w)
{
    struct agreement a = {0};
    check(agreement_load(begin(w), (agreement_id){1}, &a) == OK);
    check(end(w, OK) == OK);
    return a;
}

static int64_t another(struct world *w, str name, str org, category_id category)
{
    struct agreement a = standard(w);
    a.id.n = 0;
    a.name = name;
    a.org = org;
    a.category = category;
    agreement_id id = {0};
    check(end(w, agreement_save(begin_as(w, GERO), &a, &id)) == OK);
    return id.n;
}

static int64_t of_case(struct world *w, contact_id contact, category_id category)
{
    struct ctx *cx = begin(w);
    struct ticket_new n = {
        .channel = CHANNEL_MAIL, .subject = S("x"), .contact = contact, .category = category};
    struct ticket_made made;
    struct agreement a = {0};
    check(ticket_create(cx, &n, &made) == OK);
    check(agreement_of(cx, made.at.id, &a) == OK);
    check(end(w, OK) == OK);
    return a.id.n;
}

static void G1_firm_before_topic_before_everybody(struct world *w)
{
    category_id upper = {0}, lower = {0};
    contact_id of_firm = {0}, alone = {0};
    begun(w);
    struct ctx *cx = begin(w);
    struct category up = {.name = {S("Network"), S("Netz")}};
    check(category_add(cx, &up, &upper) == OK);
    struct category low = {.name = {S("WLAN"), S("WLAN")}, .parent = upper};
    check(category_add(cx, &low, &lower) == OK);
    check(
        contact_add(cx, &(struct contact){.name = S("Ida"), .org = S("Muster GmbH")}, &of_firm)
        == OK);
    check(contact_add(cx, &(struct contact){.name = S("Jo")}, &alone) == OK);
    check(end(w, OK) == OK);
    check(of_case(w, of_firm, lower) == 1);
    int64_t topic = another(w, S("Netz"), S(""), upper);
    check(of_case(w, alone, lower) == topic && of_case(w, alone, (category_id){0}) == 1);
    int64_t finer = another(w, S("WLAN"), S(""), lower);
    check(of_case(w, alone, lower) == finer && of_case(w, alone, upper) == topic);
    int64_t firm = another(w, S("Muster"), S("Muster GmbH"), (category_id){0});
    check(of_case(w, of_firm, lower) == firm && of_case(w, alone, lower) == finer);
}

static contact_id person(struct world *w, str name, str org, bool vip)
{
    contact_id id = {0};
    struct contact c = {.name = name, .org = org, .vip = vip};
    check(end(w, contact_add(begin(w), &c, &id)) == OK);
    return id;
}

static void G1_of_a_vip_before_its_topic_and_behind_its_firm(struct world *w)
{
    category_id wlan = {0};
    begun(w);
    contact_id ida = person(w, S("Ida"), S("Muster GmbH"), false),
               jo = person(w, S("Jo"), S(""), true), ole = person(w, S("Ole"), S(""), false);
    struct category topic = {.name = {S("WLAN"), S("WLAN")}};
    check(end(w, category_add(begin(w), &topic, &wlan)) == OK);
    int64_t of_topic = another(w, S("WLAN"), S(""), wlan);
    struct agreement a = standard(w);
    a.id.n = 0;
    a.name = S("VIP");
    a.vip = true;
    agreement_id vip = {0};
    check(end(w, agreement_save(begin_as(w, GERO), &a, &vip)) == OK);
    check(agreement_load(begin(w), vip, &a) == OK && a.vip && end(w, OK) == OK);
    check(of_case(w, jo, wlan) == vip.n && of_case(w, jo, (category_id){0}) == vip.n);
    check(of_case(w, ole, wlan) == of_topic && of_case(w, ole, (category_id){0}) == 1);
    check(of_case(w, ida, (category_id){0}) == 1);
    check(end(w, contact_mark_firm(begin(w), S("Muster GmbH"), true)) == OK);
    check(of_case(w, ida, (category_id){0}) == vip.n);
    int64_t firm = another(w, S("Muster"), S("Muster GmbH"), (category_id){0});
    check(of_case(w, ida, (category_id){0}) == firm && of_case(w, jo, wlan) == vip.n);
}

static void name_of(struct world *w, const ticket_id *c, const struct agreement *tried,
                    str *out)
{
    struct ctx *cx = begin(w);
    for (int i = 0; i < 6; i++) {
        struct agreement a = {0};
        check(agreement_trying(cx, c[i], tried, &a) == OK);
        out[i] = keep(w, a.name);
    }
    check(end(w, OK) == OK);
}

// What would hold, and what holds once it is saved.
static agreement_id as_tried(struct world *w, const ticket_id *c, const struct agreement *a)
{
    agreement_id id = {0};
    str would[6], is[6];
    name_of(w, c, a, would);
    check(end(w, agreement_save(begin_as(w, GERO), a, &id)) == OK);
    name_of(w, c, NULL, is);
    for (int i = 0; i < 6; i++)
        check_text(would[i], is[i]);
    return id;
}

static void G6_what_is_tried_holds_where_it_would_hold_if_it_were_saved(struct world *w)
{
    category_id upper = {0}, lower = {0};
    ticket_id c[6];
    begun(w);
    contact_id who[] = {person(w, S("Ida"), S("Muster GmbH"), false),
                        person(w, S("Uwe"), S("Muster GmbH"), true),
                        person(w, S("Jo"), S(""), true)};
    struct category up = {.name = {S("Network"), S("Netz")}};
    check(end(w, category_add(begin(w), &up, &upper)) == OK);
    struct category low = {.name = {S("WLAN"), S("WLAN")}, .parent = upper};
    check(end(w, category_add(begin(w), &low, &lower)) == OK);
    for (int i = 0; i < 6; i++) {
        struct ticket_made made;
        struct ticket_new n = {.channel = CHANNEL_MAIL,
                               .subject = S("x"),
                               .contact = who[i % 3],
                               .category = i < 3 ? lower : (category_id){0}};
        check(end(w, ticket_create(begin(w), &n, &made)) == OK);
        c[i] = made.at.id;
    }
    struct agreement a = standard(w);
    agreement_id first = {0};
    for (int i = 0; i < 12; i++) {    // each kind twice: the older of two holds
        a.id.n = 0;
        a.name = keep(w, arena_fmt(&w->kept, "%d", i));
        a.org = i % 2 == 1 ? S("Muster GmbH") : S("");
        a.vip = i / 2 % 2 == 1;
        a.category = i < 4 ? (category_id){0} : i < 8 ? upper : lower;
        agreement_id id = as_tried(w, c, &a);
        as_tried(w, c,
                 &(struct agreement){.name = arena_join(&w->kept, a.name, S(" again")),
                                     .org = a.org,
                                     .vip = a.vip,
                                     .category = a.category,
                                     .calendar = a.calendar,
                                     .teams = a.teams,
                                     .vendors = a.vendors});
        if (i == 0)
            first = id;
    }
    for (int i = 0; i < 8; i++) {    // one that is there, narrowed and widened
        a.id = first;
        a.name = S("changed");
        a.version = i + 1;
        a.org = i & 1 ? S("Muster GmbH") : S("");
        a.vip = (i & 2) != 0;
        a.category = i & 4 ? lower : (category_id){0};
        as_tried(w, c, &a);
    }
}

static void G2_without_one_the_house_s(struct world *w)
{
    struct agreement a = {0};
    check(agreement_of(begin(w), (ticket_id){0}, &a) == OK);
    check(a.id.n == 0);
    instant sunday = {zone_days(2026, 11, 22) * 24 * HOUR};
    check(agreement_due(&a, CLOCK_FIRST, 0, 3, CHANNEL_MAIL, sunday).ms
          == sunday.ms + 4 * HOUR);
    check(agreement_due(&a, CLOCK_FIRST, 0, 3, CHANNEL_CHAT, sunday).ms
          == sunday.ms + HOUR / 4);
    check(agreement_due(&a, CLOCK_ACCEPT, 2, 1, CHANNEL_MAIL, sunday).ms
          == sunday.ms + HOUR / 12);
    check(end(w, OK) == OK);
}

static void G3_without_a_target_no_clock(struct world *w)
{
    struct agreement a = {0};
    check(agreement_of(begin(w), (ticket_id){0}, &a) == OK);
    check(agreement_due(&a, CLOCK_FIX, 4, 1, CHANNEL_MAIL, (instant){1}).ms == 0);
    check(end(w, OK) == OK);
}

static void G4_working_time(struct world *w)
{
    begun(w);
    struct agreement a = {0};
    check(agreement_load(begin(w), (agreement_id){1}, &a) == OK);
    instant friday = {zone_days(2026, 11, 27) * 24 * HOUR + 16 * HOUR};    // 17:00 in Berlin
    check(agreement_due(&a, CLOCK_FIRST, 0, 3, CHANNEL_MAIL, friday).ms
          == friday.ms + (2 * 24 + 14 + 4) * HOUR);
    check(end(w, OK) == OK);
}

static void G5_who_is_paused_by_what(struct world *w)
{
    begun(w);
    struct agreement a = standard(w);
    unsigned solve = agreement_pauses(&a, CLOCK_SOLVE);
    check((solve & 1 << CLOCK_CUSTOMER) != 0 && (solve & 1 << CLOCK_VENDOR) == 0);
    check((agreement_pauses(&a, CLOCK_WORK) & 1 << CLOCK_VENDOR) != 0);
    check(agreement_pauses(&a, CLOCK_FIRST) == 0);
}

static void two_with_one_name_or_from_elsewhere_are_refused(struct world *w)
{
    begun(w);
    struct agreement a = standard(w);
    agreement_id id = {0};
    a.id.n = 0;
    a.org = S("");
    a.name = S("Standard");
    check(end(w, agreement_save(begin_as(w, GERO), &a, &id)) == ERR_INVALID);
    a.name = S("Andere");
    check(end(w, agreement_save(begin_as(w, NINA), &a, &id)) == ERR_ABSENT);
    a.id.n = 1;
    a.version = 7;
    check(end(w, agreement_save(begin_as(w, GERO), &a, &id)) == ERR_STALE);
}

static void beginning_is_whole_or_not_at_all(struct world *w)
{
    struct who gero = who_is(w, GERO);
    EACH_FAULT(w) {
        check(ask(w, "select count(*) from calendar") == 0);
        struct ctx *cx = begin_with(w, gero);
        end(w, agreement_begin(cx));
    }
    check(ask(w, "select count(*) from agreement") == 1);
    check(ask(w, "select count(*) from agreement_target") == 12 * 4);
}

const struct test agreement_tests[] = {
    T(G1_firm_before_topic_before_everybody),
    T(G1_of_a_vip_before_its_topic_and_behind_its_firm),
    T(G6_what_is_tried_holds_where_it_would_hold_if_it_were_saved),
    T(G2_without_one_the_house_s),
    T(G3_without_a_target_no_clock),
    T(G4_working_time),
    T(G5_who_is_paused_by_what),
    T(two_with_one_name_or_from_elsewhere_are_refused),
    T(beginning_is_whole_or_not_at_all),
    {0},
};
