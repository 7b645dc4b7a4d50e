// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/api.h"

#include "api.sql.h"
#include "base/limits.h"
#include "base/now.h"
#include "base/secret.h"
#include "web/site.h"

#include <assert.h>

enum { KEY_MAX = 200 };

struct json_out *api_begin(struct ctx *cx, struct request *rq, struct reply *rp, int status)
{
    page_begin(cx, rq, rp, status);
    rp->type = "application/json; charset=utf-8";
    struct json_out *j = make(cx->arena, struct json_out, 1);
    j->buf = rp->body;
    return j;
}

void api_etag(struct reply *rp, int64_t version)
{
    http_set_header(rp->x, "ETag", arena_fmt(&rp->x->arena, "\"%lld\"", (long long)version));
}

struct json_out *api_items_begin(struct ctx *cx, struct request *rq, struct reply *rp)
{
    struct json_out *j = api_begin(cx, rq, rp, 200);
    json_open(j, '{');
    json_key(j, "items");
    json_open(j, '[');
    return j;
}

void api_items_end(struct json_out *j, str next)
{
    json_close(j, ']');
    if (next.n > 0)
        json_key_str(j, "next", next);
    json_close(j, '}');
}

static const struct api_field *field_of(const struct api_schema *schema, str name)
{
    for (const struct api_field *f = schema->fields; f->name != NULL; f++)
        if (str_eq(name, str_from_z(f->name)))
            return f;
    return NULL;
}

static bool fits(const struct api_field *f, const struct json *v)
{
    static const struct {
        const char *type;
        enum json_kind kind;
    } kinds[] = {{"string", JS_TEXT},  {"integer", JS_INT},   {"boolean", JS_BOOL},
                 {"strings", JS_LIST}, {"object", JS_OBJECT}, {"objects", JS_LIST}};
    for (isize i = 0; i < countof(kinds); i++)
        if (strcmp(kinds[i].type, f->type) == 0)
            return v->kind == kinds[i].kind || v->kind == JS_NULL;
    return false;
}

static enum err check_member(struct ctx *cx, const struct api_schema *schema,
                             const struct json *m)
{
    const struct api_field *f = field_of(schema, m->key);
    if (f == NULL)
        return invalid(cx, arena_z(cx->arena, m->key), "There is no such field.",
                       "Dieses Feld gibt es nicht.");
    if (!f->writable)
        return invalid(cx, f->name, "This field cannot be set.",
                       "Dieses Feld lässt sich nicht setzen.");
    if (!fits(f, m))
        return invalid(cx, f->name, "This field is a %s.", "Dieses Feld hat den Typ %s.",
                       f->type);
    return OK;
}

enum err api_object(struct ctx *cx, const struct api_schema *schema, const struct json *o)
{
    enum err err = OK;
    if (o->kind != JS_OBJECT)
        return invalid(cx, schema->name, "This is no JSON object.",
                       "Das ist kein JSON-Objekt.");
    for (const struct json *m = o->child; m != NULL; m = m->next)
        if (check_member(cx, schema, m) != OK)
            err = ERR_INVALID;
    return err;
}

static bool is_missing(const struct json *m)
{
    return m == NULL || m->kind == JS_NULL || (m->kind == JS_TEXT && str_trim(m->s).n == 0);
}

static str wanted(const struct route *r)
{
    return str_from_z(r->wants == NULL ? "" : r->wants);
}

static enum err check_wanted(struct ctx *cx, const struct route *r,
                             const struct json *o)    // J8
{
    enum err err = OK;
    for (str rest = wanted(r); rest.n > 0;) {
        const char *name = arena_z(cx->arena, str_token(&rest, ' '));
        if (is_missing(json_get(o, name)))
            err = invalid(cx, name, "This field is missing.", "Dieses Feld fehlt.");
    }
    return err;
}

static bool is_files(const struct api_field *f)
{
    return f != NULL && strcmp(f->type, "files") == 0;
}

