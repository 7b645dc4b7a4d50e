// SPDX-License-Identifier: GPL-3.0-or-later
// Where developers work: a case or a problem is linked to an issue of a Git service (GitHub,
// GitLab, Gitea or Forgejo), and what becomes of the issue comes back.
//
//   G1  A service is data: kind, address, project, key, secret of its webhooks.  Key and secret
//       are stored locked (base/seal.h), never shown again and never logged.
//   G2  An issue is linked by its number or the address of its page, or created.  Of many cases
//       with one issue each is told; the issue is asked for once.
//   G3  Nothing leaves the house that its writer has not read; what says of whom it is
//       (engagement/release.h, of the same customer as anywhere: release_customer.h) only once
//       its writer has released it.
//   G4  An issue is created at most once, as far as anybody can know: its text carries a mark,
//       and before it is sent again the mark is looked for.  What the service refuses, or what
//       stays unclear for LIMIT_FORGE_TRIES tries, waits visibly for a person.
//   G5  When it is closed, or a comment of the project says that it is fixed, each open case
//       tells it; one that waits for a vendor or a date goes on.  So it is when the service
//       will not do it; when it is opened again, the cases tell that.
//   G6  Older news than what is known change nothing: a webhook that comes twice or late is
//       harmless.  What a webhook says is looked up once more.
//   G7  Comments become internal notes where the desk wants that, each once, and never reach a
//       customer.
//   G8  A service is asked no more often than it allows: ETag, Retry-After and the reset of its
//       limit are obeyed; one that fails waits longer each time (FORGE_PAUSE_S at most).
//       With a webhook that works it is asked every FORGE_CALM_S.
//   G9  Links follow a case into the one it was merged into.
#pragma once

#include "base/seal.h"
#include "forge/forge_talk.h"
#include "job/job.h"
#include "ticket/ticket.h"

KEY(forge_id);
KEY(forge_issue_id);

enum {
    FORGE_LOOK_S = 300,    // G8
    FORGE_CALM_S = 3600,
    FORGE_PAUSE_S = 4 * 3600,
    FORGE_ROUND = 20,    // issues that are asked for in one go
    FORGE_ROUND_S = 40,
    FORGE_VERSION = 60,    // bytes of a version's name
};

enum forge_state {
    FORGE_NEW = 1,
    FORGE_WORKS,
    FORGE_NO_ANSWER,
    FORGE_CERTIFICATE,
    FORGE_NOT_PUBLIC,    // an address the operator has not allowed
    FORGE_KEY,           // 401, 403
    FORGE_ABSENT,        // 404: no such project, or not for us
    FORGE_BUSY,          // 429, or its limit is used up
    FORGE_ILL,           // 5xx
    FORGE_SPEECH,        // answers that make no sense, or too much of them
    FORGE_LOCKED,        // the key that locked ours is not here
};

enum forge_issue_state {
    ISSUE_SENDING = 1,
    ISSUE_FAILED,    // could not be created (G4)
    ISSUE_LOOKED_FOR,
    ISSUE_OPEN,
    ISSUE_FIXED,
    ISSUE_DECLINED,    // will not be done
    ISSUE_GONE,        // 404, or moved
};

extern const struct ticket_word forge_kinds[], forge_states[], forge_issue_states[];

struct forge {
    forge_id id;
    tenant_id tenant;
    enum forge_kind kind;
    str url, project;
    str token, hook;    // locked
    bool notes, paused;
    enum forge_state state;
    str reason;
    instant looked, heard, again;
    int64_t fails, issues;
};

// What a person typed.  An empty key or secret leaves the one that is stored.
struct forge_wish {
    enum forge_kind kind;
    str url, project, token, hook;
    bool notes;
};

fallible forge_check(struct ctx *cx, struct forge_wish *w);    // completes it, too
fallible forge_add(struct ctx *cx, const struct seal *seal, const struct forge_wish *w,
                   forge_id *out);
fallible forge_change(struct ctx *cx, const struct seal *seal, forge_id id,
                      const struct forge_wish *w);
fallible forge_pause(struct ctx *cx, forge_id id, bool paused);
fallible forge_load(struct ctx *cx, forge_id id, struct forge *out);
fallible forge_list(struct ctx *cx, struct forge **out, isize *n);
fallible forge_look_now(struct ctx *cx, forge_id id);

// For a webhook: whichever desk's it is.
fallible forge_called(struct ctx *cx, forge_id id, struct forge *out);
bool forge_unlock(struct arena *a, const struct seal *seal, const struct forge *f, str *token,
                  str *hook);

bool forge_is_trouble(enum forge_state state);    // pure

struct forge_config {    // what the operator said
    str own;             // hosts of his own (outside/service.h A2)
    str trust;
    int64_t seconds;    // for an answer; 0: LIMIT_FORGE_S
};

// "forge.look": how a project's issues are; "forge.create".  Their config is a struct
// forge_config.
extern const struct job_kind forge_jobs[];
