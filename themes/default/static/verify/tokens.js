// A badge inside a signed token (VC-JWT), as Open Badges and as vc-jose-cose define it.

import { fromBase64url, utf8 } from "./bytes.js";
import { moment } from "./dates.js";
import { mustBeGood } from "./issuer.js";
import { idOf, isThing, parse, without, word } from "./json.js";
import { hasSecret, verify } from "./keys.js";
import { examine as examineProofs } from "./proofs.js";
import { CLOCK_SKEW, message, Stop } from "./run.js";
import { keyOfToken } from "./token-keys.js";

/** @typedef {import("./run.js").Run} Run */
/** @typedef {{ header: any, payload: any, signed: import("./bytes.js").Bytes, signature: import("./bytes.js").Bytes }} Token */

const CHARS_MAX = 3 << 19;
const HEADER = { bytes: 16_384, depth: 8 };
const WITHOUT_PROOF = ["NONE", "HS256", "HS384", "HS512"];
/** @type {Record<string, string>} */
const ALGORITHMS = { RS256: "RS256", ES256: "ES256", EdDSA: "EdDSA", Ed25519: "EdDSA" };
const REGISTERED = ["iss", "sub", "aud", "exp", "nbf", "iat", "jti"];

const malformed = (/** @type {string} */ why) => new Stop("fail", "token-malformed", why);

/** Takes a token apart; its header can only name a key and lead to a refusal. @type {(written: string) => Token} */
export const open = (written) => {
  if (written.length > CHARS_MAX) throw malformed("length");
  const parts = written.split(".");
  if (parts.length !== 3) throw malformed("parts");
  const [header, payload, signature] = parts.map(fromBase64url);
  if (!header || !payload || !signature) throw malformed("base64url");
  /** @type {any} */
  let read;
  try {
    read = parse(header, HEADER);
  } catch (error) {
    throw malformed(message(error));
  }
  const alg = word(read, "alg");
  if (alg === undefined) throw malformed("alg");
  if (WITHOUT_PROOF.includes(alg.toUpperCase())) throw new Stop("fail", "token-proves-nothing", alg);
  if (!Object.hasOwn(ALGORITHMS, alg)) throw new Stop("unknown", "proof-unsupported", alg);
  if ("crit" in read || ("b64" in read && read.b64 !== true)) throw new Stop("fail", "token-sets-conditions");
  for (const name of ["kid", "typ"]) if (name in read && typeof read[name] !== "string") throw malformed(name);
  if ("jwk" in read && hasSecret(read.jwk)) throw new Stop("fail", "token-holds-secret");
  try {
    return { header: read, payload: parse(payload), signed: utf8(`${parts[0]}.${parts[1]}`), signature };
  } catch (error) {
    throw new Stop("fail", "json-refused", message(error));
  }
};

const disagree = (/** @type {string} */ claim) => new Stop("fail", "claims-disagree", claim);
const missing = (/** @type {string} */ claim) => new Stop("fail", "claim-missing", claim);

/** A NumericDate in whole seconds. @type {(claims: any, claim: string) => number | undefined} */
const seconds = (claims, claim) => {
  if (!(claim in claims)) return undefined;
  if (typeof claims[claim] !== "number") throw new Stop("fail", "claims-refused", claim);
  return Math.floor(claims[claim]);
};

/** The credential of a token, where its claims allow one. @type {(token: Token, now: number) => { content: import("./json.js").Thing, made: number | null }} */
export const credentialOf = ({ header, payload: claims }, now) => {
  if (!isThing(claims)) throw missing("type");
  const isJose = /^(?:application\/)?vc\+jwt$/i.test(header.typ ?? "");
  const made = seconds(claims, "iat") ?? seconds(claims, "nbf");
  // The data model 1.1 puts the credential into `vc`, where it may leave things out: another program's affair.
  if ("vc" in claims) {
    const [first] = [claims.vc?.["@context"]].flat();
    throw isJose || first !== "https://www.w3.org/2018/credentials/v1" ? new Stop("fail", "claims-refused", "vc") : new Stop("unknown", "form-unsupported", "vc");
  }
  const content = without(claims, REGISTERED);
  const names = { iss: idOf(content.issuer), jti: word(content, "id"), sub: idOf(content.credentialSubject) };
  for (const [claim, member] of Object.entries(names)) {
    if (claim in claims ? typeof claims[claim] !== "string" || claims[claim] !== member : false) throw disagree(claim);
    // A badge may name its recipient by a hash alone; then there is nothing to repeat.
    if (!(claim in claims) && !isJose && !(claim === "sub" && member === undefined)) throw missing(claim);
  }
  if (isJose) mustBeInForce(claims, now);
  else agreeOnDates(claims, content);
  return { content, made: made === undefined ? null : made * 1000 };
};

