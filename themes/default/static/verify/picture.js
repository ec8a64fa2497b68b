// The badges inside a picture: text chunks of a PNG, elements of an SVG. Pixels and shapes are never looked at.

import { inflate, text, utf8 } from "./bytes.js";
import { read } from "./hosts.js";
import { isPng, record } from "./records.js";
import { Stop } from "./run.js";

/** @typedef {{ slot: "3" | "2", text: string }} Found */
/** @typedef {(xml: string) => Document | null} ReadXml */
/** @typedef {import("./run.js").Run} Run */
/** @typedef {import("./records.js").Facts} Facts */

const TEXT_BYTES_MAX = 1 << 20;
/** @type {Record<Found["slot"], { keyword: string, namespace: string, element: string }>} */
const SLOTS = {
  3: { keyword: "openbadgecredential", namespace: "https://purl.imsglobal.org/ob/v3p0", element: "credential" },
  2: { keyword: "openbadges", namespace: "http://openbadges.org", element: "assertion" },
};

const damaged = (/** @type {string} */ why) => new Stop("unknown", "input-picture-broken", why);

/** What every PNG begins with is so long. */
const SIGNATURE_BYTES = 8;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  for (let bit = 0; bit < 8; bit++) byte = byte & 1 ? 0xedb88320 ^ (byte >>> 1) : byte >>> 1;
  return byte >>> 0;
});
const crc = (/** @type {Uint8Array} */ bytes) => {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = TABLE[(sum ^ byte) & 255] ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
};

const latin = (/** @type {Uint8Array} */ bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");

/** The text chunks of a PNG whose every checksum is right. @type {(bytes: Uint8Array) => { kind: string, keyword: string, data: Uint8Array }[]} */
const textChunks = (bytes) => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = [];
  for (let at = SIGNATURE_BYTES; ; ) {
    if (at + 12 > bytes.length) throw damaged(`byte ${at}`);
    const length = view.getUint32(at);
    const end = at + 8 + length;
    if (end + 4 > bytes.length || crc(bytes.subarray(at + 4, end)) !== view.getUint32(end)) throw damaged(`byte ${at}`);
    const kind = latin(bytes.subarray(at + 4, at + 8));
    if (at === SIGNATURE_BYTES && (kind !== "IHDR" || length !== 13)) throw damaged("IHDR");
    if (kind === "IEND") return found;
    const data = bytes.subarray(at + 8, end);
    const nul = data.subarray(0, 80).indexOf(0);
    if ((kind === "iTXt" || kind === "tEXt") && nul > 0) found.push({ kind, keyword: latin(data.subarray(0, nul)), data: data.subarray(nul + 1) });
    at = end + 4;
  }
};

/** @type {(data: Uint8Array) => Promise<string>} */
const international = async (data) => {
  const [flag, method] = data;
  const language = data.indexOf(0, 2);
  const translated = language < 0 ? -1 : data.indexOf(0, language + 1);
  if (translated < 0) throw damaged("iTXt");
  let said = data.slice(translated + 1);
  if (flag === 1 && method === 0) {
    const inflated = await inflate(said, "deflate", TEXT_BYTES_MAX);
    if (typeof inflated === "string") throw damaged(inflated);
    said = inflated;
  } else if (flag !== 0) throw damaged("iTXt");
  const read = said.length <= TEXT_BYTES_MAX ? text(said) : null;
  if (read === null) throw damaged("iTXt");
  return read;
};

/** What is in a PNG. @type {(bytes: Uint8Array) => Promise<Found[]>} */
export const inPng = async (bytes) => {
  const chunks = textChunks(bytes);
  /** @type {Found[]} */
  const found = [];
  for (const slot of /** @type {const} */ (["3", "2"])) {
    const of = (/** @type {string} */ wanted) => chunks.filter(({ kind, keyword }) => kind === wanted && keyword === SLOTS[slot].keyword);
    // Only the older generation was ever written as `tEXt`, and an `iTXt` beside it wins.
    const texts = of("iTXt").length > 0 || slot === "3" ? of("iTXt") : of("tEXt");
    if (texts.length > 1) throw damaged(`${SLOTS[slot].keyword} × ${texts.length}`);
    for (const { kind, data } of texts) found.push({ slot, text: kind === "iTXt" ? await international(data) : latin(data) });
  }
  return found;
};

/** What is in an SVG. @type {(bytes: Uint8Array, readXml: ReadXml) => Found[]} */
export const inSvg = (bytes, readXml) => {
  const xml = text(bytes);
  // Entities can make one text read as two.
  const drawing = xml === null || /<!(?:ENTITY|DOCTYPE[^>]*\[)/i.test(xml) ? null : readXml(xml.replace(/^\ufeff/, ""));
  if (!drawing) throw damaged("XML");
  /** @type {Found[]} */
  const found = [];
  for (const slot of /** @type {const} */ (["3", "2"])) {
    const { namespace, element } = SLOTS[slot];
    const elements = [...drawing.getElementsByTagNameNS(namespace, element)];
    if (elements.length > 1) throw damaged(`${element} × ${elements.length}`);
    for (const one of elements) {
      const said = (one.textContent ?? "").trim();
      found.push({ slot, text: said === "" ? (one.getAttribute("verify") ?? "").trim() : said });
    }
  }
  return found;
};

/** The records of what was found in a picture. @type {(found: Found[]) => any[]} */
const pictured = (found) => {
  if (found.length === 0) throw new Stop("unknown", "input-without-badge");
  return found.map(({ slot, text: said }) => {
    const written = said.trim();
    if (written.startsWith("{") && written.endsWith("}")) return record(utf8(said));
    // Early pictures hold the bare address of a hosted assertion: everything else is read from there.
    if (slot === "2" && read(written)) return { "@context": "https://w3id.org/openbadges/v2", type: "Assertion", id: written, verification: { type: "HostedBadge" } };
    if (/^[\w-]+\.[\w-]*\.[\w-]+$/.test(written)) return written;
    throw new Stop("unknown", "input-picture-broken", slot);
  });
};

/** The records in a picture. @type {(bytes: Uint8Array, readXml: ReadXml) => Promise<any[]>} */
export const recordsIn = async (bytes, readXml) => pictured(isPng(bytes) ? await inPng(bytes) : inSvg(bytes, readXml));

/** Do the two badges of one picture say the same? @type {(run: Run, first: Facts, second: Facts, subject: string) => Promise<void>} */
export const agree = async (run, first, second, subject) => {
  const isAskedTwice = run.checks.filter(({ code }) => code === "recipient-matches").length === 2;
  const { isSamePerson, namedIn } = await import("./person.js");
  const person = isAskedTwice || (await isSamePerson(namedIn(first.record), namedIn(second.record)));
  const differing = Object.entries({
    name: first.name !== second.name, issuer: first.host !== second.host, recipient: person === false,
    awarded: first.awarded !== second.awarded, expires: first.until !== second.until,
  }).filter(([, differs]) => differs).map(([name]) => name);
  if (differing.length > 0) run.found("unaltered", "fail", "records-disagree", subject, differing.join(", "));
  else run.found("unaltered", person === null ? "unknown" : "pass", person === null ? "records-not-comparable" : "records-agree", subject);
};
