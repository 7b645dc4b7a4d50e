// SPDX-License-Identifier: GPL-3.0-or-later
#include "outside/public.h"
#include "testing/test.h"

struct row {
    const char *address;
    bool is_public;
};

static void all_so(const struct row *table, isize n)
{
    for (isize i = 0; i < n; i++) {
        bool right = public_text(table[i].address) == table[i].is_public;
        if (!right)
            fprintf(stderr, "%s\n", table[i].address);
        check(right);
    }
}

static void N1_what_is_set_apart_in_ipv4(struct world *w)
{
    // Each range with its first, its last, and its neighbours outside.
    static const struct row table[] = {
        {"0.0.0.0", false},         {"0.255.255.255", false},   {"1.0.0.0", true},
        {"9.255.255.255", true},    {"10.0.0.0", false},        {"10.255.255.255", false},
        {"11.0.0.0", true},         {"100.63.255.255", true},   {"100.64.0.0", false},
        {"100.127.255.255", false}, {"100.128.0.0", true},      {"126.255.255.255", true},
        {"127.0.0.1", false},       {"127.255.255.255", false}, {"128.0.0.0", true},
        {"169.253.255.255", true},  {"169.254.169.254", false}, {"169.255.0.0", true},
        {"172.15.255.255", true},   {"172.16.0.0", false},      {"172.31.255.255", false},
        {"172.32.0.0", true},       {"192.0.0.170", false},     {"192.0.1.0", true},
        {"192.0.2.1", false},       {"192.0.3.0", true},        {"192.88.99.1", false},
        {"192.88.98.1", true},      {"192.167.255.255", true},  {"192.168.0.1", false},
        {"192.169.0.0", true},      {"198.17.255.255", true},   {"198.18.0.0", false},
        {"198.19.255.255", false},  {"198.20.0.0", true},       {"198.51.100.7", false},
        {"198.51.101.0", true},     {"203.0.113.255", false},   {"203.0.114.0", true},
        {"223.255.255.255", true},  {"224.0.0.1", false},       {"239.255.255.255", false},
        {"240.0.0.1", false},       {"255.255.255.255", false}, {"93.184.216.34", true},
    };
    (void)w;
    all_so(table, countof(table));
}

static void N2_N3_only_the_world_in_ipv6(struct world *w)
{
    static const struct row table[] = {
        {"::", false},
        {"::1", false},
        {"::93.184.216.34", false},
        {"::ffff:93.184.216.34", false},
        {"::ffff:127.0.0.1", false},
        {"64:ff9b::5db8:d822", true},     // 93.184.216.34
        {"64:ff9b::7f00:1", false},       // 127.0.0.1
        {"64:ff9b::a9fe:a9fe", false},    // 169.254.169.254
        {"64:ff9b:0:0:1::5db8:d822", false},
        {"64:ff9b:1::5db8:d822", false},
        {"100::1", false},
        {"1fff::1", false},
        {"2000::1", true},
        {"2001::1", false},
        {"2001:0:4136:e378:8000:63bf:3fff:fdd2", false},    // Teredo
        {"2001:20::1", false},
        {"2001:1ff:ffff::1", false},
        {"2001:200::1", true},
        {"2001:db8::1", false},
        {"2001:db9::1", true},
        {"2002:7f00:1::1", false},    // 6to4 of 127.0.0.1
        {"2002:5db8:d822::1", false},
        {"2003::1", true},
        {"2606:4700::1111", true},
        {"3fff::1", false},
        {"3fff:1000::1", true},
        {"4000::1", false},
        {"5f00::1", false},
        {"fc00::1", false},
        {"fdff::1", false},
        {"fe80::1", false},
        {"febf::1", false},
        {"fec0::1", false},
        {"ff02::1", false},
    };
    (void)w;
    all_so(table, countof(table));
}

static void N4_what_is_no_address_is_not_public(struct world *w)
{
    static const struct row table[] = {{"", false},           {"example.com", false},
                                       {"93.184.216", false}, {"0x5d.184.216.34", false},
                                       {"[2003::1]", false},  {"fe80::1%eth0", false}};
    (void)w;
    all_so(table, countof(table));
}

const struct test public_tests[] = {
    T(N1_what_is_set_apart_in_ipv4),
    T(N2_N3_only_the_world_in_ipv6),
    T(N4_what_is_no_address_is_not_public),
    {0},
};
