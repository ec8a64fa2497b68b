// Which key signed a token, and is it the issuer's? What the issuer publishes says so, and nothing in the token does.

import { documentAt, findMethod, ofDidKey, placeOf, splitFragment } from "./issuer.js";
import { idOf, isThing, many, word } from "./json.js";
import { fromJwk, isSame } from "./keys.js";
import { Stop } from "./run.js";

/** @typedef {import("./run.js").Run} Run */
/** @typedef {import("./issuer.js").Method} Method */

const METHODS_MAX = 32;
const KEYS_MAX = 64;

/**
 * The key that a token of `issuer` names by `kid`, or brings along as `jwk`: what its issuer publishes ties it to the
 * issuer, and nothing in the token does. The address in `kid` is never asked by itself.
 * @type {(run: Run, header: any, issuer: string) => Promise<Method>}
 */
export const keyOfToken = async (run, header, issuer) => {
  const kid = word(header, "kid");
  const brought = kid === undefined && "jwk" in header ? fromJwk(header.jwk) : undefined;
  if (brought === "unknown") throw new Stop("unknown", "proof-unsupported", "jwk");
  if (brought === "unusable") throw new Stop("fail", "token-malformed", "jwk");
  const id = kid === undefined ? undefined : /^(?:https?|did):/.test(kid) ? kid : `${issuer}#${kid.replace(/^#+/, "")}`;
  const place = placeOf(issuer);
  if ("key" in place) {
    const method = ofDidKey(place.key);
    const isIt = id !== undefined ? id === issuer || id === method.id : !brought || isSame(method.key, brought);
    if (!isIt) throw new Stop("fail", "key-not-listed", issuer);
    return method;
  }
  if (id === undefined && !brought) throw new Stop("fail", "claim-missing", "kid");
  try {
    const document = await documentAt(run, place.address);
    return id !== undefined ? findMethod(document, issuer, id) : findKey(document, issuer, /** @type {any} */ (brought));
  } catch (error) {
    const isLast = !(error instanceof Stop) || error.code === "key-revoked" || issuer.startsWith("did:");
    if (isLast) throw error;
    return inKeySet(run, place.address, issuer, id, kid, brought, error);
  }
};

/** @type {(document: any, issuer: string, key: import("./keys.js").Key) => Method} */
const findKey = (document, issuer, key) => {
  for (const entry of many(document, "assertionMethod").slice(0, METHODS_MAX)) {
    const written = idOf(entry);
    if (written === undefined) continue;
    try {
      const method = findMethod(document, issuer, written.startsWith("#") ? issuer + written : written);
      if (isSame(method.key, key)) return method;
    } catch {
      // Another key of the issuer's, which cannot be used; the next one may be it.
    }
  }
  throw new Stop("fail", "key-not-listed", issuer);
};

/** The key set that a host publishes. @type {(run: Run, at: string, issuer: string, id: string | undefined, kid: string | undefined, brought: any, problem: Stop) => Promise<Method>} */
const inKeySet = async (run, at, issuer, id, kid, brought, problem) => {
  const address = `${new URL(at).origin}/.well-known/jwks.json`;
  const body = await run.body(address);
  // What could not be asked may list the key.
  if ("code" in body) throw new Stop("unknown", body.code, body.detail);
  const found = body.status === 200 ? await run.json(address) : { code: "", detail: "" };
  if ("code" in found) throw problem;
  const names = id === undefined ? [] : [id, kid, splitFragment(id)[1]];
  const matching = many(found.json, "keys").slice(0, KEYS_MAX).filter((jwk) => {
    if (!isThing(jwk) || ("iss" in jwk && jwk.iss !== issuer)) return false;
    const key = brought && fromJwk(jwk);
    return brought ? typeof key === "object" && isSame(key, brought) : typeof jwk.kid === "string" && names.includes(jwk.kid);
  });
  const key = matching.length === 1 ? fromJwk(matching[0]) : "unusable";
  if (typeof key !== "object") throw new Stop("fail", "key-not-listed", address);
  return { id: id ?? address, key };
};
