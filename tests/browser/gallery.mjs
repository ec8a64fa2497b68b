// The gallery of a large network, and of one whose texts were written to break it.
//
//   node gallery.mjs ACCOLADE CHROMIUM
//
// Writes two issuers' repositories of its own: one of 5 000 badges, whose search must give what a plain filter of the same
// table gives; and one of hostile names, tags and criteria, whose pages must stay pages at 320 px.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateSync, gzipSync } from "node:zlib";
import { browse, judging, overflow, serve } from "./site.mjs";

const CLASSES = 5000;
const PART_BYTES_MAX = 300 * 1024;
/** From the last key to the list, on a slow machine that does other things. */
const ANSWER_MS_MAX = 1500;

const [accolade, executablePath] = process.argv.slice(2);
const { judge, end } = judging("gallery");
const folder = mkdtempSync(join(tmpdir(), "accolade-gallery-"));

/** A square PNG of 90 pixels in one colour. */
const picture = (() => {
  const crcs = Array.from({ length: 256 }, (_, n) => { for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1; return n >>> 0; });
  const chunk = (name, data) => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const crc = body.reduce((crc, byte) => crcs[(crc ^ byte) & 255] ^ (crc >>> 8), 0xffffffff) ^ 0xffffffff;
    const whole = Buffer.alloc(body.length + 8);
    whole.writeUInt32BE(data.length, 0);
    body.copy(whole, 4);
    whole.writeUInt32BE(crc >>> 0, body.length + 4);
    return whole;
  };
  const head = Buffer.from([0, 0, 0, 90, 0, 0, 0, 90, 8, 0, 0, 0, 0]);
  const rows = deflateSync(Buffer.alloc(91 * 90, 120).map((value, at) => (at % 91 === 0 ? 0 : value)));
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", head), chunk("IDAT", rows), chunk("IEND", Buffer.alloc(0))]);
})();

/** JSON is YAML, while its lines are short enough for a key. */
const write = (root, path, value) => {
  mkdirSync(join(root, path, ".."), { recursive: true });
  writeFileSync(join(root, path), typeof value === "string" || Buffer.isBuffer(value) ? value : JSON.stringify(value, null, 1));
};
/** `award` makes its awards, once the repository is there and has a key. */
const repository = (name, issuers, classes, { pages = {}, award } = {}) => {
  const root = join(folder, name);
  write(root, "accolade.yaml", { version: 1, base_url: "https://badges.example", languages: ["fr", "en"], title: "Essai", repository: "private" });
  for (const { slug, ...issuer } of issuers) {
    write(root, `badges/issuers/${slug}/issuer.yaml`, { url: "https://essai.example", email: "a@essai.example", ...issuer });
  }
  for (const { slug, prose, english, ...badge } of classes) {
    write(root, `badges/classes/${slug}/badge.yaml`, { version: 1, image: { file: "image.png", alt: "Un carré gris" }, ...badge });
    write(root, `badges/classes/${slug}/image.png`, picture);
    write(root, `badges/classes/${slug}/criteria.md`, prose ?? "Le faire.\n");
    if (english) write(root, `badges/classes/${slug}/criteria.en.md`, "Do it.\n");
  }
  write(root, "site-content/index.md", "---\ntitle: Essai\ndescription: Essai.\n---\nEssai.\n");
  for (const [path, text] of Object.entries(pages)) write(root, `site-content/${path}.md`, text);
  const out = join(root, "public");
  const run = (...args) => execFileSync(accolade, ["--repo", root, "--quiet", ...args], {
    // Keys stay in the folder of the trial.
    env: { ...process.env, HOME: folder, XDG_CONFIG_HOME: join(folder, "keys") }, stdio: ["ignore", "ignore", "inherit"],
  });
  award?.(run);
  run("build", "--out", out);
  return out;
};

