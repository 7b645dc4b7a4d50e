// SPDX-License-Identifier: GPL-3.0-or-later
// A long walk: anybody does anything to a few cases, thousands of times.  After each step the
// promises of engagement.h must hold.  STAFFEL_SEED=0 walks another way each time, and any
// other number that way again; the seed is printed.
#include "testing/test.h"

#include "base/now.h"
#include "base/secret.h"
#include "engagement/engagement_check.h"
#include "engagement/engagement_path.h"
#include "job/job.h"
#include "solving/solving.h"

enum {
    USUAL_SEED = 20261121,
    STEPS = 20000,
    STEPS_SERVER = 2000,    // each statement is a journey there
    STEPS_COMMIT = 100,
    DONE_LEAST = 20,
    CASES = 4,
    CASE_ENDS = 60,        // a case is replaced after about so many steps
    REMEMBERED = 200000    // keys of engagements whose state is remembered
};

static const int people[] = {ADA, BEN, CEM, DORA, EVA, NINA};

struct walk {
    struct world *w;
    struct ctx *cx;
    uint64_t random;
    struct who who[countof(people)];
    team_id team[6];
    isize teams;
    ticket_id ticket[CASES];
    unsigned char *state;    // what each engagement was when it was last looked at

    struct ticket t;    // the case of this step
    struct engagement *e;
    isize n;
};

static uint64_t roll(struct walk *k, uint64_t sides)
{
    k->random ^= k->random >> 12;
    k->random ^= k->random << 25;
    k->random ^= k->random >> 27;
    return (k->random * UINT64_C(0x2545f4914f6cdd1d) >> 33) % sides;
}

static bool in_team(const struct walk *k, isize person, team_id team)
{
    static const int64_t of[countof(people)] = {FIRST, FIRST, NET, EXPERTS, FIRST, FOREIGN};
    bool second = people[person] == BEN && team.n == k->team[3].n;
    return of[person] == team.n || second;
}

// Mostly somebody of that team, so that the walk gets anywhere; else anybody.
static void become_one_of(struct walk *k, team_id team)
{
    isize start = (isize)roll(k, countof(people)), at = start;
    if (roll(k, 10) < 8)
        for (isize i = 0; i < countof(people); i++) {
            at = (start + i) % countof(people);
            if (in_team(k, at, team))
                break;
        }
    k->cx->who = k->who[at];
}

static team_id any_team(struct walk *k)
{
    return k->team[roll(k, (uint64_t)k->teams)];
}

static struct ticket_at case_at(struct walk *k)
{
    struct ticket_at at = ticket_at(&k->t);
    at.version -= roll(k, 20) == 0;    // now and then an old picture
    return at;
}

// Some engagement of the case, mostly one that is open; id 0 when there is none.
static struct engagement pick(struct walk *k)
{
    struct engagement e = {.from_team = k->t.work_team, .to_team = k->t.work_team};
    for (int i = 0; i < 8 && k->n > 0; i++) {
        e = k->e[roll(k, (uint64_t)k->n)];
        if (e.state == ENGAGED_REQUESTED || (i > 3 && e.state == ENGAGED_ACCEPTED))
            break;
    }
    return e;
}

static struct engagement_at at_of(struct walk *k, const struct engagement *e)
{
    return (struct engagement_at){e->id, e->version - (roll(k, 20) == 0)};
}

// --- what can be done --------------------------------------------------------------------

static enum err walk_hand_over(struct walk *k)
{
    struct ticket_at at = case_at(k);
    engagement_id id;
    struct engagement_contract c = {S("WLAN"), S(""), S(""), S("heute"), ASK_FIX};
    if (roll(k, 10) == 0)
        c.promised = S("");
    become_one_of(k, k->t.work_team);
    return engagement_hand_over(k->cx, &at, any_team(k), &c, &id);
}

static enum err walk_return(struct walk *k)
{
    struct ticket_at at = case_at(k);
    engagement_id id;
    struct engagement_return r = {.reason = (enum return_reason)(roll(k, 7)),
                                  .text = roll(k, 2) ? S("fehlt") : S("")};
    become_one_of(k, k->t.work_team);
    return engagement_return(k->cx, &at, &r, &id);
}

static enum err walk_ask(struct walk *k)
{
    struct ticket_at at = case_at(k);
    engagement_id id;
    struct engagement_question q = {.text = S("Bekannt?")};
    become_one_of(k, k->t.work_team);
    return engagement_ask(k->cx, &at, any_team(k), &q, &id);
}

