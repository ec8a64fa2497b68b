// @ts-check
// Search in the gallery. The page holds every badge in plain lists; this script fetches the index of badges once somebody
// searches, and keeps what was chosen in the address, so that it can be shared and gone back to.
//
// The exported functions are pure; the rest runs in a page only.

/**
 * A badge as the index has it.
 * @typedef {{ slug: string, url: string, lang?: string, name: string, description: string, issuer: string, kind: string,
 *   scale?: string, picture: string, tag?: string[], level?: number[], language: string[], territory?: string[],
 *   request?: boolean, since?: string }} Badge
 * What can be chosen in a filter: value, words, how many badges.
 * @typedef {[string, string, number]} Choice
 * The head of the index.
 * @typedef {{ version: number, badges: number, parts: string[], facets: Record<string, Choice[]> }} Index
 * What was asked for: `q`, `sort`, `request`, and the names of facets.
 * @typedef {Record<string, string>} Wish
 */

const FACETS = ["issuer", "kind", "tag", "level", "language", "territory"];
const WISHES = ["q", ...FACETS, "request", "sort"];

/** Lower case without accents and ligatures, so that "benevole" finds « bénévole » and "coeur" finds « cœur ».
 * @param {string} text */
export const plain = (text) =>
  text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/œ/g, "oe").replace(/æ/g, "ae").replace(/[’ʼ]/g, "'");

/** Everything a search looks through.
 * @param {Badge} badge @param {Index} index */
export const haystack = (badge, index) => {
  const words = (/** @type {string} */ facet, /** @type {string} */ value) => index.facets[facet]?.find(([id]) => id === value)?.[1] ?? "";
  return plain([
    badge.name, badge.description, words("issuer", badge.issuer), words("kind", badge.kind), ...(badge.tag ?? []),
    ...(badge.territory ?? []).map((place) => words("territory", place)),
  ].join("\n"));
};

/** Whether a badge is wanted. @param {Badge} badge @param {string} text its haystack @param {Wish} wish */
export const isWanted = (badge, text, wish) =>
  FACETS.every((facet) => {
    const has = /** @type {Record<string, unknown>} */ (badge)[facet];
    return !wish[facet] || (Array.isArray(has) ? has.some((one) => String(one) === wish[facet]) : has === wish[facet]);
  })
  && (!wish.request || badge.request === true)
  && plain(wish.q ?? "").split(/\s+/).every((word) => text.includes(word));

/** Puts badges in the order that was asked for. @param {Badge[]} badges @param {Wish} wish @param {Index} index @param {string} lang */
export const sorted = (badges, wish, index, lang) => {
  const { compare } = new Intl.Collator(lang, { numeric: true });
  const issuers = new Map((index.facets.issuer ?? []).map(([id, words]) => [id, words]));
  const byName = (/** @type {Badge} */ a, /** @type {Badge} */ b) => compare(a.name, b.name) || (a.slug < b.slug ? -1 : 1);
  const orders = {
    name: byName,
    // A badge without a day comes after those that have one.
    recent: (/** @type {Badge} */ a, /** @type {Badge} */ b) => (b.since ?? "").localeCompare(a.since ?? "") || byName(a, b),
    issuer: (/** @type {Badge} */ a, /** @type {Badge} */ b) => compare(issuers.get(a.issuer) ?? "", issuers.get(b.issuer) ?? "") || byName(a, b),
  };
  return [...badges].sort(orders[/** @type {"name"} */ (wish.sort)] ?? orders.issuer);
};

/** Cards that are made at once; a list of thousands is shown as it is asked for. */
const STEP = 48;

