// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/thread.h"

#include <sys/resource.h>

enum { NICE = 10 };

// On Linux 0 is the thread and not its process (setpriority(2)).  Where it fails, all are alike.
void thread_stand_back(void)
{
    (void)setpriority(PRIO_PROCESS, 0, NICE);
}