static enum err walk_swarm(struct walk *k)
{
    struct ticket_at at = case_at(k);
    engagement_id id;
    become_one_of(k, k->t.work_team);
    return engagement_swarm(k->cx, &at, any_team(k), S("Hilfe"), &id);
}

static enum err walk_accept(struct walk *k)
{
    struct engagement e = pick(k);
    become_one_of(k, e.to_team);
    return engagement_accept(k->cx, at_of(k, &e), S("Ich sehe nach, bis 14 Uhr"),
                             roll(k, 2) == 0);
}

static enum err walk_decline(struct walk *k)
{
    struct engagement e = pick(k);
    become_one_of(k, e.to_team);
    return engagement_decline(k->cx, at_of(k, &e), S("Gern mit Seriennummer"));
}

static enum err walk_answer(struct walk *k)
{
    struct engagement e = pick(k);
    become_one_of(k, e.to_level > 3 ? k->t.work_team : e.to_team);
    return engagement_answer(k->cx, at_of(k, &e), S("Ja"));
}

static enum err walk_end(struct walk *k)
{
    struct engagement e = pick(k);
    become_one_of(k, e.to_team);
    return engagement_end(k->cx, at_of(k, &e), S("Fertig"));
}

static enum err walk_forward(struct walk *k)
{
    struct engagement e = pick(k);
    engagement_id id;
    become_one_of(k, e.to_team);
    return engagement_forward(k->cx, at_of(k, &e), any_team(k), &id);
}

static enum err walk_withdraw(struct walk *k)
{
    struct engagement e = pick(k);
    become_one_of(k, k->t.work_team);
    return engagement_withdraw(k->cx, at_of(k, &e));
}

static enum err walk_expire(struct walk *k)
{
    struct engagement e = pick(k);
    become_one_of(k, k->t.work_team);
    return engagement_expire(k->cx, at_of(k, &e));
}

static enum err walk_due(struct walk *k)
{
    struct engagement e = pick(k);
    if (e.id.n == 0 || e.accept_due.ms > k->cx->now.ms)
        return ERR_ABSENT;
    struct job job = {.ref = e.id.n};
    return engagement_jobs[0].apply(k->cx, &job);
}

static enum err walk_wait(struct walk *k)
{
    struct ticket_at at = case_at(k);
    become_one_of(k, k->t.work_team);
    return ticket_wait(
        k->cx, &at,
        &(struct ticket_waiting){.for_what = TICKET_WAITING_CUSTOMER, .asked = k->cx->now});
}

static enum err walk_replied(struct walk *k)
{
    struct ticket_at at = case_at(k);
    k->cx->who = tenant_system((tenant_id){1});
    return ticket_customer_replied(k->cx, &at);
}

static enum err walk_solve(struct walk *k)
{
    struct ticket_at at = case_at(k);
    struct solving_done done;
    become_one_of(k, k->t.work_team);
    return solving_finish(
        k->cx, &at, &(struct solving){.text = S("Funkkanal gewechselt, läuft"), .told = true},
        &done);
}

static enum err walk_reopen(struct walk *k)
{
    struct ticket_at at = case_at(k);
    become_one_of(k, k->t.work_team);
    return ticket_reopen(k->cx, &at, REOPENED_BY_CUSTOMER);
}

// clang-format off
static const struct {
    const char *name;
    enum err (*run)(struct walk *);
    int weight;
} verbs[] = {
    {"hand over", walk_hand_over, 10}, {"return",   walk_return,   6}, {"ask",     walk_ask,     6},
    {"swarm",     walk_swarm,      3}, {"accept",   walk_accept,  16}, {"decline", walk_decline, 3},
    {"answer",    walk_answer,     6}, {"end",      walk_end,      4}, {"forward", walk_forward, 9},
    {"withdraw",  walk_withdraw,   3}, {"expire",   walk_expire,   3}, {"due",     walk_due,     3},
    {"wait",      walk_wait,       3}, {"replied",  walk_replied,  4}, {"solve",   walk_solve,   2},
    {"reopen",    walk_reopen,     4},
};
// clang-format on

static isize any_verb(struct walk *k)
{
    int all = 0;
    for (isize i = 0; i < countof(verbs); i++)
        all += verbs[i].weight;
    int left = (int)roll(k, (uint64_t)all);
    isize i = 0;
    while ((left -= verbs[i].weight) >= 0)
        i++;
    return i;
}

