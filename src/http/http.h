// SPDX-License-Identifier: GPL-3.0-or-later
// HTTP/1.1 by libmicrohttpd (epoll, a pool of threads) behind a request and a reply.
//
//   H1  A handler sees only whole requests within the limits; what is too large, not UTF-8 or
//       encoded arrives with `refused` set and is answered with a clear page, not a reset.
//   H2  Bodies of forms and JSON lie in the request's arena; files are streamed to disk, so
//       memory stays flat whatever their size.
//   H3  A handler may answer now, or later from another thread: the connection sleeps.
//   H4  Everything is decoded exactly once.
//   H5  Stopping waits for the answers that are under way, and STOP_BODY_MS for requests that are
//       still coming.  New ones on a connection that was kept get none.
//   H6  A request that could be read in two ways (http/head.h) is refused, and nothing more is
//       read from its connection.
//   H7  No byte of a file is written for a request that may bring none, and none when the disk
//       is nearly full: mail needs the rest (LIMIT_DISK_UPLOAD).
//   H8  Connections are dealt to the threads in turn.  Left to themselves the threads race to
//       accept, and one can get all of a burst while the others idle.
#pragma once

#include "base/ctx.h"

enum method { GET = 1, POST, PUT, PATCH, DELETE, HEAD };

struct field {
    str name, value;
    struct field *next;
};

struct upload {
    str field, name, type;    // as the browser says; never trusted
    str path;                 // a file in the upload folder, removed with the request
    int64_t size;
    str sha256;    // computed while it came in
    struct upload *next;
};

struct exchange {
    struct arena arena;
    enum method method;     // 0: one we do not know
    str path;               // still percent-encoded; web/route.c decodes its parts
    struct field *query;    // decoded
    struct field *form;     // decoded; application/x-www-form-urlencoded or multipart
    struct upload *uploads;
    str type;               // media type of the body, lower case, without parameters
    str body;               // when it is no form
    str address;            // of the client: the peer, or who a proxy on this machine says
    struct field *given;    // headers of a request that came over no connection (tests)
    int refused;            // 0, or the status that says which limit was broken
    int64_t started_ms;     // monotonic

    int status;    // the answer
    const char *reply_type;
    str reply;
    struct field *headers;
    struct stream *stream;    // instead of reply: an answer without an end

    struct connection *connection;    // http.c's own
    void *work;                       // the handler's, between its calls
};

struct http;

struct http_config {
    str listen;    // ADDR:PORT
    int threads;
    str upload_dir;       // an existing folder
    int64_t most_file;    // bytes of one uploaded file; 0: LIMIT_UPLOAD_FILE
    int64_t reserve;      // bytes of the disk that files leave free; 0: LIMIT_DISK_UPLOAD
    // H7: bytes of files that this request may bring, by its head.  NULL: nobody brings any.
    int64_t (*files)(void *arg, struct exchange *x);
    void (*handle)(void *arg, struct exchange *x);
    void (*over)(void *arg, struct exchange *x);    // after the last byte: for the log line
    void *arg;
};

fallible http_start(struct ctx *cx, const struct http_config *config, struct http **out);
int http_port(const struct http *h);
void http_stop(struct http *h);
int64_t http_open(const struct http *h);    // connections

// Send the answer that is in x.  From any thread, once.
void http_answer(struct exchange *x);

str http_header(const struct exchange *x, const char *name);
str http_cookie(const struct exchange *x, const char *name);
void http_set_header(struct exchange *x, const char *name,
                     str value);                                // control bytes are dropped
str http_decode(struct arena *a, str s, bool plus_is_blank);    // %41 -> A, once

// An answer that goes on: server-sent events.  stream_send() may be called by any thread; a
// reader that is slower than its buffer is cut off and comes back by itself.
struct stream *stream_new(struct exchange *x, void (*closed)(void *arg, struct stream *s),
                          void *arg);
bool stream_send(struct stream *s, str bytes);    // false: closed or full
void stream_close(struct stream *s);
