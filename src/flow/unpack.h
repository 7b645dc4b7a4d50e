// SPDX-License-Identifier: GPL-3.0-or-later
// gzip, by zlib in the arena's memory.
//
//   U1  What is not compressed comes back as it is.
//   U2  More than `most` bytes, a damaged or a broken-off file are refused: a small file can
//       hold a very large one.
#pragma once

#include "base/ctx.h"

fallible unpack(struct ctx *cx, str bytes, isize most, str *out);