// --- what must hold ----------------------------------------------------------------------

static void look(struct walk *k, ticket_id id)
{
    k->cx->who = tenant_system((tenant_id){1});
    check(ticket_load(k->cx, id, &k->t) == OK);
    check(engagement_list(k->cx, id, &k->e, &k->n) == OK);
}

// G15, from what is open and not from how it came to be.
static void one_has_the_ball(const struct walk *k)
{
    team_id asked = {0};
    for (isize i = 0; i < k->n; i++) {
        const struct engagement *e = &k->e[i];
        bool open = e->state == ENGAGED_REQUESTED || e->state == ENGAGED_ACCEPTED;
        if (e->mode == ENGAGE_CONSULT && open && e->to_level < 4) {
            check(asked.n == 0);    // G1
            check(e->to_team.n != k->t.work_team.n);
            asked = e->to_team;
        }
    }
    const struct ticket *t = &k->t;
    enum ball ball = ticket_is_over(t->status)              ? BALL_NOBODY
                     : t->status == TICKET_WAITING_CUSTOMER ? BALL_CUSTOMER
                     : t->status == TICKET_WAITING_VENDOR   ? BALL_VENDOR
                                                            : BALL_TEAM;
    int64_t team = ball != BALL_TEAM ? 0 : asked.n != 0 ? asked.n : t->work_team.n;
    check(t->ball == ball);
    check(t->ball_team.n == team);
}

static bool moves(const struct engagement *e)
{
    return e->mode == ENGAGE_HANDOVER || e->mode == ENGAGE_RETURN;
}

// G1 G12: the sender of what waits works on it; the receiver of what was accepted does.
static void nothing_is_in_the_air(const struct walk *k)
{
    int waiting = 0, held = 0;
    for (isize i = 0; i < k->n; i++) {
        const struct engagement *e = &k->e[i];
        if (!moves(e))
            continue;
        if (e->state == ENGAGED_REQUESTED) {
            waiting++;
            check(e->from_team.n == k->t.work_team.n && e->to_team.n != k->t.work_team.n);
        }
        if (e->state == ENGAGED_ACCEPTED) {
            held++;
            check(e->to_team.n == k->t.work_team.n && e->to_level == k->t.level);
        }
    }
    check(waiting <= 1 && held <= 1);
    if (ticket_is_over(k->t.status))
        check(waiting == 0 && held == 0);
}

// One move of the table at a time, and G5.
static void states_follow_the_table(struct walk *k)
{
    for (isize i = 0; i < k->n; i++) {
        const struct engagement *e = &k->e[i];
        check(e->id.n < REMEMBERED);
        unsigned char before = k->state[e->id.n % REMEMBERED];
        bool allowed = before == e->state || (before == 0 && e->state == ENGAGED_REQUESTED);
        enum engagement_state next;
        for (int act = ENGAGE_ACCEPT; act <= ENGAGE_HAND_ON; act++)
            allowed |= engagement_check_next(e->mode, (enum engagement_state)before,
                                             (enum engagement_act)act, &next)
                       && next == e->state;
        check(allowed);
        k->state[e->id.n % REMEMBERED] = (unsigned char)e->state;
    }
}

static void nobody_plays_ping_pong(const struct walk *k)
{
    for (isize i = 0; i < k->n; i++)
        for (isize j = 0; j < i; j++) {
            const struct engagement *a = &k->e[i], *b = &k->e[j];
            bool both = a->mode == ENGAGE_RETURN && b->mode == ENGAGE_RETURN
                        && a->state != ENGAGED_WITHDRAWN && b->state != ENGAGED_WITHDRAWN;
            check(!(both && a->from_team.n == b->from_team.n && a->to_team.n == b->to_team.n));
        }
}

static void the_path_is_whole(const struct walk *k)
{
    struct engagement_station *s;
    isize n, moved = 0, worked = 0, last = 0;
    check(engagement_path(k->cx, k->t.id, &s, &n) == OK);
    for (isize i = 0; i < k->n; i++)
        moved += moves(&k->e[i]) && k->e[i].accepted.ms != 0;
    check(n == k->n + 1 && s[0].worked && s[0].from.ms == k->t.created.ms);
    for (isize i = 1; i < n; i++) {
        if (!s[i].worked)
            continue;
        check(s[last].until.ms == s[i].from.ms);
        last = i;
        worked++;
    }
    check(worked == moved && s[last].team.n == k->t.work_team.n);
    check(s[last].until.ms == k->t.solved_at.ms);
}

