// The page that verifies: takes a badge in, asks before it asks others, and shows the answers. What comes from a badge is
// put in as text, never as markup.

import { icon, make } from "./elements.js";

/** @typedef {import("./run.js").Report} Report */
/** @typedef {{ address: string } | { bytes: Uint8Array }} Input */
/** @typedef {{ question: string, asked: string, answer: string, code: string, sentence: string, doesNotProve: string, rule: string }} Answered */
/** @typedef {{ codes: Record<string, [string, string]>, questions: Record<string, [string, string]>, reasons: Record<string, string>, words: Record<string, string>, rules: import("./run.js").Rules }} Words */

const FILE_BYTES_MAX = 8 << 20;

/** @type {<T extends HTMLElement = HTMLElement>(id: string) => T} */
const part = (id) => /** @type {any} */ (document.getElementById(id));
const checker = part("checker");
const { base = "", root = "", words: wordsAt = "", worker = "", function: functionAt, functionHost = "" } = checker.dataset;
const [form, live, asking, result, field, person, picker, scanner, video] = [
  part("check-form"), part("check-live"), part("check-ask"), part("check-result"),
  /** @type {HTMLTextAreaElement} */ (part("check-text")), /** @type {HTMLInputElement} */ (part("check-person")),
  /** @type {HTMLInputElement} */ (part("check-file")), part("check-scan"), /** @type {HTMLVideoElement} */ (part("check-video")),
];
const lang = document.documentElement.lang;

/** @type {Promise<Words> | undefined} */
let loading;
/** @type {Words["words"]} */
let words = {};
/** The sentences, asked for when the first of them is needed. @type {() => Promise<Words>} */
const load = async () => {
  loading ??= fetch(wordsAt).then((response) => response.json());
  const loaded = await loading;
  words = loaded.words;
  return loaded;
};
/** @type {(id: string, values?: Record<string, string>) => string} */
const say = (id, values = {}) => (words[id] ?? id).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

/** @type {(label: string, act: () => void, className?: string) => HTMLElement} */
const button = (label, act, className = "check-button") => {
  const element = make("button", className, label);
  element.setAttribute("type", "button");
  element.addEventListener("click", act);
  return element;
};

/** @type {(iso: any) => string} */
const day = (iso) => {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? String(iso) : new Intl.DateTimeFormat(lang, { dateStyle: "long", timeZone: "UTC" }).format(at);
};
const moment = (/** @type {string} */ iso) => new Intl.DateTimeFormat(lang, { dateStyle: "long", timeStyle: "short" }).format(new Date(iso));

/** @type {(said: string) => void} */
const announce = (said) => {
  live.textContent = said;
};

/** Asks the reader before hosts are asked; the answer comes by a click that names them. @type {(hosts: string[]) => Promise<boolean>} */
const ask = (hosts) => new Promise((resolve) => {
  const host = new Intl.ListFormat(lang).format(hosts);
  const done = (/** @type {boolean} */ answer) => () => {
    asking.hidden = true;
    announce(say("working"));
    resolve(answer);
  };
  const heading = make("h2", "", say("ask_title", { host }));
  heading.tabIndex = -1;
  asking.replaceChildren(heading, make("p", "", say("ask", { host })), make("p", "check-buttons", button(say("ask_yes", { host }), done(true), "check-button check-go"), button(say("ask_no"), done(false))));
  asking.hidden = false;
  announce("");
  heading.focus();
});

let running = 0;

/** Verifies one input and shows what was found. @type {(input: Input) => Promise<void>} */
const check = async (input) => {
  const run = ++running;
  const { rules } = await load();
  stopCamera();
  asking.hidden = result.hidden = true;
  announce(say("working"));
  try {
    const { fetched, verify } = await import("./verify.js");
    const documents = fetched({ base, root, here: location.origin, ask });
    /** @type {Report} */
    const report = await verify(input, { documents, rules, readXml, recipient: person.value });
    if (run === running) show(report, input);
  } catch (error) {
    announce(say("failed"));
    throw error;
  }
};

/** @type {(xml: string) => Document | null} */
const readXml = (xml) => {
  const drawing = new DOMParser().parseFromString(xml, "image/svg+xml");
  const isDrawing = drawing.documentElement.localName === "svg" && drawing.documentElement.namespaceURI === "http://www.w3.org/2000/svg";
  return isDrawing && !drawing.querySelector("parsererror") ? drawing : null;
};

