// SPDX-License-Identifier: GPL-3.0-or-later
// Signing in and out, the language, the own password.
#pragma once

#include "web/route.h"

extern const struct route login_routes[];
