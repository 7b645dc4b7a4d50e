// SPDX-License-Identifier: GPL-3.0-or-later
// A desk: one organisation that helps, with its name, its address and its keys.
//
//   D1  Every row of the business belongs to one desk; the data layer adds the wall (@tenant).
//   D2  A desk's secret is made once, at random, and never shown.
//   D3  An address that a desk had stays its own: mail to it is the desk's mail, and no other desk
//       gets it.  So answers to what left from there still arrive (outbox/envelope.h, N7).
//   D4  A change is made by who has seen the last one.
#pragma once

#include "base/ctx.h"

struct tenant {
    tenant_id id;
    str name;
    enum lang lang;
    str mail_address;    // hilfe@nordlicht.example
    str base_url;        // https://hilfe.nordlicht.example, without a slash at the end
    str secret;
    int64_t version;     // D4
    int64_t link_key;    // which generation of links to cases is valid (link/portal_link.h)
};

fallible tenant_create(struct ctx *cx, struct tenant t, tenant_id *out);    // id and secret are set
fallible tenant_load(struct ctx *cx, tenant_id id, struct tenant *out);
fallible tenant_mine(struct ctx *cx, struct tenant *out);                   // of cx->who

// Name, language, address and URL of cx->who's desk, as they are given (letterhead/ checks them);
// the address of before is remembered (D3).  ERR_STALE (D4).
fallible tenant_change(struct ctx *cx, const struct tenant *t);

fallible tenant_renew_links(struct ctx *cx);    // every link given before ends

// The desk that answers for a host name or a mail address, one of before too (D3); the oldest one
// when none says so.
fallible tenant_for_host(struct ctx *cx, str host, tenant_id *out);
fallible tenant_for_address(struct ctx *cx, str address, tenant_id *out);

// The desk that had this address before, without what stands behind a "+"; 0 when none had.
fallible tenant_of_before(struct ctx *cx, str address, tenant_id *out);
// Those of cx->who, newest first.
fallible tenant_addresses_before(struct ctx *cx, str **out, isize *n);

// The program itself at work in a desk's name: jobs, the intake, subcommands.
struct who tenant_system(tenant_id id);
