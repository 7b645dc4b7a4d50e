// SPDX-License-Identifier: GPL-3.0-or-later
// staffel-crash kill N | power N | control | quick
#include "tests/crash/crash.h"

#include "base/io.h"
#include "base/now.h"
#include "base/secret.h"
#include "db/migrate.h"
#include "person/team.h"
#include "tenant/tenant.h"

#include <ftw.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    CHECK_EVERY = 100,
    HURRY_EVERY = 3,
    START_EVERY = 10,
    DOOR_MS = 5000,
    ROUNDS = 6,
    START_MS = 150,
    DIE_MS = 400,
    DIE_OPS = 1500,
    DRAIN_MS = 1800000,
    CONTROL_MS = 10000
};

static uint64_t draw(uint64_t below)
{
    uint64_t x;
    secret_random(&x, sizeof x);
    return x % below;
}

static void must(struct ctx *cx, enum err err)
{
    if (err == OK)
        return;
    fprintf(stderr, "crash: " STR_FMT "\n", STR_ARG(cx->detail.en));
    exit(2);
}

static void make_desk(const struct plan *p)
{
    struct arena a = arena_new((isize)64 << 20);
    struct ctx cx = {.arena = &a, .now = now_utc(), .data_dir = p->dir};
    struct db_place place = {.dir = p->dir};
    tenant_id desk;
    team_id team;
    must(&cx, db_open(&cx, &place, DB_WRITER, &cx.db));
    must(&cx, migrate_run(&cx));
    must(&cx, db_begin(&cx));
    struct tenant t = {.name = S("Nordlicht"),
                       .lang = LANG_DE,
                       .mail_address = S("hilfe@nordlicht.example"),
                       .base_url = S("http://localhost:8080")};
    must(&cx, tenant_create(&cx, t, &desk));
    cx.who = tenant_system(desk);
    struct team first = {.name = SAY("1st level", "1st Level"), .level = 1, .intake = true};
    must(&cx, team_add(&cx, &first, &team));
    must(&cx, db_commit(&cx));
    db_close(cx.db);
    arena_free(&a);
}

static pid_t spawn(const struct plan *p, bool power, int64_t die_at)
{
    struct arena a = arena_new(1 << 16);
    const char *door = arena_z(&a, arena_fmt(&a, "unix:" STR_FMT "/door", STR_ARG(p->dir)));
    const char *control = arena_z(&a, arena_fmt(&a, "%d", (int)p->control));
    const char *seed = arena_z(&a, arena_fmt(&a, "%llu", (unsigned long long)draw(UINT64_MAX)));
    const char *die = arena_z(&a, arena_fmt(&a, "%lld", (long long)die_at));
    const char *program = arena_z(&a, p->program);
    const char *words[] = {
        program, "--server", arena_z(&a, p->dir),   door, power ? "1" : "0", control,
        seed,    die,        arena_z(&a, p->relay), NULL};
    pid_t child = fork();
    if (child == 0) {
        if (p->control == CONTROL_EARLY && die_at >= 0)
            setenv("CRASH_EARLY", "1", 1);
        (void)!freopen("/dev/null", "w", stderr);    // it logs each mail
        execv(program, (char **)(uintptr_t)words);
        _exit(127);
    }
    arena_free(&a);
    return child;
}

static void wait_for_door(const struct plan *p)
{
    struct arena a = arena_new(1 << 16);
    struct ctx cx = {.arena = &a};
    str path = arena_fmt(&a, STR_FMT "/door", STR_ARG(p->dir));
    int fd = -1;
    for (int i = 0; i < DOOR_MS && io_connect_unix(&cx, path, &fd) != OK; i++) {
        now_sleep_ms(1);
        arena_reset(&a);
        path = arena_fmt(&a, STR_FMT "/door", STR_ARG(p->dir));
    }
    io_close(fd);
    arena_free(&a);
}

