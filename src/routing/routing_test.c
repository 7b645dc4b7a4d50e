// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/test.h"

#include "contact/contact.h"
#include "db/writer.h"
#include "promise/promise.h"
#include "routing/routing.h"
#include "staff/authority.h"
#include "staff/crew.h"
#include "staff/presence.h"
#include "staff/skill.h"
#include "testing/plan.h"
#include "testing/web.h"

static struct ticket look(struct world *w, ticket_id id)
{
    struct ticket t = {0};
    check(ticket_load(begin(w), id, &t) == OK);
    check(end(w, OK) == OK);
    return t;
}

// A mail that came in by itself.
static ticket_id arrived(struct world *w, struct ticket_new n, str address)
{
    struct ticket_made made = {0};
    struct ctx *cx = begin(w);
    n.channel = n.channel == 0 ? CHANNEL_MAIL : n.channel;
    n.subject = n.subject.n == 0 ? S("VPN geht nicht") : n.subject;
    check(ticket_create(cx, &n, &made) == OK);
    struct ticket t, after;
    check(routing_begin(cx, &made, n.channel, address, &after) == OK);
    check(ticket_load(cx, made.at.id, &t) == OK);
    check(t.version == made.at.version && t.work_team.n == made.team.n && t.level == made.level
          && t.priority == made.priority && after.work_team.n == t.work_team.n);
    check(end(w, OK) == OK);
    return made.at.id;
}

static void a_rule(struct world *w, struct rule r)
{
    rule_id id;
    r.name = S("VPN");
    r.active = true;
    check(end(w, rule_save(begin(w), &r, &id)) == OK);
}

static void change_crew(struct world *w, int team, enum crew_assign assign, int capacity,
                        str address)
{
    struct crew c;
    team_id id;
    check(crew_load(begin(w), (team_id){team}, &c) == OK);
    c.assign = assign;
    c.capacity = capacity;
    c.address = address;
    check(end(w, crew_save(&w->cx, &c, &id)) == OK);
}

static void ready(struct world *w, int person)
{
    str token;
    check(end(w, access_start(begin(w), (person_id){person}, &token)) == OK);
    check(end(w, presence_set_ready(begin_as(w, person), true)) == OK);
}

static struct words last_why(struct world *w, ticket_id id)
{
    struct routing_choice *c;
    isize n;
    check(routing_choices(begin(w), id, &c, &n) == OK && n > 0);
    struct words why = {keep(w, c[n - 1].why.en), keep(w, c[n - 1].why.de)};
    check(end(w, OK) == OK);
    return why;
}

// --- R1 ----------------------------------------------------------------------------------------

static void R1_a_rule_sends_it(struct world *w)
{
    a_rule(w, (struct rule){.words = S("vpn"), .team = {NET}, .priority = 2});
    ticket_id id = arrived(w, (struct ticket_new){0}, S(""));
    struct ticket t = look(w, id);
    check(t.work_team.n == NET && t.care_team.n == NET && t.ball_team.n == NET);
    check(t.level == 2 && t.priority == 2 && t.status == TICKET_NEW);
    check(ask(w, "select count(*) from ticket where priority_why like '%vpn%'") == 1);
    check_text(last_why(w, id).de, S("Regel „VPN“: Wörter vpn."));
    check(ask(w, "select count(*) from event where kind = 'ticket.routed'") == 1);
    check(ticket_load(begin_as(w, ADA), id, &t) == ERR_ABSENT && end(w, OK) == OK);
    check(ticket_load(begin_as(w, CEM), id, &t) == OK && end(w, OK) == OK);
    id = arrived(w, (struct ticket_new){.subject = S("Drucker")}, S(""));
    check(look(w, id).work_team.n == FIRST);
    check(ask(w, "select count(*) from routing_choice") == 1);
}

static void R1_to_a_level(struct world *w)
{
    a_rule(w, (struct rule){.level = 3});
    check(look(w, arrived(w, (struct ticket_new){0}, S(""))).work_team.n == EXPERTS);
}

