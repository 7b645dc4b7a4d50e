// SPDX-License-Identifier: GPL-3.0-or-later
// A mail that waits, as the text that says what is in it: who sends it builds it (build.h), and
// whoever only writes one is not held up by its form.
//
//   K1  What is kept builds the same mail, byte for byte, however often, as long as the program
//       and its libraries are the same ones.
//   K2  Only what mail_build() takes is kept: who writes it hears at once what is wrong.
//   K3  Files are not part of it.  A mail with files is built at once.
#pragma once

#include "mail/build.h"

fallible mail_draft_keep(struct ctx *cx, const struct mail_draft *d, str *out);
fallible mail_draft_read(struct ctx *cx, str kept, struct mail_draft *out);
