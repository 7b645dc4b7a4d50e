// SPDX-License-Identifier: GPL-3.0-or-later
// What http/ keeps for a request beside what the handler sees.
#pragma once

#include "base/buf.h"
#include "base/secret.h"
#include "http/http.h"

#include <stdatomic.h>
#include <sys/types.h>

struct MHD_Connection;
struct MHD_PostProcessor;

struct connection {
    struct exchange x;
    struct http *http;
    struct MHD_Connection *mhd;
    _Atomic int phase;
    bool handed;    // the handler has been called

    struct MHD_PostProcessor *post;
    struct buf body;
    bool is_too_long;    // its address
    int64_t bytes;      // of the body so far, files included
    int64_t text;       // bytes of fields
    int fields, files;
    struct field *field;    // being received
    struct buf value;       // of it
    str upload_dir;
    int64_t most_file, most_files;
    int64_t files_bytes, reserve;
    struct upload *current;    // file being received
    int current_fd;
    struct secret_sum sum;    // of it
    struct connection *next;
};

ssize_t stream_take(struct stream *s, char *out, size_t room);
void stream_gone(struct stream *s);    // the connection is no more
