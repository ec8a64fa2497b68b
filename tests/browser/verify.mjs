// The page that verifies, in a real browser: what it answers, whom it asks and when, and whether everybody can use it.
//
//   node verify.mjs SITE CHROMIUM EXPECTED

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";
import { ARGUMENTS, AXE, fileAt, judging, serve } from "./site.mjs";

const [site, executablePath, expectedAt] = process.argv.slice(2);
const { now, awards } = JSON.parse(readFileSync(expectedAt, "utf8"));

/** Where the demonstration says that it is. */
const HOME = "https://badges.estran.example";
const { origin: LOCAL, close } = await serve(site);
const browser = await chromium.launch({ executablePath, args: ARGUMENTS });
const { judge, end } = judging("verify");

/**
 * Opens the page that verifies and runs `act` on it. `answer` may answer for an address, and for other hosts in their
 * stead; a request to anything else is a finding.
 */
const test = async (claim, act, { at = HOME, path = "/verify/", answer = () => undefined, options = {}, prepare = async () => {} } = {}) => {
  const findings = [];
  const asked = [];
  const context = await browser.newContext({ locale: "fr", viewport: { width: 1280, height: 900 }, serviceWorkers: at === HOME ? "block" : "allow", ...options });
  const page = await context.newPage();
  page.on("console", (message) => message.type() === "error" && !/Failed to load resource|status of 404/.test(message.text()) && findings.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => findings.push(`script: ${error.message}`));
  if (at === HOME) {
    await context.route("**", async (route) => {
      const request = route.request();
      const url = new URL(request.url());
      asked.push({ url: url.href, method: request.method(), headers: await request.allHeaders(), body: request.postDataBuffer()?.toString("latin1") ?? "" });
      const own = await answer(url, request);
      if (own === "abort") return route.abort();
      const free = { "access-control-allow-origin": "*" };
      if (own) return route.fulfill({ status: own.status ?? 200, headers: { "content-type": own.type ?? "application/json", ...free, ...own.headers }, body: own.body });
      if (url.origin !== HOME) {
        findings.push(`a request to another host: ${url.href}`);
        return route.abort();
      }
      const found = fileAt(site, url.pathname);
      return route.fulfill({ status: found ? 200 : 404, headers: { "content-type": found?.type ?? "text/plain", ...free }, body: found ? readFileSync(found.file) : "" });
    });
  } else {
    page.on("request", (request) => new URL(request.url()).origin !== at && findings.push(`a request to another host: ${request.url()}`));
  }
  await page.clock.setFixedTime(new Date(now));
  await prepare(page);
  await page.goto(at + path);
  const tell = (finding) => findings.push(finding);
  const is = (what, found, wanted) => JSON.stringify(found) !== JSON.stringify(wanted) && tell(`${what} is ${JSON.stringify(found)} and not ${JSON.stringify(wanted)}`);
  try {
    await page.locator("#checker:not([hidden])").waitFor({ timeout: 5000 });
    await act({ page, context, asked, tell, is, ...tools(page) });
  } catch (error) {
    tell(error.message.split("\n")[0]);
  }
  judge(claim, findings);
  await context.close();
};

/** What a person does and sees. */
const tools = (page) => ({
  drop: (path, name = path) => page.evaluate(async ([bytes, as]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))], as));
    document.querySelector("#check-drop").dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
  }, [(Buffer.isBuffer(path) ? path : readFileSync(join(site, path))).toString("base64"), String(name)]),
  paste: async (text) => {
    await page.fill("#check-text", text);
    await page.click("#check-form button[type=submit]");
  },
  result: async () => {
    await page.locator("#check-result:not([hidden])").waitFor({ timeout: 10_000 });
    return page.evaluate(() => ({
      verdict: ["pass", "fail", "unknown"].find((word) => document.querySelector(`.check-banner.check-${word}`)),
      title: document.querySelector("#check-verdict").textContent,
      host: document.querySelector(".check-host strong")?.textContent,
      cards: [...document.querySelectorAll(".check-card")].map((card) => [...card.classList].find((name) => name !== "check-card").slice("check-".length)),
      codes: [...document.querySelectorAll(".check-card .check-rule code")].map((code) => code.textContent),
      text: document.querySelector("#check-result").innerText,
      focused: document.activeElement.id,
      live: document.querySelector("#check-live").textContent,
    }));
  },
  asking: () => page.locator("#check-ask:not([hidden])").waitFor({ timeout: 5000 }),
});

