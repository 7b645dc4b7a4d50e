// SPDX-License-Identifier: GPL-3.0-or-later
// Sheets (hand over, return, solve, ...) with fewer keys.  Everything here only helps: without
// it the same forms are sent by the same buttons.
//
//   J1  A digit chooses in the numbered choice and goes on to the field that belongs to it;
//       where none does, it stays on the choice, so that the letters of the sheet still are keys.
//       Enter on a choice goes on to the first gap, instead of sending a half-filled form, and so
//       does the letter of a choice when the numbered one is made.
//   J2  The contract counts while one types.
//   J3  What is typed is kept on the server 800 ms after the last key.  The hand-over sheet is
//       answered with what the customer would be told now.
//   J4  # leads to the field that takes a solution by its number or in words (suggest.js).

import { keep } from "./keep.js";

const english = document.documentElement.lang === "en";

// --- J1 ----------------------------------------------------------------------------------

const typing = (e) => /^(TEXTAREA|SELECT)$/.test(e.tagName) || e.tagName === "INPUT" && !/^(radio|checkbox)$/.test(e.type);

function goOn(form, radio) {
  const field = document.getElementById(radio.dataset.next)
    ?? form.querySelector(".term.missing textarea") ?? form.querySelector("textarea");
  if (!field) return;
  field.focus();
  field.setSelectionRange?.(field.value.length, field.value.length);
}

function choose(form, digit) {
  const radio = form.querySelectorAll("fieldset.numbered input[type=radio]")[digit - 1];
  if (!radio) return false;
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
  if (radio.dataset.next) goOn(form, radio);
  else radio.focus();
  return true;
}

// Not while somebody walks through the choices with the arrow keys, or clicks.
function lettered(form, event) {
  const choice = event.target.closest("fieldset.lettered");
  const made = form.querySelector("fieldset.numbered input:checked");
  if (choice && made && !choice.contains(document.activeElement)) goOn(form, event.target);
}

function nameSolution(form) {    // J4
  const other = form.querySelector("input[type=radio][data-next=other]");
  if (!other) return false;
  other.checked = true;
  goOn(form, other);
  return true;
}

function key(form, event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
  const radio = event.target.matches("fieldset.numbered input[type=radio]") && form.contains(event.target);
  let done = false;
  if (event.key === "Enter" && radio) {
    goOn(form, event.target);
    done = true;
  } else if (event.key === "#") {
    done = nameSolution(form);
  } else if (/^[1-9]$/.test(event.key)) {
    done = choose(form, Number(event.key));
  }
  if (!done) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

// --- J2 ----------------------------------------------------------------------------------

function count(form) {
  const fields = [...form.querySelectorAll("[data-term]")];
  const meter = form.querySelector("meter");
  if (!meter) return;
  let there = 0;
  for (const field of fields) {
    const filled = field.value.trim() !== "";
    there += filled;
    const term = field.closest(".term");
    if (!term || term.classList.contains("missing") === !filled) continue;
    term.classList.toggle("missing", !filled);
    term.querySelector(".state").textContent = filled ? (english ? "✓ there" : "✓ da") : english ? "○ missing" : "○ fehlt";
  }
  meter.value = there;
  form.querySelector("[data-count]").textContent = english ? `${there} of ${fields.length}` : `${there} von ${fields.length}`;
}

// --- J3 ----------------------------------------------------------------------------------

function told(sentence) {
  const said = document.querySelector("#told q");
  if (said) said.textContent = sentence;
}

const form = document.querySelector("form[data-sheet]");
if (form) {
  document.addEventListener("keydown", (event) => key(form, event), true);
  form.addEventListener("input", () => count(form));
  form.addEventListener("change", (event) => lettered(form, event));
  if (form.querySelector("button[value=zurueck]")) keep(form, told);
}
