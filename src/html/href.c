// SPDX-License-Identifier: GPL-3.0-or-later
#include "html/href.h"

#include "base/buf.h"
#include "base/limits.h"

static str without_breaks(struct arena *a, str s)
{
    while (s.n > 0 && (unsigned char)s.p[0] <= ' ')
        s = str_cut(s, 1);
    while (s.n > 0 && (unsigned char)s.p[s.n - 1] <= ' ')
        s.n--;
    struct buf b = buf_new(a, s.n + 1);
    for (isize i = 0; i < s.n; i++)
        if (s.p[i] != '\n' && s.p[i] != '\r' && s.p[i] != '\t')
            buf_char(&b, s.p[i]);
    return buf_str(&b);
}

static bool starts_nocase(str s, str prefix)
{
    return s.n >= prefix.n && str_eq_nocase(str_head(s, prefix.n), prefix);
}

// R3
static str escaped(struct arena *a, str s, const char *special)
{
    size_t n = strlen(special);
    struct buf b = buf_new(a, s.n + 16);
    for (isize i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c <= ' ' || c == 127 || memchr(special, c, n) != NULL)
            buf_fmt(&b, "%%%02X", c);
        else
            buf_char(&b, s.p[i]);
    }
    return buf_str(&b);
}

// R4: escaped it is up to three times as long.
static str joined(struct arena *a, str scheme, str rest)
{
    return scheme.n + rest.n <= LIMIT_HTML_ADDRESS ? arena_join(a, scheme, rest) : (str){0};
}

static str with_scheme(struct arena *a, str value, const char *const *schemes)
{
    str s = without_breaks(a, value);
    for (; *schemes != NULL; schemes++) {
        str scheme = str_from_z(*schemes);
        if (starts_nocase(s, scheme) && s.n > scheme.n && s.n <= LIMIT_HTML_ADDRESS)
            return joined(a, scheme, escaped(a, str_cut(s, scheme.n), "\"'<>\\^`{|}"));
    }
    return (str){0};
}

str href_safe(struct arena *a, str value)
{
    static const char *const schemes[] = {"https://", "http://", "mailto:", "tel:", NULL};
    return with_scheme(a, value, schemes);
}

str href_remote(struct arena *a, str value)
{
    static const char *const schemes[] = {"https://", "http://", NULL};
    return with_scheme(a, value, schemes);
}

static int hex(char c)
{
    return c >= '0' && c <= '9'                 ? c - '0'
           : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 87
                                                : -1;
}

str href_content_id(struct arena *a, str value)
{
    str s = without_breaks(a, value);
    if (!starts_nocase(s, S("cid:")) || s.n > LIMIT_HTML_ADDRESS)
        return (str){0};
    struct buf b = buf_new(a, s.n);
    for (isize i = 4; i < s.n; i++) {
        bool coded =
            s.p[i] == '%' && i + 2 < s.n && hex(s.p[i + 1]) >= 0 && hex(s.p[i + 2]) >= 0;
        buf_char(&b, coded ? (char)(hex(s.p[i + 1]) * 16 + hex(s.p[i + 2])) : s.p[i]);
        i += coded ? 2 : 0;
    }
    return str_is_utf8(buf_str(&b)) ? buf_str(&b) : (str){0};
}

str href_cid(struct arena *a, str content_id)
{
    return joined(a, S("cid:"), escaped(a, content_id, "%\"'<>\\^`{|}"));
}
