// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "base/now.h"
#include "base/zone.h"
#include "clock/rules_http.h"
#include "contact/contact.h"
#include "testing/web.h"

static void begun(struct world *w)
{
    w->now = zone_instant((struct local){2026, 11, 23, 9, 0, 0, 0, 0});
    check(end(w, agreement_begin(begin_as(w, GERO))) == OK);
}

static struct agreement standard(struct world *w)
{
    struct agreement a = {0};
    check(agreement_load(begin(w), (agreement_id){1}, &a) == OK);    // until the next begin()
    return a;
}

// --- the chain -------------------------------------------------------------------------------

static void Q1_what_fits_is_not_told(struct world *w)
{
    begun(w);
    struct agreement a = standard(w);
    struct chain c;
    for (int p = 1; p <= 4; p++)
        check(chain_check(&a, p, false, w->now, &c) && c.fits);
    a.seconds[CLOCK_SOLVE][0][1] = 0;
    check(!chain_check(&a, 1, false, w->now, &c));
}

static void Q1_the_sum_is_too_long(struct world *w)
{
    begun(w);
    struct agreement a = standard(w);
    struct chain c;
    a.seconds[CLOCK_WORK][2][1] = 4 * HOUR_S;
    check(chain_check(&a, 1, false, w->now, &c) && !c.fits);
    check(chain_links[c.weakest].level == 2 && chain_links[c.weakest].kind == CLOCK_WORK);
    check(c.reached.ms > c.promised.ms);
}

static void Q1_a_vendor_makes_it_longer(struct world *w)
{
    begun(w);
    struct agreement a = standard(w);
    struct chain c;
    a.seconds[CLOCK_FIX][4][1] = 40 * HOUR_S;
    check(chain_check(&a, 1, false, w->now, &c) && c.fits);
    check(chain_check(&a, 1, true, w->now, &c) && !c.fits);
    check(chain_links[c.weakest].kind == CLOCK_FIX);
}

// The hours fit one by one, and yet a case of Friday afternoon waits for Monday.
static void Q2_each_link_in_its_own_calendar(struct world *w)
{
    begun(w);
    struct agreement a = standard(w);
    struct calendar_store always = *a.of_customers;
    struct chain c;
    for (int day = 1; day <= 7; day++)
        check(calendar_read(&always.c, day, S("0-24")));
    a.of_customers = &always;
    check(chain_check(&a, 1, false, w->now, &c) && !c.fits);
    check(c.reached.ms - c.promised.ms > 48 * HOUR_S * INT64_C(1000));
}

static void Q3_who_never_works_is_the_weakest(struct world *w)
{
    begun(w);
    struct agreement a = standard(w);
    struct calendar_store never = {.c = {.wall = wall_find(S("UTC"))}};
    struct chain c;
    a.of_vendors = &never;
    check(chain_check(&a, 1, true, w->now, &c) && !c.fits && c.reached.ms == 0);
    check(chain_links[c.weakest].kind == CLOCK_FIX);
}

// --- the pages -------------------------------------------------------------------------------

static void spans_as_people_type_them(struct world *w)
{
    (void)w;
    static const struct {
        const char *typed;
        int seconds;
    } ok[] = {{"15 min", 900}, {"4 h", 14400}, {"1 h 30 min", 5400},
              {"90", 5400},    {"", 0},        {"4h", 14400}};
    static const char *const bad[] = {"bald", "4 x", "-3", "1 h 2 h 3 h", "999999"};
    for (isize i = 0; i < countof(ok); i++) {
        int s = -1;
        check(rules_span_read(str_from_z(ok[i].typed), &s) && s == ok[i].seconds);
    }
    for (isize i = 0; i < countof(bad); i++)
        check(!rules_span_read(str_from_z(bad[i]), &(int){0}));
}

static void only_who_configures(struct world *w)
{
    begun(w);
    check(web_get(w, ADA, "/a/zeiten").status == 403);
    check(web_get(w, 0, "/a/zeiten").status != 200);
    struct seen s = web_get(w, GERO, "/a/zeiten");
    check(s.status == 200 && web_shows(&s, "Standard") && web_shows(&s, "Mon–Fri 8–18"));
    check(web_get(w, GERO, "/a/vereinbarungen/77").status == 404);
    check(web_get(w, GERO, "/a/kalender/77").status == 404);
}

