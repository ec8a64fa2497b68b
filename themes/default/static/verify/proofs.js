// Is it unaltered, and is the key the issuer's? Data Integrity proofs, of which `eddsa-jcs-2022` is checked here.
//
// Every present proof that can be checked must verify. The others of the standard's suites need the statements of the
// record, which are not worked out here: their form and their key are judged all the same.

import { fromBase58, join, sha256, utf8 } from "./bytes.js";
import { moment } from "./dates.js";
import { keyOfProof, mustBeGood } from "./issuer.js";
import { canonical, idOf, isThing, many, without, word } from "./json.js";
import { verify } from "./keys.js";
import { Stop } from "./run.js";

/** @typedef {import("./run.js").Run} Run */
/** @typedef {{ content: import("./json.js").Thing, issuer: string }} Secured What signatures assure, and whose they are. */
/** @typedef {[question: string, outcome: import("./run.js").Answer, code: string, subject: string, detail?: string]} Finding */
/** @typedef {{ findings: Finding[], secured?: Secured, unchecked: string[] }} Examined */

const PROOFS_MAX = 8;
const SUITE = "eddsa-jcs-2022";
/** Suites of the standard that are not checked here, with the lengths of their signatures. @type {Record<string, number[]>} */
const UNCHECKED = { "eddsa-rdfc-2022": [64], "ecdsa-rdfc-2019": [64, 96], Ed25519Signature2020: [64] };
const MEMBERS = ["@context", "challenge", "created", "cryptosuite", "domain", "expires", "id", "nonce", "previousProof", "proofPurpose", "proofValue", "type", "verificationMethod"];

const malformed = (/** @type {string} */ member) => new Stop("fail", "proof-malformed", member);

/** A moment of a proof; without a zone it is in UTC. @type {(proof: any, name: string) => number | null} */
const momentOf = (proof, name) => {
  if (!(name in proof)) return null;
  const at = moment(proof[name]) ?? moment(`${proof[name]}Z`);
  if (at === null) throw malformed(name);
  return at;
};

/** What a proof says of itself. @type {(proof: any) => { suite: string, method: string, created: number | null, expires: number | null, signature: import("./bytes.js").Bytes }} */
const readProof = (proof) => {
  const type = word(proof, "type");
  if (type === undefined) throw malformed("type");
  const suite = type === "DataIntegrityProof" ? word(proof, "cryptosuite") : type;
  if (suite === undefined || (type === "Ed25519Signature2020" && "cryptosuite" in proof)) throw malformed("cryptosuite");
  const isKnown = (suite === SUITE || Object.hasOwn(UNCHECKED, suite)) && (type === "DataIntegrityProof") === (suite !== "Ed25519Signature2020");
  if (!isKnown) throw new Stop("unknown", "proof-unsupported", suite);
  const other = Object.keys(proof).find((name) => !MEMBERS.includes(name));
  if (other !== undefined) throw malformed(other);
  if (proof.proofPurpose !== "assertionMethod") throw malformed("proofPurpose");
  const method = word(proof, "verificationMethod");
  if (method === undefined || !/^[a-z][\w+.-]*:/i.test(method)) throw malformed("verificationMethod");
  const [created, expires] = [momentOf(proof, "created"), momentOf(proof, "expires")];
  const value = word(proof, "proofValue");
  const signature = value?.[0] === "z" ? fromBase58(value.slice(1)) : null;
  if (!signature || !(UNCHECKED[suite] ?? [64]).includes(signature.length)) throw malformed("proofValue");
  return { suite, method, created, expires, signature };
};

/** Stops unless the signature of one proof matches. @type {(unsecured: any, proof: any, signature: import("./bytes.js").Bytes, key: import("./keys.js").Key) => Promise<void>} */
const mustMatch = async (unsecured, proof, signature, key) => {
  if (key.alg !== "EdDSA") throw malformed("key");
  if ("@context" in proof && canonical(proof["@context"]) !== canonical(unsecured["@context"])) throw malformed("@context");
  const digest = (/** @type {any} */ value) => sha256(utf8(canonical(value)));
  // Options first.
  const signed = join([await digest(without(proof, ["proofValue"])), await digest(unsecured)]);
  const matches = await verify(key, signature, signed);
  if (matches === null) throw new Stop("unknown", "proof-unsupported", "Ed25519");
  if (!matches) throw new Stop("fail", "proof-failed");
};

