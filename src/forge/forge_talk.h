// SPDX-License-Identifier: GPL-3.0-or-later
// What GitHub, GitLab and Gitea (Forgejo) call the same things: addresses of their interface,
// and their JSON as plain data.  Pure.
//
//   T1  GitHub's interface is at api.github.com, that of a server of one's own below /api/v3;
//       GitLab's below /api/v4, Gitea's below /api/v1.
//   T2  An issue is known by "#12", "12", "owner/name#12" or the address of its page; a page of
//       another project is none.
//   T3  Closed means fixed, unless the service says that it will not be done or is a duplicate.
//       A milestone's title is the version.
//   T4  A comment says that it is fixed when a line of it begins with "Fixed in 2.3.1" or the
//       like, in English or German, and its author belongs to the project: owner, member or
//       collaborator at GitHub, elsewhere who has been assigned the issue.  Others only
//       comment.
//   T5  What is missing or of another kind than it should be is no issue: ours is left alone.
//   T6  What a webhook is worth is decided by its signature: HMAC-SHA256 over the bytes
//       (GitHub, Gitea), or the secret itself (GitLab), compared in constant time.
#pragma once

#include "base/json.h"

enum forge_kind { FORGE_GITHUB = 1, FORGE_GITLAB, FORGE_GITEA };

struct forge_seen {    // an issue, as the service describes it
    int64_t number;
    bool closed, declined;
    str title, version, address, body;
    instant changed, created;
};

struct forge_said {    // a comment
    int64_t number;
    str author, text;
    instant at;
    bool trusted;    // T4
};

struct forge_heard {    // a webhook
    bool about;         // an issue of ours, perhaps
    str project;        // owner/name
    struct forge_seen issue;
    struct forge_said said;    // number 0: none
};

str forge_talk_root(struct arena *a, enum forge_kind kind, str url, str project);    // T1
str forge_talk_issue_url(struct arena *a, enum forge_kind kind, str url, str project,
                         int64_t number);
str forge_talk_list_url(struct arena *a, enum forge_kind kind, str url, str project,
                        int64_t page);    // newest first, FORGE_TALK_LIST a page
str forge_talk_comments_url(struct arena *a, enum forge_kind kind, str url, str project,
                            int64_t number, instant since);
str forge_talk_create_url(struct arena *a, enum forge_kind kind, str url, str project);
str forge_talk_new(struct arena *a, enum forge_kind kind, str title, str body);
str forge_talk_page(struct arena *a, enum forge_kind kind, str url, str project,
                    int64_t number);
str forge_talk_token(struct arena *a, enum forge_kind kind, str token);    // the field

enum { FORGE_TALK_LIST = 10 };

bool forge_talk_read(str typed, str url, str project, int64_t *number);    // T2

bool forge_talk_issue(enum forge_kind kind, const struct json *o, struct forge_seen *out);
bool forge_talk_comment(enum forge_kind kind, const struct json *o, const struct json *issue,
                        struct forge_said *out);
bool forge_talk_fixed(str text, str *version);    // T4
bool forge_talk_time(str text, instant *out);

bool forge_talk_signed(struct arena *a, enum forge_kind kind, str secret, str bytes,
                       str signature, str token);    // T6
void forge_talk_heard(enum forge_kind kind, str event, const struct json *o,
                      struct forge_heard *out);
