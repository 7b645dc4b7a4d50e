// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/body.h"

#include "base/io.h"
#include "base/limits.h"
#include "base/secret.h"

#include <microhttpd.h>

enum { POST_BUFFER = 16 << 10, DROPPED_MOST = 64 << 20, LOOK_EVERY = 16 << 20 };

static void refuse(struct connection *c, int status)
{
    if (c->x.refused == 0)
        c->x.refused = status;
}

static str media_type(struct arena *a, str header)
{
    return arena_lower(a, str_trim(str_token(&header, ';')));
}

static bool is_form(str type)
{
    return str_eq(type, S("application/x-www-form-urlencoded"))
           || str_eq(type, S("multipart/form-data"));
}

static bool begin_field(struct connection *c, str name)
{
    if (++c->fields > LIMIT_FORM_FIELDS) {
        refuse(c, MHD_HTTP_CONTENT_TOO_LARGE);
        return false;
    }
    c->text += name.n;
    struct field *f = make(&c->x.arena, struct field, 1);
    f->name = arena_str(&c->x.arena, name);
    *(c->field == NULL ? &c->x.form : &c->field->next) = f;
    c->field = f;
    c->value = (struct buf){.arena = &c->x.arena};
    return true;
}

// A value comes in pieces as small as the sender likes, so it grows by doubling: a copy for
// each piece would fill the arena with 100 KB sent slowly enough.
static void add_text(struct connection *c, str name, str piece, uint64_t off)
{
    c->text += piece.n;
    if (c->text > LIMIT_FORM_BODY) {
        refuse(c, MHD_HTTP_CONTENT_TOO_LARGE);
        return;
    }
    if ((off == 0 || c->field == NULL) && !begin_field(c, name))
        return;
    buf_put(&c->value, piece);
    c->field->value = buf_str(&c->value);
}

// H7: asked as often as it can matter.
static bool has_room(struct connection *c, isize more)
{
    struct ctx cx = {.arena = &c->x.arena};
    bool low = false;
    int64_t before = c->files_bytes;
    c->files_bytes += more;
    if (before > 0 && before / LOOK_EVERY == c->files_bytes / LOOK_EVERY)
        return true;
    return io_disk_is_low(&cx, c->upload_dir, c->reserve, &low) == OK && !low;
}

static struct upload *begin_file(struct connection *c, str field, str name, str type)
{
    struct arena *a = &c->x.arena;
    struct ctx cx = {.arena = a};
    if (++c->files > LIMIT_UPLOAD_FILES) {
        refuse(c, MHD_HTTP_CONTENT_TOO_LARGE);
        return NULL;
    }
    struct upload *u = make(a, struct upload, 1), **end = &c->x.uploads;
    while (*end != NULL)
        end = &(*end)->next;
    *u = (struct upload){
        .field = arena_str(a, field), .name = arena_str(a, name), .type = arena_str(a, type)};
    u->path =
        arena_fmt(a, STR_FMT "/" STR_FMT, STR_ARG(c->upload_dir), STR_ARG(secret_token(a)));
    if (io_create(&cx, u->path, &c->current_fd) != OK) {
        refuse(c, MHD_HTTP_INSUFFICIENT_STORAGE);
        return NULL;
    }
    secret_sum_start(&c->sum);
    return *end = c->current = u;
}

static void end_file(struct connection *c)
{
    if (c->current == NULL)
        return;
    struct ctx cx = {.arena = &c->x.arena};
    if (io_close_synced(&cx, c->current_fd) != OK)
        refuse(c, MHD_HTTP_INSUFFICIENT_STORAGE);
    c->current->sha256 = secret_sum_end(&c->sum, &c->x.arena);
    c->current = NULL;
}

static void add_file(struct connection *c, str field, str name, str type, str piece,
                     uint64_t off)
{
    struct ctx cx = {.arena = &c->x.arena};
    if (off == 0) {
        end_file(c);
        // A file field that was left empty is sent with an empty name.
        if (name.n == 0 || c->most_files == 0 || begin_file(c, field, name, type) == NULL)
            return;
    }
    if (c->current == NULL)
        return;
    c->current->size += piece.n;
    secret_sum_add(&c->sum, piece);
    bool room = has_room(c, piece.n);
    if (c->current->size > c->most_file || c->files_bytes > c->most_files)
        refuse(c, MHD_HTTP_CONTENT_TOO_LARGE);
    else if (!room || io_write(&cx, c->current_fd, piece) != OK)
        refuse(c, MHD_HTTP_INSUFFICIENT_STORAGE);
}