static bool takes_files(const struct api_schema *schema)
{
    for (const struct api_field *f = schema->fields; f->name != NULL; f++)
        if (is_files(f))
            return true;
    return false;
}

// J6.  What a form says, in the types of the schema.
static struct json *form_body(struct ctx *cx, const struct request *rq)
{
    struct json *body = make(cx->arena, struct json, 1), **last = &body->child;
    body->kind = JS_OBJECT;
    for (const struct field *f = rq->x->form; f != NULL; f = f->next, last = &(*last)->next) {
        const struct api_field *a = field_of(rq->route->takes, f->name);
        struct json *m = *last = make(cx->arena, struct json, 1);
        *m = (struct json){.kind = JS_TEXT, .key = f->name, .s = f->value};
        if (a != NULL && strcmp(a->type, "integer") == 0 && str_to_int(f->value, &m->n))
            m->kind = JS_INT;
    }
    return body;
}

static enum err check_files(struct ctx *cx, const struct request *rq)
{
    enum err err = OK;
    for (const struct upload *u = rq->x->uploads; u != NULL; u = u->next)
        if (!is_files(field_of(rq->route->takes, u->field)))
            err = invalid(cx, arena_z(cx->arena, u->field), "No file belongs here.",
                          "Hierher gehört keine Datei.");
    return err;
}

enum err api_body(struct ctx *cx, struct request *rq, const struct json **out)
{
    struct json *body;
    bool form = str_eq(rq->x->type, S("multipart/form-data")) && takes_files(rq->route->takes);
    rq->status = form || str_eq(rq->x->type, S("application/json")) ? 0 : 415;
    if (rq->status != 0)
        return fail(cx, ERR_INVALID, "The body must be application/json.",
                    "Der Inhalt muss application/json sein.");    // J5
    if (form)
        body = form_body(cx, rq);
    else
        TRY(json_read(cx, rq->x->body, &body));
    if (body->kind != JS_OBJECT)
        return fail(cx, ERR_INVALID, "The body is a JSON object.",
                    "Der Inhalt ist ein JSON-Objekt.");
    TRY(api_object(cx, rq->route->takes, body));
    TRY(check_wanted(cx, rq->route, body));
    *out = body;
    return check_files(cx, rq);
}

enum err api_version(struct ctx *cx, struct request *rq, int64_t *out)
{
    str tag = http_header(rq->x, "If-Match");
    bool quoted = tag.n > 2 && tag.p[0] == '"' && tag.p[tag.n - 1] == '"';
    if (quoted && str_to_int((str){tag.p + 1, tag.n - 2}, out))
        return OK;
    rq->status = 428;    // RFC 6585 section 3
    return fail(cx, ERR_INVALID, "Send If-Match with the ETag you have read.",
                "Bitte sende If-Match mit dem gelesenen ETag.");
}

isize api_limit(const struct request *rq)
{
    int64_t n = form_int(rq, "limit", LIMIT_PAGE_ROWS);
    return (isize)int_min(int_max(n, 1), LIMIT_PAGE_ROWS);
}

int64_t api_after(const struct request *rq)
{
    return int_max(form_int(rq, "after", 0), 0);
}

// --- repetition (J3) -----------------------------------------------------------------------

static str digest_of(struct ctx *cx, const struct request *rq)
{
    struct secret_sum sum;
    secret_sum_start(&sum);
    secret_sum_add(&sum, str_from_z(route_method_name(rq->x->method)));
    secret_sum_add(&sum, rq->x->path);
    secret_sum_add(&sum, rq->x->body);
    for (const struct field *f = rq->x->form; f != NULL; f = f->next) {
        secret_sum_add(&sum, secret_hash(cx->arena, f->name));
        secret_sum_add(&sum, secret_hash(cx->arena, f->value));
    }
    for (const struct upload *u = rq->x->uploads; u != NULL; u = u->next) {
        secret_sum_add(&sum, secret_hash(cx->arena, u->name));
        secret_sum_add(&sum, u->sha256);
    }
    return secret_sum_end(&sum, cx->arena);
}

