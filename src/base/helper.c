// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/helper.h"

#include "base/buf.h"
#include "base/now.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

enum {
    BURY_MS = 3000,      // for the helper to bury what it killed
    GRACE_MS = 15000,    // for the helper to start, and for that
    ROOM = 64 << 10,
    LOOK_MS = 2,
};

static const char name[] = "staffel-helper";    // as ps shows it

// --- who asks ----------------------------------------------------------------------------

// No signal of ours, and none of our descriptors (H4).
static bool start(int end, pid_t *pid)
{
    char *argv[] = {(char *)(uintptr_t)name, NULL};
    posix_spawn_file_actions_t files;
    posix_spawnattr_t how;
    sigset_t none;
    sigemptyset(&none);
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&how);
    posix_spawn_file_actions_adddup2(&files, end, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, end, STDOUT_FILENO);
    posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
    posix_spawnattr_setsigmask(&how, &none);
    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK);
    int rc = posix_spawn(pid, "/proc/self/exe", &files, &how, argv, environ);
    posix_spawnattr_destroy(&how);
    posix_spawn_file_actions_destroy(&files);
    return rc == 0;
}

// True: something can be done there.
static bool ready(int fd, short what, int64_t until_ms)
{
    struct pollfd p = {.fd = fd, .events = what};
    for (;;) {
        int64_t left = until_ms - now_monotonic_ms();
        int n = poll(&p, 1, (int)int_min(int_max(left, 0), INT32_MAX));
        if (n > 0)
            return true;
        if (left <= 0 || (n < 0 && errno != EINTR))
            return false;
    }
}

static bool say(int fd, str bytes, int64_t until_ms)
{
    while (bytes.n > 0) {
        if (!ready(fd, POLLOUT, until_ms))
            return false;
        ssize_t n = send(fd, bytes.p, (size_t)bytes.n, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && errno != EAGAIN && errno != EINTR)
            return false;
        bytes = str_cut(bytes, n < 0 ? 0 : (isize)n);
    }
    return true;
}

// To its end.
static bool hear(struct arena *a, int fd, int64_t until_ms, str *out)
{
    struct buf b = buf_new(a, ROOM);
    for (ssize_t n = 1; n != 0;) {
        buf_grow(&b, ROOM);
        if (!ready(fd, POLLIN, until_ms))
            return false;
        n = read(fd, b.p + b.n, (size_t)ROOM);
        if (n < 0 && errno != EINTR)
            return false;
        b.n += n < 0 ? 0 : (isize)n;
    }
    *out = buf_str(&b);
    return true;
}

// Its end is ours to wait for, and ours to bring about should it fail to end.
static int end_of(pid_t pid, int64_t until_ms)
{
    int status = 0, fd = pidfd_open(pid, 0);
    if (fd < 0 || !ready(fd, POLLIN, until_ms))
        kill(pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        continue;
    if (fd >= 0)
        close(fd);
    return WIFEXITED(status) ? WEXITSTATUS(status) : EX_SOFTWARE;
}

// The seconds stand before the question.
static str with_seconds(struct arena *a, str question, int64_t seconds)
{
    return arena_join(a, (str){(const char *)&seconds, sizeof seconds}, question);
}

enum helper_end helper_ask(struct arena *a, str question, int64_t seconds, str *answer)
{
    int ends[2];
    pid_t pid;
    str heard = {0};
    int64_t until_ms = now_monotonic_ms() + seconds * 1000 + GRACE_MS;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return HELPER_DIED;
    bool started = start(ends[1], &pid);
    close(ends[1]);
    bool told = started && say(ends[0], with_seconds(a, question, seconds), until_ms)
                && shutdown(ends[0], SHUT_WR) == 0 && hear(a, ends[0], until_ms, &heard);
    close(ends[0]);
    int code = started ? end_of(pid, until_ms) : EX_SOFTWARE;
    if (code == EX_TEMPFAIL || now_monotonic_ms() >= until_ms)
        return HELPER_LATE;
    if (code != EX_OK || !told)
        return HELPER_DIED;
    *answer = heard;
    return HELPER_DONE;
}

// --- the helper --------------------------------------------------------------------------

bool helper_is_me(char **argv)
{
    return argv[0] != NULL && strcmp(argv[0], name) == 0;
}

static _Noreturn void work(struct arena *a, str question,
                           str (*answer)(struct arena *a, str question))
{
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    str said = answer(a, question);
    while (said.n > 0) {
        ssize_t n = write(STDOUT_FILENO, said.p, (size_t)said.n);
        if (n < 0 && errno != EINTR)
            _exit(EX_IOERR);
        said = str_cut(said, n < 0 ? 0 : (isize)n);
    }
    _exit(EX_OK);
}

// What gpgme starts it does not wait for; its orphans are ours (H2).  Those of the worker's group
// are all but the agent, which has a session of its own.
static bool bury(pid_t group, int64_t until_ms, int *code)
{
    for (;;) {
        int status;
        pid_t pid = waitpid(-group, &status, WNOHANG);
        if (pid < 0 && errno != EINTR)
            return true;
        if (pid > 0 && (WIFSIGNALED(status) || (pid == group && WEXITSTATUS(status) != EX_OK)))
            *code = EX_SOFTWARE;    // H3
        if (pid != 0)
            continue;
        if (now_monotonic_ms() >= until_ms)
            return false;
        now_sleep_ms(LOOK_MS);
    }
}

// H1
static int watch(pid_t worker, int64_t until_ms)
{
    int code = EX_OK, killed;
    setpgid(worker, worker);
    if (bury(worker, until_ms, &code))
        return code;
    kill(-worker, SIGKILL);
    bury(worker, now_monotonic_ms() + BURY_MS, &killed);
    return EX_TEMPFAIL;
}

int helper_run(str (*answer)(struct arena *a, str question))
{
    struct arena a = arena_new((isize)4 << 30);
    int64_t seconds, begun = now_monotonic_ms();
    str question;
    signal(SIGPIPE, SIG_IGN);
    if (prctl(PR_SET_CHILD_SUBREAPER, 1) != 0 || !hear(&a, STDIN_FILENO, INT64_MAX, &question)
        || question.n < (isize)sizeof seconds)
        return EX_SOFTWARE;
    memcpy(&seconds, question.p, sizeof seconds);
    pid_t worker = fork();
    if (worker == 0)
        work(&a, str_cut(question, sizeof seconds), answer);
    close(STDIN_FILENO);
    close(STDOUT_FILENO);
    return worker < 0 ? EX_SOFTWARE : watch(worker, begun + seconds * 1000);
}
