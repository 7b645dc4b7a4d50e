// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/charset.h"

#include "base/buf.h"

#include <errno.h>
#include <iconv.h>

enum kind { GUESS = 1, UTF8, WESTERN, LATIN9, ICONV };

struct charset {
    const char *alias;    // lower case, letters and digits only
    enum kind kind;
    const char *iconv;
};

// Names are compared without punctuation, so "ISO-8859-1", "iso8859_1" and "ISO_8859-1" are
// one row.  ISO-8859-1 is read as windows-1252, as every mail program does.
// clang-format off
static const struct charset charsets[] = {
    {"", GUESS, NULL},             {"usascii", GUESS, NULL},       {"ascii", GUESS, NULL},
    {"ansix341968", GUESS, NULL},  {"unknown8bit", GUESS, NULL},   {"xunknown", GUESS, NULL},
    {"utf8", UTF8, NULL},          {"unicode11utf8", UTF8, NULL},  {"utf8mb4", UTF8, NULL},
    {"iso88591", WESTERN, NULL},   {"latin1", WESTERN, NULL},      {"cp1252", WESTERN, NULL},
    {"windows1252", WESTERN, NULL}, {"cp819", WESTERN, NULL},      {"ansi", WESTERN, NULL},
    {"iso885915", LATIN9, NULL},   {"latin9", LATIN9, NULL},
    {"iso88592", ICONV, "ISO-8859-2"},     {"latin2", ICONV, "ISO-8859-2"},
    {"iso88593", ICONV, "ISO-8859-3"},     {"iso88594", ICONV, "ISO-8859-4"},
    {"iso88595", ICONV, "ISO-8859-5"},     {"iso88596", ICONV, "ISO-8859-6"},
    {"iso88597", ICONV, "ISO-8859-7"},     {"iso88598", ICONV, "ISO-8859-8"},
    {"iso88598i", ICONV, "ISO-8859-8"},    {"iso88599", ICONV, "CP1254"},
    {"iso885910", ICONV, "ISO-8859-10"},   {"iso885911", ICONV, "CP874"},
    {"iso885913", ICONV, "ISO-8859-13"},   {"iso885914", ICONV, "ISO-8859-14"},
    {"iso885916", ICONV, "ISO-8859-16"},
    {"windows1250", ICONV, "CP1250"},      {"cp1250", ICONV, "CP1250"},
    {"windows1251", ICONV, "CP1251"},      {"cp1251", ICONV, "CP1251"},
    {"windows1253", ICONV, "CP1253"},      {"cp1253", ICONV, "CP1253"},
    {"windows1254", ICONV, "CP1254"},      {"cp1254", ICONV, "CP1254"},
    {"windows1255", ICONV, "CP1255"},      {"cp1255", ICONV, "CP1255"},
    {"windows1256", ICONV, "CP1256"},      {"cp1256", ICONV, "CP1256"},
    {"windows1257", ICONV, "CP1257"},      {"cp1257", ICONV, "CP1257"},
    {"windows1258", ICONV, "CP1258"},      {"cp1258", ICONV, "CP1258"},
    {"windows874", ICONV, "CP874"},        {"tis620", ICONV, "CP874"},
    {"ibm437", ICONV, "CP437"},            {"cp437", ICONV, "CP437"},
    {"ibm850", ICONV, "CP850"},            {"cp850", ICONV, "CP850"},
    {"ibm852", ICONV, "CP852"},            {"cp852", ICONV, "CP852"},
    {"ibm866", ICONV, "CP866"},            {"cp866", ICONV, "CP866"},
    {"koi8r", ICONV, "KOI8-R"},            {"koi8u", ICONV, "KOI8-U"},
    {"macintosh", ICONV, "MACINTOSH"},     {"xmacroman", ICONV, "MACINTOSH"},
    {"iso2022jp", ICONV, "ISO-2022-JP-2"}, {"csiso2022jp", ICONV, "ISO-2022-JP-2"},
    {"iso2022jp2", ICONV, "ISO-2022-JP-2"},
    {"shiftjis", ICONV, "CP932"},          {"sjis", ICONV, "CP932"},
    {"xsjis", ICONV, "CP932"},             {"cp932", ICONV, "CP932"},
    {"windows31j", ICONV, "CP932"},        {"eucjp", ICONV, "EUC-JP"},
    {"xeucjp", ICONV, "EUC-JP"},           {"iso2022kr", ICONV, "ISO-2022-KR"},
    {"euckr", ICONV, "CP949"},             {"cp949", ICONV, "CP949"},
    {"ksc5601", ICONV, "CP949"},           {"ksc56011987", ICONV, "CP949"},
    {"gb2312", ICONV, "GB18030"},          {"gbk", ICONV, "GB18030"},
    {"gb18030", ICONV, "GB18030"},         {"cp936", ICONV, "GB18030"},
    {"big5", ICONV, "BIG5-HKSCS"},         {"cp950", ICONV, "CP950"},
    {"big5hkscs", ICONV, "BIG5-HKSCS"},    {"viscii", ICONV, "VISCII"},
    {"utf7", ICONV, "UTF-7"},              {"unicode11utf7", ICONV, "UTF-7"},
    {"utf16", ICONV, "UTF-16"},            {"utf16le", ICONV, "UTF-16LE"},
    {"utf16be", ICONV, "UTF-16BE"},        {"utf32", ICONV, "UTF-32"},
    {"utf32le", ICONV, "UTF-32LE"},        {"utf32be", ICONV, "UTF-32BE"},
};

