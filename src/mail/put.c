// SPDX-License-Identifier: GPL-3.0-or-later
#include "mail/put.h"

void put_address(struct json_out *j, struct mail_address a)
{
    json_open(j, '{');
    json_key_str(j, "name", a.name);
    json_key_str(j, "address", a.address);
    json_close(j, '}');
}

void put_addresses(struct json_out *j, const char *key, struct mail_addresses list)
{
    json_key(j, key);
    json_open(j, '[');
    for (isize i = 0; i < list.n; i++)
        put_address(j, list.p[i]);
    json_close(j, ']');
}

void put_ids(struct json_out *j, const char *key, struct mail_ids ids)
{
    json_key(j, key);
    json_open(j, '[');
    for (isize i = 0; i < ids.n; i++)
        json_str(j, ids.p[i]);
    json_close(j, ']');
}
