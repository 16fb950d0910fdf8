// [data-print] prints; folds are opened for paper and closed again.
for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());

let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details:not([open])")];
  for (const fold of opened) fold.open = true;
});
addEventListener("afterprint", () => {
  for (const fold of opened) fold.open = false;
  opened = [];
});
