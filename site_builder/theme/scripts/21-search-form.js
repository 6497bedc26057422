// The search by keyboard and by ear: Tab walks from the field through the results (Material closes
// the search at the first Tab, and keeps its results out of Tab's way).
(function () {
  const search = document.getElementById("site-search");
  const box = document.getElementById("__search");
  if (!search || !box) return;
  const query = search.querySelector("input");

  window.addEventListener("keydown", (event) => {
    if (event.key === "Tab" && box.checked) event.stopImmediatePropagation();
  }, true);
  search.addEventListener("focusout", (event) => {
    const to = event.relatedTarget;
    if (to && !search.contains(to) && box.checked) box.click();
  });
  // Closed by Escape, the field may still have the focus: typing opens it again.
  query.addEventListener("input", () => {
    if (!box.checked) box.click();
  });

  const list = search.querySelector(".md-search-result__list");
  new MutationObserver(() => {
    for (const link of list.querySelectorAll("a[tabindex]")) link.removeAttribute("tabindex");
    // Headings of a page they are not: the page has one of its own.
    for (const heading of list.querySelectorAll("h1, h2")) heading.setAttribute("role", "presentation");
  }).observe(list, { childList: true, subtree: true });
})();
