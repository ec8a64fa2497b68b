// The quality bar, on every kind of page in every language: accessible, calm, light, and whole at any width and zoom.
//
//   node quality.mjs SITE CHROMIUM

import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { accessibility, AXE, browse, judging, overflow, pagesOf, serve } from "./site.mjs";

const WIDTHS = [320, 360, 1280];
const PAGE_BYTES_MAX = 60 * 1024;
const REQUESTS_MAX = 12;

const [site, executablePath] = process.argv.slice(2);
const { origin, close } = await serve(site);
const browser = await browse(executablePath, origin);
const { judge, end } = judging("quality");
const pages = pagesOf(site);

/** Of each kind of page in each language: the first one, the longest, and one that tells of a withdrawal. */
const samples = () => {
  const kinds = new Map();
  for (const page of pages) {
    const name = `${page.kind} ${page.lang}`;
    kinds.set(name, [...(kinds.get(name) ?? []), page]);
  }
  return [...kinds.values()].flatMap((alike) => {
    const longest = alike.reduce((one, other) => (other.html.length > one.html.length ? other : one));
    const withdrawn = alike.find(({ html }) => html.includes('class="notice"'));
    return [...new Set([alike[0], longest, withdrawn])].filter(Boolean);
  });
};

/** The distances between lines, letters and words that a reader may set (WCAG 1.4.12). */
const SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }";

/** Words that are cut off within a box of the page. */
const cut = (page) => page.evaluate(() => [...document.querySelectorAll("main *, header *, footer *")]
  .filter((one) => {
    const { overflowX, overflowY, position } = getComputedStyle(one);
    const hides = (way, wanted, had) => (way === "hidden" || way === "clip") && wanted > had + 2;
    // What only screen readers hear is one pixel wide.
    if (one.clientWidth <= 1 || position === "absolute" || !one.innerText?.trim()) return false;
    return hides(overflowX, one.scrollWidth, one.clientWidth) || hides(overflowY, one.scrollHeight, one.clientHeight);
  })
  .slice(0, 3).map((one) => `cut off: ${one.outerHTML.slice(0, 80)}`));

/**
 * Fields and buttons whose edge can hardly be told from the page (WCAG 1.4.11, 3 : 1), and words in the colour of their
 * ground, which axe leaves out as if somebody had meant to hide them.
 */
const sights = (page) => page.evaluate(() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = (colour) => {
    const [red, green, blue] = rgba(colour).map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one, other) => {
    const [dark, bright] = [light(one), light(other)].sort((left, right) => left - right);
    return (bright + 0.05) / (dark + 0.05);
  };
  const ground = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if (rgba(backgroundColor)[3] === 255) return backgroundColor;
    }
    return getComputedStyle(document.body).backgroundColor;
  };
  const own = (one) => getComputedStyle(one).appearance === "auto" || getComputedStyle(one).appearance === "checkbox" || getComputedStyle(one).appearance === "radio";
  const hasWords = (one) => [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const unseen = [...document.querySelectorAll("body *:not(svg *, script, template, option)")]
    // What only screen readers hear is one pixel wide.
    .filter((one) => hasWords(one) && one.clientWidth !== 1 && one.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
    .filter((one) => contrast(getComputedStyle(one).color, ground(one)) < 1.2);
  const faint = [...document.querySelectorAll("input, select, textarea, button")]
    // A label in the look of a button may stand for a field nobody sees.
    .filter((one) => one.checkVisibility({ opacityProperty: true }) && !(own(one) && ["radio", "checkbox", "range", "file"].includes(one.type)))
    .filter((one) => {
      const { borderBottomColor, borderBottomWidth } = getComputedStyle(one);
      const around = ground(one.parentElement);
      return contrast(ground(one), around) < 3 && !(parseFloat(borderBottomWidth) >= 1 && contrast(borderBottomColor, around) >= 3);
    });
  const tell = (what, found) => found.slice(0, 3).map((one) => `${what}: ${one.outerHTML.slice(0, 80)}`);
  return [...tell("an edge below 3 : 1", faint), ...tell("words in the colour of their ground", unseen)];
});

