// SPDX-License-Identifier: GPL-3.0-or-later
// Keys made for one test: two homes, the desk's and a customer's, each with its own agent.
#pragma once

#include "crypt/engine.h"
#include "testing/test.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define DESK     "hilfe@nordlicht.example"
#define CUSTOMER "maja@kunde.example"

static inline void run_in(struct world *w, const char *home, const char *fmt_command)
{
    str line = arena_fmt(&w->kept, "export GNUPGHOME='%s' LC_ALL=C; { %s; } >>'%s/log' 2>&1",
                         home, fmt_command, home);
    check(system(arena_z(&w->kept, line)) == 0);
}

static inline const char *home_new(struct world *w, const char *name)
{
    const char *home =
        arena_z(&w->kept, arena_fmt(&w->kept, STR_FMT "/%s", STR_ARG(w->place.dir), name));
    str made = arena_fmt(&w->kept, "mkdir -m 700 '%s'", home);
    check(system(arena_z(&w->kept, made)) == 0);
    return home;
}

static inline void home_end(struct world *w, const char *home)
{
    run_in(w, home, "gpgconf --kill all");
}

static inline void pgp_key(struct world *w, const char *home, const char *address)
{
    str c = arena_fmt(
        &w->kept,
        "gpg --batch --passphrase '' --quick-gen-key 'Maja <%s>' ed25519 cert,sign 0 && "
        "gpg --batch --passphrase '' --quick-add-key $(gpg --list-keys --with-colons %s "
        "| grep -m1 ^fpr | cut -d: -f10) cv25519 encr 0",
        address, address);
    run_in(w, home, arena_z(&w->kept, c));
}

static inline void cms_key(struct world *w, const char *home, const char *address)
{
    str c = arena_fmt(
        &w->kept,
        "printf 'Key-Type: RSA\\nKey-Length: 2048\\nKey-Usage: sign, encrypt\\n"
        "Serial: random\\nName-DN: CN=Maja\\nName-Email: %s\\n' "
        "> $GNUPGHOME/params && gpgsm --batch --disable-dirmngr --pinentry-mode loopback "
        "--passphrase-fd 3 --gen-key $GNUPGHOME/params > $GNUPGHOME/cert.pem 3</dev/null && "
        "gpgsm --batch --disable-dirmngr --import $GNUPGHOME/cert.pem && "
        "gpgsm --disable-dirmngr --list-keys --with-colons %s | grep -m1 ^fpr | cut -d: -f10 | "
        "sed 's/$/ S relax/' >> $GNUPGHOME/trustlist.txt && gpgconf --reload gpg-agent",
        address, address);
    run_in(w, home, arena_z(&w->kept, c));
}

static inline str file_in(struct world *w, const char *home, const char *name)
{
    return slurp(&w->kept, arena_z(&w->kept, arena_fmt(&w->kept, "%s/%s", home, name)));
}

// The public key as its owner sends it.
static inline str pgp_public(struct world *w, const char *home, const char *address)
{
    str c = arena_fmt(&w->kept, "gpg --armor --export %s > $GNUPGHOME/public.asc", address);
    run_in(w, home, arena_z(&w->kept, c));
    return file_in(w, home, "public.asc");
}

// An agent that takes every connection and never says a word: what a hanging one looks like.
static inline int mute_agent(struct world *w, const char *home)
{
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    run_in(w, home, "gpgconf --kill all; rm -f $GNUPGHOME/S.gpg-agent");
    str path = arena_fmt(&w->kept, "%s/S.gpg-agent", home);
    check(path.n < (isize)sizeof at.sun_path);
    memcpy(at.sun_path, path.p, (size_t)path.n);
    check(bind(fd, (const struct sockaddr *)&at, sizeof at) == 0 && listen(fd, 50) == 0);
    return fd;
}

static inline void mute_agent_end(struct world *w, const char *home, int fd)
{
    close(fd);
    run_in(w, home, "rm -f $GNUPGHOME/S.gpg-agent");
}
