// SPDX-License-Identifier: GPL-3.0-or-later
// The journeys of the first and the second level by hand: every key and every click is counted
// and held against what the journey may cost.  A page that needs more has become slower to use.
//
//   J1   a call of somebody known, solved by what is known          26 keys
//   J2   a call of somebody new, written down and handed over       132
//   J2b  a hand-over from an open case                              3, and the text
//   J3   the call with the new router: another level is asked while
//        the customer waits, and the case comes back on a day     34
//        the same on the second level                            4, and the answer
//   J4   solved by a solution that exists                           10
//   J6   returned, with the solution that would have done           9
//   J7   a reply, and taken back while that is offered               2, and the text
//
// Ctrl+Enter is one key, as it is one thing to do.

const PASSWORD = "nordlicht-demo";
const LEVEL_TWO = { Netz: "jonas.feddern", Telefonie: "ole.tiedgens", Arbeitsplatz: "rahel.zumbrunn" };

// Two hands at a page: nothing is done to it but through them.
export class Hands {
    constructor(page) {
        this.page = page;
        this.keys = 0;
    }
    async press(...keys) {
        for (const key of keys) {
            this.keys++;
            await this.page.keyboard.press(key);
        }
    }
    async type(text) {
        this.keys += [...text].length;
        await this.page.keyboard.type(text);
    }
    async pressAndGo(key, where) {
        this.keys++;
        await Promise.all([this.page.waitForURL(where), this.page.keyboard.press(key)]);
        await this.page.waitForLoadState("load");
    }
}

export async function signedIn(browser, base, login) {
    const context = await browser.newContext({ baseURL: base, locale: "de-DE", viewport: { width: 1440, height: 1000 } });
    const page = await context.newPage();
    await page.goto("/anmelden");
    await page.fill("#login", login);
    await page.fill("#password", PASSWORD);
    await Promise.all([page.waitForURL((u) => !u.pathname.startsWith("/anmelden")), page.press("#password", "Enter")]);
    await page.goto("/sprache?l=de&to=/w/inbox");
    return page;
}

