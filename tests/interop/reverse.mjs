// The reverse: badges made with `@digitalbazaar/vc` verify with `accolade verify`, changed copies do not, and a bit in
// a status list made with `@digitalbazaar/vc-bitstring-status-list` withdraws.
//
// usage: node reverse.mjs ACCOLADE_BINARY SCRATCH_FOLDER

import {spawnSync} from 'node:child_process';
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import * as vc from '@digitalbazaar/vc';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite as rdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {createSignCryptosuite} from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import {createCredential, createList} from '@digitalbazaar/vc-bitstring-status-list';
import {documentLoader, Tally} from './published.mjs';

const [accolade, scratch] = process.argv.slice(2);
const NOW = '2026-09-01T09:00:00Z';
const base = 'https://elsewhere.example';
const did = 'did:web:elsewhere.example:issuers:maker';
const listUrl = `${base}/issuers/maker/status.json`;
const loader = documentLoader({folder: '/nowhere', base});
const tally = new Tally('badges made with @digitalbazaar/vc');
mkdirSync(scratch, {recursive: true});

const pair = await Ed25519Multikey.generate({controller: did});
pair.id = `${did}#${pair.publicKeyMultibase}`;
const signers = {
  'eddsa-rdfc-2022': () => new DataIntegrityProof({signer: pair.signer(), cryptosuite: rdfc}),
  'eddsa-jcs-2022': () => new DataIntegrityProof({signer: pair.signer(), cryptosuite: createSignCryptosuite()})
};

const list = await createList({length: 131072});
list.setStatus(4242, true);
const listCredential = await createCredential({id: listUrl, list, statusPurpose: 'revocation'});
Object.assign(listCredential, {issuer: did, validFrom: '2026-01-01T00:00:00Z'});
const signedList = await vc.issue({credential: listCredential, suite: signers['eddsa-rdfc-2022'](), documentLoader: loader});

const didDocument = {
  '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
  id: did,
  verificationMethod: [{id: pair.id, type: 'Multikey', controller: did, publicKeyMultibase: pair.publicKeyMultibase}],
  assertionMethod: [pair.id]
};
const documents = join(scratch, 'documents.json');
writeFileSync(join(scratch, 'did.json'), JSON.stringify(didDocument));
writeFileSync(join(scratch, 'status.json'), JSON.stringify(signedList));
writeFileSync(documents, JSON.stringify({
  [`${base}/issuers/maker/did.json`]: {file: 'did.json'},
  [listUrl]: {file: 'status.json'}
}));

function badge(index) {
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
    id: `${base}/badges/${index}.json`,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: 'Réparer un vélo',
    issuer: {id: did, type: ['Profile'], name: 'Atelier inventé', url: 'https://elsewhere.example/'},
    validFrom: '2026-02-01T00:00:00Z',
    credentialSubject: {
      type: ['AchievementSubject'],
      identifier: [{type: 'IdentityObject', identityType: 'emailAddress', hashed: true, salt: 'Kosher',
        identityHash: 'sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399'}],
      achievement: {id: `${base}/achievements/velo.json`, type: ['Achievement'], name: 'Réparer un vélo',
        description: 'Sait changer une chambre à air.', criteria: {narrative: 'Le faire devant quelqu’un.'}}
    },
    credentialStatus: {id: `${listUrl}#${index}`, type: 'BitstringStatusListEntry', statusPurpose: 'revocation',
      statusListIndex: String(index), statusListCredential: listUrl}
  };
}

function verify(name, credential, args = []) {
  const file = join(scratch, `${name}.json`);
  writeFileSync(file, JSON.stringify(credential));
  const run = spawnSync(accolade, ['verify', file, '--documents', documents, '--offline', '--now', NOW, '--json', ...args]);
  let report = {};
  try {
    report = JSON.parse(run.stdout);
  } catch{}
  return {exit: run.status, report, text: run.stdout.toString() + run.stderr.toString()};
}

for(const [suite, makeSuite] of Object.entries(signers)) {
  const good = await vc.issue({credential: badge(7), suite: makeSuite(), documentLoader: loader});
  const plain = verify(`${suite}-good`, good);
  tally.check(`${suite} verifies`, plain.exit === 0 && plain.report.verdict === 'valid', plain.text);
  const mine = verify(`${suite}-mine`, good, ['--recipient', 'a@example.com']);
  tally.check(`${suite} names its recipient`, mine.exit === 0, mine.text);
  const other = verify(`${suite}-other`, good, ['--recipient', 'b@example.com']);
  tally.check(`${suite} is nobody else's`, other.exit === 1, other.text);

  for(const [what, change] of Object.entries({
    name: c => c.credentialSubject.achievement.name = 'Réparer une fusée',
    'unsigned member': c => c.level = 'gold',
    'earlier date': c => c.validFrom = '2025-02-01T00:00:00Z',
    'other index': c => c.credentialStatus.statusListIndex = '9'
  })) {
    const changed = structuredClone(good);
    change(changed);
    const {exit, text} = verify(`${suite}-${what.replaceAll(' ', '-')}`, changed);
    tally.check(`${suite} changed ${what} is refused`, exit === 1, text);
  }

  const withdrawn = await vc.issue({credential: badge(4242), suite: makeSuite(), documentLoader: loader});
  const {exit, report, text} = verify(`${suite}-withdrawn`, withdrawn);
  tally.check(`${suite} withdrawn`, exit === 1 && report.status === 'revoked', text);
}
tally.finish();
