// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"

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

const struct test command_tests[] = {
    T(O1_help_of_a_subcommand_is_about_it_alone),
    T(O2_an_option_nobody_knows_is_refused),
    T(O2_a_value_that_is_missing_is_said),
    T(O3_every_subcommand_takes_its_place),
    {0},
};
