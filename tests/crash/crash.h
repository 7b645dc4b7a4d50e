// SPDX-License-Identifier: GPL-3.0-or-later
// Does a mail survive?  A server is killed again and again while mails come in; in the end
// every mail that was answered 250 must be there, whole, and once (SECURITY 4.2), and the answer to
// it must have gone out: once, or twice where that is marked (outbox O4).
//
//   kill    the process dies, the kernel lives: what was written stays written
//   power   the disk forgets what was not synced (testing/lossy.h, disk.c)
//
// A harness that cannot fail proves nothing: each control run breaks one rule on purpose, and
// must be caught.
#pragma once

#include "db/db.h"

enum control {
    CONTROL_NONE,
    CONTROL_SYNC_OFF,     // power: pragma synchronous = off
    CONTROL_NO_FOLDER,    // power: the folder is not synced after the rename
    CONTROL_EARLY,        // kill: 250 before the commit
    CONTROL_CHANGED,      // kill: the other side changes a mail when it brings it again
    CONTROL_LIAR,         // kill: the relay keeps what it says it does not take
    CONTROL_FORGETS,      // kill: the relay forgets what it says it has
    CONTROL_COUNT,
};

struct plan {
    str dir;
    str program;    // this one
    str relay;      // where answers go
    bool power;
    enum control control;
    int cycles;
    uint64_t seed;
};

// --- server.c: the child ---------------------------------------------------------------------

int server_main(int argc, char **argv);    // DIR SOCKET POWER CONTROL SEED DIE_AT RELAY

// --- sender.c: the other mail server
// -----------------------------------------------------------

struct sender;

struct sender *sender_new(const struct plan *p);
void sender_start(struct sender *s, int cycle);    // threads that send until the server is gone
void sender_gone(struct sender *s);    // it was killed: nobody waits for it
void sender_join(struct sender *s);
int sender_acknowledged(struct sender *s, int n);    // was mail n answered 250?
int sender_count(struct sender *s);                  // mails that exist
int64_t sender_again(struct sender *s);              // deliveries that had to be repeated
void sender_no_more(struct sender *s);               // only what is still owed

str mail_text(struct arena *a, int n);    // the bytes of mail n; the same each time

// --- sink.c: the relay our answers go to

struct sink;

struct sink *sink_start(const struct plan *p);
str sink_url(struct sink *s);
int sink_taken(struct sink *s, int n);    // how often did it take the answer to mail n?
void sink_stop(struct sink *s);

// --- check.c
// -----------------------------------------------------------------------------------

struct result {
    int64_t acknowledged, lost, damaged, doubled, aside;
    int64_t answers;                       // mails out
    int64_t twice, unknown;                // of them: marked as perhaps there twice; never answered
    int64_t out_lost, out_doubled, out_waits;    // what must not be
    bool whole;    // integrity_check
};

bool check_whole(const struct plan *p);
void check_all(const struct plan *p, struct sender *s, struct sink *k, struct result *r);
void check_hurry(const struct plan *p);    // what waits for its next try is due at once
void check_finish(const struct plan *p, struct sender *s);    // let the workers read everything

// --- disk.c
// --------------------------------------------------------------------------------------

void disk_start(bool sync_folders);
