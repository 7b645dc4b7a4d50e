// SPDX-License-Identifier: GPL-3.0-or-later
// Files between a browser and a case.
//
//   W1  Files of a form become attachments of a message; what lies in the folder of uploads
//       stays the request's, which removes it when it is answered.
//   W2  A file goes out as something to be saved, never as a page of ours (SECURITY 4.9).
//   W3  What strangers send is not larger than LIMIT_PORTAL_FILE, and does not come too often.
#pragma once

#include "message/attachment.h"
#include "web/request.h"

// The files of one field of the form, stored, for message_new.attachment.
fallible attachment_taken(struct ctx *cx, struct request *rq, const char *field,
                          struct attachment_new **out, isize *n);

fallible attachment_allowed(struct ctx *cx, struct request *rq, const char *field);    // W3

fallible attachment_send(struct ctx *cx, struct reply *rp, const struct attachment *a);
