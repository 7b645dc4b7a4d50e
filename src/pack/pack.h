// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes made smaller for their row: what is read whole and searched by nobody, such as a mail as
// it came.  A block of LZ4 (lz4_Block_format.md); why it and not another:
// docs/decisions/0036-mails-are-packed.md.
//
//   Z1  What is taken out is what was put in, byte for byte.
//   Z2  What would not become smaller stays as it is.  So the size that is kept beside it tells
//       the two apart: as many bytes as that are the thing itself.
//   Z3  What does not come out at exactly that size is damaged, and ERR_BROKEN; whatever the bytes
//       are, nothing beyond the size is read or written.
#pragma once

#include "base/ctx.h"

str pack_in(struct arena *a, str bytes);

// size: of what was put in.
fallible pack_out(struct ctx *cx, str packed, isize size, str *out);