static void R1_by_address_then_by_topic(struct world *w)
{
    category_id k;
    struct crew c;
    team_id two;
    struct category topic = {.name = WORDS("Billing", "Rechnung")};
    check(end(w, category_add(begin(w), &topic, &k)) == OK);
    change_crew(w, NET, CREW_PULL, 3, S("netz@nordlicht.example"));
    ticket_id id = arrived(w, (struct ticket_new){.category = k}, S("netz@nordlicht.example"));
    check(look(w, id).work_team.n == NET);
    id = arrived(w, (struct ticket_new){.category = k}, S(""));
    check(look(w, id).work_team.n == FIRST);
    c = (struct crew){.team = {.name = SAY("Billing", "Rechnungen"), .level = 1},
                      .assign = CREW_PULL,
                      .capacity = 3,
                      .category = &k.n,
                      .categories = 1};
    check(end(w, crew_save(begin(w), &c, &two)) == OK);
    id = arrived(w, (struct ticket_new){.category = k}, S(""));
    check(look(w, id).work_team.n == two.n);
    check_text(last_why(w, id).en, S("This team serves its topic or product."));
}

static void R2_a_call_stays(struct world *w)
{
    a_rule(w, (struct rule){.team = {NET}});
    ticket_id id = arrived(w, (struct ticket_new){.channel = CHANNEL_PHONE}, S(""));
    check(look(w, id).work_team.n == FIRST);
}

// --- R4 ----------------------------------------------------------------------------------------

static ticket_id taken_next(struct world *w, int person)
{
    ticket_id id = {-1};
    check(end(w, routing_next(begin_as(w, person), &id)) == OK);
    return id;
}

static void promised(struct world *w, ticket_id id, int64_t in_s)
{
    struct ticket t = look(w, id);
    struct ticket_at at = ticket_at(&t);
    struct promise_new p = {.kind = PROMISE_ANSWER, .due = {w->now.ms + in_s * 1000}};
    promise_id out;
    check(end(w, promise_give(begin(w), &at, &p, &out)) == OK);
}

static void R4_the_best_one_is_taken(struct world *w)
{
    ticket_id a = arrived(w, (struct ticket_new){0}, S("")),
              b = arrived(w, (struct ticket_new){0}, S(""));
    promised(w, b, 3600);
    check(taken_next(w, ADA).n == b.n && look(w, b).work_person.n == ADA);
    check(look(w, b).status == TICKET_OPEN);
    check_text(last_why(w, b).de,
               S("Als Nächstes: Seine Zusage ist die früheste von dem, was du lösen darfst."));
    check(taken_next(w, BEN).n == a.n && taken_next(w, ADA).n == 0);
    check(taken_next(w, CEM).n == 0);    // another team's were never his
}

static void R4_not_what_one_may_not_or_cannot(struct world *w)
{
    category_id k;
    skill_id vpn;
    struct category topic = {.name = WORDS("VPN", "VPN")};
    struct authority_rule no = {1, AUTHORITY_SOLVE, {0}, false, 0};
    check(category_add(begin(w), &topic, &k) == OK);
    check(skill_add(&w->cx, (struct words){S("VPN"), S("VPN")}, &vpn) == OK);
    check(end(w, skill_need_add(&w->cx,
                                &(struct skill_need){.skill = vpn, .category = k, .depth = 2}))
          == OK);
    ticket_id id = arrived(w, (struct ticket_new){.category = k}, S(""));
    check(taken_next(w, ADA).n == 0);
    check(end(w, skill_say(begin_as(w, ADA), vpn, 1, false)) == OK
          && taken_next(w, ADA).n == 0);
    no.category = k;
    check(end(w, skill_say(begin_as(w, ADA), vpn, 2, false)) == OK);
    check(end(w, authority_save(begin(w), &no)) == OK && taken_next(w, ADA).n == 0);
    check(end(w, authority_forget(begin(w), &no)) == OK && taken_next(w, ADA).n == id.n);
}

