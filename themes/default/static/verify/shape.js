// Does a signed badge have the form in which a reader finds what it says? The engine has the whole data model as tables;
// here is what the page shows and judges. A badge out of shape is *unknown*, for what seems absent may be somewhere else.

import { hasType, idOf, isThing, many, word } from "./json.js";
import { moment } from "./dates.js";

/** The first place that is out of shape. @type {(badge: any) => string | null} */
export const faultOf = (badge) => {
  const { credentialSubject: subject, issuer } = badge;
  const achievement = isThing(subject) ? subject.achievement : undefined;
  const isIdentity = (/** @type {any} */ one) => isThing(one) && one.type === "IdentityObject" && typeof one.hashed === "boolean" && word(one, "identityHash") !== undefined && word(one, "identityType") !== undefined;
  const isDate = (/** @type {any} */ date) => date === undefined || moment(date) !== null;
  const isText = (/** @type {any} */ thing, /** @type {string} */ ...names) => names.every((name) => word(thing, name) !== undefined);
  /** @type {[string, boolean][]} */
  const demands = [
    ["id", isText(badge, "id")],
    ["type", Array.isArray(badge.type) && badge.type.includes("VerifiableCredential")],
    ["issuer", typeof issuer === "string" || (idOf(issuer) !== undefined && hasType(issuer, "Profile"))],
    ["validFrom", moment(badge.validFrom) !== null],
    ["validUntil", isDate(badge.validUntil)],
    ["awardedDate", isDate(badge.awardedDate)],
    ["credentialSubject", hasType(subject, "AchievementSubject") && (subject.id === undefined || isText(subject, "id"))],
    ["identifier", many(subject, "identifier").every(isIdentity)],
    ["achievement", hasType(achievement, "Achievement") && isText(achievement, "id", "name", "description") && isThing(achievement.criteria)],
  ];
  return demands.find(([, holds]) => !holds)?.[0] ?? loose(badge, "");
};

/** `null`, an empty array or a keyword of JSON-LD, below the top. @type {(value: any, place: string) => string | null} */
const loose = (value, place) => {
  if (value === null || (Array.isArray(value) && value.length === 0)) return place;
  if (typeof value !== "object") return null;
  for (const [name, member] of Object.entries(value)) {
    if (name === "@context" || name === "proof" || name === "endorsement") continue;
    if (name.startsWith("@")) return `${place}/${name}`;
    const found = loose(member, `${place}/${name}`);
    if (found !== null) return found;
  }
  return null;
};