const is = (award, status, verdict) => award.status === status && award.verdict === verdict && existsSync(join(site, "a", award.id, "credential.json"));
const one = (status, verdict) => {
  const found = awards.find((award) => is(award, status, verdict) && (status === "revoked" || existsSync(join(site, "a", award.id, "badge.png"))) && award.email);
  if (!found) throw new Error(`no award is ${status}`);
  return found;
};
const [valid, expired, revoked] = [one("active", "valid"), one("expired", "invalid"), one("revoked", "invalid")];
const credential = (id) => readFileSync(join(site, "a", id, "credential.json"), "utf8");
const CARDS = ["pass", "pass", "pass", "pass", "none"];

for (const kind of ["badge.png", "badge.svg", "credential.json", "assertion.json"]) {
  await test(`a ${kind} that is dropped is answered`, async ({ drop, result, is }) => {
    await drop(`a/${valid.id}/${kind}`);
    const seen = await result();
    is("the verdict", [seen.verdict, seen.title], ["pass", "Ce badge est valable"]);
    is("the answers", seen.cards, CARDS);
    is("the host", seen.host, "badges.estran.example");
    is("the focus", seen.focused, "check-result");
    is("what is announced", seen.live.startsWith("Ce badge est valable."), true);
  });
}
await test("a file that is chosen is answered", async ({ page, result, is }) => {
  await page.setInputFiles("#check-file", join(site, "a", valid.id, "badge.png"));
  is("the verdict", (await result()).verdict, "pass");
});
await test("a picture that is pasted is answered", async ({ page, result, is }) => {
  await page.evaluate(async (bytes) => {
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))], "badge.png", { type: "image/png" }));
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
  }, readFileSync(join(site, "a", valid.id, "badge.png")).toString("base64"));
  is("the verdict", (await result()).verdict, "pass");
});
for (const [name, text] of Object.entries({ address: `${HOME}/a/${valid.id}/credential.json`, "address without its beginning": `badges.estran.example/a/${valid.id}/`, page: `${HOME}/a/${valid.id}/`, picture: `${HOME}/a/${valid.id}/badge.png`, json: credential(valid.id) })) {
  await test(`a pasted ${name} is answered`, async ({ paste, result, is }) => {
    await paste(text);
    is("the verdict", (await result()).verdict, "pass");
  });
}
await test("an address without a badge is told with the reason", async ({ paste, result, is }) => {
  await paste(`${HOME}/a/nobody/credential.json`);
  const seen = await result();
  is("the answer", [seen.verdict, seen.text.includes("HTTP 404")], ["unknown", true]);
});
await test("English answers in English", async ({ drop, result, is }) => {
  await drop(`a/${valid.id}/badge.png`);
  is("the title", (await result()).title, "This badge is valid");
}, { path: "/en/verify/" });
await test("a learner's link starts at once on the site's own address", async ({ result, is }) => {
  is("the verdict", (await result()).verdict, "pass");
}, { path: `/verify/#url=${encodeURIComponent(`${HOME}/a/${valid.id}/credential.json`)}` });