static void R4_who_stands_in(struct world *w)
{
    ticket_id id = arrived(w, (struct ticket_new){0}, S(""));
    check(taken_next(w, ADA).n == id.n && taken_next(w, BEN).n == 0);
    struct presence_span s = {
        .person = {ADA}, .from = w->now, .other = {BEN}, .until = {w->now.ms + 3600000}};
    check(end(w, presence_leave(begin_as(w, ADA), &s)) == OK);
    check(taken_next(w, BEN).n == id.n && look(w, id).work_person.n == BEN);
}

// --- R5 R6 -------------------------------------------------------------------------------------

static void R5_in_turn_to_who_is_ready(struct world *w)
{
    change_crew(w, FIRST, CREW_TURN, 2, S(""));
    ticket_id waits = arrived(w, (struct ticket_new){0}, S(""));
    check(look(w, waits).work_person.n == 0);
    check(ask(w, "select count(*) from job where kind = 'routing.again'") == 1);
    ready(w, ADA);
    ready(w, BEN);
    check(look(w, arrived(w, (struct ticket_new){0}, S(""))).work_person.n == ADA);
    check(look(w, arrived(w, (struct ticket_new){0}, S(""))).work_person.n == BEN);
    ticket_id third = arrived(w, (struct ticket_new){0}, S(""));
    check(look(w, third).work_person.n == ADA && look(w, third).status == TICKET_NEW);
    check_text(last_why(w, third).en, S("Given in turn to who is ready."));
    struct presence_span s = {.person = {BEN}, .from = w->now, .until = {w->now.ms + 3600000}};
    check(end(w, presence_leave(begin_as(w, BEN), &s)) == OK);
    check(look(w, arrived(w, (struct ticket_new){0}, S(""))).work_person.n
          == 0);    // full, away
}

static void R5_who_is_silent_is_not_here(struct world *w)
{
    change_crew(w, FIRST, CREW_TURN, 2, S(""));
    ready(w, ADA);
    later(w, ROUTING_SILENT_S + 1);
    check(look(w, arrived(w, (struct ticket_new){0}, S(""))).work_person.n == 0);
}

static void R5_live_channels_are_given(struct world *w)
{
    ready(w, ADA);
    check(look(w, arrived(w, (struct ticket_new){0}, S(""))).work_person.n == 0);
    struct ticket_new chat = {.channel = CHANNEL_CHAT};
    check(look(w, arrived(w, chat, S(""))).work_person.n == ADA);
}

// ADA has solved the one case that she may have, and another waits: its key.
static ticket_id ada_is_free(struct world *w)
{
    change_crew(w, FIRST, CREW_TURN, 1, S(""));
    ready(w, ADA);
    ticket_id a = arrived(w, (struct ticket_new){0}, S("")),
              b = arrived(w, (struct ticket_new){0}, S(""));
    check(look(w, a).work_person.n == ADA && look(w, b).work_person.n == 0);
    struct ticket t = look(w, a);
    struct ticket_at at = ticket_at(&t);
    check(end(w, ticket_open(begin_as(w, ADA), &at)) == OK);
    check(end(w, ticket_solve(begin_as(w, ADA), &at,
                              &(struct ticket_solving){.how = SOLVED_BY_ITSELF, .told = true}))
          == OK);
    later(w, 60);
    return b;
}

static void R6_a_queue_drains_when_somebody_is_free(struct world *w)
{
    bool due;
    ticket_id b = ada_is_free(w);
    check(routing_jobs[0].due(begin(w), &due) == OK && due && end(w, OK) == OK);
    check(end(w, routing_jobs[0].apply(begin(w), NULL)) == OK);
    check(look(w, b).work_person.n == ADA);
    check(end(w, routing_jobs[0].apply(begin(w), NULL)) == OK);
    check(routing_jobs[0].due(begin(w), &due) == OK && !due && end(w, OK) == OK);
}

