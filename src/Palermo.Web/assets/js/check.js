// form[data-check="/address"]: asks while one types what is still missing and writes it beside the fields; the server has the same check on saving.
const wait = 800;

for (const form of document.querySelectorAll("form[data-check]")) {
  let timer, running;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      running?.abort();
      running = new AbortController();
      try {
        const answer = await fetch(form.dataset.check, { method: "POST", body: new FormData(form), signal: running.signal, headers: { Accept: "application/json" } });
        if (answer.ok) show(form, await answer.json());
      } catch {
        // No line: the check is made when the step is saved.
      }
    }, wait);
  });
}

function show(form, findings) {
  for (const group of form.querySelectorAll(".govuk-form-group")) {
    const control = group.querySelector("input:not([type=hidden]), textarea, select");
    if (!control) continue;
    const text = findings[control.name];
    let slot = group.querySelector("[data-live]");
    if (!text) {
      slot?.remove();
      if (control.dataset.touched && group.querySelector(".govuk-error-message:not([data-live])") && !(control.name in findings)) {
        group.querySelector(".govuk-error-message").remove();
        group.classList.remove("govuk-form-group--error");
      }
      continue;
    }
    if (group.querySelector(".govuk-error-message:not([data-live])") || !control.dataset.touched) continue;
    if (!slot) {
      slot = Object.assign(document.createElement("p"), { className: "govuk-hint" });
      slot.dataset.live = "";
      control.before(slot);
    }
    slot.textContent = text;
  }
}

document.addEventListener("input", event => { if (event.target.dataset) event.target.dataset.touched = "1"; });
