// SPDX-License-Identifier: GPL-3.0-or-later
// What the tests of this folder share: keys that protect nothing.
#pragma once

#include "base/io.h"
#include "dkim/dkim.h"
#include "testing/test.h"

// RFC 8463, A.1, in PEM.
static const char rfc_key[] =
    "-----BEGIN PRIVATE KEY-----\n"
    "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n"
    "-----END PRIVATE KEY-----\n";

// Of 1024 and of 512 bits.
static const char rsa_key[] =
    "-----BEGIN PRIVATE KEY-----\n"
    "MIICeAIBADANBgkqhkiG9w0BAQEFAASCAmIwggJeAgEAAoGBAKToas4deWZPMcCK\n"
    "bVM9Bw9sVPuKnkpX4eGzqFxkexpLrMl1OQKE1kPHI/u5LDjU8bb4jTj0oH4ify4S\n"
    "3YFsRdhxLr4vxs90OBfCYpBmd833b/2EIhGcc7wdsaQhqBHNGY5OAw6RPfhtOPmW\n"
    "99A98w0iqnAOCSVFdAQ2XnuhDoe9AgMBAAECgYEAkPyXCuj3F3CBeZs7S3fYgULp\n"
    "5M6XJR3nRx1B5Rmi8heervEVUpWgHK81f9fqfX0bl5cn8u+BO+TwlH2ZqnSbYquz\n"
    "XAtQFT6lM5GTc2VXd5OIRvq9p36OgJLdJnErBbjVLuHo9zAgRq+v16jFBEqebq1p\n"
    "McgUaorul7zk0J7OnjECQQDOZLeRmcYAKV9oVmKUpwO0ycr+SZ/NzPkIumV+PCYb\n"
    "1qtzOMdBmrco5dFmnCGZaEDl9J1RwdyxCwjFlfF4d2UnAkEAzIsdkSGJRbvb6wzr\n"
    "y2ez1kdSRGzmDOV/6ruY7PQ3T66niXxYXfI8vDyE1F6J6RM+EKMhjABBq2I8Iall\n"
    "qEhiewJAISsGZRu1Oilr77SSOxlr+w3C1YK3b7dU/hYWYWcBKNAi1W12eBCJBsWI\n"
    "FVlZ/PFIHKxm69CfysPfMQGbwKRPWQJBAK/IdrZ9Pb3CPrN4PURncPQcAyVu+R3o\n"
    "NdCDPF+XWdmO3ciYJlFGls+mqvjf7mFx+grOR0xMBCPHnqnHLOg8nPUCQQCJ4dZh\n"
    "iiloYNwtJMGT0RqAmCbtE59Ap/u3XQv1qs2AQAcO/l4Vai32L74gM3gbGmjwKOu8\n"
    "wwvmxXYIEVTqyuRu\n"
    "-----END PRIVATE KEY-----\n";

static const char weak_key[] =
    "-----BEGIN PRIVATE KEY-----\n"
    "MIIBUwIBADANBgkqhkiG9w0BAQEFAASCAT0wggE5AgEAAkEAuW22o3JKL85yz9FW\n"
    "CAshStp6J16G2xaJ2hvknqlik5KvFAXZRaGaJRembMMcQc8NK/+4ZE87hq+s8/0A\n"
    "/Zb5EwIDAQABAkAVGfkozH7IxfOm1qm1rJ6TSB2SkV1DXWM+oOH5dEk1hdAu4DQ6\n"
    "aV3BJcszeU5ZEnxoXXo5kumPgWFs+xLRMiGBAiEA4DDF38l5L+DqQruTovtxZlGj\n"
    "uwAaKOk5RcJ2iT8lxvMCIQDTvP95J6mKyg/+qa9gepSovvizNk8wme3S9psAWbLN\n"
    "YQIgFFcYfNdQsXFcj7VpDa52eWwKyNqXhQKz+YpNKuKZ0NUCIDQhGOi0KhqgatWw\n"
    "4xumskjlU4eTvGVj0FibHEg2zT2hAiBBGMJoWS/MgPqblZO2oK+9SNjQfHABgAe/\n"
    "ueO8e2uZ0w==\n"
    "-----END PRIVATE KEY-----\n";

static inline str put(struct world *w, const char *name, const char *text)
{
    struct ctx cx = {.arena = &w->kept};
    str path = arena_fmt(&w->kept, STR_FMT "/%s", STR_ARG(w->place.dir), name);
    int fd;
    io_remove(&cx, path);
    check(io_create(&cx, path, &fd) == OK && io_write(&cx, fd, str_from_z(text)) == OK);
    io_close(fd);
    return path;
}
