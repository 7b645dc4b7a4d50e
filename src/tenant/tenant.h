// SPDX-License-Identifier: GPL-3.0-or-later
// A desk: one organisation that helps, with its name, its address and its keys.
//
//   D1  Every row of the business belongs to one desk; the data layer adds the wall (@tenant).
//   D2  A desk's secret is made once, at random, and never shown.
#pragma once

#include "base/ctx.h"

struct tenant {
    tenant_id id;
    str name;
    enum lang lang;
    bool formal;         // the portal says Sie
    str mail_address;    // hilfe@nordlicht.example
    str base_url;        // https://hilfe.nordlicht.example, without a slash at the end
    str secret;
    int64_t link_key;    // which generation of links to cases is valid (link/portal_link.h)
};

fallible tenant_create(struct ctx *cx, struct tenant t, tenant_id *out);    // id and secret are set
fallible tenant_load(struct ctx *cx, tenant_id id, struct tenant *out);
fallible tenant_mine(struct ctx *cx, struct tenant *out);                   // of cx->who

fallible tenant_renew_links(struct ctx *cx);    // every link given before ends

// The desk that answers for a host name or a mail address; the oldest one when none says so.
fallible tenant_for_host(struct ctx *cx, str host, tenant_id *out);
fallible tenant_for_address(struct ctx *cx, str address, tenant_id *out);

// The program itself at work in a desk's name: jobs, the intake, subcommands.
struct who tenant_system(tenant_id id);
