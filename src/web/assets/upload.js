// Sends a file in parts and goes on after a cut connection (tus 1.0.0). A file that had come only half is gone on with when it is chosen
// again, also after the page was closed. Without this script the form sends it in one go.
const PART = 4 * 1024 * 1024;
const TUS = { "tus-resumable": "1.0.0" };

for (const form of document.querySelectorAll("form[data-upload]")) {
  const said = form.querySelector("[data-said]");
  const bar = form.querySelector("progress");
  const button = form.querySelector("button");
  const token = { "x-csrf-token": form.elements.csrf.value };
  const say = (what) => { said.textContent = form.dataset[what] ?? ""; };

  form.addEventListener("submit", async (event) => {
    const file = form.elements.file.files[0];
    if (!file) return;
    event.preventDefault();
    button.disabled = true;
    bar.parentElement.hidden = false;
    try {
      say("sending");
      await send(file, unfinished(file) ?? await begin(file));
      location.hash = "evidence";
      location.reload();
    } catch (why) {
      say(why instanceof Refused ? why.message : "failed");
      button.disabled = false;
      bar.parentElement.hidden = true;
    }
  });

  /** The address of this file where a part of it has come before. */
  function unfinished(file) {
    const rows = [...document.querySelectorAll("[data-unfinished]")];
    return rows.find(({ dataset }) => dataset.name === file.name && Number(dataset.size) === file.size)?.dataset.unfinished;
  }

  async function begin(file) {
    const { title, note } = form.elements;
    const about = { filename: file.name, title: title.value, note: note.value, public: form.elements.public.checked ? "yes" : "" };
    const metadata = Object.entries(about).filter(([, text]) => text).map(([name, text]) => `${name} ${coded(text)}`).join(",");
    const headers = { ...TUS, ...token, "upload-length": String(file.size), "upload-metadata": metadata };
    const answer = await ask(form.dataset.upload, { method: "POST", headers });
    return answer.headers.get("location");
  }

  async function send(file, address) {
    for (;;) {
      const at = Number((await ask(address, { method: "HEAD", headers: TUS })).headers.get("upload-offset"));
      bar.value = (at / file.size) * 100;
      if (at >= file.size) return;
      say("sending");
      const headers = { ...TUS, ...token, "upload-offset": String(at), "content-type": "application/offset+octet-stream" };
      await ask(address, { method: "PATCH", headers, body: file.slice(at, at + PART) }, true);
    }
  }

  /** Asks until there is an answer; a part that was cut is asked for anew from where it ended. */
  async function ask(address, options, once = false) {
    for (let wait = 1000; ; wait = Math.min(wait * 2, 30000)) {
      try {
        const answer = await fetch(address, { ...options, headers: { accept: "application/json", ...options.headers } });
        if (answer.ok || (once && answer.status === 409)) return answer;
        if (answer.status === 507) throw new Refused("full");
        if (answer.status === 422 || answer.status === 413) throw new Refused("refused");
        if (answer.status < 500 && answer.status !== 429 && answer.status !== 408) throw new Refused("failed");
      } catch (why) {
        if (why instanceof Refused) throw why;
      }
      say("waiting");
      await new Promise((go) => { setTimeout(go, wait); addEventListener("online", go, { once: true }); });
      if (once) return null;
    }
  }
}

class Refused extends Error {}

function coded(text) {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
