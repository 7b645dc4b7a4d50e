// SPDX-License-Identifier: GPL-3.0-or-later
#include "testing/lossy.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SECTOR = 512, EARLY = 8, DEAD = 137 };

struct pending {    // a write that is not on the disk yet
    struct pending *next;
    sqlite3_int64 at;
    int n;
    unsigned char bytes[];
};

struct disk_file {    // one for each name, whoever has it open
    struct disk_file *next;
    char *name;
    struct pending *first, **last;
    sqlite3_int64 size;    // as this process sees it
};

struct handle {
    sqlite3_file base;
    sqlite3_file *real;
    struct disk_file *file;    // NULL: not of the database (temporary)
};

static struct {
    pthread_mutex_t mutex;
    sqlite3_vfs vfs, *real;
    struct disk_file *files;
    uint64_t random;
    int64_t die_at;
} lossy = {.mutex = PTHREAD_MUTEX_INITIALIZER};

static uint64_t next_random(void)
{
    lossy.random += 0x9e3779b97f4a7c15u;
    uint64_t x = lossy.random;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

uint64_t lossy_random(void)
{
    pthread_mutex_lock(&lossy.mutex);
    uint64_t r = next_random();
    pthread_mutex_unlock(&lossy.mutex);
    return r;
}

static struct disk_file *file_named(const char *name)
{
    for (struct disk_file *f = lossy.files; f != NULL; f = f->next)
        if (strcmp(f->name, name) == 0)
            return f;
    struct disk_file *f = calloc(1, sizeof *f);
    if (f == NULL || (f->name = strdup(name)) == NULL)
        abort();
    f->last = &f->first;
    f->size = -1;    // as on the disk
    f->next = lossy.files;
    lossy.files = f;
    return f;
}

static void drop_pending(struct disk_file *f)
{
    while (f->first != NULL) {
        struct pending *p = f->first;
        f->first = p->next;
        free(p);
    }
    f->last = &f->first;
    f->size = -1;
}

// V2 V3: some sectors of a write, each with a chance of one in `odds`.
static void write_some(sqlite3_file *real, const struct pending *p, unsigned odds)
{
    for (int i = 0; i < p->n;) {
        int n = SECTOR - (int)((p->at + i) % SECTOR);
        n = n > p->n - i ? p->n - i : n;
        if (next_random() % odds == 0)
            real->pMethods->xWrite(real, p->bytes + i, n, p->at + i);
        i += n;
    }
}

static void maybe_die(struct handle *h)
{
    if (lossy.die_at == 0 || --lossy.die_at > 0)
        return;
    for (const struct pending *p = h->file->first; p != NULL; p = p->next)
        write_some(h->real, p, 2);
    _exit(DEAD);
}

static int x_close(sqlite3_file *file)
{
    struct handle *h = (struct handle *)file;
    return h->real->pMethods->xClose(h->real);
}

static int x_read(sqlite3_file *file, void *to, int n, sqlite3_int64 at)
{
    struct handle *h = (struct handle *)file;
    pthread_mutex_lock(&lossy.mutex);
    int rc = h->real->pMethods->xRead(h->real, to, n, at);
    for (const struct pending *p = h->file ? h->file->first : NULL; p != NULL; p = p->next) {
        sqlite3_int64 from = p->at > at ? p->at : at;
        sqlite3_int64 end = p->at + p->n < at + n ? p->at + p->n : at + n;
        if (from < end)
            memcpy((char *)to + (from - at), p->bytes + (from - p->at), (size_t)(end - from));
    }
    bool whole = h->file != NULL && h->file->size >= at + n;
    pthread_mutex_unlock(&lossy.mutex);
    return rc == SQLITE_IOERR_SHORT_READ && whole ? SQLITE_OK : rc;
}

static sqlite3_int64 size_of(struct handle *h)
{
    sqlite3_int64 size = 0;
    if (h->file != NULL && h->file->size >= 0)
        return h->file->size;
    h->real->pMethods->xFileSize(h->real, &size);
    return size;
}

static int x_write(sqlite3_file *file, const void *bytes, int n, sqlite3_int64 at)
{
    struct handle *h = (struct handle *)file;
    if (h->file == NULL)
        return h->real->pMethods->xWrite(h->real, bytes, n, at);
    pthread_mutex_lock(&lossy.mutex);
    struct pending *p = malloc(sizeof *p + (size_t)n);
    if (p == NULL)
        abort();
    *p = (struct pending){.at = at, .n = n};
    memcpy(p->bytes, bytes, (size_t)n);
    sqlite3_int64 size = size_of(h);
    h->file->size = size > at + n ? size : at + n;
    *h->file->last = p;
    h->file->last = &p->next;
    write_some(h->real, p, EARLY);
    maybe_die(h);
    pthread_mutex_unlock(&lossy.mutex);
    return SQLITE_OK;
}

static int x_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    struct handle *h = (struct handle *)file;
    if (h->file == NULL)
        return h->real->pMethods->xTruncate(h->real, size);
    pthread_mutex_lock(&lossy.mutex);
    for (struct pending *p = h->file->first; p != NULL; p = p->next)
        if (p->at + p->n > size)
            p->n = p->at > size ? 0 : (int)(size - p->at);
    h->file->size = size;
    int rc = h->real->pMethods->xTruncate(h->real, size);
    pthread_mutex_unlock(&lossy.mutex);
    return rc;
}

