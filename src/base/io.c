// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/io.h"

#include "base/limits.h"
#include "base/secret.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/un.h>
#include <unistd.h>

static _Atomic int fail_at;    // see io_fail_at()
static _Atomic bool failed;

void io_fail_at(int nth)
{
    fail_at = nth;
    if (nth > 0)
        failed = false;
}

bool io_failed(void)
{
    return failed;
}

static bool fault(void)
{
    if (fail_at == 0 || --fail_at > 0)
        return false;
    errno = EIO;
    failed = true;
    return true;
}

static enum err report(struct ctx *cx, const char *what, str path)
{
    enum err err =
        errno == ENOSPC || errno == EAGAIN || errno == EMFILE ? ERR_BUSY : ERR_BROKEN;
    if (errno == ENOENT)
        err = ERR_ABSENT;
    const char *why = strerrordesc_np(errno);
    cx->detail.en = cx->detail.de =
        arena_fmt(cx->arena, "%s " STR_FMT ": %s", what, STR_ARG(path), why ? why : "?");
    return err;
}

static enum err open_as(struct ctx *cx, str path, int flags, int *fd)
{
    int n = fault() ? -1 : open(arena_z(cx->arena, path), flags | O_CLOEXEC, 0600);
    if (n < 0)
        return report(cx, "cannot open", path);
    *fd = n;
    return OK;
}

enum err io_open_read(struct ctx *cx, str path, int *fd)
{
    return open_as(cx, path, O_RDONLY, fd);
}

enum err io_create(struct ctx *cx, str path, int *fd)
{
    return open_as(cx, path, O_WRONLY | O_CREAT | O_EXCL, fd);
}