static void crash_once(const struct plan *p, struct sender *s, int cycle)
{
    bool by_itself = p->power && draw(2) == 0;    // in the middle of a write or a sync
    pid_t child = spawn(p, p->power, by_itself ? 1 + (int64_t)draw(DIE_OPS) : 0);
    sender_start(s, cycle);
    if (!by_itself && cycle % START_EVERY != 0)    // else in the midst of its start
        wait_for_door(p);
    now_sleep_ms(by_itself ? DIE_MS : (int64_t)draw(START_MS));
    kill(child, SIGKILL);
    sender_gone(s);
    waitpid(child, NULL, 0);
    sender_join(s);
}

// Mails to be read, and answers that are due.
static int64_t waiting(const struct plan *p)
{
    struct arena a = arena_new((isize)16 << 20);
    struct ctx cx = {.arena = &a, .now = now_utc()};
    struct db_place place = {.dir = p->dir};
    struct db_stmt st = {
        .name = "waiting",
        .id = -1,
        .types = "",
        .sqlite = "select (select count(*) from inbox where state = 1) + (select count(*) "
                  "from job where kind = 'outbox.send' and state = 1 and run_at = 0)"};
    struct db_result out = {0};
    int64_t n = 0;
    if (db_open(&cx, &place, DB_READER, &cx.db) == OK) {
        if (db_run(&cx, &st, NULL, &out) == OK)
            n = out.cell[0].n;
        db_close(cx.db);
    }
    arena_free(&a);
    return n;
}

// A server that is left alone: what is owed comes in, what came in is read.
static void drain(const struct plan *p, struct sender *s)
{
    pid_t child = spawn(p, false, -1);
    sender_no_more(s);
    sender_start(s, 0);
    sender_join(s);
    int64_t until = now_monotonic_ms() + (p->control == CONTROL_NONE ? DRAIN_MS : CONTROL_MS);
    bool dead = false;
    while (!dead && waiting(p) > 0 && now_monotonic_ms() < until) {
        now_sleep_ms(100);
        dead = waitpid(child, NULL, WNOHANG) == child;    // it could not even start
    }
    if (dead)
        return;
    kill(child, SIGTERM);
    waitpid(child, NULL, 0);
}

static int remove_entry(const char *path, const struct stat *st, int kind, struct FTW *at)
{
    (void)st;
    (void)kind;
    (void)at;
    return remove(path);
}

static void run(struct plan *p, struct sender *s, struct sink *k, struct result *r)
{
    bool whole = true;
    make_desk(p);
    for (int i = 1; i <= p->cycles; i++) {
        if (i % HURRY_EVERY == 0)
            check_hurry(p);
        crash_once(p, s, i);
        if (i % CHECK_EVERY == 0)
            whole &= check_whole(p);
    }
    drain(p, s);
    check_finish(p, s);
    for (int i = 0; i < ROUNDS; i++) {    // "later", and the second try of what was uncertain
        check_hurry(p);
        drain(p, s);
    }
    check_all(p, s, k, r);
    r->whole &= whole;
}

// clang-format off
static const char *const control_names[CONTROL_COUNT] = {
    [CONTROL_NONE] = "", [CONTROL_SYNC_OFF] = " with synchronous=off", [CONTROL_NO_FOLDER] = " without syncing folders",
    [CONTROL_EARLY] = " with 250 before the commit", [CONTROL_CHANGED] = " with mails changed on the way",
    [CONTROL_LIAR] = " with a relay that keeps what it refuses", [CONTROL_FORGETS] = " with a relay that forgets",
};
// clang-format on

