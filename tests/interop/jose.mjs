// Badges in tokens made with `jose`, honest and not, before `accolade verify` and before `jose` itself. Whatever `jose`
// refuses must not be valid here; where only one of the two refuses, the case is named in `docs/interop.md`.
//
// usage: node jose.mjs ACCOLADE_BINARY SCRATCH_FOLDER

import {spawnSync} from 'node:child_process';
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {CompactSign, SignJWT, UnsecuredJWT, compactVerify, exportJWK, exportSPKI, generateKeyPair} from 'jose';
import {Tally} from './published.mjs';

const [accolade, scratch] = process.argv.slice(2);
const NOW = '2026-09-01T09:00:00Z';
const did = 'did:web:elsewhere.example:issuers:maker';
const tally = new Tally('tokens made with jose');
mkdirSync(scratch, {recursive: true});

const badge = {
  '@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
  id: 'https://elsewhere.example/badges/1.json',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  name: 'Réparer un vélo',
  issuer: {id: did, type: ['Profile'], name: 'Atelier inventé', url: 'https://elsewhere.example/'},
  validFrom: '2026-02-01T00:00:00Z',
  validUntil: '2027-02-01T00:00:00Z',
  credentialSubject: {
    id: 'did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH',
    type: ['AchievementSubject'],
    achievement: {id: 'https://elsewhere.example/achievements/velo.json', type: ['Achievement'], name: 'Réparer un vélo',
      description: 'Sait changer une chambre à air.', criteria: {narrative: 'Le faire devant quelqu’un.'}}
  }
};
const seconds = date => Math.floor(Date.parse(date) / 1000);
const claims = {...badge, iss: did, jti: badge.id, sub: badge.credentialSubject.id,
  nbf: seconds(badge.validFrom), exp: seconds(badge.validUntil)};
const text = new TextEncoder();
const encode = value => Buffer.from(value).toString('base64url');

function accepts(name, token, documents) {
  const slug = name.replaceAll(/[^a-z0-9]+/gi, '-');
  const [file, map] = [join(scratch, `${slug}.jwt`), join(scratch, `${slug}.documents.json`)];
  writeFileSync(file, token);
  writeFileSync(map, JSON.stringify(documents));
  const run = spawnSync(accolade, ['verify', file, '--documents', map, '--offline', '--now', NOW, '--json']);
  return {valid: run.status === 0, text: run.stdout.toString() + run.stderr.toString()};
}

async function joseAccepts(token, key, alg) {
  try {
    await compactVerify(token, key, {algorithms: [alg]});
    return true;
  } catch {
    return false;
  }
}

for(const alg of ['EdDSA', 'Ed25519', 'ES256', 'ES384', 'RS256']) {
  const pair = await generateKeyPair(alg, {extractable: true});
  const thief = await generateKeyPair(alg, {extractable: true});
  const jwk = await exportJWK(pair.publicKey);
  const kid = `${did}#k1`;
  const documents = {
    'https://elsewhere.example/issuers/maker/did.json': {body: JSON.stringify({
      '@context': ['https://www.w3.org/ns/did/v1'], id: did,
      verificationMethod: [{id: kid, type: 'JsonWebKey', controller: did, publicKeyJwk: jwk}],
      assertionMethod: [kid]
    }), content_type: 'application/json'}
  };
  const sign = (header, payload = claims, key = pair.privateKey) =>
    new SignJWT(payload).setProtectedHeader({alg, typ: 'JWT', kid, ...header}).sign(key);
  const jose = alg === 'Ed25519' ? ['EdDSA', 'Ed25519'] : [alg];

  for(const [what, token] of Object.entries({
    'with kid': await sign({}),
    'with jwk': await sign({kid: undefined, jwk}),
    'as vc-jose-cose': await sign({typ: 'vc+jwt'}, badge)
  })) {
    const ours = accepts(`${alg} ${what}`, token, documents);
    tally.check(`${alg} ${what}`, ours.valid, ours.text);
    tally.check(`${alg} ${what}, by jose`, await joseAccepts(token, pair.publicKey, jose.at(-1)));
  }

  const good = await sign({});
  const [header, payload, signature] = good.split('.');
  const pem = await exportSPKI(pair.publicKey);
  const reheaded = members => encode(JSON.stringify({alg, typ: 'JWT', kid, ...members}));
  const attacks = {
    'unsecured': new UnsecuredJWT(claims).encode(),
    'none with our signature': `${reheaded({alg: 'none'})}.${payload}.${signature}`,
    'the PEM as a secret': await new SignJWT(claims).setProtectedHeader({alg: 'HS256', typ: 'JWT', kid}).sign(text.encode(pem)),
    'a thief under our kid': await sign({}, claims, thief.privateKey),
    'a thief with a jwk': await sign({kid: undefined, jwk: await exportJWK(thief.publicKey)}, claims, thief.privateKey),
    'another payload': `${header}.${encode(JSON.stringify({...claims, name: 'Doctorat'}))}.${signature}`,
    'another header': `${reheaded({typ: 'vc+jwt'})}.${payload}.${signature}`,
    'no signature': `${header}.${payload}.`,
    'two parts': `${header}.${payload}`,
    'detached': `${header}..${signature}`,
    'a condition nobody knows': await new CompactSign(text.encode(JSON.stringify(claims)))
      .setProtectedHeader({alg, kid, crit: ['x'], x: 1}).sign(pair.privateKey, {crit: {x: true}}),
    'an unencoded payload': await new CompactSign(text.encode(JSON.stringify(claims)))
      .setProtectedHeader({alg, kid, crit: ['b64'], b64: true}).sign(pair.privateKey),
    'padded': `${good}==`,
    'over': await sign({}, {...claims, validUntil: '2026-08-01T00:00:00Z', exp: seconds('2026-08-01T00:00:00Z')}),
    'another issuer in the claims': await sign({}, {...claims, iss: 'did:web:evil.example'})
  };
  // What a library for signatures alone has no opinion of.
  const beyondJose = ['an unencoded payload', 'over', 'another issuer in the claims', 'padded'];
  if(signature.length % 4 === 0) {
    delete attacks.padded; // there is nothing to pad
  }
  for(const [what, token] of Object.entries(attacks)) {
    const ours = accepts(`${alg} ${what}`, token, documents);
    tally.check(`${alg} ${what} is refused`, !ours.valid, ours.text);
    const theirs = await joseAccepts(token, pair.publicKey, alg);
    tally.check(`${alg} ${what}, by jose`, theirs === beyondJose.includes(what), `jose says ${theirs}: put docs/interop.md right`);
  }
}
tally.finish();