// A table of badges, drawn by counting: the same each time.
const WORDS = ["Accueillir", "Réparer", "Élaguer", "Cœur de métier", "Naviguer", "Écouter", "Semer", "Coudre", "Filmer", "Traduire", "Compter", "Ouvrir"];
const THINGS = ["un vélo", "la forêt", "une réunion", "l’atelier", "le jardin", "une voile", "des données", "la scène"];
const TAGS = ["bénévolat", "numérique", "forêt", "mer", "voix", "sécurité", "cœur"];
const KINDS = ["participation", "engagement", "know-how", "competence", "project", "role"];
const PLACES = ["Port-Lanterne", "Marais-Croquis", "La Roche-Témoin"];
const issuers = Array.from({ length: 12 }, (_, n) => ({ slug: `lieu-${n}`, name: `Lieu ${n} de l’Été`, description: "Un lieu.", territory: [PLACES[n % 3]] }));
const day = (n) => new Date(Date.UTC(2020, 0, 1 + (n * 7919) % 2000)).toISOString().slice(0, 10);
const classes = Array.from({ length: CLASSES }, (_, n) => ({
  slug: `badge-${String(n).padStart(5, "0")}`,
  issuer: `lieu-${(n * 7) % 12}`,
  name: `${WORDS[n % 12]} ${THINGS[(n >> 2) % 8]} ${n}`,
  description: `La personne sait ${WORDS[(n * 5) % 12].toLowerCase()} ${THINGS[(n * 3) % 8]}, et le montre à qui veut apprendre. Numéro ${n}.`,
  kind: KINDS[(n * 11) % 6],
  tags: [TAGS[n % 7], TAGS[(n * 3 + 1) % 7]].filter((tag, at, all) => all.indexOf(tag) === at),
  ...(n % 4 === 0 ? { levels: [1 + (n % 3), 4].map((id) => ({ id, name: `Niveau ${id}`, description: "Un pas." })) } : {}),
  ...(n % 3 === 0 ? { request: { how: "Écrivez." } } : {}),
  ...(n % 5 === 0 ? { territory: ["Île du Large"] } : {}),
  ...(n % 6 !== 1 ? { since: day(n) } : {}),
  english: n % 9 === 0,
}));

const KIND_NAMES = { participation: "Participation", engagement: "Engagement", "know-how": "Savoir-faire", competence: "Compétence", project: "Projet", role: "Rôle" };
/** The reference: what a reader with a pencil would strike out. Written without the script of the theme. */
const bare = (text) => text.toLowerCase().split("").map((letter) => letter.normalize("NFD")[0]).join("").replaceAll("œ", "oe").replaceAll("’", "'");
const expected = (wish) => classes.filter((badge) => {
  const issuer = issuers.find(({ slug }) => slug === badge.issuer);
  const places = badge.territory ?? issuer.territory;
  const text = bare([badge.name, badge.description, issuer.name, KIND_NAMES[badge.kind], ...badge.tags, ...places].join("\n"));
  if (wish.q && !wish.q.split(" ").every((word) => text.includes(bare(word)))) return false;
  if (wish.issuer && badge.issuer !== wish.issuer) return false;
  if (wish.kind && badge.kind !== wish.kind) return false;
  if (wish.tag && !badge.tags.includes(wish.tag)) return false;
  if (wish.level && !(badge.levels ?? []).some(({ id }) => String(id) === wish.level)) return false;
  if (wish.language === "en" && !badge.english) return false;
  if (wish.territory && !places.includes(wish.territory)) return false;
  return !(wish.request && !badge.request);
});

const site = repository("large", issuers, classes);
const parts = readdirSync(join(site, "catalog"));
const heavy = parts.map((name) => [name, gzipSync(readFileSync(join(site, "catalog", name))).length]);
console.log(`parts of the index, compressed: ${heavy.map(([name, bytes]) => `${name} ${bytes}`).join(", ")}`);
judge(`no part of the index of ${CLASSES} badges is larger than 300 KB compressed`, heavy.filter(([, bytes]) => bytes > PART_BYTES_MAX).map(([name, bytes]) => `${name}: ${bytes}`));
const pages = ["badges/index.html", ...readdirSync(join(site, "badges/list")).map((n) => `badges/list/${n}/index.html`)].map((page) => readFileSync(join(site, page), "utf8"));
const linked = new Set(pages.flatMap((page) => [...page.matchAll(/href="\/badges\/(badge-\d+)\/"/g)].map(([, slug]) => slug)));
judge("every badge is in the plain lists", linked.size === CLASSES ? [] : [`${linked.size} of ${CLASSES}`]);
judge("no page of the lists is larger than 60 KB", pages.filter((page) => page.length > 60 * 1024).map((page) => `${page.length}`));

const { origin, close } = await serve(site);
const { open, close: leave } = await browse(executablePath, origin);
const shown = (page) => page.evaluate(() => ({
  count: document.querySelector("#search output").textContent.split("/")[0].replace(/\D/g, "") || "0",
  names: [...document.querySelectorAll("#results .card h2")].map((one) => one.textContent),
  hidden: document.querySelector("#results").hidden,
}));
const settled = async (page, wish) => {
  const wanted = expected(wish).length;
  await page.waitForFunction((wanted) => {
    const output = document.querySelector("#search output");
    return wanted === 0 ? output.textContent === output.dataset.none : output.textContent.split("/")[0].replace(/\D/g, "") === String(wanted);
  }, wanted, { timeout: 20_000 }).catch(() => {});
};
const query = (wish) => `/badges/?${new URLSearchParams(wish)}`;

