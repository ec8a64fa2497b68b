// The modules of the page that verifies, each by itself, over the vectors of the standards.
//
//   node units.mjs SITE
//
// The vectors are read through ACCOLADE_STANDARDS (else `../shared/standards` beside the workspace); what is missing there
// is told and not counted.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { judging } from "./site.mjs";

const [site] = process.argv.slice(2);
const workspace = new URL("../../", import.meta.url);
const standards = process.env.ACCOLADE_STANDARDS ?? new URL("../shared/standards", workspace).pathname;
const modules = Object.fromEntries(await Promise.all(["bytes", "json", "keys", "dates", "hosts", "name", "records", "person", "picture", "verify", "documents"].map(async (name) => [name, await import(new URL(`themes/default/static/verify/${name}.js`, workspace))])));
const { bytes, json, keys, dates, hosts, name, records, person, picture, verify, documents } = modules;
const { rules } = JSON.parse(readFileSync(join(site, "static/verify/words.en.json"), "utf8"));

const { judge, end } = judging("units");
const unit = async (claim, test) => {
  const findings = [];
  const is = (found, wanted, what = "it") => JSON.stringify(found) !== JSON.stringify(wanted) && findings.push(`${what} is ${JSON.stringify(found)?.slice(0, 200)} and not ${JSON.stringify(wanted)?.slice(0, 200)}`);
  try {
    await test(is);
  } catch (error) {
    findings.push(error.stack);
  }
  judge(claim, findings.slice(0, 5));
};
/** The same over data that may not be at hand. */
const over = async (path, claim, test) => {
  const found = join(standards, "vectors", path);
  if (!existsSync(found)) return console.log(`${claim}: ignored, ${path} is missing`);
  return unit(claim, (is) => test(is, found));
};
const load = (path) => JSON.parse(readFileSync(path, "utf8"));
const parsed = (text) => json.parse(bytes.utf8(text));
const refused = (text) => {
  try {
    parsed(text);
    return "read";
  } catch (error) {
    return error instanceof json.Malformed ? "refused" : String(error);
  }
};

await unit("JSON that two readers could read in two ways is refused", (is) => {
  const texts = ['{"a":1,"a":2}', '{"a":1,"\\u0061":2}', '{"__proto__":1,"__proto__":2}', '["\\ud800"]', '["\\udc00\\ud800"]', "9007199254740992", "-9007199254740992", "1e400", "01", "+1", "1.", ".5", "NaN", "[1,]", "{,}", '{"a":1,}', "[1 2]", "'a'", '"\t"', '"\\x"', '"\\u12"', "tru", "nul", "[1]]", "[1] x", "", "[", '{"a"', '{"a":', '{a:1}', "\ufeff1", "/**/1", `${"[".repeat(65)}${"]".repeat(65)}`];
  for (const text of texts) is(refused(text), "refused", text);
  is(refused(`"${"x".repeat(1 << 20)}"`), "refused", "a large text");
  for (const bad of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80]]) {
    let answer = "read";
    try {
      json.parse(Uint8Array.from([0x22, ...bad, 0x22]));
    } catch {
      answer = "refused";
    }
    is(answer, "refused", `bytes ${bad}`);
  }
});
await unit("JSON is read as others read it", (is) => {
  for (const text of ['{"a":[1,-0,0.5,1e3,1E-2,true,false,null,"\\u00e9\\n\\"\\ud83c\\udfc5"],"b":{}}', " [ ] ", "9007199254740991", '"\u2028"', `${"[".repeat(64)}${"]".repeat(64)}`]) is(json.canonical(parsed(text)), json.canonical(JSON.parse(text)), text);
  const thing = parsed('{"__proto__":{"polluted":1},"constructor":2}');
  is(Object.keys(thing), ["__proto__", "constructor"]);
  is([{}.polluted, Object.getPrototypeOf(thing), thing.toString], [undefined, null, undefined]);
});
await over("jcs", "canonical texts are those of RFC 8785", (is, folder) => {
  for (const name of readdirSync(join(folder, "input"))) is(json.canonical(json.parse(readFileSync(join(folder, "input", name)))), readFileSync(join(folder, "output", name), "utf8").trim(), name);
});

