// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "base/limits.h"
#include "base/now.h"
#include "base/zone.h"
#include "clock/agreement.h"
#include "staff/crew.h"
#include "staff/level.h"
#include "staff/presence.h"
#include "staff/skill.h"
#include "staff/staff.h"

// --- levels ----------------------------------------------------------------------------------

static struct levels levels_now(struct world *w)
{
    struct levels l = {0};
    check(level_load(begin(w), &l) == OK);
    return l;    // until the next begin()
}

static void L2_the_usual_names(struct world *w)
{
    struct levels l = levels_now(w);
    check(l.staffed == 3);
    check_text(l.level[2].name.de, S("2nd Level (Fachtechnik)"));
    check_text(l.level[LEVEL_VENDOR].name.en, S("Vendors and providers"));
    check(end(w, OK) == OK);
}

static void L3_names_in_both_languages(struct world *w)
{
    struct levels l = levels_now(w);
    l.level[1].name.de = S("Kundenhilfe");
    check(level_save(&w->cx, &l) == OK && end(w, OK) == OK);
    l = levels_now(w);
    check_text(l.level[1].name.de, S("Kundenhilfe"));
    l.level[0].name.en = S(" ");
    check(end(w, level_save(&w->cx, &l)) == ERR_INVALID);
    l = levels_now(w);
    l.level[3].customer.de = S("");
    check(end(w, level_save(&w->cx, &l)) == ERR_INVALID);
    check(ask(w, "select count(*) from level where tenant = 2") == 0);
}

static void L4_a_level_with_people_stays(struct world *w)
{
    struct levels l = levels_now(w);
    l.staffed = 2;
    check(end(w, level_save(&w->cx, &l)) == ERR_INVALID);
    check(end(w, db_script(begin(w), "delete from person_team where team = 3")) == OK);
    l = levels_now(w);
    l.staffed = 2;
    check(end(w, level_save(&w->cx, &l)) == OK);
    check(levels_now(w).staffed == 2 && end(w, OK) == OK);
}

// --- teams -----------------------------------------------------------------------------------

static struct crew network(struct world *w)
{
    struct crew c = {0};
    check(crew_load(begin(w), (team_id){NET}, &c) == OK);
    return c;    // until the next begin()
}

static enum err saved(struct world *w, const struct crew *c)
{
    team_id id;
    return end(w, crew_save(&w->cx, c, &id));
}

static void C1_names_and_a_staffed_level(struct world *w)
{
    struct crew c = network(w);
    check(c.team.level == 2 && c.assign == CREW_PULL && c.version == 0 && c.members == 1);
    c.team.name.de = S("Servicetelefon");
    check(saved(w, &c) == ERR_INVALID);
    c = network(w);
    c.team.name.en = S("");
    check(saved(w, &c) == ERR_INVALID);
    c = network(w);
    c.team.level = 0;
    check(saved(w, &c) == ERR_INVALID);
    c = network(w);
    c.team.level = 4;
    check(saved(w, &c) == OK);
    check(ask(w, "select level from team where id = 2") == 4);
}

static void C2_who_is_not_named_leaves(struct world *w)
{
    const int64_t people[] = {ADA, BEN, NINA};    // nina is another desk's
    struct crew c = network(w);
    c.member = people;
    c.members = 3;
    check(saved(w, &c) == OK);
    c = network(w);
    check(c.members == 2 && c.member[0] == ADA && c.member[1] == BEN);
    check(end(w, OK) == OK);
    check(ask(w, "select count(*) from person_team where person = 3") == 0);
}

static void C2_topics_and_products(struct world *w)
{
    category_id k;
    product_id q;
    struct ctx *cx = begin(w);
    check(category_add(cx, &(struct category){.name = {S("WLAN"), S("WLAN")}}, &k) == OK);
    check(product_add(cx, &(struct product){.name = S("Fjord")}, &q) == OK && end(w, OK) == OK);
    struct crew c = network(w);
    c.category = &k.n;
    c.categories = 1;
    c.product = &q.n;
    c.products = 1;
    check(saved(w, &c) == OK);
    c = network(w);
    check(c.categories == 1 && c.category[0] == k.n && c.products == 1 && c.product[0] == q.n);
    check(end(w, OK) == OK);
}

