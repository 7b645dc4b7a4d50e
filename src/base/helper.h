// SPDX-License-Identifier: GPL-3.0-or-later
// A question is answered by a process of its own, so that it has an end whatever happens there.
//
// For libraries that start programs and wait for them without a clock.  gpgme (crypt/engine.h)
// waits for gpg's first word for ever, speaks to gpgsm line by line, and does not know the
// processes it started.  So who asks waits here, with a clock, and what is asked runs apart:
//
//      the program --> the helper --> the worker --> gpg, gpgsm
//      waits           has a clock    asks gpgme
//
//   H1  After so many seconds a question is late, and all that it started is killed: stopped or
//       mute, it makes no difference.
//   H2  Late or not, nothing is left of it: no process, no zombie, no descriptor.  What took a
//       session of its own is no part of it: gpg's agent belongs to the folder of keys and
//       outlives the question.
//   H3  What a worker says that was killed, or one of whose programs was killed, is no answer.
//   H4  The helper is this very program, started anew: nothing else has to be installed.  It has
//       nothing of ours but the question: no file, no connection, no lock.
#pragma once

#include "base/arena.h"

enum helper_end {
    HELPER_DONE = 1,
    HELPER_LATE,    // H1
    HELPER_DIED,    // H3
};

enum helper_end helper_ask(struct arena *a, str question, int64_t seconds, str *answer);

// The other side, for main(): are we the helper?  Then this is all we do.
bool helper_is_me(char **argv);
int helper_run(str (*answer)(struct arena *a, str question));
