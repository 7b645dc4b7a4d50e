// SPDX-License-Identifier: GPL-3.0-or-later
// The runner:  staffel-test [--postgres URL] [--list] [NAME...]
#include "testing/test.h"

#include "base/io.h"
#include "base/now.h"
#include "base/secret.h"
#include "crypt/engine.h"
#include "db/migrate.h"
#include "mail/message.h"
#include "net/smtp.h"
#include "suites.h"

#include <ftw.h>
#include <limits.h>

static int bad;

struct run {
    str postgres;    // address of a server's database "postgres", or empty
    str folder;      // of this run
    struct arena arena;
};

void check_(bool ok, const char *what, const char *file, int line)
{
    if (ok)
        return;
    bad++;
    fprintf(stderr, "%s:%d: not so: %s\n", file, line, what);
}

void check_str(str got, str expect, const char *file, int line)
{
    if (str_eq(got, expect))
        return;
    bad++;
    fprintf(stderr, "%s:%d: got “" STR_FMT "”, expected “" STR_FMT "”\n", file, line,
            STR_ARG(got), STR_ARG(expect));
}

struct ctx *begin_with(struct world *w, struct who who)
{
    arena_reset(&w->arena);
    w->cx = (struct ctx){.arena = &w->arena, .db = w->db, .now = w->now, .lang = w->lang,
                         .who = who, .data_dir = w->place.dir};
    check(db_begin(&w->cx) == OK);
    return &w->cx;
}

struct ctx *begin(struct world *w)
{
    return begin_with(w, tenant_system((tenant_id){1}));
}

struct ctx *begin_as(struct world *w, int person)
{
    struct ctx *cx = begin(w);
    struct who who = {0};
    check(access_who(cx, (person_id){person}, &who) == OK);
    cx->who = who;
    return cx;
}

struct who who_is(struct world *w, int person)
{
    struct ctx *cx = begin_as(w, person);
    struct who who = cx->who;
    check(end(w, OK) == OK);
    return who;
}

enum err end(struct world *w, enum err err)
{
    if (err == OK)
        err = db_commit(&w->cx);
    if (err != OK)
        db_rollback(&w->cx);
    return err;
}

// Row triggers that drop the row: both databases then count none.
void overtaken(struct world *w, const char *act, const char *table)
{
    struct ctx *cx = begin(w);
    str sql =
        db_is_postgres(w->db)
            ? arena_fmt(cx->arena,
                        "create or replace function overtaken() returns trigger language "
                        "plpgsql as 'begin return null; end';"
                        "create trigger overtaken_%s before %s on %s for each row execute "
                        "function overtaken()",
                        table, act, table)
            : arena_fmt(cx->arena,
                        "create trigger overtaken_%s before %s on %s "
                        "begin select raise(ignore); end",
                        table, act, table);
    check(end(w, db_script(cx, arena_z(cx->arena, sql))) == OK);
}

int64_t ask(struct world *w, const char *sql)
{
    struct db_stmt st = {.name = "ask", .id = -1, .sqlite = sql, .postgres = sql, .types = ""};
    struct db_result r = {0};
    db_fail_at(w->db, 0);
    struct ctx cx = {.arena = &w->arena, .db = w->db};
    enum err err = db_run(&cx, &st, NULL, &r);
    check(err == OK && r.rows == 1);
    if (err != OK)
        fprintf(stderr, "%s: " STR_FMT "\n", sql, STR_ARG(cx.detail.en));
    return err == OK && r.rows > 0 ? r.cell[0].n : INT64_MIN;
}

str keep(struct world *w, str s)
{
    return arena_str(&w->kept, s);
}

void later(struct world *w, int64_t seconds)
{
    w->now = instant_plus(w->now, seconds);
}

const char *shared_data(void)
{
    return getenv("STAFFEL_SHARED_DATA");
}

str slurp(struct arena *a, const char *path)
{
    struct ctx cx = {.arena = a};
    str s = {0};
    check(io_read_file(&cx, str_from_z(path), 64 << 20, &s) == OK);
    return s;
}