static str key_of(const struct request *rq)
{
    return str_head(http_header(rq->x, "Idempotency-Key"), KEY_MAX);
}

enum err api_repeated(struct ctx *cx, struct request *rq, struct reply *rp, bool *out)
{
    *out = false;
    if (key_of(rq).n == 0 || cx->who.person.n == 0)
        return OK;
    struct q_api_idempotency had;
    enum err err =
        q_api_idempotency(cx, key_of(rq), instant_plus(cx->now, -LIMIT_IDEMPOTENCY_S), &had);
    if (err == ERR_ABSENT) {
        ctx_forgive(cx);
        return OK;
    }
    TRY(err);
    if (!secret_same(had.digest, digest_of(cx, rq)))
        return fail(cx, ERR_INVALID, "This Idempotency-Key was used for another request.",
                    "Dieser Idempotency-Key gehört zu einer anderen Anfrage.");
    buf_put(api_begin(cx, rq, rp, (int)had.status)->buf, had.body);
    if (had.location.n > 0)
        http_set_header(rq->x, "Location", had.location);
    if (had.etag.n > 0)
        http_set_header(rq->x, "ETag", had.etag);
    http_set_header(rq->x, "Idempotency-Replayed", S("true"));
    *out = true;
    return OK;
}

static str answered(const struct request *rq, str name)
{
    for (const struct field *f = rq->x->headers; f != NULL; f = f->next)
        if (str_eq(f->name, name))
            return f->value;
    return (str){0};
}

enum err api_remember(struct ctx *cx, struct request *rq, struct reply *rp)
{
    if (key_of(rq).n == 0 || cx->who.person.n == 0 || rp->body == NULL)
        return OK;
    return q_api_idempotency_put(cx, key_of(rq), digest_of(cx, rq), rp->status,
                                 buf_str(rp->body), answered(rq, S("Location")),
                                 answered(rq, S("ETag")));
}

// --- description ----------------------------------------------------------------------------

static void put_ref(struct ctx *cx, struct json_out *j, const struct api_schema *schema)
{
    json_key_str(j, "$ref", arena_fmt(cx->arena, "#/components/schemas/%s", schema->name));
}

// The value of one field, or of one row of it.
static void put_one(struct ctx *cx, struct json_out *j, const char *type,
                    const struct api_schema *of)
{
    if (of != NULL)
        put_ref(cx, j, of);
    else
        json_key_str(j, "type", str_from_z(type));
}

static void put_type(struct ctx *cx, struct json_out *j, const struct api_field *f)
{
    bool files = strcmp(f->type, "files") == 0, objects = strcmp(f->type, "objects") == 0;
    if (!files && !objects && strcmp(f->type, "strings") != 0) {
        put_one(cx, j, f->type, f->of);
        return;
    }
    json_key_str(j, "type", S("array"));
    json_key(j, "items");
    json_open(j, '{');
    put_one(cx, j, objects ? "object" : "string", f->of);
    if (files)
        json_key_str(j, "format", S("binary"));
    json_close(j, '}');
}

static void put_object(struct ctx *cx, struct json_out *j, const struct api_field *fields)
{
    json_open(j, '{');
    json_key_str(j, "type", S("object"));
    json_key_bool(j, "additionalProperties", false);
    json_key(j, "properties");
    json_open(j, '{');
    for (const struct api_field *f = fields; f->name != NULL; f++) {
        json_key(j, f->name);
        json_open(j, '{');
        put_type(cx, j, f);
        json_key_str(j, "description", str_from_z(f->what));
        json_key_bool(j, "readOnly", !f->writable);
        json_close(j, '}');
    }
    json_close(j, '}');
    json_close(j, '}');
}