export async function journeys(browser, base, tell) {
    const at = (login) => signedIn(browser, base, login);

    async function journey(name, most, run) {
        const problems = [];
        let keys = 0;
        try {
            keys = await run(problems);
            if (keys > most) problems.push(`${keys} keys, and it may be ${most}`);
        } catch (e) {
            problems.push(e.stack);
        }
        tell(`journey ${name}: ${keys} of ${most} keys`, problems);
    }

    const shows = async (page, problems, selector, text) => {
        const seen = await page.locator(selector).allInnerTexts();
        if (!seen.some((s) => s.includes(text))) problems.push(`no “${text}” in ${selector}: ${seen.join(" | ").slice(0, 200)}`);
    };
    const ofCase = (u) => /^\/w\/t\/\d{4}-\d{4}$/.test(u.pathname);

    const lea = await at("lea.brinkhorst");

    async function askedTeam(url) {
        await lea.goto(url);
        return (await lea.locator(".path .asked > span:not(.level)").innerText()).split("\n")[0].trim().split(" ")[0];
    }

    await journey("J1", 26, async (problems) => {
        await lea.goto("/w/call?von=%2B494066969114");    // the telephone system opens it
        const h = new Hands(lea);
        await h.type("wlan geht nicht router");
        await lea.waitForSelector("article.best .steps input");
        await h.press("F2", "Space");
        await h.pressAndGo("F9", ofCase);
        await shows(lea, problems, ".ticket-head .badge", "Gelöst");
        await shows(lea, problems, ".suggestions", "L-101");
        await shows(lea, problems, ".aside", "Hannelore Tappendorf");
        return h.keys;
    });

    let asked, answer = "Nicht erreichbar, seit drei Tagen still. Bitte Gerät tauschen.";
    await journey("J3", 30, async (problems) => {
        await lea.goto("/w/call?von=%2B494066969114");
        const h = new Hands(lea);
        await h.type("wlan geht nicht");
        await lea.waitForSelector("article.best .steps input");
        await h.press("F2", "Space");    // the first step is tried, and fails
        await h.pressAndGo("F4", /rueckfrage$/);
        await h.type("Erreichbar?");
        if (!await lea.$("input[name=team]:checked")) await h.press("Tab", "1");
        await h.pressAndGo("Control+Enter", ofCase);
        await shows(lea, problems, ".facts", "Rückfrage beantworten");    // the ball is theirs
        await shows(lea, problems, ".facts", "Servicetelefon");    // the customer stays ours
        asked = lea.url();
        return h.keys;
    });

    await journey("J3 second level", 4 + answer.length, async (problems) => {
        const page = await at(LEVEL_TWO[await askedTeam(asked)]);
        await page.goto(asked);
        const h = new Hands(page);
        await h.pressAndGo("n", /rueckfrage\/\d+$/);
        await h.type(answer);
        await h.pressAndGo("Control+Enter", ofCase);
        await shows(page, problems, ".timeline", answer);
        await page.context().close();
        return h.keys;
    });

    await journey("J3 until the day", 34 - 30, async (problems) => {
        await lea.goto(asked);
        await shows(lea, problems, ".timeline", answer);
        const h = new Hands(lea);
        await h.pressAndGo("w", /warten$/);    // hers since the call
        await h.press("3");
        await h.pressAndGo("Control+Enter", ofCase);
        await shows(lea, problems, ".ticket-head .badge", "Wartet auf Termin");
        return h.keys;
    });

    let handed;    // the case of J2 goes on in J6
    await journey("J2", 132, async (problems) => {
        await lea.goto("/w/call?von=%2B4930901820");
        const h = new Hands(lea);
        await h.type("Petra Nowak");
        await h.press("Tab", "Tab");
        await h.type("router startet dauernd neu, kein netz");
        await h.press("Tab", "2");
        await h.pressAndGo("F8", /uebergabe$/);
        if (await lea.locator("#team input:checked").count() === 0) await h.press("1");
        await h.press("w");
        await h.type("Neustart und anderes Netzteil ohne Erfolg, erreichbar bis 18 Uhr.");
        await h.pressAndGo("Control+Enter", ofCase);
        await shows(lea, problems, ".path .asked", "Übergabe");
        await shows(lea, problems, ".lagebild", "router startet dauernd neu");
        await shows(lea, problems, ".aside", "Petra Nowak");
        handed = lea.url();
        return h.keys;
    });

    let solved;    // the case of J2b goes on in J4
    await journey("J2b", 83, async (problems) => {
        await lea.goto("/w/call");
        await lea.fill("#wer", "Jette Harms");
        await lea.fill("#erreichbar", "jette.harms@example.org");
        await lea.fill("#sagt", "wlan im neuen Router nicht zu finden");
        await Promise.all([lea.waitForURL((u) => u.pathname !== "/w/call"), lea.press("#sagt", "Enter")]);
        await lea.goto(lea.url().replace("/w/call/", "/w/t/"));
        const h = new Hands(lea);
        await h.pressAndGo("h", /uebergabe$/);
        if (await lea.locator("#team input:checked").count() === 0) await h.press("1");
        await h.press("w");
        await h.type("Neustart ohne Erfolg, Taster gedrückt, zweites Gerät sieht das Netz auch nicht.");
        await h.pressAndGo("Control+Enter", ofCase);
        await shows(lea, problems, ".path .asked", "Übergabe");
        solved = lea.url();
        return h.keys;
    });

    // Whoever belongs to the asked team takes the case; what that costs is no part of the journey.
    async function accepted(url) {
        const page = await at(LEVEL_TWO[await askedTeam(url)]);
        await page.goto(url);
        await page.locator('a[href*="/annehmen/"]').first().click();
        if (await page.locator("input[name=proposed]").count()) await page.keyboard.press("1");
        else await page.fill("#line", "Ich schaue es mir an.");
        await Promise.all([page.waitForURL(ofCase), page.keyboard.press("Control+Enter")]);
        return page;
    }

    await journey("J6", 9, async (problems) => {
        const page = await accepted(handed);
        const h = new Hands(page);
        await h.pressAndGo("z", /zurueck$/);
        await h.press("2");
        await h.type("L-101");
        await h.pressAndGo("Control+Enter", ofCase);
        await shows(page, problems, ".path .asked", "Rückgabe");
        await page.context().close();
        return h.keys;
    });

    await journey("J4", 10, async (problems) => {
        const page = await accepted(solved);
        const h = new Hands(page);
        await h.pressAndGo("f", /geloest$/);
        await h.press("#");
        await h.type("wlan");
        await page.waitForSelector("[role=option]");
        const title = await page.locator("[role=option] a").first().innerText();
        await h.press("ArrowDown", "Enter");
        await h.pressAndGo("Control+Enter", ofCase);
        await shows(page, problems, ".ticket-head .badge", "Gelöst");
        await shows(page, problems, ".suggestions", title);
        await page.context().close();
        return h.keys;
    });

    const reply = "Bitte schalten Sie den Router einmal aus und wieder an.";
    await journey("J7", 2 + reply.length, async (problems) => {
        await lea.goto(solved);
        await lea.fill("#text", "");
        const h = new Hands(lea);
        await lea.focus("#text");
        await h.type(reply);
        const sent = lea.waitForEvent("load");
        await h.press("Control+Enter");
        await sent;
        const undo = await lea.locator(".toast button").boundingBox(), { height } = lea.viewportSize();
        if (!undo || undo.y < 0 || undo.y + undo.height > height) problems.push("what takes it back is out of sight");
        await Promise.all([lea.waitForEvent("load"), h.press("Control+z")]);
        await lea.waitForSelector("#text");
        if (!(await lea.inputValue("#text")).includes(reply)) problems.push("the text did not come back");
        return h.keys;
    });

    await lea.context().close();
}
