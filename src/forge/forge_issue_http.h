// SPDX-License-Identifier: GPL-3.0-or-later
// From a case to the developers: the sheet /w/t/{nr}/entwicklung, and the same as a panel for
// the page of a problem.
//
//   E1  The form shows word for word what will be read there; nothing else of the case goes out
//       but a reference that means nothing to others (G3 of forge.h).
//   E2  What was typed comes back when it is refused.
//   E3  An issue shows its state, the version it is fixed in, and its page.
#pragma once

#include "forge/forge_issue.h"
#include "sheet/sheet_http.h"
#include "web/route.h"

struct forge_panel {
    const struct forge *forge;
    isize forges;
    const struct forge_issue *issue;
    isize issues;
    struct url action;
    str typed, title, body;
    forge_id chosen;
    bool released, stopped;    // stopped: the text names somebody (G3)
};

struct forge_sheet {
    struct sheet s;
    struct forge_panel panel;
};

// What the panel shows, and what its forms do.
fallible forge_issue_panel(struct ctx *cx, const struct request *rq, struct forge_about about,
                           struct forge_panel *out);
fallible forge_issue_act(struct ctx *cx, const struct request *rq, struct forge_about about);

// Creating one is asked for.  forge_issue_act() does not: whom it must not name (G3) is looked
// up for this only.
bool forge_issue_creates(const struct request *rq);
struct forge_issue_new forge_issue_typed(struct ctx *cx, const struct request *rq,
                                         const struct release_customer *customer);

const char *forge_issue_tone(enum forge_issue_state state);
struct url forge_issue_page(const struct forge_issue *i);
struct words forge_issue_title(const struct page *p, const struct forge_issue *i);

extern const struct route forge_issue_routes[];