enum err io_write(struct ctx *cx, int fd, str bytes)
{
    while (bytes.n > 0) {
        ssize_t n = fault() ? -1 : write(fd, bytes.p, (size_t)bytes.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return report(cx, "cannot write", S("file"));
        bytes = str_cut(bytes, n);
    }
    return OK;
}

enum err io_read(struct ctx *cx, int fd, char *p, isize room, isize *n)
{
    ssize_t got;
    do
        got = fault() ? -1 : read(fd, p, (size_t)room);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return report(cx, "cannot read", S("file"));
    *n = got;
    return OK;
}

enum err io_close_synced(struct ctx *cx, int fd)
{
    enum err err = fault() || fsync(fd) != 0 ? report(cx, "cannot sync", S("file")) : OK;
    if (close(fd) != 0 && err == OK)
        err = report(cx, "cannot close", S("file"));
    return err;
}

void io_close(int fd)
{
    if (fd >= 0)
        close(fd);
}

static str folder_of(str path)
{
    isize n = path.n;
    while (n > 0 && path.p[n - 1] != '/')
        n--;
    return n > 1 ? (str){path.p, n - 1} : n == 1 ? S("/") : S(".");
}

static enum err sync_folder_of(struct ctx *cx, str path)
{
    int dir = -1;
    TRY(open_as(cx, folder_of(path), O_RDONLY | O_DIRECTORY, &dir));
    return io_close_synced(cx, dir);
}

enum err io_publish(struct ctx *cx, str from, str to)
{
    if (fault() || rename(arena_z(cx->arena, from), arena_z(cx->arena, to)) != 0)
        return report(cx, "cannot rename to", to);
    return sync_folder_of(cx, to);
}

static bool knows_no_links(int why)
{
    return why == EPERM || why == EXDEV || why == EMLINK || why == ENOSYS || why == EOPNOTSUPP;
}

static enum err publish_copy(struct ctx *cx, str from, str to)
{
    str part = arena_fmt(cx->arena, STR_FMT "." STR_FMT ".part", STR_ARG(to),
                         STR_ARG(secret_token(cx->arena)));
    str sum;
    enum err err = io_copy(cx, from, part, &sum);
    if (err == OK)
        err = io_publish(cx, part, to);
    if (err != OK)
        io_remove(cx, part);
    return err;
}

enum err io_link(struct ctx *cx, str from, str to)
{
    if (!fault() && link(arena_z(cx->arena, from), arena_z(cx->arena, to)) == 0)
        return sync_folder_of(cx, to);
    if (knows_no_links(errno))
        return publish_copy(cx, from, to);
    return errno == EEXIST ? sync_folder_of(cx, to) : report(cx, "cannot link to", to);
}

void io_remove(struct ctx *cx, str path)
{
    unlink(arena_z(cx->arena, path));
}

enum err io_mkdir_new(struct ctx *cx, str path, bool *made)
{
    bool is_new = !fault() && mkdir(arena_z(cx->arena, path), 0700) == 0;
    if (!is_new && errno != EEXIST)
        return report(cx, "cannot make folder", path);
    TRY(sync_folder_of(cx, path));
    *made = is_new;
    return OK;
}

enum err io_mkdir(struct ctx *cx, str path)
{
    bool made;
    return io_mkdir_new(cx, path, &made);
}

enum err io_read_all(struct ctx *cx, int fd, isize most, str *out)
{
    isize cap = 1 << 16, n = 0, got = 0;
    char *p = make(cx->arena, char, cap);
    do {
        if (n == cap) {
            char *bigger = make(cx->arena, char, cap * 2);
            memcpy(bigger, p, (size_t)n);
            p = bigger;
            cap *= 2;
        }
        TRY(io_read(cx, fd, p + n, cap - n, &got));
        n += got;
        if (n > most)
            return fail(cx, ERR_INVALID, "larger than %lld bytes", "größer als %lld Bytes",
                        (long long)most);
    } while (got > 0);
    *out = (str){p, n};
    return OK;
}

enum err io_may_read(struct ctx *cx, str path)
{
    if (access(arena_z(cx->arena, path), R_OK) == 0 || errno != EACCES)
        return OK;
    return fail(cx, ERR_DENIED,
                "“" STR_FMT "” may not be read by user %d, who runs this. Under systemd nothing in /home and "
                "/root can be.",
                "„" STR_FMT "“ darf Benutzer %d, unter dem das hier läuft, nicht lesen. Unter systemd ist "
                "nichts in /home und /root lesbar.",
                STR_ARG(path), (int)getuid());
}

enum err io_read_file(struct ctx *cx, str path, isize most, str *out)
{
    int fd = -1;
    TRY(io_open_read(cx, path, &fd));
    enum err err = io_read_all(cx, fd, most, out);
    io_close(fd);
    return err;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int not_dots(const struct dirent *d)
{
    return strcmp(d->d_name, ".") != 0 && strcmp(d->d_name, "..") != 0;
}

enum err io_list(struct ctx *cx, str path, str **out, isize *n)
{
    struct dirent **names;
    int found = fault() ? -1 : scandir(arena_z(cx->arena, path), &names, not_dots, by_name);
    if (found < 0)
        return report(cx, "cannot list", path);
    *out = make(cx->arena, str, found);
    *n = found;
    for (int i = 0; i < found; i++) {
        (*out)[i] = arena_str(cx->arena, str_from_z(names[i]->d_name));
        free(names[i]);
    }
    free(names);
    return OK;
}

bool io_is_folder(struct ctx *cx, str path)
{
    struct stat st;
    return stat(arena_z(cx->arena, path), &st) == 0 && S_ISDIR(st.st_mode);
}

bool io_is_folder_itself(struct ctx *cx, str path)
{
    struct stat st;
    return lstat(arena_z(cx->arena, path), &st) == 0 && S_ISDIR(st.st_mode);
}

bool io_is_file(struct ctx *cx, str path, instant *changed, int64_t *size)
{
    struct stat st;
    if (stat(arena_z(cx->arena, path), &st) != 0 || !S_ISREG(st.st_mode))
        return false;
    *changed = (instant){(int64_t)st.st_mtim.tv_sec * 1000};
    *size = st.st_size;
    return true;
}

static bool is_older(struct ctx *cx, str path, instant than)
{
    instant changed;
    int64_t size;
    return io_is_file(cx, path, &changed, &size) && changed.ms < than.ms;
}

enum err io_remove_old(struct ctx *cx, str folder, instant before)
{
    str *name;
    isize n;
    if (!io_is_folder(cx, folder))
        return OK;
    TRY(io_list(cx, folder, &name, &n));
    for (isize i = 0; i < n; i++) {
        str path = arena_fmt(cx->arena, STR_FMT "/" STR_FMT, STR_ARG(folder), STR_ARG(name[i]));
        if (is_older(cx, path, before))
            io_remove(cx, path);
    }
    return OK;
}

// Only what is a file itself: a link would bring in what it leads to.
static enum err open_file(struct ctx *cx, str path, int *fd)
{
    struct stat st;
    TRY(open_as(cx, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, fd));
    if (fstat(*fd, &st) == 0 && S_ISREG(st.st_mode))
        return OK;
    io_close(*fd);
    return fail(cx, ERR_INVALID, STR_FMT " is no plain file.",
                STR_FMT " ist keine gewöhnliche Datei.", STR_ARG(path));
}

static enum err copy_bytes(struct ctx *cx, int in, int out, struct secret_sum *sum)
{
    char p[1 << 16];
    isize n = 0;
    do {
        TRY(io_read(cx, in, p, sizeof p, &n));
        TRY(io_write(cx, out, (str){p, n}));
        secret_sum_add(sum, (str){p, n});
    } while (n > 0);
    return OK;
}

enum err io_copy(struct ctx *cx, str from, str to, str *sha256)
{
    int in = -1, out = -1;
    struct secret_sum sum;
    secret_sum_start(&sum);
    TRY(open_file(cx, from, &in));
    enum err err = io_create(cx, to, &out);
    if (err == OK)
        err = copy_bytes(cx, in, out, &sum);
    io_close(in);
    *sha256 = secret_sum_end(&sum, cx->arena);
    if (out >= 0 && err == OK)
        return io_close_synced(cx, out);
    io_close(out);
    return err;
}

enum err io_free_bytes(struct ctx *cx, str path, int64_t *out)
{
    struct statvfs v;
    if (fault() || statvfs(arena_z(cx->arena, path), &v) != 0)
        return report(cx, "cannot look at", path);
    *out = (int64_t)(v.f_bavail * v.f_frsize);
    return OK;
}

bool io_is_low(int64_t left, int64_t all, int64_t reserve)
{
    return left < reserve || (double)left * 100 < (double)all * (double)LIMIT_DISK_PERCENT;
}

enum err io_disk_is_low(struct ctx *cx, str path, int64_t reserve, bool *out)
{
    struct statvfs v;
    if (fault() || statvfs(arena_z(cx->arena, path), &v) != 0)
        return report(cx, "cannot look at", path);
    *out = io_is_low((int64_t)(v.f_bavail * v.f_frsize), (int64_t)(v.f_blocks * v.f_frsize),
                     reserve);
    return OK;
}

static enum err unix_address(struct ctx *cx, str path, struct sockaddr_un *un)
{
    *un = (struct sockaddr_un){.sun_family = AF_UNIX};
    if (path.n >= (isize)sizeof un->sun_path)
        return fail(cx, ERR_INVALID, "The socket's path is too long.",
                    "Der Pfad des Sockets ist zu lang.");
    memcpy(un->sun_path, path.p, (size_t)path.n);
    return OK;
}

static enum err listen_at(struct ctx *cx, const struct sockaddr *sa, socklen_t n, str name,
                          int *fd)
{
    int s = fault() ? -1 : socket(sa->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (s < 0)
        return report(cx, "cannot listen on", name);
    int yes = 1;
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(s, sa, n) != 0 || listen(s, 1024) != 0) {
        enum err err = report(cx, "cannot listen on", name);
        close(s);
        return err;
    }
    *fd = s;
    return OK;
}

static enum err check_folder_of(struct ctx *cx, str path)
{
    isize at = path.n;
    while (at > 0 && path.p[at - 1] != '/')
        at--;
    str folder = str_head(path, at > 1 ? at - 1 : at);
    if (at == 0 || io_is_folder(cx, folder))
        return OK;
    return fail(cx, ERR_INVALID,
                "There is no folder “" STR_FMT "” for the socket. Make it for the user that runs "
                "staffel (systemd does with RuntimeDirectory=), or name another path.",
                "Den Ordner „" STR_FMT "“ für den Socket gibt es nicht. Leg ihn für den Benutzer an, "
                "unter dem staffel läuft (systemd macht das mit RuntimeDirectory=), oder nenne einen "
                "anderen Pfad.",
                STR_ARG(folder));
}

// `kept_out`: who may not connect.
static enum err listen_unix(struct ctx *cx, str path, mode_t kept_out, int *fd)
{
    struct sockaddr_un un;
    TRY(unix_address(cx, path, &un));
    TRY(check_folder_of(cx, path));
    unlink(un.sun_path);    // left by a server that was killed; the data lock says we are alone
    mode_t before = umask(kept_out);
    enum err err = listen_at(cx, (struct sockaddr *)&un, sizeof un, path, fd);
    umask(before);
    return err;
}

static int port_of(int fd)
{
    struct sockaddr_storage ss;
    socklen_t n = sizeof ss;
    if (getsockname(fd, (struct sockaddr *)&ss, &n) != 0)
        return 0;
    return ntohs(ss.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)&ss)->sin6_port
                                          : ((struct sockaddr_in *)&ss)->sin_port);
}

