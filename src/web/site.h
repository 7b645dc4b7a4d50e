// SPDX-License-Identifier: GPL-3.0-or-later
// The edge: from a whole HTTP request to a handler inside a transaction and back.
//
//   X1  Reading requests run at once on their own thread and read connection.
//   X2  Writing requests wait for one commit (db/writer.h) and are answered after it.
//   X3  Security headers come from one function and stand on every answer.
//   X4  Errors become pages in the reader's language, or JSON below /api/.
//   X5  One log line for each request: method, first part of the path, status, time.
//   X6  A request is counted once against a limit, however often its work runs (db/writer.h, W1).
#pragma once

#include "db/pool.h"
#include "db/writer.h"
#include "web/asset.h"
#include "web/route.h"

struct live;
struct rates;

struct site_config {
    const struct route *const *routes;    // ends with NULL
    const struct asset *assets;           // ends with a row without a path
    struct pool *pool;
    struct writer *writer;
    struct db_place place;
    str upload_dir;
    str listen;
    int threads;
    bool quiet;         // no log line for each request (benchmarks)
    int content_port;    // of the origin that shows what strangers wrote; 0: there is none
    str content_url;     // the same from outside, without a slash at the end; empty: our host
    bool keeps_mail;    // no relay: what would be sent is kept
    str trust;          // a file of certificates trusted beside the system's, or empty
    str keys;           // a folder of keys for S/MIME and PGP, or empty
};

struct site;

fallible site_start(struct ctx *cx, const struct site_config *config, struct site **out);
int site_port(const struct site *s);
void site_stop(struct site *s);
const struct site_config *site_config(const struct site *s);
struct live *site_live(struct site *s);

// Take one of what a connection may do: 0, or the seconds to wait.  For handlers that count
// only some of their requests; others say so in their route.
int64_t site_rate(const struct request *rq, enum rate rate);

struct site_counts {
    int64_t requests[6];    // by the first digit of the status
    int64_t open;           // connections
};
struct site_counts site_counts(struct site *s);
