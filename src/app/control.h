// SPDX-License-Identifier: GPL-3.0-or-later
// One writer, also across processes: a subcommand that writes hands its words and its standard
// input to the server that holds the data directory, through DIR/control.sock (mode 0600).
//
// To the server: the number of words, each word as "LENGTH\n" and bytes, then the input until
// the sending side is closed.  Back: "EXIT\n", then what is to be printed.
#pragma once

#include "app/command.h"

struct control;

fallible control_start(struct ctx *cx, str dir, struct desk *d, struct control **out);
void control_stop(struct control *c);

// Let the running server do it.  ERR_ABSENT: none runs; ERR_INVALID: too much input.
fallible control_call(struct ctx *cx, str dir, int argc, char **argv, str in, int *exit_code,
                      str *out);