for (const wish of [
  { q: "elaguer" }, { q: "coeur" }, { q: "CŒUR forêt" }, { q: "ete 3" }, { q: "numéro 4321" }, { q: "introuvable" }, { q: "l'atelier" }, { q: "savoir-faire" },
  { issuer: "lieu-5" }, { kind: "role" }, { tag: "sécurité" }, { level: "2" }, { language: "en" }, { territory: "Île du Large" }, { request: "1" },
  { q: "réparer", kind: "competence", request: "1" }, { tag: "mer", territory: "Port-Lanterne", level: "4" }, { q: "large", language: "en", issuer: "lieu-3" },
]) {
  const findings = [];
  const page = await open(query(wish), {}, findings);
  await settled(page, wish);
  const wanted = expected(wish);
  const { count, names, hidden } = await shown(page);
  if (Number(count) !== wanted.length && wanted.length > 0) findings.push(`${count} were found, ${wanted.length} are there`);
  if (hidden && wanted.length > 0) findings.push("nothing is shown");
  const right = new Set(wanted.map(({ name }) => name));
  findings.push(...names.filter((name) => !right.has(name.replaceAll("\u202f", " ").replaceAll("\u00a0", " "))).slice(0, 3).map((name) => `"${name}" is not wanted`));
  if (names.length !== Math.min(48, wanted.length)) findings.push(`${names.length} cards`);
  judge(`search ${JSON.stringify(wish)} finds what a plain filter finds (${wanted.length})`, findings);
  await page.context().close();
}

// Orders.
for (const [sort, key] of [["name", ({ name }) => name], ["recent", ({ since }) => since ?? ""]]) {
  const page = await open(query({ tag: "voix", sort }), {}, []);
  await settled(page, { tag: "voix" });
  const { names } = await shown(page);
  const badges = names.map((name) => key(classes.find((badge) => badge.name === name)));
  const { compare } = new Intl.Collator("fr", { numeric: true });
  const ordered = [...badges].sort(sort === "name" ? compare : (a, b) => (a < b ? 1 : a > b ? -1 : 0));
  judge(`the order by ${sort} holds`, badges.length > 10 && badges.every((one, at) => one === ordered[at]) ? [] : [badges.slice(0, 5).join(", ")]);
  await page.context().close();
}

// By keyboard alone: to the field, letters, a filter, back twice, and all again.
{
  const findings = [];
  const page = await open("/badges/", {}, findings);
  const expect = async (claim, wish) => {
    await settled(page, wish);
    const { count, hidden } = await shown(page);
    const wanted = expected(wish).length;
    const idle = Object.keys(wish).length === 0;
    if (idle ? !hidden : hidden || Number(count) !== wanted) findings.push(`${claim}: ${count} shown, ${wanted} wanted`);
    const address = new URL(page.url()).searchParams;
    for (const [name, value] of Object.entries(wish)) if (address.get(name) !== value) findings.push(`${claim}: the address has ${address}`);
  };
  for (let tabs = 0; tabs < 40 && (await page.evaluate(() => document.activeElement.id)) !== "q"; tabs++) await page.keyboard.press("Tab");
  await page.keyboard.type("semer");
  await expect("typed", { q: "semer" });
  const before = Date.now();
  await page.keyboard.type(" voile");
  await expect("typed on", { q: "semer voile" });
  const spent = Date.now() - before;
  console.log(`a search among ${CLASSES} badges is answered in ${spent} ms`);
  if (spent > ANSWER_MS_MAX) findings.push(`the answer took ${spent} ms`);
  // Past the button that does the same for those who press it.
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  const issuer = await page.evaluate(() => document.querySelector("#by-issuer").value);
  await expect("filtered", { q: "semer voile", issuer });
  await page.goBack();
  await expect("one step back", { q: "semer voile" });
  await page.goBack();
  await expect("two steps back", {});
  await page.goForward();
  await expect("one step on", { q: "semer voile" });
  await page.locator("[type=reset]").focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("#results").hidden);
  await expect("all again", {});
  if ((await page.evaluate(() => document.activeElement.id)) !== "q") findings.push("the focus is lost after a reset");
  await page.goto(`${origin}${query({ request: "1" })}`);
  await settled(page, { request: "1" });
  await page.locator("#results .more button").focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelectorAll("#results .card").length === 96);
  if (!(await page.evaluate(() => document.activeElement.matches("#results .card:nth-child(49) a")))) findings.push("the focus does not go on to what is new");
  if ((await page.locator("#search output").getAttribute("role")) === "none") findings.push("the count is not announced");
  judge("the gallery is searched by keyboard, and the back button works", findings);
  await page.context().close();
}
// An address of a filter that is gone, and an index that does not come.
{
  const findings = [];
  const page = await open("/badges/?kind=gone&tag=nothing", {}, findings);
  await page.waitForTimeout(500);
  if (!(await shown(page)).hidden) findings.push("something is filtered");
  judge("a filter that is not there any more chooses nothing", findings);
  await page.context().close();
  const broken = await open("", {}, []);
  await broken.route("**/catalog/**", (route) => route.abort());
  await broken.goto(`${origin}/badges/?q=semer`);
  const said = await broken.waitForFunction(() => document.querySelector("#search output").textContent === document.querySelector("#search output").dataset.failed, undefined, { timeout: 5000 }).then(() => [], () => ["nothing is said"]);
  if (await broken.locator("#every").isHidden()) said.push("the lists are hidden");
  judge("a search that cannot be loaded says so and leaves the lists", said);
  await broken.context().close();
}
await leave();
close();

