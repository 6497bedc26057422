// Before a page is printed: its address and the day of printing are filled in, and what is folded
// away is opened, for browsers whose style sheets cannot open it.
(function () {
  function fill(selector, words) {
    for (const part of document.querySelectorAll(selector)) {
      part.querySelector("bdi").textContent = words(part);
      part.hidden = false;
    }
  }
  function day(part) {
    const locale = part.dataset.locale;
    const parts = { day: "numeric", month: "short", year: "numeric", timeZone: "Asia/Bangkok" };
    if (locale.includes("buddhist")) parts.era = "short";
    return new Intl.DateTimeFormat(locale, parts).format(new Date());
  }
  function place() {
    // Thai letters stay letters; a space must not end the address of who types it in again.
    try {
      return decodeURI(location.href).replace(/\s/g, "%20");
    } catch {
      return location.href;
    }
  }

  let opened = [];
  window.addEventListener("beforeprint", () => {
    fill(".print-place", place);
    fill(".print-day", day);
    opened = [...document.querySelectorAll("main details:not([open])")];
    for (const fold of opened) fold.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const fold of opened) fold.open = false;
    opened = [];
  });
})();
