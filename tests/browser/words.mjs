// SPDX-License-Identifier: GPL-3.0-or-later
// A word without an end, such as the address of a page that somebody pasted, makes no page wider
// than the screen: not the customer's, not the case, not the sheets.

import { signedIn } from "./journeys.mjs";

const WORD = "https://desk.example/" + "a1b2c3".repeat(40);
const WIDTHS = [360, 1280];

async function narrow(page, path, problems) {
    await page.goto(path);
    for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 800 });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        if (wide > width) problems.push(`${path} is ${wide} wide at ${width}`);
    }
}

async function reported(page) {
    await page.goto("/de/melden");
    await page.fill("[name=problem]", WORD);
    await page.fill("[name=name]", WORD.slice(0, 150));
    await page.fill("[name=mail]", "a".repeat(50) + "@" + "b".repeat(60) + ".example");
    await Promise.all([page.waitForURL(/danke/), page.click("main form button")]);
    const number = /\d{4}-\d{4}/.exec(await page.locator("main").innerText())[0];
    return [number, await page.locator("main a[href*='/v/']").getAttribute("href")];
}

export async function words(browser, base, tell) {
    const problems = [];
    const customer = await (await browser.newContext({ baseURL: base, locale: "de-DE" })).newPage();
    const grace = await signedIn(browser, base, "grace.wetherfield");
    try {
        const [number, own] = await reported(customer);
        await narrow(customer, own, problems);
        for (const sheet of ["", "/uebergabe", "/geloest", "/kunde"]) await narrow(grace, `/w/t/${number}${sheet}`, problems);
    } catch (e) {
        problems.push(e.stack);
    }
    tell("words without an end", problems);
    await customer.context().close();
    await grace.context().close();
}