// windows-1252 from 0x80 on; the five bytes it leaves open become U+FFFD.
static const uint16_t western[32] = {
    0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
    0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd,
    0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
    0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178,
};
// clang-format on

static const struct charset *find(str name)
{
    char key[24];
    isize n = 0;
    for (isize i = 0; i < name.n && n < countof(key); i++) {
        char c = name.p[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c + 32);
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            key[n++] = c;
    }
    for (isize i = 0; i < countof(charsets); i++)
        if (str_eq((str){key, n}, str_from_z(charsets[i].alias)))
            return &charsets[i];
    return NULL;
}

bool charset_known(str name)
{
    return name.n < 40 && find(name) != NULL;
}

str charset_character(uint32_t c, char bytes[4])
{
    static const unsigned char first[] = {0, 0, 0xc0, 0xe0, 0xf0};
    isize n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (isize i = n - 1; i > 0; i--, c >>= 6)
        bytes[i] = (char)(0x80 | (c & 0x3f));
    bytes[0] = (char)(first[n] | c);
    return (str){bytes, n};
}

static void put_char(struct buf *b, uint32_t c)
{
    char bytes[4];
    buf_put(b, charset_character(c, bytes));
}

uint32_t charset_western(unsigned char c)
{
    return c >= 0x80 && c < 0xa0 ? western[c - 0x80] : c;
}

static uint32_t from_latin9(unsigned char c)
{
    switch (c) {
    case 0xa4:
        return 0x20ac;
    case 0xa6:
        return 0x160;
    case 0xa8:
        return 0x161;
    case 0xb4:
        return 0x17d;
    case 0xb8:
        return 0x17e;
    case 0xbc:
        return 0x152;
    case 0xbd:
        return 0x153;
    case 0xbe:
        return 0x178;
    default:
        return charset_western(c);
    }
}

static str one_by_one(struct arena *a, str bytes, enum kind kind)
{
    struct buf b = buf_new(a, bytes.n + bytes.n / 8 + 16);
    for (isize i = 0; i < bytes.n; i++) {
        unsigned char c = (unsigned char)bytes.p[i];
        if (c != 0)
            put_char(&b, kind == LATIN9 ? from_latin9(c) : charset_western(c));
    }
    return buf_str(&b);
}