static bool one_run(const char *program, bool power, enum control control, int cycles)
{
    // In memory where there is some: what a kill leaves does not depend on the disk, and the power
    // cut is simulated.
    char shm[] = "/dev/shm/staffel-crash-XXXXXX", tmp[] = "/tmp/staffel-crash-XXXXXX";
    char *dir = access("/dev/shm", W_OK) == 0 ? shm : tmp;
    if (mkdtemp(dir) == NULL)
        exit(2);
    struct plan p = {.dir = str_from_z(dir),
                     .program = str_from_z(program),
                     .power = power,
                     .control = control,
                     .cycles = cycles};
    struct sender *s = sender_new(&p);
    struct sink *k = sink_start(&p);
    p.relay = sink_url(k);
    struct result r = {0};
    int64_t begun = now_monotonic_ms();
    run(&p, s, k, &r);
    bool good = r.lost == 0 && r.damaged == 0 && r.doubled == 0 && r.whole && r.acknowledged > 0
                && r.answers > 0 && r.out_lost == 0 && r.out_doubled == 0 && r.out_waits == 0;
    printf("%s%s: %d crashes, %d mails, %lld answered 250, %lld brought again, %lld lost, %lld "
           "damaged, %lld doubled, "
           "database %s, %lld s\n",
           power ? "power" : "kill", control_names[control], cycles, sender_count(s),
           (long long)r.acknowledged, (long long)sender_again(s), (long long)r.lost,
           (long long)r.damaged, (long long)r.doubled, r.whole ? "whole" : "DAMAGED",
           (long long)(now_monotonic_ms() - begun) / 1000);
    printf("     answers: %lld, %lld lost, %lld doubled without a mark, %lld marked as perhaps "
           "there twice, "
           "%lld of them never answered for, %lld still waiting\n",
           (long long)r.answers, (long long)r.out_lost, (long long)r.out_doubled,
           (long long)r.twice, (long long)r.unknown, (long long)r.out_waits);
    fflush(stdout);
    sink_stop(k);
    if (good || control != CONTROL_NONE)
        nftw(dir, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    else
        printf("     the evidence is in %s\n", dir);
    return good;
}

struct tally {
    int passed, failed;
};

static void expect(struct tally *t, const char *program, bool power, enum control control,
                   int cycles)
{
    bool good = one_run(program, power, control, cycles);
    bool as_it_should = good == (control == CONTROL_NONE);
    if (!as_it_should)
        printf("FAIL %s\n",
               control == CONTROL_NONE ? "a mail did not survive" : "the harness is blind");
    t->passed += as_it_should;
    t->failed += !as_it_should;
}

static void controls(struct tally *t, const char *program, int cycles)
{
    expect(t, program, true, CONTROL_SYNC_OFF, cycles);
    expect(t, program, true, CONTROL_NO_FOLDER, cycles);
    expect(t, program, false, CONTROL_EARLY, cycles * 2);
    expect(t, program, false, CONTROL_CHANGED, cycles);
    expect(t, program, false, CONTROL_LIAR, cycles);
    expect(t, program, false, CONTROL_FORGETS, cycles);
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "--server") == 0)
        return server_main(argc - 2, argv + 2);
    static char program[4096];
    struct tally t = {0};
    if (argc < 2 || !secret_start()
        || readlink("/proc/self/exe", program, sizeof program - 1) < 0)
        return 64;
    signal(SIGPIPE, SIG_IGN);
    int n = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 2000;
    bool quick = strcmp(argv[1], "quick") == 0;
    if (quick || strcmp(argv[1], "kill") == 0)
        expect(&t, program, false, CONTROL_NONE, quick ? 15 : n);
    if (quick || strcmp(argv[1], "power") == 0)
        expect(&t, program, true, CONTROL_NONE, quick ? 25 : n);
    if (quick) {
        expect(&t, program, true, CONTROL_SYNC_OFF, 15);
        expect(&t, program, true, CONTROL_NO_FOLDER, 20);
    }
    if (strcmp(argv[1], "control") == 0)
        controls(&t, program, 30);
    printf("%d passed, %d failed\n", t.passed, t.failed);
    return t.failed > 0 || t.passed == 0;
}
