// SPDX-License-Identifier: GPL-3.0-or-later
// The words every other file may use.  Nothing here allocates or fails.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef ptrdiff_t isize;    // sizes and counts are signed

// A view of bytes somebody else owns.  Not NUL-terminated.
typedef struct {
    const char *p;
    isize n;
} str;

// Milliseconds since 1970, UTC.  A struct, so that it cannot be mistaken for a count.
// Zero means "never" in a column that may be empty.
typedef struct {
    int64_t ms;
} instant;

// A row's key.  A type of its own, so that two keys cannot change places in a call.
// Zero is no key.
#define KEY(name)         \
    typedef struct name { \
        int64_t n;        \
    } name

enum lang { LANG_DE = 1, LANG_EN };

// One text in both languages of the interface.
struct words {
    str en, de;
};

// clang-format off
#define S(lit)        ((str){"" lit, sizeof(lit) - 1})
#define WORD(lit)     {"" lit, sizeof(lit) - 1}    // in a table: S() is no constant
#define WORDS(e, d)   {WORD(e), WORD(d)}
#define SAY(e, d)     ((struct words)WORDS(e, d))

// One text in both languages; in German by how the reader is addressed.
#define SAY_TO(formal, e, sie, du) ((struct words){S(e), (formal) ? S(sie) : S(du)})
// clang-format on
#define STR_FMT    "%.*s"
#define STR_ARG(s) (int)(s).n, (s).p
#define countof(a) ((isize)(sizeof(a) / sizeof *(a)))

bool str_is_digit(char c);    // 0 to 9, whatever the locale

bool str_eq(str a, str b);
bool str_eq_nocase(str a, str b);    // ASCII letters only
bool str_starts(str s, str prefix);
bool str_ends(str s, str suffix);
str str_trim(str s);
str str_from_z(const char *z);
str str_cut(str s, isize from);         // what follows the first `from` bytes
isize str_find(str hay, str needle);    // offset of the first, or -1
isize str_find_nocase(str hay, str needle);

// Split at the first `sep`: returns what is before it and leaves the rest in *s.
// Without a sep, everything is before it.
str str_token(str *s, char sep);

// The whole of s as a decimal number.  False if it is not one or does not fit.
bool str_to_int(str s, int64_t *out);

// True for well-formed UTF-8 without NUL (RFC 3629: no surrogates, no overlong forms).
bool str_is_utf8(str s);
isize str_characters(str s);    // of UTF-8

// How many bytes the character at the start of s takes; 0 if it is malformed, NUL or absent.
isize str_char(str s);

// The longest prefix of at most n bytes that does not cut a character.
str str_head(str s, isize n);

str words_in(struct words w, enum lang lang);
int64_t int_min(int64_t a, int64_t b);
int64_t int_max(int64_t a, int64_t b);

// Lessons other C programs paid for.  Use buf, arena_fmt and str_to_int.  (clang's hardened
// headers make some of these macros, which it will not poison; gcc builds everything too.)
#ifndef __clang__
#pragma GCC poison snprintf sprintf strcpy strcat strncpy strtok atoi atol gets
#endif
