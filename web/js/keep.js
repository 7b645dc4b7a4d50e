// SPDX-License-Identifier: GPL-3.0-or-later
// What is typed into a form is kept on the server 800 ms after the last key, and when the page is
// left; the server puts it back, so nothing here restores anything.

const KEEP_MS = 800;
const LAST_BYTES = 60000;    // as much as a page that is left may still send

// answered: what to do with the text of an answer that has one.
export function keep(form, answered = () => {}) {
  let timer = 0, dirty = false, sending = false;
  async function save() {
    clearTimeout(timer);
    if (!dirty || sending) return;
    dirty = false;
    const body = new URLSearchParams(new FormData(form));
    body.set("tun", "merken");
    try {
      const keepalive = String(body).length < LAST_BYTES;
      const answer = await fetch(form.action, { method: "POST", body, redirect: "error", keepalive });
      if (!answer.ok) dirty = true;
      else if (answer.status === 200) answered(await answer.text());
    } catch {
      dirty = true;
    }
  }
  form.addEventListener("input", () => {
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(save, KEEP_MS);
  });
  document.addEventListener("visibilitychange", save);
  addEventListener("pagehide", save);
  form.addEventListener("submit", () => { sending = true; });
  addEventListener("pageshow", () => { sending = false; });
}
