// SPDX-License-Identifier: GPL-3.0-or-later
// Subcommands: one constant table, from which help, the manual page and the dispatch are made.
//
//   O1  --help (or -h) behind any words prints the subcommands that begin so, and does nothing.
//   O2  An option that a subcommand's usage does not name is refused before anything is opened,
//       and so is one whose value is missing: a typing error must not become a default.
//   O3  --data, --db and --quiet go with every subcommand.
//   O4  Only what sets up a desk makes one: every other subcommand refuses a folder without a
//       desk, so that a typing error in --data is told and leaves no folder behind.
//   O5  The manual page explains every option of `serve`, and help and manual page every role.
//   O6  A file is read by who runs the subcommand, from where he stands and with what he may
//       read, and goes to a running server as input; "-" is standard input.  A folder that the
//       server shall write goes to it by its whole path.
//   O7  Only a start of the server, `init` and `migrate` bring data of an older program up to date.
//       Others refuse them and say how old they are, so that nobody who only looks takes the way
//       back away; `check` and `backup` work on data of any age.
//   O8  What is wrong in the words alone is told before anything is opened: a typing error in
//       `init` leaves no folder behind.
//   O9  `staffel --version` is `staffel version`.
#pragma once

#include "app/desk.h"
#include "base/buf.h"
#include "person/person.h"

enum where {
    RUN_ALONE = 1,    // needs no data
    RUN_HERE,         // opens the data itself, and makes them: demo, restore
    RUN_THERE,        // opens the data itself, and they must be there: serve (O4)
    RUN_INSIDE,       // in the server when one runs, else in this process
    RUN_FIRST,        // the same, and it may be the first there: init, migrate (O4)
};

struct call {
    struct ctx *cx;
    struct desk *desk;    // NULL for RUN_ALONE
    int argc;             // words behind the subcommand
    char **argv;
    str in;               // standard input or the file, when the subcommand reads one
    struct buf *out;      // what to print
    const struct options *options;
};

struct command {
    const char *name;     // "user add"
    const char *usage;    // what follows the name
    enum where where;
    bool reads_input;
    struct words what;
    int (*run)(struct call *c);    // an exit code of sysexits.h
    const struct role_words *roles;    // those it takes, explained in the help; or NULL
    bool reads_file, writes_folder;    // its first word is one (O6)
    bool any_age;                      // O7
    int (*before)(struct call *c);     // O8; an exit code.  May be NULL
};

extern const struct command commands[];    // ends with a row without a name

const struct command *command_find(int argc, char **argv, int *words);
bool command_wants_help(int argc, char **argv);                            // O1
void command_expand(int argc, char **argv);                                // O9
int command_help(struct ctx *cx, int argc, char **argv, struct buf *out);    // of all that begin so

struct options command_opens(const struct command *k, const struct options *o);    // O7

// O4, not for RUN_ALONE: ERR_ABSENT when the subcommand needs a desk and none is there; the
// sentence is in cx.
fallible command_place(struct ctx *cx, const struct command *k, const struct options *o);

// O2, over all words as they came; the sentence is in cx.
fallible command_options(struct ctx *cx, const struct command *k, char **argv);

// O6, in this process, before the work is handed to a server or done here.
fallible command_take_input(struct call *c, const struct command *k);
fallible command_take_folder(struct call *c, const struct command *k);

// From here on cx asks in the name of the first desk: who runs the program is its operator.
fallible command_first_desk(struct ctx *cx);

// What a desk has not said of itself yet (letterhead.h, B5), a line each into a struct buf.
fallible command_lacking(struct ctx *cx, void *out);

int command_run(struct call *c, const struct command *command);
int command_exit(enum err err);                     // sysexits for an error
int command_failed(struct call *c, enum err err);   // prints the reason
str command_option(struct call *c, const char *name);          // value of --name, empty if absent
bool command_has(struct call *c, const char *name);            // --name without a value
