// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"

#include "app/manual.h"
#include "base/io.h"
#include "testing/test.h"

#include <sysexits.h>

static int count(const char *const *words)
{
    int n = 0;
    while (words[n] != NULL)
        n++;
    return n;
}

// What is printed for these words.
static str said(struct world *w, char **words, int *code)
{
    struct buf b = buf_new(&w->kept, 1 << 16);
    *code = command_help(&w->cx, count((const char *const *)words), words, &b);
    return buf_str(&b);
}

static void O1_help_of_a_subcommand_is_about_it_alone(struct world *w)
{
    int code;
    check(command_wants_help(3, (char *[]){"serve", "--listen", "--help", NULL}));
    check(command_wants_help(1, (char *[]){"-h", NULL}));
    check(!command_wants_help(2, (char *[]){"search", "help", NULL}));
    begin(w);
    str s = said(w, (char *[]){"serve", "--help", NULL}, &code);
    check(code == EX_OK && str_find(s, S("--lmtp")) > 0 && str_find(s, S("user add")) < 0);
    s = said(w, (char *[]){"token", "--help", NULL}, &code);
    check(code == EX_OK && str_find(s, S("token revoke ID")) > 0);
    check(str_find(s, S("token add --user NAME")) > 0 && str_find(s, S("serve")) < 0);
    s = said(w, (char *[]){"--help", NULL}, &code);
    check(code == EX_OK && str_find(s, S("serve")) > 0 && str_find(s, S("restore")) > 0);
    (void)said(w, (char *[]){"nothing", "--help", NULL}, &code);
    check(code == EX_USAGE);
    check(end(w, OK) == OK);
}

static enum err refuse(struct ctx *cx, char **words)
{
    int n;
    const struct command *k = command_find(count((const char *const *)words), words, &n);
    check(k != NULL);
    return command_options(cx, k, words + n);
}

static void O2_an_option_nobody_knows_is_refused(struct world *w)
{
    struct ctx *cx = begin(w);
    check(refuse(cx, (char *[]){"serve", "--listne", "127.0.0.1:1", NULL}) == ERR_INVALID);
    check_text(cx->detail.en, S("serve has no option --listne. Try: staffel serve --help"));
    check(refuse(cx, (char *[]){"serve", "--liste", NULL}) == ERR_INVALID);
    check(refuse(cx, (char *[]){"version", "--listen", "127.0.0.1:1", NULL}) == ERR_INVALID);
    check(refuse(cx, (char *[]){"search", "wlan", "--json", "--user", "--odd", NULL}) == OK);
    check(refuse(cx, (char *[]){"serve", "--content-url", "https://a", NULL}) == OK);
    check(refuse(cx, (char *[]){"report", "flow", "--json", "--src", "volvo", NULL}) == OK);
    check(end(w, OK) == OK);
}

static void O2_a_value_that_is_missing_is_said(struct world *w)
{
    struct ctx *cx = begin(w);
    check(refuse(cx, (char *[]){"token", "list", "--user", NULL}) == ERR_INVALID);
    check_text(cx->detail.de, S("Bei --user fehlt der Wert. Hilfe: staffel token list --help"));
    check(refuse(cx, (char *[]){"serve", "--data", "", NULL}) == ERR_INVALID);
    check(end(w, OK) == OK);
}

static void O3_every_subcommand_takes_its_place(struct world *w)
{
    struct ctx *cx = begin(w);
    for (const struct command *k = commands; k->name != NULL; k++)
        check(command_options(cx, k, (char *[]){"--data", "d", "--db", "u", "--quiet", NULL})
              == OK);
    check(end(w, OK) == OK);
}

static void O4_only_what_sets_up_makes_a_desk(struct world *w)
{
    struct ctx *cx = begin(w);
    struct options lost = {.place.dir = arena_join(cx->arena, w->place.dir, S("/lost"))};
    for (const struct command *k = commands; k->name != NULL; k++) {
        bool first = strcmp(k->name, "init") == 0 || strcmp(k->name, "migrate") == 0
                     || strcmp(k->name, "demo") == 0 || strcmp(k->name, "restore") == 0;
        if (k->where == RUN_ALONE)
            continue;
        check((command_place(cx, k, &lost) == OK) == first);
        check(first || str_starts(cx->detail.en, S("There is no desk in “")));
        ctx_forgive(cx);
    }
    check(!io_is_folder(cx, lost.place.dir));
    check(end(w, OK) == OK);
}

