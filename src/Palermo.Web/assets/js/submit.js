// select[data-submit] sends its form when changed with a pointer; with the keyboard, on Enter or on leaving, so that arrows can browse.
for (const select of document.querySelectorAll("select[data-submit]")) {
  const before = select.value;
  let keys = false;
  const send = () => { if (select.value !== before) select.form?.requestSubmit(); };
  select.addEventListener("pointerdown", () => { keys = false; });
  select.addEventListener("keydown", event => {
    keys = event.key !== "Enter";
    if (event.key === "Enter") send();
  });
  select.addEventListener("change", () => { if (!keys) send(); });
  select.addEventListener("blur", send);
}
