// `@digitalcredentials/verifier-core`, as the Digital Credentials Consortium's wallets and verifiers use it, on every hosted
// credential: signature, dates and withdrawal; then one changed letter, which must fail.
//
// usage: node dcc.mjs SITE BASE_URL EXPECTED_JSON

import {existsSync, readFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import {expected, documentLoader, STANDARDS, Tally} from './published.mjs';

const [folder, base, expectedFile] = process.argv.slice(2);
const {now, awards} = expected(expectedFile);
const loader = documentLoader({folder, base});

// It has no parameter for the time, nor for documents: it asks the machine's clock and `fetch`.
const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...args) {
    super(...(args.length ? args : [now]));
  }

  static now() {
    return new RealDate(now).getTime();
  }
};
const answer = text => new Response(text, {headers: {'content-type': 'application/json'}});
globalThis.fetch = async request => {
  const url = request.url ?? String(request);
  const schema = join(STANDARDS, 'schemas', basename(url));
  if(existsSync(schema)) {
    return answer(readFileSync(schema, 'utf8'));
  }
  try {
    return answer(JSON.stringify((await loader(url)).document));
  } catch {
    return new Response('not found', {status: 404});
  }
};
const {verifyCredential} = await import('@digitalcredentials/verifier-core');
const tally = new Tally('@digitalcredentials/verifier-core');

/** The answer to each of its steps. */
function steps(result) {
  const log = result.log ?? result.results?.[0]?.log ?? [];
  return Object.fromEntries(log.map(step => [step.id, step.valid]));
}

for(const award of awards) {
  const credential = JSON.parse(readFileSync(join(folder, 'a', award.id, 'credential.json')));
  const result = await verifyCredential({credential: structuredClone(credential), knownDIDRegistries: []});
  const answers = steps(result);
  const said = JSON.stringify({answers, errors: result.errors?.map(e => `${e.name}: ${e.message}`)});
  tally.check(`${award.n} signature`, answers.valid_signature === true, said);
  tally.check(`${award.n} dates`, answers.expiration === (award.status !== 'expired'), said);
  tally.check(`${award.n} withdrawal`, answers.revocation_status === (award.status !== 'revoked'), said);
  const changed = structuredClone(credential);
  changed.credentialSubject.achievement.name += '.';
  const forged = await verifyCredential({credential: changed, knownDIDRegistries: []});
  tally.check(`${award.n} changed`, steps(forged).valid_signature !== true, 'a changed letter was accepted');
}
tally.finish();
