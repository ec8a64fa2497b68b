// A hosted badge of Open Badges 2.0: what counts is what its issuer publishes, read again from there.

import { judge, moment } from "./dates.js";
import { describe, isSameOrSecure, isSameTenant, namesTenant, read } from "./hosts.js";
import { hasType, idOf, isThing, many, word } from "./json.js";
import { generationOf, gone, nameOf } from "./records.js";
import { Stop } from "./run.js";

/** @typedef {import("./run.js").Run} Run */
/** @typedef {import("./records.js").Facts} Facts */

const PROFILES = ["Issuer", "Profile", "https://w3id.org/openbadges#Issuer"];
const OTHER_CLASSES = ["BadgeClass", "Issuer", "Profile", "RevocationList", "CryptographicKey"];
const CLAIMS = ["recipient", "badge", "issuedOn", "expires"];

const broken = (/** @type {string} */ member) => new Stop("fail", "shape-broken", member);

/** Runs every check; what its host assures comes back for comparison. @type {(run: Run, presented: any, foundIn: string) => Promise<Facts | undefined>} */
export const check = async (run, presented, foundIn) => {
  try {
    return await judged(run, presented, foundIn);
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    return void run.found(undefined, error.outcome, error.code, foundIn, error.detail);
  }
};

/** @type {(run: Run, presented: any, foundIn: string) => Promise<Facts | undefined>} */
const judged = async (run, presented, foundIn) => {
  if (!hasType(presented, "Assertion") && OTHER_CLASSES.some((one) => hasType(presented, one))) throw new Stop("unknown", "type-unknown");
  if (presented.revoked !== true) mustBeHosted(presented);
  const id = word(presented, "id");
  if (id === undefined || !read(id)) throw broken("id");
  const hosted = await published(run, id);
  if (!hosted || !isInForce(run, hosted, id, foundIn)) return undefined;
  const differing = CLAIMS.filter((claim) => differs(presented, hosted, claim));
  if (differing.length > 0) run.found("unaltered", "fail", "hosted-copy-differs", id, differing.join(", "));
  if (!hasType(hosted, "Assertion")) throw broken("type");
  const badge = await linked(run, hosted, "badge", ["BadgeClass"]);
  const profile = badge && (await linked(run, badge, "issuer", PROFILES));
  if (!profile) return undefined;
  return conclude(run, hosted, badge, profile, foundIn);
};

/** @type {(assertion: any) => void} */
const mustBeHosted = (assertion) => {
  const verification = assertion.verification ?? assertion.verify;
  const is = (/** @type {string[]} */ ...names) => names.some((name) => hasType(verification, name));
  // A signed one is vouched for by its signature, so that its host alone says too little.
  if (is("SignedBadge", "signed")) throw new Stop("unknown", "signature-not-given", "verification");
  if (!is("HostedBadge", "hosted")) throw broken("verification");
};

/** What is published at the assertion's address; nothing when it is gone or cannot be had. @type {(run: Run, id: string) => Promise<any>} */
const published = async (run, id) => {
  const body = await run.body(id);
  if (!("code" in body) && body.status === 410) return gone(run, id);
  const found = await run.json(id);
  if (!("code" in found)) return isThing(found.json) ? found.json : Object.create(null);
  run.found("unaltered", "unknown", found.code, id, found.detail);
  return run.found("not-withdrawn", "unknown", "status-unavailable", id, found.detail);
};

/** @type {(run: Run, hosted: any, id: string, foundIn: string) => boolean} */
const isInForce = (run, hosted, id, foundIn) => {
  // Whatever else the body says or leaves out.
  if (hosted.revoked === true) {
    run.found("not-withdrawn", "fail", "revoked", id, word(hosted, "revocationReason"));
    run.records.push({ version: "2.0", foundIn, id, revocationReason: word(hosted, "revocationReason") });
    return false;
  }
  if (generationOf(hosted) === 1) throw new Stop("unknown", "legacy-version");
  try {
    if (hosted.id !== id) throw broken("id");
    // What only looks like "revoked" is not read as "not revoked".
    if ("revoked" in hosted && hosted.revoked !== false) throw broken("revoked");
    mustBeHosted(hosted);
    return true;
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    run.found("unaltered", error.outcome, error.code, id, error.detail);
    return false;
  }
};

/** Whether the presented copy makes another claim. A copy that leaves a claim out makes none. @type {(presented: any, hosted: any, claim: string) => boolean} */
const differs = (presented, hosted, claim) => {
  const [mine, theirs] = [presented[claim], hosted[claim]];
  if (mine === undefined) return false;
  if (claim === "badge" && theirs !== undefined) return idOf(mine) !== idOf(theirs);
  if (claim !== "recipient" && typeof mine === "string" && typeof theirs === "string") return mine !== theirs && (moment(mine) === null || moment(mine) !== moment(theirs));
  return !isEqual(mine, theirs);
};

/** @type {(one: any, other: any) => boolean} */
const isEqual = (one, other) => {
  if (!(one !== null && typeof one === "object" && other !== null && typeof other === "object")) return one === other;
  const names = Object.keys(one);
  return Array.isArray(one) === Array.isArray(other) && names.length === Object.keys(other).length && names.every((name) => name in other && isEqual(one[name], other[name]));
};

