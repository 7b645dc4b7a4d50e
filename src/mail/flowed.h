// SPDX-License-Identifier: GPL-3.0-or-later
// RFC 3676: text/plain; format=flowed.  Lines that end in a blank go on in the next one.
#pragma once

#include "base/arena.h"

str flowed_unfold(struct arena *a, str text, bool delete_space);
