// SPDX-License-Identifier: GPL-3.0-or-later
// Files of a disk that loses power, for everything that is not SQLite's: linked in place of the
// calls of base/io.c (meson.build).  A new file's bytes reach the disk when it is synced, a new
// name when its folder is; what the process takes with it when it is killed is lost.
#include "tests/crash/crash.h"

#include "testing/lossy.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <unistd.h>

enum { FDS = 1024, RENAMES = 256, PATH = 512 };

static struct {
    bool on, sync_folders;
    pthread_mutex_t mutex;
    struct {
        bool is_new, is_folder;
        char path[PATH];
        char *bytes;
        size_t n;
    } fd[FDS];
    struct {
        bool used;
        char from[PATH], to[PATH];
    } rename[RENAMES];
} disk = {.mutex = PTHREAD_MUTEX_INITIALIZER};

int __real_open64(const char *path, int flags, ...);
int __wrap_open64(const char *path, int flags, ...);
ssize_t __real_write(int fd, const void *p, size_t n);
ssize_t __wrap_write(int fd, const void *p, size_t n);
int __real_fsync(int fd);
int __wrap_fsync(int fd);
int __real_close(int fd);
int __wrap_close(int fd);
int __real_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to);

void disk_start(bool sync_folders)
{
    disk.on = true;
    disk.sync_folders = sync_folders;
}

static void copy_path(char *to, const char *path)
{
    size_t n = strlen(path);
    if (n >= PATH)
        abort();
    memcpy(to, path, n + 1);
}

// A file whose new name has not reached the disk is found by it all the same, until the power
// goes.
static const char *lies_at(const char *path)
{
    for (int i = 0; i < RENAMES; i++)
        if (disk.rename[i].used && strcmp(disk.rename[i].to, path) == 0)
            return disk.rename[i].from;
    return path;
}

int __wrap_open64(const char *path, int flags, ...)
{
    va_list ap;
    va_start(ap, flags);
    unsigned mode = flags & O_CREAT ? va_arg(ap, unsigned) : 0;
    va_end(ap);
    pthread_mutex_lock(&disk.mutex);
    int fd = __real_open64(disk.on ? lies_at(path) : path, flags, mode);
    pthread_mutex_unlock(&disk.mutex);
    if (!disk.on || fd < 0 || fd >= FDS)
        return fd;
    pthread_mutex_lock(&disk.mutex);
    disk.fd[fd].is_new = flags & O_EXCL;
    disk.fd[fd].is_folder = flags & O_DIRECTORY;
    disk.fd[fd].n = 0;
    copy_path(disk.fd[fd].path, path);
    pthread_mutex_unlock(&disk.mutex);
    return fd;
}

ssize_t __wrap_write(int fd, const void *p, size_t n)
{
    if (!disk.on || fd < 0 || fd >= FDS || !disk.fd[fd].is_new)
        return __real_write(fd, p, n);
    pthread_mutex_lock(&disk.mutex);
    disk.fd[fd].bytes = realloc(disk.fd[fd].bytes, disk.fd[fd].n + n);
    if (disk.fd[fd].bytes == NULL)
        abort();
    memcpy(disk.fd[fd].bytes + disk.fd[fd].n, p, n);
    if (lossy_random() % 4 == 0)    // some of it reaches the disk early
        (void)!pwrite(fd, p, n, (off_t)disk.fd[fd].n);
    disk.fd[fd].n += n;
    pthread_mutex_unlock(&disk.mutex);
    return (ssize_t)n;
}

static bool is_inside(const char *path, const char *folder)
{
    size_t n = strlen(folder);
    return strncmp(path, folder, n) == 0 && path[n] == '/' && strchr(path + n + 1, '/') == NULL;
}

static int sync_folder(const char *folder)
{
    int rc = 0;
    for (int i = 0; i < RENAMES && disk.sync_folders; i++) {
        if (!disk.rename[i].used || !is_inside(disk.rename[i].to, folder))
            continue;
        rc |= __real_rename(disk.rename[i].from, disk.rename[i].to);
        disk.rename[i].used = false;
    }
    return rc;
}

int __wrap_fsync(int fd)
{
    if (!disk.on || fd < 0 || fd >= FDS)
        return __real_fsync(fd);
    pthread_mutex_lock(&disk.mutex);
    int rc = 0;
    if (disk.fd[fd].is_folder)
        rc = sync_folder(disk.fd[fd].path);
    else if (disk.fd[fd].is_new)
        rc = pwrite(fd, disk.fd[fd].bytes, disk.fd[fd].n, 0) == (ssize_t)disk.fd[fd].n ? 0 : -1;
    pthread_mutex_unlock(&disk.mutex);
    return rc;
}

int __wrap_close(int fd)
{
    if (disk.on && fd >= 0 && fd < FDS) {
        pthread_mutex_lock(&disk.mutex);
        free(disk.fd[fd].bytes);
        disk.fd[fd].bytes = NULL;
        disk.fd[fd].is_new = disk.fd[fd].is_folder = false;
        pthread_mutex_unlock(&disk.mutex);
    }
    return __real_close(fd);
}

int __wrap_rename(const char *from, const char *to)
{
    if (!disk.on)
        return __real_rename(from, to);
    pthread_mutex_lock(&disk.mutex);
    int i = 0;
    while (i < RENAMES && disk.rename[i].used)
        i++;
    if (i == RENAMES)    // a control run that never syncs: forget the oldest
        i = 0;
    disk.rename[i].used = true;
    copy_path(disk.rename[i].from, from);
    copy_path(disk.rename[i].to, to);
    pthread_mutex_unlock(&disk.mutex);
    return 0;
}
