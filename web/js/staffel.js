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

// The first field of the page that the summary says is wrong: there one can go on.
function wrong() {
  const named = [...document.querySelectorAll(".error-summary a")].map((a) => a.hash.slice(1));
  const at = [...document.querySelectorAll("[id]")].find((e) => named.includes(e.id));
  return at?.matches("input, select, textarea") ? at : at?.querySelector("input, select, textarea");
}

// A browser obeys autofocus when it first paints; whoever types at once would be too early.
// Where a form came back, it says where to begin only beside what is wrong.
const first = document.querySelector("[autofocus]");
const beside = first?.closest("fieldset, .field")?.querySelector(".field-error");
if (!location.hash) (beside ? first : wrong() ?? first)?.focus();
