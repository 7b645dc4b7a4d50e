// SPDX-License-Identifier: GPL-3.0-or-later
// The second origin: what strangers wrote is served here, and nothing else is.
//
//   C1  It knows no cookie, no session, no form and no route of the desk; all it answers is a
//       GET of an address that original_seal() made, and that only for a few minutes.
//   C2  Every answer says that nothing may run, nothing be asked from elsewhere and nothing be
//       guessed about its type.
//   C3  What is not there, forged or over looks the same: 404.
//   C4  A picture that lies elsewhere is fetched by a few threads of its own, so that a slow
//       stranger delays nobody but its own picture.  What comes back is passed on only if its
//       bytes are a picture (outside/picture.h), with the type that they say, and none of the
//       stranger's headers.
#pragma once

#include "db/pool.h"

struct content;

struct fetch_seam;

struct content_config {
    str listen;
    struct pool *pool;
    struct db_place place;
    str upload_dir;
    const struct fetch_seam *seam;    // for tests alone
};

fallible content_start(struct ctx *cx, const struct content_config *config,
                       struct content **out);
int content_port(const struct content *c);
void content_stop(struct content *c);
