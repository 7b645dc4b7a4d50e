// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"

#include "base/limits.h"

#include <jansson.h>

static void separate(struct json_out *j)
{
    if (j->comma)
        buf_char(j->buf, ',');
    j->comma = true;
}

void json_open(struct json_out *j, char bracket)
{
    separate(j);
    buf_char(j->buf, bracket);
    j->comma = false;
}

void json_close(struct json_out *j, char bracket)
{
    buf_char(j->buf, bracket);
    j->comma = true;
}

// "<" and ">" are escaped too, so that a JSON text can stand inside a page.
static void put_ascii(struct buf *b, unsigned char c)
{
    if (c == '"' || c == '\\') {
        buf_char(b, '\\');
        buf_char(b, (char)c);
    } else if (c == '\n') {
        buf_put(b, S("\\n"));
    } else if (c < ' ' || c == 127 || c == '<' || c == '>' || c == '&') {
        buf_fmt(b, "\\u%04x", c);
    } else {
        buf_char(b, (char)c);
    }
}

static isize character(const char *p, isize n)
{
    for (isize len = 2; len <= 4 && len <= n; len++)
        if (str_is_utf8((str){p, len}))
            return len;
    return 0;
}

static void quoted(struct buf *b, str s)
{
    buf_char(b, '"');
    for (isize i = 0; i < s.n;) {
        if ((unsigned char)s.p[i] < 0x80) {
            put_ascii(b, (unsigned char)s.p[i++]);
            continue;
        }
        isize len = character(s.p + i, s.n - i);
        buf_put(b, len > 0 ? (str){s.p + i, len} : S("\xef\xbf\xbd"));
        i += len > 0 ? len : 1;
    }
    buf_char(b, '"');
}

void json_key(struct json_out *j, const char *name)
{
    separate(j);
    quoted(j->buf, str_from_z(name));
    buf_char(j->buf, ':');
    j->comma = false;
}

void json_str(struct json_out *j, str s)
{
    separate(j);
    quoted(j->buf, s);
}

void json_int(struct json_out *j, int64_t n)
{
    separate(j);
    buf_int(j->buf, n);
}

void json_bool(struct json_out *j, bool b)
{
    separate(j);
    buf_put(j->buf, b ? S("true") : S("false"));
}

void json_none(struct json_out *j)
{
    separate(j);
    buf_put(j->buf, S("null"));
}

void json_key_str(struct json_out *j, const char *name, str s)
{
    json_key(j, name);
    json_str(j, s);
}

void json_key_int(struct json_out *j, const char *name, int64_t n)
{
    json_key(j, name);
    json_int(j, n);
}

void json_key_bool(struct json_out *j, const char *name, bool b)
{
    json_key(j, name);
    json_bool(j, b);
}

str json_numbers(struct arena *a, const int64_t *number, isize n)
{
    struct buf b = buf_new(a, 100);
    struct json_out j = {&b};
    json_open(&j, '[');
    for (isize i = 0; i < n; i++)
        json_int(&j, number[i]);
    json_close(&j, ']');
    return buf_str(&b);
}

static enum err convert(struct ctx *cx, json_t *from, int depth, struct json *to);

static enum err append(struct ctx *cx, json_t *from, str key, int depth, struct json ***end)
{
    struct json *child = make(cx->arena, struct json, 1);
    child->key = key;
    TRY(convert(cx, from, depth + 1, child));
    **end = child;
    *end = &child->next;
    return OK;
}

static enum err convert_list(struct ctx *cx, json_t *from, int depth, struct json *to)
{
    struct json **end = &to->child;
    for (size_t i = 0; i < json_array_size(from); i++)
        TRY(append(cx, json_array_get(from, i), (str){0}, depth, &end));
    return OK;
}

static enum err convert_object(struct ctx *cx, json_t *from, int depth, struct json *to)
{
    struct json **end = &to->child;
    for (void *it = json_object_iter(from); it != NULL; it = json_object_iter_next(from, it)) {
        str key = arena_str(cx->arena, str_from_z(json_object_iter_key(it)));
        TRY(append(cx, json_object_iter_value(it), key, depth, &end));
    }
    return OK;
}

