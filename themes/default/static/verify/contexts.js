// Are the words of the document the standard's words? Before any proof is checked, every context is one that is known, by
// its exact address, in the standard's order, and nothing redefines words further down.

import { hasType, isThing } from "./json.js";

/** @typedef {import("./run.js").Rules} Rules */
/** @typedef {[import("./run.js").Answer, string]} Judged */

const CREDENTIALS = "https://www.w3.org/ns/credentials/v2";
const OPEN_BADGES = ["https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json"];
/** The data model 1.1, whose forms are another program's affair. */
const CREDENTIALS_1_1 = "https://www.w3.org/2018/credentials/v1";

/** @type {Judged} */
const REFUSED = ["fail", "context-refused"];
/** @type {Judged} */
const UNKNOWN = ["unknown", "context-unknown"];

/** @type {(document: any) => any[]} */
const addresses = (document) => [document["@context"]].flat();

/** The `@context` of one object, and nothing below it. @type {(document: any, rules: Rules) => Judged} */
const own = (document, rules) => {
  const [first, ...others] = addresses(document);
  if (![first, ...others].every((one) => typeof one === "string")) return REFUSED;
  if (first === CREDENTIALS_1_1 && !others.includes(CREDENTIALS)) return UNKNOWN;
  if (first !== CREDENTIALS || others.includes(CREDENTIALS_1_1)) return REFUSED;
  return others.every((one) => rules.contexts.includes(one)) ? ["pass", "proof-verified"] : UNKNOWN;
};

/** Whether something below the top brings a `@context` it may not. @type {(value: any, rules: Rules) => boolean} */
const isNestedRefused = (value, rules) => {
  const isRefused = (/** @type {any} */ member) => {
    const mayBring = () => hasType(member, "EndorsementCredential") && own(member, rules)[0] === "pass";
    return (isThing(member) && "@context" in member && !mayBring()) || isNestedRefused(member, rules);
  };
  if (Array.isArray(value)) return value.some(isRefused);
  return isThing(value) && Object.keys(value).some((name) => name !== "proof" && name !== "@context" && isRefused(value[name]));
};

/** @type {(document: any, rules: Rules) => Judged} */
export const judgeContexts = (document, rules) => {
  const judged = own(document, rules);
  return judged[0] === "pass" && isNestedRefused(document, rules) ? REFUSED : judged;
};

/** The same for a badge, whose second context is that of Open Badges. @type {(badge: any, rules: Rules) => Judged} */
export const judgeContextsOfBadge = (badge, rules) => {
  const [first, second] = addresses(badge);
  if (!addresses(badge).every((one) => typeof one === "string")) return REFUSED;
  if (first === CREDENTIALS_1_1 || OPEN_BADGES.includes(second)) return judgeContexts(badge, rules);
  return second !== undefined && !rules.contexts.includes(second) ? UNKNOWN : REFUSED;
};
