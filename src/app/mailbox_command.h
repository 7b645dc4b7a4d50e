// SPDX-License-Identifier: GPL-3.0-or-later
// staffel mailbox add|list|test|pause|resume|remove: the mailboxes of mailbox/mailbox.h from
// the command line.  Passwords come from standard input, never from the words of a command.
#pragma once

#include "app/command.h"

int mailbox_command_add(struct call *c);
int mailbox_command_list(struct call *c);
int mailbox_command_test(struct call *c);
int mailbox_command_pause(struct call *c);
int mailbox_command_resume(struct call *c);
int mailbox_command_remove(struct call *c);
