// The kinds of page of a built site in a real browser: in light and dark, on a telephone and a desk, with and without
// JavaScript.
//
//   node pages.mjs SITE CHROMIUM

import { createHash } from "node:crypto";
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join, normalize } from "node:path";
import { chromium } from "playwright-core";

const [site, executablePath] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What `--no-sandbox` costs is little: the only pages opened are our own. The rest keeps the browser off the network. */
const ARGUMENTS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update",
];
const TYPES = {
  ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".png": "image/png",
  ".json": "application/json", ".xml": "application/atom+xml", ".jpg": "image/jpeg", ".webp": "image/webp",
};

/** Serves the site as a static host does, and remembers what it was asked. */
const asked = [];
const server = createServer((request, response) => {
  asked.push(`${request.url} ${JSON.stringify(request.headers)}`);
  let file = join(site, normalize(decodeURIComponent(new URL(request.url, "http://localhost").pathname)));
  if (existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
  if (!existsSync(file)) return response.writeHead(404).end();
  response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
  return createReadStream(file).pipe(response);
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const origin = `http://127.0.0.1:${server.address().port}`;

/** The first folder of the site below `under` that the folders of `wanted` describe. */
const first = (under, wanted = () => true) => {
  const name = readdirSync(join(site, under), { withFileTypes: true }).filter((entry) => entry.isDirectory() && wanted(entry.name)).map((entry) => entry.name).sort()[0];
  if (!name) throw new Error(`there is no page below ${under}`);
  return `${under}${name}/`;
};
const award = (mark) => first("/a/", (id) => readFileSync(join(site, "a", id, "index.html"), "utf8").includes(mark));
const leveled = first("/badges/", (slug) => existsSync(join(site, "badges", slug, "v1", "level-1")));
const kinds = {
  home: "/", gallery: "/badges/", class: first("/badges/"), levels: leveled, version: `${leveled}v1/`, level: `${leveled}v1/level-1/`,
  issuer: first("/issuers/"), award: award("<main"), hidden: award('id="holder"'), withdrawn: award("Badge retiré."), ledger: "/a/",
  verify: "/verify/", text: "/comprendre/", english: "/en/", missing: "/404.html",
};

const browser = await chromium.launch({ executablePath, args: ARGUMENTS });
let [passed, failed] = [0, 0];
const judge = (claim, findings) => {
  if (findings.length === 0) return passed++;
  failed++;
  return findings.forEach((finding) => console.log(`${claim}: ${finding}`));
};

/** Opens a page; what the page itself complains about is collected in `findings`. */
const open = async (path, options, findings) => {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on("console", (message) => message.type() === "error" && findings.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => findings.push(`script: ${error.message}`));
  page.on("response", (response) => response.status() >= 400 && findings.push(`${response.status()}: ${response.url()}`));
  await context.route("**", (route) => {
    const { href } = new URL(route.request().url());
    if (href.startsWith(`${origin}/`) || href.startsWith("data:")) return route.continue();
    findings.push(`a request to another host: ${href}`);
    return route.abort();
  });
  await page.goto(origin + path, { waitUntil: "load" });
  return page;
};

const overflow = (page) => page.evaluate(() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const wide = [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > clientWidth + 1);
  return [`${scrollWidth} px wide in ${clientWidth}: ${wide.slice(0, 3).map((one) => one.outerHTML.slice(0, 80)).join(" | ")}`];
});
const accessibility = async (page) => {
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary.replace(/\s+/g, " ")}`));
};
/** What can be read, without the fields that only a script can serve. */
const words = (page) => page.evaluate(() => {
  for (const field of document.querySelectorAll("main .search, main [data-scripted]")) field.remove();
  return document.querySelector("main").innerText;
});

for (const [kind, path] of Object.entries(kinds)) {
  const findings = [];
  const scripted = await open(path, {}, findings);
  judge(`${kind} (${path}) opens without complaint and asks no other host`, findings);
  const text = await words(scripted);
  await scripted.context().close();

  const plain = await open(path, { javaScriptEnabled: false }, []);
  const seen = new Set((await plain.locator("main").innerText()).split(/\s+/));
  const lost = [...new Set(text.split(/\s+/))].filter((word) => !seen.has(word));
  judge(`${kind} (${path}) is complete without JavaScript`, lost.length > 0 ? [`only with it: ${lost.slice(0, 12).join(" ")}`] : []);
  await plain.context().close();

  // The judge is a script of ours: the policy of the page would rightly refuse it.
  const page = await open(path, { bypassCSP: true, reducedMotion: "reduce" }, []);
  await page.evaluate(axe);
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      judge(`${kind} (${path}) is accessible, ${colorScheme}, ${width} px`, await accessibility(page));
    }
  }
  await page.setViewportSize({ width: 320, height: 700 });
  judge(`${kind} (${path}) fits 320 px`, await overflow(page));
  await page.context().close();
}

// A learner's own link. The page carries the hash of a name of ours in the place of the demonstration's.
const NAME = "Zoé  <b>Exemple</b>";
const SALT = "7v165q26c139pf61fhqvkywxge";
const hash = createHash("sha256").update(`Zoé <b>Exemple</b>${SALT}`).digest("hex");
for (const [claim, name, salt, sentence] of [
  ["its name", NAME, SALT, "matches"],
  ["another name", "Zoé Exemple", SALT, "differs"],
  ["the tail of the name in the salt", `${NAME}7`, SALT.slice(1), "differs"],
  ["a salt with a letter that is none", NAME, SALT.replace("7", "i"), "differs"],
]) {
  const findings = [];
  const page = await open("/404.html", { locale: "fr" }, []);
  await page.route(`${origin}${kinds.hidden}`, async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(/data-sha256="[0-9a-f]{64}"/, `data-sha256="${hash}"`);
    return route.fulfill({ response, body });
  });
  await page.goto(`${origin}${kinds.hidden}#n=${encodeURIComponent(name)}&s=${salt}`);
  await page.locator(`#holder-${sentence}:not([hidden])`).waitFor({ timeout: 5000 }).catch(() => findings.push(`no sentence says \`${sentence}\``));
  const shown = await page.locator("#holder").innerText();
  const wanted = sentence === "matches" ? ["Zoé <b>Exemple</b>"] : ["Nom non affiché", "Holder not shown"];
  if (!wanted.includes(shown)) findings.push(`the page shows "${shown}"`);
  const sent = asked.filter((request) => request.includes(salt) || request.includes(encodeURIComponent("Exemple")) || request.includes("Exemple"));
  findings.push(...sent.map((request) => `it was sent: ${request}`));
  judge(`a private link with ${claim}`, findings);
  await page.context().close();
}

await browser.close();
server.close();
console.log(`pages: ${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
