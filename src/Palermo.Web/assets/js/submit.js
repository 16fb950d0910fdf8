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

// form[data-once] is sent once, however often its button is pressed, and says meanwhile what is going on.
for (const form of document.querySelectorAll("form[data-once]")) {
  const says = document.createElement("p");
  says.setAttribute("role", "status");
  form.append(says);
  form.addEventListener("submit", event => {
    if (says.textContent) event.preventDefault();
    else says.textContent = form.dataset.once;
  });
  addEventListener("pageshow", () => { says.textContent = ""; });
}