/** @type {(report: Report, input: Input) => Promise<void>} */
const show = async (report, input) => {
  const { codes, questions, reasons } = await load();
  const copy = report.isCopy ? location.host : null;
  const answers = report.answers.map(({ question, outcome, code }) => {
    const [[asked, doesNotProve], [sentence, rule]] = [questions[question], codes[code]];
    return { question, asked, answer: outcome, code, sentence, doesNotProve, rule };
  });
  const isSecond = report.notes.filter(({ code }) => code === "proof-unsupported");
  const unreadable = report.documents.some(({ unavailable }) => unavailable === "no-connection");
  const offline = report.documents.some(({ unavailable }) => unavailable === "offline");
  const { verdict } = report;
  const wanted = verdict === "invalid" ? "fail" : "unknown";
  const ofInput = report.checks.find(({ question, outcome }) => question === undefined && outcome === wanted);
  const deciding = ofInput ? codes[ofInput.code][0] : answers.find(({ answer, question }) => answer === wanted && (report.isAsked || question !== "recipient"))?.sentence;
  // All would be well, had the issuer itself answered.
  const isOnlyCopy = copy !== null && verdict === "unknown" && deciding === undefined;
  const title = isOnlyCopy ? say("copy", { host: copy }) : say(verdict);
  const why = isOnlyCopy ? say("copy_how", { host: copy, name: new URL(base).host }) : verdict === "valid" ? say("valid_how") : deciding;
  result.replaceChildren(
    banner(verdict, title, why ?? ""),
    ...(ofInput?.detail ? [make("p", "check-value", say("value"), " ", make("code", "", ofInput.detail))] : []),
    ...(copy && !isOnlyCopy ? [make("p", "check-note", say("copy", { host: copy }), ".")] : []),
    ...badge(report),
    make("h3", "check-heading", say("answers")),
    cards(answers, report, copy),
    ...(verdict === "unknown" && !isOnlyCopy ? further(input, { unreadable, offline }) : []),
    ...remarks([...isSecond.map(({ detail }) => say("second", { what: detail ?? "" })), ...report.notes.filter(({ code }) => code !== "proof-unsupported").map(({ code, subject, detail }) => [codes[code]?.[0] ?? code, `${subject}${detail ? ` (${detail})` : ""}`])]),
    consulted(report, reasons),
    ending(say("at", { date: moment(report.now) })),
  );
  result.hidden = false;
  announce(`${title}. ${why ?? ""}`);
  result.focus();
};

/** @type {(verdict: string, title: string, why: string) => HTMLElement} */
const banner = (verdict, title, why) => {
  const shape = verdict === "valid" ? "pass" : verdict === "invalid" ? "fail" : "unknown";
  const heading = make("h2", "", title);
  heading.id = "check-verdict";
  return make("header", `check-banner check-${shape}`, icon(shape), make("div", "", heading, make("p", "", why)));
};

/** What the badge says of itself, once that is assured, and the domain that counts. @type {(report: Report) => HTMLElement[]} */
const badge = ({ issuer, records: [record] }) => [
  make("div", "check-badge",
    record?.name && make("p", "check-name", record.name),
    issuer && make("p", "check-host", make("span", "check-label", say("issuer")), make("strong", "", issuer.host ?? issuer.id), issuer.path ? make("span", "check-path", issuer.path) : null),
    issuer?.international && make("p", "check-note", say("letters")),
    record?.issuerName && make("p", "check-said", say("said", { name: record.issuerName })),
    record?.awarded && make("p", "check-dates", [say("awarded", { date: day(record.awarded) }), record.expires && say("expires", { date: day(record.expires) })].filter(Boolean).join(" · ")),
  ),
];

/** @type {(answers: Answered[], report: Pick<Report, "isAsked" | "checks"> | null, copy: string | null) => HTMLElement} */
const cards = (answers, report, copy) => make("ol", "check-cards", ...answers.map(({ question, asked, answer, code, sentence, doesNotProve, rule }) => {
  const isUnasked = code === "recipient-not-asked" || code === "not-reached";
  const isOfCopy = copy !== null && answer === "pass" && ["issuer", "unaltered", "not-withdrawn"].includes(question);
  const word = isUnasked ? say(code === "not-reached" ? "not_checked" : "not_asked") : answer === "pass" ? say(isOfCopy ? "yes_copy" : "yes") : say(answer === "fail" ? "no" : "not_checked");
  const shape = isUnasked ? "none" : /** @type {"pass" | "fail" | "unknown"} */ (answer);
  const detail = report?.checks.find((one) => one.question === question && one.code === code)?.detail;
  // What decided, where it says more than the sentence: a date in words, or the member that is wrong.
  const value = question === "in-date" && detail ? day(detail) : answer === "pass" ? undefined : detail;
  return make("li", `check-card check-${isOfCopy ? "copied" : shape}`,
    make("h4", "", asked),
    make("p", "check-word", icon(shape), make("strong", "", word)),
    make("p", "", sentence),
    value && make("p", "check-value", say("value"), " ", question === "in-date" ? value : make("code", "", value)),
    answer === "pass" && make("p", "check-limits", say("limits"), " ", doesNotProve),
    make("p", "check-rule", make("code", "", code), " · ", rule));
}));