static void R6_a_batch_that_fails_is_taken_apart(struct world *w)
{
    bool due;
    ticket_id b = ada_is_free(w);
    struct job job = {.id = 99, .tries = 1};
    struct words why = SAY("It", "Es");
    check(end(w, routing_jobs[0].failed(begin(w), &job, ERR_BUSY, why)) == OK);
    check(routing_jobs[0].due(begin(w), &due) == OK && due && end(w, OK) == OK);
    int64_t before = ask(w, "select event from routing_mark");
    EACH_FAULT(w) {
        enum err err = end(w, routing_jobs[0].failed(begin(w), &job, ERR_INVALID, why));
        check((ask(w, "select event from routing_mark") > before) == (err == OK));
    }
    check(routing_jobs[0].due(begin(w), &due) == OK && !due && end(w, OK) == OK);
    check(look(w, b).work_person.n == 0);
    struct ctx cx = {.arena = &w->arena, .db = w->db, .now = w->now};
    check(job_drain(&cx, routing_jobs) == OK && look(w, b).work_person.n == ADA);
}

static void R6_asking_who_is_free_reads_an_index(struct world *w)
{
    static const char *const asked[] = {"routing_due", "routing_freed"};
    struct ctx *cx = begin(w);
    for (isize i = 0; i < countof(asked) && !db_is_postgres(w->db); i++)
        check(str_find(plan_of(cx, plan_statement(asked[i])), S("INDEX event_freed")) >= 0);
    check(end(w, OK) == OK);
}

static void R6_it_is_looked_at_again(struct world *w)
{
    change_crew(w, FIRST, CREW_TURN, 3, S(""));
    ticket_id id = arrived(w, (struct ticket_new){0}, S(""));
    for (int round = 0; round < 3; round++) {    // nobody is there, again and again
        later(w, ROUTING_AGAIN_S);
        struct ctx cx = {.arena = &w->arena, .db = w->db, .now = w->now};
        check(job_drain(&cx, routing_jobs) == OK && look(w, id).work_person.n == 0);
        check(ask(w, "select count(*) from job where kind = 'routing.again'") == 1);
    }
    ready(w, BEN);
    later(w, ROUTING_AGAIN_S);
    check(end(w, access_start(begin(w), (person_id){BEN}, &(str){0})) == OK);
    struct ctx cx = {.arena = &w->arena, .db = w->db, .now = w->now};
    check(job_drain(&cx, routing_jobs) == OK);
    check(look(w, id).work_person.n == BEN);
}

// --- R7 R8 -------------------------------------------------------------------------------------

static void R7_no_event_has_a_figure_of_load(struct world *w)
{
    change_crew(w, FIRST, CREW_LOAD, 3, S(""));
    ready(w, ADA);
    for (int i = 0; i < 3; i++)
        arrived(w, (struct ticket_new){0}, S(""));
    check(ask(w, "select count(*) from event where kind = 'ticket.assigned'") == 3);
    check(
        ask(w, "select count(*) from event where kind = 'ticket.assigned' and data is not null")
        == 0);
    check(ask(w, "select count(distinct why_de) from routing_choice") == 1);
}

static void R8_only_a_lead_gives_and_sends(struct world *w)
{
    ticket_id id = arrived(w, (struct ticket_new){0}, S(""));
    struct ticket t = look(w, id);
    struct ticket_at at = ticket_at(&t);
    check(end(w, routing_assign(begin_as(w, ADA), &at, (person_id){BEN})) == ERR_DENIED);
    check(end(w, routing_send(begin_as(w, ADA), &at, (team_id){NET})) == ERR_DENIED);
    check(end(w, routing_assign(begin_as(w, EVA), &at, (person_id){CEM})) == ERR_INVALID);
    t = look(w, id);
    at = ticket_at(&t);
    check(end(w, routing_send(begin_as(w, EVA), &at, (team_id){NET})) == OK);
    check(end(w, routing_assign(begin_as(w, EVA), &at, (person_id){CEM})) == OK);
    check(look(w, id).work_person.n == CEM && look(w, id).level == 2);
    struct ctx *cx = begin_as(w, EVA);    // one of many, the others go on
    check(routing_send(cx, &at, (team_id){FIRST}) == ERR_INVALID);
    ctx_forgive(cx);
    check(end(w, OK) == OK && look(w, id).work_team.n == NET);
    check(ask(w, "select count(*) from routing_choice") == 2);
    check(ask(w, "select count(*) from ticket_team where team = 1") == 1);    // eva is in it
}

