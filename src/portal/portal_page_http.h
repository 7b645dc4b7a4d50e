// SPDX-License-Identifier: GPL-3.0-or-later
// Small words the portal's templates share.
#pragma once

#include "portal/portal.h"
#include "solution/solution.h"
#include "web/request.h"

struct portal_hit {
    int64_t key;
    str title, before, match, after;
    enum lang lang;
};

struct url portal_page_tel(struct arena *a, str phone);
struct url portal_page_mail(struct arena *a, str mail);
struct url portal_page_help(const struct page *p, int64_t key);    // /de/hilfe/L-118

// The report with what is known already: the words that were searched, the solution that did
// not help (0: none).
struct url portal_page_report(const struct page *p, str problem, int64_t key);

// Behind a signed link: "" is the case, "/geht" and so on what belongs to it.
struct url portal_page_case(const struct page *p, str token, const char *below);
struct url portal_page_file(const struct page *p, str token, int64_t id);
str portal_page_size(const struct page *p, int64_t bytes);    // 412 kB

str portal_page_hours(const struct page *p, const struct portal_desk *d);
const char *portal_page_lang(enum lang lang);
str portal_page_foreign(const struct page *p, enum lang lang);    // "in German", or empty
bool portal_page_is_number(const struct page *p, str q);    // 4182-2073
int portal_page_minutes(const struct solution *s);          // to read it
str portal_page_date(const struct page *p, instant t);

// Every handler of the portal begins with this (V1).
fallible portal_page_enter(struct ctx *cx, struct portal_desk *out);
