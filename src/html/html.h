// SPDX-License-Identifier: GPL-3.0-or-later
// The HTML of a mail is written anew from what is known to be harmless.
//
//   W1  What comes out has only the elements and attributes of html/allow.h, every element
//       ended in its order, every value quoted, every other "<", "&" and quotation mark
//       escaped.  Nothing edits it afterwards as text.
//   W2  It means the same to every parser: there is no element in it whose content is read by
//       other rules (scripts, sheets, SVG, MathML, forms), and written anew it stays as it is.
//   W3  Nesting, elements and output have limits; beyond them the text goes on without its
//       tags, and what is cut off is told.
//   W4  A picture of the same mail is shown; one that lies elsewhere is counted and left out,
//       unless the reader asked for it and the caller gives an address of ours.  One that says
//       itself that it is a pixel or nothing is there to count readers: it is left out always.
//   W5  A link opens a page of its own that learns nothing of us.
//   W6  The text of a mail is never lost to its markup: whatever is no tag is shown.
//
// There is no tree and no parser of others in between: docs/decisions/0011.
#pragma once

#include "base/arena.h"

struct html_picture {
    str content_id;
    str address;    // of ours
};

struct html_how {
    const struct html_picture *picture;
    isize pictures;
    bool keep_cid;    // write src="cid:..." as it is, for who looks at the result alone
    str (*remote)(void *arg, struct arena *a, str url);    // NULL: W4
    void *arg;
};

struct html_result {
    str html;
    isize remote;      // pictures that lie elsewhere
    isize trackers;    // of them, those that nobody would see
    bool cut;        // W3
};

// Well-formed UTF-8 in and out.
struct html_result html_rebuild(struct arena *a, str html, const struct html_how *how);
