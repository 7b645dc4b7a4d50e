// SPDX-License-Identifier: GPL-3.0-or-later
#include "contact/fold.h"

#include "base/buf.h"

enum umlaut { UMLAUT_TWO = 1, UMLAUT_BARE };    // ä as "ae" or as "a"

// U+00C0 to U+017F without accents; "" separates words.  Umlauts stand here bare.
static const char latin[192][3] = {
    "a", "a", "a",  "a",  "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",
    "d", "n", "o",  "o",  "o", "o", "o",  "",  "o", "u", "u", "u", "u", "y", "th", "ss",
    "a", "a", "a",  "a",  "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",
    "d", "n", "o",  "o",  "o", "o", "o",  "",  "o", "u", "u", "u", "u", "y", "th", "y",
    "a", "a", "a",  "a",  "a", "a", "c",  "c", "c", "c", "c", "c", "c", "c", "d",  "d",
    "d", "d", "e",  "e",  "e", "e", "e",  "e", "e", "e", "e", "e", "g", "g", "g",  "g",
    "g", "g", "g",  "g",  "h", "h", "h",  "h", "i", "i", "i", "i", "i", "i", "i",  "i",
    "i", "i", "ij", "ij", "j", "j", "k",  "k", "k", "l", "l", "l", "l", "l", "l",  "l",
    "l", "l", "l",  "n",  "n", "n", "n",  "n", "n", "n", "n", "n", "o", "o", "o",  "o",
    "o", "o", "oe", "oe", "r", "r", "r",  "r", "r", "r", "s", "s", "s", "s", "s",  "s",
    "s", "s", "t",  "t",  "t", "t", "t",  "t", "u", "u", "u", "u", "u", "u", "u",  "u",
    "u", "u", "u",  "u",  "w", "w", "y",  "y", "y", "z", "z", "z", "z", "z", "z",  "s",
};

// The next character of well-formed UTF-8; what is not well-formed passes byte by byte.
static uint32_t next(str *s)
{
    unsigned char c = (unsigned char)s->p[0];
    isize len = c < 0xc0 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
    if (len > s->n)
        len = 1;
    uint32_t cp = len == 1 ? c : c & (0xffu >> (len + 1));
    for (isize i = 1; i < len; i++)
        cp = cp << 6 | ((unsigned char)s->p[i] & 0x3f);
    *s = str_cut(*s, len);
    return cp;
}

static void put_utf8(struct buf *b, uint32_t cp)
{
    if (cp < 0x800) {
        buf_char(b, (char)(0xc0 | cp >> 6));
    } else if (cp < 0x10000) {
        buf_char(b, (char)(0xe0 | cp >> 12));
        buf_char(b, (char)(0x80 | (cp >> 6 & 0x3f)));
    } else {
        buf_char(b, (char)(0xf0 | cp >> 18));
        buf_char(b, (char)(0x80 | (cp >> 12 & 0x3f)));
        buf_char(b, (char)(0x80 | (cp >> 6 & 0x3f)));
    }
    buf_char(b, (char)(0x80 | (cp & 0x3f)));
}

static uint32_t lower(uint32_t cp)
{
    bool greek = cp >= 0x391 && cp <= 0x3a9, cyrillic = cp >= 0x410 && cp <= 0x42f;
    return greek || cyrillic ? cp + 32 : cp >= 0x400 && cp <= 0x40f ? cp + 80 : cp;
}

static bool is_umlaut(uint32_t cp)
{
    return cp == 0xc4 || cp == 0xd6 || cp == 0xdc || cp == 0xe4 || cp == 0xf6 || cp == 0xfc;
}

// Adds a character's letters to the word; false if it separates words.
static bool put(struct buf *word, uint32_t cp, enum umlaut umlaut)
{
    if (cp == 0x308 && word->n > 0 && memchr("aou", word->p[word->n - 1], 3) != NULL) {
        if (umlaut == UMLAUT_TWO)    // a letter and its dots written as two characters
            buf_char(word, 'e');
        return true;
    }
    if (cp >= 0x300 && cp < 0x370)
        return true;    // other accents on their own
    if (cp >= 'A' && cp <= 'Z')
        cp += 32;
    if ((cp >= 'a' && cp <= 'z') || (cp >= '0' && cp <= '9')) {
        buf_char(word, (char)cp);
        return true;
    }
    if (cp < 0xc0 || (cp >= 0x2000 && cp < 0x2070) || cp == 0x3000)
        return false;
    if (cp == 0x1e9e)    // capital sharp s
        cp = 0xdf;
    if (cp >= 0x180) {
        put_utf8(word, lower(cp));
        return true;
    }
    str letters = str_from_z(latin[cp - 0xc0]);
    buf_put(word, letters);
    if (umlaut == UMLAUT_TWO && is_umlaut(cp))
        buf_char(word, 'e');
    return letters.n > 0;
}

void fold_whole(struct fold *out, str s)
{
    s = str_head(s, FOLD_WORD_BYTES);
    for (int i = 0; i < out->n; i++)
        if (str_eq(out->word[i], s))
            return;
    if (s.n > 0 && out->n < FOLD_WORDS)
        out->word[out->n++] = s;
}

static void add_words(struct arena *a, str s, enum umlaut umlaut, struct fold *out)
{
    struct buf word = buf_new(a, s.n + 8);
    while (s.n > 0) {
        if (put(&word, next(&s), umlaut) && s.n > 0)
            continue;
        fold_whole(out, buf_str(&word));
        word = buf_new(a, s.n + 8);
    }
}

void fold_typed(struct arena *a, str s, struct fold *out)
{
    add_words(a, s, UMLAUT_TWO, out);
}

void fold_stored(struct arena *a, str s, struct fold *out)
{
    add_words(a, s, UMLAUT_TWO, out);
    add_words(a, s, UMLAUT_BARE, out);
}
