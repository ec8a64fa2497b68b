// The page that verifies against the engine of `accolade verify`: the same badges, the same forgeries of them, the same
// moment. The page may know less, and then it says *unknown*. It never says *valid* where the engine does not, nor
// *invalid* for a reason that the engine has not.
//
//   node differential.mjs SITE ACCOLADE EXPECTED

import { execFileSync } from "node:child_process";
import { createHash, createPrivateKey, sign } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { fileAt, judging } from "./site.mjs";

const [site, accolade, expectedAt, keysAt] = process.argv.slice(2);
const scratch = mkdtempSync(join(tmpdir(), "accolade-checker-"));
process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));

// The very bytes that are published, under the version by which they name each other; Node wants to be told what they are.
cpSync(join(site, "static/verify"), scratch, { recursive: true });
writeFileSync(join(scratch, "package.json"), '{ "type": "module" }');
const [version] = /(?<=verify\/page\.js)\?v=\w+/.exec(readFileSync(join(site, "verify/index.html"), "utf8"));
const { verify } = await import(pathToFileURL(join(scratch, "verify.js")) + version);
const { rules } = JSON.parse(readFileSync(join(site, "static/verify/words.fr.json"), "utf8"));
const base = JSON.parse(readFileSync(join(site, "catalog.json"), "utf8")).id?.replace(/catalog\.json$/, "") ?? "https://badges.estran.example/";
const { now, awards } = JSON.parse(readFileSync(expectedAt, "utf8"));

const read = (path) => readFileSync(join(site, path));
const json = (path) => JSON.parse(read(path));
const bytesOf = (value) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value));

/** What answers for the web: the built site, and `instead` before it. */
const documents = (instead = {}) => ({
  want() {},
  async get(address) {
    const replaced = Object.hasOwn(instead, address) ? instead[address] : undefined;
    if (replaced) return replaced.body === undefined ? { source: "network", unavailable: "no-connection" } : { source: "network", body: { status: replaced.status ?? 200, url: replaced.redirect ?? address, bytes: new Uint8Array(bytesOf(replaced.body)) } };
    if (!address.startsWith(base)) return { source: "network", unavailable: "offline" };
    const found = fileAt(site, address.slice(base.length));
    return { source: "network", body: { status: found ? 200 : 404, url: address, bytes: new Uint8Array(found ? readFileSync(found.file) : 0) } };
  },
});

/** As much of an XML reader as our own pictures need. */
const readXml = (xml) => ({
  getElementsByTagNameNS: (namespace, name) => [...xml.matchAll(/<openbadges:(\w+) xmlns:openbadges="([^"]+)"(?: verify="([^"]*)")?(?:\/>|><!\[CDATA\[([^]*?)\]\]><\/openbadges:\1>)/g)]
    .filter(([, element, of]) => element === name && of === namespace)
    .map(([, , , verify, content]) => ({ textContent: content ?? "", getAttribute: () => verify ?? null })),
});

const cases = [];
const add = (name, bytes, options = {}) => cases.push({ name, bytes: Buffer.from(bytes), now, ...options });

// Every demo award, in each of its forms, and whose it is.
for (const { n, id, email } of awards) {
  const path = (file) => `a/${id}/${file}`;
  if (!existsSync(join(site, path("credential.json")))) continue;
  for (const file of ["credential.json", "badge.png", "badge.svg", "assertion.json"]) add(`${n} ${file}`, read(path(file)), { same: true });
  add(`${n} for its holder`, read(path("badge.png")), { same: true, recipient: email ?? "https://nobody.example/" });
  add(`${n} for somebody else`, read(path("credential.json")), { same: true, recipient: "quelquun.dautre@personnes.example" });
  for (const moment of ["2020-01-01T00:00:00Z", "2099-01-01T00:00:00Z"]) add(`${n} at ${moment}`, read(path("badge.png")), { same: true, now: moment });
}

