// `@digitalbazaar/vc` on every hosted credential: `eddsa-rdfc-2022` alone, `eddsa-jcs-2022` alone, both with status;
// then one changed letter in each, which must fail.
//
// usage: node vc.mjs SITE BASE_URL EXPECTED_JSON

import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import * as vc from '@digitalbazaar/vc';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite as rdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {createVerifyCryptosuite} from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import {documentLoader, expected, Tally} from './published.mjs';

const [folder, base, expectedFile] = process.argv.slice(2);
const {now, awards} = expected(expectedFile);
const loader = documentLoader({folder, base});
const suites = {
  'eddsa-rdfc-2022': () => new DataIntegrityProof({cryptosuite: rdfc}),
  'eddsa-jcs-2022': () => new DataIntegrityProof({cryptosuite: createVerifyCryptosuite()})
};
const tally = new Tally('@digitalbazaar/vc');

for(const award of awards) {
  const credential = JSON.parse(readFileSync(join(folder, 'a', award.id, 'credential.json')));
  for(const [name, makeSuite] of Object.entries(suites)) {
    const suite = makeSuite();
    const verify = document => vc.verifyCredential({
      credential: structuredClone(document), suite, documentLoader: loader, now: new Date(now),
      checkStatus: options => checkStatus({...options, documentLoader: loader, suite: makeSuite(),
        verifyBitstringStatusListCredential: true})
    });
    const result = await verify(credential);
    // Since 2.0 the status package reports a set bit beside `verified`, which then only says that the list was read.
    const withdrawn = (result.statusResult?.results ?? []).some(entry => entry.status);
    const accepted = result.verified && result.statusResult?.verified === true && !withdrawn;
    const want = award.status === 'active';
    const why = result.error?.errors?.map(e => e.message).join('; ') ?? result.error?.message ??
      result.statusResult?.error?.message;
    tally.check(`${award.n} ${name}`, accepted === want, `accepted=${accepted}, expected ${want}: ${why}`);
    tally.check(`${award.n} ${name} status`, withdrawn === (award.status === 'revoked'), `withdrawn=${withdrawn}`);
    const changed = structuredClone(credential);
    changed.credentialSubject.achievement.name += '.';
    const forged = await verify(changed);
    tally.check(`${award.n} ${name} changed`, forged.verified === false, 'a changed letter was accepted');
  }
}
tally.finish();
