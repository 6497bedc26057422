// The buttons that open and close the menu and the search. Material keeps both in boxes that are
// ticked; the buttons tick them, say so to a screen reader, and give the focus back.
(function () {
  const boxes = { drawer: document.getElementById("__drawer"), search: document.getElementById("__search") };
  const narrow = { drawer: matchMedia("(max-width: 76.234375em)"), search: matchMedia("(max-width: 59.984375em)") };
  const menu = document.getElementById("site-menu");
  // What stands behind the open menu.
  const behind = document.querySelectorAll(
    "[data-md-component=skip], .md-header, .md-content, .md-sidebar--secondary, .md-footer, .md-top",
  );
  const opener = (box) => document.querySelector(`[data-opens="${box.id}"]`);
  const set = (box, value) => box.checked !== value && box.click();

  function told(name) {
    const box = boxes[name];
    opener(box)?.setAttribute("aria-expanded", String(box.checked));
    if (name === "drawer") {
      const open = box.checked && narrow.drawer.matches;
      for (const part of behind) part.inert = open;
    }
  }

  function close(name) {
    const box = boxes[name];
    const inside = document.activeElement?.closest(name === "drawer" ? "#site-menu" : "#site-search");
    const button = opener(box);
    set(box, false);
    if (!inside) return;
    if (button?.checkVisibility()) return button.focus();
    // A wide screen has no button for the search: its field is the way back. A moment later Material
    // opens the search for whoever has come to the field; not this time.
    const closed = () => queueMicrotask(() => set(box, false));
    box.addEventListener("change", closed);
    setTimeout(() => box.removeEventListener("change", closed), 200);
    inside.querySelector("input")?.focus();
  }

  for (const [name, box] of Object.entries(boxes)) {
    if (!box) continue;
    // A browser may remember the tick over a reload.
    set(box, false);
    box.addEventListener("change", () => told(name));
    narrow[name].addEventListener("change", () => told(name));
    told(name);
    opener(box)?.addEventListener("click", () => {
      set(box, !box.checked);
      if (!box.checked) return;
      if (name === "drawer") menu?.querySelector("[data-closes]")?.focus();
      else document.querySelector("#site-search input")?.focus();
    });
    document.querySelector(`[data-closes="${box.id}"]`)?.addEventListener("click", () => close(name));
  }

  // Before Material's own script, which lets go of the focus altogether.
  window.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const [name, box] of Object.entries(boxes)) {
      if (!box?.checked) continue;
      close(name);
      event.stopImmediatePropagation();
    }
  }, true);
})();
