// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes of a stranger in some charset become UTF-8.
//
//   C1  What comes out is well-formed UTF-8 without NUL, whatever went in.
//   C2  A declared charset is believed unless the bytes contradict it: what calls itself
//       Latin-1 or ASCII, or nothing at all, and is well-formed UTF-8, is UTF-8.
//   C3  Bytes that are not UTF-8 in a UTF-8 text are read as windows-1252, one by one: a
//       quotation pasted in the other charset stays readable.
//   C4  Only the charsets of our table reach iconv: a mail cannot choose which of its two
//       hundred converters runs.
#pragma once

#include "base/arena.h"

bool charset_known(str name);

// The result may be the bytes themselves, when nothing had to change.
str charset_to_utf8(struct arena *a, str bytes, str name);

// The character that windows-1252 means by this byte.
uint32_t charset_western(unsigned char c);

// c as UTF-8, of 1 to 4 of these bytes.  No surrogate.
str charset_character(uint32_t c, char bytes[4]);
