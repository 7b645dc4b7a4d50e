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

// What the page says is wrong, by the first link of its summary: the field one can go on with.
function wrong() {
  const id = document.querySelector(".error-summary a")?.hash.slice(1);
  const at = id ? document.getElementById(id) : null;
  return at?.matches("input, select, textarea") ? at : at?.querySelector("input, select, textarea");
}

// A browser obeys autofocus when it first paints; whoever types at once would be too early.
// Where a form came back, it says where to begin only beside what is wrong.
const first = document.querySelector("[autofocus]");
const beside = first?.closest("fieldset, .field")?.querySelector(".field-error");
if (!location.hash) (beside ? first : wrong() ?? first)?.focus();