static void C3_bounds_of_what_is_given(struct world *w)
{
    const int bad[] = {0, CREW_CAPACITY_MOST + 1, -1};
    for (isize i = 0; i < countof(bad); i++) {
        struct crew c = network(w);
        c.capacity = bad[i];
        check(saved(w, &c) == ERR_INVALID);
    }
    struct crew c = network(w);
    c.capacity = CREW_CAPACITY_MOST;
    c.assign = CREW_LOAD;
    check(saved(w, &c) == OK);
    c = network(w);
    check(c.assign == CREW_LOAD && c.capacity == CREW_CAPACITY_MOST && end(w, OK) == OK);
}

static void C4_of_two_one_wins(struct world *w)
{
    struct crew c = network(w);
    check(saved(w, &c) == OK);
    c = network(w);
    check(c.version == 1 && saved(w, &c) == OK);
    struct crew late = network(w);
    late.version = 1;
    check(saved(w, &late) == ERR_STALE);
    late = network(w);
    late.version = 0;
    check(saved(w, &late) == ERR_STALE);
}

static void C5_one_team_takes_in(struct world *w)
{
    struct crew c = {0};
    check(crew_load(begin(w), (team_id){FIRST}, &c) == OK);
    c.team.intake = false;
    check(saved(w, &c) == ERR_INVALID);
    c = network(w);
    c.team.intake = true;
    check(saved(w, &c) == OK);
    check(crew_load(begin(w), (team_id){FIRST}, &c) == OK);
    c.team.intake = false;
    check(saved(w, &c) == OK);
    c = network(w);
    c.team.department = true;
    check(saved(w, &c) == ERR_INVALID);
    c.team.intake = false;
    check(saved(w, &c) == ERR_INVALID);    // now the only one
}

static void C5_a_department_of_the_house(struct world *w)
{
    struct crew c = network(w), kept;
    c.team.department = true;
    check(saved(w, &c) == OK);
    check(crew_load(begin(w), c.team.id, &kept) == OK && kept.team.department);
    check(end(w, OK) == OK);
    kept.team.level = LEVEL_VENDOR;
    check(saved(w, &kept) == ERR_INVALID);
}

static void C7_no_more_than_its_form_has_boxes_for(struct world *w)
{
    struct crew c, kept;
    int64_t *key = make(&w->kept, int64_t, LIMIT_TEAM + 1);
    product_id id;
    struct ctx *cx = begin(w);
    for (int i = 0; i <= LIMIT_TEAM; i++) {
        struct product p = {.name = arena_fmt(cx->arena, "Fjord %d", i)};
        check(product_add(cx, &p, &id) == OK);
        key[i] = id.n;
    }
    check(end(w, OK) == OK);
    c = network(w);
    c.product = key;
    c.products = LIMIT_TEAM - c.members - c.categories + 1;
    check(saved(w, &c) == ERR_INVALID);
    c = network(w);
    c.product = key;
    c.products = LIMIT_TEAM - c.members - c.categories;
    check(saved(w, &c) == OK);
    check(end(w, crew_load(begin(w), c.team.id, &kept)) == OK && kept.products == c.products);
}

// Asks for the network team as a department and as a vendor.
static bool stays(struct world *w, const char *why)
{
    struct crew c = network(w);
    team_id id;
    c.team.department = true;
    bool refused = crew_save(&w->cx, &c, &id) == ERR_INVALID
                   && str_find(w->cx.detail.en, str_from_z(why)) >= 0;
    end(w, ERR_INVALID);
    c = network(w);
    c.team.level = LEVEL_VENDOR;
    return saved(w, &c) == ERR_INVALID && refused;
}

static enum err so(struct world *w, const char *sql)
{
    return end(w, db_script(begin(w), sql));
}

