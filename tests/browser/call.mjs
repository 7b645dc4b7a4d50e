// SPDX-License-Identifier: GPL-3.0-or-later
// The call page by hand: what its keys do, and what they leave alone (call.h).
//
//   C10  F9 with nothing taken asks; F2 takes what stands first
//   C4   a tick stays with its solution while others are looked at
//   C14  what was typed is there again after a way to another page
//   C15  Ctrl+Z takes F9 back
//   lifecycle.h C7  that support has ended stands there while the line is typed
//   K2   Ctrl+K leads to the search from a field (keys.js)

import { Hands, signedIn } from "./journeys.mjs";

const LINE = "wlan geht nicht router";

async function begun(page, line = LINE) {
    await page.goto("/w/call?von=%2B494066969114");
    const h = new Hands(page);
    await h.type(line);
    await page.waitForSelector("article.best .steps input");
    return h;
}

async function nothingTaken(page, problems) {
    const h = await begun(page);
    await h.pressAndGo("F9", /w\/call$/);
    if (!await page.locator("#text-problem").count()) problems.push("F9 with nothing taken does not ask");
    if (await page.inputValue("#sagt") !== LINE) problems.push("what was typed is gone");
}

async function ticksStay(page, problems) {
    const h = await begun(page);
    await h.press("F2", "Space");
    const ticked = await page.locator(".steps input:checked").first().getAttribute("name");
    await Promise.all([page.waitForURL(/w\/call\/\d/), page.locator("button[name=zeigen]").first().click()]);
    if (await page.locator(".steps input:checked").count()) problems.push("a tick jumped to another solution");
    if (!await page.locator(`input.tick[name="${ticked}"]`).count()) problems.push("the tick is gone: " + ticked);
}

async function takenBack(page, problems) {
    const h = await begun(page);
    await h.press("F2", "Space");
    await h.pressAndGo("F9", /w\/t\/\d/);
    await h.pressAndGo("Control+z", /w\/call\/\d/);
    if (await page.inputValue("#sagt") !== LINE) problems.push("the line is gone");
    if (!await page.locator(".steps input:checked").count()) problems.push("the tick is gone");
}

async function kept(page, problems) {
    await page.goto("/w/call");
    await page.fill("#wer", "Petra Nowak");
    await page.fill("#sagt", "webmail geht nicht");
    await Promise.all([page.waitForURL(/w\/kb/), page.locator("nav a[href='/w/kb']").first().click()]);
    await page.goto("/w/call");
    const offered = page.locator(".notice", { hasText: "Petra Nowak" });
    await Promise.all([page.waitForURL(/weiter=/), offered.locator("a").click()]);
    if (await page.inputValue("#sagt") !== "webmail geht nicht") problems.push("the line is gone");
    await page.goto("/w/call");
    await Promise.all([page.waitForURL(/w\/call$/), offered.locator("button").click()]);
    if (await offered.count()) problems.push("what was thrown away is still offered");
}

async function outlived(page, problems) {
    await page.goto("/w/call?von=%2B494066969114");
    const h = new Hands(page), notice = page.locator("#vorschlaege p.notice.warn");
    await h.type("Fjord 2 blinkt rot");
    await notice.waitFor();
    if (!/Router Fjord 2/.test(await notice.textContent())) problems.push("it names another product");
    await page.fill("#sagt", "Fjord 4 blinkt rot");
    await notice.waitFor({ state: "detached" });
}

async function searchKey(page, problems) {
    for (const field of ["#sagt", "#text"]) {
        await page.goto("/w/call");
        await page.focus(field);
        await page.keyboard.press("Control+k");
        const at = await page.evaluate(() => document.activeElement.id);
        if (at !== "suche") problems.push(`Ctrl+K in ${field} leads to ${at}`);
    }
}

export async function call(browser, base, tell) {
    const page = await signedIn(browser, base, "lea.brinkhorst");
    for (const [name, run] of Object.entries({ nothingTaken, ticksStay, takenBack, kept, outlived, searchKey })) {
        const problems = [];
        try {
            await run(page, problems);
        } catch (e) {
            problems.push(e.stack);
        }
        tell("call " + name, problems);
    }
    await page.context().close();
}
