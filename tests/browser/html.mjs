// SPDX-License-Identifier: GPL-3.0-or-later
// Attacks in Debian's Chromium: every line of tests/corpus/html/attacks.txt is rebuilt by
// `staffel inspect html` and shown in a page that forbids nothing.  No script may run, nothing be
// asked, nothing leave its place.  The same lines untouched must run, or this test is blind.
//
//   node tests/browser/html.mjs
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const text = readFileSync("tests/corpus/html/attacks.txt", "utf8");
const attacks = text.split("=attacks\n")[1].split("\n").filter((l) => l !== "");
const wrappers = ["%s", "<svg>%s", "<table><tr><td>%s", "<p title=\"%s\">"];

function unescape(s) {
    const bytes = s.replace(/\\(x..|[ntr0\\])/g, (_, c) =>
        c[0] === "x" ? `\u{e000}${c.slice(1)}` : { n: "\n", t: "\t", r: "\r", 0: "\0", "\\": "\\" }[c]);
    const parts = bytes.split(/\u{e000}(..)/u);
    return Buffer.concat(parts.map((p, i) => (i % 2 ? Buffer.from(p, "hex") : Buffer.from(p))));
}

function rebuilt(bytes) {
    return new Promise((done) => {
        const p = spawn("build/staffel", ["inspect", "html"], { stdio: ["pipe", "pipe", "inherit"] });
        let out = "";
        p.stdout.setEncoding("utf8").on("data", (d) => (out += d));
        p.on("close", () => done(out));
        p.stdin.end(bytes);
    });
}

const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const context = await browser.newContext();
const ran = new Set(), asked = new Set();
await context.exposeBinding("told", (_, what) => ran.add(what));
await context.addInitScript(() => { globalThis.PWN = () => globalThis.told("script"); });
await context.route(/.*/, (route) => {
    const url = route.request().url();
    if (url === "http://page.invalid/") return route.fulfill({ contentType: "text/html", body: "<!doctype html><body>" });
    asked.add(url);
    return route.abort();
});

async function show(batch) {
    const page = await context.newPage();
    let strange = [];
    page.on("popup", () => strange.push("a window opened"));
    await page.goto("http://page.invalid/");
    strange = strange.concat(await page.evaluate(async (list) => {
        const out = [];
        for (const html of list) {
            const frame = document.createElement("iframe");
            frame.srcdoc = "<!doctype html><body>" + html;
            await new Promise((done) => { frame.onload = done; document.body.append(frame); setTimeout(done, 300); });
            const d = frame.contentDocument;
            if (d === null) { out.push("the frame went elsewhere"); continue; }
            for (const e of d.querySelectorAll("*")) {
                for (const kind of ["mouseover", "focus", "error", "load"]) e.dispatchEvent(new Event(kind));
                if (getComputedStyle(e).position !== "static") out.push("left its place: " + e.outerHTML.slice(0, 200));
                if (e.namespaceURI !== "http://www.w3.org/1999/xhtml") out.push("foreign: " + e.outerHTML.slice(0, 200));
                if (e.localName === "a" && e.hasAttribute("href") && !/^(https?|mailto|tel):/.test(e.href)) out.push("leads to " + e.href);
            }
        }
        await new Promise((done) => setTimeout(done, 300));
        return out;
    }, batch));
    await page.close();
    return strange;
}

async function run(name, list, expectHarm) {
    ran.clear();
    asked.clear();
    let strange = [];
    for (let i = 0; i < list.length; i += 100) strange = strange.concat(await show(list.slice(i, i + 100)));
    const leaks = [...asked].filter((u) => !/^(cid|about|data|blob):/.test(u));
    const harmed = ran.size + leaks.length + strange.length;
    const ok = expectHarm ? ran.size > 0 && leaks.length > 10 : harmed === 0;
    console.log(`${ok ? "ok  " : "FAIL"} ${name}: ${list.length} pages, scripts ran: ${ran.size}, requests: ${leaks.length}, strange: ${strange.length}`);
    if (!ok) for (const s of [...strange, ...leaks].slice(0, 8)) console.log("     " + s);
    return ok;
}

const harmless = attacks.filter((a) => !/refresh|frameset|<base|_top/.test(a));
let passed = 0;
passed += await run("untouched", harmless.map((a) => unescape(a).toString()), true);
for (const w of wrappers) {
    const list = [];
    for (let i = 0; i < attacks.length; i += 8)
        list.push(...await Promise.all(attacks.slice(i, i + 8).map((a) => rebuilt(unescape(w.replace("%s", () => a))))));
    passed += await run(`rebuilt in ${w}`, list, false);
}
await browser.close();
const failed = wrappers.length + 1 - passed;
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed);