static void C6_who_has_open_work_stays_a_team_that_works(struct world *w)
{
    struct crew c;
    struct ticket_made made;
    check(so(w,
             "insert into major (tenant, number, title, words, state, leads, speaks, script, "
             "declared) values (1, 1, 'x', '', 1, 1, 2, '', 0)")
          == OK);
    check(stays(w, "in a major incident"));
    c = network(w);
    check(saved(w, &c) == OK);    // anything else may change
    check(so(w, "update major set state = 3") == OK);
    check(so(w,
             "insert into problem (tenant, number, title, words, cause, state, team, created, "
             "changed) values (1, 1, 'x', '', '', 5, 2, 0, 0)")
          == OK);
    check(stays(w, "an open problem"));
    check(so(w, "update problem set state = 6") == OK);
    struct ticket_new n = {.channel = CHANNEL_MAIL, .subject = S("x"), .team = {NET}};
    check(end(w, ticket_create(begin(w), &n, &made)) == OK);
    check(stays(w, "has open cases"));
    check(so(w, "update ticket set status = 9, ball = 5, ball_team = null") == OK);
    c = network(w);
    c.team.department = true;
    check(saved(w, &c) == OK);
    check(so(w, "update ticket set status = 2, ball = 1, ball_team = work_team")
          == OK);    // from before this rule
    c = network(w);
    check(c.team.department && saved(w, &c) == OK);
}

static void the_own_address_and_hours(struct world *w)
{
    w->now = zone_instant((struct local){2026, 11, 23, 9, 0, 0, 0, 0});    // a Monday
    check(end(w, agreement_begin(begin(w))) == OK);
    struct crew c = network(w);
    c.address = S("Netz@Nordlicht.example ");
    c.calendar = (calendar_id){1};
    check(saved(w, &c) == OK);
    team_id id;
    bool open;
    check(crew_by_address(begin(w), S("netz@nordlicht.example"), &id) == OK && id.n == NET);
    check(crew_by_address(&w->cx, S("nein@nordlicht.example"), &id) == OK && id.n == 0);
    check(crew_by_address(&w->cx, S(""), &id) == OK && id.n == 0);
    check(crew_load(&w->cx, (team_id){NET}, &c) == OK);
    check(crew_is_open(&w->cx, &c, &open) == OK && open && end(w, OK) == OK);
    later(w, 12 * 3600);
    check(crew_load(begin(w), (team_id){NET}, &c) == OK);
    check(crew_is_open(&w->cx, &c, &open) == OK && !open && end(w, OK) == OK);
    check(crew_load(begin(w), (team_id){EXPERTS}, &c) == OK);
    check(crew_is_open(&w->cx, &c, &open) == OK && open);    // no calendar: always
    c.address = S("netz@nordlicht.example");
    check(saved(w, &c) == ERR_INVALID);
}

// --- people ----------------------------------------------------------------------------------

static struct staff whom(struct world *w, int person)
{
    struct staff s = {0};
    check(staff_load(begin(w), (person_id){person}, &s) == OK);
    return s;    // until the next begin()
}

static void M1_a_person_in_teams_of_several_levels(struct world *w)
{
    const int64_t teams[] = {FIRST, NET, EXPERTS};
    struct staff s = whom(w, ADA);
    person_id id;
    s.team = teams;
    s.teams = 3;
    check(end(w, staff_save(&w->cx, &s, &id)) == OK && id.n == ADA);
    check(who_is(w, ADA).level == 3);
    s = whom(w, ADA);
    check(s.teams == 3 && end(w, OK) == OK);
    struct staff fresh = {
        .person = {.login = S("ida"), .name = S("Ida"), .role = ROLE_TECH_L2, .lang = LANG_EN},
        .team = teams + 1,
        .teams = 1};
    check(end(w, staff_save(begin(w), &fresh, &id)) == OK);
    check(who_is(w, (int)id.n).level == 2);
}

static void M2_who_is_switched_off_is_signed_out(struct world *w)
{
    str token;
    person_id id;
    check(end(w, access_start(begin(w), (person_id){ADA}, &token)) == OK);
    struct staff s = whom(w, ADA);
    s.person.disabled = true;
    s.person.password = S("");
    check(end(w, staff_save(&w->cx, &s, &id)) == OK);
    check(ask(w, "select count(*) from session") == 0);
    check(ask(w, "select disabled from person where id = 1") == 1);
}

