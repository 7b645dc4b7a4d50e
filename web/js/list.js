// SPDX-License-Identifier: GPL-3.0-or-later
// Moving in lists by key: j and k choose the next and the previous row and show it beside the
// list, Enter and o open it, x marks it, Shift+X marks everything from the last mark on.

import { page } from "./page.js";
import { singleKeys } from "./single.js";

const rows = [...document.querySelectorAll("li.row")];
const beside = document.querySelector(".inbox .preview");
let chosen = Math.max(0, rows.findIndex((r) => r.hasAttribute("aria-current")));
let marked = -1, asked = 0;

const link = (row) => row.querySelector("a");

// The whole page of the list with that row chosen: nothing is put together here that the server
// puts together.
async function preview(row) {
  const mine = ++asked;
  const url = new URL(location.href);
  url.searchParams.set("nr", link(row).pathname.split("/").pop());
  history.replaceState(null, "", url);
  const fresh = (await page(url)).querySelector(".inbox .preview");
  const old = document.querySelector(".inbox .preview");
  if (fresh && old && mine === asked) old.replaceWith(document.adoptNode(fresh));
}

function choose(n) {
  if (n < 0 || n >= rows.length) return;
  rows[chosen].removeAttribute("aria-current");
  chosen = n;
  rows[chosen].setAttribute("aria-current", "true");
  link(rows[chosen]).focus();
  if (beside) preview(rows[chosen]).catch(() => {});
}

function mark(range) {
  const box = rows[chosen].querySelector("input[type=checkbox]");
  if (!box) return;
  box.checked = range ? true : !box.checked;
  const from = Math.min(chosen, marked), to = Math.max(chosen, marked);
  if (range && marked >= 0)
    rows.slice(from, to + 1).forEach((r) => { r.querySelector("input[type=checkbox]").checked = true; });
  marked = chosen;
}

const KEYS = {
  j: () => choose(chosen + 1),
  k: () => choose(chosen - 1),
  o: () => link(rows[chosen]).click(),
  x: () => mark(false),
  X: () => mark(true),
};

if (rows.length > 0)
  document.addEventListener("keydown", (event) => {
    const field = /^(TEXTAREA|SELECT)$/.test(event.target.tagName)
      || event.target.tagName === "INPUT" && event.target.type !== "checkbox";
    if (field || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (!singleKeys() || !KEYS[event.key]) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    KEYS[event.key]();
  });