await test("a withdrawn badge is told", async ({ drop, result, is }) => {
  await drop(`a/${revoked.id}/credential.json`);
  const seen = await result();
  is("the verdict", seen.verdict, "fail");
  is("the answers", seen.cards, ["pass", "pass", seen.cards[2], "fail", "none"]);
  is("the code", seen.codes[3], "revoked");
});
await test("an expired badge is told", async ({ drop, result, is }) => {
  await drop(`a/${expired.id}/badge.png`);
  const seen = await result();
  is("the answers", [seen.verdict, seen.codes[2]], ["fail", "expired"]);
});
await test("a changed badge is told", async ({ paste, result, is, page }) => {
  await paste(credential(valid.id).replace(/"validUntil": "\d{4}/, '"validUntil": "2099'));
  const seen = await result();
  is("the answers", [seen.verdict, seen.codes[1]], ["fail", "proof-failed"]);
  is("green cards", await page.locator(".check-card.check-pass").count(), 0);
});
await test("a badge with the older signature alone is undecided", async ({ paste, result, is }) => {
  const badge = JSON.parse(credential(valid.id));
  badge.proof = badge.proof[0];
  await paste(JSON.stringify(badge));
  const seen = await result();
  is("the answers", [seen.verdict, seen.codes[1]], ["unknown", "proof-unsupported"]);
  is("the way on", seen.text.includes("accolade verify"), true);
});
await test("what is no badge is said so", async ({ drop, result, is }) => {
  await drop(Buffer.from("Bonjour"), "lettre.txt");
  is("the verdict", (await result()).verdict, "unknown");
});

for (const [who, email, wanted] of [["the holder", valid.email, "pass"], ["somebody else", "quelquun.dautre@personnes.example", "fail"]]) {
  await test(`the address of ${who} is compared and sent to nobody`, async ({ page, drop, result, asked, is, tell }) => {
    await page.fill("#check-person", email);
    await drop(`a/${valid.id}/badge.png`);
    const seen = await result();
    is("the answer", [seen.verdict, seen.cards[4]], [wanted, wanted]);
    for (const request of asked) if (JSON.stringify(request).includes(email) || JSON.stringify(request).includes(encodeURIComponent(email))) tell(`it was sent: ${request.url}`);
  });
}

// Other hosts.
const elsewhere = "https://autre.example/badge.json";
const ofOther = ({ href }) => (href.startsWith("https://autre.example/") ? { body: credential(valid.id), headers: { "set-cookie": "a=b" } } : undefined);
const others = (asked) => asked.filter(({ url }) => new URL(url).host === "autre.example");
for (const [how, start] of [["pasted", (tools) => tools.paste(elsewhere)], ["in a link", async () => {}]]) {
  await test(`another host, ${how}, is asked after a click that names it`, async (tools) => {
    const { page, asking, asked, result, is } = tools;
    await start(tools);
    await asking();
    await page.waitForTimeout(300);
    is("requests before the click", others(asked).length, 0);
    is("the focus", await page.evaluate(() => document.activeElement.textContent), "Interroger autre.example\u202f?");
    await page.getByRole("button", { name: "Interroger autre.example" }).click();
    is("the verdict", (await result()).verdict, "pass");
    is("requests after it", others(asked).length, 1);
    const { referer, cookie } = others(asked)[0].headers;
    is("referrer and cookie", [referer, cookie], [undefined, undefined]);
  }, { answer: ofOther, path: how === "pasted" ? "/verify/" : `/verify/#url=${encodeURIComponent(elsewhere)}` });
}
await test("a host that the reader will not ask is not asked", async ({ page, paste, asking, asked, result, is }) => {
  await paste(elsewhere);
  await asking();
  await page.getByRole("button", { name: "Ne pas l’interroger" }).click();
  is("the verdict", (await result()).verdict, "unknown");
  is("requests", others(asked).length, 0);
}, { answer: ofOther });
await test("a host that does not answer leaves the badge undecided", async ({ page, paste, asking, result, is }) => {
  await paste(elsewhere);
  await asking();
  await page.getByRole("button", { name: "Interroger autre.example" }).click();
  const seen = await result();
  is("the verdict", seen.verdict, "unknown");
  is("the reason", seen.text.includes("n’a pas pu lire cet hôte"), true);
}, { answer: ({ host }) => (host === "autre.example" ? "abort" : undefined) });
await test("the key and the list of another issuer are asked for together", async ({ page, paste, asking, asked, result, is }) => {
  const badge = JSON.parse(credential(valid.id));
  badge.issuer.id = "did:web:autre.example:club";
  for (const proof of badge.proof) proof.verificationMethod = `did:web:autre.example:club#${proof.verificationMethod.split("#")[1]}`;
  badge.credentialStatus.statusListCredential = "https://listes.example/1.json";
  await paste(JSON.stringify(badge));
  await asking();
  is("what is asked", await page.locator("#check-ask h2").textContent(), "Interroger listes.example et autre.example\u202f?");
  is("requests before", asked.filter(({ url }) => !url.startsWith(HOME)).length, 0);
  await page.getByRole("button", { name: "Interroger" }).first().click();
  is("the verdict", (await result()).verdict, "unknown");
}, { answer: ({ origin }) => (origin === HOME ? undefined : { status: 404, body: "" }) });
await test("addresses that nobody should ask are not asked", async ({ paste, page, result, is }) => {
  for (const address of ["http://autre.example/a.json", "https://user:word@autre.example/", "https://127.0.0.1/a.json", "https://localhost/", "https://[::1]/a", "https://autre.example:8443/a", "https://nas.local/a"]) {
    await paste(address);
    is(`the verdict of ${address}`, (await result()).verdict, "unknown");
    is("a question", await page.locator("#check-ask:not([hidden])").count(), 0);
  }
});

// The verification function, where one is run.
const withFunction = ({ pathname, host }, request) => {
  if (host === "fonction.example") return request.method() === "OPTIONS" ? { status: 204, body: "", headers: { "access-control-allow-headers": "*" } } : { body: JSON.stringify({ verdict: "valid", issuer: { host: "badges.estran.example" }, records: [], checks: [], notes: [], questions: ["issuer", "unaltered", "in-date", "not-withdrawn", "recipient"].map((question) => ({ question, asked: `<b>${question}</b>`, answer: "pass", code: "proof-verified", sentence: "Oui", doesNotProve: "Rien", rule: "x" })) }) };
  const page = readFileSync(join(site, "verify/index.html"), "utf8");
  return pathname === "/verify/" ? { type: "text/html", body: page.replace('id="checker"', 'id="checker" data-function="https://fonction.example" data-function-host="fonction.example"') } : undefined;
};
await test("what is undecided is handed to the function after a click, without the person", async ({ page, paste, result, asked, is, tell }) => {
  const badge = JSON.parse(credential(valid.id));
  badge.proof = badge.proof[0];
  await page.fill("#check-person", valid.email);
  await paste(JSON.stringify(badge));
  is("the verdict", (await result()).verdict, "unknown");
  const sent = () => asked.filter(({ url, method }) => url.includes("fonction.example") && method === "POST");
  is("requests before the click", sent().length, 0);
  await page.getByRole("button", { name: "Demander à fonction.example" }).click();
  await page.locator(".check-banner.check-pass").waitFor();
  const [{ url, body }] = sent();
  is("the address", url, "https://fonction.example/verify?lang=fr");
  is("the badge", JSON.parse(body).id, badge.id);
  if (body.includes(valid.email)) tell("the person was sent");
  is("who answered", (await result()).text.includes("Réponse donnée par fonction.example"), true);
  is("markup", await page.locator("#check-result b").count(), 0);
}, { answer: withFunction });

// The local preview of a site that lives elsewhere.
await test("documents of a copy are called so, and nothing is valid by them", async ({ page, drop, result, is }) => {
  await drop(`a/${valid.id}/badge.png`);
  const seen = await result();
  const host = new URL(LOCAL).host;
  is("the verdict", [seen.verdict, seen.title], ["unknown", `Vérifié sur une copie à ${host}`]);
  is("the answers", seen.cards, ["copied", "copied", "pass", "copied", "none"]);
  is("the word", await page.locator(".check-card .check-word").first().innerText(), "Oui, d’après la copie");
}, { at: LOCAL });
await test("a copy withdraws, too", async ({ drop, result, is }) => {
  await drop(`a/${revoked.id}/credential.json`);
  const seen = await result();
  is("the answers", [seen.verdict, seen.codes[3]], ["fail", "revoked"]);
  is("the copy", seen.text.includes("copie à 127.0.0.1"), true);
}, { at: LOCAL });
await test("once opened, the page works without a network, and checks nothing by an old copy", async ({ page, context, drop, result, is }) => {
  await page.evaluate(() => navigator.serviceWorker.ready.then((ready) => new Promise((done) => (ready.active.state === "activated" ? done() : ready.active.addEventListener("statechange", done)))));
  // Nothing was checked so far: what a picture needs is there all the same.
  await context.setOffline(true);
  await page.reload();
  await page.locator("#checker:not([hidden])").waitFor();
  await drop(`a/${valid.id}/badge.png`);
  const seen = await result();
  is("the verdict", seen.verdict, "unknown");
  is("green cards", seen.cards.filter((card) => card === "pass" || card === "copied"), []);
  is("the reason", seen.text.includes("Sans réseau"), true);
  const kept = await page.evaluate(async () => (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)))).flat());
  is("what is kept", kept.filter((path) => path !== "/verify/" && !path.startsWith("/static/")), []);
}, { at: LOCAL });

