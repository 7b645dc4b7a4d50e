// SPDX-License-Identifier: GPL-3.0-or-later
// What an IMAP server says (RFC 3501, 9051), one reply at a time, as plain data.  Pure: bytes
// in, tokens out; the server is as little trusted as a mail.
//
//   T1  A reply ends where its last line ends: a line that ends in {N} goes on with N bytes and
//       another line.  What has not arrived yet is asked for, never guessed.
//   T2  Free text ({12} in a greeting) is text, not a literal.
//   T3  Nothing a server says is taken for something else: what breaks the grammar is refused
//       as a whole.  Lists may nest IMAP_DEPTH deep, a reply has IMAP_TOKENS tokens at most.
//   T4  Words are compared without regard to case.
#pragma once

#include "base/arena.h"

enum { IMAP_DEPTH = 16, IMAP_TOKENS = 4096 };

enum imap_status { IMAP_OK = 1, IMAP_NO, IMAP_BAD, IMAP_BYE, IMAP_PREAUTH };

enum imap_token_kind { IMAP_ATOM = 1, IMAP_STRING, IMAP_NIL, IMAP_OPEN, IMAP_CLOSE };

struct imap_token {
    enum imap_token_kind kind;
    str text;    // of a string without its quotes
};

struct imap_reply {
    str tag;                    // "*", "+" or the tag of our command
    enum imap_status status;    // 0: not a status
    str code, code_rest;        // "[UIDVALIDITY 17]": the word and what follows it
    str text;                   // of a status or a "+": fit for a person
    bool has_number;
    int64_t number;              // "* 23 EXISTS"
    str word;                    // "EXISTS", "FETCH", "CAPABILITY"...
    struct imap_token *token;    // behind the word
    isize tokens;
};

// T1 T2.  How a line of a reply ends.  `line` is everything from the beginning of the reply to
// an end of line (included).  True when a literal of *bytes bytes follows.
bool imap_reply_goes_on(str line, int64_t *bytes);

// T3.  `whole` holds the reply with its literals in it.  False: not a reply.
bool imap_reply_read(struct arena *a, str whole, struct imap_reply *out);

bool imap_reply_is(const struct imap_reply *r, str word);    // T4
const struct imap_token *
imap_reply_after(const struct imap_reply *r,
                 str name);                        // FETCH: the value behind a name, or NULL
bool imap_reply_number(str text, int64_t *out);    // digits alone, at most 2^63-1
