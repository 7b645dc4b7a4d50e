// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"

#include "base/limits.h"

#include <sysexits.h>

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