// --- R9 ----------------------------------------------------------------------------------------

static contact_id a_vip(struct world *w)
{
    struct contact karin = {.name = S("Karin Brandt"), .vip = true};
    check(end(w, contact_add(begin(w), &karin, &karin.id)) == OK);
    return karin.id;
}

static int64_t sent_by(struct world *w, const char *by, int level)
{
    return ask(w, arena_z(&w->kept, arena_fmt(&w->kept,
                                              "select count(*) from event where kind = "
                                              "'ticket.routed' and level = %d and data like "
                                              "'%%\"by\":\"%s\"}'",
                                              level, by)));
}

static void R9_a_vip_sent_to_level_2_is_a_bypass_by_rule(struct world *w)
{
    contact_id karin = a_vip(w);
    a_rule(w, (struct rule){.vip = true, .level = 2});
    ticket_id id = arrived(w, (struct ticket_new){.contact = karin}, S(""));
    check(look(w, id).work_team.n == NET && sent_by(w, "rule", 2) == 1);
    check_text(last_why(w, id).de, S("Regel „VPN“: Kundschaft VIP."));
    check(look(w, arrived(w, (struct ticket_new){0}, S(""))).work_team.n == FIRST);
    struct seen s = web_get(
        w, CEM,
        arena_z(&w->kept, arena_join(&w->kept, S("/w/t/"),
                                     ticket_number_shown(&w->kept, look(w, id).number))));
    check(web_shows(&s, "customer VIP"));    // R3
}

static void R9_what_sent_it_is_kept(struct world *w)
{
    change_crew(w, NET, CREW_PULL, 3, S("netz@nordlicht.example"));
    arrived(w, (struct ticket_new){0}, S("netz@nordlicht.example"));
    check(sent_by(w, "address", 2) == 1);
    struct ticket t = look(w, arrived(w, (struct ticket_new){0}, S("")));
    struct ticket_at at = ticket_at(&t);
    check(end(w, routing_send(begin_as(w, EVA), &at, (team_id){NET})) == OK);
    check(sent_by(w, "lead", 2) == 1);
}

static void a_failure_leaves_nothing(struct world *w)
{
    change_crew(w, FIRST, CREW_TURN, 3, S(""));
    ready(w, ADA);
    const struct who system = tenant_system((tenant_id){1});
    EACH_FAULT(w) {
        struct ticket t;
        struct ticket_made made;
        struct ticket_new n = {.channel = CHANNEL_MAIL, .subject = S("VPN")};
        struct ctx *cx = begin_with(w, system);
        enum err err = ticket_create(cx, &n, &made);
        if (err == OK)
            err = routing_begin(cx, &made, CHANNEL_MAIL, S(""), &t);
        if (end(w, err) != OK)
            check(ask(w, "select count(*) from ticket") == 0
                  && ask(w, "select count(*) from routing_choice") == 0);
    }
    check(ask(w, "select count(*) from ticket where work_person = 1") == 1);
}

// --- many at once ------------------------------------------------------------------------------

enum { RACERS = 64, CASES = 40 };

struct racer {
    struct work work;
    struct ctx cx;
    struct arena arena;
    ticket_id got;
};

static enum err race(struct ctx *cx, void *arg)
{
    struct racer *r = arg;
    return routing_next(cx, &r->got);
}

static void finished(struct ctx *cx, void *arg, enum err err)
{
    (void)cx;
    struct racer *r = arg;
    r->work.err = err;
}

