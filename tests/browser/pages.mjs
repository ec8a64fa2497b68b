// What the pages of a built site do in a real browser, with and without JavaScript.
//
//   node pages.mjs SITE CHROMIUM

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { browse, judging, serve } from "./site.mjs";

const [site, executablePath] = process.argv.slice(2);
const { asked, origin, close } = await serve(site);
const browser = await browse(executablePath, origin);
const { open } = browser;
const { judge, end } = judging("pages");

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

/** What can be read, without the fields that only a script can serve. */
const words = (page) => page.evaluate(() => {
  for (const field of document.querySelectorAll("main .search, main .checker, main [data-scripted]")) field.remove();
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
  const page = await open(null, { locale: "fr" }, []);
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
close();
end();
