// A learner's page and a class page before Lighthouse, the median of three runs each.
//
//   node lighthouse.mjs SITE CHROMIUM

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { once } from "node:events";
import lighthouse from "lighthouse";
import { ARGUMENTS, judging, pagesOf, serve } from "./site.mjs";

const RUNS = 3;
/** A learner's page is not for search engines, so nothing is asked of it there. */
const WANTED = {
  class: { accessibility: 1, "best-practices": 1, seo: 1, performance: 0.95 },
  award: { accessibility: 1, "best-practices": 1, performance: 0.95 },
};

const [site, executablePath] = process.argv.slice(2);
const { origin, close } = await serve(site);
const { judge, end } = judging("lighthouse");

const profile = mkdtempSync(join(tmpdir(), "accolade-lighthouse-"));
const browser = spawn(executablePath, [...ARGUMENTS, "--remote-debugging-port=0", `--user-data-dir=${profile}`, "about:blank"], { stdio: ["ignore", "ignore", "pipe"] });
const port = await new Promise((found, lost) => {
  let said = "";
  browser.stderr.on("data", (text) => {
    said += text;
    const address = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)/.exec(said);
    if (address) found(Number(address[1]));
  });
  browser.on("exit", () => lost(new Error(`the browser did not start: ${said}`)));
});

const median = (numbers) => numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];
for (const [kind, wanted] of Object.entries(WANTED)) {
  // The one with the most on it.
  const { path } = pagesOf(site).filter((page) => page.kind === kind).reduce((one, other) => (other.html.length > one.html.length ? other : one));
  const scores = {};
  for (let run = 0; run < RUNS; run++) {
    const { lhr } = await lighthouse(origin + path, { port, logLevel: "error", onlyCategories: Object.keys(wanted) });
    for (const [category, { score }] of Object.entries(lhr.categories)) (scores[category] ??= []).push(score);
  }
  for (const [category, least] of Object.entries(wanted)) {
    const score = median(scores[category]);
    judge(`${kind} (${path}), ${category} at least ${least * 100}`, score >= least ? [] : [`${score * 100} (of ${scores[category].map((one) => one * 100)})`]);
  }
}

browser.kill();
await once(browser, "close");
rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
close();
end();
