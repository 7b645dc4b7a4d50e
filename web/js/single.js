// SPDX-License-Identifier: GPL-3.0-or-later
// Whether single keys do anything in this browser; /w/tasten switches them.

const OFF = "staffel.keys";

export const singleKeys = () => localStorage.getItem(OFF) !== "off";

const choice = document.querySelector("[data-keys-choice]");
if (choice) {
  choice.hidden = false;
  const box = choice.querySelector("input");
  box.checked = singleKeys();
  box.addEventListener("change", () => localStorage.setItem(OFF, box.checked ? "on" : "off"));
}
