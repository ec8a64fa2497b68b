// From what was handed in to a report: the same questions, codes and rules as the engine of `accolade verify`, over the
// part of the standards that a browser can check by itself. What it cannot check is *unknown*, never *valid*.
//
// Nothing here touches the page or the network: documents come through `Documents`, words are the page's affair. What only
// some badges need is imported when one of them is there.

import { judgeContextsOfBadge } from "./contexts.js";
import { moment, ofBadge as datesOfBadge } from "./dates.js";
import { Fetched } from "./documents.js";
import { describe, didWebAddress, isHostOf } from "./hosts.js";
import { canonical, hasType, idOf, isThing, many, word } from "./json.js";
import { privateLink } from "./name.js";
import { examine } from "./proofs.js";
import { generationOf, gone, isBits, isPng, isSvg, nameOf, plain, statusEntries } from "./records.js";
import { isPage, Run, Stop } from "./run.js";
import { faultOf } from "./shape.js";

/** @typedef {import("./records.js").Facts} Facts */
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
  const { pointer } = await import("./pointer.js");
  const beside = pointer(body.bytes, body.url);
  const there = beside === null ? null : await run.body(beside);
  if (beside !== null && there && !("code" in there)) {
    if (there.status === 410) return gone(run, beside);
    if (there.status === 200 && !isPage(there.bytes)) return file(run, there.bytes, beside, readXml);
  }
  return run.found(undefined, "unknown", "input-is-page", address, beside ?? undefined);
};

/** @type {(run: Run, bytes: Uint8Array, subject: string, readXml: import("./picture.js").ReadXml) => Promise<void>} */
const file = async (run, bytes, subject, readXml) => {
  try {
    const foundIn = isPng(bytes) ? "png" : isSvg(bytes) ? "svg" : "";
    const picture = foundIn && (await import("./picture.js"));
    const records = picture ? await picture.recordsIn(bytes, readXml) : [plain(bytes)];
    const facts = [];
    for (const record of records) facts.push(await one(run, record, foundIn || (typeof record === "string" ? "jwt" : "json"), subject));
    const [first, second] = facts;
    if (picture && first && second) await picture.agree(run, first, second, subject);
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    run.found(error.code === "json-refused" ? "unaltered" : undefined, error.outcome, error.code, subject, error.detail);
  }
};

/** Runs the checks of one badge; what it is sure of comes back for comparison. @type {(run: Run, found: any, foundIn: string, subject: string) => Promise<Facts | undefined>} */
const one = async (run, found, foundIn, subject) => {
  if (typeof found === "string") return token(run, found, foundIn);
  const isOther = hasType(found, "EnvelopedVerifiableCredential") || hasType(found, "VerifiablePresentation");
  if (isOther) return void run.found(undefined, "unknown", "form-unsupported", subject);
  const generation = generationOf(found);
  if (generation === 3) return signed(run, found, foundIn);
  if (generation === 2 && hasType(found, "Endorsement") && !hasType(found, "Assertion")) return void run.found(undefined, "unknown", "endorsement-alone", foundIn);
  if (generation === 2) return (await import("./hosted.js")).check(run, found, foundIn);
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
  const lists = (statusEntries(badge) ?? []).filter(isBits).map((entry) => word(entry, "statusListCredential"));
  run.documents.want(lists.filter((list) => list !== undefined));
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
  const tokens = await import("./tokens.js");
  try {
    const opened = tokens.open(written);
    const generation = generationOf(isThing(opened.payload) ? (opened.payload.vc ?? opened.payload) : {});
    if (generation !== 3) return void run.found(undefined, "unknown", generation === 2 ? "form-unsupported" : generation === 1 ? "legacy-version" : "type-unknown", foundIn);
    const { content } = tokens.credentialOf(opened, run.now);
    const subject = word(content, "id") ?? foundIn;
    if (!admit(run, content, subject)) return undefined;
    want(run, content);
    return await concluded(run, await tokens.examine(run, opened, subject), subject, foundIn);
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
  if ("credentialStatus" in badge) await (await import("./status.js")).check(run, secured, subject);
  else run.found("not-withdrawn", "pass", "no-status-declared", subject);
  if (run.recipient !== "" || run.linked) await (await import("./person.js")).ofBadge(run, badge, subject);
  else run.found("recipient", "unknown", "recipient-not-asked", subject);
  remarks(run, badge, subject);
  const { achievement } = badge.credentialSubject;
  const [awarded, expires] = [word(badge, "awardedDate") ?? word(badge, "validFrom"), word(badge, "validUntil")];
  run.records.push({ version: "3.0", foundIn, id: word(badge, "id"), name: nameOf(achievement), description: nameOf(achievement, "description"), issuerName: nameOf(badge.issuer), awarded, expires });
  return { name: nameOf(achievement), host: describe(issuer).host, record: badge, awarded: moment(awarded), until: moment(expires) };
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
