// The name in a learner's own link: shown when it matches the hash in the badge, else not. It is sent to nobody.
// Without this script, without such a link, or without a secure connection the page says "holder not shown".

const shown = document.querySelector("#holder");
const told = (word) => document.querySelector(`#holder-${word}`);

/** What stands behind `#`: `n` and `s`, percent-encoded; a plus sign is a plus sign. */
const linked = () => {
  const members = location.hash.slice(1).split("&").map((member) => member.split("="));
  const read = (wanted) => members.find(([name]) => name === wanted)?.[1] ?? "";
  try {
    return [decodeURIComponent(read("n")), read("s")];
  } catch {
    return ["", ""];
  }
};

/** The one spelling that is hashed: NFC, no white space at the ends, single spaces inside. */
const spelled = (name) => name.normalize("NFC").split(/[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/).filter(Boolean).join(" ");

/** Exactly 26 characters of the id alphabet: another length would let the tail of a name pass for a salt. */
const isSalt = (salt) => /^[0-9a-hjkmnp-tv-z]{26}$/.test(salt);

const digest = async (text) => {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};

const show = async () => {
  const [linkedName, salt] = linked();
  const name = spelled(linkedName);
  if (!name || name.length > 1024 || !globalThis.crypto?.subtle) return;
  const matches = isSalt(salt) && (await digest(name + salt)) === shown.dataset.sha256;
  if (matches) {
    shown.textContent = name;
    const own = document.querySelector("#own-link");
    if (own) {
      (own.querySelector("[data-copy] span") ?? own.querySelector("[data-copy]")).textContent = location.href;
      own.hidden = false;
    }
  }
  told("matches").hidden = !matches;
  told("differs").hidden = matches;
};

addEventListener("hashchange", () => location.reload());
show();
