// SPDX-License-Identifier: GPL-3.0-or-later
// What all of /api/v1 shares: JSON in and out, versions, repetition, pages, description.
//
//   J1  One table of fields for each kind of thing: it decides what is accepted, and it is
//       what OpenAPI prints.  An unknown field is refused by name (mass assignment).
//   J2  A thing carries its version as ETag; a change needs If-Match (428 without, 412 when
//       somebody was faster).
//   J3  The same Idempotency-Key with the same request gets the same answer, once done; with
//       another request it is refused (422).  Kept for LIMIT_IDEMPOTENCY_S.
//   J4  Lists are paged by a cursor: `after` of the next page stands in `next`.
//   J5  Bodies are application/json, so a foreign page cannot send one (415 otherwise).
//   J6  What takes files (a field of type files) may come as multipart/form-data, too; it needs
//       the same header against foreign pages (guard_origin).
//   J7  OpenAPI names what stands in path, query and head, and the token that opens it.
//   J8  What a body must have is named by the route (`wants`): it is checked by that, and OpenAPI
//       says it.
#pragma once

#include "base/json.h"
#include "web/route.h"

struct api_field {
    const char *name;
    const char *type;    // string, integer, boolean, object; lists: strings, objects; files
    bool writable;
    const char *what;
    const struct api_schema *of;    // what an object, or the objects of a list, look like
};

struct api_schema {
    const char *name;
    const struct api_field *fields;    // ends with a row without a name
};

// The reply's body: open it with '{' or '['.
struct json_out *api_begin(struct ctx *cx, struct request *rq, struct reply *rp, int status);
void api_etag(struct reply *rp, int64_t version);

// J4.  A list: begin, a value for each thing, end with where the next page begins (or empty).
struct json_out *api_items_begin(struct ctx *cx, struct request *rq, struct reply *rp);
void api_items_end(struct json_out *j, str next);

// J1 J5.  The body as an object whose members are all writable fields of the schema.
fallible api_body(struct ctx *cx, struct request *rq, const struct json **out);

// J1.  The same for an object inside the body.
fallible api_object(struct ctx *cx, const struct api_schema *schema, const struct json *o);
fallible api_version(struct ctx *cx, struct request *rq, int64_t *out);    // J2
isize api_limit(const struct request *rq);    // J4: 1 to LIMIT_PAGE_ROWS
int64_t api_after(const struct request *rq);    // J4: 0 at the beginning

// J3.  True: the answer was given before and stands in rp.
fallible api_repeated(struct ctx *cx, struct request *rq, struct reply *rp, bool *out);
fallible api_remember(struct ctx *cx, struct request *rq, struct reply *rp);

// OpenAPI of these tables.  Every schema that a route gives, takes or lists, and what stands
// inside of them, is defined once.
void api_describe(struct ctx *cx, struct json_out *j, const struct route *const *tables);

extern const struct route api_routes[];    // openapi.json
