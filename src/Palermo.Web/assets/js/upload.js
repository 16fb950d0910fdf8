// form[data-upload] sends its file with a bar, the speed and the time left. Without this file the browser sends the form itself.
import { size, time, fill } from "./units.js";

for (const form of document.querySelectorAll("form[data-upload]")) {
  const input = form.querySelector("input[type=file]");
  const error = form.querySelector("[data-upload-error]");
  const button = form.querySelector("button");
  const { largest, tooLarge, choose, failed, of, left, finishing } = form.dataset;

  const refuse = text => {
    error.textContent = text;
    input.classList.toggle("govuk-file-upload--error", text !== "");
  };

  form.addEventListener("submit", event => {
    event.preventDefault();
    const file = input.files[0];
    refuse("");
    if (!file) return refuse(choose);
    if (file.size > Number(largest)) return refuse(tooLarge);
    const progress = form.querySelector("[data-upload-progress]").content.firstElementChild.cloneNode(true);
    const bar = progress.querySelector("progress");
    const [sent, speed] = progress.querySelectorAll("span");
    form.append(progress);
    button.disabled = true;
    const began = performance.now();
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "text/plain");
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      const perSecond = loaded / Math.max(0.001, (performance.now() - began) / 1000);
      bar.value = 100 * loaded / total;
      sent.textContent = fill(of, size(loaded), size(total));
      speed.textContent = loaded < total ? fill(left, size(perSecond, true), time((total - loaded) / perSecond)) : finishing;
    });
    request.addEventListener("loadend", () => {
      if (request.status === 200 && request.responseText.startsWith("/requests/")) return location.assign(request.responseText);
      progress.remove();
      button.disabled = false;
      refuse(request.getResponseHeader("Content-Type")?.startsWith("text/plain") && request.responseText || failed);
      input.focus();
    });
    request.send(new FormData(form));
  });
}
