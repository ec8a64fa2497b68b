// The official Open Badges 3.0 JSON Schemas, both families (OB3-JS-5), on every hosted credential and every profile.
//
// usage: node schema.mjs SITE BASE_URL EXPECTED_JSON

import {readFileSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import Ajv2019 from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';
import {expected, STANDARDS, Tally} from './published.mjs';

const [folder, , expectedFile] = process.argv.slice(2);
const {awards} = expected(expectedFile);

/** Each root schema in a registry of its own (OB3-JS-6); the dialect's trailing `#` is not known to Ajv (OB3-CONST-8). */
function compile(file) {
  const schema = JSON.parse(readFileSync(join(STANDARDS, 'schemas', file)));
  delete schema.$schema;
  const ajv = new Ajv2019({strict: false, allErrors: true});
  addFormats(ajv);
  return ajv.compile(schema);
}

const credentialSchemas = {
  'json': compile('ob_v3p0_achievementcredential_schema.json'),
  'json-ld': compile('json-ld.ob_v3p0_achievementcredential_schema.json')
};
const profileSchema = compile('ob_v3p0_profile_schema.json');
const tally = new Tally('official Open Badges 3.0 JSON Schemas');

function judge(name, validate, file) {
  const document = JSON.parse(readFileSync(file));
  const holds = validate(document);
  tally.check(name, holds, JSON.stringify(validate.errors?.slice(0, 3)));
}

for(const award of awards) {
  const file = join(folder, 'a', award.id, 'credential.json');
  for(const [family, validate] of Object.entries(credentialSchemas)) {
    judge(`${award.n} ${family}`, validate, file);
  }
}
for(const slug of readdirSync(join(folder, 'issuers'), {withFileTypes: true})) {
  if(slug.isDirectory()) {
    judge(`profile ${slug.name}`, profileSchema, join(folder, 'issuers', slug.name, 'profile.json'));
  }
}
tally.finish();
