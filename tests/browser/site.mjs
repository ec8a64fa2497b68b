// A built site behind a small static host, and a real browser before it.

import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";

/** What `--no-sandbox` costs is little: the only pages opened are our own. The rest keeps the browser off the network. */
export const ARGUMENTS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update",
];

const TYPES = {
  ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".png": "image/png",
  ".json": "application/json", ".xml": "application/atom+xml", ".jpg": "image/jpeg", ".webp": "image/webp",
  ".webmanifest": "application/manifest+json", ".txt": "text/plain",
};
const COMPRESSED = new Set([".html", ".css", ".js", ".svg", ".json", ".xml", ".webmanifest"]);

/** The file that a static host gives for a path, and its type; nothing for a path that leads nowhere. */
export const fileAt = (site, pathname) => {
  let file = join(site, normalize(decodeURIComponent(pathname)));
  if (existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
  return existsSync(file) ? { file, type: TYPES[extname(file)] ?? "application/octet-stream" } : null;
};

/** Serves the site as a static host does, compressed, and remembers in `asked` what it was asked. */
export const serve = async (site) => {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(`${request.url} ${JSON.stringify(request.headers)}`);
    const found = fileAt(site, new URL(request.url, "http://localhost").pathname);
    if (!found) return response.writeHead(404).end();
    const { file, type } = found;
    const headers = { "content-type": type };
    if (COMPRESSED.has(extname(file)) && /\bgzip\b/.test(request.headers["accept-encoding"] ?? "")) {
      return response.writeHead(200, { ...headers, "content-encoding": "gzip" }).end(gzipSync(readFileSync(file)));
    }
    response.writeHead(200, headers);
    return createReadStream(file).pipe(response);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { asked, origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
};

/** Opens pages in one browser, blank ones without a path; what a page itself complains about is collected in `findings`. */
export const browse = async (executablePath, origin) => {
  const browser = await chromium.launch({ executablePath, args: ARGUMENTS });
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
    if (path) await page.goto(origin + path, { waitUntil: "load" });
    return page;
  };
  return { open, close: () => browser.close() };
};

/** Counts claims; a claim with findings is told with each of them. */
export const judging = (name) => {
  let [passed, failed] = [0, 0];
  const judge = (claim, findings) => {
    if (findings.length === 0) return passed++;
    failed++;
    return findings.forEach((finding) => console.log(`${claim}: ${finding}`));
  };
  const end = () => {
    console.log(`${name}: ${passed} passed, ${failed} failed`);
    process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
  };
  return { judge, end };
};

/** Every page of the site: address, kind, language and text of its file, in the order of the addresses. */
export const pagesOf = (site) => readdirSync(site, { recursive: true })
  .filter((file) => file.endsWith(".html"))
  .map((file) => {
    const html = readFileSync(join(site, file), "utf8");
    return {
      path: `/${file.replace(/(^|\/)index\.html$/, "$1")}`,
      kind: /<body[^>]* class="([^" ]+)/.exec(html)?.[1] ?? "other",
      lang: /<html[^>]* lang="([^"]+)"/.exec(html)?.[1] ?? "",
      html,
    };
  })
  .sort((one, other) => (one.path < other.path ? -1 : 1));

/** The text of axe-core, to be evaluated in a page that was opened with `bypassCSP`. */
export const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds on a page in which it was evaluated, of any impact: WCAG 2.2 A and AA, and its best practices. */
export const accessibility = async (page) => {
  const { violations } = await page.evaluate(() => window.axe.run({
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    rules: { "target-size": { enabled: true } },
  }));
  return violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 3).map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary.replace(/\s+/g, " ")}`));
};

/** What sticks out of the window at the side. */
export const overflow = (page) => page.evaluate(() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const wide = [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > clientWidth + 1);
  return [`${scrollWidth} px wide in ${clientWidth}: ${wide.slice(0, 3).map((one) => one.outerHTML.slice(0, 80)).join(" | ")}`];
});
