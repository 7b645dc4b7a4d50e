// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"

#include "base/io.h"
#include "base/limits.h"
#include "letterhead/letterhead.h"
#include "tenant/tenant.h"

#include <sysexits.h>
#include <unistd.h>

const struct command *command_find(int argc, char **argv, int *words)
{
    for (const struct command *c = commands; c->name != NULL; c++) {
        str name = str_from_z(c->name);
        int n = 0;
        bool same = true;
        while (name.n > 0 && same) {
            str word = str_token(&name, ' ');
            same = n < argc && str_eq(word, str_from_z(argv[n]));
            n++;
        }
        *words = n;
        if (same)
            return c;
    }
    return NULL;
}

// --- options (O1 O2 O3) ----------------------------------------------------------------------

void command_expand(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "--version") == 0)
        argv[1] = "version";
}

bool command_wants_help(int argc, char **argv)
{
    for (int i = 0; i < argc; i++)
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
            return true;
    return false;
}

static bool begins_so(const struct command *k, int argc, char **argv)
{
    str name = str_from_z(k->name);
    for (int i = 0; i < argc && argv[i][0] != '-' && name.n > 0; i++)
        if (!str_eq(str_token(&name, ' '), str_from_z(argv[i])))
            return false;
    return true;
}

static void put_roles(struct buf *b, const struct role_words *roles, enum lang lang)
{
    for (int i = 1; roles != NULL && roles[i].code != NULL; i++)
        buf_fmt(b, "        %-18s " STR_FMT "\n", roles[i].code,
                STR_ARG(words_in(roles[i].does, lang)));
}

static int put_subcommands(struct ctx *cx, int argc, char **argv, struct buf *b)
{
    int found = 0;
    for (const struct command *k = commands; k->name != NULL; k++) {
        if (!begins_so(k, argc, argv))
            continue;
        str line = arena_fmt(cx->arena, "%s %s", k->name, k->usage);
        buf_fmt(b, "  " STR_FMT "\n      " STR_FMT "\n", STR_ARG(line),
                STR_ARG(words_in(k->what, cx->lang)));
        put_roles(b, k->roles, cx->lang);
        found++;
    }
    return found;
}

int command_help(struct ctx *cx, int argc, char **argv, struct buf *out)
{
    struct buf b = buf_new(cx->arena, 1 << 12);
    if (put_subcommands(cx, argc, argv, &b) == 0) {
        buf_fmt(out, "staffel: there is no subcommand “%s”. Try: staffel help\n", argv[0]);
        return EX_USAGE;
    }
    buf_put(out, S("staffel SUBCOMMAND [--data DIR | --db postgres://...]\n\n"));
    buf_put(out, buf_str(&b));
    return EX_OK;
}

enum takes { TAKES_UNKNOWN = 1, TAKES_NOTHING, TAKES_VALUE };

// What stands behind an option in a usage: a value, or the end of its brackets.
static enum takes named_in(str usage, str option)
{
    while (usage.n > 0) {
        isize at = str_find(usage, option);
        if (at < 0)
            return TAKES_UNKNOWN;
        usage = str_cut(usage, at + option.n);
        if (usage.n == 0 || usage.p[0] == ']')
            return TAKES_NOTHING;
        if (usage.p[0] == ' ')
            return usage.n > 1 && usage.p[1] != '[' && usage.p[1] != ' ' ? TAKES_VALUE
                                                                         : TAKES_NOTHING;
    }
    return TAKES_UNKNOWN;
}

enum err command_options(struct ctx *cx, const struct command *k, char **argv)
{
    for (int i = 0; argv[i] != NULL; i++) {
        if (strncmp(argv[i], "--", 2) != 0)
            continue;
        str option = str_from_z(argv[i]);
        enum takes takes = named_in(S("--data DIR --db URL [--quiet]"), option);    // O3
        if (takes == TAKES_UNKNOWN)
            takes = named_in(str_from_z(k->usage), option);
        if (takes == TAKES_UNKNOWN)
            return fail(cx, ERR_INVALID, "%s has no option %s. Try: staffel %s --help",
                        "%s kennt die Option %s nicht. Hilfe: staffel %s --help", k->name,
                        argv[i], k->name);
        if (takes == TAKES_VALUE && (argv[++i] == NULL || argv[i][0] == '\0'))
            return fail(cx, ERR_INVALID, "%s lacks its value. Try: staffel %s --help",
                        "Bei %s fehlt der Wert. Hilfe: staffel %s --help", argv[i - 1],
                        k->name);
    }
    return OK;
}

