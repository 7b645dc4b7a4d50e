// SPDX-License-Identifier: GPL-3.0-or-later
// Files of a form that came back to its writer: browsers forget them, we do not.
//
//   H1  A file waits for its form, which only its writer can name (portal_report_stamp), and
//       becomes an attachment when the form is sent at last.
//   H2  At most LIMIT_UPLOAD_FILES for each form, none over LIMIT_PORTAL_FILE.
//   H3  After a day it is gone, row and bytes.
//   H4  Bytes are removed by a later job only, when it is stored that nobody wants them any
//       more: so a work that is undone or run again (db/writer.h, W5) still finds them.
#pragma once

#include "job/job.h"
#include "message/attachment.h"

struct portal_file {
    int64_t id;
    str name, type;
    int64_t size;
    str sha256;
};

// `path` is a synced file of ours; it stays, its owner removes it.
fallible portal_file_keep(struct ctx *cx, str form, const struct portal_file *f, str path);
fallible portal_file_list(struct ctx *cx, str form, struct portal_file **out, isize *n);
fallible portal_file_drop(struct ctx *cx, str form,
                          int64_t id);    // its writer does not want it
fallible portal_file_take(struct ctx *cx, str form, struct attachment_new **out,
                          isize *n);    // H1

extern const struct job_kind portal_file_jobs[];    // "portal_file": H3
