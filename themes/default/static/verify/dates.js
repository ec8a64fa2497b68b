// Is it in date?

import { isThing } from "./json.js";
import { CLOCK_SKEW, Stop } from "./run.js";

const FORM = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(?:Z|[+-]([01]\d|2[0-3]):([0-5]\d))$/;

/** A moment in milliseconds; nothing for another form, or a day that no calendar has. @type {(written: any) => number | null} */
export const moment = (written) => {
  const found = typeof written === "string" && written.length <= 40 ? FORM.exec(written) : null;
  if (!found) return null;
  const [year, month, day, hour, minute, second] = found.slice(1).map((digits) => Number(digits ?? 0));
  const isTime = hour < 24 && minute < 60 && second < 60;
  const isDay = new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day && month >= 1 && month <= 12;
  const at = Date.parse(written);
  return isTime && isDay && !Number.isNaN(at) ? at : null;
};

/**
 * Judges a beginning and an end, either of which may be left out.
 * @type {(from: any, until: any, now: number) => [import("./run.js").Answer, string]}
 */
const within = (from, until, now) => {
  const [start, end] = [from, until].map((written) => (written === undefined ? undefined : moment(written)));
  // A date in a form that is not read here may be one that others read.
  if (start === null || end === null) return [[from, until].every((date) => date === undefined || typeof date === "string") ? "unknown" : "fail", "dates-broken"];
  if (start !== undefined && end !== undefined && end < start) return ["fail", "dates-broken"];
  if (end !== undefined && now > end) return ["fail", "expired"];
  if (start !== undefined && Math.floor(start / 1000) > Math.floor((now + CLOCK_SKEW) / 1000)) return ["fail", "not-yet-valid"];
  return ["pass", end === undefined ? "dates-hold-for-ever" : "dates-hold"];
};

/** The same for what must have a beginning. @type {typeof within} */
export const judge = (from, until, now) => (from === undefined ? ["fail", "dates-broken"] : within(from, until, now));

/** The dates of a badge by its own names, and by those of the older data model that some issuers mix in. @type {(run: import("./run.js").Run, badge: any, subject: string) => void} */
export const ofBadge = (run, badge, subject) => {
  const own = judge(badge.validFrom, badge.validUntil, run.now);
  const other = within(badge.issuanceDate, badge.expirationDate, run.now);
  const order = ["pass", "unknown", "fail"];
  const [outcome, code] = order.indexOf(other[0]) > order.indexOf(own[0]) ? other : own;
  const date = badge.validUntil ?? badge.expirationDate ?? badge.validFrom;
  run.found("in-date", outcome, code, subject, typeof date === "string" ? date : undefined);
};

/** Stops unless a status list is in date. @type {(list: any, now: number) => void} */
export const mustHold = (list, now) => {
  const isGood = isThing(list) && [within(list.validFrom, list.validUntil, now), within(list.issuanceDate, list.expirationDate, now)].every(([outcome]) => outcome === "pass");
  if (!isGood) throw new Stop("unknown", "status-list-broken", "validUntil");
};