await unit("base64url and base58 have one spelling", (is) => {
  for (let length = 0; length < 70; length++) {
    const some = Uint8Array.from({ length }, (_, at) => (at * 37 + length) & 255);
    is(bytes.base64url(some), Buffer.from(some).toString("base64url"));
    is(bytes.fromBase64url(bytes.base64url(some)), some);
  }
  for (const text of ["A", "AB", "AAB", "AA==", "A+", "A/", "A A", "é", "AAAAA"]) is(bytes.fromBase64url(text), null, text);
  for (const text of ["0", "O", "I", "l", "é", "1".repeat(300)]) is(bytes.fromBase58(text), null, text);
  is([...bytes.fromBase58("11")], [0, 0]);
});

await unit("moments are those of RFC 3339, and no others", (is) => {
  const same = Date.parse("2026-03-12T00:00:00Z");
  for (const text of ["2026-03-12T00:00:00Z", "2026-03-12T01:00:00+01:00", "2026-03-12T00:00Z", "2026-03-12T00:00:00.000Z"]) is(dates.moment(text), same, text);
  for (const text of ["2026-03-12", "2026-03-12t00:00:00Z", "2026-03-12T00:00:00z", "2026-03-12 00:00:00Z", "2026-02-30T00:00:00Z", "2026-13-01T00:00:00Z", "2026-03-12T24:00:00Z", "2026-03-12T00:60:00Z", "2026-03-12T00:00:00", "2026-03-12T00:00:00+25:00", "", null, 5, {}, ["2026-03-12T00:00:00Z"], "soon"]) is(dates.moment(text), null, String(text));
});

await over("did-web/urls.json", "a did:web leads to one address, or nowhere", (is, path) => {
  const { resolve } = load(path);
  for (const { did, url } of resolve.filter(({ url }) => !url.includes("%20"))) is(hosts.didWebAddress(did), url, did);
  for (const did of ["did:web:", "did:web:example.com:..:x", "did:web:example.com:%2e%2e:x", "did:web:example.com%2Fpath", "did:web:user%40example.com", "did:web:127.0.0.1", "did:web:0x7f.1", "did:web:localhost", "did:web:example.com::x", "did:web:example.com:x?y", "did:web:example.com:x#y", "did:web:-a.example", "did:web:a..example", "did:web:example.com%3A99999", "did:web:éxample.com"]) is(hosts.didWebAddress(did), null, did);
});
await unit("who speaks for whom", (is) => {
  for (const [last, asked, wanted] of [
    ["https://a.example/2", "https://a.example/1", true], ["https://b.example/1", "https://a.example/1", false],
    ["https://a.example/1", "http://a.example/1", true], ["http://a.example/1", "https://a.example/1", false],
    ["https://a.example:8443/1", "https://a.example/1", false], ["https://a.example.evil/1", "https://a.example/1", false],
    ["https://github.com/evil/x", "https://github.com/club/x", false], ["https://github.com/club/y", "https://github.com/club/x", true],
    ["https://github.com/club%2f..%2fevil/x", "https://github.com/club/x", false],
  ]) is(hosts.answersFor(last, asked, rules), wanted, `${last} for ${asked}`);
  is(hosts.isSharedHost("club.github.io", rules), true);
  is(hosts.isSharedHost("notgithub.io", rules), false);
  is(hosts.isSharedHost("constructor", rules), false);
  is(hosts.describe("did:web:Badges.example:issuers:club"), { id: "did:web:Badges.example:issuers:club", host: "badges.example", path: "/issuers/club", international: false });
  is(hosts.describe("did:web:").host, undefined);
});

