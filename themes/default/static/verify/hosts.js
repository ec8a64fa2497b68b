// Addresses: what names an issuer, and who speaks for whom.

/** @typedef {import("./run.js").Rules} Rules */

/** @type {(address: any) => URL | null} */
export const read = (address) => {
  if (typeof address !== "string" || /[\s<>"{}|\\^`]/.test(address) || !/^https?:\/\//i.test(address)) return null;
  try {
    return new URL(address);
  } catch {
    return null;
  }
};

const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;

/**
 * Where a `did:web` has its document; nothing for a text that is none, or that could be read in two ways.
 * @type {(did: string) => string | null}
 */
export const didWebAddress = (did) => {
  const [authority, ...path] = did.slice("did:web:".length).split(":");
  const [host, port] = authority.toLowerCase().split("%3a");
  const labels = host.split(".");
  const isPlain = labels.length > 1 && host.length <= 253 && labels.every((label) => LABEL.test(label)) && !/^(?:\d+|0x.*)$/.test(labels[labels.length - 1]);
  const isPort = port === undefined || /^[1-9]\d{0,4}$/.test(port);
  const isPath = path.every((segment) => /^[\w.-]+$/.test(segment) && !/^\.\.?$/.test(segment));
  if (!isPlain || !isPort || !isPath) return null;
  const address = `https://${host}${port && port !== "443" ? `:${port}` : ""}/${path.length > 0 ? path.join("/") : ".well-known"}/did.json`;
  return read(address)?.href === address ? address : null;
};

/** Host and path of an issuer's identifier. @type {(id: string) => string | null} */
const location = (id) => {
  if (id.startsWith("did:web:")) return id.slice("did:web:".length).replace(/:/g, "/").replace(/%3a/gi, ":");
  const url = read(id);
  return url && `${url.host}${url.pathname}${url.search}`;
};

/** @type {(id: string) => { id: string, host?: string, path?: string, international: boolean }} */
export const describe = (id) => {
  const place = location(id);
  if (!place || place.startsWith("/")) return { id, international: false };
  const [, host, path] = /^([^/]*)\/?(.*)$/s.exec(place) ?? [];
  return { id, host: host.toLowerCase(), path: path ? `/${path}` : undefined, international: host.split(".").some((label) => label.startsWith("xn--")) };
};

/** Whether strangers can publish below a host. @type {(host: string, rules: Rules) => boolean} */
export const isSharedHost = (host, rules) => rules.sharedByName.some((shared) => host === shared || host.endsWith(`.${shared}`)) || parts(host, rules) !== undefined;

/** @type {(host: string, rules: Rules) => number | undefined} */
const parts = (host, { sharedByPath }) => {
  if (Object.hasOwn(sharedByPath, host)) return sharedByPath[host];
  return /^s3[.-].*\.amazonaws\.com$/.test(host) ? 1 : undefined;
};

/**
 * The part of a path that says whose a document on a shared host is: `undefined` for a host that is not shared by path,
 * `null` where the path does not say.
 * @type {(url: URL, rules: Rules) => string | null | undefined}
 */
const tenant = ({ hostname, pathname }, rules) => {
  const count = parts(hostname, rules);
  if (count === undefined) return undefined;
  const segments = pathname.split("/").slice(1, count + 2);
  return /%2f|%5c|%2e/i.test(pathname) || segments.length <= count || segments.slice(0, count).includes("") ? null : segments.slice(0, count).join("/");
};

/** Whether what lies at `other` lies in the part of a shared host that `one` lies in. @type {(one: URL, other: URL, rules: Rules) => boolean} */
export const isSameTenant = (one, other, rules) => {
  const there = tenant(other, rules);
  return there === undefined || (there !== null && tenant(one, rules) === there);
};

/** @type {(prefix: string, rules: Rules) => boolean} */
export const namesTenant = (prefix, rules) => {
  const url = read(prefix);
  return url !== null && tenant(url, rules) !== null;
};

/** Whether two origins are one, or the first is the second with TLS. @type {(one: URL, other: URL) => boolean} */
export const isSameOrSecure = (one, other) =>
  one.origin === other.origin || (other.protocol === "http:" && other.port === "" && one.origin === `https://${other.hostname}`);

/** Whether what `last` says was said by the host of `asked`. @type {(last: string, asked: string, rules: Rules) => boolean} */
export const answersFor = (last, asked, rules) => {
  const [one, other] = [read(last), read(asked)];
  return last === asked || (one !== null && other !== null && isSameOrSecure(one, other) && isSameTenant(other, one, rules));
};

/** Whether only the issuer called `id` can publish at `address`. @type {(id: string, address: any, rules: Rules) => boolean} */
export const isHostOf = (id, address, rules) => {
  const place = location(id);
  const [issuer, url] = [place === null ? null : read(`https://${place}`), read(address)];
  return issuer !== null && url !== null && issuer.origin === url.origin && isSameTenant(issuer, url, rules);
};
