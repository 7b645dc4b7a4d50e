// SPDX-License-Identifier: GPL-3.0-or-later
// What is typed into the composer is kept on the server 800 ms after the last key and when the
// field is left; the server puts it back into the page, so nothing here restores anything.

const WAIT = 800;

function watch(form) {
  const status = form.querySelector(".saved");
  const english = document.documentElement.lang === "en";
  let timer = 0, dirty = false, sending = false;

  async function keep() {
    clearTimeout(timer);
    if (!dirty || sending) return;
    dirty = false;
    const body = new URLSearchParams();
    for (const name of ["csrf", "text", "notiz", "tag", "uhr"]) body.set(name, form.elements[name].value);
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body });
      if (!answer.ok) throw new Error(answer.status);
      const { saved } = await answer.json();
      status.textContent = (english ? "Draft kept " : "Entwurf gespeichert ") + saved;
    } catch {
      dirty = true;
      status.textContent = english ? "Not kept yet" : "Noch nicht gespeichert";
    }
  }

  form.addEventListener("input", () => {
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(keep, WAIT);
  });
  form.addEventListener("focusout", keep);
  document.addEventListener("visibilitychange", keep);
  form.addEventListener("submit", () => {
    sending = true;
    // Once is enough: the server knows the second by its key, but nobody should have to wonder.
    setTimeout(() => form.querySelectorAll("button").forEach((b) => { b.disabled = true; }));
  });
  addEventListener("pageshow", () => {
    sending = false;
    form.querySelectorAll("button").forEach((b) => { b.disabled = false; });
  });
}

document.querySelectorAll("form[data-draft]").forEach(watch);

// "Antworten" and "Intern" open the right half of the composer without a journey to the server.
for (const link of document.querySelectorAll("[data-write]")) {
  link.addEventListener("click", (event) => {
    const form = document.getElementById("antwort");
    const kind = [...form?.elements.art ?? []].find((r) => r.value === link.dataset.write);
    if (!kind) return;
    event.preventDefault();
    kind.checked = true;
    const field = form.elements[kind.value === "intern" ? "notiz" : "text"];
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
    field.scrollIntoView({ block: "center" });
  });
}

// The time to take a reply back runs out on the page as well.
const toast = document.querySelector("[data-undo]");
if (toast) setTimeout(() => toast.remove(), Number(toast.dataset.undo) * 1000);