await over("hashing/identity-hashes.json", "identities hash as Open Badges says", async (is, path) => {
  for (const { alg, identity, salt, identityHash } of load(path).vectors) {
    const run = { recipient: identity, found: (question, outcome, code) => is([outcome, code], alg === "sha256" ? ["pass", "recipient-matches"] : ["unknown", "recipient-not-comparable"], identityHash) };
    await person.ofAssertion(run, { recipient: { type: "email", hashed: true, identity: identityHash, salt: salt ?? undefined } }, "x");
  }
});
await unit("the salt of a name has one length and one alphabet", (is) => {
  const salt = "7v165q26c139pf61fhqvkywxge";
  is(name.privateLink(`n=Zo%C3%A9&s=${salt}`), { name: "Zoé", salt });
  for (const fragment of [`n=Z&s=7${salt}`, `n=Z&s=${salt.slice(1)}`, `n=Z&s=${salt.replace("7", "i")}`, `n=&s=${salt}`, `n=%C3&s=${salt}`, "", `s=${salt}`]) is(name.privateLink(fragment), null, fragment);
});

const unhex = (text) => new Uint8Array(Buffer.from(text, "hex"));
const wycheproof = (file, keyOf) => over(`wycheproof/${file}`, `signatures of ${file}`, async (is, path) => {
  for (const group of load(path).testGroups) {
    const key = keyOf(group);
    for (const { tcId, msg, sig, result } of group.tests) {
      const verified = typeof key === "object" ? await keys.verify(key, unhex(sig), unhex(msg)) : false;
      if (result === "valid") is(verified, true, `${tcId}`);
      if (result === "invalid") is(verified, false, `${tcId}`);
    }
  }
});
const coordinate = (digits) => bytes.base64url(unhex(digits.slice(-64).padStart(64, "0")));
await wycheproof("ed25519_test.json", ({ publicKey }) => ({ alg: "EdDSA", jwk: { kty: "OKP", crv: "Ed25519", x: bytes.base64url(unhex(publicKey.pk)) } }));
await wycheproof("ecdsa_secp256r1_sha256_p1363_test.json", ({ publicKey: { wx, wy } }) => keys.fromJwk({ kty: "EC", crv: "P-256", x: coordinate(wx), y: coordinate(wy) }));

await over("vc-di-eddsa/eddsa-jcs-2022/signedJCS.json", "the W3C's own badge of eddsa-jcs-2022 verifies, and no changed one does", async (is, path) => {
  const { examine } = await import(new URL("themes/default/static/verify/proofs.js", workspace));
  const { Run } = await import(new URL("themes/default/static/verify/run.js", workspace));
  const document = json.parse(readFileSync(path));
  // The vector's issuer is a web address, and its key a did:key; our rule wants both to be one.
  const method = document.proof.verificationMethod;
  const unsecured = json.without(document, ["proof"]);
  const signed = bytes.join([await bytes.sha256(bytes.utf8(json.canonical(json.without(document.proof, ["proofValue"])))), await bytes.sha256(bytes.utf8(json.canonical(unsecured)))]);
  is(bytes.hex(signed), readFileSync(path.replace("signedJCS.json", "combinedHashJCS.txt"), "utf8").trim());
  const key = keys.fromMultikey(method.split("#")[1]);
  const signature = bytes.fromBase58(document.proof.proofValue.slice(1));
  is(await keys.verify(key, signature, signed), true);
  signed[0] ^= 1;
  is(await keys.verify(key, signature, signed), false);
  const run = new Run({ want() {}, get: async () => ({ source: "network", unavailable: "offline" }) }, rules, Date.parse("2026-09-01T09:00:00Z"), "");
  is((await examine(run, document, "x")).secured, undefined, "a key that is not the issuer's");
});

await over("jwt/index.json", "signed tokens give what the engine gives, or are undecided", async (is, path) => {
  const { documents: published } = load(join(path, "../keys.json"));
  const web = { want() {}, get: async (url) => ({ source: "network", body: { url, status: Object.hasOwn(published, url) ? 200 : 404, bytes: bytes.utf8(JSON.stringify(published[url] ?? null)) } }) };
  const expected = readFileSync(new URL("tests/conformance/jwt.yaml", workspace), "utf8").matchAll(/^(\S+\.txt): \{ verdict: (\w+), code: ([\w-]+) \}/gm);
  let undecided = 0;
  for (const [, file, verdict, code] of expected) {
    const report = await verify.verify({ bytes: readFileSync(join(path, "..", file)) }, { documents: web, rules, readXml: () => null, now: Date.parse("2026-09-01T09:00:00Z") });
    const isBadge3 = !file.startsWith("ob2-") && !file.startsWith("vc-claim");
    if (report.verdict === "unknown" && !isBadge3) undecided++;
    else is([report.verdict, report.checks.some((check) => check.code === code)], [verdict, true], file);
  }
  is(undecided > 0, true, "tokens of Open Badges 2.0 are undecided");
});