static void M3_one_who_configures_stays(struct world *w)
{
    person_id id;
    struct staff s = whom(w, GERO);
    s.person.disabled = true;
    check(end(w, staff_save(&w->cx, &s, &id)) == ERR_INVALID);
    s = whom(w, GERO);
    s.person.role = ROLE_LEAD;
    check(end(w, staff_save(&w->cx, &s, &id)) == ERR_INVALID);
    s = whom(w, EVA);
    s.person.role = ROLE_ADMIN;
    check(end(w, staff_save(&w->cx, &s, &id)) == OK);
    s = whom(w, GERO);
    s.person.role = ROLE_LEAD;
    check(end(w, staff_save(&w->cx, &s, &id)) == OK);
}

// A desk that is taken over has nobody who configures it yet.
static void M3_nobody_is_held_who_does_not_configure(struct world *w)
{
    person_id id;
    ask(w, "update person set role = 1 where role = 7 returning id");
    struct staff s = whom(w, ADA);
    s.person.name = S("Ada Neu");
    check(end(w, staff_save(&w->cx, &s, &id)) == OK);
    check(ask(w, "select count(*) from person where name = 'Ada Neu'") == 1);
}

static void people_of_another_desk_are_absent(struct world *w)
{
    struct staff s = {.person = {.id = {NINA}, .name = S("Nina"), .role = ROLE_LEAD}};
    person_id id;
    check(staff_load(begin(w), (person_id){NINA}, &s) == ERR_ABSENT && end(w, OK) == OK);
    s = (struct staff){.person = {.id = {NINA}, .name = S("Nina"), .role = ROLE_LEAD}};
    check(end(w, staff_save(begin(w), &s, &id)) == ERR_ABSENT);
}

// --- skills ----------------------------------------------------------------------------------

static skill_id a_skill(struct world *w, const char *name)
{
    skill_id id = {0};
    str s = str_from_z(name);
    check(end(w, skill_add(begin(w), (struct words){s, s}, &id)) == OK);
    return id;
}

static void S1_ones_own_word(struct world *w)
{
    skill_id vpn = a_skill(w, "VPN");
    struct skill_own *own;
    isize n;
    check(end(w, skill_say(begin_as(w, ADA), vpn, 2, true)) == OK);
    check(skill_of_person(begin_as(w, ADA), (person_id){ADA}, &own, &n) == OK);
    check(n == 1 && own[0].depth == 2 && own[0].learns && end(w, OK) == OK);
    check(skill_of_person(begin(w), (person_id){BEN}, &own, &n) == OK && own[0].depth == 0);
    check(end(w, OK) == OK);
    check(end(w, skill_say(begin_as(w, ADA), vpn, 4, false)) == ERR_INVALID);
    check(end(w, skill_say(begin_as(w, NINA), vpn, 1, false)) == ERR_ABSENT);
}

static void S2_what_a_topic_needs(struct world *w)
{
    skill_id vpn = a_skill(w, "VPN");
    product_id q;
    check(end(w, product_add(begin(w), &(struct product){.name = S("Lotse")}, &q)) == OK);
    struct choice_wish all_of_them = {.most = 9};
    struct skill_need need = {.skill = vpn, .product = q, .depth = 2}, *list;
    isize n;
    check(end(w, skill_need_add(begin(w), &need)) == OK);
    need.depth = 3;    // again: another depth, not another row
    check(end(w, skill_need_add(begin(w), &need)) == OK);
    check(skill_needs(begin(w), &all_of_them, &list, &n) == OK && n == 1 && list[0].depth == 3);
    check_text(list[0].about.de, S("Lotse"));
    int64_t id = list[0].id;
    check(end(w, OK) == OK);
    need.category = (category_id){1};
    check(end(w, skill_need_add(begin(w), &need)) == ERR_INVALID);    // one of the two
    need = (struct skill_need){.skill = vpn, .category = {77}, .depth = 1};
    check(end(w, skill_need_add(begin(w), &need)) == ERR_INVALID);
    check(end(w, skill_need_forget(begin(w), id)) == OK);
    check(ask(w, "select count(*) from skill_need") == 0);
}

// --- presence --------------------------------------------------------------------------------

static struct presence_span away(struct world *w, int person, int64_t from_s, int64_t to_s,
                                 int other)
{
    return (struct presence_span){.person = {person},
                                  .from = instant_plus(w->now, from_s),
                                  .until = instant_plus(w->now, to_s),
                                  .other = {other}};
}