/** Follows a link; an embedded copy with an address is read again from there. @type {(run: Run, from: any, member: string, kinds: string[]) => Promise<any>} */
const linked = async (run, from, member, kinds) => {
  const address = idOf(from[member]);
  if (address === undefined || !read(address)) throw broken(member);
  const found = await run.json(address);
  if ("code" in found) return run.found("issuer", "unknown", found.code, address, found.detail);
  if (word(found.json, "id") !== address) throw broken(`${address}: id`);
  if (!kinds.some((kind) => hasType(found.json, kind))) throw broken(`${member}.type`);
  return found.json;
};

/** @type {(run: Run, assertion: any, badge: any, profile: any, foundIn: string) => Promise<Facts | undefined>} */
const conclude = async (run, assertion, badge, profile, foundIn) => {
  const { id } = assertion;
  for (const missing of missingOf(assertion, badge, profile)) run.found(undefined, "fail", "shape-broken", id, missing);
  run.name(profile.id);
  if (!isInScope(run, profile, badge, id)) return void run.found("issuer", "fail", "issuer-out-of-scope", profile.id);
  run.found("issuer", "pass", "issuer-hosts-badge", profile.id);
  run.found("unaltered", "pass", "hosted-copy-read", id);
  run.found("not-withdrawn", "pass", "still-published", id);
  run.found("in-date", ...judge(assertion.issuedOn, assertion.expires, run.now), id, word(assertion, "expires") ?? word(assertion, "issuedOn"));
  if (run.recipient === "") run.found("recipient", "unknown", "recipient-not-asked", id);
  else await (await import("./person.js")).ofAssertion(run, assertion, id);
  const name = nameOf(badge);
  run.records.push({ version: "2.0", foundIn, id, name, description: nameOf(badge, "description"), issuerName: nameOf(profile), awarded: word(assertion, "issuedOn"), expires: word(assertion, "expires") });
  const evidence = many(assertion, "evidence").length;
  if (evidence > 0) run.note("evidence-not-checked", id, String(evidence));
  if ([assertion, badge, profile].some((one) => "endorsement" in one)) run.note("endorsements-left-out", id);
  await withdrawnByList(run, profile, assertion);
  return { name, host: describe(profile.id).host, record: assertion, awarded: moment(assertion.issuedOn), until: moment(assertion.expires) };
};

/** @type {(assertion: any, badge: any, profile: any) => string[]} */
const missingOf = (assertion, badge, profile) => {
  const { recipient } = assertion;
  const isComplete = word(recipient, "type") !== undefined && word(recipient, "identity") !== undefined && typeof recipient.hashed === "boolean";
  const lacks = (/** @type {any} */ thing, /** @type {string} */ of, /** @type {string[]} */ ...names) => names.filter((name) => (name === "image" || name === "criteria" ? (thing[name] ?? null) === null : word(thing, name) === undefined)).map((name) => of + name);
  return [...(isComplete ? [] : ["recipient"]), ...lacks(assertion, "", "issuedOn"), ...lacks(badge, "badge.", "name", "description", "image", "criteria"), ...lacks(profile, "issuer.", "name", "url")];
};

/** Whether the assertion is published where its issuer says its badges are. @type {(run: Run, profile: any, badge: any, id: string) => boolean} */
const isInScope = ({ rules }, profile, badge, id) => {
  const [issuer, own, itself] = [read(profile.id), read(id), read(badge.id)];
  if (!issuer || !own) return false;
  const prefixes = many(profile.verification, "startsWith");
  const origins = many(profile.verification, "allowedOrigins");
  const prefix = prefixes.find((one) => {
    const url = typeof one === "string" && read(one);
    return url && !/%2f|%5c/i.test(own.pathname) && id.startsWith(url.href);
  });
  if (prefixes.length > 0 && prefix === undefined) return false;
  const isOwnPart = (prefix !== undefined && namesTenant(prefix, rules)) || isSameTenant(issuer, own, rules);
  const classIsSame = !itself || (isSameOrSecure(itself, issuer) && (prefix !== undefined || isSameTenant(issuer, itself, rules)));
  const isWithin = origins.length === 0 ? isSameOrSecure(own, issuer) && classIsSame : origins.some((one) => typeof one === "string" && one.toLowerCase() === own.host);
  return isWithin && isOwnPart;
};

/** What the issuer's list withdraws is withdrawn; one that cannot be read leaves the address to decide. @type {(run: Run, profile: any, assertion: any) => Promise<void>} */
const withdrawnByList = async (run, profile, assertion) => {
  if (!("revocationList" in profile)) return undefined;
  const list = idOf(profile.revocationList) ?? "";
  const found = read(list) ? await run.json(list) : { code: "", detail: "id" };
  const entries = "code" in found ? [] : many(found.json, "revokedAssertions");
  const isList = !("code" in found) && hasType(found.json, "RevocationList") && (!("issuer" in found.json) || idOf(found.json.issuer) === profile.id);
  if ("code" in found || !isList) return run.note("revocation-list-not-read", list, "code" in found ? found.detail : "type");
  const isAbout = (/** @type {any} */ entry) => idOf(entry) === assertion.id || (word(entry, "uid") !== undefined && word(entry, "uid") === word(assertion, "uid"));
  const entry = entries.find((one) => isAbout(one) && one.revoked !== false);
  if (entry !== undefined) run.found("not-withdrawn", "fail", "revoked", list, word(entry, "revocationReason"));
  return undefined;
};
