// SPDX-License-Identifier: GPL-3.0-or-later
// gpg that hangs or dies (base/helper.h).  The test takes in orphans itself: whatever a question
// leaves behind would be its child.
#include "crypt/crypt_test.h"

#include "base/now.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

enum { SECONDS = 1, LONG = 5, SLACK_MS = 20000 };    // a sanitized helper starts slowly

static const str text = {"Content-Type: text/plain\r\n\r\nHallo\r\n", 35};

struct folder {
    struct world *w;
    const char *home;
    struct ctx cx;
    struct engine engine;
    str signature, locked;    // made before the agent fell silent
    int agent, files;
    int64_t began_ms;
};

// --- what is left ------------------------------------------------------------------------

static int open_files(void)
{
    int n = 0;
    DIR *d = opendir("/proc/self/fd");
    while (d != NULL && readdir(d) != NULL)
        n++;
    closedir(d);
    return n;
}

// `proc` is /proc, `pid` a folder in it.
static bool is_of_folder(int proc, const char *pid, const char *home)
{
    char line[4096];
    int folder = openat(proc, pid, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int fd = folder < 0 ? -1 : openat(folder, "cmdline", O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? 0 : read(fd, line, sizeof line);
    close(fd);
    close(folder);
    return n > 0 && memmem(line, (size_t)n, home, strlen(home)) != NULL
           && memmem(line, (size_t)n, "gpg-agent", 9) == NULL;
}

// A gpg or gpgsm that works with this folder, or 0.
static pid_t gpg_of(const char *home)
{
    int64_t found = 0;
    DIR *d = opendir("/proc");
    for (struct dirent *e; found == 0 && (e = readdir(d)) != NULL;)
        if (str_is_digit(e->d_name[0]) && is_of_folder(dirfd(d), e->d_name, home))
            check(str_to_int(str_from_z(e->d_name), &found));
    closedir(d);
    return (pid_t)found;
}

static void check_nothing_is_left(const struct folder *f)    // H2
{
    errno = 0;
    check(waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD);
    check(gpg_of(f->home) == 0);
    check(open_files() == f->files);
}

// --- a folder whose agent falls silent ---------------------------------------------------

static void make_keys(struct folder *f)
{
    struct engine_key key;
    bool pgp = f->engine.protocol == PROTOCOL_PGP;
    (pgp ? pgp_key : cms_key)(f->w, f->home, CUSTOMER);
    str own = pgp ? pgp_public(f->w, f->home, CUSTOMER) : file_in(f->w, f->home, "cert.pem");
    check(engine_sign(&f->cx, &f->engine, S(CUSTOMER), text, &f->signature) == OK);
    check(engine_take(&f->cx, &f->engine, own, S(CUSTOMER), &key) == OK);
    check(engine_lock(&f->cx, &f->engine, key.fingerprint, text, &f->locked) == OK);
}

static struct folder fall_silent(struct world *w, enum protocol p)
{
    struct folder f = {.w = w, .cx = {.arena = &w->kept, .now = w->now}};
    f.home = home_new(w, "silent");
    f.engine = (struct engine){.home = str_from_z(f.home), .protocol = p};
    make_keys(&f);
    f.engine.seconds = SECONDS;
    f.agent = mute_agent(w, f.home);
    check(prctl(PR_SET_CHILD_SUBREAPER, 1) == 0);
    f.files = open_files();
    return f;
}

static void speak_again(struct folder *f)
{
    check(prctl(PR_SET_CHILD_SUBREAPER, 0) == 0);
    f->engine.seconds = 0;
    mute_agent_end(f->w, f->home, f->agent);
    home_end(f->w, f->home);
}

static void begin_waiting(struct folder *f)
{
    ctx_forgive(&f->cx);
    f->began_ms = now_monotonic_ms();
}

static void check_late(struct folder *f, enum err err)    // G6 H1 H2
{
    int64_t took = now_monotonic_ms() - f->began_ms;
    check(err == ERR_BUSY);
    check_text(f->cx.detail.en, S("gpg did not answer in time."));
    int64_t least = f->engine.seconds * 1000;
    check(took >= least && took < least + SLACK_MS);
    check_nothing_is_left(f);
}

static enum err unlock(struct folder *f, str *plain)
{
    struct engine_signer s;
    return engine_unlock(&f->cx, &f->engine, S(CUSTOMER), f->locked, 1000, plain, &s);
}

static void G6_H1_an_agent_that_says_nothing(struct world *w)
{
    struct folder f = fall_silent(w, PROTOCOL_PGP);
    struct engine_signer s = {0};
    str out;
    begin_waiting(&f);
    check_late(&f, engine_sign(&f.cx, &f.engine, S(CUSTOMER), text, &out));
    begin_waiting(&f);
    check_late(&f, unlock(&f, &out));
    f.engine.seconds = 0;
    check(engine_verify(&f.cx, &f.engine, S(CUSTOMER), text, f.signature, &s) == OK
          && s.state == ENGINE_GOOD);    // needs no agent
    check_nothing_is_left(&f);
    speak_again(&f);
    check(unlock(&f, &out) == OK);
    check_text(out, text);
    home_end(w, f.home);    // the agent it has started
}

static void G6_H1_an_agent_that_says_nothing_to_gpgsm(struct world *w)
{
    struct folder f = fall_silent(w, PROTOCOL_CMS);
    struct engine_signer s;
    str out;
    begin_waiting(&f);
    check_late(&f, engine_sign(&f.cx, &f.engine, S(CUSTOMER), text, &out));
    begin_waiting(&f);
    check_late(&f, unlock(&f, &out));
    begin_waiting(&f);
    check_late(&f, engine_verify(&f.cx, &f.engine, S(CUSTOMER), text, f.signature, &s));
    speak_again(&f);
    check(unlock(&f, &out) == OK);
    check_text(out, text);
    home_end(w, f.home);    // the agent it has started
}

// gpgme looks for gpg by gpgconf, wherever PATH finds that.
static void G6_H1_a_gpg_that_does_not_even_start(struct world *w)
{
    const char *home = home_new(w, "asleep");
    struct ctx cx = {.arena = &w->kept, .now = w->now};
    struct engine e = {.home = str_from_z(home), .seconds = SECONDS};
    str path = keep(w, str_from_z(getenv("PATH")));
    run_in(w, home,
           "printf '#!/bin/sh\\nexec sleep 60\\n' > $GNUPGHOME/gpgconf; "
           "chmod 700 $GNUPGHOME/gpgconf");
    setenv("PATH", arena_z(&w->kept, arena_fmt(&w->kept, "%s:" STR_FMT, home, STR_ARG(path))),
           1);
    int64_t began_ms = now_monotonic_ms();
    enum err err = engine_check(&cx, &e);
    setenv("PATH", arena_z(&w->kept, path), 1);
    check(err == ERR_BUSY && now_monotonic_ms() - began_ms < SECONDS * 1000 + SLACK_MS);
    check_text(cx.detail.en, S("gpg did not answer in time."));
    check(engine_check(&cx, &e) == OK);
}

// --- somebody else's signals -------------------------------------------------------------

struct hand {
    const char *home;
    int signal;
    pid_t hit;
};

static void *strike(void *arg)
{
    struct hand *h = arg;
    for (int i = 0; i < LONG * 1000 && h->hit == 0; i++) {
        h->hit = gpg_of(h->home);
        now_sleep_ms(1);
    }
    now_sleep_ms(50);    // it waits for its agent by now
    if (h->hit > 0)
        kill(h->hit, h->signal);
    return NULL;
}

static enum err unlock_under(struct folder *f, int signal)
{
    struct hand h = {.home = f->home, .signal = signal};
    pthread_t thread;
    str out;
    begin_waiting(f);
    check(pthread_create(&thread, NULL, strike, &h) == 0);
    enum err err = unlock(f, &out);
    pthread_join(thread, NULL);
    check(h.hit > 0);
    return err;
}

// "Cannot be decrypted" would be a lie: with the same mail it works again tomorrow.
static void G6_H3_gpg_is_killed_in_the_middle(struct world *w)
{
    for (int p = PROTOCOL_PGP; p <= PROTOCOL_CMS; p++) {
        struct folder f = fall_silent(w, (enum protocol)p);
        f.engine.seconds = 20;
        check(unlock_under(&f, SIGKILL) == ERR_BUSY);
        check(now_monotonic_ms() - f.began_ms < 10000);
        check_text(f.cx.detail.en, S("gpg ended before it was done."));
        check_nothing_is_left(&f);
        speak_again(&f);
        run_in(w, f.home, "rm -rf $GNUPGHOME");
    }
}

static void G6_H1_gpg_is_stopped(struct world *w)
{
    for (int p = PROTOCOL_PGP; p <= PROTOCOL_CMS; p++) {
        struct folder f = fall_silent(w, (enum protocol)p);
        f.engine.seconds = LONG;    // it must have begun when it is stopped
        check_late(&f, unlock_under(&f, SIGSTOP));
        speak_again(&f);
        run_in(w, f.home, "rm -rf $GNUPGHOME");
    }
}

static void H2_nothing_is_left_of_what_went_well(struct world *w)
{
    struct folder f = fall_silent(w, PROTOCOL_PGP);
    str out;
    speak_again(&f);
    run_in(w, f.home, "gpg-connect-agent /bye");    // an agent of nobody's
    check(prctl(PR_SET_CHILD_SUBREAPER, 1) == 0);
    f.files = open_files();
    f.engine.seconds = 0;
    for (int i = 0; i < 5; i++) {
        check(unlock(&f, &out) == OK);
        check_text(out, text);
        check_nothing_is_left(&f);
    }
    check(prctl(PR_SET_CHILD_SUBREAPER, 0) == 0);
    home_end(w, f.home);
}

const struct test engine_late_tests[] = {
    T(G6_H1_an_agent_that_says_nothing),
    T(G6_H1_an_agent_that_says_nothing_to_gpgsm),
    T(G6_H1_a_gpg_that_does_not_even_start),
    T(G6_H1_gpg_is_stopped),
    T(G6_H3_gpg_is_killed_in_the_middle),
    T(H2_nothing_is_left_of_what_went_well),
    {0},
};
