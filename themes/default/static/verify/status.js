// Has it been withdrawn? A list that cannot be read is *unknown*: a revoked badge must not come back to life when a host
// is down.

import { fromBase64url, inflate } from "./bytes.js";
import { judgeContexts } from "./contexts.js";
import { mustHold } from "./dates.js";
import { isHostOf, read } from "./hosts.js";
import { hasType, idOf, isThing, many, word } from "./json.js";
import { examine } from "./proofs.js";
import { isBits, statusEntries, tokenIn } from "./records.js";
import { Stop } from "./run.js";

/** @typedef {import("./run.js").Run} Run */

const LIST_ENTRIES_MIN = 131_072;
const INFLATED_BYTES_MAX = 16 << 20;

const broken = (/** @type {string} */ why) => new Stop("unknown", "status-list-broken", why);

/** Judges every status entry of an assured credential. @type {(run: Run, secured: import("./proofs.js").Secured, subject: string) => Promise<void>} */
export const check = async (run, secured, subject) => {
  const entries = statusEntries(secured.content);
  if (!entries) return run.found("not-withdrawn", "unknown", "status-too-many", subject, String(many(secured.content, "credentialStatus").length));
  let isAbout = false;
  for (const entry of entries) {
    if (isBits(entry)) {
      isAbout = (await bits(run, entry, secured, subject)) || isAbout;
    } else {
      run.found("not-withdrawn", "unknown", "status-unsupported", subject, String(many(entry, "type")[0] ?? ""));
      isAbout = true;
    }
  }
  if (!isAbout) run.found("not-withdrawn", "pass", "no-status-declared", subject);
};

/** Judges one entry; answers whether it is about withdrawal. @type {(run: Run, value: any, secured: import("./proofs.js").Secured, subject: string) => Promise<boolean>} */
const bits = async (run, value, secured, subject) => {
  const list = word(value, "statusListCredential") ?? subject;
  const purpose = word(value, "statusPurpose") ?? "";
  try {
    const entry = readEntry(value);
    const { content, asOf } = await listOf(run, entry.list, secured.issuer);
    const { found, message } = await lookUp(content, entry, purpose);
    run.statuses.push({ kind: "BitstringStatusList", list: entry.list, purpose, value: found, message, asOf });
    return tell(run, { list: entry.list, purpose, found, message, subject });
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    // What only informs may fail to inform.
    if (purpose === "message" || purpose === "refresh") return run.note("status-remark-not-read", list, error.detail), false;
    run.found("not-withdrawn", "unknown", error.code, list, error.detail);
    return true;
  }
};

/** @type {(value: any) => { list: string, index: number, size?: number, messages: any }} */
const readEntry = (value) => {
  const { statusListCredential: list, statusPurpose: purpose, statusListIndex: index, id, statusSize: size } = value;
  if (typeof list !== "string" || !read(list)) throw broken("statusListCredential");
  if ((id !== undefined && typeof id !== "string") || id === list) throw broken("id");
  if (typeof purpose !== "string" || purpose === "") throw broken("statusPurpose");
  const isIndex = typeof index === "string" ? /^(?:0|[1-9]\d*)$/.test(index) : Number.isSafeInteger(index) && index >= 0;
  if (!isIndex) throw broken("statusListIndex");
  return { list, index: Number(index), size: readSize(size), messages: value.statusMessage ?? value.statusMessages };
};

/** @type {(size: any) => number | undefined} */
const readSize = (size) => {
  if (size !== undefined && !(Number.isInteger(size) && size >= 1 && size <= 16)) throw broken("statusSize");
  return size;
};