/** In vc-jose-cose `exp` and `nbf` are about the signature. @type {(claims: any, now: number) => void} */
const mustBeInForce = (claims, now) => {
  const [end, start] = [seconds(claims, "exp"), seconds(claims, "nbf")];
  if (end !== undefined && end < Math.floor(now / 1000)) throw new Stop("fail", "proof-expired", "exp");
  if (start !== undefined && start > Math.floor((now + CLOCK_SKEW) / 1000)) throw new Stop("fail", "not-yet-valid", "nbf");
};

/** In Open Badges `nbf` and `exp` repeat the dates of the badge, to the second. @type {(claims: any, content: any) => void} */
const agreeOnDates = (claims, content) => {
  const stated = (/** @type {string} */ member) => {
    const at = moment(content[member]);
    return at === null ? undefined : Math.floor(at / 1000);
  };
  const [start, end, from, until] = [seconds(claims, "nbf"), seconds(claims, "exp"), stated("validFrom"), stated("validUntil")];
  if (start === undefined) throw missing("nbf");
  if (from !== undefined && start !== from) throw disagree("nbf");
  if (end === undefined && until !== undefined) throw missing("exp");
  if (end !== undefined && until !== undefined && end !== until) throw disagree("exp");
  if (end !== undefined && !("validUntil" in content)) {
    const at = new Date(end * 1000);
    if (Number.isNaN(at.getTime())) throw disagree("exp");
    content.validUntil = at.toISOString();
  }
};

/** Checks the signature with the issuer's key, and the proofs beside it. @type {(run: Run, token: Token, subject: string) => Promise<import("./proofs.js").Examined>} */
export const examine = async (run, token, subject) => {
  const { content, made } = credentialOf(token, run.now);
  const issuer = idOf(content.issuer);
  const stopped = (/** @type {import("./proofs.js").Finding[]} */ ...findings) => ({ findings, unchecked: [] });
  if (issuer === undefined) return stopped(["issuer", "fail", "shape-broken", subject, "issuer"]);
  let method;
  try {
    method = await keyOfToken(run, token.header, issuer);
    mustBeGood(method, made, run.now);
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    return stopped(["issuer", error.outcome, error.code, subject, error.detail], ["unaltered", "unknown", "not-reached", subject]);
  }
  const isAnnounced = ALGORITHMS[token.header.alg] === method.key.alg;
  const matches = isAnnounced && (await verify(method.key, token.signature, token.signed));
  if (!matches) {
    /** @type {[import("./run.js").Answer, string]} */
    const how = !isAnnounced ? ["fail", "token-other-algorithm"] : matches === null ? ["unknown", "proof-unsupported"] : ["fail", "proof-failed"];
    return stopped(["issuer", "unknown", "not-reached", subject], ["unaltered", ...how, subject]);
  }
  /** @type {import("./proofs.js").Finding[]} */
  const findings = [
    issuer.startsWith("did:key:") ? ["issuer", "unknown", "issuer-key-only", method.id] : ["issuer", "pass", "issuer-confirmed", method.id],
    ["unaltered", "pass", "token-verified", method.id],
  ];
  if (!("proof" in content)) return { findings, unchecked: [], secured: { content, issuer } };
  // Made before the token, and just as much a claim that has to hold.
  const inner = await examineProofs(run, content, subject);
  return { ...inner, findings: [...findings, ...inner.findings] };
};
