// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/head.h"

#include <arpa/inet.h>

static bool is_among(unsigned char c, const char *also)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
           || (c != 0 && strchr(also, c) != NULL);
}

static bool only(str s, const char *also)
{
    for (isize i = 0; i < s.n; i++)
        if (!is_among((unsigned char)s.p[i], also))
            return false;
    return true;
}

static bool is_value(str name, str value)
{
    for (isize i = 0; i < value.n; i++) {
        unsigned char c = (unsigned char)value.p[i];
        if ((c < ' ' && c != '\t') || c == 127)
            return false;
    }
    return str_is_utf8(value) || str_eq_nocase(name, S("Cookie"));
}

void head_add(struct head *h, str name, str value)
{
    h->bytes += name.n + value.n + 4;    // ": " and the end of the line
    if (name.n == 0 || !only(name, "!#$%&'*+-.^_`|~") || !is_value(name, value))
        h->odd = true;
    if (str_eq_nocase(name, S("Host"))) {
        h->hosts++;
        h->odd |= !only(value, ".-:[]_");
    } else if (str_eq_nocase(name, S("Content-Length"))) {
        h->lengths++;
    } else if (str_eq_nocase(name, S("Transfer-Encoding"))) {
        h->codings++;
        h->odd |= !str_eq_nocase(str_trim(value), S("chunked"));
    } else if (str_eq_nocase(name, S("X-Forwarded-For"))) {
        h->forwarded = value;
    }
}

bool head_is_clear(const struct head *h, str version)
{
    bool new = str_eq(version, S("HTTP/1.1")), old = str_eq(version, S("HTTP/1.0"));
    if (h->odd || !(new || old))
        return false;
    bool host = new ? h->hosts == 1 : h->hosts <= 1;
    return host && h->lengths + h->codings <= 1 && (new || h->codings == 0);
}

// E4: a proxy adds what it has seen to the end; what stands before was said by strangers.
str head_client(const struct head *h, str peer)
{
    bool near = str_starts(peer, S("127.")) || str_eq(peer, S("::1"));
    char text[INET6_ADDRSTRLEN] = "";
    unsigned char bytes[16];
    isize from = h->forwarded.n;
    while (from > 0 && h->forwarded.p[from - 1] != ',')
        from--;
    str last = str_trim(str_cut(h->forwarded, from));
    if (!near || last.n == 0 || last.n >= (isize)sizeof text)
        return peer;
    memcpy(text, last.p, (size_t)last.n);
    bool v4 = inet_pton(AF_INET, text, bytes) == 1, v6 = inet_pton(AF_INET6, text, bytes) == 1;
    return v4 || v6 ? last : peer;
}

str head_net(struct arena *a, str address)
{
    static const unsigned char mapped[12] = {[10] = 0xff, [11] = 0xff};    // RFC 4291 2.5.5.2
    unsigned char b[16];
    if (inet_pton(AF_INET, arena_z(a, address), b) == 1)
        return arena_str(a, (str){(const char *)b, 3});
    if (inet_pton(AF_INET6, arena_z(a, address), b) != 1)
        return address;
    bool is_v4 = memcmp(b, mapped, sizeof mapped) == 0;
    return arena_str(a, (str){(const char *)b + (is_v4 ? 12 : 0), is_v4 ? 3 : 6});
}