static int x_sync(sqlite3_file *file, int flags)
{
    struct handle *h = (struct handle *)file;
    (void)flags;
    if (h->file == NULL)
        return SQLITE_OK;
    pthread_mutex_lock(&lossy.mutex);
    maybe_die(h);
    int rc = SQLITE_OK;
    for (const struct pending *p = h->file->first; p != NULL && rc == SQLITE_OK; p = p->next)
        if (p->n > 0)
            rc = h->real->pMethods->xWrite(h->real, p->bytes, p->n, p->at);
    if (rc == SQLITE_OK)
        drop_pending(h->file);
    pthread_mutex_unlock(&lossy.mutex);
    return rc;
}

static int x_file_size(sqlite3_file *file, sqlite3_int64 *size)
{
    pthread_mutex_lock(&lossy.mutex);
    *size = size_of((struct handle *)file);
    pthread_mutex_unlock(&lossy.mutex);
    return SQLITE_OK;
}

#define PASS(file) ((struct handle *)(file))->real
// clang-format off
static int x_lock(sqlite3_file *f, int l) { return PASS(f)->pMethods->xLock(PASS(f), l); }
static int x_unlock(sqlite3_file *f, int l) { return PASS(f)->pMethods->xUnlock(PASS(f), l); }
static int x_reserved(sqlite3_file *f, int *r) { return PASS(f)->pMethods->xCheckReservedLock(PASS(f), r); }
static int x_control(sqlite3_file *f, int op, void *a) { return PASS(f)->pMethods->xFileControl(PASS(f), op, a); }
static int x_sector(sqlite3_file *f) { return PASS(f)->pMethods->xSectorSize(PASS(f)); }
static int x_device(sqlite3_file *f) { return PASS(f)->pMethods->xDeviceCharacteristics(PASS(f)); }
static int x_shm_map(sqlite3_file *f, int pg, int sz, int ext, void volatile **pp) { return PASS(f)->pMethods->xShmMap(PASS(f), pg, sz, ext, pp); }
static int x_shm_lock(sqlite3_file *f, int o, int n, int flags) { return PASS(f)->pMethods->xShmLock(PASS(f), o, n, flags); }
static void x_shm_barrier(sqlite3_file *f) { PASS(f)->pMethods->xShmBarrier(PASS(f)); }
static int x_shm_unmap(sqlite3_file *f, int del) { return PASS(f)->pMethods->xShmUnmap(PASS(f), del); }
// clang-format on

static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = x_close,
    .xRead = x_read,
    .xWrite = x_write,
    .xTruncate = x_truncate,
    .xSync = x_sync,
    .xFileSize = x_file_size,
    .xLock = x_lock,
    .xUnlock = x_unlock,
    .xCheckReservedLock = x_reserved,
    .xFileControl = x_control,
    .xSectorSize = x_sector,
    .xDeviceCharacteristics = x_device,
    .xShmMap = x_shm_map,
    .xShmLock = x_shm_lock,
    .xShmBarrier = x_shm_barrier,
    .xShmUnmap = x_shm_unmap,
};

static int x_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
    (void)vfs;
    struct handle *h = (struct handle *)file;
    *h = (struct handle){.real = (sqlite3_file *)(h + 1)};
    int rc = lossy.real->xOpen(lossy.real, name, h->real, flags, out);
    if (rc != SQLITE_OK)
        return rc;
    bool ours = flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL);
    pthread_mutex_lock(&lossy.mutex);
    h->file = ours && name != NULL ? file_named(name) : NULL;
    pthread_mutex_unlock(&lossy.mutex);
    h->base.pMethods = &methods;
    return SQLITE_OK;
}

static int x_delete(sqlite3_vfs *vfs, const char *name, int sync_folder)
{
    (void)vfs;
    pthread_mutex_lock(&lossy.mutex);
    drop_pending(file_named(name));
    pthread_mutex_unlock(&lossy.mutex);
    return lossy.real->xDelete(lossy.real, name, sync_folder);
}

bool lossy_start(uint64_t seed)
{
    lossy.random = seed;
    lossy.real = sqlite3_vfs_find(NULL);
    if (lossy.real == NULL)
        return false;
    lossy.vfs = *lossy.real;
    lossy.vfs.zName = "lossy";
    lossy.vfs.szOsFile = (int)sizeof(struct handle) + lossy.real->szOsFile;
    lossy.vfs.xOpen = x_open;
    lossy.vfs.xDelete = x_delete;
    return sqlite3_vfs_register(&lossy.vfs, 1) == SQLITE_OK;
}

void lossy_stop(void)
{
    sqlite3_vfs_register(lossy.real, 1);
    sqlite3_vfs_unregister(&lossy.vfs);
}

void lossy_die_at(int64_t nth)
{
    pthread_mutex_lock(&lossy.mutex);
    lossy.die_at = nth;
    pthread_mutex_unlock(&lossy.mutex);
}

void lossy_forget(void)
{
    pthread_mutex_lock(&lossy.mutex);
    for (struct disk_file *f = lossy.files; f != NULL; f = f->next)
        drop_pending(f);
    pthread_mutex_unlock(&lossy.mutex);
}
