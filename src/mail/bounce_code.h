// SPDX-License-Identifier: GPL-3.0-or-later
// Codes and commands of SMTP in what a mail server says.  Pure; each reads its text once.
//
//   C1  A status is class 2, 4 or 5, a dot, one to three digits, a dot, one to three digits
//       (RFC 3463); with a digit, a letter or a dot beside it, it is an address or a version.
//   C2  Of several the last counts: a relay puts its own words before those it heard.  One that
//       says nothing (5.0.0) counts only where no other stands.
//   C3  A reply is three digits, the first of them 2, 4 or 5, where a server begins to speak.
//   C4  The command that was answered is the last one named.
//   C5  Plain words: lower case, single blanks, straight apostrophes, and without the codes that
//       a server repeats in front of each line, so that a phrase is found across two lines;
//       an empty line is a dash.
//   C6  What a server itself said begins with its first refusal and ends at an empty line.
#pragma once

#include "base/arena.h"

enum bounce_command {
    COMMAND_UNKNOWN = 1,
    COMMAND_CONNECT,    // before any command: the greeting, or EHLO
    COMMAND_MAIL,
    COMMAND_RCPT,
    COMMAND_DATA,    // or the end of the data
};

str bounce_code_status(str text);    // empty: none
str bounce_code_reply(str text);     // empty: none
str bounce_code_answer(str text);    // C6; empty: none
enum bounce_command bounce_code_command(str text);
str bounce_code_plain(struct arena *a, str text);
