// SPDX-License-Identifier: GPL-3.0-or-later
#include "portal/portal_file.h"

#include "base/io.h"
#include "base/limits.h"
#include "base/now.h"
#include "base/secret.h"
#include "testing/test.h"

static str make_file(struct ctx *cx, const char *name, str bytes)
{
    str path = arena_fmt(cx->arena, STR_FMT "/%s", STR_ARG(cx->data_dir), name);
    int fd = -1;
    check(io_create(cx, path, &fd) == OK && io_write(cx, fd, bytes) == OK);
    check(io_close_synced(cx, fd) == OK);
    return path;
}

static enum err keep_in(struct ctx *cx, const char *form, const char *name, str bytes)
{
    struct portal_file f = {.name = str_from_z(name),
                            .type = S("text/plain"),
                            .size = bytes.n,
                            .sha256 = secret_hash(cx->arena, bytes)};
    return portal_file_keep(cx, str_from_z(form), &f, make_file(cx, name, bytes));
}

static isize kept(struct ctx *cx, const char *form)
{
    struct portal_file *f;
    isize n = -1;
    check(portal_file_list(cx, str_from_z(form), &f, &n) == OK);
    return n;
}

static bool is_there(struct ctx *cx, str path)
{
    str bytes;
    bool is = io_read_file(cx, path, 1 << 20, &bytes) == OK;
    ctx_forgive(cx);
    return is;
}

static str held_path(struct world *w, struct ctx *cx)
{
    (void)w;
    struct db_stmt st = {.name = "path",
                         .id = -1,
                         .sqlite = "select file from portal_file limit 1",
                         .postgres = "select file from portal_file limit 1",
                         .types = "",
                         .cols = 1};
    struct db_result r;
    check(db_run(cx, &st, NULL, &r) == OK && r.rows == 1);
    return arena_fmt(cx->arena, STR_FMT "/held/" STR_FMT, STR_ARG(cx->data_dir),
                     STR_ARG(r.cell[0].s));
}

static void H1_a_file_waits_for_its_form(struct world *w)
{
    struct ctx *cx = begin(w);
    check(keep_in(cx, "one", "a.txt", S("Inhalt")) == OK);
    check(keep_in(cx, "two", "b.txt", S("anderes")) == OK);
    check(kept(cx, "one") == 1 && kept(cx, "two") == 1 && kept(cx, "three") == 0);
    check(is_there(cx, held_path(w, cx)));
    struct attachment_new *a;
    isize n;
    str bytes;
    check(portal_file_take(cx, S("one"), &a, &n) == OK && n == 1);
    check_text(a[0].name, S("a.txt"));
    check(blob_read(cx, a[0].blob.sha256, 100, &bytes) == OK);
    check_text(bytes, S("Inhalt"));
    check(kept(cx, "one") == 0 && kept(cx, "two") == 1 && kept(cx, "") == 0);
    cx->who.tenant = (tenant_id){2};
    check(kept(cx, "two") == 0);
    end(w, OK);
}

// The jobs that are due a little later.
static void clear_up(struct world *w)
{
    later(w, 100);
    struct ctx *cx = begin(w);
    db_rollback(cx);
    check(job_drain(cx, portal_file_jobs) == OK);
}

static void H1_its_writer_may_drop_it(struct world *w)
{
    struct ctx *cx = begin(w);
    struct portal_file *f;
    isize n;
    check(keep_in(cx, "one", "a.txt", S("Inhalt")) == OK);
    str path = keep(w, held_path(w, cx));
    check(portal_file_list(cx, S("one"), &f, &n) == OK && n == 1);
    check(portal_file_drop(cx, S("two"), f->id) == OK && kept(cx, "one") == 1);
    check(portal_file_drop(cx, S("one"), f->id) == OK && kept(cx, "one") == 0);
    check(end(w, OK) == OK);
    clear_up(w);
    check(!is_there(&w->cx, path) && ask(w, "select count(*) from portal_file") == 0);
}