#define WEEK "&mon=8-16&tue=8-16&wed=8-16&thu=8-16&fri=8-14&sat=&sun="

static void a_calendar_is_saved(struct world *w)
{
    begun(w);
    struct seen s = web_post(w, GERO, "/a/kalender/0",
                             "name=Werkstatt&zone=Europe/Vienna&region=AT-9&version=0" WEEK
                             "&days=24.12.2026 zu 12-24 Weihnachtsfeier%0a28.12.2026 auf 9-12");
    check(s.status == 303);
    check(ask(w, "select count(*) from calendar where name = 'Werkstatt' and fri = '8-14'")
          == 1);
    check(ask(w, "select count(*) from calendar_day") == 2);
    s = web_get(w, GERO, "/a/kalender/2");
    check(web_shows(&s, "24.12.2026 closed 12-24 Weihnachtsfeier"));
}

static void H1_what_is_refused_comes_back(struct world *w)
{
    begun(w);
    struct seen s =
        web_post(w, GERO, "/a/kalender/0",
                 "name=Werkstatt&zone=Mond&region=&version=0" WEEK "&days=morgen zu");
    check(s.status == 422 && web_shows(&s, "value=\"Mond\"") && web_shows(&s, "morgen zu"));
    s = web_post(w, GERO, "/a/vereinbarungen/1",
                 "name=Standard&version=1&category=0&calendar=1&teams=1&vendors=1&z0p1=gleich&"
                 "z2p3=99 h");
    check(s.status == 422 && web_shows(&s, "value=\"gleich\"")
          && web_shows(&s, "value=\"99 h\""));
}

// category.h C5: who has the topic keeps it.
static void a_topic_that_has_ended_is_not_agreed_on_anew(struct world *w)
{
    begun(w);
    struct category net = {.name = SAY("Net", "Netz")};
    check(end(w, category_add(begin(w), &net, &net.id)) == OK);
    struct agreement a = standard(w);
    a.name = S("Standard");
    a.org = S("");
    a.category = net.id;
    check(end(w, OK) == OK);
    check(end(w, agreement_save(begin_as(w, GERO), &a, &a.id)) == OK);
    check(end(w, db_script(begin(w), "update category set ended = 7")) == OK);
    a.version++;
    check(end(w, agreement_save(begin_as(w, GERO), &a, &a.id)) == OK);
    a.id.n = 0;
    a.name = S("Netz");
    check(end(w, agreement_save(begin_as(w, GERO), &a, &a.id)) == ERR_INVALID);
}

static void an_agreement_is_saved(struct world *w)
{
    begun(w);
    struct seen s =
        web_post(w, GERO, "/a/vereinbarungen/1",
                 "name=Standard&version=1&org=&category=0&calendar=1&teams=1&vendors=1"
                 "&customer=1&z0p3=2 h&z2p3=20 h");
    check(s.status == 303);
    check(ask(w, "select count(*) from agreement_target") == 2);
    check(ask(w, "select pauses from agreement") == 1 << CLOCK_CUSTOMER);
    check(ask(w, "select seconds from agreement_target where kind = 1") == 7200);
    check(ask(w, "select vip from agreement") == 0);
    s = web_post(w, GERO, "/a/vereinbarungen/0",
                 "name=Wichtige&org=&category=0&vip=1&calendar=1&teams=1&vendors=1&z0p3=1 h");
    check(s.status == 303 && ask(w, "select count(*) from agreement where vip = 1") == 1);
    s = web_get(w, GERO, "/a/vereinbarungen/2");
    check(web_shows(&s, "name=\"vip\" value=\"1\" checked"));
    s = web_get(w, GERO, "/a/zeiten");
    check(web_shows(&s, "Only for VIPs") && web_shows(&s, "For everybody"));
}

