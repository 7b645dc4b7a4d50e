// SPDX-License-Identifier: GPL-3.0-or-later
// Every page in Debian's Chromium: desktop and phone width, light and dark, German and English,
// with and without JavaScript.  A page passes when it answers, breaks no policy, logs no error,
// asks no foreign host, does not scroll sideways, and axe finds nothing.  Before that, the
// journeys (journeys.mjs): what a call, a hand-over, a return cost in keys.
//
//   node tests/browser/run.mjs [--pictures FOLDER] [PATH...]
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";
import { journeys } from "./journeys.mjs";
import { call } from "./call.mjs";
import { keys } from "./keys.mjs";
import { words } from "./words.mjs";
import { ring } from "./ring.mjs";

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const args = process.argv.slice(2);
const pictures = args[0] === "--pictures" ? args.splice(0, 2)[1] : null;
const PASSWORD = "nordlicht-demo";

const dir = mkdtempSync(join(tmpdir(), "staffel-browser-"));
const server = spawn("build/staffel", ["demo", "--data", join(dir, "data"), "--listen", "127.0.0.1:0"],
    { stdio: ["ignore", "ignore", "pipe"] });
let log = "";
server.stderr.on("data", (d) => (log += d));

async function port() {
    for (let i = 0; i < 600; i++) {
        const m = /serving port=(\d+)/.exec(log);
        if (m) return m[1];
        await new Promise((r) => setTimeout(r, 100));
    }
    throw new Error("the demo does not start:\n" + log);
}

let passed = 0, failed = 0;
function tell(name, problems) {
    if (problems.length === 0) passed++;
    else failed++;
    console.log(`${problems.length ? "FAIL" : "ok  "} ${name}`);
    for (const p of problems.slice(0, 6)) console.log("     " + p);
}

const base = `http://127.0.0.1:${await port()}`;
const launch = {
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync"],
};
const browser = await chromium.launch(launch);

const screens = [
    { name: "desktop-light", width: 1440, height: 1000, colorScheme: "light" },
    { name: "phone-dark", width: 360, height: 780, colorScheme: "dark" },
];

async function context(lang, screen, javaScriptEnabled) {
    return browser.newContext({
        baseURL: base, locale: lang === "de" ? "de-DE" : "en-GB", javaScriptEnabled,
        viewport: { width: screen.width, height: screen.height }, colorScheme: screen.colorScheme,
    });
}

async function signIn(ctx, login) {
    const page = await ctx.newPage();
    await page.goto("/anmelden");
    await page.fill("#login", login);
    await page.fill("#password", PASSWORD);
    await Promise.all([page.waitForURL((u) => !u.pathname.startsWith("/anmelden")), page.press("#password", "Enter")]);
    await page.close();
}

function watch(page, problems) {
    page.on("console", (m) => { if (m.type() === "error") problems.push("console: " + m.text()); });
    page.on("pageerror", (e) => problems.push("script: " + e.message));
    page.on("request", (r) => { if (!r.url().startsWith(base) && !r.url().startsWith("data:") && !r.url().startsWith("blob:")) problems.push("foreign: " + r.url()); });
}

async function judge(ctx, path, js) {
    const problems = [];
    const page = await ctx.newPage();
    watch(page, problems);
    const reply = await page.goto(path, { waitUntil: "load" });
    if (reply.status() !== 200) problems.push("status " + reply.status());
    if (!(reply.headers()["content-security-policy"] ?? "").includes("default-src 'none'")) problems.push("no policy");
    if (js) {
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (wide > 0) problems.push(`scrolls sideways by ${wide} px`);
        // axe is put in over the debugging protocol: the page's own policy allows no foreign script.
        const session = await page.context().newCDPSession(page);
        await session.send("Runtime.evaluate", { expression: axe });
        const found = await session.send("Runtime.evaluate", {
            expression: "axe.run(document, {resultTypes: ['violations']}).then(r => JSON.stringify(r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ')).slice(0, 3).join(', '))))",
            awaitPromise: true, returnByValue: true,
        });
        for (const v of JSON.parse(found.result.value ?? "[]")) problems.push("axe " + v);
    }
    return { page, problems };
}

async function look(lang, screen, login, paths) {
    const ctx = await context(lang, screen, true);
    if (login) await signIn(ctx, login);
    await ctx.request.get(`/sprache?l=${lang}&to=/anmelden`);
    for (const [name, path] of paths) {
        const { page, problems } = await judge(ctx, path, true);
        if (pictures) await page.screenshot({ path: join(pictures, `${name}-${lang}-${screen.name}.png`), fullPage: screen.width < 500 });
        await page.close();
        tell(`${name} ${lang} ${screen.name}`, problems);
    }
    await ctx.close();
}

