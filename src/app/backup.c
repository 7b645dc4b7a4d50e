// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backup.h"

#include "app/files_check.h"
#include "base/io.h"
#include "base/secret.h"
#include "base/size.h"
#include "db/migrate.h"

#include <sysexits.h>

static str join(struct ctx *cx, str folder, str name)
{
    return arena_fmt(cx->arena, STR_FMT "/" STR_FMT, STR_ARG(folder), STR_ARG(name));
}

// The folders of files beside the database; each file's name is its hash, so none ever changes.
static const char *const folders[] = {"blob", "mail"};

struct copying {
    bool proving;    // E4
    int64_t files;
};

// What is still being written has another name, and is nobody's (E4).
static bool is_hash(str name)
{
    for (isize i = 0; i < name.n; i++)
        if (strchr("0123456789abcdef", name.p[i]) == NULL || name.p[i] == 0)
            return false;
    return name.n == 64;
}

static enum err copy_one(struct ctx *cx, str source, str target, str name)
{
    str sum;
    TRY(io_copy(cx, source, target, &sum));
    if (!is_hash(name) || str_eq(secret_hex(cx->arena, sum), name))
        return OK;
    return fail(cx, ERR_INVALID, STR_FMT " does not hold what its name says.",
                STR_FMT " enthält nicht, was der Name sagt.", STR_ARG(source));
}

static enum err copy_tree(struct ctx *cx, str from, str to, struct copying *c)
{
    str *name;
    isize n;
    TRY(io_mkdir(cx, to));
    TRY(io_list(cx, from, &name, &n));
    for (isize i = 0; i < n; i++) {
        str source = join(cx, from, name[i]), target = join(cx, to, name[i]), sum;
        if (io_is_folder_itself(cx, source)) {
            TRY(copy_tree(cx, source, target, c));
            continue;
        }
        TRY(c->proving ? copy_one(cx, source, target, name[i])
                       : io_copy(cx, source, target, &sum));
        c->files++;
    }
    return OK;
}

// The database first: what it names was there before it, and files are only ever added.
static enum err copy_all(struct ctx *cx, str from, str to, struct copying *c)
{
    for (isize i = 0; i < countof(folders); i++) {
        str source = join(cx, from, str_from_z(folders[i]));
        // A server's own folder may lie on another disk; a backup's lies in the backup.
        if (c->proving ? io_is_folder_itself(cx, source) : io_is_folder(cx, source))
            TRY(copy_tree(cx, source, join(cx, to, str_from_z(folders[i])), c));
    }
    return OK;
}

static enum err take_database(struct ctx *cx, struct desk *d, str to)
{
    struct reader *r = pool_take(desk_pool(d));
    if (r == NULL)
        return busy(cx, "no database connection");
    struct db *before = cx->db;
    cx->db = r->db;
    enum err err = db_copy(cx, join(cx, to, S("staffel.db")));
    cx->db = before;
    pool_give(desk_pool(d), r);
    return err;
}

// A folder above that is not there is rather a typing error than a wish.
static enum err folder_above(struct ctx *cx, str path)
{
    isize at = path.n;
    while (at > 0 && path.p[at - 1] == '/')
        at--;
    while (at > 0 && path.p[at - 1] != '/')
        at--;
    str above = str_head(path, at > 1 ? at - 1 : at);
    if (at == 0 || io_is_folder(cx, above))
        return OK;
    return fail(cx, ERR_INVALID, "There is no folder “" STR_FMT "”. Make it first, or name another one.",
                "Den Ordner „" STR_FMT "“ gibt es nicht. Leg ihn zuerst an oder nenne einen anderen.",
                STR_ARG(above));
}

// E3
static enum err empty_folder(struct ctx *cx, str path)
{
    str *name;
    isize n;
    TRY(folder_above(cx, path));
    TRY(io_mkdir(cx, path));
    TRY(io_list(cx, path, &name, &n));
    if (n > 0)
        return fail(cx, ERR_INVALID, STR_FMT " is not empty. Name a new folder.",
                    STR_FMT " ist nicht leer. Bitte nenne einen neuen Ordner.", STR_ARG(path));
    return OK;
}

