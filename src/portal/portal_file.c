// SPDX-License-Identifier: GPL-3.0-or-later
#include "portal/portal_file.h"

#include "base/io.h"
#include "base/limits.h"
#include "base/now.h"
#include "base/secret.h"
#include "base/size.h"
#include "portal_file.sql.h"

enum { KEPT_S = 86400, UNWANTED_S = 60 };

static str path_of(struct ctx *cx, str file)
{
    return arena_fmt(cx->arena, STR_FMT "/held/" STR_FMT, STR_ARG(cx->data_dir), STR_ARG(file));
}

static enum err check(struct ctx *cx, str form, const struct portal_file *f)    // H2
{
    struct q_portal_file_list *row;
    isize n;
    if (f->size > LIMIT_PORTAL_FILE)
        return invalid(cx, "datei", "“" STR_FMT "” is larger than %d MB.",
                       "„" STR_FMT "“ ist größer als %d MB.", STR_ARG(f->name),
                       (int)size_may_megabytes(LIMIT_PORTAL_FILE));
    TRY(q_portal_file_list(cx, form, &row, &n));
    if (n >= LIMIT_UPLOAD_FILES)
        return invalid(cx, "datei", "At most %d files.", "Höchstens %d Dateien.",
                       (int)LIMIT_UPLOAD_FILES);
    return OK;
}

enum err portal_file_keep(struct ctx *cx, str form, const struct portal_file *f, str path)
{
    struct q_portal_file_insert row;
    TRY(check(cx, form, f));
    // The same each time the work is run (H4); an upload's path is a secret of its own.
    str file = secret_hex(cx->arena, secret_hash(cx->arena, path));
    TRY(q_portal_file_insert(cx, form, attachment_name(cx->arena, f->name), f->type, f->size,
                             f->sha256, file, &row));
    TRY(job_add(cx, "portal_file", row.id, instant_plus(cx->now, KEPT_S)));
    TRY(io_mkdir(cx, arena_join(cx->arena, cx->data_dir, S("/held"))));
    return io_link(cx, path, path_of(cx, file));
}

enum err portal_file_list(struct ctx *cx, str form, struct portal_file **out, isize *n)
{
    struct q_portal_file_list *row;
    TRY(q_portal_file_list(cx, form, &row, n));
    *out = make(cx->arena, struct portal_file, *n);
    for (isize i = 0; i < *n; i++)
        (*out)[i] = (struct portal_file){row[i].id, row[i].name, row[i].type, row[i].size,
                                         row[i].sha256};
    return OK;
}

enum err portal_file_drop(struct ctx *cx, str form, int64_t id)
{
    struct q_portal_file_drop *row;
    isize n;
    TRY(q_portal_file_drop(cx, form, id, &row, &n));
    for (isize i = 0; i < n; i++)
        TRY(job_add(cx, "portal_file", row[i].id, instant_plus(cx->now, UNWANTED_S)));    // H4
    return OK;
}

enum err portal_file_take(struct ctx *cx, str form, struct attachment_new **out, isize *n)
{
    struct q_portal_file_list *row;
    TRY(q_portal_file_list(cx, form, &row, n));
    struct attachment_new *a = make(cx->arena, struct attachment_new, *n);
    for (isize i = 0; i < *n; i++) {
        struct blob blob = {row[i].sha256, row[i].size};
        TRY(blob_adopt(cx, path_of(cx, row[i].file), blob));
        a[i] = (struct attachment_new){.name = row[i].name, .type = row[i].type, .blob = blob};
    }
    *out = a;
    return portal_file_drop(cx, form, 0);
}

static enum err expire(struct ctx *cx, struct job *job)    // H3
{
    struct q_portal_file_gone *row;
    int64_t unwanted;
    isize n;
    TRY(q_portal_file_expire(cx, job->ref, &unwanted));
    if (unwanted > 0)
        return job_add(cx, "portal_file", job->ref, instant_plus(cx->now, UNWANTED_S));
    TRY(q_portal_file_gone(cx, job->ref, &row, &n));
    for (isize i = 0; i < n; i++)
        io_remove(cx, path_of(cx, row[i].file));
    return OK;
}

const struct job_kind portal_file_jobs[] = {
    {.name = "portal_file", .apply = expire},
    {0},
};
