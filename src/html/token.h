// SPDX-License-Identifier: GPL-3.0-or-later
// The HTML of a stranger as a row of texts, start tags and end tags.
//
//   K1  Each byte is looked at once or twice, and nothing is nested: the work is linear.
//   K2  Comments, declarations and instructions are nothing; what has begun and never ends
//       takes the rest of the page with it, as in every browser.
//   K3  What stands inside script, style, title and their like is left out with them.  What a
//       reader would see of textarea, xmp and plaintext is read like everything else: nothing
//       of it may take the rest of a mail with it.
//   K4  Names are lower case; of attributes with one name the first counts; what is beyond
//       ATTRIBUTES_MOST is not read.
//   K5  Values and texts are as they came: references are decoded by who uses them, once.
#pragma once

#include "base/arena.h"

enum { ATTRIBUTES_MOST = 40 };

enum token_kind { TOKEN_TEXT = 1, TOKEN_START, TOKEN_STOP };

struct token_attribute {
    str name, value;
};

struct token {
    enum token_kind kind;
    str text;    // TOKEN_TEXT
    str name;    // of a tag
    struct token_attribute attribute[ATTRIBUTES_MOST];
    isize attributes;
};

struct token_reader {
    struct arena *arena;
    str rest;
};

bool token_next(struct token_reader *r, struct token *out);    // false: there is no more