static void P1_a_span_of_time(struct world *w)
{
    const struct presence_span s[] = {away(w, BEN, 0, 10, 0), away(w, ADA, 10, 20, 0)};
    for (int at = -5; at < 30; at++) {
        check((presence_at(s, 2, (person_id){ADA}, instant_plus(w->now, at)) == 1)
              == (at >= 10 && at < 20));
        check(presence_at(s, 2, (person_id){CEM}, instant_plus(w->now, at)) == -1);
    }
    struct presence_span bad[] = {away(w, ADA, 10, 10, 0), away(w, ADA, -20, -10, 0),
                                  away(w, ADA, 0, 400 * 86400, 0)};
    for (isize i = 0; i < countof(bad); i++)
        check(end(w, presence_leave(begin_as(w, ADA), &bad[i])) == ERR_INVALID);
}

static void P2_ones_own_or_by_the_lead(struct world *w)
{
    struct presence_span s = away(w, ADA, 0, 3600, BEN), *list;
    isize n;
    check(end(w, presence_leave(begin_as(w, BEN), &s)) == ERR_DENIED);
    check(end(w, presence_leave(begin_as(w, ADA), &s)) == OK);
    check(end(w, presence_leave(begin_as(w, EVA), &s)) == OK);
    check(presence_absences(begin(w), (person_id){0}, &list, &n) == OK && n == 2);
    check_text(list[0].other_name, S("ben"));
    check(end(w, OK) == OK);
    check(end(w, presence_return(begin_as(w, BEN), 1)) == ERR_ABSENT);
    check(end(w, presence_return(begin_as(w, ADA), 1)) == OK);
    check(end(w, presence_return(begin_as(w, EVA), 2)) == OK);
}

static void P3_somebody_else_stands_in(struct world *w)
{
    struct presence_span self = away(w, ADA, 0, 3600, ADA),
                         foreign = away(w, ADA, 0, 3600, NINA);
    check(end(w, presence_leave(begin_as(w, ADA), &self)) == ERR_INVALID);
    check(end(w, presence_leave(begin_as(w, ADA), &foreign)) == ERR_INVALID);
    check(ask(w, "select count(*) from absence") == 0);
}

static void P3_who_stands_in_sees_the_cases(struct world *w)
{
    struct presence_span admin = away(w, ADA, 0, 3600, GERO),
                         other = away(w, ADA, 0, 3600, CEM), lead = away(w, ADA, 0, 3600, EVA),
                         steward = away(w, ADA, 0, 3600, FINN);
    check(end(w, presence_leave(begin_as(w, ADA), &admin)) == ERR_INVALID);
    check(end(w, presence_leave(begin_as(w, EVA), &other)) == ERR_INVALID);
    check(end(w, presence_leave(begin_as(w, ADA), &lead)) == OK);
    check(end(w, presence_leave(begin_as(w, ADA), &steward)) == OK);
    struct presence_standin *may;
    isize n;
    check(presence_standins(begin_as(w, ADA), (person_id){ADA}, &may, &n) == OK && n == 3);
    check(end(w, OK) == OK);
}

static void P7_who_stands_in_and_who_is_on_call(struct world *w)
{
    struct presence_span s = away(w, ADA, 0, 3600, BEN), later_ = away(w, CEM, 100, 3600, 0),
                         *list;
    isize n;
    check(end(w, presence_leave(begin_as(w, ADA), &s)) == OK);
    check(presence_covered(begin_as(w, BEN), &list, &n) == OK && n == 1);
    check_text(list[0].name, S("ada"));
    check(end(w, OK) == OK);
    check(presence_away(begin_as(w, CEM), (person_id){ADA}, (person_id){0}, &list, &n) == OK
          && n == 1);
    check_text(list[0].other_name, S("ben"));
    check(end(w, OK) == OK);
    check(presence_covered(begin_as(w, ADA), &list, &n) == OK && n == 0 && end(w, OK) == OK);
    check(end(w, presence_oncall_add(begin(w), (team_id){NET}, &later_)) == OK);
    check(presence_oncall_own(begin_as(w, CEM), &list, &n) == OK && n == 1);
    check(list[0].team.n == NET && end(w, OK) == OK);
    check(presence_oncall_now(begin_as(w, ADA), &list, &n) == OK && n == 0);
    check(end(w, OK) == OK);
    later(w, 200);
    check(presence_oncall_now(begin_as(w, ADA), &list, &n) == OK && n == 1);
    check(end(w, OK) == OK);
}

