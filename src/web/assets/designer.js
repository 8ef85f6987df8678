// Shows what is chosen while it is chosen. Without this script a button does it.
const form = document.querySelector("form[data-picture]");
if (form) {
  const names = ["shape", "colour", "second", "ribbon", "sign", "marks", "count"];
  let waiting = 0;

  const show = () => {
    const chosen = new FormData(form);
    const query = new URLSearchParams(names.map((name) => [name, chosen.get(name)]));
    const address = `${form.dataset.picture}?${query}`;
    for (const picture of form.querySelectorAll(".drawn img")) picture.src = address;
    form.querySelector(".drawn a").href = address;
  };
  // A colour that is dragged changes many times a second.
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 80);
  });
  // A browser that comes back keeps what was chosen, and the page begins with something else.
  show();
}
