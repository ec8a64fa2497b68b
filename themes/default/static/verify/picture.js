// The badges inside a picture: text chunks of a PNG, elements of an SVG. Pixels and shapes are never looked at.

import { inflate, text } from "./bytes.js";
import { Stop } from "./run.js";

/** @typedef {{ slot: "3" | "2", text: string }} Found */
/** @typedef {(xml: string) => Document | null} ReadXml */

const TEXT_BYTES_MAX = 1 << 20;
/** @type {Record<Found["slot"], { keyword: string, namespace: string, element: string }>} */
const SLOTS = {
  3: { keyword: "openbadgecredential", namespace: "https://purl.imsglobal.org/ob/v3p0", element: "credential" },
  2: { keyword: "openbadges", namespace: "http://openbadges.org", element: "assertion" },
};

const damaged = (/** @type {string} */ why) => new Stop("unknown", "input-picture-broken", why);

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** @type {(bytes: Uint8Array) => boolean} */
export const isPng = (bytes) => SIGNATURE.every((byte, at) => bytes[at] === byte);

/** @type {(bytes: Uint8Array) => boolean} */
export const isSvg = (bytes) => /^\ufeff?\s*(?:<\?xml[^>]*>\s*|<!--[^]*?-->\s*|<!doctype svg[^>]*>\s*)*<(?:[\w.-]+:)?svg[\s>/]/i.test(new TextDecoder().decode(bytes.subarray(0, 65_536)));

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
  for (let at = SIGNATURE.length; ; ) {
    if (at + 12 > bytes.length) throw damaged(`byte ${at}`);
    const length = view.getUint32(at);
    const end = at + 8 + length;
    if (end + 4 > bytes.length || crc(bytes.subarray(at + 4, end)) !== view.getUint32(end)) throw damaged(`byte ${at}`);
    const kind = latin(bytes.subarray(at + 4, at + 8));
    if (at === SIGNATURE.length && (kind !== "IHDR" || length !== 13)) throw damaged("IHDR");
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
