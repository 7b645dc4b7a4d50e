// SPDX-License-Identifier: GPL-3.0-or-later
#include "message/attachment_http.h"

#include "base/io.h"
#include "base/secret.h"
#include "testing/test.h"

// A file as it lies in the upload folder when a handler begins.
static struct upload *upload(struct ctx *cx, const char *field, const char *name, str bytes)
{
    struct upload *u = make(cx->arena, struct upload, 1);
    int fd = -1;
    *u = (struct upload){
        .field = str_from_z(field),
        .name = str_from_z(name),
        .type = S("text/html"),
        .path = arena_fmt(cx->arena, STR_FMT "/%s.up", STR_ARG(cx->data_dir), name),
        .size = bytes.n,
        .sha256 = secret_hash(cx->arena, bytes)};
    check(io_create(cx, u->path, &fd) == OK && io_write(cx, fd, bytes) == OK);
    check(io_close_synced(cx, fd) == OK);
    return u;
}

static bool is_there(struct ctx *cx, str path)
{
    str bytes;
    bool is = io_read_file(cx, path, 1 << 20, &bytes) == OK;
    ctx_forgive(cx);
    return is;
}

static void W1_files_of_a_form_become_attachments(struct world *w)
{
    struct ctx *cx = begin(w);
    str large = {make(cx->arena, char, 100000), 100000};
    memset((char *)(uintptr_t)large.p, 'x', 100000);
    struct exchange x = {.uploads = upload(cx, "datei", "klein.txt", S("klein"))};
    x.uploads->next = upload(cx, "anderes", "fremd.txt", S("fremd"));
    x.uploads->next->next = upload(cx, "datei", "gross.bin", large);
    struct request rq = {.x = &x};
    struct attachment_new *a;
    isize n;
    check(attachment_taken(cx, &rq, "datei", &a, &n) == OK && n == 2);
    check_text(a[0].name, S("klein.txt"));
    check(a[1].blob.size == 100000);
    str back;
    check(blob_read(cx, a[0].blob.sha256, 100, &back) == OK);
    check_text(back, S("klein"));
    check(blob_read(cx, a[1].blob.sha256, 1 << 20, &back) == OK && str_eq(back, large));
    for (const struct upload *u = x.uploads; u != NULL; u = u->next)
        check(is_there(cx, u->path));    // the work may be run again
    check(attachment_taken(cx, &rq, "datei", &a, &n) == OK && n == 2);
    check(end(w, OK) == OK);
}

static enum err send(struct ctx *cx, const char *type, struct exchange *x, struct reply *rp)
{
    struct blob blob;
    TRY(blob_put(cx, S("<script>alert(1)</script>"), &blob));
    struct attachment a = {.name = S("böse.html"), .type = str_from_z(type), .blob = blob};
    *x = (struct exchange){.arena = arena_new((isize)1 << 20)};
    *rp = (struct reply){.x = x};
    return attachment_send(cx, rp, &a);
}

static str header_of(const struct exchange *x, const char *name)
{
    for (const struct field *f = x->headers; f != NULL; f = f->next)
        if (str_eq(f->name, str_from_z(name)))
            return f->value;
    return S("");
}

static void W2_a_file_is_never_a_page_of_ours(struct world *w)
{
    struct ctx *cx = begin(w);
    struct exchange x;
    struct reply rp;
    check(send(cx, "text/html", &x, &rp) == OK);
    check_text(str_from_z(rp.type), S("application/octet-stream"));
    check(str_starts(header_of(&x, "Content-Disposition"), S("attachment; ")));
    arena_free(&x.arena);
    check(send(cx, "IMAGE/PNG", &x, &rp) == OK);
    check_text(str_from_z(rp.type), S("image/png"));
    arena_free(&x.arena);
    check(send(cx, "image/svg+xml", &x, &rp) == OK);
    check_text(str_from_z(rp.type), S("application/octet-stream"));
    arena_free(&x.arena);
    check(end(w, OK) == OK);
}

const struct test attachment_http_tests[] = {
    T(W1_files_of_a_form_become_attachments),
    T(W2_a_file_is_never_a_page_of_ours),
    {0},
};
