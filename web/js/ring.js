// SPDX-License-Identifier: GPL-3.0-or-later
// What rings is shown on every open page of ours.  /w/klingel says what it is; the events of
// the server only say that something changed.
//
//   H1  A browser listens once, however many pages it has open: who holds the lock listens and
//       tells the others.
//   H2  Nothing takes the focus.  What is read aloud is text; the controls stand beside it.
//   H3  It makes a sound only where that was switched on (/w/tasten), and once for each ring.
//   H4  "Not now" silences it in this browser, in every tab and tomorrow, for nobody else.
//   H5  Who is ready, or waits for an answer, asks every ten seconds, too: events may be held up
//       on their way.
//   H6  What waits for a lead makes no sound and takes no room: its number stands in the menu.
//   H7  An answer stands until somebody says "Gelesen", or opens its case, where it stands as well.

import { page } from "./page.js";

const SOUND = "staffel.sound", HUSHED = "staffel.hushed", ASK_MS = 10000;
const place = document.querySelector("[data-ring-source]");
const english = document.documentElement.lang === "en";
const title = document.title;
const heard = new Set();

const spoken = document.createElement("span");
spoken.className = "visually-hidden";
spoken.setAttribute("role", "alert");

const name = (ring) => ring.dataset.ring + "." + ring.dataset.state;
const out = (ring) => ring.classList.contains("out");
const hushed = () => (localStorage.getItem(HUSHED) ?? "").split(" ");

function hush(ring) {    // H4
  localStorage.setItem(HUSHED, [...hushed().slice(-50), name(ring)].join(" "));
  ring.remove();
  say();
}

function sound() {    // H3: two short tones; a browser that wants a click first stays silent
  const audio = new AudioContext();
  if (audio.state !== "running") return void audio.close();
  for (const [at, hz] of [[0, 660], [0.25, 880]]) {
    const tone = audio.createOscillator(), gain = audio.createGain();
    gain.gain.value = 0.1;
    tone.frequency.value = hz;
    tone.connect(gain).connect(audio.destination);
    tone.start(audio.currentTime + at);
    tone.stop(audio.currentTime + at + 0.2);
  }
  setTimeout(() => audio.close(), 1000);
}

function say() {
  const rings = [...place.querySelectorAll(".ring")];
  const fresh = rings.filter((r) => !heard.has(name(r)));
  const calls = rings.filter((r) => !out(r));
  for (const r of fresh) heard.add(name(r));
  const words = (r) => [...r.querySelectorAll(out(r) ? "p" : "p:first-child")].map((e) => e.textContent.trim()).join(". ");
  if (fresh.length > 0) spoken.textContent = fresh.map(words).join(". ");
  if (calls.length > 0) document.title = (english ? "Live: " : "Es klingelt: ") + title;
  else if (document.title.endsWith(": " + title)) document.title = title;
  if (fresh.some((r) => calls.includes(r)) && localStorage.getItem(SOUND) === "on") sound();
}

function count(n) {    // H6
  for (const badge of document.querySelectorAll("[data-lead]")) {
    badge.hidden = !(n > 0);
    badge.textContent = n;
  }
}

function close(ring) {
  const button = document.createElement("button");
  button.className = "button quiet";
  button.type = "button";
  button.textContent = out(ring) ? (english ? "Read" : "Gelesen") : english ? "Not now" : "Gerade nicht";
  button.addEventListener("click", () => hush(ring));
  ring.append(button);
}

// H7: what the page showed when it was opened needs no second place.
function atItsCase(rings) {
  const here = document.querySelector("main[data-live]")?.dataset.live;
  for (const ring of rings) if (ring.dataset.ended && ring.dataset.case === here) hush(ring);
}

let asking = 0, opened = true;
async function look() {
  const mine = ++asking;
  let shown;
  try {
    shown = (await page(place.dataset.ringSource)).querySelector("[data-rings]");
  } catch {
    return;    // signed out, or no way to the server: the next event asks again
  }
  if (mine !== asking || !shown) return;
  place.dataset.ready = shown.dataset.ready ?? "";
  count(Number(shown.dataset.leads));
  if (opened) atItsCase([...shown.children]);
  opened = false;
  const now = [...shown.children].filter((r) => !hushed().includes(name(r)));
  if (now.map((r) => r.outerHTML).join() === place.dataset.was) return;
  place.dataset.was = now.map((r) => r.outerHTML).join();
  now.filter((r) => !out(r) || r.dataset.ended).forEach(close);
  place.replaceChildren(...now);
  say();
}

function listen(tell) {
  const events = new EventSource("/live");
  events.addEventListener("open", look);
  events.addEventListener("change", (event) => {
    if (!/^(engagement|escalation)\./.test(JSON.parse(event.data).kind)) return;
    look();
    tell();
  });
  const waits = () => place.dataset.ready || place.querySelector(".ring.out:not([data-ended])");
  setInterval(() => { if (waits()) look(); }, ASK_MS);    // H5
  return new Promise(() => {});    // for as long as the page lives
}

function begin() {
  const others = new BroadcastChannel("staffel-rings");
  others.addEventListener("message", look);
  const tell = () => others.postMessage("look");
  place.after(spoken);
  look();
  if (navigator.locks) navigator.locks.request("staffel-rings", () => listen(tell)).catch(() => {});
  else listen(tell);
}

if (place && "EventSource" in window && !location.pathname.startsWith("/w/klingel")) begin();

const choice = document.querySelector("[data-sound-choice]");
if (choice) {
  choice.hidden = false;
  const box = choice.querySelector("input");
  box.checked = localStorage.getItem(SOUND) === "on";
  box.addEventListener("change", () => localStorage.setItem(SOUND, box.checked ? "on" : "off"));
}