const start = () => {
  const form = /** @type {HTMLFormElement} */ (document.querySelector("#search"));
  const results = /** @type {HTMLElement} */ (document.querySelector("#results"));
  const every = /** @type {HTMLElement} */ (document.querySelector("#every"));
  const model = /** @type {HTMLTemplateElement} */ (document.querySelector("#card"));
  const count = /** @type {HTMLOutputElement} */ (form.querySelector("output"));
  const reset = /** @type {HTMLButtonElement} */ (form.querySelector("[type=reset]"));
  const more = /** @type {HTMLButtonElement} */ (results.querySelector("button"));
  const shelf = /** @type {HTMLElement} */ (results.querySelector(".cards"));
  const lang = document.documentElement.lang;
  /** @type {Badge[]} */ let found = [];

  const fetched = async (/** @type {string} */ url) => {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`${answer.status} ${url}`);
    return answer.json();
  };
  /** @type {Promise<Index> | undefined} */ let head;
  /** @returns {Promise<Index>} */
  const index = () => (head ??= fetched(form.dataset.index ?? ""));
  /** @type {Promise<{ badge: Badge, text: string }[]> | undefined} */ let all;
  const badges = () => (all ??= index().then(async (index) => {
    const parts = await Promise.all(index.parts.map(fetched));
    return parts.flat().map((badge) => ({ badge, text: haystack(badge, index) }));
  }));

  /** @returns {Wish} */
  const wish = () => Object.fromEntries([...new FormData(form)].filter(([name, value]) => WISHES.includes(name) && value !== "").map(([name, value]) => [name, String(value)]));

  /** Fills the filters with what there is. */
  const choices = async () => {
    for (const [facet, values] of Object.entries((await index()).facets)) {
      const select = form.elements.namedItem(facet);
      if (!(select instanceof HTMLSelectElement) || select.length > 1) continue;
      select.append(...values.map(([value, words, n]) => new Option(`${words} (${n})`, value)));
    }
  };

  const card = (/** @type {Badge} */ badge, /** @type {Index} */ index) => {
    const made = /** @type {DocumentFragment} */ (model.content.cloneNode(true));
    const words = (/** @type {string} */ facet, /** @type {string} */ value) => index.facets[facet]?.find(([id]) => id === value)?.[1] ?? "";
    /** @type {Record<string, string>} */
    const texts = {
      name: badge.name, description: badge.description, issuer: words("issuer", badge.issuer),
      kind: [words("kind", badge.kind), badge.scale].filter(Boolean).join(" · "),
    };
    for (const [field, text] of Object.entries(texts)) {
      const place = made.querySelector(`[data-field=${field}]`);
      if (place) place.textContent = text;
    }
    const link = made.querySelector("a");
    if (link) link.href = badge.url;
    const root = made.firstElementChild;
    if (root && badge.lang) root.setAttribute("lang", badge.lang);
    const image = Object.assign(new Image(160, 160), { src: badge.picture, alt: "", loading: "lazy" });
    made.querySelector(".shell")?.append(image);
    return made;
  };

  /** Shows more of what was found; the first new one takes the focus when somebody asked for it. */
  const grow = async (/** @type {boolean} */ asked) => {
    const known = await index();
    const from = shelf.childElementCount;
    shelf.append(...found.slice(from, from + STEP).map((badge) => card(badge, known)));
    more.hidden = shelf.childElementCount >= found.length;
    if (asked) /** @type {HTMLElement | null} */ (shelf.children[from]?.querySelector("a"))?.focus();
  };

  let turn = 0;
  const show = async () => {
    const mine = ++turn;
    const wanted = wish();
    const idle = Object.keys(wanted).length === 0;
    reset.hidden = idle;
    if (idle) {
      [results.hidden, every.hidden, count.textContent] = [true, false, ""];
      return;
    }
    try {
      const [known, list] = [await index(), await badges()];
      if (mine !== turn) return; // Somebody typed on.
      const chosen = list.filter(({ badge, text }) => isWanted(badge, text, wanted)).map(({ badge }) => badge);
      found = sorted(chosen, wanted, known, lang);
      shelf.replaceChildren();
      await grow(false);
      [results.hidden, every.hidden] = [false, true];
      count.textContent = found.length > 0
        ? `${count.dataset.found} ${found.length.toLocaleString(lang)} / ${list.length.toLocaleString(lang)}`
        : count.dataset.none ?? "";
    } catch {
      [results.hidden, every.hidden, count.textContent] = [true, false, count.dataset.failed ?? ""];
      [head, all] = [undefined, undefined];
    }
  };

  /** The address of what is chosen. */
  const address = () => {
    const url = new URL(location.href);
    const wanted = wish();
    for (const name of WISHES) wanted[name] ? url.searchParams.set(name, wanted[name]) : url.searchParams.delete(name);
    return url;
  };
  /** Chooses what the address says. */
  const read = async () => {
    const asked = new URL(location.href).searchParams;
    if (WISHES.some((name) => asked.has(name))) await choices().catch(() => {});
    for (const name of WISHES) {
      const field = form.elements.namedItem(name);
      if (field instanceof HTMLInputElement && field.type === "checkbox") field.checked = asked.get(name) === "1";
      else if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = asked.get(name) ?? "";
      // An address may name what is not there any more: then nothing is chosen.
      if (field instanceof HTMLSelectElement && field.selectedIndex < 0) field.selectedIndex = 0;
    }
    await show();
  };

  // One step back undoes one choice; the letters of one search are one step.
  let typing = false;
  form.addEventListener("input", (event) => {
    const letters = event.target instanceof HTMLInputElement && event.target.type === "search";
    history[letters && typing ? "replaceState" : "pushState"](null, "", address());
    typing = letters;
    void show();
  });
  form.addEventListener("change", () => (typing = false));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void show().then(() => !results.hidden && results.focus());
  });
  form.addEventListener("reset", () => setTimeout(() => {
    typing = false;
    history.pushState(null, "", address());
    void show();
    /** @type {HTMLElement | null} */ (form.querySelector("[type=search]"))?.focus();
  }));
  form.addEventListener("focusin", () => void choices().catch(() => {}), { once: true });
  form.addEventListener("pointerover", () => void choices().catch(() => {}), { once: true });
  more.addEventListener("click", () => void grow(true));
  addEventListener("popstate", () => void read());
  void read();
};

if (typeof document !== "undefined") start();
