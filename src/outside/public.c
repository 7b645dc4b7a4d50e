// SPDX-License-Identifier: GPL-3.0-or-later
#include "outside/public.h"

#include <arpa/inet.h>

enum { V4 = 4, V6 = 16 };

struct range {
    unsigned char prefix[V6];
    int bits;
};

// N1
static const struct range apart4[] = {
    {{0}, 8},
    {{10}, 8},
    {{100, 64}, 10},
    {{127}, 8},
    {{169, 254}, 16},
    {{172, 16}, 12},
    {{192, 0, 0}, 24},
    {{192, 0, 2}, 24},
    {{192, 88, 99}, 24},
    {{192, 168}, 16},
    {{198, 18}, 15},
    {{198, 51, 100}, 24},
    {{203, 0, 113}, 24},
    {{224}, 4},
    {{240}, 4},
};

// N2: of 2000::/3
static const struct range apart6[] = {
    {{0x20, 0x01, 0x00}, 23},          // protocol assignments, Teredo, ORCHID
    {{0x20, 0x01, 0x0d, 0xb8}, 32},    // documentation
    {{0x20, 0x02}, 16},                // 6to4
    {{0x3f, 0xff, 0x00}, 20},          // documentation (RFC 9637)
};

static const struct range world6 = {{0x20}, 3};
static const struct range nat64 = {{0x00, 0x64, 0xff, 0x9b}, 96};    // N3

static bool is_in(const unsigned char *address, const struct range *r)
{
    int whole = r->bits / 8, rest = r->bits % 8;
    if (memcmp(address, r->prefix, (size_t)whole) != 0)
        return false;
    unsigned mask = 0xff00u >> rest & 0xff;
    return rest == 0 || (address[whole] & mask) == (r->prefix[whole] & mask);
}

static bool is_in_any(const unsigned char *address, const struct range *r, isize n)
{
    for (isize i = 0; i < n; i++)
        if (is_in(address, &r[i]))
            return true;
    return false;
}

bool public_v4(const unsigned char address[4])
{
    return !is_in_any(address, apart4, countof(apart4));
}

bool public_v6(const unsigned char address[16])
{
    if (is_in(address, &nat64))
        return public_v4(address + V6 - V4);
    return is_in(address, &world6) && !is_in_any(address, apart6, countof(apart6));
}

bool public_text(const char *address)    // N4
{
    unsigned char bytes[V6];
    if (inet_pton(AF_INET, address, bytes) == 1)
        return public_v4(bytes);
    return inet_pton(AF_INET6, address, bytes) == 1 && public_v6(bytes);
}

bool public_socket(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET) {
        struct sockaddr_in v4;
        memcpy(&v4, address, sizeof v4);
        return public_v4((const unsigned char *)&v4.sin_addr);
    }
    struct sockaddr_in6 v6;
    if (address->sa_family != AF_INET6)
        return false;
    memcpy(&v6, address, sizeof v6);
    return public_v6(v6.sin6_addr.s6_addr);
}