static enum err convert_text(struct ctx *cx, json_t *from, struct json *to)
{
    str s = {json_string_value(from), (isize)json_string_length(from)};
    to->kind = JS_TEXT;
    to->s = arena_str(cx->arena, s);
    return OK;
}

static enum err convert(struct ctx *cx, json_t *from, int depth, struct json *to)
{
    if (depth > LIMIT_JSON_DEPTH)
        return fail(cx, ERR_INVALID, "The JSON is nested too deeply (at most %d).",
                    "Das JSON ist zu tief verschachtelt (höchstens %d).",
                    (int)LIMIT_JSON_DEPTH);
    switch (json_typeof(from)) {
    case JSON_STRING:
        return convert_text(cx, from, to);
    case JSON_INTEGER:
        *to = (struct json){.kind = JS_INT, .key = to->key, .n = json_integer_value(from)};
        return OK;
    case JSON_TRUE:
    case JSON_FALSE:
        *to = (struct json){.kind = JS_BOOL, .key = to->key, .n = json_is_true(from)};
        return OK;
    case JSON_ARRAY:
        to->kind = JS_LIST;
        return convert_list(cx, from, depth, to);
    case JSON_OBJECT:
        to->kind = JS_OBJECT;
        return convert_object(cx, from, depth, to);
    case JSON_REAL:
        return fail(cx, ERR_INVALID, "Only whole numbers are accepted.",
                    "Nur ganze Zahlen sind erlaubt.");
    case JSON_NULL:
        to->kind = JS_NULL;
    }
    return OK;
}

// The library's own sentences are English, and about its inside.
static struct words why_not(const json_error_t *e)
{
    static const struct {
        enum json_error_code code;
        struct words why;
    } known[] = {
        {json_error_premature_end_of_input, WORDS("it ends too early", "es hört zu früh auf")},
        {json_error_duplicate_key, WORDS("a key stands twice", "ein Schlüssel steht doppelt")},
        {json_error_invalid_utf8, WORDS("this is not UTF-8", "das ist kein UTF-8")},
        {json_error_numeric_overflow, WORDS("a number is too large", "eine Zahl ist zu groß")},
        {json_error_stack_overflow,
         WORDS("it is nested too deep", "es ist zu tief verschachtelt")},
    };
    for (isize i = 0; i < countof(known); i++)
        if (known[i].code == json_error_code(e))
            return known[i].why;
    return (struct words)WORDS("something else belongs here", "hier gehört etwas anderes hin");
}

static enum err not_json(struct ctx *cx, const json_error_t *e)
{
    struct words why = why_not(e);
    cx->detail = (struct words){
        arena_fmt(cx->arena, "This is not JSON: line %d, column %d: " STR_FMT ".", e->line,
                  e->column, STR_ARG(why.en)),
        arena_fmt(cx->arena, "Das ist kein JSON: Zeile %d, Spalte %d: " STR_FMT ".", e->line,
                  e->column, STR_ARG(why.de))};
    return ERR_INVALID;
}

enum err json_read(struct ctx *cx, str text, struct json **out)
{
    json_error_t why;
    json_t *root = json_loadb(text.n ? text.p : "", (size_t)text.n,
                              JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &why);
    if (root == NULL)
        return not_json(cx, &why);
    struct json *to = make(cx->arena, struct json, 1);
    enum err err = convert(cx, root, 1, to);
    json_decref(root);
    TRY(err);
    *out = to;
    return OK;
}

const struct json *json_get(const struct json *object, const char *key)
{
    str k = str_from_z(key);
    for (const struct json *c = object == NULL ? NULL : object->child; c != NULL; c = c->next)
        if (str_eq(c->key, k))
            return c;
    return NULL;
}

str json_text(const struct json *object, const char *key)
{
    const struct json *v = json_get(object, key);
    return v != NULL && v->kind == JS_TEXT ? v->s : (str){0};
}

int64_t json_number(const struct json *object, const char *key, int64_t otherwise)
{
    const struct json *v = json_get(object, key);
    return v != NULL && v->kind == JS_INT ? v->n : otherwise;
}