static void O4_a_desk_is_found_where_its_database_lies(struct world *w)
{
    int fd;
    struct ctx *cx = begin(w);
    struct options here = {.place.dir = arena_join(cx->arena, w->place.dir, S("/here"))};
    check(io_mkdir(cx, here.place.dir) == OK && !desk_is_there(cx, &here));
    str file = arena_join(cx->arena, here.place.dir, S("/staffel.db"));
    check(io_create(cx, file, &fd) == OK);
    io_close(fd);
    check(desk_is_there(cx, &here) && cx->detail.en.n == 0);
    here = (struct options){.place = {.dir = S("/nowhere"), .postgres = S("postgres://h")}};
    check(desk_is_there(cx, &here));
    check(end(w, OK) == OK);
}

static void O7_who_only_looks_changes_no_schema(struct world *w)
{
    struct options o = {.place.dir = S("d"), .quiet = true};
    (void)w;
    for (const struct command *k = commands; k->name != NULL; k++) {
        if (k->where < RUN_INSIDE)
            continue;
        bool first = strcmp(k->name, "init") == 0 || strcmp(k->name, "migrate") == 0;
        bool any = strcmp(k->name, "check") == 0 || strcmp(k->name, "backup") == 0;
        struct options opened = command_opens(k, &o);
        check(opened.as_it_is == !first && opened.any_age == any && opened.quiet);
    }
}

static enum err forget_the_newest(struct ctx *cx, void *arg)
{
    (void)arg;
    return db_script(cx, "delete from migration where number > 17");
}

static void O7_data_of_before_is_refused_with_its_age(struct world *w)
{
    struct desk *d;
    struct ctx *cx = begin(w);
    struct options o = {.place.dir = arena_join(cx->arena, w->place.dir, S("/old"))};
    check(end(w, OK) == OK);
    struct ctx mine = {.arena = cx->arena, .now = w->now, .lang = LANG_EN, .data_dir = o.place.dir};
    check(desk_open(&mine, &o, &d) == OK);
    check(desk_write(d, &mine, forget_the_newest, NULL) == OK);
    desk_close(d);
    o.as_it_is = true;
    check(desk_open(&mine, &o, &d) == ERR_INVALID);
    check(str_find(mine.detail.en, S("The data is older than this program: schema 17 of ")) == 0);
    ctx_forgive(&mine);
    o.any_age = true;
    check(desk_open(&mine, &o, &d) == OK);
    desk_close(d);
}

static void O6_a_file_is_read_by_who_runs_it(struct world *w)
{
    int fd, words;
    struct ctx *cx = begin(w);
    str file = arena_join(cx->arena, w->place.dir, S("/in.jsonl"));
    check(io_create(cx, file, &fd) == OK && io_write(cx, fd, S("{}\n")) == OK);
    io_close(fd);
    static const char *const readers[] = {"jsonl", "bpic2013", "servicenow", "helpdesk"};
    for (int i = 0; i < countof(readers); i++) {
        char *argv[] = {"import", (char *)(uintptr_t)readers[i],
                        (char *)(uintptr_t)arena_z(cx->arena, file), NULL};
        const struct command *k = command_find(3, argv, &words);
        struct call c = {.cx = cx, .argc = 3 - words, .argv = argv + words};
        check(words == 2 && command_take_input(&c, k) == OK);
        check_text(c.in, S("{}\n"));
        c.argv[0] = "nowhere.jsonl";
        check(command_take_input(&c, k) != OK
              && str_find(cx->detail.en, S("nowhere.jsonl")) >= 0);
        ctx_forgive(cx);
    }
    check(end(w, OK) == OK);
}

static void O6_a_folder_goes_by_its_whole_path(struct world *w)
{
    int words;
    struct ctx *cx = begin(w);
    char *argv[] = {"backup", "saved", NULL}, *whole[] = {"backup", "/var/saved", NULL};
    const struct command *k = command_find(2, argv, &words);
    struct call c = {.cx = cx, .argc = 1, .argv = argv + 1};
    check(command_take_folder(&c, k) == OK && argv[1][0] == '/');
    check(str_ends(str_from_z(argv[1]), S("/saved")));
    c.argv = whole + 1;
    check(command_take_folder(&c, k) == OK);
    check_text(str_from_z(whole[1]), S("/var/saved"));
    check(end(w, OK) == OK);
}