static enum err take_as(struct world *w, enum err end_as)
{
    struct attachment_new *a;
    isize n;
    struct ctx *cx = begin(w);
    check(portal_file_take(cx, S("one"), &a, &n) == OK && n == 1);
    return end(w, end_as);
}

static void H4_a_work_run_again_finds_its_bytes(struct world *w)
{
    isize large = LIMIT_MAIL_INLINE + 1;
    struct ctx *cx = begin(w);
    char *p = make(&w->kept, char, large);
    str bytes = {memset(p, 'x', (size_t)large), large};
    str path = keep(w, make_file(cx, "upload", bytes));
    struct portal_file f = {.name = S("a.txt"), .size = large};
    f.sha256 = keep(w, secret_hash(cx->arena, bytes));
    for (int run = 0; run < 2; run++) {
        check(portal_file_keep(cx, S("one"), &f, path) == OK);
        check(end(w, run == 0 ? ERR_STALE : OK) == (run == 0 ? ERR_STALE : OK));
        cx = begin(w);
    }
    io_remove(cx, path);
    str held = keep(w, held_path(w, cx)), got;
    check(portal_file_drop(cx, S("one"), 0) == OK && end(w, ERR_BUSY) == ERR_BUSY);
    check(take_as(w, ERR_STALE) == ERR_STALE && take_as(w, OK) == OK);
    check(is_there(&w->cx, held));
    clear_up(w);
    check(!is_there(&w->cx, held) && ask(w, "select count(*) from job") == 0);
    check(blob_read(&w->cx, f.sha256, large, &got) == OK && str_eq(got, bytes));
}

static void H2_not_too_many_and_not_too_large(struct world *w)
{
    struct ctx *cx = begin(w);
    struct portal_file large = {.name = S("film.mp4"),
                                .type = S("video/mp4"),
                                .size = LIMIT_PORTAL_FILE + 1,
                                .sha256 = secret_hash(cx->arena, S(""))};
    check(portal_file_keep(cx, S("one"), &large, S("/none")) == ERR_INVALID);
    check(str_find(cx->detail.de, S("film.mp4")) > 0);
    ctx_forgive(cx);
    for (int i = 0; i <= LIMIT_UPLOAD_FILES; i++) {
        char name[] = "a.txt";
        name[0] = (char)('a' + i);
        check((keep_in(cx, "one", name, S("x")) == OK) == (i < LIMIT_UPLOAD_FILES));
    }
    check(kept(cx, "one") == LIMIT_UPLOAD_FILES && kept(cx, "two") == 0);
    end(w, OK);
}

static void H3_after_a_day_it_is_gone(struct world *w)
{
    struct ctx *cx = begin(w);
    check(keep_in(cx, "one", "a.txt", S("Inhalt")) == OK);
    str path = arena_str(&w->kept, held_path(w, cx));
    check(end(w, OK) == OK);
    later(w, 86000);
    clear_up(w);
    check(ask(w, "select count(*) from portal_file") == 1 && is_there(&w->cx, path));
    later(w, 300);
    clear_up(w);    // nobody gets it any more
    check(kept(begin(w), "one") == 0 && end(w, OK) == OK);
    clear_up(w);
    check(ask(w, "select count(*) from portal_file") == 0 && !is_there(&w->cx, path));
}

static void H1_a_fault_loses_no_bytes(struct world *w)
{
    int round = 0;
    EACH_FAULT(w) {
        struct ctx *cx = begin(w);
        char name[] = "a.txt";
        name[0] = (char)('a' + round++);
        enum err err = end(w, keep_in(cx, "one", name, S("Inhalt")));
        check(ask(w, "select count(*) from portal_file") == (err == OK));
        check(ask(w, "select count(*) from job where kind = 'portal_file'") == (err == OK));
    }
}

const struct test portal_file_tests[] = {
    T(H1_a_file_waits_for_its_form), T(H1_its_writer_may_drop_it),
    T(H4_a_work_run_again_finds_its_bytes),
    T(H1_a_fault_loses_no_bytes),    T(H2_not_too_many_and_not_too_large),
    T(H3_after_a_day_it_is_gone),    {0},
};