static void H3_a_new_agreement_begins_with_what_holds(struct world *w)
{
    begun(w);
    struct agreement a = standard(w);
    a.id.n = 0;
    a.name = S("Muster");
    a.org = S("Muster GmbH");
    a.pauses |= 1 << CLOCK_VENDOR;
    a.seconds[CLOCK_FIRST][0][3] = 77 * 60;
    check(end(w, OK) == OK && end(w, agreement_save(begin_as(w, GERO), &a, &a.id)) == OK);
    struct seen s = web_get(w, GERO, "/a/vereinbarungen/0");
    check(web_shows(&s, "name=\"z0p3\" value=\"4 h\"")
          && web_shows(&s, "name=\"name\" value=\"\""));
    check(!web_shows(&s, "Muster GmbH"));
    s = web_get(w, GERO, "/a/vereinbarungen/2");
    check(web_shows(&s, "href=\"/a/vereinbarungen/0?org=Muster%20GmbH\""));
    s = web_get(w, GERO, "/a/vereinbarungen/1");
    check(str_find(s.page, S("/a/vereinbarungen/0?org=")) < 0);
    s = web_get(w, GERO, "/a/vereinbarungen/0?org=muster+gmbh");
    check(web_shows(&s, "name=\"z0p3\" value=\"1 h 17 min\""));
    s = web_post(w, GERO, "/a/vereinbarungen/0",
                 "name=&org=&category=0&calendar=1&teams=1&vendors=1&z0p3=");
    check(s.status == 422 && web_shows(&s, "name=\"z0p3\" value=\"\""));
}

static void all_that_an_agreement_asks_for_is_shown(struct world *w)
{
    begun(w);
    category_id net = {0};
    struct category topic = {.name = {S("Network"), S("Netz")}};
    check(end(w, category_add(begin(w), &topic, &net)) == OK);
    struct agreement a = standard(w);
    a.id.n = 0;
    a.name = S("Enge");
    a.org = S("Muster GmbH");
    a.vip = true;
    a.category = net;
    check(end(w, OK) == OK && end(w, agreement_save(begin_as(w, GERO), &a, &a.id)) == OK);
    struct seen s = web_get(w, GERO, "/a/zeiten");
    check(web_shows(&s, "For Muster GmbH · Only for VIPs · Only for one topic · Bürozeiten"));
}

// --- the rehearsal ---------------------------------------------------------------------------

static void B2_what_would_have_changed(struct world *w)
{
    begun(w);
    struct ticket_made made;
    struct ticket_new n = {.channel = CHANNEL_MAIL, .subject = S("Drucker")};
    check(end(w, ticket_create(begin_as(w, ADA), &n, &made)) == OK);    // normal: 4 h, 24 h
    later(w, 3 * 3600);
    struct agreement a = standard(w);
    struct rehearsal r = {0};
    check(rehearsal(&w->cx, &(struct rehearsal_try){.agreement = &a}, &r) == OK);
    check(r.cases == 1 && r.all == 1 && r.moved == 0 && r.late_after == 0);
    a.seconds[CLOCK_FIRST][0][3] = 2 * HOUR_S;
    check(rehearsal(&w->cx, &(struct rehearsal_try){.agreement = &a}, &r) == OK);
    check(r.moved == 1 && r.late_before == 0 && r.late_after == 1 && r.rows == 1);
    check(r.row[0].number == made.number && r.row[0].after.late);
    struct calendar_store never = *a.of_customers;
    memset(never.c.week, 0, sizeof never.c.week);
    check(rehearsal(&w->cx, &(struct rehearsal_try){.calendar = &never}, &r) == OK);
    check(r.moved == 3 && r.late_after == 0);
    check(end(w, OK) == OK);
}

static void B2_a_new_one_for_vips_is_tried_on_theirs(struct world *w)
{
    begun(w);
    struct contact jo = {.name = S("Jo"), .vip = true};
    check(end(w, contact_add(begin(w), &jo, &jo.id)) == OK);
    struct ticket_made made;
    struct ticket_new n = {.channel = CHANNEL_MAIL, .subject = S("Drucker")};
    check(end(w, ticket_create(begin_as(w, ADA), &n, &made)) == OK);
    n.contact = jo.id;
    check(end(w, ticket_create(begin_as(w, ADA), &n, &made)) == OK);
    later(w, 3 * 3600);
    struct agreement a = standard(w);
    struct rehearsal r = {0};
    a.id.n = 0;
    a.vip = true;
    a.seconds[CLOCK_FIRST][0][3] = 2 * HOUR_S;
    check(rehearsal(&w->cx, &(struct rehearsal_try){.agreement = &a}, &r) == OK);
    check(r.cases == 2 && r.moved == 1 && r.row[0].number == made.number);
    check(end(w, OK) == OK);
}

