// SPDX-License-Identifier: GPL-3.0-or-later
// The report of the portal: while the problem is typed, what may help stands below it.
//
//   G1  Whoever saw it is not asked again when the form is sent.
//   G2  Nothing moves away from under the cursor: the list grows below the field.

const WAIT_MS = 400;
const SHORTEST = 4;

const form = document.querySelector("form[data-report]");
const box = form?.querySelector("[data-known]");
const count = form?.querySelector("[data-known-count]");
let timer = 0;
let asked = "";

function link(known) {
  const li = document.createElement("li");
  const a = document.createElement("a");
  a.href = known.url;
  a.target = "_blank";
  a.textContent = known.title;
  a.lang = known.lang;
  li.append(a);
  if (known.foreign) {
    const note = document.createElement("small");
    note.className = "muted";
    note.textContent = ` (${known.foreign})`;
    li.append(note);
  }
  return li;
}

function seen() {    // G1
  if (form.elements.gesehen) return;
  const input = document.createElement("input");
  input.type = "hidden";
  input.name = "gesehen";
  input.value = "1";
  form.append(input);
}

function show(list) {
  box.querySelector("ul").replaceChildren(...list.map(link));
  box.hidden = list.length === 0;
  count.textContent = list.length > 0 ? count.dataset.knownCount + list.length : "";
  if (list.length > 0) seen();
}

async function ask(text) {
  if (text === asked) return;
  asked = text;
  if (text.length < SHORTEST) return show([]);
  try {
    const answer = await fetch(`${form.dataset.report}?q=${encodeURIComponent(text.slice(0, 300))}`);
    if (answer.ok && text === asked) show(await answer.json());
  } catch {
    // Without a connection there are no suggestions; the form works all the same.
  }
}

if (form && box) {
  form.elements.problem.addEventListener("input", (event) => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT_MS, event.target.value.trim());
  });
  const typed = form.elements.problem.value.trim();
  if (typed && !form.elements.gesehen) ask(typed);
}
