// The rim of the search on the page; what answers is the worker assets/search.js.
(function () {
  const field = document.querySelector("[data-md-component=search-query]");
  const list = document.querySelector("[data-md-component=search-result]");
  if (!field || !list || !window.component$) return;
  const status = list.firstElementChild;
  const tell = () => field.dispatchEvent(new KeyboardEvent("keyup"));

  // Mends: Material listens to keys alone, so what is pasted or spoken into the field is not heard.
  field.addEventListener("input", tell);
  field.form.addEventListener("reset", () => setTimeout(tell));

  // Mends: Enter before Material is ready for it would load the page anew with "?query=".
  field.form.addEventListener("submit", (event) => event.preventDefault());

  // A key of its own, with a modifier: single letters are left to those who speak to their computer.
  window.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key !== "k") return;
    event.preventDefault();
    const box = document.getElementById("__search");
    if (!box.checked) box.click();
    field.focus();
    field.select();
  });

  // A reader who comes to the field will search: a lone space, gone before it is seen, tells the
  // worker to fetch the index while the first word is still being typed.
  field.addEventListener("focus", () => {
    if (field.value) return;
    field.value = " ";
    tell();
    field.value = "";
    tell();
  }, { once: true });

  // Mends: Material can say how much was found, but not that the index is on its way or missing.
  window.component$.subscribe(({ ref, notice, query, busy }) => {
    if (ref !== list || notice === undefined) return;
    status.textContent = notice;
    list.setAttribute("aria-busy", String(Boolean(busy)));
    list.dataset.query = query;
  });
})();