// What a badge says is text.
const hostile = '<img src=x onerror="document.title=1"><script>document.title=2</script>\u202e&amp;' + "é".repeat(2000);
await test("hostile names stay text and fit", async ({ page, drop, result, is }) => {
  const title = await page.title();
  await drop(`a/${valid.id}/assertion.json`);
  const seen = await result();
  is("the name", await page.locator(".check-name").textContent(), hostile);
  is("elements made of it", await page.locator("#check-result img, #check-result script").count(), 0);
  is("the title of the page", await page.title(), title);
  is("the verdict", seen.verdict, "pass");
  await page.setViewportSize({ width: 320, height: 700 });
  is("the width", await page.evaluate(() => document.documentElement.scrollWidth), 320);
}, {
  answer: ({ href }) => {
    const path = href.startsWith(`${HOME}/badges/`) && href.endsWith(".json") ? href.slice(HOME.length) : null;
    return path ? { body: JSON.stringify({ ...JSON.parse(readFileSync(join(site, path), "utf8")), name: hostile }) } : undefined;
  },
});

// The camera, where there is a reader of codes.
await test("without a reader of QR codes there is no button for one", async ({ page, is }) => {
  is("the button", await page.locator("#check-scan").isVisible(), false);
}, { prepare: (page) => page.addInitScript(() => delete globalThis.BarcodeDetector) });
await test("a QR code is read", async ({ page, result, is }) => {
  await page.click("#check-scan");
  is("the verdict", (await result()).verdict, "pass");
  is("the camera", await page.locator("#check-video").isVisible(), false);
}, {
  prepare: (page) => page.addInitScript((address) => {
    globalThis.BarcodeDetector = class {
      static getSupportedFormats = async () => ["qr_code"];
      detect = async () => [{ rawValue: address }];
    };
    const canvas = document.createElement("canvas");
    Object.defineProperty(navigator, "mediaDevices", { value: { getUserMedia: async () => (canvas.getContext("2d").fillRect(0, 0, 9, 9), canvas.captureStream(1)) } });
    HTMLMediaElement.prototype.play = async () => {};
  }, `${HOME}/a/${valid.id}/credential.json`),
});

