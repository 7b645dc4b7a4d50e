// SPDX-License-Identifier: GPL-3.0-or-later
// JSON out: a writer into a buf that puts commas by itself.  JSON in: jansson, copied into
// the arena, with the limits of limits.def.
#pragma once

#include "base/buf.h"
#include "base/ctx.h"

// --- out -------------------------------------------------------------------------------
// json_open(j, '{'); json_key(j, "id"); json_int(j, 7); json_close(j, '}');

struct json_out {
    struct buf *buf;
    bool comma;    // the next value needs one in front
};

void json_open(struct json_out *j, char bracket);
void json_close(struct json_out *j, char bracket);
void json_key(struct json_out *j, const char *name);
void json_str(struct json_out *j, str s);    // invalid UTF-8 becomes U+FFFD; safe inside HTML
void json_int(struct json_out *j, int64_t n);
void json_bool(struct json_out *j, bool b);
void json_none(struct json_out *j);
void json_key_str(struct json_out *j, const char *name, str s);
void json_key_int(struct json_out *j, const char *name, int64_t n);
void json_key_bool(struct json_out *j, const char *name, bool b);
str json_numbers(struct arena *a, const int64_t *number, isize n);    // a list, for a statement

// --- in --------------------------------------------------------------------------------

enum json_kind { JS_NULL = 1, JS_BOOL, JS_INT, JS_TEXT, JS_LIST, JS_OBJECT };

struct json {
    enum json_kind kind;
    str key;     // when it is a member of an object
    int64_t n;    // JS_INT, JS_BOOL; a number with a fraction is not accepted
    str s;        // JS_TEXT: UTF-8 without NUL
    struct json *child;    // first element or member
    struct json *next;
};

// ERR_INVALID with the line of the first mistake.  Duplicate keys are a mistake.
fallible json_read(struct ctx *cx, str text, struct json **out);

const struct json *json_get(const struct json *object, const char *key);    // NULL if absent
str json_text(const struct json *object, const char *key);                  // empty if absent
int64_t json_number(const struct json *object, const char *key, int64_t otherwise);
