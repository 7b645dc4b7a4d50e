// SPDX-License-Identifier: GPL-3.0-or-later
// `staffel manual` prints staffel(8).
#pragma once

#include "app/command.h"

int manual_print(struct call *c);