// An agreement with a shorter first word is tried: how many clocks would move.
static isize moved_by(struct world *w, agreement_id id, category_id category, bool vip)
{
    struct agreement a = standard(w);
    struct rehearsal r = {0};
    a.id = id;
    a.category = category;
    a.vip = vip;
    a.seconds[CLOCK_FIRST][0][3] = 2 * HOUR_S;
    check(rehearsal(&w->cx, &(struct rehearsal_try){.agreement = &a}, &r) == OK);
    check(end(w, OK) == OK);
    return r.moved;
}

static category_id topic(struct world *w, str name, category_id parent)
{
    struct category c = {.name = {name, name}, .parent = parent};
    check(end(w, category_add(begin(w), &c, &c.id)) == OK);
    return c.id;
}

static void B5_the_tried_one_takes_and_leaves_cases_as_the_rule_says(struct world *w)
{
    begun(w);
    category_id every = {0}, net = topic(w, S("Netz"), every), wlan = topic(w, S("WLAN"), net);
    struct ticket_made made;
    struct ticket_new n = {.channel = CHANNEL_MAIL, .subject = S("Netz"), .category = wlan};
    check(end(w, ticket_create(begin_as(w, ADA), &n, &made)) == OK);
    later(w, 3 * 3600);
    agreement_id new = {0}, old = {1};
    check(moved_by(w, new, every, false) == 0);    // of two for everybody the older
    check(moved_by(w, new, every, true) == 0);     // of no VIP
    check(moved_by(w, new, net, false) == 1);      // the topic above
    check(moved_by(w, old, every, false) == 1);
    check(moved_by(w, old, every, true) > 1);    // ticked it leaves the case to the house's
    struct agreement a = standard(w);
    a.id = new;
    a.name = S("Netz");
    a.category = net;
    check(end(w, OK) == OK && end(w, agreement_save(begin_as(w, GERO), &a, &a.id)) == OK);
    check(moved_by(w, new, every, false) == 0);    // a topic before everybody
    check(moved_by(w, old, every, false) == 0);
    check(moved_by(w, new, wlan, false) == 1);    // the topic itself before the one above
}

static void B1_trying_writes_nothing(struct world *w)
{
    begun(w);
    struct ticket_made made;
    struct ticket_new n = {.channel = CHANNEL_MAIL, .subject = S("Drucker geheim")};
    check(end(w, ticket_create(begin_as(w, ADA), &n, &made)) == OK);
    later(w, 3 * 3600);
    struct seen s =
        web_post(w, GERO, "/a/vereinbarungen/1/probe",
                 "name=Standard&version=1&category=0&calendar=1&teams=1&vendors=1&z0p3=1 h");
    check(s.status == 200 && web_shows(&s, "Missed deadlines: 1 instead of 0."));
    check(web_shows(&s, "value=\"1 h\"") && str_find(s.page, S("geheim")) < 0);    // B4
    check(ask(w, "select count(*) from agreement_target") == 12 * 4);
    s = web_post(w, GERO, "/a/kalender/1/probe",
                 "name=B&zone=UTC&region=&version=1" WEEK "&days=");
    check(s.status == 200 && ask(w, "select count(*) from calendar where zone = 'UTC'") == 0);
}

const struct test rules_http_tests[] = {
    T(Q1_what_fits_is_not_told),
    T(Q1_the_sum_is_too_long),
    T(Q1_a_vendor_makes_it_longer),
    T(Q2_each_link_in_its_own_calendar),
    T(Q3_who_never_works_is_the_weakest),
    T(spans_as_people_type_them),
    T(only_who_configures),
    T(a_calendar_is_saved),
    T(all_that_an_agreement_asks_for_is_shown),
    T(H1_what_is_refused_comes_back),
    T(H3_a_new_agreement_begins_with_what_holds),
    T(a_topic_that_has_ended_is_not_agreed_on_anew),
    T(an_agreement_is_saved),
    T(B2_what_would_have_changed),
    T(B2_a_new_one_for_vips_is_tried_on_theirs),
    T(B5_the_tried_one_takes_and_leaves_cases_as_the_rule_says),
    T(B1_trying_writes_nothing),
    {0},
};