/** Axe in light and dark at each width, and nothing that sticks out. */
const looks = async (name, path) => {
  // The judge is a script of ours: the policy of the page would rightly refuse it.
  const page = await browser.open(path, { bypassCSP: true, reducedMotion: "reduce" }, []);
  await page.evaluate(AXE);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    judge(`${name} fits ${width} px`, await overflow(page));
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      judge(`${name} is accessible, ${colorScheme}, ${width} px`, [...await accessibility(page), ...await sights(page)]);
    }
  }
  // A window of 1280 px at 200 % is 640 px wide; letters alone can be made twice as large, too.
  await page.setViewportSize({ width: 640, height: 400 });
  judge(`${name} fits at 200 % zoom`, await overflow(page));
  await page.evaluate(() => { document.documentElement.style.fontSize = "200%"; });
  for (const width of [640, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    judge(`${name} fits ${width} px with letters twice as large`, await overflow(page));
  }
  await page.evaluate(() => { document.documentElement.style.fontSize = ""; });
  await page.addStyleTag({ content: SPACED });
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    judge(`${name} fits ${width} px with wider lines, letters and words`, [...await overflow(page), ...await cut(page)]);
  }
  await page.context().close();
};

/** What a telephone loads, and whether anything moves while it does. */
const weight = async (name, path) => {
  const page = await browser.open(null, { viewport: { width: 360, height: 640 } }, []);
  const bodies = [];
  page.on("response", (response) => bodies.push(response.body().then((body) => ({ response, size: body.length }))));
  await page.addInitScript(() => {
    window.shifts = [];
    new PerformanceObserver((list) => {
      for (const { value, sources } of list.getEntries()) window.shifts.push(`${value}: ${sources.map(({ node }) => node?.nodeName)}`);
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto(origin + path, { waitUntil: "networkidle" });
  const loaded = await Promise.all(bodies);
  const isPicture = ({ response }) => response.request().resourceType() === "image";
  const bytes = loaded.filter((one) => !isPicture(one)).reduce((sum, { size }) => sum + size, 0);
  judge(`${name} has at most ${PAGE_BYTES_MAX} bytes beside its pictures`, bytes <= PAGE_BYTES_MAX ? [] : [`${bytes} bytes`]);
  judge(`${name} wants at most ${REQUESTS_MAX} requests`, loaded.length <= REQUESTS_MAX ? [] : loaded.map(({ response }) => response.url()));
  judge(`${name} does not move while it loads`, await page.evaluate(() => window.shifts));
  await page.context().close();
};

/** What has the focus, whether that can be seen, and what lies over it. A link over several lines shows at one of them. */
const focused = (page) => page.evaluate(() => {
  const one = document.activeElement;
  if (!one || one === document.body || one === document.documentElement) return null;
  const ring = (element, pseudo) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element, pseudo);
    return (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) || boxShadow !== "none";
  };
  const covers = [...one.getClientRects()].map(({ left, top, right, bottom }) => {
    const at = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    const own = at && (one.contains(at) || one.closest("label, summary")?.contains(at));
    return own ? null : at?.outerHTML.slice(0, 60) ?? "the edge of the window";
  });
  const label = one.closest("label") ?? one;
  return { tag: one.outerHTML.slice(0, 90), ringed: ring(one) || ring(one, "::after") || ring(label), cover: covers.includes(null) ? null : covers[0] };
});

/** The tabulator key reaches everything that can be used, in a place that can be seen, and leaves the page again. */
const keyboard = async (name, path) => {
  const page = await browser.open(path, { viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" }, []);
  const wanted = await page.evaluate(() => {
    const usable = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, iframe, [tabindex='0']")];
    const radios = new Set();
    return usable.filter((one) => {
      if (one.disabled || !one.checkVisibility({ visibilityProperty: true }) || one.tabIndex < 0) return false;
      // A group of choices is one stop.
      if (one.type !== "radio") return true;
      if (radios.has(one.name)) return false;
      return radios.add(one.name);
    }).length;
  });
  const findings = [];
  let stops = 0;
  for (; stops <= wanted + 2; stops++) {
    await page.keyboard.press("Tab");
    const stop = await focused(page);
    if (!stop) break;
    if (!stop.ringed) findings.push(`the focus cannot be seen: ${stop.tag}`);
    if (stop.cover) findings.push(`the focus is below ${stop.cover}: ${stop.tag}`);
  }
  if (stops > wanted + 1) findings.push("the focus never leaves the page");
  if (stops < wanted) findings.push(`${stops} stops for ${wanted} things to use`);
  judge(`${name} can be used by keyboard`, findings.slice(0, 5));
  await page.context().close();
};

/** Nothing moves for a reader who asked for calm. */
const calm = async (name, path) => {
  const page = await browser.open(path, { reducedMotion: "reduce" }, []);
  const moving = await page.evaluate(() => {
    const seconds = (text) => Math.max(...text.split(",").map((part) => parseFloat(part) * (part.trim().endsWith("ms") ? 0.001 : 1)));
    const moves = (one, pseudo) => {
      const { transitionDuration, animationDuration, animationName, scrollBehavior } = getComputedStyle(one, pseudo);
      return seconds(transitionDuration) > 0.01 || (animationName !== "none" && seconds(animationDuration) > 0.01) || scrollBehavior === "smooth";
    };
    const restless = [...document.querySelectorAll("*")].filter((one) => moves(one) || moves(one, "::before") || moves(one, "::after"));
    return restless.slice(0, 3).map((one) => one.outerHTML.slice(0, 80));
  });
  judge(`${name} keeps still for readers who ask for it`, moving);
  await page.context().close();
};

/** A script or a style that somebody managed to write into the page does nothing. */
const policy = async (name, path) => {
  const page = await browser.open(null, {}, []);
  await page.route(origin + path, async (route) => {
    const response = await route.fetch();
    const planted = '<script>window.ran = 1;</script><p id="planted" style="color: rgb(1, 2, 3)" onclick="window.ran = 2">.</p></main>';
    return route.fulfill({ response, body: (await response.text()).replace("</main>", planted) });
  });
  await page.goto(origin + path, { waitUntil: "load" });
  await page.locator("#planted").dispatchEvent("click");
  const done = await page.evaluate(() => [window.ran, getComputedStyle(document.querySelector("#planted")).color]);
  judge(`${name} runs no script and takes no style from its text`, [
    ...(done[0] === undefined ? [] : [`the planted script ran: ${done[0]}`]),
    ...(done[1] === "rgb(1, 2, 3)" ? ["the planted style applies"] : []),
  ]);
  await page.context().close();
};

/** Where the links and sources of a page lead within the site; a page of its own for each base address it may have. */
const broken = ({ path, html }) => {
  const base = new URL(path, origin);
  const anchors = (text) => new Set([...text.matchAll(/\s(?:id|name)="([^"]+)"/g)].map(([, id]) => id));
  const findings = [];
  for (const [, raw] of html.matchAll(/\s(?:href|src)="([^"]*)"/g)) {
    const url = new URL(raw.replaceAll("&amp;", "&").replaceAll("&#x2F;", "/"), base);
    if (url.origin !== origin) continue;
    const target = decodeURIComponent(url.pathname);
    const file = join(site, target.endsWith("/") ? `${target}index.html` : target);
    if (!existsSync(file) || statSync(file).isDirectory()) findings.push(`nothing is at ${raw}`);
    const page = url.hash && pages.find((one) => one.path === url.pathname);
    // Other pages read their fragment themselves: it names something in an address, not a place.
    const names = url.hash.includes("=") ? null : decodeURIComponent(url.hash.slice(1));
    if (page && names && !anchors(page.html).has(names)) findings.push(`no place has the name in ${raw}`);
  }
  return findings;
};

const only = process.env.ACCOLADE_BROWSER_ONLY ?? "";
for (const { kind, lang, path } of samples()) {
  if (!path.includes(only)) continue;
  const name = `${kind} ${lang} (${path})`;
  const findings = [];
  const page = await browser.open(path, {}, findings);
  judge(`${name} opens without complaint and asks no other host`, findings);
  await page.context().close();
  await looks(name, path);
  await weight(name, path);
  await keyboard(name, path);
  await calm(name, path);
  await policy(name, path);
}
for (const page of pages) judge(`every link of ${page.path} leads somewhere`, broken(page));

await browser.close();
close();
end();
