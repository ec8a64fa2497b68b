// One run: what was found, and the one place where a verdict is made.

import { hex, sha256 } from "./bytes.js";
import { answersFor, describe, isSharedHost } from "./hosts.js";
import { parse } from "./json.js";

/** @typedef {"pass" | "fail" | "unknown"} Answer *Could not check* is neither *valid* nor *forged*. */
/** @typedef {{ question?: string, outcome: Answer, code: string, subject: string, detail?: string }} Check */
/** @typedef {{ code: string, subject: string, detail?: string }} Note */
/** @typedef {{ status: number, url: string, bytes: import("./bytes.js").Bytes }} Body */
/** @typedef {{ source: "network" | "stand-in", redirected?: boolean, body?: Body, unavailable?: string }} Document */
/** @typedef {{ want(addresses: string[]): void, get(address: string): Promise<Document> }} Documents */
/** @typedef {{ code: string, detail: string }} Useless */
/** @typedef {{ contexts: string[], sharedByName: string[], sharedByPath: Record<string, number> }} Rules */

export const QUESTIONS = ["issuer", "unaltered", "in-date", "not-withdrawn", "recipient"];
const DOCUMENTS_MAX = 32;
const NOTES_MAX = 100;
/** How far a clock may be off, in milliseconds. */
export const CLOCK_SKEW = 300_000;

/** Stops a part of a check with what is known so far. */
export class Stop extends Error {
  /** @param {Answer} outcome @param {string} code @param {string} [detail] */
  constructor(outcome, code, detail) {
    super(code);
    this.outcome = outcome;
    this.code = code;
    this.detail = detail;
  }
}

/** @type {(bytes: Uint8Array) => boolean} */
export const isPage = (bytes) => {
  const head = new TextDecoder().decode(bytes.subarray(0, 65_536)).replace(/^(?:\s|<!--[^]*?-->|<\?[^]*?\?>)*/, "");
  return /^<(?:!doctype html|html)/i.test(head);
};

/** What a check finds. */
export class Run {
  /** @param {Documents} documents @param {Rules} rules @param {number} now @param {string} recipient */
  constructor(documents, rules, now, recipient) {
    this.documents = documents;
    this.rules = rules;
    this.now = now;
    this.recipient = recipient;
    /** @type {{ name: string, salt: string } | null} */
    this.linked = null;
    /** @type {Check[]} */
    this.checks = [];
    /** @type {Note[]} */
    this.notes = [];
    /** @type {any[]} */
    this.records = [];
    /** @type {any[]} */
    this.statuses = [];
    /** @type {Map<string, any>} */
    this.read = new Map();
    /** @type {any} */
    this.issuer = null;
  }

  /** @param {string | undefined} question @param {Answer} outcome @param {string} code @param {string} subject @param {string} [detail] */
  found(question, outcome, code, subject, detail) {
    this.checks.push({ question, outcome, code, subject, detail });
  }

  /** @param {string} code @param {string} subject @param {string} [detail] */
  note(code, subject, detail) {
    const isThere = this.notes.some((note) => note.code === code && note.subject === subject && note.detail === detail);
    if (!isThere && this.notes.length < NOTES_MAX) this.notes.push({ code, subject, detail });
  }

  /** Who the badge says stands behind it; the first record that names somebody does. @param {string} id */
  name(id) {
    const issuer = describe(id);
    if (issuer.host && isSharedHost(issuer.host, this.rules)) this.note("issuer-shared-host", id, issuer.host);
    this.issuer ??= issuer;
  }

  /**
   * The body at an address, whatever its status and whoever gave it.
   * @param {string} address @returns {Promise<{ body: Body, isOwn: boolean } | Useless>}
   */
  async anyones(address) {
    if (!this.read.has(address) && this.read.size >= DOCUMENTS_MAX) return { code: "too-many-documents", detail: address };
    const { source, body, unavailable } = await this.documents.get(address);
    const entry = { asked: address, source, redirects: body && body.url !== address ? [body.url] : undefined };
    if (!body) {
      this.read.set(address, { ...entry, unavailable });
      return { code: "document-unavailable", detail: `${address} (${unavailable})` };
    }
    const { status, url, bytes } = body;
    this.read.set(address, { ...entry, answeredBy: url, httpStatus: status, bytes: bytes.length, sha256: hex(await sha256(bytes)) });
    return { body, isOwn: answersFor(url, address, this.rules) };
  }

  /** The body that the very host that was asked gave. @param {string} address @returns {Promise<Body | Useless>} */
  async body(address) {
    const found = await this.anyones(address);
    if ("code" in found) return found;
    // An open redirect on a known host must not lend that host's name to a stranger's document.
    return found.isOwn ? found.body : { code: "document-other-host", detail: `${address} → ${found.body.url}` };
  }

  /** The JSON at an address, answered with 200 by the host that was asked. @param {string} address @returns {Promise<{ json: any } | Useless>} */
  async json(address) {
    const body = await this.body(address);
    if ("code" in body) return body;
    if (body.status !== 200) return { code: "document-unavailable", detail: `${address}: HTTP ${body.status}` };
    try {
      return { json: parse(body.bytes) };
    } catch (error) {
      return { code: isPage(body.bytes) ? "document-is-page" : "document-refused", detail: `${address}: ${message(error)}` };
    }
  }

  /** The report, as `docs/verification.md` describes it; sentences are the page's affair. */
  report() {
    const answers = QUESTIONS.map((question) => ({ question, ...worst(this.checks.filter((check) => check.question === question)) }));
    const isAsked = this.recipient !== "" || this.linked !== null;
    const deciding = answers.filter(({ question }) => isAsked || question !== "recipient");
    const { outcome } = worst([...deciding, ...this.checks.filter((check) => check.question === undefined)]);
    const documents = [...this.read.values()].sort((one, other) => (one.asked < other.asked ? -1 : 1));
    const isCopy = documents.some(({ source }) => source === "stand-in");
    /** @type {"valid" | "invalid" | "unknown"} */
    const verdict = outcome === "fail" ? "invalid" : outcome === "pass" && !isCopy ? "valid" : "unknown";
    return { verdict, isCopy, isAsked, now: new Date(this.now).toISOString(), answers, issuer: this.issuer, records: this.records, checks: this.checks, notes: this.notes, statuses: this.statuses, documents };
  }
}

/** @typedef {ReturnType<Run["report"]>} Report */

const RANK = { pass: 0, unknown: 1, fail: 3 };
const rank = (/** @type {{ outcome: Answer, code: string }} */ one) => (one.code === "suspended" && one.outcome === "fail" ? 2 : RANK[one.outcome]);

/** The least reassuring; of equals, the first. @param {{ outcome: Answer, code: string }[]} found @returns {{ outcome: Answer, code: string }} */
const worst = (found) => {
  const first = found.reduce((one, other) => (rank(other) > rank(one) ? other : one), found[0] ?? { outcome: "unknown", code: "not-reached" });
  return { outcome: first.outcome, code: first.code };
};

/** @type {(error: unknown) => string} */
export const message = (error) => (error instanceof Error ? error.message : String(error));
