// From what was handed in to a report: the same questions, codes and rules as the engine of `accolade verify`, over the
// part of the standards that a browser can check by itself. What it cannot check is *unknown*, never *valid*.
//
// Nothing here touches the page or the network: documents come through `Documents`, words are the page's affair.

import { text } from "./bytes.js";
import { judgeContextsOfBadge } from "./contexts.js";
import { moment, ofBadge as datesOfBadge } from "./dates.js";
import { Fetched } from "./documents.js";
import { check as hosted, generationOf, gone, nameOf } from "./hosted.js";
import { describe, didWebAddress, isHostOf, read } from "./hosts.js";
import { canonical, hasType, idOf, isThing, many, parse, word } from "./json.js";
import { inPng, inSvg, isPng, isSvg } from "./picture.js";
import { isSamePerson, namedInBadge, ofBadge as personOfBadge, privateLink } from "./person.js";
import { examine } from "./proofs.js";
import { isPage, message, Run, Stop } from "./run.js";
import { faultOf } from "./shape.js";
import { check as status, wantLists } from "./status.js";
import { credentialOf, examine as examineToken, looksLikeToken, open } from "./tokens.js";

/** @typedef {import("./hosted.js").Facts} Facts */
/** @typedef {{ address: string } | { bytes: Uint8Array }} Input */
/** @typedef {{ documents: import("./run.js").Documents, rules: import("./run.js").Rules, readXml: import("./picture.js").ReadXml, now?: number, recipient?: string }} Options */

/** Documents by way of the network, for the page. */
export const fetched = (/** @type {import("./documents.js").Place} */ place) => new Fetched(place);

/** @type {(input: Input, options: Options) => Promise<import("./run.js").Report>} */
export const verify = async (input, { documents, rules, readXml, now = Date.now(), recipient = "" }) => {
  const run = new Run(documents, rules, now, recipient.trim());
  if ("address" in input) await atAddress(run, input.address, readXml);
  else await file(run, input.bytes, "input", readXml);
  return run.report();
};

