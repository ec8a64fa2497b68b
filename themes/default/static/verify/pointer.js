// The record that a page about a badge leads to.

const RECORD_TYPES = ["application/vc", "application/vc+jwt", "application/vc+ld+json", "application/ld+json", "application/json"];

/** The address of the record that a page offers. The page is believed in nothing. @type {(html: Uint8Array, address: string) => string | null} */
export const pointer = (html, address) => {
  const head = new TextDecoder().decode(html.subarray(0, 65_536)).replace(/<!--[^]*?-->|<(script|style|title|noscript|template)\b[^]*?<\/\1\s*>/gi, "").split(/<body\b/i)[0];
  const links = [...head.matchAll(/<link\b((?:"[^"]*"|'[^']*'|[^>"'])*)>/gi)].map(([, inside]) => {
    const attribute = (/** @type {string} */ name) => new RegExp(`(?:^|[\\s"'/])${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, "i").exec(inside)?.slice(1).find((value) => value !== undefined)?.replace(/&amp;/g, "&") ?? "";
    return { rank: RECORD_TYPES.indexOf(attribute("type").split(";")[0].trim().toLowerCase()), isAlternate: /\balternate\b/i.test(attribute("rel")), href: attribute("href").trim() };
  });
  const [best] = links.filter(({ rank, isAlternate, href }) => rank >= 0 && isAlternate && href).sort((one, other) => one.rank - other.rank);
  if (!best) return /\/(?:index\.html)?$/.test(address.split("?")[0]) ? address.split("?")[0].replace(/index\.html$/, "") + "credential.json" : null;
  try {
    const to = new URL(best.href, address);
    to.hash = "";
    return /^https?:$/.test(to.protocol) ? to.href : null;
  } catch {
    return null;
  }
};