// Forgeries of one badge: each member changed, taken away, put elsewhere.
const valid = awards.find(({ id, verdict, email }) => verdict === "valid" && email && existsSync(join(site, "a", id, "credential.json")));
const true_ = json(`a/${valid.id}/credential.json`);
const forge = (name, change, options) => {
  const forged = structuredClone(true_);
  const other = change(forged);
  add(`forged: ${name}`, bytesOf(other ?? forged), { same: true, ...options });
};
const other = (value) => (typeof value === "string" ? `${value}x` : Array.isArray(value) ? [...value, value[0]] : { ...value, name: "Autre" });
for (const member of Object.keys(true_)) {
  forge(`${member} changed`, (badge) => void (badge[member] = other(badge[member])), { same: !["@context", "type", "proof"].includes(member) });
  forge(`${member} taken away`, (badge) => void delete badge[member], { same: !["@context", "type"].includes(member) });
  for (const odd of [null, [], {}, 1, ""]) forge(`${member} is ${JSON.stringify(odd)}`, (badge) => void (badge[member] = odd), { same: false });
}
for (const member of Object.keys(true_.credentialSubject)) forge(`credentialSubject.${member} changed`, (badge) => void (badge.credentialSubject[member] = other(badge.credentialSubject[member])));
for (const member of Object.keys(true_.credentialSubject.achievement)) forge(`achievement.${member} changed`, (badge) => void (badge.credentialSubject.achievement[member] = other(badge.credentialSubject.achievement[member])));
forge("the end a year later", (badge) => void (badge.validUntil = "2099-01-01T00:00:00Z"));
forge("another index in the list", (badge) => void (badge.credentialStatus.statusListIndex = "1"));
forge("another list", (badge) => void (badge.credentialStatus.statusListCredential = "https://evil.example/list.json"));
forge("another issuer", (badge) => void (badge.issuer.id = "did:web:evil.example"));
forge("an issuer that is a key", (badge) => void (badge.issuer.id = "did:key:z6MktdxUzUNW5SfshCV315eskBWMjCd4CDBzYJZvm8mFgv8f"));
forge("the issuer of the same site", (badge) => void (badge.issuer.id = badge.issuer.id.replace(/[^:]+$/, "estran")), { same: false });
for (const name of ["__proto__", "constructor", "toString", "hasOwnProperty"]) {
  forge(`a member called ${name}`, (badge) => JSON.stringify(badge).replace("{", `{"${name}":{"type":"x"},`));
  forge(`a proof with a member called ${name}`, (badge) => JSON.stringify(badge).replace('"proofPurpose"', `"${name}":{},"proofPurpose"`), { same: false });
}
forge("a member twice", (badge) => JSON.stringify(badge).replace("{", '{"validUntil":"2099-01-01T00:00:00Z",'));
forge("a member twice, escaped", (badge) => JSON.stringify(badge).replace("{", '{"\\u0069d":"https://evil.example/",'));
forge("a nested context", (badge) => void (badge.credentialSubject["@context"] = ["https://www.w3.org/ns/credentials/v2"]));
forge("an inline context", (badge) => void badge["@context"].push({ name: "https://evil.example/" }));
forge("an unknown context", (badge) => void badge["@context"].push("https://evil.example/context.json"));
forge("text after the end", (badge) => `${JSON.stringify(badge)} {}`);
forge("half a surrogate", (badge) => JSON.stringify(badge).replace('"name":"', '"name":"\\ud800'));
forge("a large integer", (badge) => JSON.stringify(badge).replace("{", '{"x":9007199254740993,'));
forge("a byte order mark", (badge) => `\ufeff${JSON.stringify(badge)}`, { same: false });
forge("nested too deep", (badge) => JSON.stringify(badge).replace("{", `{"x":${"[".repeat(70)}${"]".repeat(70)},`));
const [first, second] = true_.proof;
forge("no proof", (badge) => void (badge.proof = []));
forge("the older proof alone", (badge) => void (badge.proof = [first]), { same: false });
forge("the newer proof alone", (badge) => void (badge.proof = [second]));
forge("the newer proof, not in a list", (badge) => void (badge.proof = second));
forge("the newer proof twice", (badge) => void (badge.proof = [second, second]));
for (const member of Object.keys(second)) {
  forge(`proof.${member} taken away`, (badge) => void delete badge.proof[1][member]);
  forge(`proof.${member} changed`, (badge) => void (badge.proof[1][member] = other(badge.proof[1][member])), { same: false });
}
forge("the proof has an end that passed", (badge) => void (badge.proof[1].expires = "2026-01-01T00:00:00Z"));
forge("the proof names a chain", (badge) => void (badge.proof[1].previousProof = "urn:x"), { same: false });
forge("the proofs exchanged", (badge) => void ([badge.proof[0].proofValue, badge.proof[1].proofValue] = [second.proofValue, first.proofValue]));
forge("the first letter of the signature", (badge) => void (badge.proof[1].proofValue = `z${second.proofValue[1] === "2" ? "3" : "2"}${second.proofValue.slice(2)}`));
// What this page cannot see: the signature of a suite it does not check. The content is signed all the same.
forge("the signature that is not checked here", (badge) => void (badge.proof[0].proofValue = second.proofValue), { same: false, isBlind: true });
forge("the key of the proof that is not checked here", (badge) => void (badge.proof[0].verificationMethod += "x"), { same: false });
forge("the form of the proof that is not checked here", (badge) => void (badge.proof[0].proofPurpose = "authentication"));

