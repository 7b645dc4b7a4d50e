// SPDX-License-Identifier: GPL-3.0-or-later
// Routes are constant tables, one for each feature, listed in app/features.c.
//
//   U1  Every route names the permission it needs; 0 is none and stops the program at start.
//   U2  GET never writes: its handler has a read-only connection.
//   U3  What writes runs in the writer's transaction; an error undoes all of it.
//   U4  A form that was refused comes back by `form` with what was typed, status 422 or 409.
//   U5  Every unsafe request is checked for its origin, its token and its permission before the
//       handler runs, and before its slow part does.
#pragma once

#include "access/access.h"
#include "web/request.h"

typedef enum err handler(struct ctx *cx, struct request *rq, struct reply *rp);

struct api_schema;

enum rate {
    RATE_NONE,
    RATE_LOGIN,
    RATE_PASSWORD,
    RATE_KEY,    // asked by the route itself, once somebody is known
    RATE_REPORT,
    RATE_SEARCH,
    RATE_API,
    RATE_HOOK,
    RATES
};

struct route {
    enum method method;
    const char *path;    // "/w/t/{nr}/handover"
    enum permission needs;
    handler *run;
    handler *form;       // U4; may be NULL
    handler *prepare;    // slow work without a transaction, before run (password hashing)
    enum rate rate;
    const char *summary;    // one line for `staffel routes` and OpenAPI
    const struct api_schema *gives, *takes;    // JSON out and in, for /api/ only
    const struct api_schema *lists;            // instead of gives: a page of these (J4)
    const char *wants;    // fields of `takes` that must be there: "reason text" (api.h, J8)
    const char *asks;    // the names of its query, for /api/ only: "view limit after"
    bool matches;        // needs If-Match (api.h, J2)
    bool programs;    // an API token opens it, as it does everything below /api/ (guard.h, N7)
};

// The route for a method and an encoded path; fills the parameters.  NULL when there is none;
// *allowed then tells whether another method would do (405 instead of 404).
const struct route *route_find(const struct route *const *tables, enum method method, str path,
                               struct arena *a, str param[PARAMS_MAX], bool *allowed);

// U1.  The name of the first bad route, or NULL.
const char *route_check(const struct route *const *tables);
const char *route_method_name(enum method m);
