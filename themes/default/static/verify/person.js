// Is it this person's? What is typed stays here: it is hashed and compared, and sent to nobody.

import { isThing, many, word } from "./json.js";
import { digest, spelled } from "./name.js";

/** @typedef {import("./run.js").Run} Run */
/** @typedef {"email" | "iri" | "other"} Form */

const IDENTIFIERS_MAX = 32;
const SALT_CHARS_MAX = 1024;
const HASH = /^(sha256|md5)\$([0-9a-fA-F]+)$/;
/** An address as it was typed and in lower case; other identities to the letter. @type {(typed: string) => string[]} */
const spellings = (typed) => {
  const given = typed.trim();
  const isEmail = /^[^\s\p{Cc}]+@[^\s\p{Cc}@]+$/u.test(given) && !given.includes("://");
  return isEmail ? [...new Set([given.toLowerCase(), given])] : [given];
};

/** Whether an identity is the one that was stored; nothing when what was stored cannot be compared here. @type {(typed: string, hashed: any, stored: any, salt: any) => Promise<boolean | null>} */
const matches = async (typed, hashed, stored, salt) => {
  if (typeof stored !== "string") return null;
  const found = HASH.exec(stored);
  if (hashed !== true) return found ? null : spellings(typed).includes(stored);
  if (!found || found[1] !== "sha256" || found[2].length !== 64) return null;
  if (salt !== undefined && (typeof salt !== "string" || salt.length > SALT_CHARS_MAX)) return null;
  for (const spelling of spellings(typed)) if ((await digest(spelling + (salt ?? ""))) === found[2].toLowerCase()) return true;
  return false;
};

/** @type {(typed: string) => Form} */
const formOf = (typed) => (/^(?:did|https?|urn):/.test(typed) ? "iri" : typed.includes("@") ? "email" : "other");

const isHiddenName = (/** @type {any} */ one) => one.identityType === "name" && one.hashed === true && !("salt" in one);

/** @type {(isComparable: boolean) => [import("./run.js").Answer, string]} */
const noMatch = (isComparable) => (isComparable ? ["fail", "recipient-differs"] : ["unknown", "recipient-not-comparable"]);

const identifiersOf = (/** @type {any} */ badge) => many(badge.credentialSubject, "identifier").slice(0, IDENTIFIERS_MAX).filter(isThing);

/** Answers for an assured badge of Open Badges 3.0, and for the name in the learner's link. @type {(run: Run, badge: any, subject: string) => Promise<void>} */
export const ofBadge = async (run, badge, subject) => {
  if (run.recipient !== "") run.found("recipient", ...(await compared(badge, run.recipient)), subject);
  if (!run.linked) return;
  const { name, salt } = run.linked;
  const hidden = identifiersOf(badge).filter(isHiddenName).map((one) => HASH.exec(one.identityHash)).filter((found) => found?.[2].length === 64);
  const wanted = await digest(spelled(name) + salt);
  const isIt = hidden.some((found) => found?.[1] === "sha256" && found[2].toLowerCase() === wanted);
  if (hidden.length === 0) run.found("recipient", "unknown", "recipient-not-comparable", subject, name);
  else run.found("recipient", isIt ? "pass" : "fail", isIt ? "recipient-name-matches" : "recipient-name-differs", subject, name);
};

/** @type {(badge: any, asked: string) => Promise<[import("./run.js").Answer, string]>} */
const compared = async (badge, asked) => {
  const form = formOf(asked);
  const id = word(badge.credentialSubject, "id");
  if (form === "iri" && id === asked) return ["pass", "recipient-matches"];
  let isComparable = form === "iri" && id !== undefined;
  for (const one of identifiersOf(badge)) {
    // Without the salt there is nothing to compare.
    if (isHiddenName(one) || (one.identityType === "emailAddress") !== (form === "email")) continue;
    const isIt = await matches(asked, one.hashed, one.identityHash, one.salt);
    if (isIt) return ["pass", "recipient-matches"];
    isComparable ||= isIt === false;
  }
  return noMatch(isComparable);
};

/** Answers for an assured assertion of Open Badges 2.0. @type {(run: Run, assertion: any, subject: string) => Promise<void>} */
export const ofAssertion = async (run, assertion, subject) => {
  const { type, identity, hashed, salt } = isThing(assertion.recipient) ? assertion.recipient : {};
  const form = formOf(run.recipient);
  const fits = { email: ["email", "schema:email", "http://schema.org/email"].includes(type), iri: type === "url" || type === "id", other: typeof type === "string" }[form];
  const isIt = fits ? await matches(run.recipient, hashed, identity, salt) : null;
  return isIt ? run.found("recipient", "pass", "recipient-matches", subject) : run.found("recipient", ...noMatch(isIt === false), subject);
};

/** Every way a record names its recipient, as identity and salt. @typedef {[identity: string, salt: string]} Named */

/** @type {(record: any) => Named[]} */
export const namedIn = (record) => {
  if ("recipient" in record) return [namedAs(word(record.recipient, "identity") ?? "", record.recipient?.hashed, record.recipient?.salt)];
  const id = word(record.credentialSubject, "id");
  const named = identifiersOf(record).filter((one) => one.identityType !== "name" && typeof one.identityHash === "string");
  return [...(id === undefined ? [] : [/** @type {Named} */ ([id, ""])]), ...named.map((one) => namedAs(one.identityHash, one.hashed, one.salt))];
};

/** @type {(identity: string, hashed: any, salt: any) => Named} */
const namedAs = (identity, hashed, salt) => [hashed === true ? identity.toLowerCase() : identity, typeof salt === "string" ? salt : ""];

/** Whether two records name one person; nothing where they do so in ways that cannot be compared. @type {(one: Named[], other: Named[]) => Promise<boolean | null>} */
export const isSamePerson = async (one, other) => {
  const pairs = one.flatMap((a) => other.map((b) => compare(a, b)));
  const known = (await Promise.all(pairs)).filter((said) => said !== null);
  return known.length > 0 ? known.includes(true) : null;
};

/** Hashes compare under one salt, plain values of one form with each other, and a plain value with a hash it gives. @type {(one: Named, other: Named) => Promise<boolean | null>} */
const compare = async ([one, salt], [other, otherSalt]) => {
  const [a, b] = [HASH.exec(one), HASH.exec(other)];
  if (a && b) return a[1] === b[1] && salt === otherSalt ? one === other : null;
  if (a) return (await matches(other, true, one, salt || undefined)) ? true : null;
  if (b) return (await matches(one, true, other, otherSalt || undefined)) ? true : null;
  return one.includes("@") === other.includes("@") ? one === other : null;
};
