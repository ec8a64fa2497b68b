// What an award's page can do beyond words: copy them, hand the link to the telephone's own menu, and count the days.
// Without this script the words are there to be selected, and the dates are told as dates.

const share = document.querySelector(".share");
const { word, done, system } = share.dataset;

/** Puts `text` on the clipboard; browsers refuse that to pages that came without encryption. */
const copy = async (text, element) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    getSelection().selectAllChildren(element);
    return document.execCommand("copy");
  }
};

for (const field of share.querySelectorAll("[data-copy]")) {
  // The words of the field stay apart from the button: a private link is written here later.
  const text = document.createElement("span");
  text.append(...field.childNodes);
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = word;
  button.dataset.scripted = "";
  button.setAttribute("aria-label", `${word} – ${field.previousElementSibling.textContent}`);
  const told = document.createElement("span");
  told.className = "told";
  told.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    told.textContent = (await copy(text.textContent, text)) ? done : "";
    setTimeout(() => (told.textContent = ""), 4000);
  });
  field.append(text, " ", button, " ", told);
}

if (navigator.share) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = system;
  button.addEventListener("click", () => {
    const url = document.querySelector("link[rel=canonical]").href;
    navigator.share({ title: document.title, url }).catch(() => {});
  });
  item.dataset.scripted = "";
  item.append(button);
  share.querySelector(".ways").prepend(item);
}

const DAY = 86_400_000;
const lang = document.documentElement.lang;

/** Days between two moments, counted by the calendar of UTC, as the dates of the page are. */
const days = (from, to) => Math.floor(to / DAY) - Math.floor(from / DAY);

/** The form of a message for `n`: the forms are written as `2 expires in {n} days`, each after the first number that takes it. */
const said = (message, n) => {
  const forms = message.split("|").map((form) => [Number.parseInt(form, 10), form.slice(form.indexOf(" ") + 1)]);
  const rules = new Intl.PluralRules(lang);
  const same = forms.filter(([first, words]) => words.includes("{n}") && rules.select(first) === rules.select(n));
  const [, words] = forms.find(([first]) => first === n) ?? same.at(-1) ?? forms.at(-1);
  return words.replace("{n}", new Intl.NumberFormat(lang).format(n));
};

/** What the dates say now. It is a matter of dates alone: whether the badge was withdrawn, only a check tells. */
const state = () => {
  const shown = document.querySelector("#state");
  if (!shown) return;
  const now = Date.now();
  const moment = (id) => Date.parse(document.querySelector(id)?.dateTime);
  const [starts, ends] = [moment("#issued"), moment("#expires")];
  const { dataset } = shown;
  const [kind, message, n] =
    now < starts ? ["ahead", dataset.starts, days(now, starts)]
    : now >= ends ? ["over", dataset.ended, days(ends, now)]
    : ends ? ["running", dataset.ends, days(now, ends)]
    : [];
  shown.hidden = !kind;
  if (!kind) return;
  shown.className = `state ${kind}`;
  shown.textContent = said(message, n);
};
state();
addEventListener("visibilitychange", state);
