// SPDX-License-Identifier: GPL-3.0-or-later
// A readable text made of a mail's HTML.  Not a filter: what comes out is text and is shown
// as text, so nothing in it can be dangerous.
//
//   T1  One walk, no tree: the work is linear and nothing is nested, whatever the HTML does.
//   T2  Paragraphs, lines, lists, table rows and quotations ("> ") stay visible as such.
//   T3  A link shows where it leads, unless its text says so already.
//   T4  What a mail program would hide (scripts, styles, display:none) is left out.
#pragma once

#include "base/arena.h"

str html_text(struct arena *a, str html);
