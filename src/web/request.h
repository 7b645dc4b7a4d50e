// SPDX-License-Identifier: GPL-3.0-or-later
// What a handler gets and what it gives back.
#pragma once

#include "http/http.h"
#include "web/page.h"

enum { PARAMS_MAX = 4 };

struct rated {    // what a limit said to this request (site.h, X6)
    bool taken;
    int64_t wait;
};

struct request {
    struct exchange *x;
    struct site *site;
    struct rated *rated;    // by enum rate; NULL: each question counts
    const struct route *route;
    str param[PARAMS_MAX];    // what stood at the {names} of the route, decoded
    str session;              // the cookie's token, empty when nobody is signed in
    str csrf;                 // goes into every form
    str viewer;               // the signed-in person's name
    str host;                 // as the browser says, lower case
    bool by_token;            // an API client
    bool again;               // a form that comes back with what was typed
    bool secure;              // the desk is reached by https
    int status;               // of the error, when it says more than the table of error.c
};

struct reply {
    int status;
    const char *type;
    struct buf *body;
    struct page page;
    struct exchange *x;
    int64_t live_ticket;    // a stream: which case to tell about
    bool live;
    str frame;    // another origin that this page shows in a frame; empty: none
};

// A field of the form, or of the query when there is no form.  Empty when it is not there.
str form_text(const struct request *rq, const char *name);
int64_t form_int(const struct request *rq, const char *name, int64_t otherwise);
bool form_has(const struct request *rq, const char *name);
str path_text(const struct request *rq, int nth);
int64_t path_int(const struct request *rq, int nth);    // 0 when it is no number

// What was typed when the form comes back, else what is stored.
str form_or(const struct request *rq, const char *name, str stored);

struct page *page_begin(struct ctx *cx, struct request *rq, struct reply *rp, int status);

// 303 to an address of our own.
fallible see_other(struct ctx *cx, struct reply *rp, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

// Bytes as a file to save: nosniff, attachment, own policy (SECURITY 4.9).
fallible reply_download(struct ctx *cx, struct reply *rp, str name, str type, str bytes);
void reply_cookie(struct request *rq, const char *name, str value, int64_t max_age_s);
