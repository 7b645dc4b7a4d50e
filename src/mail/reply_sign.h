// SPDX-License-Identifier: GPL-3.0-or-later
// The signature, and what the sender's mail server hangs below it.
//
//   S1  From "-- " on, or from a single rule on, when not many lines follow.
//   S2  "Sent from my ..." at the end.
//   S3  Legal notices at the end: a paragraph that begins like one and speaks of it, or is
//       long.
//   S4  Closing words and the name right below them, and whatever contact details follow.
//       With an empty line between they are part of the letter, and stay; then the details
//       alone are the signature.
//   S5  Without closing words: a last paragraph of a name and contact details, unless
//       something above it announces them; or the sender's own name alone.
//   S6  A last line that holds nothing but the sender's name is one, wherever it stands, with the
//       thanks right above it.  Who writes is known by name, or by the words of the address.
//   S7  Marks that each line of the last paragraph begins with are a frame: what stands in it
//       is read without them.
//   S8  Below a question or a postscript nothing is taken for a signature.
#pragma once

#include "base/base.h"

enum reply_owner { NEW = 1, QUOTED, SIGNATURE };

struct reply_line {
    str s;
    enum reply_owner owner;
    bool is_empty, is_quote, is_code;
};

struct reply_lines {
    struct reply_line *p;
    isize n;
};

// Of the lines that are new, those of the signature become so.
void reply_sign(struct reply_lines *lines, str sender);
