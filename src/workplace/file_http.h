// SPDX-License-Identifier: GPL-3.0-or-later
// A file of a case, to be saved: /w/t/{nr}/anhang/{id}.
#pragma once

#include "web/route.h"

extern const struct route file_routes[];
