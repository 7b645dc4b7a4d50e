// SPDX-License-Identifier: GPL-3.0-or-later
// Subcommands that read and write cases: import, search, inspect, demo.
#pragma once

#include "app/command.h"

int data_import(struct call *c);
int data_inspect(struct call *c);
int data_inspect_html(struct call *c);
int data_inspect_reply(struct call *c);
int data_inspect_forward(struct call *c);
int data_demo(struct call *c);
int data_search(struct call *c);