// J8.  A schema and what of it must be there: the same thing is taken by several routes.
static void put_wanted(struct json_out *j, str wants)
{
    if (wants.n == 0)
        return;
    json_key(j, "required");
    json_open(j, '[');
    while (wants.n > 0)
        json_str(j, str_token(&wants, ' '));
    json_close(j, ']');
}

static void put_media(struct ctx *cx, struct json_out *j, const char *type,
                      const struct api_schema *schema, str wants)
{
    json_key(j, type);
    json_open(j, '{');
    json_key(j, "schema");
    json_open(j, '{');
    put_ref(cx, j, schema);
    put_wanted(j, wants);
    json_close(j, '}');
    json_close(j, '}');
}

static void put_given(struct ctx *cx, struct json_out *j, const struct api_schema *schema)
{
    json_key(j, "content");
    json_open(j, '{');
    put_media(cx, j, "application/json", schema, S(""));
    json_close(j, '}');
}

static void put_taken(struct ctx *cx, struct json_out *j, const struct route *r)
{
    json_key(j, "requestBody");
    json_open(j, '{');
    json_key_bool(j, "required", true);
    json_key(j, "content");
    json_open(j, '{');
    put_media(cx, j, "application/json", r->takes, wanted(r));
    if (takes_files(r->takes))
        put_media(cx, j, "multipart/form-data", r->takes, wanted(r));
    json_close(j, '}');
    json_close(j, '}');
}

// J4: what api_items_begin() and api_items_end() write.
static void put_list(struct ctx *cx, struct json_out *j, const struct api_schema *schema)
{
    const struct api_field fields[] = {
        {"items", "objects", false, "one page of them", schema},
        {"next", "string", false, "`after` of the next page; absent on the last"},
        {0},
    };
    json_key(j, "content");
    json_open(j, '{');
    json_key(j, "application/json");
    json_open(j, '{');
    json_key(j, "schema");
    put_object(cx, j, fields);
    json_close(j, '}');
    json_close(j, '}');
}

static void put_parameter(struct json_out *j, str name, const char *in, bool required)
{
    json_open(j, '{');
    json_key_str(j, "name", name);
    json_key_str(j, "in", str_from_z(in));
    json_key_bool(j, "required", required);
    json_key(j, "schema");
    json_open(j, '{');
    json_key_str(j, "type", S("string"));
    json_close(j, '}');
    json_close(j, '}');
}

// What stands in the path, in the query and in the head (J2 J3).
static void put_parameters(struct json_out *j, const struct route *r)
{
    str rest = str_from_z(r->path), asks = str_from_z(r->asks == NULL ? "" : r->asks);
    json_key(j, "parameters");
    json_open(j, '[');
    while (rest.n > 0) {
        str part = str_token(&rest, '/');
        if (part.n >= 2 && part.p[0] == '{')
            put_parameter(j, (str){part.p + 1, part.n - 2}, "path", true);
    }
    while (asks.n > 0)
        put_parameter(j, str_token(&asks, ' '), "query", false);
    if (r->matches)
        put_parameter(j, S("If-Match"), "header", true);
    if (r->method != GET)
        put_parameter(j, S("Idempotency-Key"), "header", false);
    json_close(j, ']');
}

// An API token; staff may ask with the cookie of their pages, which is not told.
static void put_security(struct json_out *j)
{
    json_key(j, "securitySchemes");
    json_open(j, '{');
    json_key(j, "token");
    json_open(j, '{');
    json_key_str(j, "type", S("http"));
    json_key_str(j, "scheme", S("bearer"));
    json_close(j, '}');
    json_close(j, '}');
}

static void put_secured(struct json_out *j)
{
    json_key(j, "security");
    json_open(j, '[');
    json_open(j, '{');
    json_key(j, "token");
    json_open(j, '[');
    json_close(j, ']');
    json_close(j, '}');
    json_close(j, ']');
}