static enum err add_person(struct ctx *cx, str login, enum role role, int64_t team)
{
    struct person p = {.login = login, .name = login, .role = role, .lang = LANG_DE};
    person_id id;
    TRY(person_add(cx, &p, &id));
    return team == 0 ? OK : person_join(cx, id, (team_id){team});
}

static enum err add_desk(struct ctx *cx, str name, str address)
{
    tenant_id id;
    TRY(tenant_create(cx,
                      (struct tenant){.name = name,
                                      .lang = LANG_DE,
                                      .mail_address = address,
                                      .base_url = S("http://localhost:8080")},
                      &id));
    cx->who = tenant_system(id);
    return OK;
}

static enum err add_team(struct ctx *cx, struct words name, int level)
{
    team_id id;
    return team_add(cx, &(struct team){.name = name, .level = level, .intake = level == 1},
                    &id);
}

static enum err fill(struct ctx *cx)
{
    TRY(add_desk(cx, S("Nordlicht"), S("hilfe@nordlicht.example")));
    TRY(add_team(cx, SAY("Service desk", "Servicetelefon"), 1));
    TRY(add_team(cx, SAY("Network", "Netz"), 2));
    TRY(add_team(cx, SAY("Experts", "Expertise"), 3));
    TRY(add_person(cx, S("ada"), ROLE_AGENT_L1, FIRST));
    TRY(add_person(cx, S("ben"), ROLE_AGENT_L1, FIRST));
    TRY(add_person(cx, S("cem"), ROLE_TECH_L2, NET));
    TRY(add_person(cx, S("dora"), ROLE_EXPERT_L3, EXPERTS));
    TRY(add_person(cx, S("eva"), ROLE_LEAD, FIRST));
    TRY(add_person(cx, S("finn"), ROLE_STEWARD, 0));
    TRY(add_person(cx, S("gero"), ROLE_ADMIN, 0));
    TRY(add_desk(cx, S("Südwind"), S("hilfe@suedwind.example")));
    TRY(add_team(cx, SAY("Elsewhere", "Anderswo"), 1));
    return add_person(cx, S("nina"), ROLE_AGENT_L1, FOREIGN);
}

static const instant world_time = {1795168800000};    // Friday 20 November 2026, 10:00 UTC

static void must(struct ctx *cx, enum err err, const char *what)
{
    if (err == OK)
        return;
    fprintf(stderr, "%s: " STR_FMT "\n", what, STR_ARG(cx->detail.en));
    exit(2);
}

static str with_database(struct arena *a, str url, const char *name)
{
    isize query = str_find(url, S("?"));
    isize slash = query < 0 ? url.n : query;
    while (slash > 0 && url.p[slash - 1] != '/')
        slash--;
    str tail = query < 0 ? S("") : str_cut(url, query);
    return arena_fmt(a, STR_FMT "%s" STR_FMT, (int)slash, url.p, name, STR_ARG(tail));
}

static void on_server(struct run *run, const char *drop, const char *create)
{
    struct ctx cx = {.arena = &run->arena};
    struct db_place admin = {.postgres = run->postgres};
    must(&cx, db_open(&cx, &admin, DB_WRITER, &cx.db), "connect");
    must(&cx, db_script(&cx, drop), drop);
    must(&cx, db_script(&cx, create), create);
    db_close(cx.db);
}

static void copy_postgres(struct run *run, struct world *w)
{
    on_server(run, "drop database if exists world", "create database world template world_0");
    w->place.postgres = with_database(&run->arena, run->postgres, "world");
}

// One migrated and filled database is made once; each test gets a copy of it.
static void make_template(struct run *run)
{
    struct ctx cx = {.arena = &run->arena, .now = world_time};
    struct db_place place = {.dir = run->folder};
    if (run->postgres.n > 0) {
        on_server(run, "drop database if exists world_0", "create database world_0");
        place.postgres = with_database(&run->arena, run->postgres, "world_0");
    }
    must(&cx, db_open(&cx, &place, DB_WRITER, &cx.db), "open the template");
    must(&cx, migrate_run(&cx), "migrate");
    must(&cx, db_prepare_all(&cx), "prepare");
    must(&cx, db_begin(&cx), "begin");
    must(&cx, fill(&cx), "fill");
    must(&cx, db_commit(&cx), "commit");
    db_close(cx.db);
}

