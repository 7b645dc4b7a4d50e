// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/thread.h"

#include <sys/resource.h>
#include <unistd.h>

enum { NICE = 10 };

// On Linux this is the thread's own, not the process's (sched(7)).  Where it fails, all are alike.
void thread_stand_back(void)
{
    (void)setpriority(PRIO_PROCESS, (id_t)gettid(), NICE);
}
