// SPDX-License-Identifier: GPL-3.0-or-later
// A Git service inside the test: speaks as GitHub, GitLab or Gitea do, wants their key, keeps
// issues and comments, counts what it is asked, and misbehaves on order.
#pragma once

#include "forge/forge_talk.h"

enum smithy_act {
    SMITHY_ANSWER = 1,
    SMITHY_401,
    SMITHY_404,
    SMITHY_LIMIT,    // 403, its limit is used up for 100 seconds
    SMITHY_429,      // Retry-After: 7
    SMITHY_503,
    SMITHY_HANG,
    SMITHY_LOSE,    // does it, and hangs up without an answer
    SMITHY_GIANT,
    SMITHY_LIE,      // of another issue
    SMITHY_NOISE,    // no JSON
    SMITHY_MOVED,    // 301 to elsewhere
};

enum { SMITHY_GIANT_BYTES = 3 << 20 };

struct smithy;

struct smithy *smithy_start(enum forge_kind kind);    // project "nord/router", key "geheim"
void smithy_stop(struct smithy *s);
str smithy_url(struct smithy *s);

void smithy_will(struct smithy *s, enum smithy_act act);    // the next requests, in this order
void smithy_clock(struct smithy *s, instant now);

int smithy_issue(struct smithy *s, const char *title);    // its number
void smithy_close(struct smithy *s, int number, const char *version, const char *reason);
void smithy_reopen(struct smithy *s, int number);
void smithy_comment(struct smithy *s, int number, const char *author, const char *text);

int smithy_asked(struct smithy *s);        // requests so far
int smithy_unchanged(struct smithy *s);    // answered by 304
int smithy_issues(struct smithy *s);
str smithy_body(struct smithy *s, int number);                     // as it was sent
str smithy_json(struct smithy *s, struct arena *a, int number);    // the issue