// As roff writes it: every dash behind a backslash.
static str as_printed(struct arena *a, str option)
{
    struct buf b = buf_new(a, 64);
    for (isize i = 0; i < option.n; i++) {
        if (option.p[i] == '-')
            buf_char(&b, '\\');
        buf_char(&b, option.p[i]);
    }
    return buf_str(&b);
}

static void O5_the_manual_page_explains_every_option_of_serve(struct world *w)
{
    struct ctx *cx = begin(w);
    struct buf b = buf_new(&w->kept, 1 << 16);
    struct call c = {.cx = cx, .out = &b};
    int words, n = 0;
    check(manual_print(&c) == EX_OK);
    str page = buf_str(&b), section = str_cut(page, str_find(page, S(".SH OPTIONS")));
    str usage = str_from_z(command_find(1, (char *[]){"serve", NULL}, &words)->usage);
    while (usage.n > 0) {
        str option = str_token(&usage, ' ');
        option = str_cut(option, option.n > 0 && option.p[0] == '[' ? 1 : 0);
        if (!str_starts(option, S("--")))
            continue;
        str name = str_token(&option, ']');
        check(str_find(section, as_printed(cx->arena, name)) > 0);
        n++;
    }
    check(n >= 14);
    check(end(w, OK) == OK);
}

static void O5_every_role_is_explained(struct world *w)
{
    int code;
    begin(w);
    str s = said(w, (char *[]){"user", NULL}, &code);
    for (int i = 1; person_roles[i].code != NULL; i++) {
        check(str_find(s, str_from_z(person_roles[i].code)) > 0);
        check(str_find(s, person_roles[i].does.en) > 0);
    }
    check(end(w, OK) == OK);
}

static void O1_what_is_no_subcommand_is_said(struct world *w)
{
    int code;
    begin(w);
    str s = said(w, (char *[]){"nosuch", NULL}, &code);
    check(code == EX_USAGE);
    check_text(s, S("staffel: there is no subcommand “nosuch”. Try: staffel help\n"));
    check(end(w, OK) == OK);
}

static int before(struct world *w, char **words, struct buf *out)
{
    int n;
    struct ctx cx = {.arena = &w->kept, .now = w->now, .lang = LANG_EN};
    const struct command *k = command_find(count((const char *const *)words), words, &n);
    struct call c = {.cx = &cx, .argc = count((const char *const *)words) - n, .argv = words + n, .out = out};
    return k->before(&c);
}

static void O8_words_that_are_wrong_open_nothing(struct world *w)
{
    struct buf b = buf_new(&w->kept, 1 << 12);
    check(before(w, (char *[]){"init", "--address", "foo", NULL}, &b) == EX_DATAERR);
    check_text(buf_str(&b), S("staffel: “foo” is not a mail address. One looks like help@desk.example.\n"));
    check(before(w, (char *[]){"init", "--url", "help/x", NULL}, &b) == EX_DATAERR);
    check(before(w, (char *[]){"init", "--language", "fr", NULL}, &b) == EX_USAGE);
    check(before(w, (char *[]){"user", "add", "a", "--language", "fr", NULL}, &b) == EX_USAGE);
    b.n = 0;
    check(before(w, (char *[]){"init", "--name", "Help", "--language", "en", NULL}, &b) == EX_OK && b.n == 0);
    check(before(w, (char *[]){"user", "add", "a", "--language", "en", NULL}, &b) == EX_OK && b.n == 0);
}

static void O9_the_version_by_its_usual_option(struct world *w)
{
    char *only[] = {"staffel", "--version", NULL}, *more[] = {"staffel", "serve", "--version", NULL};
    (void)w;
    command_expand(2, only);
    command_expand(3, more);
    check_text(str_from_z(only[1]), S("version"));
    check_text(str_from_z(more[2]), S("--version"));
}