// Everybody.
await test("a keyboard is enough", async ({ page, asking, result, is }) => {
  const until = async (id) => {
    for (let press = 0; press < 40; press++) {
      await page.keyboard.press("Tab");
      if (await page.evaluate((wanted) => document.activeElement.id === wanted || document.activeElement.textContent === wanted, id)) return;
    }
    throw new Error(`the Tab key does not lead to ${id}`);
  };
  await until("check-file");
  await until("check-text");
  await page.keyboard.type(elsewhere);
  await until("check-person");
  await page.keyboard.press("Enter");
  await asking();
  await until("Interroger autre.example");
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  is("the focus is seen", outline, "solid");
  await page.keyboard.press("Enter");
  is("the verdict", (await result()).verdict, "pass");
  await until("Vérifier un autre badge");
  await page.keyboard.press("Enter");
  is("the focus", await page.evaluate(() => document.activeElement.id), "check-text");
}, { answer: ofOther });

const states = {
  start: async () => {},
  asking: async ({ paste, asking }) => (await paste(elsewhere), asking()),
  valid: async ({ drop, result }) => (await drop(`a/${valid.id}/badge.png`), result()),
  invalid: async ({ drop, result }) => (await drop(`a/${revoked.id}/credential.json`), result()),
  undecided: async ({ drop, result }) => (await drop(Buffer.from("Bonjour"), "x"), result()),
};
for (const [state, reach] of Object.entries(states)) {
  await test(`${state}: accessible to everybody, and fits 320 px`, async (tools) => {
    const { page, tell } = tools;
    await reach(tools);
    await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
    await page.evaluate(AXE);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      for (const width of [360, 1280]) {
        await page.setViewportSize({ width, height: 900 });
        const { violations } = await page.evaluate(() => window.axe.run());
        for (const { id, nodes } of violations) tell(`${colorScheme}, ${width} px: ${id}: ${nodes[0].target} ${nodes[0].failureSummary.replace(/\s+/g, " ")}`);
      }
    }
    await page.setViewportSize({ width: 320, height: 700 });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    if (width > 320) tell(`${width} px wide in 320`);
  }, { options: { bypassCSP: true } });
}

// What every page promises, and what this one weighs.
const policies = readdirSync(site, { recursive: true }).filter((path) => path.endsWith(".html")).map((path) => [path, /connect-src ([^;]*);/.exec(readFileSync(join(site, path), "utf8"))?.[1]]);
judge("only the page that verifies may ask other hosts", policies.filter(([path, policy]) => policy !== undefined && policy !== (/(?:^|\/)verify\/index\.html$/.test(path) ? "'self' https:" : "'self'")).map(([path, policy]) => `${path}: ${policy}`));
const weight = (name) => gzipSync(readFileSync(join(site, "static/verify", name)), { level: 9 }).length;
const atMost = (claim, bytes, most) => judge(`${claim}: at most ${most} bytes, compressed`, bytes > most ? [`${bytes}`] : []);
const CORE = ["page.js", "verify.js"];
const later = readdirSync(join(site, "static/verify")).filter((name) => name.endsWith(".js") && !CORE.includes(name));
atMost("the scripts that every check needs", CORE.map(weight).reduce((one, other) => one + other), 15_000);
judge("what only some badges need is loaded with them", later.length === 0 ? ["no script is"] : []);
for (const name of later) atMost(name, weight(name), 2_500);
atMost("page.css", weight("page.css"), 2_000);
atMost("words.fr.json", weight("words.fr.json"), 8_000);

await browser.close();
close();
end();