enum err io_listen(struct ctx *cx, str address, int *fd, int *port)
{
    *port = 0;
    if (str_starts(address, S("unix:")))
        return listen_unix(cx, str_cut(address, 5), 0077, fd);
    if (str_starts(address, S("group:")))    // the same, and our group may connect, too
        return listen_unix(cx, str_cut(address, 6), 0117, fd);
    isize colon = address.n;
    while (colon > 0 && address.p[colon - 1] != ':')
        colon--;
    str host = {address.p, colon > 0 ? colon - 1 : 0};
    if (host.n > 1 && host.p[0] == '[')
        host = (str){host.p + 1, host.n - 2};
    struct addrinfo *found,
        hints = {.ai_flags = AI_PASSIVE | AI_NUMERICSERV, .ai_socktype = SOCK_STREAM};
    str service = str_cut(address, colon);
    if (colon == 0 || service.n == 0    // a port alone would be open to the whole net
        || getaddrinfo(host.n ? arena_z(cx->arena, host) : NULL, arena_z(cx->arena, service),
                       &hints, &found)
               != 0)
        return fail(cx, ERR_INVALID,
                    "“" STR_FMT "” is no address to listen on. Write ADDRESS:PORT, like 127.0.0.1:8080.",
                    "„" STR_FMT "“ ist keine Adresse zum Lauschen. Schreib ADRESSE:PORT, etwa "
                    "127.0.0.1:8080.",
                    STR_ARG(address));
    enum err err = listen_at(cx, found->ai_addr, found->ai_addrlen, address, fd);
    freeaddrinfo(found);
    TRY(err);
    *port = port_of(*fd);
    return OK;
}

enum err io_connect_unix(struct ctx *cx, str path, int *fd)
{
    struct sockaddr_un un;
    TRY(unix_address(cx, path, &un));
    int s = fault() ? -1 : socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (s < 0)
        return report(cx, "cannot connect to", path);
    if (connect(s, (struct sockaddr *)&un, sizeof un) != 0) {
        errno = errno == ECONNREFUSED ? ENOENT : errno;
        enum err err = report(cx, "cannot connect to", path);
        close(s);
        return err;
    }
    *fd = s;
    return OK;
}
