// SPDX-License-Identifier: GPL-3.0-or-later
// What stands around every page, and small words templates share.
#pragma once

#include "access/access.h"
#include "web/page.h"
#include "web/request.h"

enum nav {
    NAV_NONE,
    NAV_DAY,
    NAV_INBOX,
    NAV_RETURNED,
    NAV_WAITING,
    NAV_DUTIES,
    NAV_KNOWLEDGE,
    NAV_PROBLEMS,
    NAV_MAJOR,
    NAV_LEAD,
    NAV_CALL,
    NAV_HOURS,
};

struct url frame_css(void);
struct url frame_js(void);
str frame_title(struct page *p, str title, str site);
str frame_here(const struct page *p);    // the address of this page, for coming back
struct url frame_portal(const struct page *p, const char *de, const char *en);
bool frame_is(const struct page *p, const char *de, const char *en);    // or a page below it

// The same public page in this language: /de/melden is /en/report.  Others as they are.
str frame_in(struct arena *a, str path, enum lang lang);
bool frame_can(const struct page *p, enum permission what);
// The first page that somebody may see: calls and mails begin in the inbox of level 1, what others
// ask of levels 2 and 3 stands in "Mein Tag".
str frame_first(const struct who *who);
struct url frame_home(const struct page *p);    // the reader's
const char *frame_level(int level);             // 1st, 2nd, 3rd: the same in both languages
const char *frame_lang(enum lang lang);         // of a text that is not in the page's language

// From here on the first field that somebody typed into, or NULL: several words, and no password.
const struct field *frame_typed(const struct field *f);
