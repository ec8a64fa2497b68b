// The name in a learner's own link: shown when it matches the hash in the badge, else not. It is sent to nobody.
// Without this script, without such a link, or without a secure connection the page says "holder not shown".

import { digest, isSalt, linked, spelled } from "./verify/name.js";

const shown = /** @type {HTMLElement} */ (document.querySelector("#holder"));
const told = (/** @type {string} */ word) => /** @type {HTMLElement} */ (document.querySelector(`#holder-${word}`));

const show = async () => {
  const link = linked(location.hash.slice(1));
  const name = spelled(link?.name ?? "");
  if (!link || !name || !globalThis.crypto?.subtle) return;
  const matches = isSalt(link.salt) && (await digest(name + link.salt)) === shown.dataset.sha256;
  if (matches) {
    shown.textContent = name;
    const own = /** @type {HTMLElement | null} */ (document.querySelector("#own-link"));
    const place = own?.querySelector("[data-copy] span") ?? own?.querySelector("[data-copy]");
    if (own && place) {
      place.textContent = location.href;
      own.hidden = false;
    }
  }
  told("matches").hidden = !matches;
  told("differs").hidden = matches;
};

addEventListener("hashchange", () => location.reload());
void show();
