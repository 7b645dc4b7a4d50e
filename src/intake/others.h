// SPDX-License-Identifier: GPL-3.0-or-later
// Who else got a mail: To and Cc without ourselves and without its writer.
//
//   D1  One a line, name and address as the mail says them, each address once; for staff to read
//       (message/message.h, M12).  They prove and give nobody anything (SECURITY 4.7).
//   D2  Ourselves is every address of the desk, of its teams, of before, and the one it came to.
#pragma once

#include "intake/arrival.h"

fallible others_list(struct ctx *cx, const struct arrival *a, str *out);
