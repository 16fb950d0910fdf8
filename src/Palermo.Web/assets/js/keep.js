// form[data-keep]: what is typed is kept in this tab until it was saved, so that neither a lost line nor a time-out loses a word.
// Kept for the person: whoever signs in next in this tab does not find it, and then it is gone.
const own = `kept:${document.body.dataset.person ?? ""}:`;
const forget = which => { for (const name of Object.keys(sessionStorage)) if (name.startsWith("kept:") && which(name)) sessionStorage.removeItem(name); };
if (document.body.dataset.person) forget(name => !name.startsWith(own));
const key = form => `${own}${location.pathname}:${form.querySelector("[name=_handler]")?.value ?? ""}`;
const fields = form => [...form.elements].filter(e => e.name && !["hidden", "file", "password", "submit"].includes(e.type) && e.tagName !== "BUTTON");
const read = form => fields(form).map(e => [e.name, e.type === "checkbox" || e.type === "radio" ? [e.value, e.checked] : e.value]);

// The page after a form was saved says so; then nothing needs to be kept for the page it came from.
if (document.querySelector("[data-saved]")) {
  const from = new URL(document.referrer || location.href).pathname;
  forget(name => name.startsWith(`${own}${from}:`));
}

for (const form of document.querySelectorAll("form[data-keep]")) {
  const start = JSON.stringify(read(form));
  const kept = sessionStorage.getItem(key(form));
  if (kept && kept !== start) {
    const controls = fields(form);
    for (const [i, [name, value]] of JSON.parse(kept).entries()) {
      const control = controls[i];
      if (control?.name !== name) continue;
      if (Array.isArray(value)) { if (control.value === value[0]) control.checked = value[1]; } else control.value = value;
    }
  }
  const keep = () => {
    const now = JSON.stringify(read(form));
    if (now === start) sessionStorage.removeItem(key(form)); else sessionStorage.setItem(key(form), now);
  };
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
}

// Signing out leaves nothing behind in the tab.
for (const form of document.querySelectorAll("form[action='/sign-out']"))
  form.addEventListener("submit", () => forget(() => true));