// What a subcommand says in a desk of its own.
static str run_at(struct world *w, str dir, char **words, const char *in)
{
    int n;
    struct buf b = buf_new(&w->kept, 1 << 12);
    struct options o = {.place.dir = dir};
    struct ctx cx = {.arena = &w->kept, .now = w->now, .lang = LANG_EN, .data_dir = dir};
    const struct command *k = command_find(count((const char *const *)words), words, &n);
    struct call c = {.cx = &cx, .argc = count((const char *const *)words) - n, .argv = words + n,
                     .out = &b, .in = str_from_z(in), .options = &o};
    if (k->where != RUN_ALONE)
        check(desk_open(&cx, &o, &c.desk) == OK);
    buf_fmt(&b, "%d", command_run(&c, k));
    if (c.desk != NULL)
        desk_close(c.desk);
    return buf_str(&b);
}

static void init_says_what_has_happened(struct world *w)
{
    str dir = arena_join(&w->kept, w->place.dir, S("/said"));
    check(str_starts(run_at(w, dir, (char *[]){"init", NULL}, ""), S("The desk is ready. ")));
    check(str_starts(run_at(w, dir, (char *[]){"init", NULL}, ""),
                     S("The desk was there already; nothing is changed.\n")));
    check(str_starts(run_at(w, dir, (char *[]){"init", "--name", "Nord", NULL}, ""),
                     S("The desk that was there is changed as said.\n")));
}

static void who_is_added_reads_the_desks_language_or_his_own(struct world *w)
{
    str dir = arena_join(&w->kept, w->place.dir, S("/tongue"));
    char *password = "drei Boote auf dem Deich\n";
    (void)run_at(w, dir, (char *[]){"init", "--language", "en", NULL}, "");
    check_text(run_at(w, dir, (char *[]){"user", "add", "ada", "--role", "admin", NULL}, password), S("0"));
    check_text(run_at(w, dir, (char *[]){"user", "add", "ben", "--role", "admin", "--language", "de", NULL}, password), S("0"));
    struct db *db;
    struct db_result r;
    struct ctx cx = {.arena = &w->kept, .now = w->now, .lang = LANG_EN};
    struct db_place place = {.dir = dir};
    static const struct db_stmt st = {.name = "language", .id = -1, .types = "",
                                      .sqlite = "select login || language from person order by login"};
    check(db_open(&cx, &place, DB_WRITER, &db) == OK);
    cx.db = db;
    check(db_run(&cx, &st, NULL, &r) == OK && r.rows == 2);
    check_text(r.cell[0].s, S("ada2"));
    check_text(r.cell[1].s, S("ben1"));
    db_close(db);
}

static void what_is_missing_is_said(struct world *w)
{
    str dir = arena_join(&w->kept, w->place.dir, S("/missing"));
    check_text(run_at(w, dir, (char *[]){"inspect", "mail", NULL}, ""), S("Say:  staffel inspect mail FILE...\n64"));
    str to = arena_join(&w->kept, w->place.dir, S("/lost/today"));
    check(str_find(run_at(w, dir, (char *[]){"backup", (char *)(uintptr_t)arena_z(&w->kept, to), NULL}, ""),
                   S("/lost”. Make it first, or name another one.\n65")) > 0);
}

const struct test command_tests[] = {
    T(O1_help_of_a_subcommand_is_about_it_alone),
    T(O2_an_option_nobody_knows_is_refused),
    T(O2_a_value_that_is_missing_is_said),
    T(O1_what_is_no_subcommand_is_said),
    T(O3_every_subcommand_takes_its_place),
    T(O4_only_what_sets_up_makes_a_desk),
    T(O4_a_desk_is_found_where_its_database_lies),
    T(O5_the_manual_page_explains_every_option_of_serve),
    T(O5_every_role_is_explained),
    T(O7_who_only_looks_changes_no_schema),
    T(O7_data_of_before_is_refused_with_its_age),
    T(O8_words_that_are_wrong_open_nothing),
    T(O9_the_version_by_its_usual_option),
    T(init_says_what_has_happened),
    T(who_is_added_reads_the_desks_language_or_his_own),
    T(what_is_missing_is_said),
    T(O6_a_file_is_read_by_who_runs_it),
    T(O6_a_folder_goes_by_its_whole_path),
    {0},
};
