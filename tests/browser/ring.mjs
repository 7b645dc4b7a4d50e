// SPDX-License-Identifier: GPL-3.0-or-later
// Rückfrage live (DOMAIN J3) in two browsers: the first level asks from a call, the page of who
// is ready in the second level rings, one key answers, and it stops for the others.  The time
// from the key to the ring is measured; only its generous bound can fail.
//
//   J3   a call, asked live          34 keys at the first level, 4 at the second

import { chromium } from "playwright-core";
import { join } from "node:path";
import { Hands, signedIn } from "./journeys.mjs";

const ROUNDS = 6, BOUND_MS = 3000;

// When the page first shows what rings, by its own clock.
const watchRing = (page) => page.evaluate(() => {
    window.rang = new Promise((done) => {
        const look = () => document.querySelector(".rings .ring:not(.out)") && done(Date.now());
        new MutationObserver(look).observe(document.querySelector(".rings"), { childList: true });
        look();
    });
});

async function ready(page) {
    await page.goto("/w");
    const button = page.locator('button[name=bereit][value="1"]');
    if (await button.count()) await Promise.all([page.waitForLoadState("load"), button.click()]);
    await page.goto("/w/inbox");
    await page.waitForLoadState("networkidle", { timeout: 1500 }).catch(() => {});
}

async function round(l1, l2, other, problems, pictures) {
    await l1.goto("/w/call?von=%2B494066969114");
    await Promise.all([l2.goto("/w/inbox"), other.goto("/w/inbox")]);
    await Promise.all([watchRing(l2), watchRing(other)]);
    await l2.waitForTimeout(300);    // the page listens
    const h1 = new Hands(l1), h2 = new Hands(l2);
    await h1.type("wlan geht nicht router neu");
    await h1.pressAndGo("F4", /rueckfrage$/);
    const began = Date.now();
    await h1.pressAndGo("Control+Enter", /^[^?]*\/w\/t\/\d{4}-\d{4}$/);
    const rang = await Promise.race([l2.evaluate(() => window.rang), l2.waitForTimeout(BOUND_MS).then(() => 0)]);
    if (rang === 0) throw new Error("it does not ring");
    await other.waitForSelector(".rings .ring");
    if (pictures) await l2.screenshot({ path: join(pictures, "ring-at-second-level.png") });
    const url = l1.url();
    await h2.pressAndGo("a", /rueckfrage\/\d+$/);
    await other.waitForSelector(".rings .ring", { state: "detached", timeout: BOUND_MS }).catch(() => problems.push("it rings on for the others"));
    await l1.waitForSelector(".rings .ring.out b:has-text('ist da')", { timeout: BOUND_MS }).catch(() => problems.push("nobody tells the first level who is there"));
    if (pictures) await l1.screenshot({ path: join(pictures, "ring-at-first-level.png") });
    if (pictures) await l2.screenshot({ path: join(pictures, "ring-answer.png") });
    await h2.pressAndGo("Control+Enter", /\/w\/t\/\d{4}-\d{4}$/);
    // The answer comes to the page that is open, and at the case it stands once.
    await l1.waitForSelector(".rings .ring.out[data-ended] b:has-text('hat geantwortet')", { timeout: BOUND_MS }).catch(() => problems.push("the answer does not come by itself"));
    if (pictures) await l1.screenshot({ path: join(pictures, "ring-answered.png") });
    await l1.goto(url);
    await l1.waitForTimeout(500);
    if (await l1.locator(".rings .ring").count()) problems.push("the answer stands there twice");
    const text = await l1.locator(".timeline").innerText();
    if (!text.includes("Im Gespräch geklärt")) problems.push("the answer is not in the case");
    return { ms: rang - began, keys: [h1.keys, h2.keys] };
}

// H4: what was silenced stays so in another tab.  The last round was read at its case.
async function silencedEverywhere(l1, problems) {
    const tab = await l1.context().newPage();
    await tab.goto("/w");
    await tab.waitForTimeout(500);
    if (await tab.locator(".rings .ring").count()) problems.push("what was read stands there again in another tab");
    await tab.close();
}

export async function ring(browser, launch, base, tell, pictures) {
    const second = await chromium.launch(launch), problems = [], ms = [];
    let keys = [0, 0];
    try {
        const l1 = await signedIn(browser, base, "lea.brinkhorst");
        const l2 = await signedIn(second, base, "jonas.feddern"), other = await signedIn(second, base, "milena.kovacek");
        await ready(l2);
        await ready(other);
        for (let i = 0; i < ROUNDS; i++) {
            const r = await round(l1, l2, other, problems, pictures);
            ms.push(r.ms);
            keys = r.keys;
        }
        await silencedEverywhere(l1, problems);
        if (keys[0] > 34) problems.push(`${keys[0]} keys at the first level, and it may be 34`);
        if (keys[1] > 4) problems.push(`${keys[1]} keys at the second level, and it may be 4`);
    } catch (e) {
        problems.push(e.stack);
    }
    await second.close();
    tell(`journey J3: ${keys[0]} of 34 keys, ${keys[1]} of 4; key to ring ${ms.join(", ")} ms`, problems);
}
