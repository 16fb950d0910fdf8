// form[data-passkey]: asks the browser for a passkey, or to make one, and sends its answer with the form.
for (const form of document.querySelectorAll("form[data-passkey]")) {
  const error = form.querySelector("[data-passkey-error]");
  const options = JSON.parse(form.dataset.passkeyOptions);
  const creates = form.dataset.passkey === "create";
  let waiting;

  const send = credential => {
    form.elements.answer.value = JSON.stringify(credential);
    form.submit();
  };
  const ask = mediation => {
    waiting?.abort();
    waiting = new AbortController();
    return creates
      ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options), signal: waiting.signal })
      : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options), mediation, signal: waiting.signal });
  };

  form.addEventListener("submit", async event => {
    event.preventDefault();
    error.hidden = true;
    try {
      send(await ask("optional"));
    } catch {
      error.textContent = form.dataset.passkeyFailed;
      error.hidden = false;
    }
  });

  // Where the browser can, passkeys are offered in the field for the address too, without asking.
  if (!creates) {
    window.PublicKeyCredential?.isConditionalMediationAvailable?.()
      .then(can => can ? ask("conditional").then(send) : undefined)
      .catch(() => {});
  }
}
