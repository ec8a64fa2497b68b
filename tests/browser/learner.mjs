// The learner's page in a real browser: what it counts, copies, prints, shows in frames, and lets a telephone scan.
//
//   node learner.mjs SITE CHROMIUM

import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { ARGUMENTS, judging, serve } from "./site.mjs";

const [site, executablePath] = process.argv.slice(2);
const qr = readFileSync(createRequire(import.meta.url).resolve("jsqr"), "utf8");
const server = await serve(site);
const { origin } = server;

const read = (path) => readFileSync(join(site, path, "index.html"), "utf8");
const award = (...marks) => {
  const id = readdirSync(join(site, "a")).sort().find((id) => id.length === 26 && marks.every((mark) => read(`a/${id}`).includes(mark)));
  if (!id) throw new Error(`no award's page has ${marks.join(" and ")}`);
  return `/a/${id}/`;
};
const ending = award('lang="fr"', 'id="expires"', 'id="state"');
const english = award('lang="en"', 'id="expires"', 'id="state"');
const endless = award('lang="fr"', "Sans date de fin", 'id="state"');
const withdrawn = award("Badge retiré.");
const hidden = award('id="holder"');

const browser = await chromium.launch({ executablePath, args: ARGUMENTS });
const judged = judging("learner");
const { judge } = judged;
const same = (claim, found, wanted) => judge(claim, found === wanted ? [] : [`"${found}" is not "${wanted}"`]);

/** A page of somebody else's, and what is on it. */
const FOREIGN = "/somebody-elses-page";
let foreign = "";

const open = async (path, { findings = [], clock, ...options } = {}) => {
  const context = await browser.newContext(options);
  await context.route(`**${FOREIGN}`, (route) => route.fulfill({ contentType: "text/html", body: foreign }));
  // What a browser asks of any page; our own name their picture.
  await context.route("**/favicon.ico", (route) => route.fulfill({ status: 204 }));
  const page = await context.newPage();
  page.on("console", (message) => message.type() === "error" && findings.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => findings.push(`script: ${error.message}`));
  page.asked = [];
  page.on("request", (request) => page.asked.push(request.url()));
  if (clock) await page.clock.setFixedTime(new Date(clock));
  await page.goto(origin + path, { waitUntil: "load" });
  return page;
};
const close = (page) => page.context().close();

// --- The countdown, at moments that people get wrong.

const moments = (path) => {
  const text = read(path.slice(1));
  const moment = (id) => Date.parse(new RegExp(`id="${id}" datetime="([^"]+)"`).exec(text)[1]);
  return [moment("issued"), moment("expires")];
};
const DAY = 86_400_000;
const midnight = (moment) => Math.floor(moment / DAY) * DAY;
const said = async (path, moment, options = {}) => {
  const page = await open(path, { clock: moment, ...options });
  const state = page.locator("#state");
  const text = (await state.isVisible()) ? (await state.innerText()).replaceAll(/[\u00a0\u202f]/g, " ") : "";
  await close(page);
  return text;
};
const [issued, expires] = moments(ending);
for (const timezoneId of ["Europe/Paris", "Pacific/Kiritimati", "America/Los_Angeles"]) {
  for (const [moment, wanted] of [
    [expires, "expiré depuis aujourd’hui"],
    [expires - 1, "expire aujourd’hui"],
    [midnight(expires), "expire aujourd’hui"],
    [midnight(expires) - 1, "expire demain"],
    [midnight(expires) - 1026 * DAY + 1, "expire dans 1 026 jours"],
    [midnight(expires) + DAY, "expiré depuis hier"],
    [midnight(expires) + 2 * DAY + 1, "expiré depuis 2 jours"],
    [issued - 1, "pas encore valable : commence demain"],
    [midnight(issued) - 40 * DAY, "pas encore valable : commence dans 40 jours"],
  ]) {
    same(`at ${new Date(moment).toISOString()} in ${timezoneId}`, await said(ending, moment, { timezoneId }), wanted);
  }
}
// Days are days across a leap day and across both changes of the clocks.
for (const from of ["2028-02-28T12:00:00Z", "2028-03-01T00:00:00Z", "2027-03-27T23:30:00Z", "2026-10-24T22:30:00Z"].map(Date.parse)) {
  const n = (midnight(expires) - midnight(from)) / DAY;
  const told = n > 1 ? `expire dans ${new Intl.NumberFormat("fr").format(n).replaceAll(/[\u00a0\u202f]/g, " ")} jours` : "";
  if (told && from >= issued) same(`from ${new Date(from).toISOString()}`, await said(ending, from, { timezoneId: "Europe/Paris" }), told);
}
const [, end] = moments(english);
same("in English", await said(english, midnight(end) - 3 * DAY), "expires in 3 days");
same("in English, after", await said(english, midnight(end) + 3 * DAY), "expired 3 days ago");
same("without an end there is nothing to count", await said(endless, Date.now()), "");
{
  const page = await open(withdrawn);
  same("a withdrawn badge counts no days", String(await page.locator("#state").count()), "0");
  const links = await page.locator(".ways a").evaluateAll((all) => all.map((one) => new URL(one.href).protocol).join());
  same("a withdrawn badge is offered to no network", links, "mailto:");
  same("nor to a profile", String(await page.locator("a[href*='linkedin.com']").count()), "0");
  await close(page);
}

