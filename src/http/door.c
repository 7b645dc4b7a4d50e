// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/door.h"

#include "base/limits.h"
#include "base/secret.h"

#include <netinet/in.h>
#include <sys/resource.h>

// What a process may open beside its connections: half of it where it may open very little.
int64_t door_most(int64_t descriptors)
{
    int64_t spare = int_min(LIMIT_DESCRIPTORS_SPARE, descriptors / 2);
    return int_min(LIMIT_CONNECTIONS, descriptors - spare);
}

void door_init(struct door *d, bool by_address)
{
    struct rlimit r = {0};
    rlim_t want = (rlim_t)LIMIT_CONNECTIONS + (rlim_t)LIMIT_DESCRIPTORS_SPARE;
    getrlimit(RLIMIT_NOFILE, &r);
    if (r.rlim_cur < want) {
        r.rlim_cur = r.rlim_max < want ? r.rlim_max : want;
        setrlimit(RLIMIT_NOFILE, &r);
        getrlimit(RLIMIT_NOFILE, &r);
    }
    d->most = door_most(r.rlim_cur < want ? (int64_t)r.rlim_cur : (int64_t)want);
    d->by_address = by_address;
    secret_random(&d->key, sizeof d->key);
}

// H10.  The network of an IPv6 address; an IPv4 address, also one dressed up as IPv6, whole.
static uint64_t home_of(const struct sockaddr *from)
{
    uint64_t net = 0;
    if (from->sa_family == AF_INET)
        return ((const struct sockaddr_in *)(const void *)from)->sin_addr.s_addr;
    if (from->sa_family != AF_INET6)
        return 0;
    const struct in6_addr *a = &((const struct sockaddr_in6 *)(const void *)from)->sin6_addr;
    bool mapped = IN6_IS_ADDR_V4MAPPED(a);
    memcpy(&net, a->s6_addr + (mapped ? 12 : 0), mapped ? 4 : 8);
    return net;
}

static _Atomic uint16_t *crowd_of(struct door *d, const struct sockaddr *from)
{
    const uint64_t golden = 0x9e3779b97f4a7c15u;    // Knuth, TAOCP 6.4: multiplicative hashing
    return &d->crowd[((home_of(from) ^ d->key) * golden) >> 48];
}

bool door_enter(struct door *d, const struct sockaddr *from)
{
    _Atomic uint16_t *crowd = crowd_of(d, from);
    if (d->held >= d->most || (d->by_address && *crowd >= LIMIT_CONNECTIONS_ADDRESS))
        return false;
    d->held++;
    ++*crowd;
    return true;
}

void door_leave(struct door *d, const struct sockaddr *from)
{
    --*crowd_of(d, from);
    d->held--;
}