/** @type {(run: Run, written: string, readXml: import("./picture.js").ReadXml) => Promise<void>} */
const atAddress = async (run, written, readXml) => {
  // What stands behind `#` is for the reader's own machine: a learner's link carries the salt of a hidden name there.
  const [address, fragment = ""] = written.split(/#(.*)/s);
  run.linked = privateLink(fragment);
  const found = await run.anyones(address);
  if ("code" in found) return run.found(undefined, "unknown", found.code, address, found.detail);
  const { body, isOwn } = found;
  if (body.status === 410 && isOwn) return gone(run, address);
  if (body.status !== 200) return run.found(undefined, "unknown", "document-unavailable", address, `HTTP ${body.status}`);
  if (!isPage(body.bytes)) return file(run, body.bytes, address, readXml);
  const beside = pointer(body.bytes, body.url);
  const there = beside === null ? null : await run.body(beside);
  if (beside !== null && there && !("code" in there)) {
    if (there.status === 410) return gone(run, beside);
    if (there.status === 200 && !isPage(there.bytes)) return file(run, there.bytes, beside, readXml);
  }
  return run.found(undefined, "unknown", "input-is-page", address, beside ?? undefined);
};

const RECORD_TYPES = ["application/vc", "application/vc+jwt", "application/vc+ld+json", "application/ld+json", "application/json"];

/** The address of the record that a page offers. The page is believed in nothing. @type {(html: Uint8Array, address: string) => string | null} */
const pointer = (html, address) => {
  const head = new TextDecoder().decode(html.subarray(0, 65_536)).replace(/<!--[^]*?-->|<(script|style|title|noscript|template)\b[^]*?<\/\1\s*>/gi, "").split(/<body\b/i)[0];
  const links = [...head.matchAll(/<link\b((?:"[^"]*"|'[^']*'|[^>"'])*)>/gi)].map(([, inside]) => {
    const attribute = (/** @type {string} */ name) => new RegExp(`(?:^|[\\s"'/])${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, "i").exec(inside)?.slice(1).find((value) => value !== undefined)?.replace(/&amp;/g, "&") ?? "";
    return { rank: RECORD_TYPES.indexOf(attribute("type").split(";")[0].trim().toLowerCase()), isAlternate: /\balternate\b/i.test(attribute("rel")), href: attribute("href").trim() };
  });
  const [best] = links.filter(({ rank, isAlternate, href }) => rank >= 0 && isAlternate && href).sort((one, other) => one.rank - other.rank);
  if (!best) return /\/(?:index\.html)?$/.test(address.split("?")[0]) ? address.split("?")[0].replace(/index\.html$/, "") + "credential.json" : null;
  try {
    const to = new URL(best.href, address);
    to.hash = "";
    return /^https?:$/.test(to.protocol) ? to.href : null;
  } catch {
    return null;
  }
};

/** @type {(run: Run, bytes: Uint8Array, subject: string, readXml: import("./picture.js").ReadXml) => Promise<void>} */
const file = async (run, bytes, subject, readXml) => {
  try {
    const foundIn = isPng(bytes) ? "png" : isSvg(bytes) ? "svg" : "";
    const records = foundIn ? await pictured(foundIn === "png" ? await inPng(bytes) : inSvg(bytes, readXml)) : [plain(bytes)];
    const facts = [];
    for (const record of records) facts.push(await one(run, record, foundIn || (typeof record === "string" ? "jwt" : "json"), subject));
    const [first, second] = facts;
    if (records.length > 1 && first && second) await agree(run, first, second, subject);
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    run.found(error.code === "json-refused" ? "unaltered" : undefined, error.outcome, error.code, subject, error.detail);
  }
};

/** The JSON of a record, or the text of a token. @type {(bytes: Uint8Array) => any} */
const plain = (bytes) => {
  if (/^[\t\n\f\r ]*\{/.test(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(0, 1024)))) return record(bytes);
  const written = text(bytes)?.trim() ?? "";
  if (!looksLikeToken(written)) throw new Stop("unknown", "input-not-recognised");
  return written;
};

/** @type {(bytes: Uint8Array) => any} */
const record = (bytes) => {
  try {
    return parse(bytes);
  } catch (error) {
    throw new Stop("fail", "json-refused", message(error));
  }
};

/** @type {(found: import("./picture.js").Found[]) => any[]} */
const pictured = (found) => {
  if (found.length === 0) throw new Stop("unknown", "input-without-badge");
  return found.map(({ slot, text: said }) => {
    const written = said.trim();
    if (written.startsWith("{") && written.endsWith("}")) return record(new TextEncoder().encode(said));
    // Early pictures hold the bare address of a hosted assertion: everything else is read from there.
    if (slot === "2" && read(written)) return { "@context": "https://w3id.org/openbadges/v2", type: "Assertion", id: written, verification: { type: "HostedBadge" } };
    if (/^[\w-]+\.[\w-]*\.[\w-]+$/.test(written)) return written;
    throw new Stop("unknown", "input-picture-broken", slot);
  });
};

/** Runs the checks of one badge; what it is sure of comes back for comparison. @type {(run: Run, found: any, foundIn: string, subject: string) => Promise<Facts | undefined>} */
const one = async (run, found, foundIn, subject) => {
  if (typeof found === "string") return token(run, found, foundIn);
  const isOther = hasType(found, "EnvelopedVerifiableCredential") || hasType(found, "VerifiablePresentation");
  if (isOther) return void run.found(undefined, "unknown", "form-unsupported", subject);
  const generation = generationOf(found);
  if (generation === 3) return signed(run, found, foundIn);
  if (generation === 2 && hasType(found, "Endorsement") && !hasType(found, "Assertion")) return void run.found(undefined, "unknown", "endorsement-alone", foundIn);
  if (generation === 2) return hosted(run, found, foundIn);
  return void run.found(undefined, "unknown", generation === 1 ? "legacy-version" : "type-unknown", foundIn);
};

const isBadge = (/** @type {any} */ document) => hasType(document, "OpenBadgeCredential") || hasType(document, "AchievementCredential");

/** Whether a credential is a badge in known words; else the reason is noted. @type {(run: Run, badge: any, subject: string) => boolean} */
const admit = (run, badge, subject) => {
  if (!isBadge(badge)) {
    const code = hasType(badge, "EndorsementCredential") ? "endorsement-alone" : hasType(badge, "VerifiableCredential") ? "not-a-badge" : "type-unknown";
    run.found(undefined, "unknown", code, subject);
    return false;
  }
  const [outcome, code] = judgeContextsOfBadge(badge, run.rules);
  if (outcome !== "pass") run.found("unaltered", outcome, code, subject);
  return outcome === "pass";
};

/** Notes what will be needed, so that it is asked for at once. @type {(run: Run, badge: any) => void} */
const want = (run, badge) => {
  wantLists(run, badge);
  const issuer = idOf(badge.issuer);
  const address = issuer?.startsWith("did:web:") ? didWebAddress(issuer) : issuer?.startsWith("https:") ? issuer : null;
  if (address) run.documents.want([address]);
  if (issuer !== undefined) run.name(issuer);
};

/** @type {(run: Run, badge: any, foundIn: string) => Promise<Facts | undefined>} */
const signed = async (run, badge, foundIn) => {
  const subject = word(badge, "id") ?? foundIn;
  if (!admit(run, badge, subject)) return undefined;
  want(run, badge);
  const examined = await examine(run, badge, subject);
  const facts = await concluded(run, examined, subject, foundIn);
  if (examined.findings.some(([, , code]) => code === "key-revoked")) await freshCopy(run, badge);
  return facts;
};

/** @type {(run: Run, written: string, foundIn: string) => Promise<Facts | undefined>} */
const token = async (run, written, foundIn) => {
  try {
    const opened = open(written);
    const generation = generationOf(isThing(opened.payload) ? (opened.payload.vc ?? opened.payload) : {});
    if (generation !== 3) return void run.found(undefined, "unknown", generation === 2 ? "form-unsupported" : generation === 1 ? "legacy-version" : "type-unknown", foundIn);
    const { content } = credentialOf(opened, run.now);
    const subject = word(content, "id") ?? foundIn;
    if (!admit(run, content, subject)) return undefined;
    want(run, content);
    return await concluded(run, await examineToken(run, opened, subject), subject, foundIn);
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    return void run.found("unaltered", error.outcome, error.code, foundIn, error.detail);
  }
};

/** What follows once the content is the issuer's own, however it was signed: form, dates, withdrawal, person. @type {(run: Run, examined: import("./proofs.js").Examined, subject: string, foundIn: string) => Promise<Facts | undefined>} */
const concluded = async (run, { findings, secured, unchecked }, subject, foundIn) => {
  for (const finding of findings) run.found(...finding);
  for (const suite of unchecked) run.note("proof-unsupported", subject, suite);
  if (!secured) return undefined;
  const { content: badge, issuer } = secured;
  const fault = faultOf(badge);
  if (fault !== null) return void run.found("unaltered", "unknown", "shape-broken", subject, fault);
  datesOfBadge(run, badge, subject);
  await status(run, secured, subject);
  await personOfBadge(run, badge, subject);
  remarks(run, badge, subject);
  const { achievement } = badge.credentialSubject;
  const [awarded, expires] = [word(badge, "awardedDate") ?? word(badge, "validFrom"), word(badge, "validUntil")];
  run.records.push({ version: "3.0", foundIn, id: word(badge, "id"), name: nameOf(achievement), description: nameOf(achievement, "description"), issuerName: nameOf(badge.issuer), awarded, expires });
  return { name: nameOf(achievement), host: describe(issuer).host, recipients: namedInBadge(badge), awarded: moment(awarded), until: moment(expires) };
};

/** What was seen and not looked at. @type {(run: Run, badge: any, subject: string) => void} */
const remarks = (run, badge, subject) => {
  for (const schema of many(badge, "credentialSchema")) run.note("schema-not-checked", idOf(schema) ?? subject);
  for (const resource of many(badge, "relatedResource")) run.note("resource-not-checked", idOf(resource) ?? subject);
  if ("refreshService" in badge) run.note("refresh-not-used", subject, "policy");
  if ("termsOfUse" in badge) run.note("terms-not-checked", subject);
  const evidence = many(badge, "evidence");
  if (evidence.length > 0) run.note("evidence-not-checked", idOf(evidence[0]) ?? subject, String(evidence.length));
  const isEndorsed = [badge, badge.issuer, badge.credentialSubject.achievement].some((thing) => isThing(thing) && ("endorsement" in thing || "endorsementJwt" in thing));
  if (isEndorsed) run.note("endorsements-left-out", subject);
};

/** Says where a copy is that was signed anew, after the theft of a key. @type {(run: Run, badge: any) => Promise<void>} */
const freshCopy = async (run, badge) => {
  const [id, issuer] = [word(badge, "id") ?? "", idOf(badge.issuer) ?? ""];
  if (!isHostOf(issuer, id, run.rules)) return;
  const found = await run.json(id);
  if ("code" in found || !isThing(found.json) || canonical(found.json) === canonical(badge)) return;
  const { secured } = await examine(run, found.json, id);
  const isNewer = secured && secured.content.id === id && secured.issuer === issuer && isBadge(secured.content) && (moment(secured.content.validFrom) ?? 0) >= (moment(badge.validFrom) ?? 0);
  if (isNewer) run.note("fresh-copy", id, secured.content.validFrom);
};

/** Do the two badges of one picture say the same? @type {(run: Run, first: Facts, second: Facts, subject: string) => Promise<void>} */
const agree = async (run, first, second, subject) => {
  const isAskedTwice = run.checks.filter(({ code }) => code === "recipient-matches").length === 2;
  const person = isAskedTwice ? true : await isSamePerson(first.recipients, second.recipients);
  const differing = Object.entries({
    name: first.name !== second.name, issuer: first.host !== second.host, recipient: person === false,
    awarded: first.awarded !== second.awarded, expires: first.until !== second.until,
  }).filter(([, differs]) => differs).map(([name]) => name);
  if (differing.length > 0) run.found("unaltered", "fail", "records-disagree", subject, differing.join(", "));
  else run.found("unaltered", person === null ? "unknown" : "pass", person === null ? "records-not-comparable" : "records-agree", subject);
};
