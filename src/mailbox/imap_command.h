// SPDX-License-Identifier: GPL-3.0-or-later
// What we say to an IMAP server.  Pure.
//
//   N1  A command is one line.  No byte of data can end it: CR, LF and NUL are refused wherever
//       they come from (SECURITY 1.3), so nobody's folder name or password becomes a command.
//   N2  Data is a quoted string when it is plain ASCII, else a literal whose count is that of
//       its bytes.
//   N3  A literal is said after the server asked for it ("+"), unless it knows LITERAL+: the
//       command comes in pieces, and after each but the last one waits.
//   N4  Folder names are written in modified UTF-7 (RFC 3501 5.1.3): "Gelöscht" is a folder.
//   N5  A set of UIDs is written in ranges and is never longer than IMAP_SET bytes: *used says
//       how many are in it.
#pragma once

#include "base/buf.h"

enum { IMAP_PIECES = 8, IMAP_SET = 1000, IMAP_QUOTED = 500 };

struct imap_command {
    struct buf buf;
    isize end[IMAP_PIECES];    // where each piece ends
    int pieces;
    bool literal_plus;
    bool bad;    // N1: it must not be sent
};

struct imap_command imap_command_new(struct arena *a, int64_t tag, bool literal_plus,
                                     const char *verb);
void imap_command_word(struct imap_command *c, const char *word);    // ours, as it is
void imap_command_data(struct imap_command *c, str data);            // N1 N2
void imap_command_folder(struct imap_command *c, str name);          // N4
void imap_command_number(struct imap_command *c, int64_t n);
isize imap_command_set(struct imap_command *c, const int64_t *uid, isize n);    // N5, ascending

// The pieces to be sent, in order; false when there is something in it that must not be (N1).
bool imap_command_done(struct imap_command *c);
str imap_command_piece(const struct imap_command *c, int nth);

str imap_command_utf7(struct arena *a, str name);    // N4
