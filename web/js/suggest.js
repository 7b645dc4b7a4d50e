// SPDX-License-Identifier: GPL-3.0-or-later
// A field that finds something while one types: a combobox with a list below it (ARIA 1.2).
// The server writes the list; without this file the same words are sent with the form.
//
//   S1  The list is asked for 150 ms after the last key, and the newest question wins.
//   S2  The arrows move in the list, Enter or a click takes, Esc closes it and keeps what was
//       typed.  Enter with nothing chosen sends the form as ever.
//   S3  In a search ([data-open]) taking opens the page; elsewhere the field gets the number
//       and the title, as the server reads them (search/choose.h N1).

import { page } from "./page.js";

const WAIT_MS = 150, SHORTEST = 2;

function around(field) {
  const box = document.createElement("div");
  box.className = "proposing";
  field.replaceWith(box);
  box.append(field);
  return box;
}

function listFor(field) {
  const list = document.createElement("ul");
  list.id = field.id + "-list";
  list.className = "proposals";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.labels[0]?.textContent ?? "");
  list.hidden = true;
  field.removeAttribute("list");
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-controls", list.id);
  around(field).append(list);
  return list;
}

function suggest(field) {
  const list = listFor(field);
  let timer = 0, asked = 0, at = -1;

  function show(on) {
    list.hidden = !on;
    field.setAttribute("aria-expanded", String(on));
    if (!on) mark(-1);
  }

  function mark(n) {
    at = n;
    [...list.children].forEach((row, i) => row.setAttribute("aria-selected", String(i === n)));
    if (n < 0) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", list.children[n].id);
    list.children[n]?.scrollIntoView({ block: "nearest" });
  }

  function take(row) {
    const link = row.querySelector("a");
    show(false);
    if ("open" in field.dataset) return location.assign(link.href);
    field.value = `${row.querySelector(".number").textContent} ${link.textContent}`;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function fill(rows) {
    rows.forEach((row, i) => {
      row.id = `${list.id}-${i}`;
      row.setAttribute("role", "option");
      row.querySelector("a").tabIndex = -1;
    });
    list.replaceChildren(...rows.map((row) => document.adoptNode(row)));
    show(rows.length > 0);
    mark(-1);
  }

  async function ask() {
    const words = field.value.trim(), mine = ++asked;
    if (words.length < SHORTEST) return show(false);
    const url = new URL(field.dataset.suggest, location.href);
    url.searchParams.set("q", words);
    url.searchParams.set("teil", "1");
    const rows = [...(await page(url)).querySelectorAll("li")];
    if (mine === asked && document.activeElement === field) fill(rows);
  }

  function key(event) {
    const n = list.children.length;
    if (list.hidden || event.isComposing) return;
    if (event.key === "ArrowDown") mark(at + 1 < n ? at + 1 : -1);
    else if (event.key === "ArrowUp") mark(at >= 0 ? at - 1 : n - 1);
    else if (event.key === "Enter" && at >= 0) take(list.children[at]);
    else if (event.key === "Escape") show(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => ask().catch(() => show(false)), WAIT_MS);
  });
  field.addEventListener("keydown", key);
  field.addEventListener("blur", () => { asked++; clearTimeout(timer); show(false); });
  // Before the field loses the focus, and with it the list.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const row = event.target.closest("[role=option]");
    if (!row || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    take(row);
  });
}

document.querySelectorAll("input[data-suggest]").forEach(suggest);