// Sixty-four ask for the next of forty cases: each case has one, and those left over have none.
static void R4_nobody_takes_what_another_took(struct world *w)
{
    struct racer *r = make(&w->kept, struct racer, RACERS);
    struct writer_config config = {.place = &w->place, .threads = 4};
    struct writer *writer;
    for (int i = 0; i < CASES; i++)
        arrived(w, (struct ticket_new){0}, S(""));
    struct who ada = who_is(w, ADA), ben = who_is(w, BEN);
    struct ctx cx = {.arena = &w->kept};
    check(writer_start_on(&cx, &config, w->db, &writer) == OK);    // it owns the connection
    for (int i = 0; i < RACERS; i++) {
        r[i].arena = arena_new((isize)8 << 20);
        r[i].cx = (struct ctx){
            .arena = &r[i].arena, .now = w->now, .lang = LANG_EN, .who = i % 2 ? ada : ben};
        r[i].work = (struct work){.run = race, .done = finished, .arg = &r[i], .cx = &r[i].cx};
        check(writer_submit(writer, &r[i].work));
    }
    writer_stop(writer);
    check(db_open(&cx, &w->place, DB_WRITER, &w->db) == OK);
    int had = 0;
    for (int i = 0; i < RACERS; i++) {
        check(r[i].work.err == OK);
        had += r[i].got.n > 0;
        for (int k = 0; k < i; k++)
            check(r[i].got.n == 0 || r[i].got.n != r[k].got.n);
        arena_free(&r[i].arena);
    }
    check(had == CASES);
    check(ask(w, "select count(*) from ticket where work_person is null") == 0);
    check(ask(w, "select count(*) from event where kind = 'ticket.chosen'") == CASES);
}

// --- pages -------------------------------------------------------------------------------------

static void rules_by_pages(struct world *w)
{
    check(web_get(w, EVA, "/a/regeln").status == 403);
    check(web_post(w, GERO, "/a/regeln/0",
                   "name=VPN ins Netz&woerter=vpn&team=2&stufe=0&prioritaet=2&aktiv=1")
              .status
          == 303);
    struct seen s = web_get(w, GERO, "/a/regeln?probe=1&text=Das VPN geht nicht&kanal=2");
    check(web_shows(&s, "VPN ins Netz") && web_shows(&s, ">decides<"));
    s = web_get(w, GERO, "/a/regeln?probe=1&text=Drucker&kanal=2");
    check(web_shows(&s, "No rule holds") && web_shows(&s, "none of these words: vpn"));
    s = web_post(w, GERO, "/a/regeln/0", "name=Leer&woerter=vpn&team=0&stufe=0&prioritaet=0");
    check(s.status == 422 && web_shows(&s, "value=\"Leer\""));    // H1
    s = web_post(w, GERO, "/a/regeln/0", "name=Beides&woerter=vpn&team=2&stufe=2&prioritaet=0");
    check(s.status == 422 && web_shows(&s, "value=\"Beides\"")
          && web_shows(&s, "choose a team or a level, not both"));    // U5
    arrived(w, (struct ticket_new){.subject = S("Drucker geheim")}, S(""));
    s = web_post(w, GERO, "/a/regeln/0/probe",
                 "name=Drucker&woerter=drucker&team=3&stufe=0&prioritaet=0&aktiv=1");
    check(s.status == 200 && web_shows(&s, "1 of them would have gone elsewhere."));
    check(web_shows(&s, "value=\"Drucker\"") && str_find(s.page, S("geheim")) < 0);
    check(ask(w, "select count(*) from routing_rule") == 1);    // H2
    check(web_post(w, GERO, "/a/regeln/1",
                   "version=1&name=VIP&vip=1&team=2&stufe=0&prioritaet=2&aktiv=1")
              .status
          == 303);
    s = web_get(w, GERO, "/a/regeln/1");
    check(web_shows(&s, "name=\"vip\" value=\"1\" checked"));
    s = web_get(w, GERO, "/a/regeln?probe=1&text=Drucker&vip=1");
    check(web_shows(&s, ">decides<") && web_shows(&s, "name=\"vip\" value=\"1\" checked"));
    s = web_get(w, GERO, "/a/regeln?probe=1&text=Drucker");
    check(web_shows(&s, "no VIP has asked"));
    check(web_post(w, GERO, "/a/regeln/1/tun", "tun=weg").status == 303);
    check(web_get(w, GERO, "/a/regeln/1").status == 404);
}

