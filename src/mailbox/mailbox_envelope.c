// SPDX-License-Identifier: GPL-3.0-or-later
#include "mailbox/mailbox_envelope.h"

#include "base/limits.h"
#include "mail/address.h"
#include "mail/header.h"
#include "tenant/subaddress.h"

static str first_address(struct arena *a, str raw)
{
    struct mail_addresses list = address_list(a, raw);
    return list.n > 0 && list.p[0].address.n <= LIMIT_MAIL_ADDRESS ? list.p[0].address : S("");
}

static bool is_tagged(str s, str address)
{
    return s.n <= LIMIT_MAIL_ADDRESS && subaddress_of(s).tag.n > 0
           && subaddress_same_box(s, address);
}

static bool detailed(struct arena *a, str raw, str address, str *out)
{
    struct mail_addresses list = address_list(a, raw);
    for (isize i = 0; i < list.n; i++)
        if (is_tagged(list.p[i].address, address)) {
            *out = list.p[i].address;
            return true;
        }
    return false;
}

struct mailbox_envelope mailbox_envelope(struct arena *a, str head, str address)
{
    static const char *const fields[] = {"Delivered-To", "X-Original-To", "Envelope-To", "To",
                                         "Cc"};
    struct mailbox_envelope e = {.rcpt = address};
    for (isize i = 0; i < countof(fields); i++)    // V1
        if (detailed(a, header_find(head, str_from_z(fields[i])), address, &e.rcpt))
            break;
    str path = header_find(head, S("Return-Path"));    // V2
    e.sender = first_address(a, path.n > 0 ? path : header_find(head, S("From")));
    return e;
}
