// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/html_entity.h"

#include "base/buf.h"
#include "mail/charset.h"

// Those that mail programs write.
// clang-format off
static const struct { const char *name; uint32_t c; } entities[] = {
    {"quot", 0x22}, {"amp", 0x26}, {"apos", 0x27}, {"lt", 0x3c}, {"gt", 0x3e}, {"nbsp", 0xa0},
    {"iexcl", 0xa1}, {"cent", 0xa2}, {"pound", 0xa3}, {"curren", 0xa4}, {"yen", 0xa5},
    {"brvbar", 0xa6}, {"sect", 0xa7}, {"uml", 0xa8}, {"copy", 0xa9}, {"ordf", 0xaa},
    {"laquo", 0xab}, {"not", 0xac}, {"shy", 0xad}, {"reg", 0xae}, {"macr", 0xaf}, {"deg", 0xb0},
    {"plusmn", 0xb1}, {"sup2", 0xb2}, {"sup3", 0xb3}, {"acute", 0xb4}, {"micro", 0xb5},
    {"para", 0xb6}, {"middot", 0xb7}, {"cedil", 0xb8}, {"sup1", 0xb9}, {"ordm", 0xba},
    {"raquo", 0xbb}, {"frac14", 0xbc}, {"frac12", 0xbd}, {"frac34", 0xbe}, {"iquest", 0xbf},
    {"Agrave", 0xc0}, {"Aacute", 0xc1}, {"Acirc", 0xc2}, {"Atilde", 0xc3}, {"Auml", 0xc4},
    {"Aring", 0xc5}, {"AElig", 0xc6}, {"Ccedil", 0xc7}, {"Egrave", 0xc8}, {"Eacute", 0xc9},
    {"Ecirc", 0xca}, {"Euml", 0xcb}, {"Igrave", 0xcc}, {"Iacute", 0xcd}, {"Icirc", 0xce},
    {"Iuml", 0xcf}, {"ETH", 0xd0}, {"Ntilde", 0xd1}, {"Ograve", 0xd2}, {"Oacute", 0xd3},
    {"Ocirc", 0xd4}, {"Otilde", 0xd5}, {"Ouml", 0xd6}, {"times", 0xd7}, {"Oslash", 0xd8},
    {"Ugrave", 0xd9}, {"Uacute", 0xda}, {"Ucirc", 0xdb}, {"Uuml", 0xdc}, {"Yacute", 0xdd},
    {"THORN", 0xde}, {"szlig", 0xdf}, {"agrave", 0xe0}, {"aacute", 0xe1}, {"acirc", 0xe2},
    {"atilde", 0xe3}, {"auml", 0xe4}, {"aring", 0xe5}, {"aelig", 0xe6}, {"ccedil", 0xe7},
    {"egrave", 0xe8}, {"eacute", 0xe9}, {"ecirc", 0xea}, {"euml", 0xeb}, {"igrave", 0xec},
    {"iacute", 0xed}, {"icirc", 0xee}, {"iuml", 0xef}, {"eth", 0xf0}, {"ntilde", 0xf1},
    {"ograve", 0xf2}, {"oacute", 0xf3}, {"ocirc", 0xf4}, {"otilde", 0xf5}, {"ouml", 0xf6},
    {"divide", 0xf7}, {"oslash", 0xf8}, {"ugrave", 0xf9}, {"uacute", 0xfa}, {"ucirc", 0xfb},
    {"uuml", 0xfc}, {"yacute", 0xfd}, {"thorn", 0xfe}, {"yuml", 0xff}, {"OElig", 0x152},
    {"oelig", 0x153}, {"Scaron", 0x160}, {"scaron", 0x161}, {"Yuml", 0x178}, {"fnof", 0x192},
    {"circ", 0x2c6}, {"tilde", 0x2dc}, {"ensp", 0x2002}, {"emsp", 0x2003}, {"thinsp", 0x2009},
    {"zwnj", 0x200c}, {"zwj", 0x200d}, {"lrm", 0x200e}, {"rlm", 0x200f}, {"ndash", 0x2013},
    {"mdash", 0x2014}, {"lsquo", 0x2018}, {"rsquo", 0x2019}, {"sbquo", 0x201a},
    {"ldquo", 0x201c}, {"rdquo", 0x201d}, {"bdquo", 0x201e}, {"dagger", 0x2020},
    {"Dagger", 0x2021}, {"bull", 0x2022}, {"hellip", 0x2026}, {"permil", 0x2030},
    {"prime", 0x2032}, {"Prime", 0x2033}, {"lsaquo", 0x2039}, {"rsaquo", 0x203a},
    {"euro", 0x20ac}, {"trade", 0x2122}, {"larr", 0x2190}, {"uarr", 0x2191}, {"rarr", 0x2192},
    {"darr", 0x2193}, {"harr", 0x2194}, {"minus", 0x2212}, {"infin", 0x221e}, {"ne", 0x2260},
    {"le", 0x2264}, {"ge", 0x2265}, {"alpha", 0x3b1}, {"beta", 0x3b2}, {"gamma", 0x3b3},
    {"delta", 0x3b4}, {"Delta", 0x394}, {"pi", 0x3c0}, {"Omega", 0x3a9}, {"sum", 0x2211},
    {"radic", 0x221a}, {"asymp", 0x2248}, {"check", 0x2713},
};
// clang-format on