/** What may be done where this page stops. @type {(input: Input, of: { unreadable: boolean, offline: boolean }) => HTMLElement[]} */
const further = (input, { unreadable, offline }) => {
  const said = [offline && say("offline"), !offline && unreadable && say("unreadable"), !functionAt && say("further")].filter((one) => one !== false);
  const box = make("div", "check-further", ...said.map((one) => make("p", "", one)));
  if (functionAt) {
    const how = make("p", "", say("function_how", { host: functionHost }));
    box.append(how, make("p", "check-buttons", button(say("function", { host: functionHost }), () => void handOver(input), "check-button check-go")));
  }
  return said.length > 0 || functionAt ? [box] : [];
};

/** Hands the badge to the verification function, once the reader clicked its name; never who it was asked for. @type {(input: Input) => Promise<void>} */
const handOver = async (input) => {
  const run = ++running;
  announce(say("working"));
  const host = functionHost;
  try {
    const address = new URL("verify", `${functionAt}`.replace(/\/?$/, "/"));
    address.searchParams.set("lang", lang);
    const isAddress = "address" in input;
    const sent = isAddress ? JSON.stringify({ url: input.address.split("#")[0] }) : /** @type {any} */ (input.bytes);
    const response = await fetch(address, { method: "POST", body: sent, credentials: "omit", referrerPolicy: "no-referrer", headers: { accept: "application/json", ...(isAddress ? { "content-type": "application/json" } : { "content-type": typeOf(input.bytes) }) } });
    const report = await response.json();
    if (run !== running) return;
    if (!response.ok || !Array.isArray(report.questions)) throw new Error("no report");
    const failed = report.questions.find((/** @type {Answered} */ { answer }) => answer === (report.verdict === "invalid" ? "fail" : "unknown"));
    const verdict = ["valid", "invalid"].includes(report.verdict) ? report.verdict : "unknown";
    const title = say(verdict);
    result.replaceChildren(
      banner(verdict, title, verdict === "valid" ? "" : (failed?.sentence ?? "")),
      make("p", "check-note", say("at_function", { host, date: moment(new Date().toISOString()) })),
      ...badge({ ...report, issuer: report.issuer }),
      make("h3", "check-heading", say("answers")),
      cards(report.questions, report, null),
      ...remarks((report.notes ?? []).map((/** @type {any} */ { sentence, subject }) => [sentence, subject])),
      ending(""),
    );
    announce(title);
    result.focus();
  } catch {
    announce(say("function_failed", { host }));
  }
};

/** @type {(bytes: Uint8Array) => string} */
const typeOf = (bytes) => {
  const start = new TextDecoder().decode(bytes.subarray(0, 64)).trim();
  if (bytes[0] === 0x89) return "image/png";
  return start.startsWith("<") ? "image/svg+xml" : start.startsWith("{") ? "application/json" : "text/plain";
};

/** @type {(said: (string | string[])[]) => HTMLElement[]} */
const remarks = (said) => (said.length === 0 ? [] : [
  make("h3", "check-heading", say("notes")),
  make("ul", "check-notes", ...said.map((one) => (typeof one === "string" ? make("li", "", one) : make("li", "", one[0], " ", make("span", "check-path", one[1]))))),
]);

/** @type {(report: Report, reasons: Words["reasons"]) => HTMLElement} */
const consulted = ({ documents }, reasons) => {
  const rows = documents.map(({ asked, source, answeredBy, unavailable, httpStatus, bytes, sha256 }) => {
    const [led, from] = [answeredBy, asked].map((address) => (URL.canParse(address) ? new URL(address).host : ""));
    const facts = unavailable ? [say("document_none"), reasons[unavailable] ?? unavailable] : [`HTTP ${httpStatus}`, say("document_bytes", { n: new Intl.NumberFormat(lang).format(bytes) }), source === "stand-in" && say("document_copy", { host: location.host }), led && led !== from && say("document_led", { host: led })];
    return make("li", "", make("span", "check-path", asked), make("span", "", facts.filter(Boolean).join(" · ")), sha256 ? make("code", "", sha256) : null);
  });
  return make("details", "check-documents", make("summary", "", `${say("documents")} (${documents.length})`), make("p", "check-how", say("documents_how")), make("ul", "", ...rows));
};