static void everything_holds(struct walk *k, ticket_id id)
{
    look(k, id);
    one_has_the_ball(k);
    nothing_is_in_the_air(k);
    states_follow_the_table(k);
    nobody_plays_ping_pong(k);
    the_path_is_whole(k);
}

// --- the walk ----------------------------------------------------------------------------

static void new_case(struct walk *k, isize slot)
{
    struct ticket_made made = {0};
    k->cx->who = k->who[0];
    check(ticket_create(k->cx,
                        &(struct ticket_new){.channel = CHANNEL_PHONE, .subject = S("WLAN")},
                        &made)
          == OK);
    k->ticket[slot] = made.at.id;
}

static void step(struct walk *k, int *done)
{
    struct ctx *cx = k->cx;
    isize slot = (isize)roll(k, CASES);
    if (k->ticket[slot].n == 0 || roll(k, CASE_ENDS) == 0)
        new_case(k, slot);
    later(k->w, (int64_t)roll(k, 600));
    cx->now = k->w->now;
    cx->events = NULL;
    ctx_forgive(cx);
    look(k, k->ticket[slot]);
    check(db_savepoint(cx) == OK);
    isize verb = any_verb(k);
    enum err err = verbs[verb].run(k);
    bool foreign = cx->who.tenant.n != 1;
    done[verb] += err == OK;
    check((err == OK ? db_release(cx) : db_undo(cx)) == OK);
    check(err == OK || err == ERR_ABSENT || err == ERR_DENIED || err == ERR_INVALID
          || err == ERR_STALE);
    check(!foreign || err == ERR_ABSENT);
    everything_holds(k, k->ticket[slot]);
}

static uint64_t seed_of_this_run(void)
{
    const char *given = getenv("STAFFEL_SEED");
    int64_t seed = USUAL_SEED;
    if (given != NULL && str_to_int(str_from_z(given), &seed) && seed == 0) {
        uint32_t fresh;
        secret_random(&fresh, sizeof fresh);
        seed = fresh;
    }
    printf("     seed %lld\n", (long long)seed);
    return (uint64_t)seed * 2 + 1;    // never 0, where the generator would stand still
}

static void prepare(struct walk *k)
{
    struct world *w = k->w;
    k->random = seed_of_this_run();
    k->state = make(&w->kept, unsigned char, REMEMBERED);
    struct ctx *cx = begin(w);
    team_id mail, maker;
    check(team_add(cx, &(struct team){.name = SAY("Mail", "Mail"), .level = 2}, &mail) == OK);
    check(team_add(cx, &(struct team){.name = SAY("Maker", "Hersteller"), .level = 4}, &maker)
          == OK);
    check(person_join(cx, (person_id){BEN}, mail) == OK);
    check(end(w, OK) == OK);
    const team_id team[] = {{FIRST}, {NET}, {EXPERTS}, mail, maker};
    memcpy(k->team, team, sizeof team);
    k->teams = countof(team);
    for (isize i = 0; i < countof(people); i++)
        k->who[i] = who_is(w, people[i]);
}

static void whatever_people_do_the_promises_hold(struct world *w)
{
    struct walk k = {.w = w};
    int done[countof(verbs)] = {0};
    prepare(&k);
    int steps = db_is_postgres(w->db) ? STEPS_SERVER : STEPS;
    for (int i = 0; i < steps; i++) {
        if (i % STEPS_COMMIT == 0)
            k.cx = begin(w);
        step(&k, done);
        if (i % STEPS_COMMIT == STEPS_COMMIT - 1)
            check(end(w, OK) == OK);
    }
    // A walk that is always refused would prove nothing.
    for (isize i = 0; i < countof(verbs) && steps == STEPS; i++) {
        if (done[i] < DONE_LEAST)
            printf("     %s only %d times\n", verbs[i].name, done[i]);
        check(done[i] >= DONE_LEAST);
    }
    check(ask(w, "select count(*) from ticket t where not exists (select 1 from ticket_team s "
                 "where s.ticket = t.id and s.team = t.work_team)")
          == 0);
    check(ask(w, "select count(*) from ticket t where not exists (select 1 from ticket_team s "
                 "where s.ticket = t.id and s.team = t.care_team)")
          == 0);
}

const struct test engagement_walk_tests[] = {
    T(whatever_people_do_the_promises_hold),
    {0},
};
