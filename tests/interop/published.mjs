// A built site answered as if it were on the web, and nothing else: no socket is ever opened.

import {readFileSync, existsSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
export const STANDARDS = process.env.ACCOLADE_STANDARDS ?? join(here, '../../../shared/standards');

const contextIndex = JSON.parse(readFileSync(join(STANDARDS, 'contexts/index.json'))).contexts;

/** A document loader for JSON-LD tools: the site's files below `base`, the standards' contexts, and did:web of `base`. */
export function documentLoader({folder, base, extra = {}}) {
  const did = `did:web:${base.slice('https://'.length).replaceAll('/', ':')}`;
  return async asked => {
    const [url, fragment] = asked.split('#');
    let document;
    if(contextIndex[url]) {
      document = JSON.parse(readFileSync(join(STANDARDS, 'contexts', contextIndex[url].file)));
    } else if(extra[url]) {
      document = extra[url];
    } else if(url.startsWith(`${did}:`)) {
      document = read(folder, `${url.slice(did.length + 1).replaceAll(':', '/')}/did.json`);
    } else if(url.startsWith(`${base}/`)) {
      document = read(folder, url.slice(base.length + 1));
    } else {
      throw new Error(`not a document of this site: ${asked}`);
    }
    if(fragment && Array.isArray(document.verificationMethod)) {
      const method = document.verificationMethod.find(one => one.id === asked);
      if(!method) {
        throw new Error(`no verification method ${asked}`);
      }
      document = {'@context': document['@context'], ...method};
    }
    return {contextUrl: null, documentUrl: asked, document: structuredClone(document)};
  };
}

function read(folder, path) {
  const file = join(folder, path);
  if(!existsSync(file)) {
    throw new Error(`404 ${path}`);
  }
  return JSON.parse(readFileSync(file));
}

/** The clock and the awards that have a hosted record. */
export function expected(file) {
  const document = JSON.parse(readFileSync(file));
  return {now: document.now, awards: document.awards.filter(award => award.visibility !== 'private')};
}

/** Counts verdicts, prints the ones that differ, and ends with one line a test runner would print. */
export class Tally {
  constructor(judge) {
    Object.assign(this, {judge, passed: 0, failed: 0});
  }

  check(name, holds, detail = '') {
    if(holds) {
      this.passed++;
    } else {
      this.failed++;
      console.log(`  ${this.judge}: ${name}: ${detail}`);
    }
  }

  finish() {
    if(this.passed + this.failed === 0) {
      console.log(`  ${this.judge}: nothing was judged`);
      this.failed++;
    }
    console.log(`${this.judge}: ${this.passed} passed, ${this.failed} failed`);
    process.exitCode = this.failed ? 1 : 0;
  }
}
