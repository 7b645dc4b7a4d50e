// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes of a stranger that say they are a picture: which kind, and how large it would become.
//
//   P1  PNG, JPEG, GIF and WebP, told by their own first bytes and never by a name or a
//       header; their size is read as a browser reads it.  Everything else is none: SVG is a
//       page, not a picture.
//   P2  What would take more than LIMIT_PICTURE_PIXELS when unpacked is none.
//   P3  Nothing is unpacked here, and no byte beyond the end is looked at.
#pragma once

#include "base/base.h"

struct picture {
    const char *type;    // "image/png"
    int64_t width, height;
};

bool picture_read(str bytes, struct picture *out);
