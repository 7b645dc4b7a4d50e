// SPDX-License-Identifier: GPL-3.0-or-later
// Single keys.  Which key does what stands in the page, in aria-keyshortcuts of a button or a
// link, so no key exists without something to press, and each language has its own letters.
//
//   K1  Never while somebody types, never with Alt or AltGr; letters by event.key, so the
//       keyboard's layout decides.
//   K2  Ctrl+Enter sends the form one is in; beside every form it sends the sheet, and where the
//       page is no sheet nothing: nobody wrote there.  Esc leaves the field and keeps its text;
//       Ctrl+K leads to the search from wherever one types.
//   K3  They can be switched off (/w/tasten); the choice stays in this browser.

import { singleKeys } from "./single.js";

const PLACES = { e: "/w/inbox", i: "/w/inbox", t: "/w", w: "/w/kb", k: "/w/kb", p: "/w/pflichten", c: "/w/call" };
let leader = 0;

const isField = (e) => e.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(e.tagName) && !/^(checkbox|radio|button|submit)$/.test(e.type);

// A menu that is not open hides what is in it, and still its keys are those of the page.
const inMenu = (e) => e.closest("details.menu")?.offsetParent != null;

function pressable(key) {
  return [...document.querySelectorAll("[aria-keyshortcuts]")].find(
    (e) => e.getAttribute("aria-keyshortcuts").split(" ").includes(key) && (e.offsetParent !== null || inMenu(e)));
}

function send(field) {
  const form = field.form;
  if (!form) return false;
  const part = field.closest?.("[data-part]");    // of a form with several
  form.requestSubmit(part?.querySelector("footer button") ?? form.querySelector("button.primary") ?? undefined);
  return true;
}

function search() {
  const field = document.getElementById("suche");
  field?.focus();
  field?.select();
  return field !== null;
}

function whileTyping(event) {
  const control = event.ctrlKey || event.metaKey;
  if (event.key === "Enter" && control) return send(event.target);
  if (event.key === "k" && control) return search();
  if (event.key === "Escape") {
    event.target.blur();
    return true;
  }
  return false;
}

function undo() {
  const button = document.querySelector("[data-undo] button");
  button?.click();
  return button !== null;
}

const sheet = () => document.querySelector("form[data-sheet] .button.primary, .sheet .button.primary")?.form;

function withControl(event) {
  if (event.key === "k") return search();
  if (event.key === "z") return undo();
  return event.key === "Enter" && send({ form: event.target.closest("form") ?? sheet() });
}

function single(event) {
  if (Date.now() < leader && PLACES[event.key]) {
    location.href = PLACES[event.key];
    return true;
  }
  leader = event.key === "g" ? Date.now() + 1500 : 0;
  if (leader > 0) return true;
  if (event.key === "?") {
    location.href = "/w/tasten";
    return true;
  }
  const found = pressable(event.key);
  found?.click();
  return found !== undefined;
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey || event.getModifierState("AltGraph")) return;
  const control = event.ctrlKey || event.metaKey;
  const done = isField(event.target) ? whileTyping(event)
    : control ? withControl(event)
      : singleKeys() && single(event);
  if (done) event.preventDefault();
});
