// SPDX-License-Identifier: GPL-3.0-or-later
// Parts of a mail as JSON: an address is an object of name and address, a list is one of those.
#pragma once

#include "base/json.h"
#include "mail/message.h"

void put_address(struct json_out *j, struct mail_address a);
void put_addresses(struct json_out *j, const char *key, struct mail_addresses list);
void put_ids(struct json_out *j, const char *key, struct mail_ids ids);