// The documents lie, are gone, or belong to others.
const did = true_.issuer.id;
const didAt = `https://${did.slice("did:web:".length).replaceAll(":", "/")}/did.json`;
const keys = json(didAt.slice(base.length));
const list = true_.credentialStatus.statusListCredential;
const listed = json(list.slice(base.length));
const withDocument = (name, address, body, options = {}) => add(`document: ${name}`, bytesOf(true_), { same: true, ...options, instead: { [address]: { body, ...options.answer } } });
const changed = (value, change) => {
  const copy = structuredClone(value);
  change(copy);
  return copy;
};
withDocument("the key is compromised", didAt, changed(keys, (d) => { for (const method of d.verificationMethod) method.revoked = "2025-01-01T00:00:00Z"; d.assertionMethod = []; }));
withDocument("the key is marked and still listed", didAt, changed(keys, (d) => { for (const method of d.verificationMethod) method.revoked = "2025-01-01T00:00:00Z"; }));
withDocument("the key ended before", didAt, changed(keys, (d) => { for (const method of d.verificationMethod) method.expires = "2020-01-01T00:00:00Z"; }));
withDocument("the key ended since", didAt, changed(keys, (d) => { for (const method of d.verificationMethod) method.expires = "2026-08-31T00:00:00Z"; }));
withDocument("no key is listed for claims", didAt, changed(keys, (d) => { d.assertionMethod = []; }));
withDocument("no key at all", didAt, changed(keys, (d) => { d.verificationMethod = []; }));
withDocument("another controller", didAt, changed(keys, (d) => { d.verificationMethod[0].controller = "did:web:evil.example"; }), { same: false });
withDocument("the document of another", didAt, changed(keys, (d) => { d.id = "did:web:evil.example"; }));
withDocument("a secret key beside", didAt, changed(keys, (d) => { for (const method of d.verificationMethod) method.secretKeyMultibase = "z3u2"; }));
withDocument("ids without the DID", didAt, changed(keys, (d) => { for (const method of d.verificationMethod) method.id = method.id.replace(/^.*#/, "#"); d.assertionMethod = d.verificationMethod.map(({ id }) => id); }));
withDocument("keys inside the relationship", didAt, changed(keys, (d) => { d.assertionMethod = d.verificationMethod; delete d.verificationMethod; }));
withDocument("two keys under one name", didAt, changed(keys, (d) => { d.verificationMethod.push(...d.verificationMethod.map((method) => ({ ...method, publicKeyMultibase: "z6Mkm6h7cqJyaD7BMdJpsbXoFdeoY1ffUz1rw9hZVofBAZsA" }))); }));
withDocument("keys of a type nobody knows", didAt, changed(keys, (d) => { for (const method of d.verificationMethod) method.type = "Key2049"; }));
withDocument("a page instead of keys", didAt, "<!doctype html><title>404</title>");
withDocument("a key document that says a thing twice", didAt, JSON.stringify(keys).replace("{", '{"id":"did:web:evil.example",'));
withDocument("no key document", didAt, "", { answer: { status: 404 } });
withDocument("an error in the place of keys", didAt, JSON.stringify(keys), { answer: { status: 500 } });
withDocument("keys by way of another host", didAt, keys, { answer: { redirect: "https://evil.example/did.json" } });
withDocument("the list is of another", list, changed(listed, (l) => { l.issuer = "did:web:evil.example"; }));
withDocument("the list was changed", list, changed(listed, (l) => { l.validFrom = "2099-01-01T00:00:00Z"; }));
withDocument("the list has another purpose", list, changed(listed, (l) => { l.credentialSubject.statusPurpose = "suspension"; }));
withDocument("the list is not signed", list, changed(listed, (l) => { delete l.proof; }));
withDocument("the list is signed with the older suite alone", list, changed(listed, (l) => { l.proof = [l.proof[0]]; }), { same: false });
withDocument("a page instead of the list", list, "<!doctype html><title>404</title>");
withDocument("no list", list, "", { answer: { status: 404 } });
withDocument("the list by way of another host", list, listed, { answer: { redirect: "https://evil.example/list.json" } });
withDocument("another list of the same issuer", list, changed(listed, (l) => { l.id = `${base}other.json`; }));

const stranger = ["estran", "fablab-maree-haute", "ferme-des-haies"].find((slug) => !did.endsWith(slug));
withDocument("the true list of another issuer", list, json(`issuers/${stranger}/status/revocation-1.json`));
const entryOf = (slug) => `${base}issuers/${slug}/status/revocation-1.json`;

// Badges and lists that the demonstration's own keys sign, so that only what follows the signature can be wrong.
const canonical = (value) => Array.isArray(value) ? `[${value.map(canonical).join()}]` : value === null || typeof value !== "object" ? JSON.stringify(value) : `{${Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join()}}`;
const sha256 = (text) => createHash("sha256").update(text).digest();
const secret = readFileSync(join(keysAt, `DEMO-WORTHLESS-${did.split(":").pop()}-${valid.key}.key`), "utf8").split("\n").map((line) => line.trim()).find((line) => line && !line.startsWith("#"));
const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const base58 = (bytes) => {
  let number = BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
  let text = "";
  for (; number > 0n; number /= 58n) text = ALPHABET[Number(number % 58n)] + text;
  return "1".repeat(bytes.findIndex((byte) => byte !== 0)) + text;
};
const fromBase58 = (text) => Buffer.from([...text].reduce((number, letter) => number * 58n + BigInt(ALPHABET.indexOf(letter)), 0n).toString(16), "hex");
const seed = fromBase58(secret.replace(/^.*?(z[1-9A-HJ-NP-Za-km-z]+).*$/, "$1").slice(1)).subarray(2);
const key = createPrivateKey({ key: Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]), format: "der", type: "pkcs8" });
const signed = (document, own = {}) => {
  const { proof: _, ...unsecured } = document;
  const proof = { type: "DataIntegrityProof", cryptosuite: "eddsa-jcs-2022", created: "2026-04-02T00:00:00Z", verificationMethod: second.verificationMethod, proofPurpose: "assertionMethod", "@context": document["@context"], ...own };
  const data = Buffer.concat([sha256(canonical(proof)), sha256(canonical(unsecured))]);
  return { ...unsecured, proof: { ...proof, proofValue: `z${base58(sign(null, data, key))}` } };
};
const resigned = (name, change, options) => forge(`signed: ${name}`, (badge) => {
  change(badge);
  return signed(badge);
}, options);
resigned("as it was", () => {});
resigned("not yet valid", (badge) => void (badge.validFrom = "2027-01-01T00:00:00Z"));
resigned("expired", (badge) => void (badge.validUntil = "2026-08-31T00:00:00Z"));
resigned("ends before it begins", (badge) => void (badge.validUntil = "2020-01-01T00:00:00Z"));
resigned("a date without a time", (badge) => void (badge.validFrom = "2026-04-02"), { same: false });
resigned("an end that is no date", (badge) => void (badge.validUntil = "soon"), { same: false });
resigned("no beginning", (badge) => void delete badge.validFrom, { same: false });
resigned("the older names of the dates", (badge) => void (badge.expirationDate = "2026-08-31T00:00:00Z"));
resigned("no status", (badge) => void delete badge.credentialStatus);
resigned("a status of another kind", (badge) => void (badge.credentialStatus.type = "Status2049"));
resigned("an index with a zero before", (badge) => void (badge.credentialStatus.statusListIndex = "007"));
resigned("an index beyond the list", (badge) => void (badge.credentialStatus.statusListIndex = "99999999"));
resigned("an index as a number", (badge) => void (badge.credentialStatus.statusListIndex = 7));
resigned("the list as its own id", (badge) => void (badge.credentialStatus.id = badge.credentialStatus.statusListCredential));
resigned("a purpose the list has not", (badge) => void (badge.credentialStatus.statusPurpose = "suspension"));
resigned("the true list of another issuer", (badge) => void (badge.credentialStatus.statusListCredential = entryOf(stranger)));
resigned("nine statuses", (badge) => void (badge.credentialStatus = Array(9).fill(badge.credentialStatus)));
resigned("an endorsement and no badge", (badge) => void (badge.type = ["VerifiableCredential", "EndorsementCredential"]), { same: false });
resigned("a credential and no badge", (badge) => void (badge.type = ["VerifiableCredential"]));
resigned("no type", (badge) => void delete badge.type, { same: false });
resigned("no achievement", (badge) => void delete badge.credentialSubject.achievement, { same: false });
resigned("an achievement without a name", (badge) => void delete badge.credentialSubject.achievement.name, { same: false });
resigned("two subjects", (badge) => void (badge.credentialSubject = [badge.credentialSubject, badge.credentialSubject]), { same: false });
resigned("a name by language", (badge) => void (badge.credentialSubject.achievement.name = { fr: "Accueil" }), { same: false });
resigned("an empty array", (badge) => void (badge.evidence = []), { same: false });
resigned("null", (badge) => void (badge.description = null), { same: false });
resigned("a keyword", (badge) => void (badge["@graph"] = [{}]), { same: false });
resigned("a hash of another kind", (badge) => void (badge.credentialSubject.identifier = [{ type: "IdentityObject", hashed: true, identityHash: "md5$0123456789abcdef0123456789abcdef", identityType: "emailAddress", salt: "x" }]), { recipient: "a@b.example", same: false });
resigned("a plain address", (badge) => void (badge.credentialSubject.identifier = [{ type: "IdentityObject", hashed: false, identityHash: "a@b.example", identityType: "emailAddress" }]), { recipient: " A@B.example " });
resigned("a hash said to be plain", (badge) => void (badge.credentialSubject.identifier = [{ type: "IdentityObject", hashed: false, identityHash: `sha256$${"0".repeat(64)}`, identityType: "emailAddress" }]), { recipient: "a@b.example" });
const withList = (name, change, options = {}) => add(`list: ${name}`, bytesOf(true_), { same: true, ...options, instead: { [list]: { body: (() => { const copy = structuredClone(listed); change(copy); return signed(copy, { created: "2026-05-09T18:43:00Z" }); })() } } });
const { gzipSync, gunzipSync } = await import("node:zlib");
const encoded = (bits) => `u${gzipSync(bits).toString("base64url")}`;
const bits = gunzipSync(Buffer.from(listed.credentialSubject.encodedList.slice(1), "base64url"));
const flipped = Buffer.from(bits);
const index = Number(true_.credentialStatus.statusListIndex);
flipped[index >> 3] ^= 0x80 >> (index & 7);
const setList = (text) => (l) => void (l.credentialSubject.encodedList = text);
withList("as it was, signed anew", () => {});
withList("this badge withdrawn", setList(encoded(flipped)));
withList("too short", setList(encoded(Buffer.alloc(1000))));
withList("longer than is read", setList(encoded(Buffer.alloc((16 << 20) + 1))));
withList("not compressed", setList(`u${bits.toString("base64url").slice(0, 4000)}`));
withList("in another base", setList(`z${encoded(bits).slice(1)}`));
withList("broken off", setList(encoded(bits).slice(0, -8)));
withList("bytes behind it", setList(`u${Buffer.concat([gzipSync(bits), Buffer.from([0])]).toString("base64url")}`), { same: false });
withList("of another type", (l) => void (l.credentialSubject.type = "StatusList"));
withList("the credential of another type", (l) => void (l.type = ["VerifiableCredential"]));
withList("out of date", (l) => void (l.validUntil = "2026-08-31T00:00:00Z"));
withList("not yet in force", (l) => void (l.validFrom = "2027-01-01T00:00:00Z"));
withList("entries of two bits", (l) => void (l.credentialSubject.statusSize = 2), { same: false });
withList("entries of no bits", (l) => void (l.credentialSubject.statusSize = 0));
withList("a context of its own", (l) => void l["@context"].push({ x: "y" }));
withList("several purposes", (l) => void (l.credentialSubject.statusPurpose = ["suspension", "revocation"]));

// The same badge in a signed token.
const b64 = (value) => bytesOf(value).toString("base64url");
const { proof: _proof, ...bare } = true_;
const at = (text) => Math.floor(Date.parse(text) / 1000);
const claims = { ...bare, iss: did, jti: bare.id, ...(bare.credentialSubject.id ? { sub: bare.credentialSubject.id } : {}), nbf: at(bare.validFrom), ...(bare.validUntil ? { exp: at(bare.validUntil) } : {}) };
const token = (name, payload, header = {}, options = {}) => {
  const text = `${b64({ alg: "EdDSA", kid: second.verificationMethod, typ: "JWT", ...header })}.${b64(payload)}`;
  add(`token: ${name}`, `${text}.${sign(null, Buffer.from(text), key).toString("base64url")}`, { same: true, ...options });
};
token("good", claims);
token("of vc-jose-cose", bare, { typ: "vc+jwt" });
token("of vc-jose-cose, signature ended", { ...bare, exp: 1 }, { typ: "vc+jwt" });
token("of vc-jose-cose, not yet", { ...bare, nbf: at("2027-01-01T00:00:00Z") }, { typ: "vc+jwt" });
token("by a short name of the key", claims, { kid: `#${second.verificationMethod.split("#")[1]}` });
token("by the key itself", claims, { kid: undefined, jwk: { kty: "OKP", crv: "Ed25519", x: fromBase58(second.verificationMethod.split("#z")[1]).subarray(2).toString("base64url") } });
token("with a stranger's key", claims, { kid: undefined, jwk: { kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" } });
token("with a secret key", claims, { jwk: { kty: "OKP", crv: "Ed25519", x: "AA", d: "AA" } });
token("without a key", claims, { kid: undefined });
token("another key's name", claims, { kid: `${did}#none` });
for (const alg of ["none", "None", "HS256", "RS256", "ES256", "PS256", "ES256K"]) token(`alg ${alg}`, claims, { alg });
token("with conditions", claims, { crit: ["exp"] });
token("b64 false", claims, { b64: false });
for (const claim of ["iss", "jti", "sub", "nbf", "exp"].filter((one) => one in claims)) {
  token(`without ${claim}`, { ...claims, [claim]: undefined });
  token(`another ${claim}`, { ...claims, [claim]: typeof claims[claim] === "number" ? 1 : "urn:x" });
  token(`${claim} of another kind`, { ...claims, [claim]: true });
}
token("in vc", { vc: bare, iss: did }, {}, { same: false });
token("with a proof inside", { ...claims, proof: second });
token("a badge of 2.0 in it", json(`a/${valid.id}/assertion.json`), {}, { same: false });
const good = cases.find(({ name }) => name === "token: good").bytes.toString();
add("token: a letter changed", good.replace(/\.(.)/, (_, letter) => `.${letter === "e" ? "f" : "e"}`), { same: false });
add("token: four parts", `${good}.x`, { same: true });
add("token: padded", `${good}=`, { same: true });
add("token: signature of another text", good.split(".").with ? good.split(".").slice(0, 2).join(".") + `.${sign(null, Buffer.from("x"), key).toString("base64url")}` : good, { same: true });
add("token: enveloped", bytesOf({ "@context": "https://www.w3.org/ns/credentials/v2", type: "EnvelopedVerifiableCredential", id: `data:application/vc+jwt,${good}` }), { same: false });

// Hosted badges of Open Badges 2.0, and what is published of them.
const assertionAt = `${base}a/${valid.id}/assertion.json`;
const assertion = json(`a/${valid.id}/assertion.json`);
const hosted = (name, change, options = {}) => add(`hosted: ${name}`, bytesOf(changed(assertion, change)), { same: true, ...options });
hosted("as it is", () => {});
for (const member of Object.keys(assertion)) hosted(`${member} taken away`, (a) => void delete a[member], { same: member !== "@context" });
hosted("for another person", (a) => void (a.recipient.identity = "sha256$00"));
hosted("for another day", (a) => void (a.issuedOn = "2020-01-01T00:00:00Z"));
hosted("of another class", (a) => void (a.badge = "https://evil.example/class.json"));
hosted("at another address", (a) => void (a.id = "https://evil.example/a.json"));
hosted("said to be signed", (a) => void (a.verification = { type: "SignedBadge" }));
hosted("with a name of the prototype", (a) => void (a.constructor = "x"));
const withHosted = (name, address, body, answer = {}) => add(`hosted: ${name}`, bytesOf(assertion), { same: true, instead: { [address]: { body, ...answer } } });
const classAt = assertion.badge;
const badgeClass = json(classAt.slice(base.length));
const profileAt = badgeClass.issuer;
const profile = json(profileAt.slice(base.length));
withHosted("withdrawn", assertionAt, { "@context": "https://w3id.org/openbadges/v2", id: assertionAt, revoked: true, revocationReason: "Erreur" });
withHosted("withdrawn, and gone", assertionAt, "", { status: 410 });
withHosted("withdrawn in an odd way", assertionAt, { ...assertion, revoked: "yes" });
withHosted("no longer there", assertionAt, "", { status: 404 });
withHosted("a page", assertionAt, "<html>");
withHosted("another id", assertionAt, { ...assertion, id: `${base}x` });
withHosted("class of another id", classAt, { ...badgeClass, id: `${base}x` });
withHosted("class of another type", classAt, { ...badgeClass, type: "Issuer" });
withHosted("class without a name", classAt, { ...badgeClass, name: undefined });
withHosted("class not there", classAt, "", { status: 404 });
withHosted("issuer not there", profileAt, "", { status: 500 });
withHosted("out of scope", profileAt, { ...profile, verification: { startsWith: `${base}other/` } });
withHosted("in the scope of another origin", profileAt, { ...profile, verification: { allowedOrigins: "evil.example" } });
withHosted("in its own origin", profileAt, { ...profile, verification: { allowedOrigins: ["badges.estran.example"] } });
withHosted("without rules", profileAt, { ...profile, verification: undefined });
withHosted("withdrawn by list", profileAt, { ...profile, revocationList: `${base}list.json` }, {});
cases.at(-1).instead[`${base}list.json`] = { body: { "@context": "https://w3id.org/openbadges/v2", type: "RevocationList", issuer: profileAt, revokedAssertions: [assertionAt] } };

// What is no badge.
for (const [name, bytes] of Object.entries({ nothing: "", text: "Bonjour", "a list": "[]", number: "1", "an empty thing": "{}", "half a thing": "{", "a page": "<!doctype html>", "a PNG of nothing": read("issuers/estran/image.png"), "half a PNG": read(`a/${valid.id}/badge.png`).subarray(0, 4000), "an SVG of nothing": read("issuers/estran/image.svg"), "a class": JSON.stringify(badgeClass), "a profile": JSON.stringify(profile) })) {
  add(`no badge: ${name}`, bytes, { same: name !== "number" && name !== "a list" });
}
// Pictures whose two badges are not one.
const { crc32 } = await import("node:zlib");
const chunk = (kind, data) => {
  const summed = Buffer.concat([Buffer.from(kind), data]);
  const number = (value) => {
    const four = Buffer.alloc(4);
    four.writeUInt32BE(value);
    return four;
  };
  return Buffer.concat([number(data.length), summed, number(crc32(summed))]);
};
const baked = (...records) => {
  const empty = read("issuers/estran/image.png");
  const end = empty.length - 12;
  return Buffer.concat([empty.subarray(0, end), ...records.map(([keyword, text]) => chunk("iTXt", Buffer.concat([Buffer.from(`${keyword}\0\0\0\0\0`), Buffer.from(text)]))), empty.subarray(end)]);
};
const alike = awards.filter((award) => award.class === valid.class && award.verdict === "valid" && existsSync(join(site, "a", award.id, "assertion.json")));
for (const another of alike.slice(0, 4)) {
  const [three, two] = [read(`a/${valid.id}/credential.json`), read(`a/${another.id}/assertion.json`)];
  add(`two badges: of ${valid.n} and ${another.n}`, baked(["openbadgecredential", three], ["openbadges", two]), { same: true });
  add(`two badges: of ${valid.n} and ${another.n}, for one`, baked(["openbadgecredential", three], ["openbadges", two]), { same: true, recipient: valid.email });
}
const own = [read(`a/${valid.id}/credential.json`), read(`a/${valid.id}/assertion.json`)];
add("two badges: the older one changed", baked(["openbadgecredential", own[0]], ["openbadges", String(own[1]).replace("20", "19")]), { same: false });
add("two badges: a forged one beside", baked(["openbadgecredential", String(own[0]).replace("20", "19")], ["openbadges", own[1]]), { same: true });
add("two badges: of one generation", baked(["openbadgecredential", own[0]], ["openbadgecredential", own[0]]), { same: true });
add("one badge: in a token", baked(["openbadgecredential", good]), { same: true });
add("one badge: an address", baked(["openbadges", assertionAt]), { same: true });
add("one badge: an address in the place of a credential", baked(["openbadgecredential", assertionAt]));
const hash = (identity) => ({ ...assertion.recipient, identity });
for (const [name, published] of Object.entries({
  nothing: [assertionAt, assertion], name: [classAt, { ...badgeClass, name: "Autre" }],
  person: [assertionAt, { ...assertion, recipient: hash(`sha256$${"0".repeat(64)}`) }], salt: [assertionAt, { ...assertion, recipient: { ...assertion.recipient, salt: "x" } }],
  day: [assertionAt, { ...assertion, issuedOn: "2020-01-01T00:00:00Z" }], end: [assertionAt, { ...assertion, expires: "2099-01-01T00:00:00Z" }],
})) {
  const [address, body] = published;
  add(`two badges: another ${name}`, baked(["openbadgecredential", own[0]], ["openbadges", JSON.stringify(address === assertionAt ? body : assertion)]), { same: true, instead: { [address]: { body } } });
}
const broken = Buffer.from(read(`a/${valid.id}/badge.png`));
broken[broken.length - 20] ^= 1;
add("no badge: a damaged PNG", broken, { same: true });

/** What the engine says of every case. */
const told = new Map();
const folder = join(scratch, "cases");
mkdirSync(folder);
cases.forEach((one, n) => {
  one.file = join(folder, `${n}.bin`);
  writeFileSync(one.file, one.bytes);
});
const run = (args) => {
  try {
    return execFileSync(accolade, ["verify", "--json", "--site", site, "--offline", ...args], { encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] });
  } catch (error) {
    return error.stdout;
  }
};
for (const moment of new Set(cases.map((one) => one.now))) {
  const alike = cases.filter((one) => one.now === moment && !one.recipient && !one.instead);
  const list = join(scratch, "list.txt");
  writeFileSync(list, alike.map(({ file }) => `${file}\n`).join(""));
  const lines = run(["--now", moment, "--list", list]).trim().split("\n");
  alike.forEach((one, n) => told.set(one, JSON.parse(lines[n])));
}
for (const one of cases.filter((each) => each.recipient || each.instead)) {
  const map = join(scratch, "map.json");
  const entries = Object.entries(one.instead ?? {}).map(([address, { body, status, redirect }]) => [address, { body: typeof body === "string" ? body : JSON.stringify(body), ...(status ? { status } : {}), ...(redirect ? { redirect } : {}) }]);
  const others = Object.entries(one.instead ?? {}).filter(([, { redirect }]) => redirect).map(([, { redirect, body }]) => [redirect, { body: typeof body === "string" ? body : JSON.stringify(body) }]);
  const plain = entries.map(([address, entry]) => [address, entry.redirect ? { redirect: entry.redirect } : entry]);
  writeFileSync(map, JSON.stringify(Object.fromEntries([...plain, ...others])));
  const args = ["--now", one.now, ...(one.instead ? ["--documents", map] : []), ...(one.recipient ? ["--recipient", one.recipient] : []), one.file];
  const out = run(args);
  told.set(one, out.trim() ? JSON.parse(out) : { error: "no report" });
}

const { judge, end } = judging("differential");
const counted = { valid: 0, invalid: 0, unknown: 0, cautious: 0 };
for (const one of cases) {
  const findings = [];
  const engine = told.get(one);
  const page = await verify({ bytes: new Uint8Array(one.bytes) }, { documents: documents(one.instead), rules, readXml, now: Date.parse(one.now), recipient: one.recipient }).catch((error) => ({ verdict: `threw ${error.stack}`, checks: [], answers: [] }));
  counted[page.verdict]++;
  // What holds no badge is no report of the command: then the page is undecided, too.
  const verdict = engine.verdict ?? "unknown";
  if (page.verdict === "valid" && verdict !== "valid" && !one.isBlind) findings.push(`valid here, ${verdict} there`);
  if (page.verdict === "invalid" && verdict !== "invalid") findings.push(`invalid here, ${verdict} there`);
  if (page.verdict !== verdict && page.verdict !== "unknown" && !one.isBlind) findings.push(`${page.verdict} here, ${verdict} there`);
  if (!["valid", "invalid", "unknown"].includes(page.verdict)) findings.push(page.verdict);
  if (one.same && page.verdict !== verdict) findings.push(`the page should say ${verdict} and says ${page.verdict}`);
  if (page.verdict !== verdict) counted.cautious++;
  const codes = (engine.checks ?? []).filter(({ outcome }) => outcome === "fail").map(({ question, code }) => `${question} ${code}`);
  for (const { question, outcome, code } of page.checks) if (outcome === "fail" && !codes.includes(`${question} ${code}`)) findings.push(`fails for ${question} ${code}, the engine for ${codes.join(", ") || "nothing"}`);
  for (const { question, outcome, code } of page.answers) {
    const theirs = (engine.questions ?? []).find((answer) => answer.question === question);
    if (outcome === "pass" && theirs?.answer !== "pass" && !one.isBlind) findings.push(`${question} passes here (${code}), there it is ${theirs?.answer} (${theirs?.code})`);
  }
  judge(one.name, findings);
  if (findings.length > 0 && process.env.VERBOSE) console.log(page.checks, engine.checks ?? engine);
}
console.log(`differential: ${cases.length} cases, ${counted.valid} valid, ${counted.invalid} invalid, ${counted.unknown} unknown here; the engine knew more ${counted.cautious} times`);
end();
