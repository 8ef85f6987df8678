// Makes a passkey on one's own account, and signs in with one. Where a browser knows no passkeys, or without this script, the page says
// so and nothing else is missing.
const form = document.querySelector("form[data-passkey]");
const known = window.PublicKeyCredential?.parseCreationOptionsFromJSON && window.PublicKeyCredential.parseRequestOptionsFromJSON;
if (form && known) {
  const making = form.dataset.passkey === "make";
  const said = form.querySelector("[role=alert]");
  const button = form.querySelector("button");
  form.querySelector("[data-with]").hidden = false;
  form.querySelector("[data-without]").hidden = true;

  const send = async (address, fields) => {
    const body = new URLSearchParams({ ...fields, ...(form.elements.csrf && { csrf: form.elements.csrf.value }) });
    const answer = await fetch(address, { method: "POST", headers: { accept: "application/json" }, body });
    const told = await answer.json();
    if (!answer.ok) throw told.code;
    return told;
  };

  async function make() {
    const asked = await send(`${form.getAttribute("action")}/question`, {});
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(asked);
    publicKey.rp.name = form.dataset.organisation;
    const made = await navigator.credentials.create({ publicKey });
    await send(form.action, { name: form.elements.name.value, answer: JSON.stringify(made.toJSON()) });
    location.reload();
  }

  async function show() {
    const asked = await send(`${form.getAttribute("action")}/question`, {});
    const shown = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked) });
    const { next } = await send(form.action, { next: form.elements.next.value, answer: JSON.stringify(shown.toJSON()) });
    location.assign(next);
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    said.hidden = true;
    button.disabled = true;
    try {
      await (making ? make() : show());
    } catch (why) {
      // A code of ours; or the browser's reason, where someone broke off, took too long or holds one already.
      const words = String(typeof why === "string" ? why : why?.name).toLowerCase();
      said.lastElementChild.textContent = form.dataset[words] ?? form.dataset.failed;
      said.hidden = false;
      button.disabled = false;
    }
  });
}
