// SPDX-License-Identifier: GPL-3.0-or-later
// What happens elsewhere is told, and shown only on request: no page moves under its reader.
// The server's events name kinds and keys; what is to be seen is fetched from the page itself.

import { page } from "./page.js";

const main = document.querySelector("main[data-live], main[data-list]");
const english = document.documentElement.lang === "en";

const words = (n) => english ? `Show ${n} new` : `${n} ${n === 1 ? "Neues" : "Neue"} zeigen`;

// A link to press, and apart from it a text that is read aloud: controls do not belong into a
// live region.
function pill(place, href) {
  const link = document.createElement("a");
  link.className = "button small";
  link.href = href;
  const spoken = document.createElement("span");
  spoken.className = "visually-hidden";
  spoken.setAttribute("role", "status");
  place.after(spoken);
  return (n) => {
    link.textContent = words(n);
    spoken.textContent = english ? `${n} new` : `${n} neu`;
    place.append(link);
    place.hidden = false;
  };
}

function onCase() {
  const show = pill(main.querySelector(".typing") ?? main, location.pathname + "#antwort");
  const number = document.querySelector("title").textContent;
  let fresh = 0;
  const events = new EventSource("/live?ticket=" + encodeURIComponent(main.dataset.live));
  events.addEventListener("change", (event) => {
    const { kind } = JSON.parse(event.data);
    if (!/^(message|engagement|escalation|ticket)\./.test(kind)) return;
    show(++fresh);
    document.title = `(${fresh}) ${number}`;
  });
}

function onList() {
  const show = pill(main.querySelector(".news"), location.href);
  let timer = 0;
  async function look() {
    timer = 0;
    const answer = await fetch(main.dataset.list);
    if (!answer.ok) return;
    const { new: n } = await answer.json();
    if (n > 0) show(n);
  }
  // Many things may happen at once; the list is asked once a second at most.
  new EventSource("/live").addEventListener("change", () => {
    timer = timer || setTimeout(look, 1000);
  });
}

// A room is looked at together, so here what changed is shown at once; but nothing that has the
// focus, and no field.
function inRoom(room) {
  let timer = 0;
  async function look() {
    timer = 0;
    const fresh = await page(location.pathname).catch(() => null);
    if (!fresh) return;
    for (const part of room.querySelectorAll("[data-now]")) {
      const now = fresh.getElementById(part.id);
      if (now && !part.contains(document.activeElement)) part.replaceWith(now);
    }
  }
  const events = new EventSource("/live?ticket=" + encodeURIComponent(room.dataset.room));
  events.addEventListener("change", (event) => {
    if (/^(room|engagement)\./.test(JSON.parse(event.data).kind)) timer = timer || setTimeout(look, 300);
  });
}

const room = document.querySelector("[data-room]");
if (room && "EventSource" in window) inRoom(room);
if (main && "EventSource" in window) {
  if (main.dataset.live) onCase();
  else onList();
}