// --- Sharing.
{
  const findings = [];
  const page = await open(ending, { findings, permissions: ["clipboard-read", "clipboard-write"] });
  const address = await page.locator("link[rel=canonical]").getAttribute("href");
  const link = page.locator(".share > .fields button").first();
  await link.focus();
  await page.keyboard.press("Enter");
  await page.locator(".share .told:not(:empty)").first().waitFor();
  same("the copied link", await page.evaluate(() => navigator.clipboard.readText()), address);
  await page.locator("summary").last().click();
  await page.locator("details").last().locator("button").first().click();
  const code = await page.evaluate(() => navigator.clipboard.readText());
  same("the copied code", code.startsWith(`<iframe src="${address}embed/"`), true);
  const others = page.asked.filter((url) => !url.startsWith(`${origin}/`));
  judge("nothing is asked of another host while sharing", others);
  const verify = await page.locator("a.button").first().getAttribute("href");
  same("verify now", verify, `/verify/#url=${address}credential.json`);
  const sent = new URL(await page.locator("a[href*='linkedin.com']").getAttribute("href"));
  same("LinkedIn is told this page", sent.searchParams.get("certUrl"), address);
  const labels = await page.locator(".share button").evaluateAll((all) => all.map((one) => one.getAttribute("aria-label") ?? one.textContent));
  judge("every button says what it copies", labels.length === new Set(labels).size ? [] : [labels.join(" | ")]);
  judge("the page has no complaint", findings);
  const bytes = Buffer.byteLength(read(ending.slice(1)));
  const requests = new Set(page.asked).size;
  judge("the page is light", bytes <= 60_000 && requests <= 12 ? [] : [`${bytes} bytes, ${requests} requests`]);
  await close(page);
}
{
  const page = await open(ending, { javaScriptEnabled: false });
  same("without JavaScript the link can be selected", (await page.locator("[data-copy]").first().innerText()).startsWith("https://"), true);
  same("and nothing is offered that only a script can do", String(await page.locator("main button:visible").count()), "0");
  await close(page);
}

// --- The QR code, read by a library that had no part in making it.
const scan = async (picture) => {
  const page = await open("/404.html", { bypassCSP: true });
  await page.evaluate(qr);
  const found = await page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    return globalThis.jsQR(data, image.width, image.height)?.data;
  }, picture.toString("base64"));
  await close(page);
  return found;
};
for (const [path, colorScheme] of [[ending, "light"], [ending, "dark"], [withdrawn, "light"]]) {
  const page = await open(path, { colorScheme, viewport: { width: 360, height: 800 } });
  const address = await page.locator("link[rel=canonical]").getAttribute("href");
  same(`the scanned code of ${path}, ${colorScheme}`, await scan(await page.locator("svg.qr").screenshot()), address);
  same("the address beside it", await page.locator(".address").innerText(), address);
  await close(page);
}

