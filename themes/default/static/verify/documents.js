// The only place of the page that asks the network: over https, within bounds, without credentials, and never a host that
// the reader was not told of.

import { drain } from "./bytes.js";
import { read } from "./hosts.js";

/** @typedef {import("./run.js").Document} Document */
/** @typedef {{ base: string, root: string, here: string, ask: (hosts: string[]) => Promise<boolean>, fetch?: typeof fetch }} Place */

const BYTES_MAX = 4 << 20;
const BYTES_MAX_IN_ALL = 16 << 20;
const MILLISECONDS_MAX = 10_000;
const DOCUMENTS_MAX = 40;

/** Documents by address; the first answer stands. */
export class Fetched {
  /** @param {Place} place Where the page is served, and the site it belongs to. */
  constructor({ base, root, here, ask, fetch: fetchIt = fetch.bind(globalThis) }) {
    this.base = `${base.replace(/\/$/, "")}/`;
    this.copyOf = `${here}${root}/`;
    this.isCopy = this.copyOf !== this.base;
    this.ask = ask;
    this.fetchIt = fetchIt;
    /** @type {Map<string, Promise<Document>>} */
    this.answers = new Map();
    /** @type {Map<string, Promise<boolean>>} */
    this.allowed = new Map();
    /** @type {string[]} */
    this.waiting = [];
    this.bytes = 0;
  }

  /** Whether an address is one of this very site. @param {string} address */
  isOwn(address) {
    return address.startsWith(this.base);
  }

  /** @param {string[]} addresses */
  want(addresses) {
    for (const address of addresses) void this.get(address);
  }

  /** @param {string} address @returns {Promise<Document>} */
  get(address) {
    const known = this.answers.get(address);
    if (known) return known;
    const answer = this.answers.size < DOCUMENTS_MAX ? this.fetched(address) : Promise.resolve(without("exhausted"));
    this.answers.set(address, answer);
    return answer;
  }

  /** @param {string} address @returns {Promise<Document>} */
  async fetched(address) {
    // Documents under the site's own address are read where this page was read from, which may be a copy.
    if (this.isOwn(address)) {
      const answer = await this.load(this.copyOf + address.slice(this.base.length), this.isCopy ? "stand-in" : "network");
      if (this.isCopy && answer.body?.url.startsWith(this.copyOf)) answer.body.url = this.base + answer.body.url.slice(this.copyOf.length);
      return answer;
    }
    const url = read(address);
    if (url?.protocol !== "https:" || url.username || url.password || url.port) return without("address-refused");
    // A name that only an inner network knows, or a number in one of its many spellings.
    if (!/\.[a-z][a-z0-9-]*$/.test(url.hostname) || /\.(?:local|localhost|internal|home\.arpa)$/.test(url.hostname)) return without("private-network");
    return (await this.mayAsk(url.host)) ? this.load(address, "network") : without("host-refused");
  }

  /** Asks once for all hosts that are needed at the same time. @param {string} host @returns {Promise<boolean>} */
  mayAsk(host) {
    const known = this.allowed.get(host);
    if (known) return known;
    this.waiting.push(host);
    const answer = new Promise((resolve) => {
      setTimeout(() => {
        const hosts = this.waiting.splice(0);
        if (hosts.length > 0) this.asked = this.ask(hosts);
        resolve(this.asked ?? false);
      });
    });
    this.allowed.set(host, answer);
    return answer;
  }

  /** @param {string} address @param {Document["source"]} source @returns {Promise<Document>} */
  async load(address, source) {
    if (navigator.onLine === false) return without("offline");
    if (this.bytes > BYTES_MAX_IN_ALL) return without("exhausted");
    const late = AbortSignal.timeout(MILLISECONDS_MAX);
    try {
      const response = await this.fetchIt(address, {
        cache: "no-cache", credentials: "omit", mode: "cors", referrerPolicy: "no-referrer", signal: late,
        headers: { accept: "application/json, */*;q=0.5" },
      });
      const bytes = response.body ? await drain(response.body, BYTES_MAX) : new Uint8Array();
      if (typeof bytes === "string") return without(late.aborted ? "too-slow" : bytes, source);
      this.bytes += bytes.length;
      return { source, body: { status: response.status, url: response.url.split("#")[0], bytes } };
    } catch {
      return without(late.aborted ? "too-slow" : "no-connection", source);
    }
  }
}

/** @type {(unavailable: string, source?: Document["source"]) => Document} */
const without = (unavailable, source = "network") => ({ source, unavailable });
