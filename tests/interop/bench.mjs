// What `@digitalbazaar/vc` takes for one credential with `eddsa-rdfc-2022` and its signed status list, documents at hand.
// Prints microseconds of CPU time, the median of many after a warm-up.
//
// usage: node bench.mjs SITE BASE_URL AWARD_ID

import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import * as vc from '@digitalbazaar/vc';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import {documentLoader} from './published.mjs';

const [folder, base, award] = process.argv.slice(2);
const now = new Date('2026-09-01T09:00:00Z');
const loader = documentLoader({folder, base});
const kept = new Map();
// Read once, and with the first proof alone, like the credential.
const warm = async url => {
  if(!kept.has(url)) {
    const answer = await loader(url);
    if(Array.isArray(answer.document.proof)) {
      answer.document.proof = answer.document.proof[0];
    }
    kept.set(url, answer);
  }
  return kept.get(url);
};
const credential = JSON.parse(readFileSync(join(folder, 'a', award, 'credential.json')));
credential.proof = credential.proof[0];
const suite = () => new DataIntegrityProof({cryptosuite});

async function verify() {
  const result = await vc.verifyCredential({
    credential, suite: suite(), documentLoader: warm, now,
    checkStatus: options => checkStatus({...options, documentLoader: warm, suite: suite(),
      verifyBitstringStatusListCredential: true})
  });
  if(!result.verified) {
    throw result.error ?? new Error('not verified');
  }
}

for(let n = 0; n < 60; n++) {
  await verify();
}
const times = [];
for(let batch = 0; batch < 21; batch++) {
  const before = process.cpuUsage();
  for(let n = 0; n < 10; n++) {
    await verify();
  }
  const {user, system} = process.cpuUsage(before);
  times.push((user + system) / 10);
}
console.log(times.sort((a, b) => a - b)[10]);
