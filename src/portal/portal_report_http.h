// SPDX-License-Identifier: GPL-3.0-or-later
// The form of a report, the page that says thank you, and the quarantine.
#pragma once

#include "portal/portal_file.h"
#include "portal/portal_page_http.h"
#include "portal/portal_report.h"
#include "ticket/pick_http.h"
#include "web/route.h"

// What the form can be for.
struct portal_kind {
    const char *code;    // art=...
    enum ticket_type type;
    struct words title, lead, question, hint, button;
};

// Everything the form shows beside what was typed.
struct portal_report_page {
    const struct portal_desk *desk;
    const struct portal_kind *kind;
    str stamp, solution, tried;
    struct words promise;
    bool offered, seen;    // R2: known solutions stand above the form; they were seen
    struct portal_hit *known;
    isize n_known;
    struct portal_file *file;    // that were sent before and are kept
    isize n_file;
    struct pick goods;    // proposals for the device
};

extern const struct route portal_report_routes[];