// Suggestions while typing: the arrows choose, Enter takes; in the search field it opens.
async function suggestions(ticket) {
    const ctx = await context("de", screens[0], true), problems = [];
    await signIn(ctx, "lea.brinkhorst");
    const page = await ctx.newPage();
    watch(page, problems);
    await page.goto(ticket + "/geloest");
    await page.check("input[value=andere]");
    await page.locator("#other").pressSequentially("wla");
    await page.waitForSelector("#other-list li");
    await page.press("#other", "ArrowDown");
    const marked = await page.getAttribute("#other", "aria-activedescendant");
    if (marked !== "other-list-0") problems.push("the arrow marks " + marked);
    if (pictures) await page.screenshot({ path: join(pictures, "suggestions.png") });
    await page.press("#other", "Enter");
    const value = await page.inputValue("#other");
    if (!/^L-\d+ ./.test(value)) problems.push("taken: " + value);
    await page.locator("#suche").pressSequentially("wlan");
    await page.waitForSelector("#suche-list li");
    await page.press("#suche", "Escape");
    if (await page.isVisible("#suche-list") || await page.inputValue("#suche") !== "wlan") problems.push("Esc does not only close");
    await page.press("#suche", "ArrowDown");
    await page.locator("#suche").pressSequentially(" ka");
    await page.waitForSelector("#suche-list li");
    if (pictures) await page.screenshot({ path: join(pictures, "suggestions-search.png") });
    await page.press("#suche", "ArrowDown");
    await Promise.all([page.waitForURL(/\/w\/(kb|t)\//), page.press("#suche", "Enter")]);
    await ctx.close();
    tell("suggestions while typing", problems);
}

// On a phone the solutions stand on the first screen, before the questions.
async function callOnPhone() {
    const ctx = await context("de", screens[1], true), problems = [];
    await signIn(ctx, "lea.brinkhorst");
    const page = await ctx.newPage();
    watch(page, problems);
    await page.goto("/w/call?von=%2B494066969114");
    await page.locator("#sagt").pressSequentially("wlan geht nicht router neu");
    await page.waitForSelector("#vorschlaege .best");
    const top = (selector) => page.locator(selector).first().evaluate((e) => e.getBoundingClientRect().top + scrollY);
    const known = await top("#vorschlaege");
    if (known > screens[1].height) problems.push(`what is known is ${known} px down`);
    if (await top("#vorschlaege .best") > await top(".call fieldset")) problems.push("the questions come before the solutions");
    await ctx.close();
    tell("a call on the phone", problems);
}

// Without JavaScript: the address of the first case of the inbox, from its own link.
async function firstCase() {
    const ctx = await context("de", screens[0], false);
    await signIn(ctx, "lea.brinkhorst");
    const page = await ctx.newPage();
    await page.goto("/w/inbox");
    const href = await page.locator('a[href^="/w/t/"]').first().getAttribute("href");
    await ctx.close();
    return href.split("?")[0];
}

if (pictures) mkdirSync(pictures, { recursive: true });
try {
    const ticket = await firstCase();
    const staff = [["inbox", "/w/inbox"], ["day", "/w"], ["ticket", ticket], ["handover", ticket + "/uebergabe"],
        ["solve", ticket + "/geloest"], ["call", "/w/call"], ["knowledge", "/w/kb"], ["solution", "/w/kb/L-101"],
        ["duties", "/w/pflichten"], ["ring", "/w/klingel"], ["consult", ticket + "/rueckfrage"], ["lead", ticket + "/leitung"], ["search", "/w/suche?q=wlan"], ["keys", "/w/tasten"], ["me", "/w/ich"]];
    const open = { de: [["home", "/de/"], ["report", "/de/melden"], ["find", "/de/suche?q=wlan"], ["login", "/anmelden"]],
        en: [["home", "/en/"], ["report", "/en/report"], ["find", "/en/search?q=wifi"], ["login", "/anmelden"]] };
    if (!args.length || args.includes("journeys")) await journeys(browser, base, tell);
    if (!args.length || args.includes("ring")) await ring(browser, launch, base, tell, pictures);
    if (!args.length || args.includes("call")) await call(browser, base, tell);
    if (!args.length || args.includes("keys")) await keys(browser, base, tell, ticket);
    if (!args.length || args.includes("words")) await words(browser, base, tell);
    const wanted = (list) => (args.length ? list.filter(([n]) => args.includes(n)) : list);
    for (const screen of screens)
        for (const lang of ["de", "en"]) {
            await look(lang, screen, "lea.brinkhorst", wanted(staff));
            await look(lang, screen, null, wanted(open[lang]));
        }
    if (!args.length || args.includes("suggestions")) await suggestions(ticket);
    if (!args.length || args.includes("call")) await callOnPhone();
} catch (e) {
    tell("the run itself", [e.stack]);
} finally {
    await browser.close();
    server.kill("SIGTERM");
    await new Promise((r) => server.on("exit", r));
    rmSync(dir, { recursive: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