// --- Frames on somebody else's page.
{
  const page = await open(ending);
  const code = await page.locator("details").last().locator("[data-copy] code").first().textContent();
  await close(page);
  const findings = [];
  foreign = `<!DOCTYPE html><title>Somebody else</title>${code.replaceAll(/https:\/\/[^/]+/g, origin)}`;
  const host = await open(FOREIGN, { findings });
  const frame = host.frameLocator("iframe");
  await frame.locator("h1").waitFor();
  const shown = await frame.locator("img").evaluate((image) => image.complete && image.naturalWidth > 0);
  same("the picture is seen in a fenced frame", shown, true);
  same("the sheet is used there", await frame.locator("main").evaluate((main) => getComputedStyle(main).display), "grid");
  const { scroll, client } = await frame.locator("html").evaluate((html) => ({ scroll: html.scrollHeight, client: html.clientHeight }));
  judge("it fits its frame", scroll <= client ? [] : [`${scroll} px high in ${client}`]);
  judge("a framed page has no complaint", findings);
  await Promise.all([host.waitForURL(`${origin}${ending}`), frame.locator("a").click()]);
  judge("the frame leads to the page", []);
  same("no cookie is kept", JSON.stringify(await host.context().cookies()), "[]");
  await close(host);
}
{
  const described = JSON.parse(readFileSync(join(site, ending, "oembed.json"), "utf8"));
  const page = await open(ending);
  const link = await page.locator("link[type='application/json+oembed']").getAttribute("href");
  same("oEmbed is found from the page", link.endsWith(`${ending}oembed.json`), true);
  const code = await page.locator("details").last().locator("[data-copy] code").first().textContent();
  same("and tells the same frame", described.html, code);
  same("as oEmbed 1.0 wants it", [described.version, described.type, described.width, described.height].join(), "1.0,rich,480,200");
  const preview = new URL(await page.locator("meta[property='og:image']").getAttribute("content")).pathname;
  const [width, height] = await page.evaluate(async (url) => {
    const image = new Image();
    image.src = url;
    await image.decode();
    return [image.naturalWidth, image.naturalHeight];
  }, preview);
  const declared = await page.locator("meta[property^='og:image:']").evaluateAll((all) => all.map((one) => one.content));
  judge("the preview has the size it declares", width === 1200 && height === 630 && declared.includes("1200") && declared.includes("630") ? [] : [`${width} × ${height}, declared ${declared}`]);
  judge("the preview has a text", declared.some((text) => text.length > 20) ? [] : [declared.join(" | ")]);
  await close(page);
}

// --- Paper.
const sheets = async (page) => {
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  const boxes = pdf.match(/\/MediaBox\s*\[[^\]]*\]/g) ?? [];
  const pages = pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  return { pages, box: boxes[0] ?? "" };
};
/** Words of every sort that people, or those who wish them ill, may write. */
const WORDS = {
  "ten thousand letters without a space": "x".repeat(10_000),
  "ten thousand letters with spaces": "mot ".repeat(2_500),
  "words from right to left": "שלום עולם مرحبا بالعالم ".repeat(60) + "\u202e",
  "small pictures": "👩🏽‍🚀🏳️‍🌈🎖️".repeat(400),
  "a script": "<script>alert(1)</script>".repeat(40),
};
for (const [path, kind] of [[ending, "good"], [withdrawn, "withdrawn"], [hidden, "hidden"]]) {
  const page = await open(path);
  const { pages, box } = await sheets(page);
  same(`a ${kind} badge is on one sheet`, String(pages), "1");
  const [width, height] = box.match(/[\d.]+/g).slice(2).map(Number);
  judge("the sheet is A4", Math.abs(width - 595.28) < 1.5 && Math.abs(height - 841.89) < 1.5 ? [] : [box]);
  await close(page);
}
for (const [what, words] of Object.entries(WORDS)) {
  const page = await open(hidden, { viewport: { width: 320, height: 700 } });
  await page.evaluate((words) => {
    for (const one of document.querySelectorAll("main :is(h1, .lede, .statement, .name a, .facts dd, .prose p, .items li, .alignment a, .evidence p, .records a, .notice, #holder, .level)")) one.textContent = words;
  }, words);
  const { scrollWidth, clientWidth } = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return { scrollWidth, clientWidth };
  });
  judge(`${what} fit 320 px`, scrollWidth <= clientWidth ? [] : [`${scrollWidth} px wide in ${clientWidth}`]);
  same(`${what} fit one sheet`, String((await sheets(page)).pages), "1");
  await page.emulateMedia({ media: "print" });
  const seen = await page.locator("svg.qr").evaluate((code) => {
    const sheet = document.querySelector(".sheet").getBoundingClientRect();
    return code.getBoundingClientRect().bottom <= sheet.bottom + 1;
  });
  same(`${what} leave the code on the sheet`, seen, true);
  await close(page);
}

await browser.close();
server.close();
judged.end();
