// SPDX-License-Identifier: GPL-3.0-or-later
#include "tenant/subaddress.h"

struct subaddress subaddress_of(str address)
{
    str tag = str_token(&address, '@'), user = str_token(&tag, '+');
    return (struct subaddress){user, tag, address};
}

bool subaddress_same_box(str a, str b)
{
    struct subaddress x = subaddress_of(a), y = subaddress_of(b);
    return x.domain.n > 0 && str_eq_nocase(x.user, y.user) && str_eq_nocase(x.domain, y.domain);
}

str subaddress_box(struct arena *a, str address)
{
    struct subaddress x = subaddress_of(arena_lower(a, address));
    return arena_fmt(a, STR_FMT "@" STR_FMT, STR_ARG(x.user), STR_ARG(x.domain));
}