static enum MHD_Result on_part(void *arg, enum MHD_ValueKind kind, const char *key,
                               const char *filename, const char *type, const char *encoding,
                               const char *data, uint64_t off, size_t size)
{
    (void)kind;
    (void)encoding;
    struct connection *c = arg;
    str piece = {data, (isize)size}, name = str_from_z(key);
    if (filename != NULL)
        add_file(c, name, str_from_z(filename), str_from_z(type), piece, off);
    else
        add_text(c, name, piece, off);
    return c->x.refused == 0 ? MHD_YES : MHD_NO;
}

static int64_t declared_length(const struct connection *c)
{
    int64_t n = 0;
    return str_to_int(http_header(&c->x, "Content-Length"), &n) ? n : 0;
}

static int64_t most_bytes(const struct connection *c)
{
    if (str_eq(c->x.type, S("multipart/form-data")))
        return c->most_files + LIMIT_FORM_BODY;
    return is_form(c->x.type) ? LIMIT_FORM_BODY : LIMIT_JSON_BODY;
}

// A browser that is still sending does not read: to be heard, a refusal waits for the rest.
bool body_is_dropped(const struct connection *c)
{
    return c->x.refused == MHD_HTTP_CONTENT_TOO_LARGE && declared_length(c) <= DROPPED_MOST;
}

void body_begin(struct connection *c)
{
    struct exchange *x = &c->x;
    c->current_fd = -1;
    x->type = media_type(&x->arena, http_header(x, "Content-Type"));
    if (declared_length(c) > most_bytes(c))
        refuse(c, MHD_HTTP_CONTENT_TOO_LARGE);
    if (x->refused != 0 || !is_form(x->type) || x->method == GET || x->method == HEAD)
        return;
    c->post = MHD_create_post_processor(c->mhd, POST_BUFFER, on_part, c);
    if (c->post == NULL)
        refuse(c, MHD_HTTP_BAD_REQUEST);    // no boundary
}

void body_add(struct connection *c, str bytes)
{
    c->bytes += bytes.n;
    if (c->x.refused != 0)
        return;    // read to the end, so that the answer can be heard
    if (c->post != NULL) {
        if (MHD_post_process(c->post, bytes.p, (size_t)bytes.n) != MHD_YES)
            refuse(c, MHD_HTTP_BAD_REQUEST);
        return;
    }
    if (c->bytes > LIMIT_JSON_BODY) {
        refuse(c, MHD_HTTP_CONTENT_TOO_LARGE);
        return;
    }
    if (c->body.arena == NULL)
        c->body = buf_new(&c->x.arena, 4096);
    buf_put(&c->body, bytes);
}

static void check_text(struct connection *c)
{
    for (const struct field *f = c->x.form; f != NULL; f = f->next)
        if (!str_is_utf8(f->name) || !str_is_utf8(f->value))
            refuse(c, MHD_HTTP_BAD_REQUEST);
    for (const struct upload *u = c->x.uploads; u != NULL; u = u->next)
        if (!str_is_utf8(u->field) || !str_is_utf8(u->name) || !str_is_utf8(u->type))
            refuse(c, MHD_HTTP_BAD_REQUEST);
}

void body_end(struct connection *c)
{
    // A body that ends in the middle of a part is not a form.
    if (c->post != NULL && MHD_destroy_post_processor(c->post) != MHD_YES)
        refuse(c, MHD_HTTP_BAD_REQUEST);
    c->post = NULL;
    end_file(c);
    check_text(c);
    c->x.body = buf_str(&c->body);
}

void body_free(struct connection *c)
{
    struct ctx cx = {.arena = &c->x.arena};
    if (c->post != NULL)
        MHD_destroy_post_processor(c->post);
    if (c->current != NULL)
        io_close(c->current_fd);
    for (const struct upload *u = c->x.uploads; u != NULL; u = u->next)
        io_remove(&cx, u->path);
}