/** @typedef {{ method: string, issuer: [import("./run.js").Answer, string], unaltered: [import("./run.js").Answer, string], detail?: string }} Judged */
/** @type {Judged["issuer"]} */
const NOT_REACHED = ["unknown", "not-reached"];

/** What one proof amounts to. @type {(run: Run, unsecured: any, proof: any, issuer: string) => Promise<Judged>} */
const judge = async (run, unsecured, proof, issuer) => {
  let method = word(proof, "verificationMethod") ?? "";
  /** @type {"issuer" | "unaltered"} What a stop is about. */
  let about = "unaltered";
  /** @type {Judged["issuer"]} */
  let whose = NOT_REACHED;
  try {
    const read = readProof(proof);
    if (read.expires !== null && read.expires < run.now) throw new Stop("fail", "proof-expired", proof.expires);
    about = "issuer";
    const found = await keyOfProof(run, read.method, issuer);
    mustBeGood(found, read.created, run.now);
    about = "unaltered";
    method = found.id;
    if (read.suite !== SUITE) throw new Stop("unknown", "proof-unsupported", read.suite);
    await mustMatch(unsecured, proof, read.signature, found.key);
    whose = method.startsWith("did:key:") ? ["unknown", "issuer-key-only"] : ["pass", "issuer-confirmed"];
    return { method, issuer: whose, unaltered: ["pass", "proof-verified"], detail: SUITE };
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    const { outcome, code, detail } = error;
    return about === "issuer" ? { method, issuer: [outcome, code], unaltered: NOT_REACHED, detail } : { method, issuer: NOT_REACHED, unaltered: [outcome, code], detail };
  }
};

const isUnsupported = (/** @type {Judged} */ { unaltered: [, code] }) => code === "proof-unsupported";

/** Checks the proofs of a document, and notes nothing. @type {(run: Run, document: any, subject: string) => Promise<Examined>} */
export const examine = async (run, document, subject) => {
  const stopped = (/** @type {Finding} */ finding) => ({ findings: [finding], unchecked: [] });
  const issuer = idOf(document.issuer);
  if (issuer === undefined) return stopped(["issuer", "fail", "shape-broken", subject, "issuer"]);
  const proofs = many(document, "proof");
  if (proofs.length === 0) return stopped(["unaltered", "fail", "proof-missing", subject]);
  if (proofs.length > PROOFS_MAX || !proofs.every(isThing)) return stopped(["unaltered", "fail", "proof-malformed", subject, "proof"]);
  // What builds on other proofs is another program's affair.
  if (proofs.some((proof) => "previousProof" in proof)) return stopped(["unaltered", "unknown", "proof-unsupported", subject, "previousProof"]);
  const unsecured = without(document, ["proof"]);
  const judged = await Promise.all(proofs.map((proof) => judge(run, unsecured, proof, issuer)));
  return conclude(judged, unsecured, issuer, subject);
};

/** @type {(judged: Judged[], content: any, issuer: string, subject: string) => Examined} */
const conclude = (judged, content, issuer, subject) => {
  /** @type {Finding[]} */
  const findings = [];
  const supported = judged.filter((one) => !isUnsupported(one));
  const passes = (/** @type {Judged} */ { unaltered: [outcome] }) => outcome === "pass";
  if (judged.some(passes) && judged.some(({ unaltered: [outcome] }) => outcome === "fail")) {
    findings.push(["unaltered", "fail", "proof-set-inconsistent", subject]);
  }
  // Beside a proof that can be checked, one that cannot is no reason to doubt; alone it is.
  for (const { method, issuer: whose, unaltered, detail } of supported.length > 0 ? supported : judged) {
    findings.push(["issuer", ...whose, method, detail], ["unaltered", ...unaltered, method, detail]);
  }
  const holds = supported.length > 0 && supported.every(passes);
  const unchecked = supported.length > 0 ? judged.filter(isUnsupported).map(({ detail }) => detail ?? "") : [];
  return { findings, unchecked, secured: holds ? { content, issuer } : undefined };
};