int backup_run(struct call *c)
{
    if (c->argc < 1)
        return buf_put(c->out, S("Say:  staffel backup DIR\n")), EX_USAGE;
    str to = str_from_z(c->argv[0]);
    struct copying copied = {0};
    enum err err = empty_folder(c->cx, to);
    if (err == OK)
        err = take_database(c->cx, c->desk, to);
    if (err == OK)
        err = copy_all(c->cx, c->cx->data_dir, to, &copied);
    if (err != OK)
        return command_failed(c, err);
    buf_fmt(c->out, "Saved the database and %lld files to " STR_FMT ".\n",
            (long long)copied.files, STR_ARG(to));
    return EX_OK;
}

// Opening it is the proof that it can be used.
static enum err try_it(struct ctx *cx, const struct db_place *place)
{
    struct db *db;
    int applied, known;
    TRY(db_open(cx, place, DB_WRITER, &db));
    cx->db = db;
    enum err err = migrate_state(cx, &applied, &known);
    cx->db = NULL;
    db_close(db);
    return err;
}

enum err backup_bring(struct ctx *cx, str from, const struct db_place *to, int64_t *files)
{
    struct copying copied = {.proving = true};
    str sum;
    TRY(empty_folder(cx, to->dir));
    TRY(io_copy(cx, join(cx, from, S("staffel.db")), join(cx, to->dir, S("staffel.db")), &sum));
    TRY(copy_all(cx, from, to->dir, &copied));
    *files = copied.files;
    return try_it(cx, to);
}

int backup_restore(struct call *c)
{
    if (c->argc < 1)
        return buf_put(c->out, S("Say:  staffel restore DIR --data NEW-DIR\n")), EX_USAGE;
    int64_t files = 0;
    enum err err = backup_bring(c->cx, str_from_z(c->argv[0]), &c->options->place, &files);
    if (err != OK)
        return command_failed(c, err);
    buf_fmt(c->out, "Restored the database and %lld files to " STR_FMT ".\n", (long long)files,
            STR_ARG(c->options->place.dir));
    return EX_OK;
}

static enum err ask(struct ctx *cx, const char *sqlite, const char *postgres, str *out)
{
    struct db_stmt st = {
        .name = "check", .id = -1, .sqlite = sqlite, .postgres = postgres, .types = ""};
    struct db_result r;
    TRY(db_run(cx, &st, NULL, &r));
    *out = r.rows > 0 ? r.cell[0].s : S("ok");
    return OK;
}

static enum err check_files(struct ctx *cx, struct buf *out)
{
    struct files_found f;
    TRY(files_check(cx, out, &f));
    buf_fmt(out,
            "files %lld of mails and %lld of attachments, missing %lld, of no mail %lld (%lld "
            "MB)\n",
            (long long)f.mails, (long long)f.blobs, (long long)f.missing, (long long)f.strays,
            size_has_megabytes(f.stray_bytes));
    return f.missing == 0 ? OK : broken(cx, "files are missing");
}

static enum err check_inside(struct ctx *cx, void *arg)
{
    struct call *c = arg;
    int applied, known;
    str whole, keys;
    TRY(migrate_state(cx, &applied, &known));
    bool older = applied < known;    // command.h O7
    if (!older)
        TRY(db_prepare_all(cx));
    TRY(ask(cx, "pragma integrity_check", "select 'ok'::text", &whole));
    TRY(ask(cx, "select cast(count(*) as text) from pragma_foreign_key_check",
            "select '0'::text", &keys));
    buf_fmt(c->out, "schema %d of %d, database " STR_FMT ", broken references " STR_FMT "\n",
            applied, known, STR_ARG(whole), STR_ARG(keys));
    if (older)
        buf_put(c->out, S("the data is older than this program: the next start of the server brings it up to date\n"));
    else
        TRY(command_lacking(cx, c->out));
    bool fine = str_eq(whole, S("ok")) && str_eq(keys, S("0"));
    TRY(fine ? OK : broken(cx, "the database is damaged"));
    return older ? OK : check_files(cx, c->out);
}

int backup_check(struct call *c)
{
    enum err err = desk_write(c->desk, c->cx, check_inside, c);
    return err == OK ? EX_OK : command_failed(c, err);
}
