// SPDX-License-Identifier: GPL-3.0-or-later
// Which thread goes first where there are more than processors.
#pragma once

// The calling thread stands back from now on, behind those that somebody waits for: people's
// pages, mail servers at the door, and the one that writes.  It is never starved.  A program that
// it starts stands back, too.
void thread_stand_back(void);