static void copy_sqlite(struct run *run, struct world *w)
{
    struct ctx cx = {.arena = &w->arena};
    str bytes = slurp(&w->arena, arena_z(&w->arena, arena_fmt(&w->arena, STR_FMT "/staffel.db",
                                                              STR_ARG(run->folder))));
    str to = arena_fmt(&w->arena, STR_FMT "/staffel.db", STR_ARG(w->place.dir));
    int fd = -1;
    must(&cx, io_create(&cx, to, &fd), "copy");
    must(&cx, io_write(&cx, fd, bytes), "copy");
    io_close(fd);
}

static void world_open(struct run *run, struct world *w, int nth)
{
    *w = (struct world){.arena = arena_new((isize)256 << 20),
                        .kept = arena_new((isize)16 << 20),
                        .now = world_time,
                        .lang = LANG_EN};
    w->place.dir = arena_fmt(&run->arena, STR_FMT "/%d", STR_ARG(run->folder), nth);
    struct ctx cx = {.arena = &w->arena};
    must(&cx, io_mkdir(&cx, w->place.dir), "mkdir");
    if (run->postgres.n > 0)
        copy_postgres(run, w);
    else
        copy_sqlite(run, w);
    must(&cx, db_open(&cx, &w->place, DB_WRITER, &w->db), "open");
}

// Named by a part of the test's name or of its file's: "mail/" is all of a folder.
static bool wanted(const char *name, int argc, char **argv)
{
    for (int i = 0; i < argc; i++)
        if (strstr(name, argv[i]) != NULL)
            return true;
    return argc == 0;
}

static bool run_test(struct run *run, const struct test *t, int nth)
{
    int before = bad;
    struct world w;
    world_open(run, &w, nth);
    t->run(&w);
    io_fail_at(0);
    db_close(w.db);
    arena_free(&w.arena);
    arena_free(&w.kept);
    printf("%s %s\n", bad == before ? "ok  " : "FAIL", t->name);
    fflush(stdout);
    return bad == before;
}

static int run_suites(struct run *run, int argc, char **argv)
{
    int passed = 0, failed = 0;
    for (isize i = 0; i < countof(suites); i++) {
        bool whole = wanted(suites[i].file, argc, argv);
        for (const struct test *t = suites[i].tests; t->name != NULL; t++) {
            if (!whole && !wanted(t->name, argc, argv))
                continue;
            bool ok = run_test(run, t, passed + failed);
            passed += ok;
            failed += !ok;
        }
    }
    printf("%d passed, %d failed\n", passed, failed);
    return failed > 0 || passed == 0;
}

static void start(struct run *run)
{
    run->arena = arena_new((isize)64 << 20);
    const char *tmp = getenv("TMPDIR");
    str pattern = arena_fmt(&run->arena, "%s/staffel-test-XXXXXX", tmp != NULL ? tmp : "/tmp");
    char *name = make(&run->arena, char, pattern.n + 1);
    memcpy(name, pattern.p, (size_t)pattern.n);
    mail_start();
    if (!smtp_start())
        exit(2);
    if (!secret_start() || mkdtemp(name) == NULL)
        exit(2);
    run->folder = arena_str(&run->arena, str_from_z(name));
    make_template(run);
}

static int remove_entry(const char *path, const struct stat *st, int kind, struct FTW *at)
{
    (void)st;
    (void)kind;
    (void)at;
    return remove(path);
}

// Kept when a test failed: the databases are the evidence.
static void remove_folder(str folder)
{
    char path[PATH_MAX];
    isize n = int_min(folder.n, PATH_MAX - 1);
    memcpy(path, folder.p, (size_t)n);
    path[n] = 0;
    nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

int main(int argc, char **argv)
{
    if (engine_is_asked(argv))
        return engine_answer();
    struct run run = {0};
    argc--, argv++;
    if (argc > 1 && strcmp(argv[0], "--postgres") == 0) {
        run.postgres = str_from_z(argv[1]);
        argc -= 2, argv += 2;
    }
    start(&run);
    int rc = run_suites(&run, argc, argv);
    if (rc == 0)
        remove_folder(run.folder);
    return rc;
}
