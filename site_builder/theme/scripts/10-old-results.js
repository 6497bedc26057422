// Says which results of link checks are old on the reader's day: the day of the build may be long
// past. The rule and its words are the page's own; days are counted in Thailand's time (UTC+7).
(function () {
  const OLD_AFTER_DAYS = 30;
  const day = (moment) => Math.floor((moment + 7 * 3600e3) / 86400e3);

  function mark() {
    const today = day(Date.now());
    for (const link of document.querySelectorAll("a[data-checked]")) {
      if (today - day(Date.parse(link.dataset.checked)) > OLD_AFTER_DAYS) {
        link.dataset.verdict += " · " + link.dataset.old;
        link.removeAttribute("data-checked");
      }
    }
    for (const time of document.querySelectorAll("time[data-old]")) {
      if (today - day(Date.parse(time.dateTime)) > OLD_AFTER_DAYS) {
        const words = document.createElement("span");
        words.className = "check-old";
        words.textContent = time.dataset.old;
        time.after(" ", words);
        time.removeAttribute("data-old");
      }
    }
  }

  // Material swaps pages without loading them where "instant navigation" is on.
  if (window.document$) window.document$.subscribe(mark);
  else mark();
})();
