// SPDX-License-Identifier: GPL-3.0-or-later
// Style sheets and scripts, inside the program (tools/assetgen.py makes the table from web/).
// Their address carries a hash of their content, so browsers may keep them for ever.
#pragma once

#include "base/base.h"

struct asset {
    const char *path;    // /assets/staffel.1a2b3c4d.css
    const char *type;
    str plain, gzip;
    const char *etag;
};

extern const struct asset web_assets[];       // generated; ends with a row without a path
extern const char asset_css[], asset_js[];    // addresses of the two that every page loads
