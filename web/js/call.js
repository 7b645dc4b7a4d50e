// SPDX-License-Identifier: GPL-3.0-or-later
// The phone capture: suggestions while the line is typed, and the function keys.  Every key
// presses a button of the page; without this file the buttons do the same.
const form = document.querySelector("form.call-form");

function element(name, className, text) {
    const e = document.createElement(name);
    if (className) e.className = className;
    if (text) e.textContent = text;
    return e;
}

function stepOf(step, i) {
    const li = element("li"), label = element("label"), box = element("input"), span = element("span", "", step.text);
    box.type = "checkbox";
    box.name = "s" + i;
    box.value = "1";
    if (step.expected) span.append(" ", element("small", "", "→ " + step.expected));
    label.append(box, " ", span);
    li.append(label);
    return li;
}

function answerOf(solution, best) {
    const article = element("article", best ? "answer best" : "answer"), header = element("header");
    if (best) header.append(element("kbd", "", "F2"), " ");
    header.append(element("h2", "", solution.title), " ", element("small", "", solution.key));
    article.append(header);
    if (best) {
        const steps = element("ol", "steps");
        solution.steps.forEach((s, i) => steps.append(stepOf(s, i)));
        article.append(steps);
    } else {
        const button = element("button", "button small", document.documentElement.lang === "en" ? "Show the steps" : "Schritte zeigen");
        button.name = "zeigen";
        button.value = solution.key;
        article.append(button);
    }
    return article;
}

function contactOf(c) {
    const button = element("button", "button small", [c.name, c.org].filter(Boolean).join(", ") + (c.phone ? " · " + c.phone : ""));
    button.name = "kontakt_nehmen";
    button.value = c.id;
    return button;
}

let asked = 0;
async function ask() {
    const mine = ++asked;
    const q = new URLSearchParams({ q: form.sagt.value, wer: form.wer ? form.wer.value : "" });
    const reply = await fetch(form.dataset.suggest + "?" + q, { headers: { Accept: "application/json" } });
    if (!reply.ok || mine !== asked) return;    // a newer question is under way
    const found = await reply.json();
    const list = document.getElementById("vorschlaege");
    if (list && form.sagt.value) {
        // Ticked steps stay: whoever reads them out must not lose their place.
        if (!list.querySelector("input:checked")) {
            for (const a of list.querySelectorAll("article:not(.open), p.empty")) a.remove();
            found.solutions.forEach((s, i) => list.append(answerOf(s, i === 0)));
            form.loesung.value = found.solutions.length ? found.solutions[0].key : "";
        }
    }
    const people = document.getElementById("treffer");
    if (people) people.replaceChildren(...found.contacts.map(contactOf));
}

let waiting = 0;
function soon() {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 120);
}

const keys = { F2: "f2", F4: "f4", F8: "f8", F9: "f9", Escape: "parken" };
const menu = ["f2", "f4", "f8", "f9"];    // Ctrl+. and 1 to 4, where function keys are not handy

const action = (what) => form.querySelector(`.actions button[value=${what}]`);

function act(what) {
    const box = form.querySelector(".steps input");
    if (what === "f2" && box) box.focus();
    else action(what).click();
}

// Enter in the caller's field takes the first who is offered.
function takeCaller() {
    const first = document.querySelector("#treffer button");
    if (!first || form.wer.value === "") return false;
    first.click();
    return true;
}

function digit(target, n) {
    if (target.closest(".actions") && menu[n - 1]) act(menu[n - 1]);
    else if (target.matches("[data-digits] input")) target.closest("[data-digits]").querySelectorAll("input")[n - 1]?.click();
    else return false;
    return true;
}

function press(e) {
    if (e.altKey || e.isComposing || (e.target !== document.body && !form.contains(e.target))) return;
    const control = e.ctrlKey || e.metaKey;
    let done = true;
    if (control && e.key === ".") action("f2").focus();
    else if (control) done = false;
    else if (keys[e.key]) act(keys[e.key]);
    else if (e.key === "Enter" && e.target === form.wer) done = takeCaller();
    else done = /^[1-4]$/.test(e.key) && digit(e.target, Number(e.key));
    if (!done) return;
    e.preventDefault();
    e.stopImmediatePropagation();    // keys.js has a use for some of them, too
}

if (form) {
    form.sagt.addEventListener("input", soon);
    form.wer?.addEventListener("input", soon);
    document.addEventListener("keydown", press, true);
}
