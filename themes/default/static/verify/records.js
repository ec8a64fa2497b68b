// What was handed in, by its first bytes, and what a record of either generation calls itself.

import { text } from "./bytes.js";
import { hasType, isThing, many, parse, word } from "./json.js";
import { message, Stop } from "./run.js";

/** @typedef {import("./run.js").Run} Run */
/** @typedef {{ name?: string, host?: string, record: any, awarded: number | null, until: number | null }} Facts What is sure of a badge, for comparison. */

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** @type {(bytes: Uint8Array) => boolean} */
export const isPng = (bytes) => SIGNATURE.every((byte, at) => bytes[at] === byte);

/** @type {(bytes: Uint8Array) => boolean} */
export const isSvg = (bytes) => /^\ufeff?\s*(?:<\?xml[^>]*>\s*|<!--[^]*?-->\s*|<!doctype svg[^>]*>\s*)*<(?:[\w.-]+:)?svg[\s>/]/i.test(new TextDecoder().decode(bytes.subarray(0, 65_536)));

/** The text of a token in a file, if it is one: it begins as a token's header does. @type {(bytes: Uint8Array) => string | null} */
export const tokenIn = (bytes) => {
  const written = text(bytes)?.trim() ?? "";
  return /^(?:eyJ|eyA|ew)/.test(written) ? written : null;
};

/** The JSON of a record, or the text of a token. @type {(bytes: Uint8Array) => any} */
export const plain = (bytes) => {
  if (/^[\t\n\f\r ]*\{/.test(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(0, 1024)))) return record(bytes);
  const token = tokenIn(bytes);
  if (token === null) throw new Stop("unknown", "input-not-recognised");
  return token;
};

/** @type {(bytes: Uint8Array) => any} */
export const record = (bytes) => {
  try {
    return parse(bytes);
  } catch (error) {
    throw new Stop("fail", "json-refused", message(error));
  }
};

/** Which generation a record claims to follow; 0 for none. @type {(value: any) => 0 | 1 | 2 | 3} */
export const generationOf = (value) => {
  const contexts = many(value, "@context").filter((one) => typeof one === "string");
  if (contexts.some((one) => one.includes("/credentials/v"))) return 3;
  if (contexts.some((one) => one === "https://w3id.org/openbadges/v2" || one === "https://openbadgespec.org/v2/context.json")) return 2;
  const isOlder = isThing(value) && "badge" in value && ("verify" in value || typeof value.recipient === "string");
  return contexts.some((one) => one.includes("openbadges/v1")) || (contexts.length === 0 && isOlder) ? 1 : 0;
};

/** A text in whichever of its forms: a string, a value object, a map by language, or several. @type {(thing: any, member?: string) => string | undefined} */
export const nameOf = (thing, member = "name") => {
  const said = isThing(thing) ? thing[member] : undefined;
  if (typeof said === "string" || said === undefined) return said;
  if (isThing(said) && "@value" in said) return word(said, "@value");
  const tagged = Array.isArray(said) ? said.map((one) => [word(one, "@language"), word(one, "@value")]) : isThing(said) ? Object.entries(said) : [];
  return tagged.filter(([language, text]) => typeof language === "string" && typeof text === "string").sort(([one = ""], [other = ""]) => (one < other ? -1 : 1))[0]?.[1];
};

/** An address answered 410: withdrawn, whatever the body. @type {(run: Run, address: string) => void} */
export const gone = (run, address) => run.found("not-withdrawn", "fail", "revoked", address, "HTTP 410");

const ENTRIES_MAX = 8;

/** The status entries of a badge that are looked at; nothing where there are too many. @type {(badge: any) => any[] | null} */
export const statusEntries = (badge) => {
  const entries = many(badge, "credentialStatus");
  return entries.length > ENTRIES_MAX ? null : entries;
};

/** @type {(entry: any) => boolean} */
export const isBits = (entry) => hasType(entry, "BitstringStatusListEntry");
