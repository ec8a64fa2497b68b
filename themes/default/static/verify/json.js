// The strict door for JSON, and the one spelling that is signed.
//
// `JSON.parse` keeps the last of two equal members and rounds large integers, both in silence; either lets one reader see
// another badge than the next. Here both are refused. Objects come without a prototype, so that a member called
// `__proto__` is a member like any other.

import { text } from "./bytes.js";

const BYTES_MAX = 1 << 20;
const DEPTH_MAX = 64;

/**
 * @typedef {{ [name: string]: any }} Thing An object of a record; what is in it is anybody's word.
 */

/** What a text is refused for. */
export class Malformed extends Error {}

const WHITE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const WORD = /true|false|null/y;

/**
 * Reads one JSON text.
 * @type {(bytes: Uint8Array, bounds?: { bytes?: number, depth?: number }) => any}
 */
export const parse = (bytes, { bytes: bytesMax = BYTES_MAX, depth: depthMax = DEPTH_MAX } = {}) => {
  if (bytes.length > bytesMax) throw new Malformed("too large");
  const source = text(bytes);
  if (source === null) throw new Malformed("not UTF-8");
  let at = 0;
  const refuse = (/** @type {string} */ why) => new Malformed(`${why}, character ${at + 1}`);
  const take = (/** @type {RegExp} */ pattern) => {
    pattern.lastIndex = at;
    const found = pattern.exec(source);
    if (found) at += found[0].length;
    return found;
  };
  const next = () => {
    take(WHITE);
    return source[at];
  };
  const expect = (/** @type {string} */ mark) => {
    if (next() !== mark) throw refuse(`expected ${mark}`);
    at++;
  };
  const string = () => {
    const found = take(STRING);
    if (!found) throw refuse("expected a string");
    const value = JSON.parse(found[0]);
    if (/[\ud800-\udfff]/u.test(value)) throw refuse("half a surrogate pair");
    return value;
  };
  const number = () => {
    const found = take(NUMBER);
    if (!found) throw refuse("expected a value");
    const value = Number(found[0]);
    const isInteger = found[1] === undefined && found[2] === undefined;
    if (!Number.isFinite(value) || (isInteger && !Number.isSafeInteger(value))) throw refuse("a number beyond what is read alike");
    return value;
  };
  const items = (/** @type {number} */ depth) => {
    const list = [];
    if (next() === "]") return at++, list;
    do list.push(value(depth)); while (next() === "," && ++at);
    expect("]");
    return list;
  };
  const members = (/** @type {number} */ depth) => {
    const thing = Object.create(null);
    if (next() === "}") return at++, thing;
    do {
      next();
      const name = string();
      if (name in thing) throw refuse(`\`${name.slice(0, 64)}\` twice`);
      expect(":");
      thing[name] = value(depth);
    } while (next() === "," && ++at);
    expect("}");
    return thing;
  };
  /** @type {(depth: number) => any} */
  const value = (depth) => {
    const first = next();
    if (first === "{" || first === "[") {
      if (depth >= depthMax) throw refuse("nested too deep");
      at++;
      return first === "{" ? members(depth + 1) : items(depth + 1);
    }
    if (first === '"') return string();
    const word = take(WORD);
    return word ? JSON.parse(word[0]) : number();
  };
  const whole = value(0);
  if (next() !== undefined) throw refuse("text after the end");
  return whole;
};

/**
 * The canonical text (RFC 8785): members sorted by UTF-16 code units, numbers as ECMAScript writes them.
 * @type {(value: any) => string}
 */
export const canonical = (value) => {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join()}}`;
};

/** @type {(value: any) => value is Thing} */
export const isThing = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

/** The values of a member that may be one or many. @type {(value: any, member: string) => any[]} */
export const many = (value, member) => {
  const found = isThing(value) ? value[member] : undefined;
  return found === undefined ? [] : Array.isArray(found) ? found : [found];
};

/** A member's text. @type {(value: any, member: string) => string | undefined} */
export const word = (value, member) => {
  const found = isThing(value) ? value[member] : undefined;
  return typeof found === "string" ? found : undefined;
};

/** The identifier of a thing that is named or embedded. @type {(value: any) => string | undefined} */
export const idOf = (value) => (typeof value === "string" ? value : word(value, "id"));

/** @type {(value: any, wanted: string) => boolean} */
export const hasType = (value, wanted) => many(value, "type").includes(wanted);

/** A copy without one member. @type {(thing: Thing, names: string[]) => Thing} */
export const without = (thing, names) => {
  const rest = Object.assign(Object.create(null), thing);
  for (const name of names) delete rest[name];
  return rest;
};