static void put_route(struct ctx *cx, struct json_out *j, const struct route *r)
{
    json_key(j, arena_z(cx->arena,
                        arena_lower(cx->arena, str_from_z(route_method_name(r->method)))));
    json_open(j, '{');
    json_key_str(j, "summary", str_from_z(r->summary));
    put_parameters(j, r);
    if (r->takes != NULL)
        put_taken(cx, j, r);
    json_key(j, "responses");
    json_open(j, '{');
    json_key(j, r->method == POST ? "201" : "200");
    json_open(j, '{');
    json_key_str(j, "description", S("done"));
    if (r->gives != NULL)
        put_given(cx, j, r->gives);
    else if (r->lists != NULL)
        put_list(cx, j, r->lists);
    json_close(j, '}');
    json_key(j, "default");
    json_open(j, '{');
    json_key_str(j, "description", S("error: {error, detail, fields[{field, detail}]}"));
    json_close(j, '}');
    json_close(j, '}');
    json_close(j, '}');
}

static bool is_api(const struct route *r)
{
    return strncmp(r->path, "/api/v1/", 8) == 0;
}

// Routes of one path stand together in OpenAPI; in our tables they follow one another.
static void put_paths(struct ctx *cx, struct json_out *j, const struct route *r)
{
    const char *open = NULL;
    for (; r->path != NULL; r++) {
        if (!is_api(r))
            continue;
        if (open == NULL || strcmp(open, r->path) != 0) {
            if (open != NULL)
                json_close(j, '}');
            json_key(j, r->path);
            json_open(j, '{');
            open = r->path;
        }
        put_route(cx, j, r);
    }
    if (open != NULL)
        json_close(j, '}');
}

enum { SCHEMAS_MAX = 64 };

// Each once, whether it is given, taken or both.
struct schemas {
    const struct api_schema *row[SCHEMAS_MAX];
    int n;
};

static void put_once(struct ctx *cx, struct json_out *j, struct schemas *seen,
                     const struct api_schema *schema)
{
    for (int i = 0; i < seen->n; i++)
        if (seen->row[i] == schema)
            return;
    if (schema == NULL)
        return;
    assert(seen->n < SCHEMAS_MAX);
    seen->row[seen->n++] = schema;
    json_key(j, schema->name);
    put_object(cx, j, schema->fields);
    for (const struct api_field *f = schema->fields; f->name != NULL; f++)
        put_once(cx, j, seen, f->of);
}

static void put_schemas(struct ctx *cx, struct json_out *j, const struct route *const *tables)
{
    struct schemas seen = {0};
    for (isize i = 0; tables[i] != NULL; i++) {
        for (const struct route *r = tables[i]; r->path != NULL; r++) {
            put_once(cx, j, &seen, r->gives);
            put_once(cx, j, &seen, r->takes);
            put_once(cx, j, &seen, r->lists);
        }
    }
}

void api_describe(struct ctx *cx, struct json_out *j, const struct route *const *tables)
{
    json_open(j, '{');
    json_key_str(j, "openapi", S("3.0.3"));
    json_key(j, "info");
    json_open(j, '{');
    json_key_str(j, "title", S("Staffel"));
    json_key_str(j, "version", S(STAFFEL_VERSION));
    json_close(j, '}');
    json_key(j, "paths");
    json_open(j, '{');
    for (isize i = 0; tables[i] != NULL; i++)
        put_paths(cx, j, tables[i]);
    json_close(j, '}');
    json_key(j, "components");
    json_open(j, '{');
    json_key(j, "schemas");
    json_open(j, '{');
    put_schemas(cx, j, tables);
    json_close(j, '}');
    put_security(j);
    json_close(j, '}');
    put_secured(j);
    json_close(j, '}');
}

static enum err openapi(struct ctx *cx, struct request *rq, struct reply *rp)
{
    api_describe(cx, api_begin(cx, rq, rp, 200), site_config(rq->site)->routes);
    return OK;
}

const struct route api_routes[] = {
    {GET, "/api/v1/openapi.json", CAN_ANYBODY, openapi, .summary = "this description"},
    {0},
};
