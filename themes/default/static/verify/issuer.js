// Which key signed, and is it the issuer's? Only the issuer's own document can say so.

import { fromJwk, fromMultikey } from "./keys.js";
import { didWebAddress, read } from "./hosts.js";
import { idOf, isThing, many } from "./json.js";
import { Stop } from "./run.js";
import { moment } from "./dates.js";

/** @typedef {import("./run.js").Run} Run */
/** @typedef {{ id: string, key: import("./keys.js").Key, revoked?: string, expires?: string }} Method */

const SECRET = ["secretKeyMultibase", "secretKeyJwk", "privateKeyMultibase", "privateKeyJwk", "privateKeyBase58", "privateKeyHex"];

/** @type {(id: string) => [string, string | null]} */
export const splitFragment = (id) => {
  const at = id.indexOf("#");
  return at < 0 ? [id, null] : [id.slice(0, at), id.slice(at + 1)];
};

/** Where a controller publishes its keys: an address, or the key itself. @type {(controller: string) => { address: string } | { key: string }} */
export const placeOf = (controller) => {
  if (controller.startsWith("did:key:")) return { key: controller.slice("did:key:".length) };
  if (controller.startsWith("did:web:")) {
    const address = didWebAddress(controller);
    if (!address) throw new Stop("fail", "proof-malformed", controller);
    return { address };
  }
  // Without TLS anybody on the way could publish a key in the issuer's name.
  if (read(controller)?.protocol !== "https:") throw new Stop("unknown", "issuer-unsupported", controller);
  return { address: controller };
};

/** @type {(method: any) => import("./keys.js").Key} */
const keyOf = (method) => {
  const refuse = (/** @type {string} */ why) => new Stop("fail", "key-not-listed", why);
  const { publicKeyMultibase: multibase, publicKeyJwk: jwk, type } = method;
  if (SECRET.some((name) => name in method) || (multibase !== undefined && jwk !== undefined)) throw refuse("key");
  if (typeof type !== "string") throw refuse("type");
  const isMultikey = type === "Multikey" || type === "Ed25519VerificationKey2020";
  if (!isMultikey && type !== "JsonWebKey" && type !== "JsonWebKey2020") throw new Stop("unknown", "proof-unsupported", type);
  const key = isMultikey ? fromMultikey(multibase) : fromJwk(jwk);
  if (key === "unusable") throw refuse("key");
  if (key === "unknown") throw new Stop("unknown", "proof-unsupported", type);
  return key;
};

/** @type {(method: any, name: string) => string | undefined} */
const momentOf = (method, name) => {
  if (!(name in method)) return undefined;
  if (moment(method[name]) === null) throw new Stop("fail", "key-not-listed", name);
  return method[name];
};

/**
 * The method called `id` in the document of `controller`. Its id there may be a bare `#fragment`, and the document may
 * list it by either or by value.
 * @type {(document: any, controller: string, id: string) => Method}
 */
export const findMethod = (document, controller, id) => {
  const [primary, fragment] = splitFragment(id);
  const isId = (/** @type {any} */ written) => written === id || (primary === controller && !!fragment && written === `#${fragment}`);
  /** @type {import("./json.js").Thing[]} */
  const found = [];
  const collect = (/** @type {any} */ value) => {
    if (Array.isArray(value)) return value.forEach(collect);
    if (!isThing(value)) return;
    if ("type" in value && isId(value.id)) found.push(value);
    Object.values(value).forEach(collect);
  };
  if (typeof idOf(document) !== "string" || document.id !== controller) throw new Stop("fail", "issuer-mismatch", "id");
  if (primary === controller && !fragment) throw new Stop("fail", "key-not-listed", id);
  collect(document);
  const isListed = many(document, "assertionMethod").some((one) => isId(isThing(one) ? one.id : one));
  const [method] = found;
  const isRevoked = many(document, "verificationMethod").some((one) => isThing(one) && isId(one.id) && "revoked" in one);
  // Two keys under one name would be read as either.
  if (!method || found.some((other) => JSON.stringify(other) !== JSON.stringify(method))) throw new Stop("fail", "key-not-listed", id);
  if (method.controller !== controller) throw new Stop("fail", "issuer-mismatch", "controller");
  // A compromised key stays in the document, marked, and leaves the relationship.
  if (!isListed) throw new Stop("fail", isRevoked ? "key-revoked" : "key-not-listed", id);
  return { id, key: keyOf(method), revoked: momentOf(method, "revoked"), expires: momentOf(method, "expires") };
};

/** @type {(identifier: string) => Method} */
export const ofDidKey = (identifier) => {
  const key = fromMultikey(identifier);
  if (key === "unknown") throw new Stop("unknown", "proof-unsupported", "did:key");
  if (key === "unusable") throw new Stop("fail", "proof-malformed", "did:key");
  return { id: `did:key:${identifier}#${identifier}`, key };
};

/** @type {(run: Run, address: string) => Promise<any>} */
export const documentAt = async (run, address) => {
  const found = await run.json(address);
  if ("code" in found) throw new Stop("unknown", found.code, found.detail);
  return found.json;
};

/** The key that a proof of `issuer` names. @type {(run: Run, id: string, issuer: string) => Promise<Method>} */
export const keyOfProof = async (run, id, issuer) => {
  const [controller] = splitFragment(id);
  if (controller !== issuer) {
    // A key that an https issuer files elsewhere is another program's affair.
    const isFiled = read(issuer)?.protocol === "https:" && read(id)?.protocol === "https:";
    throw isFiled ? new Stop("unknown", "issuer-unsupported", controller) : new Stop("fail", "issuer-not-key-controller", controller);
  }
  const place = placeOf(controller);
  if ("key" in place) {
    if (id !== controller && id !== `${controller}#${place.key}`) throw new Stop("fail", "key-not-listed", id);
    return ofDidKey(place.key);
  }
  return findMethod(await documentAt(run, place.address), controller, id);
};

/** Stops at a key that its owner took back, or that had come to its end when it signed. @type {(method: Method, made: number | null, now: number) => void} */
export const mustBeGood = ({ revoked, expires }, made, now) => {
  // Whatever the date of the signature: a thief chooses dates.
  if (revoked !== undefined) throw new Stop("fail", "key-revoked", revoked);
  const end = expires === undefined ? null : moment(expires);
  if (end !== null && end < now && (made === null || made > end)) throw new Stop("fail", "key-not-listed", expires);
};

