// Public keys: read from what an issuer publishes, and asked whether they made a signature. WebCrypto alone.

import { base64url, fromBase58, fromBase64url } from "./bytes.js";
import { isThing, word } from "./json.js";

/** @typedef {{ alg: "EdDSA" | "ES256" | "RS256", jwk: Record<string, string> }} Key */
/** @typedef {Key | "unknown" | "unusable"} Read A key, one of a kind that is not read here, or none. */

const SECRET = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];
const ED25519 = [0xed, 0x01];
const OTHER_RSA = ["RS384", "RS512", "PS256", "PS384", "PS512"];
/** NIST SP 800-131A. */
const RSA_BYTES_MIN = 256;
const RSA_BYTES_MAX = 1024;

/** @type {Record<Key["alg"], [any, any]>} How each is imported, and how it verifies. */
const HOW = {
  EdDSA: ["Ed25519", "Ed25519"],
  ES256: [{ name: "ECDSA", namedCurve: "P-256" }, { name: "ECDSA", hash: "SHA-256" }],
  RS256: [{ name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" }, "RSASSA-PKCS1-v1_5"],
};

/** @type {(jwk: any) => boolean} */
export const hasSecret = (jwk) => isThing(jwk) && SECRET.some((name) => name in jwk);

/** A `publicKeyMultibase`. @type {(written: any) => Read} */
export const fromMultikey = (written) => {
  if (typeof written !== "string" || written[0] !== "z") return "unusable";
  const bytes = fromBase58(written.slice(1));
  if (!bytes || bytes.length < 3) return "unusable";
  if (bytes[0] !== ED25519[0] || bytes[1] !== ED25519[1]) return "unknown";
  if (bytes.length !== 34) return "unusable";
  return { alg: "EdDSA", jwk: { kty: "OKP", crv: "Ed25519", x: base64url(bytes.subarray(2)) } };
};

/** A `publicKeyJwk`. @type {(jwk: any) => Read} */
export const fromJwk = (jwk) => {
  if (!isThing(jwk) || hasSecret(jwk)) return "unusable";
  const { kty, crv, alg, use, key_ops: operations } = jwk;
  const width = (/** @type {string} */ name) => fromBase64url(word(jwk, name) ?? "-")?.length ?? 0;
  const copied = (/** @type {string[]} */ ...names) => Object.fromEntries(names.map((name) => [name, jwk[name]]));
  /** @type {Key} */
  let key;
  if (kty === "OKP" && crv === "Ed25519" && width("x") === 32) key = { alg: "EdDSA", jwk: copied("kty", "crv", "x") };
  else if (kty === "EC" && crv === "P-256" && width("x") === 32 && width("y") === 32) key = { alg: "ES256", jwk: copied("kty", "crv", "x", "y") };
  else if (kty === "RSA" && width("n") >= RSA_BYTES_MIN && width("n") <= RSA_BYTES_MAX && width("e") > 0) key = { alg: "RS256", jwk: copied("kty", "n", "e") };
  else return ["OKP", "EC", "RSA"].includes(kty) && crv !== "Ed25519" && crv !== "P-256" && kty !== "RSA" ? "unknown" : "unusable";
  if (key.alg === "RS256" && OTHER_RSA.includes(alg)) return "unknown";
  const fits = alg === undefined || alg === key.alg || (key.alg === "EdDSA" && alg === "Ed25519");
  const signs = (use === undefined || use === "sig") && (operations === undefined || (Array.isArray(operations) && operations.includes("verify")));
  return fits && signs ? key : "unusable";
};

/** @type {(one: Key, other: Key) => boolean} */
export const isSame = (one, other) => JSON.stringify(one.jwk) === JSON.stringify(other.jwk);

/**
 * Whether the signature is of this key and these bytes; nothing when this browser cannot tell.
 * @type {(key: Key, signature: import("./bytes.js").Bytes, signed: import("./bytes.js").Bytes) => Promise<boolean | null>}
 */
export const verify = async ({ alg, jwk }, signature, signed) => {
  const [imported, used] = HOW[alg];
  let key;
  try {
    key = await crypto.subtle.importKey("jwk", jwk, imported, false, ["verify"]);
  } catch (error) {
    // A browser that does not know Ed25519 says so; a point that is none is nobody's key.
    return error instanceof DOMException && error.name === "NotSupportedError" ? null : false;
  }
  return crypto.subtle.verify(used, key, signature, signed);
};
