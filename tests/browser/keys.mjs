// SPDX-License-Identifier: GPL-3.0-or-later
// Keys and the focus beside every field (keys.js, staffel.js).
//
//   K2   Ctrl+Enter beside every form sends the sheet, and on a page that is none nothing
//   a form that comes back is gone on with at what is wrong, the first of it on the page
//   signing in needs no mouse and no Tab but one

import { signedIn } from "./journeys.mjs";

const focused = (page) => page.evaluate(() => document.activeElement.id || document.activeElement.name);

async function nothingSent(page, ticket, problems) {
    const sent = [];
    const note = (r) => r.method() === "POST" && sent.push(r.url());
    await page.goto(ticket);
    page.on("request", note);
    await page.keyboard.press("Control+Enter");
    await page.waitForTimeout(300);
    page.off("request", note);
    if (sent.length) problems.push("the case itself was sent: " + sent);
}

async function theSheet(page, ticket, problems) {
    await page.goto(ticket + "/schwarm");    // its room has a form of its own, and that one is first
    await page.evaluate(() => document.activeElement.blur());
    const [request] = await Promise.all([page.waitForRequest((r) => r.method() === "POST"), page.waitForEvent("load"), page.keyboard.press("Control+Enter")]);
    if (!request.url().endsWith("/schwarm")) problems.push("it sent " + request.url());
}

async function atWhatIsWrong(page, ticket, problems) {
    await page.goto(ticket + "/geloest");
    await page.check("input[value=neu]");
    await Promise.all([page.waitForEvent("load"), page.keyboard.press("Control+Enter")]);
    await page.waitForSelector(".error-summary");
    const at = await focused(page), wrong = await page.locator(".error-summary a").first().getAttribute("href");
    if ("#" + at !== wrong) problems.push(`the focus is at ${at}, wrong is ${wrong}`);
}

async function firstOfThePage(browser, base, problems) {
    const page = await signedIn(browser, base, "sanne.verhoog");
    await page.goto("/a/postfaecher/neu");
    await Promise.all([page.waitForEvent("load"), page.locator("main .button.primary").click()]);
    const at = await focused(page);
    if (at !== "address") problems.push("the focus is at " + at);
    await page.context().close();
}

async function signedInByKeys(browser, base, problems) {
    const page = await (await browser.newContext({ baseURL: base, locale: "de-DE" })).newPage();
    await page.goto("/anmelden");
    for (const [name, password, to] of [["yunus.aldemir", "falsch", "password"], ["", "nordlicht-demo", ""]]) {
        await page.keyboard.type(name);
        if (name) await page.keyboard.press("Tab");
        await page.keyboard.type(password);
        await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
        if (to && await focused(page) !== to) problems.push("the focus is at " + await focused(page));
    }
    if (!new URL(page.url()).pathname.startsWith("/w")) problems.push("not signed in: " + page.url());
    await page.context().close();
}

export async function keys(browser, base, tell, ticket) {
    const page = await signedIn(browser, base, "grace.wetherfield");
    const own = Object.entries({ nothingSent, theSheet, atWhatIsWrong }).map(([name, run]) => [name, (p) => run(page, ticket, p)]);
    const others = Object.entries({ firstOfThePage, signedInByKeys }).map(([name, run]) => [name, (p) => run(browser, base, p)]);
    for (const [name, run] of [...own, ...others]) {
        const problems = [];
        try {
            await run(problems);
        } catch (e) {
            problems.push(e.stack);
        }
        tell("keys " + name, problems);
    }
    await page.context().close();
}