static void by_mail_to(struct world *w, ticket_id id, const char *address)
{
    struct ticket_at at = {id, TICKET_ANY_VERSION};
    message_id said;
    struct message_new m = {
        .kind = MESSAGE_CUSTOMER, .channel = CHANNEL_MAIL, .body = S("x"), .inbox = 1};
    struct ctx *cx = begin(w);
    str sql = arena_fmt(&w->kept,
                        "insert into inbox (tenant, source, rcpt, sender, digest, size, state, "
                        "received) select d.id, 1, '%s', 'k@x.example', d.secret, 1, 2, 1 from "
                        "tenant d where d.id = 1",
                        address);
    check(db_script(cx, arena_z(&w->kept, sql)) == OK);
    check(end(w, message_add(cx, &at, &m, &said)) == OK);
}

static const char tried[] = "name=Drucker&woerter=drucker&team=3&stufe=0&prioritaet=0&aktiv=1";

static void Y5_the_address_says_where_it_began(struct world *w)
{
    change_crew(w, NET, CREW_PULL, 3, S("netz@nordlicht.example"));
    ticket_id id = arrived(w, (struct ticket_new){.subject = S("Drucker")}, S(""));
    struct seen s = web_post(w, GERO, "/a/regeln/0/probe", tried);
    check(web_shows(&s, "the address it came to is not known"));
    by_mail_to(w, id, "netz@nordlicht.example");
    s = web_post(w, GERO, "/a/regeln/0/probe", tried);
    check(web_shows(&s, "Network (without a rule)"));
}

static void Y6_calls_are_not_tried(struct world *w)
{
    arrived(w, (struct ticket_new){.subject = S("Drucker"), .channel = CHANNEL_PHONE}, S(""));
    struct seen s = web_post(w, GERO, "/a/regeln/0/probe", tried);
    check(web_shows(&s, "Tried on 0 of 0 cases"));
}

static void the_next_key(struct world *w)
{
    struct seen s = web_post(w, ADA, "/w/naechster", "");
    check(s.status == 303 && str_eq(s.to, S("/w/inbox?nichts=1")));
    s = web_get(w, ADA, "/w/inbox?nichts=1");
    check(web_shows(&s, "Nothing waits that you may take now."));
    arrived(w, (struct ticket_new){0}, S(""));
    s = web_post(w, ADA, "/w/naechster", "");
    check(s.status == 303 && str_starts(s.to, S("/w/t/")));
    s = web_get(w, ADA, arena_z(&w->kept, s.to));
    check(web_shows(&s, "nothing is promised, and it is the most urgent"));
}

const struct test routing_tests[] = {
    T(R1_a_rule_sends_it),
    T(R1_to_a_level),
    T(R1_by_address_then_by_topic),
    T(R2_a_call_stays),
    T(R4_the_best_one_is_taken),
    T(R4_not_what_one_may_not_or_cannot),
    T(R4_who_stands_in),
    T(R5_in_turn_to_who_is_ready),
    T(R5_who_is_silent_is_not_here),
    T(R5_live_channels_are_given),
    T(R6_a_queue_drains_when_somebody_is_free),
    T(R6_asking_who_is_free_reads_an_index),
    T(R6_a_batch_that_fails_is_taken_apart),
    T(R6_it_is_looked_at_again),
    T(R7_no_event_has_a_figure_of_load),
    T(R8_only_a_lead_gives_and_sends),
    T(R9_a_vip_sent_to_level_2_is_a_bypass_by_rule),
    T(R9_what_sent_it_is_kept),
    T(a_failure_leaves_nothing),
    T(R4_nobody_takes_what_another_took),
    T(rules_by_pages),
    T(Y5_the_address_says_where_it_began),
    T(Y6_calls_are_not_tried),
    T(the_next_key),
    {0},
};
