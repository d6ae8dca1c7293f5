// Forms with data-passkey: ask for a challenge, let the browser sign it or make a passkey for it, and
// send what it says in the field "passkey". They are shown only where the browser can do it.
(() => {
  "use strict";
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const listed = (found) => (found || []).map((one) => ({ ...one, id: bytes(one.id) }));

  function read(options) {
    const asked = { ...options.publicKey, challenge: bytes(options.publicKey.challenge) };
    if (asked.user) asked.user = { ...asked.user, id: bytes(asked.user.id) };
    if (asked.allowCredentials) asked.allowCredentials = listed(asked.allowCredentials);
    if (asked.excludeCredentials) asked.excludeCredentials = listed(asked.excludeCredentials);
    return asked;
  }

  function written(made) {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (made.response[name]) response[name] = text(made.response[name]);
    }
    const said = { clientExtensionResults: made.getClientExtensionResults(), response };
    return JSON.stringify({ id: made.id, rawId: text(made.rawId), type: made.type, ...said });
  }

  async function signed(form) {
    const token = form.elements.csrfmiddlewaretoken.value;
    const asked = await fetch(form.dataset.challenge, { method: "POST", headers: { "X-CSRFToken": token } });
    if (!asked.ok) throw new Error(asked.statusText);
    const publicKey = read(await asked.json());
    return navigator.credentials[form.dataset.passkey]({ publicKey });
  }

  async function send(event) {
    event.preventDefault();
    const form = event.target;
    const failed = form.querySelector("[data-failed]");
    failed.hidden = true;
    try {
      form.elements.passkey.value = written(await signed(form));
      form.submit();
    } catch {
      failed.hidden = false;
    }
  }

  if (!window.PublicKeyCredential) return;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", send);
  }
})();
