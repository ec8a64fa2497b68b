// Search in the gallery: hides the cards whose words do not match. Without this script the page shows every badge.

const field = document.querySelector("#q");
const count = document.querySelector("output[for=q]");
const cards = [...document.querySelectorAll(".card")];
const groups = [...document.querySelectorAll(".group")];
const address = new URL(location.href);

/** Lower case without accents, so that "benevole" finds « bénévole ». */
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const words = new Map(cards.map((card) => [card, plain(card.dataset.words ?? "")]));

const show = () => {
  const wanted = plain(field.value).split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const card of cards) {
    card.hidden = !wanted.every((word) => words.get(card).includes(word));
    shown += card.hidden ? 0 : 1;
  }
  for (const group of groups) group.hidden = !group.querySelector(".card:not([hidden])");
  count.textContent = wanted.length ? `${shown} / ${cards.length}` : "";
  if (field.value) address.searchParams.set("q", field.value);
  else address.searchParams.delete("q");
  history.replaceState(null, "", address);
};

field.closest("[hidden]").hidden = false;
field.value = address.searchParams.get("q") ?? "";
field.addEventListener("input", show);
show();