static str utf8(struct arena *a, uint32_t c)
{
    char *p = make(a, char, 4);
    if (c < 0x80) {
        p[0] = (char)c;
        return (str){p, 1};
    }
    isize n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (isize i = n - 1; i > 0; i--, c >>= 6)
        p[i] = (char)(0x80 | (c & 0x3f));
    p[0] = (char)((n == 2 ? 0xc0 : n == 3 ? 0xe0 : 0xf0) | c);
    return (str){p, n};
}

// N2
static bool is_character(uint32_t c)
{
    return (c >= 0x20 || c == '\n' || c == '\t') && c != 0x7f && (c < 0x80 || c >= 0xa0)
           && (c < 0xd800 || c > 0xdfff) && c <= 0x10ffff;
}

static int digit(char c, int base)
{
    int d = c >= '0' && c <= '9' ? c - '0' : (c | 0x20) >= 'a' ? (c | 0x20) - 'a' + 10 : 99;
    return d < base ? d : -1;
}

// After "&#".  Returns how many bytes the number takes, 0 if there is none.
static isize number(str s, uint32_t *c)
{
    int base = s.n > 0 && (s.p[0] | 0x20) == 'x' ? 16 : 10;
    isize from = base == 16, i = from;
    uint32_t n = 0;
    for (; i < s.n && i < from + 9 && digit(s.p[i], base) >= 0; i++)
        n = n > 0x10ffff ? n : n * (uint32_t)base + (uint32_t)digit(s.p[i], base);
    *c = is_character(n) ? n : n >= 0x80 && n < 0xa0 ? charset_western((unsigned char)n) : 0xfffd;
    return i == from ? 0 : i;
}

static isize name(str s, uint32_t *c)
{
    isize n = 0;
    while (n < s.n && n < 9 && ((s.p[n] | 0x20) >= 'a' || digit(s.p[n], 10) >= 0)
           && s.p[n] != ';')
        n++;
    if (n == s.n || s.p[n] != ';')
        return 0;
    for (isize i = 0; i < countof(entities); i++) {
        if (str_eq((str){s.p, n}, str_from_z(entities[i].name))) {
            *c = entities[i].c;
            return n;
        }
    }
    return 0;
}

str html_entity(struct arena *a, str *s)
{
    uint32_t c = 0;
    str rest = str_cut(*s, 1);
    bool is_number = rest.n > 0 && rest.p[0] == '#';
    isize n = is_number ? number(str_cut(rest, 1), &c) : name(rest, &c);
    if (n == 0) {    // N1
        *s = rest;
        return S("&");
    }
    rest = str_cut(rest, n + is_number);
    *s = rest.n > 0 && rest.p[0] == ';' ? str_cut(rest, 1) : rest;
    return utf8(a, c);
}

str html_entity_all(struct arena *a, str s)
{
    struct buf b = buf_new(a, s.n + 8);
    while (s.n > 0) {
        if (s.p[0] == '&') {
            buf_put(&b, html_entity(a, &s));
        } else {
            buf_char(&b, s.p[0]);
            s = str_cut(s, 1);
        }
    }
    return buf_str(&b);
}