// What was written to break a page.
const HOSTILE = {
  long: "x".repeat(4900),
  script: "<script>window.broken = 1</script><img src=x onerror=window.broken=1>",
  markdown: "**gras** [lien](javascript:window.broken=1) ![image](https://ailleurs.example/a.png) # titre",
  hebrew: `שלום \u202e${"עולם ".repeat(300)}`,
  arabic: "مرحبا بالعالم ".repeat(200),
  emoji: "👩‍👩‍👧‍👦🏳️‍🌈".repeat(400),
  thai: "ภาษาไทยไม่มีช่องว่าง".repeat(200),
  quotes: `" onclick="window.broken=1" x='{{ 7 * 7 }} {% raw %}`,
};
const entries = Object.entries(HOSTILE);
/** So many characters, none of them cut in half. */
const cut = (text, length) => [...text].slice(0, length).join("");
const wild = repository(
  "hostile",
  [{ slug: "lieu", name: HOSTILE.long, description: entries.map(([, text]) => cut(text, 500)).join(" "), territory: Object.values(HOSTILE) }],
  entries.map(([slug, text], n) => ({
    slug, issuer: "lieu", name: text, description: text, kind: "role", tags: [text, "court"], evidence: text, request: { how: text },
    next: [entries[(n + 1) % entries.length][0]], prose: `${cut(text.repeat(Math.ceil(10_000 / text.length)), 10_000)}\n`,
    criteria: { items: [{ id: "un", text }] }, levels: [{ id: 1, name: text, description: text }],
    alignment: [{ name: text, url: "https://x.example/", code: cut(text, 400), framework_name: text }],
  })),
  {
    pages: Object.fromEntries(entries.map(([slug, text]) => [
      `texte-${slug}`,
      `---\ntitle: ${JSON.stringify(cut(text, 300))}\ndescription: ${JSON.stringify(cut(text, 300))}\n---\n## ${cut(text, 300)}\n\n${cut(text.repeat(3), 10_000)}\n`,
    ])),
    award: (run) => {
      run("keygen", "--issuer", "lieu");
      for (const [slug, hostile] of entries) {
        // What turns the line around is refused by the command.
        const text = hostile.replaceAll("\u202e", "");
        run("award", slug, "--no-recipient", "--level", "1", "--met", "un", "--show", cut(text, 200), "--role", cut(text, 200), "--story", text, "--evidence", `https://x.example/${"long".repeat(200)}`, "--visibility", "listed");
      }
    },
  },
);
const awards = readdirSync(join(wild, "a")).filter((id) => id.length === 26);
judge("every hostile award has a page", awards.length === entries.length ? [] : [`${awards.length} of ${entries.length}`]);
const served = await serve(wild);
const other = await browse(executablePath, served.origin);
for (const path of ["/", "/badges/", "/badges/?q=x", "/issuers/lieu/", ...entries.flatMap(([slug]) => [`/badges/${slug}/`, `/badges/${slug}/v1/level-1/`, `/texte-${slug}/`]), ...awards.flatMap((id) => [`/a/${id}/`, `/a/${id}/embed/`])]) {
  const findings = [];
  const page = await other.open(path, { viewport: { width: 320, height: 700 } }, findings);
  if (path.includes("?")) await page.waitForTimeout(400);
  findings.push(...(await overflow(page)));
  if (await page.evaluate(() => window.broken)) findings.push("a script ran");
  if ((await page.locator("main script, main [onclick], main [onerror], main a[href^='javascript:']").count()) > 0) findings.push("what was written became a page");
  if ((await page.locator("main").innerText()).includes("49 ")) findings.push("a template was evaluated");
  judge(`${path} of hostile words stays a page at 320 px`, findings);
  await page.context().close();
}
await other.close();
served.close();
rmSync(folder, { recursive: true });
end();
