// SPDX-License-Identifier: GPL-3.0-or-later
// Loaded by every page; everything works without it.

import "./list.js";    // before keys.js: in a list, j k x o are the list's
import "./keys.js";
import "./draft.js";
import "./live.js";
import "./ring.js";
import "./call.js";
import "./sheet.js";
import "./suggest.js";
import "./portal.js";

// A browser obeys autofocus when it first paints; whoever types at once would be too early.
if (!location.hash) document.querySelector("[autofocus]")?.focus();