// C3
static str mixed(struct arena *a, str bytes)
{
    struct buf b = buf_new(a, bytes.n + bytes.n / 8 + 16);
    for (isize i = 0; i < bytes.n;) {
        isize len = str_char((str){bytes.p + i, bytes.n - i});
        if (len > 0)
            buf_put(&b, (str){bytes.p + i, len});
        else if (bytes.p[i] != 0)
            put_char(&b, charset_western((unsigned char)bytes.p[i]));
        i += len > 0 ? len : 1;
    }
    return buf_str(&b);
}

static bool has_byte_from(str bytes, unsigned char least)
{
    for (isize i = 0; i < bytes.n; i++)
        if ((unsigned char)bytes.p[i] >= least)
            return true;
    return false;
}

// Runs the converter over everything; what it cannot read becomes U+FFFD, byte by byte.
static void convert(iconv_t cd, str bytes, struct buf *b)
{
    char *in = (char *)(uintptr_t)bytes.p;    // iconv() only reads it
    size_t left = (size_t)bytes.n;
    while (left > 0) {
        buf_grow(b, (isize)left + 64);
        char *out = b->p + b->n;
        size_t room = (size_t)(b->cap - b->n);
        size_t rc = iconv(cd, &in, &left, &out, &room);
        b->n = out - b->p;
        if (rc != (size_t)-1 || errno == E2BIG)
            continue;
        put_char(b, 0xfffd);
        in++;
        left--;
    }
}

static str by_iconv(struct arena *a, str bytes, const char *name)
{
    iconv_t cd = iconv_open("UTF-8", name);
    if (cd == (iconv_t)-1)
        return mixed(a, bytes);
    struct buf b = buf_new(a, bytes.n * 2 + 64);
    convert(cd, bytes, &b);
    iconv_close(cd);
    str s = buf_str(&b);
    return str_is_utf8(s) ? s : mixed(a, s);    // C1: a NUL, or a surrogate out of UTF-16
}

// ISO-2022-JP is seven bits wide, so it passes for ASCII; its shifts give it away.
static bool is_japanese(str bytes)
{
    return str_find(bytes, S("\033$B")) >= 0 || str_find(bytes, S("\033$@")) >= 0;
}

static bool is_wide(const struct charset *cs)
{
    return cs->kind == ICONV && str_starts(str_from_z(cs->iconv), S("UTF"));
}

static str guess(struct arena *a, str bytes)
{
    if (str_starts(bytes, S("\xff\xfe")) || str_starts(bytes, S("\xfe\xff")))
        return by_iconv(a, bytes, "UTF-16");
    if (is_japanese(bytes))
        return by_iconv(a, bytes, "ISO-2022-JP-2");
    return str_is_utf8(bytes) ? bytes : mixed(a, bytes);
}

static str convert_as(struct arena *a, str bytes, const struct charset *cs)
{
    switch (cs->kind) {
    case GUESS:
        return guess(a, bytes);
    case UTF8:
        return str_is_utf8(bytes) ? bytes : mixed(a, bytes);
    case WESTERN:
    case LATIN9:
        return str_is_utf8(bytes) ? bytes : one_by_one(a, bytes, cs->kind);    // C2
    case ICONV:
        if (!is_wide(cs) && has_byte_from(bytes, 0x80) && str_is_utf8(bytes))
            return bytes;
        return by_iconv(a, bytes, cs->iconv);
    }
    return bytes;
}

str charset_to_utf8(struct arena *a, str bytes, str name)
{
    if (bytes.n == 0)
        return bytes;
    const struct charset *cs = name.n < 40 ? find(name) : NULL;
    str s = cs == NULL ? guess(a, bytes) : convert_as(a, bytes, cs);
    return str_starts(s, S("\xef\xbb\xbf")) ? str_cut(s, 3) : s;    // a byte order mark
}
