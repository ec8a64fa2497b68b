// The name in a learner's own link, and the one way in which it is hashed.

import { hex, sha256, utf8 } from "./bytes.js";

/** White space as Unicode has it. */
const WHITE = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;
const NAME_BYTES_MAX = 1024;

/** What stands behind `#`, percent-encoded; a plus sign is a plus sign. @type {(fragment: string) => { name: string, salt: string } | null} */
export const linked = (fragment) => {
  const members = fragment.split("&").map((member) => member.split(/=(.*)/s));
  const read = (/** @type {string} */ wanted) => members.find(([name, value]) => name === wanted && value !== undefined)?.[1] ?? "";
  try {
    const name = decodeURIComponent(read("n"));
    return name !== "" && utf8(name).length <= NAME_BYTES_MAX ? { name, salt: read("s") } : null;
  } catch {
    return null;
  }
};

/** Exactly 26 characters of the id alphabet: another length would let the tail of a name pass for a salt. @type {(salt: string) => boolean} */
export const isSalt = (salt) => /^[0-9a-hjkmnp-tv-z]{26}$/.test(salt);

/** The name in a learner's own link, with a salt that is one. @type {(fragment: string) => { name: string, salt: string } | null} */
export const privateLink = (fragment) => {
  const link = linked(fragment);
  return link && isSalt(link.salt) ? link : null;
};

/** The one spelling that is hashed: NFC, no white space at the ends, single spaces inside. @type {(name: string) => string} */
export const spelled = (name) => name.normalize("NFC").split(WHITE).filter(Boolean).join(" ");

/** @type {(said: string) => Promise<string>} */
export const digest = async (said) => hex(await sha256(utf8(said)));
