// SPDX-License-Identifier: GPL-3.0-or-later
// Who asks, whether the request really comes from our pages, and what every answer carries.
//
//   N1  An unsafe request with a cookie must come from our own origin (Sec-Fetch-Site, Origin)
//       and carry the token of its session in the form.
//   N2  Before sign-in the token is bound to a cookie of its own, so that nobody can be signed
//       in to a stranger's account.  Who watches the machine (/health, /metrics) gets none.
//   N3  An API token in Authorization needs neither, and a cookie never opens the API for
//       another origin.
//   N4  The Content-Security-Policy allows no script, style or frame but our files.
//   N5  Below /hook/ programs of others tell us something: no cookie counts there, and what is told
//       proves itself by its signature, checked by the route.
//   N6  A form of ours whose token has grown old (its session or its day is over) was not sent:
//       it is shown again with what was typed and a new token.  Only when the browser itself
//       says that it is ours; else N1 refuses it.
//   N7  An API token opens /api/ and what a route marks as for programs (the stream of events), and
//       no page: elsewhere it is refused (403) before anybody asks whether it is a good one.
#pragma once

#include "web/route.h"

// Fills cx->who, the request's session, csrf and viewer; cx->lang where a person has chosen one.
fallible guard_identify(struct ctx *cx, struct request *rq);
fallible guard_permit(struct ctx *cx, const struct request *rq);
fallible guard_origin(struct ctx *cx, const struct request *rq);    // N1 N6
bool guard_is_ours(const struct exchange *x);                       // the browser says so
bool guard_is_https(const struct exchange *x);
enum lang guard_wished(const struct request *rq);    // by its path, a choice or the browser
void guard_headers(struct exchange *x, bool is_page, str frame);    // X3 N4
bool guard_is_api(const struct exchange *x);
bool guard_in_portal(const struct exchange *x);    // the pages for customers

// Who reads the answer: a colleague on a page of the desk's own, or perhaps a customer.  Known
// by the address and its route, so before anybody is identified, too.
bool guard_is_staff(const struct ctx *cx, const struct request *rq);