/** @type {(said: string) => HTMLElement} */
const ending = (said) => make("footer", "check-ending", make("p", "", said), make("p", "check-buttons", button(say("print"), () => print()), button(say("again"), again)));

const again = () => {
  running++;
  result.hidden = asking.hidden = true;
  field.value = picker.value = "";
  announce("");
  field.focus();
};

/** @type {(file: Blob | null | undefined) => Promise<void>} */
const takeFile = async (file) => {
  if (!file) return;
  // A picture is never too large for its reader by a little: past this it is no badge.
  await check({ bytes: new Uint8Array(await file.slice(0, FILE_BYTES_MAX).arrayBuffer()) });
};

/** @type {(written: string) => Promise<void>} */
const takeText = async (written) => {
  await load();
  const typed = written.trim();
  if (typed === "") return announce(say("nothing"));
  // People leave out how an address begins; a token has no slash.
  const address = /^[\w-]+(?:\.[\w-]+)+\/\S*$/.test(typed) ? `https://${typed}` : typed;
  void check(/^https?:\/\/\S+$/i.test(address) ? { address } : { bytes: new TextEncoder().encode(typed) });
};

/** @type {MediaStream | null} */
let camera = null;
const stopCamera = () => {
  camera?.getTracks().forEach((track) => track.stop());
  camera = null;
  video.hidden = true;
  scanner.textContent = say("scan");
};
const scan = async () => {
  await load();
  if (camera) return stopCamera();
  try {
    camera = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    video.srcObject = camera;
    video.hidden = false;
    scanner.textContent = say("scan_stop");
    announce(say("scanning"));
    await video.play();
    const detector = new /** @type {any} */ (globalThis).BarcodeDetector({ formats: ["qr_code"] });
    while (camera) {
      const [found] = await detector.detect(video).catch(() => []);
      if (found) {
        field.value = found.rawValue;
        stopCamera();
        return takeText(found.rawValue);
      }
      await new Promise((later) => setTimeout(later, 200));
    }
  } catch {
    stopCamera();
    announce(say("scan_failed"));
  }
  return undefined;
};

const offerCamera = async () => {
  const detector = /** @type {any} */ (globalThis).BarcodeDetector;
  const formats = detector && navigator.mediaDevices ? await detector.getSupportedFormats().catch(() => []) : [];
  scanner.hidden = !formats.includes("qr_code");
};

/** `#url=…`, written by a learner's page: started at once, and asking first where another host is concerned. */
const takeFragment = () => {
  const found = /^#url=(.+)$/s.exec(location.hash);
  if (!found) return;
  try {
    const address = decodeURIComponent(found[1]);
    if (!/^https?:\/\//i.test(address)) return;
    field.value = address;
    void takeText(address);
  } catch {
    // A fragment that is no text is nobody's.
  }
};

const start = async () => {
  if (!globalThis.crypto?.subtle) {
    await load();
    return announce(say("insecure"));
  }
  checker.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void takeText(field.value);
  });
  picker.addEventListener("change", () => void takeFile(picker.files?.[0]));
  scanner.addEventListener("click", () => void scan());
  for (const name of ["dragover", "drop", "dragleave"]) {
    document.addEventListener(name, (event) => {
      part("check-drop").classList.toggle("over", name === "dragover");
      event.preventDefault();
      if (name === "drop") void takeDrop(/** @type {DragEvent} */ (event).dataTransfer);
    });
  }
  document.addEventListener("paste", ({ clipboardData, target }) => {
    if (clipboardData?.files.length) void takeFile(clipboardData.files[0]);
    else if (target === document.body || target === result) void takeText(clipboardData?.getData("text") ?? "");
  });
  addEventListener("hashchange", takeFragment);
  await offerCamera();
  takeFragment();
  navigator.serviceWorker?.register(worker).catch(() => {});
  return undefined;
};

/** @type {(dropped: DataTransfer | null) => void} */
const takeDrop = (dropped) => {
  if (dropped?.files.length) return void takeFile(dropped.files[0]);
  return void takeText(dropped?.getData("text/uri-list") || dropped?.getData("text/plain") || "");
};

void start();
