// SPDX-License-Identifier: GPL-3.0-or-later
// The Git services as pages, for who configures the desk.
//
//   H1  Each shows how it is and what it said, when it was last asked and when its webhook came.
//   H2  A key goes in and never comes out.  Left empty, the stored one stays; with another
//       address it must be typed again, so that it is never told to another host.
//   H3  The secret of a new one's webhooks is proposed; it can be read until it is stored.
//   H4  A service that asked us to wait is not asked sooner by hand.
#pragma once

#include "forge/forge.h"
#include "web/frame.h"
#include "web/route.h"

struct forge_rows {
    const struct forge *row;
    isize n;
};

struct forge_form {
    bool is_new;
    struct forge f;
    struct forge_wish w;
    str hook_url;
};

const char *forge_http_tone(const struct forge *f);
struct words forge_http_state(const struct forge *f);

extern const struct route forge_routes[];