/** The list an entry names, once its issuer's signature, its contexts and its dates hold. @type {(run: Run, address: string, issuer: string) => Promise<{ content: any, asOf?: string }>} */
const listOf = async (run, address, issuer) => {
  const body = await run.body(address);
  const token = !("code" in body) && body.status === 200 ? tokenIn(body.bytes) : null;
  const found = token === null ? await run.json(address) : null;
  if (found && "code" in found) throw new Stop("unknown", "status-unavailable", found.detail);
  if (found) {
    if (!isThing(found.json) || judgeContexts(found.json, run.rules)[0] !== "pass") throw broken("@context");
    // A stranger's list is not worth a look at its proofs, nor a fetch of their keys.
    if (idOf(found.json.issuer) !== issuer) throw new Stop("unknown", "status-list-foreign", idOf(found.json.issuer));
  }
  let secured;
  try {
    ({ secured } = found ? await examine(run, found.json, address) : await ofToken(run, /** @type {string} */ (token), address));
  } catch (error) {
    if (error instanceof Stop) throw broken("proof");
    throw error;
  }
  if (!secured) throw broken("proof");
  if (secured.issuer !== issuer) throw new Stop("unknown", "status-list-foreign", secured.issuer);
  const { content } = secured;
  if (judgeContexts(content, run.rules)[0] !== "pass") throw broken("@context");
  mustHold(content, run.now);
  // Another host could give one list of this issuer for another; the issuer's own host has no reason to.
  if ("id" in content && content.id !== address && !isHostOf(issuer, address, run.rules)) throw broken("id");
  return { content, asOf: word(content, "validFrom") ?? word(content, "issuanceDate") };
};

/** @type {(run: Run, token: string, address: string) => Promise<import("./proofs.js").Examined>} */
const ofToken = async (run, token, address) => {
  const tokens = await import("./tokens.js");
  return tokens.examine(run, tokens.open(token), address);
};

/** @type {(content: any, entry: ReturnType<typeof readEntry>, purpose: string) => Promise<{ found: number, message?: string }>} */
const lookUp = async (content, entry, purpose) => {
  const list = content.credentialSubject;
  const isList = hasType(content, "VerifiableCredential") && hasType(content, "BitstringStatusListCredential") && isThing(list) && hasType(list, "BitstringStatusList");
  if (!isList) throw broken("type");
  if (!many(list, "statusPurpose").includes(purpose)) throw broken("statusPurpose");
  const encoded = word(list, "encodedList");
  const compressed = encoded?.[0] === "u" ? fromBase64url(encoded.slice(1)) : null;
  if (!compressed || compressed.length < 18) throw broken("encodedList");
  const bytes = await inflate(compressed, "gzip", INFLATED_BYTES_MAX);
  // The last four bytes tell the length: of one whole text, and nothing behind it.
  const end = new DataView(compressed.buffer, compressed.byteOffset).getUint32(Math.max(0, compressed.length - 4), true);
  if (typeof bytes === "string" || end !== bytes.length) throw broken("encodedList");
  const there = readSize(list.statusSize);
  if (entry.size !== undefined && there !== undefined && entry.size !== there) throw broken("statusSize");
  const size = entry.size ?? there ?? 1;
  if (Math.floor((bytes.length * 8) / size) < LIST_ENTRIES_MIN) throw new Stop("unknown", "status-list-too-short");
  if ((entry.index + 1) * size > bytes.length * 8) throw broken("statusListIndex");
  let found = 0;
  for (let at = entry.index * size; at < (entry.index + 1) * size; at++) found = found * 2 + ((bytes[Math.floor(at / 8)] >> (7 - (at % 8))) & 1);
  const messages = [entry.messages ?? [], list.statusMessage ?? list.statusMessages ?? []].flat();
  const message = word(messages.find((one) => Number.parseInt(word(one, "status") ?? "", 16) === found), "message");
  return { found, message };
};

/** Says what a value means; answers whether it is about withdrawal. @type {(run: Run, read: { list: string, purpose: string, found: number, message?: string, subject: string }) => boolean} */
const tell = (run, { list, purpose, found, message, subject }) => {
  if (purpose === "revocation" || purpose === "suspension") {
    const code = purpose === "revocation" ? "revoked" : "suspended";
    if (found === 0) run.found("not-withdrawn", "pass", "not-withdrawn", list, message);
    else run.found("not-withdrawn", "fail", code, list, message);
    return true;
  }
  if (purpose === "refresh" && found !== 0) run.note("status-refresh", subject, message);
  else if (purpose === "message" && (found !== 0 || message !== undefined)) run.note("status-message", list, message ?? `0x${found.toString(16)}`);
  // What it means is not known; it might be a withdrawal by another name.
  else if (purpose !== "refresh" && purpose !== "message" && found !== 0) return run.found("not-withdrawn", "unknown", "status-unsupported", list, purpose), true;
  else run.note("status-remark", list, purpose);
  return false;
};
