// SPDX-License-Identifier: GPL-3.0-or-later
// The running program: its data, its threads, and how a piece of work gets a transaction.
//
//   T1  An option of `serve` that cannot be kept ends the start with a sentence that says why.
//   T2  The line with which it begins to serve says where it listens, for pages and for mail,
//       and which relay it hands mail to.
#pragma once

#include "db/pool.h"
#include "db/writer.h"
#include "web/site.h"

struct options {
    struct db_place place;
    str listen, lmtp, relay;
    str relay_login;    // a file that signs us in there (smarthost/smarthost.h, K1)
    str relay_rate;     // mails a minute
    str dkim;           // a file: the keys that mail is signed with (dkim/dkim.h, D6)
    str keys;           // a folder: the keys for S/MIME and PGP (crypt/crypt.h, C1)
    str auth_server;    // the name of our mail server in Authentication-Results
    str content, content_url;    // ADDR:PORT of the second origin (app/content.h), its address
    str trust;          // a file of certificates trusted beside the system's
    str own_hosts;      // of the operator's own net that may be asked (outside/service.h A2)
    str scanner;        // where clamd is (net/clamd.h)
    bool unscanned;     // take mail while it does not answer (intake/intake.h I5)
    bool quiet;
    bool as_it_is;      // data of an older program is not brought up to date, but refused
    bool any_age;       // nor refused: only what needs no statement of ours may be done with it
};

struct desk;

// T2: "port=8161 lmtp=127.0.0.1:2424 relay=smtp://mail.example:25".  The ports are those that
// were given to us where none was asked for.  Pure.
str desk_where(struct arena *a, const struct options *o, int port, int lmtp_port);

bool desk_is_there(struct ctx *cx, const struct options *o);    // always so for PostgreSQL

// Opens the data, migrates them if the options do not say otherwise, and starts the writer;
// nothing listens yet.
fallible desk_open(struct ctx *cx, const struct options *o, struct desk **out);
// Until SIGTERM.  opened: told once it listens; may be NULL.
fallible desk_serve(struct ctx *cx, struct desk *d, const struct options *o,
                    void (*opened)(str listen));
void desk_close(struct desk *d);
struct pool *desk_pool(struct desk *d);
const struct options *desk_options(const struct desk *d);

// One transaction, stored when this returns OK.
fallible desk_write(struct desk *d, struct ctx *cx, enum err (*run)(struct ctx *, void *),
                    void *arg);
