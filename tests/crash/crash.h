// SPDX-License-Identifier: GPL-3.0-or-later
// Does a mail survive?  A server is killed again and again while mails come in; in the end
// every mail that was answered 250 must be there, whole, and once (SECURITY 4.2).
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
    CONTROL_COUNT,
};

struct plan {
    str dir;
    str program;    // this one
    bool power;
    enum control control;
    int cycles;
    uint64_t seed;
};

// --- server.c: the child ---------------------------------------------------------------------

int server_main(int argc, char **argv);    // DIR SOCKET POWER CONTROL SEED DIE_AT

// --- sender.c: the other mail server
// -----------------------------------------------------------

struct sender;

struct sender *sender_new(const struct plan *p);
void sender_start(struct sender *s, int cycle);    // threads that send until the server is gone
void sender_join(struct sender *s);
int sender_acknowledged(struct sender *s, int n);    // was mail n answered 250?
int sender_count(struct sender *s);                  // mails that exist
int64_t sender_again(struct sender *s);              // deliveries that had to be repeated
void sender_no_more(struct sender *s);               // only what is still owed

str mail_text(struct arena *a, int n);    // the bytes of mail n; the same each time

// --- check.c
// -----------------------------------------------------------------------------------

struct result {
    int64_t acknowledged, lost, damaged, doubled, aside, receipts;
    bool whole;    // integrity_check
};

bool check_whole(const struct plan *p);
void check_all(const struct plan *p, struct sender *s, struct result *r);
void check_finish(const struct plan *p, struct sender *s);    // let the workers read everything

// --- disk.c
// --------------------------------------------------------------------------------------

void disk_start(bool sync_folders);
