// SPDX-License-Identifier: GPL-3.0-or-later
// The phone capture: suggestions while the line is typed, and the function keys.  Every key
// presses a button of the page; without this file the buttons do the same.
import { keep } from "./keep.js";

const form = document.querySelector("form.call-form");

function element(name, className, text) {
    const e = document.createElement(name);
    if (className) e.className = className;
    if (text) e.textContent = text;
    return e;
}

const english = document.documentElement.lang === "en";

function stepOf(step, name) {
    const li = element("li"), label = element("label"), box = element("input"), span = element("span", "", step.text);
    box.type = "checkbox";
    box.name = name;
    box.value = "1";
    if (step.expected) span.append(" ", element("small", "", "→ " + step.expected));
    label.append(box, " ", span);
    li.append(label);
    return li;
}

function helpedOf(key) {
    const label = element("label", "check"), box = element("input");
    box.type = "checkbox";
    box.name = "half";
    box.value = key;
    label.append(box, " ", element("span", "", english ? "This one helped" : "Diese Lösung hat geholfen"));
    return label;
}

function pick(name, value, text) {
    const button = element("button", "button small", text);
    button.name = name;
    button.value = value;
    return button;
}

function incidentOf(i) {
    const article = element("article", "answer incident"), header = element("header");
    header.append(element("kbd", "", "F2"), " ", element("h2", "", (english ? "Major incident " : "Großstörung ") + i.number + ": " + i.title));
    article.append(header);
    if (i.script) {
        const say = element("div", "say");
        say.append(element("p", "", english ? "Tell the caller" : "Sag am Telefon"), element("blockquote", "", i.script));
        article.append(say);
    }
    article.append(pick("stoerung", i.number, english ? "Belongs to it" : "Gehört dazu"));
    return article;
}

function answerOf(solution, best, key) {
    const article = element("article", best ? "answer best" : "answer"), header = element("header");
    if (key) header.append(element("kbd", "", "F2"), " ");
    header.append(element("h2", "", solution.title), " ", element("small", "", solution.key));
    if (solution.known) header.append(" ", element("span", "badge warn", (english ? "Known error " : "Bekannter Fehler ") + solution.known));
    article.append(header);
    if (best) {
        const steps = element("ol", "steps");
        solution.steps.forEach((s, i) => steps.append(stepOf(s, `${solution.key}.${i}`)));
        article.append(steps, helpedOf(solution.key));
    } else {
        article.append(pick("zeigen", solution.key, english ? "Show the steps" : "Schritte zeigen"));
    }
    return article;
}

function contactOf(c) {
    const button = pick("kontakt_nehmen", c.id, [c.name, c.org].filter(Boolean).join(", ") + (c.phone ? " · " + c.phone : ""));
    if (c.vip) button.append(" ", element("span", "badge info", "VIP"));
    return button;
}

// What the case itself says has a link, and stays.
function showOutlived(list, text) {
    const old = list.querySelector("p.notice");
    if (old && old.querySelector("a")) return;
    if (old) old.remove();
    if (text) list.prepend(element("p", "notice warn", text));
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
        showOutlived(list, found.outlived);
        // Ticked steps stay: whoever reads them out must not lose their place.
        if (!list.querySelector("input:checked") && !form.querySelector("input.tick")) {
            for (const a of list.querySelectorAll("article:not(.open), p.empty")) a.remove();
            const incident = found.incident && !list.querySelector(".incident");
            if (incident) list.prepend(incidentOf(found.incident));
            found.solutions.forEach((s, i) => list.append(answerOf(s, i === 0, i === 0 && !incident)));
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

// The incident; else into the steps of the open solution: what was taken is what helped, unless
// it is said otherwise.
function takeFirst() {
    const incident = form.querySelector("button[name=stoerung]");
    if (incident) incident.click();
    if (incident) return true;
    const helped = form.querySelector("input[name=half]");
    if (!helped) return false;
    helped.checked = true;
    (form.querySelector(".steps input") ?? helped).focus();
    return true;
}

function act(what) {
    if (what === "f2" && takeFirst()) return;
    action(what).click();
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
    keep(form);
}