static void P4_on_call_is_one_of_the_team(struct world *w)
{
    struct presence_span s = away(w, CEM, 0, 3600, 0), ada = away(w, ADA, 0, 3600, 0), *list;
    isize n;
    check(end(w, presence_oncall_add(begin(w), (team_id){NET}, &s)) == OK);
    check(end(w, presence_oncall_add(begin(w), (team_id){NET}, &ada)) == ERR_INVALID);
    check(presence_oncall(begin(w), (team_id){NET}, &list, &n) == OK && n == 1);
    check(presence_at(list, n, (person_id){CEM}, w->now) == 0 && end(w, OK) == OK);
    check(end(w, presence_oncall_drop(begin(w), (team_id){FIRST}, 1)) == ERR_ABSENT);
    check(end(w, presence_oncall_drop(begin(w), (team_id){NET}, 1)) == OK);
}

static void P5_ready_is_what_one_says(struct world *w)
{
    bool ready = true;
    check(presence_is_ready(begin_as(w, ADA), &ready) == OK && !ready && end(w, OK) == OK);
    check(end(w, presence_set_ready(begin_as(w, ADA), true)) == OK);
    check(presence_is_ready(begin_as(w, ADA), &ready) == OK && ready && end(w, OK) == OK);
    check(presence_is_ready(begin_as(w, BEN), &ready) == OK && !ready && end(w, OK) == OK);
    check(end(w, presence_set_ready(begin_as(w, ADA), false)) == OK);
    check(ask(w, "select count(*) from event where kind = 'staff.ready'") == 1);
}

static void P6_what_is_over_is_forgotten(struct world *w)
{
    struct presence_span s = away(w, CEM, 0, 3600, 0), long_one = away(w, CEM, 0, 7200, 0);
    bool due;
    check(end(w, presence_leave(begin(w), &s)) == ERR_DENIED);    // nobody is no lead
    check(end(w, presence_leave(begin_as(w, CEM), &s)) == OK);
    check(end(w, presence_leave(begin_as(w, CEM), &long_one)) == OK);
    check(end(w, presence_oncall_add(begin(w), (team_id){NET}, &s)) == OK);
    check(presence_jobs[0].due(begin(w), &due) == OK && !due && end(w, OK) == OK);
    later(w, 3600);
    check(presence_jobs[0].due(begin(w), &due) == OK && due && end(w, OK) == OK);
    check(end(w, presence_jobs[0].apply(begin(w), NULL)) == OK);
    check(ask(w, "select count(*) from absence") == 1);
    check(ask(w, "select count(*) from oncall") == 0);
}

const struct test staff_tests[] = {
    T(L2_the_usual_names),
    T(L3_names_in_both_languages),
    T(L4_a_level_with_people_stays),
    T(C1_names_and_a_staffed_level),
    T(C2_who_is_not_named_leaves),
    T(C2_topics_and_products),
    T(C3_bounds_of_what_is_given),
    T(C4_of_two_one_wins),
    T(C5_one_team_takes_in),
    T(C5_a_department_of_the_house),
    T(C6_who_has_open_work_stays_a_team_that_works),
    T(C7_no_more_than_its_form_has_boxes_for),
    T(the_own_address_and_hours),
    T(M1_a_person_in_teams_of_several_levels),
    T(M2_who_is_switched_off_is_signed_out),
    T(M3_one_who_configures_stays),
    T(M3_nobody_is_held_who_does_not_configure),
    T(people_of_another_desk_are_absent),
    T(S1_ones_own_word),
    T(S2_what_a_topic_needs),
    T(P1_a_span_of_time),
    T(P2_ones_own_or_by_the_lead),
    T(P3_somebody_else_stands_in),
    T(P3_who_stands_in_sees_the_cases),
    T(P4_on_call_is_one_of_the_team),
    T(P7_who_stands_in_and_who_is_on_call),
    T(P5_ready_is_what_one_says),
    T(P6_what_is_over_is_forgotten),
    {0},
};