struct options command_opens(const struct command *k, const struct options *o)
{
    struct options out = *o;
    out.as_it_is = k->where == RUN_INSIDE;
    out.any_age = k->any_age;
    return out;
}

// --- the desk (O4) -----------------------------------------------------------------------------

enum err command_place(struct ctx *cx, const struct command *k, const struct options *o)
{
    if (k->where == RUN_FIRST || k->where == RUN_HERE || desk_is_there(cx, o))
        return OK;
    return fail(cx, ERR_ABSENT,
                "There is no desk in “" STR_FMT "”. Set one up: staffel init --data DIR",
                "In „" STR_FMT "“ ist kein Helpdesk. Einrichten: staffel init --data DIR",
                STR_ARG(o->place.dir));
}

// --- what it works on (O6) ---------------------------------------------------------------------

enum { INPUT_MOST = 64 << 20, FILE_MOST = 1 << 30, PATH_MOST = 4096 };

enum err command_take_input(struct call *c, const struct command *k)
{
    bool file = k->reads_file && c->argc > 0;
    if (file && strcmp(c->argv[0], "-") != 0)
        return io_read_file(c->cx, str_from_z(c->argv[0]), FILE_MOST, &c->in);
    if (file || k->reads_input)
        return io_read_all(c->cx, STDIN_FILENO, file ? FILE_MOST : INPUT_MOST, &c->in);
    return OK;
}

enum err command_take_folder(struct call *c, const struct command *k)
{
    char here[PATH_MOST];
    if (!k->writes_folder || c->argc == 0 || c->argv[0][0] == '/')
        return OK;
    if (getcwd(here, sizeof here) == NULL)
        return fail(c->cx, ERR_INVALID, "Name the folder by its whole path.",
                    "Bitte nenne den Ordner mit ganzem Pfad.");
    str whole = arena_fmt(c->cx->arena, "%s/%s", here, c->argv[0]);
    c->argv[0] = (char *)(uintptr_t)arena_z(c->cx->arena, whole);
    return OK;
}

// --- running it --------------------------------------------------------------------------------

enum err command_first_desk(struct ctx *cx)
{
    tenant_id id;
    enum err err = tenant_for_host(cx, S(""), &id);
    if (err == ERR_ABSENT)
        return fail(cx, err, "The desk is not set up yet. Try: staffel init",
                    "Der Helpdesk ist noch nicht eingerichtet. Hilfe: staffel init");
    TRY(err);
    cx->who = tenant_system(id);
    return OK;
}

enum err command_lacking(struct ctx *cx, void *out)
{
    str lack[LETTERHEAD_LACKS];
    isize n;
    TRY(letterhead_lacking(cx, lack, &n));
    for (isize i = 0; i < n; i++)
        buf_fmt(out, STR_FMT "\n", STR_ARG(lack[i]));
    return OK;
}

int command_run(struct call *c, const struct command *command)
{
    return command->run(c);
}

int command_exit(enum err err)
{
    static const int codes[] = {
        [OK] = EX_OK,
        [ERR_ABSENT] = EX_NOINPUT,
        [ERR_DENIED] = EX_NOPERM,
        [ERR_INVALID] = EX_DATAERR,
        [ERR_STALE] = EX_TEMPFAIL,
        [ERR_BUSY] = EX_TEMPFAIL,
        [ERR_BROKEN] = EX_SOFTWARE,
    };
    return codes[err];
}

int command_failed(struct call *c, enum err err)
{
    str why = words_in(c->cx->detail, c->cx->lang);
    buf_fmt(c->out, "staffel: " STR_FMT "\n", STR_ARG(why));
    return command_exit(err);
}

str command_option(struct call *c, const char *name)
{
    for (int i = 0; i + 1 < c->argc; i++)
        if (strncmp(c->argv[i], "--", 2) == 0 && strcmp(c->argv[i] + 2, name) == 0)
            return str_from_z(c->argv[i + 1]);
    return (str){0};
}

bool command_has(struct call *c, const char *name)
{
    for (int i = 0; i < c->argc; i++)
        if (strncmp(c->argv[i], "--", 2) == 0 && strcmp(c->argv[i] + 2, name) == 0)
            return true;
    return false;
}
