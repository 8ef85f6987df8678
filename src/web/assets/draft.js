// Keeps the statement by itself while it is written. What the server has not got yet stays in the browser and comes back with the page,
// so nothing is lost with a connection or a window. Without this script the button does it.
const form = document.querySelector("form[data-autosave]");
if (form) {
  const { statement, revision, csrf } = form.elements;
  const said = form.querySelector("[data-said]");
  const key = `laurel ${form.getAttribute("action")}`;
  let kept = statement.value;
  let timer = 0;
  let busy = false;
  let stopped = false;

  const say = (what) => { said.textContent = form.dataset[what]; };
  const forget = () => localStorage.removeItem(key);
  const later = (after) => { clearTimeout(timer); timer = setTimeout(save, after); };

  async function save() {
    if (busy || stopped || statement.value === kept) return;
    busy = true;
    say("saving");
    const text = statement.value;
    const fields = new URLSearchParams({ csrf: csrf.value, revision: revision.value, statement: text });
    let again = 0;
    try {
      const answer = await fetch(form.action, { method: "POST", headers: { accept: "application/json" }, body: fields });
      if (answer.ok) {
        revision.value = (await answer.json()).revision;
        kept = text;
        if (statement.value === text) { forget(); say("saved"); } else { again = 500; }
      } else if (answer.status === 409) {
        stopped = true;
        say("conflict");
      } else {
        say("unsaved");
        again = answer.status >= 500 || answer.status === 429 ? 10000 : 0;
      }
    } catch {
      say("unsaved");
      again = 5000;
    }
    busy = false;
    if (again) later(again);
  }

  statement.addEventListener("input", () => {
    localStorage.setItem(key, JSON.stringify({ revision: revision.value, text: statement.value }));
    later(1500);
  });
  addEventListener("online", save);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save(); });
  form.addEventListener("submit", () => { stopped = true; forget(); });

  // What a lost connection or a closed window left behind, unless the draft was changed elsewhere since.
  const left = JSON.parse(localStorage.getItem(key) ?? "null");
  if (left && left.revision === revision.value && left.text !== statement.value) {
    statement.value = left.text;
    say("restored");
    later(1500);
  }
}