await over("baking/index.json", "what is in a PNG is taken out to the letter", async (is, path) => {
  for (const { file, payload, expect, version } of load(path).files.filter(({ file }) => file.endsWith(".png"))) {
    const image = new Uint8Array(readFileSync(join(path, "..", file)));
    let found = [];
    try {
      found = records.isPng(image) ? await picture.inPng(image) : "no PNG";
    } catch (error) {
      found = error.code ?? String(error);
    }
    if (typeof payload === "string" && expect === undefined && version !== undefined) is(found[0]?.text, payload, file);
    else if (expect === "no-badge") is(found, [], file);
    else is(Array.isArray(found) || found === "input-picture-broken" || found === "no PNG", true, `${file}: ${found}`);
  }
});

await over("bitstring-status-list/constructed/lists.json", "status lists inflate within bounds", async (is, path) => {
  for (const { name, encodedList, expect, bits } of load(path).lists) {
    const compressed = encodedList[0] === "u" ? bytes.fromBase64url(encodedList.slice(1)) : null;
    const found = compressed && (await bytes.inflate(compressed, "gzip", 16 << 20));
    const length = found instanceof Uint8Array ? found.length * 8 : 0;
    if (expect === "ok") is(length, bits ?? length, name);
    is(length <= 8 * (16 << 20), true, name);
  }
});

await unit("only https on its usual port is asked, by names of the web, after a yes", async (is) => {
  const asked = [];
  const place = { base: "https://badges.example", root: "", here: "http://127.0.0.1:1", ask: async (names) => (asked.push(names), names.every((name) => name !== "no.example")), fetch: async (url) => ({ status: 200, url, body: new Response("{}").body }) };
  const web = new documents.Fetched(place);
  for (const address of ["http://a.example/", "https://a.example:8443/", "https://u:p@a.example/", "https://127.0.0.1/", "https://[::1]/", "https://localhost/", "https://nas.local/", "https://2130706433/", "https://a/", "ftp://a.example/", "javascript:1", ""]) is((await web.get(address)).body, undefined, address);
  is(asked, []);
  is((await Promise.all([web.get("https://a.example/1"), web.get("https://b.example/1"), web.get("https://a.example/2")])).map(({ body }) => body?.status), [200, 200, 200]);
  is(asked, [["a.example", "b.example"]], "one question for all");
  is((await web.get("https://no.example/")).unavailable, "host-refused");
  const own = await web.get("https://badges.example/x.json");
  is([own.source, own.body.url], ["stand-in", "https://badges.example/x.json"]);
  is(new documents.Fetched({ ...place, here: "https://badges.example" }).isCopy, false);
  is(new documents.Fetched({ ...place, base: "https://badges.example/club", root: "/club", here: "https://badges.example" }).isOwn("https://badges.example/clubhouse/x"), false);
});
await unit("documents are bound in size and in number", async (is) => {
  const endless = () => new Response(new ReadableStream({ pull: (to) => to.enqueue(new Uint8Array(1 << 20)) })).body;
  const place = { base: "https://badges.example", root: "", here: "https://badges.example", ask: async () => true, fetch: async (url) => ({ status: 200, url, body: endless() }) };
  is((await new documents.Fetched(place).get("https://badges.example/x")).unavailable, "too-large");
  const many = new documents.Fetched({ ...place, fetch: async (url) => ({ status: 200, url, body: new Response("x").body }) });
  const answers = await Promise.all(Array.from({ length: 60 }, (_, n) => many.get(`https://badges.example/${n}`)));
  is(answers.filter(({ unavailable }) => unavailable === "exhausted").length > 0, true);
});

end();
