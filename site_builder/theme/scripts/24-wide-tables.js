// A table of the office's own page that is wider than the screen scrolls in a box that Material
// makes without a way for the keyboard to reach it.
(function () {
  function reach() {
    for (const box of document.querySelectorAll(".md-typeset__scrollwrap")) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  }
  if (window.document$) window.document$.subscribe(() => requestAnimationFrame(reach));
  window.addEventListener("resize", reach);
})();
